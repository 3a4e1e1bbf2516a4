//! The leaves of a form on which values are filled: all that a visit can say, in the order of its field rows.
//!
//! What most papers do not say stands on the last leaf, unless the register has it already or had it last time.

use super::ground::{Ground, Stand};
use super::sketch::{Contents, Later, Sketch};
use crate::model::asking::{Recall, When};
use crate::model::field::{Field, Kind, Vocabulary, field};
use crate::model::leaf::{Holds, Leaf};
use crate::model::path::key_below;
use crate::model::text::{Said, Text, t};
use crate::model::tree::Node;
use crate::model::visit::{self, VisitKind};
use crate::say;

/// Every leaf with its parts.
const CONTENTS: &[Contents] = &[
    Contents {
        name: t("Chung", "General"),
        is_turned: false,
        parts: &[
            "date",
            "starts",
            "ends",
            "place",
            "reporter",
            "agenda",
            "outside_window_reason",
            "team",
            "host",
            "context",
            "management",
        ],
        table: None,
    },
    Contents {
        name: t("Hồ sơ", "Books"),
        is_turned: false,
        parts: &["documents", "facilities", "staff"],
        table: None,
    },
    Contents {
        name: t("Hoạt động", "Activity"),
        is_turned: true,
        parts: &["activity"],
        table: Some("activity.field"),
    },
    Contents {
        name: t("Kinh phí", "Money"),
        is_turned: false,
        parts: &["finance", "promotion"],
        table: None,
    },
    Contents {
        name: t("Danh hiệu", "Titles"),
        is_turned: false,
        parts: &["title", "literacy"],
        table: Some("title.learning"),
    },
    Contents {
        name: t("Kết quả", "Findings"),
        is_turned: false,
        parts: &["followup", "site", "findings", "recommendation", "rating", "minutes"],
        table: None,
    },
];

/// What the last leaf is called.
const MORE: Text = t("Số liệu khác", "Other figures");

/// The leaves, each with the title of the form above it.
pub fn leaves(ground: Ground, title: &Said) -> Vec<Leaf> {
    let mut more = Vec::new();
    let mut leaves: Vec<Leaf> = Vec::new();
    for contents in CONTENTS {
        let mut sketch = Sketch::new(ground, contents, title);
        if contents.parts.contains(&"date") {
            sketch.across(Holds::Heading(about(ground.kind).into()));
        }
        for row in contents.parts.iter().filter_map(|key| row(key)) {
            match ground.stand(row, row.key) {
                Stand::Here => sketch.part(row),
                Stand::Later => sketch.later.push(Later { part: row.label, row, key: row.key.to_owned() }),
                Stand::Nowhere => {}
            }
        }
        more.append(&mut sketch.later);
        leaves.push(sketch.leaf);
    }
    let contents = Contents { name: MORE, is_turned: false, parts: &[], table: None };
    let mut sketch = Sketch::new(ground, &contents, title);
    sketch.more(&more);
    leaves.push(sketch.leaf);
    leaves
}

/// The heading of what stands at the top of the record.
fn about(kind: VisitKind) -> Text {
    match kind {
        VisitKind::Inspection => t("Buổi kiểm tra", "The visit"),
        VisitKind::SelfCheck => t("Buổi tự kiểm tra", "The self-check"),
        VisitKind::Report => t("Báo cáo", "The report"),
    }
}

/// The row of a part of a visit.
fn row(key: &str) -> Option<&'static Field> {
    visit::FIELDS.iter().find(|row| row.key == key)
}

impl Sketch<'_> {
    /// A whole part, under its heading.
    fn part(&mut self, row: &'static Field) {
        self.recalls = row.asking.recall != Recall::Nothing;
        match row.kind {
            Kind::Section(fields) => {
                self.across(Holds::Heading(row.label.into()));
                self.rows(fields, row.key, row.label);
            }
            Kind::Keyed { by: Vocabulary::Schemes, entry, .. } => self.ratings(entry.fields(), row),
            Kind::Keyed { by: Vocabulary::Words, entry, .. } => self.listed(row, entry.fields()),
            Kind::Keyed { by, entry, fixed } => {
                self.across(Holds::Heading(row.label.into()));
                for word in self.ground.offers.asker.store.register.words(by).unwrap_or_default() {
                    let line = field("", "", "", *entry);
                    self.value(&line, &key_below(row.key, &word.id), word.label.clone(), false);
                }
                self.rows(fixed, row.key, row.label);
            }
            Kind::Rows(_) if row.key == "followup" => self.followups(row),
            Kind::Rows(fields) => self.listed(row, fields),
            _ => self.value(row, row.key, self.named(row), false),
        }
        self.recalls = true;
    }

    /// What is asked for at the top of the record, by what it is in this kind of paper.
    fn named(&self, row: &Field) -> Said {
        match (row.key, self.ground.kind) {
            ("date", VisitKind::Report) => t("Ngày báo cáo", "Date of the report").into(),
            _ => row.label.into(),
        }
    }

    /// The rows of a section, as far as they stand here.
    fn rows(&mut self, fields: &'static [Field], at: &str, part: Text) {
        for row in fields {
            let key = key_below(at, row.key);
            match self.ground.stand(row, &key) {
                Stand::Here => self.row(row, &key, part),
                Stand::Later => self.later.push(Later { part, row, key }),
                Stand::Nowhere => {}
            }
        }
    }

    fn row(&mut self, row: &'static Field, key: &str, part: Text) {
        let recalls = self.recalls;
        self.recalls &= row.asking.recall != Recall::Nothing;
        match row.kind {
            Kind::Section(fields) => self.section(row, fields, key, part),
            Kind::Inline(fields) => {
                self.label(row.label.into());
                self.inner(fields, key, part);
            }
            Kind::Keyed { by: Vocabulary::Words, entry, .. } => self.criteria(row, entry, key),
            Kind::Keyed { by, .. } => {
                let words = self.ground.offers.asker.store.register.words(by).unwrap_or_default();
                let rows = words.iter().map(|word| (key_below(key, &word.id), word.label.clone()));
                self.table(row.label.into(), &rows.collect::<Vec<_>>());
            }
            _ => self.value(row, key, row.label.into(), false),
        }
        self.recalls = recalls;
    }

    /// A table with a line for each group of figures of a section.
    fn section(&mut self, row: &Field, fields: &'static [Field], key: &str, part: Text) {
        let (mut lines, mut later) = (Vec::new(), Vec::new());
        for row in fields {
            let key = key_below(key, row.key);
            match self.ground.stand(row, &key) {
                Stand::Here => {
                    let has_column =
                        |row: &&Field| self.columns.iter().any(|column| column.row.key == row.key);
                    let others = row.kind.fields().iter().filter(|row| !has_column(row));
                    later.extend(others.map(|row| Later {
                        part,
                        row,
                        key: key_below(key.as_str(), row.key),
                    }));
                    lines.push((key, row.label.into()));
                }
                Stand::Later => later.push(Later { part, row, key }),
                Stand::Nowhere => {}
            }
        }
        self.table(row.label.into(), &lines);
        self.later.append(&mut later);
    }

    /// The figures of a group, below its label.
    fn inner(&mut self, fields: &'static [Field], at: &str, part: Text) {
        for row in fields {
            let key = key_below(at, row.key);
            match self.ground.stand(row, &key) {
                Stand::Here => self.value(row, &key, row.label.into(), true),
                Stand::Later => self.later.push(Later { part, row, key }),
                Stand::Nowhere => {}
            }
        }
    }

    /// The criteria of a scheme, under the criterion that they are indicators of.
    fn criteria(&mut self, row: &'static Field, entry: &'static Kind, key: &str) {
        let register = &self.ground.offers.asker.store.register;
        let scheme = key.split('.').nth(1).and_then(|id| register.schemes.get(id));
        let Some(scheme) = scheme.map(|scheme| &scheme.body) else { return };
        self.label(row.label.into());
        let mut group = None;
        for criterion in &scheme.criterion {
            if criterion.group.is_some() && criterion.group != group {
                group = criterion.group.clone();
                self.label(group.clone().unwrap_or_default());
            }
            let most = criterion.max.map(|max| say!("tối đa {max}", "at most {max}", [max]));
            let line = field("", "", "", *entry);
            let key = key_below(key, &criterion.id);
            self.explained(&line, &key, criterion.label.clone(), true, most.unwrap_or_default());
        }
    }

    /// The ratings that the register has, those by the usual scheme, and those of last time that judge something else.
    fn ratings(&mut self, fields: &'static [Field], row: &'static Field) {
        let mut schemes = self.ground.offers.usual_schemes(row.key);
        let there = self.ground.now(row.key).map_or(&[][..], Node::entries);
        let others = there.iter().map(|entry| entry.key.to_string()).filter(|id| !schemes.contains(id));
        schemes.extend(others.collect::<Vec<_>>());
        for scheme in schemes {
            let title = self.ground.offers.title(&scheme);
            let (label, title) = (row.label, &title);
            self.across(Holds::Heading(say!("{label}: {title}", "{label}: {title}", [label, title])));
            self.rows(fields, &key_below(row.key, &scheme), row.label);
        }
    }

    /// What most papers do not say, by the parts that it belongs to.
    fn more(&mut self, later: &[Later]) {
        let mut part = None;
        for Later { part: of, row, key } in later {
            if part != Some(*of) {
                part = Some(*of);
                self.across(Holds::Heading((*of).into()));
            }
            self.whole(row, key);
        }
    }

    /// All values of a row that stands on the last leaf.
    fn whole(&mut self, row: &'static Field, key: &str) {
        match row.kind {
            Kind::Section(fields) => {
                let asked = |row: &&Field| row.asking.when != When::Never;
                fields.iter().filter(asked).for_each(|row| self.whole(row, &key_below(key, row.key)));
            }
            Kind::Inline(fields) => {
                self.label(self.full(row, key));
                for row in fields {
                    self.value(row, &key_below(key, row.key), row.label.into(), true);
                }
            }
            _ => self.value(row, key, self.full(row, key), false),
        }
    }

    /// The label of a row, after that of the group that it belongs to.
    fn full(&self, row: &Field, key: &str) -> Said {
        let above = key.rsplit_once('.').map_or("", |(above, _)| above);
        let labels = Kind::Section(visit::FIELDS).labels(above).unwrap_or_default();
        let group = labels.into_iter().skip(1).map(Said::from);
        Said::join(group.chain([row.label.into()]), " – ")
    }
}
