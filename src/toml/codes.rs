//! The faults of form and of reference: what can be wrong with a file before its meaning is looked at.

use crate::model::fault::{Code, Severity};
use crate::model::text::{Text, t};

const fn error(name: &'static str, title: Text, why: Text, wrong: &'static str, right: &'static str) -> Code {
    Code { name, severity: Severity::Error, title, why, wrong, right }
}

/// Every code of this room.
pub const CODES: &[Code] = &[
    UNREADABLE,
    OUTSIDE_REGISTER,
    ODD_FILE,
    TOO_LARGE,
    BINARY_FILE,
    UTF_16,
    NOT_UTF_8,
    CONFLICT_MARKERS,
    SYNTAX,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    FLOAT_FOR_COUNT,
    OUT_OF_RANGE,
    UNKNOWN_WORD,
    BAD_DATE,
    BAD_FORM,
    EMPTY_TEXT,
    CONTROL_CHARACTER,
    NOT_COMPOSED,
    UNKNOWN_REFERENCE,
    NAME_DIFFERS,
    WRONG_FOLDER,
    STRAY_FILE,
    COPY_OF_RECORD,
];

/// The operating system refuses to read the file.
pub const UNREADABLE: Code = error(
    "unreadable",
    t("Không đọc được tệp", "A file that cannot be read"),
    t(
        "Hệ điều hành không cho đọc tệp này, nên số liệu trong tệp không có trong bảng nào.",
        "The operating system refuses to read the file, so its figures are in no table.",
    ),
    "",
    "",
);
/// A link that leads out of the register.
pub const OUTSIDE_REGISTER: Code = error(
    "outside-register",
    t("Liên kết ra ngoài sổ", "A link out of the register"),
    t(
        "Sổ phải chép đi nơi khác được mà không thiếu gì; liên kết ra ngoài thì nơi khác không mở được.",
        "A register must be complete wherever it is copied to; a link out of it cannot be followed elsewhere.",
    ),
    "",
    "",
);
/// Neither a file where one belongs, nor a folder where one belongs.
pub const ODD_FILE: Code = error(
    "odd-file",
    t("Không phải tệp thường", "Not an ordinary file"),
    t(
        "Chỗ này trong sổ chỉ được có tệp thường; thư mục, ống dẫn (FIFO) hay thiết bị thì không đọc được.",
        "The place of a record is for an ordinary file; a folder, a pipe (FIFO) or a device is not read.",
    ),
    "",
    "",
);
/// A file larger than any record.
pub const TOO_LARGE: Code = error(
    "too-large",
    t("Tệp quá lớn", "A file that is too large"),
    t(
        "Mỗi tệp trong sổ chỉ vài nghìn ký tự; tệp trên 1 MB là tệp nhầm chỗ.",
        "A record has a few thousand characters; a file above 1 MB is in the wrong place.",
    ),
    "",
    "",
);
/// Not a text at all.
pub const BINARY_FILE: Code = error(
    "binary-file",
    t("Không phải tệp văn bản", "A file that is not text"),
    t(
        "Tệp chứa ký tự rỗng, như ảnh hoặc tệp Word đổi tên.",
        "The file contains null characters, like a picture or a renamed Word file.",
    ),
    "",
    "",
);
/// Written as "Unicode" by Notepad.
pub const UTF_16: Code = error(
    "utf-16",
    t("Tệp lưu ở bảng mã UTF-16", "A file in UTF-16"),
    t(
        "Notepad gọi UTF-16 là “Unicode”. Các chương trình khác và git không đọc được như văn bản.",
        "Notepad calls UTF-16 “Unicode”. Other programs and git cannot read it as text.",
    ),
    "",
    "",
);
/// Bytes that are not UTF-8.
pub const NOT_UTF_8: Code = error(
    "not-utf-8",
    t("Tệp không ở bảng mã UTF-8", "A file that is not in UTF-8"),
    t(
        "Tệp có thể được lưu bằng bảng mã cũ (TCVN3, VNI, Windows-1258); chuyển tự động dễ sai dấu.",
        "The file may be in an old code page (TCVN3, VNI, Windows-1258); a wrong guess at converting spoils accents.",
    ),
    "",
    "",
);
/// Two versions that git could not merge.
pub const CONFLICT_MARKERS: Code = error(
    "conflict-markers",
    t("Còn dấu xung đột của git", "Git's conflict markers"),
    t(
        "Hai người cùng sửa một chỗ và git để cả hai bản trong tệp; phải có người chọn.",
        "Two people changed the same place and git left both versions in the file; one of them has to be chosen.",
    ),
    "<<<<<<< HEAD",
    "members = 2_310",
);
/// Not TOML.
pub const SYNTAX: Code = error(
    "syntax",
    t("Sai cú pháp", "A syntax error"),
    t(
        "Dòng này không đúng cách viết TOML, nên không biết giá trị là gì.",
        "The line is not TOML, so its value is not known.",
    ),
    "date = 27/10/2016",
    "date = 2016-10-27",
);
/// A key that no record of this kind has.
pub const UNKNOWN_KEY: Code = error(
    "unknown-key",
    t("Tên mục (khoá) không có", "An unknown key"),
    t(
        "Tên mục (khoá) viết sai thì số liệu không vào bảng nào. Ghi chú riêng của cơ quan để trong [extra].",
        "Values under a misspelt key are in no table. An office's own notes belong in [extra].",
    ),
    "populaton = 8_521",
    "population = 8_521",
);
/// A required key that is missing.
pub const MISSING_KEY: Code = error(
    "missing-key",
    t("Thiếu mục bắt buộc", "A missing key"),
    t("Thiếu mục này thì tệp không dùng được.", "Without this key the record cannot be used."),
    "[activity]",
    "[activity]\nperiod = \"2015-2016\"",
);
/// A value of another type.
pub const WRONG_TYPE: Code = error(
    "wrong-type",
    t("Sai kiểu giá trị", "A value of the wrong type"),
    t("Số để trong ngoặc kép là chữ, không cộng được.", "A number in quotes is text and cannot be added up."),
    "members = \"2310\"",
    "members = 2_310",
);
/// A decimal number where things are counted.
pub const FLOAT_FOR_COUNT: Code = error(
    "float-for-count",
    t("Số thập phân ở chỗ số đếm", "A decimal number for a count"),
    t(
        "Trong TOML dấu chấm là dấu thập phân: 70.000 là bảy mươi, không phải bảy mươi nghìn.",
        "In TOML the point is the decimal point: 70.000 is seventy, not seventy thousand.",
    ),
    "spent = 70.000",
    "spent = 70_000",
);
/// An impossible number.
pub const OUT_OF_RANGE: Code = error(
    "out-of-range",
    t("Giá trị ngoài phạm vi", "A value out of range"),
    t("Số người, số lớp, số tiền không thể âm.", "People, classes and amounts of money cannot be negative."),
    "classes = -3",
    "classes = 3",
);
/// A word that is not in the list.
pub const UNKNOWN_WORD: Code = error(
    "unknown-word",
    t("Từ không có trong danh sách", "A word that is not in the list"),
    t(
        "Chỉ từ trong danh sách mới thống kê, sắp xếp được.",
        "Only the listed words can be counted and sorted.",
    ),
    "role = \"leader\"",
    "role = \"lead\"",
);
/// Not a valid date.
pub const BAD_DATE: Code = error(
    "bad-date",
    t("Ngày không đúng", "An invalid date"),
    t(
        "Ngày viết năm-tháng-ngày, không để trong ngoặc kép, từ 1945 đến 2100.",
        "Dates are written year-month-day, without quotes, from 1945 to 2100.",
    ),
    "date = \"27/10/2016\"",
    "date = 2016-10-27",
);
/// A text that does not have the form that its key requires.
pub const BAD_FORM: Code = error(
    "bad-form",
    t("Viết không đúng mẫu", "A text of the wrong form"),
    t(
        "Kỳ số liệu, mã đơn vị hành chính, mã trong sổ phải viết thống nhất một mẫu để so sánh được.",
        "Periods, codes and ids are written in one way only, so that they can be compared.",
    ),
    "period = \"2015 - 2016\"",
    "period = \"2015-2016\"",
);
/// A text without any letters.
pub const EMPTY_TEXT: Code = error(
    "empty-text",
    t("Văn bản trống", "An empty text"),
    t(
        "Không có thông tin thì bỏ cả dòng; dòng trống thì không biết là chưa báo cáo hay không có.",
        "If something is not known, leave the line out; an empty text does not say whether it is unknown or absent.",
    ),
    "address = \"\"",
    "# (no line)",
);
/// A character that controls a terminal or reverses the text.
pub const CONTROL_CHARACTER: Code = error(
    "control-character",
    t("Ký tự điều khiển", "A control character"),
    t(
        "Ký tự ẩn làm hỏng màn hình và bảng tính, thường do dán từ chương trình khác.",
        "Hidden characters spoil screens and spreadsheets; they usually come from pasting.",
    ),
    "name = \"Yên\\u001b Thanh\"",
    "name = \"Yên Thanh\"",
);
/// Accents apart from their letters.
pub const NOT_COMPOSED: Code = Code {
    severity: Severity::Warning,
    ..error(
        "not-composed",
        t("Chữ Unicode tổ hợp", "Text with separate accents"),
        t(
            "Bộ gõ đặt “Unicode tổ hợp” tách dấu khỏi chữ: nhìn giống nhau nhưng tìm, so sánh không ra.",
            "Input methods set to “composed Unicode” keep accents apart: the text looks the same but is not found.",
        ),
        "",
        "",
    )
};
/// The id of a record that does not exist.
pub const UNKNOWN_REFERENCE: Code = error(
    "unknown-reference",
    t("Nhắc đến nội dung không có trong sổ", "A reference to a record that does not exist"),
    t(
        "Xã, phường, trung tâm, lần kiểm tra … được nhắc đến không có trong sổ, nên không biết cộng số liệu vào đâu.",
        "The record refers to one that is not in the register, so its figures cannot be assigned.",
    ),
    "centre = \"yen-than\"",
    "centre = \"yen-thanh\"",
);
/// A file name that does not match the content.
pub const NAME_DIFFERS: Code = error(
    "name-differs",
    t("Tên tệp khác nội dung", "A file name that differs from the content"),
    t(
        "Tên tệp ghi ngày và trung tâm, hay kỳ và địa bàn; nội dung ghi khác thì không biết bên nào đúng.",
        "The file name gives the date and the centre, or the period and the place; where the content differs, it is \
         unclear which is right.",
    ),
    "date = 2016-10-28   # in 2016-10-27-yen-thanh.toml",
    "date = 2016-10-27",
);
/// A visit in the folder of a different school year.
pub const WRONG_FOLDER: Code = error(
    "wrong-folder",
    t("Sai thư mục năm học", "The folder of another school year"),
    t(
        "Bảng của một năm học chỉ mở thư mục của năm ấy; lần kiểm tra để nhầm chỗ sẽ bị sót.",
        "The tables of a school year open only its folder; a visit in another one would be left out.",
    ),
    "visits/2017-2018/2016-10-27-yen-thanh.toml",
    "visits/2016-2017/2016-10-27-yen-thanh.toml",
);
/// A file among the records that is not a record.
pub const STRAY_FILE: Code = error(
    "stray-file",
    t("Tệp không thuộc sổ nằm trong thư mục của sổ", "A stray file among the records"),
    t(
        "Tên tệp không đúng mẫu thì tệp không được đọc và số liệu không vào bảng nào.",
        "A file that is not named like a record is not read, and is in no table.",
    ),
    "visits/2016-2017/27-10-2016 Yên Thanh.toml",
    "visits/2016-2017/2016-10-27-yen-thanh.toml",
);
/// A copy that another program left beside a record.
pub const COPY_OF_RECORD: Code = error(
    "copy-of-record",
    t("Bản sao của một tệp trong sổ", "A copy of a record"),
    t(
        "Chương trình đồng bộ, trình soạn thảo, hệ điều hành để lại bản sao khi hai nơi cùng sửa một tệp hoặc khi chép tệp. \
         Tính cả hai thì số liệu bị tính hai lần; trong bản sao lại có thể có điều chưa có trong bản chính.",
        "Sync programs, editors and systems leave a copy when two places change a file at once, or when it is copied. Counting \
         both would count its figures twice; and the copy may say what the record does not say yet.",
    ),
    "centres/yen-thanh-LAPTOP.toml",
    "centres/yen-thanh.toml",
);
