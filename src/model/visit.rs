//! `visits/<school-year>/<date>-<centre>.toml`: one inspection visit.

use super::asking::{Recall, Suggest, When};
use super::centre::{FACILITIES, Facilities, POST_NAME, Post, STAFF, Staff};
use super::day::{Day, Time};
use super::field::{COUNT, Field, Form, Kind, Refers, Vocabulary, field};
use super::figures::{ACTIVITY, Activity, FINANCE, Finance, PROMOTION, Promotion, TITLES, TitleKind, Titles};
use super::keyed::Keyed;
use super::literacy::{LITERACY, Literacy};
use super::period::Period;
use super::rating::{RATINGS, Rating};
use super::text::{Said, t};
use crate::choices;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

choices! {
    /// On what kind of paper it stands.
    pub enum VisitKind {
        Inspection = "inspection", "kiểm tra", "inspection";
        SelfCheck = "self_check", "tự kiểm tra", "self-check";
        /// Nobody travelled.
        Report = "report", "báo cáo của trung tâm, xã, phường", "report of the centre or the commune";
    }
}

choices! {
    /// What an inspector does in the team.
    pub enum TeamRole {
        Lead = "lead", "trưởng đoàn", "team leader";
        Deputy = "deputy", "phó trưởng đoàn", "deputy leader";
        Member = "member", "thành viên", "member";
        Secretary = "secretary", "thư ký", "secretary";
    }
}

choices! {
    /// How a book or file of the centre was found.
    pub enum DocumentState {
        Complete = "complete", "đủ", "complete";
        Incomplete = "incomplete", "thiếu", "incomplete";
        Absent = "absent", "không có", "absent";
    }
}

choices! {
    /// What kind of model place was seen.
    pub enum SiteKind {
        Family = "family", "gia đình học tập", "learning family";
        Lineage = "lineage", "dòng họ học tập", "learning lineage";
        Community = "community", "cộng đồng học tập", "learning community";
        Workplace = "workplace", "đơn vị học tập", "learning workplace";
        Class = "class", "lớp học, chuyên đề", "class";
        Library = "library", "tủ sách, thư viện", "library";
        Other = "other", "nơi khác", "other place";
    }
}

choices! {
    /// Whom a recommendation is for.
    pub enum Addressee {
        Centre = "centre", "trung tâm", "the centre";
        Commune = "commune", "UBND cấp xã", "the commune";
        PromotionAssociation = "promotion_association", "Hội Khuyến học", "the Learning Promotion Association";
        Department = "department", "Sở Giáo dục và Đào tạo", "the provincial Department of Education";
        Province = "province", "UBND tỉnh, thành phố", "the province";
        ProvincialAssociation = "provincial_association", "Hội Khuyến học tỉnh, thành phố",
            "the provincial Learning Promotion Association";
        HigherLevel = "higher_level", "cấp trên", "the higher level";
        Other = "other", "nơi khác", "another body";
    }
}

choices! {
    /// What became of a recommendation.
    pub enum FollowupState {
        Done = "done", "đã thực hiện", "done";
        Partly = "partly", "thực hiện một phần", "partly done";
        Open = "open", "chưa thực hiện", "open";
        Dropped = "dropped", "không còn áp dụng", "dropped";
    }
}

/// An inspection visit.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Visit {
    /// The centre that was visited.
    pub centre: String,
    /// What kind of paper it stands on; none: an inspection.
    pub kind: Option<VisitKind>,
    /// The campaign that it belongs to; none: a visit outside any plan.
    pub campaign: Option<String>,
    /// The day of the visit.
    pub date: Option<Day>,
    /// When it began.
    pub starts: Option<Time>,
    /// When it ended.
    pub ends: Option<Time>,
    /// Where the team and the hosts met.
    pub place: Option<String>,
    /// What was discussed.
    pub agenda: Vec<String>,
    /// Why the date lies outside the window of the campaign.
    pub outside_window_reason: Option<String>,
    /// The earlier visit of the same campaign that this one follows up.
    pub follow_up_of: Option<String>,
    /// The source of the record, if it was not written during the visit.
    pub source: Vec<String>,
    /// Who made the record.
    pub reporter: Option<String>,
    /// The inspectors.
    pub team: Vec<TeamMember>,
    /// Those who received them.
    pub host: Vec<Host>,
    /// Bases of the percentages.
    pub context: Context,
    /// How the People's Committee of the commune directs the centre.
    pub management: Management,
    /// Books and files that were checked.
    pub documents: Documents,
    /// Premises and equipment on that day.
    pub facilities: Facilities,
    /// Those who work for the centre, in numbers.
    pub staff: Staff,
    /// Classes and learners.
    pub activity: Option<Activity>,
    /// Money of the centre.
    pub finance: Option<Finance>,
    /// Learning promotion.
    pub promotion: Option<Promotion>,
    /// Learning titles.
    pub title: Option<Titles>,
    /// Literacy and universal education.
    pub literacy: Option<Literacy>,
    /// Places seen during the visit.
    pub site: Vec<Site>,
    /// What was found.
    pub findings: Findings,
    /// What must change, each with a short id.
    pub recommendation: Keyed<Recommendation>,
    /// What became of earlier recommendations.
    pub followup: Vec<Followup>,
    /// Points and rank, by the rating scheme.
    pub rating: Keyed<Rating>,
    /// The minutes (biên bản).
    pub minutes: Option<Minutes>,
    /// Pictures.
    pub photo: Vec<Photo>,
}

impl Visit {
    /// What kind of paper it stands on.
    pub fn kind(&self) -> VisitKind {
        self.kind.unwrap_or(VisitKind::Inspection)
    }

    /// True if a team inspected, and not for a self-check or a report.
    pub fn is_inspection(&self) -> bool {
        self.kind() == VisitKind::Inspection
    }

    /// The period of a block of figures.
    pub fn period_of(&self, block: &str) -> Option<Period> {
        self.periods().find(|(key, _)| key.strip_suffix(".period") == Some(block)).map(|(_, period)| period)
    }

    /// The keys of the figures that are only approximate, by block.
    pub fn approximate(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        let blocks = [
            ("activity", self.activity.as_ref().map(|block| block.approximate.as_slice())),
            ("finance", self.finance.as_ref().map(|block| block.approximate.as_slice())),
            ("promotion", self.promotion.as_ref().map(|block| block.approximate.as_slice())),
            ("title", self.title.as_ref().map(|block| block.approximate.as_slice())),
            ("literacy", self.literacy.as_ref().map(|block| block.approximate.as_slice())),
        ];
        blocks.into_iter().filter_map(|(key, keys)| Some((key, keys.filter(|keys| !keys.is_empty())?)))
    }

    /// What its figures are about: the periods with their key paths.
    pub fn periods(&self) -> impl Iterator<Item = (&'static str, Period)> {
        let periods = [
            ("activity.period", self.activity.as_ref().and_then(|block| block.period)),
            ("finance.period", self.finance.as_ref().and_then(|block| block.period)),
            ("promotion.period", self.promotion.as_ref().and_then(|block| block.period)),
            ("title.period", self.title.as_ref().and_then(|block| block.period)),
            ("literacy.period", self.literacy.as_ref().and_then(|block| block.period)),
        ];
        periods.into_iter().filter_map(|(key, period)| Some((key, period?)))
    }
}

/// An inspector.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct TeamMember {
    /// The full name.
    pub name: String,
    /// Leader, deputy, member or secretary.
    pub role: Option<TeamRole>,
    /// The body that sent the inspector.
    pub body: Option<String>,
    /// The post in that body.
    pub post: Option<String>,
}

/// A person who received the team.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Host {
    /// The full name.
    pub name: String,
    /// The posts held on that day.
    pub posts: Vec<Post>,
    /// What the post is called that is not in the list.
    pub post_name: Option<String>,
}

/// Bases of the percentages: `[context]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Context {
    /// The day of the figures.
    pub as_of: Option<Day>,
    /// Inhabitants.
    pub population: Option<i64>,
    /// Households.
    pub households: Option<i64>,
    /// Poor households among them.
    pub poor_households: Option<i64>,
    /// Villages and quarters (thôn, khu).
    pub residential_groups: Option<i64>,
    /// Lineages (dòng họ).
    pub lineages: Option<i64>,
    /// Offices, schools and enterprises.
    pub workplaces: Option<i64>,
    /// Ethnic groups that live there.
    pub ethnic_groups: Option<i64>,
    /// Area in hectares.
    pub area_ha: Option<f64>,
}

impl Context {
    /// How many there are of those that a kind of title is for.
    pub fn base(&self, kind: TitleKind) -> Option<i64> {
        match kind {
            TitleKind::Family => self.households,
            TitleKind::Lineage => self.lineages,
            TitleKind::Community => self.residential_groups,
            TitleKind::Workplace => self.workplaces,
            TitleKind::Citizen | TitleKind::Staff => None,
        }
    }

    /// The key path of that number.
    pub fn base_key(kind: TitleKind) -> Option<&'static str> {
        match kind {
            TitleKind::Family => Some("context.households"),
            TitleKind::Lineage => Some("context.lineages"),
            TitleKind::Community => Some("context.residential_groups"),
            TitleKind::Workplace => Some("context.workplaces"),
            TitleKind::Citizen | TitleKind::Staff => None,
        }
    }
}

/// How the commune directs the centre: `[management]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Management {
    /// A yearly plan is there.
    pub yearly_plan: Option<bool>,
    /// Regulations are there.
    pub regulations: Option<bool>,
    /// Learning needs were surveyed.
    pub needs_survey: Option<bool>,
    /// It is managed with computers.
    pub uses_it: Option<bool>,
    /// Its records are electronic.
    pub e_records: Option<bool>,
    /// It teaches with compiled materials (tài liệu được biên soạn).
    pub compiled_materials: Option<bool>,
    /// Meetings of the board.
    pub board_meetings: Option<i64>,
    /// Documents issued about the centre.
    pub documents_issued: Option<i64>,
    /// A remark.
    pub note: Option<String>,
}

/// Books and files that were checked: `[documents]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Documents {
    /// A remark.
    pub note: Option<String>,
    /// How each was found.
    #[serde(flatten)]
    pub state: Keyed<DocumentState>,
}

/// By hand, since a flattened map copies every key and value before it reads them.
impl<'de> Deserialize<'de> for Documents {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Documents, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Documents;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("books and files")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut rows: A) -> Result<Documents, A::Error> {
                let mut documents = Documents::default();
                while let Some(key) = rows.next_key::<String>()? {
                    match key.as_str() {
                        "note" => documents.note = rows.next_value()?,
                        _ => documents.state.push(key, rows.next_value()?),
                    }
                }
                Ok(documents)
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// A place seen during the visit.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// What kind of place.
    pub kind: Option<SiteKind>,
    /// Its name.
    pub name: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// How many of them, where they are not named.
    pub count: Option<i64>,
}

/// What was found: `[findings]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Findings {
    /// What is good (ưu điểm).
    pub strengths: Vec<String>,
    /// What is not (tồn tại, hạn chế).
    pub shortcomings: Vec<String>,
    /// Why (nguyên nhân).
    pub causes: Vec<String>,
    /// What the centre says about it.
    pub opinion_of_centre: Option<String>,
}

/// What must change (kiến nghị).
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recommendation {
    /// Whom it is for.
    pub to: Option<Addressee>,
    /// What the addressee is called that is not in the list.
    pub to_name: Option<String>,
    /// What must change.
    pub text: String,
    /// The day by which it is due.
    pub due: Option<Day>,
}

impl Recommendation {
    /// Whom it is for, as people say it: a body that is not in the list by its own name.
    pub fn addressee(&self) -> Option<Said> {
        let name = self.to_name.as_ref().filter(|_| self.to == Some(Addressee::Other));
        name.map(Said::same).or_else(|| self.to.map(|to| to.label().into()))
    }
}

/// What became of an earlier recommendation.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Followup {
    /// The recommendation: `2015-11-03-yen-thanh#r2`.
    pub of: String,
    /// Done, partly, open or dropped.
    pub state: Option<FollowupState>,
    /// A remark.
    pub note: Option<String>,
}

/// The minutes of the visit (biên bản): `[minutes]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Minutes {
    /// Their number.
    pub number: Option<String>,
    /// Their date.
    pub date: Option<Day>,
    /// How many copies were made.
    pub copies: Option<i64>,
    /// Signed by the leader of the team.
    pub signed_by_lead: Option<bool>,
    /// Signed for the unit.
    pub signed_by_host: Option<bool>,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Photo {
    /// The file, relative to the register.
    pub file: String,
    /// What it shows.
    pub caption: Option<String>,
    /// When it was taken.
    pub taken: Option<Day>,
    /// Who took it.
    pub credit: Option<String>,
    /// The SHA-256 sum of the file.
    pub sha256: Option<String>,
}

/// The keys of a visit.
pub const FIELDS: &[Field] = &[
    field("centre", "Trung tâm", "Centre", Kind::Id(Refers::Centre)).required().once(),
    field("kind", "Loại", "Kind", VisitKind::KIND)
        .help(
            "Bỏ trống: đoàn kiểm tra; lần tự kiểm tra và báo cáo thì không có đoàn.",
            "Left out, an inspection; a self-check and a report have no team.",
        )
        .once()
        .rare(),
    field("campaign", "Đợt kiểm tra", "Campaign", Kind::Id(Refers::Campaign))
        .suggest(Suggest::OnlyCampaign)
        .once(),
    field("date", "Ngày kiểm tra", "Date", Kind::Day).required().suggest(Suggest::Today).once(),
    field("starts", "Bắt đầu lúc", "Starts", Kind::Time).once(),
    field("ends", "Kết thúc lúc", "Ends", Kind::Time).once(),
    field("place", "Địa điểm", "Place", Kind::Text),
    field("agenda", "Nội dung làm việc", "Agenda", Kind::List(&Kind::Text)),
    field("outside_window_reason", "Lý do kiểm tra ngoài kế hoạch", "Reason outside the window", Kind::Text)
        .help(
            "Chỉ ghi khi ngày kiểm tra nằm ngoài thời gian của đợt.",
            "Only when the date lies outside the window of the campaign.",
        )
        .when(When::OutsideWindow)
        .once(),
    field("follow_up_of", "Kiểm tra lại lần trước", "Follow-up of", Kind::Id(Refers::Visit))
        .help("Lần kiểm tra trước trong cùng đợt.", "The earlier visit of the same campaign.")
        .when(When::SeenInCampaign)
        .once(),
    field("source", "Nguồn thông tin", "Source of the record", Kind::List(&Kind::Text)).when(When::Never),
    field("reporter", "Người cung cấp thông tin", "Reported by", Kind::Text),
    field("team", "Đoàn kiểm tra", "Team", Kind::Rows(TEAM)).suggest(Suggest::LatestTeam),
    field("host", "Đại diện đơn vị được kiểm tra", "Hosts", Kind::Rows(HOST)),
    field("context", "Số liệu chung", "Context", Kind::Section(CONTEXT)),
    field("management", "Công tác quản lý, chỉ đạo", "Management", Kind::Section(MANAGEMENT)),
    field("documents", "Hồ sơ, sổ sách", "Books and files", DOCUMENTS).recall(Recall::Whole),
    field("facilities", "Cơ sở vật chất", "Facilities", Kind::Section(FACILITIES)).recall(Recall::Whole),
    field("staff", "Đội ngũ", "Staff", Kind::Section(STAFF)).recall(Recall::Whole).rare(),
    field("activity", "Hoạt động", "Activity", Kind::Section(ACTIVITY)),
    field("finance", "Kinh phí", "Finance", Kind::Section(FINANCE)),
    field("promotion", "Khuyến học, khuyến tài", "Learning promotion", Kind::Section(PROMOTION)),
    field("title", "Mô hình học tập", "Learning titles", Kind::Section(TITLES)),
    field("literacy", "Xoá mù chữ, phổ cập giáo dục", "Literacy", Kind::Section(LITERACY)).rare(),
    field("site", "Cơ sở đoàn đến kiểm tra thực tế", "Field visits", Kind::Rows(SITE)),
    field("findings", "Kết quả kiểm tra", "Findings", Kind::Section(FINDINGS)).once(),
    field("recommendation", "Kiến nghị", "Recommendations", RECOMMENDATIONS),
    field(
        "followup",
        "Kết quả thực hiện kiến nghị lần trước",
        "Outcome of earlier recommendations",
        Kind::Rows(FOLLOWUP),
    )
    .suggest(Suggest::OpenRecommendations),
    field("rating", "Xếp loại", "Ratings", RATINGS),
    field("minutes", "Biên bản", "Minutes", Kind::Section(MINUTES)).once(),
    field("photo", "Ảnh", "Photos", Kind::Rows(PHOTO)).when(When::Never),
    super::EXTRA,
];

const TEAM: &[Field] = &[
    field("name", "Họ và tên", "Name", Kind::Text).identifies().required(),
    field("role", "Nhiệm vụ trong đoàn", "Role", TeamRole::KIND).required(),
    field("body", "Cơ quan công tác", "Body", Kind::Text),
    field("post", "Chức vụ", "Post", Kind::Text),
];

const HOST: &[Field] = &[
    field("name", "Họ và tên", "Name", Kind::Text).identifies().required(),
    field("posts", "Chức vụ", "Posts", Kind::List(&Post::KIND)).suggest(Suggest::PostsOnFile),
    POST_NAME,
];

/// The keys of `[context]`.
pub const CONTEXT: &[Field] = &[
    field("as_of", "Số liệu tính đến ngày", "As of", Kind::Day).recall(Recall::About),
    field("population", "Dân số", "Population", COUNT).stock(),
    field("households", "Số hộ", "Households", COUNT).stock(),
    field("poor_households", "Số hộ nghèo", "Poor households", COUNT).stock().rare(),
    field("residential_groups", "Số thôn, tổ dân phố", "Residential groups", COUNT).stock(),
    field("lineages", "Số dòng họ", "Lineages", COUNT).stock(),
    field("workplaces", "Số cơ quan, đơn vị", "Workplaces", COUNT).stock(),
    field("ethnic_groups", "Số dân tộc", "Ethnic groups", Kind::Count(54)).stock().rare(),
    field("area_ha", "Diện tích tự nhiên", "Area", Kind::Measure(t("ha", "ha"))).stock().rare(),
];

const MANAGEMENT: &[Field] = &[
    field("yearly_plan", "Có kế hoạch năm", "Yearly plan", Kind::Bool),
    field("regulations", "Có quy chế hoạt động", "Regulations", Kind::Bool),
    field("needs_survey", "Có điều tra nhu cầu học tập", "Needs survey", Kind::Bool),
    field("uses_it", "Quản lý bằng công nghệ thông tin", "Managed with computers", Kind::Bool).rare(),
    field("e_records", "Hồ sơ điện tử", "Electronic records", Kind::Bool).rare(),
    field("compiled_materials", "Dùng tài liệu biên soạn", "Compiled materials", Kind::Bool).rare(),
    field("board_meetings", "Số cuộc họp ban giám đốc", "Board meetings", COUNT),
    field("documents_issued", "Số văn bản chỉ đạo của UBND", "Documents issued", COUNT),
    field("note", "Ghi chú", "Note", Kind::Prose).once(),
];

const DOCUMENTS: Kind = Kind::Keyed {
    by: Vocabulary::Documents,
    entry: &DocumentState::KIND,
    fixed: &[field("note", "Ghi chú", "Note", Kind::Prose).once()],
};

const SITE: &[Field] = &[
    field("kind", "Loại", "Kind", SiteKind::KIND).identifies().required(),
    field("name", "Tên", "Name", Kind::Text).identifies(),
    field("address", "Địa chỉ", "Address", Kind::Text),
    field("note", "Ghi chú", "Note", Kind::Prose),
    field("count", "Số nơi", "Count", COUNT)
        .help("Khi chỉ biết số nơi: 4 hộ.", "Where only their number is known: 4 households.")
        .when(When::Without("name")),
];

const FINDINGS: &[Field] = &[
    field("strengths", "Ưu điểm", "Strengths", Kind::List(&Kind::Text)),
    field("shortcomings", "Tồn tại, hạn chế", "Shortcomings", Kind::List(&Kind::Text)),
    field("causes", "Nguyên nhân", "Causes", Kind::List(&Kind::Text)),
    field("opinion_of_centre", "Ý kiến của đơn vị được kiểm tra", "Opinion of the centre", Kind::Prose),
];

const RECOMMENDATIONS: Kind =
    Kind::Keyed { by: Vocabulary::Words, entry: &Kind::Section(RECOMMENDATION), fixed: &[] };

/// The keys of one recommendation.
const RECOMMENDATION: &[Field] = &[
    field("to", "Nơi thực hiện", "To", Addressee::KIND).required(),
    field("to_name", "Tên nơi thực hiện", "Name of the addressee", Kind::Text)
        .help("Khi nơi thực hiện không có trong danh sách.", "Where the addressee is not in the list.")
        .when(When::OtherIn("to")),
    field("text", "Nội dung", "Text", Kind::Prose).required(),
    field("due", "Thời hạn", "Due", Kind::Day),
];

const FOLLOWUP: &[Field] = &[
    field("of", "Kiến nghị", "Recommendation", Kind::Form(Form::Recommendation)).identifies().required(),
    field("state", "Kết quả thực hiện", "Outcome", FollowupState::KIND).required(),
    field("note", "Ghi chú", "Note", Kind::Prose),
];

const MINUTES: &[Field] = &[
    field("number", "Số biên bản", "Number", Kind::Form(Form::DocumentNumber)),
    field("date", "Ngày lập", "Date", Kind::Day).suggest(Suggest::VisitDate),
    field("copies", "Số bản đã lập", "Copies", Kind::Count(1_000)),
    field("signed_by_lead", "Trưởng đoàn đã ký", "Signed by the leader", Kind::Bool),
    field("signed_by_host", "Đại diện đơn vị được kiểm tra đã ký", "Signed by the hosts", Kind::Bool),
];

const PHOTO: &[Field] = &[
    field("file", "Tệp ảnh", "File", Kind::Form(Form::Path)).identifies().required(),
    field("caption", "Chú thích", "Caption", Kind::Text),
    field("taken", "Ngày chụp", "Taken", Kind::Day),
    field("credit", "Người chụp", "Credit", Kind::Text),
    field("sha256", "Mã băm SHA-256", "SHA-256", Kind::Form(Form::Sha256)),
];
