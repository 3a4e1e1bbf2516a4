//! Which of some things a person means by what they typed: never another one in silence.
//!
//! Case, punctuation and missing accents are forgiven, but a word that was typed with accents must have those of the
//! name. A whole name will do in either language; in the language of the call also how it begins, one item of a name that
//! lists several, and two or more words inside it. What fits several things is for the person to settle.

use super::abbreviation::{Abbreviation, Unclear};
use super::field::Choice;
use super::text::Lang;
use super::vietnamese::{alphabetical, fold};
use std::sync::OnceLock;

/// What need not be said at the end of a name: the place is known.
pub const PLACES: &[&str] = &["xã", "phường", "thị trấn", "đặc khu"];

/// A thing that may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    /// The stable word for it, which counts as English.
    pub word: &'a str,
    /// What it is called in Vietnamese.
    pub vi: &'a str,
    /// What it is called in English.
    pub en: &'a str,
}

impl<'a> From<&'a Choice> for Named<'a> {
    fn from(choice: &'a Choice) -> Named<'a> {
        Named { word: choice.word, vi: choice.label.vi, en: choice.label.en }
    }
}

impl Named<'_> {
    /// True if this is its word or what it is called.
    pub fn is(&self, name: &str) -> bool {
        self.word == name || is_same(name, self.vi) || is_same(name, self.en)
    }
}

/// What is written in short, read and made ready to be compared when it is first asked for: most commands never do.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    /// Those of an office.
    own: Vec<Abbreviation>,
    /// Those of all.
    shared: Option<Shared>,
    rows: OnceLock<Vec<Row>>,
}

/// Reads what is written in short for one thing, and for one of several.
pub type Shared = fn() -> (Vec<Abbreviation>, Vec<Unclear>);

/// What may be meant, and how it is written in short.
type Row = (Vec<String>, Vec<Vec<Word>>);

impl Abbreviations {
    /// Those of an office, then those of all.
    pub fn new(own: &[Abbreviation], shared: Shared) -> Abbreviations {
        Abbreviations { own: own.to_vec(), shared: Some(shared), rows: OnceLock::new() }
    }

    fn rows(&self) -> &[Row] {
        self.rows.get_or_init(|| {
            let (clear, unclear) = self.shared.map(|read| read()).unwrap_or_default();
            let clear = self.own.iter().cloned().chain(clear).map(|row| (vec![row.means], row.typed));
            let unclear = unclear.into_iter().map(|row| (row.may_be, row.typed));
            let ready = |typed: Vec<String>| typed.iter().map(|short| words(short)).collect();
            clear.chain(unclear).map(|(means, typed)| (means, ready(typed))).collect()
        })
    }

    /// The things for which this stands; none if it stands for nothing here.
    fn of<'a>(&self, typed: &[Word], among: impl Iterator<Item = Named<'a>> + Clone) -> Vec<Named<'a>> {
        let here = |means: &String| among.clone().find(|named| named.is(means));
        let fits = |(_, short): &&Row| short.iter().any(|short| is_all(typed, short, Word::is_of));
        let fitting = self.rows().iter().filter(fits);
        fitting.map(|(means, _)| means.iter().map(here)).find_map(Iterator::collect).unwrap_or_default()
    }
}

/// The one thing that is meant, by what it is called or what [stands for that](Abbreviations), with or without
/// [a place](PLACES) behind it; else all that may be, of which there are several or none.
pub fn meaning<'a>(
    typed: &str,
    among: impl Iterator<Item = Named<'a>> + Clone,
    lang: Lang,
    short: &Abbreviations,
) -> Result<&'a str, Vec<Named<'a>>> {
    if let Some(named) = among.clone().find(|named| named.word == typed) {
        return Ok(named.word);
    }
    let all = words(typed);
    let bare = without_place(&all);
    let looks: [&dyn Fn() -> Vec<Named<'a>>; 5] = [
        &|| called(&all, among.clone()),
        &|| short.of(&all, among.clone()),
        &|| begun(&all, among.clone(), lang),
        &|| short.of(bare, among.clone()),
        &|| among.clone().filter(|named| is_all(bare, &words(named.vi), Word::is_of)).collect(),
    ];
    // `% nữ` are not `nữ`.
    let looks = if typed.contains(is_sign) { &[] } else { &looks[..] };
    let found = looks.iter().map(|look| look()).find(|found| !found.is_empty()).unwrap_or_default();
    if let [named] = found[..] { Ok(named.word) } else { Err(found) }
}

/// What was typed without the kind of place at its end, if something is left.
fn without_place(typed: &[Word]) -> &[Word] {
    let before = |place: &str| {
        let place = words(place);
        let before = typed.len().checked_sub(place.len()).filter(|before| *before > 0)?;
        is_all(&typed[before..], &place, Word::is_of).then_some(before)
    };
    &typed[..PLACES.iter().find_map(|place| before(place)).unwrap_or(typed.len())]
}

/// All that is called so in either language: with these accents, else without any.
fn called<'a>(typed: &[Word], among: impl Iterator<Item = Named<'a>> + Clone) -> Vec<Named<'a>> {
    let whole = |fits: Fits| {
        let is = |named: &Named| {
            [named.vi, named.en, named.word].map(words).iter().any(|n| is_all(typed, n, fits))
        };
        among.clone().filter(is).collect::<Vec<_>>()
    };
    let exact = whole(Word::has_letters_of);
    if exact.is_empty() { whole(Word::is_of) } else { exact }
}

/// All of whose names in a language a part was typed that stands for the whole; nothing if it says too little.
fn begun<'a>(typed: &[Word], among: impl Iterator<Item = Named<'a>> + Clone, lang: Lang) -> Vec<Named<'a>> {
    let here = |named: &Named| match lang {
        Lang::Vi => vec![words(named.vi)],
        Lang::En => vec![words(named.en), words(named.word)],
    };
    let found: Vec<Named> = among.filter(|n| here(n).iter().any(|name| is_part(typed, name))).collect();
    let says_little = |named: &Named| here(named).iter().any(|name| needs_more(typed, name));
    if matches!(&found[..], [only] if says_little(only)) { Vec::new() } else { found }
}

/// True for the same text, in any case, with its accents or without them.
pub fn is_same(typed: &str, text: &str) -> bool {
    // Most cells hold numbers, and most texts have none.
    let is_other = typed.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains(char::is_numeric);
    !is_other && fold(typed) == fold(text) && !contradicts(typed, text)
}

/// True if a word was typed with accents that are not those of this word in a text.
pub fn contradicts(typed: &str, text: &str) -> bool {
    let text = if typed.is_ascii() { Vec::new() } else { words(text) };
    let differs = |word: &Word| {
        let mut same = text.iter().filter(|other| other.plain == word.plain).peekable();
        same.peek().is_some() && !same.any(|other| word.has_letters_of(other))
    };
    words(typed).iter().any(|word| word.accented && differs(word))
}

/// True if a text has what was typed, from the beginning of a word on.
pub fn mentions(text: &str, typed: &str) -> bool {
    let (text, typed) = (words(text), words(typed));
    let Some((last, before)) = typed.split_last() else { return false };
    text.windows(typed.len()).any(|run| {
        before.iter().zip(run).all(|(typed, word)| typed.is_of(word)) && last.begins(&run[before.len()])
    })
}

/// A word of what was typed, or of a name.
#[derive(Clone, Debug)]
struct Word {
    /// Without case and accents.
    plain: String,
    /// Its letters with their own marks.
    letters: Vec<u64>,
    /// The tone on each letter.
    tones: Vec<u8>,
    /// True if it has accents.
    accented: bool,
    /// True if it comes after a comma or the like: with it another item begins.
    opens: bool,
}

/// Whether a word that was typed is one of a name.
type Fits = fn(&Word, &Word) -> bool;

impl Word {
    fn new(word: &str, opens: bool) -> Word {
        let (letters, tones) = alphabetical(word);
        Word { plain: fold(word), letters, tones, accented: !word.is_ascii(), opens }
    }

    fn has_letters_of(&self, name: &Word) -> bool {
        // `hoà` is `hòa`.
        self.letters == name.letters && self.tones.iter().max() == name.tones.iter().max()
    }

    /// True for the word itself, with its accents or without any.
    fn is_of(&self, name: &Word) -> bool {
        if self.accented { self.has_letters_of(name) } else { self.plain == name.plain }
    }

    /// True for how the word begins.
    fn begins(&self, name: &Word) -> bool {
        match self.accented {
            true => name.letters.starts_with(&self.letters) && name.tones.starts_with(&self.tones),
            false => name.plain.starts_with(&self.plain),
        }
    }
}

/// The words of a text: letters and digits, with anything else between them.
fn words(text: &str) -> Vec<Word> {
    let (mut words, mut opens) = (Vec::new(), false);
    for run in text.split_inclusive(|c: char| !is_letter(c)) {
        let word = run.trim_end_matches(|c| !is_letter(c));
        if !word.is_empty() {
            words.push(Word::new(word, std::mem::take(&mut opens)));
        }
        opens |= run.ends_with([',', ';', '(', ')', '/', ':']);
    }
    words
}

/// True for what words are made of, with marks that are separate from their letters; a tick says something, too.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) || matches!(c, '✓' | '✔')
}

/// True for what is neither a letter nor forgiven: `% nữ` are not `nữ`.
fn is_sign(c: char) -> bool {
    !is_letter(c) && !c.is_whitespace() && !",.;:-–_/()'’&".contains(c)
}

fn is_all(typed: &[Word], name: &[Word], fits: Fits) -> bool {
    !typed.is_empty()
        && typed.len() == name.len()
        && typed.iter().zip(name).all(|(typed, name)| fits(typed, name))
}

/// True if a part of a name was typed that stands for the whole of it.
fn is_part(typed: &[Word], name: &[Word]) -> bool {
    let n = typed.len();
    if n == 0 || n > name.len() {
        return false;
    }
    let at = |start: usize| is_all(typed, &name[start..start + n], Word::is_of);
    let begins = if n == 1 { typed[0].begins(&name[0]) } else { at(0) };
    let is_item = |start: usize| name[start].opens && name.get(start + n).is_none_or(|next| next.opens);
    begins
        || takes_a_place(typed, name)
        || (1..=name.len() - n).any(|start| at(start) && (n > 1 || is_item(start)) && !turns(&name[..start]))
}

/// True if the word after a comma was typed in the place of the one before it: `UBND xã, phường` is `UBND phường` too.
fn takes_a_place(typed: &[Word], name: &[Word]) -> bool {
    let Some((last, before @ [_, ..])) = typed.split_last() else { return false };
    let at = before.len() + 1;
    name.get(at).is_some_and(|item| item.opens && last.is_of(item))
        && name.get(at + 1).is_none_or(|next| next.opens)
        && is_all(before, &name[..at - 1], Word::is_of)
}

/// True for the beginning of a name that says too little: `không` alone does not say what there is none of, unless that is
/// all that the name says (`không có`).
fn needs_more(typed: &[Word], name: &[Word]) -> bool {
    let says_all = |rest: &[Word]| matches!(rest, [only] if only.plain == "co");
    let denies = |first: &Word| matches!(first.plain.as_str(), "khong" | "not" | "no");
    typed.len() == 1 && name.split_first().is_some_and(|(first, rest)| denies(first) && !says_all(rest))
}

/// True for words that make something else of what follows them: its opposite, its deputy, its head.
fn turns(before: &[Word]) -> bool {
    const TURNING: &[&str] =
        &["không", "chưa", "phó", "chủ", "giám", "not", "no", "deputy", "vice", "chair", "director"];
    before.iter().any(|word| TURNING.iter().any(|turning| word.has_letters_of(&Word::new(turning, false))))
}
