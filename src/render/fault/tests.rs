//! Faults as they must look, to the letter.

use super::*;
use crate::model::fault::Fix;
use crate::model::json::Json;

const TEXT: &str = "centre = \"yen-thanh\"\r\n\r\n[activity.field.law]\r\nclasses = 12 # Điền Công\r\nnote = \"Điền \u{1b}[31mCông\u{202e}\", women = 413\r\n";

const CODES: &[Code] = &[
    Code {
        name: "women-exceed-attendances",
        severity: Severity::Error,
        title: t("nữ nhiều hơn lượt người", "more women than attendances"),
        why: t("Nữ là một phần của lượt người.", "Women are part of the attendances."),
        wrong: "",
        right: "",
    },
    Code {
        name: "centre-unknown",
        severity: Severity::Warning,
        title: t("không có trung tâm này", "no such centre"),
        why: t("", ""),
        wrong: "",
        right: "",
    },
];

fn faults() -> Vec<Fault> {
    let at = TEXT.find("413").unwrap();
    vec![
        Fault {
            code: "women-exceed-attendances",
            severity: Severity::Error,
            file: "visits/2016-2017/2016-10-27-yen-thanh.toml".into(),
            key: Some("activity.field.law.women".into()),
            message: say!("nữ (413) nhiều hơn lượt người (412)", "women (413) exceed attendances (412)"),
            help: say!("Nữ không thể quá 412.", "Women cannot be more than 412."),
            span: Some(at..at + 3),
            place: Some(Place::of(TEXT, at..at + 3)),
            fix: Some(Fix::Write("41\u{202e}2".into())),
        },
        Fault {
            code: "centre-unknown",
            severity: Severity::Warning,
            file: "a\u{1b}\n:b,%.toml".into(),
            key: Some("centre".into()),
            message: say!("không có trung tâm “x\u{1b}[2J”\nnào", "no centre “x\u{1b}[2J”\nat all"),
            help: Said::default(),
            span: None,
            place: None,
            fix: None,
        },
    ]
}

fn drawn(name: &str, style: &Style) -> String {
    let format = FAULT_FORMATS.iter().find(|format| format.name == name).unwrap();
    (format.draw)(&Checked { faults: &faults(), files: 34, codes: CODES }, style)
}

#[test]
fn the_line_is_shown_with_its_own_number_and_the_column_in_characters() {
    assert_eq!(
        drawn("full", &Style::default()),
        "\
lỗi[women-exceed-attendances]: nữ (413) nhiều hơn lượt người (412)
  ╭▸ visits/2016-2017/2016-10-27-yen-thanh.toml:5:35
  │
5 │ note = \"Điền ␛[31mCông\u{fffd}\", women = 413
  │                                   ━━━ activity.field.law.women
  │
  ╰ gợi ý: Nữ không thể quá 412.

cảnh báo[centre-unknown]: không có trung tâm “x␛[2J”
                          nào
 ╭▸ a␛ :b,%.toml
 ╰ mục: centre
"
    );
}

#[test]
fn each_fault_has_a_line_of_its_own() {
    assert_eq!(
        drawn("concise", &Style::default()),
        "\
visits/2016-2017/2016-10-27-yen-thanh.toml:5:35: lỗi[women-exceed-attendances]: nữ (413) nhiều hơn lượt người (412)
a␛ :b,%.toml: cảnh báo[centre-unknown]: không có trung tâm “x␛[2J” nào
"
    );
}

#[test]
fn github_reads_every_property() {
    assert_eq!(
        drawn("github", &Style { lang: Lang::En, ..Style::default() }),
        "\
::error file=visits/2016-2017/2016-10-27-yen-thanh.toml,line=5,col=35,title=women-exceed-attendances::women (413) exceed attendances (412)%0AWomen cannot be more than 412.
::warning file=a␛%0A%3Ab%2C%25.toml,title=centre-unknown::no centre “x␛[2J”%0Aat all
"
    );
}

#[test]
fn json_has_the_shape_that_is_promised() {
    let value: Json = drawn("json", &Style::default()).parse().unwrap();
    let keys = |value: &Json| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&value), "format files errors warnings faults");
    assert_eq!(keys(&value["faults"][0]), "code severity file line column key message help fixes");
    assert_eq!((value["files"].as_u64(), value["errors"].as_u64()), (Some(34), Some(1)));
    assert_eq!(value["faults"][0]["column"], 35);
    assert_eq!(value["faults"][1]["line"], Json::Null);
    let at = TEXT.find("413").unwrap();
    let fix = &value["faults"][0]["fixes"][0];
    assert_eq!(fix["start"].to_string(), format!(r#"{{"line":5,"column":35,"byte":{at}}}"#));
    assert_eq!(fix["end"].to_string(), format!(r#"{{"line":5,"column":38,"byte":{}}}"#, at + 3));
    assert_eq!((&fix["text"], &value["faults"][1]["fixes"]), (&json!("41\u{202e}2"), &json!([])));
    assert_eq!(value["faults"][1]["file"], "a\u{1b}\n:b,%.toml");
}

#[test]
fn sarif_names_rules_and_regions() {
    let value: Json = drawn("sarif", &Style { lang: Lang::En, ..Style::default() }).parse().unwrap();
    let run = &value["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "women-exceed-attendances");
    let result = &run["results"][0];
    assert_eq!(result["ruleIndex"], 0);
    assert_eq!(
        result["locations"][0]["physicalLocation"]["region"].to_string(),
        r#"{"startLine":5,"startColumn":35,"endLine":5,"endColumn":38}"#
    );
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "visits/2016-2017/2016-10-27-yen-thanh.toml");
    assert_eq!(change["replacements"][0]["deletedRegion"]["endColumn"], 38);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "41\u{202e}2");
    assert_eq!(run["results"][1]["fixes"], Json::Null);
    assert_eq!(run["results"][1]["locations"][0]["physicalLocation"]["region"], Json::Null);
}

#[test]
fn no_format_lets_a_file_steer_the_terminal() {
    for format in FAULT_FORMATS {
        let text = drawn(format.name, &Style::default());
        let steers = |c: char| (c.is_control() && c != '\n') || crate::model::text::is_bidi(c);
        assert!(!text.contains(steers), "{}: {text:?}", format.name);
    }
}

#[test]
fn an_empty_span_and_an_empty_line_can_be_shown() {
    for (text, span) in [("", 0..0), ("a = \"", 5..5), ("a = 1\n\nb", 6..6), ("\tđ = 1", 1..3)] {
        let mut fault = faults().remove(0);
        fault.place = Some(Place::of(text, span));
        let place =
            fault.place.as_ref().map(|p| format!("yen-thanh.toml:{}:{}\n", p.line, p.column)).unwrap();
        let checked = Checked { faults: &[fault], files: 1, codes: CODES };
        let text = full(&checked, &Style { ascii: true, ..Style::default() });
        assert!(text.contains(&place), "{place}\n{text}");
    }
}

#[test]
fn a_check_is_summed_up_in_a_sentence() {
    let line = |f, e, w| {
        let said = summary_line(f, e, w);
        (said.vi, said.en)
    };
    assert_eq!(line(34, 2, 1).0, "Đã soát 34 tệp: 2 lỗi, 1 cảnh báo.");
    assert_eq!(line(34, 2, 1).1, "Checked 34 files: 2 errors, 1 warning.");
    assert_eq!(line(1, 0, 0).0, "Đã soát 1 tệp: không có lỗi.");
    assert_eq!(line(1, 0, 3).1, "Checked 1 file: 3 warnings.");
}
