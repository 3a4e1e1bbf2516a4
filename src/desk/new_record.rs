//! What a new record must have: how it is asked for, and what would be wrong with it.

use super::faults;
use super::versions::centre_place;
use crate::model::day::Day;
use crate::model::fault::{Fault, Severity};
use crate::model::field::{Field, Kind, Refers};
use crate::model::id::{StatementId, VisitId};
use crate::model::path::steps;
use crate::model::period::Period;
use crate::model::text::{Lang, Said, Text, t};
use crate::model::tree::Node;
use crate::model::{RecordKind, unit};
use crate::render::record;
use crate::say;
use crate::store::Store;
use crate::toml::{self, print};

/// What is asked for a new record of a kind.
#[derive(Debug)]
pub struct Questionnaire {
    /// The command that asks for it.
    pub command: &'static str,
    /// Its keys.
    pub fields: &'static [Field],
    /// Keys on which the others depend: asked first.
    pub first: &'static [&'static str],
    /// The heading of the rows outside of its parts.
    pub heading: Text,
    /// What would be wrong with the record, by the keys of the record.
    pub judge: fn(&Store, Day, &Node) -> Vec<Fault>,
    /// The fault of the key that makes it a record that is there already.
    pub there: fn(&Store, &Node) -> Option<Fault>,
}

impl Questionnaire {
    /// True for a key path of its rows.
    pub fn has(&self, key: &str) -> bool {
        let kind = steps(key).map(|steps| Kind::Section(self.fields).at(&steps));
        kind.is_some_and(|kind| !matches!(kind, Kind::Free))
    }

    /// The same form where the id of the record is given, so that no answer makes it one that is there.
    pub const fn of_id(self) -> Questionnaire {
        Questionnaire { there: |_, _| None, ..self }
    }

    /// What would be wrong with the record.
    pub fn faults(&self, store: &Store, today: Day, tree: &Node) -> Vec<Fault> {
        let mut faults = (self.judge)(store, today, tree);
        faults.extend((self.there)(store, tree));
        faults
    }

    /// The rows without which it is not known what the record is about.
    pub fn needed(&self) -> impl Iterator<Item = &'static Field> {
        let row = |key: &&str| self.fields.iter().find(|row| row.key == *key && row.required);
        self.first.iter().filter_map(row)
    }

    /// What a record is about that has only begun: `phường Yên Thanh, 25/10/2018`.
    pub fn about(&self, store: &Store, tree: &Node) -> Said {
        let said = |row: &'static Field| {
            let node = tree.get(row.key)?;
            let words = |lang| record::value(node, &row.kind, &store.register, None, lang);
            Some(match row.kind {
                Kind::Id(Refers::Centre) => centre_place(store, node.text()?),
                _ => Said { vi: words(Lang::Vi), en: words(Lang::En) },
            })
        };
        let leaf = |row: &&Field| !matches!(row.kind, Kind::Rows(_) | Kind::Section(_));
        let rows = self.first.iter().filter_map(|key| self.fields.iter().find(|row| row.key == *key));
        Said::join(rows.filter(leaf).filter_map(said), ", ")
    }
}

/// How a unit is asked for.
pub const UNIT: Questionnaire = Questionnaire {
    command: "add-unit",
    fields: unit::UNIT,
    first: &["name", "kind", "id"],
    heading: t("Thông tin về xã, phường", "The unit"),
    judge: judge_unit,
    // Two of one id are a fault of their file.
    there: |_, _| None,
};
/// How a centre is asked for.
pub const CENTRE: Questionnaire = Questionnaire {
    command: "add-centre",
    fields: RecordKind::Centre.fields(),
    first: &["unit"],
    heading: t("Thông tin về trung tâm", "The centre"),
    judge: |store, today, tree| judge_named(store, today, RecordKind::Centre, text_at(tree, "unit"), tree),
    there: |store, tree| there(store, RecordKind::Centre, "unit", text_at(tree, "unit")),
};
/// How a campaign is asked for.
pub const CAMPAIGN: Questionnaire = Questionnaire {
    command: "add-campaign",
    fields: RecordKind::Campaign.fields(),
    first: &["school_year"],
    heading: t("Thông tin về đợt kiểm tra", "The campaign"),
    judge: |store, today, tree| {
        judge_named(store, today, RecordKind::Campaign, text_at(tree, "school_year"), tree)
    },
    there: |store, tree| there(store, RecordKind::Campaign, "school_year", text_at(tree, "school_year")),
};
/// How a statement is asked for.
pub const STATEMENT: Questionnaire = Questionnaire {
    command: "add-statement",
    fields: RecordKind::Statement.fields(),
    first: &["period", "area", "unit", "source"],
    heading: t("Thông tin về báo cáo", "The statement"),
    judge: |store, today, tree| {
        let id = id_of_statement(tree).unwrap_or_default();
        judge_named(store, today, RecordKind::Statement, &id, tree)
    },
    there: |store, tree| {
        let key = if tree.get("unit").is_some() { "unit" } else { "area" };
        there(store, RecordKind::Statement, key, &id_of_statement(tree)?)
    },
};
/// How a visit is asked for: what became of earlier recommendations comes first.
pub const VISIT: Questionnaire = Questionnaire {
    command: "add-visit",
    fields: RecordKind::Visit.fields(),
    first: &["centre", "date", "campaign", "followup"],
    heading: t("Thông tin buổi kiểm tra", "The visit"),
    judge: judge_visit,
    there: visit_there,
};

/// The faults of a record in the file of its id; while that is no id, in one of another name.
fn judge_named(store: &Store, today: Day, kind: RecordKind, id: &str, tree: &Node) -> Vec<Fault> {
    let file = store.register.file(kind, if kind.allows(id) { id } else { "new" });
    faults::of_text(store, today, &file, &print::document(kind.fields(), tree))
}

/// The fault of a key that makes the record one that is there.
fn there(store: &Store, kind: RecordKind, key: &str, id: &str) -> Option<Fault> {
    let file = store.register.file(kind, id);
    let word = kind.word();
    let help = say!(
        "sửa bản ấy: ttht edit {id} --kind {word}; ghi bản khác: thêm --id với mã khác",
        "change that one: ttht edit {id} --kind {word}; for another one add --id with another id",
        [id, word]
    );
    (kind.allows(id) && store.stands(&file)).then(|| exists(kind, file, key, id, help))
}

/// The text of `units.toml` with one more unit, after an empty line.
pub fn with_unit(store: &Store, tree: &Node) -> String {
    let old = store.text(RecordKind::Units.path()).unwrap_or_default();
    let ends = old.chars().rev().take_while(|c| *c == '\n').count();
    let gap = if old.is_empty() { 0 } else { 2_usize.saturating_sub(ends) };
    let mut rows = Node::table();
    rows.put_at("unit[0]", tree.clone().into_owned());
    old + &"\n".repeat(gap) + &print::document(unit::FIELDS, &rows)
}

/// The faults of a new unit, by its own keys.
fn judge_unit(store: &Store, today: Day, tree: &Node) -> Vec<Fault> {
    let text = with_unit(store, tree);
    let last = toml::raw_tree(&text).get("unit").map_or(0, |units| units.items().len()).saturating_sub(1);
    let mut faults = faults::of_text(store, today, RecordKind::Units.path(), &text);
    faults.retain_mut(|fault| {
        let key = fault.key.as_deref().and_then(|key| key.strip_prefix(&format!("unit[{last}]")));
        let own = key.map(|key| key.trim_start_matches('.').to_owned());
        own.map(|own| fault.key = Some(own)).is_some()
    });
    faults
}

/// The name that a centre has unless it is given another: that of its unit.
pub fn name_of_centre(store: &Store, unit: &str) -> Option<String> {
    let unit = store.register.unit(unit)?;
    let kind = unit.kind.map_or("", |kind| kind.label().vi);
    Some(format!("Trung tâm học tập cộng đồng {kind} {}", unit.name))
}

/// The file and the id of a new visit: one that follows another of the same day takes the next free number. None
/// without a date, or where there are too many.
pub fn place_of_visit(store: &Store, tree: &Node) -> Option<(String, String)> {
    let date = tree.get("date")?.day()?;
    let follows = tree.get("follow_up_of").is_some();
    let centre = text_at(tree, "centre");
    let place = |number| {
        let id = VisitId { date, centre, number }.to_string();
        (store.register.file(RecordKind::Visit, &id), id)
    };
    (1..100).map(place).find(|(file, _)| !follows || !store.stands(file))
}

/// The id of a new statement: its period and its place.
pub fn id_of_statement(tree: &Node) -> Option<String> {
    let place = [text_at(tree, "area"), text_at(tree, "unit")].into_iter().find(|id| !id.is_empty());
    let place = place.unwrap_or_default();
    Some(StatementId { period: Period::parse(text_at(tree, "period"))?, place, number: 1 }.to_string())
}

/// The faults of a visit, as soon as it has a centre and a date.
fn judge_visit(store: &Store, today: Day, tree: &Node) -> Vec<Fault> {
    let Some((file, _)) = place_of_visit(store, tree) else { return Vec::new() };
    faults::of_text(store, today, &file, &print::document(RecordKind::Visit.fields(), tree))
}

/// The fault of a day on which the centre has a visit.
fn visit_there(store: &Store, tree: &Node) -> Option<Fault> {
    let (file, id) = place_of_visit(store, tree).filter(|(file, _)| store.stands(file))?;
    let help = say!(
        "chọn ngày khác, hoặc sửa lần ấy: ttht edit {id}; lần thứ hai trong ngày: thêm --follow-up-of {id}",
        "take another day, or change that visit: ttht edit {id}; for a second one that day add --follow-up-of {id}",
        [id = &*id]
    );
    Some(exists(RecordKind::Visit, file, "date", &id, help))
}

/// What is wrong with the value of a key that makes the record one that is there already.
fn exists(kind: RecordKind, file: String, key: &str, id: &str, help: Said) -> Fault {
    let label = kind.label();
    Fault {
        code: "exists",
        severity: Severity::Error,
        file,
        key: Some(key.to_owned()),
        message: say!(
            "trong sổ đã có {label} “{id}”",
            "the register already has the {label} “{id}”",
            [label, id]
        ),
        help,
        span: None,
        place: None,
        fix: None,
    }
}

/// The campaign in whose window a day lies, if it is the only one.
pub fn only_campaign(store: &Store, date: Day) -> Option<String> {
    let mut campaigns =
        store.register.campaigns.values().filter(|campaign| campaign.body.holds(date) == Some(true));
    let first = campaigns.next()?;
    campaigns.next().is_none().then(|| first.id.clone())
}

/// The text at a key; empty if there is none.
pub fn text_at<'t>(tree: &'t Node, key: &str) -> &'t str {
    tree.get(key).and_then(Node::text).unwrap_or_default()
}
