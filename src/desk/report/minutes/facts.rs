//! What minutes tell by name, for the templates of an office.

use super::super::visited::Visited;
use super::super::wording::{clock, told};
use super::super::{advice, assessment, letterhead, people, versus};
use super::{found, signing, tallies};
use crate::model::fact::{FactRow, many, one};
use crate::model::figures::{FINANCE, PROMOTION};
use crate::model::json::json;
use crate::model::table::{Cell, ColumnKind, ColumnRow};
use crate::model::text::{Said, t};
use crate::model::visit::{CONTEXT, TeamRole};

/// The rows.
pub fn rows() -> Vec<FactRow<Visited>> {
    use ColumnKind::{Count, Day, Number, Text};
    vec![
        one("office", "Cơ quan ban hành", "Issuing body", Text, |v| {
            Cell::text(&*v.register.settings.body.office)
        }),
        one("parent", "Cơ quan cấp trên", "Body above", Text, |v| {
            v.register.settings.body.parent.as_ref().into()
        }),
        one("place", "Địa danh", "Place of issue", Text, |v| {
            v.register.settings.body.place.as_ref().into()
        }),
        one("number", "Số biên bản", "Number", Text, |v| {
            v.visit().minutes.as_ref().and_then(|minutes| minutes.number.as_ref()).into()
        }),
        one("visit", "Mã lần kiểm tra", "Visit", Text, |v| Cell::text(&*v.record().id)),
        one("centre", "Tên trung tâm", "Centre", Text, |v| Cell::text(v.centre_name())),
        one("commune", "Uỷ ban nhân dân", "Commune", Text, |v| v.committee().map_or(Cell::Missing, word)),
        one("campaign", "Tên đợt kiểm tra", "Campaign", Text, |v| {
            v.campaign().map_or(Cell::Missing, |campaign| Cell::text(&*campaign.title))
        }),
        many("bases", "Căn cứ", "Bases", ITEM, |v| {
            letterhead::bases(v.campaign()).into_iter().map(item).collect()
        }),
        one("date", "Ngày kiểm tra", "Date", Day, |v| v.day().into()),
        one("date_in_words", "Ngày tháng năm kiểm tra", "Date in words", Text, |v| {
            v.day().map_or(Cell::Missing, |day| word(letterhead::long(day)))
        }),
        one("starts", "Giờ bắt đầu", "Starts", Text, |v| {
            v.visit().starts.map_or(Cell::Missing, |time| word(clock(time)))
        }),
        one("ends", "Giờ kết thúc", "Ends", Text, |v| {
            v.visit().ends.map_or(Cell::Missing, |time| word(clock(time)))
        }),
        one("venue", "Địa điểm", "Venue", Text, |v| v.visit().place.as_ref().into()),
        one("leader", "Họ tên trưởng đoàn", "Team leader", Text, |v| {
            name(people::in_role(&v.visit().team, TeamRole::Lead))
        }),
        one("secretary", "Họ tên thư ký", "Secretary", Text, |v| {
            name(people::in_role(&v.visit().team, TeamRole::Secretary))
        }),
        one(
            "host",
            "Họ tên đại diện đơn vị được kiểm tra",
            "Signs for the centre",
            Text,
            |v| name(people::first_host(&v.visit().host)),
        ),
        many("team", "Đoàn kiểm tra", "Team", TEAM, |v| {
            v.visit().team.iter().map(people::member_cells).collect()
        }),
        many("hosts", "Đại diện đơn vị được kiểm tra", "Hosts", HOSTS, |v| {
            v.visit().host.iter().map(people::host_cells).collect()
        }),
        many("agenda", "Nội dung kiểm tra", "Agenda", ITEM, |v| quoted(&v.visit().agenda)),
        many("context", "Số liệu chung", "Context", VALUES, |v| told(CONTEXT, &json!(v.visit().context))),
        many("management", "Công tác quản lý, chỉ đạo", "Management", VALUES, |v| {
            values(v, "management")
        }),
        many("facilities", "Cơ sở vật chất", "Facilities", VALUES, |v| values(v, "facilities")),
        many("staff", "Đội ngũ", "Staff", VALUES, |v| values(v, "staff")),
        many("documents", "Hồ sơ, sổ sách", "Books and files", DOCUMENTS, found::document_cells),
        many("fields", "Hoạt động theo lĩnh vực", "Activity by field", tallies::FIELD_COLUMNS, |v| {
            tallies::fields(v).map_or_else(Vec::new, |table| table.rows)
        }),
        many("finance", "Kinh phí", "Money", VALUES, |v| told(FINANCE, &json!(v.visit().finance))),
        many("promotion", "Khuyến học, khuyến tài", "Learning promotion", VALUES, |v| {
            told(PROMOTION, &json!(v.visit().promotion))
        }),
        many("titles", "Danh hiệu học tập", "Learning titles", tallies::TITLE_COLUMNS, |v| {
            tallies::titles(v).into_iter().flat_map(|table| table.rows).collect()
        }),
        many("literacy", "Xoá mù chữ", "Literacy", VALUES, |v| values(v, "literacy")),
        many("sites", "Cơ sở đoàn đến kiểm tra thực tế", "Field visits", ITEM, |v| {
            v.visit().site.iter().map(found::site).map(item).collect()
        }),
        many("figures", "Số liệu so với kỳ trước", "Figures", versus::COLUMNS, |v| {
            tallies::all(v).iter().map(versus::cells).collect()
        }),
        one("classes", "Số lớp, chuyên đề", "Classes", Count, |v| tallies::now(v, "classes")),
        one("attendances", "Lượt người", "Attendances", Count, |v| tallies::now(v, "attendances")),
        one("women", "Lượt nữ", "Women", Count, |v| tallies::now(v, "women")),
        one("income", "Tổng thu", "Income", ColumnKind::Money, |v| tallies::now(v, "income")),
        one("spent", "Tổng chi", "Spent", ColumnKind::Money, |v| tallies::now(v, "spent")),
        one("members", "Hội viên", "Members", Count, |v| tallies::now(v, "members")),
        one("fund", "Dư quỹ khuyến học", "Fund", ColumnKind::Money, |v| {
            tallies::now(v, "fund_closing")
        }),
        many("strengths", "Ưu điểm", "Strengths", ITEM, |v| quoted(&v.visit().findings.strengths)),
        many("shortcomings", "Tồn tại, hạn chế", "Shortcomings", ITEM, |v| {
            quoted(&v.visit().findings.shortcomings)
        }),
        many("causes", "Nguyên nhân", "Causes", ITEM, |v| quoted(&v.visit().findings.causes)),
        many("criteria", "Điểm theo tiêu chí", "Points by criterion", assessment::COLUMNS, |v| {
            let rating = v.register.rating_of(v.visit());
            rating.map_or_else(Vec::new, |(scheme, rating)| assessment::rows(&v.register, scheme, rating))
        }),
        one("points", "Tổng điểm", "Points", Number, |v| {
            v.register.rating_of(v.visit()).and_then(|(_, rating)| rating.points()).into()
        }),
        one("self_rank", "Tự xếp loại", "Self-rating", Text, |v| rank(v, true)),
        one("rank", "Xếp loại", "Rank", Text, |v| rank(v, false)),
        many("recommendations", "Kiến nghị", "Recommendations", advice::COLUMNS, |v| {
            let committee = v.committee();
            v.visit().recommendation.values().map(|one| advice::cells(one, committee.as_ref())).collect()
        }),
        many(
            "earlier",
            "Kết quả thực hiện kiến nghị lần trước",
            "Earlier recommendations",
            advice::EARLIER_COLUMNS,
            |v| {
                let committee = v.committee();
                advice::earlier(v).iter().map(|one| advice::earlier_cells(one, committee.as_ref())).collect()
            },
        ),
        one(
            "opinion",
            "Ý kiến của đơn vị được kiểm tra",
            "Opinion of the centre",
            Text,
            |v| v.visit().findings.opinion_of_centre.as_ref().into(),
        ),
        one("copies", "Số bản đã lập", "Copies", Count, |v| {
            v.visit().minutes.as_ref().and_then(|minutes| minutes.copies).into()
        }),
        many("recipients", "Nơi nhận", "Recipients", ITEM, |v| {
            signing::recipients(v).into_iter().map(item).collect()
        }),
    ]
}

/// A list of texts.
const ITEM: &[ColumnRow] = &[("item", t("Mục", "Item"), ColumnKind::Text)];

/// Values by their labels.
const VALUES: &[ColumnRow] =
    &[("what", t("Nội dung", "What"), ColumnKind::Text), ("value", t("Giá trị", "Value"), ColumnKind::Text)];

const TEAM: &[ColumnRow] = &[
    ("name", t("Họ và tên", "Name"), ColumnKind::Text),
    ("post", t("Chức vụ", "Post"), ColumnKind::Text),
    ("body", t("Cơ quan công tác", "Body"), ColumnKind::Text),
    ("role", t("Nhiệm vụ trong đoàn", "Role"), ColumnKind::Text),
];

const HOSTS: &[ColumnRow] =
    &[("name", t("Họ và tên", "Name"), ColumnKind::Text), ("posts", t("Chức vụ", "Posts"), ColumnKind::Text)];

const DOCUMENTS: &[ColumnRow] = &[
    ("name", t("Tên hồ sơ", "Name"), ColumnKind::Text),
    ("state", t("Tình trạng", "State"), ColumnKind::Text),
];

fn word(said: Said) -> Cell {
    Cell::word(said.en.clone(), said)
}

fn item(said: Said) -> Vec<Cell> {
    vec![word(said)]
}

fn name(name: Option<&str>) -> Cell {
    name.map_or(Cell::Missing, Cell::text)
}

fn quoted(texts: &[String]) -> Vec<Vec<Cell>> {
    texts.iter().map(|text| vec![Cell::text(text)]).collect()
}

/// What a part of the visit says, value by value.
fn values(visited: &Visited, key: &str) -> Vec<Vec<Cell>> {
    told(found::rows(key), &json!(visited.visit())[key])
}

/// The rank by the usual scheme, as the centre gave it itself or as it was given.
fn rank(visited: &Visited, own: bool) -> Cell {
    let Some((scheme, rating)) = visited.register.rating_of(visited.visit()) else { return Cell::Missing };
    let rank = if own { &rating.self_rank } else { &rating.rank };
    rank.as_ref().map_or(Cell::Missing, |rank| Cell::word(rank.clone(), visited.register.rank(scheme, rank)))
}
