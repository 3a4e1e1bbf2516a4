//! From what a cell holds to a value with its place in the record.

use crate::desk::pick::agrees;
use crate::desk::vocabulary;
use crate::model::RecordKind;
use crate::model::day::{Day, Time};
use crate::model::field::{Field, Form, Kind};
use crate::model::input::{Speaker, read, resolve};
use crate::model::json;
use crate::model::meaning::is_same;
use crate::model::number::is_digits;
use crate::model::numeral;
use crate::model::path::{Step, written};
use crate::model::sheet::Held;
use crate::model::text::{Said, with_plain_ends};
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::{compose, slug};
use crate::say;
use crate::store::Store;
use crate::summary::export;
use crate::toml;

/// A value with its place in the record, from the place of its cell and what stands in it; none for a cell that says that
/// nothing is told. What an export wrote is taken letter for letter, what people send is read as they mean it. A number
/// counts `scale` times, a power of ten, as its heading says.
pub fn read_cell(
    store: &Store,
    speaker: Speaker,
    kind: RecordKind,
    path: Vec<Step>,
    held: &Held,
    exact: bool,
    scale: i64,
) -> Result<Option<(Vec<Step>, Node<'static>)>, Said> {
    let root = kind.root();
    if let Some(value) = exact.then(|| export::value(&root.at(&path), &held.typed())).flatten() {
        return Ok(Some((path, value)));
    }
    let (path, _) = resolve(kind.fields(), &written(&path), Some(&store.register), speaker.lang)?;
    let kind = root.at(&path);
    let typed = &*wanted(held, &kind)?;
    if says_nothing(&kind, typed) {
        return Ok(None);
    }
    let value = match (vocabulary::row(&root, &path), kind) {
        (Some(row), _) => {
            let scheme = vocabulary::scheme(&store.register, &root, &path);
            Node::of_text(vocabulary::word(scheme, row, typed.trim(), speaker)?)
        }
        (None, Kind::Count(_) | Kind::Money | Kind::Measure(_)) => {
            let read = number(row(&root, &path), &kind, typed.trim(), scale);
            Node::new(read.map_err(|why| unfit(held, &kind).unwrap_or(why))?)
        }
        (None, kind) => value(store, &kind, typed, speaker)?,
    };
    Ok(Some((path, value)))
}

/// The row of the last key of a path.
fn row(root: &Kind, path: &[Step]) -> Option<&'static Field> {
    let (Step::Key(key), above) = path.split_last()? else { return None };
    root.at(above).row(key)
}

/// A number that counts what its row is about.
fn number(row: Option<&Field>, kind: &Kind, typed: &str, scale: i64) -> Result<Value<'static>, Said> {
    match row.and_then(|row| Some((numeral::counts_another(row.label, typed)?, row.label))) {
        Some((counted, label)) => Err(say!(
            "“{typed}” là số {counted}; cột này là “{label}”",
            "“{typed}” counts {counted}; this column is “{label}”",
            [typed, counted, label]
        )),
        None => numeral::read(kind, typed, scale.max(1).ilog10() as usize),
    }
}

/// Why a number with decimals is not taken, in the way people write it.
fn unfit(held: &Held, kind: &Kind) -> Option<Said> {
    let Held::Number(n) = held else { return None };
    let said = || {
        say!(
            "ô chứa {n}; ở đây cần {wanted}",
            "the cell holds {n}; {wanted} belongs here",
            [n, wanted = kind.called()]
        )
    };
    (n.fract() != 0.0).then(said)
}

/// What people write in a cell of which they know nothing.
const NOTHING: &[&str] = &[
    "-",
    "--",
    "...",
    "…",
    "/",
    "n/a",
    "không rõ",
    "chưa rõ",
    "không có số liệu",
    "chưa có số liệu",
    "chưa báo cáo",
    "không báo cáo",
    "kbc",
];

/// True for a cell that says that nothing is told. `không có` says more where yes, a word or a number is wanted.
fn says_nothing(kind: &Kind, typed: &str) -> bool {
    let typed = typed.trim();
    if typed.starts_with(|c: char| c.is_alphanumeric() && !"nkcNKC".contains(c)) {
        return false; // most cells: a look at one letter is quick
    }
    let is = |nothing: &&str| is_same(typed, nothing);
    let is_told =
        matches!(kind, Kind::Bool | Kind::Choice(_) | Kind::Count(_) | Kind::Money | Kind::Measure(_));
    typed.is_empty() || NOTHING.iter().any(&is) || !is_told && is(&"không có")
}

/// Why a cell holds nothing that anybody typed: an error of a formula or none of its results, a column that was too narrow, a
/// long number that lost its digits.
fn wreck(held: &Held) -> Option<Said> {
    let (Held::Text(text) | Held::Error(text)) = held else { return None };
    let text = text.trim();
    if matches!(held, Held::Error(_)) && text == "=" {
        return Some(say!(
            "ô là công thức chưa có kết quả; mở tệp bằng Excel hoặc LibreOffice, lưu lại rồi nhập",
            "the cell holds a formula without a result; open the file in Excel or LibreOffice, save it and import it again"
        ));
    }
    if matches!(held, Held::Error(_)) || is_error(text) {
        return Some(say!(
            "ô chứa lỗi {text} của bảng tính; sửa công thức hoặc gõ lại giá trị",
            "the cell holds {text}, an error of the spreadsheet; correct the formula or type the value",
            [text]
        ));
    }
    let is_narrow = text.len() > 2 && text.bytes().all(|byte| byte == b'#');
    if is_narrow {
        return Some(say!(
            "ô chỉ chứa {text} vì cột quá hẹp khi lưu; kéo rộng cột rồi lưu lại",
            "the cell holds only {text}, since the column was too narrow when it was saved; widen it and save again",
            [text]
        ));
    }
    is_shortened(text).then(|| {
        say!(
            "“{text}” là số mà Excel đã rút gọn, mất chữ số; đặt định dạng cột là Văn bản (Text) rồi gõ lại",
            "“{text}” is a number that Excel shortened and that has lost digits; format the column as text and type it again",
            [text]
        )
    })
}

/// `#REF!`, `#N/A`, `#TÊN?`, and `Err:502` of LibreOffice.
fn is_error(text: &str) -> bool {
    let name = text.strip_prefix('#').filter(|rest| rest.chars().count() > 1).unwrap_or_default();
    let shouts =
        name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '/' | '!' | '?' | '_'));
    shouts && (name.ends_with(['!', '?']) || name == "N/A")
        || text.strip_prefix("Err:").is_some_and(is_digits)
}

/// `9.12E+08`, `1,23457E+11`.
fn is_shortened(text: &str) -> bool {
    let Some((number, power)) = text.split_once("E+").or_else(|| text.split_once("E-")) else { return false };
    is_digits(power) && number.strip_prefix('-').unwrap_or(number).split(['.', ',']).all(is_digits)
}

/// What a cell holds as a person would type it where a kind of value is wanted; or why that does not belong there.
fn wanted(held: &Held, kind: &Kind) -> Result<String, Said> {
    if let Some(wreck) = wreck(held) {
        return Err(wreck);
    }
    match (held, kind) {
        (Held::Nothing, _) => Ok(String::new()),
        (Held::Text(text) | Held::Error(text), _) => of_text(text, kind),
        (Held::Number(n), _) => of_number(*n, kind),
        (Held::Day(_), Kind::Day | Kind::Date)
        | (Held::Time(_), Kind::Time)
        | (Held::Bool(_), Kind::Bool) => Ok(held.typed().into_owned()),
        (Held::Day(day), _) => {
            Err(made_a_day(say!("ô chứa ngày {day}", "the cell holds the day {day}", [day]), *day, kind))
        }
        (Held::Time(_) | Held::Bool(_), _) => {
            let (typed, wanted) = (held.typed().to_uppercase(), kind.called());
            Err(say!(
                "ô chứa {typed}; ở đây cần {wanted}",
                "the cell holds {typed}; {wanted} belongs here",
                [typed, wanted]
            ))
        }
    }
}

/// A text, without the apostrophe that keeps Excel from reading it. Where a period or the number of a document is wanted it may
/// be the number that Excel keeps for a day.
fn of_text(text: &str, kind: &Kind) -> Result<String, Said> {
    let text = text.strip_prefix('\'').unwrap_or(text);
    let plain = text.trim();
    let digits = if is_digits(plain) { plain.len() } else { 0 };
    let day = || plain.parse().ok().and_then(Day::of_serial);
    match (kind, digits) {
        (Kind::Form(Form::UnitCode), 4) => Err(lost_nought(plain)),
        (Kind::Form(Form::Phone), 9..=10) if !plain.starts_with(['0', '1']) => Err(lost_nought(plain)),
        (Kind::Form(Form::Period | Form::SchoolYear | Form::DocumentNumber), 5) => {
            let kept = |day| {
                say!(
                    "{plain} là số mà Excel giữ cho ngày {day}",
                    "{plain} is what Excel keeps for the day {day}",
                    [plain, day]
                )
            };
            day().map_or_else(|| Ok(text.to_owned()), |day| Err(made_a_day(kept(day), day, kind)))
        }
        _ => Ok(text.to_owned()),
    }
}

/// A number, in digits that can be read in one way only.
fn of_number(n: f64, kind: &Kind) -> Result<String, Said> {
    // A spreadsheet shows fifteen digits; those behind are the noise of binary fractions.
    let n: f64 = format!("{n:.14e}").parse().unwrap_or(n);
    let plain = n.to_string();
    match kind {
        Kind::Count(_) | Kind::Money | Kind::Measure(_) => Ok(numeral::clear(&plain)),
        Kind::Time => Ok(Time::of_day_part(n).map_or(plain, |time| time.to_string())),
        _ => of_text(&plain, kind),
    }
}

/// Why digits are not taken that have probably lost the first of them.
fn lost_nought(digits: &str) -> Said {
    say!(
        "“{digits}” có lẽ đã mất số 0 ở đầu; nếu vậy thì đặt định dạng cột là Văn bản (Text) rồi gõ 0{digits}",
        "“{digits}” has probably lost a leading zero; if so, format the column as text and write 0{digits}",
        [digits]
    )
}

/// Why a day cannot stand where something else is wanted, and what was probably typed.
fn made_a_day(said: Said, day: Day, kind: &Kind) -> Said {
    let (d, m, year) = (day.day(), day.month(), day.year());
    let typed = match kind {
        Kind::Form(form @ (Form::Period | Form::SchoolYear)) => {
            return say!("{said}; viết {how}", "{said}; write {how}", [said, how = form.how()]);
        }
        Kind::Count(_) | Kind::Money | Kind::Measure(_) => format!("{d}.{m}"),
        _ if d == 1 => format!("{m:02}/{year}"),
        _ => format!("{d}/{m}"),
    };
    say!(
        "{said}; nếu đã gõ “{typed}” thì Excel đã đổi thành ngày: đặt định dạng cột là Văn bản (Text) rồi gõ lại",
        "{said}; if “{typed}” was typed, Excel made a day of it: format the column as text and type it again",
        [said, typed]
    )
}

/// The value of a cell that a person filled.
fn value(store: &Store, kind: &Kind, typed: &str, speaker: Speaker) -> Result<Node<'static>, Said> {
    match kind {
        // JSON is what an earlier version exported.
        Kind::Free => toml::value(typed).or_else(|| json::to_tree(typed)).ok_or_else(|| {
            say!("không phải là TOML; viết {{ khoa = \"…\" }}", "not TOML; write {{ key = \"…\" }}")
        }),
        Kind::Text => Ok(Node::of_text(compose(&typed.split_whitespace().collect::<Vec<_>>().join(" ")))),
        Kind::Id(refers) => {
            let id = slug(typed);
            let is_named =
                !store.has(*refers, typed) && store.has(*refers, &id) && agrees(store, *refers, &id, typed);
            Ok(Node::of_text(if is_named { id } else { compose(typed.trim()).into_owned() }))
        }
        Kind::List(_) if typed.trim() == export::EMPTY => Ok(Node::new(Value::List(Vec::new()))),
        Kind::List(Kind::Text | Kind::Prose) if typed.trim().contains('\n') => {
            let texts = export::split_texts(&with_plain_ends(typed));
            Ok(Node::new(Value::List(texts.into_iter().map(Node::of_text).collect())))
        }
        kind => read(kind, typed, speaker),
    }
}
