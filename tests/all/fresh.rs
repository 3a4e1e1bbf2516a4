//! Fresh folders to work in, copies of registers, and work done on all cores.

use crate::transcript::root;
use std::fs;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use tempfile::TempDir;
use ttht::check::ONCE;
use ttht::desk::faults::{of_named, of_register};
use ttht::model::day::Day;
use ttht::model::fault::Fault;
use ttht::store::Store;

/// A fresh folder, in memory if the system has a file system there: syncing it waits for no disk. For tests of what a
/// disk does there is `tempfile::tempdir`.
pub fn fresh() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// Copies a folder and everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Lets a script be run, where the system asks whether it may.
pub fn may_run(script: &Path) {
    #[cfg(unix)]
    fs::set_permissions(script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    #[cfg(not(unix))]
    let _ = script;
}

/// Makes a folder the example register.
pub fn example(folder: &Path) {
    copy(&root().join("examples/uong-bi"), folder);
}

/// The file of a statement that is made up.
pub const STATEMENT: &str = "statements/2014-2015.toml";

/// Puts it into a register.
pub fn state(folder: &Path) {
    let seed = fs::read_to_string(root().join("fuzz/seeds/readers/statement")).unwrap();
    fs::create_dir_all(folder.join("statements")).unwrap();
    fs::write(folder.join(STATEMENT), seed.split_once('\n').unwrap().1).unwrap();
}

/// Does the same for each item, on all cores. The results come in any order.
pub fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || items.get(next.fetch_add(1, Ordering::Relaxed));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let worker = || std::iter::from_fn(take).map(&work).collect::<Vec<R>>();
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

/// Every fault of a register, as `ttht check` finds them, but without a process: for tests that ask a thousand times. On
/// the way it is held that a file that is named by itself has the same ones.
pub fn faults(register: &Path, today: &str) -> Vec<Fault> {
    let (store, today) = (Store::open(register).unwrap(), Day::parse_typed(today).unwrap());
    let faults = of_register(&store, today).unwrap().faults;
    for faults in faults.chunk_by(|one, other| one.file == other.file) {
        let file = &faults[0].file;
        let mut named = of_named(&store, today, std::slice::from_ref(file)).unwrap().faults;
        named.retain(|fault| fault.file == *file);
        let of_the_file = faults.iter().filter(|fault| !is_of_all(fault) || named.contains(fault));
        assert_eq!(named.iter().collect::<Vec<_>>(), of_the_file.collect::<Vec<_>>());
    }
    faults
}

/// True for what is told once for the whole register.
fn is_of_all(fault: &Fault) -> bool {
    ONCE.contains(&fault.code)
}
