//! A form page by page at a real terminal: how many answers a visit takes, and what one line may say.

use crate::ask::Talk;
use crate::fresh::{example, fresh};
use crate::transcript::root;
use expectrl::process::unix::Signal;
use std::fs;
use std::path::{Path, PathBuf};
use ttht::model::path::steps;
use ttht::model::visit::FIELDS;
use ttht::toml::{print, raw_tree};

/// A form at a terminal, and how many lines were typed at it.
struct Form {
    talk: Talk,
    typed: usize,
}

impl Form {
    fn start(register: &Path, columns: u16, today: &str, arguments: &[&str]) -> Form {
        let arguments: Vec<&str> = ["--lang", "vi"].into_iter().chain(arguments.iter().copied()).collect();
        Form { talk: Talk::on(today, columns, register, &arguments, &[]), typed: 0 }
    }

    /// Types lines, each at the next prompt.
    fn types(&mut self, lines: &[&str]) -> &mut Form {
        for line in lines {
            self.talk.asks().types(line);
            self.typed += 1;
        }
        self
    }

    /// Waits for words, if they were not shown yet.
    fn shows(&mut self, words: &str) -> &mut Form {
        if !self.talk.shown.contains(words) {
            self.talk.sees(words);
        }
        self
    }

    /// The end, without a fault.
    fn is_saved(&mut self) {
        assert_eq!(self.talk.ends(), 0, "{}", self.talk.shown);
    }
}

/// The example register without the visits from a day on.
fn register_before(day: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = fresh();
    let register = folder.path().join("so");
    example(&register);
    for year in fs::read_dir(register.join("visits")).unwrap() {
        for file in fs::read_dir(year.unwrap().path()).unwrap() {
            let file = file.unwrap();
            if &*file.file_name().to_string_lossy() >= day {
                fs::remove_file(file.path()).unwrap();
            }
        }
    }
    (folder, register)
}

/// The values of a record that are asked for, without what a later command adds or a paper elsewhere says.
fn asked(text: &str) -> String {
    let mut tree = raw_tree(text).into_owned();
    for key in ["photo", "source"] {
        tree.take(&steps(key).unwrap());
    }
    // `18.0` and `18` say the same.
    print::document(FIELDS, &tree).replace(".0,", ",")
}

fn is_as_in_the_example(register: &Path, file: &str) {
    let there = |folder: &Path| fs::read_to_string(folder.join(file)).unwrap();
    let written = there(register);
    assert_eq!(asked(&written), asked(&there(&root().join("examples/uong-bi"))));
}

const FIRST: &[&str] = &[
    "yên thanh",
    "",
    "",
    "8h; 10h45; UBND phường Yên Thanh; Công tác khuyến học, khuyến tài của phường; \
     Hướng xây dựng trung tâm điển hình; Thăm một dòng họ học tập",
    "8=Phan Thị Bích Huệ",
    "",
    "Nguyễn Văn A (minh hoạ); trưởng đoàn; Phòng GD&ĐT; Phó Trưởng phòng",
    "Trần Thị B (minh hoạ); phó trưởng đoàn; Hội Khuyến học thành phố; Phó Chủ tịch",
    "Lê Văn C (minh hoạ); thành viên; Phòng GD&ĐT; Chuyên viên phụ trách giáo dục thường xuyên",
    "Phạm Thị D (minh hoạ); thư ký; Phòng GD&ĐT; Chuyên viên",
    "",
    "Hoàng Trọng Hiếu",
    "Bùi Thị G (minh hoạ); PGĐ, HT",
    "",
    "1/10/2016; 8.614; 2.461; 7; 12; 9",
    "có; có; có; 4; 6; UBND phường đưa chỉ tiêu của trung tâm vào nghị quyết năm.",
    "đủ hết, trừ 7, 14 thiếu",
    "",
    "có hết",
    "4; 585; 2; 85,5",
    "Báo cáo của trung tâm",
    "pháp luật; 12; 15; 37,5; 623; ; 330; 18; ; 164",
    "y tế; 5; 6; 18; 214; ; 152; 5; ; 96",
    "KHKT; 4; 5; 17,5; 146; ; 69; 4; ; 21",
    "văn nghệ; 6; 6; 12; 440; ; 250; 13; ; 140",
    "thời sự; 5; 5; 10; 419; ; 189; 11; ; 158",
    "",
    "3.150.000; 25 triệu; 18,4 triệu; 0; 1.200.000; 43.930.000; 3.820.000",
    "2.343; 1.241; 137; 7; 3; 2; 4; ; 12.350.000; 82.020.000; 79.650.000; 14.720.000; 74.000.000",
    "22; 22.150.000; 399; 42.640.000; 12; 4.350.000; 6; 5.800.000; 28; 6; 12",
    "2.107; 1.812; 2.442; 9; 6; 12; 7; 5; 7; 9; 7; 9",
    "",
    "dòng họ; Dương Văn Lầu; tổ 28, khu Phú Thanh Tây; Dòng họ học tập.",
    "",
    "1=Cấp uỷ, UBND phường quan tâm, giao chỉ tiêu cụ thể cho từng khu; \
     2=Tủ sách mới đặt tại một điểm, người dân ở khu xa khó sử dụng; \
     3=Nhà văn hoá khu chưa bố trí được phòng đọc; \
     4=Tiếp thu ý kiến của đoàn, sẽ báo cáo UBND phường bố trí phòng đọc.",
    "Phong trào khuyến học của các dòng họ phát triển đều",
    "",
    "UBND phường; Bố trí phòng đọc tại ít nhất hai nhà văn hoá khu để luân chuyển sách của tủ sách cộng đồng.; 30/6/2017",
    "",
    "18; 26; 16; 26; tốt",
    "02/BB-KT; 2; có; có",
    "",
];

const SECOND: &[&str] = &[
    "yên thanh",
    "26/10/2017",
    "",
    "2; Mới bố trí được một trong hai nhà văn hoá khu.",
    "14h; 16h15; =; Việc thực hiện kiến nghị năm 2016; Xem các điểm luân chuyển sách",
    "",
    "",
    "Bùi Thị G (minh hoạ)",
    "Đặng Văn I (minh hoạ); kế toán",
    "",
    "1/10/2017; 8.666; 2.483; 7; 12; 9",
    "có; có; có; 5; 7",
    "",
    "đủ hết",
    "",
    "8=5; 9=623",
    "=",
    "2=Sổ theo dõi mở lớp",
    "pháp luật; 13; 15; 39; 695; ; 388; 19; 6; 169",
    "sức khoẻ; 6; 7; 21; 253; ; 168; 6; 2; 123",
    "kinh tế; 5; 6; 21; 191; ; 91; 5; 2; 24",
    "văn hoá; 5; 6; 13,5; 346; ; 199; 8; 2; 109",
    "môi trường; 3; 3; 7,5; 168; ; 107; 4; ; 39",
    "thời sự; 6; 6; 12; 478; ; 209; 13; ; 194",
    "",
    "3.820.000; 27.000.000; 21.650.000; 0; 1.500.000; 51.010.000; 2.960.000",
    "2.430; 1.302; 135; 7; 3; 2; 4; ; 14.720.000; 85.160.000; 86.700.000; 13.180.000; 81.000.000; \
     23; 24.000.000; 415; 46.260.000; 12; 4.500.000; 6; 6.100.000; 29; 6; 12",
    "2.133; 1.866; 2.452; 10; 8; 12; 7; 6; 7; 9; 8; 9",
    "",
    "cộng đồng; Điểm đọc sách nhà văn hoá khu (minh hoạ)",
    "",
    "1=Đã có một điểm luân chuyển sách ở khu; 2=Điểm luân chuyển sách thứ hai chưa có phòng",
    "Hồ sơ, sổ sách đủ theo danh mục",
    "",
    "",
    "18; 27; 16; 27; tốt",
    "03/BB-KT; 2; có; có",
    "",
];

#[test]
fn a_usual_visit_takes_sixty_answers_from_nothing_and_forty_the_second_time() {
    let (_folder, register) = register_before("2016");
    let mut form = Form::start(&register, 80, "2016-10-27", &["add-visit"]);
    form.types(FIRST).is_saved();
    is_as_in_the_example(&register, "visits/2016-2017/2016-10-27-yen-thanh.toml");
    assert!(form.typed <= 60, "{}", form.typed);

    let (_folder, register) = register_before("2017-10-26");
    let mut form = Form::start(&register, 100, "2017-10-30", &["add-visit"]);
    form.types(SECOND).is_saved();
    is_as_in_the_example(&register, "visits/2017-2018/2017-10-26-yen-thanh.toml");
    assert!(form.typed <= 40, "{}", form.typed);
}

/// A form at the page of a part of a visit to Yên Thanh, with earlier visits.
fn at(register: &Path, columns: u16, section: &str) -> Form {
    let arguments = ["add-visit", "yen-thanh", "--date", "2018-10-25", "--section", section];
    let mut form = Form::start(register, columns, "2018-11-01", &arguments);
    form.types(&[""]);
    form
}

fn example_register() -> (tempfile::TempDir, PathBuf) {
    register_before("9")
}

const VISIT: &str = "visits/2018-2019/2018-10-25-yen-thanh.toml";

/// Says that the part is done and that the record is to be written. Returns its text.
fn saved(form: &mut Form, register: &Path) -> String {
    form.types(&["", ""]).is_saved();
    fs::read_to_string(register.join(VISIT)).unwrap()
}

#[test]
fn one_line_answers_a_list_but_for_some() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 80, "documents");
    form.types(&["đủ hết, trừ 3, 7-8 thiếu, 9 không có"]);
    form.shows("7. Sổ theo dõi mở lớp, chuyên đề     đủ          thiếu");
    let text = saved(&mut form, &register);
    let states = |state: &str| text.matches(&format!("= \"{state}\"")).count();
    assert_eq!((states("complete"), states("incomplete"), states("absent")), (12, 3, 1), "{text}");
}

#[test]
fn a_line_that_is_wrong_somewhere_answers_nothing() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 80, "context");
    form.types(&[
        "1/10/2018; 8.721; nhiều; 7",
        "1/10/2018; 8.721; 2.500; 7; 12; 9; 1",
        "2=8.721; 4 120",
        "13",
    ]);
    form.shows("Số hộ: “nhiều”").shows("thừa “1”").shows("thừa “4 120”").shows("phần này có 6 dòng");
    form.types(&["2 8.721"]);
    form.shows("8.721 (tăng 0,6%)");
    let text = saved(&mut form, &register);
    assert!(text.ends_with("[context]\npopulation = 8_721\n"), "{text}");
}

#[test]
fn a_part_is_reached_from_any_other_and_the_last_line_taken_back() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 120, "finance");
    form.types(&["2=3.820.000", "phần 15", "18; 26", "<", "kinh phí", "3=27 triệu", "<", "4=1 tỷ", "."]);
    form.types(&[""]).is_saved();
    let text = fs::read_to_string(register.join(VISIT)).unwrap();
    assert!(
        text.ends_with("[finance]\nperiod = \"2017\"\nopening = 3_820_000\ncontributions = 1_000_000_000\n"),
        "{text}"
    );
}

#[test]
fn rows_of_a_spreadsheet_are_pasted_whole() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 80, "activity");
    let rows = ["Pháp luật\t12\t15\t37,5\t623\t\t330", "Sức khoẻ\t5\t6\t18\t214\t\t152\t\t\t\t\t"];
    form.talk.asks().keys(&format!("\u{1b}[200~{}\u{1b}[201~\r", rows.join("\r\n")));
    let text = saved(&mut form, &register);
    assert!(
        text.contains("law = { classes = 12, sessions = 15, hours = 37.5, attendances = 623, women = 330 }"),
        "{text}"
    );
    assert!(
        text.contains("health = { classes = 5, sessions = 6, hours = 18, attendances = 214, women = 152 }"),
        "{text}"
    );
}

#[test]
fn a_text_is_no_command_and_goes_to_no_other_line() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 120, "findings");
    form.types(&[
        "Thực hiện hết, trừ khu 5",
        "Phần lớn người dân tham gia",
        "4=Đã sửa hết, trừ khu 3",
        "4 khu chưa có điện",
        "Nguyên nhân = thiếu người",
    ]);
    form.shows("gõ 4=khu chưa có điện hoặc 3=4 khu chưa có điện");
    let text = saved(&mut form, &register);
    for list in [
        "\"Thực hiện hết, trừ khu 5\"",
        "\"Phần lớn người dân tham gia\"",
        "shortcomings = [\"Đã sửa hết, trừ khu 3\"]",
        "causes = [\"thiếu người\"]",
    ] {
        assert!(text.contains(list), "{list}\n{text}");
    }
    assert!(!text.contains("chưa có điện"), "{text}");
}

#[test]
fn a_number_with_its_unit_is_not_the_number_of_a_line() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 80, "finance");
    form.types(&["2 triệu", "3 triệu", ""]);
    let text = saved(&mut form, &register);
    assert!(text.contains("opening = 2_000_000\nstate_budget = 3_000_000\n"), "{text}");
}

#[test]
fn an_empty_line_of_a_paste_ends_no_part() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 80, "context");
    form.talk.asks().keys("\u{1b}[200~2=8.721\r\n\r\n3=2.500\u{1b}[201~\r");
    let text = saved(&mut form, &register);
    assert!(text.contains("population = 8_721\nhouseholds = 2_500\n"), "{text}");
}

#[test]
fn what_a_row_lacks_is_said_in_the_words_of_the_form() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 120, "team");
    form.types(&["Trần Thị B (minh hoạ)"]);
    form.shows("gõ cả dòng: Họ và tên; Nhiệm vụ trong đoàn");
    form.types(&["Trần Thị B (minh hoạ); lái xe"]);
    form.shows("gõ một trong: trưởng đoàn; phó trưởng đoàn; thành viên; thư ký");
    assert!(!form.talk.shown.contains("deputy"), "{}", form.talk.shown);
}

#[test]
fn a_row_says_what_it_takes_and_a_hint_points_to_the_open_line() {
    let (_folder, register) = example_register();
    let mut form = Form::start(&register, 80, "2018-11-01", &["add-scheme"]);
    form.types(&["Thang minh hoạ", ""]);
    form.shows("1. Tiêu chí 1 (Tên; Điểm tối đa)");
    form.types(&["Bộ máy; 20", "", "Tốt; 15", "5"]);
    form.shows("1. Mức xếp loại 1 (Tên; Điểm tối thiểu)").shows("gõ số dòng trước: 2=5");
}

#[test]
fn what_is_odd_is_told_at_once_and_can_be_kept() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 80, "promotion");
    form.types(&["2=2500; 3=2600"]);
    form.shows("! lỗi: ").shows("chưa nhận dòng này");
    form.types(&["2=25"]);
    form.shows("! cảnh báo: ").shows("đúng như vậy thì Enter");
    form.types(&[""]);
    let text = saved(&mut form, &register);
    assert!(text.contains("members = 25\n") && !text.contains("women"), "{text}");
}

#[test]
fn points_are_added_up_while_they_are_given() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 80, "xếp loại");
    form.shows("1. Bộ máy quản lý (tối đa 20)");
    form.types(&["18; 26"]);
    form.shows("Cộng đến nay 44/50 điểm (2/4 tiêu chí); ứng với mức Yếu");
    form.types(&["16; 26"]);
    form.shows("Cộng đến nay 86/100 điểm (4/4 tiêu chí); ứng với mức Tốt");
}

#[test]
fn no_line_of_a_page_is_wider_than_the_window() {
    for columns in [60, 80, 120] {
        let (_folder, register) = example_register();
        let mut form = Form::start(
            &register,
            columns,
            "2018-11-01",
            &["add-visit", "yen-thanh", "--date", "2018-10-25"],
        );
        form.types(&[""]);
        for part in 1..=16 {
            form.types(&[&format!("phần {part}"), "="]);
        }
        form.talk.asks();
        let shown = form.talk.shown.replace('\r', "");
        let drawn = shown.lines().filter(|line| !line.contains(": phần ") && !line.contains("]: "));
        let wide: Vec<&str> = drawn.filter(|line| line.chars().count() > usize::from(columns)).collect();
        assert!(wide.is_empty(), "{columns}: {wide:#?}");
    }
}

/// The form is cut off after a line, at any of them, and taken up again: nothing is lost.
#[test]
fn a_form_that_is_killed_after_any_line_goes_on_where_it_was() {
    let stride = if std::env::var_os("TTHT_STRESS").is_some() { 1 } else { 13 };
    for cut in (3..FIRST.len() - 1).step_by(stride) {
        let (_folder, register) = register_before("2016");
        let mut form = Form::start(&register, 80, "2016-10-27", &["add-visit"]);
        form.types(&FIRST[..cut]);
        form.talk.asks();
        form.talk.session.get_process_mut().signal(Signal::SIGKILL).unwrap();
        let mut form = Form::start(&register, 80, "2016-10-27", &["add-visit", "--resume"]);
        form.types(&FIRST[cut..]).is_saved();
        is_as_in_the_example(&register, "visits/2016-2017/2016-10-27-yen-thanh.toml");
    }
}

#[test]
fn a_terminal_that_can_only_write_on_shows_pages_without_a_sign_to_it() {
    let (_folder, register) = example_register();
    let arguments =
        ["--lang", "vi", "add-visit", "yen-thanh", "--date", "2018-10-25", "--section", "kinh phí"];
    let mut talk = Talk::on("2018-11-01", 80, &register, &arguments, &[("TERM", "dumb")]);
    for line in ["", "3.820.000; 27 triệu", "", "", ""] {
        talk.asks().types(line);
    }
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    assert!(!talk.drawn.contains(&b'\x1b'), "{}", talk.shown);
}

#[test]
fn a_post_that_is_in_no_list_is_kept_in_its_own_words() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 80, "host");
    form.types(&[
        "Lê Văn M (minh hoạ); PGĐ, trưởng thôn",
        "Lê Văn N (minh hoạ); giám đôc",
        "Lê Văn N (minh hoạ); PCT",
    ]);
    form.shows("Chức vụ khác").shows("trưởng thôn").shows("“giám đôc”").shows("“PCT”");
    let text = saved(&mut form, &register);
    assert!(
        text.ends_with("posts = [\"deputy_director\", \"other\"]\npost_name = \"trưởng thôn\"\n"),
        "{text}"
    );
}

#[test]
fn a_row_with_a_name_and_no_figure_is_told_before_it_is_left_out() {
    let (_folder, register) = example_register();
    let mut form = at(&register, 80, "activity");
    form.types(&["Pháp luật", "y tế; 5; 6", ""]);
    form.shows("Pháp luật: chưa có số liệu nào, sẽ không được ghi");
    let text = saved(&mut form, &register);
    assert!(text.ends_with("[activity.field]\nhealth = { classes = 5, sessions = 6 }\n"), "{text}");
}

#[test]
fn a_point_before_the_first_page_ends_the_form() {
    let (_folder, register) = example_register();
    let mut form =
        Form::start(&register, 80, "2018-11-01", &["add-visit", "yen-thanh", "--date", "2018-10-25"]);
    form.types(&[".", ""]).is_saved();
    let text = fs::read_to_string(register.join(VISIT)).unwrap();
    assert_eq!(text, "centre = \"yen-thanh\"\ndate = 2018-10-25\n");
}
