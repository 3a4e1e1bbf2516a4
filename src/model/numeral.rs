//! Numbers as people type them: `1.250`, `85,5`, `5.500.000đ`, `2 triệu`, `20tr`, `12 người`.

use super::field::{Kind, MONEY_MAX};
use super::meaning::{is_same, mentions};
use super::number::{grouped_by, is_digits};
use super::text::{Said, Text, t};
use super::tree::Value;
use crate::say;

/// What a number that was typed may say, in plain digits: `1.250` is 1250 for some and 1.25 for others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numeral {
    /// The whole number, if every mark stands between groups of three digits.
    pub whole: Option<String>,
    /// The number with decimals, if the last mark stands before them.
    pub decimal: Option<String>,
}

impl Numeral {
    /// What was typed: `1250`, `1.250`, `1,250`, `1 250`, `1_250`, `85,5`, `1.234,5`. Nothing for what is no number.
    pub fn of(typed: &str) -> Numeral {
        let typed = spaced(typed);
        let decimal = typed.rfind(['.', ',']).and_then(|at| {
            let (before, point) = (&typed[..at], &typed[at..=at]);
            let part = Some(&typed[at + 1..]).filter(|part| is_digits(part))?;
            Some(format!("{}.{part}", whole(before).filter(|_| !before.contains(point))?))
        });
        Numeral { whole: whole(&typed), decimal }
    }

    /// The number with so many noughts more. A decimal number may become a whole one.
    fn times_ten(self, noughts: usize) -> Numeral {
        let moved = |number: String| {
            let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
            let part = format!("{part:0<noughts$}");
            let (digits, rest) = part.split_at(noughts);
            let whole = format!("{whole}{digits}");
            let whole = Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
            match rest.trim_end_matches('0') {
                "" => whole.to_owned(),
                rest => format!("{whole}.{rest}"),
            }
        };
        if noughts == 0 {
            return self;
        }
        Numeral { whole: self.whole.map(moved), decimal: self.decimal.map(moved) }
    }
}

/// The text without blanks around it, with plain spaces inside.
fn spaced(typed: &str) -> String {
    typed.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

/// A whole number in plain digits, from digits or from groups of three with one kind of mark between them.
fn whole(typed: &str) -> Option<String> {
    let Some(mark) = typed.chars().find(|c| matches!(c, '.' | ',' | ' ' | '_')) else {
        return is_digits(typed).then(|| typed.to_owned());
    };
    grouped_by(typed, mark).then(|| typed.replace(mark, ""))
}

/// Words for powers of ten after a number, with their noughts.
const POWERS: &[(&str, usize)] = &[
    ("nghìn", 3),
    ("ngàn", 3),
    ("ngđ", 3),
    ("k", 3),
    ("thousand", 3),
    ("triệu", 6),
    ("tr", 6),
    ("trđ", 6),
    ("củ", 6),
    ("million", 6),
    ("tỷ", 9),
    ("tỉ", 9),
    ("billion", 9),
];

/// Words for money.
const MONEY: &[&str] = &["đồng", "đ", "₫", "vnđ", "vnd"];

/// Short words for the units of measures.
const SHORT: &[(&str, &str)] = &[("m²", "m2"), ("giờ", "h"), ("giờ", "tiếng"), ("điểm", "đ")];

/// Words for what is counted, those for the same thing together.
const COUNTED: &[&[&str]] = &[
    &[
        "người",
        "lượt",
        "lượt người",
        "em",
        "cháu",
        "học viên",
        "hội viên",
        "thành viên",
        "khẩu",
        "nhân khẩu",
        "cán bộ",
        "giáo viên",
        "đồng chí",
        "đ/c",
        "ng",
        "hv",
        "hs",
        "học sinh",
        "gv",
        "thầy cô",
        "bà con",
        "lượt hv",
        "nữ",
        "people",
        "members",
    ],
    &["lớp", "classes"],
    &["buổi", "sessions"],
    &["hộ", "hộ dân", "gia đình", "households", "families"],
    &["dòng họ", "lineages"],
    &["cuốn", "quyển", "đầu sách", "books"],
    &["cuộc"],
    &["sổ"],
    &["bản", "copies"],
    &["suất", "giải", "grants"],
    &["chi hội", "groups"],
    &["thôn", "khu", "tổ dân phố"],
    &["cái", "chiếc", "bộ", "máy", "computers"],
    &["phòng", "rooms"],
    &["chuyên đề", "topics"],
    &["đơn vị", "cơ quan"],
];

/// A number that was typed, and the words after it.
struct Worded<'a> {
    numeral: Numeral,
    /// All of them.
    words: &'a str,
    /// The noughts that a word like `triệu` adds.
    noughts: Option<usize>,
    /// The unit.
    unit: &'a str,
}

impl Worded<'_> {
    fn of(typed: &str) -> Worded<'_> {
        let is_part = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '_');
        let (number, words) = typed.split_at(typed.find(|c| !is_part(c)).unwrap_or(typed.len()));
        let words = words.trim_end_matches(['.', ' ']);
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let power = POWERS.iter().find(|(word, _)| !first.is_empty() && is_same(first, word));
        let noughts = power.map(|(_, noughts)| *noughts);
        let unit = if noughts.is_some() { rest.trim() } else { words };
        Worded { numeral: Numeral::of(number), words, noughts, unit }
    }

    fn is_money(&self) -> bool {
        !self.unit.is_empty() && MONEY.iter().any(|word| is_same(self.unit, word))
    }

    /// True if the unit may stand after a number of a kind.
    fn fits(&self, kind: &Kind) -> bool {
        let unit = self.unit;
        unit.is_empty()
            || match kind {
                Kind::Money => self.is_money(),
                Kind::Measure(of) => {
                    let short = SHORT.iter().filter(|(long, _)| *long == of.vi).map(|(_, short)| *short);
                    short.chain([of.vi, of.en]).any(|word| is_same(unit, word))
                }
                _ => group(unit).is_some(),
            }
    }
}

/// The words for the same thing as a word for what is counted.
fn group(unit: &str) -> Option<&'static [&'static str]> {
    let said = (!unit.is_empty()).then_some(unit)?;
    COUNTED.iter().find(|group| group.iter().any(|word| is_same(said, word))).copied()
}

/// The word after a number that says that something else was counted than a label says: `lớp` in `12 lớp` under
/// *Lượt người*.
pub fn counts_another(label: Text, typed: &str) -> Option<&str> {
    let unit = Worded::of(typed.trim()).unit;
    let own = Some(unit).filter(|unit| !unit.is_empty()).and_then(group)?;
    let named = |words: &[&str]| words.iter().any(|w| mentions(label.vi, w) || mentions(label.en, w));
    (!named(own) && COUNTED.iter().any(|words| named(words))).then_some(unit)
}

/// The largest amount that is believed where only a heading says that it stands in thousands or millions, in đồng.
const BELIEVED: i64 = 1_000_000_000_000;

/// The number that was typed, for a count, an amount of money or a measure. `noughts` are those that a heading adds:
/// three in a column of thousands. A unit beside the number itself says more than the heading.
pub fn read(kind: &Kind, typed: &str, noughts: usize) -> Result<Value<'static>, Said> {
    if let Some(n) = matches!(kind, Kind::Money | Kind::Count(_)).then(|| in_parts(kind, typed)).flatten() {
        return if n > most(kind) { Err(too_large(kind, typed)) } else { Ok(Value::Int(n)) };
    }
    let worded = Worded::of(typed);
    if !worded.fits(kind) {
        return Err(no_number(kind, typed));
    }
    let own = worded.noughts.or_else(|| worded.is_money().then_some(0));
    let added = own.unwrap_or(noughts);
    // Without noughts to add a count or an amount has no decimals, and of thousands nobody gives three; `1.250` million may
    // be either.
    let has_decimals = added > 3 || matches!(kind, Kind::Measure(_));
    if let Numeral { whole: Some(whole), decimal: Some(decimal) } = &worded.numeral
        && has_decimals
    {
        return Err(two_ways(typed, whole, decimal, worded.words));
    }
    let numeral = worded.numeral.times_ten(added);
    let value = match kind {
        Kind::Measure(_) => measure(typed, numeral)?,
        _ => whole_number(kind, typed, numeral)?,
    };
    match value {
        Value::Int(n) if n > most(kind) => Err(too_large(kind, typed)),
        Value::Int(n) if own.is_none() && added > 0 && n > BELIEVED => Err(unlikely(typed, added)),
        value => Ok(value),
    }
}

/// A number in parts of which each is counted by another power of ten: `1 tỷ 250 triệu`, `2tr5`, `2tr500`.
fn in_parts(kind: &Kind, typed: &str) -> Option<i64> {
    let typed = typed.trim();
    let (mut rest, mut sum, mut last, mut parts) = (typed, 0i64, usize::MAX, 0);
    while rest.starts_with(|c: char| c.is_ascii_digit()) {
        let (digits, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        let joined =
            parts > 0 && typed.len() > rest.len() && !typed[..typed.len() - rest.len()].ends_with(' ');
        let end = after.trim_start();
        let word = &end[..end.find(|c: char| !c.is_alphabetic()).unwrap_or(end.len())];
        let power = POWERS.iter().find(|(power, _)| !word.is_empty() && is_same(word, power));
        let noughts = match power {
            Some((_, noughts)) => *noughts,
            // Right behind a power, one digit is its tenths and three are its thousandths: `2tr5`, `2tr500`.
            None if joined && matches!(digits.len(), 1 | 3) => last - digits.len(),
            None => return None,
        };
        if noughts >= last || parts > 0 && digits.len() > 3 {
            return None;
        }
        let part = digits.parse::<i64>().ok()?.checked_mul(10i64.checked_pow(noughts as u32)?)?;
        (sum, last, parts) = (sum.checked_add(part)?, noughts, parts + 1);
        rest = if power.is_some() { end[word.len()..].trim_start() } else { end };
        if power.is_none() {
            break;
        }
    }
    let is_money = || matches!(kind, Kind::Money) && MONEY.iter().any(|word| is_same(rest, word));
    (parts > 1 && (rest.is_empty() || is_money())).then_some(sum)
}

/// The largest number of a kind.
fn most(kind: &Kind) -> i64 {
    if let Kind::Count(max) = kind { *max } else { MONEY_MAX }
}

fn whole_number(kind: &Kind, typed: &str, numeral: Numeral) -> Result<Value<'static>, Said> {
    let is_whole = |number: &String| !number.contains('.');
    let digits = match numeral {
        Numeral { whole: Some(whole), .. } => whole,
        Numeral { decimal: Some(decimal), .. } if is_whole(&decimal) => decimal,
        Numeral { decimal: Some(_), .. } => return Err(not_whole(kind, typed)),
        _ => return Err(no_number(kind, typed)),
    };
    digits.parse().map(Value::Int).map_err(|_| too_large(kind, typed))
}

/// A number with a decimal comma or a decimal point: `85,5`, `85.5`, `1.234,5`.
fn measure(typed: &str, numeral: Numeral) -> Result<Value<'static>, Said> {
    let number = match numeral {
        Numeral { whole: Some(whole), .. } => whole.parse().ok().map(Value::Int),
        Numeral { decimal, .. } => {
            decimal.and_then(|digits| digits.parse().ok()).filter(|n: &f64| n.is_finite()).map(Value::Float)
        }
    };
    number.ok_or_else(|| no_number(&Kind::Measure(t("", "")), typed))
}

/// Why a number with one mark before three digits is not taken, and how to type either of its meanings with the words after
/// it.
fn two_ways(typed: &str, whole: &str, decimal: &str, words: &str) -> Said {
    let clear = clear(decimal);
    let decimal = Said { vi: clear.replace('.', ","), en: clear };
    let words = if words.is_empty() { String::new() } else { format!(" {words}") };
    say!(
        "“{typed}” hiểu được hai cách; gõ {whole}{words} hoặc {decimal}{words}",
        "“{typed}” can be read in two ways; type {whole}{words} or {decimal}{words}",
        [typed, whole, decimal, words]
    )
}

/// A number as programs write it, so that it can be read in one way: three decimals, which look like a group of digits,
/// lose the noughts at their end or get one more.
pub fn clear(number: &str) -> String {
    let Numeral { whole: Some(_), decimal: Some(_) } = Numeral::of(number) else { return number.to_owned() };
    let short = number.trim_end_matches('0');
    let nought = if short == number || short.ends_with('.') { "0" } else { "" };
    format!("{short}{nought}")
}

/// Why a text is no number of a kind, and what to type.
fn no_number(kind: &Kind, typed: &str) -> Said {
    let less = typed.trim_start_matches(['-', '−', '–']);
    if less != typed && Numeral::of(less) != Numeral::default() {
        return say!("“{typed}” nhỏ hơn 0", "“{typed}” is less than 0", [typed]);
    }
    let says_none = ["không", "ko", "không có", "ko có", "chưa có"].iter().any(|word| is_same(typed, word));
    let is_share = typed.contains('%');
    match kind {
        _ if is_about(typed) => say!(
            "“{typed}” không phải là số chính xác; ghi số chính xác, hoặc để trống và ghi chú",
            "“{typed}” is not an exact number; give one, or leave it empty and make a note",
            [typed]
        ),
        _ if is_in_letters(typed) => {
            say!("“{typed}”: ghi bằng chữ số, như 12", "“{typed}”: use digits, like 12", [typed])
        }
        _ if says_none => say!(
            "“{typed}”: gõ 0 nếu không có; chưa báo cáo thì để trống",
            "“{typed}”: type 0 if there are none; leave it empty if it is not reported",
            [typed]
        ),
        Kind::Count(_) if is_share => say!(
            "“{typed}” là tỷ lệ; ở đây ghi số lượng",
            "“{typed}” is a percentage; a number belongs here",
            [typed]
        ),
        Kind::Count(_) => say!(
            "“{typed}” không phải là số; chỉ gõ số, như 1250",
            "“{typed}” is not a number; type the number alone, like 1250",
            [typed]
        ),
        Kind::Money => say!(
            "“{typed}” không phải là số tiền; gõ như 5.500.000 hoặc 5,5 triệu",
            "“{typed}” is not an amount; type it like 5,500,000 or 5.5 million",
            [typed]
        ),
        _ => say!(
            "“{typed}” không phải là số; gõ như 85,5",
            "“{typed}” is not a number; type it like 85.5",
            [typed]
        ),
    }
}

/// True for a number that is only about so much: `khoảng 500`, `500-600`.
fn is_about(typed: &str) -> bool {
    const ABOUT: &[&str] =
        &["khoảng", "chừng", "độ", "gần", "hơn", "trên", "dưới", "ước", "about", "over", "nearly", "some"];
    let has_digit = typed.contains(|c: char| c.is_ascii_digit());
    let first = typed.split_whitespace().next().unwrap_or_default();
    let range = typed.split(['-', '–', '—']).map(str::trim).collect::<Vec<_>>();
    let is_range =
        matches!(range[..], [a, b] if [a, b].iter().all(|part| Numeral::of(part) != Numeral::default()));
    has_digit
        && (typed.starts_with(['~', '≈', '>', '<']) || is_range || ABOUT.iter().any(|w| is_same(first, w)))
}

/// True for numbers in letters: `một chục`, `vài`.
fn is_in_letters(typed: &str) -> bool {
    const LETTERS: &[&str] = &[
        "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "chục", "trăm", "vài", "mấy",
        "dăm",
    ];
    let mut words = typed.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| LETTERS.iter().any(|letters| is_same(word, letters)))
}

fn not_whole(kind: &Kind, typed: &str) -> Said {
    match kind {
        Kind::Money => say!(
            "“{typed}” không tròn đồng; ghi số tiền đến đồng, không có phần lẻ",
            "“{typed}” is not in whole đồng; give the amount without decimals",
            [typed]
        ),
        _ => say!(
            "“{typed}” là số lẻ; ở đây cần số nguyên",
            "“{typed}” has decimals; a whole number belongs here",
            [typed]
        ),
    }
}

fn too_large(kind: &Kind, typed: &str) -> Said {
    let max = in_words(most(kind));
    say!(
        "“{typed}” lớn quá mức có thể; nhiều nhất là {max}",
        "“{typed}” is too large; at most {max}",
        [typed, max]
    )
}

/// A bound as people say it: not fifteen noughts.
pub fn in_words(max: i64) -> Said {
    match max {
        1_000_000_000 => t("một tỷ", "a billion").into(),
        MONEY_MAX => t("một triệu tỷ", "a million billion").into(),
        _ => say!("{max}", "{max}", [max]),
    }
}

/// Why an amount is not multiplied as its heading says.
fn unlikely(typed: &str, noughts: usize) -> Said {
    let unit = if noughts == 3 {
        t("nghìn đồng", "thousand đồng")
    } else {
        t("triệu đồng", "million đồng")
    };
    say!(
        "“{typed}” {unit} thì quá lớn; nếu là đồng thì ghi “{typed} đồng”",
        "“{typed}” {unit} would be too much; if it is in đồng, write “{typed} đồng”",
        [typed, unit]
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::field::COUNT;

    const AREA: Kind = Kind::Measure(t("m²", "m²"));

    fn int(kind: Kind, typed: &str, noughts: usize) -> Option<i64> {
        match read(&kind, typed, noughts) {
            Ok(Value::Int(n)) => Some(n),
            Ok(other) => panic!("{other:?}"),
            Err(_) => None,
        }
    }

    #[test]
    fn amounts_are_read_with_the_words_after_them() {
        for (typed, amount) in [
            ("5.500.000đ", 5_500_000),
            ("5 500 000 đồng", 5_500_000),
            ("5,500,000 VNĐ", 5_500_000),
            ("2 triệu", 2_000_000),
            ("3 củ", 3_000_000),
            ("500 ngđ", 500_000),
            ("2 TRIỆU đồng", 2_000_000),
            ("20tr", 20_000_000),
            ("20 trđ", 20_000_000),
            ("1,5 tỷ", 1_500_000_000),
            ("1.5 tỉ", 1_500_000_000),
            ("0,35 triệu", 350_000),
            ("500k", 500_000),
            ("70.000 nghìn đồng", 70_000_000),
            ("70\u{a0}triệu\u{a0}đồng", 70_000_000),
            ("1,2345 tỷ", 1_234_500_000),
            ("0 đ", 0),
            ("0 triệu", 0),
            ("2tr5", 2_500_000),
            ("2tr500 ", 2_500_000),
            ("1 tỷ 250 tr", 1_250_000_000),
            ("3 triệu 500 nghìn đồng", 3_500_000),
        ] {
            assert_eq!(int(Kind::Money, typed, 0), Some(amount), "{typed}");
        }
        for typed in [
            "2 triệu rưỡi",
            "2tr50",
            "1 tỷ 2",
            "1t2",
            "5 tr 2 tỷ",
            "khoảng 500",
            "một chục",
            "2 tr m²",
            "triệu",
            "đ",
            "5.5đ",
            "1,23456789 triệu",
            "2 người",
            "2 trieu usd",
        ] {
            assert_eq!(int(Kind::Money, typed, 0), None, "{typed}");
        }
    }

    #[test]
    fn a_heading_in_thousands_or_millions_multiplies_what_has_no_unit_of_its_own() {
        for (typed, noughts, amount) in [
            ("70", 6, Some(70_000_000)),
            ("70,5", 6, Some(70_500_000)),
            ("0.5", 6, Some(500_000)),
            ("70.000", 3, Some(70_000_000)),
            ("70.000.000đ", 6, Some(70_000_000)),
            ("70 nghìn", 6, Some(70_000)),
            ("1.250.000", 3, Some(1_250_000_000)),
            ("1.250", 6, None),
            ("70.000.000", 6, None),
            ("0,0000001", 6, None),
        ] {
            assert_eq!(int(Kind::Money, typed, noughts), amount, "{typed}");
        }
        let both = read(&Kind::Money, "1.250", 6).unwrap_err().vi;
        assert!(both.ends_with("gõ 1250 hoặc 1,25"), "{both}");
        let both = read(&Kind::Money, "1.250 triệu", 0).unwrap_err().en;
        assert!(both.ends_with("type 1250 triệu or 1.25 triệu"), "{both}");
        assert_eq!(int(COUNT, "8,6", 3), Some(8_600));
    }

    #[test]
    fn what_is_counted_may_stand_behind_the_number() {
        for (typed, n) in [("12 người", 12), ("1.234 lượt người", 1234), ("5 lop", 5), ("30 Hộ dân", 30)]
        {
            assert_eq!(int(COUNT, typed, 0), Some(n), "{typed}");
        }
        for typed in ["12 a", "12a", "12 nguội", "12 triệu tấn", "người", "1 lớp 30 người", "12 %", "361,5"]
        {
            assert_eq!(int(COUNT, typed, 0), None, "{typed}");
        }
        let (attendances, women) = (t("Lượt người", "Attendances"), t("Nữ", "Women"));
        assert_eq!(counts_another(attendances, "12 lớp"), Some("lớp"));
        for typed in ["12 người", "12", "12a"] {
            assert_eq!(counts_another(attendances, typed), None);
        }
        assert_eq!((counts_another(women, "5 em"), counts_another(t("Mức", "Level"), "2 lớp")), (None, None));
        for (typed, area) in [("85 m2", 85), ("85m²", 85), ("1 250 m²", 1250)] {
            assert_eq!(int(AREA, typed, 0), Some(area), "{typed}");
        }
        assert_eq!(int(AREA, "85 ha", 0), None);
    }

    #[test]
    fn a_refusal_says_what_is_wrong_without_a_row_of_noughts() {
        for (kind, typed, why) in [
            (COUNT, "361,5", "“361,5” là số lẻ; ở đây cần số nguyên"),
            (COUNT, "-3", "“-3” nhỏ hơn 0"),
            (COUNT, "62 %", "“62 %” là tỷ lệ; ở đây ghi số lượng"),
            (COUNT, "5 tỷ", "“5 tỷ” lớn quá mức có thể; nhiều nhất là một tỷ"),
            (Kind::Count(54), "55", "“55” lớn quá mức có thể; nhiều nhất là 54"),
            (
                Kind::Money,
                "99999999999999999999",
                "“99999999999999999999” lớn quá mức có thể; nhiều nhất là một triệu tỷ",
            ),
            (Kind::Money, "5,5đ", "“5,5đ” không tròn đồng; ghi số tiền đến đồng, không có phần lẻ"),
        ] {
            assert_eq!(read(&kind, typed, 0).unwrap_err().vi, why);
        }
    }
}
