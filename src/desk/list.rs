//! What is in a register, one line each: the lists of `ttht list`.

use super::error::Error;
use crate::model::campaign::Campaign;
use crate::model::centre::{Centre, Post, short_name};
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::history::{History, Record};
use crate::model::meaning::mentions;
use crate::model::register::{Register, Window};
use crate::model::scheme::Scheme;
use crate::model::statement::Statement;
use crate::model::table::{Cell, Column, ColumnKind, ColumnRow, Table};
use crate::model::text::{Said, Text, t};
use crate::model::unit::Unit;
use crate::model::vietnamese::alphabetical;
use crate::model::visit::Visit;
use crate::store::{CentreFiles, Store};
use crate::summary::snapshot::Advice;
use crate::summary::{Snapshot, followup, snapshot};

/// A list: what it shows and how its lines are found.
pub struct List {
    /// The stable word.
    pub name: &'static str,
    /// What it lists.
    pub title: Text,
    columns: &'static [ColumnRow],
    lines: Lines,
}

/// Where the lines of a list come from.
enum Lines {
    /// From what all histories share.
    Register(fn(&Register) -> Vec<Vec<Cell>>),
    /// From the file of each centre and the names of its visits.
    Centre(fn(&Register, &Record<Centre>, &CentreFiles) -> Vec<Cell>),
    /// From each history.
    History(fn(&Register, &History, &Window) -> Vec<Vec<Cell>>),
    /// From the recommendations of each centre, with what later visits say about them.
    Advice(fn(&Snapshot, &Advice, Day) -> Vec<Cell>),
}

/// Which lines of a list are wanted; the default is all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Those of one unit.
    pub unit: Option<&'a str>,
    /// Those with a text, from the beginning of a word on, with or without accents.
    pub text: Option<&'a str>,
    /// Of recommendations, those that are not done yet, or the overdue ones.
    pub pending: Option<Pending>,
}

/// Recommendations of which something is left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// Not done, or in part.
    Open,
    /// The same, and past the day.
    Overdue,
}

impl Pending {
    fn holds(self, advice: &Advice, today: Day) -> bool {
        match self {
            Pending::Open => followup::is_open(advice),
            Pending::Overdue => followup::is_overdue(advice, today),
        }
    }
}

impl List {
    /// True for the list of recommendations.
    pub fn is_of_advice(&self) -> bool {
        matches!(self.lines, Lines::Advice(_))
    }
}

/// Every list.
pub const LISTS: &[List] = &[
    List {
        name: "centres",
        title: t("Trung tâm", "Centres"),
        columns: &[
            ID,
            ("name", t("Tên", "Name"), ColumnKind::Text),
            UNIT,
            ("director", t("Giám đốc", "Director"), ColumnKind::Text),
            ("visits", t("Số lần kiểm tra", "Visits"), ColumnKind::Count),
        ],
        lines: Lines::Centre(centres),
    },
    List {
        name: "visits",
        title: t("Lần kiểm tra", "Visits"),
        columns: &[
            ID,
            ("visit_date", t("Ngày", "Date"), ColumnKind::Day),
            ("centre", t("Trung tâm", "Centre"), ColumnKind::Text),
            ("campaign", t("Đợt", "Campaign"), ColumnKind::Text),
            ("place", t("Địa điểm", "Place"), ColumnKind::Text),
            ("rating_rank", t("Xếp loại", "Rank"), ColumnKind::Text),
        ],
        lines: Lines::History(visits),
    },
    List {
        name: "campaigns",
        title: t("Đợt kiểm tra", "Campaigns"),
        columns: &[
            ID,
            ("title", t("Tên", "Title"), ColumnKind::Text),
            ("plan", t("Kế hoạch", "Plan"), ColumnKind::Text),
            ("starts", t("Từ ngày", "Starts"), ColumnKind::Day),
            ("ends", t("Đến ngày", "Ends"), ColumnKind::Day),
        ],
        lines: Lines::Register(campaigns),
    },
    List {
        name: "units",
        title: t("Đơn vị hành chính cấp xã", "Units"),
        columns: &[
            ID,
            ("kind", t("Loại", "Kind"), ColumnKind::Text),
            ("name", t("Tên", "Name"), ColumnKind::Text),
            ("code", t("Mã đơn vị hành chính", "Official code"), ColumnKind::Text),
            ("valid_from", t("Hiệu lực từ ngày", "From"), ColumnKind::Day),
            ("valid_to", t("Hiệu lực đến hết ngày", "To"), ColumnKind::Day),
        ],
        lines: Lines::Register(units),
    },
    List {
        name: "recommendations",
        title: t("Kiến nghị", "Recommendations"),
        columns: &[
            ID,
            ("centre", t("Trung tâm", "Centre"), ColumnKind::Text),
            ("recommendation_to", t("Nơi thực hiện", "To"), ColumnKind::Text),
            ("text", t("Nội dung", "Text"), ColumnKind::Text),
            ("due", t("Thời hạn", "Due"), ColumnKind::Day),
            ("state", t("Kết quả", "State"), ColumnKind::Text),
            ("overdue", t("Quá hạn", "Overdue"), ColumnKind::Bool),
        ],
        lines: Lines::Advice(recommendation),
    },
    List {
        name: "statements",
        title: t("Số liệu công bố", "Statements"),
        columns: &[
            ID,
            ("statement_period", t("Kỳ", "Period"), ColumnKind::Text),
            ("place", t("Địa bàn", "Place"), ColumnKind::Text),
            ("source", t("Nguồn thông tin", "Source"), ColumnKind::Text),
        ],
        lines: Lines::Register(statements),
    },
    List {
        name: "schemes",
        title: t("Thang đánh giá, bộ chỉ tiêu", "Schemes and targets"),
        columns: &[
            ID,
            ("title", t("Tên", "Title"), ColumnKind::Text),
            ("legal_ref", t("Văn bản căn cứ", "Legal reference"), ColumnKind::Text),
            ("status", t("Tình trạng xác nhận", "Status"), ColumnKind::Text),
        ],
        lines: Lines::Register(schemes),
    },
];

const ID: ColumnRow = ("id", t("Mã", "Id"), ColumnKind::Text);
const UNIT: ColumnRow = ("unit", t("Xã, phường", "Unit"), ColumnKind::Text);

/// A list as a table, and what is wrong with the files that were read for it.
pub fn table(
    store: &Store,
    today: Day,
    list: &List,
    window: &Window,
    wanted: &Wanted,
) -> Result<(Table, Vec<Fault>), Error> {
    let (mut rows, faults) = lines(store, today, list, window, wanted)?;
    if let Some(text) = wanted.text {
        rows.retain(|row| row.iter().flat_map(words).any(|words| mentions(words, text)));
    }
    let (name, mut columns) = (list.name.to_owned(), Column::list(list.columns));
    if list.name == "centres" {
        columns[1].beside = Some("unit");
    }
    Ok((Table { name, title: window.in_past(list.title.into()), columns, rows, ..Table::default() }, faults))
}

/// The lines of a list, and the faults of what was read for it.
fn lines(
    store: &Store,
    today: Day,
    list: &List,
    window: &Window,
    Wanted { unit, pending, .. }: &Wanted,
) -> Result<(Vec<Vec<Cell>>, Vec<Fault>), Error> {
    let register = &store.register;
    let wanted =
        |centre: Option<&Centre>| unit.is_none() || *unit == centre.map(|centre| centre.unit.as_str());
    let scan = |window: &Window| store.scan(std::slice::from_ref(window));
    let mut rows = Vec::new();
    let mut of_histories = |scan, lines: &(dyn Fn(&History) -> Vec<Vec<Cell>> + Sync)| {
        let lines = |history: &History| {
            let wanted = wanted(history.centre.as_ref().map(|centre| &centre.body));
            if wanted { lines(history) } else { Vec::new() }
        };
        store.histories(&scan, lines, |lines| rows.extend(lines))
    };
    let faults = match list.lines {
        Lines::Register(lines) => {
            rows = lines(register);
            store.faults.clone()
        }
        Lines::Centre(line) => store.centres(
            &scan(window)?,
            |files, centre| wanted(Some(&centre.body)).then(|| line(register, &centre, files)),
            |row| rows.extend(row),
        ),
        Lines::History(lines) => of_histories(scan(window)?, &|history| lines(register, history, window)),
        Lines::Advice(line) => of_histories(scan(&Window::default())?, &|history| {
            let seen = snapshot(register, window, today, history);
            let is_wanted = |advice: &&Advice| pending.is_none_or(|pending| pending.holds(advice, today));
            seen.advice.iter().filter(is_wanted).map(|advice| line(&seen, advice, today)).collect()
        }),
    };
    Ok((rows, faults))
}

fn words(cell: &Cell) -> Vec<&str> {
    match cell {
        Cell::Text(text) => vec![text],
        Cell::Word(_, said) => vec![&said.vi, &said.en],
        _ => Vec::new(),
    }
}

fn centres(register: &Register, Record { id, body, .. }: &Record<Centre>, files: &CentreFiles) -> Vec<Cell> {
    let last = files.visits.last().map(|visit| visit.date);
    let director = body.person.iter().rev().find(|p| {
        p.posts.contains(&Post::Director) && last.is_none_or(|day| p.from.is_none_or(|from| from <= day))
    });
    vec![
        Cell::text(id.as_str()),
        Cell::text(body.name.as_str()),
        Cell::word(body.unit.clone(), Said::same(register.unit_name(&body.unit))),
        Cell::text(director.map_or("", |person| person.name.as_str())),
        Cell::Count(files.visits.len() as i64),
    ]
}

fn visits(register: &Register, history: &History, window: &Window) -> Vec<Vec<Cell>> {
    let centre = history.centre.as_ref().map(|centre| short_name(&centre.body.name));
    let name = centre.filter(|name| !name.is_empty()).unwrap_or_else(|| history.id.clone());
    let row = |visit: &Record<Visit>| {
        let rated = register.rating_of(&visit.body);
        let rank = rated.and_then(|(scheme, rating)| {
            let rank = rating.rank.as_deref()?;
            Some(Cell::word(rank, register.rank(scheme, rank)))
        });
        vec![
            Cell::text(visit.id.as_str()),
            visit.body.date.into(),
            Cell::word(visit.body.centre.clone(), Said::same(name.as_str())),
            visit.body.campaign.as_ref().into(),
            visit.body.place.as_ref().into(),
            rank.unwrap_or(Cell::Missing),
        ]
    };
    history.visits.iter().filter(|visit| of_campaign(visit, window)).map(row).collect()
}

fn of_campaign(visit: &Record<Visit>, window: &Window) -> bool {
    window.campaign.is_none() || visit.body.campaign == window.campaign
}

fn recommendation(seen: &Snapshot, advice: &Advice, today: Day) -> Vec<Cell> {
    vec![
        Cell::text(advice.id.as_str()),
        Cell::word(seen.centre.clone(), Said::same(short_name(seen.name()))),
        advice.to.clone().map_or(Cell::Missing, |(to, name)| Cell::word(to.choice().word, name)),
        Cell::text(advice.text.as_str()),
        advice.due.into(),
        followup::state(advice).choice().into(),
        followup::is_overdue(advice, today).into(),
    ]
}

fn campaigns(register: &Register) -> Vec<Vec<Cell>> {
    let row = |campaign: &Record<Campaign>| {
        let body = &campaign.body;
        vec![
            Cell::text(campaign.id.as_str()),
            Cell::text(body.title.as_str()),
            body.plan.as_ref().and_then(|plan| plan.number.as_ref()).into(),
            body.starts.into(),
            body.ends.into(),
        ]
    };
    register.campaigns.values().map(row).collect()
}

fn units(register: &Register) -> Vec<Vec<Cell>> {
    let mut units: Vec<_> = register.units.body.unit.iter().collect();
    units.sort_by_cached_key(|unit| (alphabetical(&unit.name), unit.valid_from));
    let row = |unit: &&Unit| {
        vec![
            Cell::text(unit.id.as_str()),
            unit.kind.map(|kind| kind.choice()).into(),
            Cell::text(unit.name.as_str()),
            unit.code.as_ref().into(),
            unit.valid_from.into(),
            unit.valid_to.into(),
        ]
    };
    units.iter().map(row).collect()
}

fn statements(register: &Register) -> Vec<Vec<Cell>> {
    let row = |statement: &Record<Statement>| {
        let body = &statement.body;
        vec![
            Cell::text(statement.id.as_str()),
            body.period.map(|period| period.to_string()).as_ref().into(),
            Cell::word(body.place(), register.place_name(body)),
            Cell::text(body.source.join("; ")),
        ]
    };
    register.statements.values().map(row).collect()
}

fn schemes(register: &Register) -> Vec<Vec<Cell>> {
    let row = |scheme: &Record<Scheme>| {
        let body = &scheme.body;
        vec![
            Cell::text(scheme.id.as_str()),
            Cell::word(scheme.id.clone(), body.title.clone()),
            body.legal_ref.as_ref().into(),
            body.status.map(|status| status.choice()).into(),
        ]
    };
    register.schemes.values().map(row).collect()
}
