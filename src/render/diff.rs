//! Two texts as one that shows what changes, the way git and patch write it. The only file that knows the crate that
//! compares texts.

use similar::TextDiff;

/// A unified diff of a file, with the line ends of this program; empty if both are the same.
pub fn unified(file: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new).unified_diff().header(file, file).to_string().replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_shown_as_git_shows_it() {
        let old: String = (1..=20).map(|n| format!("{n}\n")).collect();
        let new = old.replace("\n5\n", "\nnăm\n").replace("20\n", "20");
        let want = "--- f\n+++ f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+năm\n 6\n 7\n 8\n@@ -17,4 +17,4 @@\n 17\n 18\n 19\n-20\n+20\n\\ No newline at end of file\n";
        assert_eq!(unified("f", &old, &new), want);
        assert_eq!(unified("f", &old, &old), "");
        assert_eq!(unified("f", "", "a\n"), "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n");
        assert_eq!(unified("f", "a\r\nb\r\n", "a\r\nc\r\n"), "--- f\n+++ f\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
    }
}
