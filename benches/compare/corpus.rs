//! Makes registers of any size: the same bytes on every machine, Vietnamese text, figures that no rule objects to.

use super::dice::Dice;
use super::variants::Variant;
use std::fmt::{self, Write as _};
use std::fs;
use std::io;
use std::path::Path;
use ttht::model::day::Day;

/// The size of a register.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// What it is called.
    pub name: &'static str,
    /// How many visits.
    pub visits: usize,
    /// How many school years they are of: the folders of visits.
    pub years: usize,
}

/// The centres of the whole country, before its communes were merged.
const CENTRES: usize = 11_000;
/// The school year of the newest visits.
const LAST: i32 = 2025;

impl Size {
    /// How many centres: each has about two visits a year.
    pub fn centres(self) -> usize {
        (self.visits / (self.years * 9 / 5)).clamp(1, CENTRES)
    }

    /// The last visit to a centre.
    pub fn visit_to(self, centre: usize) -> Option<Visit> {
        visits(self).skip_while(|visit| visit.centre < centre).find(|visit| visit.latest)
    }
}

/// One visit of a register.
pub struct Visit {
    /// The number of its centre.
    pub centre: usize,
    /// The first half of its school year.
    pub year: i32,
    /// Its day.
    pub date: Day,
    /// Which visit of the year it is; the first belongs to the campaign.
    nth: usize,
    /// The visit before.
    before: Option<Day>,
    /// True if it is the last visit to its centre.
    pub latest: bool,
}

/// Every visit of a register, centre by centre.
pub fn visits(size: Size) -> impl Iterator<Item = Visit> {
    let (centres, years) = (size.centres(), size.years);
    let days: Vec<[Vec<Day>; 2]> =
        (0..years).map(|year| working_days(LAST - (years - 1 - year) as i32)).collect();
    (0..centres).flat_map(move |centre| {
        // Each centre has the same share; the remainder goes to the first ones.
        let share = size.visits / centres + usize::from(centre < size.visits % centres);
        let mut before = None;
        let mut visits = Vec::with_capacity(share);
        for (index, [campaign, rest]) in days.iter().enumerate() {
            let in_year = share / years + usize::from(index < share % years);
            for nth in 0..in_year {
                let days = match nth {
                    0 => &campaign[..],
                    _ => rest.chunks(rest.len() / (in_year - 1)).nth(nth - 1).unwrap_or(rest),
                };
                let date = days[(centre * 7 + index) % days.len()];
                let year = LAST - (years - 1 - index) as i32;
                visits.push(Visit { centre, year, date, nth, before, latest: false });
                before = Some(date);
            }
        }
        if let Some(last) = visits.last_mut() {
            last.latest = true;
        }
        visits
    })
}

/// The working days of a school year: those of the campaign, and those from December.
fn working_days(year: i32) -> [Vec<Day>; 2] {
    let days = |year: i32, months: std::ops::RangeInclusive<u32>| {
        let days = months.flat_map(move |month| (1..=31).filter_map(move |day| Day::new(year, month, day)));
        days.filter(|day| !day.is_weekend()).collect::<Vec<_>>()
    };
    [days(year, 10..=11), [days(year, 12..=12), days(year + 1, 1..=6)].concat()]
}

const NAMES: &[&str] = &[
    "Yên Thanh",
    "Điền Công",
    "Phương Nam",
    "Thượng Yên Công",
    "Bắc Sơn",
    "Quang Trung",
    "Trưng Vương",
    "Nam Khê",
    "Vàng Danh",
    "Đôn Phong",
    "Hoà Bình",
    "Tân Lập",
    "Mỹ Thạnh",
    "Ea Kao",
    "Nghĩa Lộ",
    "Quảng Phú",
    "Đông Triều",
];
const FAMILY: &[&str] = &["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Lý"];
const MIDDLE: &[&str] = &["Văn", "Thị", "Đức", "Trọng", "Ngọc", "Minh", "Thanh", "Quốc"];
const GIVEN: &[&str] = &["Hiếu", "Anh", "Dũng", "Hương", "Thắng", "Nhung", "Phượng", "Tuấn", "Yến", "Lượng"];
const STRENGTHS: &[&str] = &[
    "Cấp uỷ, chính quyền quan tâm chỉ đạo; kế hoạch năm sát với nhu cầu học tập của người dân",
    "Phối hợp tốt với Hội Nông dân, Hội Phụ nữ và trạm y tế trong việc mở chuyên đề",
    "Hồ sơ sổ sách được lưu giữ đầy đủ, sắp xếp khoa học",
];
const SHORTCOMINGS: &[&str] = &[
    "Sổ theo dõi mở lớp ghi chưa đủ số buổi và số giờ",
    "Tủ sách cộng đồng ít đầu sách mới, người dân ở khu xa khó sử dụng",
    "Kinh phí xã hội hoá còn thấp so với chỉ tiêu",
];
/// The fields of activity that centres report here.
pub const FIELDS: &[&str] = &["law", "health", "economy", "culture", "current_affairs"];

fn person(dice: &mut Dice) -> String {
    format!("{} {} {}", dice.pick(FAMILY), dice.pick(MIDDLE), dice.pick(GIVEN))
}

/// The id of a centre and of its unit.
pub fn id(centre: usize) -> String {
    format!("xa-{centre:05}")
}

fn director(centre: usize) -> String {
    person(&mut Dice::of(centre, 1))
}

/// The figures of a centre in a year: the same at every visit of that year, different in the next.
pub struct Figures {
    pub population: i64,
    pub households: i64,
    /// By field: classes, sessions, hours, attendances, women, over 60.
    pub fields: [[i64; 6]; 5],
    /// Opening, state budget, contributions, spent, closing.
    pub money: [i64; 5],
    pub members: i64,
    /// Opening, raised, spent, closing.
    pub fund: [i64; 4],
}

impl Figures {
    /// What a centre reports in a year.
    pub fn of(centre: usize, year: i32) -> Figures {
        let population = Dice::of(centre, 2).between(3_000, 16_000) + i64::from(year - 2000) * 31;
        let mut dice = Dice::of(centre, year as usize);
        let fields = FIELDS.iter().map(|_| {
            let classes = dice.between(3, 12);
            let sessions = classes + dice.between(0, 6);
            let attendances = classes * dice.between(25, 70) + dice.between(0, 9);
            let women = attendances * dice.between(40, 70) / 100;
            [classes, sessions, sessions * 3, attendances, women, attendances / 5]
        });
        let fields: Vec<[i64; 6]> = fields.collect();
        let mut thousands = |low, high| dice.between(low, high) * 1_000;
        let mut money = [thousands(500, 5_000), thousands(25_000, 40_000), thousands(5_000, 30_000), 0, 0];
        let mut fund = [thousands(5_000, 20_000), thousands(60_000, 160_000), 0, 0];
        money[3] = (money[0] + money[1] + money[2]) * 9 / 10;
        money[4] = money[0] + money[1] + money[2] - money[3];
        fund[2] = fund[1] * 8 / 10;
        fund[3] = fund[0] + fund[1] - fund[2];
        let members = population * Dice::of(centre, 3).between(20, 34) / 100 + dice.between(0, 40);
        Figures {
            population,
            households: population / 4,
            fields: [fields[0], fields[1], fields[2], fields[3], fields[4]],
            money,
            members,
            fund,
        }
    }
}

impl Visit {
    /// The id of the visit.
    pub fn id(&self) -> String {
        format!("{}-{}", self.date, id(self.centre))
    }

    /// Its school year.
    pub fn school_year(&self) -> String {
        format!("{}-{}", self.year, self.year + 1)
    }

    /// The path of its file in the register.
    pub fn path(&self) -> String {
        format!("visits/{}/{}.toml", self.school_year(), self.id())
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        let mut dice = Dice::of(self.centre, self.date.year() as usize * 400 + self.nth);
        let figures = Figures::of(self.centre, self.year);
        let Figures { population, households, money, members, fund, .. } = &figures;
        let (centre, date, year) = (id(self.centre), self.date, self.year);
        let name = NAMES[self.centre % NAMES.len()];
        writeln!(out, "centre = \"{centre}\"")?;
        if self.nth == 0 {
            writeln!(out, "campaign = \"{year}-{}\"", year + 1)?;
        }
        writeln!(
            out,
            "date = {date}\nstarts = 08:00:00\nends = 10:{:02}:00\nplace = \"UBND xã {name}\"\nagenda = [\n    \
             \"Công tác khuyến học, khuyến tài của xã\",\n    \"Hướng xây dựng trung tâm điển hình\",\n]\n\
             reporter = \"{}\"\n",
            dice.between(10, 59),
            person(&mut dice)
        )?;
        for (role, body) in [
            ("lead", "Phòng GD&ĐT"),
            ("deputy", "Hội Khuyến học huyện"),
            ("member", "Phòng GD&ĐT"),
            ("secretary", "Phòng GD&ĐT"),
        ] {
            let person = person(&mut dice);
            writeln!(out, "[[team]]\nname = \"{person}\"\nrole = \"{role}\"\nbody = \"{body}\"\n")?;
        }
        writeln!(
            out,
            "[[host]]\nname = \"{}\"\nposts = [\"director\", \"commune_vice_chair\", \"learning_promotion_chair\"]\n",
            director(self.centre)
        )?;
        let groups = population / 1_100 + 3;
        writeln!(
            out,
            "[context]\nas_of = {year}-09-01\npopulation = {population}\nhouseholds = {households}\n\
             residential_groups = {groups}\nlineages = 12\nworkplaces = 9\n"
        )?;
        writeln!(
            out,
            "[management]\nyearly_plan = true\nregulations = true\nneeds_survey = {}\nboard_meetings = {}\n\
             documents_issued = {}\nnote = \"UBND xã đưa chỉ tiêu của trung tâm vào nghị quyết năm.\"\n",
            dice.between(0, 1) == 1,
            dice.between(2, 6),
            dice.between(3, 9)
        )?;
        out.push_str("[documents]\n");
        for document in DOCUMENTS {
            let state = dice.pick(&["complete", "complete", "complete", "incomplete", "absent"]);
            writeln!(out, "{document} = \"{state}\"")?;
        }
        out.push_str(
            "\n[facilities]\nown_office = true\nseal = true\nbank_account = true\ninternet = true\n",
        );
        writeln!(
            out,
            "library = true\naudio_visual = {}\ncomputers = {}\nbooks = {}\nrooms = 2\narea_m2 = 85.5\n",
            dice.between(0, 1) == 1,
            dice.between(1, 9),
            dice.between(150, 900)
        )?;
        writeln!(
            out,
            "[activity]\nperiod = \"{}-{year}\"\nsource = \"Báo cáo của trung tâm\"\n\n[activity.field]",
            year - 1
        )?;
        for (field, [classes, sessions, hours, attendances, women, aged]) in FIELDS.iter().zip(figures.fields)
        {
            writeln!(
                out,
                "{field} = {{ classes = {classes}, sessions = {sessions}, hours = {hours}.5, \
                 attendances = {attendances}, women = {women}, aged_60 = {aged} }}"
            )?;
        }
        let [opening, budget, contributions, spent, closing] = money;
        writeln!(
            out,
            "\n[finance]\nperiod = \"{}\"\nopening = {opening}\nstate_budget = {budget}\n\
             contributions = {contributions}\nfees = 0\nother = 0\nspent = {spent}\nclosing = {closing}\n",
            year - 1
        )?;
        let [opening, raised, spent, closing] = fund;
        writeln!(
            out,
            "[promotion]\nperiod = \"{}\"\nmembers = {members}\nwomen = {}\nnew_members = {}\n\
             branches = {{ residential = {groups}, school = 3, workplace = 2, lineage = 4 }}\n\
             fund = {{ opening = {opening}, raised = {raised}, spent = {spent}, closing = {closing} }}\n\
             scholarships = {{ count = 24, amount = 24_600_000 }}\n\
             pupil_awards = {{ count = {}, amount = {} }}\n\
             teacher_awards = {{ count = 12, amount = 6_000_000 }}\n\
             sponsored = {{ poor = 30, disabled_or_orphaned = 6, gifted = 11 }}\n",
            year - 1,
            members / 2,
            members / 17,
            members / 6,
            members / 6 * 100_000
        )?;
        let registered = households * 85 / 100;
        writeln!(
            out,
            "[title]\nperiod = \"{}\"\n\n[title.learning]\n\
             family = {{ registered = {registered}, recognised = {}, base = {households} }}\n\
             lineage = {{ registered = 9, recognised = 6, base = 12 }}\n\
             community = {{ registered = {}, recognised = {}, base = {groups} }}\n\
             workplace = {{ registered = 8, recognised = 6, base = 9 }}\n",
            year - 1,
            registered * 85 / 100,
            groups - 1,
            groups - 2
        )?;
        writeln!(
            out,
            "[findings]\nstrengths = [\n    \"{}\",\n]\nshortcomings = [\"{}\"]\n\
             opinion_of_centre = \"Tiếp thu ý kiến của đoàn.\"\n",
            dice.pick(STRENGTHS),
            dice.pick(SHORTCOMINGS)
        )?;
        let due = if self.latest { "2027-03-31".to_owned() } else { self.date.plus_months(6).to_string() };
        writeln!(
            out,
            "[recommendation.r1]\nto = \"commune\"\n\
             text = \"Bố trí phòng đọc tại ít nhất hai nhà văn hoá để luân chuyển sách.\"\ndue = {due}\n"
        )?;
        if let Some(before) = self.before {
            writeln!(out, "[[followup]]\nof = \"{before}-{centre}#r1\"\nstate = \"done\"\n")?;
        }
        let points = [dice.between(8, 20), dice.between(14, 30), dice.between(8, 20), dice.between(14, 30)];
        let rank = match points.iter().sum::<i64>() {
            80.. => "good",
            65.. => "fair",
            50.. => "average",
            _ => "weak",
        };
        let [a, b, c, d] = points;
        writeln!(
            out,
            "[rating.cham-diem]\n\
             scores = {{ management = {a}, organisation = {b}, mobilisation = {c}, effect = {d} }}\n\
             rank = \"{rank}\"\n\n[minutes]\nnumber = \"{:02}/BB-KT\"\ndate = {date}\ncopies = 2\n\
             signed_by_lead = true\nsigned_by_host = true",
            self.centre % 90 + 1
        )
    }
}

const DOCUMENTS: &[&str] = &[
    "founding_decision",
    "appointment_decision",
    "regulations",
    "plans",
    "needs_survey",
    "board_minutes",
    "class_register",
    "learner_lists",
    "topic_files",
    "lecturer_register",
    "asset_register",
    "accounts",
    "mail_register",
    "library_register",
    "reports",
    "promotion_files",
];

fn centre_text(centre: usize, out: &mut String) -> fmt::Result {
    let mut dice = Dice::of(centre, 4);
    let name = NAMES[centre % NAMES.len()];
    writeln!(
        out,
        "name = \"Trung tâm học tập cộng đồng xã {name}\"\nunit = \"{}\"\nkind = \"clc\"\n\
         founded = {{ date = 2008-05-14, decision = \"{}/QĐ-UBND\", authority = \"UBND huyện\" }}\n\
         address = \"Trụ sở UBND xã {name}\"\n\n[[person]]\nname = \"{}\"\n\
         posts = [\"director\", \"commune_vice_chair\", \"learning_promotion_chair\"]\nfrom = 2015-06-01\n\n\
         [[person]]\nname = \"{}\"\nposts = [\"deputy_director\", \"head_teacher\"]\nfrom = 2015-09-01\n\n\
         [staff]\nlecturers = 8\ncollaborators = {}\n\n[facilities]\nown_office = true\nseal = true\n\
         internet = true\nlibrary = true\ncomputers = 4\nbooks = 620",
        id(centre),
        centre % 900 + 1,
        director(centre),
        person(&mut dice),
        dice.between(3, 20)
    )
}

const SETTINGS: &str = "format = 1\noffice = \"Phòng Giáo dục và Đào tạo\"\nplace = \"Uông Bí\"\nlang = \"vi\"\n\
    school_year_starts = \"09-01\"\ntargets = [\"qd387-2025\"]\nscheme = \"cham-diem\"\n\n\
    # The balances of two years are made up independently.\n[check]\nopening-not-carried-over = \"off\"\n";

/// An office's own scheme: the shipped ones are unverified, and say so wherever they are used.
const SCHEME: &str = "title = { vi = \"Chấm điểm trung tâm\", en = \"Points for centres\" }\n\
    legal_ref = \"2553/BGDĐT-GDTX\"\nstatus = \"office\"\napplies_to = \"centre\"\nmethod = \"points\"\nmax = 100\n\
    \n[[criterion]]\nid = \"management\"\nlabel = { vi = \"Bộ máy quản lý\", en = \"Management\" }\nmax = 20\n\
    \n[[criterion]]\nid = \"organisation\"\nlabel = { vi = \"Tổ chức hoạt động\", en = \"Organisation\" }\nmax = 30\n\
    \n[[criterion]]\nid = \"mobilisation\"\nlabel = { vi = \"Huy động xã hội\", en = \"Mobilisation\" }\nmax = 20\n\
    \n[[criterion]]\nid = \"effect\"\nlabel = { vi = \"Hiệu quả\", en = \"Effect\" }\nmax = 30\n\
    \n[[rank]]\nid = \"good\"\nlabel = { vi = \"Tốt\", en = \"Good\" }\nmin = 80\n\
    \n[[rank]]\nid = \"fair\"\nlabel = { vi = \"Khá\", en = \"Fair\" }\nmin = 65\n\
    \n[[rank]]\nid = \"average\"\nlabel = { vi = \"Trung bình\", en = \"Average\" }\nmin = 50\n\
    \n[[rank]]\nid = \"weak\"\nlabel = { vi = \"Yếu\", en = \"Weak\" }\nmin = 0\n";

/// Writes a register into a folder, its visits in a variant.
pub fn write(root: &Path, size: Size, variant: &Variant) -> io::Result<()> {
    for folder in ["centres", "campaigns", "schemes"] {
        fs::create_dir_all(root.join(folder))?;
    }
    fs::write(root.join("ttht.toml"), [SETTINGS, variant.settings].concat())?;
    fs::write(root.join("schemes/cham-diem.toml"), SCHEME)?;
    let mut text = String::new();
    for centre in 0..size.centres() {
        let (id, name) = (id(centre), NAMES[centre % NAMES.len()]);
        let gap = if centre > 0 { "\n" } else { "" };
        let _ = writeln!(
            text,
            "{gap}[[unit]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"commune\"\ncode = \"{centre:05}\""
        );
    }
    fs::write(root.join("units.toml"), &text)?;
    for centre in 0..size.centres() {
        text.clear();
        let _ = centre_text(centre, &mut text);
        fs::write(root.join(format!("centres/{}.toml", id(centre))), &text)?;
    }
    for year in (0..size.years).map(|ago| LAST - ago as i32) {
        let school_year = format!("{year}-{}", year + 1);
        fs::create_dir_all(root.join("visits").join(&school_year))?;
        let text = format!(
            "title = \"Kiểm tra tình hình hoạt động của các TTHTCĐ năm học {school_year}\"\n\
             plan = {{ number = \"1009/KH-PGDĐT\", date = {year}-09-16 }}\nschool_year = \"{school_year}\"\n\
             starts = {year}-10-01\nends = {year}-11-30\nlead = \"Phòng GD&ĐT\"\nscheme = \"cham-diem\"\n"
        );
        fs::write(root.join(format!("campaigns/{school_year}.toml")), text)?;
    }
    for (at, visit) in visits(size).enumerate() {
        let text = (variant.text)(at, visit.text());
        fs::write(root.join(visit.path()), text)?;
    }
    Ok(())
}
