//! Pictures that are sent. See `bodies/pictures.rs`.
#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::pictures::hold(data));
