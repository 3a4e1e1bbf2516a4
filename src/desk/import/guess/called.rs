//! What people call columns, tables, units and lines of a sheet, beyond the labels of the field rows.

use crate::model::meaning::contradicts;
use crate::model::text::{Text, t};
use crate::model::vietnamese::fold;

/// A thing and what people call it.
pub type Called = (&'static str, &'static [&'static str]);

/// Columns, by their key, or by their table and key. Those of `total` have the names of the same figure of a field.
pub const COLUMNS: &[Called] = &[
    ("row_no", &["row"]),
    ("visit", &["Mã lần kiểm tra", "Mã LKT"]),
    ("centre", &["TTHTCĐ", "Tên trung tâm", "Tên TTHTCĐ", "Trung tâm học tập cộng đồng"]),
    (
        "unit",
        &[
            "Xã, phường",
            "Xã, phường, thị trấn",
            "Xã, phường, đặc khu",
            "Phường, xã",
            "Phường, xã, thị trấn",
            "Tên xã",
            "Tên phường",
            "Tên xã, phường",
            "Tên phường, xã",
            "Tên xã, phường, thị trấn",
            "Tên đơn vị",
            "Xã",
            "Phường",
            "Đơn vị",
            "Đơn vị hành chính",
            "Địa phương",
            "Địa bàn",
            "Commune",
            "Commune or ward",
            "Ward",
            "Unit",
        ],
    ),
    ("period", &["Năm học", "Kỳ", "Kỳ báo cáo", "Thời kỳ", "Năm học, năm", "School year", "Period"]),
    (
        "visits.date",
        &["Ngày", "Ngày KT", "Ngày, tháng", "Ngày tháng năm", "Ngày tháng kiểm tra", "Thời gian kiểm tra"],
    ),
    ("visits.campaign", &["Đợt", "Đợt KT"]),
    ("visits.place", &["Nơi kiểm tra", "Địa điểm kiểm tra"]),
    ("field", &["Nội dung", "Nội dung hoạt động", "Lĩnh vực hoạt động", "Chuyên đề", "Tên lĩnh vực"]),
    (
        "classes",
        &[
            "Lớp",
            "Số lớp học",
            "Số lớp mở",
            "Số lớp đã mở",
            "Số lớp, chuyên đề",
            "Số chuyên đề",
            "Tổng số lớp",
            "Số lớp",
        ],
    ),
    ("sessions", &["Buổi", "Số buổi học", "Tổng số buổi"]),
    ("hours", &["Số giờ học", "Tổng số giờ"]),
    (
        "attendances",
        &[
            "Số lượt",
            "Số lượt người",
            "Lượt người học",
            "Số lượt người học",
            "Lượt người tham gia",
            "Số lượt người tham gia",
            "Lượt học viên",
            "Số lượt học viên",
            "Tổng số lượt người",
        ],
    ),
    ("people", &["Số người học", "Học viên", "Số học viên", "Tổng số người", "Số người"]),
    ("women", &["Số nữ", "Trong đó nữ", "Học viên nữ", "Phụ nữ"]),
    ("ethnic_minority", &["DTTS", "Người DTTS", "Người dân tộc thiểu số"]),
    ("disabled", &["NKT", "Khuyết tật"]),
    ("aged_60", &["Từ 60 tuổi trở lên", "Người cao tuổi", "Từ 60 tuổi"]),
    ("clubs", &["CLB", "Số câu lạc bộ", "Số CLB", "Câu lạc bộ"]),
    (
        "opening",
        &["Tồn đầu năm", "Tồn năm trước", "Năm trước chuyển sang", "Số dư đầu kỳ", "Dư đầu kỳ", "Dư đầu năm"],
    ),
    (
        "closing",
        &[
            "Tồn cuối năm",
            "Tồn",
            "Còn tồn",
            "Còn lại",
            "Số dư cuối kỳ",
            "Dư cuối kỳ",
            "Dư cuối năm",
            "Còn dư",
        ],
    ),
    ("state_budget", &["NSNN", "Ngân sách", "Ngân sách cấp", "Kinh phí ngân sách"]),
    ("contributions", &["XHH", "Nguồn xã hội hoá", "Kinh phí xã hội hoá", "Xã hội hoá"]),
    ("finance.other", &["Khác", "Thu khác", "Nguồn khác"]),
    ("finance.spent", &["Tổng chi", "Chi trong kỳ", "Chi", "Số chi", "Đã chi"]),
    ("population", &["Số dân", "Tổng số dân", "Nhân khẩu", "Số nhân khẩu"]),
    ("households", &["Hộ", "Số hộ gia đình", "Tổng số hộ"]),
    ("poor_households", &["Hộ nghèo"]),
    (
        "residential_groups",
        &[
            "Số thôn",
            "Số khu",
            "Số thôn, bản",
            "Số tổ dân phố",
            "Số thôn, tổ dân phố",
            "Số thôn, khu phố",
            "Số thôn, khu",
        ],
    ),
    ("members", &["Số hội viên", "Hội viên khuyến học", "Hội viên: Tổng số"]),
    ("promotion.women", &["Hội viên: Nữ", "Số hội viên nữ"]),
    ("promotion.new_members", &["Hội viên: Mới", "Hội viên: Kết nạp mới"]),
    ("count", &["Suất", "Số suất", "Lượt", "Số lượt"]),
    ("amount", &["Tiền", "Số tiền", "Thành tiền", "Kinh phí"]),
    ("raised", &["Thu", "Thu trong năm", "Vận động"]),
    ("spent", &["Chi", "Chi trong năm"]),
    ("registered", &["Số đăng ký", "ĐK", "Đăng ký"]),
    (
        "recognised",
        &["Đạt", "Số đạt", "CN", "Số công nhận", "Được công nhận", "Số được công nhận", "Công nhận"],
    ),
    ("titles.standard", &["Danh hiệu", "Loại danh hiệu", "Tên danh hiệu"]),
    ("titles.kind", &["Đối tượng", "Loại đối tượng"]),
    ("yearly_plan", &["Kế hoạch năm", "Kế hoạch hoạt động năm"]),
    ("management.regulations", &["Quy chế hoạt động", "Quy chế"]),
    (
        "management.needs_survey",
        &["Khảo sát nhu cầu học tập", "Điều tra nhu cầu học tập", "Khảo sát nhu cầu", "Điều tra nhu cầu"],
    ),
    ("managers", &["CBQL", "Số cán bộ quản lý"]),
    ("lecturers", &["BCV", "Số báo cáo viên"]),
    ("teachers", &["Số giáo viên"]),
    ("collaborators", &["CTV", "Số cộng tác viên"]),
    ("own_office", &["Trụ sở riêng", "Có trụ sở riêng"]),
    ("computers", &["Máy tính", "Số máy tính", "Số máy vi tính", "Máy vi tính"]),
    ("books", &["Số đầu sách", "Đầu sách", "Books"]),
    ("rooms", &["Số phòng", "Phòng"]),
    ("club_members", &["Thành viên câu lạc bộ", "Thành viên CLB"]),
    ("base", &["Tổng số"]),
    ("bank_account", &["Tài khoản"]),
    ("units.id", &["Mã riêng"]),
    ("units.valid_from", &["Có từ ngày"]),
    ("units.valid_to", &["Đến hết ngày"]),
    ("team.role", &["Nhiệm vụ"]),
    ("team.body", &["Cơ quan"]),
    ("followups.state", &["Kết quả", "State"]),
    ("talent_awards.count", &["Khuyến tài: Số suất", "Khuyến tài: Số suất, lượt"]),
    ("talent_awards.amount", &["Khuyến tài: Số tiền"]),
    ("branches.lineage", &["Chi hội: Dòng họ", "Ban khuyến học: Dòng họ"]),
    (
        "units.name",
        &[
            "Tên xã",
            "Tên phường",
            "Phường Xã",
            "Xã, phường",
            "Tên xã, phường",
            "Tên phường, xã",
            "Tên đơn vị",
        ],
    ),
    ("units.code", &["Mã", "Mã PX", "Mã xã", "Mã ĐVHC", "Mã đơn vị hành chính", "Mã đơn vị"]),
    ("units.kind", &["Cấp", "Loại đơn vị", "Loại hình"]),
    ("centres.model_centre", &["Điển hình", "Mô hình điểm"]),
    ("centres.founded.date", &["Ngày thành lập", "Năm thành lập"]),
    ("centres.founded.decision", &["Quyết định thành lập", "Số quyết định thành lập", "Số quyết định"]),
    ("campaigns.title", &["Tên đợt", "Nội dung kiểm tra"]),
    ("campaigns.centres", &["Các trung tâm", "Danh sách trung tâm", "Trung tâm kiểm tra"]),
    ("people.name", &["Họ tên", "Tên"]),
    ("people.posts", &["Chức danh"]),
    ("team.name", &["Họ tên", "Thành viên"]),
    ("hosts.name", &["Họ tên"]),
    ("recommendations.text", &["Kiến nghị", "Nội dung kiến nghị"]),
    (
        "recommendations.to",
        &["Đơn vị thực hiện", "Cơ quan thực hiện", "Gửi", "Gửi tới", "Gửi đến", "Kiến nghị với"],
    ),
    ("recommendations.due", &["Hạn", "Hạn thực hiện", "Thời hạn thực hiện"]),
    ("ratings.total", &["Điểm", "Số điểm", "Tổng số điểm"]),
    ("ratings.rank", &["Kết quả xếp loại", "Đoàn xếp loại"]),
    ("ratings.self_rank", &["Tự đánh giá", "Trung tâm tự xếp loại"]),
];

/// Tables; their titles and names will do as well.
pub const TABLES: &[Called] = &[
    ("activity", &["hoạt động", "lĩnh vực", "lớp", "lớp học", "activity"]),
    ("visit_activity", &["hoạt động", "tổng số hoạt động"]),
    ("visits", &["kiểm tra", "lần kiểm tra", "các lần kiểm tra"]),
    ("finance", &["kinh phí", "tài chính", "thu chi"]),
    ("promotion", &["khuyến học"]),
    ("titles", &["danh hiệu", "danh hiệu học tập"]),
    ("units", &["đơn vị", "xã, phường", "danh sách xã, phường"]),
    ("centres", &["trung tâm", "danh sách trung tâm"]),
    ("people", &["cán bộ", "nhân sự"]),
    ("team", &["đoàn", "thành viên đoàn"]),
    ("recommendations", &["kiến nghị"]),
    ("ratings", &["xếp loại", "đánh giá, xếp loại"]),
    ("hosts", &["đại diện đơn vị", "đại diện"]),
    ("documents", &["hồ sơ"]),
    ("literacy", &["xoá mù chữ", "phổ cập"]),
];

/// Groups of columns that say in one phrase what two words of a record say.
pub const GROUPS: &[(&str, [&str; 2])] = &[
    ("Gia đình học tập", ["learning", "family"]),
    ("Dòng họ học tập", ["learning", "lineage"]),
    ("Cộng đồng học tập", ["learning", "community"]),
    ("Đơn vị học tập", ["learning", "workplace"]),
    ("Công dân học tập", ["learning", "citizen"]),
    ("Gia đình hiếu học", ["studious", "family"]),
    ("Dòng họ hiếu học", ["studious", "lineage"]),
];

/// A unit that a heading or a line above it gives.
#[derive(Debug, PartialEq)]
pub struct Unit {
    /// How it is written.
    pub said: Text,
    /// How else.
    pub names: &'static [&'static str],
    /// How many of the unit of the record it is.
    pub scale: i64,
    /// The unit of the record; empty for one that only says what is counted.
    pub of: &'static str,
}

const fn unit(
    vi: &'static str,
    en: &'static str,
    of: &'static str,
    scale: i64,
    names: &'static [&'static str],
) -> Unit {
    Unit { said: t(vi, en), names, scale, of }
}

/// Đồng.
pub const MONEY: &str = "VND";

/// The units.
pub const UNITS: &[Unit] = &[
    unit(
        "triệu đồng",
        "million VND",
        MONEY,
        1_000_000,
        &["triệu", "trđ", "tr.đ", "tr đồng", "trd", "million dong"],
    ),
    unit(
        "nghìn đồng",
        "thousand VND",
        MONEY,
        1_000,
        &["ngàn đồng", "nghìn", "ngàn", "1000 đồng", "1.000 đồng", "1000đ", "1.000đ", "thousand dong"],
    ),
    unit("tỷ đồng", "billion VND", MONEY, 1_000_000_000, &["tỉ đồng", "tỷ", "tỉ", "billion dong"]),
    unit("đồng", "VND", MONEY, 1, &["đ", "VNĐ", "dong"]),
    unit("ha", "ha", "ha", 1, &["héc ta", "hecta"]),
    unit("km²", "km²", "ha", 100, &["km2"]),
    unit("m²", "m²", "m²", 1, &["m2"]),
    unit(
        "",
        "",
        "",
        1,
        &[
            "người",
            "lượt",
            "lượt người",
            "lớp",
            "hộ",
            "buổi",
            "giờ",
            "cuộc",
            "suất",
            "cái",
            "chiếc",
            "phòng",
            "cuốn",
            "đầu sách",
            "lần",
            "văn bản",
            "tổ",
            "thôn",
            "hội viên",
            "gia đình",
            "dòng họ",
            "people",
            "classes",
            "hours",
        ],
    ),
];

/// Words of a line that gives the sum of others, in full.
pub const TOTALS: &[&str] = &[
    "Tổng cộng",
    "Cộng",
    "Tổng số",
    "Tổng",
    "Tổng chung",
    "Cộng chung",
    "Tổng cộng chung",
    "Toàn tỉnh",
    "Toàn huyện",
    "Toàn thị xã",
    "Toàn thành phố",
    "Toàn phường",
    "Toàn xã",
    "Total",
    "Grand total",
    "Subtotal",
    "Sum",
];

/// How such a line begins.
pub const TOTALS_BEGIN: &[&str] = &[
    "Tổng cộng",
    "Cộng khu vực",
    "Cộng cụm",
    "Cộng vùng",
    "Cộng huyện",
    "Cộng các",
    "Tổng các",
    "Tổng toàn",
];

/// What stands below a table.
pub const BELOW: &[&str] = &[
    "Người lập",
    "Người tổng hợp",
    "Người báo cáo",
    "Kế toán",
    "Thủ trưởng",
    "Trưởng phòng",
    "Phó trưởng phòng",
    "Giám đốc",
    "Phó giám đốc",
    "Chủ tịch",
    "Phó chủ tịch",
    "Hiệu trưởng",
    "Ký",
    "Đã ký",
    "Xác nhận",
    "Nơi nhận",
    "Ghi chú",
    "TM.",
    "KT.",
    "TL.",
    "Prepared by",
    "Signed",
    "Note",
];

/// Headings of columns that only number the rows.
pub const NUMBERS: &[&str] = &["STT", "TT", "Số TT", "No", "#"];

/// A text as headings are compared: its words, without case, accents and signs.
pub fn plain(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '%');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// True for the name itself, in any case, with its accents or without them.
pub fn is_called(typed: &str, name: &str) -> bool {
    plain(typed) == plain(name) && !contradicts(typed, name)
}
