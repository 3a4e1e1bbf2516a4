//! Templates that an office has made in Word: what is typed there, however Word keeps it, becomes what a report says.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use ttht::desk::report::REPORTS;
use ttht::model::document::DOTS;
use ttht::model::fact::{FactRow, Told, many, named, one, told};
use ttht::model::table::{Cell, ColumnKind, ColumnRow};
use ttht::model::text::{Lang, t};
use ttht::model::vietnamese::{is_word, slug};
use ttht::render::template::{Parts, filled};
use ttht::store::sent;

/// The parts of a file.
fn unpacked(path: &Path) -> Parts {
    sent::document(&fs::read(path).unwrap()).unwrap()
}

/// What stands in the body of a file.
fn body(path: &Path) -> String {
    let parts = unpacked(path);
    let (_, bytes) = parts.iter().find(|(name, _)| name == "word/document.xml").unwrap();
    read(&String::from_utf8_lossy(bytes))
}

#[test]
fn names_and_labels_stand_for_one_thing_each() {
    let is_plain = |label: &str| label.chars().all(|c| c.is_alphanumeric() || " %(),-–+/:;".contains(c));
    for report in REPORTS {
        let facts = (report.facts)();
        let mut lists =
            vec![facts.iter().map(|fact| (fact.name.to_owned(), fact.label.into())).collect::<Vec<_>>()];
        for fact in &facts {
            if let Told::Many(table) = &fact.value {
                lists.push(
                    table.columns.iter().map(|column| (column.key.clone(), column.label.clone())).collect(),
                );
            }
        }
        for list in lists {
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            for (name, label) in &list {
                assert!(is_word(name), "{}: {name}", report.name);
                for called in [name, &label.vi, &label.en] {
                    assert!(called == name || is_plain(called), "{}: {called}", report.name);
                    let key = slug(&called.replace('_', " ").replace('%', " percent "));
                    let other = seen.insert(key, name).unwrap_or(name);
                    assert_eq!(other, name, "{}: {called} stands for both", report.name);
                }
            }
        }
    }
}

#[test]
fn a_template_to_start_from_works_as_it_is() {
    let folder = fresh();
    let folder = folder.path();
    let root = folder.join("register");
    example(&root);
    let run = |words: &str| {
        let mut command = Command::new(TTHT);
        let output = command.args(words.split(' ')).current_dir(&root).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{words}: {output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    for report in REPORTS.iter().filter(|report| !(report.facts)().is_empty()) {
        run(&format!("report fields {} -o mau.docx", report.name));
        assert!(body(&root.join("mau.docx")).contains("{{ "), "{}", report.name);
        let facts = (report.facts)();
        filled(unpacked(&root.join("mau.docx")), &facts, Lang::Vi).unwrap();
    }
    run("report fields minutes -o mau.docx");
    run("report minutes 2016-10-27-yen-thanh --template mau.docx -o named.docx");
    fs::create_dir(root.join("templates")).unwrap();
    fs::copy(root.join("mau.docx"), root.join("templates/minutes.docx")).unwrap();
    let told = run("report minutes 2016-10-27-yen-thanh -o own.docx");
    assert!(told.contains("templates/minutes.docx"), "{told}");
    assert_eq!(fs::read(root.join("named.docx")).unwrap(), fs::read(root.join("own.docx")).unwrap());
    let text = body(&root.join("own.docx"));
    assert!(!text.contains("{{") && text.contains("2016"), "{text}");
    #[cfg(unix)]
    {
        fs::copy(root.join("mau.docx"), folder.join("outside.docx")).unwrap();
        fs::remove_file(root.join("templates/minutes.docx")).unwrap();
        std::os::unix::fs::symlink(folder.join("outside.docx"), root.join("templates/minutes.docx")).unwrap();
        let mut command = Command::new(TTHT);
        let output = command
            .args(["report", "minutes", "2016-10-27-yen-thanh", "-O", "docx"])
            .current_dir(&root)
            .output()
            .unwrap();
        assert!(output.stdout.is_empty() && output.status.code() == Some(1), "{output:?}");
    }
}

/// What a made-up report says.
const COLUMNS: &[ColumnRow] = &[
    ("text", t("Nội dung", "What"), ColumnKind::Text),
    ("due", t("Thời hạn", "Due"), ColumnKind::Count),
    ("change", t("Tăng, giảm", "Change"), ColumnKind::Count),
    ("percent", t("Tăng, giảm (%)", "Change (%)"), ColumnKind::Percent),
];

fn rows() -> Vec<FactRow<Vec<Vec<Cell>>>> {
    vec![
        one("leader", "Họ tên trưởng đoàn", "Team leader", ColumnKind::Text, |_| {
            Cell::text("Trần Thị Minh Hoạ")
        }),
        one("population", "Dân số", "Population", ColumnKind::Count, |_| Cell::Count(8521)),
        one("clerk", "Thư ký", "Clerk", ColumnKind::Text, |_| Cell::Missing),
        one("score", "Điểm", "Points", ColumnKind::Number, |_| Cell::Missing),
        one("rank", "Xếp loại", "Rank", ColumnKind::Text, |_| Cell::word("good", t("Tốt", "Good"))),
        one("odd", "Lạ", "Odd", ColumnKind::Text, |_| Cell::text("<b>&]]>\u{1b}[31m\u{0}\nhai")),
        many("advice", "Kiến nghị", "Recommendations", COLUMNS, |rows| rows.clone()),
        many("strengths", "Ưu điểm", "Strengths", COLUMNS, |_| Vec::new()),
    ]
}

fn advice() -> Vec<Vec<Cell>> {
    vec![
        vec![Cell::text("Mở lớp"), Cell::Count(2017), Cell::Count(5), Cell::Number(12.5)],
        vec![Cell::text("Sửa mái"), Cell::Missing, Cell::Count(-2), Cell::Missing],
    ]
}

/// A part with these elements in its body.
fn part(inside: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{inside}</w:body></w:document>")
}

fn parts(inside: &str) -> Parts {
    vec![
        ("[Content_Types].xml".into(), b"<Types/>".to_vec()),
        ("word/document.xml".into(), part(inside).into_bytes()),
    ]
}

fn fill(inside: &str) -> Result<String, String> {
    let facts = told(&rows(), &advice());
    match filled(parts(inside), &facts, Lang::Vi) {
        Ok(parts) => {
            let text = String::from_utf8(parts[1].1.clone()).unwrap();
            well_formed(&text);
            let start = text.find("<w:body>").unwrap() + 8;
            Ok(text[start..text.find("</w:body>").unwrap()].to_owned())
        }
        Err(wrong) => Err(wrong.iter().map(|why| why.vi.clone()).collect::<Vec<_>>().join("\n")),
    }
}

/// A paragraph of runs.
fn p(runs: &[&str]) -> String {
    let runs: String = runs.iter().map(|text| format!("<w:r><w:t>{text}</w:t></w:r>")).collect();
    format!("<w:p>{runs}</w:p>")
}

/// A row of cells.
fn tr(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| format!("<w:tc>{}</w:tc>", p(&[text]))).collect();
    format!("<w:tr>{cells}</w:tr>")
}

fn tbl(rows: &[String]) -> String {
    format!("<w:tbl><w:tblGrid/>{}</w:tbl>", rows.concat())
}

/// What is read, a line a paragraph.
fn read(xml: &str) -> String {
    let mut text = xml.replace("</w:p>", "\n").replace("<w:br/>", "⏎");
    while let Some(start) = text.find('<') {
        let end = start + text[start..].find('>').unwrap();
        text.replace_range(start..=end, "");
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

fn well_formed(xml: &str) {
    let (mut reader, mut depth) = (Reader::from_str(xml), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{xml}");
}

fn reads(inside: &str, expected: &str) {
    assert_eq!(read(&fill(inside).unwrap()), expected, "{inside}");
}

#[test]
fn a_name_is_known_however_it_is_typed_and_however_word_cuts_it() {
    for typed in [
        "{{ leader }}",
        "{{leader}}",
        "{{ Họ tên trưởng đoàn }}",
        "{{ HỌ TÊN TRƯỞNG ĐOÀN }}",
        "{{ ho ten truong doan }}",
        "{{ Họ\u{a0}tên trưởng\u{200b} đoàn }}",
        "{{ Ho\u{323} tên trưởng đoàn }}",
        "{{ Team leader }}",
        "{{- leader -}}",
    ] {
        reads(&p(&[typed]), "Trần Thị Minh Hoạ\n");
    }
    reads(&p(&["Ông (bà) {", "{ lea", "der ", "}", "} ký"]), "Ông (bà) Trần Thị Minh Hoạ ký\n");
    let hyperlink =
        "<w:p><w:r><w:t>{{ lea</w:t></w:r><w:hyperlink><w:r><w:t>der }} ký</w:t></w:r></w:hyperlink></w:p>";
    reads(hyperlink, "Trần Thị Minh Hoạ ký\n");
    // A space at the beginning of a run stays one.
    assert!(fill(&p(&["{{ leader", "}} ký"])).unwrap().contains("<w:t xml:space=\"preserve\"> ký</w:t>"));
    reads(
        &p(&["{{ Dân số }} người, {{ rank | upper }}, {# một ghi chú #}{{ “chữ” }}"]),
        "8.521 người, TỐT, chữ\n",
    );
}

#[test]
fn a_tab_or_new_line_in_a_name_is_a_space() {
    let typed =
        "<w:r><w:tab/><w:t>{{ Họ tên</w:t><w:br/><w:t>trưởng</w:t><w:tab/><w:t>đoàn }}</w:t><w:br/></w:r>";
    let filled = fill(&format!("<w:p>{typed}</w:p>")).unwrap();
    assert_eq!(read(&filled), "Trần Thị Minh Hoạ⏎\n");
    assert!(filled.contains("<w:tab/>"), "{filled}");
}

#[test]
fn a_placeholder_in_the_code_of_a_field_is_told() {
    let field = "<w:p><w:r><w:instrText> IF \"{{ leader }}\" = \"\" </w:instrText></w:r></w:p>";
    assert!(fill(field).unwrap_err().contains("mã trường"));
}

#[test]
fn what_is_missing_is_dots() {
    reads(
        &p(&["{{ Thư ký }}; {{ clerk or \"không có\" }}; {{ clerk or leader }}"]),
        &format!("{DOTS}; không có; Trần Thị Minh Hoạ\n"),
    );
    reads(&p(&["{{ strengths }}"]), &format!("{DOTS}\n"));
    reads(&p(&["{{ Ưu điểm | join(\", \") }}, {{ Ưu điểm | count }}"]), &format!("{DOTS}, 0\n"));
    let facts = named(&rows());
    let parts = filled(parts(&p(&["{{ leader }}"])), &facts, Lang::Vi).unwrap();
    assert!(String::from_utf8_lossy(&parts[1].1).contains(DOTS));
}

#[test]
fn a_row_or_paragraph_that_names_a_list_is_there_once_for_each() {
    let table = tbl(&[
        tr(&["TT", "Việc"]),
        tr(&["{{ Kiến nghị.TT }}", "{{ Kiến nghị.Nội dung }} ({{ advice.due }})"]),
    ]);
    reads(&table, &format!("TT\nViệc\n1\nMở lớp (2.017)\n2\nSửa mái ({DOTS})\n"));
    reads(
        &p(&["{{ Kiến nghị.Tăng, giảm (%) }} {{ advice.Tăng, giảm | upper }}{{ rank }}"]),
        &format!("12,5 5Tốt\n{DOTS} -2Tốt\n"),
    );
    let until = "{{ Kiến nghị }}{% if Kiến nghị.Thời hạn %}, năm {{ advice.due }}{% endif %}";
    reads(&p(&[until]), "Mở lớp, năm 2.017\nSửa mái\n");
    reads(&p(&["- {{ Kiến nghị }};"]), "- Mở lớp;\n- Sửa mái;\n");
    reads(&p(&["{{ advice | join }}"]), "Mở lớp; Sửa mái\n");
    let table = tbl(&[tr(&["{{ strengths.text }}", "{{ strengths.TT }}"])]);
    reads(&table, &format!("{DOTS}\n{DOTS}\n"));
    let both = fill(&p(&["{{ advice.text }} {{ strengths.text }}"])).unwrap_err();
    assert!(both.contains("chỉ lặp lại được theo một danh sách"), "{both}");
}

#[test]
fn loops_and_conditions_are_about_rows_paragraphs_or_words() {
    let three = [
        tr(&["{%tr for k in Kiến nghị %}", ""]),
        tr(&["{{ k.TT }}", "{{ k.text }}"]),
        tr(&["{%tr endfor %}", ""]),
    ];
    reads(&tbl(&three), "1\nMở lớp\n2\nSửa mái\n");
    let one = tr(&["{%tr for k in advice %}{{ k.TT }}", "{{ k.text }}{%tr endfor %}"]);
    reads(&tbl(&[one]), "1\nMở lớp\n2\nSửa mái\n");
    let paragraphs = [
        p(&["{%p for việc in Kiến nghị %}"]),
        p(&["{{ việc.Nội dung }}"]),
        p(&["{%p endfor %}"]),
        p(&["hết"]),
    ];
    reads(&paragraphs.concat(), "Mở lớp\nSửa mái\nhết\n");
    reads(&p(&["{% for k in advice %}{{ k }}, {% endfor %}hết"]), "Mở lớp, Sửa mái, hết\n");
    reads(
        &p(&["{% for k in advice %}", "{{ k }}/{{ advice.due }} {% endfor %}"]),
        &format!("Mở lớp/2.017 Sửa mái/{DOTS} \n"),
    );
    let chosen = "{% if Xếp loại = “tốt” and Dân số ≥ 8000 %}một{% elif leader %}hai{% else %}ba{% endif %}";
    reads(&p(&[chosen]), "một\n");
    // What is not known is neither more nor less than anything.
    reads(&p(&["{% if score &lt; 50 %}yếu{% else %}-{% endif %}{% if score >= 50 %}đạt{% endif %}"]), "-\n");
    reads(
        &p(&["{% if not clerk and (leader) and (strengths or rank != \"good\") %}a{% else %}b{% endif %}"]),
        "b\n",
    );
    let outer =
        [p(&["{%p if strengths %}"]), p(&["a"]), p(&["{%p else %}"]), p(&["b"]), p(&["{%p endif %}"])];
    reads(&outer.concat(), "b\n");
}

#[test]
fn what_is_wrong_is_told_with_the_placeholder_and_its_part() {
    for (inside, expected) in [
        (
            p(&["{{ Họ tên trưởng đoan ơi }}"]),
            "thân văn bản: “{{ Họ tên trưởng đoan ơi }}”: không có tên “Họ tên trưởng đoan ơi”; có phải “Họ tên trưởng đoàn”?",
        ),
        (
            p(&["{% if rank == 'good' %}{{ Dan so o }}{% endif %}"]),
            "“{{ Dan so o }}”: không có tên “Dan so o”; có phải “Dân số”?",
        ),
        (
            p(&["{% for k in strengths %}{{ k.txt }}{% endfor %}"]),
            "“{{ k.txt }}”: không có tên “txt”; có phải “text”?",
        ),
        (
            p(&["{{ Kiến nghị.Ở đâu }}"]),
            "không có tên “Ở đâu”; danh sách có: Nội dung; Thời hạn; Tăng, giảm; Tăng, giảm (%)",
        ),
        (p(&["{{ leader.text }}"]), "“{{ leader.text }}”: không có tên “text”"),
        (p(&["{{ leader"]), "“{{ leader”: chỗ điền không có dấu đóng }} trong cùng đoạn văn"),
        (p(&["{{ leader | uper }}"]), "không hiểu “uper”; viết {{ tên }}"),
        (p(&["{{ 1 + 1 }}"]), "không hiểu “+”"),
        (p(&["{{ leader() }}"]), "không hiểu “(”"),
        (p(&["{{ leader, rank }}"]), "không hiểu “,”"),
        (p(&["{% include 'x' %}"]), "không hiểu “include”"),
        (p(&["{% for k in leader %}{% endfor %}"]), "“leader” không phải là danh sách"),
        (p(&["{% if leader %}"]), "chưa có lệnh kết thúc"),
        (p(&["{% endif %}{{ leader }}"]), "chưa có lệnh mở đầu"),
        (p(&["{% if leader %}{% endfor %}"]), "không hợp với “{% if leader %}” ở trước"),
        (p(&["{%tr if leader %}"]), "“{%tr if leader %}” không nằm trong dòng nào của bảng"),
        (p(&["{% if leader %}"]) + &tbl(&[tr(&["{% endif %}"])]), "dùng {%tr … %} cho cả dòng"),
        (p(&["x {%p else %}"]), "phải đứng một mình"),
        (p(&["{% if Dân số > 8.000 %}{% endif %}"]), "chưa rõ “8.000” là số nào"),
        (p(&["{% if leader > 5 %}{% endif %}"]), "“>” chỉ so sánh được các số"),
        (p(&["không có gì"]), "không có chỗ điền {{ … }} nào"),
        ("<w:p>".into(), "tệp bị hỏng"),
    ] {
        let wrong = fill(&inside).expect_err(&inside);
        assert!(wrong.contains(expected) && wrong.lines().count() == 1, "{inside}\n{wrong}");
    }
    // All that is wrong is told at once, and where: in the header too.
    let mut parts = parts(&p(&["{{ a1 }} {{ b2 }}"]));
    parts.push((
        "word/header3.xml".into(),
        "<w:hdr xmlns:w=\"w\"><w:p><w:r><w:t>{{ c3 }}</w:t></w:r></w:p></w:hdr>".into(),
    ));
    let wrong = filled(parts, &told(&rows(), &advice()), Lang::En).unwrap_err();
    let wrong: Vec<&str> = wrong.iter().map(|why| &*why.en).collect();
    let expected = |part: &str, name: &str| format!("{part}: “{{{{ {name} }}}}”: there is no name “{name}”");
    assert_eq!(wrong, [expected("body", "a1"), expected("body", "b2"), expected("header", "c3")]);
}

#[test]
fn hostile_values_are_text() {
    reads(&p(&["{{ odd }}"]), "<b>&]]>␛[31m␀⏎hai\n");
    reads(&p(&["{{ \"&lt;w:p>{{ leader\" }}"]), "<w:p>{{ leader\n");
    reads(&p(&["{{ odd | upper }}"]), "<B>&]]>␛[31M␀⏎HAI\n");
}

#[test]
fn what_word_would_not_open_is_mended() {
    let alone = "<w:tc><w:tcPr/>".to_owned()
        + &p(&["{%p if clerk %}"])
        + &p(&["x"])
        + &p(&["{%p endif %}"])
        + "</w:tc>";
    let filled = fill(&tbl(&[format!("<w:tr>{alone}</w:tr>")])).unwrap();
    assert!(filled.contains("<w:tc><w:tcPr/><w:p/></w:tc>"), "{filled}");
    let gone =
        fill(&(tbl(&[tr(&["{%tr for k in strengths %}{{ k }}{%tr endfor %}"])]) + &p(&["hết"]))).unwrap();
    assert_eq!(gone, p(&["hết"]));
    let kept = "<w:tc><w:p/><w:bookmarkEnd/></w:tc>";
    assert!(
        fill(&format!("{}<w:tbl><w:tr>{kept}</w:tr></w:tbl>", p(&["{{ leader }}"]))).unwrap().contains(kept)
    );
}

#[test]
fn a_template_brings_nothing_else_with_it() {
    let whole = |name: &str, text: &str| {
        let mut parts = parts(&p(&["{{ leader }}"]));
        parts.push((name.into(), text.into()));
        filled(parts, &told(&rows(), &advice()), Lang::Vi).map_err(|wrong| wrong[0].vi.clone())
    };
    let relation = |kind: &str, mode: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"x/{kind}\" Target=\"http://x/\" TargetMode=\"{mode}\"/></Relationships>"
        )
    };
    let rels = "word/_rels/settings.xml.rels";
    assert!(whole(rels, &relation("hyperlink", "External")).is_ok());
    assert!(whole(rels, &relation("image", "Internal")).is_ok());
    for (name, text, expected) in [
        (rels, relation("attachedTemplate", "External"), "lấy “http://x/” từ nơi khác"),
        (rels, relation("image", "external"), "lấy “http://x/” từ nơi khác"),
        ("word/vbaProject.bin", String::new(), "có macro"),
        ("word/x.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>".into(), "DTD"),
        (
            "word/y.xml",
            "<w:p><w:instrText>INCLUDE</w:instrText><w:instrText>TEXT C:\\x</w:instrText></w:p>".into(),
            "INCLUDETEXT",
        ),
        (rels, relation("aFChunk", "Internal"), "nhúng nguyên một tệp khác"),
        (rels, relation("image", "External").replace('<', "\0<"), "bị hỏng"),
        (rels, relation("image", "External").replace("/>", "/></x>"), "lấy “http://x/” từ nơi khác"),
        ("word/z.xml", "<w:fldSimple w:instr=\" DDEAUTO c:\\x\"/>".into(), "DDEAUTO"),
    ] {
        let wrong = whole(name, &text).expect_err(name);
        assert!(wrong.contains(expected), "{wrong}");
    }
    // A template of Word becomes a document.
    let mut dotx = parts(&p(&["{{ leader }}"]));
    dotx[0].1 = b"<Types><Override ContentType=\"x.wordprocessingml.template.main+xml\"/></Types>".to_vec();
    let done = filled(dotx, &told(&rows(), &advice()), Lang::Vi).unwrap();
    assert!(String::from_utf8_lossy(&done[0].1).contains("wordprocessingml.document.main+xml"));
    assert!(
        filled(vec![("mimetype".into(), Vec::new())], &[], Lang::Vi).unwrap_err()[0]
            .vi
            .contains("không phải là văn bản Word")
    );
}

#[test]
fn a_template_does_not_run_for_ever() {
    let many = vec![vec![Cell::text("x"), Cell::Missing, Cell::Missing, Cell::Missing]; 2000];
    let facts = told(&rows(), &many);
    let nested = "{% for a in advice %}".repeat(6) + &"{% endfor %}".repeat(6);
    let wrong = filled(parts(&p(&[&nested])), &facts, Lang::Vi).unwrap_err();
    assert!(wrong[0].vi.contains("quá dài"), "{wrong:?}");
    let deep = format!("{{% if {}leader{} %}}{{% endif %}}", "(".repeat(400), ")".repeat(400));
    assert!(fill(&p(&[&deep])).unwrap_err().contains("không hiểu"));
    assert!(fill(&"<w:p>".repeat(100_000)).unwrap_err().contains("bị hỏng"));
    let nested = "{%p if leader %}".repeat(4000);
    assert!(fill(&p(&[&nested])).unwrap_err().contains("lồng nhau"));
    assert!(fill(&p(&["{{ leader }}"]).repeat(6000)).unwrap_err().contains("chỗ điền"));
}
