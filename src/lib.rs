//! Records of community learning centres (trung tâm học tập cộng đồng, TTHTCĐ) and their yearly inspection.
//!
//! ```text
//! ┌───────────────────────────────────────────────────────────────────────────────┐
//! │      cli      arguments, the clock, the terminal, printing, the exit code     │   roof
//! ├───────────────────────────────────────────────────────────────────────────────┤
//! │      desk     what is done: find, judge, repair, commit, import, export, ask  │
//! ├───────────────────┬───────────────────┬───────────────────┬───────────────────┤
//! │       store       │       check       │      summary      │      render       │   four rooms:
//! │  files <-> text   │ records -> faults │ records -> tables │ documents, faults │   none names
//! │                   │                   │                   │  -> text, bytes   │   another
//! ├───────────────────┴───────────────────┴───────────────────┴───────────────────┤
//! │      toml     text <-> tree <-> record; touches no file                       │
//! ├───────────────────────────────────────────────────────────────────────────────┤
//! │      model    plain data: records, fields, history, faults, documents         │   ground
//! └───────────────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! `ARCHITECTURE.md` tells why, and how things are added; `tests/all/house.rs` holds the walls.

pub mod check;
pub mod cli;
pub mod desk;
pub mod model;
pub mod render;
pub mod store;
pub mod summary;
pub mod toml;
