//! Forms that came back: what becomes of each cell. The words of their hidden columns are written here by hand, since what
//! happens to a form on its way is what counts.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use ttht::desk::commit::{End, Judging, Pen};
use ttht::desk::import::{Imported, Sent, Wishes, import};
use ttht::model::blank::{About, Base, sum};
use ttht::model::day::Day;
use ttht::model::sheet::{Held, Sheet, SheetRow, letters};
use ttht::model::text::Lang;
use ttht::model::visit::VisitKind;
use ttht::toml::raw_tree;

const VISIT: &str = "2017-10-26-yen-thanh";
const FILE: &str = "visits/2017-2018/2017-10-26-yen-thanh.toml";

/// A sheet of a form: a row of texts each, the columns separated by `|`.
fn sheet(file: &str, name: &str, rows: &[String]) -> Sent {
    let held = |cell: &str| match (cell.trim(), cell.trim().parse()) {
        ("", _) => Held::Nothing,
        (_, Ok(number)) => Held::Number(number),
        (text, _) => Held::Text(text.to_owned()),
    };
    let row =
        |(at, row): (usize, &String)| SheetRow { number: at + 1, cells: row.split('|').map(held).collect() };
    let rows = rows.iter().enumerate().map(row).filter(|row| row.filled().next().is_some()).collect();
    let sheet = Sheet { file: file.to_owned(), name: Some(name.to_owned()), rows, ..Sheet::default() };
    Sent { sheet, table: None, exact: false }
}

/// The example, in a folder of its own.
fn register() -> TempDir {
    let folder = fresh();
    example(folder.path());
    folder
}

/// What a form about a visit that the register does not have says about itself.
fn about_new(register: &Path) -> About {
    About { centre: "dien-cong".into(), record: None, ..about(register) }
}

/// What a form about the visit of this file says about itself.
fn about(register: &Path) -> About {
    let text = fs::read_to_string(register.join(FILE)).unwrap();
    About {
        centre: "yen-thanh".into(),
        kind: VisitKind::Inspection,
        campaign: Some("2017-2018".into()),
        period: None,
        record: Some(Base { id: VISIT.into(), sum: sum(&raw_tree(&text)) }),
    }
}

fn rows(about: &About, rows: &[&str]) -> Vec<String> {
    let head = [about.to_string(), "#keys|#|@".to_owned()];
    head.into_iter().chain(rows.iter().map(|row| (*row).to_owned())).collect()
}

fn imported(register: &Path, replace_newer: bool, sent: &[Sent]) -> Imported {
    let pen = Pen::take(register, Day::parse_typed("2018-06-01").unwrap(), false).unwrap();
    import(pen, &Wishes { replace_newer, ..Wishes::none(Lang::En) }, sent, Judging::Strict).unwrap()
}

fn changes(imported: &Imported) -> Vec<String> {
    let changes = imported.records.values().flat_map(|intake| &intake.changes);
    changes.map(|change| format!("{}: {} → {}", change.key, change.was.en, change.becomes.en)).collect()
}

/// What was told, in the order in which it is.
fn told(imported: &Imported) -> Vec<&str> {
    imported
        .noted
        .iter()
        .chain(&imported.refused)
        .chain(&imported.faults)
        .map(|said| said.en.as_str())
        .collect()
}

#[test]
fn a_form_about_a_visit_changes_it_once() {
    let folder = register();
    let form = rows(
        &about(folder.path()),
        &[
            "date|Date|26/10/2017",
            "context.population|Population|8670",
            "context.households|Households|",
            "context.lineages|Lineages|12",
            "host[0].name|Host 1|Bùi Thị G (minh hoạ)",
            "host[3].name|Host 4|Vũ Thị L (minh hoạ)",
            "host[3].posts|Posts|clerk",
            "followup(2016-10-27-yen-thanh#r1).state|Outcome|done",
        ],
    );
    let sent = [sheet("a.xlsx", "Chung", &form)];
    let first = imported(folder.path(), false, &sent);
    assert_eq!(
        changes(&first),
        [
            "context.population: 8_666 → 8_670",
            "host[2].name: (missing) → \"Vũ Thị L (minh hoạ)\"",
            "host[2].posts: (missing) → [\"clerk\"]",
            "followup[0].state: \"partly\" → \"done\"",
        ]
    );
    let emptied = "a.xlsx: Chung!C5, “Households”: the cell was emptied, the register keeps 2_483; to take it out: \
                   ttht set 2017-10-26-yen-thanh context.households=";
    assert_eq!((told(&first), first.end), (vec![emptied], End::Written));
    let second = imported(folder.path(), false, &sent);
    assert_eq!((changes(&second), told(&second), second.end), (vec![], vec![], End::Same));
}

#[test]
fn what_was_changed_since_a_form_was_made_stays() {
    let folder = register();
    let form = rows(
        &about(folder.path()),
        &[
            "context.population|Population|8670",
            "context.households|Households|2483",
            "context.lineages|Lineages|",
            "context.poor_households|Poor households|31",
        ],
    );
    let file = folder.path().join(FILE);
    let text = fs::read_to_string(&file).unwrap();
    // A comment or another layout makes no form old.
    fs::write(&file, format!("# Đã soát lại (minh hoạ)\r\n{}", text.replace('\n', "\r\n"))).unwrap();
    let sent = [sheet("a.xlsx", "Chung", &form)];
    let pen = || Pen::take(folder.path(), Day::parse_typed("2018-06-01").unwrap(), true).unwrap();
    let fresh = import(pen(), &Wishes::none(Lang::En), &sent, Judging::Strict).unwrap();
    assert_eq!((changes(&fresh).len(), fresh.refused.len(), fresh.noted.len()), (2, 0, 1));

    fs::write(&file, text.replace("population = 8_666", "population = 8_667")).unwrap();
    let old = imported(folder.path(), false, &sent);
    assert_eq!(
        told(&old),
        [
            "a.xlsx: Chung!C3, “Population”: the form says 8_670, but since it was made the register says 8_667; \
                             to take the form's: --replace-newer"
        ]
    );
    assert_eq!(old.end, End::Shown);
    let willed = imported(folder.path(), true, &sent);
    assert_eq!((changes(&willed).len(), willed.end), (2, End::Written));
}

#[test]
fn rows_and_columns_may_go_anywhere_and_what_is_put_between_is_told() {
    let folder = register();
    let anchor = about(folder.path());
    let moved = [
        format!("||{anchor}"),
        "@|remark|#keys|#".into(),
        "8670|sửa lại|context.population|Population".into(),
        "|||".into(),
        "7|||Villages".into(),
        "chữ|||".into(),
        "12||context.lineages|Lineages".into(),
        "|||Total|12".into(),
        "Yên Thanh, ngày 1 tháng 11|||".into(),
        // A second form pasted below, with its own columns.
        format!("{anchor}"),
        "#keys|#|@".into(),
        "context.workplaces|Workplaces|10".into(),
    ];
    let first = imported(folder.path(), false, &[sheet("a.ods", "Trang 1", &moved)]);
    let strange = "the form has no such row or column; write it in a cell of the form, or delete it";
    let refused = |cell: &str| format!("a.ods: Trang 1!{cell}: {strange}");
    let below = "a.ods: Trang 1!A9: it stands below the form, and is not read".to_owned();
    let beside = "a.ods: Trang 1!D8: the form has no such row, and it is not read".to_owned();
    assert_eq!(told(&first), [beside, below, refused("B3"), refused("A5"), refused("A6")]);
    assert_eq!(changes(&first), ["context.population: 8_666 → 8_670", "context.workplaces: 9 → 10"]);
    assert_eq!(first.end, End::Shown);
}

#[test]
fn a_key_that_stands_twice_is_told_with_both_addresses() {
    let folder = register();
    let about = about(folder.path());
    let one = sheet(
        "a.xlsx",
        "Chung",
        &rows(&about, &["context.population|Population|8670", "context.lineages||13"]),
    );
    let copy = sheet(
        "a.xlsx",
        "Chung (2)",
        &rows(&about, &["context.population|Population|8670", "context.lineages||14"]),
    );
    let twice = imported(folder.path(), false, &[one, copy]);
    assert_eq!(
        told(&twice),
        ["a.xlsx: Chung (2)!C4: “Lineages” is not what a.xlsx: Chung!C4 says; keep one of the two"]
    );
    assert_eq!(twice.end, End::Shown);
}

#[test]
fn a_sheet_in_a_file_of_its_own_finds_the_day_of_its_form() {
    let folder = register();
    let about = about_new(folder.path());
    let one = sheet("a.xlsx", "Chung", &rows(&about, &["date|Date|31/10/2017"]));
    let part = || sheet("b.xlsx", "Hoạt động", &rows(&about, &["context.population|Population|2145"]));
    let alone = imported(folder.path(), false, &[part()]);
    assert_eq!(told(&alone), ["b.xlsx: Hoạt động!A1: the day is missing; type it like 27/10/2016"]);
    let both = imported(folder.path(), false, &[part(), one]);
    assert_eq!((told(&both), both.end), (vec![], End::Written));
    let text = fs::read_to_string(folder.path().join("visits/2017-2018/2017-10-31-dien-cong.toml")).unwrap();
    assert_eq!(
        text,
        "centre = \"dien-cong\"\ncampaign = \"2017-2018\"\ndate = 2017-10-31\n\n[context]\npopulation = 2_145\n"
    );
}

#[test]
fn a_form_of_another_kind_does_not_become_the_visit_of_its_day() {
    let folder = register();
    let about = About { kind: VisitKind::Report, record: None, ..about(folder.path()) };
    let form = sheet("a.xlsx", "Chung", &rows(&about, &["date|Date|26/10/2017", "place|Place|UBND phường"]));
    let refused = imported(folder.path(), true, &[form]);
    assert_eq!(
        told(&refused),
        [format!(
            "a.xlsx: Chung!C3: “{VISIT}” in the register is of another kind or campaign than this form; correct the day"
        )]
    );
}

#[test]
fn what_is_missing_is_told_at_its_empty_cell() {
    let folder = register();
    let about = about_new(folder.path());
    let form = rows(
        &about,
        &[
            "date|Date|30/10/2017",
            "host[0].name|Host 1|",
            "host[1].name|Host 2|",
            "host[1].posts|Posts|accountant",
            "recommendation.r1.to|To|commune",
            "recommendation.r1.text|Text|",
        ],
    );
    let refused = imported(folder.path(), false, &[sheet("a.xlsx", "Chung", &form)]);
    assert_eq!(
        told(&refused),
        [
            "a.xlsx: Chung!C5: “Name” (name) is missing; fill this cell",
            "a.xlsx: Chung!C8: “Text” (text) is missing; fill this cell",
        ]
    );
}

/// One defect, one message: a row that cannot be read leaves no gap before the next, whose own defect is told at its cell.
#[test]
fn a_row_that_cannot_be_read_is_no_fault_of_the_next() {
    let folder = register();
    let about = about_new(folder.path());
    let form = rows(
        &about,
        &[
            "date|Date|30/10/2017",
            "host[0].name|Host 1|Vũ Thị L (minh hoạ)",
            "host[0].posts|Posts|phi công",
            "host[1].name|Host 2|",
            "host[1].posts|Posts|accountant",
            "followup(2016-11-01-dien-cong#r1).state|Outcome|dở dang",
            "followup(2016-11-01-dien-cong#r2).state|Outcome|",
            "followup(2016-11-01-dien-cong#r2).note|Note|Đang làm (minh hoạ)",
            "documents.class_register|Register|tạm được",
            "rating.cv2553-2013.scores.management|Points|nhiều",
        ],
    );
    let refused = imported(folder.path(), false, &[sheet("a.xlsx", "Chung", &form)]);
    let cells: Vec<&str> = told(&refused).iter().map(|said| &said[..said.find(" is ").unwrap()]).collect();
    assert_eq!(
        cells,
        [
            "a.xlsx: Chung!C5, “Posts”: “phi công”",
            "a.xlsx: Chung!C8, “Outcome”: “dở dang”",
            "a.xlsx: Chung!C11, “Register of classes and topics”: “tạm được”",
            "a.xlsx: Chung!C12, “Management”: “nhiều”",
            "a.xlsx: Chung!C6: “Name” (name)",
            "a.xlsx: Chung!C9: “Outcome” (state)",
        ]
    );
}

/// Every visit of the example goes out as a form and comes back, and nobody has written anything.
#[test]
fn what_goes_out_comes_back() {
    let folder = register();
    let run = |words: &[&str]| {
        let words = ["--lang", "en", "--today", "2017-10-01"].iter().chain(words);
        let done = Command::new(TTHT).current_dir(folder.path()).args(words).output().unwrap();
        String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned()
    };
    let school_years = || fs::read_dir(folder.path().join("visits")).unwrap().flatten();
    let files = school_years().flat_map(|year| fs::read_dir(year.path()).unwrap().flatten());
    let visits: Vec<String> =
        files.map(|file| file.path().file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert!(visits.len() > 15);
    for visit in &visits {
        let out = format!("{visit}.xlsx");
        run(&["form", visit, "-o", &out]);
        assert_eq!(run(&["import", &out]), "there is nothing new\n", "{visit}");
    }
    fs::create_dir(folder.path().join("forms")).unwrap();
    run(&["form", "--all", "--campaign", "2017-2018", "--report", "-o", "forms"]);
    let said = run(&["import", "forms"]);
    assert_eq!(said.matches(".xlsx: the form is empty\n").count(), 9, "{said}");
    assert_eq!(said.lines().count(), 10, "{said}");
}

/// A source of numbers that is the same every time.
fn roll(seed: &mut u64, sides: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % sides
}

/// What a sender may leave in a cell.
const ODD: &[&str] = &[
    "",
    "-",
    "0",
    "361.5",
    "-7",
    "1e300",
    "NaN",
    "#REF!",
    "x",
    "không có",
    "31/02/2017",
    "2017-10-30",
    "a\nb",
    "#keys",
    "#",
    "@",
    "@women",
    "date",
    "host[0].name",
    "host[99]",
    "host[99999999999].name",
    "followup(",
    "followup(#).state",
    "followup(2016-11-01-dien-cong#r1)",
    "context",
    "extra.a.b",
    "ttht-form;",
    "ttht-form;1;centre=a;kind=report",
    "ttht-form;2;",
    "recommendation.r1.due",
    "findings.strengths[3]",
];

/// Whatever happens to the cells of a form, nothing breaks, and a cell that may be filled in comes into the record unless
/// something is told.
#[test]
fn a_form_in_disorder_loses_nothing() {
    let folder = register();
    let about = about_new(folder.path());
    let whole = rows(
        &about,
        &[
            "date|Date|30/10/2017",
            "context.population|Population|2145",
            "host[0].name|Host 1|Vũ Thị L (minh hoạ)",
            "host[2].name|Host 3|Vũ Văn K (minh hoạ)",
            "host[2].posts|Posts|clerk",
            "followup(2016-11-01-dien-cong#r1).state|Outcome|done",
            "findings.strengths|Strengths|a; b\nc",
            "recommendation.r1|Recommendation|",
            "#keys|@text|@to",
            "recommendation.r2|c|commune",
        ],
    );
    let (mut seed, mut taken, mut refused) = (7, 0, 0);
    for _ in 0..160 {
        let mut rows: Vec<Vec<String>> =
            whole.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        for _ in 0..=roll(&mut seed, 3) {
            let (at, other) = (roll(&mut seed, rows.len()), roll(&mut seed, rows.len()));
            match roll(&mut seed, 5) {
                0 => rows.swap(at, other),
                1 => drop(rows.remove(at)),
                2 => rows.insert(at, rows[other].clone()),
                3 => rows.iter_mut().for_each(|row| row.insert(0, String::new())),
                _ => {
                    let column = roll(&mut seed, rows[at].len());
                    rows[at][column] = ODD[roll(&mut seed, ODD.len())].to_owned();
                }
            }
        }
        let form: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
        let sent = sheet("a.xlsx", "Chung", &form);
        let pen = Pen::take(folder.path(), Day::parse_typed("2018-06-01").unwrap(), true).unwrap();
        let Ok(imported) = import(pen, &Wishes::none(Lang::En), &[sent], Judging::Done) else { continue };
        let told = told(&imported);
        assert!(told.iter().all(|said| said.starts_with("a.xlsx")), "{told:?}");
        refused += usize::from(!told.is_empty());
        if let (true, Some(intake)) = (told.is_empty(), imported.records.values().next()) {
            taken += 1;
            let places: Vec<&String> = intake.from.values().collect();
            for answer in answers(&form) {
                assert!(places.iter().any(|place| **place == answer), "{answer} is lost in {form:#?}");
            }
        }
    }
    assert!(taken > 20 && refused > 20, "{taken} forms were taken, {refused} refused");
}

/// The places of the cells of a form that may be filled in and are, by a reader of our own. What is said twice counts once.
fn answers(rows: &[String]) -> Vec<String> {
    let (mut key, mut adds, mut found) = (None, Vec::new(), Vec::new());
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        if let Some(at) = cells.iter().position(|cell| cell.starts_with("ttht-form;")) {
            (key, adds) = (Some(at), Vec::new());
        } else if let Some(word) = key.and_then(|at| cells.get(at)).filter(|word| !word.is_empty()) {
            match *word {
                "#keys" => adds = cells.iter().map(|cell| cell.strip_prefix('@')).collect(),
                word if word.starts_with('#') => {}
                word => {
                    for (at, cell) in
                        cells.iter().enumerate().filter(|(_, cell)| !["", "-", "không có"].contains(cell))
                    {
                        let Some(Some(suffix)) = adds.get(at) else { continue };
                        found.push((
                            (word, *suffix, *cell),
                            format!("a.xlsx: Chung!{}{}", letters(at), number + 1),
                        ));
                    }
                }
            }
        }
    }
    let again = |at: usize| found[..at].iter().any(|(said, _)| *said == found[at].0);
    (0..found.len()).filter(|at| !again(*at)).map(|at| found[at].1.clone()).collect()
}
