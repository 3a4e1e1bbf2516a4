//! The figures of a visit: activity, money, learning promotion, learning titles. Each block says its own period.

use super::asking::{Recall, Suggest, When};
use super::day::Day;
use super::field::{COUNT, Field, Form, Kind, Over, Vocabulary, field};
use super::keyed::Keyed;
use super::period::Period;
use super::text::t;
use crate::choices;
use serde::{Deserialize, Serialize};

/// What the centre taught to whom: `[activity]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Activity {
    /// What the figures are about, usually the school year before.
    pub period: Option<Period>,
    /// Where the figures were taken from.
    pub source: Option<String>,
    /// All classes and learners together, where the fields are not told, or not all of them.
    pub total: Learning,
    /// What was planned for the period.
    pub planned: Planned,
    /// Clubs of the centre.
    pub clubs: Option<i64>,
    /// Members of these clubs.
    pub club_members: Option<i64>,
    /// The figures that are only approximate, by their keys below the block: `total.attendances`.
    pub approximate: Vec<String>,
    /// One line for each field of activity.
    pub field: Keyed<Learning>,
}

/// Classes and attendances that were planned.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Planned {
    /// Classes and talks.
    pub classes: Option<i64>,
    /// Attendances.
    pub attendances: Option<i64>,
}

impl Activity {
    /// A figure over all fields: the total, if it is given, else the sum.
    pub fn in_all(&self, figure: impl Fn(&Learning) -> Option<i64>) -> Option<i64> {
        figure(&self.total).or_else(|| self.sum(figure))
    }

    /// The sum of a figure over all fields that report it.
    pub fn sum(&self, figure: impl Fn(&Learning) -> Option<i64>) -> Option<i64> {
        self.field.values().filter_map(figure).reduce(i64::saturating_add)
    }
}

/// Classes and learners in one field of activity.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Learning {
    /// Classes and talks (lớp, chuyên đề).
    pub classes: Option<i64>,
    /// Sessions (buổi).
    pub sessions: Option<i64>,
    /// Hours taught.
    pub hours: Option<f64>,
    /// Attendances (lượt người): one person may attend often.
    pub attendances: Option<i64>,
    /// Different people, where known.
    pub people: Option<i64>,
    /// Attendances of women. This and the next three overlap and are never added up.
    pub women: Option<i64>,
    /// Attendances of members of ethnic minorities.
    pub ethnic_minority: Option<i64>,
    /// Attendances of people with disabilities.
    pub disabled: Option<i64>,
    /// Attendances of people aged 60 and over.
    pub aged_60: Option<i64>,
}

impl Learning {
    /// True for a line that says more than that there was nothing.
    pub fn was_held(&self) -> bool {
        self.classes.or(self.sessions).or(self.attendances) != Some(0)
            || self.attendances.is_some_and(|n| n > 0)
    }
}

/// The money of the centre in VND: `[finance]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Finance {
    /// What the figures are about.
    pub period: Option<Period>,
    /// Left over from before.
    pub opening: Option<i64>,
    /// Given once, when the centre was founded, by 96/2008/TT-BTC; part of the state budget.
    pub startup_grant: Option<i64>,
    /// From the state budget (ngân sách nhà nước).
    pub state_budget: Option<i64>,
    /// From society (xã hội hoá).
    pub contributions: Option<i64>,
    /// Fees of learners.
    pub fees: Option<i64>,
    /// Other income.
    pub other: Option<i64>,
    /// Spent.
    pub spent: Option<i64>,
    /// Left over.
    pub closing: Option<i64>,
    /// The figures that are only approximate, by their keys below the block.
    pub approximate: Vec<String>,
}

/// Learning promotion and talent promotion (khuyến học, khuyến tài): `[promotion]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Promotion {
    /// What the figures are about, usually a calendar year.
    pub period: Option<Period>,
    /// The day of the stocks, if it is not the last of the period.
    pub as_of: Option<Day>,
    /// False where the commune has no association yet.
    pub association: Option<bool>,
    /// Members of the association.
    pub members: Option<i64>,
    /// Women among them.
    pub women: Option<i64>,
    /// Members that joined in the period.
    pub new_members: Option<i64>,
    /// Committees (ban khuyến học), which are no branches.
    pub committees: Option<i64>,
    /// Groups (tổ hội) of the branches.
    pub groups: Option<i64>,
    /// Branches by where they are.
    pub branches: Branches,
    /// The fund, in VND.
    pub fund: Fund,
    /// Who keeps how much of the fund, in VND.
    pub fund_kept_by: Keepers,
    /// Awards of which it is not told who got them.
    pub awards: Awards,
    /// Scholarships.
    pub scholarships: Awards,
    /// Awards to pupils; one pupil may get several.
    pub pupil_awards: Awards,
    /// Awards to teachers.
    pub teacher_awards: Awards,
    /// Awards to talents (khuyến tài).
    pub talent_awards: Awards,
    /// Sponsored pupils ("ba đỡ đầu").
    pub sponsored: Sponsored,
    /// The figures that are only approximate, by their keys below the block: `fund.raised`.
    pub approximate: Vec<String>,
}

/// Branches (chi hội) by where they are.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Branches {
    /// All of them, where it is not told where each is.
    pub total: Option<i64>,
    /// In villages and quarters.
    pub residential: Option<i64>,
    /// In schools.
    pub school: Option<i64>,
    /// In offices and enterprises.
    pub workplace: Option<i64>,
    /// In lineages.
    pub lineage: Option<i64>,
    /// Elsewhere.
    pub other: Option<i64>,
}

/// The fund of the association, in VND.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fund {
    /// Left over from before.
    pub opening: Option<i64>,
    /// Taken over from a body that was merged or abolished, such as a district of before July 2025.
    pub received_on_merger: Option<i64>,
    /// Raised.
    pub raised: Option<i64>,
    /// What of it was not money.
    pub in_kind: Option<i64>,
    /// Spent.
    pub spent: Option<i64>,
    /// Left over.
    pub closing: Option<i64>,
    /// What was to be raised.
    pub target: Option<i64>,
}

/// The fund by who keeps it, in VND.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keepers {
    /// The association of the commune.
    pub commune: Option<i64>,
    /// Villages and quarters.
    pub residential: Option<i64>,
    /// Lineages.
    pub lineage: Option<i64>,
    /// Schools.
    pub school: Option<i64>,
    /// Offices and enterprises.
    pub workplace: Option<i64>,
}

/// How many awards, and their sum in VND.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Awards {
    /// How many.
    pub count: Option<i64>,
    /// VND in all.
    pub amount: Option<i64>,
}

/// Sponsored pupils by why they are sponsored.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sponsored {
    /// Poor pupils who do well.
    pub poor: Option<i64>,
    /// Pupils with disabilities and orphans.
    pub disabled_or_orphaned: Option<i64>,
    /// Gifted pupils.
    pub gifted: Option<i64>,
}

/// Learning titles (danh hiệu học tập): `[title]`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Titles {
    /// What the figures are about, usually a calendar year.
    pub period: Option<Period>,
    /// The day of the figures, if it is not the last of the period.
    pub as_of: Option<Day>,
    /// The figures that are only approximate, by their keys below the block: `learning.family.recognised`.
    pub approximate: Vec<String>,
    /// By the standard *học tập* (from 2015).
    pub learning: TitleKinds,
    /// By the older standard *hiếu học*. The two are never added up.
    pub studious: TitleKinds,
}

choices! {
    /// Who may hold a title.
    pub enum TitleKind {
        Family = "family", "Gia đình", "Families";
        Lineage = "lineage", "Dòng họ", "Lineages";
        Community = "community", "Cộng đồng (thôn, tổ dân phố)", "Communities";
        Workplace = "workplace", "Cơ quan, đơn vị", "Workplaces";
        Citizen = "citizen", "Công dân", "Citizens";
        Staff = "staff", "Cán bộ, công chức, viên chức", "Officials and staff";
    }
}

impl TitleKind {
    /// The row of what is said about its holders.
    pub const fn field(self, kind: Kind) -> Field {
        let label = self.label();
        field(self.word(), label.vi, label.en, kind)
    }
}

/// Titles of one standard by who holds them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct TitleKinds {
    /// Families.
    pub family: Option<Title>,
    /// Lineages (dòng họ).
    pub lineage: Option<Title>,
    /// Villages and quarters.
    pub community: Option<Title>,
    /// Offices and schools below the commune.
    pub workplace: Option<Title>,
    /// Residents (from 2021): adults of learning families, lineages and communities (677/QĐ-TTg).
    pub citizen: Option<Title>,
    /// Officials and staff of learning workplaces (677/QĐ-TTg).
    pub staff: Option<Title>,
}

impl TitleKinds {
    /// What is reported of a kind.
    pub fn get(&self, kind: TitleKind) -> Option<&Title> {
        match kind {
            TitleKind::Family => self.family.as_ref(),
            TitleKind::Lineage => self.lineage.as_ref(),
            TitleKind::Community => self.community.as_ref(),
            TitleKind::Workplace => self.workplace.as_ref(),
            TitleKind::Citizen => self.citizen.as_ref(),
            TitleKind::Staff => self.staff.as_ref(),
        }
    }

    /// The same, mutably.
    pub fn get_mut(&mut self, kind: TitleKind) -> Option<&mut Title> {
        match kind {
            TitleKind::Family => self.family.as_mut(),
            TitleKind::Lineage => self.lineage.as_mut(),
            TitleKind::Community => self.community.as_mut(),
            TitleKind::Workplace => self.workplace.as_mut(),
            TitleKind::Citizen => self.citizen.as_mut(),
            TitleKind::Staff => self.staff.as_mut(),
        }
    }

    /// The kinds that are reported, in their order.
    pub fn each(&self) -> impl Iterator<Item = (TitleKind, &Title)> {
        TitleKind::ALL.iter().filter_map(|kind| Some((*kind, self.get(*kind)?)))
    }
}

/// Registered and recognised, of how many.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Title {
    /// Registered at the start of the year.
    pub registered: Option<i64>,
    /// Recognised at its end.
    pub recognised: Option<i64>,
    /// All of that kind in the commune; absent: taken from `[context]`.
    pub base: Option<i64>,
    /// Those of the recognised who have digital skills; of people only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digital_skills: Option<i64>,
}

/// The keys of `[activity]`.
pub const ACTIVITY: &[Field] = &[
    PERIOD.suggest(Suggest::SchoolYearBefore),
    field("source", "Nguồn số liệu", "Source", Kind::Text),
    field("total", "Tổng số", "Total", Kind::Inline(LEARNING))
        .help(
            "Chỉ ghi khi không rõ từng lĩnh vực, hoặc mới rõ một phần; các lĩnh vực không được lớn hơn tổng.",
            "Only where the fields are not told, or not all of them; the fields are never more than the total.",
        )
        .rare(),
    field("planned", "Kế hoạch", "Planned", Kind::Inline(PLANNED)).rare(),
    field("clubs", "Số câu lạc bộ", "Clubs", COUNT).stock().rare(),
    field("club_members", "Số thành viên câu lạc bộ", "Club members", COUNT).stock().rare(),
    APPROXIMATE,
    field(
        "field",
        "Lĩnh vực",
        "Field",
        Kind::Keyed { by: Vocabulary::ActivityFields, entry: &Kind::Inline(LEARNING), fixed: &[] },
    ),
];

/// The first key of every block of figures.
pub const PERIOD: Field = field("period", "Kỳ số liệu", "Period", Kind::Form(Form::Period))
    .required()
    .help(
        "Năm học 2015-2016, năm 2016, 6 tháng đầu năm 2016 (2016-H1), quý III/2016 (2016-Q3); khoảng khác: từ ngày/đến ngày (2016-01-01/2016-10-15).",
        "School year 2015-2016, calendar year 2016, half-year 2016-H1, quarter 2016-Q3, or 2016-01-01/2016-10-15.",
    )
    .suggest(Suggest::YearBefore)
    .recall(Recall::About);

/// The figures of a block that a paper gives in round numbers: gần 113.000, trên 600.
pub const APPROXIMATE: Field =
    field("approximate", "Số gần đúng", "Approximate", Kind::List(&Kind::Form(Form::KeyPath)))
        .help(
            "Tên mục của những số chỉ biết gần đúng (gần 113.000, trên 600), ví dụ members.",
            "The keys of the figures that are only approximate (nearly 113,000, over 600), such as members.",
        )
        .when(When::Never);

const PLANNED: &[Field] = &[
    field("classes", "Số lớp, chuyên đề", "Classes", COUNT),
    field("attendances", "Lượt người", "Attendances", COUNT),
];

/// The day of stocks.
pub const AS_OF: Field = field("as_of", "Số liệu tính đến ngày", "As of", Kind::Day)
    .help("Chỉ ghi khi khác ngày cuối của kỳ số liệu.", "Only where it is not the last day of the period.")
    .recall(Recall::Nothing)
    .rare();

/// The keys of a line of `[activity.field]`.
const LEARNING: &[Field] = &[
    field("classes", "Số lớp, chuyên đề", "Classes", COUNT)
        .help("Lớp, chuyên đề đã mở.", "Classes and talks that were held."),
    field("sessions", "Số buổi", "Sessions", COUNT),
    field("hours", "Số giờ", "Hours", Kind::Measure(t("giờ", "hours"))),
    field("attendances", "Lượt người", "Attendances", COUNT)
        .help("Một người học ba buổi là ba lượt.", "One person who came three times is three attendances."),
    field("people", "Số người học (không trùng)", "People", COUNT)
        .help(
            "Mỗi người chỉ tính một lần, nếu biết; không lớn hơn số lượt.",
            "Each person is counted once, where known; never more than the attendances.",
        )
        .over(Over::Unknown),
    field("women", "Nữ", "Women", COUNT)
        .help("Trong tổng số lượt người.", "Of the attendances.")
        .part_of("attendances"),
    field("ethnic_minority", "Dân tộc thiểu số", "Ethnic minorities", COUNT)
        .help("Trong tổng số lượt người.", "Of the attendances.")
        .part_of("attendances"),
    field("disabled", "Người khuyết tật", "People with disabilities", COUNT)
        .help("Trong tổng số lượt người.", "Of the attendances.")
        .part_of("attendances"),
    field("aged_60", "Từ 60 tuổi trở lên", "Aged 60 and over", COUNT)
        .help("Trong tổng số lượt người.", "Of the attendances.")
        .part_of("attendances"),
];

/// The keys of `[finance]`.
pub const FINANCE: &[Field] = &[
    PERIOD,
    field("opening", "Tồn đầu kỳ", "Opening balance", Kind::Money).over(Over::First),
    field("startup_grant", "Hỗ trợ ban đầu", "Start-up grant", Kind::Money)
        .help(
            "Một lần, khi thành lập trung tâm (Thông tư 96/2008/TT-BTC); nằm trong ngân sách nhà nước.",
            "Once, when the centre is founded (circular 96/2008/TT-BTC); part of the state budget.",
        )
        .rare(),
    field("state_budget", "Ngân sách nhà nước", "State budget", Kind::Money),
    field("contributions", "Nguồn xã hội hoá", "Contributions", Kind::Money),
    field("fees", "Học phí", "Fees", Kind::Money),
    field("other", "Thu khác", "Other income", Kind::Money),
    field("spent", "Tổng chi", "Spent", Kind::Money),
    field("closing", "Tồn cuối kỳ", "Closing balance", Kind::Money).stock(),
    APPROXIMATE,
];

/// The keys of `[promotion]`.
pub const PROMOTION: &[Field] = &[
    PERIOD,
    AS_OF,
    field("association", "Đã có Hội Khuyến học", "Association", Kind::Bool)
        .help("Không: xã, phường chưa lập hội.", "No: the commune has no association yet.")
        .rare(),
    field("members", "Hội viên", "Members", COUNT).stock(),
    field("women", "Hội viên nữ", "Women members", COUNT).stock().part_of("members"),
    field("new_members", "Hội viên mới", "New members", COUNT),
    field("committees", "Ban khuyến học", "Committees", COUNT)
        .help("Ban khuyến học không phải là chi hội.", "Committees are no branches.")
        .stock()
        .rare(),
    field("groups", "Tổ hội", "Groups", COUNT).stock().rare(),
    field("branches", "Chi hội, ban khuyến học", "Branches", Kind::Inline(BRANCHES)),
    field("fund", "Quỹ khuyến học", "Fund", Kind::Inline(FUND)),
    field("fund_kept_by", "Quỹ do nơi giữ", "Fund by keeper", Kind::Inline(KEEPERS)).rare(),
    field("awards", "Khen thưởng chung", "Awards in all", Kind::Inline(AWARDS))
        .help(
            "Chỉ ghi khi không tách khen thưởng học sinh và khen thưởng giáo viên.",
            "Only where the awards to pupils and to teachers are not told apart.",
        )
        .rare(),
    field("scholarships", "Học bổng", "Scholarships", Kind::Inline(AWARDS)),
    field("pupil_awards", "Khen thưởng học sinh", "Awards to pupils", Kind::Inline(AWARDS)),
    field("teacher_awards", "Khen thưởng giáo viên", "Awards to teachers", Kind::Inline(AWARDS)),
    field(
        "talent_awards",
        "Khen thưởng, hỗ trợ tài năng",
        "Awards for talented learners",
        Kind::Inline(AWARDS),
    ),
    field("sponsored", "Ba đỡ đầu", "Sponsored pupils", Kind::Inline(SPONSORED)),
    APPROXIMATE,
];

const BRANCHES: &[Field] = &[
    field("total", "Tổng số", "Total", COUNT)
        .help("Chỉ ghi khi không rõ từng loại.", "Only where the kinds are not told.")
        .stock()
        .rare(),
    field("residential", "Thôn, tổ dân phố", "Residential", COUNT).stock(),
    field("school", "Trường học", "School", COUNT).stock(),
    field("workplace", "Cơ quan, đơn vị", "Workplace", COUNT).stock(),
    field("lineage", "Ban khuyến học dòng họ", "Lineage", COUNT).stock(),
    field("other", "Khác", "Other", COUNT).stock(),
];

const KEEPERS: &[Field] = &[
    field("commune", "Hội cấp xã", "Commune", Kind::Money).stock(),
    field("residential", "Thôn, tổ dân phố", "Residential", Kind::Money).stock(),
    field("lineage", "Dòng họ", "Lineage", Kind::Money).stock(),
    field("school", "Trường học", "School", Kind::Money).stock(),
    field("workplace", "Cơ quan, đơn vị", "Workplace", Kind::Money).stock(),
];

const FUND: &[Field] = &[
    field("opening", "Dư đầu kỳ", "Opening balance", Kind::Money).over(Over::First),
    field("received_on_merger", "Nhận khi sáp nhập", "Received on merger", Kind::Money)
        .help(
            "Phần quỹ nhận của huyện, xã cũ khi sắp xếp đơn vị hành chính; không tính vào số thu.",
            "The share of the fund of a former district or commune; not part of what was raised.",
        )
        .rare(),
    field("raised", "Thu trong kỳ", "Raised", Kind::Money),
    field("in_kind", "Trong đó hiện vật", "In kind", Kind::Money)
        .help("Trong số thu trong kỳ, quy ra đồng.", "Of what was raised, in đồng.")
        .rare(),
    field("spent", "Chi trong kỳ", "Spent", Kind::Money),
    field("closing", "Dư cuối kỳ", "Closing balance", Kind::Money).stock(),
    field("target", "Chỉ tiêu vận động", "Target", Kind::Money).over(Over::Unknown),
];

const AWARDS: &[Field] =
    &[field("count", "Số suất, lượt", "Count", COUNT), field("amount", "Số tiền", "Amount", Kind::Money)];

const SPONSORED: &[Field] = &[
    field("poor", "Học sinh nghèo vượt khó", "Poor pupils", COUNT).over(Over::Unknown),
    field("disabled_or_orphaned", "Học sinh khuyết tật, mồ côi", "Disabled or orphaned pupils", COUNT)
        .over(Over::Unknown),
    field("gifted", "Học sinh giỏi", "Gifted pupils", COUNT).over(Over::Unknown),
];

/// The keys of `[title]`.
pub const TITLES: &[Field] = &[
    PERIOD,
    AS_OF,
    APPROXIMATE,
    field("learning", "Danh hiệu học tập", "Learning titles", Kind::Section(TITLE_KINDS)),
    field("studious", "Danh hiệu hiếu học", "Studious titles", Kind::Section(TITLE_KINDS)).help(
        "Bộ tiêu chí cũ; không cộng với danh hiệu học tập.",
        "The older standard; never added to the learning titles.",
    ),
];

/// The keys of a standard: who may hold a title.
const TITLE_KINDS: &[Field] = &[
    TitleKind::Family.field(Kind::Inline(TITLE)),
    TitleKind::Lineage.field(Kind::Inline(TITLE)),
    TitleKind::Community.field(Kind::Inline(TITLE)),
    TitleKind::Workplace.field(Kind::Inline(TITLE)),
    TitleKind::Citizen.field(Kind::Inline(PEOPLE)),
    TitleKind::Staff.field(Kind::Inline(PEOPLE)).rare(),
];

/// The keys of one kind of title.
pub const TITLE: &[Field] = &[REGISTERED, RECOGNISED, BASE];

/// The keys of a title of people.
const PEOPLE: &[Field] = &[
    REGISTERED,
    RECOGNISED,
    BASE,
    field("digital_skills", "Có kỹ năng số", "With digital skills", COUNT)
        .help("Trong số được công nhận.", "Of the recognised.")
        .stock()
        .rare(),
];

const REGISTERED: Field = field("registered", "Số đăng ký", "Registered", COUNT).stock().part_of("base");
const RECOGNISED: Field =
    field("recognised", "Số được công nhận", "Recognised", COUNT).stock().part_of("base");
const BASE: Field = field("base", "Tổng số hiện có", "Base", COUNT)
    .help(
        "Tổng số gia đình, dòng họ… của xã, phường; bỏ trống thì lấy ở phần “Số liệu chung”.",
        "All of that kind in the commune; left out, it is taken from the context.",
    )
    .stock();
