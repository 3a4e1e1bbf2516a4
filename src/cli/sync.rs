//! `ttht sync`: receives what others have saved, merges it by value, and sends what was saved here.

use super::error::{Error, Exit};
use super::options::ALLOW_FAULTS;
use super::outcome::judging;
use super::{Call, Command};
use crate::desk::sync::{End, Synced, Wish, sync};
use crate::model::number::many;
use crate::model::text::t;
use crate::say;
use clap::ArgMatches;
use std::path::Path;

/// The row of the command.
pub const SYNC: Command = Command::new(
    "sync",
    t(
        "Nhận bản lưu của người khác, gộp, rồi gửi bản lưu của mình",
        "Receive what others have saved, merge it, and send what was saved here",
    ),
    || vec![ALLOW_FAULTS.help("Vẫn gửi dù số liệu có lỗi", "Send even if the data have errors").row],
    run,
);

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let root = call.root()?;
    call.bring_together(&root, matches)
}

impl Call {
    /// Brings a register and the place where it is shared together, and tells what came of it.
    pub fn bring_together(&self, root: &Path, matches: &ArgMatches) -> Result<Exit, Error> {
        let can_ask = self.can_ask(matches);
        self.must_know_who(root, can_ask)?;
        let program = std::env::current_exe().map_err(|error| Error::io(Path::new("ttht"), &error))?;
        let program = program.to_string_lossy();
        let judging = judging(matches);
        let synced = sync(root, &Wish { program: &program, today: self.today, can_ask, judging })?;
        self.report_synced(&synced)
    }

    fn report_synced(&self, synced: &Synced) -> Result<Exit, Error> {
        let Synced { place, received, came, sent, faults, end, store } = synced;
        if *came > 0 {
            let came = many(*came, "bản lưu", "save");
            self.tell(&say!("Đã nhận {came} từ {place}:", "{came} received from {place}:", [came, place]));
            self.show_changes(store, received)?;
        }
        self.draw(faults);
        match end {
            End::Open => Err(Error::faults(
                say!(
                    "cùng một chỗ, hai nơi ghi khác nhau; chưa gửi gì",
                    "two people have written different values in the same place; nothing was sent"
                ),
                say!(
                    "chọn: ttht resolve; rồi chạy lại: ttht sync",
                    "choose: ttht resolve; then run again: ttht sync"
                ),
            )),
            End::HeldBack => Err(Error::faults(
                say!(
                    "bản lưu của mình có lỗi; chưa gửi gì",
                    "what was saved here has errors; nothing was sent"
                ),
                say!(
                    "sửa, lưu (ttht save), rồi chạy lại; hoặc thêm --allow-faults",
                    "correct them, save (ttht save) and run it again, or add --allow-faults"
                ),
            )),
            End::Same if *sent > 0 => {
                let sent = many(*sent, "bản lưu", "save");
                self.tell(&say!("Đã gửi {sent} tới {place}.", "{sent} sent to {place}.", [sent, place]));
                Ok(Exit::Well)
            }
            End::Same => {
                if *came == 0 {
                    self.tell(&say!(
                        "Không có gì để nhận hay gửi.",
                        "There is nothing to receive or to send."
                    ));
                }
                Ok(Exit::Well)
            }
        }
    }
}
