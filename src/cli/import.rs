//! `ttht import`: tables that colleagues send, and what `ttht export` wrote, back into records.
//!
//! Nothing is written before all of it has been judged as it would be; without `--yes` nothing is written.

use super::ask::terminal;
use super::error::{Error, Exit};
use super::options::{
    self, ALLOW_FAULTS, FILE, NOTHING, Opt, PATH, arg, bare, opt, suggested, text, to_make,
};
use super::outcome::judging;
use super::{Call, Command};
use crate::desk::commit::{End, Pen};
use crate::desk::import::{
    Changed, Imported, Intake, Map, Opened, Sent, Understanding, Wishes, import, opened, strangers,
};
use crate::desk::offered::Completion;
use crate::model::input::yes_or_no;
use crate::model::number::many;
use crate::model::period::Period;
use crate::model::text::{Lang, t};
use crate::say;
use crate::store::loose;
use crate::summary::export;
use clap::ArgMatches;
use std::io;
use std::path::{Path, PathBuf};

mod understood;

/// The row of the command.
pub const IMPORT: Command = Command::new(
    "import",
    t(
        "Nhập bảng (Excel, CSV) vào sổ (xem trước, chưa ghi)",
        "Import tables (Excel, CSV) into the register (preview first)",
    ),
    || {
        let columns = [AS.row, SHEET.row, ID.row, MAP.row, SAVE_MAP.row, IGNORE.row, PERIOD.row];
        [vec![SENT.row], columns.to_vec(), vec![REPLACE_NEWER.row, YES.row, ALLOW_FAULTS.row]].concat()
    },
    run,
);

const SENT: Opt<PathBuf> = arg(
    "file",
    PATH,
    "Các tệp Excel (.xlsx), LibreOffice (.ods), CSV, hoặc thư mục có các tệp đó",
    "Files of Excel (.xlsx), LibreOffice (.ods) or CSV, or folders of them",
)
.called("TỆP|THƯ_MỤC", "FILE|DIR")
.completed(Completion::File(|| vec!["xlsx", "ods", "csv", "tsv"]))
.required()
.many();
const AS: Opt<String> = opt(
    "as",
    suggested(t("BẢNG", "TABLE"), || export::names().map(bare).collect()),
    "Bảng nào (mặc định: theo tên cột); gõ tên tiếng Việt hoặc",
    "Which table (else the headings tell), by its title or",
);
const SHEET: Opt<String> = opt(
    "sheet",
    text(t("TÊN", "NAME")),
    "Trang tính nào của tệp; mặc định: trang phù hợp",
    "Which sheet of the workbook; else the one that fits",
);
const ID: Opt<String> = opt(
    "id",
    options::ANY_ID,
    "Mã của thang đánh giá, khi nhập bảng tiêu chí (--as schemes)",
    "The id of the rating scheme, where criteria are imported (--as schemes)",
);
const MAP: Opt<PathBuf> = opt(
    "map",
    FILE,
    "Tệp TOML ghép tên cột với tên mục (khoá): \"Tên cột\" = \"khoá\"; \"-\" là bỏ cột",
    "A TOML file that maps headings to keys: \"Heading\" = \"key\"; \"-\" leaves a column out",
)
.called("MAP.toml", "MAP.toml")
.completed(Completion::File(|| vec!["toml"]));
const PERIOD: Opt<Period> = opt(
    "period",
    options::PERIOD,
    "Kỳ số liệu, khi bảng không ghi kỳ, ví dụ 2015-2016",
    "The period of the figures, if the table does not say it, such as 2015-2016",
);
const SAVE_MAP: Opt<PathBuf> = opt(
    "save-map",
    to_make(FILE),
    "Ghi cách hiểu các cột vào tệp, để lần sau dùng với --map",
    "Write how the columns were understood, for --map next time",
)
.called("MAP.toml", "MAP.toml")
.completed(Completion::File(|| vec!["toml"]));
const IGNORE: Opt<bool> = opt(
    "ignore-columns",
    NOTHING,
    "Bỏ qua các cột không thuộc sổ (ghi chú, tỷ lệ …)",
    "Leave out the columns that are not of the register (notes, shares …)",
);
const REPLACE_NEWER: Opt<bool> = opt(
    "replace-newer",
    NOTHING,
    "Lấy theo phiếu cả những gì trong sổ đã sửa từ khi lập phiếu",
    "Forms replace also what was changed in the register since they were made",
);
const YES: Opt<bool> =
    opt("yes", NOTHING, "Ghi vào sổ; có lỗi thì không ghi gì", "Write the changes: all or none");

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let yes = YES.given(matches);
    let Opened { sheets, passed_over } = opened(&SENT.files(matches)?, AS.text(matches))?;
    if !passed_over.is_empty() {
        let names = passed_over.join(", ");
        call.tell(&say!("bỏ qua, không phải bảng: {names}", "passed over, no tables: {names}", [names]));
    }
    if let Some(file) = SAVE_MAP.get(matches).filter(|file| file.exists()) {
        return Err(Error::io(file, &io::ErrorKind::AlreadyExists.into()));
    }
    let wishes = wishes(call, matches, &sheets)?;
    let pen = Pen::take(&call.root()?, call.today, !yes)?;
    let Imported { understood, doubts, records, noted, refused, faults, end } =
        import(pen, &wishes, &sheets, judging(matches))?;
    if let Some(file) = SAVE_MAP.get(matches) {
        save_map(file, &understood)?;
    }
    let shown: String = records.iter().map(|(file, intake)| told(call, file, intake)).collect();
    if end == End::Written {
        call.has_changed(records.keys().cloned());
    } else {
        let sheets = understood.iter().map(|sheet| understood::shown(sheet, call.lang) + "\n");
        call.print(sheets.collect::<String>())?;
    }
    call.print(shown)?;
    noted.iter().for_each(|said| call.tell(said));
    doubts.iter().chain(&refused).chain(&faults).for_each(|said| call.warn(said));
    let n = refused.len() + if end == End::Refused { faults.len() } else { 0 };
    if n > 0 {
        let n = many(n, "ô", "cell");
        return Err(Error::faults(
            say!("{n} không nhận được; chưa ghi gì", "{n} rejected; nothing was written", [n]),
            say!("sửa trong bảng rồi nhập lại", "correct the table and import it again"),
        ));
    }
    let files = many(records.len(), "tệp", "file");
    call.tell(&match end {
        End::Same => say!("không có gì mới", "there is nothing new"),
        End::Written => say!("đã ghi {files}", "{files} written", [files]),
        End::Shown | End::Refused => say!(
            "{files} sẽ thay đổi; chưa ghi gì. Thêm --yes để ghi",
            "{files} would change; nothing was written. Add --yes to do it",
            [files]
        ),
    });
    Ok(Exit::Well)
}

/// What is said about the tables. Columns that are not ours are asked about, if somebody is there.
fn wishes(call: &Call, matches: &ArgMatches, tables: &[Sent]) -> Result<Wishes, Error> {
    let map = MAP.get(matches).map_or_else(|| Ok(Map::default()), |path| Map::read(path))?;
    let (lang, sheet) = (call.lang, SHEET.get(matches).cloned());
    let (leaves_out, replace_newer) = (IGNORE.given(matches), REPLACE_NEWER.given(matches));
    let period = PERIOD.get(matches).copied();
    let id = ID.get(matches).cloned();
    let mut wishes = Wishes { lang, map, period, sheet, id, leaves_out, replace_newer };
    if !leaves_out && terminal::is_there() {
        let strangers = strangers(&call.store()?, &wishes, tables);
        wishes.leaves_out = !strangers.is_empty() && may_leave_out(&strangers, lang);
    }
    Ok(wishes)
}

/// Asks once whether columns that are not ours may be left out.
fn may_leave_out(strangers: &[(String, String)], lang: Lang) -> bool {
    let list: Vec<String> =
        strangers.iter().map(|(place, heading)| format!("  {place} “{heading}”\n")).collect();
    let list = list.concat();
    let question = say!(
        "Các cột không thuộc sổ:\n{list}Bỏ qua các cột này? [Enter = có; không]: ",
        "Columns that are not of the register:\n{list}Leave them out? [Enter = yes; no]: ",
        [list]
    );
    match terminal::line(question.get(lang)) {
        Ok(Some(typed)) => typed.is_empty() || yes_or_no(&typed) == Some(true),
        _ => false,
    }
}

/// Writes how a sheet was understood. A file that is there is not overwritten.
fn save_map(file: &Path, understood: &[Understanding]) -> Result<(), Error> {
    let [sheet] = understood else {
        return Err(Error::wrong_use(
            say!("--save-map chỉ ghi cho một bảng", "--save-map is for one table"),
            say!("chọn trang tính: --sheet TÊN", "choose a sheet: --sheet NAME"),
        ));
    };
    loose::create(file, sheet.map.text().as_bytes()).map_err(|error| Error::io(file, &error))
}

/// What would become of a record, for people.
fn told(call: &Call, file: &str, intake: &Intake) -> String {
    if intake.is_new {
        let said = say!("mới, {n}", "new, {n}", [n = many(intake.from.len(), "giá trị", "value")]);
        return format!("+ {file} ({})\n", said.get(call.lang));
    }
    let line = |Changed { key, was, becomes }: &Changed| {
        // A cell of a workbook has a name by which it can be gone to.
        let cell = intake.from.get(key).filter(|place| place.contains('!'));
        let cell = cell.map(|place| format!(" ({place})")).unwrap_or_default();
        format!("    {key}: {} → {}{cell}\n", was.get(call.lang), becomes.get(call.lang))
    };
    format!("~ {file}\n{}", intake.changes.iter().map(line).collect::<String>())
}
