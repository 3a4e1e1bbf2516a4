//! The news of a campaign: a short illustrated article about who went where and when, whom they met and what was seen.

use super::people::posts;
use super::pictures::{picture, some};
use super::wording::large;
use super::{Asked, Made, Of, Report};
use crate::desk::error::Error;
use crate::desk::pick;
use crate::model::campaign::Campaign;
use crate::model::day::Day;
use crate::model::document::{Block, Document};
use crate::model::fact::{FactRow, many as several, named, one, told};
use crate::model::fault::Fault;
use crate::model::field::Refers;
use crate::model::history::{History, Record};
use crate::model::number::many;
use crate::model::register::{Register, Window};
use crate::model::table::{Cell, ColumnKind};
use crate::model::text::{Said, small, t};
use crate::model::visit::{Host, Site, SiteKind, TeamMember, TeamRole, Visit};
use crate::say;
use crate::store::Store;
use std::sync::Arc;

/// The row of the report.
pub const REPORT: Report = Report {
    name: "news",
    about: t("tin, bài có ảnh về một đợt kiểm tra", "an illustrated article about a campaign"),
    of: Of::Campaign,
    facts: || named(FACTS),
    make,
};

/// What an article is made of.
struct Story {
    register: Arc<Register>,
    campaign: Campaign,
    /// The visits of the team, by day.
    trips: Vec<Trip>,
    /// How many centres sent a paper, and were not visited.
    papers: usize,
}

/// A visit of the team.
struct Trip {
    day: Day,
    /// What people call the centre.
    centre: String,
    visit: Visit,
}

/// What the article tells by name.
const FACTS: &[FactRow<Story>] = &[
    one("title", "Tên đợt kiểm tra", "Campaign", ColumnKind::Text, |s| Cell::text(&*s.campaign.title)),
    one("opening", "Lời mở đầu", "Opening", ColumnKind::Text, |s| word(s.opening())),
    one("leader", "Trưởng đoàn", "Leader", ColumnKind::Text, |s| s.leader().map(|who| &who.name).into()),
    one("source", "Nguồn tin", "Source", ColumnKind::Text, |s| Cell::text(s.source())),
    several(
        "visits",
        "Các lần kiểm tra",
        "Visits",
        &[
            ("text", t("Nội dung", "Text"), ColumnKind::Text),
            ("date", t("Ngày", "Date"), ColumnKind::Day),
            ("centre", t("Trung tâm", "Centre"), ColumnKind::Text),
            ("place", t("Nơi làm việc", "Place"), ColumnKind::Text),
        ],
        |s| s.trips.iter().map(|trip| trip.cells(s.leader())).collect(),
    ),
];

fn make(asked: &Asked) -> Result<Made, Error> {
    let id = pick::id(asked.store, Refers::Campaign, asked.of)?;
    let Some(campaign) = asked.store.register.campaigns.get(&id).map(|record| record.body.clone()) else {
        return Err(Error::nothing(
            say!("không đọc được đợt kiểm tra “{id}”", "campaign “{id}” cannot be read", [id]),
            say!("xem lỗi: ttht check", "see the errors: ttht check"),
        ));
    };
    let (story, faults) = read(asked, campaign, &id)?;
    if story.trips.is_empty() {
        return Err(Error::nothing(
            say!("đợt “{id}” chưa có đoàn nào đi kiểm tra", "no team went out in the campaign “{id}”", [id]),
            match story.papers {
                0 => say!("ghi một lần kiểm tra: ttht add-visit", "record one: ttht add-visit"),
                _ => say!(
                    "về các bản tự kiểm tra, báo cáo: ttht report campaign {id}",
                    "about self-checks and reports: ttht report campaign {id}",
                    [id]
                ),
            },
        ));
    }
    Ok(Made { document: story.document(asked.store), facts: told(FACTS, &story), faults })
}

/// The visits of a campaign that have been made.
fn read(asked: &Asked, campaign: Campaign, id: &str) -> Result<(Story, Vec<Fault>), Error> {
    let Asked { store, today, .. } = *asked;
    let scan = store.scan(&[Window { campaign: Some(id.to_owned()), ..Window::default() }])?;
    let mut story = Story { register: Arc::clone(&store.register), campaign, trips: Vec::new(), papers: 0 };
    let is_meant = |visit: &&Record<Visit>| {
        visit.body.campaign.as_deref() == Some(id) && visit.body.date.is_some_and(|day| day <= today)
    };
    let faults = store.histories(
        &scan,
        |history| {
            let visits: Vec<&Record<Visit>> = history.visits.iter().filter(is_meant).collect();
            let trips: Vec<Trip> = visits.iter().filter_map(|visit| trip(history, visit)).collect();
            let papers = usize::from(trips.is_empty() && !visits.is_empty());
            (trips, papers)
        },
        |(trips, papers)| {
            story.trips.extend(trips);
            story.papers += papers;
        },
    );
    story.trips.sort_by_key(|trip| (trip.day, trip.visit.starts));
    Ok((story, faults))
}

fn trip(history: &History, visit: &Record<Visit>) -> Option<Trip> {
    let day = visit.body.date.filter(|_| visit.body.is_inspection())?;
    let centre = history.centre.as_ref().map_or(&history.id, |centre| &centre.body.name).clone();
    Some(Trip { day, centre, visit: visit.body.clone() })
}

impl Story {
    fn document(&self, store: &Store) -> Document {
        let mut blocks = vec![Block::Paragraph(self.opening())];
        if !self.campaign.purposes.is_empty() {
            blocks.push(Block::Paragraph(say!("Đợt kiểm tra nhằm:", "The aims of the inspection:")));
            blocks.push(Block::List(self.campaign.purposes.iter().map(Said::same).collect()));
        }
        let (seen, others): (Vec<&Trip>, Vec<&Trip>) = self.trips.iter().partition(|trip| trip.shows());
        let (pictures, left) = some(seen.iter().map(|trip| &*trip.visit.photo).collect());
        for (trip, photos) in seen.iter().zip(pictures) {
            blocks.push(Block::Paragraph(trip.told(self.leader())));
            blocks.extend(photos.iter().map(|photo| picture(store, photo)));
        }
        if !others.is_empty() {
            let also = if seen.is_empty() {
                t("Đoàn đã đến:", "The team went to:")
            } else {
                t("Đoàn còn đến:", "The team also went to:")
            };
            blocks.push(Block::Paragraph(also.into()));
            blocks.push(Block::List(others.iter().map(|trip| trip.line()).collect()));
        }
        if self.papers > 0 {
            let centres = many(self.papers, "trung tâm", "centre");
            blocks.push(Block::Paragraph(say!(
                "Ngoài ra, {centres} tự kiểm tra hoặc gửi báo cáo.",
                "Besides, {centres} inspected themselves or sent a report.",
                [centres]
            )));
        }
        blocks.extend(left);
        let source = self.source();
        blocks.push(Block::Paragraph(say!("Nguồn tin: {source}", "Source: {source}", [source])));
        Document { name: "news".into(), head: None, title: Said::same(self.campaign.title.trim()), blocks }
    }

    /// Who went, when, to how many, and by which plan.
    fn opening(&self) -> Said {
        let Campaign { plan, lead, partners, .. } = &self.campaign;
        let number = plan.as_ref().and_then(|plan| plan.number.as_ref());
        let plan = number.map(|number| {
            let date = plan.as_ref().and_then(|plan| plan.date);
            let date = date.map(|date| say!(" ngày {date}", " of {date}", [date])).unwrap_or_default();
            say!("thực hiện Kế hoạch số {number}{date}", "by plan {number}{date}", [number, date])
        });
        let days = self.trips.first().zip(self.trips.last()).map(|(first, last)| span(first.day, last.day));
        let head = large_first(Said::join(plan.into_iter().chain(days), ", "));
        let who = lead.as_ref().unwrap_or(&self.register.settings.body.office);
        let with = Said::join(partners.iter().map(Said::same), ", ");
        let with = match partners.is_empty() {
            true => Said::default(),
            false => say!(" phối hợp với {with}", " together with {with}", [with]),
        };
        let mut centres: Vec<&str> = self.trips.iter().map(|trip| trip.visit.centre.as_str()).collect();
        centres.sort_unstable();
        centres.dedup();
        let n = many(centres.len(), "trung tâm học tập cộng đồng", "community learning centre");
        let led = self.leader().map(|who| {
            let who = person(who);
            say!(" Đoàn do {who}, làm trưởng đoàn.", " The team was led by {who}.", [who])
        });
        let led = led.unwrap_or_default();
        say!(
            "{head}, {who}{with} đã kiểm tra {n}.{led}",
            "{head}, {who}{with} inspected {n}.{led}",
            [head, who, with, n, led]
        )
    }

    /// The leader of the team, if it is the same person on every visit.
    fn leader(&self) -> Option<&TeamMember> {
        let mut leaders = self.trips.iter().map(|trip| trip.leader());
        let first = leaders.next()??;
        leaders.all(|other| other.is_some_and(|other| other.name == first.name)).then_some(first)
    }

    /// Who reports: those who made the records, else the office.
    fn source(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for name in self.trips.iter().filter_map(|trip| trip.visit.reporter.as_deref()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() { self.register.settings.body.office.clone() } else { names.join(", ") }
    }
}

impl Trip {
    /// True where there is something to show.
    fn shows(&self) -> bool {
        !self.visit.photo.is_empty() || !self.visit.site.is_empty()
    }

    fn leader(&self) -> Option<&TeamMember> {
        self.visit.team.iter().find(|member| member.role == Some(TeamRole::Lead))
    }

    /// The visit in a few sentences; its leader only where that is not the one of all visits.
    fn told(&self, of_all: Option<&TeamMember>) -> Said {
        let (day, centre) = (self.day, &self.centre);
        let place = self.visit.place.as_ref();
        let place = place.map(|place| say!(", tại {place}", " at {place}", [place])).unwrap_or_default();
        let led = self.leader().filter(|_| of_all.is_none()).map(person);
        let led =
            led.map(|who| say!(" do {who}, làm trưởng đoàn,", ", led by {who},", [who])).unwrap_or_default();
        let first = say!(
            "Ngày {day}{place}, đoàn{led} kiểm tra {centre}",
            "On {day}{place} the team{led} inspected {centre}",
            [day, place, led, centre]
        );
        let first =
            [Some(first), self.hosts().map(|hosts| say!("làm việc với {hosts}", "meeting {hosts}", [hosts]))];
        let first = Said::join(first.into_iter().flatten(), ", ");
        let agenda = Said::join(self.visit.agenda.iter().map(|item| Said::same(small(item))), "; ");
        let agenda = (!agenda.is_empty())
            .then(|| say!("Nội dung làm việc: {agenda}", "On the agenda: {agenda}", [agenda]));
        let sites = Said::join(self.visit.site.iter().map(site), "; ");
        let sites = (!sites.is_empty())
            .then(|| say!("Đoàn đến thăm {sites}", "The team went to see {sites}", [sites]));
        let sentences = [Some(first), agenda, sites].into_iter().flatten();
        Said::join(sentences.map(|text| say!("{text}.", "{text}.", [text])), " ")
    }

    /// The visit in a line.
    fn line(&self) -> Said {
        let (centre, day) = (&self.centre, self.day);
        let hosts =
            self.hosts().map(|hosts| say!(", gặp {hosts}", ", meeting {hosts}", [hosts])).unwrap_or_default();
        say!("{centre} (ngày {day}){hosts}", "{centre} ({day}){hosts}", [centre, day, hosts])
    }

    /// Who received the team.
    fn hosts(&self) -> Option<Said> {
        let hosts = Said::join(self.visit.host.iter().map(host), "; ");
        (!hosts.is_empty()).then_some(hosts)
    }

    fn cells(&self, leader: Option<&TeamMember>) -> Vec<Cell> {
        let place = self.visit.place.as_ref();
        vec![word(self.told(leader)), Some(self.day).into(), Cell::text(&*self.centre), place.into()]
    }
}

fn word(said: Said) -> Cell {
    Cell::word(said.en.clone(), said)
}

/// The days of the visits: `từ ngày 25/10/2016 đến ngày 10/11/2016`.
fn span(first: Day, last: Day) -> Said {
    if first == last {
        return say!("ngày {first}", "on {first}", [first]);
    }
    say!("từ ngày {first} đến ngày {last}", "from {first} to {last}", [first, last])
}

fn large_first(said: Said) -> Said {
    Said { vi: large(&said.vi), en: large(&said.en) }
}

/// An inspector: `đồng chí Nguyễn Văn A, Phó Trưởng phòng, Phòng GD&ĐT,`.
fn person(member: &TeamMember) -> Said {
    let posts = [member.post.as_deref(), member.body.as_deref()];
    let all: Vec<&str> = [Some(member.name.as_str())].into_iter().chain(posts).flatten().collect();
    let all = all.join(", ");
    say!("đồng chí {all}", "{all}", [all])
}

/// One who received the team: `đồng chí Hoàng Trọng Hiếu – Giám đốc trung tâm, Phó Chủ tịch UBND`.
fn host(host: &Host) -> Said {
    let (name, posts) = (&host.name, posts(&host.posts, host.post_name.as_deref()));
    let posts = if posts.is_empty() { posts } else { say!(" – {posts}", " ({posts})", [posts]) };
    say!("đồng chí {name}{posts}", "{name}{posts}", [name, posts])
}

/// A place that was seen: `dòng họ học tập Dương Văn Lầu (tổ 28, khu Phú Thanh Tây)`. What kind of place it is also in its
/// remark is said once.
fn site(site: &Site) -> Said {
    let kind = site.kind.filter(|kind| *kind != SiteKind::Other).map(|kind| kind.label());
    let name = site.name.as_deref().unwrap_or_default();
    let head = match (kind, site.count) {
        (Some(kind), Some(n)) => say!("{n} {kind} {name}", "{kind} {name} ({n})", [n, kind, name]),
        (Some(kind), None) => say!("{kind} {name}", "the {kind} {name}", [kind, name]),
        (None, Some(n)) => say!("{n} nơi khác {name}", "other places {name} ({n})", [n, name]),
        (None, None) => Said::same(name),
    };
    let head = Said { vi: head.vi.trim().to_owned(), en: head.en.trim().replace("  ", " ") };
    let address = site.address.as_ref();
    let address = address.map(|address| say!(" ({address})", " ({address})", [address])).unwrap_or_default();
    let note = site.note.as_deref().map(|note| note.trim_end_matches('.'));
    let note = note.filter(|note| kind.is_none_or(|kind| small(note) != kind.vi));
    let note = note.map(|note| say!(": {note}", ": {note}", [note = small(note)])).unwrap_or_default();
    say!("{head}{address}{note}", "{head}{address}{note}", [head, address, note])
}
