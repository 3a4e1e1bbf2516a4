//! What was begun and left: listed, chosen, offered again, thrown away; and what is there already, told before it is asked for.

use crate::ask::{Talk, register};
use crate::transcript::TTHT;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Begins a visit and leaves it after a few answers.
fn leaves(register: &Path, centre: &str, date: &str) {
    let mut talk = Talk::start(register, &["add-visit", centre, "--date", date]);
    talk.sees("Đợt kiểm tra").types("").sees("Kết quả thực hiện đến nay").keys("\u{3}");
    assert_eq!(talk.ends(), 130);
}

fn files(register: &Path) -> usize {
    fs::read_dir(register.join(".ttht/drafts")).unwrap().count()
}

#[test]
fn a_draft_is_chosen_by_what_it_is_about_and_a_wrong_number_asks_again() {
    let (_folder, register) = register();
    leaves(&register, "yen-thanh", "25/10/2018");
    leaves(&register, "thuong-yen-cong", "26/10/2018");
    let mut talk = Talk::start(&register, &["add-visit", "--resume"]);
    talk.sees("1. phường Yên Thanh, 25/10/2018 (1 câu đã trả lời; lưu ");
    talk.sees("2. xã Thượng Yên Công, 26/10/2018 (");
    talk.talks(&[
        ("Làm tiếp bản nháp nào? Gõ số (1 đến 2):", "9"),
        ("Làm tiếp bản nháp nào? Gõ số (1 đến 2):", "hai"),
        ("Làm tiếp bản nháp nào? Gõ số (1 đến 2):", "2"),
    ]);
    talk.sees("Làm tiếp sau 1 câu đã trả lời").sees("2016-11-09-thuong-yen-cong#r1").keys("\u{3}");
    assert_eq!(talk.ends(), 130);
    let mut talk = Talk::start(&register, &["add-visit", "--resume"]);
    talk.sees("Làm tiếp bản nháp nào").keys("\u{4}").sees("Chưa ghi gì.");
    assert_eq!((talk.ends(), files(&register)), (130, 2));
}

#[test]
fn a_draft_of_the_same_centre_and_day_is_offered_when_it_is_begun() {
    let (_folder, register) = register();
    leaves(&register, "yen-thanh", "25/10/2018");
    let mut talk = Talk::start(&register, &["add-visit"]);
    talk.talks(&[("Trung tâm:", "yên thanh"), ("Ngày kiểm tra", "25/10/2018")]);
    talk.sees("Đang có bản nháp: phường Yên Thanh, 25/10/2018 (1 câu đã trả lời; lưu ");
    talk.talks(&[("Làm tiếp bản nháp này?", "")])
        .sees("Làm tiếp sau 1 câu")
        .sees("Kết quả thực hiện đến nay")
        .keys("\u{3}");
    assert_eq!((talk.ends(), files(&register)), (130, 1), "the two are one");
    let mut talk = Talk::start(&register, &["add-visit", "yen-thanh", "--date", "25/10/2018"]);
    talk.talks(&[("Làm tiếp bản nháp này?", "không"), ("Đợt kiểm tra", "")])
        .sees("Kết quả thực hiện đến nay")
        .keys("\u{3}");
    assert_eq!((talk.ends(), files(&register)), (130, 2));
    let mut talk = Talk::start(&register, &["add-visit", "yen-thanh", "--date", "26/10/2018"]);
    talk.sees("Đợt kiểm tra").keys("\u{3}");
    assert_eq!(talk.ends(), 130);
    assert!(!talk.shown.contains("bản nháp:"), "another day is another visit: {}", talk.shown);
}

#[test]
fn a_draft_of_a_visit_that_is_there_by_now_says_so_at_once() {
    let (_folder, register) = register();
    leaves(&register, "yen-thanh", "25/10/2018");
    let file = register.join("visits/2018-2019/2018-10-25-yen-thanh.toml");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, "centre = \"yen-thanh\"\ndate = 2018-10-25\n").unwrap();
    let mut talk = Talk::start(&register, &["add-visit", "--resume"]);
    talk.sees("Làm tiếp sau 1 câu").sees("! lỗi: trong sổ đã có lần kiểm tra “2018-10-25-yen-thanh”");
    talk.sees("Kết quả thực hiện đến nay").keys("\u{3}");
    assert_eq!(talk.ends(), 130);
}

#[test]
fn drafts_are_listed_and_thrown_away() {
    let (_folder, register) = register();
    leaves(&register, "yen-thanh", "25/10/2018");
    leaves(&register, "thuong-yen-cong", "26/10/2018");
    fs::write(register.join(".ttht/drafts/add-unit.1.toml"), "[[").unwrap();
    let drafts = |arguments: &[&str]| {
        let done = Command::new(TTHT)
            .args(["--lang", "vi", "drafts"])
            .args(arguments)
            .current_dir(&register)
            .output();
        let done = done.unwrap();
        let said = [done.stdout, done.stderr].concat();
        (done.status.code().unwrap(), String::from_utf8(said).unwrap())
    };
    let (code, said) = drafts(&[]);
    assert!(code == 0 && said.contains("  1. add-unit.1.toml (không đọc được; lưu "), "{said}");
    assert!(said.contains("  3. xã Thượng Yên Công, 26/10/2018 (1 câu"), "{said}");
    let (code, said) = drafts(&["--delete", "4"]);
    assert!(code == 3 && said.contains("không có bản nháp số “4”"), "{code} {said}");
    let (code, said) = drafts(&["--delete", "2"]);
    assert!(code == 0 && said.contains("Đã bỏ bản nháp: phường Yên Thanh, 25/10/2018"), "{said}");
    assert_eq!(files(&register), 2);
    drafts(&["--delete", "tất cả"]);
    assert_eq!((files(&register), drafts(&[]).1.as_str()), (0, "Không có bản nháp nào.\n"));
}

#[test]
fn what_is_there_already_is_told_before_anything_is_asked() {
    let (_folder, register) = register();
    let told = [
        (
            &["add-visit", "yên thanh", "--date", "26/10/2017"][..],
            "trong sổ đã có lần kiểm tra “2017-10-26-yen-thanh”",
            "--follow-up-of",
        ),
        (
            &["add-centre", "yên thanh"],
            "trong sổ đã có trung tâm “yen-thanh”",
            "ttht edit yen-thanh --kind centre",
        ),
        (
            &["add-campaign", "2016-2017"],
            "trong sổ đã có đợt kiểm tra “2016-2017”",
            "ttht edit 2016-2017 --kind campaign",
        ),
    ];
    for (call, message, help) in told {
        let mut talk = Talk::start(&register, call);
        talk.sees(message).sees(help);
        assert_eq!(talk.ends(), 2);
        assert!(!talk.shown.contains("Mỗi câu một dòng"), "{}", talk.shown);
    }
    let mut talk = Talk::start(&register, &["add-centre"]);
    talk.talks(&[("Xã, phường:", "yên thanh")])
        .sees("! lỗi: trong sổ đã có trung tâm “yen-thanh”")
        .sees("Xã, phường:")
        .keys("\u{3}");
    assert_eq!(talk.ends(), 130);
    let mut talk = Talk::start(&register, &["add-centre", "yen-thanh", "--id", "yen-thanh-2"]);
    talk.sees("Tên trung tâm").keys("\u{3}");
    assert_eq!(talk.ends(), 130);
}

#[test]
fn an_editor_that_is_back_at_once_is_waited_for() {
    let (folder, register) = register();
    let editor = folder.path().join("code");
    fs::write(&editor, "#!/bin/sh\nexit 0\n").unwrap();
    fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let edit = |name: &str| {
        let variables = [("TTHT_PLAIN", "1"), ("VISUAL", editor.to_str().unwrap())];
        Talk::at(80, &register, &["edit", name], &variables)
    };
    let mut talk = edit("yen-thanh");
    talk.sees("nhấn Enter ở đây:");
    let draft = register.join(".ttht/centres-yen-thanh.toml");
    let text = fs::read_to_string(&draft).unwrap();
    fs::write(&draft, text + "# ghi ở cửa sổ khác\n").unwrap();
    talk.keys("\r").sees("centres/yen-thanh.toml");
    assert_eq!(talk.ends(), 0);
    let record = fs::read_to_string(register.join("centres/yen-thanh.toml")).unwrap();
    assert!(record.ends_with("# ghi ở cửa sổ khác\n"), "{record}");
}
