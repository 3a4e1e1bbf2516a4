//! What is wrong with the syntax of a text, in the words of an office, and what is meant instead.

use super::codes;
use crate::model::date::Date;
use crate::model::day::Day;
use crate::model::fault::Code;
use crate::model::number;
use crate::model::text::{Said, Text, t};
use crate::model::tree::Span;
use crate::say;

/// A fault of syntax: where, what, and what to write instead.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntaxFault {
    /// Its code in [`codes`].
    pub code: &'static Code,
    /// The bytes.
    pub span: Span,
    /// The key path, where more is known than the place.
    pub key: Option<String>,
    /// What is wrong.
    pub message: Said,
    /// What to write instead.
    pub help: Said,
    /// What is meant by the bytes, if the row of their key allows it.
    pub fix: Option<String>,
}

impl SyntaxFault {
    /// A fault whose meaning nobody can tell.
    pub fn new(span: Span, message: impl Into<Said>, help: impl Into<Said>) -> SyntaxFault {
        SyntaxFault {
            code: &codes::SYNTAX,
            span,
            key: None,
            message: message.into(),
            help: help.into(),
            fix: None,
        }
    }

    /// The same fault in a text that has so many bytes more before it.
    pub fn moved_by(self, bytes: usize) -> SyntaxFault {
        SyntaxFault { span: self.span.start + bytes..self.span.end + bytes, ..self }
    }
}

/// What the careful reader says (a part of its words), the message for an officer, and what to write instead.
const SYNTAX: &[(&str, Text, Text)] = &[
    (
        "duplicate key",
        t("khoá này đã có ở trên", "this key is already set above"),
        t("xoá một trong hai dòng", "delete one of the two lines"),
    ),
    (
        "invalid date",
        t("ngày không có trong lịch", "a date that does not exist"),
        t("viết năm-tháng-ngày, ví dụ 2016-10-27", "write year-month-day, such as 2016-10-27"),
    ),
    (
        "invalid time",
        t("giờ không đúng", "not a valid time"),
        t("viết giờ:phút:giây, ví dụ 08:00:00", "write hour:minute:second, such as 08:00:00"),
    ),
    (
        "invalid float",
        t("số viết sai", "not a valid number"),
        t("viết liền hoặc dùng gạch dưới: 1234567 hoặc 1_234_567", "write 1234567 or 1_234_567"),
    ),
    (
        "leading zero",
        t("số không được bắt đầu bằng 0", "a number cannot start with 0"),
        t(
            "mã có số 0 ở đầu viết trong ngoặc kép: \"06811\"",
            "put a code with a leading 0 in quotes: \"06811\"",
        ),
    ),
    (
        "string values must be quoted",
        t("giá trị chữ phải để trong ngoặc kép", "text must be in quotes"),
        t("viết \"…\" bằng dấu ngoặc kép thẳng", "write \"…\" with straight quotes"),
    ),
    (
        "invalid unquoted key",
        t(
            "khoá chỉ gồm chữ không dấu, số, gạch nối, gạch dưới",
            "a key has only letters without accents, digits, - and _",
        ),
        t("dùng khoá tiếng Anh như trong `ttht fields`", "use the keys that `ttht fields` lists"),
    ),
    (
        "invalid multi-line",
        t("văn bản nhiều dòng chưa đóng ngoặc", "a text of several lines without its closing quotes"),
        t("thêm \"\"\" ở cuối văn bản", "add \"\"\" at its end"),
    ),
    (
        "missing escaped value",
        t("dấu \\ dùng sai trong chữ", "a \\ that means nothing"),
        t("dấu \\ trong chữ viết là \\\\", "write a \\ inside a text as \\\\"),
    ),
    (
        "unexpected key or value",
        t("sau giá trị còn chữ thừa", "something follows the value"),
        t("mỗi dòng một khoá; chữ để trong ngoặc kép", "write one key a line, and text in quotes"),
    ),
    (
        "missing comma",
        t("thiếu dấu phẩy giữa hai giá trị", "a comma is missing between two items"),
        t("viết [\"…\", \"…\"]", "write [\"…\", \"…\"]"),
    ),
    (
        "carriage return",
        t("dấu xuống dòng của hệ máy khác (CR)", "a line end of another system (CR)"),
        t("xoá ký tự ấy và xuống dòng lại", "delete it and break the line again"),
    ),
    (
        "invalid basic string",
        t("chuỗi chữ chưa đóng ngoặc kép", "a text without its closing quote"),
        t(
            "thêm \" ở cuối dòng; dấu \\ trong chữ viết là \\\\",
            "add \" at the end; write a \\ inside as \\\\",
        ),
    ),
    (
        "unclosed array",
        t("danh sách chưa đóng ]", "a list without its closing ]"),
        t("thêm ] ở cuối danh sách", "add ] at the end of the list"),
    ),
    (
        "unclosed table",
        t("tên phần chưa đóng ]", "a section header without its closing ]"),
        t("viết [phan] hoặc [[phan]] trên một dòng", "write [section] or [[section]] on one line"),
    ),
    (
        "unclosed inline table",
        t("nhóm giá trị chưa đóng }", "a group of values without its closing }"),
        t("thêm } ở cuối dòng", "add } at the end of the line"),
    ),
    (
        "key with no value",
        t("khoá chưa có giá trị", "a key without a value"),
        t("viết khoá = giá trị", "write key = value"),
    ),
    (
        "recur",
        t("giá trị lồng nhau quá sâu", "values nested too deeply"),
        t(
            "các phần chỉ lồng nhau vài tầng; xem `ttht fields`",
            "records are nested only a few levels deep; see `ttht fields`",
        ),
    ),
];

/// What the crate says of some bytes, for an officer.
pub fn explain(text: &str, span: Span, words: &str) -> SyntaxFault {
    let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
    let raw = text.get(start..end).unwrap_or("");
    if raw.starts_with(MARK) {
        return mark(start..start + raw.len() - raw.trim_start_matches(MARK).len());
    }
    let found = SYNTAX.iter().find(|(part, ..)| words.contains(part));
    let (mut message, mut help) = match found {
        Some((_, message, help)) => (Said::from(*message), Said::from(*help)),
        None => (
            say!("dòng này không đúng cú pháp TOML ({words})", "this line is not TOML ({words})", [words]),
            say!("viết khoá = giá trị", "write key = value"),
        ),
    };
    let is_odd = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let odd = text.get(start..).and_then(|rest| rest.chars().next()).filter(is_odd);
    if Day::parse_typed(raw).is_some() {
        message =
            say!("ngày {raw} viết không đúng cách", "the date {raw} is written in the wrong way", [raw]);
    } else if let Some(month @ Date::Month(..)) = Date::parse(raw) {
        message = say!("{raw} là tháng, không phải ngày", "{raw} is a month, and not a date", [raw]);
        let month = month.to_string();
        help = say!(
            "chỉ biết tháng thì viết trong ngoặc kép: \"{month}\"",
            "if only the month is known, write it in quotes: \"{month}\"",
            [month]
        );
    } else if raw.contains(['“', '”', '‘', '’']) {
        message = say!("dấu ngoặc kép cong, thường do dán từ Word", "curly quotes, usually pasted from Word");
        help = say!("thay bằng dấu ngoặc kép thẳng \"", "use straight quotes \"");
    } else if raw.contains('\u{a0}') || text[end..].starts_with('\u{a0}') {
        message = say!(
            "có dấu cách đặc biệt (không ngắt dòng), thường do dán từ Word",
            "a no-break space, usually pasted from Word"
        );
        help = say!("xoá và gõ lại dấu cách", "delete it and type a space");
    } else if words.contains("string values must be quoted") && is_number_with_letters(raw) {
        message = say!("sau số còn chữ", "letters follow a number");
        help = say!(
            "chỉ viết số, như 12; nếu là chữ thì để trong ngoặc kép",
            "write the number alone, like 12; if it is a text, put it in quotes"
        );
    } else if is_decimal_comma(text, start) {
        message = say!("có dấu phẩy trong số", "a comma inside a number");
        help = say!(
            "số lẻ viết 85.5, số nguyên viết liền 1250",
            "write decimals like 85.5 and whole numbers like 1250"
        );
    } else if let Some(odd) = odd {
        let odd = format!("U+{:04X}", u32::from(odd));
        message = say!("có ký tự điều khiển {odd}", "there is a control character {odd}", [odd]);
        help = say!("xoá ký tự ẩn ấy", "delete this invisible character");
    }
    let (span, fix) = meant(text, start..end).unzip();
    if let Some(fix) = &fix {
        help = say!("viết {fix}", "write {fix}", [fix]);
    }
    SyntaxFault { fix, ..SyntaxFault::new(span.unwrap_or(start..end), message, help) }
}

/// True for digits with letters after them: `12 người`, unlike `0203 000 001`.
fn is_number_with_letters(raw: &str) -> bool {
    raw.starts_with(|c: char| c.is_ascii_digit()) && raw.contains(char::is_alphabetic)
}

/// True for a comma between two digits.
fn is_decimal_comma(text: &str, at: usize) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let after = text.get(at..).and_then(|rest| rest.strip_prefix(','));
    text.get(..at).is_some_and(|before| before.ends_with(digit))
        && after.is_some_and(|rest| rest.starts_with(digit))
}

/// What is meant by bytes that are not TOML, and by how many of them: a day, a number with points between its groups, or a
/// text in curly quotes.
fn meant(text: &str, span: Span) -> Option<(Span, String)> {
    if let Some(day) = Day::parse_typed(text.get(span.clone())?) {
        return Some((span, day.to_string()));
    }
    let ends = |c: char| c.is_whitespace() || "=,#[]{}".contains(c);
    let from = text[..span.start].trim_end_matches(|c| !ends(c)).len();
    let word = text[from..].split(ends).next().unwrap_or_default();
    if let Some(number) = number::grouped_by_points(word) {
        return Some((from..from + word.len(), number));
    }
    let (quoted, _) = text[span.start..].lines().next()?.split_once('”')?;
    let inner = quoted.strip_prefix('“').filter(|inner| !inner.contains(['"', '\\']))?;
    Some((span.start..span.start + quoted.len() + '”'.len_utf8(), format!("\"{inner}\"")))
}

/// The byte order mark; one before a text was taken away when it was read.
pub const MARK: char = '\u{feff}';

/// The fault of byte order marks that are part of a text.
pub fn mark(span: Span) -> SyntaxFault {
    let message = say!("có dấu BOM (U+FEFF) trong tệp", "there is a byte order mark (U+FEFF) in the file");
    let help = say!(
        "chạy `ttht check --fix`, hoặc xoá ký tự ẩn ấy",
        "run `ttht check --fix`, or delete this invisible character"
    );
    SyntaxFault { fix: Some(String::new()), ..SyntaxFault::new(span, message, help) }
}

/// The fault of digits that the crate passes on as they are: of another script, or too many for 64 bits.
pub fn no_number(span: Span, large: bool) -> SyntaxFault {
    let message = if large {
        say!("số quá lớn", "the number is too large")
    } else {
        say!("số viết sai", "not a valid number")
    };
    let help = say!(
        "viết bằng chữ số 0–9, không quá 18 chữ số",
        "write it with the digits 0 to 9, and no more than 18 of them"
    );
    SyntaxFault::new(span, message, help)
}

/// The fault of a conflict that git has left, at its first mark.
pub fn conflict(text: &str, start: usize) -> SyntaxFault {
    let span = start..start + text[start..].lines().next().map_or(0, |mark| mark.trim_end().len());
    let message = say!("tệp còn dấu xung đột của git", "the file still has git's conflict markers");
    let help = say!(
        "chọn bản đúng giữa <<<<<<< và >>>>>>>, xoá bản kia cùng ba dòng dấu",
        "choose the right version between <<<<<<< and >>>>>>>, delete the other one and the three marker lines",
    );
    SyntaxFault { code: &codes::CONFLICT_MARKERS, ..SyntaxFault::new(span, message, help) }
}

/// The fault of lines that repeat a key or a section of an earlier line. If they are alike, they can go.
pub fn doubled(text: &str, lines: Span, earlier: usize, alike: bool) -> SyntaxFault {
    let first = text[lines.clone()].lines().next().unwrap_or_default().trim_end();
    let message = if first.trim_start().starts_with('[') {
        say!("phần này đã có ở dòng {earlier}", "this section is already there on line {earlier}", [earlier])
    } else {
        say!("khoá này đã có ở dòng {earlier}", "this key is already set on line {earlier}", [earlier])
    };
    if alike {
        let help = say!("xoá: hai chỗ viết giống hệt nhau", "delete it: both say the same");
        return SyntaxFault { fix: Some(String::new()), ..SyntaxFault::new(lines, message, help) };
    }
    let help = say!("giữ một chỗ, xoá chỗ kia", "keep one of the two and delete the other");
    SyntaxFault::new(lines.start..lines.start + first.len(), message, help)
}

/// Tells that there are more faults than are told.
pub fn more(span: Span, faults: usize) -> SyntaxFault {
    let message = say!(
        "từ đây còn {faults} lỗi cú pháp nữa",
        "there are {faults} more syntax errors from here on",
        [faults]
    );
    let help = say!(
        "xem lại cả tệp: có lẽ không phải là tệp của sổ",
        "look at the whole file: perhaps it is not a record"
    );
    SyntaxFault::new(span, message, help)
}
