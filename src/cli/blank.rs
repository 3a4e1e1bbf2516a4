//! `ttht form`: a workbook for each centre, to be filled by it and read back by `ttht import`.

use super::error::{Error, Exit};
use super::options::{NOTHING, Opt, PATH, PERIOD, arg, id, opt, to_make};
use super::pick;
use super::{Call, Command};
use crate::desk::blank::{Made, Wanted, make};
use crate::desk::offered::Completion;
use crate::model::field::Refers;
use crate::model::number::many;
use crate::model::period::Period;
use crate::model::shell;
use crate::model::text::{Said, t};
use crate::model::visit::VisitKind;
use crate::say;
use crate::store::loose;
use clap::ArgMatches;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The row of the command.
pub const FORM: Command = Command::new(
    "form",
    t("Lập phiếu Excel để trung tâm điền số liệu", "Make a workbook for a centre to fill in"),
    || vec![WHOSE.row, ALL.row, AREA.row, OF_CAMPAIGN.row, SELF_CHECK.row, REPORT.row, ABOUT.row, TO.row],
    run,
);

const WHOSE: Opt<String> = arg(
    "centre",
    id(Refers::Centre),
    "Trung tâm; hoặc mã của một lần kiểm tra đã có trong sổ",
    "A centre, or the id of a visit that is in the register",
)
.many();
const ALL: Opt<bool> = opt(
    "all",
    NOTHING,
    "Tất cả trung tâm của đợt; không theo đợt nào thì tất cả trung tâm đang hoạt động",
    "Every centre of the campaign; without one, every active centre",
)
.also(|arg| arg.conflicts_with(WHOSE.row.name));
const AREA: Opt<String> =
    opt("area", id(Refers::Area), "Các trung tâm của huyện cũ, cụm này", "Centres of this area")
        .also(|arg| arg.conflicts_with(WHOSE.row.name));
const OF_CAMPAIGN: Opt<String> = opt(
    "campaign",
    id(Refers::Campaign),
    "Đợt kiểm tra; mặc định: đợt chưa kết thúc",
    "The campaign; default: the one that is not over",
);
const SELF_CHECK: Opt<bool> =
    opt("self-check", NOTHING, "Phiếu tự kiểm tra của xã, phường", "The form of a self-check");
const REPORT: Opt<bool> =
    opt("report", NOTHING, "Phiếu báo cáo của trung tâm, xã, phường", "The form of a report")
        .also(|arg| arg.conflicts_with(SELF_CHECK.row.name));
const ABOUT: Opt<Period> =
    opt("period", PERIOD, "Kỳ số liệu cần báo cáo", "The period of the figures that are asked for");
const TO: Opt<PathBuf> = opt(
    "output",
    to_make(PATH),
    "Ghi ra tệp .xlsx này; nhiều phiếu thì ghi ra thư mục này",
    "Write to this .xlsx file; several forms go to this folder",
)
.completed(Completion::File(|| vec!["xlsx"]))
.short('o')
.called("TỆP.xlsx|THƯ_MỤC", "FILE.xlsx|DIR")
.required();

/// The ending of the files.
const ENDING: &str = "xlsx";

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let Some(to) = TO.get(matches) else { return Ok(Exit::Use) };
    let named =
        |option: Opt<String>, refers| option.text(matches).map(|typed| pick::id(&store, refers, typed));
    let kinds = [(SELF_CHECK, VisitKind::SelfCheck), (REPORT, VisitKind::Report)];
    let wanted = Wanted {
        whose: WHOSE.all(matches).cloned().collect(),
        area: named(AREA, Refers::Area).transpose()?,
        kind: kinds.iter().find(|(option, _)| option.given(matches)).map(|(_, kind)| *kind),
        campaign: named(OF_CAMPAIGN, Refers::Campaign).transpose()?,
        period: ABOUT.get(matches).copied(),
    };
    if wanted.whose.is_empty() && !ALL.given(matches) && wanted.area.is_none() {
        return Err(Error::wrong_use(
            say!("lập phiếu cho trung tâm nào?", "which centre is the form for?"),
            say!(
                "gõ tên trung tâm, hoặc --all, hoặc --area HUYỆN_CŨ",
                "name a centre, or add --all or --area AREA"
            ),
        ));
    }
    let is_file = is_workbook(to)?;
    if is_file && wanted.whose.len() != 1 {
        return Err(Error::wrong_use(
            say!("nhiều phiếu không vào một tệp được", "several forms do not go into one file"),
            say!("chọn một thư mục: -o phieu", "choose a folder: -o forms"),
        ));
    }
    let mut put = Put::default();
    let made = make(&store, call.speaker(&store), &wanted, &mut |made| {
        let file = if is_file { to.clone() } else { to.join(format!("{}.{ENDING}", made.centre)) };
        if !wanted.whose.is_empty() {
            call.tell(&told(&made));
        }
        put.put(file, made)
    });
    let files: Vec<String> = put.written.iter().map(|file| shell::path(file).into_owned()).collect();
    call.written(files)?;
    let faults = made?;
    put.tell(call)?;
    Ok(call.not_whole(&faults))
}

/// What a form is about.
fn told(Made { title, record, .. }: &Made) -> Said {
    match record {
        None => say!("{title}", "{title}", [title]),
        Some(id) => {
            say!("{title}; đã ghi sẵn số liệu của {id}", "{title}; with the figures of {id}", [title, id])
        }
    }
}

/// True for the name of a workbook, false for that of a folder. Other endings are refused: nobody wants a folder
/// `phieu.xls`.
fn is_workbook(path: &Path) -> Result<bool, Error> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some(ENDING) => Ok(!path.is_dir()),
        Some(other) if !path.is_dir() && other.chars().all(char::is_alphabetic) => Err(Error::wrong_use(
            say!(
                "phiếu là tệp .xlsx, không phải .{other}",
                "a form is an .xlsx file, and not .{other}",
                [other]
            ),
            say!("đổi đuôi tệp thành .xlsx", "give the file the ending .xlsx"),
        )),
        _ => Ok(false),
    }
}

/// What became of the files of forms.
#[derive(Default)]
struct Put {
    written: Vec<PathBuf>,
    /// Those that had the same form already.
    same: usize,
    /// Those that are left as they are: what was filled in them must not be lost.
    taken: Vec<PathBuf>,
}

impl Put {
    /// Writes a form, unless there is a file of its name.
    fn put(&mut self, file: PathBuf, Made { bytes, .. }: Made) -> Result<(), Error> {
        let refused = |error: io::Error| Error::io(&file, &error);
        match loose::create(&file, &bytes) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                match fs::read(&file).map_err(refused)? == bytes {
                    true => self.same += 1,
                    false => self.taken.push(file),
                }
            }
            done => {
                done.map_err(refused)?;
                self.written.push(file);
            }
        }
        Ok(())
    }

    fn tell(&self, call: &Call) -> Result<(), Error> {
        if self.written.is_empty() && self.taken.is_empty() {
            call.tell(&match self.same {
                0 => say!(
                    "không có trung tâm nào để lập phiếu; đợt đã kết thúc thì thêm --campaign ĐỢT",
                    "there is no centre to make a form for; name a campaign that is over with --campaign"
                ),
                _ => {
                    say!("phiếu đã có sẵn, không có gì khác", "the forms are there already; nothing differs")
                }
            });
        }
        if let [first, ..] = &self.taken[..] {
            let (n, first) = (many(self.taken.len(), "tệp", "file"), first.as_path());
            return Err(Error {
                exit: Exit::Io,
                message: say!(
                    "{n} đã có sẵn và khác phiếu mới, nên để nguyên: {first}",
                    "{n} left as they are, since they exist and differ from the new form: {first}",
                    [n, first]
                ),
                help: say!(
                    "có thể đã có người điền vào đó: nhập trước bằng ttht import, hoặc chọn chỗ khác cho -o",
                    "somebody may have filled them: import them first with ttht import, or choose another place for -o"
                ),
            });
        }
        Ok(())
    }
}
