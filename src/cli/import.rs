//! `ttht import`: tables that colleagues send, and what `ttht export` wrote, back into records.
//!
//! Nothing is written before all of it has been judged as it would be; without `--yes` nothing is written.

use super::error::{Error, Exit};
use super::options::{ALLOW_FAULTS, FILE, NOTHING, Opt, PATH, arg, bare, one_of, opt};
use super::save::judging;
use super::{Call, Command};
use crate::desk::commit::{End, Pen};
use crate::desk::import::{Changed, Imported, Intake, Opened, Wishes, import, map, opened};
use crate::model::number::many;
use crate::model::text::t;
use crate::say;
use crate::summary::export;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The row of the command.
pub const IMPORT: Command = Command::new(
    "import",
    t(
        "Nhập bảng (Excel, CSV) vào sổ (xem trước, chưa ghi)",
        "Import tables (Excel, CSV) into the register (preview first)",
    ),
    || vec![SENT.row, AS.row, MAP.row, REPLACE_NEWER.row, YES.row, ALLOW_FAULTS.row],
    run,
);

const SENT: Opt<PathBuf> = arg(
    "file",
    PATH,
    "Các tệp Excel (.xlsx), LibreOffice (.ods), CSV, hoặc thư mục có các tệp đó",
    "Files of Excel (.xlsx), LibreOffice (.ods) or CSV, or folders of them",
)
.called("TỆP|THƯ_MỤC", "FILE|DIR")
.required()
.many();
const AS: Opt<String> = opt(
    "as",
    one_of(t("BẢNG", "TABLE"), || export::tables().into_iter().map(|table| bare(table.name)).collect()),
    "Bảng nào",
    "Which table",
);
const MAP: Opt<PathBuf> = opt(
    "map",
    FILE,
    "Tệp TOML ghép tên cột với khoá: \"Tên cột\" = \"khoá\"; \"-\" là bỏ cột",
    "A TOML file that maps headings to keys: \"Heading\" = \"key\"; \"-\" leaves a column out",
)
.called("MAP.toml", "MAP.toml");
const REPLACE_NEWER: Opt<bool> = opt(
    "replace-newer",
    NOTHING,
    "Phiếu thay cả những gì trong sổ đã đổi từ khi lập phiếu",
    "Forms replace also what was changed in the register since they were made",
);
const YES: Opt<bool> =
    opt("yes", NOTHING, "Ghi vào sổ: tất cả, hoặc không gì cả", "Write the changes: all of them, or none");

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let yes = YES.given(matches);
    let pen = Pen::take(&call.root()?, call.today, !yes)?;
    let paths: Vec<PathBuf> = SENT.all(matches).cloned().collect();
    let Opened { sheets, passed_over } = opened(&paths, AS.text(matches))?;
    if !passed_over.is_empty() {
        let names = passed_over.join(", ");
        call.tell(&say!("bỏ qua, không phải bảng: {names}", "passed over, no tables: {names}", [names]));
    }
    let map = MAP.get(matches).map_or_else(|| Ok(BTreeMap::new()), |path| map(path))?;
    let replace_newer = REPLACE_NEWER.given(matches);
    let wishes = Wishes { map, replace_newer, ..Wishes::none(call.lang) };
    let Imported { records, noted, refused, faults, end } = import(pen, &wishes, &sheets, judging(matches))?;
    let shown: String = records.iter().map(|(file, intake)| told(call, file, intake)).collect();
    if end == End::Written {
        call.has_changed(records.keys().cloned());
    }
    call.print(shown)?;
    noted.iter().for_each(|said| call.tell(said));
    refused.iter().chain(&faults).for_each(|said| call.warn(said));
    let n = refused.len() + if end == End::Refused { faults.len() } else { 0 };
    if n > 0 {
        let n = many(n, "chỗ", "value");
        return Err(Error::faults(
            say!("có {n} không nhận được; chưa ghi gì", "{n} refused; nothing was written", [n]),
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

/// What would become of a record, for people.
fn told(call: &Call, file: &str, intake: &Intake) -> String {
    if intake.is_new {
        let said = say!("mới, {n}", "new, {n}", [n = many(intake.from.len(), "giá trị", "value")]);
        return format!("+ {file} ({})\n", said.get(call.lang));
    }
    let line = |Changed { key, was, becomes }: &Changed| {
        format!("    {key}: {} → {}\n", was.get(call.lang), becomes.get(call.lang))
    };
    format!("~ {file}\n{}", intake.changes.iter().map(line).collect::<String>())
}
