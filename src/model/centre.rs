//! `centres/<id>.toml`: one community learning centre (trung tâm học tập cộng đồng, 09/2008/QĐ-BGDĐT).

use super::agree;
use super::asking::{Suggest, When};
use super::date::Date;
use super::day::Day;
use super::field::{COUNT, Field, Form, Kind, Refers, field};
use super::text::t;
use super::unit::UnitKind;
use super::vietnamese::fold;
use crate::choices;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

choices! {
    /// What kind of centre it is.
    pub enum CentreKind {
        Clc = "clc", "trung tâm học tập cộng đồng", "community learning centre";
        CultureSportClc = "culture_sport_clc", "trung tâm văn hoá - thể thao và học tập cộng đồng",
            "culture, sport and community learning centre";
    }
}

choices! {
    /// What a centre is from a day on.
    pub enum StatusValue {
        Active = "active", "đang hoạt động", "active";
        Suspended = "suspended", "đình chỉ hoạt động", "suspended";
        Merged = "merged", "sáp nhập", "merged";
        Dissolved = "dissolved", "giải thể", "dissolved";
    }
}

choices! {
    /// Posts that a person may hold; several at once are normal.
    pub enum Post {
        Director = "director", "Giám đốc trung tâm", "director of the centre";
        DeputyDirector = "deputy_director", "Phó Giám đốc trung tâm", "deputy director of the centre";
        Accountant = "accountant", "Kế toán", "accountant";
        Treasurer = "treasurer", "Thủ quỹ", "treasurer";
        Clerk = "clerk", "Văn thư", "clerk";
        SecondedTeacher = "seconded_teacher", "Giáo viên biệt phái", "seconded teacher";
        CommuneChair = "commune_chair", "Chủ tịch UBND", "chair of the People's Committee";
        CommuneViceChair = "commune_vice_chair", "Phó Chủ tịch UBND", "vice-chair of the People's Committee";
        LearningPromotionChair = "learning_promotion_chair", "Chủ tịch Hội Khuyến học",
            "chair of the Learning Promotion Association";
        HeadTeacher = "head_teacher", "Hiệu trưởng", "head teacher";
        PartySecretary = "party_secretary", "Bí thư Đảng uỷ", "secretary of the Party committee";
        CultureOfficer = "culture_officer", "Công chức văn hoá - xã hội", "culture and society officer";
        SteeringCommitteeHead = "steering_committee_head", "Trưởng ban Chỉ đạo xây dựng xã hội học tập",
            "head of the steering committee for the learning society";
        FatherlandFrontChair = "fatherland_front_chair", "Chủ tịch Uỷ ban MTTQ",
            "chair of the Fatherland Front committee";
        Other = "other", "Chức vụ khác", "other post";
    }
}

/// What centres are, as their names begin, and how it is said in short.
const BEGINNINGS: &[(&str, &str)] = &[
    ("Trung tâm học tập cộng đồng", "TTHTCĐ"),
    ("Trung tâm Văn hoá, Thể thao và Học tập cộng đồng", "TTVHTT&HTCĐ"),
    ("Trung tâm Văn hoá - Thể thao và Học tập cộng đồng", "TTVHTT&HTCĐ"),
    ("TTHTCĐ", "TTHTCĐ"),
];

/// The name of a centre where there is little room: `TTHTCĐ phường Yên Thanh`.
pub fn short_name(name: &str) -> String {
    let cut =
        BEGINNINGS.iter().find_map(|(long, short)| Some([short, after(name, long)?.as_str()].join(" ")));
    cut.map_or_else(|| name.to_owned(), |short| short.trim_end().to_owned())
}

/// What follows words at the beginning of a name, however they are written; none if it begins otherwise.
fn after(name: &str, words: &str) -> Option<String> {
    let rest = fold(name).strip_prefix(&fold(words)).map(str::to_owned)?;
    let count = words.split_whitespace().count();
    (rest.is_empty() || rest.starts_with(' '))
        .then(|| name.split_whitespace().skip(count).collect::<Vec<_>>().join(" "))
}

/// True for a centre that has the name of its unit and no other: `Trung tâm học tập cộng đồng phường Yên Thanh`.
pub fn is_named_after(name: &str, unit: &str) -> bool {
    // A long list asks it of each row.
    static WORDS: LazyLock<(Vec<String>, Vec<String>)> = LazyLock::new(|| {
        let kinds = UnitKind::CHOICES.iter().map(|kind| fold(kind.label.vi) + " ");
        (BEGINNINGS.iter().map(|(long, _)| fold(long)).collect(), kinds.chain([String::new()]).collect())
    });
    let ((beginnings, kinds), name, unit) = (&*WORDS, fold(name), fold(unit));
    let Some(rest) = beginnings.iter().find_map(|words| name.strip_prefix(words)?.strip_prefix(' ')) else {
        return false;
    };
    !unit.is_empty() && kinds.iter().any(|kind| rest.strip_prefix(kind.as_str()) == Some(&unit))
}

/// A centre.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Centre {
    /// The full name.
    pub name: String,
    /// The commune or ward that it serves.
    pub unit: String,
    /// On its own, or joined with a culture and sport centre.
    pub kind: Option<CentreKind>,
    /// True for a model centre (TTHTCĐ điển hình).
    pub model_centre: Option<bool>,
    /// How it was founded.
    pub founded: Option<Founded>,
    /// The postal address.
    pub address: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Its status from each day on; empty: active since it was founded.
    pub status: Vec<Status>,
    /// Those who run it, past and present.
    pub person: Vec<Person>,
    /// Those who work for it, in numbers.
    pub staff: Staff,
    /// Premises and equipment.
    pub facilities: Facilities,
}

/// How a centre was founded.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Founded {
    /// The day of the decision.
    pub date: Option<Date>,
    /// The number of the decision.
    pub decision: Option<String>,
    /// Who decided.
    pub authority: Option<String>,
}

/// The status of a centre from a day on.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Status {
    /// Active, suspended, merged or dissolved.
    pub value: Option<StatusValue>,
    /// The first day.
    pub from: Option<Day>,
    /// The number of the decision.
    pub decision: Option<String>,
    /// The centres that it was merged into.
    pub into: Vec<String>,
}

/// A person with one or several posts.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Person {
    /// The full name.
    pub name: String,
    /// The posts, all held at the same time.
    pub posts: Vec<Post>,
    /// What the post is called that is not in the list.
    pub post_name: Option<String>,
    /// True for those who do it beside other work (kiêm nhiệm).
    pub part_time: Option<bool>,
    /// The first day in them.
    pub from: Option<Day>,
    /// The last day in them.
    pub to: Option<Day>,
}

impl Person {
    /// True if the person was in the posts on that day.
    pub fn serves(&self, day: Day) -> bool {
        day.is_within(self.from, self.to)
    }

    /// True if the person held the post on that day.
    pub fn held(&self, post: Post, day: Day) -> bool {
        self.posts.contains(&post) && self.serves(day)
    }
}

/// Those who work for a centre, in numbers: `[staff]`. Of each, how many have been trained for it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Staff {
    /// Those who run it.
    pub managers: Option<i64>,
    /// Those of them who were trained.
    pub managers_trained: Option<i64>,
    /// Lecturers (báo cáo viên).
    pub lecturers: Option<i64>,
    /// Those of them who were trained.
    pub lecturers_trained: Option<i64>,
    /// Teachers.
    pub teachers: Option<i64>,
    /// Those of them who were trained.
    pub teachers_trained: Option<i64>,
    /// Collaborators (cộng tác viên).
    pub collaborators: Option<i64>,
}

/// Premises and equipment: the seven that provinces count, and four amounts.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Facilities {
    /// Its own office.
    pub own_office: Option<bool>,
    /// Premises shared with others, such as a house of culture.
    pub shared_premises: Option<bool>,
    /// Its own seal.
    pub seal: Option<bool>,
    /// Its own bank or treasury account.
    pub bank_account: Option<bool>,
    /// Access to the internet.
    pub internet: Option<bool>,
    /// Wireless internet that is open to the public.
    pub wifi: Option<bool>,
    /// A community bookcase or library.
    pub library: Option<bool>,
    /// Loudspeakers, radio, television.
    pub audio_visual: Option<bool>,
    /// Ties with the houses of culture of the villages.
    pub linked_culture_house: Option<bool>,
    /// Computers.
    pub computers: Option<i64>,
    /// Books.
    pub books: Option<i64>,
    /// Rooms.
    pub rooms: Option<i64>,
    /// Floor area in square metres.
    pub area_m2: Option<f64>,
}

impl Centre {
    /// True if nothing tells this centre from another one: they have one unit, name and kind, no two ends, no two
    /// founding decisions, and not different people.
    pub fn repeats(&self, other: &Centre) -> bool {
        let key = |centre: &Centre| (centre.unit.clone(), centre.name.clone(), centre.kind);
        let ends = |centre: &Centre| -> Vec<Option<Day>> {
            let end =
                |status: &&Status| matches!(status.value, Some(StatusValue::Merged | StatusValue::Dissolved));
            centre.status.iter().filter(end).map(|status| status.from).collect()
        };
        let decision = |centre: &Centre| centre.founded.as_ref().and_then(|founded| founded.decision.clone());
        let knows = |person: &Person| other.person.iter().any(|known| known.name == person.name);
        let strangers = !self.person.is_empty() && !other.person.is_empty() && !self.person.iter().any(knows);
        key(self) == key(other)
            && ends(self) == ends(other)
            && self.founded().zip(other.founded()).is_none_or(|(one, other)| one.may_be(other))
            && agree(decision(self), decision(other))
            && !strangers
    }

    /// The status of the centre on a day; active unless a row says otherwise.
    pub fn status_on(&self, day: Day) -> StatusValue {
        let begun = self.status.iter().filter(|status| status.from.is_some_and(|from| from <= day));
        begun.max_by_key(|status| status.from).and_then(|status| status.value).unwrap_or(StatusValue::Active)
    }

    /// When it was founded.
    pub fn founded(&self) -> Option<Date> {
        self.founded.as_ref()?.date
    }

    /// True if the centre may have been founded by that day, and was neither suspended, merged nor dissolved.
    pub fn active_on(&self, day: Day) -> bool {
        self.founded().is_none_or(|date| date.first() <= day) && self.status_on(day) == StatusValue::Active
    }

    /// The director on a day.
    pub fn director_on(&self, day: Day) -> Option<&Person> {
        self.person.iter().find(|person| person.held(Post::Director, day))
    }
}

/// The keys of `centres/<id>.toml`.
pub const FIELDS: &[Field] = &[
    field("name", "Tên trung tâm", "Name", Kind::Text).required().suggest(Suggest::NameFromUnit),
    field("unit", "Xã, phường", "Unit", Kind::Id(Refers::Unit))
        .required()
        .help("Tên xã, phường đã có trong sổ.", "A ward or commune of the register."),
    field("kind", "Loại trung tâm", "Kind", CentreKind::KIND),
    field("model_centre", "Trung tâm điển hình", "Model centre", Kind::Bool),
    field("founded", "Thành lập", "Founded", Kind::Inline(FOUNDED)),
    field("address", "Địa chỉ", "Address", Kind::Text),
    field("phone", "Điện thoại", "Phone", Kind::Form(Form::Phone)),
    field("email", "Thư điện tử", "E-mail", Kind::Form(Form::Email)),
    field("status", "Tình trạng", "Status", Kind::Rows(STATUS)),
    field("person", "Cán bộ", "People", Kind::Rows(PERSON)),
    field("staff", "Đội ngũ", "Staff", Kind::Section(STAFF)),
    field("facilities", "Cơ sở vật chất", "Facilities", Kind::Section(FACILITIES)),
    super::EXTRA,
];

const FOUNDED: &[Field] = &[
    field("date", "Ngày", "Date", Kind::Date),
    field("decision", "Quyết định số", "Decision", Kind::Form(Form::DocumentNumber)),
    field("authority", "Cơ quan ban hành", "Authority", Kind::Text),
];

const STATUS: &[Field] = &[
    field("value", "Tình trạng", "Status", StatusValue::KIND).required(),
    field("from", "Từ ngày", "From", Kind::Day).identifies().required(),
    field("decision", "Quyết định số", "Decision", Kind::Form(Form::DocumentNumber)),
    field("into", "Sáp nhập vào", "Into", Kind::List(&Kind::Id(Refers::Centre))),
];

const PERSON: &[Field] = &[
    field("name", "Họ và tên", "Name", Kind::Text).identifies().required(),
    field("posts", "Chức vụ", "Posts", Kind::List(&Post::KIND))
        .required()
        .help("Một người có thể giữ nhiều chức vụ cùng lúc.", "One person may hold several posts at once."),
    POST_NAME,
    field("part_time", "Kiêm nhiệm", "Part-time", Kind::Bool).rare(),
    field("from", "Từ ngày", "From", Kind::Day),
    field("to", "Đến hết ngày", "To", Kind::Day),
];

/// What the post is called that is not in the list.
pub const POST_NAME: Field = field("post_name", "Tên chức vụ khác", "Name of the other post", Kind::Text)
    .help("Khi chức vụ không có trong danh sách.", "Where the post is not in the list.")
    .when(When::OtherIn("posts"));

/// The keys of `[staff]`, in a centre and in a visit. Trained: of all of them, in the year of the figures.
pub const STAFF: &[Field] = &[
    field("managers", "Cán bộ quản lý", "Managers", COUNT).stock(),
    field("managers_trained", "Cán bộ quản lý đã bồi dưỡng", "Managers trained", COUNT)
        .stock()
        .part_of("managers"),
    field("lecturers", "Báo cáo viên", "Lecturers", COUNT).stock(),
    field("lecturers_trained", "Báo cáo viên đã bồi dưỡng", "Lecturers trained", COUNT)
        .stock()
        .part_of("lecturers"),
    field("teachers", "Giáo viên", "Teachers", COUNT).stock(),
    field("teachers_trained", "Giáo viên đã bồi dưỡng", "Teachers trained", COUNT)
        .stock()
        .part_of("teachers"),
    field("collaborators", "Cộng tác viên", "Collaborators", COUNT).stock(),
];

/// The keys of `[facilities]`, in a centre and in a visit.
pub const FACILITIES: &[Field] = &[
    field("own_office", "Trụ sở riêng", "Own office", Kind::Bool),
    field("shared_premises", "Dùng chung cơ sở", "Shared premises", Kind::Bool)
        .help("Với nhà văn hoá, trụ sở UBND, trường học.", "With a house of culture, an office or a school.")
        .rare(),
    field("seal", "Con dấu", "Seal", Kind::Bool),
    field("bank_account", "Tài khoản riêng", "Bank account", Kind::Bool),
    field("internet", "Internet", "Internet", Kind::Bool),
    field("wifi", "Wifi cho người dân", "Public wifi", Kind::Bool).rare(),
    field("library", "Tủ sách cộng đồng", "Library", Kind::Bool),
    field("audio_visual", "Loa, đài, tivi", "Audio-visual equipment", Kind::Bool),
    field(
        "linked_culture_house",
        "Kết nối với nhà văn hoá thôn, tổ",
        "Linked with houses of culture",
        Kind::Bool,
    ),
    field("computers", "Số máy vi tính", "Computers", COUNT).stock(),
    field("books", "Số đầu sách", "Book titles", COUNT).stock(),
    field("rooms", "Số phòng", "Rooms", COUNT).stock(),
    field("area_m2", "Diện tích", "Floor area", Kind::Measure(t("m²", "m²"))).stock(),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_centre_that_is_called_as_its_unit_says_no_more() {
        let clc = "Trung tâm học tập cộng đồng";
        assert!(is_named_after(&format!("{clc} phường Yên Thanh"), "Yên Thanh"));
        assert!(is_named_after("Trung tâm Văn hoá, Thể thao và Học tập cộng đồng xã Điền Công", "Điền Công"));
        assert!(!is_named_after(&format!("{clc} phường Yên Thanh, cơ sở 2"), "Yên Thanh"));
        assert!(!is_named_after(&format!("{clc} phường Nam Khê"), "Yên Thanh"));
        assert!(!is_named_after(clc, ""));
        assert!(!is_named_after("Nhà văn hoá Yên Thanh", "Yên Thanh"));
    }

    #[test]
    fn long_beginnings_are_said_in_short() {
        assert_eq!(short_name("Trung tâm Học tập Cộng đồng phường Yên Thanh"), "TTHTCĐ phường Yên Thanh");
        assert_eq!(short_name("Trung tâm học tập cộng đồng"), "TTHTCĐ");
        assert_eq!(short_name("Nhà văn hoá khu 5"), "Nhà văn hoá khu 5");
    }
}
