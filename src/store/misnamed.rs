//! Files whose names or folders differ from what is in them. The content counts: such a file may be moved if nothing is in
//! its way.

use super::{Store, copies, journal};
use crate::model::RecordKind;
use crate::model::fault::{Fault, Fix};
use crate::model::field::Refers;
use crate::model::history::Record;
use crate::model::id::{StatementId, VisitId};
use crate::model::period::Period;
use crate::model::statement::Statement;
use crate::model::visit::Visit;
use crate::say;
use crate::toml::codes;

impl Store {
    /// A file name or folder that differs from the content of the visit: one fault, whatever differs. The content
    /// counts: the file may be moved if nothing is in its way.
    pub(super) fn misplaced(&self, visit: &Record<Visit>, named: &VisitId, folder: &str) -> Option<Fault> {
        let (centre, date) = (visit.body.centre.as_str(), visit.body.date);
        let rename = || say!("sửa dòng này hoặc đổi tên tệp", "change this line or rename the file");
        let (code, key, message, help) = if !centre.is_empty() && centre != named.centre {
            let message = say!(
                "trung tâm “{centre}” khác với tên tệp (“{named}”)",
                "the centre “{centre}” differs from the file name (“{named}”)",
                [centre, named = named.centre]
            );
            (&codes::NAME_DIFFERS, "centre", message, rename())
        } else if date? != named.date {
            let message = say!(
                "ngày {date} khác với tên tệp ({named})",
                "the date {date} differs from the file name ({named})",
                [date = date?.to_string(), named = named.date.to_string()]
            );
            (&codes::NAME_DIFFERS, "date", message, rename())
        } else {
            let year = self.register.year_start().school_year(date?);
            if Period::parse(folder) == Some(year) {
                return None;
            }
            let year = year.to_string();
            let message = say!(
                "ngày {date} thuộc năm học {year}, tệp lại nằm trong visits/{folder}",
                "{date} is in school year {year}, but the file is in visits/{folder}",
                [date = date?, year, folder]
            );
            let help = say!("chuyển tệp sang visits/{year}", "move the file to visits/{year}", [year]);
            (&codes::WRONG_FOLDER, "date", message, help)
        };
        let to = date.filter(|_| self.has(Refers::Centre, centre)).map(|date| {
            let id = VisitId { date, centre, number: named.number };
            self.register.file(RecordKind::Visit, &id.to_string())
        });
        if let Some(copy) =
            to.as_ref().filter(|to| self.files.has(to)).and_then(|of| copies::of_visit(&visit.file, of))
        {
            return Some(copy);
        }
        let twice = to.as_ref().is_some_and(|to| {
            let path = |file: &str| self.root().join(file);
            journal::are_twins(&path(&visit.file), &path(to)).unwrap_or(false)
        });
        let help = match &to {
            Some(to) if twice => {
                say!("xoá tệp này: {to} giống hệt", "remove this file: {to} is the same", [to])
            }
            _ => help,
        };
        let fix = to.filter(|to| twice || !self.files.has(to)).map(Fix::Move);
        Some(Fault { fix, ..Fault::new(code, &*visit.file, message, help).at(key) })
    }

    /// A file name that differs from the period and the place in the statement. The content counts: the file may be
    /// renamed if nothing is in its way.
    pub(super) fn misnamed(&self, statement: &Record<Statement>) -> Option<Fault> {
        let named = StatementId::parse(&statement.id)?;
        let id = statement.body.id(named.number).filter(|id| *id != statement.id && statement.sound)?;
        let file = self.register.file(RecordKind::Statement, &id);
        let same_period = statement.body.period == Some(named.period);
        let key = if same_period { statement.body.place_key().unwrap_or_default() } else { "period" };
        let message = say!(
            "kỳ và địa bàn là “{id}”, khác với tên tệp (“{named}”)",
            "the period and the place are “{id}”, and differ from the file name (“{named}”)",
            [id, named = statement.id]
        );
        let help = say!("sửa dòng này hoặc đổi tên tệp", "change this line or rename the file");
        let fix = if self.files.has(&file) { None } else { Some(Fix::Move(file)) };
        Some(Fault { fix, ..Fault::new(&codes::NAME_DIFFERS, &*statement.file, message, help).at(key) })
    }
}
