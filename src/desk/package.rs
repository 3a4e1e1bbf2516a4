//! Every record as tidy tables, with a Frictionless Data Package that describes them and a script that loads them.

use super::bundle;
use super::error::Error;
use crate::model::RecordKind;
use crate::model::fault::Fault;
use crate::model::register::{Shared, Window};
use crate::model::table::{Cell, Table};
use crate::model::text::Lang;
use crate::render::{Style, csv, datapackage, duckdb};
use crate::say;
use crate::store::Store;
use crate::store::loose::Loose;
use crate::summary::export;
use std::path::Path;

/// The descriptor of the package.
const DESCRIPTOR: &str = "datapackage.json";
/// The script that loads the tables.
const LOADER: &str = "load.sql";
/// What stands beside the tables.
pub const BESIDE: &[&str] = &[DESCRIPTOR, LOADER];

/// Rows that are in memory at the same time.
const ROWS: usize = 50_000;

/// Writes a register into a folder as a data package, with labels in a language: all of its files, or none. Returns what is
/// wrong with the records, whose faulty values are left out, also where the office thinks nothing of the fault.
pub fn write(store: &Store, dir: &Path, lang: Lang) -> Result<Vec<Fault>, Error> {
    let scan = store.scan(&[Window::default()])?;
    let settings = &store.register.settings.body;
    let mut package = Package::create(dir, lang, settings.id())?;
    // Shipped schemes are among them: ratings refer to those.
    let mut left_out = Vec::new();
    for Shared { kind, id, file, text } in store.register.shared() {
        left_out.extend(package.take(told(kind, id, file, text)));
    }
    let mut written = Ok(());
    let faults = store.histories(
        &scan,
        |history| {
            let centre = history.centre.iter().map(|c| told(RecordKind::Centre, &c.id, &c.file, &c.text));
            let visits = history.visits.iter().map(|v| told(RecordKind::Visit, &v.id, &v.file, &v.text));
            centre.chain(visits).collect::<Vec<_>>()
        },
        |records| {
            records.into_iter().for_each(|told| left_out.extend(package.take(told)));
            if written.is_ok() && package.waiting > ROWS {
                written = package.flush();
            }
        },
    );
    written?;
    left_out.extend(faults);
    let title = say!("Sổ của {office}", "Register of {office}", [office = settings.office]);
    let tables = package.tables();
    let beside = [datapackage::descriptor("ttht", &title, &tables, lang), duckdb::script(&tables, lang)];
    package.finish(&beside)?;
    Ok(left_out)
}

/// The rows of a record, each with the number of its table, and what is wrong with what is not among them.
type Told = (Vec<(usize, Vec<Cell>)>, Vec<Fault>);

fn told(kind: RecordKind, id: &str, file: &str, text: &str) -> Told {
    let (tree, left_out) = export::sound(kind, text, file);
    let mut rows = Vec::new();
    export::rows(kind, id, &tree, &mut |table, row| rows.push((table, row)));
    (rows, left_out)
}

/// The files of an export, which all appear at the end or not at all.
struct Package {
    tables: Vec<(Table, Loose)>,
    beside: Vec<Loose>,
    style: Style,
    /// The id of the register, the first cell of every row.
    register: String,
    waiting: usize,
}

impl Package {
    fn create(dir: &Path, lang: Lang, register: String) -> Result<Package, Error> {
        let style = Style { lang, profile: &csv::EXACT, ..Style::default() };
        let beside = BESIDE.iter().map(|name| bundle::begin(dir, name)).collect::<Result<_, _>>()?;
        let mut tables = Vec::new();
        for table in export::tables().into_iter().map(export::published) {
            let mut file = bundle::begin(dir, &datapackage::file_name(&table))?;
            file.append(&csv::draw(&table, &style)).map_err(|error| Error::io(dir, &error))?;
            tables.push((table, file));
        }
        Ok(Package { tables, beside, style, register, waiting: 0 })
    }

    /// Takes the rows of a record. Returns what is wrong with the rest of it.
    fn take(&mut self, (rows, left_out): Told) -> Vec<Fault> {
        self.waiting += rows.len();
        for (table, mut row) in rows {
            row.insert(0, Cell::Text(self.register.clone()));
            self.tables[table].0.rows.push(row);
        }
        left_out
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.waiting = 0;
        for (table, file) in &mut self.tables {
            let rows = csv::draw_rows(table, &self.style);
            file.append(&rows).map_err(|error| Error::io(file.path(), &error))?;
            table.rows.clear();
        }
        Ok(())
    }

    fn tables(&self) -> Vec<Table> {
        self.tables.iter().map(|(table, _)| Table { rows: Vec::new(), ..table.clone() }).collect()
    }

    fn finish(mut self, beside: &[String]) -> Result<(), Error> {
        self.flush()?;
        for (file, text) in self.beside.iter_mut().zip(beside) {
            file.append(text.as_bytes()).map_err(|error| Error::io(file.path(), &error))?;
        }
        bundle::finish(self.tables.into_iter().map(|(_, file)| file).chain(self.beside))
    }
}
