//! The figures of all tables are the same on any day whose units are asked for: in registers made at random, and in one
//! of the communes of Quảng Ninh, of which 171 became 54 on 1 July 2025.

use crate::fresh::{each, faults, fresh};
use crate::there_and_back::{register, times, write};
use crate::transcript::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use ttht::desk::commit::{End, Judging, Pen};
use ttht::desk::{merger, tables};
use ttht::model::RecordKind::{Centre, Visit};
use ttht::model::day::Day;
use ttht::model::register::Window;
use ttht::model::table::{Cell, Table};
use ttht::model::tree::{Node, Value};
use ttht::model::vietnamese::slug;
use ttht::store::Store;
use ttht::summary::{self, By, Options, SUMMARIES, Summary};

const TODAY: &str = "2026-01-01";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The tables of a summary, by the units of a day.
fn tables(store: &Store, summary: &Summary, by: Option<By>, units: Option<Day>) -> Vec<Table> {
    let options = Options { by, units, ..Options::default() };
    let made = tables::document(store, day(TODAY), summary, &Window::default(), None, &options);
    made.unwrap().0.tables().cloned().collect()
}

/// A text with its first keys, and of its sections with some only.
fn with_sections(text: &str, some: &[&str]) -> String {
    let mut kept = true;
    let lines = text.split_inclusive('\n').filter(|line| {
        if line.starts_with('[') {
            kept = line
                .trim_start_matches('[')
                .split(['.', ']'])
                .next()
                .is_some_and(|name| some.contains(&name));
        }
        kept
    });
    lines.collect()
}

#[test]
fn a_table_is_made_from_the_sections_that_it_says_it_needs() {
    for example in ["uong-bi", "phuong-2025"] {
        let store = Store::open(&root().join("examples").join(example)).unwrap();
        let files = store.record_files().unwrap().files;
        for summary in SUMMARIES {
            let many = files.iter().filter(|(kind, _)| matches!(kind, Centre | Visit));
            let short =
                many.map(|(_, file)| (file, with_sections(&store.text(file).unwrap(), summary.needs)));
            let short: Vec<_> = short.collect();
            let less = store.with(short.iter().map(|(file, text)| (file.as_str(), text.as_bytes()))).unwrap();
            let made = |store| tables(store, summary, None, None);
            assert!(made(&store) == made(&less), "{} in {example}", summary.name);
        }
    }
}

/// The total row of a table, as far as it does not tell how many units there are.
fn totals(table: &Table) -> BTreeMap<&str, &Cell> {
    let counts_units = |key: &str| key == "reported" || key.ends_with("target_reached");
    let cells = table.columns.iter().map(|column| column.key.as_str()).zip(table.total.iter().flatten());
    cells.filter(|(key, _)| !counts_units(key)).collect()
}

/// A column whose total is the sum of its rows has the sum of its rows, and of its subtotals.
fn adds_up(table: &Table) {
    for (at, total) in table.total.iter().flatten().enumerate() {
        let Cell::Count(total) = total else { continue };
        let (parts, rows): (Vec<_>, Vec<_>) = table.rows.iter().partition(|row| is_subtotal(row));
        for rows in [parts, rows].iter().filter(|rows| !rows.is_empty()) {
            let counts = rows.iter().filter_map(|row| match row[at] {
                Cell::Count(count) => Some(count),
                _ => None,
            });
            assert_eq!(counts.sum::<i64>(), *total, "{}: {}", table.name, table.columns[at].key);
        }
    }
}

/// True for the subtotal of an area, which has no number.
fn is_subtotal(row: &[Cell]) -> bool {
    row[0] == Cell::Text(String::new())
}

/// Every table has the totals that it has as recorded, by the units of each of some days.
fn hold(folder: &Path, days: &[&str], about: &str) {
    let store = Store::open(folder).unwrap();
    let has_areas = !store.register.units.body.area.is_empty();
    for summary in SUMMARIES {
        for by in summary.by.iter().filter(|by| **by != By::Area || has_areas).map(|by| Some(*by)) {
            let recorded = tables(&store, summary, by, None);
            recorded.iter().for_each(adds_up);
            for on in days {
                let then = tables(&store, summary, by, Some(day(on)));
                assert_eq!(recorded.len(), then.len(), "{about}");
                for (recorded, then) in recorded.iter().zip(&then) {
                    adds_up(then);
                    assert_eq!(totals(recorded), totals(then), "{about}: {} on {on}", then.name);
                }
            }
        }
    }
}

#[test]
fn totals_are_the_same_on_any_day() {
    each(&(0..times(2)).collect::<Vec<_>>(), |&seed| {
        let folder = fresh();
        write(folder.path(), &register(seed, false));
        hold(
            folder.path(),
            &["2005-01-01", "2013-06-30", "2016-01-01", "2019-09-01", "2030-01-01"],
            &format!("seed {seed}"),
        );
    });
}

/// A commune of 2025 and those that went into it, wholly or in part.
struct Commune {
    code: String,
    name: String,
    from: Vec<String>,
}

/// The 54 communes of Quảng Ninh. Names, codes and what became of what are facts; all figures below are made up.
fn communes() -> Vec<Commune> {
    let text = fs::read_to_string(root().join("tests/mergers/quang-ninh-2025.csv")).unwrap();
    let commune = |line: &str| {
        let [code, name, from] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let from = from.split("; ").map(str::to_owned).collect();
        Commune { code: code.to_owned(), name: name.to_owned(), from }
    };
    text.lines().skip(1).map(commune).collect()
}

/// What is kept by a commune of one alone is the same unit; the others of 2025 are new.
fn id(commune: &Commune) -> String {
    let same = commune.from == [commune.name.as_str()];
    slug(&commune.name) + if same { "" } else { "-2025" }
}

/// Areas made up for the test: the wards, and the communes; the others are in none.
const AREAS: [&str; 2] = ["ward", "commune"];

/// `units.toml` of all communes, old and new. If the office decides, a commune of several takes the figures of the one
/// of its name, else the first.
fn units(communes: &[Commune], decided: bool) -> String {
    let mut successors: BTreeMap<&str, Vec<&Commune>> = BTreeMap::new();
    for commune in communes {
        commune.from.iter().for_each(|old| successors.entry(old).or_default().push(commune));
    }
    let unit = |id: &str, name: &str, more: &str| {
        let (kind, name) = ["Phường ", "Xã ", "Thị trấn ", "Đặc khu "]
            .iter()
            .zip(["ward", "commune", "township", "special_zone"])
            .find_map(|(word, kind)| Some((kind, name.strip_prefix(word)?)))
            .unwrap();
        let area = if AREAS.contains(&kind) { format!("area = \"{kind}\"\n") } else { String::new() };
        format!("[[unit]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"{kind}\"\n{more}{area}\n")
    };
    let quoted = |ids: &mut dyn Iterator<Item = String>| {
        ids.map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ")
    };
    let turned = |kind: &str, from: String, to: String, more: String| {
        format!(
            "[[succession]]\ndate = 2025-07-01\nkind = \"{kind}\"\nfrom = [{from}]\nto = [{to}]\n{more}\n"
        )
    };
    let area = |id: &str| format!("[[area]]\nid = \"{id}\"\nname = \"{id} (minh hoạ)\"\n\n");
    let (mut text, mut steps) = (AREAS.map(area).concat(), String::new());
    for (old, new) in &successors {
        let id_of = slug(old);
        let stays = new.len() == 1 && id(new[0]) == id_of;
        text += &unit(&id_of, old, if stays { "" } else { "valid_to = 2025-06-30\n" });
        if new.len() > 1 {
            let bare = |name: &str| name.split_once(' ').unwrap().1.to_owned();
            let heir = new.iter().find(|new| bare(&new.name) == bare(old)).unwrap_or(&new[0]);
            let heir = if decided { format!("heir = \"{}\"\n", id(heir)) } else { String::new() };
            steps += &turned(
                "split",
                quoted(&mut [id_of].into_iter()),
                quoted(&mut new.iter().map(|new| id(new))),
                heir,
            );
        }
    }
    for commune in communes.iter().filter(|commune| id(commune).ends_with("-2025")) {
        text += &unit(
            &id(commune),
            &commune.name,
            &format!("code = \"{}\"\nvalid_from = 2025-07-01\n", commune.code),
        );
        let whole = commune.from.iter().filter(|old| successors[old.as_str()].len() == 1);
        let whole = quoted(&mut whole.map(|old| slug(old)));
        if !whole.is_empty() {
            steps += &turned("merger", whole, quoted(&mut [id(commune)].into_iter()), String::new());
        }
    }
    text + &steps
}

/// A register with a centre in each of the old communes, and a visit to each: made up, taken from the example.
fn quang_ninh(folder: &Path, decided: bool) -> Vec<Commune> {
    let communes = communes();
    let mut files = BTreeMap::from([
        ("ttht.toml".to_owned(), "format = 1\noffice = \"Sở GD&ĐT (minh hoạ)\"\n".to_owned()),
        ("units.toml".to_owned(), units(&communes, decided)),
    ]);
    let examples = fs::read_dir(root().join("examples/uong-bi/visits/2016-2017")).unwrap();
    let mut examples: Vec<_> = examples.map(|entry| entry.unwrap().path()).collect();
    examples.sort();
    let old: BTreeSet<&String> = communes.iter().flat_map(|commune| &commune.from).collect();
    for (n, name) in old.iter().enumerate() {
        let id = slug(name);
        let centre = format!("name = \"Trung tâm học tập cộng đồng {name}\"\nunit = \"{id}\"\n");
        files.insert(format!("centres/{id}.toml"), centre);
        let file = &examples[n % examples.len()];
        let visited = file.file_stem().unwrap().to_str().unwrap().split_at(11).1;
        let text = fs::read_to_string(file).unwrap();
        let text = text.replace("date = 2016-", "date = 2024-").replace("campaign = \"2016-2017\"\n", "");
        let text = text.replace(&format!("centre = \"{visited}\""), &format!("centre = \"{id}\""));
        let day = text.split_once("\ndate = ").unwrap().1.get(..10).unwrap().to_owned();
        files.insert(format!("visits/2024-2025/{day}-{id}.toml"), text);
    }
    write(folder, &files);
    communes
}

#[test]
fn of_171_communes_54_were_made_and_no_figure_was_lost() {
    for decided in [true, false] {
        let folder = fresh();
        let communes = quang_ninh(folder.path(), decided);
        hold(folder.path(), &["2025-06-30", "2025-07-01"], &format!("decided: {decided}"));
        let store = Store::open(folder.path()).unwrap();
        let rows =
            |on: &str| tables(&store, summary::find("finance").unwrap(), None, Some(day(on))).remove(0).rows;
        assert_eq!((rows("2025-06-30").len(), communes.len()), (171, 54));
        let now = rows("2025-07-01");
        let open = now.iter().find(|row| matches!(&row[1], Cell::Word(id, _) if id == "not_allotted"));
        match open.map(|row| &row[2]) {
            Some(Cell::Of(_, centres)) => {
                assert_eq!((*centres, decided), (12, false), "those that were split")
            }
            other => assert_eq!((other, now.len(), decided), (None, 54, true)),
        }
        assert_eq!(ended(folder.path()), 170, "all but one, which was left as it was");
        if decided {
            communes
                .iter()
                .filter(|commune| id(commune).ends_with("-2025"))
                .for_each(|commune| merge(folder.path(), commune));
            assert_eq!(ended(folder.path()), 0);
            hold(folder.path(), &["2025-06-30", "2025-07-01"], "merged");
        }
    }
}

/// How many centres are told to be of a unit that has ended.
fn ended(folder: &Path) -> usize {
    faults(folder, TODAY).iter().filter(|fault| fault.code == "unit-ended").count()
}

/// Merges the centres that went into a commune, if another one has not taken them already.
fn merge(folder: &Path, commune: &Commune) {
    let pen = Pen::take(folder, day(TODAY), false).unwrap();
    let mut given = Node::table();
    let stands = |old: &&String| {
        let text = fs::read_to_string(folder.join(format!("centres/{}.toml", slug(old)))).unwrap();
        !text.contains("merged")
    };
    for (at, old) in commune.from.iter().filter(stands).enumerate() {
        given.put_at(&format!("centres[{at}]"), Node::of_text(slug(old)));
    }
    given.put_at("into", Node::of_text(id(commune)));
    given.put_at("date", Node::new(Value::Day(day("2025-07-01"))));
    let done = pen.commit(merger::changes(&pen, &given).unwrap(), Judging::Strict).unwrap();
    assert_eq!((done.end, done.faults), (End::Written, Vec::new()), "{}", commune.name);
}
