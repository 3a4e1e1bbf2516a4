//! The forms that a line of text may need, a row each: used when a file is read, when a person types, and when the
//! values of a key are described.

use super::filename::fits_every_system;
use super::id::VisitId;
use super::number::is_digits;
use super::period::{Period, YearStart};
use super::spoken;
use super::text::{Said, Text, t};
use super::vietnamese::{is_slug, is_word, slug};
use crate::say;

/// What is known about a form.
struct About {
    /// The stable word for it.
    word: &'static str,
    /// What it is called.
    called: Text,
    /// What it is made of.
    made_of: Text,
    /// Texts that have the form, the most common first.
    examples: &'static [&'static str],
    /// A regular expression that every text of the form has. Some others may have it, too: what fits is for the function.
    pattern: &'static str,
    /// True for a text that has the form.
    fits: fn(&str) -> bool,
    /// What was probably meant by a text that does not.
    meant: fn(&str) -> Option<String>,
    /// True if what was meant is certain enough to be written. Not for ids: they may be named elsewhere.
    certain: bool,
}

macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident: $about:expr;)+) => {
        /// A form that a line of text may need.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Form { $($(#[$doc])* $name,)+ }

        impl Form {
            /// Every form.
            pub const ALL: &'static [Form] = &[$(Form::$name),+];
        }

        /// What is known about each form, in the same order.
        const FORMS: &[About] = &[$($about),+];
    };
}

/// What every id has.
pub const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

forms! {
    /// The number of a document: `1009/KH-PGDĐT`. Old papers have all sorts, so it is judged by a rule and not by the
    /// reader.
    DocumentNumber: About {
        word: "document_number",
        called: t("số, ký hiệu văn bản", "the number of a document"),
        made_of: t(
            "số, gạch chéo, chữ viết tắt tên loại văn bản, gạch nối, chữ viết tắt tên cơ quan ban hành",
            "the number, a slash, letters for the kind of document, a hyphen, letters for who issued it",
        ),
        examples: &["1009/KH-PGDĐT"],
        pattern: "\\S",
        fits: |_| true,
        meant: |text| Some(tidy_number(text)).filter(|number| is_document_number(number)),
        certain: true,
    };
    /// A five-digit code of an administrative unit.
    UnitCode: About {
        word: "unit_code",
        called: t("mã đơn vị hành chính", "the official code of a unit"),
        made_of: t("năm chữ số", "five digits"),
        examples: &["06826"],
        pattern: "^[0-9]{5}$",
        fits: |text| text.len() == 5 && is_digits(text),
        meant: |_| None,
        certain: false,
    };
    /// A school year, a calendar year, its half or quarter, or a stretch of days.
    Period: About {
        word: "period",
        called: t("kỳ số liệu", "a period"),
        made_of: t(
            "năm học, năm, 6 tháng đầu hay cuối năm, quý, hoặc từ ngày đến ngày",
            "a school year, a calendar year, half of one, a quarter, or the first and the last day",
        ),
        examples: &["2015-2016", "2016", "2016-H1", "2016-Q3", "2016-01-01/2016-10-15"],
        pattern: "^[0-9]{4}(-[0-9]{4}|-H[12]|-Q[1-4]|-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2})?$",
        fits: |text| Period::parse(text).is_some(),
        meant: |text| spoken::period(text).map(|period| period.to_string()),
        certain: true,
    };
    /// A school year: `2016-2017`.
    SchoolYear: About {
        word: "school_year",
        called: t("năm học", "a school year"),
        made_of: t("hai năm liền nhau", "two years in a row"),
        examples: &["2016-2017"],
        pattern: "^[0-9]{4}-[0-9]{4}$",
        fits: |text| Period::parse(text).is_some_and(|period| period.school_year().is_some()),
        meant: |text| spoken::period(text).map(|period| period.to_string()),
        certain: true,
    };
    /// A day of the year: `09-01`.
    DayOfYear: About {
        word: "day_of_year",
        called: t("ngày trong năm", "a day of the year"),
        made_of: t("tháng-ngày", "month-day"),
        examples: &["09-01"],
        pattern: "^[0-9]{2}-[0-9]{2}$",
        fits: |text| YearStart::parse(text).is_some(),
        meant: |_| None,
        certain: false,
    };
    /// Telephone numbers, with what people write between the digits.
    Phone: About {
        word: "phone",
        called: t("số điện thoại", "a telephone number"),
        made_of: t(
            "từ sáu chữ số, có thể có dấu cách, chấm, gạch nối, ngoặc; các số cách nhau bằng dấu phẩy",
            "six digits or more, also with spaces, dots, hyphens and brackets; commas between several numbers",
        ),
        examples: &["0203 000 0001"],
        pattern: "^[-0-9 .()+,;/]+$",
        fits: |text| each_of(text, is_phone),
        meant: |text| {
            let plain = text.replace(['–', '—', '‑'], "-").split_whitespace().collect::<Vec<_>>().join(" ");
            Some(plain.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, ':' | '.' | ' ')).to_owned())
        },
        certain: true,
    };
    /// E-mail addresses.
    Email: About {
        word: "email",
        called: t("địa chỉ thư điện tử", "an e-mail address"),
        made_of: t(
            "tên, @, tên miền có dấu chấm; các địa chỉ cách nhau bằng dấu phẩy",
            "a name, an @, a domain with a dot; commas between several addresses",
        ),
        examples: &["tthtcd.yenthanh@example.vn"],
        pattern: "^[^ @]+@[^ @]+\\.",
        fits: |text| each_of(text, is_email),
        meant: |text| Some(text.trim().to_owned()),
        certain: true,
    };
    /// A key path below a block of figures: `fund.raised`.
    KeyPath: About {
        word: "key_path",
        called: t("tên một mục trong phần", "a key of the block"),
        made_of: t("các tên mục (khoá) nối bằng dấu chấm", "keys joined by dots"),
        examples: &["members"],
        pattern: "^[-a-z0-9_.]+$",
        fits: |text| text.split('.').all(is_word),
        meant: |_| None,
        certain: false,
    };
    /// A path inside the register, with `/`.
    Path: About {
        word: "path",
        called: t("đường dẫn trong sổ", "a path inside the register"),
        made_of: t(
            "tên thư mục và tên tệp mà Windows cũng nhận, dùng dấu /",
            "the names of folders and of the file, such as Windows takes too, with / between them",
        ),
        examples: &["photos/anh-1.jpg"],
        pattern: "^[^\\\\:]+$",
        fits: |text| text.split('/').all(|part| !part.is_empty() && fits_every_system(part)),
        meant: |text| Some(text.replace('\\', "/")),
        certain: true,
    };
    /// A SHA-256 sum, 64 hexadecimal digits.
    Sha256: About {
        word: "sha256",
        called: t("mã SHA-256", "a SHA-256 sum"),
        made_of: t("64 chữ số thập lục phân, chữ thường", "64 hexadecimal digits in lower case"),
        examples: &[],
        pattern: "^[0-9a-f]{64}$",
        fits: |text| text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')),
        meant: |text| Some(text.trim().to_ascii_lowercase()),
        certain: true,
    };
    /// A recommendation of a visit: `2015-11-03-yen-thanh#r2`.
    Recommendation: About {
        word: "recommendation",
        called: t("mã một kiến nghị", "the id of a recommendation"),
        made_of: t("lần kiểm tra#mã", "visit#id"),
        examples: &["2015-11-03-yen-thanh#r2"],
        pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]+(_[0-9]+)?#[-a-z0-9_]+$",
        fits: |text| text.split_once('#').is_some_and(|(visit, word)| VisitId::parse(visit).is_some() && is_word(word)),
        meant: |_| None,
        certain: false,
    };
    /// A new id: a slug, with hyphens.
    Slug: About {
        word: "slug",
        called: t("mã", "an id"),
        made_of: t("chữ thường không dấu, số, gạch nối", "lower case letters, digits, hyphens"),
        examples: &["yen-thanh"],
        pattern: SLUG,
        fits: is_slug,
        meant: |text| Some(slug(text)),
        certain: false,
    };
    /// The id of a register, which is named nowhere else.
    RegisterId: About {
        word: "register_id",
        called: t("mã sổ", "the id of a register"),
        made_of: t("chữ thường không dấu, số, gạch nối", "lower case letters, digits, hyphens"),
        examples: &["quang-ninh-uong-bi"],
        pattern: SLUG,
        fits: is_slug,
        meant: |text| Some(slug(text)),
        certain: true,
    };
    /// A new word of a vocabulary: like a slug, with underscores.
    Word: About {
        word: "word",
        called: t("mã", "an id"),
        made_of: t("chữ thường không dấu, số, gạch dưới", "lower case letters, digits, underscores"),
        examples: &["vocational_training"],
        pattern: "^[a-z0-9]+([-_][a-z0-9]+)*$",
        fits: is_word,
        meant: |text| Some(slug(text).replace('-', "_")),
        certain: false,
    };
}

impl Form {
    fn about(self) -> &'static About {
        &FORMS[self as usize]
    }

    /// The stable word for it: `school_year`.
    pub fn word(self) -> &'static str {
        self.about().word
    }

    /// A regular expression that every text of the form has, for programs that know no more than that.
    pub fn pattern(self) -> &'static str {
        self.about().pattern
    }

    /// What it is called: `a school year`.
    pub fn called(self) -> Text {
        self.about().called
    }

    /// Texts that have the form, the best known first; empty if they would say nothing.
    pub fn examples(self) -> &'static [&'static str] {
        self.about().examples
    }

    /// True for a text that has the form.
    pub fn fits(self, text: &str) -> bool {
        (self.about().fits)(text)
    }

    /// What was probably meant by a text that does not have the form.
    pub fn meant(self, text: &str) -> Option<String> {
        (self.about().meant)(text).filter(|meant| meant != text && self.fits(meant))
    }

    /// What was certainly meant by a text that does not have the form, so that it may be written without asking.
    pub fn certainly_meant(self, text: &str) -> Option<String> {
        if self.about().certain { self.meant(text) } else { None }
    }

    /// How it is written, in words: `five digits: 06826`.
    pub fn how(self) -> Said {
        self.made_like(&self.examples().join(" | "))
    }

    /// What to write instead of a text that does not have the form.
    pub fn help(self, text: &str) -> Said {
        let About { made_of, certain, .. } = *self.about();
        if let Some(meant) = self.meant(text) {
            if !certain {
                return say!("viết \"{meant}\": {made_of}", "write \"{meant}\": {made_of}", [meant, made_of]);
            }
            return say!("viết \"{meant}\"", "write \"{meant}\"", [meant]);
        }
        let quoted: Vec<String> = self.examples().iter().map(|example| format!("\"{example}\"")).collect();
        say!("viết {how}", "write {how}", [how = self.made_like(&quoted.join(" | "))])
    }

    fn made_like(self, examples: &str) -> Said {
        let made_of = self.about().made_of;
        match examples {
            "" => made_of.into(),
            _ => say!("{made_of}: {examples}", "{made_of}: {examples}", [made_of, examples]),
        }
    }
}

/// True if all parts between commas, semicolons and slashes fit.
fn each_of(text: &str, fits: fn(&str) -> bool) -> bool {
    text.trim() == text && text.split([',', ';', '/']).all(|part| fits(part.trim()))
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (6..=15).contains(&digits)
        && text.chars().all(|c| matches!(c, '0'..='9' | ' ' | '.' | '-' | '(' | ')' | '+'))
}

fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let plain = name.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'@' | b'<' | b'>' | b'(' | b')'));
    !name.is_empty() && plain && domain.contains('.') && domain.split('.').all(label)
}

/// The number of a document without `Số:` before it and without spaces around `/` and `-`, with plain dashes:
/// `Số: 1009 /KH – PGDĐT` gives `1009/KH-PGDĐT`.
fn tidy_number(typed: &str) -> String {
    let plain = typed.replace(['–', '—', '‑'], "-").split_whitespace().collect::<Vec<_>>().join(" ");
    let after = plain.strip_prefix("Số").or_else(|| plain.strip_prefix("số"));
    let bare = after.map_or(&*plain, |rest| rest.trim_start_matches([':', ' ']));
    let close = |text: &str, sign: &str| text.split(sign).map(str::trim).collect::<Vec<_>>().join(sign);
    close(&close(bare, "/"), "-")
}

/// True for the two forms in use, of the state and of the Party.
pub fn is_document_number(number: &str) -> bool {
    is_of_state(number) || is_of_party(number)
}

/// `837/NQ-UBTVQH14`: the number, the year in laws and circulars, then up to four symbols.
fn is_of_state(number: &str) -> bool {
    let Some((serial, rest)) = number.split_once('/') else { return false };
    let symbols = match rest.split_once('/') {
        Some((year, symbols)) if year.len() == 4 && is_digits(year) => symbols,
        Some(_) => return false,
        None => rest,
    };
    let digits = serial.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(serial);
    let symbol = |symbol: &str| {
        symbol.starts_with(is_capital)
            && symbol.chars().count() <= 15
            && symbol.chars().all(|c| is_capital(c) || c.is_ascii_alphanumeric() || c == '&')
    };
    (1..=5).contains(&digits.len())
        && is_digits(digits)
        && symbols.split('-').count() <= 4
        && symbols.split('-').all(symbol)
}

/// `11-CT/TW`: the number, the kind, the issuer.
fn is_of_party(number: &str) -> bool {
    let Some((serial, rest)) = number.split_once('-') else { return false };
    let Some((kind, body)) = rest.split_once('/') else { return false };
    let capitals = |word: &str, range: std::ops::RangeInclusive<usize>| {
        range.contains(&word.chars().count()) && word.chars().all(is_capital)
    };
    (1..=5).contains(&serial.len()) && is_digits(serial) && capitals(kind, 2..=4) && capitals(body, 2..=6)
}

fn is_capital(c: char) -> bool {
    c.is_ascii_uppercase() || c == 'Đ'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_has_its_form_and_is_what_it_means() {
        for form in Form::ALL {
            for example in form.examples() {
                assert!(form.fits(example), "{form:?}: {example}");
                assert_eq!(form.meant(example), None);
            }
        }
    }

    #[test]
    fn what_is_meant_is_told_and_has_the_form() {
        for (form, text, meant) in [
            (Form::SchoolYear, "2016 – 2017", Some("2016-2017")),
            (Form::SchoolYear, "2016", None),
            (Form::Period, " 2016 ", Some("2016")),
            (Form::Path, "photos\\anh-1.jpg", Some("photos/anh-1.jpg")),
            (Form::Path, "c:\\anh-1.jpg", None),
            (Form::Slug, "Yên Thanh", Some("yen-thanh")),
            (Form::Word, "Học nghề", Some("hoc_nghe")),
            (Form::UnitCode, "6826", None),
            (Form::Phone, "ĐT: 0203.000\u{a0}0001", Some("0203.000 0001")),
            (Form::Phone, "0203 000 0001 (chị Lan)", None),
            (Form::Phone, "abc", None),
            (Form::Email, " ttht@example.vn ", Some("ttht@example.vn")),
            (Form::Email, "abc", None),
            (Form::Email, "abc@gmail", None),
            (Form::Email, "tthtcđ@example.vn", None),
        ] {
            assert!(!form.fits(text), "{text}");
            assert_eq!(form.meant(text).as_deref(), meant, "{text}");
        }
        assert_eq!(Form::Slug.certainly_meant("Yên Thanh"), None, "an id may be named elsewhere");
        assert_eq!(Form::UnitCode.help("6826").en, "write five digits: \"06826\"");
    }

    #[test]
    fn phones_and_addresses_stand_as_people_write_them() {
        for phone in ["033.3854.123", "(0203) 3 854 123", "+84 203 000 0001", "0203 000 0001 / 0912-000-001"]
        {
            assert!(Form::Phone.fits(phone), "{phone}");
        }
        for email in ["tthtcd_yen-thanh@edu.example.vn", "a@example.vn, b@example.vn"] {
            assert!(Form::Email.fits(email), "{email}");
        }
    }

    #[test]
    fn numbers_of_documents_lose_what_does_not_belong_to_them() {
        for (typed, clean) in [
            ("1009 /KH - PGDĐT", "1009/KH-PGDĐT"),
            ("1009/KH–PGDĐT", "1009/KH-PGDĐT"),
            (" 281/QĐ-TTg ", "281/QĐ-TTg"),
            ("1009\u{a0}/KH-PGDĐT", "1009/KH-PGDĐT"),
            ("Số: 05/BC-PGDĐT", "05/BC-PGDĐT"),
            ("11 - CT / TW", "11-CT/TW"),
        ] {
            assert_eq!(Form::DocumentNumber.meant(typed).as_deref(), Some(clean), "{typed}");
        }
        for number in ["837/NQ-UBTVQH14", "1009", "KH-PGDĐT", "abc", "/KH", "1009/kh-pgdđt"] {
            assert_eq!(Form::DocumentNumber.meant(number), None, "{number}");
        }
    }
}
