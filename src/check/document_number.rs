//! The rule for document numbers: `1009/KH-PGDĐT`, `281/QĐ-TTg`, `142/2025/NĐ-CP`, `11-CT/TW`.

use super::letter::has_look_alikes;
use super::{Passage, Report, Rule, Test, legacy};
use crate::model::fault::{Code, Severity::Warning};
use crate::model::field::{Form, Kind};
use crate::model::form::is_document_number;
use crate::model::text::t;
use crate::say;
use crate::toml::print;

/// The rules.
pub const RULES: &[Rule] = &[Rule {
    code: Code {
        name: "document-number-malformed",
        severity: Warning,
        title: t("Số, ký hiệu văn bản không đúng thể thức", "A document number in an unusual form"),
        why: t(
            "Số, ký hiệu văn bản gồm: số, gạch chéo, chữ viết tắt tên loại văn bản, gạch nối, chữ viết tắt tên cơ quan ban \
             hành, không có dấu cách (Nghị định \
             30/2020/NĐ-CP; trước đó là Thông tư 01/2011/TT-BNV).",
            "A document number is a number, a slash, letters for the kind of document, a hyphen and letters for the issuer, \
             without spaces \
             (30/2020/NĐ-CP; before that 01/2011/TT-BNV).",
        ),
        wrong: "number = \"1009 /KH - PGDĐT\"",
        right: "number = \"1009/KH-PGDĐT\"",
    },
    tests: &[Test::Text(document_number_malformed)],
}];

fn document_number_malformed(passage: &Passage, report: &mut Report) {
    let Passage { text, kind, .. } = *passage;
    let others = || legacy::code_page(text).is_some() || has_look_alikes(text);
    if !matches!(kind, Kind::Form(Form::DocumentNumber))
        || text.is_empty()
        || is_document_number(text)
        || others()
    {
        return;
    }
    if let Some(clean) = Form::DocumentNumber.certainly_meant(text).as_deref().map(print::quoted) {
        report.on_text(
            passage,
            say!(
                "số, ký hiệu “{text}” thừa chữ, thừa dấu cách hoặc sai dấu gạch",
                "the number “{text}” has stray words or spaces, or a wrong dash",
                [text]
            ),
            say!("ghi {clean}", "write {clean}", [clean]),
            Some(clean),
        );
    } else {
        report.on_text(
            passage,
            say!(
                "“{text}” không đúng thể thức số, ký hiệu văn bản",
                "“{text}” is not a usual document number",
                [text]
            ),
            say!(
                "nhập như 1009/KH-PGDĐT, 281/QĐ-TTg hoặc 11-CT/TW",
                "write it like 1009/KH-PGDĐT, 281/QĐ-TTg or 11-CT/TW"
            ),
            None,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_offices_write_them_are_well_formed() {
        for number in [
            "1009/KH-PGDĐT",
            "281/QĐ-TTg",
            "837/NQ-UBTVQH14",
            "111/BC-SGD&ĐT",
            "142/2025/NĐ-CP",
            "09/2008/QĐ-BGDĐT",
            "40/2010/TT-BGDĐT",
            "96/2008/TT-BTC",
            "2553/BGDĐT-GDTX",
            "448/QĐ-KHVN",
            "387/QĐ-TTg",
            "123/PGDĐT-GDTX",
            "05/BC-PGDĐT",
            "03/BB-KT",
            "512/QĐ-UBND",
            "1679/NQ-UBTVQH15",
            "19/2025/QĐ-TTg",
            "301/2006/QĐ-UBDT",
            "12a/QĐ-UBND",
            "11-CT/TW",
            "29-NQ/TW",
            "05/BC-HKH",
        ] {
            assert!(is_document_number(number), "{number}");
        }
    }

    #[test]
    fn what_is_not_a_number_is_seen() {
        for number in [
            "1009",
            "KH-PGDĐT",
            "1009/",
            "1009/kh-pgdđt",
            "1009-KH-PGDĐT",
            "1009/KH/PGDĐT",
            "abc",
            "/KH",
            "123456/KH",
        ] {
            assert!(!is_document_number(number), "{number}");
        }
    }
}
