//! Numbers that look random and are the same on every machine.

/// What throws them.
pub struct Dice(u64);

impl Dice {
    /// Dice for what two numbers identify.
    pub fn of(one: usize, other: usize) -> Dice {
        Dice((one as u64) << 32 ^ other as u64 ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        low + ((z ^ (z >> 31)) % (high - low + 1) as u64) as i64
    }

    /// One of some words.
    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.between(0, words.len() as i64 - 1) as usize]
    }
}
