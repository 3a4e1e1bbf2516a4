//! Values put, taken out, and files formatted. See `bodies/edits.rs`.
#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::edits::hold(data));
