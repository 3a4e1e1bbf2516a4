//! One test binary: what a user would see, and what holds the house together.

#![allow(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

mod always;
#[cfg(unix)]
mod ask;
mod blank;
mod cells;
mod changes;
mod circles;
#[cfg(unix)]
mod compared;
mod copies;
#[cfg(unix)]
mod drafts;
mod encodings;
mod environment;
mod fields;
mod fixes;
mod forms;
mod fresh;
#[cfg(unix)]
mod git;
#[cfg(unix)]
mod hostile;
mod house;
mod import;
#[cfg(unix)]
mod interviews;
mod licences;
#[cfg(unix)]
mod lines;
#[cfg(unix)]
mod merges;
mod official;
#[cfg(unix)]
mod outputs;
mod pages;
mod papers;
#[cfg(unix)]
mod pdf;
mod plant;
mod questions;
mod reports;
#[cfg(unix)]
mod resolves;
mod rules;
#[cfg(unix)]
mod saves;
#[cfg(unix)]
mod screens;
mod shell;
#[cfg(unix)]
mod syncs;
mod templates;
mod terms;
mod there_and_back;
mod tools;
mod totals;
mod transcript;
mod transcripts;
mod words;
mod workbooks;
#[cfg(unix)]
mod writes;
