//! How far the program is: told at a terminal while it works for longer than a moment, in a line that goes again.

use super::Call;
use super::ask::terminal;
use super::printing;
use crate::model::number::group;
use crate::model::text::Lang;
use crate::say;
use crate::store::parallel;
use std::thread;
use std::time::Duration;

/// How often it is looked how far the program is.
const LOOK: Duration = Duration::from_millis(200);
/// After so many looks it takes long.
const LONG: u32 = 5;

/// From here on tells how far the program is, if a person is there who wants to know and lines can be drawn again.
pub fn watch(call: &Call) {
    if call.quiet || !printing::err_is_read() || !terminal::draws_again() {
        return;
    }
    let lang = call.lang;
    thread::spawn(move || {
        let mut watch = Watch::default();
        loop {
            thread::sleep(LOOK);
            printing::err_passing(watch.look(parallel::worked(), lang).as_deref());
        }
    });
}

/// What has been seen of the work.
#[derive(Debug, Default)]
struct Watch {
    /// For how many looks there has been work without a pause.
    busy: u32,
}

impl Watch {
    /// What to tell now: nothing about work that is done, or has only begun.
    fn look(&mut self, (done, all): (usize, usize), lang: Lang) -> Option<String> {
        self.busy = if done < all { self.busy + 1 } else { 0 };
        let (done, all) = (group(done as i64, lang), group(all as i64, lang));
        let said = say!("đang làm {done}/{all}…", "{done} of {all} done…", [done, all]);
        (self.busy >= LONG).then(|| said.get(lang).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_takes_long_is_told_and_only_until_it_is_done() {
        let mut watch = Watch::default();
        let mut looks = |times: usize, worked| {
            (0..times).map(|_| watch.look(worked, Lang::Vi)).collect::<Vec<_>>().pop().flatten()
        };
        assert_eq!(looks(100, (0, 0)), None);
        assert_eq!(looks(4, (5, 12_000)), None);
        assert_eq!(looks(1, (1_234, 12_000)).as_deref(), Some("đang làm 1.234/12.000…"));
        assert_eq!(looks(1, (12_000, 12_000)), None);
        assert_eq!(looks(4, (12_000, 12_100)), None, "other work begins anew");
        assert_eq!(looks(1, (12_000, 12_100)).as_deref(), Some("đang làm 12.000/12.100…"));
    }
}
