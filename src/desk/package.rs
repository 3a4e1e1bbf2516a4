//! Every record as tidy tables, with a Frictionless Data Package that describes them and a script that loads them.

use super::bundle;
use super::error::Error;
use crate::model::RecordKind;
use crate::model::fault::Fault;
use crate::model::register::{Source, Window};
use crate::model::table::Table;
use crate::model::text::Lang;
use crate::model::vietnamese::compose;
use crate::render::csv::{self, Lines};
use crate::render::{Style, datapackage, duckdb};
use crate::say;
use crate::store::Store;
use crate::store::loose::Loose;
use crate::summary::export;
use crate::toml;
use std::iter;
use std::path::Path;

/// The descriptor of the package.
const DESCRIPTOR: &str = "datapackage.json";
/// The script that loads the tables.
const LOADER: &str = "load.sql";
/// What stands beside the tables.
pub const BESIDE: &[&str] = &[DESCRIPTOR, LOADER];

/// The bytes of a table that wait until they are written.
const WAITING: usize = 1 << 16;

/// Writes a register into a folder as a data package, with labels in a language: all of its files, or none. Returns what is
/// wrong with the records, whose faulty values are left out, also where the office thinks nothing of the fault.
pub fn write(store: &Store, dir: &Path, lang: Lang) -> Result<Vec<Fault>, Error> {
    let scan = store.scan(&[Window::default()])?;
    let settings = &store.register.settings.body;
    let mut package = Package::create(dir, lang)?;
    let (id, tables) = (settings.id(), package.tables());
    // Shipped schemes are among them: ratings refer to those.
    let mut told = Told::new(&id, tables.len());
    store.register.shared().for_each(|record| told.tell(&record));
    let (mut left_out, mut written) = (told.left_out, package.take(told.lines));
    let faults = store.histories(
        &scan,
        |history| {
            let mut told = Told::new(&id, tables.len());
            history.centre.iter().for_each(|centre| told.tell(&Source::of(RecordKind::Centre, centre)));
            history.visits.iter().for_each(|visit| told.tell(&Source::of(RecordKind::Visit, visit)));
            told
        },
        |told| {
            if written.is_ok() {
                written = package.take(told.lines);
            }
            left_out.extend(told.left_out);
        },
    );
    written?;
    left_out.extend(faults);
    let title = say!("Sổ của {office}", "Register of {office}", [office = settings.office]);
    let beside = [datapackage::descriptor("ttht", &title, &tables, lang), duckdb::script(&tables, lang)];
    package.finish(&beside)?;
    Ok(left_out)
}

/// The rows of some records as the lines of each table, and what is wrong with what is not among them.
struct Told<'r> {
    /// The id of the register, the first cell of every row.
    register: &'r str,
    lines: Vec<Lines>,
    left_out: Vec<Fault>,
}

impl Told<'_> {
    fn new(register: &str, tables: usize) -> Told<'_> {
        let lines = iter::repeat_with(|| Lines::begin(Vec::new(), &csv::EXACT)).take(tables).collect();
        Told { register, lines, left_out: Vec::new() }
    }

    fn tell(&mut self, record: &Source) {
        let text = compose(record.text);
        let (tree, left_out) = match record.sound {
            true => (toml::raw_tree(&text), Vec::new()),
            false => export::sound(record.kind, &text, record.file),
        };
        self.left_out.extend(left_out);
        export::rows(record.kind, record.id, &tree, &mut |table, row| {
            let cells = row.iter().map(|cell| cell.as_deref().unwrap_or_default());
            self.lines[table].add(iter::once(self.register).chain(cells));
        });
    }
}

/// The files of an export, which all appear at the end or not at all.
struct Package {
    tables: Vec<(Table, Loose)>,
    /// Of each table the lines that are not written yet.
    waiting: Vec<Vec<u8>>,
    beside: Vec<Loose>,
}

impl Package {
    fn create(dir: &Path, lang: Lang) -> Result<Package, Error> {
        let style = Style { lang, profile: &csv::EXACT, ..Style::default() };
        let beside = BESIDE.iter().map(|name| bundle::begin(dir, name)).collect::<Result<_, _>>()?;
        let mut tables = Vec::new();
        for table in export::tables().into_iter().map(export::published) {
            let mut file = bundle::begin(dir, &datapackage::file_name(&table))?;
            file.append(&csv::draw(&table, &style)).map_err(|error| Error::io(dir, &error))?;
            tables.push((table, file));
        }
        Ok(Package { waiting: vec![Vec::new(); tables.len()], tables, beside })
    }

    fn tables(&self) -> Vec<Table> {
        self.tables.iter().map(|(table, _)| table.clone()).collect()
    }

    /// Takes the lines of some records for each table, and writes those of a table once there are enough.
    fn take(&mut self, lines: Vec<Lines>) -> Result<(), Error> {
        for (waiting, lines) in self.waiting.iter_mut().zip(lines) {
            waiting.extend(lines.bytes());
        }
        self.flush(WAITING)
    }

    /// Writes what waits of each table, if it is so much.
    fn flush(&mut self, least: usize) -> Result<(), Error> {
        for ((_, file), waiting) in self.tables.iter_mut().zip(&mut self.waiting) {
            if waiting.len() >= least {
                file.append(waiting).map_err(|error| Error::io(file.path(), &error))?;
                waiting.clear();
            }
        }
        Ok(())
    }

    fn finish(mut self, beside: &[String]) -> Result<(), Error> {
        self.flush(0)?;
        for (file, text) in self.beside.iter_mut().zip(beside) {
            file.append(text.as_bytes()).map_err(|error| Error::io(file.path(), &error))?;
        }
        bundle::finish(self.tables.into_iter().map(|(_, file)| file).chain(self.beside))
    }
}
