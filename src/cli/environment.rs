//! What the program takes from its surroundings and hands back to them: environment variables and exit codes, a row each.

use crate::model::text::{Text, t};

/// Environment variables, and what each is for.
pub const VARIABLES: &[(&str, Text)] = &[
    (
        "TTHT_REGISTER",
        t(
            "Thư mục của sổ, khi không có -C. Không có cả hai thì tìm ttht.toml từ thư mục hiện tại trở lên.",
            "The folder of the register, without -C. Without either, it is the nearest folder upwards with ttht.toml.",
        ),
    ),
    (
        "TTHT_LANG",
        t(
            "Ngôn ngữ (vi hoặc en), khi không có --lang. Không có cả hai thì theo sổ, rồi theo hệ điều hành.",
            "The language (vi or en), without --lang. Without either, it is that of the register, then that of the system.",
        ),
    ),
    (
        "TTHT_PLAIN",
        t(
            "Khác 0: hỏi từng câu, không vẽ lại gì trên màn hình (cho trình đọc màn hình).",
            "Other than 0: questions come one by one and nothing on the screen is drawn again, for screen readers.",
        ),
    ),
    (
        "TTHT_ALLOW_FAULTS",
        t(
            "Có đặt: check --staged vẫn kể lỗi nhưng kết thúc bằng 0, để git commit một lần dù còn lỗi.",
            "If it is set, check --staged tells the errors and still ends with 0, so that git commits once in spite of them.",
        ),
    ),
    (
        "TTHT_TYPED",
        t(
            "Những gì đã gõ, do tập lệnh của ttht completions đặt mỗi khi bấm Tab.",
            "What is typed so far, set by the scripts of ttht completions at each Tab.",
        ),
    ),
    ("VISUAL, EDITOR", t("Trình soạn thảo của ttht edit.", "The editor of ttht edit.")),
    ("NO_COLOR", t("Có đặt: không dùng màu.", "If it is set, there are no colours.")),
    (
        "COLUMNS",
        t(
            "Bề rộng của bảng, tính bằng cột, khi không in ra màn hình.",
            "How many columns wide tables are where they are not printed to a terminal.",
        ),
    ),
];

/// Exit codes, and what each says.
pub const EXITS: &[(&str, Text)] = &[
    ("0", t("Xong.", "Success.")),
    ("1", t("Số liệu có lỗi, hoặc bảng chưa đủ.", "The data have errors, or a table is incomplete.")),
    ("2", t("Lệnh gõ chưa đúng.", "Wrong usage.")),
    ("3", t("Không có gì để làm.", "Nothing to work on.")),
    ("4", t("Không đọc hay ghi được.", "Could not read or write.")),
    ("5", t("Tệp vừa bị người khác sửa.", "The file was changed by someone else meanwhile.")),
    ("101", t("Lỗi của chính chương trình.", "A defect of the program itself.")),
    (
        "129, 130, 143",
        t(
            "Bị ngắt: đóng cửa sổ dòng lệnh, Ctrl-C, hoặc bị hệ điều hành dừng.",
            "Ended by a signal: the terminal gone, Ctrl-C, TERM.",
        ),
    ),
];
