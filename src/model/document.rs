//! Documents, before any format: a title, and under it blocks in the order in which they are read.

use super::picture::Picture;
use super::table::Table;
use super::text::Said;

/// What stands where nothing is known, to be filled by hand.
pub const DOTS: &str = "……………";

/// What every format draws. A table is a document of one block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The stable name, used for files.
    pub name: String,
    /// What stands above the title of an official document; none for a table.
    pub head: Option<Head>,
    /// The title; each of its lines is a line of its own. Empty if that of the first table is enough.
    pub title: Said,
    /// What follows the title.
    pub blocks: Vec<Block>,
}

/// The head of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II), with what it is about, which stands
/// below its title. The national motto belongs to it, and is the same in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The body above the one that issues it; empty if there is none, or none is told.
    pub parent: String,
    /// The body that issues it.
    pub office: String,
    /// Number and sign: `Số: 03/BB-PGDĐT`, with dots for what is not known.
    pub number: Said,
    /// Place and day: `Uông Bí, ngày 27 tháng 10 năm 2016`. Empty in minutes, whose text tells both.
    pub dateline: Said,
    /// What it is about, below the title.
    pub subject: Said,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The heading of what follows, with its number if it has one.
    Heading(Level, Said),
    /// What a document is based on (Căn cứ …): each ends with a semicolon, the last with a full stop.
    Bases(Vec<Said>),
    /// Running text.
    Paragraph(Said),
    /// Short texts, one per line.
    List(Vec<Said>),
    /// A table with its title, its notes and its picture.
    Table(Box<Table>),
    /// A photograph with its caption.
    Picture(Picture),
    /// So many dotted lines, to be filled by hand.
    Dots(usize),
    /// Who signs, and who gets a copy.
    Foot(Foot),
    /// An annex, which begins a page: its title, and what it belongs to.
    Annex(Said, Said),
}

/// How far down a heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `I.`
    Part,
    /// `1.`
    Section,
    /// `a)`
    Point,
}

/// The foot of an official document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foot {
    /// Who signs, from left to right.
    pub signatures: Vec<Signature>,
    /// Who gets a copy (Nơi nhận).
    pub recipients: Vec<Said>,
}

/// The place where a person signs.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    /// As what; each of its lines is a line of its own: `TM. ĐOÀN KIỂM TRA`, `TRƯỞNG ĐOÀN`.
    pub role: Said,
    /// The name below the signature; empty where it is not known.
    pub name: String,
}

impl From<Table> for Document {
    fn from(table: Table) -> Document {
        Document { name: table.name.clone(), blocks: vec![table.into()], ..Document::default() }
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Block {
        Block::Table(Box::new(table))
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
