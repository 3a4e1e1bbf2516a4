//! Records of community learning centres (trung tâm học tập cộng đồng, TTHTCĐ) and their yearly inspection.
//!
//! ```text
//! ┌───────────────────────────────────────────────────────────────────────────────┐
//! │         cli      arguments, the clock, printing, the exit code                │   roof
//! ├───────────────────┬───────────────────┬───────────────────┬───────────────────┤
//! │       store       │       check       │      summary      │      render       │   four rooms:
//! │ files <-> records │ records -> faults │ records -> tables │  tables, faults   │   none names
//! │                   │                   │                   │  -> text, bytes   │   another
//! ├───────────────────┴───────────────────┴───────────────────┴───────────────────┤
//! │       model      plain data: records, fields, history, faults, tables         │   ground
//! └───────────────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! `ARCHITECTURE.md` tells why, and how things are added; `tests/all/house.rs` holds the walls.

pub mod check;
pub mod cli;
pub mod model;
pub mod render;
pub mod store;
pub mod summary;
