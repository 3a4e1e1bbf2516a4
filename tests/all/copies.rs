//! What other programs leave in a register: copies are told and not counted, whatever they are copies of, and what is
//! nobody's record is passed over.

use crate::fresh::{copy, faults, fresh};
use crate::transcript::{TTHT, root};
use std::fs;
use std::path::Path;
use std::process::Command;
use ttht::model::text::Lang;

/// A register of the pages of rules: without a fault, and everything in it is made up.
const BASE: &str = "tests/rules/base";
const TODAY: &str = "2018-01-15";

/// The additions that sync programs, file managers and editors make to a name without its ending.
const ADDED: &[&str] = &[
    "{}-DESKTOP-AB12CD3.toml",
    "{} (Máy của An's conflicted copy 2017-01-15).toml",
    "{} (conflicted copy 2017-01-15 101112).toml",
    "{}.sync-conflict-20170115-101112-ABCDEFG.toml",
    "Bản sao của {}.toml",
    "{} - Copy.toml",
    "{} - Sao chép (2).toml",
    "{} (1).toml",
    "{} copy.toml",
    "{}.toml.orig",
    "{}.toml~",
    "#{}.toml#",
    // Small letters: these may be names of records of their own.
    "{}-laptop.toml",
    "{}-2.toml",
];

/// One record of every kind.
const RECORDS: &[&str] = &[
    "ttht",
    "units",
    "centres/yen-thanh",
    "campaigns/2016-2017",
    "schemes/vi-du",
    "statements/2014-2015",
    "visits/2016-2017/2016-10-27-yen-thanh",
];

/// What `summary` prints about a register.
fn tables(register: &Path) -> Vec<String> {
    let table = |name| {
        let mut ttht = Command::new(TTHT);
        ttht.args(["summary", name, "--lang", "en", "--today", TODAY, "-C"]).arg(register);
        String::from_utf8(ttht.output().unwrap().stdout).unwrap()
    };
    ["register", "organisation", "progress"].map(table).into()
}

#[test]
fn a_copy_of_any_record_is_told_and_not_counted() {
    let sound = fresh();
    copy(&root().join(BASE), sound.path());
    fs::create_dir(sound.path().join("statements")).unwrap();
    let statement = "period = \"2014-2015\"\nsource = [\"Báo cáo (đặt ra)\"]\n";
    fs::write(sound.path().join("statements/2014-2015.toml"), statement).unwrap();
    let counted = tables(sound.path());
    for record in RECORDS {
        let (folder, stem) = record.rsplit_once('/').unwrap_or(("", record));
        let register = fresh();
        copy(sound.path(), register.path());
        for added in ADDED {
            let name = added.replace("{}", stem);
            let path = register.path().join(folder).join(&name);
            fs::copy(register.path().join(format!("{record}.toml")), &path).unwrap();
            let found = faults(register.path(), TODAY);
            let [fault] = &found[..] else { panic!("{folder}/{name}: {found:#?}") };
            assert_eq!(fault.code, "copy-of-record", "{folder}/{name}");
            for lang in [Lang::Vi, Lang::En] {
                assert!(fault.message.get(lang).contains(stem), "{}", fault.message.get(lang));
                assert!(fault.help.get(lang).contains(&format!("{stem}.toml")), "{}", fault.help.get(lang));
            }
            assert_eq!(tables(register.path()), counted, "{folder}/{name}");
            fs::remove_file(path).unwrap();
        }
    }
}

#[test]
fn the_copy_of_a_folder_is_told() {
    let register = fresh();
    copy(&root().join(BASE), register.path());
    for (folder, copied) in [("visits/2016-2017", "visits/2016-2017 (1)"), ("centres", "centres - Copy")] {
        copy(&register.path().join(folder), &register.path().join(copied));
        let codes: Vec<_> = faults(register.path(), TODAY).iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["copy-of-record"], "{copied}");
        fs::remove_dir_all(register.path().join(copied)).unwrap();
    }
}

#[test]
fn what_is_nobodys_record_is_passed_over() {
    let register = fresh();
    copy(&root().join(BASE), register.path());
    fs::create_dir(register.path().join("statements")).unwrap();
    for folder in ["", "centres", "campaigns", "schemes", "statements", "visits", "visits/2016-2017"] {
        for name in [
            "Thumbs.db",
            "desktop.ini",
            ".DS_Store",
            "._yen-thanh.toml",
            "Icon\r",
            ".~lock.yen-thanh.toml#",
            "~$yen-thanh.docx",
            "~WRL0001.tmp",
            ".dropbox",
            ".yen-thanh.toml.swp",
            "4913",
            "README.md",
        ] {
            // That of macOS, which Windows cannot have.
            if cfg!(windows) && name.ends_with('\r') {
                continue;
            }
            fs::write(register.path().join(folder).join(name), "x").unwrap();
        }
        fs::create_dir(register.path().join(folder).join(".stfolder")).unwrap();
    }
    assert_eq!(faults(register.path(), TODAY), []);
}

#[test]
fn two_centres_of_a_unit_are_two_if_anything_tells_them_apart() {
    let register = fresh();
    copy(&root().join(BASE), register.path());
    let centre = "name = \"TTHTCĐ\"\nunit = \"yen-thanh\"\nkind = \"clc\"\n";
    let director = |name: &str| format!("[[person]]\nname = \"{name}\"\nposts = [\"director\"]\n");
    let found = |one: &str, other: &str| {
        fs::write(register.path().join("centres/a.toml"), one).unwrap();
        fs::write(register.path().join("centres/a-2.toml"), other).unwrap();
        faults(register.path(), "2016-09-01").iter().any(|fault| fault.code == "copy-of-record")
    };
    let (one, other) = (director("Trần Văn A"), director("Lê Thị B"));
    assert!(found(centre, centre));
    assert!(found(&format!("{centre}phone = \"0203123456\"\n"), &format!("{centre}{one}")));
    assert!(!found(centre, &centre.replace("TTHTCĐ", "TTHTCĐ số 2")));
    assert!(!found(&format!("{centre}{one}"), &format!("{centre}{other}")));
    let founded = |date| format!("{centre}founded = {{ date = {date} }}\n");
    assert!(!found(&founded("2005-05-04"), &founded("2015-05-04")));
    let ended = "[[status]]\nvalue = \"dissolved\"\nfrom = 2010-01-01\n";
    assert!(!found(&format!("{centre}{ended}"), centre));
}
