//! What would be wrong with the register if a file had a certain text: asked before anything is written.

use super::{Store, scan};
use crate::model::RecordKind;
use crate::model::fault::Fault;
use crate::model::history::History;
use crate::model::id::VisitId;
use crate::model::register::Register;
use crate::toml::{self, Loaded};
use std::borrow::Cow;

impl Store {
    /// The faults that a file would have with this text. The rules are asked of the register as it would be, and of
    /// the history of the centre that the file belongs to.
    pub fn judge(
        &self,
        kind: RecordKind,
        file: &str,
        id: &str,
        text: &str,
        rules: impl Fn(&Register, &History, &mut Vec<Fault>),
    ) -> Vec<Fault> {
        let centre = match kind {
            RecordKind::Visit => VisitId::parse(id).map(|id| id.centre),
            RecordKind::Centre => Some(id),
            _ => None,
        };
        let history = centre.map(|centre| self.centre_history(centre)).unwrap_or_default();
        self.judge_in(history, kind, file, id, text, rules)
    }

    /// A centre and all its visits; what is wrong with them is left out.
    pub fn centre_history(&self, id: &str) -> History {
        self.history(&scan::of_centre(self, id)).0
    }

    /// As [`Store::judge`], with the history of the centre at hand: for asking often.
    pub fn judge_in(
        &self,
        mut history: History,
        kind: RecordKind,
        file: &str,
        id: &str,
        text: &str,
        rules: impl Fn(&Register, &History, &mut Vec<Fault>),
    ) -> Vec<Fault> {
        let (mut register, mut known) = (Cow::Borrowed(&self.register), Cow::Borrowed(&self.known));
        let mut faults = Vec::new();
        match kind {
            RecordKind::Visit => {
                let loaded = toml::load(file, id, kind, &known, text.to_owned());
                faults.extend(loaded.faults);
                if let Some(visit) = loaded.record {
                    let folder = file.split('/').nth(1).unwrap_or_default();
                    let named = VisitId::parse(id);
                    faults.extend(named.and_then(|named| self.misplaced(&visit, &named, folder)));
                    history.visits.retain(|other| other.id != id);
                    history.visits.push(visit);
                    history.visits.sort_by(|a, b| VisitId::parse(&a.id).cmp(&VisitId::parse(&b.id)));
                }
            }
            RecordKind::Centre => {
                if !known.centres.allow(id) {
                    known.to_mut().centres.add(id);
                }
                let loaded = toml::load(file, id, kind, &known, text.to_owned());
                history.centre = loaded.record;
                faults.extend(loaded.faults);
            }
            RecordKind::Campaign => {
                let loaded = toml::load(file, id, kind, &known, text.to_owned());
                faults.extend(loaded.faults);
                register.to_mut().campaigns.extend(loaded.record.map(|campaign| (id.to_owned(), campaign)));
            }
            RecordKind::Units => {
                known.to_mut().units = toml::ids_of_units(text);
                let Loaded { record, faults: found } = toml::load(file, id, kind, &known, text.to_owned());
                faults.extend(found);
                register.to_mut().set_units(record.unwrap_or_default());
            }
            _ => faults
                .extend(toml::load::<serde::de::IgnoredAny>(file, id, kind, &known, text.to_owned()).faults),
        }
        register.settings.body.hear(&mut faults);
        rules(&register, &history, &mut faults);
        faults.retain(|fault| fault.file == file);
        toml::place(&mut faults, |_| Some(text));
        toml::settle(&mut faults);
        faults
    }
}
