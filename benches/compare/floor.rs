//! The limit of the machine: every file of some folders is opened and read once, by two threads, and nothing else is done.
//! With `parse`, each is also parsed as TOML by the fastest parser there is, and the result is dropped.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Reads all files of some folders. Returns the number of bytes.
pub fn read(folders: &[PathBuf], parse: bool) -> io::Result<usize> {
    let mut paths = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                paths.push(entry.path());
            }
        }
    }
    let next = AtomicUsize::new(0);
    let run = || {
        let (mut buffer, mut bytes) = (vec![0; 1 << 16], 0);
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut file = File::open(path)?;
            let mut end = 0;
            loop {
                match file.read(&mut buffer[end..])? {
                    0 => break,
                    n => end += n,
                }
            }
            bytes += end;
            black_box(&buffer);
            if parse {
                let text = str::from_utf8(&buffer[..end]).map_err(io::Error::other)?;
                let arena = toml_spanner::Arena::new();
                black_box(toml_spanner::parse(text, &arena).is_ok());
            }
        }
        Ok(bytes)
    };
    thread::scope(|scope| {
        let other = scope.spawn(run);
        let own: io::Result<usize> = run();
        let other = other.join().unwrap_or_else(|_| Err(io::Error::other("a thread panicked")));
        Ok(own? + other?)
    })
}
