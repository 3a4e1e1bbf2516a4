//! What stands in a placeholder: a value, a condition, a loop. It is little on purpose: nothing can be computed, called or
//! read from elsewhere.

use super::bits::{Slot, SlotKind};
use super::glossary::{Glossary, Loop, Path, key};
use crate::model::numeral::Numeral;
use crate::model::text::{Said, Text, t};
use crate::say;

/// A placeholder that was understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Tag {
    /// The first of some values that is not missing, and what is done to it.
    Gives(Vec<Operand>, Vec<Change>),
    /// `for … in …`
    For(Loop),
    /// `if …`
    If(Condition),
    /// `elif …`
    ElseIf(Condition),
    /// `else`
    Else,
    /// `endif`
    EndIf,
    /// `endfor`
    EndFor,
}

/// Something with a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// Words between quotes.
    Words(String),
    /// A number.
    Number(f64),
    /// What a name means.
    Named(Path),
}

/// What is done to a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// In capitals.
    Upper,
    /// In small letters.
    Lower,
    /// How many rows a list has.
    Count,
    /// The rows of a list in one text, with this between two.
    Join(String),
}

/// What holds or not.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// It is there, and neither 0 nor *no*; a list has rows.
    Is(Operand),
    /// A comparison. It does not hold if one of the two is missing.
    Compared(Operand, Sign, Operand),
    /// Not so.
    Not(Box<Condition>),
    /// Each of them.
    All(Vec<Condition>),
    /// One of them.
    Any(Vec<Condition>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `==`
    Same,
    /// `!=`
    Other,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// How a sign of comparison may be typed; Word makes `≠`, `≤`, `≥` of some by itself.
const SIGNS: &[(&str, Sign)] = &[
    ("==", Sign::Same),
    ("!=", Sign::Other),
    ("<=", Sign::AtMost),
    (">=", Sign::AtLeast),
    ("=", Sign::Same),
    ("≠", Sign::Other),
    ("≤", Sign::AtMost),
    ("≥", Sign::AtLeast),
    ("<", Sign::Less),
    (">", Sign::More),
];

const CHANGES: &[(&str, Change)] = &[
    ("upper", Change::Upper),
    ("lower", Change::Lower),
    ("count", Change::Count),
    ("join", Change::Join(String::new())),
];

/// Words with which a name cannot go on.
const KEPT: &[&str] = &["and", "or", "not"];

/// Signs that a name may have: `Tăng, giảm (%)`.
const IN_NAMES: &[&str] = &["%", "(", ")", ",", "-", "–", "+", "/", ":", ";"];

/// How many parts a condition may have.
const DEEP: usize = 50;

const HOW: Text = t(
    "viết {{ tên }}, {{ tên or \"…\" }}, {{ tên | upper }}; {% for dòng in danh sách %} … {% endfor %}; {% if tên %} … {% else %} … {% endif %}",
    "write {{ name }}, {{ name or \"…\" }}, {{ name | upper }}; {% for row in list %} … {% endfor %}; {% if name %} … {% else %} … {% endif %}",
);

/// What a placeholder means between the loops around it; if it names a list outside of a loop over it, also that list.
pub fn understood(slot: &Slot, glossary: &Glossary, loops: &[Loop]) -> Result<(Tag, Option<usize>), Said> {
    let mut reading =
        Reading { tokens: tokens(&slot.inner)?, at: 0, glossary, loops, repeats: None, deep: 0 };
    let tag = match slot.kind {
        SlotKind::Gives => reading.gives()?,
        _ => reading.bound(slot)?,
    };
    match reading.tokens.get(reading.at) {
        Some(rest) => Err(not_clear(rest.as_typed())),
        None => Ok((tag, reading.repeats)),
    }
}

fn not_clear(typed: &str) -> Said {
    say!("không hiểu “{typed}”; {how}", "“{typed}” is not understood; {how}", [typed, how = HOW])
}

/// A word, a sign, or words between quotes.
#[derive(Clone, Debug, PartialEq)]
enum Token<'s> {
    Word(&'s str),
    Sign(&'s str),
    Quoted(&'s str),
}

impl<'s> Token<'s> {
    fn as_typed(&self) -> &'s str {
        let (Token::Word(typed) | Token::Sign(typed) | Token::Quoted(typed)) = self;
        typed
    }
}

fn tokens(inner: &str) -> Result<Vec<Token<'_>>, Said> {
    let (mut tokens, mut rest) = (Vec::new(), inner.trim_start());
    while let Some(c) = rest.chars().next() {
        let is_in_word = |c: char| c.is_alphanumeric() || c == '_' || ('\u{300}'..='\u{36f}').contains(&c);
        let is_in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_');
        let length = |is_in: &dyn Fn(char) -> bool| rest.find(|c| !is_in(c)).unwrap_or(rest.len());
        let token = if matches!(c, '"' | '\'') {
            let end = rest[1..].find(c).ok_or_else(|| not_clear(rest))?;
            Token::Quoted(&rest[1..=end])
        } else if c.is_ascii_digit() && length(&is_in_number) >= length(&is_in_word) {
            Token::Word(rest[..length(&is_in_number)].trim_end_matches(['.', ',']))
        } else if is_in_word(c) {
            Token::Word(&rest[..length(&is_in_word)])
        } else {
            let sign = SIGNS.iter().map(|(sign, _)| *sign).find(|sign| rest.starts_with(sign));
            Token::Sign(sign.unwrap_or(&rest[..c.len_utf8()]))
        };
        let quotes = if matches!(token, Token::Quoted(_)) { 2 } else { 0 };
        rest = rest[token.as_typed().len() + quotes..].trim_start();
        tokens.push(token);
    }
    Ok(tokens)
}

struct Reading<'s> {
    tokens: Vec<Token<'s>>,
    at: usize,
    glossary: &'s Glossary<'s>,
    loops: &'s [Loop],
    repeats: Option<usize>,
    deep: usize,
}

impl<'s> Reading<'s> {
    fn takes(&mut self, token: &Token) -> bool {
        let is_next = self.tokens.get(self.at) == Some(token);
        self.at += usize::from(is_next);
        is_next
    }

    fn here(&self) -> Said {
        not_clear(self.tokens.get(self.at).map_or("", Token::as_typed))
    }

    /// The words that stand here one after another, with the signs that a name may have.
    fn words(&self) -> Vec<&'s str> {
        let word = |token: &Token<'s>| match token {
            Token::Word(word) => Some(*word),
            Token::Sign(sign) if IN_NAMES.contains(sign) => Some(*sign),
            _ => None,
        };
        self.tokens.get(self.at..).unwrap_or_default().iter().map_while(word).collect()
    }

    fn gives(&mut self) -> Result<Tag, Said> {
        let mut operands = vec![self.operand()?];
        while self.takes(&Token::Word("or")) {
            operands.push(self.operand()?);
        }
        let mut changes = Vec::new();
        while self.takes(&Token::Sign("|")) {
            changes.push(self.change()?);
        }
        if !changes.iter().any(|change| matches!(change, Change::Count | Change::Join(_))) {
            operands.iter_mut().for_each(|operand| self.as_row(operand));
        }
        Ok(Tag::Gives(operands, changes))
    }

    /// A list that is named where one value is wanted: its row in the loop around, or else in the one that is to be made.
    fn as_row(&mut self, operand: &mut Operand) {
        *operand = self.in_loop(operand.clone());
        if let Operand::Named(Path::All(list, _)) = operand {
            self.repeats = Some(*list);
        }
    }

    /// A list that is named in a loop over it is its row.
    fn in_loop(&self, operand: Operand) -> Operand {
        let Operand::Named(Path::All(list, column)) = operand else { return operand };
        match self.loops.iter().rposition(|around| around.list == list) {
            Some(depth) if column == usize::MAX => Operand::Named(Path::Position(depth)),
            Some(depth) => Operand::Named(Path::Cell(depth, list, column)),
            None => operand,
        }
    }

    fn change(&mut self) -> Result<Change, Said> {
        let typed = self.words().first().copied().unwrap_or_default();
        let found = CHANGES.iter().find(|(name, _)| *name == typed).map(|(_, change)| change.clone());
        self.at += usize::from(found.is_some());
        match found.ok_or_else(|| self.here())? {
            Change::Join(_) => {
                let mut between = "; ".to_owned();
                if self.takes(&Token::Sign("(")) {
                    let Some(Token::Quoted(words)) = self.tokens.get(self.at) else {
                        return Err(self.here());
                    };
                    between = (*words).to_owned();
                    self.at += 1;
                    self.needs(")")?;
                }
                Ok(Change::Join(between))
            }
            other => Ok(other),
        }
    }

    fn needs(&mut self, sign: &str) -> Result<(), Said> {
        if self.takes(&Token::Sign(sign)) { Ok(()) } else { Err(self.here()) }
    }

    fn operand(&mut self) -> Result<Operand, Said> {
        if let Some(Token::Quoted(words)) = self.tokens.get(self.at) {
            self.at += 1;
            return Ok(Operand::Words((*words).to_owned()));
        }
        let words = self.words();
        let Some(first) = words.first() else { return Err(self.here()) };
        let Some((mut path, count)) = self.glossary.path(&words, self.loops) else {
            if first.starts_with(|c: char| c.is_ascii_digit()) {
                return self.number(first);
            }
            return Err(self.glossary.unknown(&name(&words), None));
        };
        self.ends_after(count, &words, None)?;
        if self.takes(&Token::Sign(".")) {
            let words = self.words();
            let found = self.glossary.column(path, &words);
            let (column, count) = found.ok_or_else(|| self.glossary.unknown(&name(&words), Some(path)))?;
            self.ends_after(count, &words, Some(path))?;
            path = column;
        }
        Ok(Operand::Named(path))
    }

    /// Goes on after the words that make a name; if more follow, it is another one.
    fn ends_after(&mut self, count: usize, words: &[&str], of: Option<Path>) -> Result<(), Said> {
        if words.get(count).is_some_and(|word| is_word(word) && !KEPT.contains(word)) {
            return Err(self.glossary.unknown(&name(words), of));
        }
        self.at += count;
        Ok(())
    }

    fn number(&mut self, typed: &str) -> Result<Operand, Said> {
        self.at += 1;
        let read = Numeral::of(typed);
        match (read.whole, read.decimal) {
            (Some(_), Some(_)) | (None, None) => Err(say!(
                "chưa rõ “{typed}” là số nào; viết không có dấu chấm, dấu phẩy giữa các nghìn",
                "it is not clear which number “{typed}” is; write it without marks between the thousands",
                [typed]
            )),
            (one, other) => {
                Ok(Operand::Number(one.or(other).and_then(|digits| digits.parse().ok()).unwrap_or_default()))
            }
        }
    }

    /// What begins or ends something.
    fn bound(&mut self, slot: &Slot) -> Result<Tag, Said> {
        let word = self.words().first().copied().unwrap_or_default();
        self.at += 1;
        match word {
            "for" => self.for_each(slot),
            "if" => self.any().map(Tag::If),
            "elif" => self.any().map(Tag::ElseIf),
            "else" => Ok(Tag::Else),
            "endif" => Ok(Tag::EndIf),
            "endfor" => Ok(Tag::EndFor),
            other => Err(not_clear(other)),
        }
    }

    fn for_each(&mut self, slot: &Slot) -> Result<Tag, Said> {
        let words = self.words();
        let middle = words.iter().position(|word| *word == "in").filter(|at| *at > 0);
        let middle = middle.ok_or_else(|| not_clear(&slot.inner))?;
        let list = words[middle + 1..].join(" ");
        self.at += words.len();
        match self.glossary.fact(&list) {
            Some(fact) if self.glossary.list(fact).is_some() => {
                Ok(Tag::For(Loop { row: key(&words[..middle].join(" ")), list: fact }))
            }
            Some(_) => Err(say!("“{list}” không phải là danh sách", "“{list}” is not a list", [list])),
            None => Err(self.glossary.unknown(&list, None)),
        }
    }

    fn any(&mut self) -> Result<Condition, Said> {
        let mut conditions = vec![self.all()?];
        while self.takes(&Token::Word("or")) {
            conditions.push(self.all()?);
        }
        Ok(Condition::Any(conditions))
    }

    fn all(&mut self) -> Result<Condition, Said> {
        let mut conditions = vec![self.one()?];
        while self.takes(&Token::Word("and")) {
            conditions.push(self.one()?);
        }
        Ok(Condition::All(conditions))
    }

    fn one(&mut self) -> Result<Condition, Said> {
        self.deep += 1;
        if self.deep > DEEP {
            return Err(self.here());
        }
        if self.takes(&Token::Word("not")) {
            return Ok(Condition::Not(Box::new(self.one()?)));
        }
        if self.takes(&Token::Sign("(")) {
            let inner = self.any()?;
            return self.needs(")").map(|()| inner);
        }
        let left = self.operand()?;
        let left = self.in_loop(left);
        let typed = self.tokens.get(self.at).map_or("", Token::as_typed);
        let Some((_, sign)) = SIGNS.iter().find(|(sign, _)| *sign == typed) else {
            return Ok(Condition::Is(left));
        };
        self.at += 1;
        let right = self.operand()?;
        let right = self.in_loop(right);
        let compares_words = [&left, &right].into_iter().any(|operand| !self.is_number(operand));
        if compares_words && !matches!(sign, Sign::Same | Sign::Other) {
            return Err(say!(
                "“{typed}” chỉ so sánh được các số",
                "“{typed}” can compare numbers only",
                [typed]
            ));
        }
        Ok(Condition::Compared(left, *sign, right))
    }

    fn is_number(&self, operand: &Operand) -> bool {
        match operand {
            Operand::Words(_) => false,
            Operand::Number(_) => true,
            Operand::Named(path) => self.glossary.kind(*path).is_some_and(|kind| kind.is_number()),
        }
    }
}

/// The words that may have been meant as a name.
fn name(words: &[&str]) -> String {
    words
        .iter()
        .take_while(|word| is_word(word) && !KEPT.contains(word))
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}
