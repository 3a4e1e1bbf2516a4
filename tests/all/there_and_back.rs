//! What is exported is taken back as it was: registers made at random, with odd texts, and anything at all in `[extra]`.
//!
//! `TTHT_STRESS=1000 cargo test --test all there_and_back` makes that many registers for each test.

use crate::fresh::{each, fresh};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use ttht::desk::commit::{End, Judging, Pen};
use ttht::desk::import::{Imported, Wishes, import, opened};
use ttht::desk::package;
use ttht::model::RecordKind;
use ttht::model::date::Date;
use ttht::model::day::{Day, Time};
use ttht::model::fault::Severity;
use ttht::model::field::{Field, Form, Kind, Refers, Vocabulary};
use ttht::model::period::YearStart;
use ttht::model::text::Lang;
use ttht::model::tree::{Entry, Node, Value};
use ttht::model::vietnamese::compose;
use ttht::store::Store;
use ttht::toml::canonical::tidy;
use ttht::toml::{print, raw_tree, read_tree};

/// How many registers are made.
pub fn times(few: u64) -> u64 {
    std::env::var("TTHT_STRESS").ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}

/// Numbers that look random and are the same for a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn one_of<T: Clone>(&mut self, things: &[T]) -> T {
        things[self.roll(things.len())].clone()
    }

    fn day(&mut self) -> Day {
        let (year, month) = (2010 + self.roll(12) as i32, 1 + self.roll(12) as u32);
        Day::nearest(year, month, 1 + self.roll(28) as u32)
    }
}

/// Pieces of texts, set apart by points: what a table, a text in quotes or a reader might take for its own, and what
/// looks like other kinds of values.
const PIECES: &str = "một·Điền Công· ·  ·\"·'·'''·\"\"\"·;·,·=·=1+1·+84·-·@·\\·\\n·\\[]·[]·[·{}·{ a = 1 }·{\"a\":1}·#·|·\
    \u{a0}·🎓·👩‍🏫·שלום·中·2016-11-03·08:30:00·true·nan·null·24.0·0123·1_000·1.234·…·“x”·\u{fffd}·ﬁ·e\u{302}·#N/A·9,12E+08";
/// What may also stand in a text of several lines.
const BREAKS: &str = "\n·\n\n·\r\n·\t·\r";
/// What may stand in `[extra]` only.
const CONTROLS: &str = "\0·\u{1b}[31m·\u{7f}·\u{202e}·\u{feff}";

/// A text that is not blank.
fn text(dice: &mut Dice, pieces: &[&str]) -> String {
    if dice.roll(200) == 0 {
        return "Năm nghìn chữ. ".repeat(334);
    }
    let pieces: Vec<&str> = pieces.iter().flat_map(|pieces| pieces.split('·')).collect();
    let text: String = (0..=dice.roll(4)).map(|_| dice.one_of(&pieces)).collect();
    if text.trim().is_empty() { text + "x" } else { text }
}

/// The records that others may refer to.
#[derive(Default)]
struct Pool {
    units: Vec<String>,
    centres: Vec<String>,
    campaigns: Vec<String>,
    schemes: Vec<String>,
    visits: Vec<String>,
    statements: Vec<String>,
}

/// Makes records of random values, valid by their rows.
struct Maker<'p> {
    dice: Dice,
    pool: &'p Pool,
    /// True if some values are to be faulty.
    faulty: bool,
}

impl Maker<'_> {
    fn record(&mut self, kind: RecordKind, fixed: &[(&str, Value<'static>)]) -> String {
        let mut tree = self.table(kind.fields());
        fixed.iter().for_each(|(path, value)| assert!(tree.put_at(path, Node::new(value.clone()))));
        print::document(kind.fields(), &tree)
    }

    fn table(&mut self, fields: &[Field]) -> Node<'static> {
        let mut table = Node::table();
        for field in fields {
            let is_there = if field.required { !self.errs() } else { self.dice.roll(3) > 0 };
            let value = if is_there { self.value(&field.kind) } else { None };
            value.into_iter().for_each(|value| assert!(table.put(&[field.key.into()], value)));
        }
        if self.errs() {
            assert!(table.put(&["khoá lạ".into()], Node::table()));
        }
        table
    }

    /// True where something is to be wrong.
    fn errs(&mut self) -> bool {
        self.faulty && self.dice.roll(15) == 0
    }

    /// A value; none where there would be nothing to write.
    fn value(&mut self, kind: &Kind) -> Option<Node<'static>> {
        if self.errs() {
            return Some(self.free(1));
        }
        let dice = &mut self.dice;
        let value = match kind {
            Kind::Text => return Some(Node::of_text(text(dice, &[PIECES]))),
            Kind::Prose => return Some(Node::of_text(text(dice, &[PIECES, BREAKS]))),
            Kind::Form(form) => return Some(Node::of_text(formed(dice, *form, self.pool))),
            Kind::Id(refers) => {
                let ids = match refers {
                    Refers::Unit | Refers::Area => &self.pool.units,
                    Refers::Centre => &self.pool.centres,
                    Refers::Campaign => &self.pool.campaigns,
                    Refers::Scheme | Refers::RatingScheme | Refers::TargetSet => &self.pool.schemes,
                    Refers::Visit => &self.pool.visits,
                    Refers::Statement => &self.pool.statements,
                };
                return Some(Node::of_text(dice.one_of(ids)));
            }
            Kind::Choice(choices) => return Some(Node::of_text(dice.one_of(choices).word)),
            Kind::Day => Value::Day(dice.day()),
            Kind::Date => {
                let day = dice.day();
                dice.one_of(&[Date::Day(day), Date::Month(day.year(), day.month()), Date::Year(day.year())])
                    .into()
            }
            Kind::Time => {
                Value::Time(Time::new(dice.roll(24) as u8, dice.roll(60) as u8, dice.roll(60) as u8)?)
            }
            Kind::Bool => Value::Bool(dice.roll(2) == 0),
            Kind::Count(max) => Value::Int(dice.one_of(&[0, 1, 1_234.min(*max), *max])),
            Kind::Money => Value::Int(dice.one_of(&[0, 42_350_000, 1_000_000_000_000_000])),
            Kind::Measure(_) => match dice.roll(2) {
                0 => Value::Int(dice.one_of(&[0, 24, 1_234, 1_000_000_000_000_000])),
                _ => Value::Float(dice.one_of(&[0.0, 24.0, 0.1 + 0.2, 1.234, 1e-7, 123_456_789.125, 1e15])),
            },
            Kind::List(of) => {
                let n = self.dice.roll(4);
                Value::List((0..n).filter_map(|_| self.value(of)).collect())
            }
            Kind::Rows(fields) => {
                let n = 1 + self.dice.roll(3);
                Value::List((0..n).map(|_| self.table(fields)).collect())
            }
            Kind::Section(fields) | Kind::Inline(fields) => {
                return Some(self.table(fields)).filter(|table| !table.entries().is_empty());
            }
            Kind::Keyed { by, entry, fixed } => {
                let mut table = self.table(fixed);
                for _ in 0..self.dice.roll(4) {
                    let word = match by {
                        Vocabulary::ActivityFields => self.dice.one_of(&["law", "health", "own_1", "own-2"]),
                        Vocabulary::Documents => self.dice.one_of(&["plans", "class_register"]),
                        Vocabulary::Schemes => self.dice.one_of(&["cv2553-2013", "tt44-2014-cdht"]),
                        Vocabulary::Words => self.dice.one_of(&["r1", "r10", "luat", "true", "2016"]),
                    };
                    let value = self.value(entry)?;
                    assert!(table.put(&[word.into()], value));
                }
                if let (Vocabulary::Schemes, Value::Table(entries)) = (by, &mut table.value) {
                    entries.sort_by(|a, b| a.key.cmp(&b.key));
                }
                return Some(table).filter(|table| !table.entries().is_empty());
            }
            Kind::Free => return Some(self.free_table(4)),
        };
        Some(Node::new(value))
    }

    /// Anything that TOML can say.
    fn free(&mut self, depth: usize) -> Node<'static> {
        let dice = &mut self.dice;
        let moment = |text: &str| Value::OtherTime(text.into());
        Node::new(match dice.roll(if depth == 0 { 7 } else { 9 }) {
            0 => return Node::of_text(text(dice, &[PIECES, BREAKS, CONTROLS])),
            1 => return Node::of_text(dice.one_of(&["", " ", "\n", "\"", "\\"])),
            2 => Value::Int(dice.one_of(&[0, -1, 24, 1 << 53, i64::MAX, i64::MIN])),
            3 => Value::Float(dice.one_of(&[
                f64::INFINITY,
                f64::NEG_INFINITY,
                f64::NAN,
                -0.0,
                0.0,
                24.0,
                1e300,
                5e-324,
                0.1 + 0.2,
                1e17,
            ])),
            4 => Value::Bool(dice.roll(2) == 0),
            5 => match dice.roll(3) {
                0 => Value::Day(dice.day()),
                _ => Value::Time(Time::new(8, dice.roll(60) as u8, 0).unwrap_or_else(|| unreachable!())),
            },
            6 => moment(dice.one_of(&[
                "2016-11-03T08:30:00",
                "2016-11-03T08:30:00Z",
                "2016-11-03T08:30:00.25+07:00",
                "0001-01-01",
                "2016-11-03T08:30:00.123456789-00:30",
                "9999-12-31",
                "23:59:59.999999",
            ])),
            7 => {
                let n = self.dice.roll(4);
                Value::List((0..n).map(|_| self.free(depth - 1)).collect())
            }
            _ => return self.free_table(depth - 1),
        })
    }

    fn free_table(&mut self, depth: usize) -> Node<'static> {
        const KEYS: &[&str] = &[
            "a",
            "ghi_chu",
            "1",
            "true",
            "",
            " ",
            "q.k",
            "đ",
            "a b",
            "\"",
            "'",
            "\n",
            "[0]",
            "2016-11-03",
            "#",
            "=",
        ];
        let keys: BTreeSet<&str> = (0..self.dice.roll(6)).map(|_| self.dice.one_of(KEYS)).collect();
        let entry = |key: &str| Entry { key: key.to_owned().into(), key_span: 0..0, node: self.free(depth) };
        Node::new(Value::Table(keys.into_iter().map(entry).collect()))
    }
}

/// A text of a form.
fn formed(dice: &mut Dice, form: Form, pool: &Pool) -> String {
    match form {
        Form::DocumentNumber => text(dice, &[PIECES]),
        Form::DayOfYear => dice.one_of(&["09-01", "08-15", "01-01"]).into(),
        Form::Path => dice.one_of(&["photos/a b;c.jpg", "=1.png", "ảnh/'x'.jpg"]).into(),
        Form::Sha256 => "0123456789abcdef".repeat(4),
        Form::Recommendation => format!("{}#r{}", dice.one_of(&pool.visits), dice.roll(9)),
        Form::Word => dice.one_of(&["r1", "tot", "2016", "a_b-c"]).into(),
        Form::Slug => dice.one_of(&pool.units),
        form => dice.one_of(form.examples()).into(),
    }
}

/// The files of a register that is made of a seed.
pub fn register(seed: u64, faulty: bool) -> BTreeMap<String, String> {
    let mut dice = Dice(seed);
    let named = |name: &str, n: usize| (1..=n).map(|n| format!("{name}-{n}")).collect::<Vec<_>>();
    let centres = named("trung-tam", 3);
    let dates: Vec<Day> = (0..6).map(|_| dice.day()).collect();
    let visits: BTreeSet<String> =
        dates.iter().map(|date| format!("{date}-{}", dice.one_of(&centres))).collect();
    let visits = visits.into_iter().collect();
    let pool = Pool {
        units: named("xa", 4),
        centres,
        campaigns: named("dot", 2),
        schemes: named("thang", 2),
        visits,
        statements: ["2014-2015", "2015-xa-1", "2015-01-01--2015-06-30-xa-2_2"].map(str::to_owned).into(),
    };
    let mut maker = Maker { dice, pool: &pool, faulty };
    let starts = maker.dice.one_of(&["09-01", "08-15", "01-01", "06-30"]);
    let words = |word: &str| Value::Text(word.to_owned().into());
    let mut check = Node::table();
    for (code, strictness) in [("wrong-type", "off"), ("out-of-range", "warning")] {
        check.put_at(code, Node::of_text(strictness));
    }
    let settings = [("format", Value::Int(1)), ("school_year_starts", words(starts)), ("check", check.value)];
    let mut files = BTreeMap::new();
    let starts = YearStart::parse(starts).unwrap();
    let mut put = |kind: RecordKind, id: &str, text: String| files.insert(kind.file(id, starts), text);
    put(RecordKind::Register, "register", maker.record(RecordKind::Register, &settings));
    put(RecordKind::Units, "units", maker.record(RecordKind::Units, &[]));
    for (kind, ids) in [
        (RecordKind::Centre, &pool.centres),
        (RecordKind::Campaign, &pool.campaigns),
        (RecordKind::Scheme, &pool.schemes),
        (RecordKind::Statement, &pool.statements),
    ] {
        ids.iter().for_each(|id| _ = put(kind, id, maker.record(kind, &[])));
    }
    for id in &pool.visits {
        let (date, centre) = id.split_at(10);
        let date = Value::Day(Day::parse(date).unwrap());
        let fixed = [("centre", words(&centre[1..])), ("date", date)];
        put(RecordKind::Visit, id, maker.record(RecordKind::Visit, &fixed));
    }
    // A file without a word is no record; every other register is one of Windows.
    files.retain(|_, text| !text.is_empty());
    if seed % 2 == 1 {
        files.values_mut().for_each(|text| *text = text.replace('\n', "\r\n"));
    }
    files
}

/// A register in a fresh folder.
struct Exported {
    folder: TempDir,
    register: PathBuf,
    /// Its tables.
    tables: PathBuf,
    /// The files of which something is left out.
    not_whole: BTreeSet<String>,
}

fn exported(files: &BTreeMap<String, String>) -> Exported {
    let folder = fresh();
    let [register, tables] = ["register", "tables"].map(|name| folder.path().join(name));
    write(&register, files);
    let faults = package::write(&Store::open(&register).unwrap(), &tables, Lang::Vi).unwrap();
    let errors = faults.into_iter().filter(|fault| fault.severity == Severity::Error);
    Exported { folder, register, tables, not_whole: errors.map(|fault| fault.file).collect() }
}

pub fn write(folder: &Path, files: &BTreeMap<String, String>) {
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn taken(register: &Path, from: &Path) -> Imported {
    let pen = Pen::take(register, Day::nearest(2026, 1, 1), false).unwrap();
    let wishes = Wishes::none(Lang::Vi);
    import(pen, &wishes, &opened(&[from.to_owned()], None).unwrap().sheets, Judging::Lenient).unwrap()
}

fn says_nothing_new(register: &Path, tables: &Path, seed: u64) {
    let Imported { records, refused, end, .. } = taken(register, tables);
    assert_eq!(refused, [], "seed {seed}");
    assert!(records.is_empty() && end == End::Same, "seed {seed}: {records:#?}");
}

#[test]
fn an_export_says_nothing_new_to_its_register_and_all_of_it_to_an_empty_one() {
    each(&(0..times(4)).collect::<Vec<_>>(), |&seed| {
        let files = register(seed, false);
        for (file, text) in &files {
            let mut faults = read_tree(text, RecordKind::of(file).unwrap().0.fields(), file).1;
            faults.retain(|fault| fault.code != "not-composed");
            assert_eq!(faults, [], "seed {seed}: {file}");
        }
        let Exported { folder, register, tables, .. } = exported(&files);
        says_nothing_new(&register, &tables, seed);
        let empty = folder.path().join("empty");
        let settings = "format = 1\noffice = \"Phòng (minh hoạ)\"\n".to_owned();
        write(&empty, &[("ttht.toml".to_owned(), settings)].into());
        let Imported { refused, end, .. } = taken(&empty, &tables);
        assert_eq!((refused, end), (Vec::new(), End::Written), "seed {seed}");
        let back = Store::open(&empty).unwrap().record_files().unwrap().files;
        assert_eq!(back.len(), files.len(), "seed {seed}");
        for (kind, file) in back {
            let back = fs::read_to_string(empty.join(&file)).unwrap();
            let tidy = tidy(&files[&file], kind.fields()).unwrap().replace("\r\n", "\n");
            assert_eq!(back, tidy, "seed {seed}: {file}");
        }
    });
}

#[test]
fn notes_of_the_offices_own_become_what_is_sent() {
    each(&(0..times(4)).collect::<Vec<_>>(), |&seed| {
        let (files, nothing) = (register(seed, false), Pool::default());
        let mut maker = Maker { dice: Dice(!seed), pool: &nothing, faulty: false };
        let other = |(file, text): (&String, &String)| {
            let (fields, mut tree) = (RecordKind::of(file).unwrap().0.fields(), raw_tree(text));
            assert!(tree.put_at("extra", maker.free_table(4)) && tree.put_at("extra.moi", maker.free(3)));
            (file.clone(), print::document(fields, &tree))
        };
        let others = files.iter().map(other).collect();
        let Exported { folder, tables, .. } = exported(&others);
        let register = folder.path().join("other");
        write(&register, &files);
        assert_eq!(taken(&register, &tables).refused, [], "seed {seed}");
        for (file, text) in &others {
            let now = fs::read_to_string(register.join(file)).unwrap();
            let (text, now) = (compose(text), compose(&now));
            assert!(raw_tree(&now).says_same(&raw_tree(&text)), "seed {seed}: {file}\n{now}\n{text}");
        }
    });
}

#[test]
fn what_is_faulty_is_told_and_stays_as_it_is() {
    each(&(0..times(4)).collect::<Vec<_>>(), |&seed| {
        let files = register(seed, true);
        let Exported { folder: _folder, register, tables, not_whole } = exported(&files);
        says_nothing_new(&register, &tables, seed);
        for (file, text) in &files {
            let mut faults = read_tree(text, RecordKind::of(file).unwrap().0.fields(), file).1;
            faults.retain(|fault| !["not-composed", "missing-key"].contains(&fault.code));
            assert!(faults.is_empty() || not_whole.contains(file), "seed {seed}: {file}");
        }
    });
}
