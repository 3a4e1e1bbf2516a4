//! A part with its placeholders filled. A loop or a condition begins and ends at the same depth of elements, so that what
//! comes out is as well-formed as what went in, however often it is repeated or left out.

use super::bits::{Bit, Reach, Slot, SlotKind};
use super::glossary::{Glossary, Loop, Path};
use super::grammar::{Change, Condition, Operand, Sign, Tag, understood};
use crate::model::document::DOTS;
use crate::model::fact::Told;
use crate::model::table::{Cell, ColumnKind};
use crate::model::text::{Lang, Said, printable, with_plain_ends};
use crate::model::vietnamese::fold;
use crate::render::value::shown;
use crate::say;
use quick_xml::escape::escape;
use std::borrow::Cow;

/// What is written in order.
#[derive(Debug)]
pub enum Step {
    /// As it stands in the template.
    Kept(String),
    /// The first of some values that is not missing, and what is done to it.
    Gives(Vec<Operand>, Vec<Change>),
    /// Something for each row of a list; if it has none, maybe once with dots.
    Each(usize, bool, Vec<Step>),
    /// The first of some for which its condition holds.
    First(Vec<(Condition, Vec<Step>)>),
}

/// What is wrong with a template, and the lists that are named where nothing repeats: where, and which.
#[derive(Debug, Default)]
pub struct Found {
    /// What is wrong.
    pub wrong: Vec<Said>,
    /// The places of placeholders, and the facts that they name.
    pub repeats: Vec<(usize, usize)>,
}

/// Something that was begun and not ended.
struct Begun<'x> {
    tag: Tag,
    slot: Slot,
    inside: Vec<&'x str>,
    steps: Vec<Step>,
    done: Vec<(Condition, Vec<Step>)>,
}

/// The steps of a part.
pub fn steps(bits: &[Bit], glossary: &Glossary) -> (Vec<Step>, Found) {
    let mut making = Making {
        glossary,
        inside: Vec::new(),
        begun: Vec::new(),
        steps: Vec::new(),
        found: Found::default(),
    };
    for (at, bit) in bits.iter().enumerate() {
        match bit {
            Bit::Open(name, raw) => {
                making.inside.push(name);
                making.keep(raw);
            }
            Bit::Close(_, raw) => {
                making.inside.pop();
                making.keep(raw);
            }
            Bit::Other(raw) => making.keep(raw),
            Bit::Words(words) => making.keep(&escape(words.as_str())),
            Bit::Slot(slot) => {
                if let Err(why) = making.slot(at, slot) {
                    making.tell(slot, &why);
                    // Without its bounds nothing can be said of what follows.
                    if slot.kind != SlotKind::Gives {
                        return (making.steps, making.found);
                    }
                }
            }
        }
    }
    let open: Vec<Slot> = making.begun.drain(..).map(|begun| begun.slot).collect();
    for slot in open {
        making.tell(&slot, &say!("chưa có lệnh kết thúc", "it has no end"));
    }
    (making.steps, making.found)
}

struct Making<'x, 'f> {
    glossary: &'f Glossary<'f>,
    inside: Vec<&'x str>,
    begun: Vec<Begun<'x>>,
    steps: Vec<Step>,
    found: Found,
}

impl Making<'_, '_> {
    fn tell(&mut self, slot: &Slot, why: &Said) {
        let typed = &slot.typed;
        self.found.wrong.push(say!("“{typed}”: {why}", "“{typed}”: {why}", [typed, why]));
    }

    fn keep(&mut self, raw: &str) {
        match self.steps.last_mut() {
            Some(Step::Kept(before)) => before.push_str(raw),
            _ => self.steps.push(Step::Kept(raw.to_owned())),
        }
    }

    fn slot(&mut self, at: usize, slot: &Slot) -> Result<(), Said> {
        let loops: Vec<Loop> = self.begun.iter().filter_map(|begun| begun.tag.as_loop().cloned()).collect();
        let (tag, repeats) = understood(slot, self.glossary, &loops)?;
        self.found.repeats.extend(repeats.map(|list| (at, list)));
        match tag {
            Tag::Gives(operands, changes) => self.steps.push(Step::Gives(operands, changes)),
            Tag::For(_) | Tag::If(_) if self.begun.len() >= DEEP => {
                return Err(say!(
                    "quá {n} vòng lặp, điều kiện lồng nhau",
                    "more than {n} loops and conditions in each other",
                    [n = DEEP]
                ));
            }
            Tag::For(_) | Tag::If(_) => {
                let steps = std::mem::take(&mut self.steps);
                let inside = self.inside.clone();
                self.begun.push(Begun { tag, slot: slot.clone(), inside, steps, done: Vec::new() });
            }
            Tag::ElseIf(_) | Tag::Else | Tag::EndIf | Tag::EndFor => return self.goes_on(tag),
        }
        Ok(())
    }

    /// The next branch of what was begun last, or its end.
    fn goes_on(&mut self, tag: Tag) -> Result<(), Said> {
        let Some(mut begun) = self.begun.pop() else {
            return Err(say!("chưa có lệnh mở đầu", "nothing was begun"));
        };
        let typed = begun.slot.typed.clone();
        let fits = matches!(begun.tag, Tag::For(_)) == (tag == Tag::EndFor)
            && (begun.tag != Tag::Else || tag == Tag::EndIf);
        if !fits {
            self.begun.push(begun);
            return Err(say!(
                "không hợp với “{typed}” ở trước",
                "it does not go with “{typed}” before it",
                [typed]
            ));
        }
        let is_elsewhere = begun.inside != self.inside;
        let steps = std::mem::take(&mut self.steps);
        match (begun.tag, tag) {
            (Tag::For(around), _) => {
                self.steps = begun.steps;
                self.steps.push(Step::Each(around.list, begun.slot.kind == SlotKind::Repeats, steps));
            }
            (before, tag) => {
                let condition = match before {
                    Tag::If(condition) | Tag::ElseIf(condition) => condition,
                    _ => Condition::All(Vec::new()),
                };
                begun.done.push((condition, steps));
                if tag == Tag::EndIf {
                    self.steps = begun.steps;
                    self.steps.push(Step::First(begun.done));
                } else {
                    self.begun.push(Begun { tag, ..begun });
                }
            }
        }
        if is_elsewhere {
            return Err(say!(
                "nằm ở chỗ khác loại với “{typed}”; dùng {row} cho cả dòng của bảng, {paragraph} cho cả đoạn văn",
                "it stands in another kind of place than “{typed}”; use {row} for whole rows, {paragraph} for whole paragraphs",
                [typed, row = Reach::Rows.mark(), paragraph = Reach::Paragraphs.mark()]
            ));
        }
        Ok(())
    }
}

impl Tag {
    fn as_loop(&self) -> Option<&Loop> {
        if let Tag::For(around) = self { Some(around) } else { None }
    }
}

/// How much may be written, in bytes, for all parts together.
pub const MOST: usize = 64 << 20;

/// What a step costs of this, whatever it writes.
const STEP: usize = 64;

/// How deep loops and conditions may stand in each other.
const DEEP: usize = 20;

/// What writes the parts of a document.
#[derive(Debug)]
pub struct Pen<'f> {
    glossary: &'f Glossary<'f>,
    /// The rows of the loops around; none for dots.
    rows: Vec<(usize, Option<usize>)>,
    left: usize,
    out: String,
}

impl<'f> Pen<'f> {
    /// A pen that may write so much.
    pub fn new(glossary: &'f Glossary<'f>) -> Pen<'f> {
        Pen { glossary, rows: Vec::new(), left: MOST, out: String::new() }
    }

    /// The text of a part.
    pub fn written(&mut self, steps: &[Step]) -> Result<String, Said> {
        self.all(steps)?;
        Ok(std::mem::take(&mut self.out))
    }

    fn all(&mut self, steps: &[Step]) -> Result<(), Said> {
        steps.iter().try_for_each(|step| match step {
            Step::Kept(text) => self.put(text),
            Step::Gives(operands, changes) => {
                let text = self.given(operands, changes);
                self.put(&in_run(&text))
            }
            Step::Each(list, has_dots, steps) => {
                let count = self.glossary.list(*list).map_or(0, |table| table.rows.len());
                let dots = (count == 0 && *has_dots).then_some(None);
                (0..count).map(Some).chain(dots).try_for_each(|row| {
                    self.rows.push((*list, row));
                    let done = self.put("").and_then(|()| self.all(steps));
                    self.rows.pop();
                    done
                })
            }
            Step::First(branches) => {
                self.put("")?;
                let first = branches.iter().find(|(condition, _)| self.holds(condition));
                first.map_or(Ok(()), |(_, steps)| self.all(steps))
            }
        })
    }

    fn put(&mut self, text: &str) -> Result<(), Said> {
        self.left = self
            .left
            .checked_sub(text.len() + STEP)
            .ok_or_else(|| say!("văn bản lập từ mẫu này quá dài", "what this template makes is too long"))?;
        self.out.push_str(text);
        Ok(())
    }

    fn given(&self, operands: &[Operand], changes: &[Change]) -> String {
        let known = operands.iter().find_map(|operand| self.text(operand, changes));
        let text = known.unwrap_or_else(|| DOTS.to_owned());
        changes.iter().fold(text, |text, change| match change {
            Change::Upper => text.to_uppercase(),
            Change::Lower => text.to_lowercase(),
            Change::Count | Change::Join(_) => text,
        })
    }

    /// What a value says; none if it is missing.
    fn text(&self, operand: &Operand, changes: &[Change]) -> Option<String> {
        let path = match operand {
            Operand::Words(words) => return Some(words.clone()),
            Operand::Number(number) => {
                return said(&Cell::Number(*number), ColumnKind::Number, self.glossary.lang);
            }
            Operand::Named(path) => *path,
        };
        let Path::All(list, column) = path else {
            let (cell, kind) = self.cell(path);
            return said(&cell, kind, self.glossary.lang);
        };
        let table = self.glossary.list(list)?;
        let kind = table.columns.get(column)?.kind;
        let between = changes
            .iter()
            .find_map(|change| if let Change::Join(between) = change { Some(between) } else { None });
        match between {
            None => {
                said(&Cell::Count(table.rows.len().try_into().ok()?), ColumnKind::Count, self.glossary.lang)
            }
            Some(between) => {
                let texts =
                    table.rows.iter().filter_map(|row| said(row.get(column)?, kind, self.glossary.lang));
                Some(texts.collect::<Vec<_>>().join(between)).filter(|text| !text.is_empty())
            }
        }
    }

    /// The value at a path, and what it is.
    fn cell(&self, path: Path) -> (Cow<'_, Cell>, ColumnKind) {
        let missing = (Cow::Owned(Cell::Missing), ColumnKind::Text);
        let row = |depth: usize| self.rows.get(depth).and_then(|(_, row)| *row);
        let found = match path {
            Path::One(fact) => match self.glossary.facts.get(fact).map(|fact| &fact.value) {
                Some(Told::One(cell, kind)) => Some((Cow::Borrowed(cell), *kind)),
                _ => None,
            },
            Path::Cell(depth, list, column) => self.glossary.list(list).and_then(|table| {
                Some((
                    Cow::Borrowed(table.rows.get(row(depth)?)?.get(column)?),
                    table.columns.get(column)?.kind,
                ))
            }),
            Path::Position(depth) => row(depth)
                .and_then(|row| i64::try_from(row + 1).ok())
                .map(|position| (Cow::Owned(Cell::Count(position)), ColumnKind::Count)),
            Path::All(..) => None,
        };
        found.unwrap_or(missing)
    }

    fn holds(&mut self, condition: &Condition) -> bool {
        match condition {
            Condition::Any(conditions) => conditions.iter().any(|one| self.holds(one)),
            Condition::All(conditions) => conditions.iter().all(|one| self.holds(one)),
            Condition::Not(condition) => !self.holds(condition),
            Condition::Is(Operand::Words(words)) => !words.is_empty(),
            Condition::Is(Operand::Number(number)) => *number != 0.0,
            Condition::Is(Operand::Named(Path::All(list, _))) => {
                self.glossary.list(*list).is_some_and(|table| !table.rows.is_empty())
            }
            Condition::Is(Operand::Named(path)) => {
                let (cell, _) = self.cell(*path);
                !matches!(*cell, Cell::Missing | Cell::Bool(false)) && cell.number() != Some(0.0)
            }
            Condition::Compared(left, sign, right) => self.compared(left, *sign, right).unwrap_or(false),
        }
    }

    /// None if one of the two is missing.
    fn compared(&mut self, left: &Operand, sign: Sign, right: &Operand) -> Option<bool> {
        if let (Some(left), Some(right)) = (self.number(left), self.number(right)) {
            let order = left.partial_cmp(&right)?;
            return Some(match sign {
                Sign::Same => order.is_eq(),
                Sign::Other => order.is_ne(),
                Sign::Less => order.is_lt(),
                Sign::AtMost => order.is_le(),
                Sign::More => order.is_gt(),
                Sign::AtLeast => order.is_ge(),
            });
        }
        let (left, right) = (self.words(left)?, self.words(right)?);
        // Long texts take as much as if they were written.
        let read: usize = left.iter().chain(&right).map(String::len).sum();
        self.left = self.left.saturating_sub(read);
        let is_same = left.iter().any(|one| right.contains(one));
        Some(is_same == (sign == Sign::Same))
    }

    fn number(&self, operand: &Operand) -> Option<f64> {
        match operand {
            Operand::Number(number) => Some(*number),
            Operand::Words(_) => None,
            Operand::Named(path) => self.cell(*path).0.number(),
        }
    }

    /// What a value may be called: a word of a record by its code, or as people of either language read it.
    fn words(&self, operand: &Operand) -> Option<Vec<String>> {
        if let Operand::Named(path) = operand
            && let Cell::Word(code, said) = &*self.cell(*path).0
        {
            return Some(vec![fold(code), fold(&said.vi), fold(&said.en)]);
        }
        self.text(operand, &[]).map(|text| vec![fold(&text)])
    }
}

/// A cell as people read it, with its line ends; none if it is missing.
pub fn said(cell: &Cell, kind: ColumnKind, lang: Lang) -> Option<String> {
    match cell {
        Cell::Missing => None,
        Cell::Text(text) => Some(text.trim().to_owned()),
        Cell::Word(_, said) => Some(said.get(lang).trim().to_owned()),
        cell => Some(shown(cell, kind, lang)),
    }
}

/// A text within a run, whatever letters it has.
fn in_run(text: &str) -> String {
    let text = printable(&with_plain_ends(text)).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    let lines: Vec<Cow<str>> = text.lines().map(escape).collect();
    lines.join("</w:t><w:br/><w:t xml:space=\"preserve\">")
}

/// What Word does not open otherwise: a cell, a frame, a header with no paragraph gets an empty one, and a table without
/// rows goes.
pub fn whole(xml: &str) -> String {
    let xml = without_empty_tables(xml);
    let mut whole = String::with_capacity(xml.len());
    let mut done = 0;
    for (at, _) in xml.match_indices("</w:") {
        let needs = |name: &str| xml[at + 4..].strip_prefix(name).is_some_and(|rest| rest.starts_with('>'));
        let before = last_tag(&xml[..at]);
        let is_cell = needs("tc")
            && !["</w:p>", "<w:p ", "<w:p/", "</w:sdt>"].iter().any(|tag| before.starts_with(tag));
        let is_frame = ["txbxContent", "hdr", "ftr", "footnote", "endnote", "body"].into_iter().any(needs);
        if is_cell || is_frame && !before.starts_with("</") && !before.ends_with("/>") {
            whole.push_str(&xml[done..at]);
            whole.push_str("<w:p/>");
            done = at;
        }
    }
    whole + &xml[done..]
}

/// The last tag of a text, but for marks that may stand anywhere.
fn last_tag(xml: &str) -> &str {
    const MARKS: &[&str] = &["<w:bookmark", "<w:perm", "<w:commentRange", "<w:proofErr", "<w:move"];
    let mut end = xml.len();
    while let Some(at) = xml[..end].rfind('<') {
        if !MARKS.iter().any(|mark| xml[at..].starts_with(mark)) {
            return &xml[at..end];
        }
        end = at;
    }
    ""
}

/// The text without tables that have no rows.
fn without_empty_tables(xml: &str) -> Cow<'_, str> {
    let (mut out, mut done) = (String::new(), 0);
    for (at, end) in xml.match_indices("</w:tbl>") {
        out.push_str(&xml[done..at]);
        done = at;
        let is_empty =
            ["</w:tblGrid", "<w:tblGrid/", "</w:tblPr"].iter().any(|tag| last_tag(&out).starts_with(tag));
        if let Some(start) = out.rfind("<w:tbl>").filter(|_| is_empty) {
            out.truncate(start);
            done = at + end.len();
        }
    }
    if done == 0 { Cow::Borrowed(xml) } else { Cow::Owned(out + &xml[done..]) }
}
