//! Text of the time before Unicode: how much of it is recognised, and that right text never is.
//!
//! `TTHT_LINES=FILE cargo test --test all encodings -- --nocapture` measures the lines of a file as well and prints
//! what it found.

use crate::fresh::{example, fresh};
use crate::transcript::root;
use std::fs;
use std::path::Path;
use ttht::desk::faults::of_text;
use ttht::desk::repair::repaired;
use ttht::model::day::Day;
use ttht::model::kind::RecordKind;
use ttht::store::Store;

/// The letters that carry tones, in rows of six: without a mark, then huyền, hỏi, ngã, sắc, nặng.
const TONED: &str = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";

/// The same in TCVN 5712:1993, a byte each, read as Latin-1.
const TCVN3: &str = "aµ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËeÌÎÏÐÑªÒÓÔÕÖi×ØÜÝÞoßáâãä«åæçèé¬êëìíîuïñòóô\u{ad}õö÷øùyúûüýþ";

/// The same in VNI for Windows, read as Latin-1.
const VNI: &str = "a aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä e eø eû eõ eù eï eâ eà eå eã eá eä \
    i ì æ ó í ò o oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï u uø uû uõ uù uï ö öø öû öõ öù öï y yø yû yõ yù î";

const FAMILY: &str =
    "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Trịnh Đoàn Lâm Hà Phùng";
const MIDDLE: &str = "Văn Thị Đức Hữu Minh Ngọc Thanh Quang Xuân Hồng Bích Mạnh";
const GIVEN: &str = "Bình Châu Cường Dũng Đạt Giang Hải Hạnh Hằng Hiếu Hoà Hùng Hương Khánh Loan Nga Phúc Phương Quân Sơn \
    Tâm Thảo Thắng Thuỷ Toàn Tuấn Uyên Việt Yến";

/// Communes and wards of Quảng Ninh.
const COMMUNES: &str = "Hà Tu;Hà Phong;Cao Thắng;Việt Hưng;Bãi Cháy;Hà Lầm;Hồng Gai;Tuần Châu;Hoành Bồ;Quảng La;Thống Nhất;\
    Mông Dương;Quang Hanh;Cửa Ông;Cẩm Phả;Hải Hoà;Uông Bí;Vàng Danh;Yên Tử;Đông Mai;Hiệp Hoà;Quảng Yên;Hà An;Phong Cốc;\
    Liên Hoà;Đông Triều;Bình Khê;An Sinh;Mạo Khê;Hoàng Quế;Móng Cái;Hải Sơn;Hải Ninh;Vĩnh Thực;Tiên Yên;Điền Xá;Đông Ngũ;\
    Đầm Hà;Quảng Tân;Quảng Hà;Đường Hoa;Quảng Đức;Hoành Mô;Lục Hồn;Bình Liêu;Ba Chẽ;Lương Minh;Kỳ Thượng;Vân Đồn;Cô Tô";

/// What is right, and has letters or signs that an old code page also has; the persons are made up.
const RIGHT: &[&str] = &[
    "Bà Müller Jürgen và ông Citroën đến thăm; São Tomé; Beyoncé; Noël; Señor; François",
    "Ông Loïc Dupont, bà Zoë Lefèvre, ông Jérôme Côté (Genève) dự khai giảng",
    "Đoàn của ông Søren Kjærgård, bà Åse Bø và ông Håkon Næss",
    "Ông Jörg Weiß, ông Gieß, bà Käthe Voß, ông Björn Höng",
    "Bà Małgorzata Wójcik, ông Łukasz Żółć, ông Stanisław Gałązka",
    "Ông João Guimarães, bà Conceição Simões, ông Raúl Peña, bà Begoña Ibáñez",
    "Guðmundur Þórðarson, Ásgeir Íslandsson; Жуков, СССР; hệ số α",
    "Plus tôt, où est-ce ? Le maître a goûté; naïf, aérien, Saül, Moïse, Anaïs, Thaïlande",
    "Der Bär für Öl; über größere Flüsse; schön, hör, Tür",
    "Nhà văn hoá rộng 85,5 m², nhiệt độ 25 °C, dài 3×4 m, cỡ 5 µm, ½ số hộ, 5µm",
    "«Học tập suốt đời» là khẩu hiệu; “đồng ý”; ‘xã’; PHƯỜNG, “XÃ”; (XÃ”)",
    "© 2016 Phòng GD&ĐT, ®, § 5, §I, · mục một, · mục hai; Microsoft® Word; A·B",
    "Đắk Lắk, Ê Đê, Ba Na, Cơ Ho, K’Ho, Krông Pắc, Ea H’leo, Cư Pơng, Pơng Drang, Ia Mơr, Chư Sê, Đắk Ơ",
    "NguyễnĐức Anh gõ thiếu dấu cách; km²; số người¹ và ghi chú²; xêp loại tôt",
    "Toà án, hoá học, thuỷ lợi, khoẻ mạnh, quý mến, xoè ô, ngoã; Tòa án, hóa học, thủy lợi, khỏe mạnh, xòe ô",
    "Quyền bính, nguệch ngoạc, khuỷu tay, ngoằn ngoèo, huýt sáo, thuở xưa, quơ quào, đường Trường Chinh, nước, được",
];

/// Lines of right Vietnamese: names, and what stands in the example and in the READMEs.
fn lines() -> Vec<String> {
    let is_vietnamese =
        |text: &str| text.contains(|c: char| ('\u{1ea0}'..='\u{1ef9}').contains(&c) || "ăđơư".contains(c));
    let mut lines = Vec::new();
    for (n, family) in FAMILY.split_whitespace().enumerate() {
        for (m, middle) in MIDDLE.split_whitespace().enumerate() {
            let given: Vec<&str> = GIVEN.split_whitespace().collect();
            lines.push(format!("{family} {middle} {}", given[(n * 7 + m * 5) % given.len()]));
        }
    }
    for (n, commune) in COMMUNES.split(';').enumerate() {
        let kind = ["", "Phường ", "Xã "][n % 3];
        lines.push(format!("{kind}{}", commune.trim()));
    }
    fn files(folder: &Path, texts: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                files(&entry, texts);
            } else if entry.extension().is_some_and(|ext| ext == "toml") {
                texts.push(fs::read_to_string(entry).unwrap());
            }
        }
    }
    let mut texts = Vec::new();
    ["data", "examples"].iter().for_each(|folder| files(&root().join(folder), &mut texts));
    lines.extend(texts.iter().flat_map(|text| text.split('"').skip(1).step_by(2)).map(str::to_owned));
    let readme = fs::read_to_string(root().join("README.vi.md")).unwrap();
    lines.extend(readme.lines().map(str::to_owned));
    for kind in RecordKind::ALL {
        lines.extend(kind.fields().iter().map(|field| field.label.vi.to_owned()));
    }
    lines.retain(|line| is_vietnamese(line) && !line.contains('\n'));
    lines.sort();
    lines.dedup();
    lines
}

fn mapped(text: &str, code: impl Fn(char) -> Option<String>) -> String {
    text.chars().map(|c| code(c).unwrap_or_else(|| c.to_string())).collect()
}

fn toned(c: char) -> Option<usize> {
    TONED.chars().position(|toned| toned == c)
}

fn tcvn3(text: &str) -> String {
    let capitals: Vec<char> = "ĂÂÊÔƠƯĐ".chars().collect();
    mapped(text, |c| {
        let small = c.to_lowercase().next()?;
        let own = capitals.iter().position(|capital| *capital == c).and_then(|at| "¡¢£¤¥¦§".chars().nth(at));
        // Other capitals are small letters in a font of capitals.
        let letter = || if c.is_ascii() { None } else { TCVN3.chars().nth(toned(small)?) };
        own.or_else(|| if c == 'đ' { Some('®') } else { letter() }).map(String::from)
    })
}

fn vni(text: &str) -> String {
    mapped(text, |c| {
        let small = c.to_lowercase().next()?;
        let code = if small == 'đ' { "ñ" } else { VNI.split_whitespace().nth(toned(small)?)? };
        Some(if c == small { code.to_owned() } else { code.to_uppercase() })
    })
}

fn half_1258(text: &str) -> String {
    mapped(text, |c| {
        "đðĐÐưýƯÝơõƠÕăãĂÃ"
            .chars()
            .collect::<Vec<_>>()
            .chunks(2)
            .find(|two| two[0] == c)
            .map(|two| two[1].to_string())
    })
}

fn without_horn(text: &str) -> String {
    text.replace(['ư', 'Ư'], "")
}

/// UTF-8 read as Latin-1, in which no byte is undefined.
fn utf8(text: &str) -> String {
    text.bytes().map(char::from).collect()
}

fn by_words(text: &str, change: fn(&str) -> String) -> String {
    let word = |(n, word): (usize, &str)| if n % 2 == 1 { change(word) } else { word.to_owned() };
    text.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// An encoding: its name, how a text is put into it, and the least part of lines in percent that is recognised.
struct Encoding(&'static str, fn(&str) -> String, usize);

const ENCODINGS: &[Encoding] = &[
    Encoding("TCVN3", tcvn3, 96),
    Encoding("TCVN3, small letters in a font of capitals", |text| tcvn3(&text.to_lowercase()), 95),
    Encoding("TCVN3, every ư lost", |text| tcvn3(text).replace('\u{ad}', ""), 95),
    Encoding("VNI", vni, 97),
    Encoding("VNI, capitals", |text| vni(&text.to_uppercase()), 97),
    Encoding("UTF-8 read as Latin-1", utf8, 99),
    // What is half converted may be right by chance, word by word.
    Encoding("every second word in TCVN3", |text| by_words(text, tcvn3), 80),
    Encoding("every second word in VNI", |text| by_words(text, vni), 80),
    Encoding("Windows-1258, half converted", half_1258, 80),
    Encoding("Unicode, every ư lost", without_horn, 40),
];

/// The file with some texts, and what is told of each.
fn told(store: &Store, texts: &[String]) -> (String, Vec<Option<&'static str>>) {
    let quoted =
        |text: &String| format!("  \"{}\",\n", text.replace('\\', "").replace('"', "”").replace('\t', " "));
    let list: String = texts.iter().map(quoted).collect();
    let text = format!(
        "purposes = [\n{list}]\n{}",
        store.text(FILE).unwrap().split_once("purposes").map_or("", |(before, _)| before)
    );
    let faults = of_text(store, Day::parse("2018-01-15").unwrap(), FILE, &text);
    let told = |n: usize| {
        let key = format!("purposes[{n}]");
        let fault = faults.iter().find(|fault| fault.key.as_ref() == Some(&key));
        // Bytes that are no letters in Latin-1 are told as characters that control a terminal, and ð for đ as a letter
        // that looks like it.
        let codes = ["legacy-encoding", "control-character", "look-alike-letter"];
        fault.map(|fault| fault.code).filter(|code| codes.contains(code))
    };
    let told = (0..texts.len()).map(told).collect();
    (text, told)
}

const FILE: &str = "campaigns/2016-2017.toml";

/// The share of lines in an encoding that are told, with those that are not.
fn share(store: &Store, lines: &[String], change: fn(&str) -> String) -> (usize, Vec<String>) {
    let changed: Vec<String> = lines
        .iter()
        .map(|line| change(line))
        .zip(lines)
        .filter(|(changed, line)| changed != *line)
        .map(|(changed, _)| changed)
        .collect();
    let mut missed = Vec::new();
    for part in changed.chunks(200) {
        let (text, told) = told(store, part);
        missed
            .extend(part.iter().zip(&told).filter(|(_, told)| told.is_none()).map(|(line, _)| line.clone()));
        let again = repaired(store, Day::parse("2018-01-15").unwrap(), FILE, &text);
        for (line, told) in text.lines().skip(1).zip(told) {
            assert!(told != Some("legacy-encoding") || again.contains(line), "repaired: {line}");
        }
    }
    ((changed.len() - missed.len()) * 100 / changed.len().max(1), missed)
}

#[test]
fn the_old_encodings_are_recognised_and_right_text_is_not() {
    let folder = fresh();
    example(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let lines = lines();
    assert!(lines.len() > 500, "{}", lines.len());
    let right: Vec<String> =
        lines.iter().cloned().chain(RIGHT.iter().map(|line| (*line).to_owned())).collect();
    for part in right.chunks(200) {
        let (_, told) = told(&store, part);
        let wrong: Vec<_> = part.iter().zip(told).filter(|(_, told)| told.is_some()).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    for Encoding(name, change, least) in ENCODINGS {
        let (share, missed) = share(&store, &lines, *change);
        assert!(share >= *least, "{name}: {share} %: {:#?}", &missed[..missed.len().min(40)]);
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "it is asked for what it measures")]
fn the_lines_of_a_file_are_measured() {
    let Ok(file) = std::env::var("TTHT_LINES") else { return };
    let folder = fresh();
    example(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let lines: Vec<String> = fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect();
    let alarms = lines.chunks(200).flat_map(|part| part.iter().zip(told(&store, part).1).collect::<Vec<_>>());
    let alarms: Vec<_> = alarms.filter(|(_, told)| told.is_some()).map(|(line, _)| line).collect();
    println!("{} lines, told as they are: {} {alarms:#?}", lines.len(), alarms.len());
    for Encoding(name, change, _) in ENCODINGS {
        println!("{:3} %  {name}", share(&store, &lines, *change).0);
    }
}
