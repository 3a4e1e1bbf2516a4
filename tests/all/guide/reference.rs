//! The reference, in both languages: it is made from the rows that the program itself goes by, and must say what they say.
//! `TTHT_BLESS=1 cargo test` writes it.

use crate::links::anchor;
use crate::transcript::{TTHT, hold, root};
use clap::Arg;
use serde_json::Value;
use std::fs;
use std::process::Command;
use ttht::check::codes;
use ttht::cli::environment::{EXITS, VARIABLES};
use ttht::cli::{COMMANDS, command};
use ttht::desk::report::REPORTS;
use ttht::model::RecordKind;
use ttht::model::fault::{Code, Severity};
use ttht::model::field::{COUNT, Choice, Field, Kind, MONEY_MAX, Vocabulary};
use ttht::model::path::key_below;
use ttht::model::text::{Lang, Text, t};
use ttht::render::FORMATS;
use ttht::summary::SUMMARIES;
use ttht::toml::shipped;

const PAGES: &[(Lang, &str)] = &[(Lang::Vi, "docs/tra-cuu.md"), (Lang::En, "docs/reference.md")];

#[test]
fn the_reference_says_what_the_rows_say() {
    for (lang, file) in PAGES {
        let path = root().join(file);
        hold(&path, &fs::read_to_string(&path).unwrap_or_default(), &reference(*lang));
    }
}

fn reference(lang: Lang) -> String {
    let mut page = Page { lang, text: String::new() };
    records(&mut page);
    words(&mut page);
    faults(&mut page);
    summaries(&mut page);
    exported(&mut page);
    schemes(&mut page);
    reports(&mut page);
    commands(&mut page);
    page.heading(2, t("Biến môi trường", "Environment variables").get(lang));
    page.list(VARIABLES, [t("Biến", "Variable"), t("Dùng để", "What it is for")]);
    page.heading(2, t("Mã thoát", "Exit codes").get(lang));
    page.list(EXITS, [t("Mã", "Code"), t("Nghĩa", "Meaning")]);
    page.whole()
}

/// A page that grows.
struct Page {
    lang: Lang,
    text: String,
}

impl Page {
    fn heading(&mut self, level: usize, words: &str) {
        self.text.push_str(&format!("\n{} {words}\n", "#".repeat(level)));
    }

    fn paragraph(&mut self, words: Text) {
        self.text.push_str(&format!("\n{}\n", plain(words.get(self.lang))));
    }

    fn table(&mut self, columns: &[Text], rows: impl IntoIterator<Item = Vec<String>>) {
        let heads: Vec<&str> = columns.iter().map(|column| column.get(self.lang)).collect();
        self.text.push_str(&format!("\n| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len())));
        for row in rows {
            self.text.push_str(&format!("| {} |\n", row.join(" | ")));
        }
    }

    /// A table of words with what each is.
    fn list(&mut self, rows: &[(&str, Text)], columns: [Text; 2]) {
        let lang = self.lang;
        self.table(&columns, rows.iter().map(|(word, about)| vec![code(word), plain(about.get(lang))]));
    }

    /// The page with its title and a list of its headings on top.
    fn whole(&self) -> String {
        let title = t("Tra cứu", "Reference").get(self.lang);
        let about = t(
            "Mọi mục, từ, mã lỗi, bảng, chỉ tiêu và lệnh của `ttht`. Trang này do chương trình ghi ra từ chính các bảng mà nó dùng, nên không sửa tay.",
            "Every key, word, code, table, target and command of `ttht`. The program has written this page from the rows that it goes by itself; it is not edited by hand.",
        );
        let headings = self.text.lines().filter_map(|line| {
            let (signs, words) = line.split_once(' ')?;
            let level = signs.strip_prefix("##").filter(|more| more.bytes().all(|b| b == b'#'))?.len();
            let indent = "  ".repeat(level);
            Some(format!("{indent}- [{words}](#{})\n", anchor(words)))
        });
        let contents: String = headings.collect();
        format!("# {title}\n\n{}\n\n{contents}{}", about.get(self.lang), self.text)
    }
}

/// Text in a cell of a table, which Markdown takes for nothing else.
fn plain(words: &str) -> String {
    words.replace('|', "\\|").replace('<', "&lt;").replace('*', "\\*").replace('\n', "<br>")
}

fn code(word: &str) -> String {
    if word.is_empty() { String::new() } else { format!("`{}`", word.replace('|', "\\|")) }
}

fn records(page: &mut Page) {
    page.heading(2, t("Các loại tệp", "Records").get(page.lang));
    page.paragraph(t(
        "`[…]` là số thứ tự của một dòng `[[…]]`; `…` là một mã. Không bắt buộc thì bỏ cả dòng khi không có thông tin.",
        "`[…]` is the number of a `[[…]]` entry; `…` is a word. What is not needed is left out where it is not known.",
    ));
    let columns = [
        t("Mục", "Key"),
        t("Tên gọi", "Label"),
        t("Giá trị", "Value"),
        t("Bắt buộc", "Needed"),
        t("Giải thích", "Help"),
    ];
    for kind in RecordKind::ALL {
        page.heading(3, &format!("{}: `{}`", kind.label().get(page.lang), kind.path()));
        let mut rows = Vec::new();
        keys(page.lang, kind.fields(), "", &mut rows);
        page.table(&columns, rows);
    }
}

fn keys(lang: Lang, fields: &[Field], path: &str, rows: &mut Vec<Vec<String>>) {
    for field in fields {
        let key = key_below(path, field.key);
        let needed = if field.required { t("có", "yes") } else { t("", "") };
        rows.push(vec![
            code(&key),
            plain(field.label.get(lang)),
            value(lang, &field.kind, plain(field.values().get(lang))),
            needed.get(lang).to_owned(),
            plain(field.help.get(lang)),
        ]);
        match &field.kind {
            Kind::Keyed { by, entry, fixed } => {
                keys(lang, fixed, &key, rows);
                let key = format!("{key}.…");
                let label = format!("{} {}", t("mỗi", "each").get(lang), by.label().get(lang));
                let values = value(lang, entry, plain(entry.values().get(lang)));
                rows.push(vec![code(&key), label, values, String::new(), String::new()]);
                keys(lang, entry.fields(), &key, rows);
            }
            Kind::Rows(below) => keys(lang, below, &format!("{key}[…]"), rows),
            kind => keys(lang, kind.fields(), &key, rows),
        }
    }
}

/// The values of a key: the words of a choice with what each means, a bound of its own.
fn value(lang: Lang, kind: &Kind, values: String) -> String {
    let item = if let Kind::List(item) = kind { item } else { kind };
    let word = |choice: &Choice| format!("{} ({})", code(choice.word), plain(choice.label.get(lang)));
    let words: Vec<String> = item.choices().iter().map(word).collect();
    let of_list = if item.word() == kind.word() { "" } else { t("danh sách: ", "a list: ").get(lang) };
    let bound = kind.most().filter(|most| *most != MONEY_MAX && Some(*most) != COUNT.most());
    match (words.as_slice(), bound) {
        ([], None) => values,
        ([], Some(most)) => format!("{values}, {} {most}", t("nhiều nhất", "at most").get(lang)),
        (words, _) => format!("{of_list}{}", words.join(", ")),
    }
}

fn words(page: &mut Page) {
    page.heading(2, t("Từ dùng làm mục", "Words that are keys").get(page.lang));
    let lists = [
        (Vocabulary::ActivityFields, t("Lĩnh vực hoạt động", "Fields of activity")),
        (Vocabulary::Documents, t("Hồ sơ, sổ sách", "Books and files")),
    ];
    let register = shipped::register();
    for (by, heading) in lists {
        page.heading(3, heading.get(page.lang));
        let rows: Vec<Vec<String>> = register
            .words(by)
            .unwrap_or_default()
            .iter()
            .map(|word| vec![code(&word.id), plain(word.label.get(page.lang))])
            .collect();
        page.table(&[t("Từ", "Word"), t("Tên gọi", "Label")], rows);
    }
}

fn faults(page: &mut Page) {
    page.heading(2, t("Mã lỗi", "Codes of faults").get(page.lang));
    page.paragraph(t(
        "Ví dụ sai và đúng của từng mã: `ttht explain MÃ`. Sổ nào cũng đổi được mức của một mã bằng `[check]` trong `ttht.toml`.",
        "For an example of each, wrong and right: `ttht explain CODE`. A register sets the severity of a code under `[check]` in `ttht.toml`.",
    ));
    let row = |fault: &Code| {
        let severity = match fault.severity {
            Severity::Error => t("lỗi", "error"),
            Severity::Warning => t("cảnh báo", "warning"),
        };
        let (title, why) = (plain(fault.title.get(page.lang)), plain(fault.why.get(page.lang)));
        vec![code(fault.name), severity.get(page.lang).to_owned(), format!("{title}. {why}")]
    };
    let rows: Vec<_> = codes().iter().map(row).collect();
    page.table(&[t("Mã", "Code"), t("Mức", "Severity"), t("Nghĩa", "Meaning")], rows);
}

/// What the program prints as JSON in a register of `examples/`.
fn json(lang: Lang, words: &[&str]) -> Value {
    let lang = t("vi", "en").get(lang);
    let register = root().join("examples/uong-bi");
    let call = Command::new(TTHT)
        .arg("-C")
        .arg(register)
        .args(["--lang", lang, "--today", "2018-06-01"])
        .args(words)
        .output();
    serde_json::from_slice(&call.unwrap().stdout).unwrap()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn summaries(page: &mut Page) {
    page.heading(2, t("Bảng tổng hợp", "Tables of summary").get(page.lang));
    page.paragraph(t(
        "Cột của `ttht summary BẢNG -O csv` và `-O json`. Bảng xếp loại có thêm cột theo từng thang đánh giá.",
        "The columns of `ttht summary TABLE -O csv` and `-O json`. The table of ratings has further ones by the rating scheme.",
    ));
    let tables = json(page.lang, &["summary", "all", "--year", "2016-2017", "-O", "json"]);
    for (summary, table) in SUMMARIES.iter().zip(tables["tables"].as_array().unwrap()) {
        assert_eq!(text(table, "name"), summary.name);
        page.heading(3, &format!("`{}`: {}", summary.name, summary.title.get(page.lang)));
        page.paragraph(summary.about);
        let columns = table["columns"].as_array().unwrap().iter();
        page.table(&COLUMNS, columns.map(|column| of_column(column, ["key", "kind", "label"])));
    }
}

const COLUMNS: [Text; 3] = [t("Cột", "Column"), t("Kiểu", "Kind"), t("Tên gọi", "Label")];

fn of_column(column: &Value, [key, kind, label]: [&str; 3]) -> Vec<String> {
    vec![code(text(column, key)), text(column, kind).to_owned(), plain(text(column, label))]
}

fn exported(page: &mut Page) {
    page.heading(2, t("Bảng của export", "Tables of export").get(page.lang));
    page.paragraph(t(
        "Mỗi bảng là một tệp CSV; kiểu của từng cột cũng ghi trong `datapackage.json`.",
        "Each is a CSV file; the kinds of the columns stand in `datapackage.json`, too.",
    ));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let call = ["-C", "examples/uong-bi", "--lang", t("vi", "en").get(page.lang), "-q", "export"];
    let done = Command::new(TTHT).current_dir(root()).args(call).arg(&out).status().unwrap();
    assert!(done.success());
    let package = fs::read(out.join("datapackage.json")).unwrap();
    let package: Value = serde_json::from_slice(&package).unwrap();
    for table in package["resources"].as_array().unwrap() {
        page.heading(3, &format!("`{}`", text(table, "path")));
        let columns = table["schema"]["fields"].as_array().unwrap().iter();
        page.table(&COLUMNS, columns.map(|column| of_column(column, ["name", "type", "title"])));
    }
}

fn schemes(page: &mut Page) {
    page.heading(2, t("Thang đánh giá, bộ chỉ tiêu", "Rating schemes and target sets").get(page.lang));
    page.paragraph(t(
        "Những thang và bộ chỉ tiêu có sẵn; từng tiêu chí, chỉ tiêu: `ttht show MÃ`.",
        "Those that come with the program; for their criteria and targets: `ttht show ID`.",
    ));
    let label = |choice: Option<Text>| plain(choice.map_or("", |label| label.get(page.lang)));
    let register = shipped::register();
    let rows: Vec<Vec<String>> = register
        .schemes
        .values()
        .map(|scheme| {
            let body = &scheme.body;
            vec![
                code(&scheme.id),
                plain(body.title.get(page.lang)),
                plain(body.legal_ref.as_deref().unwrap_or_default()),
                label(body.status.map(|status| status.label())),
                label(body.method.map(|method| method.label())),
                label(body.applies_to.map(|of| of.label())),
                body.valid_from.map_or(String::new(), |day| day.to_string()),
                body.valid_to.map_or(String::new(), |day| day.to_string()),
            ]
        })
        .collect();
    let columns = [
        t("Mã", "Id"),
        t("Tên", "Title"),
        t("Văn bản", "Document"),
        t("Tình trạng", "Status"),
        t("Cách đánh giá", "Method"),
        t("Áp dụng cho", "Applies to"),
        t("Từ ngày", "From"),
        t("Đến ngày", "To"),
    ];
    page.table(&columns, rows);
}

fn reports(page: &mut Page) {
    page.heading(2, t("Văn bản", "Reports").get(page.lang));
    page.paragraph(t(
        "`ttht report VĂN_BẢN …`. Tên dùng trong mẫu Word của cơ quan: `ttht report fields VĂN_BẢN`.",
        "`ttht report NAME …`. For the names that a Word template may use: `ttht report fields NAME`.",
    ));
    let rows: Vec<(&str, Text)> = REPORTS.iter().map(|report| (report.name, report.about)).collect();
    page.list(&rows, [t("Văn bản", "Report"), t("Nội dung", "What it is")]);
    page.heading(3, t("Dạng", "Formats").get(page.lang));
    let rows: Vec<(&str, Text)> = FORMATS.iter().map(|format| (format.name, format.about)).collect();
    page.list(&rows, [t("Dạng", "Format"), t("Dùng để", "What it is for")]);
}

fn commands(page: &mut Page) {
    page.heading(2, t("Lệnh", "Commands").get(page.lang));
    let mut whole = command(page.lang);
    whole.build();
    page.heading(3, t("Tuỳ chọn chung", "Global options").get(page.lang));
    options(page, whole.get_arguments().filter(|arg| arg.is_global_set()));
    for row in COMMANDS {
        let one = whole.find_subcommand(row.name).unwrap().clone();
        page.heading(3, &format!("`ttht {}`", row.name));
        page.paragraph(row.about);
        let usage = one.clone().render_usage().to_string();
        let usage = usage.find("ttht ").map_or("", |at| usage[at..].trim());
        page.text.push_str(&format!("\n```text\n{usage}\n```\n"));
        let names: Vec<String> = one.get_all_aliases().filter(|name| name.is_ascii()).map(code).collect();
        if page.lang == Lang::Vi && !names.is_empty() {
            page.text.push_str(&format!("\nTên tiếng Việt: {}.\n", names.join(", ")));
        }
        options(page, one.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help"));
    }
}

fn options<'a>(page: &mut Page, args: impl Iterator<Item = &'a Arg>) {
    let row = |arg: &Arg| {
        let letter = arg.get_short().map_or_else(String::new, |letter| format!("-{letter}, "));
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        vec![code(&format!("{letter}{arg}")), plain(&help)]
    };
    let rows: Vec<Vec<String>> = args.map(row).collect();
    if !rows.is_empty() {
        page.table(&[t("Tham số, tuỳ chọn", "Argument or option"), t("Dùng để", "What it is for")], rows);
    }
}
