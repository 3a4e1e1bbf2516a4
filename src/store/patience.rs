//! Patience with other programs: Windows refuses a file to whoever comes while Excel, Word, a virus scanner or a program that
//! synchronises has it open, usually not for long.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// How often something is tried that another program is in the way of.
const TRIES: usize = 8;

/// What is waited between two tries.
const PAUSE: Duration = Duration::from_millis(100);

/// True if another program that has the file open is why Windows refused.
pub fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && error.raw_os_error().is_some_and(says_held)
}

/// The errors of Windows for a file that is open elsewhere, has a locked part, or is mapped into memory.
fn says_held(code: i32) -> bool {
    matches!(code, 32 | 33 | 1224)
}

/// True for what may pass: that a file is held, or an access that is denied, as Windows says of a file that is held where
/// another one is to take its place, and of one that is about to go.
fn may_pass(error: &io::Error) -> bool {
    is_held(error) || cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied
}

/// Does something with a file; again, while another program has it open.
pub fn patiently<T>(work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    again_while(may_pass, work)
}

/// Why a file could not be replaced or removed: Windows calls it a denied access also where another program holds the file.
pub fn reason(path: &Path, refused: io::Error) -> io::Error {
    match cfg!(windows).then(|| File::options().write(true).open(path)) {
        Some(Err(held)) if is_held(&held) => held,
        _ => refused,
    }
}

/// Removes a file.
pub fn remove(path: &Path) -> io::Result<()> {
    patiently(|| fs::remove_file(path)).map_err(|refused| reason(path, refused))
}

/// Opens a file to read it.
pub fn open(path: &Path) -> io::Result<File> {
    patiently(|| File::open(path))
}

fn again_while<T>(
    may_pass: impl Fn(&io::Error) -> bool,
    mut work: impl FnMut() -> io::Result<T>,
) -> io::Result<T> {
    for _ in 1..TRIES {
        match work() {
            Err(error) if may_pass(&error) => sleep(PAUSE),
            done => return done,
        }
    }
    work()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_for_a_moment_is_waited_for_and_nothing_else() {
        let held = |error: &io::Error| error.raw_os_error().is_some_and(says_held);
        let tries = |code: i32, times: usize| {
            let mut tried = 0;
            let done = again_while(held, || {
                tried += 1;
                if tried > times { Ok(()) } else { Err(io::Error::from_raw_os_error(code)) }
            });
            (done.is_ok(), tried)
        };
        assert_eq!(tries(32, 2), (true, 3));
        assert_eq!(tries(33, 99), (false, TRIES));
        assert_eq!(tries(2, 2), (false, 1));
    }
}
