//! `ttht add-photo VISIT FILE…`: photographs of a visit, copied into the register with the rows that name them. All of
//! them, or none.

use super::error::{Error, Exit};
use super::options::{ALLOW_FAULTS, DAY, DRY_RUN, Opt, PATH, TEXT, arg, id, opt};
use super::outcome::judging;
use super::{Call, Command};
use crate::desk::find::own_record;
use crate::desk::offered::Completion;
use crate::desk::photo::{Told, added};
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::field::Refers;
use crate::model::text::t;
use crate::say;
use clap::ArgMatches;
use std::path::PathBuf;

/// The row of the command.
pub const ADD_PHOTO: Command = Command::new(
    "add-photo",
    t("Thêm ảnh của một lần kiểm tra", "Add photographs of a visit"),
    || vec![OF_VISIT.row, FILES.row, CAPTION.row, TAKEN.row, CREDIT.row, ALLOW_FAULTS.row, DRY_RUN.row],
    run,
);

const OF_VISIT: Opt<String> = arg(
    "visit",
    id(Refers::Visit),
    "Lần kiểm tra, ví dụ 2016-10-27-yen-thanh",
    "The visit, such as 2016-10-27-yen-thanh",
)
.required();
const FILES: Opt<PathBuf> = arg(
    "file",
    PATH,
    "Ảnh JPEG, PNG, WebP; được chép vào photos/, xoay đúng chiều, thu nhỏ, bỏ toạ độ nơi chụp và số máy",
    "Pictures in JPEG, PNG or WebP; they are copied into photos/, upright, small, without place and serial number",
)
.completed(Completion::File(|| vec!["jpg", "jpeg", "png", "webp"]))
.many()
.required();
const CAPTION: Opt<String> = opt(
    "caption",
    TEXT,
    "Chú thích: một --caption chung cho các ảnh, hoặc mỗi ảnh một --caption theo thứ tự",
    "What they show: once for all, or once for each in their order",
)
.many();
const TAKEN: Opt<Day> = opt(
    "taken",
    DAY,
    "Ngày chụp (mặc định: theo máy ảnh)",
    "When they were taken (default: as the camera says)",
);
const CREDIT: Opt<String> = opt("credit", TEXT, "Người chụp", "Who took them");

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let pen = call.pen(matches)?;
    let visit = OF_VISIT.text(matches).unwrap_or_default();
    let target = own_record(&pen.store, visit, Some(RecordKind::Visit.word()))?;
    let files = FILES.files(matches)?;
    let captions: Vec<&str> = CAPTION.all(matches).map(String::as_str).collect();
    let told = Told { captions: &captions, taken: TAKEN.get(matches).copied(), credit: CREDIT.text(matches) };
    let (change, pictures) = added(&pen, &target, &files, &told, call.speaker(&pen.store))?;
    let exit = call.commit_with(&pen, vec![change], &pictures, judging(matches))?;
    if call.has_written() {
        call.tell(&say!(
            "Đã ghi vào sổ. Bước tiếp theo: ttht show {visit}",
            "Written to the register. Next: ttht show {visit}",
            [visit]
        ));
    }
    Ok(exit)
}
