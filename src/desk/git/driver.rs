//! git's merge driver: one file in three versions, merged by value where they are records, else as git merges lines.

use super::{line, run};
use crate::desk::error::Error;
use crate::desk::faults;
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::field::Field;
use crate::model::text::Lang;
use crate::say;
use crate::store::{self, Store, loose};
use crate::toml::threeway::{Conflict, Marks, Side, Texts, Unmerged, merge};
use crate::toml::{
    self,
    codes::{CONFLICT_MARKERS, SYNTAX},
};
use std::path::{Path, PathBuf};

/// The call that git makes of its driver, after the name of the program. A git older than 2.44 leaves the last two signs as
/// they are.
pub const CALL: &str = "merge-file %O %A %B --path %P --our-label %X --their-label %Y --marker-size %L";

/// What git gives to its driver.
#[derive(Clone, Debug)]
pub struct Given {
    /// The files of the three versions: base, ours, theirs. What comes of them is written into that of ours.
    pub files: [PathBuf; 3],
    /// What the file is called in the repository, with `/`; empty if nobody says so.
    pub path: String,
    /// How often each sign of a mark is written.
    pub size: usize,
    /// What git calls ours and theirs: a branch, the id of a commit with its subject, or other words.
    pub labels: [String; 2],
    /// The commits that git merges, where it says so.
    pub heads: Vec<String>,
}

/// What came of three versions.
#[derive(Debug)]
pub struct Made {
    /// What is open, if it was merged by value.
    pub conflicts: Vec<Conflict<'static>>,
    /// Why it was not.
    pub why: Option<Why>,
    /// True if nothing is open.
    pub clean: bool,
    /// What is wrong now and was wrong in neither version.
    pub faults: Vec<Fault>,
    /// Whose ours and theirs are.
    pub whose: [String; 2],
    /// The keys of the record.
    pub fields: &'static [Field],
}

/// Why a file was merged line by line.
#[derive(Debug)]
pub enum Why {
    /// A version is not text of a record; what is wrong with it.
    Unsound(Side, Box<Fault>),
    /// Bringing the values together failed.
    Unproved,
}

/// Merges three versions into the file of ours.
pub fn merged(given: &Given, (lang, today): (Lang, Day)) -> Result<Made, Error> {
    let fields = kind_of(&given.path).map_or(&[][..], RecordKind::fields);
    let whose = labels(given).map(|label| whose(label, &given.path, lang));
    let most = toml::limit(RecordKind::Units.path()) as u64;
    let read = |file: &PathBuf| loose::read(file, most).map_err(|error| Error::io(file, &error));
    let [base, ours, theirs] = &given.files;
    let bytes = [read(base)?, read(ours)?, read(theirs)?];
    // The file of ours stays as it is until there is something to put in its place.
    let made =
        |clean, conflicts, why, faults| Made { conflicts, why, clean, faults, whose: whose.clone(), fields };
    match by_value(given, fields, &bytes, &whose) {
        Ok((text, conflicts)) => {
            let mark = if bytes[1].starts_with(MARK) { MARK } else { b"" };
            loose::put(ours, &[mark, text.as_bytes()].concat()).map_err(|error| Error::io(ours, &error))?;
            let faults = if conflicts.is_empty() { faults(given, &bytes, &text, today) } else { Vec::new() };
            Ok(made(conflicts.is_empty(), conflicts, None, faults))
        }
        Err(why) => Ok(made(by_lines(given, &whose)?, Vec::new(), Some(why), Vec::new())),
    }
}

/// The mark with which some editors begin a text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The merged text of three versions, and what is open in it.
fn by_value(
    given: &Given,
    fields: &'static [Field],
    bytes: &[Vec<u8>; 3],
    [ours, theirs]: &[String; 2],
) -> Result<(String, Vec<Conflict<'static>>), Why> {
    let sides = [Side::Base, Side::Ours, Side::Theirs];
    let text = |side: Side| {
        toml::text(&bytes[side as usize], RecordKind::Units.path()).map_err(|fault| Why::Unsound(side, fault))
    };
    let [base, our, their] = [text(sides[0])?, text(sides[1])?, text(sides[2])?];
    let marks = Marks { size: given.size, ours: ours.clone(), theirs: theirs.clone() };
    match merge(fields, Texts { base: &base, ours: &our, theirs: &their }, &marks) {
        Ok(merged) => Ok((merged.text, merged.conflicts)),
        Err(Unmerged::Unproved) => Err(Why::Unproved),
        Err(Unmerged::Unsound(side)) => {
            let text = [&base, &our, &their][side as usize];
            let (_, faults) = toml::read_tree(text, fields, &given.path);
            let is_syntax = |fault: &Fault| [SYNTAX.name, CONFLICT_MARKERS.name].contains(&fault.code);
            Err(faults
                .into_iter()
                .find(is_syntax)
                .map_or(Why::Unproved, |fault| Why::Unsound(side, Box::new(fault))))
        }
    }
}

/// Merges the lines of three versions into the file of ours, as git does it. True if nothing is open.
fn by_lines(given: &Given, [ours, theirs]: &[String; 2]) -> Result<bool, Error> {
    let size = format!("--marker-size={}", given.size);
    let [base_file, our_file, their_file] =
        given.files.each_ref().map(|file| file.to_string_lossy().into_owned());
    let words = ["merge-file", "--diff3", &size, "-L", ours, "-L", "", "-L", theirs, "--"];
    let done = run(Path::new("."), &[&words[..], &[&our_file, &base_file, &their_file]].concat(), b"")?;
    // More than so many open places are not counted.
    match done.status.code() {
        Some(0) => Ok(true),
        Some(1..=127) => Ok(false),
        _ => {
            let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
            Err(Error::faults(
                say!("không gộp được: {said}", "cannot be merged: {said}", [said]),
                say!("chọn một trong hai tệp", "choose one of the two files"),
            ))
        }
    }
}

/// The kind of record in a file of a repository, in which the register may lie in a folder.
fn kind_of(path: &str) -> Option<RecordKind> {
    let below = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
    std::iter::once(path).chain(below).find_map(|path| Some(RecordKind::of(path)?.0))
}

/// What ours and theirs are called. An older git does not say it, but which commits it merges.
fn labels(given: &Given) -> [&str; 2] {
    let [ours, theirs] = given.labels.each_ref().map(String::as_str);
    let is_told = |label: &str| !label.is_empty() && !label.starts_with('%');
    let here = |head: &&String| line(Path::new("."), &["rev-parse", "HEAD"]).is_ok_and(|id| id == **head);
    let others: Vec<&String> = given.heads.iter().filter(|head| !here(head)).collect();
    match (is_told(ours), is_told(theirs), &others[..]) {
        (true, true, _) => [ours, theirs],
        (_, false, [head]) => ["HEAD", head],
        _ => ["ours", "theirs"],
    }
}

/// Who has changed a file last in what git calls by a label, and when; the label itself if git cannot tell.
fn whose(label: &str, path: &str, lang: Lang) -> String {
    let rev = label.split([' ', ':']).next().unwrap_or_default();
    let file = format!(":(top,literal){path}");
    let words =
        ["log", "-1", "--format=%ad %an", "--date=format:%Y-%m-%d", "--end-of-options", rev, "--", &file];
    let told = line(Path::new("."), &words).ok();
    let told = told.as_deref().and_then(|told| told.split_once(' '));
    let said = told.and_then(|(day, who)| Some((Day::parse(day)?, who)));
    let said = said.map(|(day, who)| say!("{who}, {day}", "{who}, {day}", [who, day]));
    said.map_or_else(|| label.to_owned(), |said| said.get(lang).to_owned())
}

/// The faults that a merged text has, and neither side had, if it lies in a register.
fn faults(given: &Given, bytes: &[Vec<u8>; 3], text: &str, today: Day) -> Vec<Fault> {
    let found = std::path::absolute(&given.path).ok().and_then(|whole| {
        let root = store::find(whole.parent()?)?;
        let file = whole.strip_prefix(&root).ok()?.to_string_lossy().replace('\\', "/");
        Some((Store::open(&root).ok()?, file))
    });
    let Some((store, file)) = found else { return Vec::new() };
    let of = |text: &str| faults::of_text(&store, today, &file, text);
    let side = |bytes: &[u8]| toml::text(bytes, &file).map(|text| of(&text)).unwrap_or_default();
    let before = [side(&bytes[1]), side(&bytes[2])].concat();
    faults::new(&before, of(text))
}
