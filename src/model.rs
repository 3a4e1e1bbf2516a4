//! Plain data: records, the rows that describe them, and what is made of them. Touches no file, clock, terminal,
//! argument parser or printer (except [`day::Day::today`], which asks the machine when it is called).

pub mod abbreviation;
pub mod asking;
pub mod blank;
pub mod campaign;
pub mod centre;
pub mod date;
pub mod day;
pub mod document;
pub mod fact;
pub mod fault;
pub mod field;
pub mod figures;
pub mod filename;
pub mod foreign;
pub mod form;
pub mod history;
pub mod id;
pub mod identity;
pub mod input;
pub mod json;
pub mod keyed;
pub mod kind;
pub mod leaf;
pub mod literacy;
pub mod lookalike;
pub mod meaning;
pub mod number;
pub mod numeral;
pub mod path;
pub mod period;
pub mod picture;
pub mod rating;
pub mod register;
pub mod relative;
pub mod said;
pub mod scheme;
pub mod settings;
pub mod sheet;
pub mod shell;
pub mod spoken;
pub mod statement;
pub mod syllable;
pub mod table;
pub mod target;
pub mod text;
pub mod tree;
pub mod unit;
pub mod usual;
pub mod vietnamese;
pub mod visit;

use field::{Field, Kind, field};
pub use kind::RecordKind;

/// The one free table in every file: kept as it is, and never interpreted.
pub const EXTRA: Field = field("extra", "Ghi thêm", "Extra", Kind::Free);

/// True if two values are the same, as far as they are known.
fn agree<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one == other)
}
