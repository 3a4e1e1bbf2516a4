//! The limit of the machine: every file of some folders opened and read once, by two threads, and nothing else done.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Reads all files of some folders. Returns how many bytes.
pub fn read(folders: &[PathBuf]) -> io::Result<usize> {
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
            loop {
                match file.read(&mut buffer)? {
                    0 => break,
                    n => bytes += n,
                }
            }
            black_box(&buffer);
        }
        Ok(bytes)
    };
    thread::scope(|scope| {
        let other = scope.spawn(run);
        let own: io::Result<usize> = run();
        let other = other.join().unwrap_or_else(|_| Err(io::Error::other("a thread gave up")));
        Ok(own? + other?)
    })
}
