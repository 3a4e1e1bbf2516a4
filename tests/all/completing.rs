//! What shells are answered that ask for completion: what is meant by what is typed, and nothing at all if something is wrong.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a shell other than bash is answered in a folder, with the language: the last word is the one that is being typed.
fn answer(folder: &Path, lang: &str, words: &[&str]) -> String {
    let typed: String = words.iter().map(|word| format!("{word}\n")).collect();
    of_shell(folder, lang, "zsh", &typed)
}

fn of_shell(folder: &Path, lang: &str, shell: &str, typed: &str) -> String {
    let mut command = Command::new(TTHT);
    command.args(["completions", shell]).current_dir(folder).env("TTHT_TYPED", typed).env("TTHT_LANG", lang);
    let output = command.env_remove("TTHT_REGISTER").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{typed:?}");
    assert_eq!(output.status.code(), Some(0), "{typed:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The flags and the words of an answer, without what they are.
fn words(answer: &str) -> String {
    answer.lines().map(|line| line.split('\t').next().unwrap()).collect::<Vec<_>>().join(" | ")
}

#[test]
fn what_is_meant_is_found_by_ids_names_and_labels() {
    let folder = fresh();
    example(folder.path());
    fs::write(folder.path().join("a.xlsx"), "").unwrap();
    let rows: &[(&[&str], &str)] = &[
        (&["soat"], "words | soat-loi | soat"),
        (&["show", "yen-th"], "words | yen-thanh"),
        (&["show", "yen th"], "words elsewhere | yen-thanh"),
        (&["show", "Thượng Yên"], "words elsewhere | thuong-yen-cong"),
        (&["show", "yen-cong"], "words elsewhere | thuong-yen-cong"),
        (&["show", "--kind", "unit", "Yên Tử"], "words elsewhere | yen-tu"),
        (
            &["show", "2017-10-2"],
            "words | 2017-10-24-quang-trung | 2017-10-26-thanh-son | 2017-10-26-yen-thanh",
        ),
        (&["show", "2017-10-26-t"], "words | 2017-10-26-thanh-son"),
        (&["report", "minutes", "quang trung"], "words elsewhere | 2017-10-24-quang-trung"),
        (&["report", "half-year", "2016"], "words | 2016-H2 | 2016-H1"),
        (&["summary", "--year", ""], "words | 2017-2018 | 2016-2017"),
        (&["summary", "--year=2016"], "words | --year=2016-2017"),
        (&["summary", "tien"], "words | tien-do"),
        (&["summary", "--compare", "p"], "words | previous"),
        (&["summary", "activity", "--campaign", "kiến nghị"], "words elsewhere | 2017-2018"),
        (&["set", "2016-10-27-yen-thanh", "context.popu"], "open | context.population="),
        (&["set", "2016-10-27-yen-thanh", "dân số"], "open elsewhere | context.population="),
        (&["set", "2016-10-27-yen-thanh", "kind=tự"], "words elsewhere | kind=self_check"),
        (&["set", "yen-thanh", "dien thoai"], "open elsewhere | phone="),
        (&["set", "yen-tu", "co"], "open | code="),
        (
            &["add-visit", "--set", "activity.field.heritage"],
            "open | activity.field.heritage_guiding.classes=",
        ),
        (&["add-visit", "--section", "finance,khuyen"], "words elsewhere | finance,promotion"),
        (&["add-centre", "yen tu"], "words elsewhere | yen-tu"),
        (&["check", "--select", "bad-date,outs"], "words | bad-date,outside-register"),
        (&["explain", "lien ket ra ngoai"], "words elsewhere | outside-register"),
        (&["list", "visits", "--ov"], "words | --overdue"),
        (&["-C", "so", "list", "cam"], "words | campaigns"),
        (&["import", ""], "files | xlsx | ods | csv | tsv"),
        (&["export", ""], "folders"),
        (&["nothing", ""], "words"),
    ];
    for (typed, expected) in rows {
        let line = [&["ttht"], *typed].concat();
        let found = words(&answer(folder.path(), "vi", &line));
        let found = found.split(" | ").take(expected.split(" | ").count()).collect::<Vec<_>>().join(" | ");
        assert_eq!(found, *expected, "{typed:?}");
    }
}

#[test]
fn what_is_offered_is_told_by_its_name_in_the_language_of_the_call() {
    let folder = fresh();
    example(folder.path());
    let told = |lang, words: &[&str]| answer(folder.path(), lang, words);
    let centre = "words\nyen-thanh\tTrung tâm học tập cộng đồng phường Yên Thanh\n";
    assert_eq!(told("vi", &["ttht", "show", "yen-th"]), centre);
    assert_eq!(told("vi", &["ttht", "che"]), "words\ncheck\tSoát mọi lỗi trong sổ\n");
    assert_eq!(told("en", &["ttht", "che"]), "words\ncheck\tFind all errors in the register\n");
    assert_eq!(
        told("vi", &["ttht", "--lang", "en", "che"]),
        "words\ncheck\tFind all errors in the register\n"
    );
}

#[test]
fn the_line_of_bash_is_read_with_its_quotes() {
    let folder = fresh();
    example(folder.path());
    let rows = [
        ("ttht show 'yen th", "words elsewhere quoted | yen-thanh"),
        ("ttht show yen\\ th", "words elsewhere | yen-thanh"),
        ("ttht -C \"a b\" show --kind ce", "words | centre"),
        ("ttht show  yen-th", "words | yen-thanh"),
        ("ttht che", "words | check"),
    ];
    for (line, expected) in rows {
        assert_eq!(words(&of_shell(folder.path(), "vi", "bash", line)), expected, "{line}");
    }
}

#[test]
fn a_visit_is_found_by_its_month_also_in_the_folder_of_another_year() {
    let folder = fresh();
    example(folder.path());
    let misplaced = folder.path().join("visits/2021-2022");
    fs::create_dir(&misplaced).unwrap();
    fs::write(misplaced.join("2021-03-05-yen-thanh.toml"), "").unwrap();
    let show = |month| words(&answer(folder.path(), "vi", &["ttht", "show", month]));
    assert_eq!(show("2021-03"), "words | 2021-03-05-yen-thanh");
    assert_eq!(show("2021-04"), "words");
}

#[test]
fn of_too_many_only_the_beginnings_are_offered() {
    let folder = fresh();
    example(folder.path());
    for n in 0..200 {
        fs::write(folder.path().join(format!("centres/xa-{n:03}.toml")), "").unwrap();
    }
    assert_eq!(words(&answer(folder.path(), "vi", &["ttht", "list", "--unit", "x"])), "words");
    let found = words(&answer(folder.path(), "vi", &["ttht", "add-visit", "xa-"]));
    assert!(found.starts_with("open | xa-00 | xa-01 | xa-02") && found.ends_with("xa-19"), "{found}");
    let found = words(&answer(folder.path(), "vi", &["ttht", "add-visit", "xa-01"]));
    assert!(found.starts_with("words | xa-010 | xa-011") && found.ends_with("xa-019"), "{found}");
}

/// Every file below a folder, and every folder, with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        }
        found.insert(path.clone(), fs::read(&path).unwrap_or_default());
    }
    found
}

#[test]
fn whatever_is_wrong_nothing_is_said_and_nothing_is_written() {
    let folder = fresh();
    let root = folder.path();
    let calls: &[&[&str]] = &[
        &["ttht", "show", ""],
        &["ttht", "set", "yen-thanh", ""],
        &["ttht", "summary", "--year", ""],
        &["ttht"],
        &[],
    ];
    let harmless = |what: &str| {
        let before = files(root);
        calls.iter().for_each(|call| drop(answer(root, "vi", call)));
        assert_eq!(before, files(root), "{what}");
    };
    harmless("no register");
    example(root);
    harmless("a sound one");
    fs::create_dir_all(root.join(".ttht")).unwrap();
    fs::write(root.join(".ttht/journal"), "no journal").unwrap();
    harmless("a change that was cut off");
    for file in ["ttht.toml", "units.toml", "centres/yen-thanh.toml"] {
        fs::write(root.join(file), [b'[', 0xff, b'\n', 0x1b, b'=']).unwrap();
    }
    harmless("what is no TOML");
    fs::write(root.join("centres/yen-thanh.toml"), "name = \"A\\u001b[31m\\tB\\nC\"\n").unwrap();
    assert_eq!(answer(root, "vi", &["ttht", "show", "yen-th"]), "words\nyen-thanh\tA␛[31m B C\n");
    fs::remove_dir_all(root.join("centres")).unwrap();
    fs::write(root.join("centres"), "").unwrap();
    harmless("a file in the place of a folder");
}

#[test]
fn the_script_of_powershell_runs_nothing_that_is_typed() {
    let output = Command::new(TTHT).args(["completions", "powershell"]).output().unwrap();
    let script = String::from_utf8(output.stdout).unwrap();
    for word in ["Invoke-Expression", "iex", "[scriptblock]::Create"] {
        assert!(!script.contains(word), "{word}");
    }
    let count = |mark| script.matches(mark).count();
    assert!(count('{') == count('}') && count('(') == count(')'), "{script}");
}
