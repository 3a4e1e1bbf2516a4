//! Finds Vietnamese that was typed in an old code page and pasted as if it were Unicode. Converts nothing.
//!
//! A word that is no Vietnamese syllable as it stands, and is one when it is read in a code page, speaks for that page.

use crate::model::field::Kind;
use crate::model::syllable::{TONED, is_syllable};
use crate::model::text::{Said, Text, t};
use crate::model::usual::is_usual;
use crate::say;
use std::cmp::Reverse;
use std::sync::LazyLock;

/// What a text is in, if it is not right Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodePage {
    /// One byte a letter, with the fonts `.VnTime`: *TrÇn V¨n*.
    Tcvn3,
    /// A letter and a mark, with the fonts `VNI-Times`: *Traàn Vaên*.
    Vni,
    /// Windows-1258, of which only the letters with tones were converted: *Ðýờng*.
    Windows1258,
    /// Unicode, but every ư of TCVN3 was lost when it was converted: *đợc* for *được*.
    LostHorn,
    /// UTF-8 that was read as Windows-1252: *Tráº§n*.
    Utf8,
}

impl CodePage {
    /// Its name, as people know it.
    pub fn name(self) -> Text {
        match self {
            CodePage::Tcvn3 => t("bảng mã TCVN3 (ABC)", "text in the code page TCVN3 (ABC)"),
            CodePage::Vni => t("bảng mã VNI", "text in the code page VNI"),
            CodePage::Windows1258 => t("bảng mã Windows-1258", "text in the code page Windows-1258"),
            CodePage::LostHorn => {
                t("TCVN3 chuyển mã sai, mất chữ ư", "TCVN3 that was converted badly and lost its ư")
            }
            CodePage::Utf8 => t("UTF-8 đọc nhầm là Windows-1252", "UTF-8 that was read as Windows-1252"),
        }
    }

    /// How the text is made right. What is lost or half converted is no conversion's business.
    pub fn remedy(self) -> Said {
        match self {
            CodePage::Tcvn3 | CodePage::Vni => {
                let page = if self == CodePage::Vni { "VNI" } else { "TCVN3 (ABC)" };
                say!(
                    "dùng UniKey (Ctrl+Shift+F6) chuyển từ {page} sang Unicode dựng sẵn rồi dán lại",
                    "convert it from {page} to composed Unicode (in UniKey: Ctrl+Shift+F6) and paste it again",
                    [page]
                )
            }
            CodePage::Windows1258 | CodePage::LostHorn => say!(
                "chuyển mã lại từ văn bản gốc, hoặc gõ lại bằng Unicode dựng sẵn",
                "convert the original text again, or type it again in composed Unicode"
            ),
            CodePage::Utf8 => say!(
                "mở lại tệp gốc với mã hoá “UTF-8” rồi chép lại",
                "open the original file with the encoding “UTF-8” and copy it again"
            ),
        }
    }
}

/// The letters of TCVN3 in the order of [`TONED`], as in TCVN 5712:1993.
const TCVN3: &str = "aµ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËeÌÎÏÐÑªÒÓÔÕÖi×ØÜÝÞoßáâãä«åæçèé¬êëìíîuïñòóô\u{ad}õö÷øùyúûüýþ";

/// The letters of TCVN3 that are in no row of it.
const TCVN3_OTHERS: &[(&str, char)] =
    &[("®", 'đ'), ("§", 'đ'), ("¡", 'ă'), ("¢", 'â'), ("£", 'ê'), ("¤", 'ô'), ("¥", 'ơ'), ("¦", 'ư')];

/// The signs that stand for letters in TCVN3 and are no letters themselves.
const SIGNS: &str = "¡¢£¤¥¦§¨©«¬\u{ad}®¶·¸¹»¼½¾×÷";

/// The letters of VNI in the order of [`TONED`].
const VNI: &str = "a aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä e eø eû eõ eù eï eâ eà eå eã eá eä \
    i ì æ ó í ò o oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï u uø uû uõ uù uï ö öø öû öõ öù öï y yø yû yõ yù î";

/// What each code of a page stands for, the longest first.
type Letters = Vec<(String, char)>;

static PAGES: LazyLock<[(CodePage, Letters); 4]> = LazyLock::new(|| {
    let of = |codes: Vec<String>, others: &[(&str, char)]| {
        let others = others.iter().map(|(code, letter)| ((*code).to_owned(), *letter));
        let mut letters: Letters = codes.into_iter().zip(TONED.chars()).chain(others).collect();
        letters.retain(|(code, letter)| *code != letter.to_string());
        letters.sort_by_key(|(code, _)| Reverse(code.len()));
        letters
    };
    let half = [("ð", 'đ'), ("ý", 'ư'), ("õ", 'ơ'), ("ã", 'ă')];
    [
        (CodePage::Tcvn3, of(TCVN3.chars().map(String::from).collect(), TCVN3_OTHERS)),
        (CodePage::Vni, of(VNI.split_ascii_whitespace().map(str::to_owned).collect(), &[("ñ", 'đ')])),
        (CodePage::Windows1258, of(Vec::new(), &half)),
        (CodePage::LostHorn, Vec::new()),
    ]
});

/// The code page that a text seems to be in, if it is not right Unicode.
pub fn code_page(text: &str) -> Option<CodePage> {
    if is_usual(&Kind::Text, text) {
        return None;
    }
    if text.split(' ').any(is_utf8) {
        return Some(CodePage::Utf8);
    }
    let (right, odd): (Vec<&str>, Vec<&str>) = words(text).partition(|word| is_right(word));
    let (foreign, odd): (Vec<&str>, Vec<&str>) = odd.into_iter().partition(|word| word.is_ascii());
    let unicode = right.iter().filter(|word| word.contains(|c| c > '\u{ff}')).count();
    let foreign = foreign.iter().filter(|word| word.len() > 1).count();
    let has_horn = text.contains(['ư', 'Ư']);
    let evidence =
        PAGES.iter().filter(|(page, _)| *page != CodePage::LostHorn || !has_horn).map(|(page, letters)| {
            // Where an ư was lost, all other words are right Unicode.
            let others = if *page == CodePage::LostHorn { foreign } else { foreign + unicode };
            (weight(&odd, others, *page, letters), *page)
        });
    evidence.filter(|(weight, _)| *weight > 0).max_by_key(|(weight, _)| *weight).map(|(_, page)| page)
}

/// What a word that is no syllable says about a page.
#[derive(Clone, Copy, PartialEq)]
enum Says {
    /// It is a syllable in the page, and no word of any other language.
    Surely,
    /// It is a syllable in the page.
    Likely,
    /// The same, but there are words and names like it in other languages.
    Maybe,
    /// It is no syllable in the page either.
    Not,
}

/// How much speaks for a page: what some words say, against the number of others.
fn weight(odd: &[&str], others: usize, page: CodePage, letters: &Letters) -> usize {
    let mut seen = [0; 4];
    odd.iter().for_each(|word| seen[says(word, page, letters) as usize] += 1);
    let [surely, likely, maybe, not] = seen;
    let (probably, against) = (likely + maybe, not + others);
    match surely {
        0 if (likely == 1 && against == 0) || (probably > 1 && probably > against) => probably,
        0 => 0,
        _ => 2 * surely + probably,
    }
}

fn says(word: &str, page: CodePage, letters: &Letters) -> Says {
    let (small, length) = (word.to_lowercase(), word.chars().count());
    match page {
        CodePage::Tcvn3 if follows_consonant(word, '§') => return Says::Surely,
        CodePage::Vni if follows_consonant(word, 'Ñ') => return Says::Surely,
        // A micrometre, a section.
        CodePage::Tcvn3 if word.starts_with('µ') || (word.starts_with('§') && length < 3) => {
            return Says::Not;
        }
        _ => {}
    }
    // In TCVN3 a capital is another letter.
    if !reads(if page == CodePage::Tcvn3 { word } else { &small }, page, letters) {
        return Says::Not;
    }
    let pairs = || letters.iter().map(|(code, _)| code).filter(|code| code.chars().count() > 1);
    let sure = match page {
        CodePage::Tcvn3 => {
            let dot = word.contains(['·', '×']) && (length > 3 || word.ends_with('·'));
            let sign = |c: char| (SIGNS.contains(c) && !"·×".contains(c)) || matches!(c, 'ª' | 'µ');
            dot || word.contains(sign) || has_inner_capital(word)
        }
        CodePage::Vni => pairs().any(|pair| small.contains(pair.as_str())),
        CodePage::Windows1258 => small.contains('ý'),
        CodePage::LostHorn => has_lone_o(&small),
        CodePage::Utf8 => false,
    };
    let foreign = match page {
        CodePage::Tcvn3 => !sure && (word.contains(|c| "åøæöäüëéç·×".contains(c)) || word.ends_with('ß')),
        CodePage::Vni => ["aï", "oï", "où"].iter().any(|pair| small.contains(pair)),
        _ => false,
    };
    match (sure, foreign) {
        (_, true) if length < 5 => Says::Maybe,
        (true, _) => Says::Surely,
        _ if length > 4 && page != CodePage::LostHorn => Says::Surely,
        _ => Says::Likely,
    }
}

/// The words of a text, with the signs that stand for letters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let within = |c: char| c.is_alphabetic() || SIGNS.contains(c);
    text.split(move |c: char| !within(c)).filter(|word| word.contains(char::is_alphabetic))
}

/// True for a syllable as it stands; ð for đ is told by another rule.
fn is_right(word: &str) -> bool {
    is_syllable(&word.to_lowercase().replace('ð', "đ")) && !has_inner_capital(word)
}

/// True for a capital with an accent inside a word, beside a small letter.
fn has_inner_capital(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let is_capital = |c: char| !c.is_ascii() && c.is_uppercase();
    let after = chars.windows(2).any(|two| two[0].is_lowercase() && is_capital(two[1]));
    after || chars.windows(3).any(|three| is_capital(three[1]) && three[2].is_lowercase())
}

/// True if a letter stands right after a consonant, as Đ does in *QĐ* and *GDĐT*.
fn follows_consonant(word: &str, letter: char) -> bool {
    let is_consonant = |c: char| c.is_ascii_alphabetic() && !"aeiouyAEIOUY".contains(c);
    word.match_indices(letter).any(|(at, _)| word[..at].ends_with(is_consonant))
}

/// True for an ơ with a tone mark before *ng* or *c*: there it stands only after an ư.
fn has_lone_o(word: &str) -> bool {
    let mut after = word.split(['ờ', 'ở', 'ỡ', 'ớ', 'ợ']).skip(1);
    after.any(|after| after.starts_with("ng") || after.starts_with('c'))
}

/// Whether a word is a syllable when it is read in a page.
fn reads(word: &str, page: CodePage, letters: &Letters) -> bool {
    let (mut read, mut rest) = (String::new(), word);
    while let Some(c) = rest.chars().next() {
        let (length, letter) = match letters.iter().find(|(code, _)| rest.starts_with(code.as_str())) {
            Some((code, letter)) => (code.len(), *letter),
            None => (c.len_utf8(), c),
        };
        read.extend(letter.to_lowercase());
        rest = &rest[length..];
    }
    let loses = matches!(page, CodePage::Tcvn3 | CodePage::LostHorn);
    is_syllable(&read) || (loses && misses_horn(&read))
}

/// True if an ư is missing, which is a soft hyphen in TCVN3 and is easily lost.
fn misses_horn(read: &str) -> bool {
    let inside = read.char_indices().map(|(at, _)| at).skip(1);
    inside.into_iter().any(|at| is_syllable(&format!("{}ư{}", &read[..at], &read[at..])))
}

/// True for a word of letters that take more than a byte in UTF-8, if each byte was taken for a letter.
fn is_utf8(word: &str) -> bool {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let byte = |c: char| match HIGH.chars().position(|high| high == c) {
        Some(at) => Some(0x80 + at as u8),
        None => u8::try_from(u32::from(c)).ok(),
    };
    let bytes: Option<Vec<u8>> = word.chars().map(byte).collect();
    !word.is_ascii()
        && bytes.is_some_and(|bytes| str::from_utf8(&bytes).is_ok())
        && !words(word).all(|word| is_syllable(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_old_fonts_is_seen() {
        for text in [
            "TrÇn V¨n",
            "TrÇn V¨n An",
            "Phßng Gi¸o dôc",
            "Hoµng Träng HiÕu",
            "NguyÔn ThÞ Hoa",
            "B¾c S¬n",
            "Thanh S¬n",
            "Ph\u{ad}¬ng Nam",
            "§iÒn C«ng",
            "céng ®ång häc tËp",
            "Tr\u{ad}ng V\u{ad}¬ng",
            "Trung t©m häc tËp céng ®ång",
            "Vµng Danh",
            "x· §iÒn C«ng",
            "Uû ban nh©n d©n",
            "M¹nh ®iÓm",
        ] {
            assert_eq!(code_page(text), Some(CodePage::Tcvn3), "{text}");
        }
        for text in [
            "Phoøng Giaùo duïc",
            "Traàn Vaên An",
            "Nguyeãn Thò Hoa",
            "Yeân Thanh",
            "Phöông Nam vaø Ñieàn Coâng",
            "Trung taâm hoïc taäp coäng ñoàng",
            "thaønh phoá Uoâng Bí",
            "Baéc Sôn, Haûi Döông",
        ] {
            assert_eq!(code_page(text), Some(CodePage::Vni), "{text}");
        }
    }

    #[test]
    fn real_vietnamese_is_left_alone() {
        for text in [
            "Trung tâm học tập cộng đồng phường Yên Thanh",
            "Hoàng Trọng Hiếu, Vũ Đức Anh, Dương Văn Lầu",
            "tổ 28, khu Phú Thanh Tây, phường Yên Thanh, thành phố Uông Bí",
            "Toà án nhân dân, hoá học, thuỷ lợi, khoẻ mạnh, quý mến, xoè ô, ngoã, loã xoã",
            "Tòa án, hóa học, thủy lợi, khỏe mạnh, xòe ô",
            "Quyền bính, tuyển chọn, khuyến học, huấn luyện, tuần lễ, quê hương, nguệch ngoạc, khuỷu tay",
            "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO THÀNH PHỐ UÔNG BÍ",
            "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM – Độc lập - Tự do - Hạnh phúc",
            "«Học tập suốt đời» là khẩu hiệu của đợt này",
            "“Cả nước trở thành một xã hội học tập” giai đoạn 2021–2030",
            "Nhà văn hoá rộng 85,5 m², nhiệt độ 25 °C, dài 3×4 m, cỡ 5 µm, ½ số hộ",
            "© 2016 Phòng GD&ĐT, ®, § 5, · mục một, · mục hai; Microsoft® Word",
            "Bà Müller Jürgen và ông Citroën đến thăm; São Tomé; Beyoncé; Noël; Señor; François",
            "NguyễnĐức Anh gõ thiếu dấu cách; km²; số người¹ và ghi chú²",
            "Đắk Lắk, Ê Đê, Ba Na, Cơ Ho, K’Ho, Krông Pắc, Ea H’leo",
            "Ðiền Công, Ðông Triều, xã ðiểm",
            "ế ề ể ễ ệ ắ ằ ẳ ẵ ặ ớ ờ ở ỡ ợ ứ ừ ử ữ ự ỳ ý ỷ ỹ ỵ",
            "naïve, goûter, où, Saül, Moïse, maître, aérien",
        ] {
            assert_eq!(code_page(text), None, "{text}");
        }
    }
}
