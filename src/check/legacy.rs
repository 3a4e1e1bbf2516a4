//! Finds Vietnamese that was typed in TCVN3 (ABC) or VNI and pasted as if it were Unicode. Converts nothing.

/// A code page of the time before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodePage {
    /// One byte a letter, with the fonts `.VnTime`: *TrÇn V¨n*.
    Tcvn3,
    /// A letter and a mark, with the fonts `VNI-Times`: *Traàn Vaên*.
    Vni,
}

/// The code page that a text seems to be in, if it is not Unicode.
///
/// Marks are weighed: what no language has inside a word is proof by itself (*V¨n*, *Thaønh*), what a foreign name or a
/// missing space can cause counts half (*Citroën*, *NguyễnĐức*), and letters of other languages count once for the
/// text.
pub fn code_page(text: &str) -> Option<CodePage> {
    let (mut tcvn3, mut vni, mut foreign) = (0, 0, 0);
    // All marks of both are in Latin-1, whose letters begin with one of two bytes; all others are skipped.
    for at in text.bytes().enumerate().filter(|(_, b)| matches!(b, 0xc2 | 0xc3)).map(|(at, _)| at) {
        let (mut until, mut from) = (text[..at].chars().rev(), text[at..].chars());
        let (before, earlier) = (until.next().unwrap_or(' '), until.next().unwrap_or(' '));
        let (c, after) = (from.next().unwrap_or(' '), from.next().unwrap_or(' '));
        tcvn3 += weight_in_tcvn3(before, c, after);
        vni += weight_in_vni(earlier, before, c);
        foreign |= usize::from(is_foreign(c) && (before.is_alphabetic() || after.is_alphabetic()));
    }
    match tcvn3 >= vni {
        true if tcvn3 + foreign >= 2 && tcvn3 > 0 => Some(CodePage::Tcvn3),
        false if vni + foreign >= 2 => Some(CodePage::Vni),
        _ => None,
    }
}

/// True for Latin letters that Vietnamese does not have.
fn is_foreign(c: char) -> bool {
    "ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüÿþ".contains(c)
}

/// True for what stands for a letter in TCVN3: letters, and signs that are letters there.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || "¡¢£¤¥¦§¨©«¬\u{ad}®¶·¸¹»¼½¾×÷".contains(c)
}

fn weight_in_tcvn3(before: char, c: char, after: char) -> usize {
    let inside = || before.is_alphabetic() && is_letter(after);
    match c {
        // The soft hyphen stands for ư, and cannot be seen.
        '\u{ad}' if before.is_alphabetic() || is_letter(after) => 2,
        '¨' | '©' | '«' | '¬' | '¼' | '½' | '¾' if inside() => 2,
        'µ' | '¶' | '¸' | '¹' if inside() => 2,
        'ª' | '®' if before.is_lowercase() && inside() => 2,
        'ª' | '®' | '·' | '×' | '÷' | '»' if inside() => 1,
        // đ begins a word; so does Đ, as a paragraph sign.
        '®' if !before.is_alphanumeric() && is_letter(after) => 2,
        '§' if !before.is_alphanumeric() && is_letter(after) => 1,
        // Vowels at the end of a word; as signs these come after a number or alone.
        'µ' | '¶' | '¸' | '«' | '¬' | '·' if before.is_lowercase() && !is_letter(after) => 1,
        // Capitals inside a word of small letters are vowels there.
        'Æ' | 'Ç' | 'Ë' | 'Î' | 'Ï' | 'Ñ' | 'Ö' | 'Ø' | 'Ü' | 'Þ' if before.is_lowercase() => 2,
        'È' | 'É' | 'Ê' | 'Ì' | 'Ð' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ý' if before.is_lowercase() => 1,
        _ => 0,
    }
}

/// A mark of VNI follows its vowel, itself a letter with an accent: no Vietnamese syllable has the two side by side.
fn weight_in_vni(earlier: char, vowel: char, mark: char) -> usize {
    let vowel = lower(vowel);
    let sure = match lower(mark) {
        'â' | 'ê' => matches!(vowel, 'a' | 'e') || (mark == 'â' && vowel == 'o'),
        'á' | 'à' | 'ã' => matches!(vowel, 'a' | 'e'),
        'å' | 'ä' => matches!(vowel, 'a' | 'e' | 'o'),
        'ø' | 'õ' => matches!(vowel, 'a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö'),
        'û' => matches!(vowel, 'a' | 'e' | 'u' | 'y' | 'ô' | 'ö'),
        'ù' => matches!(vowel, 'ô' | 'ö'),
        'ï' => matches!(vowel, 'u' | 'ô' | 'ö'),
        _ => return 0,
    };
    let likely = lower(mark) == 'ù' && matches!(vowel, 'a' | 'e' | 'o' | 'u' | 'y');
    match (sure, likely, earlier.is_alphabetic()) {
        (true, _, true) => 2,
        (true, ..) | (_, true, true) => 1,
        _ => 0,
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
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
