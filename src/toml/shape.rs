//! Faults of form and of reference: a tree is checked against its field rows. What is faulty is taken out of the tree,
//! so that the rest can be used and nothing is reported twice.

mod lost;
mod words;

use super::codes;
use super::known::Known;
use super::print;
use crate::model::EXTRA;
use crate::model::date::Date;
use crate::model::day::{Day, YEARS};
use crate::model::fault::{Code, Fault, Fix};
use crate::model::field::{Field, Form, Kind, MONEY_MAX, Refers, Vocabulary};
use crate::model::id::VisitId;
use crate::model::input::{Speaker, read};
use crate::model::meaning::is_same;
use crate::model::number;
use crate::model::numeral;
use crate::model::path::Trail;
use crate::model::settings::Labelled;
use crate::model::spoken;
use crate::model::text::{Lang, Said, did_you_mean, is_bidi, is_plain, nearest, use_one_of};
use crate::model::tree::{Entry, Node, Span, Value};
use crate::model::vietnamese::{compose, is_composed, slug};
use crate::say;
use words::{example, found};

/// Checks a tree against the rows of its record. Returns the faults, with their bytes.
pub fn shape(tree: &mut Node, fields: &'static [Field], known: &Known, file: &str, text: &str) -> Vec<Fault> {
    let mut walk = Walk { known, file, text, faults: Vec::new(), untold: 0 };
    walk.table(fields, tree, &Trail::Root);
    if let Some(last) = walk.faults.get_mut(MOST) {
        (last.message, last.help) = more(walk.untold + 1);
    }
    lost::headers(walk.faults, fields)
}

/// More faults than a person mends one by one; the next one says how many there are.
const MOST: usize = 1000;

/// Tells that there are more faults than are told.
fn more(faults: usize) -> (Said, Said) {
    (
        say!(
            "từ đây còn {faults} lỗi nữa trong tệp này",
            "there are {faults} more errors in this file from here on",
            [faults]
        ),
        say!("sửa các lỗi trên rồi chạy lại", "correct those above and run it again"),
    )
}

/// The row that is meant. Keys are usually in the order of their rows, so the one after the last is tried first.
pub fn row<T>(rows: &[T], next: &mut usize, is: impl Fn(&T) -> bool) -> Option<usize> {
    let ahead = rows.get(*next..)?.iter().position(&is).map(|by| *next + by);
    let at = ahead.or_else(|| rows[..*next].iter().position(is))?;
    *next = at + 1;
    Some(at)
}

/// True for a whole number that is valid there.
pub fn count_fits(kind: &Kind, number: i64) -> bool {
    kind.most().is_some_and(|most| (0..=most).contains(&number))
}

/// True for a decimal number that is valid there.
pub fn measure_fits(kind: &Kind, number: f64) -> bool {
    matches!(kind, Kind::Measure(_)) && (0.0..=MONEY_MAX as f64).contains(&number)
}

/// True for a text that has the required form, whatever its letters.
pub fn form_fits(kind: &Kind, text: &str, known: &Known) -> bool {
    match kind {
        Kind::Text | Kind::Prose => true,
        Kind::Choice(choices) => choices.iter().any(|choice| choice.word == text),
        Kind::Id(Refers::Visit) => VisitId::parse(text).is_some(),
        Kind::Id(refers) => known.ids(*refers).allow(text),
        Kind::Form(form) => form.fits(text),
        Kind::Date => matches!(Date::parse(text), Some(Date::Month(..) | Date::Year(_))),
        _ => false,
    }
}

/// True for a text that is valid there, down to its last letter.
pub fn text_fits(kind: &Kind, text: &str, known: &Known) -> bool {
    let clean = || hidden(kind, text).is_none() && is_composed(text);
    form_fits(kind, text, known) && !text.trim().is_empty() && (is_plain(text) || clean())
}

/// A character that cannot be seen and must not be there.
fn hidden(kind: &Kind, text: &str) -> Option<char> {
    let lines = matches!(kind, Kind::Prose);
    let hidden = |c: &char| (c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'))) || is_bidi(*c);
    text.chars().find(hidden)
}

struct Walk<'t> {
    known: &'t Known,
    file: &'t str,
    text: &'t str,
    faults: Vec<Fault>,
    /// How many faults were found after those that are told.
    untold: usize,
}

impl<'t> Walk<'t> {
    fn note(&mut self, code: &Code, span: Span, path: &Trail, message: Said, help: Said) -> bool {
        if self.faults.len() > MOST {
            self.untold += 1;
            return false;
        }
        let fault = Fault::new(code, self.file, message, help).at(path.written());
        self.faults.push(Fault { span: Some(span), ..fault });
        false
    }

    /// Notes what is certainly meant in place of the last fault.
    fn meant(&mut self, text: Option<String>) -> bool {
        if self.faults.len() <= MOST
            && let Some(fault) = self.faults.last_mut()
        {
            fault.fix = text.map(Fix::Write);
        }
        false
    }

    /// A table with the rows of its keys. True if it may be used, with what was faulty taken out.
    fn table(&mut self, fields: &'static [Field], node: &mut Node, path: &Trail) -> bool {
        let span = node.span.clone();
        let Value::Table(entries) = &mut node.value else { return false };
        let (mut meant, mut next) = (Vec::new(), 0);
        entries.retain_mut(|entry| match row(fields, &mut next, |field| field.key == entry.key) {
            Some(at) => {
                let field = &fields[at];
                self.value(&field.kind, &mut entry.node, &Trail::Key(path, field.key))
            }
            None => {
                let words: Vec<_> =
                    fields.iter().map(|field| field.key).filter(|key| *key != EXTRA.key).collect();
                meant.extend(self.unknown(entry, &words, path));
                false
            }
        });
        for field in fields.iter().filter(|field| field.required) {
            let there = entries.iter().any(|entry| entry.key == field.key);
            if !there && !meant.contains(&field.key) {
                self.missing(field, span.clone(), &Trail::Key(path, field.key));
            }
        }
        true
    }

    /// Reports a required key that is missing, unless its value was faulty.
    fn missing(&mut self, field: &Field, span: Span, path: &Trail) {
        let written = path.written();
        let is_of_key = |fault: &Fault| fault.key.as_deref().is_some_and(|key| key.starts_with(&written));
        if !self.faults.iter().any(is_of_key) {
            let Field { key, label, .. } = field;
            let message = say!("thiếu “{label}” ({key})", "“{label}” ({key}) is missing", [label, key]);
            self.note(&codes::MISSING_KEY, span, path, message, example(field));
        }
    }

    /// Reports an unknown key. Returns the one that was meant, if one is similar enough.
    fn unknown(&mut self, entry: &Entry, words: &[&'static str], path: &Trail) -> Option<&'static str> {
        let key = entry.key.as_ref();
        let meant = nearest(key, words.iter().copied());
        let list = || {
            say!(
                "{list}; ghi chú riêng để trong [extra]",
                "{list}; notes of your own belong in [extra]",
                [list = use_one_of(words.iter().copied())]
            )
        };
        let help = meant.map_or_else(list, did_you_mean);
        let message = say!("không có mục “{key}” ở đây", "there is no key “{key}” here", [key]);
        self.note(&codes::UNKNOWN_KEY, entry.key_span.clone(), &Trail::Key(path, key), message, help);
        words.iter().copied().find(|word| Some(*word) == meant)
    }

    /// A value of a kind. True if it may be used.
    fn value(&mut self, kind: &Kind, node: &mut Node, path: &Trail) -> bool {
        match (kind, &mut node.value) {
            (Kind::Section(fields) | Kind::Inline(fields), Value::Table(_)) => self.table(fields, node, path),
            (Kind::Free, Value::Table(_)) => true,
            (Kind::Rows(_), Value::List(items)) => self.rows(kind, items, path),
            (Kind::List(inner), Value::List(items)) => {
                let mut index = 0;
                items.retain_mut(|item| {
                    index += 1;
                    self.value(inner, item, &Trail::Index(path, index - 1))
                });
                true
            }
            (Kind::Keyed { by, entry, .. }, Value::Table(entries)) => {
                let (words, mut next) = (self.known.vocabularies.words(*by), 0);
                entries.retain_mut(|e| {
                    let path = Trail::Key(path, &e.key);
                    if let Some(field) = kind.row(&e.key) {
                        return self.value(&field.kind, &mut e.node, &path);
                    }
                    let is = |word: &Labelled| word.id == e.key;
                    let there = words.is_some_and(|words| row(words, &mut next, is).is_some());
                    let fits = there
                        || match (by, words) {
                            (Vocabulary::Schemes, Some(_)) => {
                                self.id(Refers::Scheme, &e.key, &e.key_span, &path)
                            }
                            _ => self.word(&e.key, &e.key_span, words, &path),
                        };
                    fits && self.value(entry, &mut e.node, &path)
                });
                true
            }
            (_, Value::Text(text)) if text_fits(kind, text, self.known) => true,
            (Kind::Text | Kind::Prose | Kind::Form(_) | Kind::Id(_) | Kind::Choice(_), Value::Text(text)) => {
                let text = std::mem::take(text);
                let fine = self.text(kind, &text, &node.span, path);
                // Rules see composed letters, so that separate accents are reported once.
                node.value =
                    Value::Text(if is_plain(&text) { text } else { compose(&text).into_owned().into() });
                fine
            }
            (Kind::Day, Value::Day(_)) | (Kind::Time, Value::Time(_)) | (Kind::Bool, Value::Bool(_)) => true,
            (Kind::Date, Value::Day(_)) => true,
            (Kind::Day | Kind::Date, Value::OtherTime(_) | Value::Text(_)) | (Kind::Date, Value::Int(_)) => {
                self.bad_date(kind, node, path)
            }
            (Kind::Count(_) | Kind::Money | Kind::Measure(_), Value::Int(number)) => {
                let most = kind.most().unwrap_or(MONEY_MAX);
                count_fits(kind, *number) || self.out_of_range(*number < 0, most, node, path)
            }
            (Kind::Measure(_), Value::Float(number)) => {
                measure_fits(kind, *number) || self.out_of_range(*number < 0.0, MONEY_MAX, node, path)
            }
            (Kind::Count(_) | Kind::Money, Value::Float(_)) => self.float_for_count(node, path),
            _ => self.wrong_type(kind, node, path),
        }
    }

    /// The rows of a list. True if all of them are tables.
    fn rows(&mut self, kind: &Kind, items: &mut [Node], path: &Trail) -> bool {
        let mut tables = true;
        for (index, item) in items.iter_mut().enumerate() {
            let path = Trail::Index(path, index);
            tables &= match item.value {
                Value::Table(_) => self.table(kind.fields(), item, &path),
                _ => self.wrong_type(kind, item, &path),
            };
        }
        tables
    }

    fn raw(&self, span: &Span) -> &'t str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    fn float_for_count(&mut self, node: &Node, path: &Trail) -> bool {
        let raw = self.raw(&node.span);
        let whole = number::grouped_by_points(raw);
        let help = match &whole {
            Some(whole) => {
                let digits = whole.replace('_', "");
                say!("nếu là {digits} thì viết {whole}", "for {digits} write {whole}", [digits, whole])
            }
            None => say!("viết số nguyên, không có dấu chấm", "write a whole number, without a point"),
        };
        let message = say!(
            "{raw} là số thập phân; ở đây cần số nguyên",
            "{raw} is a decimal number; a whole number belongs here",
            [raw]
        );
        self.note(&codes::FLOAT_FOR_COUNT, node.span.clone(), path, message, help);
        self.meant(whole)
    }

    fn out_of_range(&mut self, negative: bool, max: i64, node: &Node, path: &Trail) -> bool {
        let raw = self.raw(&node.span);
        let message = if negative {
            say!("{raw} nhỏ hơn 0", "{raw} is less than 0", [raw])
        } else {
            say!("{raw} quá lớn", "{raw} is too large", [raw])
        };
        let help =
            say!("viết số từ 0 đến {max}", "write a number from 0 to {max}", [max = numeral::in_words(max)]);
        self.note(&codes::OUT_OF_RANGE, node.span.clone(), path, message, help)
    }

    fn bad_date(&mut self, kind: &Kind, node: &Node, path: &Trail) -> bool {
        let raw = self.raw(&node.span);
        let typed = raw.trim_matches(['"', '\'']).trim();
        let part = spoken::part_of_date(typed).filter(|_| matches!(kind, Kind::Date));
        let part = part.map(|part| print::quoted(&part.to_string()));
        let day = part.clone().or_else(|| Some(Day::parse_typed(typed)?.to_string()));
        let help = match &day {
            Some(part) if part.starts_with('"') => say!("viết {part}", "write {part}", [part]),
            Some(day) => say!("viết {day}, không có ngoặc kép", "write {day}, without quotes", [day]),
            None => {
                let [first, last] = [YEARS.start(), YEARS.end()].map(i32::to_string);
                say!(
                    "viết năm-tháng-ngày như 2016-10-27, từ năm {first} đến {last}",
                    "write year-month-day, such as 2016-10-27, from {first} to {last}",
                    [first, last]
                )
            }
        };
        let message = say!("{raw} không phải là ngày", "{raw} is not a date", [raw]);
        self.note(&codes::BAD_DATE, node.span.clone(), path, message, help);
        self.meant(day)
    }

    fn wrong_type(&mut self, kind: &Kind, node: &Node, path: &Trail) -> bool {
        let message = say!(
            "ở đây cần {wanted}, không phải {found}",
            "{wanted} belongs here, not {found}",
            [wanted = kind.called(), found = found(&node.value)]
        );
        // A value in quotes is read as if it had been typed; none of them is a day, so any date will do for today.
        let short = &self.known.vocabularies.short;
        let typed =
            || read(kind, node.text()?, Speaker { lang: Lang::Vi, today: Day::new(2000, 1, 1)?, short }).ok();
        let meant = typed().filter(|_| kind.is_scalar()).map(|value| print::inline(kind, &value));
        let help = match (kind, &node.value) {
            _ if meant.is_some() => {
                let meant = meant.as_deref().unwrap_or_default();
                say!("viết {meant}, không có ngoặc kép", "write {meant}, without quotes", [meant])
            }
            (Kind::Count(_) | Kind::Money | Kind::Measure(_), Value::Text(_)) => {
                say!("viết bằng chữ số", "write digits")
            }
            (Kind::Bool, _) => say!("viết true (có) hoặc false (không)", "write true or false"),
            (Kind::Time, _) => {
                say!("viết giờ:phút:giây, ví dụ 08:00:00", "write hour:minute:second, such as 08:00:00")
            }
            (Kind::List(_), _) => {
                say!("viết trong ngoặc vuông: [\"…\", \"…\"]", "write it in brackets: [\"…\", \"…\"]")
            }
            (Kind::Rows(_), _) => {
                let path = path.written();
                say!(
                    "viết mỗi dòng số liệu dưới một dòng [[{path}]]",
                    "write each under a line [[{path}]]",
                    [path]
                )
            }
            (Kind::Section(_) | Kind::Keyed { .. } | Kind::Free, _) => {
                let path = path.written();
                say!("viết dưới một dòng [{path}]", "write it under a line [{path}]", [path])
            }
            (Kind::Inline(fields), _) => {
                let key = fields.first().map_or("", |field| field.key);
                say!("viết {{ {key} = … }}", "write {{ {key} = … }}", [key])
            }
            _ => say!("viết trong ngoặc kép: \"…\"", "write it in quotes: \"…\""),
        };
        self.note(&codes::WRONG_TYPE, node.span.clone(), path, message, help);
        self.meant(meant)
    }

    /// A key that is not in its vocabulary. True if any word will do.
    fn word(&mut self, word: &str, span: &Span, words: Option<&[Labelled]>, path: &Trail) -> bool {
        let Some(words) = words else { return self.form(Form::Word, word, span, path) };
        let message = say!("không có mục “{word}”", "there is no entry “{word}”", [word]);
        let labels =
            words.iter().map(|known| (known.id.as_str(), [known.label.vi.as_str(), known.label.en.as_str()]));
        self.note(&codes::UNKNOWN_KEY, span.clone(), path, message, meant(word, labels))
    }

    fn text(&mut self, kind: &Kind, text: &str, span: &Span, path: &Trail) -> bool {
        if text.trim().is_empty() {
            let message = say!("văn bản trống", "the text is empty");
            let help = say!("không có thông tin thì bỏ cả dòng", "if it is not known, leave the line out");
            return self.note(&codes::EMPTY_TEXT, span.clone(), path, message, help);
        }
        if !is_plain(text) && !self.looks_fine(kind, text, span, path) {
            return false;
        }
        match kind {
            Kind::Choice(choices) => {
                choices.iter().any(|choice| choice.word == text) || {
                    let message =
                        say!("“{text}” không có trong danh sách", "“{text}” is not in the list", [text]);
                    let words =
                        choices.iter().map(|choice| (choice.word, [choice.label.vi, choice.label.en]));
                    let certain = by_label(text, words.clone()).map(print::quoted);
                    let help = match &certain {
                        Some(word) => say!("viết {word}", "write {word}", [word]),
                        None => meant(text, words),
                    };
                    self.note(&codes::UNKNOWN_WORD, span.clone(), path, message, help);
                    self.meant(certain)
                }
            }
            Kind::Id(refers) => self.id(*refers, text, span, path),
            Kind::Form(form) => self.form(*form, text, span, path),
            _ => true,
        }
    }

    fn form(&mut self, form: Form, text: &str, span: &Span, path: &Trail) -> bool {
        form.fits(text) || {
            let called = form.called();
            let message = say!("“{text}” không phải là {called}", "“{text}” is not {called}", [text, called]);
            self.note(&codes::BAD_FORM, span.clone(), path, message, form.help(text));
            self.meant(form.certainly_meant(text).as_deref().map(print::quoted))
        }
    }

    /// A closer look at the characters of a text.
    fn looks_fine(&mut self, kind: &Kind, text: &str, span: &Span, path: &Trail) -> bool {
        if let Some(c) = hidden(kind, text) {
            let code = format!("U+{:04X}", u32::from(c));
            let message = say!(
                "có ký tự điều khiển {code} trong văn bản",
                "there is a control character {code} in the text",
                [code]
            );
            let help = say!("xoá ký tự ấy và gõ lại", "delete it and type the text again");
            self.note(&codes::CONTROL_CHARACTER, span.clone(), path, message, help);
            // Marks of direction only come with what is pasted; of other characters there is no telling.
            let upright = |text: &str| text.replace(is_bidi, "");
            let clean = upright(text);
            let is_clean = hidden(kind, &clean).is_none() && !clean.trim().is_empty();
            return self.meant(is_clean.then(|| print::rewritten(self.raw(span), text, upright)));
        }
        if !is_composed(text) {
            let message =
                say!("chữ có dấu tách rời (Unicode tổ hợp)", "accents are separate from their letters");
            let help = say!(
                "chạy `ttht fmt`, hoặc gõ lại bằng Unicode dựng sẵn",
                "run `ttht fmt`, or type it again in composed Unicode"
            );
            self.note(&codes::NOT_COMPOSED, span.clone(), path, message, help);
            self.meant(Some(print::rewritten(self.raw(span), text, |text| compose(text).into_owned())));
        }
        true
    }

    fn id(&mut self, refers: Refers, id: &str, span: &Span, path: &Trail) -> bool {
        if refers == Refers::Visit {
            return VisitId::parse(id).is_some() || {
                let message =
                    say!("“{id}” không phải là mã một lần kiểm tra", "“{id}” is not the id of a visit", [id]);
                let help = say!(
                    "viết ngày-trung tâm: 2016-10-27-yen-thanh",
                    "write date-centre: 2016-10-27-yen-thanh"
                );
                self.note(&codes::BAD_FORM, span.clone(), path, message, help)
            };
        }
        let known = self.known;
        let ids = known.ids(refers);
        if ids.allow(id) {
            return true;
        }
        let message = say!(
            "không có {named} “{id}” trong sổ",
            "there is no {named} “{id}” in the register",
            [named = refers.label(), id]
        );
        let words = ids.all().map(|id| (id, [""; 2]));
        self.note(&codes::UNKNOWN_REFERENCE, span.clone(), path, message, meant(id, words))
    }
}

/// What was meant by a word that is not in a list: the word whose label it is, a near one, or the list.
fn meant<'a>(word: &str, words: impl Iterator<Item = (&'a str, [&'a str; 2])> + Clone) -> Said {
    let near = || nearest(word, words.clone().map(|(known, _)| known));
    let list = || use_one_of(words.clone().map(|(known, _)| known));
    by_label(word, words.clone()).or_else(near).map_or_else(list, did_you_mean)
}

/// The word that was written as its label or in other letters, if there is only one such word.
fn by_label<'a>(word: &str, words: impl Iterator<Item = (&'a str, [&'a str; 2])> + Clone) -> Option<&'a str> {
    let slug = slug(word);
    let is_label = |label: &&str| is_same(word, label);
    let mut found = words.filter(|(known, labels)| *known == slug || labels.iter().any(is_label));
    let (known, _) = found.next()?;
    found.next().is_none().then_some(known)
}
