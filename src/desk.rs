//! What is done with a register, without arguments and without a terminal: each deed is written once, for all callers.

pub mod blank;
pub mod bundle;
pub mod commit;
pub mod error;
pub mod faults;
pub mod find;
pub mod git;
pub mod import;
pub mod list;
pub mod merger;
pub mod naming;
pub mod new_record;
pub mod new_register;
pub mod package;
pub mod photo;
pub mod pick;
pub mod questions;
pub mod repair;
pub mod report;
pub mod resolve;
pub mod save;
pub mod tables;
pub mod typed;
pub mod versions;
pub mod vocabulary;
