//! How a page is drawn: numbered lines, what was reported last, what is known so far. What has changed is drawn again, and
//! nothing else.

use super::{Talk, terminal};
use crate::desk::questions::{Answer, Empty, Line, Page, Question, Slot};
use crate::desk::report::wording::lowered;
use crate::model::field::Kind;
use crate::model::input::unit_of;
use crate::model::number::percentage;
use crate::model::text::{Said, t};
use crate::model::tree::Value;
use crate::model::vietnamese::fold;
use crate::render::{width, wrap};
use crate::say;

/// Longer values of last time are cut.
const REMINDER: usize = 40;
/// So many words stand behind their question; more stand below the page.
const MANY: usize = 6;
/// Of how many parts of a page one is the widest that what was reported last may take.
const SHARE: usize = 5;

impl Talk<'_> {
    /// Draws a page that was not the last one drawn; else what has changed on it.
    pub fn draw(&mut self, page: &Page) {
        let lang = self.call.lang;
        let lines = self.lines(page);
        let is_new = self.drawn.0 != page.part.key || self.drawn.1.is_empty();
        if is_new {
            terminal::print_wrapped(&format!("\n{}", page.part.heading.get(lang)), 0);
            if !page.about.is_empty() {
                terminal::print_wrapped(page.about.get(lang), 0);
            }
        }
        let changed =
            lines.iter().enumerate().filter(|(n, line)| is_new || self.drawn.1.get(*n) != Some(line));
        for (_, line) in changed {
            terminal::print(line);
        }
        self.drawn = (page.part.key.to_owned(), lines);
    }

    /// The lines of a page as they are drawn.
    fn lines(&self, page: &Page) -> Vec<String> {
        let lang = self.call.lang;
        let single = || page.lines.iter().filter(|line| is_single(line));
        let columns = terminal::columns();
        let labels = single().map(|line| width(&self.labelled(line))).max().unwrap_or(0).min(columns * 2 / 5);
        let widths = single().flat_map(|line| [width(&self.last(line)), self.when(line).map_or(0, width)]);
        let lasts = widths.max().unwrap_or(0).min(terminal::columns() / SHARE);
        let (mut under, mut words) = (String::new(), String::new());
        let mut drawn = vec![self.header(page, labels, lasts)];
        for (at, line) in page.lines.iter().enumerate() {
            let mut text = String::new();
            if under != line.under.get(lang) {
                under = line.under.get(lang).to_owned();
                text.push_str(&format!("  {under}\n"));
            }
            for about in line.about.get(lang).lines() {
                text.push_str(&indented(about, 5));
            }
            let number = format!("{:>3}. ", at + 1);
            if is_single(line) {
                let now = self.now(page, &line.slots[0], &mut words);
                let cells = [
                    (self.labelled(line), labels),
                    (self.last(line), lasts),
                    (now, columns.saturating_sub(labels + lasts + 10).max(10)),
                ];
                text.push_str(&row(&number, &cells));
            } else {
                text.push_str(&self.several(page, &number, line));
            }
            drawn.push(text);
        }
        drawn.push(self.offered(page));
        drawn.push(page.sum.get(lang).lines().map(|line| indented(line, 5)).collect());
        drawn
    }

    /// What stands over the columns: when it was reported last.
    fn header(&self, page: &Page, labels: usize, lasts: usize) -> String {
        let mut single = page.lines.iter().filter(|line| is_single(line));
        let Some(when) = single.find_map(|line| self.when(line)) else { return String::new() };
        let now = t("lần này", "this time").get(self.call.lang);
        row("     ", &[(String::new(), labels), (when.to_owned(), lasts), (now.to_owned(), 20)])
    }

    /// When the question of a line was answered last.
    fn when<'l>(&self, line: &'l Line) -> Option<&'l str> {
        line.slots[0].q.last.as_ref().map(|last| last.when.get(self.call.lang))
    }

    /// What a line asks for, with the unit.
    fn labelled(&self, line: &Line) -> String {
        let (label, unit) = (line.label.get(self.call.lang), unit_of(&line.slots[0].q.kind));
        let unit =
            unit.map(|unit| unit.get(self.call.lang)).filter(|unit| !fold(label).contains(&fold(unit)));
        unit.map_or(label.to_owned(), |unit| format!("{label} ({unit})"))
    }

    /// What was reported last for the question of a line.
    fn last(&self, line: &Line) -> String {
        let slot = &line.slots[0];
        slot.q.last.as_ref().map(|last| self.bare(slot, &last.typed)).unwrap_or_default()
    }

    /// What is known for a question so far, or what may be answered. Words that were listed for the line before are not
    /// listed again.
    fn now(&self, page: &Page, slot: &Slot, words: &mut String) -> String {
        match slot.known.as_deref() {
            Some("-") if slot.q.empty != Empty::Ends => "–".to_owned(),
            Some(known) if !slot.is_open() => self.bare(slot, known) + &self.beside_it(page, slot),
            _ => match slot.q.suggested.as_deref().filter(|_| slot.q.empty != Empty::Ends) {
                Some(known) if known != "-" => format!("({})", self.shown(&slot.q, known, usize::MAX)),
                _ => {
                    let listed = self.few_words(slot);
                    let is_told = *words == listed;
                    words.clone_from(&listed);
                    if is_told { "…".to_owned() } else { format!("… {listed}") }
                }
            },
        }
    }

    /// The words that may be answered, if they are few.
    fn few_words(&self, slot: &Slot) -> String {
        let lang = self.call.lang;
        if matches!(slot.q.kind, Kind::Bool) {
            return t("có/không", "yes/no").get(lang).to_owned();
        }
        let labels = slot.q.labels();
        if labels.is_empty() || labels.len() > MANY {
            return String::new();
        }
        numbered(labels.iter().map(|word| word.label.get(lang)))
    }

    /// The words for the first open question that has many.
    fn offered(&self, page: &Page) -> String {
        let next = page.open().map(|(_, slot)| slot).into_iter();
        let mut open = next.chain(page.slots().filter(|slot| slot.is_open()));
        open.find(|slot| slot.q.labels().len() > MANY).map(|slot| self.listed(slot)).unwrap_or_default()
    }

    fn listed(&self, slot: &Slot) -> String {
        let lang = self.call.lang;
        let labels = slot.q.labels();
        let listed = numbered(labels.iter().map(|word| word.label.get(lang)));
        indented(&format!("{}: {listed}", slot.q.short.get(lang)), 5)
    }

    /// A line with several questions: what makes the row, then the others as last time and as they are now.
    fn several(&self, page: &Page, number: &str, line: &Line) -> String {
        let lang = self.call.lang;
        let said =
            |slot: &Slot, typed: &str| format!("{} {}", slot.q.short.get(lang), self.bare(slot, typed));
        let (first, rest) = match line.slots.split_first() {
            Some((first, rest)) if line.is_row && !first.is_open() => (Some(first), rest),
            _ => (None, &line.slots[..]),
        };
        let named = first.and_then(|slot| slot.known.as_deref().map(|known| self.shown(&slot.q, known, 80)));
        let mut text = line.label.get(lang).to_owned();
        if let Some(named) = named {
            text.push_str(&format!(": {named}"));
        }
        let last: Vec<String> =
            rest.iter().filter_map(|slot| Some(said(slot, &slot.q.last.as_ref()?.typed))).collect();
        let when = rest.iter().find_map(|slot| slot.q.last.as_ref()).map(|last| last.when.get(lang));
        let is_known = |slot: &&Slot| slot.known.as_deref().is_some_and(|known| known != "-");
        let now: Vec<String> = rest
            .iter()
            .filter(is_known)
            .map(|slot| said(slot, slot.known.as_deref().unwrap_or_default()) + &self.beside_it(page, slot))
            .collect();
        let open: Vec<&str> = match line.slots.first() {
            Some(slot) if line.is_row && slot.is_open() => {
                line.columns.iter().map(|label| label.get(lang)).collect()
            }
            _ => rest.iter().filter(|slot| slot.known.is_none()).map(|slot| slot.q.short.get(lang)).collect(),
        };
        if last.is_empty() && now.is_empty() && !open.is_empty() {
            text.push_str(&format!(" ({})", open.join("; ")));
        }
        let mut text = format!("{number}{}", wrapped(&text, number.len()));
        if let Some(when) = when {
            text.push_str(&indented(&format!("{when}: {}", last.join("; ")), 7));
        }
        if !now.is_empty() {
            text.push_str(&indented(&format!("→ {}", now.join("; ")), 7));
            if !open.is_empty() {
                text.push_str(&indented(&format!("… {}", open.join("; ")), 7));
            }
        }
        text
    }

    /// A value without its unit, which stands beside the label.
    fn bare(&self, slot: &Slot, typed: &str) -> String {
        let shown = self.shown(
            &slot.q,
            typed,
            if slot.known.as_deref() == Some(typed) { usize::MAX } else { REMINDER },
        );
        match unit_of(&slot.q.kind).and_then(|unit| shown.strip_suffix(unit.get(self.call.lang))) {
            Some(bare) => bare.trim_end().to_owned(),
            None => shown,
        }
    }

    /// What is to be seen beside a figure: how it has changed, and its share of the whole.
    fn beside_it(&self, page: &Page, slot: &Slot) -> String {
        let lang = self.call.lang;
        let both = [self.change(&slot.q, slot.known.as_deref()), self.share(page, slot)];
        let said: Vec<String> = both.into_iter().flatten().map(|said| said.get(lang).to_owned()).collect();
        if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) }
    }

    fn number(&self, q: &Question, typed: Option<&str>) -> Option<f64> {
        match self.asker.read(q, typed?).ok().and_then(Answer::value)?.value {
            Value::Int(n) => Some(n as f64),
            Value::Float(n) => Some(n),
            _ => None,
        }
    }

    /// How a figure has changed: `tăng 12,0%`.
    pub fn change(&self, q: &Question, known: Option<&str>) -> Option<Said> {
        let last = q.last.as_ref().map(|last| &*last.typed);
        let last = self.number(q, last).filter(|last| *last != 0.0)?;
        let change = (self.number(q, known)? - last) * 100.0 / last;
        let percent = percentage(change.abs());
        Some(match change {
            0.0 => t("như lần trước", "as before").into(),
            change if change > 0.0 => say!("tăng {percent}", "up {percent}", [percent]),
            _ => say!("giảm {percent}", "down {percent}", [percent]),
        })
    }

    /// The share of a figure in that of which it is a part: `55,5% của lượt người`.
    fn share(&self, page: &Page, slot: &Slot) -> Option<Said> {
        let (key, label) = slot.q.whole.as_ref()?;
        let whole = page.slots().find(|slot| slot.q.key == *key)?;
        let of = self.number(&whole.q, whole.known.as_deref()).filter(|of| *of > 0.0)?;
        let percent = percentage(self.number(&slot.q, slot.known.as_deref())? * 100.0 / of);
        Some(say!("{percent} của {of}", "{percent} of {of}", [percent, of = lowered(*label)]))
    }
}

fn is_single(line: &Line) -> bool {
    line.slots.len() == 1 && line.columns.len() < 2
}

/// `1 đủ; 2 thiếu; 3 không có`.
fn numbered<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.enumerate().map(|(at, word)| format!("{} {word}", at + 1)).collect::<Vec<_>>().join("; ")
}

/// A text in as many lines as it takes, all of them so far to the right.
fn indented(text: &str, by: usize) -> String {
    let lines = wrap(text, terminal::columns().saturating_sub(by));
    lines.iter().map(|line| format!("{:by$}{line}\n", "")).collect()
}

/// A text in as many lines as it takes, the later ones so far to the right.
fn wrapped(text: &str, by: usize) -> String {
    wrap(text, terminal::columns().saturating_sub(by)).join(&format!("\n{:by$}", "")) + "\n"
}

/// A row of a page: each text in its width, one below the other where it is longer.
fn row(number: &str, cells: &[(String, usize)]) -> String {
    let wrapped: Vec<Vec<String>> =
        cells.iter().map(|(text, columns)| wrap(text, (*columns).max(1))).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for at in 0..height {
        let mut line = if at == 0 { number.to_owned() } else { " ".repeat(number.len()) };
        for (column, lines) in wrapped.iter().enumerate() {
            let part = lines.get(at).map_or("", String::as_str);
            let columns = cells[column].1;
            line.push_str(part);
            line.push_str(&" ".repeat(columns.saturating_sub(width(part)) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
