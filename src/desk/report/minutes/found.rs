//! Part III of minutes: what was found, subject by subject.

use super::super::letterhead::DOTS;
use super::super::outline::Outline;
use super::super::versus;
use super::super::visited::Visited;
use super::super::wording::{large, lines, plain, sentence, there};
use super::tallies;
use crate::model::field::{Field, Kind, Vocabulary};
use crate::model::json::{Json, json};
use crate::model::period::Period;
use crate::model::table::Cell;
use crate::model::text::{Said, Text, t};
use crate::model::visit::{self, DocumentState, Site};
use crate::say;

/// Writes the part. What is told in numbers stands in full in the annex.
pub fn write(page: &mut Outline, visited: &Visited) {
    subjects(page, visited);
    let sites = visited.visit().site.iter().map(site).map(|site| say!("{site}.", "{site}.", [site]));
    page.told(t("Kiểm tra thực tế tại cơ sở", "Field visits"), sites.collect(), 1);
}

/// Writes what was found of each subject.
pub fn subjects(page: &mut Outline, visited: &Visited) {
    let said = &json!(visited.visit());
    let heading = match visited.committee() {
        Some(body) => say!("Công tác lãnh đạo, chỉ đạo của {body}", "How {body} directs the centre", [body]),
        None => t("Công tác lãnh đạo, chỉ đạo", "How the commune directs the centre").into(),
    };
    page.told(heading, [lines_of("context", said), lines_of("management", said)].concat(), 2);
    let heading = t("Tổ chức bộ máy, cơ sở vật chất", "Staff, premises and equipment");
    page.told(heading, [lines_of("staff", said), lines_of("facilities", said)].concat(), 2);
    page.told(t("Hồ sơ, sổ sách", "Books and files"), documents(visited), 2);
    let main = tallies::main(visited);
    for (key, heading) in [
        ("activity", t("Hoạt động của trung tâm", "Activities of the centre")),
        ("finance", t("Kinh phí", "Money")),
        ("promotion", t("Công tác khuyến học, khuyến tài", "Learning promotion")),
        ("title", t("Xây dựng các mô hình học tập", "Learning titles")),
    ] {
        let of = main.iter().filter(|(block, _)| *block == key).map(|(_, line)| versus::said(line));
        let mut told = Vec::new();
        if !said[key].is_null() {
            told.extend(sentence(of));
            let others = rows(key).iter().filter(|row| matches!(row.kind, Kind::Bool | Kind::Day));
            told.extend(lines(&others.copied().collect::<Vec<_>>(), &said[key]));
        }
        page.told(titled(heading, &said[key]), told, 2);
    }
    let literacy = &said["literacy"];
    if !literacy.is_null() {
        let heading = t("Xoá mù chữ, phổ cập giáo dục", "Literacy and universal education");
        let rows: Vec<Field> = rows("literacy").iter().filter(|row| row.key != "period").copied().collect();
        page.told(titled(heading, literacy), lines(&rows, literacy), 1);
    }
}

/// The rows of a part of a visit.
pub fn rows(key: &str) -> &'static [Field] {
    visit::FIELDS.iter().find(|row| row.key == key).map_or(&[], |row| row.kind.fields())
}

/// What a part says that asks what is there, how much, and for a remark.
fn lines_of(key: &str, said: &Json) -> Vec<Said> {
    let (said, rows) = (&said[key], rows(key));
    let (there_or_not, amounts): (Vec<Field>, Vec<Field>) =
        rows.iter().partition(|row| matches!(row.kind, Kind::Bool));
    let (remarks, amounts): (Vec<Field>, Vec<Field>) =
        amounts.into_iter().partition(|row| matches!(row.kind, Kind::Prose));
    let remarks = remarks.iter().filter_map(|row| said[row.key].as_str());
    let remarks = remarks.map(|text| Said::same(format!("{}.", plain(text))));
    there(&there_or_not, said).into_iter().chain(lines(&amounts, said)).chain(remarks).collect()
}

/// A heading with what the figures are about, and where they were taken from.
fn titled(heading: Text, said: &Json) -> Said {
    let period = said["period"].as_str().and_then(Period::parse).map(Period::said);
    let source = said["source"].as_str();
    match (period, source) {
        (None, _) => heading.into(),
        (Some(period), None) => say!("{heading} ({period})", "{heading} ({period})", [heading, period]),
        (Some(period), Some(source)) => say!(
            "{heading} ({period}; nguồn số liệu: {source})",
            "{heading} ({period}; source: {source})",
            [heading, period, source]
        ),
    }
}

/// The books and files by how they were found; those that are complete by their number.
fn documents(visited: &Visited) -> Vec<Said> {
    let found = &visited.visit().documents;
    let of = |state: DocumentState| {
        let named = found.state.iter().filter(|(_, own)| *own == state);
        let named: Vec<Said> =
            named.map(|(id, _)| visited.register.label(Vocabulary::Documents, id)).collect();
        let (n, label) = (named.len(), state.label());
        let (label, list) = (Said { vi: large(label.vi), en: large(label.en) }, Said::join(named, "; "));
        match (n, state) {
            (0, _) => None,
            (_, DocumentState::Complete) => Some(say!("{label}: {n} loại.", "{label}: {n}.", [label, n])),
            _ => Some(say!("{label} {n} loại: {list}.", "{label} ({n}): {list}.", [label, n, list])),
        }
    };
    let states = DocumentState::ALL.iter().filter_map(|state| of(*state));
    states.chain(found.note.as_ref().map(|note| Said::same(format!("{}.", plain(note))))).collect()
}

/// The books and files one by one: what each is called, and how it was found.
pub fn document_cells(visited: &Visited) -> Vec<Vec<Cell>> {
    let cells = |(id, state): &(String, DocumentState)| {
        let label = visited.register.label(Vocabulary::Documents, id);
        vec![Cell::word(id.clone(), label), state.choice().into()]
    };
    visited.visit().documents.state.iter().map(cells).collect()
}

/// A place that was seen: what it is, its name or how many, where, and a remark.
pub fn site(site: &Site) -> Said {
    let kind = site.kind.map_or_else(|| Said::same(DOTS), |kind| kind.label().into());
    let count = site.count.map(|count| say!("{count} nơi", "{count} places", [count]));
    let words = [&site.name, &site.address, &site.note].into_iter().flatten();
    let parts = Said::join(count.into_iter().chain(words.map(|word| Said::same(plain(word)))), ", ");
    let (vi, en) = (large(&kind.vi), large(&kind.en));
    let kind = Said { vi, en };
    say!("{kind}: {parts}", "{kind}: {parts}", [kind, parts])
}
