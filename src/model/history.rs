//! The unit of work: a centre and its visits in order of date.

use super::centre::Centre;
use super::id::VisitId;
use super::visit::Visit;
use std::sync::Arc;

/// A record with the name it goes by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record<T> {
    /// The id: the stem of the file.
    pub id: String,
    /// The file, relative to the register, with `/`.
    pub file: Arc<str>,
    /// The record itself. What was faulty is left out, as if it were not there.
    pub body: T,
    /// True if the file has no fault of form.
    pub sound: bool,
    /// True if every text is [usual](super::usual::is_usual), so that rules for texts have nothing to say.
    pub usual: bool,
    /// The text of the file, for showing places.
    pub text: String,
}

impl<T> Record<T> {
    /// Another record in its place.
    pub fn with<R>(&self, body: R) -> Record<R> {
        let Record { id, file, sound, usual, text, .. } = self;
        Record { id: id.clone(), file: file.clone(), body, sound: *sound, usual: *usual, text: text.clone() }
    }
}

impl Record<Visit> {
    /// Whether `id` names this visit, by its file name or by the centre and date inside it. A wrong file name is
    /// reported elsewhere; references to the visit are not blamed for it.
    pub fn goes_by(&self, id: &str) -> bool {
        let told = || {
            let (named, own) = (VisitId::parse(id)?, VisitId::parse(&self.id)?);
            let centre = if self.body.centre.is_empty() { own.centre } else { &self.body.centre };
            Some(named == VisitId { date: self.body.date.unwrap_or(own.date), centre, ..own })
        };
        self.id == id || told().unwrap_or(false)
    }

    /// True if a follow-up with this `of` is about the recommendation of this visit with that word:
    /// `2015-11-03-yen-thanh#r2`.
    pub fn made(&self, word: &str, of: &str) -> bool {
        of.split_once('#').is_some_and(|(visit, own)| own == word && self.goes_by(visit))
    }
}

/// A centre and all its visits that were asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The id of the centre.
    pub id: String,
    /// The centre; `None` if there are only visits to it.
    pub centre: Option<Record<Centre>>,
    /// The visits, by date and number.
    pub visits: Vec<Record<Visit>>,
    /// The ids of visits whose files could not be read, and the folders of visits that could not: what is in them is not
    /// missing, only unknown.
    pub unread: Vec<String>,
    /// The same with what could be read of files that have a fault of syntax, if there are any. It is for the rules that
    /// look at these files, and for nothing else.
    pub with_partial: Option<Box<History>>,
}

impl History {
    /// True for a visit that may be among what could not be read.
    pub fn may_hold(&self, visit: &str) -> bool {
        self.unread.iter().any(|unread| unread == visit || VisitId::parse(unread).is_none())
    }

    /// True if one of its records is in this file, and not only a part of one.
    pub fn has(&self, file: &str) -> bool {
        let centre = self.centre.iter().map(|centre| &centre.file);
        centre.chain(self.visits.iter().map(|visit| &visit.file)).any(|name| **name == *file)
    }

    /// The text of one of its files.
    pub fn text(&self, file: &str) -> Option<&str> {
        if let Some(all) = &self.with_partial {
            return all.text(file);
        }
        let centre = self.centre.iter().map(|centre| (&centre.file, &centre.text));
        let mut files = centre.chain(self.visits.iter().map(|visit| (&visit.file, &visit.text)));
        files.find(|&(name, _)| **name == *file).map(|(_, text)| text.as_str())
    }

    /// The visits before one of them, the latest first.
    pub fn before<'a>(&'a self, visit: &'a Record<Visit>) -> impl Iterator<Item = &'a Record<Visit>> {
        // Usually it is one of these, and then no names need be compared.
        let this = self.visits.iter().position(|other| std::ptr::eq(other, visit));
        let at = this.or_else(|| self.visits.iter().position(|other| other.id == visit.id)).unwrap_or(0);
        self.visits[..at].iter().rev()
    }
}
