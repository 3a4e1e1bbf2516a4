//! The readers of TOML against each other and against the crate. See `bodies/readers.rs`.
#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::readers::hold(data));
