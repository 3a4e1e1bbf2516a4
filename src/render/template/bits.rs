//! A part of a document in Word as tags, words and placeholders. Word cuts a placeholder into runs wherever it likes, and
//! makes its quotes round: here it is one again, at the place where it begins.

use crate::model::text::{Said, Text, t};
use crate::model::vietnamese::compose;
use crate::say;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use std::ops::Range;

/// What a part is made of, in order.
#[derive(Clone, Debug)]
pub enum Bit<'x> {
    /// A tag that opens an element: its name, and the whole of it.
    Open(&'x str, &'x str),
    /// A tag that closes one.
    Close(&'x str, &'x str),
    /// Whatever else is no text of a paragraph.
    Other(&'x str),
    /// Text of a paragraph, as it is read.
    Words(String),
    /// A placeholder.
    Slot(Slot),
}

/// A placeholder.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// What it does.
    pub kind: SlotKind,
    /// What stands in it, with plain quotes and spaces.
    pub inner: String,
    /// As it was typed.
    pub typed: String,
}

/// What a placeholder does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// `{{ … }}` gives a value.
    Gives,
    /// `{% … %}` begins or ends something.
    Bounds(Reach),
    /// The same for the rows of a list that is named in a row or a paragraph; if it has none, there is a row of dots.
    Repeats,
}

/// What lies between two placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What stands between them: `{% … %}`.
    Here,
    /// Whole paragraphs: `{%p … %}`.
    Paragraphs,
    /// Whole rows of a table: `{%tr … %}`.
    Rows,
}

impl Reach {
    /// How it is typed.
    pub fn mark(self) -> &'static str {
        match self {
            Reach::Here => "{% … %}",
            Reach::Paragraphs => "{%p … %}",
            Reach::Rows => "{%tr … %}",
        }
    }
}

/// How deep elements may stand in each other.
const DEEP: usize = 200;

/// The longest placeholder, in bytes.
const LONG: usize = 1000;

/// What is no part of a document in Word.
pub const DAMAGED: Text =
    t("tệp bị hỏng; mở bằng Word rồi lưu lại", "the file is damaged; open it in Word and save it");

/// The bits of a part, and the name of its outermost element.
pub fn read(xml: &str) -> Result<(&str, Vec<Bit<'_>>), Said> {
    let is_none =
        |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if xml.contains(is_none) {
        return Err(DAMAGED.into());
    }
    let (mut reader, mut bits, mut open, mut root) = (Reader::from_str(xml), Vec::new(), Vec::new(), "");
    loop {
        let start = place(&reader);
        let event = reader.read_event().map_err(|_| DAMAGED)?;
        let raw = xml.get(start..place(&reader)).ok_or(DAMAGED)?;
        let is_text = open.last() == Some(&"w:t");
        match event {
            Event::Eof if open.is_empty() && !root.is_empty() => return Ok((root, bits)),
            Event::Eof | Event::DocType(_) => return Err(DAMAGED.into()),
            Event::Start(_) if open.len() >= DEEP => return Err(DAMAGED.into()),
            Event::Start(_) => {
                open.push(name(raw));
                root = if root.is_empty() { name(raw) } else { root };
                bits.push(Bit::Open(name(raw), raw));
            }
            Event::End(_) => {
                open.pop();
                bits.push(Bit::Close(name(raw), raw));
            }
            Event::Text(_) if is_text => add(&mut bits, raw),
            Event::CData(text) if is_text => add(&mut bits, &text),
            Event::GeneralRef(letter) if is_text => add(&mut bits, &referred(&letter).ok_or(DAMAGED)?),
            Event::Text(_) if matches!(open.last(), Some(&("w:instrText" | "m:t"))) && raw.contains("{{") => {
                return Err(say!(
                    "“{raw}”: chỗ điền nằm trong mã trường hay công thức; đưa ra ngoài thành chữ thường",
                    "“{raw}”: the placeholder is in the code of a field or in a formula; make it plain text",
                    [raw]
                ));
            }
            _ => bits.push(Bit::Other(raw)),
        }
    }
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The name in a tag.
fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches(['<', '/']);
    &tag[..tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(tag.len())]
}

fn add(bits: &mut Vec<Bit>, words: &str) {
    match bits.last_mut() {
        Some(Bit::Words(before)) => before.push_str(words),
        _ => bits.push(Bit::Words(words.to_owned())),
    }
}

/// What `&amp;` or `&#233;` stands for.
fn referred(letter: &BytesRef) -> Option<String> {
    if let Some(c) = letter.resolve_char_ref().ok()? {
        return Some(c).filter(|c| *c >= ' ' || matches!(c, '\t' | '\n' | '\r')).map(String::from);
    }
    quick_xml::escape::resolve_xml_entity(letter).map(str::to_owned)
}

/// The same with its placeholders, each at the place where it begins. One that does not end in its paragraph is told.
pub fn with_slots(bits: Vec<Bit<'_>>) -> (Vec<Bit<'_>>, Vec<Said>) {
    let (mut whole, mut wrong, mut held) = (Vec::with_capacity(bits.len()), Vec::new(), Vec::new());
    for bit in bits {
        let ends = matches!(bit, Bit::Open("w:p", _) | Bit::Close("w:p", _));
        held.push(bit);
        if ends {
            wrong.extend(joined(&mut held, &mut whole).err());
        }
    }
    wrong.extend(joined(&mut held, &mut whole).err());
    (whole, wrong)
}

/// Moves what stands between two bounds of paragraphs, with its placeholders put together.
fn joined<'x>(held: &mut Vec<Bit<'x>>, whole: &mut Vec<Bit<'x>>) -> Result<(), Said> {
    let text: String = held.iter().map(read_as).collect();
    let slots = slots(&text).inspect_err(|_| whole.append(held))?;
    if slots.is_empty() {
        whole.append(held);
        return Ok(());
    }
    let (mut slots, mut at, mut done) = (slots.into_iter().peekable(), 0, 0);
    for bit in held.drain(..) {
        match bit {
            Bit::Words(words) => {
                let end = at + words.len();
                while let Some((range, slot)) = slots.next_if(|(range, _)| range.start < end) {
                    whole.extend([Bit::Words(text[done.max(at)..range.start].to_owned()), Bit::Slot(slot)]);
                    done = range.end;
                }
                whole.push(Bit::Words(text[done.max(at).min(end)..end].to_owned()));
                at = end;
            }
            // What stood within a placeholder may now begin or end with a space.
            Bit::Open("w:t", _) => whole.push(Bit::Open("w:t", "<w:t xml:space=\"preserve\">")),
            other => {
                at += read_as(&other).len();
                // A tab or a new line within a placeholder goes with it.
                if read_as(&other).is_empty() || at > done {
                    whole.push(other);
                }
            }
        }
    }
    Ok(())
}

/// What a bit is in the text of its paragraph: a tab or a new line is a space.
fn read_as<'b>(bit: &'b Bit) -> &'b str {
    match bit {
        Bit::Words(words) => words,
        Bit::Other("<w:tab/>" | "<w:br/>" | "<w:cr/>") => " ",
        _ => "",
    }
}

/// The placeholders of a text, and where they stand.
fn slots(text: &str) -> Result<Vec<(Range<usize>, Slot)>, Said> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = text[at..].find('{').map(|n| at + n) {
        let end = match text[start + 1..].chars().next() {
            Some('{') => "}}",
            Some('%') => "%}",
            Some('#') => "#}",
            _ => {
                at = start + 1;
                continue;
            }
        };
        let length = text[start + 2..].find(end).filter(|length| *length <= LONG).ok_or_else(|| {
            let begin: String = text[start..].chars().take(40).collect();
            say!(
                "“{begin}”: chỗ điền không có dấu đóng {end} trong cùng đoạn văn",
                "“{begin}”: the placeholder has no {end} in the same paragraph",
                [begin, end]
            )
        })?;
        at = start + length + 4;
        found.push((start..at, slot(&text[start..at])));
    }
    Ok(found)
}

/// A placeholder as it was typed, with its braces.
fn slot(typed: &str) -> Slot {
    let inner: String = typed[2..typed.len() - 2].chars().filter_map(plain).collect();
    let inner = compose(inner.trim().trim_matches(['-', '+'])).trim().to_owned();
    let reaching = |word: &str| {
        let rest = inner.strip_prefix(word)?;
        rest.starts_with(' ').then(|| rest.trim().to_owned())
    };
    let (kind, inner) = match (&typed[..2], reaching("tr"), reaching("p")) {
        ("{{", ..) => (SlotKind::Gives, inner),
        ("{%", Some(inner), _) => (SlotKind::Bounds(Reach::Rows), inner),
        ("{%", _, Some(inner)) => (SlotKind::Bounds(Reach::Paragraphs), inner),
        ("{%", ..) => (SlotKind::Bounds(Reach::Here), inner),
        // A note of whoever made the template.
        _ => (SlotKind::Gives, "\"\"".to_owned()),
    };
    Slot { kind, inner, typed: typed.to_owned() }
}

/// A letter as a keyboard has it; none for what cannot be seen.
fn plain(c: char) -> Option<char> {
    match c {
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        '“' | '”' | '„' | '«' | '»' | '″' => Some('"'),
        '‘' | '’' | '‚' | '′' => Some('\''),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}
