//! Words as they are typed in a shell, for the commands that hints show.

/// A word as it is typed in a shell: in quotes if it has blanks or signs that mean something there.
pub fn typed(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:@#".contains(c) || (cfg!(windows) && c == '\\');
    match word.starts_with(|c: char| c != '#') && word.chars().all(is_plain) {
        true if word.starts_with('-') => format!("./{word}"),
        true => word.to_owned(),
        // No name of Windows has a double quote, and a single one means nothing to its command prompt.
        false if cfg!(windows) => format!("\"{word}\""),
        false if word.starts_with('-') => typed(&format!("./{word}")),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(all(test, not(windows)))]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_be_typed_as_it_is_shown() {
        for (name, shown) in [
            ("so", "so"),
            ("Sổ_Đông.Triều/2016-2017", "Sổ_Đông.Triều/2016-2017"),
            ("Sổ Đông Triều", "'Sổ Đông Triều'"),
            ("l'an $1", r"'l'\''an $1'"),
            ("~nam", "'~nam'"),
            ("#1", "'#1'"),
            ("-a", "./-a"),
            ("-a b", "'./-a b'"),
            ("", "''"),
        ] {
            assert_eq!(typed(name), shown);
        }
    }
}
