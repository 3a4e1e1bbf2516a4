//! A paper while it is written: its parts and sections are numbered as they come (I., 1.).

use crate::model::document::{Block, Level};
use crate::model::text::{Said, Text};
use crate::say;

/// The blocks so far, and how many parts and sections there are.
#[derive(Default)]
pub struct Outline {
    /// What is written.
    pub blocks: Vec<Block>,
    parts: usize,
    sections: usize,
}

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

impl Outline {
    /// Begins a part: `I.`
    pub fn part(&mut self, heading: impl Into<Said>) {
        let (number, heading) = (ROMAN[self.parts % ROMAN.len()], heading.into());
        (self.parts, self.sections) = (self.parts + 1, 0);
        let heading = say!("{number}. {heading}", "{number}. {heading}", [number, heading]);
        self.blocks.push(Block::Heading(Level::Part, heading));
    }

    /// Begins a section: `1.`
    pub fn section(&mut self, heading: impl Into<Said>) {
        self.sections += 1;
        let (number, heading) = (self.sections, heading.into());
        let heading = say!("{number}. {heading}", "{number}. {heading}", [number, heading]);
        self.blocks.push(Block::Heading(Level::Section, heading));
    }

    /// A section whose text goes on behind its heading; where nothing is known, so many dotted lines.
    pub fn told(&mut self, heading: impl Into<Said>, sentences: Vec<Said>, lines: usize) {
        self.sections += 1;
        let (number, heading, text) = (self.sections, heading.into(), Said::join(sentences, " "));
        if text.is_empty() {
            self.paragraph(say!("{number}. {heading}:", "{number}. {heading}:", [number, heading]));
            return self.add(Block::Dots(lines));
        }
        self.paragraph(say!(
            "{number}. {heading}: {text}",
            "{number}. {heading}: {text}",
            [number, heading, text]
        ));
    }

    /// Adds a block.
    pub fn add(&mut self, block: impl Into<Block>) {
        self.blocks.push(block.into());
    }

    /// Adds the annexes that have something in them, with Roman numbers if there are several (Nghị định 30/2020/NĐ-CP,
    /// Phụ lục I).
    pub fn annexes(&mut self, all: impl IntoIterator<Item = (Text, Vec<Block>)>, of: &Said) {
        let all: Vec<_> = all.into_iter().filter(|(_, inner)| !inner.is_empty()).collect();
        let several = all.len() > 1;
        for ((title, inner), number) in all.into_iter().zip(ROMAN) {
            let number = if several { format!(" {number}") } else { String::new() };
            let title = say!("PHỤ LỤC{number}\n{title}", "ANNEX{number}\n{title}", [number, title]);
            self.add(Block::Annex(title, of.clone()));
            self.blocks.extend(inner);
        }
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: impl Into<Said>) {
        self.add(Block::Paragraph(text.into()));
    }

    /// Adds a paragraph of some sentences; where nothing is known, so many dotted lines.
    pub fn text_or_dots(&mut self, sentences: Vec<Said>, lines: usize) {
        let text = Said::join(sentences, " ");
        self.add(if text.is_empty() { Block::Dots(lines) } else { Block::Paragraph(text) });
    }

    /// Adds a list; where nothing is known, so many dotted lines.
    pub fn list_or_dots(&mut self, items: Vec<Said>, lines: usize) {
        self.add(if items.is_empty() { Block::Dots(lines) } else { Block::List(items) });
    }
}
