//! Runs the program and turns the outcome into an exit code.

use std::process::ExitCode;

/// A record is some hundred small texts, and a check reads and drops thousands of records a second.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(ttht::cli::run())
}
