//! What officers write in short, or in other words, for what is called by a whole name here: `PCT UBND`, `KHKT`, `y tế`.
//! It holds wherever a word is chosen by its name.

/// Vietnamese names, each with what else is written for it, with semicolons between. Signs, and *xã*, *phường* or *thị trấn* at
/// the end, need no row.
pub const NAMES: &[(&str, &str)] = &[
    // Posts.
    (
        "Giám đốc trung tâm",
        "GĐ; GĐTT; GĐ TT; GĐ trung tâm; GĐ TTHTCĐ; Giám đốc TT; Giám đốc TTHTCĐ; Giám đốc trung tâm học tập cộng đồng",
    ),
    (
        "Phó Giám đốc trung tâm",
        "PGĐ; PGĐTT; PGĐ TT; PGĐ TTHTCĐ; Phó GĐ; Phó GĐ TT; Phó GĐ TTHTCĐ; Phó Giám đốc TT; Phó Giám đốc TTHTCĐ; \
         Phó Giám đốc trung tâm học tập cộng đồng",
    ),
    ("Kế toán", "KT; kế toán TT; kế toán trung tâm; kế toán TTHTCĐ"),
    ("Thủ quỹ", "TQ; thủ quỹ TT; thủ quỹ trung tâm; thủ quỹ TTHTCĐ"),
    ("Giáo viên biệt phái", "GVBP; GV biệt phái"),
    ("Chủ tịch UBND", "CT UBND; CT xã; CT phường; Chủ tịch xã; Chủ tịch phường; Chủ tịch Uỷ ban nhân dân"),
    (
        "Phó Chủ tịch UBND",
        "PCT; PCT UBND; PCT xã; PCT phường; Phó CT; Phó CT UBND; Phó Chủ tịch xã; Phó Chủ tịch phường; \
         Phó Chủ tịch Uỷ ban nhân dân",
    ),
    ("Chủ tịch Hội Khuyến học", "CT HKH; CT Hội KH; CT Hội Khuyến học; Chủ tịch HKH; Chủ tịch Hội KH"),
    (
        "Hiệu trưởng",
        "HT; HT TH; HT THCS; HT trường TH; HT trường THCS; HT trường tiểu học; hiệu trưởng TH; hiệu trưởng THCS; hiệu trưởng trường tiểu học; hiệu trưởng trường TH; \
         hiệu trưởng trường THCS",
    ),
    ("Bí thư Đảng uỷ", "BT; BTĐU; BT ĐU; BT Đảng uỷ; Bí thư ĐU"),
    (
        "Công chức văn hoá - xã hội",
        "VHXH; VH XH; công chức VHXH; công chức VH XH; cán bộ VHXH; cán bộ VH XH; CB VHXH; CB VH XH; \
         cán bộ văn hoá - xã hội",
    ),
    (
        "Trưởng ban Chỉ đạo xây dựng xã hội học tập",
        "Trưởng BCĐ; Trưởng BCĐ XHHT; Trưởng BCĐ xây dựng XHHT; Trưởng ban Chỉ đạo XHHT",
    ),
    (
        "Chủ tịch Uỷ ban MTTQ",
        "CT MTTQ; CT UBMTTQ; CT UB MTTQ; Chủ tịch MTTQ; Chủ tịch UBMTTQ; Chủ tịch UB MTTQ; \
         Chủ tịch Mặt trận Tổ quốc; Chủ tịch Uỷ ban Mặt trận Tổ quốc",
    ),
    // Roles in a team, states of documents and of recommendations.
    ("trưởng đoàn", "TĐ"),
    ("phó trưởng đoàn", "PTĐ; phó đoàn"),
    ("thành viên", "TV; ủy viên; uỷ viên"),
    ("thư ký", "TK; thư kí"),
    ("đủ", "đầy đủ; có đủ"),
    ("thiếu", "chưa đủ; chưa đầy đủ"),
    ("không có", "chưa có"),
    ("đã thực hiện", "đã xong; hoàn thành; đã hoàn thành"),
    // Bodies.
    ("trung tâm", "TT; TTHTCĐ; trung tâm học tập cộng đồng"),
    ("UBND cấp xã", "xã; phường; UBND xã, phường; UBND xã; UBND phường; UBND thị trấn; Uỷ ban nhân dân"),
    ("Hội Khuyến học", "HKH; Hội KH"),
    ("Sở Giáo dục và Đào tạo", "Sở GDĐT; Sở GD ĐT; Sở Giáo dục; SGDĐT"),
    ("UBND tỉnh, thành phố", "UBND TP"),
    ("Hội Khuyến học tỉnh, thành phố", "HKH tỉnh; HKH TP; Hội KH tỉnh"),
    // Kinds of units, and ranks.
    ("phường", "P"),
    ("thị trấn", "TT"),
    ("đặc khu", "ĐK"),
    ("Trung bình", "TB"),
    // Fields of activity.
    ("Xoá mù chữ", "XMC; xoá mù; chống mù chữ"),
    ("Phổ cập giáo dục", "PCGD; phổ cập GD"),
    ("Pháp luật", "PL; giáo dục pháp luật; phổ biến pháp luật; tuyên truyền pháp luật"),
    (
        "Sức khoẻ",
        "y tế; chăm sóc sức khoẻ; y tế - sức khoẻ; y tế, chăm sóc sức khoẻ; dân số - KHHGĐ; KHHGĐ; VSATTP",
    ),
    (
        "Phát triển kinh tế, khoa học kỹ thuật",
        "phát triển kinh tế; kinh tế; KHKT; khoa học kỹ thuật; chuyển giao KHKT; chuyển giao khoa học kỹ thuật; tập huấn KHKT; khuyến nông; khuyến lâm; \
         khuyến ngư; khuyến công; nông nghiệp; trồng trọt; chăn nuôi; trồng trọt, chăn nuôi",
    ),
    ("Dạy nghề", "nghề; học nghề; đào tạo nghề; dạy nghề ngắn hạn"),
    (
        "Văn hoá, văn nghệ, thể thao, gia đình",
        "văn hoá; xã hội; văn hoá, xã hội; VHXH; VH XH; VHVN; VN TDTT; VHVN TDTT; văn nghệ; văn hoá, văn nghệ; TDTT; VHTT; thể dục thể thao; \
         văn nghệ, thể dục thể thao; văn hoá, văn nghệ, thể dục thể thao; văn hoá, thể thao",
    ),
    ("Môi trường", "MT; BVMT; bảo vệ môi trường; vệ sinh môi trường"),
    ("Tin học, kỹ năng số", "CNTT; công nghệ thông tin; chuyển đổi số; CĐS"),
    ("Ngoại ngữ", "tiếng Anh"),
    ("Kỹ năng sống", "KNS; giáo dục kỹ năng sống"),
    (
        "Thời sự, chính sách",
        "chính trị; thời sự chính trị; nghị quyết; học tập nghị quyết; chủ trương, chính sách",
    ),
];

/// What need not be said at the end of a name: the place is known.
pub const PLACES: &[&str] = &["xã", "phường", "thị trấn", "đặc khu"];
