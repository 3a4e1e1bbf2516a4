//! What is asked where there are no records yet: a new register, and the scale by which it rates.

use crate::ask::Talk;
use crate::fresh::fresh;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const OFFICE: &str = "Cơ quan giữ sổ [Enter = Phòng Giáo dục và Đào tạo]:";
const LEVEL: &str = "Cấp [Enter = bỏ trống]:";
const PARENT: &str = "Cơ quan cấp trên [Enter = bỏ trống]:";
const PLACE: &str = "Địa danh [Enter = bỏ trống]:";
const ID: &str = "Mã sổ [Enter = ";
const SCHEME: &str = "Thang đánh giá [Enter = bỏ trống]:";
const TARGETS: &str = "Bộ chỉ tiêu (1, 3 nếu có nhiều) [Enter = bỏ trống]:";

fn settings(folder: &Path) -> String {
    fs::read_to_string(folder.join("so/ttht.toml")).unwrap_or_default()
}

#[test]
fn a_new_register_is_asked_for_and_what_is_wrong_is_asked_again() {
    for columns in [60, 80, 120] {
        let folder = fresh();
        let mut talk = Talk::at(columns, folder.path(), &["--lang", "vi", "init", "so"], &[]);
        talk.talks(&[("Chép sổ mẫu nào?", ""), (OFFICE, "UBND phường Đồng Sen"), (LEVEL, "7")]);
        talk.sees("! “7” chưa rõ là gì; gõ số").talks(&[
            (LEVEL, "1"),
            (PARENT, "x"),
            (PLACE, "<"),
            (PARENT, "Sở GD&ĐT"),
            (PLACE, ""),
            (ID, "Đồng Sen 2"),
        ]);
        talk.sees("1. Đánh giá TTHTCĐ").talks(&[(SCHEME, "qd281-2020")]).sees("là bộ chỉ tiêu");
        talk.talks(&[(SCHEME, "2553"), (TARGETS, "4, qd387-2030"), ("[Enter = lập;", "")]);
        assert_eq!(talk.ends(), 0, "{}", talk.shown);
        let text = settings(folder.path());
        let wanted = "id = \"dong-sen-2\"\noffice = \"UBND phường Đồng Sen\"\nlevel = \"commune\"\nparent = \"Sở GD&ĐT\"\nlang = \"vi\"\n";
        assert!(text.contains(wanted), "{text}");
        assert!(
            text.contains("targets = [\"qd281-2020\", \"qd387-2030\"]\nscheme = \"cv2553-2013\"\n"),
            "{text}"
        );
    }
}

#[test]
fn enter_alone_makes_what_a_script_makes() {
    let (asked, scripted) = (fresh(), fresh());
    let mut talk = Talk::at(80, asked.path(), &["--lang", "vi", "init", "so"], &[("TTHT_PLAIN", "1")]);
    for question in ["Chép sổ mẫu nào?", OFFICE, LEVEL, PARENT, PLACE, ID, SCHEME, TARGETS, "[Enter = lập;"]
    {
        talk.talks(&[(question, "")]);
    }
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    let mut script = Command::new(crate::transcript::TTHT);
    script.args(["--lang", "vi", "init", "so"]).current_dir(scripted.path()).stdin(Stdio::null());
    assert!(script.output().unwrap().status.success());
    assert_eq!(settings(asked.path()), settings(scripted.path()));
    assert!(settings(asked.path()).contains("office = \"Phòng Giáo dục và Đào tạo\"\n"));
}

#[test]
fn an_example_is_offered_and_what_is_given_is_not_asked() {
    let folder = fresh();
    let mut talk = Talk::at(80, folder.path(), &["--lang", "vi", "init", "so"], &[]);
    talk.talks(&[("Chép sổ mẫu nào?", "9"), ("! gõ số", "2")]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    assert!(settings(folder.path()).contains("UBND phường Đồng Sen"));

    let folder = fresh();
    let given = ["--lang", "vi", "init", "so", "--office", "A", "--level", "cấp xã", "--parent", "B"];
    let given =
        [&given[..], &["--place", "C", "--id", "d", "--scheme", "thông tư 44", "--targets", "qd281-2020"]]
            .concat();
    let mut talk = Talk::at(80, folder.path(), &given, &[]);
    talk.talks(&[("[Enter = lập;", "-")]);
    assert_eq!(talk.ends(), 130, "{}", talk.shown);
    assert!(talk.shown.contains("Chưa lập sổ") && !folder.path().join("so").exists());
    let mut talk = Talk::at(80, folder.path(), &[&given[..], &["--no-input"]].concat(), &[]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    assert!(settings(folder.path()).contains("scheme = \"tt44-2014-cdht\""));
}

#[test]
fn a_scale_is_told_without_a_code() {
    let folder = fresh();
    let mut init = Command::new(crate::transcript::TTHT);
    assert!(
        init.args(["--lang", "vi", "init", "."])
            .current_dir(folder.path())
            .output()
            .unwrap()
            .status
            .success()
    );
    let mut talk = Talk::at(80, folder.path(), &["add-scheme"], &[("TTHT_PLAIN", "1")]);
    talk.talks(&[
        ("Tên thang đánh giá:", "Thang của Sở (minh hoạ)"),
        ("Văn bản ban hành:", "12 /HD - SGDĐT"),
        ("Độ tin cậy", ""),
        ("Áp dụng cho", ""),
        ("Cách đánh giá", ""),
        ("Áp dụng từ ngày:", ">"),
        ("Tiêu chí 1 – Tên", "Bộ máy quản lý"),
        ("Điểm tối đa", "20"),
        ("Tiêu chí 2 – Tên", "Câu lạc bộ"),
        ("Điểm tối đa", "30"),
        ("Tiêu chí 3 – Tên", ""),
        ("Mức xếp loại 1 – Tên", "Tốt"),
        ("Điểm tối thiểu", "40"),
        ("Mức xếp loại 2 – Tên", "Khá"),
        ("Điểm tối thiểu", "45"),
    ]);
    talk.sees("mức “Khá” từ 45 điểm, không thấp hơn mức “Tốt”").talks(&[("Điểm tối thiểu", "30")]);
    talk.talks(&[("Mức xếp loại 3 – Tên", ""), ("Ghi vào sổ?", "")]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    let text = fs::read_to_string(folder.path().join("schemes/12-hd-sgddt.toml")).unwrap();
    assert!(text.contains("max = 50\n") && text.contains("id = \"management\"\n"), "{text}");
    assert!(text.contains("id = \"fair\"\nlabel = { vi = \"Khá\", en = \"Fair\" }\nmin = 30\n"), "{text}");
}
