//! Rules for statements: figures that a paper gives for an area, beside what the records of its centres add up to.

use super::{Cx, Report, Rule, Test};
use crate::model::RecordKind;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::field::{Field, Kind};
use crate::model::figures::APPROXIMATE;
use crate::model::history::{History, Record};
use crate::model::number::many;
use crate::model::path::key_below;
use crate::model::period::Period;
use crate::model::register::Register;
use crate::model::statement::Statement;
use crate::model::text::{Said, t};
use crate::model::tree::{Node, Value};
use crate::model::visit::Visit;
use crate::say;
use crate::toml;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "statement-of-two-places",
            severity: Error,
            title: t("Số liệu công bố của hai địa bàn", "A statement about two places"),
            why: t(
                "Số liệu công bố nói về một huyện cũ, cụm, một xã, phường, hoặc toàn bộ sổ; ghi cả hai thì không biết so với \
                 số liệu nào trong sổ.",
                "A statement is about an area, a unit or the whole register; with two places it is unclear which records it is to \
                 be compared with.",
            ),
            wrong: "area = \"uong-bi\"\nunit = \"yen-thanh\"",
            right: "area = \"uong-bi\"",
        },
        tests: &[Test::Statement(statement_of_two_places)],
    },
    Rule {
        code: Code {
            name: "statement-differs-from-records",
            severity: Warning,
            title: t(
                "Số liệu công bố khác tổng số liệu trong sổ",
                "A statement that differs from the records",
            ),
            why: t(
                "Số liệu đã công bố của một địa bàn và tổng số liệu cùng kỳ trong sổ nói về cùng một việc; khác nhau thì một \
                 bên sai hoặc tính theo cách khác. Sổ chưa đủ số liệu thì chỉ báo khi tổng trong sổ đã lớn hơn.",
                "What was published about an area and the sum of the records for the same period are about the same; where they \
             differ, one is wrong or counts in another way. Where records are missing, only a sum that is already greater is told.",
            ),
            wrong: "members = 2_310   # tổng số liệu trong sổ 2.250 / 2,250 in the records",
            right: "members = 2_250",
        },
        tests: &[Test::Sums(statement_differs_from_records)],
    },
];

fn statement_of_two_places(_: &Cx, statement: &Record<Statement>, report: &mut Report) {
    if let (Some(area), Some(unit)) = (&statement.body.area, &statement.body.unit) {
        report.at(
            "unit",
            say!(
                "vừa ghi huyện cũ, cụm “{area}”, vừa ghi xã, phường “{unit}”",
                "both the area “{area}” and the unit “{unit}”",
                [area, unit]
            ),
            say!("giữ một trong hai", "keep one of the two"),
        );
    }
}

/// A block of figures of a statement beside what the records for the same period add up to.
#[derive(Debug)]
pub struct Sum<'r> {
    /// The file of the statement.
    pub file: &'r str,
    statement: &'r Statement,
    block: &'static Field,
    period: Period,
    figures: Vec<Figure>,
    /// The centres whose records have the block.
    centres: usize,
    /// Those whose records should, and do not.
    silent: usize,
}

/// A figure of a statement.
#[derive(Debug)]
struct Figure {
    key: String,
    label: Said,
    stated: i64,
    /// True if the paper, or one of the centres, gives it as approximate.
    approximate: bool,
    summed: i64,
    /// The centres that report it.
    centres: usize,
}

/// What one centre adds to a sum: its figures in their order; none if it should report the block, and does not.
#[derive(Debug)]
pub struct Share {
    sum: usize,
    figures: Option<Vec<Option<Told>>>,
}

/// A figure that a centre reports.
#[derive(Clone, Copy, Debug)]
struct Told {
    number: i64,
    approximate: bool,
}

/// The figures of the statements of a register that can be added up, with nothing added yet.
pub fn stated(register: &Register) -> Vec<Sum<'_>> {
    register.statements.values().flat_map(|statement| sums_of(register, statement)).collect()
}

fn sums_of<'r>(register: &'r Register, statement: &'r Record<Statement>) -> Vec<Sum<'r>> {
    let (tree, figures) = (toml::raw_tree(&statement.text), statement.body.as_visit());
    let blocks = figures.periods().filter(|_| statement.sound).filter_map(|(key, period)| {
        let block = RecordKind::Statement.root().row(key.split('.').next()?)?;
        let mut reading = Reading::of(register, tree.get(block.key)?);
        reading.collect(&block.kind, tree.get(block.key)?, block.key, &Said::default());
        let figures = reading.figures;
        let (file, statement) = (&*statement.file, &statement.body);
        Some(Sum { file, statement, block, period, figures, centres: 0, silent: 0 })
    });
    blocks.collect()
}

/// What a block says of its figures: which of them are approximate.
#[derive(Clone, Copy)]
struct Approximate<'t>(Option<&'t Node<'t>>);

impl Approximate<'_> {
    /// True for the key path of such a figure, from the record on.
    fn has(self, key: &str) -> bool {
        let list = self.0.and_then(|block| block.get(APPROXIMATE.key)).map_or(&[][..], Node::items);
        let below = key.split_once('.').map(|(_, below)| below);
        list.iter().any(|item| item.text().is_some() && item.text() == below)
    }
}

/// A block of a statement while its figures are gathered.
struct Reading<'t> {
    register: &'t Register,
    approximate: Approximate<'t>,
    figures: Vec<Figure>,
}

impl<'t> Reading<'t> {
    fn of(register: &'t Register, block: &'t Node) -> Reading<'t> {
        Reading { register, approximate: Approximate(Some(block)), figures: Vec::new() }
    }

    /// The figures below a value. A count of a few is a level, and adds up to nothing.
    fn collect(&mut self, kind: &Kind, node: &Node, key: &str, label: &Said) {
        match (kind, &node.value) {
            (Kind::Count(10..) | Kind::Money, Value::Int(stated)) => {
                let approximate = self.approximate.has(key);
                let (key, label) = (key.to_owned(), label.clone());
                self.figures.push(Figure { key, label, stated: *stated, approximate, summed: 0, centres: 0 });
            }
            (_, Value::Table(entries)) => {
                for entry in entries {
                    let name = match (kind.row(&entry.key), kind) {
                        (Some(row), _) => row.label.into(),
                        (None, Kind::Keyed { by, .. }) => self.register.label(*by, &entry.key),
                        (None, _) => continue,
                    };
                    let parts = [label.clone(), name].into_iter().filter(|said| !said.is_empty());
                    let key = key_below(key, &entry.key);
                    self.collect(&kind.key(&entry.key), &entry.node, &key, &Said::join(parts, ": "));
                }
            }
            _ => {}
        }
    }
}

/// What a centre adds to some sums: the figures of the latest visit that has the block for that period.
pub fn shares(cx: &Cx, sums: &[Sum], history: &History) -> Vec<Share> {
    let share = |(at, sum): (usize, &Sum)| {
        if !sum.is_about(cx.register, history) {
            return None;
        }
        let figures = sum.visit(history).filter(|visit| visit.sound).map(|visit| sum.figures_of(visit));
        (figures.is_some() || sum.expects(cx, history)).then_some(Share { sum: at, figures })
    };
    sums.iter().enumerate().filter_map(share).collect()
}

impl Sum<'_> {
    /// Takes in what a centre adds.
    pub fn add(sums: &mut [Sum], share: Share) {
        let Some(sum) = sums.get_mut(share.sum) else { return };
        let Some(told) = share.figures else {
            sum.silent += 1;
            return;
        };
        sum.centres += 1;
        for (figure, told) in sum.figures.iter_mut().zip(told) {
            let Some(Told { number, approximate }) = told else { continue };
            figure.summed = figure.summed.saturating_add(number);
            figure.approximate |= approximate;
            figure.centres += 1;
        }
    }

    /// True for a centre in the place that the statement is about; one that cannot be read may be anywhere.
    fn is_about(&self, register: &Register, history: &History) -> bool {
        let Some(centre) = &history.centre else { return true };
        let unit = &centre.body.unit;
        match (&self.statement.area, &self.statement.unit) {
            (Some(area), _) => register.unit(unit).is_some_and(|unit| unit.area.as_ref() == Some(area)),
            (None, own) => own.as_ref().is_none_or(|own| own == unit),
        }
    }

    fn visit<'h>(&self, history: &'h History) -> Option<&'h Record<Visit>> {
        let has = |(key, period): (&str, Period)| key.starts_with(self.block.key) && period == self.period;
        history.visits.iter().rev().find(|visit| visit.body.periods().any(has))
    }

    fn figures_of(&self, visit: &Record<Visit>) -> Vec<Option<Told>> {
        let tree = toml::raw_tree(&visit.text);
        let approximate = Approximate(tree.get(self.block.key));
        let told = |Figure { key, .. }: &Figure| {
            let number = number(tree.at(key)).or_else(|| in_all_fields(&tree, key))?;
            Some(Told { number, approximate: approximate.has(key) })
        };
        self.figures.iter().map(told).collect()
    }

    /// True for a centre that was active when the period ended, or whose records cannot be read.
    fn expects(&self, cx: &Cx, history: &History) -> bool {
        let last = *self.period.days(cx.register.year_start()).end();
        let active = history.centre.as_ref().is_none_or(|centre| centre.body.active_on(last));
        active || !history.unread.is_empty()
    }

    /// True if a figure cannot be the sum of what the centres report, or of what they have reported so far.
    fn differs(&self, figure: &Figure) -> bool {
        let all = self.silent == 0 && figure.centres == self.centres;
        let more = figure.summed.saturating_sub(figure.stated);
        let told = figure.centres > 0 && if all { more != 0 } else { more > 0 };
        told && (!figure.approximate || more.saturating_abs() > figure.stated / NEARLY)
    }
}

/// What is approximately so differs by less than a tenth.
const NEARLY: i64 = 10;

/// A whole number, if that is the value.
fn number(node: Option<&Node>) -> Option<i64> {
    match node?.value {
        Value::Int(number) => Some(number),
        _ => None,
    }
}

/// A total of activity from its fields, where it is not told itself.
fn in_all_fields(tree: &Node, key: &str) -> Option<i64> {
    let figure = key.strip_prefix("activity.total.")?;
    let fields = tree.at("activity.field")?.entries().iter();
    fields.filter_map(|field| number(field.node.get(figure))).reduce(i64::saturating_add)
}

/// The most figures that a message lists.
const LISTED: usize = 4;

/// One message for a block: whoever counted in another way did so throughout.
fn statement_differs_from_records(_: &Cx, sum: &Sum, report: &mut Report) {
    let differing: Vec<&Figure> = sum.figures.iter().filter(|figure| sum.differs(figure)).collect();
    let Some(first) = differing.first() else { return };
    let said = |figure: &&Figure| {
        let Figure { label, stated, summed, .. } = *figure;
        let (more, less) = (stated - summed, summed - stated);
        match more > 0 {
            true => say!(
                "{label} {stated}, trong sổ {summed} (hơn {more})",
                "{label} {stated}, in the records {summed} ({more} more)",
                [label, stated, summed, more]
            ),
            false => say!(
                "{label} {stated}, trong sổ {summed} (kém {less})",
                "{label} {stated}, in the records {summed} ({less} less)",
                [label, stated, summed, less]
            ),
        }
    };
    let mut list = Said::join(differing.iter().take(LISTED).map(said), "; ");
    if let more @ 1.. = differing.len().saturating_sub(LISTED) {
        list = say!("{list}; và {more} số nữa", "{list}; and {more} more figures", [list, more]);
    }
    let (period, centres) = (sum.period.said(), many(sum.centres, "trung tâm", "centre"));
    report.at(
        first.key.as_str(),
        say!(
            "{period}, khác số liệu trong sổ của {centres}: {list}",
            "{period}, unlike the records of {centres}: {list}",
            [period, centres, list]
        ),
        say!(
            "sửa bên ghi sai; nếu văn bản tính theo cách khác thì giữ nguyên",
            "correct the one that is wrong; if the paper counts in another way, leave it"
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far a figure of 100 that may be approximate is from what centres report, where others should and do not.
    fn differs(told: &[Option<i64>], silent: usize, approximate: bool) -> bool {
        let label = Said::default();
        let figure = Figure { key: "x".into(), label, stated: 100, approximate, summed: 0, centres: 0 };
        let (statement, period) = (Statement::default(), Period::Year(2015));
        let block = RecordKind::Statement.root().row("promotion").unwrap();
        let mut sums = [Sum {
            file: "",
            statement: &statement,
            block,
            period,
            figures: vec![figure],
            centres: 0,
            silent: 0,
        }];
        let reported = |number: i64| Told { number, approximate: false };
        let said = told.iter().map(|told| Some(vec![told.map(reported)])).chain(vec![None; silent]);
        said.for_each(|figures| Sum::add(&mut sums, Share { sum: 0, figures }));
        sums[0].differs(&sums[0].figures[0])
    }

    #[test]
    fn only_a_whole_sum_can_be_too_small() {
        assert!(!differs(&[Some(40), Some(60)], 0, false));
        assert!(differs(&[Some(40), Some(50)], 0, false) && differs(&[Some(40), Some(70)], 0, false));
        assert!(!differs(&[Some(40), Some(50)], 1, false), "one centre has no record");
        assert!(!differs(&[Some(40), None], 0, false), "one centre does not report the figure");
        assert!(differs(&[Some(40), Some(70)], 1, false), "it is too much already");
        assert!(!differs(&[None], 0, false) && !differs(&[], 2, false), "nothing to compare with");
    }

    #[test]
    fn what_is_approximate_may_differ_by_a_tenth() {
        assert!(!differs(&[Some(91)], 0, true) && !differs(&[Some(110)], 0, true));
        assert!(differs(&[Some(89)], 0, true) && differs(&[Some(111)], 0, true));
    }
}
