//! One test binary: what a user would see, and what holds the house together.

mod fields;
mod house;
mod licences;
mod plant;
mod rules;
mod transcript;
mod transcripts;
#[cfg(unix)]
mod writes;
