//! The figures of a register in the forms that other tools read: CSV, a recutils database, an hledger journal; and tables
//! as a colleague sends them.

use super::corpus::{FIELDS, Figures, Size, id, visits};
use rust_xlsxwriter::Workbook;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes `activities.csv`, `visits.rec` and `visits.journal` beside a register.
pub fn write(root: &Path, size: Size) -> io::Result<()> {
    let file = |name: &str| File::create(root.join(name)).map(BufWriter::new);
    let (mut csv, mut rec, mut journal) =
        (file("activities.csv")?, file("visits.rec")?, file("visits.journal")?);
    writeln!(csv, "visit,date,year,centre,unit,field,classes,sessions,hours,attendances,women,aged_60")?;
    writeln!(rec, "%rec: Visit\n%key: Id\n%mandatory: Centre Date Year\n%type: Date date")?;
    writeln!(rec, "%type: Classes,Attendances,Women,Population,Members,Spent,Closing int\n")?;
    for visit in visits(size) {
        let (name, centre, date, year) = (visit.id(), id(visit.centre), visit.date, visit.school_year());
        let Figures { population, fields, money, members, .. } = Figures::of(visit.centre, visit.year);
        for (field, [classes, sessions, hours, attendances, women, aged]) in FIELDS.iter().zip(fields) {
            write!(csv, "{name},{date},{year},{centre},{centre},{field},{classes},{sessions},{hours}.5,")?;
            writeln!(csv, "{attendances},{women},{aged}")?;
        }
        let sum = |at: usize| fields.iter().map(|field| field[at]).sum::<i64>();
        let (classes, attendances, women) = (sum(0), sum(3), sum(4));
        let [_, budget, contributions, spent, closing] = money;
        writeln!(rec, "Id: {name}\nCentre: {centre}\nDate: {date}\nYear: {year}\nPopulation: {population}")?;
        writeln!(rec, "Members: {members}\nSpent: {spent}\nClosing: {closing}")?;
        writeln!(rec, "Classes: {classes}\nAttendances: {attendances}\nWomen: {women}\n")?;
        writeln!(journal, "{date} {name}\n  activity:classes:{centre}  {classes} class")?;
        writeln!(journal, "  activity:attendances:{centre}  {attendances} turn")?;
        writeln!(
            journal,
            "  money:budget:{centre}  {budget} VND\n  money:contributions:{centre}  {contributions} VND"
        )?;
        writeln!(journal, "  money:spent:{centre}  -{spent} VND\n  equity\n")?;
    }
    [csv, rec, journal].iter_mut().try_for_each(Write::flush)
}

/// Writes `sent.csv` and `sent.xlsx` beside a register: other figures for the visits of the newest year, up to 10,000 rows.
pub fn sent(root: &Path, size: Size) -> io::Result<()> {
    let newest = visits(size).map(|visit| visit.year).max();
    let visits = visits(size).filter(|visit| Some(visit.year) == newest).take(2_000);
    let mut csv = "visit,field,classes,attendances\n".to_owned();
    let (mut book, mut row) = (Workbook::new(), 0);
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, csv.trim_end().split(',')).map_err(io::Error::other)?;
    for visit in visits {
        let fields = Figures::of(visit.centre, visit.year).fields;
        for (field, [classes, _, _, attendances, ..]) in FIELDS.iter().zip(fields) {
            let (id, more) = (visit.id(), attendances + 1);
            row += 1;
            writeln!(csv, "{id},{field},{classes},{more}").map_err(io::Error::other)?;
            sheet.write_row(row, 0, [&*id, field]).map_err(io::Error::other)?;
            sheet.write_row(row, 2, [classes, more]).map_err(io::Error::other)?;
        }
    }
    fs::write(root.join("sent.csv"), csv)?;
    book.save(root.join("sent.xlsx")).map_err(io::Error::other)
}
