//! What became of recommendations (kiến nghị): a row for each.

use super::builder::{KeyedRow, Note, TableBuilder, UNIT, blank, total_word};
use super::group::{Group, Scope};
use super::snapshot::Advice;
use super::{By, Request, Summary};
use crate::model::day::Day;
use crate::model::table::{Cell, Column, ColumnKind, ColumnRow};
use crate::model::text::t;
use crate::model::visit::FollowupState;
use crate::say;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "followup",
    title: t("Theo dõi thực hiện kiến nghị", "Follow-up of recommendations"),
    about: t(
        "Từng kiến nghị: nơi thực hiện, thời hạn, kết quả thực hiện đến nay.",
        "Each recommendation: for whom, by when, and what has become of it.",
    ),
    topic: None,
    needs: &["status", "recommendation", "followup"],
    scope: Scope::Window,
    all_visits: true,
    main: &[],
    picture: None,
    by: &[By::Unit, By::Area],
    build,
};

/// The columns.
const COLUMNS: &[ColumnRow] = &[
    ("unit", UNIT, ColumnKind::Name),
    ("visit_date", t("Ngày kiểm tra", "Visit"), ColumnKind::Day),
    ("id", t("Mã kiến nghị", "Id"), ColumnKind::Text),
    ("recommendation_to", t("Nơi thực hiện", "For"), ColumnKind::Text),
    ("text", t("Kiến nghị", "Recommendation"), ColumnKind::Text),
    ("due", t("Thời hạn", "Due"), ColumnKind::Day),
    ("state", t("Kết quả thực hiện", "Outcome"), ColumnKind::Text),
    ("overdue", t("Quá hạn", "Overdue"), ColumnKind::Bool),
    ("followed", t("Ngày ghi kết quả", "Outcome recorded on"), ColumnKind::Day),
    ("note", t("Ghi chú", "Note"), ColumnKind::Text),
];

/// What became of a recommendation: as the latest visit says, else open.
pub fn state(advice: &Advice) -> FollowupState {
    advice.state.unwrap_or(FollowupState::Open)
}

/// True for a recommendation that is not done, or done in part only.
pub fn is_open(advice: &Advice) -> bool {
    matches!(state(advice), FollowupState::Open | FollowupState::Partly)
}

/// True for a recommendation that is past its due date and not done, or done in part only.
pub fn is_overdue(advice: &Advice, today: Day) -> bool {
    is_open(advice) && advice.due.is_some_and(|due| due < today)
}

fn build(asked: &Request, groups: &[Group]) -> TableBuilder {
    let columns = Column::list(COLUMNS);
    let mut rows = Vec::new();
    let (mut done, mut overdue) = (0, 0);
    for group in groups {
        let mut all: Vec<&Advice> = group.centres.iter().flat_map(|centre| &centre.advice).collect();
        all.sort_by_key(|advice| (advice.date, &advice.id));
        done += all.iter().filter(|advice| state(advice) == FollowupState::Done).count();
        overdue += all.iter().filter(|advice| is_overdue(advice, asked.today)).count();
        rows.extend(all.into_iter().map(|advice| row(asked, group, advice)));
    }
    let total = COLUMNS.iter().map(|(key, ..)| match *key {
        "unit" => total_word(),
        "state" => Cell::Of(done, rows.len()),
        "overdue" => Cell::Of(overdue, rows.len()),
        _ => blank(),
    });
    let total = Some(total.collect());
    let note = say!(
        "Tính đến ngày {today}; dòng tổng cộng: số đã thực hiện, số quá hạn, trên tổng số.",
        "As of {today}; the total tells how many are done and how many are overdue.",
        [today = asked.today]
    );
    TableBuilder { columns, rows, total, notes: vec![Note::Whole(note)] }
}

fn row(asked: &Request, group: &Group, advice: &Advice) -> KeyedRow {
    let cells = vec![
        group.cell(),
        advice.date.into(),
        Cell::text(advice.id.as_str()),
        advice.to.clone().map_or(Cell::Missing, |(to, name)| Cell::word(to.choice().word, name)),
        Cell::text(advice.text.as_str()),
        advice.due.into(),
        state(advice).choice().into(),
        is_overdue(advice, asked.today).into(),
        advice.followed.into(),
        advice.note.as_ref().into(),
    ];
    let files = [Some(&advice.file), advice.followed_in.as_ref()].into_iter().flatten();
    KeyedRow { key: advice.id.clone(), cells, files: files.cloned().collect() }
}

#[cfg(test)]
mod tests {
    use crate::model::table::{Cell, Table};
    use crate::model::visit::{Followup, FollowupState, Recommendation};
    use crate::summary::specimen::{Specimen, cell, day};

    fn specimen() -> Specimen {
        let mut specimen = Specimen::new(&["bac-son"]);
        let visit = specimen.visit("2016-10-27-bac-son");
        for (id, due) in [("r1", Some("2017-03-31")), ("r2", None), ("r3", Some("2017-03-31"))] {
            let advice = Recommendation { text: id.into(), due: due.map(day), ..Recommendation::default() };
            visit.recommendation.push(id.into(), advice);
        }
        for (visit, id, state) in [
            ("2017-02-01-bac-son", "r3", FollowupState::Partly),
            ("2017-11-01-bac-son", "r1", FollowupState::Dropped),
            ("2018-11-01-bac-son", "r3", FollowupState::Done),
        ] {
            let of = format!("2016-10-27-bac-son#{id}");
            specimen.visit(visit).followup.push(Followup { of, state: Some(state), note: None });
        }
        specimen
    }

    /// The states, with a `!` if they are overdue.
    fn states(table: &Table) -> Vec<String> {
        let state = |row| match (cell(table, row, "state"), cell(table, row, "overdue")) {
            (Cell::Word(word, _), Cell::Bool(overdue)) => word + if overdue { "!" } else { "" },
            other => panic!("{other:?}"),
        };
        (0..table.rows.len()).map(state).collect()
    }

    #[test]
    fn a_recommendation_is_overdue_by_today_only() {
        let mut specimen = specimen();
        for (today, expected) in [
            ("2017-03-31", ["open", "open", "partly"]),
            ("2017-04-01", ["open!", "open", "partly!"]),
            ("2017-12-01", ["dropped", "open", "partly!"]),
            ("2019-01-01", ["dropped", "open", "done"]),
        ] {
            specimen.today = day(today);
            assert_eq!(states(&specimen.table("followup")), expected, "{today}");
        }
    }

    #[test]
    fn a_visit_in_a_file_of_another_date_keeps_its_follow_ups() {
        let mut specimen = specimen();
        specimen.histories[0].visits[0].id = "2016-10-26-bac-son".into();
        specimen.today = day("2019-01-01");
        assert_eq!(states(&specimen.table("followup")), ["dropped", "open", "done"]);
    }

    #[test]
    fn visits_after_the_window_tell_what_became_of_it() {
        let mut specimen = specimen();
        specimen.options.trace = true;
        let table = specimen.table("followup");
        assert_eq!(cell(&table, 2, "followed"), Cell::Day(day("2018-11-01")));
        assert_eq!(cell(&table, 3, "state"), Cell::Of(1, 3));
        assert_eq!(cell(&table, 3, "overdue"), Cell::Of(0, 3));
        let files = "visits/2016-10-27-bac-son.toml; visits/2018-11-01-bac-son.toml";
        assert_eq!(cell(&table, 2, "files"), Cell::Text(files.into()));
    }
}
