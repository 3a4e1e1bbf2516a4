//! Two texts as one that shows what changes, the way git and patch write it.

/// Lines of context round a change.
const CONTEXT: usize = 3;
/// Above this many pairs of lines the middle is shown as changed whole, rather than searched for what is common.
const MAX_PAIRS: usize = 4_000_000;

/// One line of a comparison.
#[derive(Clone, Copy, PartialEq)]
enum Line<'a> {
    Both(&'a str),
    Old(&'a str),
    New(&'a str),
}

/// A unified diff of a file; nothing where both are the same.
pub fn unified(file: &str, old: &str, new: &str) -> String {
    let lines = compare(&split(old), &split(new));
    let touched = |line: &Line| !matches!(line, Line::Both(_));
    let mut text = String::new();
    let (mut at, mut old_line, mut new_line) = (0, 1, 1);
    while let Some(first) = lines[at..].iter().position(touched).map(|n| at + n) {
        let start = first.saturating_sub(CONTEXT).max(at);
        let mut end = first;
        while let Some(next) = lines[end..].iter().take(2 * CONTEXT + 1).position(touched) {
            end += next + 1;
        }
        let end = (end + CONTEXT).min(lines.len());
        count(&lines[at..start], &mut old_line, &mut new_line);
        let (mut old_end, mut new_end) = (old_line, new_line);
        count(&lines[start..end], &mut old_end, &mut new_end);
        if text.is_empty() {
            text = format!("--- {file}\n+++ {file}\n");
        }
        let (old_count, new_count) = (old_end - old_line, new_end - new_line);
        let from = |line: usize, count: usize| if count == 0 { line - 1 } else { line };
        text += &format!(
            "@@ -{},{old_count} +{},{new_count} @@\n",
            from(old_line, old_count),
            from(new_line, new_count)
        );
        lines[start..end].iter().for_each(|line| draw(&mut text, *line));
        (at, old_line, new_line) = (end, old_end, new_end);
    }
    text
}

fn split(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn count(lines: &[Line], old: &mut usize, new: &mut usize) {
    for line in lines {
        *old += usize::from(!matches!(line, Line::New(_)));
        *new += usize::from(!matches!(line, Line::Old(_)));
    }
}

fn draw(text: &mut String, line: Line) {
    let (sign, words) = match line {
        Line::Both(words) => (' ', words),
        Line::Old(words) => ('-', words),
        Line::New(words) => ('+', words),
    };
    text.push(sign);
    text.push_str(words.trim_end_matches(['\r', '\n']));
    text.push('\n');
    if !words.ends_with('\n') {
        text.push_str("\\ No newline at end of file\n");
    }
}

/// The lines of both, the common ones matched by the longest common subsequence.
fn compare<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Line<'a>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let mut lines: Vec<Line> = old[..head].iter().map(|line| Line::Both(line)).collect();
    if a.len() * b.len() > MAX_PAIRS {
        lines.extend(a.iter().map(|line| Line::Old(line)));
        lines.extend(b.iter().map(|line| Line::New(line)));
    } else {
        middle(a, b, &mut lines);
    }
    lines.extend(old[old.len() - tail..].iter().map(|line| Line::Both(line)));
    lines
}

fn middle<'a>(a: &[&'a str], b: &[&'a str], lines: &mut Vec<Line<'a>>) {
    let width = b.len() + 1;
    let mut common = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i * width + j] = if a[i] == b[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            lines.push(Line::Both(a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            lines.push(Line::Old(a[i]));
            i += 1;
        } else {
            lines.push(Line::New(b[j]));
            j += 1;
        }
    }
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
        assert_eq!(unified("f", "", "a\n"), "--- f\n+++ f\n@@ -0,0 +1,1 @@\n+a\n");
    }
}
