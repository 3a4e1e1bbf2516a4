//! What was understood of a sheet, on one screen: its headings, each column and its key, its rows and those passed over.

use crate::desk::import::{Known, Understanding};
use crate::model::meaning::is_same;
use crate::model::number::group;
use crate::model::text::Lang;
use crate::render::{cut, width};
use crate::say;

/// The most columns that a heading is given.
const HEADING: usize = 34;

/// The lines.
pub fn shown(sheet: &Understanding, lang: Lang) -> String {
    let Understanding { place, table, name, headings: (first, last), .. } = sheet;
    let at = if first == last { first.to_string() } else { format!("{first}–{last}") };
    let title = say!(
        "{place}: bảng “{table}” ({name}), tên cột ở dòng {at}",
        "{place}: table “{table}” ({name}), headings in row {at}",
        [place, table, name, at]
    );
    let mut lines = vec![title.get(lang).to_owned()];
    let (ours, others): (Vec<&Known>, Vec<&Known>) =
        sheet.columns.iter().partition(|known| known.key.is_some());
    let wide = ours.iter().map(|known| width(&known.heading)).max().unwrap_or(0).min(HEADING);
    lines.extend(ours.iter().map(|known| column(known, wide, lang)));
    let left = others.iter().map(|known| format!("{} “{}”", known.letters, known.heading));
    note(&mut lines, say!("bỏ qua cột", "columns left out").get(lang), &left.collect::<Vec<_>>());
    let rows = ranges(&sheet.rows);
    let n = sheet.rows.len();
    let taken = match n {
        0 => say!("không có dòng nào để lấy", "there is no row to take"),
        _ => say!("lấy dòng: {rows} ({n} dòng)", "rows taken: {rows} ({n} in all)", [n, rows]),
    };
    lines.push(format!("  {}", taken.get(lang)));
    let mut whys: Vec<&str> = Vec::new();
    for (_, why) in &sheet.passed {
        if !whys.contains(&why.get(lang)) {
            whys.push(why.get(lang));
        }
    }
    let passed = whys.iter().map(|why| {
        let numbers =
            sheet.passed.iter().filter(|(_, other)| other.get(lang) == *why).map(|(number, _)| *number);
        format!("{} ({why})", ranges(&numbers.collect::<Vec<_>>()))
    });
    note(&mut lines, say!("bỏ qua dòng", "rows passed over").get(lang), &passed.collect::<Vec<_>>());
    let above = Some(ranges(&sheet.named_above)).filter(|rows| !rows.is_empty());
    note(&mut lines, say!("lấy tên ở dòng trên", "named by the row above").get(lang), above.as_slice());
    note(&mut lines, say!("không lấy trang tính", "sheets not taken").get(lang), &sheet.others);
    lines.join("\n") + "\n"
}

/// `  C “Số lớp”   → classes`; with what it is called, if that is something else.
fn column(known: &Known, wide: usize, lang: Lang) -> String {
    let Known { letters, heading, key, unit, .. } = known;
    let shown = cut(heading, wide);
    let gap = " ".repeat(wide.saturating_sub(width(&shown)));
    let (key, label) = key.as_ref().map_or(("", ""), |(key, label)| (key.as_str(), label.get(lang)));
    let label =
        if is_same(heading, label) || is_same(heading, key) { String::new() } else { format!(" ({label})") };
    let unit = unit.as_ref().map_or_else(String::new, |(unit, scale)| {
        format!(", {} = × {}", unit.get(lang), group(*scale, lang))
    });
    format!("  {letters:>2} {shown}{gap} → {key}{label}{unit}")
}

fn note(lines: &mut Vec<String>, what: &str, items: &[String]) {
    if !items.is_empty() {
        lines.push(format!("  {what}: {}", items.join(", ")));
    }
}

/// Numbers as ranges: `5–8, 10`.
fn ranges(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let run = |run: &[usize]| match run {
        [] => String::new(),
        [one] => one.to_string(),
        [first, .., last] => format!("{first}–{last}"),
    };
    runs.map(run).collect::<Vec<_>>().join(", ")
}
