//! Words and paths as they are shown and typed in a shell, for the commands that hints show.

use std::borrow::Cow;
use std::path::Path;

/// A path as people read it: below the folder at hand with `/`, like every name in a register; else as its system writes it.
pub fn path(path: &Path) -> Cow<'_, str> {
    if cfg!(windows) { of_windows(&path.to_string_lossy()).into() } else { path.to_string_lossy() }
}

fn of_windows(path: &str) -> String {
    let path = without_mark(path);
    let is_whole = path.starts_with(['\\', '/']) || path.as_bytes().get(1) == Some(&b':');
    if is_whole { path.replace('/', "\\") } else { path.replace('\\', "/") }
}

/// A path as git writes it.
pub fn for_git(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { without_mark(&path).replace('\\', "/") } else { path.into_owned() }
}

/// A path of Windows without the sign of paths of any length, which git and editors do not know.
pub fn without_mark(path: &str) -> Cow<'_, str> {
    match path.strip_prefix(r"\\?\") {
        Some(rest) if rest.starts_with(r"UNC\") => format!(r"\{}", &rest[3..]).into(),
        // Other volumes than drives have no other name.
        Some(rest) if rest.as_bytes().get(1) == Some(&b':') => rest.into(),
        _ => path.into(),
    }
}

/// A word as it is typed in a shell: in quotes if it has blanks or signs that mean something there.
pub fn typed(word: &str) -> String {
    if cfg!(windows) { typed_in_windows(word) } else { typed_in_unix(word) }
}

/// How a folder is gone to.
pub fn enter(folder: &Path) -> String {
    // The command prompt does not go to another drive by `cd`; PowerShell knows the other word, too.
    let word = if cfg!(windows) && folder.is_absolute() { "pushd" } else { "cd" };
    format!("{word} {}", typed(&path(folder)))
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "/._-+:".contains(c)
}

fn typed_in_unix(word: &str) -> String {
    match word.starts_with(|c: char| c != '#') && word.chars().all(|c| is_plain(c) || ",@#".contains(c)) {
        true if word.starts_with('-') => format!("./{word}"),
        true => word.to_owned(),
        false if word.starts_with('-') => typed_in_unix(&format!("./{word}")),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// For the command prompt and PowerShell alike. No name of Windows has a double quote, and a single one means nothing to the
/// command prompt; a comma and an `@` mean something to PowerShell.
fn typed_in_windows(word: &str) -> String {
    // Before a quote a program takes it for a part of the word.
    let cut = word.trim_end_matches(['\\', '/']);
    let word = if cut.is_empty() || cut.ends_with(':') { word } else { cut };
    match word.chars().all(|c| is_plain(c) || c == '\\') && !word.is_empty() {
        true if word.starts_with('-') => format!("./{word}"),
        true => word.to_owned(),
        false => format!("\"{word}\""),
    }
}

#[cfg(test)]
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
            assert_eq!(typed_in_unix(name), shown);
        }
    }

    #[test]
    fn a_name_can_be_typed_at_the_prompt_of_windows() {
        for (name, shown) in [
            ("so", "so"),
            (r"C:\So\2016-2017", r"C:\So\2016-2017"),
            (r"C:\Sổ kiểm tra\", r#""C:\Sổ kiểm tra""#),
            (r"so\", "so"),
            (r"D:\", r"D:\"),
            ("a,b", "\"a,b\""),
            ("@a", "\"@a\""),
            ("a&b (1)", "\"a&b (1)\""),
            ("l'an", "\"l'an\""),
            ("-a", "./-a"),
            ("", "\"\""),
        ] {
            assert_eq!(typed_in_windows(name), shown);
        }
    }

    #[test]
    fn a_path_of_windows_is_shown_in_one_way() {
        for (path, shown) in [
            (r"so\visits\2016-2017", "so/visits/2016-2017"),
            ("C:\\so/units.toml", r"C:\so\units.toml"),
            (r"\\?\C:\so\units.toml", r"C:\so\units.toml"),
            (r"\\?\UNC\may-chu\so", r"\\may-chu\so"),
            (r"\\?\Volume{1}\so", r"\\?\Volume{1}\so"),
            ("-", "-"),
        ] {
            assert_eq!(of_windows(path), shown);
        }
    }
}
