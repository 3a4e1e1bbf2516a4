//! The same work for many items, on all cores, with the results in the order of the items.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// How many results of other threads may wait until this one has finished an item.
const WAITING: usize = 64;

static ALL: AtomicUsize = AtomicUsize::new(0);
static DONE: AtomicUsize = AtomicUsize::new(0);

/// How many items are done, and how many there were to work on so far.
pub fn worked() -> (usize, usize) {
    (DONE.load(Ordering::Relaxed), ALL.load(Ordering::Relaxed))
}

/// Works on each item, on all cores, and hands the results over in order, each as soon as those before it are there: few
/// are in memory at the same time. With fewer than `least` items, a second thread would cost more than it gains.
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
    let next = AtomicUsize::new(0);
    let take = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        items.get(at).map(|item| (at, work(item)))
    };
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(WAITING);
        for _ in 1..threads {
            let sender = sender.clone();
            // Nobody listens any more only if the work is given up.
            scope.spawn(move || while take().is_some_and(|done| sender.send(done).is_ok()) {});
        }
        drop(sender);
        let (mut first, mut waiting) = (0, BTreeMap::new());
        let mut hand_over = |(at, result)| {
            waiting.insert(at, result);
            while let Some(result) = waiting.remove(&first) {
                sink(result);
                first += 1;
            }
        };
        while let Some(done) = take() {
            hand_over(done);
            receiver.try_iter().for_each(&mut hand_over);
        }
        receiver.iter().for_each(hand_over);
    });
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
