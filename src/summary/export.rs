//! Every value of every record as a cell of a tidy table, for `ttht export`.
//!
//! The columns come from the field rows; [`mod@names`] only says which tables of a record file become tables here. What is
//! exported can be imported again: [`place`] tells where in its record a cell belongs, and [`value`] what it holds.

use crate::model::RecordKind;
use crate::model::fault::Fault;
use crate::model::field::Kind;
use crate::model::path::{Step, steps};
use crate::model::table::{Column, ColumnKind, Table};
use crate::model::tree::Node;
use crate::toml::{self, codes};
use names::PARTS;
use plan::{Plan, Toward, plan};
use std::borrow::Cow;
use std::iter;
use std::sync::LazyLock;

pub use cell::{EMPTY, cell, split_texts, value};
pub use names::REGISTER;

mod cell;
mod names;
mod plan;

static PLANS: LazyLock<Vec<Plan>> = LazyLock::new(|| PARTS.iter().filter_map(plan).collect());

/// Every table, empty, with its columns and keys.
pub fn tables() -> Vec<Table> {
    PLANS.iter().map(|plan| plan.table.clone()).collect()
}

/// The names of all tables, without making them.
pub fn names() -> impl Iterator<Item = &'static str> {
    PARTS.iter().map(|part| part.table)
}

/// A table as others get it: the keys are plain names of SQL, and the first column says of which register a row is, so that
/// the tables of many registers are one. References need not say it: they never leave their register.
pub fn published(mut table: Table) -> Table {
    let (key, label) = REGISTER;
    let name = |key: &String| table.columns.iter().find(|c| c.key == *key).map(|c| c.name.clone());
    table.primary_key = iter::once(key.to_owned()).chain(table.primary_key.iter().filter_map(name)).collect();
    for foreign in &mut table.foreign_keys {
        foreign.column = name(&foreign.column).unwrap_or_default();
    }
    table.columns.insert(0, Column { required: true, ..Column::new(key, label, ColumnKind::Text) });
    table
}

/// A row as it is written; `None` for what is missing.
pub type Row<'n> = [Option<Cow<'n, str>>];

/// Hands the rows of a record to a sink, each with the index of its table in [`tables`]. The ids of `register` and
/// `units` are in no table.
pub fn rows<'n>(kind: RecordKind, id: &'n str, tree: &'n Node<'n>, sink: &mut dyn FnMut(usize, &Row<'n>)) {
    let mut row = Vec::new();
    for (at, plan) in PLANS.iter().enumerate().filter(|(_, plan)| plan.record == kind) {
        let mut keys = if plan.record.is_many() { vec![Some(id.into())] } else { Vec::new() };
        visit(tree, &plan.steps, &mut keys, &mut |node, keys| {
            row.clear();
            row.extend_from_slice(keys);
            row.extend(plan.leaves.iter().map(|leaf| {
                let found = leaf.path.iter().try_fold(node, |node, key| node.get(key));
                found.map(|node| cell::written(node, &leaf.kind))
            }));
            if row.iter().any(Option::is_some) {
                sink(at, &row);
            }
        });
    }
}

/// The kind of record whose values a table holds.
pub fn record(table: &str) -> Option<RecordKind> {
    PLANS.iter().find(|plan| plan.table.name == table).map(|plan| plan.record)
}

/// The table of the keys that a kind of record has itself.
pub fn main(kind: RecordKind) -> &'static str {
    PARTS.iter().find(|part| part.record == kind && part.place.is_empty()).map_or("", |part| part.table)
}

/// What an export tells of the text of a record, in composed letters, and what is wrong with what it leaves out: it tells
/// what is sound, each list whole or not at all.
pub fn sound<'t>(kind: RecordKind, text: &'t str, file: &str) -> (Node<'t>, Vec<Fault>) {
    let (mut tree, mut faults) = toml::read_tree(text, kind.fields(), file);
    faults.retain(|fault| fault.code != codes::MISSING_KEY.name);
    let raw = if faults.is_empty() { Node::table() } else { toml::raw_tree(text) };
    for path in faults.iter().filter_map(|fault| steps(fault.key.as_deref()?)) {
        let Some((Step::Index(_), list)) = path.split_last() else { continue };
        let items = |tree: &Node| tree.follow(list).map(|list| list.items().len());
        if matches!(kind.root().at(list), Kind::List(_)) && items(&raw) != items(&tree) {
            tree.take(list);
        }
    }
    (tree, faults)
}

/// Where in its record a cell belongs, by its table and column, and the keys of its row after the id: `team[0].name`
/// for `team`, `name` and `["1"]`. None for a column that is itself a key.
pub fn place(table: &str, column: &str, keys: &[&str]) -> Option<Vec<Step>> {
    let plan = PLANS.iter().find(|plan| plan.table.name == table)?;
    let leaf = plan.leaves.iter().position(|leaf| leaf.path.join(".") == column).or_else(|| {
        let last = plan.table.columns.last().filter(|last| last.key == column)?;
        plan.leaves.iter().position(|leaf| leaf.path.is_empty() && leaf.label == last.label)
    })?;
    let mut keys = keys.iter();
    let mut path = Vec::new();
    for step in &plan.steps {
        path.push(match step {
            Toward::Each => Step::Index(keys.next()?.parse::<usize>().ok()?.checked_sub(1)?),
            Toward::Key(key) => Step::from(*key),
            Toward::Any(_) => Step::from(*keys.next()?),
        });
    }
    path.extend(plan.leaves[leaf].path.iter().map(|key| Step::from(*key)));
    Some(path)
}

/// Goes to each place that some steps lead to, with the numbers and keys on the way.
fn visit<'n>(
    node: &'n Node<'n>,
    steps: &[Toward],
    keys: &mut Vec<Option<Cow<'n, str>>>,
    found: &mut dyn FnMut(&'n Node<'n>, &Row<'n>),
) {
    let Some((step, rest)) = steps.split_first() else { return found(node, keys) };
    let mut go = |node: &'n Node<'n>, key: Cow<'n, str>| {
        keys.push(Some(key));
        visit(node, rest, keys, found);
        keys.pop();
    };
    match step {
        Toward::Key(key) => node.get(key).into_iter().for_each(|node| visit(node, rest, keys, found)),
        Toward::Each => {
            let items = node.items().iter().enumerate();
            items.for_each(|(n, item)| go(item, (n + 1).to_string().into()));
        }
        Toward::Any(but) => {
            let entries = node.entries().iter().filter(|entry| !but.contains(&&*entry.key));
            entries.for_each(|entry| go(&entry.node, (*entry.key).into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::Date;
    use crate::model::day::{Day, Time};
    use crate::model::field::Field;
    use crate::model::settings::LABEL;
    use crate::model::tree::Value;

    /// A record in which every key of the field rows has a value of its own.
    fn full(kind: &Kind, n: &mut i64) -> Node<'static> {
        let table = |fields: &[Field], n: &mut i64| {
            let mut node = Node::table();
            for field in fields {
                node.put_at(field.key, full(&field.kind, n));
            }
            node
        };
        *n += 1;
        match kind {
            Kind::Section(fields) | Kind::Inline(fields) => table(fields, n),
            Kind::Rows(fields) => Node::new(Value::List(vec![table(fields, n), table(fields, n)])),
            Kind::Keyed { entry, fixed, .. } => {
                let mut node = table(fixed, n);
                for key in ["k1", "k2"] {
                    node.put_at(key, full(entry, n));
                }
                node
            }
            Kind::List(of) => Node::new(Value::List(vec![full(of, n), full(of, n)])),
            Kind::Measure(_) => Node::new(Value::Float(*n as f64)),
            Kind::Count(_) | Kind::Money => Node::new(Value::Int(*n)),
            Kind::Day => Node::new(Value::Day(Day::nearest(2016, 10, *n as u32 % 31))),
            Kind::Date => Node::new(Date::Month(2016, 1 + *n as u32 % 12).into()),
            Kind::Time => Node::new(Value::Time(Time::new(8, *n as u8 % 60, 0).unwrap())),
            Kind::Bool => Node::new(Value::Bool(*n % 2 == 0)),
            Kind::Choice(choices) => Node::of_text(choices[*n as usize % choices.len()].word),
            Kind::Free => table(LABEL, n),
            _ => Node::of_text(format!("v{n}")),
        }
    }

    #[test]
    fn every_name_is_that_of_a_table() {
        assert_eq!(
            names().collect::<Vec<_>>(),
            tables().iter().map(|table| &*table.name).collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_was_taken_out_can_be_put_back_whole() {
        let tables = tables();
        for record in RecordKind::ALL {
            let tree = full(&record.root(), &mut 0);
            let mut back = Node::table();
            rows(*record, "x", &tree, &mut |at, row| {
                let (table, plan) = (&tables[at], &PLANS[at]);
                assert_eq!(table.columns.len(), row.len(), "{}", table.name);
                let heads = row.len() - plan.leaves.len();
                let id = usize::from(record.is_many());
                let keys: Vec<&str> = row[id..heads].iter().map(|key| key.as_deref().unwrap()).collect();
                for (leaf, (column, cell)) in
                    plan.leaves.iter().zip(table.columns.iter().zip(row).skip(heads))
                {
                    // A table of unlike rows has columns that some of them lack.
                    let Some(cell) = cell else { continue };
                    let path = place(&table.name, &column.key, &keys).unwrap();
                    assert!(back.put(&path, value(&leaf.kind, cell).unwrap()), "{path:?}");
                }
            });
            assert!(back.says_same(&tree), "{}", record.word());
        }
    }

    #[test]
    fn every_name_is_a_table_and_every_reference_finds_one() {
        let tables: Vec<Table> = tables().into_iter().map(published).collect();
        assert_eq!(tables.len(), PARTS.len(), "a name leads nowhere");
        for table in &tables {
            let has = |table: &Table, key: &str| table.columns.iter().any(|column| column.name == key);
            assert!(table.primary_key.iter().all(|key| has(table, key)), "{}", table.name);
            for foreign in &table.foreign_keys {
                let other = tables.iter().find(|other| other.name == foreign.table).unwrap();
                assert!(has(table, &foreign.column) && has(other, &foreign.reference), "{foreign:?}");
            }
            let mut keys: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
            keys.sort_unstable();
            let columns = keys.len();
            keys.dedup();
            assert_eq!(keys.len(), columns, "two columns of one name in {}", table.name);
        }
    }

    #[test]
    fn the_keys_of_a_line_stand_before_its_figures() {
        let tables = tables();
        let table = |name: &str| tables.iter().find(|table| table.name == name).unwrap();
        let keys = |name: &str| -> Vec<&str> { table(name).columns.iter().map(|c| c.key.as_str()).collect() };
        assert_eq!(keys("activity")[..3], ["visit", "field", "classes"]);
        assert_eq!(keys("titles")[..6], ["visit", "standard", "kind", "registered", "recognised", "base"]);
        assert_eq!(keys("documents"), ["visit", "document", "state"]);
        assert_eq!(keys("visit_documents"), ["visit", "note"]);
        assert_eq!(keys("scores"), ["visit", "scheme", "criterion", "points"]);
        assert_eq!(keys("units")[..3], ["row_no", "id", "name"]);
        assert_eq!(table("units").primary_key, ["id"]);
        assert_eq!(table("activity").primary_key, ["visit", "field"]);
        assert!(keys("promotion").contains(&"fund.opening") && keys("centres").contains(&"founded.date"));
        assert_eq!(keys("units_file"), ["extra"]);
    }
}
