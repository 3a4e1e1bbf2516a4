//! Texts in quotes, as they stand in a file.

/// Where the string ends whose first quote is here.
pub fn string_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let long = bytes[start..].starts_with(&[quote; 3]);
    let mut at = start + if long { 3 } else { 1 };
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 2,
            b if *b == quote && !long => return at + 1,
            b if *b == quote && bytes[at..].starts_with(&[quote; 3]) => {
                // Up to two quotes may come just before the closing three.
                let run = bytes[at..].iter().take(5).take_while(|b| **b == quote).count();
                return at + run;
            }
            _ => at += 1,
        }
    }
    bytes.len()
}
