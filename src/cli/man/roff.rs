//! The notation of manual pages, as much of it as they need: sections, paragraphs, and items with their tags.

use crate::model::day::Day;
use crate::model::text::{Lang, t};

/// A page that is being written.
#[derive(Debug)]
pub struct Page(String);

impl Page {
    /// Begins a page with its name and what that is for.
    pub fn begin(name: &str, about: &str, lang: Lang, today: Day) -> Page {
        let book = t("Sổ kiểm tra TTHTCĐ", "Records of community learning centres").get(lang);
        let version = env!("CARGO_PKG_VERSION");
        let title = name.to_uppercase();
        // Vietnamese is not hyphenated.
        let mut page =
            Page(format!(".TH \"{title}\" \"1\" \"{today}\" \"ttht {version}\" \"{book}\"\n.nh\n.ad l\n"));
        page.section(t("Tên", "Name").get(lang));
        page.line(&format!("{} \\- {}", plain(name), plain(about)));
        page
    }

    /// Begins a section.
    pub fn section(&mut self, heading: &str) {
        self.0.push_str(&format!(".SH \"{}\"\n", plain(&heading.to_uppercase())));
    }

    /// How a command is called.
    pub fn call(&mut self, command: &str, arguments: &str) {
        self.line(&format!("\\fB{}\\fR {}", plain(command), plain(arguments)));
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.line(&plain(text));
    }

    /// What is explained, in bold, and what is said about it.
    pub fn item(&mut self, tag: &str, text: &str) {
        self.0.push_str(".TP\n");
        self.line(&format!("\\fB{}\\fR", plain(tag)));
        self.line(&plain(text));
    }

    /// Another page.
    pub fn see(&mut self, name: &str) {
        self.line(&format!("\\fB{}\\fR(1)", plain(name)));
    }

    /// The text of the page.
    pub fn end(self) -> String {
        self.0
    }

    /// A line of text: at its beginning, a point or an apostrophe would be a request.
    fn line(&mut self, text: &str) {
        let guard = if text.starts_with(['.', '\'']) { "\\&" } else { "" };
        self.0.push_str(&format!("{guard}{text}\n"));
    }
}

/// Text in which nothing means anything else, and hyphens are those that can be typed.
fn plain(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-").replace('"', "\\(dq")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_notation() {
        let mut page = Page(String::new());
        page.paragraph(".xlsx, C:\\temp and --dry-run");
        page.item("'=1+1", "a \"cell\"");
        let lines =
            ["\\&.xlsx, C:\\etemp and \\-\\-dry\\-run", ".TP", "\\fB'=1+1\\fR", "a \\(dqcell\\(dq", ""];
        assert_eq!(page.end(), lines.join("\n"));
    }
}
