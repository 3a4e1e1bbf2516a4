//! Workbooks that are sent. See `bodies/workbooks.rs`.
#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::workbooks::hold(data));
