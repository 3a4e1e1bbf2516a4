//! Questions at a real terminal: what is shown, what is typed, what is written.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use expectrl::process::unix::{PtyStream, UnixProcess, WaitStatus};
use expectrl::session::OsSession;
use expectrl::{Expect, Session};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How long a question may take to appear.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A conversation at a terminal.
pub struct Talk {
    pub session: Session<UnixProcess, PtyStream>,
    /// All bytes that came, and how many of them were waited for.
    pub drawn: Vec<u8>,
    passed: usize,
    /// What was waited for, as text.
    pub shown: String,
}

/// The bytes that are text, each with where it ends: without escapes, and without a return that begins no line.
fn text_in(bytes: &[u8]) -> Vec<(u8, usize)> {
    let mut text = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at + 1..];
        at += 1;
        match byte {
            b'\x1b' => at += rest.iter().position(u8::is_ascii_alphabetic).map_or(rest.len(), |n| n + 1),
            b'\r' if rest.first() != Some(&b'\n') => {}
            _ => text.push((byte, at)),
        }
    }
    text
}

impl Talk {
    /// A call of the program in a folder, at a terminal of 80 columns: one question after another.
    pub fn start(folder: &Path, arguments: &[&str]) -> Talk {
        Talk::at(80, folder, arguments, &[("TTHT_PLAIN", "1")])
    }

    /// The same at a terminal of so many columns, with variables.
    pub fn at(columns: u16, folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Talk {
        Talk::on("2018-11-01", columns, folder, arguments, variables)
    }

    /// The same on another day.
    pub fn on(
        today: &str,
        columns: u16,
        folder: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Talk {
        let mut command = Command::new(TTHT);
        command.args(["--today", today]).args(arguments).current_dir(folder);
        for name in ["TTHT_LANG", "TTHT_REGISTER", "TTHT_PLAIN", "COLUMNS", "NO_COLOR", "CI"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm").envs(variables.iter().copied());
        Talk::with(command, columns)
    }

    /// Another program. It waits until the terminal has its size, which on a busy machine may come late.
    pub fn with(command: Command, columns: u16) -> Talk {
        let sized =
            format!("until [ \"$(stty size)\" = \"24 {columns}\" ]; do sleep 0.01; done; exec \"$@\"");
        let mut shell = Command::new("sh");
        shell.args(["-c", &sized, "sh"]).arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        command.get_current_dir().map(|folder| shell.current_dir(folder));
        let mut session = OsSession::spawn(shell).unwrap();
        session.get_process_mut().set_window_size(columns, 24).unwrap();
        Talk { session, drawn: Vec::new(), passed: 0, shown: String::new() }
    }

    /// Reads what has come. False at the end.
    pub fn reads(&mut self) -> bool {
        let mut bytes = [0; 4096];
        loop {
            match self.session.try_read(&mut bytes) {
                Ok(0) => return false,
                Ok(n) => self.drawn.extend(&bytes[..n]),
                Err(error) => return error.kind() == ErrorKind::WouldBlock,
            }
        }
    }

    /// Waits until something is found in the text that came, which ends there, and leaves the core to the program meanwhile.
    fn waits(&mut self, name: &str, find: impl Fn(&[u8], bool) -> Option<usize>) -> &mut Talk {
        let start = Instant::now();
        loop {
            let is_open = self.reads();
            let (text, ends): (Vec<u8>, Vec<usize>) = text_in(&self.drawn[self.passed..]).into_iter().unzip();
            if let Some(found) = find(&text, is_open) {
                self.shown.push_str(&String::from_utf8_lossy(&text[..found]));
                self.passed += found.checked_sub(1).map_or(0, |last| ends[last]);
                return self;
            }
            let before = || format!("{}{}", self.shown, String::from_utf8_lossy(&text));
            assert!(is_open, "“{name}” does not appear before the end\nshown:\n{}", before());
            assert!(start.elapsed() < PATIENCE, "“{name}” does not appear\nshown:\n{}", before());
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Waits for words to be shown.
    pub fn sees(&mut self, words: &str) -> &mut Talk {
        let find = |text: &[u8]| text.windows(words.len()).position(|part| part == words.as_bytes());
        self.waits(words, |text, _| find(text).map(|at| at + words.len()))
    }

    /// Waits for a prompt: nothing comes after its colon.
    pub fn asks(&mut self) -> &mut Talk {
        self.waits("a prompt", |text, _| text.ends_with(b": ").then_some(text.len()))
    }

    /// Waits for the next prompt below the line that was typed, or for the end. True if it is the end.
    pub fn asks_or_ends(&mut self) -> bool {
        let is_next = |text: &[u8]| text.contains(&b'\n') && text.ends_with(b": ");
        self.waits("a prompt or the end", |text, is_open| (is_next(text) || !is_open).then_some(text.len()));
        self.shown.ends_with('\n')
    }

    /// Types keys, and no Enter.
    pub fn keys(&mut self, keys: &str) -> &mut Talk {
        // What is drawn meanwhile is taken, so that neither end waits for the other.
        for part in keys.as_bytes().chunks(1_000) {
            self.session.send(part).unwrap();
            self.reads();
        }
        self
    }

    /// Types a line.
    pub fn types(&mut self, line: &str) -> &mut Talk {
        self.keys(line).keys("\r")
    }

    /// Each question with its answer.
    pub fn talks(&mut self, lines: &[(&str, &str)]) -> &mut Talk {
        for (question, answer) in lines {
            self.sees(question).types(answer);
        }
        self
    }

    /// Waits for the end. Returns the exit code.
    pub fn ends(&mut self) -> i32 {
        self.waits("the end", |text, is_open| (!is_open).then_some(text.len()));
        match self.session.get_process().wait().unwrap() {
            WaitStatus::Exited(_, code) => code,
            other => panic!("{other:?}"),
        }
    }
}

/// A fresh copy of the example register, and the folder that holds it.
pub fn register() -> (tempfile::TempDir, PathBuf) {
    let folder = fresh();
    let register = folder.path().join("so");
    example(&register);
    (folder, register)
}

const VISIT: &str = "visits/2018-2019/2018-10-25-yen-thanh.toml";

#[test]
fn a_whole_short_visit_is_asked_for() {
    let (_folder, register) = register();
    let mut talk = Talk::start(&register, &["add-visit"]);
    talk.talks(&[
        ("Trung tâm:", "yên thanh"),
        ("Ngày kiểm tra [Enter = 01/11/2018]:", "25/10/2018"),
        ("Đợt kiểm tra:", ""),
    ]);
    talk.sees("2016-10-27-yen-thanh#r1 – UBND cấp xã: Bố trí phòng đọc")
        .sees("Thời hạn: 30/06/2017. Tình trạng: thực hiện một phần.")
        .talks(&[
            ("Kết quả thực hiện đến nay:", "đã thực hiện"),
            ("Ghi chú:", "Đủ hai phòng đọc."),
            ("dòng tiếp theo", ""),
        ]);
    talk.talks(&[
        ("Bắt đầu lúc:", "8h"),
        ("Kết thúc lúc:", "10h45"),
        ("Địa điểm [26/10/2017: UBND phường Yên Thanh; Enter = để trống]:", "="),
        ("Nội dung làm việc 1 [Enter = hết]:", "Nghe báo cáo"),
        ("Nội dung làm việc 2 [Enter = hết]:", ""),
        ("Người cung cấp thông tin", ""),
    ]);
    talk.sees("Đoàn kiểm tra gần đây nhất (xã Thượng Yên Công, 17/11/2017):").talks(&[
        ("Giữ nguyên đoàn này? [Enter = giữ nguyên; - bỏ qua]:", ""),
        ("Đoàn kiểm tra 5 – Họ và tên [Enter = hết]:", ""),
        ("Đại diện đơn vị được kiểm tra 1 – Họ và tên", "Hoàng Trọng Hiếu"),
        ("Chức vụ [Enter = ", ""),
        ("Đại diện đơn vị được kiểm tra 2 – Họ và tên", ""),
        ("Phần 4/16: Số liệu chung\r\nCó nhập phần này không? [Enter = có; - bỏ qua]:", ""),
        ("Số liệu tính đến ngày:", "1/10/2018"),
        ("Dân số [01/10/2017: 8.666; Enter = để trống]:", "8.721"),
        ("Số hộ [01/10/2017: 2.483; Enter = để trống]:", "-"),
        ("Số thôn, tổ dân phố", "="),
        ("Số dòng họ", ">"),
        ("Công tác quản lý, chỉ đạo", "-"),
        ("Hồ sơ, sổ sách\r\nCó nhập phần này không? [Enter = có; gõ = để lấy như lần 26/10/2017; - bỏ qua]:", "="),
        ("Cơ sở vật chất", "-"),
        ("Hoạt động", ""),
        ("Kỳ số liệu [Enter = 2017-2018]:", ""),
        ("Nguồn số liệu", ""),
        ("Lĩnh vực 1 [Enter = Pháp luật; - hết]:", "suc khoe"),
        ("Sức khoẻ – Số lớp, chuyên đề [2016-2017: 6; Enter = để trống]:", "0"),
        ("Số buổi", ""),
        ("Số giờ", ""),
        ("Sức khoẻ – Lượt người [2016-2017: 253; Enter = để trống]:", "260"),
        ("! lỗi: có 260 lượt người mà số lớp, chuyên đề là 0", "<"),
        ("Số giờ", "<"),
        ("Số buổi", "<"),
        ("Sức khoẻ – Số lớp, chuyên đề [2016-2017: 6; Enter = 0]:", "6"),
        ("Số buổi", ""),
        ("Số giờ", ""),
        ("Lượt người", "260"),
        ("Số người học (không trùng)", ""),
        ("Nữ", "0"),
        ("Dân tộc thiểu số", ">"),
        ("Lĩnh vực 2 [Enter = Phát triển kinh tế, khoa học kỹ thuật; - hết]:", "-"),
    ]);
    talk.talks(&[("Kinh phí", ".")]);
    talk.sees("Xem lại:").sees("Số lớp, chuyên đề: 6; Lượt người: 260; Nữ: 0").sees("Ghi vào sổ?").types("");
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    let text = fs::read_to_string(register.join(VISIT)).unwrap();
    for part in [
        "centre = \"yen-thanh\"\ndate = 2018-10-25\nstarts = 08:00:00\nends = 10:45:00\n",
        "place = \"UBND phường Yên Thanh\"\nagenda = [\"Nghe báo cáo\"]\n",
        "name = \"Phạm Thị D (minh hoạ)\"\nrole = \"secretary\"",
        "[[host]]\nname = \"Hoàng Trọng Hiếu\"\nposts = [\"director\", ",
        "[context]\nas_of = 2018-10-01\npopulation = 8_721\nresidential_groups = 7\n\n[documents]",
        "[activity]\nperiod = \"2017-2018\"\n\n[activity.field]\nhealth = { classes = 6, attendances = 260, women = 0 }\n",
        "[[followup]]\nof = \"2016-10-27-yen-thanh#r1\"\nstate = \"done\"\nnote = \"Đủ hai phòng đọc.\"\n",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    for absent in ["finance", "management", "households", "campaign"] {
        assert!(!text.contains(absent), "{absent} was left out:\n{text}");
    }
    assert_eq!(fs::read_dir(register.join(".ttht/drafts")).unwrap().count(), 0, "the draft is gone");
}

#[test]
fn a_wrong_answer_is_told_in_the_words_of_check() {
    let (_folder, register) = register();
    let mut talk = Talk::start(&register, &["add-visit", "yen-thanh", "--date", "2018-10-25"]);
    talk.sees("Đợt kiểm tra:").types("2015").sees("! không có đợt kiểm tra “2015”");
    talk.talks(&[("Đợt kiểm tra:", ""), ("Kết quả thực hiện đến nay:", "x")])
        .sees("! “x” chưa rõ là gì; gõ số");
    talk.sees("2. thực hiện một phần").talks(&[("Kết quả thực hiện đến nay:", "thực hiện")]);
    talk.sees("1. đã thực hiện\r\n    2. thực hiện một phần\r\nKết quả thực hiện đến nay:").types("2");
    talk.talks(&[("Ghi chú:", ""), ("Bắt đầu lúc:", "8")]).sees("! “8” không phải là giờ");
    talk.talks(&[("Bắt đầu lúc:", "14h"), ("Kết thúc lúc:", "10h")]);
    talk.sees("! cảnh báo: kết thúc lúc 10:00, trước giờ bắt đầu 14:00");
    talk.talks(&[("Địa điểm", ">"), ("Giữ nguyên đoàn này?", "-"), ("Họ và tên", "A"), ("Nhiệm vụ", "")]);
    talk.sees("! không để trống được; gõ số hoặc gõ chữ:\r\n    1. trưởng đoàn");
    talk.talks(&[("Nhiệm vụ", "<"), ("Họ và tên", "-"), ("Họ và tên", "-")]);
    for part in ["Số liệu chung", "Công tác quản lý, chỉ đạo", "Hồ sơ, sổ sách", "Cơ sở vật chất"]
    {
        talk.talks(&[(part, "-")]);
    }
    talk.talks(&[("Hoạt động", ""), ("Kỳ số liệu", "2017-2019")]);
    talk.sees("! lỗi: “2017-2019” không phải là kỳ số liệu");
    talk.talks(&[
        ("Kỳ số liệu", "2017-2018"),
        ("Nguồn số liệu", ""),
        ("Lĩnh vực 1", "phap luat"),
        ("Số lớp", "1.23"),
        ("“1.23” là số lẻ", "12"),
        ("Số buổi", ""),
        ("Số giờ", "1,5"),
        ("Lượt người", "100"),
        ("Số người học (không trùng)", ""),
        ("Nữ", "150"),
    ]);
    talk.sees("! lỗi: ").sees("150").talks(&[("Nữ", "50"), ("Dân tộc thiểu số", ".")]);
    talk.sees("Ghi vào sổ?")
        .types("nữ")
        .talks(&[("Nữ (trong 100 lượt người) [2016-2017: 388; Enter = 50]:", "60"), ("Ghi vào sổ?", "")]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    let text = fs::read_to_string(register.join(VISIT)).unwrap();
    assert!(text.contains("law = { classes = 12, hours = 1.5, attendances = 100, women = 60 }"), "{text}");
    assert!(!text.contains("[context]") && !text.contains("[[team]]"), "{text}");
}

#[test]
fn one_steps_back_and_asks_for_help() {
    let (_folder, register) = register();
    let mut talk = Talk::start(&register, &["add-visit"]);
    talk.talks(&[("Trung tâm:", "<")]).sees("đây là câu đầu tiên").talks(&[("Trung tâm:", ".")]);
    talk.sees("chưa kết thúc được: còn thiếu Trung tâm").talks(&[
        ("Trung tâm:", "bac son"),
        ("Ngày kiểm tra", "<"),
        ("Trung tâm [Enter = bac-son]:", "yen thanh"),
        ("Ngày kiểm tra", "26/10/2017"),
    ]);
    talk.sees("! lỗi: trong sổ đã có lần kiểm tra “2017-10-26-yen-thanh”").talks(&[
        ("Ngày kiểm tra", "hôm nay"),
        ("Đợt kiểm tra", ""),
        ("Kết quả thực hiện đến nay", ">"),
        ("Bắt đầu lúc", "?"),
    ]);
    talk.sees("Gõ giờ: 8:30 hoặc 8h30.")
        .sees("Enter: để trống, là chưa báo cáo, khác với 0.")
        .sees("- để trống; ");
    talk.talks(&[("Bắt đầu lúc", "."), ("Xem lại:", "<"), ("Bắt đầu lúc:", "9:00"), ("Kết thúc lúc", ".")]);
    talk.sees("Ghi vào sổ?").types("-").sees("Làm tiếp: ttht add-visit --resume");
    assert_eq!(talk.ends(), 130);
    assert!(!register.join("visits/2018-2019").exists());
}

#[test]
fn what_was_interrupted_is_taken_up_again() {
    let (_folder, register) = register();
    let mut talk = Talk::start(&register, &["add-visit", "yen-thanh", "--set", "context.population=8.700"]);
    talk.talks(&[
        ("Ngày kiểm tra", "25/10/2018"),
        ("Đợt kiểm tra", ""),
        ("Kết quả thực hiện đến nay", "gì đó"),
    ]);
    talk.sees("chưa rõ là gì").talks(&[
        ("Kết quả thực hiện đến nay", "da"),
        ("Ghi chú", ""),
        ("Bắt đầu lúc", "8h"),
    ]);
    talk.sees("Kết thúc lúc").session.send([3]).unwrap();
    talk.sees("bản nháp được giữ. Làm tiếp: ttht add-visit --resume");
    assert_eq!(talk.ends(), 130);
    assert!(register.join(".ttht/drafts/add-visit.1.toml").exists());
    assert_eq!(fs::read_to_string(register.join(".ttht/.gitignore")).unwrap(), "*\n");
    let check = Command::new(TTHT).args(["check", "--quiet"]).current_dir(&register).output().unwrap();
    assert!(check.status.success(), "a draft is no record: {}", String::from_utf8_lossy(&check.stdout));

    let mut talk = Talk::start(&register, &["add-visit", "--resume"]);
    talk.sees("Làm tiếp sau 5 câu đã trả lời").talks(&[("Kết thúc lúc", "<"), ("[Enter = 08:00]:", "7h30")]);
    talk.talks(&[("Kết thúc lúc", "10h"), ("Địa điểm", ".")]).sees("Dân số  8.700");
    talk.talks(&[("Ghi vào sổ?", "")]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    let text = fs::read_to_string(register.join(VISIT)).unwrap();
    assert!(
        text.contains("starts = 07:30:00\nends = 10:00:00") && text.contains("state = \"done\""),
        "{text}"
    );
    assert!(text.contains("population = 8_700"), "{text}");
    let mut talk = Talk::start(&register, &["add-visit", "--resume"]);
    talk.sees("không có bản nháp nào");
    assert_eq!(talk.ends(), 3);
}

#[test]
fn a_lost_terminal_leaves_the_draft() {
    let (_folder, register) = register();
    let mut talk = Talk::start(&register, &["add-visit", "yen-thanh", "--date", "25/10/2018"]);
    talk.talks(&[
        ("Đợt kiểm tra", ""),
        ("Kết quả thực hiện đến nay", "dropped"),
        ("Ghi chú", "<"),
        ("Kết quả thực hiện đến nay [Enter = ", ""),
    ]);
    talk.sees("Ghi chú").session.send([4]).unwrap();
    talk.sees("bản nháp được giữ");
    assert_eq!(talk.ends(), 130);
}

#[test]
fn letters_are_erased_whole_and_kept_composed() {
    let (_folder, register) = register();
    let mut talk = Talk::start(&register, &["add-visit", "yen-thanh", "--date", "25/10/2018"]);
    talk.talks(&[("Đợt kiểm tra", ""), ("Kết quả thực hiện đến nay", ""), ("Bắt đầu", ""), ("Kết thúc", "")]);
    // An input method erases what it wrote and writes it again, here in one burst; the last word arrives decomposed.
    talk.sees("Địa điểm").types("Nhaf\u{7f}\u{7f}\u{7f}Nhà\u{7f}à va\u{306}n ho\u{301}a");
    talk.talks(&[("Nội dung", "."), ("Ghi vào sổ?", "")]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    let text = fs::read_to_string(register.join(VISIT)).unwrap();
    assert!(text.contains("place = \"NNhà văn hóa\"") || text.contains("place = \"Nhà văn hóa\""), "{text}");
}

#[test]
fn what_is_rarely_told_is_asked_when_it_is_named() {
    let (_folder, register) = register();
    let mut talk = Talk::start(&register, &["add-visit", "yên thanh", "--date", "25/10/2018"]);
    talk.talks(&[
        ("Đợt kiểm tra:", ""),
        ("Kết quả thực hiện đến nay:", ">"),
        ("Bắt đầu lúc:", ">"),
        ("Giữ nguyên đoàn này?", "-"),
        ("Đoàn kiểm tra 1", "-"),
        ("Đại diện đơn vị được kiểm tra 1", "-"),
    ]);
    for part in 4..=16 {
        talk.sees(&format!("Phần {part}/16")).types("-");
    }
    talk.talks(&[
        ("- lưu nháp, làm sau]:", "?"),
        ("có thể ghi thêm:", "mù màu"),
        ("không có mục “mù màu”", "xoá mù chữ"),
    ]);
    talk.talks(&[
        ("Kỳ số liệu [Enter = 2017]:", ""),
        ("Từ 15 đến 60 tuổi – Tổng số:", "21.600"),
        ("Từ 15 đến 60 tuổi – Biết chữ mức độ 1:", "21.121"),
        ("Từ 15 đến 60 tuổi – Biết chữ mức độ 2:", ">"),
        ("- lưu nháp, làm sau]:", ""),
    ]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    let text = fs::read_to_string(register.join(VISIT)).unwrap();
    let literacy =
        "[literacy]\nperiod = \"2017\"\nage_15_60 = { population = 21_600, literate_1 = 21_121 }\n";
    assert!(text.contains(literacy), "{text}");
}

#[test]
fn english_is_spoken_too() {
    let (_folder, register) = register();
    let mut talk = Talk::start(&register, &["--lang", "en", "add-visit", "yen-thanh"]);
    talk.sees("One line per question.").talks(&[
        ("Date [Enter = 2018-11-01]:", ""),
        ("Campaign:", ""),
        ("Open recommendations of earlier visits: 1", ""),
        ("Starts:", "14:00"),
        ("Ends:", "13:00"),
    ]);
    talk.sees("! warning: ").talks(&[("Place [2017-10-26: UBND phường Yên Thanh; Enter = empty]:", ".")]);
    talk.sees("To review:").talks(&[("Save?", "ends"), ("Ends [Enter = 13:00]:", "16:00"), ("Save?", "")]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    let text = fs::read_to_string(register.join("visits/2018-2019/2018-11-01-yen-thanh.toml")).unwrap();
    assert!(text.contains("ends = 16:00:00"), "{text}");
}

#[test]
fn a_unit_its_centre_and_a_campaign_are_asked_for() {
    let folder = fresh();
    let made = Command::new(TTHT).args(["--lang", "vi", "init"]).current_dir(folder.path()).output().unwrap();
    assert!(made.status.success());
    let read = |file: &str| fs::read_to_string(folder.path().join(file)).unwrap();

    let mut talk = Talk::start(folder.path(), &["add-unit"]);
    talk.talks(&[
        ("Tên:", "Hồng Hà"),
        ("Loại (1 phường; 2 xã; 3 thị trấn; 4 đặc khu):", "p"),
        ("Mã trong sổ [Enter = hong-ha]:", ""),
        ("Mã đơn vị hành chính:", "68"),
        ("! lỗi: “68”", "06832"),
        ("Hiệu lực từ ngày:", ""),
        ("Hiệu lực đến hết ngày:", ""),
        ("Khu vực", ""),
        ("Ghi vào sổ?", ""),
    ]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    assert_eq!(
        read("units.toml"),
        "[[unit]]\nid = \"hong-ha\"\nname = \"Hồng Hà\"\nkind = \"ward\"\ncode = \"06832\"\n"
    );

    let mut talk = Talk::start(folder.path(), &["add-centre"]);
    talk.talks(&[
        ("Xã, phường:", "hồng hà"),
        ("Tên trung tâm [Enter = Trung tâm học tập cộng đồng phường Hồng Hà]:", ""),
        ("Loại trung tâm", "."),
        ("Ghi vào sổ?", ""),
    ]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    assert!(
        read("centres/hong-ha.toml").starts_with("name = \"Trung tâm học tập cộng đồng phường Hồng Hà\"\n")
    );

    let mut talk = Talk::start(folder.path(), &["add-campaign"]);
    talk.talks(&[
        ("Năm học [Enter = 2018-2019]:", ""),
        ("Tên đợt kiểm tra:", ""),
        ("! mục này bắt buộc", "Kiểm tra các TTHTCĐ"),
        ("Kế hoạch kiểm tra – Số, ký hiệu:", "1009 /KH - PGDĐT"),
        ("Kế hoạch kiểm tra – Ngày ban hành:", "6/10/2018"),
        ("Quyết định thành lập đoàn kiểm tra – Số, ký hiệu:", ""),
        ("Quyết định thành lập đoàn kiểm tra – Ngày ban hành:", ""),
        ("Từ ngày:", "25/10/2018"),
        ("Đến ngày:", "15/11/2018"),
        ("Cơ quan chủ trì:", ""),
        ("Cơ quan phối hợp 1 [Enter = hết]:", ""),
        ("Mục đích, yêu cầu 1", "Đánh giá"),
        ("Mục đích, yêu cầu 2", ""),
        ("Trung tâm được kiểm tra 1", "hồng"),
        ("Trung tâm được kiểm tra 2", ""),
        ("Thang đánh giá", "2553"),
        ("Ghi vào sổ?", ""),
    ]);
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    let text = read("campaigns/2018-2019.toml");
    assert!(text.contains("plan = { number = \"1009/KH-PGDĐT\", date = 2018-10-06 }"), "{text}");
    assert!(text.contains("centres = [\"hong-ha\"]\nscheme = \"cv2553-2013\"\n"), "{text}");
}

#[test]
fn nobody_is_asked_who_does_not_want_to_be() {
    let (_folder, register) = register();
    let mut talk = Talk::start(&register, &["add-visit", "yen-thanh", "--no-input"]);
    talk.sees("còn thiếu: --date");
    assert_eq!(talk.ends(), 2);
    let piped = Command::new(TTHT).args(["add-visit", "--resume"]).current_dir(&register).output().unwrap();
    assert_eq!(piped.status.code(), Some(2));
}

#[test]
fn the_terminal_is_as_it_was_before() {
    let (_folder, register) = register();
    let mut command = Command::new("sh");
    let script =
        "trap '' INT; stty -iutf8; \"$1\" add-visit yen-thanh --today 2018-11-01; echo exit $?; stty -a";
    command.args(["-c", script, "sh", TTHT]).current_dir(&register).env_remove("TTHT_LANG");
    let mut talk = Talk::with(command, 80);
    talk.sees("Ngày kiểm tra").session.send([3]).unwrap();
    talk.sees("exit 130").sees("-iutf8");
}

#[test]
fn a_record_that_cannot_be_written_after_all_leaves_its_draft_and_says_so() {
    let (_folder, register) = register();
    let mut talk = Talk::start(&register, &["add-visit", "yen-thanh", "--date", "2018-10-25"]);
    talk.talks(&[
        ("Đợt kiểm tra", ""),
        ("Kết quả thực hiện đến nay", ">"),
        ("Bắt đầu lúc", "9h"),
        ("Kết thúc lúc", "."),
    ]);
    talk.sees("Ghi vào sổ?");
    fs::create_dir_all(register.join("visits/2018-2019")).unwrap();
    fs::write(register.join(VISIT), "").unwrap();
    talk.types("").sees("đã có lần kiểm tra").sees("Bản nháp được giữ.").sees("ttht add-visit --resume");
    assert_eq!(talk.ends(), 2);
    assert!(register.join(".ttht/drafts/add-visit.1.toml").exists());
}
