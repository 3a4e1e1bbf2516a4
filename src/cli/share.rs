//! `ttht share FOLDER`: a place on a network drive or a USB stick through which several people keep one register.

use super::error::{Error, Exit};
use super::options::{ALLOW_FAULTS, FOLDER, Opt, arg};
use super::{Call, Command};
use crate::desk::share::share;
use crate::model::shell;
use crate::model::text::t;
use crate::say;
use clap::ArgMatches;
use std::path::PathBuf;

/// The row of the command.
pub const SHARE: Command = Command::new(
    "share",
    t(
        "Lập nơi dùng chung sổ trên ổ mạng hay USB",
        "Make a place to share the register, on a network drive or a USB stick",
    ),
    || {
        let allow_faults =
            ALLOW_FAULTS.help("Vẫn gửi dù số liệu có lỗi", "Send even if the data have errors");
        vec![PLACE.row, allow_faults.row]
    },
    run,
);

const PLACE: Opt<PathBuf> = arg(
    "folder",
    FOLDER,
    "Thư mục mới, hoặc nơi mà người khác đã lập",
    "A new folder, or a place that somebody has made already",
)
.required();

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let root = call.root()?;
    let typed = PLACE.get(matches).cloned().unwrap_or_default();
    let folder = std::path::absolute(&typed).map_err(|error| Error::io(&typed, &error))?;
    let place = share(&root, &folder)?;
    let exit = call.bring_together(&root, matches)?;
    call.tell(&say!(
        "Người khác lấy sổ về máy: git clone {place} so; sau đó ở mỗi máy: ttht save, ttht sync",
        "Others get the register with: git clone {place} register; from then on everyone uses: ttht save, ttht sync",
        [place = shell::typed(&place)]
    ));
    Ok(exit)
}
