//! Documents, before any format: a title, and under it blocks in the order in which they are read.

use super::table::Table;
use super::text::Said;

/// What every format draws. A table is a document of one block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The stable name, used for files.
    pub name: String,
    /// The title; each of its lines is a line of its own. Empty if that of the first table is enough.
    pub title: Said,
    /// What follows the title.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The heading of what follows.
    Heading(Said),
    /// Running text.
    Paragraph(Said),
    /// Short texts, one per line.
    List(Vec<Said>),
    /// A table with its title, its notes and its picture.
    Table(Box<Table>),
    /// Who signs, side by side.
    Signatures(Vec<Signature>),
}

/// The place where a person signs.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    /// As what.
    pub role: Said,
    /// The name below the signature.
    pub name: String,
}

impl From<Table> for Document {
    fn from(table: Table) -> Document {
        Document {
            name: table.name.clone(),
            title: Said::default(),
            blocks: vec![Block::Table(Box::new(table))],
        }
    }
}

impl Document {
    /// What it is called: its own title, else that of its first table.
    pub fn called(&self) -> Option<&Said> {
        std::iter::once(&self.title)
            .chain(self.tables().map(|table| &table.title))
            .find(|title| !title.is_empty())
    }

    /// Its tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(&**table),
            _ => None,
        })
    }
}
