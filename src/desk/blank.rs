//! Forms for centres: who is asked for what, and what the register knows of it already.

mod grids;
mod ground;
mod guide;
mod leaves;
mod sketch;

use super::error::Error;
use super::new_record::VISIT;
use super::pick;
use super::questions::{Asker, Offers, Past};
use crate::model::blank::{About, Base, sum};
use crate::model::campaign::{Campaign, Mode};
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::field::Refers;
use crate::model::history::{History, Record};
use crate::model::id::VisitId;
use crate::model::input::Speaker;
use crate::model::leaf::Blank;
use crate::model::period::Period;
use crate::model::register::Window;
use crate::model::text::Said;
use crate::model::tree::{Node, Value};
use crate::model::visit::{Visit, VisitKind};
use crate::render::workbook;
use crate::say;
use crate::store::{Store, parallel};
use crate::toml;
use ground::Ground;

/// What forms are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The centres, or the visits, as they are typed; none: every centre of the campaign, or that is active today.
    pub whose: Vec<String>,
    /// Only centres of this area.
    pub area: Option<String>,
    /// The kind of paper; none: that of the campaign.
    pub kind: Option<VisitKind>,
    /// The campaign; none: the one that is not over yet, if there is only one.
    pub campaign: Option<String>,
    /// What the figures are to be about; none: what is usual.
    pub period: Option<Period>,
}

/// A form that was made.
#[derive(Debug)]
pub struct Made {
    /// The centre.
    pub centre: String,
    /// What it is called.
    pub title: Said,
    /// The visit whose values it carries; none for a new one.
    pub record: Option<String>,
    /// The workbook.
    pub bytes: Vec<u8>,
}

/// Makes forms, one after another. Returns what is wrong with the files that were read for them.
pub fn make(
    store: &Store,
    speaker: Speaker,
    wanted: &Wanted,
    sink: &mut dyn FnMut(Made) -> Result<(), Error>,
) -> Result<Vec<Fault>, Error> {
    let mut done = Ok(());
    let mut take = |form: Result<Made, Error>| {
        if done.is_ok() {
            done = form.and_then(&mut *sink);
        }
    };
    let named = |typed: &String| match VisitId::parse(typed).filter(|_| store.visit_file(typed).is_some()) {
        Some(visit) => Ok((visit.centre.to_owned(), Some(typed.clone()))),
        None => Ok((pick::id(store, Refers::Centre, typed)?, None)),
    };
    let whose = wanted.whose.iter().map(named).collect::<Result<Vec<_>, Error>>()?;
    if !whose.is_empty() {
        let one = |(centre, visit): &(String, Option<String>)| {
            made(store, speaker, wanted, &store.centre_history(centre), visit.as_ref())
        };
        parallel::each(&whose, 2, one, take);
        return done.map(|()| Vec::new());
    }
    let campaign = campaign(store, speaker.today, None, wanted)?.map(|campaign| campaign.id.clone());
    let wanted = &Wanted { campaign, ..wanted.clone() };
    let faults = store.histories(
        &store.scan(&[Window::default()])?,
        |history| {
            let is_asked = is_asked(store, speaker.today, wanted, history);
            is_asked.then(|| made(store, speaker, wanted, history, None))
        },
        |form| form.into_iter().for_each(&mut take),
    );
    done.map(|()| faults)
}

/// True for a centre that is asked where nobody is named.
fn is_asked(store: &Store, today: Day, wanted: &Wanted, history: &History) -> bool {
    let Some(centre) = &history.centre else { return false };
    let area = || store.register.unit(&centre.body.unit)?.area.clone();
    if wanted.area.is_some() && wanted.area != area() {
        return false;
    }
    let campaign = wanted.campaign.as_ref().and_then(|id| store.register.campaigns.get(id));
    match campaign.map(|campaign| &campaign.body) {
        Some(campaign) if !campaign.centres.is_empty() => campaign.centres.contains(&history.id),
        campaign => centre.body.active_on(campaign.and_then(|campaign| campaign.starts).unwrap_or(today)),
    }
}

/// The form of a centre, or for one of its visits.
fn made(
    store: &Store,
    speaker: Speaker,
    wanted: &Wanted,
    history: &History,
    visit: Option<&String>,
) -> Result<Made, Error> {
    let record = match visit {
        Some(id) => Some(named(wanted, history, id)?),
        None => None,
    };
    let campaign = match record {
        Some(visit) => visit.body.campaign.as_ref().and_then(|id| store.register.campaigns.get(id)),
        None => campaign(store, speaker.today, Some(&history.id), wanted)?,
    };
    let mode = campaign.and_then(|campaign| campaign.body.mode);
    let usual = if mode == Some(Mode::SelfCheck) { VisitKind::SelfCheck } else { VisitKind::Inspection };
    let kind = record.map_or(wanted.kind.unwrap_or(usual), |visit| visit.body.kind());
    let same = |visit: &&Record<Visit>| {
        let body = &visit.body;
        let of_campaign = campaign.is_some_and(|campaign| body.campaign.as_ref() == Some(&campaign.id));
        let about = |period| body.periods().any(|(_, of)| of == period);
        body.kind() == kind && (of_campaign || campaign.is_none() && wanted.period.is_some_and(about))
    };
    let record = record.or_else(|| history.visits.iter().rev().find(same));
    let tree = record.map(|record| toml::raw_tree(&record.text).into_owned());
    let base = |(record, tree): (&Record<Visit>, &Node)| Base { id: record.id.clone(), sum: sum(tree) };
    let about = About {
        centre: history.id.clone(),
        kind,
        campaign: campaign.map(|campaign| campaign.id.clone()),
        period: wanted.period,
        record: record.zip(tree.as_ref()).map(base),
    };
    let campaign = campaign.map(|campaign| &campaign.body);
    let blank = blank(store, speaker, history, &about, campaign, tree.as_ref());
    let bytes =
        workbook::blank::draw(&blank, speaker.lang).map_err(|why| Error::faults(why, see_faults()))?;
    Ok(Made { centre: about.centre, title: blank.title, record: about.record.map(|base| base.id), bytes })
}

/// The visit that was named. What it is about stands in it.
fn named<'h>(wanted: &Wanted, history: &'h History, id: &String) -> Result<&'h Record<Visit>, Error> {
    let visit = history.visits.iter().find(|visit| visit.id == *id).ok_or_else(|| {
        Error::faults(say!("không đọc được “{id}”", "“{id}” cannot be read", [id]), see_faults())
    })?;
    let other_kind = wanted.kind.is_some_and(|kind| kind != visit.body.kind());
    if other_kind || wanted.campaign.is_some() && wanted.campaign != visit.body.campaign {
        return Err(Error::wrong_use(
            say!(
                "“{id}” là lần kiểm tra loại khác, hoặc thuộc đợt khác",
                "“{id}” is of another kind or of another campaign",
                [id]
            ),
            say!("bỏ --campaign, --self-check, --report", "leave out --campaign, --self-check and --report"),
        ));
    }
    Ok(visit)
}

fn see_faults() -> Said {
    say!("xem lỗi: ttht check", "see the errors: ttht check")
}

/// The campaign that a form belongs to: the one that is named, else the only one that is not over and includes the
/// centre, if one is meant. Reports belong to none unless it is named.
fn campaign<'s>(
    store: &'s Store,
    today: Day,
    centre: Option<&String>,
    wanted: &Wanted,
) -> Result<Option<&'s Record<Campaign>>, Error> {
    let campaigns = &store.register.campaigns;
    if let Some(id) = &wanted.campaign {
        return Ok(campaigns.get(id));
    }
    let includes = |campaign: &Campaign| {
        campaign.centres.is_empty() || centre.is_none_or(|centre| campaign.centres.contains(centre))
    };
    let fits = |campaign: &&Record<Campaign>| {
        let body = &campaign.body;
        wanted.kind != Some(VisitKind::Report)
            && body.ends.is_some_and(|ends| today <= ends)
            && includes(body)
    };
    let open: Vec<_> = campaigns.values().filter(fits).collect();
    match open[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => {
            let ids = open.iter().map(|campaign| &*campaign.id).collect::<Vec<_>>().join(", ");
            Err(Error::wrong_use(
                say!("phiếu này thuộc đợt kiểm tra nào?", "which campaign is this form for?"),
                say!("thêm --campaign ĐỢT: {ids}", "add --campaign CAMPAIGN: {ids}", [ids]),
            ))
        }
    }
}

/// A form before it is drawn. `record` is what the register has already of the visit that it is about.
fn blank(
    store: &Store,
    speaker: Speaker,
    history: &History,
    about: &About,
    campaign: Option<&Campaign>,
    record: Option<&Node<'static>>,
) -> Blank {
    let ends = campaign.and_then(|campaign| campaign.ends);
    let date = record.and_then(|record| record.get("date")?.day());
    let date = date.unwrap_or(ends.map_or(speaker.today, |ends| ends.min(speaker.today)));
    let new = || {
        let mut tree = Node::table();
        tree.put_at("centre", Node::of_text(&*about.centre));
        tree.put_at("date", Node::new(Value::Day(date)));
        tree.put_at("kind", Node::of_text(about.kind.word()));
        if let Some(campaign) = &about.campaign {
            tree.put_at("campaign", Node::of_text(campaign));
        }
        tree
    };
    let tree = record.cloned().unwrap_or_else(new);
    let past = Past::before(history.clone(), date);
    let asker = Asker { past, ..Asker::new(store, &VISIT, speaker) };
    let ground = Ground {
        offers: Offers { asker: &asker, tree: &tree },
        record,
        kind: about.kind,
        period: about.period,
    };
    let centre = asker.past.history.centre.as_ref().map_or(&about.centre, |centre| &centre.body.name);
    let title = guide::title(about.kind, centre);
    let mut leaves = leaves::leaves(ground, &title);
    leaves.insert(0, guide::guide(store, about, campaign, &title, centre, &leaves));
    let office = store.register.settings.body.office.clone();
    Blank { anchor: about.to_string(), title, office, made: speaker.today, leaves }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RecordKind;
    use crate::model::blank::{ADDS, KEYS, NOTE};
    use crate::model::field::{Field, Kind, Vocabulary};
    use crate::model::leaf::{Holds, Leaf};
    use crate::model::path::{item_below, key_below};
    use crate::model::text::Lang;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// The form of a centre of an example, as on a day.
    fn form(example: &str, centre: &str, today: &str, wanted: &Wanted) -> Blank {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
        let store = Store::open(&root).unwrap();
        let speaker = Speaker::new(Lang::Vi, Day::parse(today).unwrap(), &store.register);
        let history = store.centre_history(centre);
        let campaign = campaign(&store, speaker.today, Some(&centre.to_owned()), wanted).unwrap();
        let about = About {
            centre: centre.to_owned(),
            kind: wanted.kind.unwrap_or(VisitKind::Inspection),
            campaign: campaign.map(|campaign| campaign.id.clone()),
            period: wanted.period,
            record: None,
        };
        blank(&store, speaker, &history, &about, campaign.map(|campaign| &campaign.body), None)
    }

    /// Every key that can be filled in on a leaf, as the reader of forms puts them together.
    fn keys(leaf: &Leaf) -> Vec<String> {
        let mut adds: Vec<(usize, &str)> = Vec::new();
        let mut keys = Vec::new();
        for line in &leaf.lines {
            let added = line.slots.iter().filter_map(|slot| match &slot.holds {
                Holds::Adds(word) => Some((slot.at, word.strip_prefix(ADDS)?)),
                _ => None,
            });
            if line.key == KEYS {
                adds = added.collect();
            }
            for slot in line.slots.iter().filter(|slot| matches!(slot.holds, Holds::Entry(_))) {
                let (_, added) =
                    adds.iter().find(|(at, _)| *at == slot.at).expect("a cell that nobody reads");
                keys.push(if added.is_empty() { line.key.clone() } else { key_below(&*line.key, added) });
            }
            let filled = line.slots.iter().filter(|slot| matches!(slot.holds, Holds::Entry(_))).count();
            assert_eq!(filled > 0, !line.key.starts_with(NOTE), "{}", line.key);
        }
        keys
    }

    /// Every key that the rows of a visit have, with the first row of each list and the first word of each vocabulary.
    fn all(fields: &'static [Field], at: &str, store: &Store, keys: &mut Vec<String>) {
        for row in fields {
            let key = key_below(at, row.key);
            match row.kind {
                Kind::Section(fields) | Kind::Inline(fields) => all(fields, &key, store, keys),
                Kind::Rows(fields) => all(fields, &item_below(key, 0), store, keys),
                Kind::Keyed { by, entry, fixed } => {
                    let word = match by {
                        Vocabulary::Words => "r1",
                        Vocabulary::Schemes => "so-gddt-2025",
                        by => &store.register.words(by).unwrap()[0].id,
                    };
                    let below = key_below(&*key, word);
                    match entry {
                        Kind::Section(fields) | Kind::Inline(fields) => all(fields, &below, store, keys),
                        _ => keys.push(below),
                    }
                    all(fixed, &key, store, keys);
                }
                _ => keys.push(key),
            }
        }
    }

    #[test]
    fn every_key_of_a_visit_can_be_filled_in_unless_it_is_left_out_on_purpose() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/phuong-2025");
        let mut expected = Vec::new();
        all(RecordKind::Visit.fields(), "", &Store::open(&root).unwrap(), &mut expected);
        let blank = form("phuong-2025", "dong-sen", "2026-12-01", &Wanted::default());
        let asked: BTreeSet<String> = blank.leaves.iter().flat_map(keys).collect();
        let left_out: Vec<&str> =
            expected.iter().map(String::as_str).filter(|key| !asked.contains(*key)).collect();
        assert_eq!(
            left_out,
            [
                // These the anchor says.
                "centre",
                "kind",
                "campaign",
                // Only some visits have a reason for these.
                "outside_window_reason",
                "follow_up_of",
                // These are written in other ways.
                "source",
                "activity.approximate",
                "finance.approximate",
                "promotion.approximate",
                "title.approximate",
                "literacy.approximate",
                // A place has a name, or stands in a remark.
                "site[0].count",
                // These are keyed by their recommendation.
                "followup[0].of",
                "followup[0].state",
                "followup[0].note",
                // It rates the centre as it is; it has criteria of its own, and the total is their sum.
                "rating.so-gddt-2025.period",
                "rating.so-gddt-2025.scores.r1",
                "rating.so-gddt-2025.total",
                "rating.so-gddt-2025.met.r1",
                "rating.so-gddt-2025.evidence.r1",
                "rating.so-gddt-2025.valid_to",
                "photo[0].file",
                "photo[0].caption",
                "photo[0].taken",
                "photo[0].credit",
                "photo[0].sha256",
                "extra",
            ]
        );
        assert!(asked.contains("followup(2026-01-15-dong-sen#r1).state"), "{asked:?}");
        assert!(asked.contains("rating.so-gddt-2025.scores.management"), "{asked:?}");
    }

    #[test]
    fn a_form_is_sound_whatever_it_is_about() {
        for (example, centre, today, kind) in [
            ("uong-bi", "yen-thanh", "2018-10-01", None),
            ("uong-bi", "yen-thanh", "2016-01-01", Some(VisitKind::SelfCheck)),
            ("phuong-2025", "dong-sen", "2026-07-01", Some(VisitKind::Report)),
        ] {
            let campaign = (example == "uong-bi").then(|| "2016-2017".to_owned());
            let wanted = Wanted { kind, campaign, period: Period::parse("2026-H1"), ..Wanted::default() };
            let Blank { leaves, .. } = form(example, centre, today, &wanted);
            let mut all: Vec<String> = leaves.iter().flat_map(keys).collect();
            let many = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), many, "a key stands twice");
            let team = all.iter().any(|key| key.starts_with("team"));
            assert_eq!(team, kind != Some(VisitKind::Report), "nobody travels for a report");
            for Leaf { name, widths, lines, .. } in &leaves {
                assert!([&name.vi, &name.en].iter().all(|name| name.chars().count() <= 31), "{name:?}");
                for line in lines {
                    let mut free = 1;
                    for slot in line.slots.iter().filter(|slot| !matches!(slot.holds, Holds::Adds(_))) {
                        assert_eq!(slot.at, free, "a gap, or one cell upon another: {slot:?}");
                        free += slot.over;
                    }
                    assert!(free == 1 || free == widths.len() + 1, "{} of {}: {line:?}", free, widths.len());
                }
            }
        }
    }

    #[test]
    fn what_was_said_last_time_stands_beside_and_never_in_the_cell() {
        let blank = form("uong-bi", "yen-thanh", "2018-10-01", &Wanted::default());
        let lines = || blank.leaves.iter().flat_map(|leaf| &leaf.lines);
        let population = lines().find(|line| line.key == "context.population").unwrap();
        let [_, last, entry, _] = &population.slots[..] else { panic!("{population:?}") };
        assert!(matches!(&last.holds, Holds::Last(cell) if cell.number() == Some(8_666.0)), "{last:?}");
        let is_filled = |key: &String| !key.ends_with(".period");
        let filled = lines().filter(|line| is_filled(&line.key)).flat_map(|line| &line.slots);
        let filled = filled.filter(|slot| {
            matches!(&slot.holds, Holds::Entry(entry) if entry.now != crate::model::table::Cell::Missing)
        });
        assert_eq!(filled.count(), 0, "{entry:?}");
    }
}
