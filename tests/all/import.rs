//! What is exported can be taken back whole.

use crate::fresh::fresh;
use crate::transcript::TTHT;
use std::fs;
use std::path::Path;
use std::process::Command;
use ttht::store::Store;

fn ttht(root: &Path, words: &[&str]) -> bool {
    let done =
        Command::new(TTHT).current_dir(root).args(words).args(["-q", "--today", "2018-06-01"]).output();
    let done = done.unwrap();
    assert!(done.stderr.is_empty() || !done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.status.success()
}

fn tables(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut tables: Vec<(String, String)> = entries
        .map(|e| (e.file_name().into_string().unwrap(), fs::read_to_string(e.path()).unwrap()))
        .collect();
    tables.sort();
    tables
}

#[test]
fn an_export_taken_into_an_empty_register_exports_the_same_bytes() {
    let folder = fresh();
    let (full, empty) = (folder.path().join("full"), folder.path().join("empty"));
    fs::create_dir_all(&full).unwrap();
    fs::create_dir_all(&empty).unwrap();
    assert!(ttht(&full, &["init", "--from-example"]) && ttht(&empty, &["init"]));
    // Awkward in a CSV table: line ends, backslashes, quotes, separators, a free table.
    for pair in [
        "findings.opinion_of_centre=một; \"hai\", \\ba=1",
        "extra.own={\"x\"}",
        "agenda=a,b;c\\n;d",
        "extra.n=7",
        "activity.field.law.hours=1,2340",
        "extra.tab=a\tb",
    ] {
        assert!(ttht(&full, &["set", "2016-10-27-yen-thanh", pair]), "{pair}");
    }
    let visit = full.join("visits/2016-2017/2016-10-27-yen-thanh.toml");
    let numbers = "whole = 2.0\nrate = 0.30000000000000004\n";
    fs::write(&visit, fs::read_to_string(&visit).unwrap() + numbers).unwrap();
    assert!(ttht(&full, &["export", "../one"]));
    assert!(ttht(&empty, &["import", "../one", "--yes"]));
    assert!(fs::read_to_string(empty.join(visit.strip_prefix(&full).unwrap())).unwrap().ends_with(numbers));
    assert!(ttht(&empty, &["export", "../two"]));
    let (one, two) = (tables(&folder.path().join("one")), tables(&folder.path().join("two")));
    assert!(one.len() > 20);
    for (one, two) in one.iter().zip(&two) {
        assert_eq!(one, two);
    }
    let again =
        Command::new(TTHT).current_dir(&empty).args(["import", "../one", "--lang", "en"]).output().unwrap();
    assert!(again.status.success() && again.stdout.is_empty());
    assert_eq!(String::from_utf8_lossy(&again.stderr), "there is nothing new\n");
}

/// The records of a register, without their comments.
fn records(register: &Path) -> Vec<(String, String)> {
    let files = Store::open(register).unwrap().record_files().unwrap().files;
    let line =
        |line: &str| Some(line.split("  #").next()?.trim_end().to_owned()).filter(|l| !l.starts_with('#'));
    let text = |file: &str| fs::read_to_string(register.join(file)).unwrap();
    let bare = |file: &str| text(file).lines().filter_map(line).collect::<Vec<_>>().join("\n");
    files.iter().map(|(_, file)| (file.clone(), bare(file).trim_start().to_owned())).collect()
}

#[test]
fn the_example_comes_back_byte_for_byte_but_for_its_comments() {
    let folder = fresh();
    let [full, empty] = ["full", "empty"].map(|name| folder.path().join(name));
    [&full, &empty].iter().for_each(|root| fs::create_dir(root).unwrap());
    assert!(ttht(&full, &["init", "--from-example"]) && ttht(&empty, &["init"]));
    assert!(ttht(&full, &["export", "../all"]));
    let before = records(&full);
    assert!(ttht(&full, &["import", "../all", "--yes"]) && ttht(&empty, &["import", "../all", "--yes"]));
    assert_eq!(records(&full), before);
    assert_eq!(records(&empty), before);
}

#[test]
fn many_new_records_are_judged_together_as_few_are() {
    for many in [3, 40] {
        let folder = fresh();
        let root = folder.path();
        assert!(ttht(root, &["init"]));
        let rows = |row: &dyn Fn(usize) -> String| (0..many).map(row).collect::<String>();
        let units = format!("id,name,kind\n{}", rows(&|n| format!("u{n},Minh hoạ {n},ward\n")));
        let centres = |unit: &str| {
            let last = format!("cuoi,Cuối (minh hoạ),{unit}\n");
            format!("id,name,unit\n{}{last}", rows(&|n| format!("c{n},Minh hoạ {n},u{n}\n")))
        };
        fs::create_dir(root.join("sent")).unwrap();
        fs::write(root.join("sent/units.csv"), units).unwrap();
        fs::write(root.join("sent/centres.csv"), centres("u-khac")).unwrap();
        let import = || {
            let words = ["import", "sent", "--yes", "--lang", "en"];
            Command::new(TTHT).current_dir(root).args(words).output().unwrap()
        };
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let refused = import();
        assert_eq!(refused.status.code(), Some(1));
        let place = format!("centres.csv:{} (C): ", many + 2);
        assert!(said(&refused.stderr).contains(&place), "{}", said(&refused.stderr));
        assert!(!root.join("centres").exists(), "nothing is written");
        fs::write(root.join("sent/centres.csv"), centres("u0")).unwrap();
        let taken = import();
        assert!(taken.status.success(), "{}", said(&taken.stderr));
        assert_eq!(fs::read_dir(root.join("centres")).unwrap().count(), many + 1);
    }
}
