//! What commands, tables and lists are called in Vietnamese. On the command line accents may be left out, and words are joined by
//! hyphens or stand in quotes: `soat-loi`, `soát-lỗi`, `tong-hop "hoạt động"`.

use crate::model::vietnamese::slug;

/// Words and their names, each with several names set apart by semicolons, the usual one first.
pub type Aliases = &'static [(&'static str, &'static str)];

/// The commands. Those that only git calls have none.
pub const COMMANDS: Aliases = &[
    ("init", "lập sổ"),
    ("add-unit", "thêm xã phường; thêm xã; thêm phường"),
    ("add-centre", "thêm trung tâm"),
    ("add-campaign", "thêm đợt kiểm tra; thêm đợt"),
    ("add-visit", "thêm lần kiểm tra; ghi lần kiểm tra"),
    ("add-statement", "thêm số liệu công bố"),
    ("add-scheme", "thêm thang đánh giá; thêm thang"),
    ("merge-centres", "sáp nhập trung tâm; sáp nhập"),
    ("add-photo", "thêm ảnh"),
    ("set", "ghi giá trị"),
    ("edit", "sửa"),
    ("list", "liệt kê"),
    ("show", "xem"),
    ("log", "nhật ký"),
    ("save", "lưu"),
    ("undo", "bỏ lần lưu; hoàn tác"),
    ("sync", "đồng bộ"),
    ("share", "dùng chung"),
    ("resolve", "chọn bản"),
    ("check", "soát lỗi; soát; kiểm tra"),
    ("diff", "thay đổi"),
    ("drafts", "bản nháp"),
    ("fmt", "trình bày"),
    ("explain", "giải thích"),
    ("summary", "tổng hợp"),
    ("report", "báo cáo"),
    ("reconcile", "đối chiếu"),
    ("export", "xuất"),
    ("form", "phiếu"),
    ("import", "nhập"),
    ("fields", "các mục"),
    ("schema", "lược đồ"),
    ("completions", "gợi ý lệnh"),
    ("man", "trang hướng dẫn"),
    ("help", "hướng dẫn; trợ giúp"),
];

/// The tables of `summary`.
pub const TABLES: Aliases = &[
    ("progress", "tiến độ"),
    ("activity", "hoạt động"),
    ("activity-fields", "lĩnh vực"),
    ("context", "dân số"),
    ("organisation", "tổ chức"),
    ("finance", "kinh phí"),
    ("promotion", "khuyến học"),
    ("titles", "danh hiệu; mô hình"),
    ("targets", "chỉ tiêu"),
    ("literacy", "xoá mù chữ"),
    ("rating", "xếp loại"),
    ("followup", "kiến nghị"),
    ("register", "danh sách"),
    ("all", "tất cả"),
];

/// What a row of a table may be about.
pub const ROWS: Aliases = &[
    ("unit", "xã phường"),
    ("centre", "trung tâm"),
    ("field", "lĩnh vực"),
    ("month", "tháng"),
    ("kind", "loại"),
    ("rank", "xếp loại; mức xếp loại"),
    ("target", "chỉ tiêu"),
    ("area", "khu vực"),
];

/// The lists of `list`.
pub const LISTS: Aliases = &[
    ("centres", "trung tâm"),
    ("visits", "lần kiểm tra"),
    ("campaigns", "đợt kiểm tra"),
    ("units", "xã phường"),
    ("recommendations", "kiến nghị"),
    ("statements", "số liệu công bố"),
    ("schemes", "thang đánh giá; chỉ tiêu"),
];

/// The reports of `report`.
pub const REPORTS: Aliases = &[
    ("minutes", "biên bản"),
    ("campaign", "đợt kiểm tra"),
    ("centre", "trung tâm"),
    ("half-year", "6 tháng"),
    ("news", "tin"),
];

/// The names of a word.
pub fn of(aliases: Aliases, word: &str) -> impl Iterator<Item = &'static str> + Clone + use<> {
    let names = aliases.iter().find(|(known, _)| *known == word).map_or("", |(_, names)| names);
    names.split("; ").filter(|name| !name.is_empty())
}

/// The word that is meant by a name, with or without accents.
pub fn meant(aliases: Aliases, typed: &str) -> Option<&'static str> {
    let typed = slug(typed);
    let called = |word: &str| word == typed || of(aliases, word).any(|name| slug(name) == typed);
    aliases.iter().map(|(word, _)| *word).find(|word| called(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_name_stands_for_one_thing() {
        for aliases in [COMMANDS, TABLES, ROWS, LISTS, REPORTS] {
            let words = aliases.iter().map(|(word, _)| (*word).to_owned());
            let names = aliases.iter().flat_map(|(word, _)| of(aliases, word)).map(slug);
            let mut seen = HashSet::new();
            words
                .chain(names)
                .for_each(|name| assert!(seen.insert(name.clone()), "{name} stands for two things"));
        }
    }

    #[test]
    fn accents_may_be_left_out() {
        for typed in ["check", "soat", "kiem-tra", "Kiểm tra", "soát-lỗi", "SOAT LOI"] {
            assert_eq!(meant(COMMANDS, typed), Some("check"), "{typed}");
        }
        assert_eq!(meant(COMMANDS, "kiem"), None);
        assert_eq!(
            meant(TABLES, "xóa mù chữ"),
            Some("literacy"),
            "the tone mark may stand on the other vowel"
        );
    }

    #[test]
    fn what_has_a_name_exists_and_what_people_call_has_a_name() {
        let by_git = ["merge-file", "values"];
        let commands = super::super::COMMANDS.iter().map(|command| command.name);
        let nameless: Vec<&str> = commands.filter(|name| of(COMMANDS, name).next().is_none()).collect();
        assert_eq!(nameless, by_git);
        let summaries = crate::summary::SUMMARIES.iter().map(|summary| summary.name);
        assert!(summaries.into_iter().all(|name| of(TABLES, name).next().is_some()));
        assert!(crate::desk::list::LISTS.iter().all(|list| of(LISTS, list.name).next().is_some()));
        assert!(crate::desk::report::REPORTS.iter().all(|report| of(REPORTS, report.name).next().is_some()));
        let rows = crate::summary::By::CHOICES.iter().map(|row| row.word);
        assert!(rows.into_iter().all(|row| of(ROWS, row).next().is_some()));
    }
}
