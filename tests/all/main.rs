//! One test binary: what a user would see, and what holds the house together. Where a real terminal, a signal, a link, or a program that
//! stands in for another is needed, a test is not there on Windows.

#![allow(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

mod always;
#[cfg(unix)]
mod ask;
mod blank;
mod cells;
mod changes;
mod circles;
mod columns;
mod compared;
mod completing;
mod copies;
#[cfg(unix)]
mod drafts;
mod encodings;
mod environment;
mod fields;
mod fixes;
mod forms;
mod fresh;
mod git;
#[cfg(unix)]
mod guide;
#[cfg(windows)]
mod held;
mod hostile;
mod house;
mod import;
#[cfg(unix)]
mod interviews;
#[cfg(unix)]
mod licences;
#[cfg(unix)]
mod lines;
mod links;
mod merges;
mod official;
#[cfg(unix)]
mod outputs;
#[cfg(unix)]
mod pages;
mod papers;
#[cfg(unix)]
mod pdf;
mod plant;
mod questions;
mod reports;
mod resolves;
mod rules;
mod saves;
mod schemas;
#[cfg(unix)]
mod screens;
mod shell;
mod syncs;
#[cfg(unix)]
mod tabs;
mod templates;
mod terms;
mod there_and_back;
mod tools;
mod totals;
mod transcript;
mod transcripts;
mod words;
mod workbooks;
mod writes;
