//! What may stand in a place of the command line, found by what is typed so far: the id or a part of it, or a name with or
//! without accents. A register is only looked at ([`Glance`]): completion must never be in the way.

use super::report::{Of, REPORTS, Report};
use crate::check;
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::field::{Field, Kind, Refers};
use crate::model::id::VisitId;
use crate::model::input::resolve;
use crate::model::path::key_below;
use crate::model::period::Period;
use crate::model::settings::Vocabularies;
use crate::model::text::{Lang, Said};
use crate::model::vietnamese::slug;
use crate::say;
use crate::store::Glance;
use crate::toml::shipped;
use std::collections::{BTreeMap, BTreeSet};

/// What a place takes.
#[derive(Clone, Copy, Debug)]
pub enum Completion {
    /// Nothing that is known.
    Nothing,
    /// A file that ends in one of these, or in anything if there are none.
    File(fn() -> Vec<&'static str>),
    /// A folder.
    Folder,
    /// The id of a record of any kind.
    Record,
    /// The id of a record of this kind.
    Id(Refers),
    /// A period, or one of these words.
    Period(&'static [&'static str]),
    /// This word, or something that is not known.
    Word(&'static str),
    /// A key of the record.
    Key,
    /// A key of the record and a value: `context.population=8521`.
    Pair,
    /// A value of this kind.
    Value(Kind),
    /// The code of a fault.
    Code,
    /// A part of the record.
    Section,
    /// What a report is about.
    About,
}

/// What else the line says.
#[derive(Debug, Default)]
pub struct Around {
    /// The register.
    pub glance: Option<Glance>,
    /// The kind of record that is meant.
    pub kind: Option<RecordKind>,
    /// The keys of the record that is meant.
    pub fields: &'static [Field],
    /// The report that is meant.
    pub report: Option<&'static Report>,
}

/// A word that may stand in the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The word.
    pub word: String,
    /// What it is, or what it is called: it is found by this as well.
    pub about: Said,
}

impl Offer {
    /// A word and what it is.
    pub fn new(word: impl Into<String>, about: Said) -> Offer {
        Offer { word: word.into(), about }
    }
}

/// What is offered.
#[derive(Debug, Default)]
pub struct Offers {
    /// The words, those that are nearest to what is typed.
    pub words: Vec<Offer>,
    /// True if more follows upon a word: a value upon its key, the rest of an id upon its beginning.
    pub is_open: bool,
}

/// With more words than this only their beginnings are offered.
const MANY: usize = 100;

/// With more centres than this they are found by their ids and by the names of their units, and are not opened.
const MANY_FILES: usize = 300;

/// How a word may be meant, the nearest first: it begins with what is typed, also without accents; it has a word that does;
/// what it is called has one.
const LOOKS: &[fn(&Offer, &str, &str) -> bool] = &[
    |offer, typed, _| offer.word.starts_with(typed),
    |offer, _, wanted| !wanted.is_empty() && offer.word.starts_with(wanted),
    |offer, _, wanted| has_word(&offer.word, wanted),
    |offer, _, wanted| {
        let Said { vi, en } = &offer.about;
        has_word(&slug(vi), wanted) || (vi != en && has_word(&slug(en), wanted))
    },
];

/// True if one of some words is meant by what is typed.
fn is_meant(words: &[Offer], typed: &str) -> bool {
    let wanted = slug(typed);
    LOOKS.iter().any(|look| words.iter().any(|offer| look(offer, typed, &wanted)))
}

/// Of some words those that are meant by what is typed, in the nearest way that any of them is. Of too many, the beginnings.
pub fn nearest(mut words: Vec<Offer>, typed: &str) -> Offers {
    let wanted = slug(typed);
    let is_found =
        |look: &&fn(&Offer, &str, &str) -> bool| words.iter().any(|offer| look(offer, typed, &wanted));
    let Some(at) = LOOKS.iter().position(|look| is_found(&look)) else { return Offers::default() };
    words.retain(|offer| LOOKS[at](offer, typed, &wanted));
    if words.len() > MANY && at == 0 {
        return Offers { words: beginnings(&words, typed.len()), is_open: true };
    }
    words.truncate(MANY);
    // The beginning of an id is no id.
    let is_open = words.iter().all(|offer| offer.word.ends_with('-'));
    Offers { words, is_open }
}

/// True if a word of a text begins with a part, which is not empty.
fn has_word(text: &str, part: &str) -> bool {
    let starts = |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric());
    !part.is_empty() && text.match_indices(part).any(|(at, _)| starts(at))
}

/// How words begin that share so many bytes: up to the next mark between words, or as far as there are not too many.
fn beginnings(words: &[Offer], shared: usize) -> Vec<Offer> {
    let cut = |more: usize| -> BTreeSet<&str> {
        words.iter().map(|offer| offer.word.get(..shared + more).unwrap_or(&offer.word)).collect()
    };
    let piece = |offer: &Offer| {
        let mark = offer.word[shared..].find(['-', '.']);
        offer.word[..mark.map_or(offer.word.len(), |at| shared + at + 1)].to_owned()
    };
    let pieces: BTreeSet<String> = words.iter().map(piece).collect();
    let pieces = match pieces.len() {
        2..=MANY => pieces,
        _ => {
            let last = (1..64).map(cut).take_while(|cut| cut.len() <= MANY).last();
            last.unwrap_or_default().into_iter().map(str::to_owned).collect()
        }
    };
    pieces.into_iter().map(|piece| Offer::new(piece, Said::default())).collect()
}

/// What is offered in a place.
pub fn offers(completion: Completion, around: &Around, typed: &str, lang: Lang) -> Offers {
    let of_list = |words: Vec<Offer>| {
        let (done, last) = typed.rfind(',').map_or(("", typed), |at| typed.split_at(at + 1));
        after(done, nearest(words, last))
    };
    match completion {
        Completion::Nothing | Completion::File(_) | Completion::Folder => Offers::default(),
        Completion::Record => of_record(around, typed),
        Completion::Id(refers) => of_ids(around, refers, typed),
        Completion::Word(word) => nearest(vec![Offer::new(word, Said::default())], typed),
        Completion::Period(words) => nearest(periods(around, words), typed),
        Completion::Key => nearest(keys(around), typed),
        Completion::Pair => match typed.split_once('=') {
            None => with_equals(nearest(keys(around), typed)),
            Some((key, value)) => {
                let found = resolve(around.fields, key, None, lang);
                let offers = found.map(|(_, kind)| of_value(around, &kind, value)).unwrap_or_default();
                after(&format!("{key}="), offers)
            }
        },
        Completion::Value(kind) => of_value(around, &kind, typed),
        Completion::Code => {
            let codes = check::codes();
            of_list(codes.iter().map(|code| Offer::new(code.name, code.title.into())).collect())
        }
        Completion::Section => {
            let sections = around.fields.iter().filter(|field| !field.kind.fields().is_empty());
            of_list(sections.map(|field| Offer::new(field.key, field.label.into())).collect())
        }
        Completion::About => match around.report.map(|report| report.of) {
            Some(Of::Visit) => of_ids(around, Refers::Visit, typed),
            Some(Of::Campaign) => of_ids(around, Refers::Campaign, typed),
            Some(Of::Centre) => of_ids(around, Refers::Centre, typed),
            Some(Of::Half) => nearest(halves(around), typed),
            None => nearest(
                REPORTS.iter().map(|report| Offer::new(report.name, report.about.into())).collect(),
                typed,
            ),
        },
    }
}

/// The same offers after what is settled already.
fn after(done: &str, mut offers: Offers) -> Offers {
    offers.words.iter_mut().for_each(|offer| offer.word.insert_str(0, done));
    offers
}

fn with_equals(mut offers: Offers) -> Offers {
    if !offers.is_open {
        offers.words.iter_mut().for_each(|offer| offer.word.push('='));
    }
    Offers { is_open: true, ..offers }
}

/// Records of any kind. Visits are many: they are looked at if nothing else is meant.
fn of_record(around: &Around, typed: &str) -> Offers {
    let all = [Refers::Centre, Refers::Campaign, Refers::Scheme, Refers::Statement, Refers::Unit];
    // A month is that of a visit: centres and units, of which there are many, are not named like it.
    let is_month = typed.get(..7).is_some_and(|month| Day::parse(&format!("{month}-01")).is_some());
    let is_many = |refers: &Refers| matches!(refers, Refers::Centre | Refers::Unit);
    let wants =
        |refers: &Refers| around.kind.map_or(!(is_month && is_many(refers)), |kind| kind_of(*refers) == kind);
    let mut words: BTreeMap<String, Offer> = BTreeMap::new();
    for refers in all.into_iter().filter(wants) {
        for offer in ids(around, refers, typed) {
            words.entry(offer.word.clone()).or_insert(offer);
        }
    }
    for kind in [RecordKind::Register, RecordKind::Units] {
        if around.kind.is_none_or(|wanted| wanted == kind) {
            words.insert(kind.word().to_owned(), Offer::new(kind.word(), kind.label().into()));
        }
    }
    let is_date = typed.starts_with(|c: char| c.is_ascii_digit());
    let mut words: Vec<Offer> = words.into_values().collect();
    let visits = around.kind.is_none_or(|kind| kind == RecordKind::Visit);
    if visits && (is_date || typed.is_empty() || !is_meant(&words, typed)) {
        words.extend(visits_near(around, typed));
        words.sort_by(|a, b| a.word.cmp(&b.word));
    }
    named(around, None, nearest(words, typed))
}

fn of_ids(around: &Around, refers: Refers, typed: &str) -> Offers {
    named(around, Some(kind_of(refers)), nearest(ids(around, refers, typed), typed))
}

fn kind_of(refers: Refers) -> RecordKind {
    match refers {
        Refers::Unit | Refers::Area => RecordKind::Units,
        Refers::Centre => RecordKind::Centre,
        Refers::Campaign => RecordKind::Campaign,
        Refers::Visit => RecordKind::Visit,
        Refers::Scheme | Refers::RatingScheme | Refers::TargetSet => RecordKind::Scheme,
        Refers::Statement => RecordKind::Statement,
    }
}

/// The ids of a kind, with names where these are at hand or are looked for.
fn ids(around: &Around, refers: Refers, typed: &str) -> Vec<Offer> {
    let Some(glance) = &around.glance else { return Vec::new() };
    let kind = kind_of(refers);
    let mut ids = match refers {
        Refers::Unit => return named_rows(glance.units()),
        Refers::Area => return named_rows(&glance.areas()),
        Refers::Visit => return visits_near(around, typed),
        _ => glance.ids(kind),
    };
    if kind == RecordKind::Scheme {
        ids.extend(shipped::SCHEMES.iter().map(|(id, _)| (*id).to_owned()));
    }
    ids.sort_unstable();
    let offers: Vec<Offer> = ids.into_iter().map(|id| Offer::new(id, Said::default())).collect();
    if typed.is_empty() || is_meant(&offers, typed) {
        return offers;
    }
    let is_few = offers.len() <= MANY_FILES;
    let units: BTreeMap<&str, &str> = match kind {
        RecordKind::Centre if !is_few => {
            glance.units().iter().map(|(id, name)| (id.as_str(), name.as_str())).collect()
        }
        _ => BTreeMap::new(),
    };
    let name = |id: &str| match is_few {
        true => glance.called(kind, id),
        false => units.get(id).copied().unwrap_or_default().to_owned(),
    };
    offers.into_iter().map(|offer| Offer { about: Said::same(name(&offer.word)), ..offer }).collect()
}

fn named_rows(rows: &[(String, String)]) -> Vec<Offer> {
    rows.iter().map(|(id, name)| Offer::new(id, Said::same(name))).collect()
}

/// Visits whose ids may be meant: those of the years that their day may lie in, else those of the latest year that has any
/// that is meant. Without a year, the years.
fn visits_near(around: &Around, typed: &str) -> Vec<Offer> {
    let Some(glance) = &around.glance else { return Vec::new() };
    let years = glance.years();
    let listed = |year: &str| -> Vec<Offer> {
        glance.visits(year).into_iter().map(|id| Offer::new(id, Said::default())).collect()
    };
    let of_years = |years: &mut dyn Iterator<Item = &String>| {
        let mut visits: Vec<Offer> = years.flat_map(|year| listed(year)).collect();
        visits.sort_unstable_by(|a, b| a.word.cmp(&b.word));
        visits
    };
    let year = typed.get(..4).and_then(|year| year.parse::<i32>().ok());
    if let Some(year) = year {
        let visits = of_day(glance, typed);
        if !visits.is_empty() {
            return visits;
        }
        let visits = of_years(&mut likely(glance, typed).iter());
        if visits.iter().any(|visit| visit.word.starts_with(typed)) {
            return visits;
        }
        let may_hold =
            |name: &&String| [year, year - 1].iter().any(|first| name.starts_with(&first.to_string()));
        return of_years(&mut years.iter().filter(may_hold));
    }
    if typed.is_empty() || typed.starts_with(|c: char| c.is_ascii_digit()) {
        let first: Vec<Offer> = years.iter().take(1).flat_map(|year| listed(year)).collect();
        if years.len() == 1 && first.len() <= MANY {
            return first;
        }
        let starts = years.iter().flat_map(|name| name.split('-').map(|year| format!("{year}-")));
        let starts: BTreeSet<String> = starts.collect();
        return starts.into_iter().map(|start| Offer::new(start, Said::default())).collect();
    }
    let found = years.iter().map(|year| listed(year)).find(|ids| is_meant(ids, typed));
    let mut found = found.unwrap_or_default();
    found.sort_unstable_by(|a, b| b.word.cmp(&a.word));
    found
}

/// The visits of the day that is typed to the few centres that are, without a list of all visits of the year.
fn of_day(glance: &Glance, typed: &str) -> Vec<Offer> {
    let day = typed.get(..10).and_then(Day::parse);
    let Some((day, start)) = day.zip(typed.get(11..).filter(|start| !start.is_empty())) else {
        return Vec::new();
    };
    let mut centres = glance.ids(RecordKind::Centre);
    centres.retain(|id| id.starts_with(start));
    let few = Some(centres).filter(|centres| centres.len() <= MANY_FILES).unwrap_or_default();
    let mut visits: Vec<String> = few.iter().flat_map(|centre| glance.visits_to(centre, day)).collect();
    visits.sort_unstable();
    visits.into_iter().map(|id| Offer::new(id, Said::default())).collect()
}

/// The school years in which the month that is typed lies: one, or two where it begins within the month.
fn likely(glance: &Glance, typed: &str) -> BTreeSet<String> {
    let month = typed.get(..7).unwrap_or_default();
    let days = ["01", "28"].map(|day| Day::parse(&format!("{month}-{day}")));
    days.into_iter().flatten().map(|day| glance.school_year(day)).collect()
}

/// The kinds of records that have a file for each id, other than visits.
const FILED: [RecordKind; 4] =
    [RecordKind::Centre, RecordKind::Campaign, RecordKind::Scheme, RecordKind::Statement];

/// What is offered, with what it is called inside its file: only these files are opened.
fn named(around: &Around, kind: Option<RecordKind>, mut offers: Offers) -> Offers {
    let Some(glance) = around.glance.as_ref().filter(|_| !offers.is_open) else { return offers };
    for offer in offers.words.iter_mut().filter(|offer| offer.about.is_empty()) {
        let name = match (VisitId::parse(&offer.word), kind) {
            (Some(visit), _) => glance.called(RecordKind::Centre, visit.centre),
            (None, Some(kind)) => glance.called(kind, &offer.word),
            (None, None) => {
                let mut names = FILED.iter().map(|kind| glance.called(*kind, &offer.word));
                names.find(|name| !name.is_empty()).unwrap_or_default()
            }
        };
        offer.about = Said::same(name);
    }
    offers
}

/// The years of the visits and campaigns, the latest first, and some words.
fn periods(around: &Around, words: &[&str]) -> Vec<Offer> {
    let years = years(around).into_iter().map(|year| Offer::new(year, Said::default()));
    words.iter().map(|word| Offer::new(*word, Said::default())).chain(years).collect()
}

fn years(around: &Around) -> Vec<String> {
    let Some(glance) = &around.glance else { return Vec::new() };
    let campaigns = glance.ids(RecordKind::Campaign).into_iter().filter(|id| Period::parse(id).is_some());
    let years: BTreeSet<String> = glance.years().into_iter().chain(campaigns).collect();
    years.into_iter().rev().collect()
}

/// The halves of the calendar years that the school years touch.
fn halves(around: &Around) -> Vec<Offer> {
    let years: BTreeSet<String> = years(around)
        .iter()
        .flat_map(|year| year.split('-').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let halves = years.iter().rev().flat_map(|year| ["H2", "H1"].map(|half| format!("{year}-{half}")));
    halves
        .filter(|half| Period::parse(half).is_some())
        .map(|half| Offer::new(half, Said::default()))
        .collect()
}

/// The values of a kind, as far as they are known.
fn of_value(around: &Around, kind: &Kind, typed: &str) -> Offers {
    match kind {
        Kind::Choice(choices) => {
            let words = choices.iter().map(|choice| Offer::new(choice.word, choice.label.into()));
            nearest(words.collect(), typed)
        }
        Kind::Bool => {
            nearest(vec![Offer::new("yes", say!("có", "yes")), Offer::new("no", say!("không", "no"))], typed)
        }
        Kind::Id(refers) => of_ids(around, *refers, typed),
        Kind::List(inner) => of_value(around, inner, typed),
        _ => Offers::default(),
    }
}

/// Every key that takes a value; not those of rows, which are counted.
fn keys(around: &Around) -> Vec<Offer> {
    let vocabularies = around.glance.as_ref().map(Glance::vocabularies);
    let mut keys = Vec::new();
    walk(around.fields, "", &Said::default(), vocabularies.as_ref(), &mut keys);
    keys
}

fn walk(fields: &[Field], path: &str, of: &Said, words: Option<&Vocabularies>, keys: &mut Vec<Offer>) {
    for field in fields {
        let key = key_below(path, field.key);
        let label = of_what(of, &field.label.into());
        match field.kind {
            Kind::Section(below) | Kind::Inline(below) => walk(below, &key, of, words, keys),
            Kind::Keyed { by, entry, fixed } => {
                walk(fixed, &key, of, words, keys);
                for word in words.and_then(|words| words.words(by)).unwrap_or_default() {
                    let (key, label) = (key_below(&*key, &word.id), of_what(of, &word.label));
                    match entry.is_scalar() {
                        true => keys.push(Offer::new(key, label)),
                        false => walk(entry.fields(), &key, &label, words, keys),
                    }
                }
            }
            Kind::Rows(_) | Kind::Free => {}
            _ => keys.push(Offer::new(key, label)),
        }
    }
}

/// A label below another one: `Pháp luật: Số lớp`.
fn of_what(of: &Said, label: &Said) -> Said {
    if of.is_empty() { label.clone() } else { say!("{of}: {label}", "{of}: {label}", [of, label]) }
}

/// The kind of the record that has an id; a row of the units, if no file has it.
pub fn kind(glance: &Glance, id: &str) -> RecordKind {
    let own = [RecordKind::Register, RecordKind::Units].into_iter().find(|kind| kind.word() == id);
    let visit = || VisitId::parse(id).map(|_| RecordKind::Visit);
    let filed = || FILED.into_iter().find(|kind| glance.has(*kind, id));
    own.or_else(visit).or_else(filed).unwrap_or(RecordKind::Units)
}
