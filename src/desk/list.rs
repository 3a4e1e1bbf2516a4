//! What is in a register, one line each: the lists of `ttht list`.

use super::error::Error;
use crate::model::campaign::Campaign;
use crate::model::centre::{Centre, Post};
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
            ("date", t("Ngày", "Date"), ColumnKind::Day),
            ("centre", t("Trung tâm", "Centre"), ColumnKind::Text),
            ("campaign", t("Đợt", "Campaign"), ColumnKind::Text),
            ("place", t("Địa điểm", "Place"), ColumnKind::Text),
            ("rank", t("Xếp loại", "Rank"), ColumnKind::Text),
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
        title: t("Đơn vị hành chính", "Units"),
        columns: &[
            ID,
            ("kind", t("Loại", "Kind"), ColumnKind::Text),
            ("name", t("Tên", "Name"), ColumnKind::Text),
            ("code", t("Mã", "Code"), ColumnKind::Text),
            ("valid_from", t("Có từ", "From"), ColumnKind::Day),
            ("valid_to", t("Đến hết", "To"), ColumnKind::Day),
        ],
        lines: Lines::Register(units),
    },
    List {
        name: "recommendations",
        title: t("Kiến nghị", "Recommendations"),
        columns: &[
            ID,
            ("centre", t("Trung tâm", "Centre"), ColumnKind::Text),
            ("to", t("Nơi thực hiện", "To"), ColumnKind::Text),
            ("text", t("Nội dung", "Text"), ColumnKind::Text),
            ("due", t("Thời hạn", "Due"), ColumnKind::Day),
        ],
        lines: Lines::History(recommendations),
    },
    List {
        name: "statements",
        title: t("Số liệu công bố", "Statements"),
        columns: &[
            ID,
            ("period", t("Kỳ", "Period"), ColumnKind::Text),
            ("place", t("Địa bàn", "Place"), ColumnKind::Text),
            ("source", t("Nguồn", "Source"), ColumnKind::Text),
        ],
        lines: Lines::Register(statements),
    },
    List {
        name: "schemes",
        title: t("Thang đánh giá, bộ chỉ tiêu", "Schemes and targets"),
        columns: &[
            ID,
            ("title", t("Tên", "Title"), ColumnKind::Text),
            ("legal_ref", t("Văn bản", "Legal reference"), ColumnKind::Text),
            ("status", t("Mức tin cậy", "Status"), ColumnKind::Text),
        ],
        lines: Lines::Register(schemes),
    },
];

const ID: ColumnRow = ("id", t("Mã", "Id"), ColumnKind::Text);
const UNIT: ColumnRow = ("unit", t("Đơn vị", "Unit"), ColumnKind::Text);

/// A list as a table, and what is wrong with the files that were read for it: for one unit if one is named, and only
/// the lines with a text if one is given, from the beginning of a word on, with or without accents.
pub fn table(
    store: &Store,
    list: &List,
    window: &Window,
    unit: Option<&str>,
    text: Option<&str>,
) -> Result<(Table, Vec<Fault>), Error> {
    let (mut rows, faults) = lines(store, list, window, unit)?;
    if let Some(wanted) = text {
        rows.retain(|row| row.iter().flat_map(words).any(|words| mentions(words, wanted)));
    }
    let (name, columns) = (list.name.to_owned(), Column::list(list.columns));
    Ok((Table { name, title: window.in_past(list.title.into()), columns, rows, ..Table::default() }, faults))
}

/// The lines of a list, for one unit if one is named, and the faults of what was read for it.
fn lines(
    store: &Store,
    list: &List,
    window: &Window,
    unit: Option<&str>,
) -> Result<(Vec<Vec<Cell>>, Vec<Fault>), Error> {
    let register = &store.register;
    let wanted =
        |centre: Option<&Centre>| unit.is_none() || unit == centre.map(|centre| centre.unit.as_str());
    let scan = || store.scan(std::slice::from_ref(window));
    let mut rows = Vec::new();
    let faults = match list.lines {
        Lines::Register(lines) => {
            rows = lines(register);
            store.faults.clone()
        }
        Lines::Centre(line) => store.centres(
            &scan()?,
            |files, centre| wanted(Some(&centre.body)).then(|| line(register, &centre, files)),
            |row| rows.extend(row),
        ),
        Lines::History(lines) => store.histories(
            &scan()?,
            |history| {
                let wanted = wanted(history.centre.as_ref().map(|centre| &centre.body));
                if wanted { lines(register, history, window) } else { Vec::new() }
            },
            |lines| rows.extend(lines),
        ),
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
        Cell::Word(body.unit.clone(), Said::same(register.unit_name(&body.unit))),
        Cell::text(director.map_or("", |person| person.name.as_str())),
        Cell::Count(files.visits.len() as i64),
    ]
}

fn visits(register: &Register, history: &History, window: &Window) -> Vec<Vec<Cell>> {
    let row = |visit: &Record<Visit>| {
        let rated = register.rating_of(&visit.body);
        let rank = rated.and_then(|(scheme, rating)| {
            let rank = rating.rank.as_deref()?;
            Some(Cell::Word(rank.to_owned(), register.rank(scheme, rank)))
        });
        vec![
            Cell::text(visit.id.as_str()),
            visit.body.date.into(),
            Cell::text(visit.body.centre.as_str()),
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

fn recommendations(_: &Register, history: &History, window: &Window) -> Vec<Vec<Cell>> {
    let visits = history.visits.iter().filter(|visit| of_campaign(visit, window));
    let rows =
        visits.flat_map(|visit| visit.body.recommendation.iter().map(move |(word, row)| (visit, word, row)));
    rows.map(|(visit, word, row)| {
        vec![
            Cell::Text(format!("{}#{word}", visit.id)),
            Cell::text(visit.body.centre.as_str()),
            row.to
                .zip(row.addressee())
                .map_or(Cell::Missing, |(to, name)| Cell::Word(to.choice().word.to_owned(), name)),
            Cell::text(row.text.as_str()),
            row.due.into(),
        ]
    })
    .collect()
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
            Cell::Word(body.place().to_owned(), register.place_name(body)),
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
            Cell::Word(scheme.id.clone(), body.title.clone()),
            body.legal_ref.as_ref().into(),
            body.status.map(|status| status.choice()).into(),
        ]
    };
    register.schemes.values().map(row).collect()
}
