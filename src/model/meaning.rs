//! Which of some things a person means by what they typed: never another one in silence.
//!
//! Case, punctuation and missing accents are forgiven, but a word that was typed with accents must have those of the
//! name. A whole name will do in either language; in the language of the call also how it begins, one item of a name that
//! lists several, and two or more words inside it. What fits several things is for the person to settle.

use super::abbreviation::{NAMES, PLACES};
use super::field::Choice;
use super::settings::Labelled;
use super::text::Lang;
use super::vietnamese::{alphabetical, fold};
use std::sync::LazyLock;

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

impl<'a> From<&'a Labelled> for Named<'a> {
    fn from(labelled: &'a Labelled) -> Named<'a> {
        Named { word: &labelled.id, vi: &labelled.label.vi, en: &labelled.label.en }
    }
}

/// The words of what a thing is called in Vietnamese and in English, and of the word for it.
type Names = [Vec<Word>; 3];

/// The one thing that is meant, by what it is called or what [stands for that](NAMES), with or without [a place](PLACES)
/// behind it; else all that may be, of which there are several or none.
pub fn meaning<'a>(
    typed: &str,
    among: impl Iterator<Item = Named<'a>> + Clone,
    lang: Lang,
) -> Result<&'a str, Vec<Named<'a>>> {
    let nothing = match called(typed, among.clone(), lang) {
        Err(several) if several.is_empty() => several,
        found => return found,
    };
    let typed = words(typed);
    let bare = without_place(&typed);
    let is_bare = |name: &str| bare.len() < typed.len() && is_all(bare, &words(name), Word::is_of);
    let full =
        in_full(&typed).chain(in_full(bare)).find_map(|name| among.clone().find(|n| is_same(n.vi, name)));
    let found = full.or_else(|| among.clone().find(|named| is_bare(named.vi)));
    found.map_or(Err(nothing), |named| Ok(named.word))
}

/// The names that are written in short so.
fn in_full(typed: &[Word]) -> impl Iterator<Item = &'static str> {
    static SHORT: LazyLock<Vec<(&str, Vec<Word>)>> = LazyLock::new(|| {
        let each = |(name, short): &(&'static str, &'static str)| {
            short.split(';').map(|s| (*name, words(s))).collect::<Vec<_>>()
        };
        NAMES.iter().flat_map(each).collect()
    });
    SHORT.iter().filter(|(_, short)| is_all(typed, short, Word::is_of)).map(|(name, _)| *name)
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

/// The one thing that is called so; else all that may be.
fn called<'a>(
    typed: &str,
    among: impl Iterator<Item = Named<'a>> + Clone,
    lang: Lang,
) -> Result<&'a str, Vec<Named<'a>>> {
    if let Some(named) = among.clone().find(|named| named.word == typed) {
        return Ok(named.word);
    }
    let typed = if typed.contains(is_sign) { Vec::new() } else { words(typed) };
    let among: Vec<(Named, Names)> =
        among.map(|named| (named, [named.vi, named.en, named.word].map(words))).collect();
    let here = if lang == Lang::Vi { 0..1 } else { 1..3 };
    let whole = |names: &Names, fits: Fits| names.iter().any(|name| is_all(&typed, name, fits));
    let part = |names: &Names| names[here.clone()].iter().any(|name| is_part(&typed, name));
    let looks: [&dyn Fn(&Names) -> bool; 3] =
        [&|names| whole(names, Word::has_letters_of), &|names| whole(names, Word::is_of), &part];
    let found = looks.iter().map(|fits| among.iter().filter(|(_, names)| fits(names)).collect::<Vec<_>>());
    let found = found.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
    match found[..] {
        [(_, names)]
            if !whole(names, Word::is_of) && names[here].iter().any(|name| needs_more(&typed, name)) =>
        {
            Err(Vec::new())
        }
        [(named, _)] => Ok(named.word),
        _ => Err(found.into_iter().map(|(named, _)| *named).collect()),
    }
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
#[derive(Debug)]
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

/// True for what words are made of, with marks that are separate from their letters.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// True for what is neither a letter nor forgiven: `% nữ` are not `nữ`.
fn is_sign(c: char) -> bool {
    !is_letter(c) && !c.is_whitespace() && !",.;:-–_/()'’".contains(c)
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
