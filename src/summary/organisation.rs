//! How the centres are directed, staffed and equipped, and their books and files: a row for each unit.

use super::builder::{Note, TableBuilder, by_unit};
use super::group::{Group, Scope};
use super::measure::{Measure, count, percent, rare, yes};
use super::snapshot::{Facts, ORGANISATION, Snapshot};
use super::{By, Request, Summary};
use crate::model::centre::{Facilities, Staff};
use crate::model::number;
use crate::model::table::{Cell, ChartKind};
use crate::model::text::{Said, t};
use crate::model::visit::{DocumentState, Management};
use crate::say;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "organisation",
    title: t("Tổ chức, cơ sở vật chất, hồ sơ", "Organisation, premises, files"),
    about: t(
        "Cán bộ, công tác quản lý, chỉ đạo, cơ sở vật chất và hồ sơ, sổ sách của từng xã, phường.",
        "Staff, direction, premises, books and files by unit.",
    ),
    topic: Some(ORGANISATION),
    needs: &["status", "person", "staff", "management", "documents", "facilities"],
    scope: Scope::Window,
    all_visits: false,
    main: &["collaborators", "computers", "books", "documents_complete_percent"],
    picture: Some((ChartKind::Bars, &["documents_complete_percent"])),
    by: &[By::Unit, By::Area],
    build,
};

/// The columns after the unit.
const MEASURES: &[Measure<Snapshot>] = &[
    count("directors", "Giám đốc", "Directors", |s| Some(facts(s)?.posts?.directors)),
    count("deputy_directors", "Phó giám đốc", "Deputy directors", |s| Some(facts(s)?.posts?.deputies)),
    count("seconded_teachers", "Giáo viên biệt phái", "Seconded teachers", |s| {
        Some(facts(s)?.posts?.seconded_teachers)
    }),
    rare(count("managers", "Cán bộ quản lý", "Managers", |s| staff(s)?.managers)),
    rare(percent(
        "managers_trained_percent",
        "% cán bộ quản lý đã bồi dưỡng",
        "% of managers trained",
        |s| staff(s)?.managers_trained.zip(staff(s)?.managers),
    )),
    count("lecturers", "Báo cáo viên", "Lecturers", |s| staff(s)?.lecturers),
    rare(percent(
        "lecturers_trained_percent",
        "% báo cáo viên đã bồi dưỡng",
        "% of lecturers trained",
        |s| staff(s)?.lecturers_trained.zip(staff(s)?.lecturers),
    )),
    rare(count("teachers", "Giáo viên", "Teachers", |s| staff(s)?.teachers)),
    rare(percent(
        "teachers_trained_percent",
        "% giáo viên đã bồi dưỡng",
        "% of teachers trained",
        |s| staff(s)?.teachers_trained.zip(staff(s)?.teachers),
    )),
    count("collaborators", "Cộng tác viên", "Collaborators", |s| staff(s)?.collaborators),
    yes("yearly_plan", "Kế hoạch năm", "Yearly plan", |s| management(s)?.yearly_plan),
    yes("regulations", "Quy chế", "Regulations", |s| management(s)?.regulations),
    yes("needs_survey", "Điều tra nhu cầu", "Needs survey", |s| management(s)?.needs_survey),
    rare(yes("uses_it", "Quản lý bằng CNTT", "Managed with computers", |s| management(s)?.uses_it)),
    rare(yes("e_records", "Hồ sơ điện tử", "Electronic records", |s| management(s)?.e_records)),
    rare(yes("compiled_materials", "Tài liệu biên soạn", "Compiled materials", |s| {
        management(s)?.compiled_materials
    })),
    yes("own_office", "Trụ sở riêng", "Own office", |s| facilities(s)?.own_office),
    rare(yes("shared_premises", "Dùng chung cơ sở", "Shared premises", |s| {
        facilities(s)?.shared_premises
    })),
    yes("seal", "Con dấu", "Seal", |s| facilities(s)?.seal),
    yes("bank_account", "Tài khoản riêng", "Bank account", |s| facilities(s)?.bank_account),
    yes("internet", "Internet", "Internet", |s| facilities(s)?.internet),
    rare(yes("wifi", "Wifi cho người dân", "Public wifi", |s| facilities(s)?.wifi)),
    yes("library", "Tủ sách", "Library", |s| facilities(s)?.library),
    yes("audio_visual", "Loa, đài, tivi", "Audio-visual", |s| facilities(s)?.audio_visual),
    yes(
        "linked_culture_house",
        "Kết nối với nhà văn hoá thôn, tổ",
        "Linked culture houses",
        |s| facilities(s)?.linked_culture_house,
    ),
    count("computers", "Số máy vi tính", "Computers", |s| facilities(s)?.computers),
    count("books", "Số đầu sách", "Book titles", |s| facilities(s)?.books),
    count("documents_complete", "Số loại hồ sơ đủ", "Files complete", |s| {
        documents(s, DocumentState::Complete)
    }),
    count("documents_incomplete", "Số loại hồ sơ thiếu", "Files incomplete", |s| {
        documents(s, DocumentState::Incomplete)
    }),
    count("documents_absent", "Số loại hồ sơ không có", "Files absent", |s| {
        documents(s, DocumentState::Absent)
    }),
    percent("documents_complete_percent", "% loại hồ sơ đủ", "% of files complete", |s| {
        Some((documents(s, DocumentState::Complete)?, s.documents.as_ref()?.body.state.len() as i64))
    }),
];

fn build(_: &Request, groups: &[Group]) -> TableBuilder {
    let mut table = by_unit(groups, ORGANISATION, MEASURES);
    for (row, group) in table.rows.iter_mut().zip(groups) {
        let own = group.centres.iter().filter_map(|centre| facts(centre));
        row.files.extend(own.map(|facts| facts.file.clone()));
    }
    table.notes.extend(shares(&table));
    table
}

/// The centres that have each thing, in percent of those that report it.
fn shares(table: &TableBuilder) -> Option<Note> {
    let total = table.total.as_ref()?;
    let share = |at: usize, cell: &Cell| match cell {
        Cell::Of(n, of) if *of > 0 && at > 1 => {
            let (column, share) = (&table.columns[at], number::percent(*n, *of));
            let said = say!("{label} {share}", "{label} {share}", [label = column.label, share]);
            Some((column.key.clone(), said))
        }
        _ => None,
    };
    let head = t("Tỷ lệ trung tâm có, trên số có báo cáo: ", "Centres that have it, of those that report: ");
    let parts = total.iter().enumerate().filter_map(|(at, cell)| share(at, cell)).collect();
    Some(Note::Columns { head: head.into(), parts, tail: Said::same(".") })
}

fn facts(centre: &Snapshot) -> Option<&Facts> {
    centre.facts.as_ref()
}

fn staff(centre: &Snapshot) -> Option<&Staff> {
    centre.staff.as_ref().map(|found| &found.body)
}

fn management(centre: &Snapshot) -> Option<&Management> {
    centre.management.as_ref().map(|found| &found.body)
}

fn facilities(centre: &Snapshot) -> Option<&Facilities> {
    centre.facilities.as_ref().map(|found| &found.body)
}

/// How many books and files were found in a state; `None` if nothing was checked.
fn documents(centre: &Snapshot, state: DocumentState) -> Option<i64> {
    let states = &centre.documents.as_ref()?.body.state;
    (!states.is_empty()).then(|| states.values().filter(|found| **found == state).count() as i64)
}

#[cfg(test)]
mod tests {
    use crate::model::centre::{Person, Post};
    use crate::model::table::Cell;
    use crate::model::visit::DocumentState;
    use crate::summary::specimen::{Specimen, cell};

    #[test]
    fn the_day_of_the_visit_speaks_and_the_centre_fills_in() {
        let mut specimen = Specimen::new(&["bac-son"]);
        let centre = specimen.centre("dien-cong", "dien-cong");
        centre.facilities.seal = Some(true);
        centre.facilities.internet = Some(true);
        centre.staff.lecturers = Some(10);
        let director =
            |name: &str| Person { name: name.into(), posts: vec![Post::Director], ..Person::default() };
        centre.person = vec![director("Vũ Đức Anh")];
        let visit = specimen.visit("2016-10-27-dien-cong");
        visit.facilities.internet = Some(false);
        visit.staff.lecturers_trained = Some(9);
        visit.documents.state = [("a", DocumentState::Complete), ("b", DocumentState::Absent)]
            .map(|(id, state)| (id.to_owned(), state))
            .into_iter()
            .collect();
        let table = specimen.table("organisation");
        assert_eq!(cell(&table, 1, "seal"), Cell::Of(1, 1));
        assert_eq!(cell(&table, 1, "lecturers_trained_percent"), Cell::Number(90.0));
        assert_eq!(cell(&table, 1, "internet"), Cell::Of(0, 1));
        assert_eq!(cell(&table, 1, "documents_complete_percent"), Cell::Number(50.0));
        assert_eq!(cell(&table, 1, "directors"), Cell::Count(1));
        assert_eq!(cell(&table, 0, "directors"), Cell::Missing, "no person is named");
        assert_eq!(cell(&table, 2, "reported"), Cell::Of(1, 2));
        assert_eq!(cell(&table, 0, "seal"), Cell::Missing);
    }
}
