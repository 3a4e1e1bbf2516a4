//! The same work for many items, on all cores, with the results in the order of the items.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many results are in memory at the same time.
const CHUNK: usize = 2048;

static ALL: AtomicUsize = AtomicUsize::new(0);
static DONE: AtomicUsize = AtomicUsize::new(0);

/// How many items are done, and how many there were to work on so far.
pub fn worked() -> (usize, usize) {
    (DONE.load(Ordering::Relaxed), ALL.load(Ordering::Relaxed))
}

/// Works on each item, on all cores, and hands the results over in order. With fewer than `least` items, a second
/// thread would cost more than it gains.
pub fn each<T: Sync, R: Send>(
    items: &[T],
    least: usize,
    work: impl Fn(&T) -> R + Sync,
    mut sink: impl FnMut(R),
) {
    ALL.fetch_add(items.len(), Ordering::Relaxed);
    let work = |item: &T| {
        let result = work(item);
        DONE.fetch_add(1, Ordering::Relaxed);
        result
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if threads == 1 || items.len() < least {
        items.iter().for_each(|item| sink(work(item)));
        return;
    }
    for chunk in items.chunks(CHUNK) {
        let next = AtomicUsize::new(0);
        let run = || {
            let mut done = Vec::with_capacity(chunk.len() / threads + 1);
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = chunk.get(at) else { return done };
                done.push((at, work(item)));
            }
        };
        let mut done: Vec<(usize, R)> = thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
            let own = run();
            let others = others.into_iter().flat_map(|other| match other.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            own.into_iter().chain(others).collect()
        });
        done.sort_unstable_by_key(|(at, _)| *at);
        done.into_iter().for_each(|(_, result)| sink(result));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..5000).collect();
        let mut results = Vec::new();
        super::each(&items, 16, |n| n * 2, |n| results.push(n));
        assert!(results.iter().enumerate().all(|(n, result)| *result == n * 2));
        assert_eq!(results.len(), 5000);
    }
}
