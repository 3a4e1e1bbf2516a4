//! Official documents as Word files: what Nghị định 30/2020/NĐ-CP says of their form is read from the file itself.

use crate::fresh::{example, fresh};
use crate::transcript::{TTHT, root};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::{Cursor, read_to_string};
use std::process::Command;
use ttht::model::day::Day;
use ttht::model::document::{Block, Document, Foot, Head, Level, Signature};
use ttht::model::picture::{Coding, Picture};
use ttht::model::table::{Cell, Column, ColumnKind, Table};
use ttht::model::text::{Lang, Said, t};
use ttht::render::{Format, Style};

/// What a paragraph looks like: `sz`, `b`, `jc`, `spacing.after` … as its styles and itself say.
type Looks = BTreeMap<String, String>;

/// A paragraph of a Word file.
#[derive(Clone, Debug, Default)]
struct Line {
    text: String,
    looks: Looks,
    /// The row of a table and the cell that it stands in, counted over the whole file.
    place: Option<(usize, usize)>,
    /// The page of its section: `11906 × 16838`, known at the end of the section.
    page: String,
}

/// What is read of a Word file.
struct Paper {
    lines: Vec<Line>,
    /// Rows that may break over pages, and rows that are repeated on each.
    breaking: usize,
    repeated: usize,
    /// The whole text of each part.
    parts: BTreeMap<String, String>,
}

fn tag(tag: &BytesStart) -> (String, Looks) {
    let name = |name: &str| name.trim_start_matches("w:").to_owned();
    let values = tag.attributes().map(|value| {
        let value = value.unwrap();
        (name(value.key.as_ref()), value.value.into_owned())
    });
    (name(tag.name().as_ref()), values.collect())
}

/// Notes what a tag says of looks.
fn note(looks: &mut Looks, name: &str, values: &Looks) {
    for (key, value) in values {
        looks.insert(if key == "val" { name.to_owned() } else { format!("{name}.{key}") }, value.clone());
    }
    if values.is_empty() {
        looks.insert(name.to_owned(), "1".into());
    }
}

/// Every style, with what it has of the one that it is based on.
fn styles(xml: &str) -> BTreeMap<String, Looks> {
    let (mut all, mut id) = (BTreeMap::<String, Looks>::new(), String::new());
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return all,
            Event::Start(start) | Event::Empty(start) => {
                let (name, values) = tag(&start);
                match name.as_str() {
                    "style" => {
                        id = values["styleId"].clone();
                        let whole = all.get("").cloned().unwrap_or_default();
                        all.insert(id.clone(), whole);
                    }
                    "basedOn" => {
                        let base = all[&values["val"]].clone();
                        all.insert(id.clone(), base);
                    }
                    _ => note(all.entry(id.clone()).or_default(), &name, &values),
                }
            }
            _ => {}
        }
    }
}

fn read(file: &[u8]) -> Paper {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            parts.insert(name, read_to_string(part).unwrap());
        }
    }
    let styles = styles(&parts["word/styles.xml"]);
    let mut paper = Paper { lines: Vec::new(), breaking: 0, repeated: 0, parts: BTreeMap::new() };
    let (mut row, mut cell, mut deep, mut words) = (0, 0, 0, false);
    let mut fixed = false;
    let mut reader = Reader::from_str(&parts["word/document.xml"]);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => {
                let (name, values) = tag(&start);
                let line = paper.lines.last_mut();
                match name.as_str() {
                    "tbl" => deep += 1,
                    "tr" => (row, fixed) = (row + 1, false),
                    "tc" => cell += 1,
                    "cantSplit" => fixed = true,
                    "tblHeader" => paper.repeated += 1,
                    "p" => paper.lines.push(Line {
                        looks: styles["Normal"].clone(),
                        place: (deep > 0).then_some((row, cell)),
                        ..Line::default()
                    }),
                    "pStyle" => line.unwrap().looks = styles[&values["val"]].clone(),
                    "t" => words = true,
                    "br" => line.unwrap().text.push('\n'),
                    "tab" => line.unwrap().text.push('\t'),
                    "pgSz" => {
                        let page = format!("{} × {}", values["w"], values["h"]);
                        paper.lines.iter_mut().filter(|line| line.page.is_empty()).for_each(|line| {
                            line.page.clone_from(&page);
                        });
                    }
                    _ => line.into_iter().for_each(|line| note(&mut line.looks, &name, &values)),
                }
            }
            Event::End(end) => match end.name().as_ref() {
                "w:tbl" => deep -= 1,
                "w:t" => words = false,
                "w:tr" if !fixed => paper.breaking += 1,
                _ => {}
            },
            Event::Text(text) if words => {
                paper.lines.last_mut().unwrap().text.push_str(&text.xml10_content());
            }
            Event::GeneralRef(entity) => {
                let letter = match &*entity {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("{other}"),
                };
                paper.lines.last_mut().unwrap().text.push_str(letter);
            }
            _ => {}
        }
    }
    Paper { parts, ..paper }
}

impl Paper {
    /// The only paragraph with this text.
    fn line(&self, text: &str) -> &Line {
        self.lines.iter().find(|line| line.text == text).unwrap_or_else(|| {
            panic!("no {text:?} in {:#?}", self.lines.iter().map(|line| &line.text).collect::<Vec<_>>())
        })
    }

    /// The paragraph after it.
    fn below(&self, text: &str) -> &Line {
        let at = self.lines.iter().position(|line| line.text == text).unwrap();
        &self.lines[at + 1]
    }
}

impl Line {
    fn is(&self, looks: &str) {
        for look in looks.split(' ') {
            let (key, value) = look.split_once('=').unwrap_or((look, "1"));
            let value = value.replace('·', " ");
            let (key, wanted) = match key.strip_prefix('!') {
                Some(key) => (key, None),
                None => (key, Some(value.as_str())),
            };
            assert_eq!(self.looks.get(key).map(String::as_str), wanted, "{key} of {:?}", self.text);
        }
    }

    fn number(&self, key: &str) -> usize {
        self.looks.get(key).map_or(0, |value| value.parse().unwrap())
    }
}

fn made_up() -> Document {
    let column = |key: &str, label, kind| Column::new(key, label, kind);
    let mut columns = vec![column("unit", t("Đơn vị", "Unit"), ColumnKind::Text)];
    columns.extend((1..=3).map(|at| {
        let label = Said { vi: format!("Số lượt lớp {at}"), en: format!("Classes {at}") };
        Column::new(format!("n{at}"), label, ColumnKind::Count)
    }));
    let row = |at: i64| {
        vec![
            Cell::text(format!("Phường minh hoạ {at}")),
            Cell::Count(at),
            Cell::Count(1234 * at),
            Cell::Missing,
        ]
    };
    let small = Table {
        name: "classes".into(),
        title: t("Số lớp minh hoạ", "Classes, made up").into(),
        rows: (1..=3).map(row).collect(),
        total: Some(vec![Cell::text("Tổng cộng"), Cell::Count(6), Cell::Count(7404), Cell::Missing]),
        notes: vec![t("Số liệu minh hoạ.", "The figures are made up.").into()],
        columns: columns.clone(),
        ..Table::default()
    };
    let long = Table {
        rows: (1..=60).map(row).collect(),
        name: "long".into(),
        title: t("Bảng dài", "A long table").into(),
        ..small.clone()
    };
    let wide = |columns_of: usize| {
        let mut wide = small.clone();
        wide.title = Said::same(format!("{columns_of} cột"));
        for at in 4..columns_of {
            wide.columns.push(column(
                &format!("n{at}"),
                t("Chứng chỉ nghề nghiệp", "Certificates"),
                ColumnKind::Count,
            ));
            wide.rows.iter_mut().chain(&mut wide.total).for_each(|row| row.push(Cell::Count(1_234_567)));
        }
        wide
    };
    let signature = |role, name: &str| Signature { role, name: name.into() };
    let photo = Picture {
        file: "photos/minh-hoa.png".into(),
        coding: Coding::Png,
        bytes: std::fs::read(root().join("tests/pictures/wide.png")).unwrap().into(),
        width: 2000,
        height: 50,
        caption: Said::same("Ảnh minh hoạ <b> & ]]> \u{1} ".to_owned() + &"dài ".repeat(1250)),
    };
    let text = "Trong kỳ, các trung tâm học tập cộng đồng minh hoạ mở nhiều lớp, thu hút nhiều lượt người học tham gia; \
                hồ sơ được lưu theo quy định.";
    Document {
        name: "made-up".into(),
        head: Some(Head {
            parent: "Uỷ ban nhân dân thành phố Minh Hoạ".into(),
            office: "Phòng Giáo dục và Đào tạo thành phố Minh Hoạ".into(),
            number: t("Số: 03/BC-PGDĐT", "No. 03/BC-PGDĐT").into(),
            dateline: t("Minh Hoạ, ngày 06 tháng 01 năm 2017", "Minh Hoạ, 6 January 2017").into(),
            subject: t("Kết quả kiểm tra các trung tâm học tập cộng đồng", "Results of the inspection")
                .into(),
        }),
        title: t("BÁO CÁO", "REPORT").into(),
        blocks: vec![
            Block::Bases(vec![
                Said::same("Căn cứ Kế hoạch số 01/KH-PGDĐT"),
                Said::same("Căn cứ tình hình thực tế;"),
            ]),
            Block::Heading(Level::Part, t("I. KẾT QUẢ", "I. RESULTS").into()),
            Block::Heading(Level::Section, t("1. Hoạt động", "1. Activities").into()),
            Block::Paragraph(Said::same(text)),
            Block::Table(Box::new(small.clone())),
            Block::Heading(Level::Point, t("a) Hạn chế", "a) Shortcomings").into()),
            Block::List(vec![Said::same("Hồ sơ < đủ > & rõ"), Said::same("Sổ sách =1+1")]),
            Block::Dots(2),
            Block::Picture(photo),
            Block::Table(Box::new(wide(12))),
            Block::Paragraph(Said::same("Trên đây là báo cáo minh hoạ./.")),
            Block::Foot(Foot {
                signatures: vec![signature(
                    t("KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG", "FOR THE HEAD").into(),
                    "Nguyễn Minh Hoạ",
                )],
                recipients: vec![Said::same("Như trên"), Said::same("Lưu: VT")],
            }),
            Block::Annex(t("PHỤ LỤC", "ANNEX").into(), Said::default()),
            Block::Paragraph(Said::same("Danh sách minh hoạ.")),
            Block::Annex(
                t("PHỤ LỤC I", "ANNEX I").into(),
                t("(Kèm theo Báo cáo số 03/BC-PGDĐT)", "(To report 03)").into(),
            ),
            Block::Table(Box::new(wide(14))),
            Block::Annex(t("PHỤ LỤC II", "ANNEX II").into(), t("(Kèm theo)", "(To it)").into()),
            Block::Table(Box::new(long)),
            Block::Foot(Foot {
                signatures: vec![
                    signature(t("ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "FOR THE CENTRE").into(), "Trần Minh Hoạ"),
                    signature(t("THƯ KÝ", "SECRETARY").into(), ""),
                    signature(t("TM. ĐOÀN KIỂM TRA\nTRƯỞNG ĐOÀN", "FOR THE TEAM").into(), "Lê Minh Hoạ"),
                ],
                recipients: Vec::new(),
            }),
        ],
    }
}

fn drawn(document: &Document, format: &str, lang: Lang) -> Vec<u8> {
    let style = Style { lang, made: Day::new(2017, 1, 6), ..Style::default() };
    (Format::of_extension(format).unwrap().draw)(document, &style).unwrap()
}

/// The points of the regulation, in a made-up report.
#[test]
fn a_report_has_the_form_of_official_documents() {
    let file = drawn(&made_up(), "docx", Lang::Vi);
    assert_eq!(file, drawn(&made_up(), "docx", Lang::Vi), "the same document is the same file");
    let paper = read(&file);
    let document = &paper.parts["word/document.xml"];

    // the page: A4 upright, on its side only for an annex that is too wide; margins; letters; numbers from page 2
    assert_eq!(paper.line("BÁO CÁO").page, "11906 × 16838");
    assert_eq!(paper.line("12 cột").page, "11906 × 16838", "a wide table in the text is told in parts");
    assert_eq!(paper.line("PHỤ LỤC I").page, "16838 × 11906");
    assert_eq!(paper.line("PHỤ LỤC II").page, "11906 × 16838");
    let margins = "w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\" w:left=\"1701\"";
    assert_eq!((document.matches(margins).count(), document.matches("<w:pgMar ").count()), (3, 3));
    for line in &paper.lines {
        line.is("rFonts.ascii=Times·New·Roman rFonts.hAnsi=Times·New·Roman rFonts.cs=Times·New·Roman !color");
    }
    assert!(paper.parts["word/header.xml"].contains(" PAGE "));
    assert_eq!(document.matches("<w:titlePg/>").count(), 1, "only the first page has no number");
    assert!(document.split("</w:sectPr>").next().unwrap().ends_with("<w:titlePg/>"));
    let numbers = styles(&paper.parts["word/styles.xml"])["Header"].clone();
    Line { looks: numbers, ..Line::default() }.is("jc=center sz=26 !i !b");

    // the head: two columns without lines
    let left = paper.line("UỶ BAN NHÂN DÂN\nTHÀNH PHỐ MINH HOẠ");
    left.is("sz=24 jc=center !b");
    let office = paper.line("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nTHÀNH PHỐ MINH HOẠ");
    office.is("sz=24 jc=center b");
    let country = paper.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    country.is("sz=24 jc=center b");
    let motto = paper.line("Độc lập - Tự do - Hạnh phúc");
    motto.is("sz=26 jc=center b !i");
    let places = [left, office, country, motto].map(|line| line.place.unwrap());
    assert_eq!(places, [(1, 1), (1, 1), (1, 2), (1, 2)], "the first row of a table");
    let first = document.split("</w:tbl>").next().unwrap();
    assert!(!first.contains("tblBorders"), "without lines");
    let widths: Vec<usize> = first
        .split("<w:gridCol w:w=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect();
    let rule = |line: &Line, column: usize| {
        line.is("pBdr top=single");
        column - line.number("ind.left") - line.number("ind.right")
    };
    // in Times New Roman, bold, of 13 points, that line is 158.6 points long
    assert!((3150..=3190).contains(&rule(paper.below(&motto.text), widths[1])), "as long as the line");
    assert!(
        (1250..=1900).contains(&rule(paper.below(&office.text), widths[0])),
        "a third to a half of the line"
    );
    paper.line("Số: 03/BC-PGDĐT").is("sz=26 jc=center !b !i");
    paper.line("Minh Hoạ, ngày 06 tháng 01 năm 2017").is("sz=26 jc=center i !b");

    // title and text
    paper.line("BÁO CÁO").is("sz=28 jc=center b");
    let subject = "Kết quả kiểm tra các trung tâm học tập cộng đồng";
    paper.line(subject).is("sz=28 jc=center b");
    assert!((1900..=2900).contains(&rule(paper.below(subject), 9354)), "a third to a half of it");
    let text = paper.lines.iter().find(|line| line.text.starts_with("Trong kỳ")).unwrap();
    text.is("sz=26 jc=both ind.firstLine=720 spacing.after=120 spacing.line=240 spacing.lineRule=auto !b !i");
    for basis in ["Căn cứ Kế hoạch số 01/KH-PGDĐT;", "Căn cứ tình hình thực tế."] {
        paper.line(basis).is("i jc=both ind.firstLine=720 spacing.after=120");
    }
    for heading in ["I. KẾT QUẢ", "1. Hoạt động"] {
        paper.line(heading).is("b keepNext ind.firstLine=720");
    }
    paper.line("a) Hạn chế").is("!b keepNext ind.firstLine=720");
    paper.line("- Hồ sơ < đủ > & rõ").is("jc=both ind.firstLine=720");
    let dots: Vec<&Line> = paper.lines.iter().filter(|line| line.text == "\t").collect();
    assert_eq!(dots.len(), 2);
    dots.iter().for_each(|line| line.is("tab.leader=dot tab.pos=9354"));

    // the foot
    paper.line("Trên đây là báo cáo minh hoạ./.").is("keepNext jc=both ind.firstLine=720");
    paper.line("Nơi nhận:").is("sz=24 b i");
    for recipient in ["- Như trên;", "- Lưu: VT."] {
        paper.line(recipient).is("sz=22 !b !i");
    }
    let role = paper.line("KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG");
    role.is("sz=26 b jc=center keepNext");
    let name = paper.line("Nguyễn Minh Hoạ");
    name.is("sz=26 b jc=center spacing.before=1200");
    assert_eq!(role.place, name.place, "below each other, right of the recipients");
    assert_eq!(paper.line("Nơi nhận:").place.unwrap().1 + 1, role.place.unwrap().1);
    let names = ["Trần Minh Hoạ", "Lê Minh Hoạ"].map(|name| paper.line(name).place.unwrap().0);
    assert_eq!(names[0], names[1], "names stand in a row of their own");
    paper.line("- Như trên;").is("keepNext");

    // what stays together, and annexes
    assert_eq!(paper.breaking, 0, "no row breaks");
    assert_eq!(paper.repeated, 5, "the head of each table is repeated, and of each part of a wide one");
    paper.line("PHỤ LỤC I").is("pageBreakBefore b jc=center");
    paper.line("(Kèm theo)").is("i jc=center");
}

#[test]
fn the_papers_of_the_example_have_that_form() {
    let folder = fresh();
    example(&folder.path().join("so"));
    for (words, title) in
        [(["minutes", "2016-10-27-yen-thanh"], "BIÊN BẢN"), (["campaign", "2016-2017"], "BÁO CÁO")]
    {
        let file = folder.path().join(words[0]).with_extension("docx");
        let mut call = Command::new(TTHT);
        call.args(["-C", "so", "--lang", "vi", "--today", "2017-12-01", "report"])
            .args(words)
            .arg("-o")
            .arg(&file);
        let done = call.current_dir(folder.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let paper = read(&std::fs::read(file).unwrap());
        paper.line("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nTHÀNH PHỐ UÔNG BÍ").is("sz=24 jc=center b");
        paper.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").is("sz=24 jc=center b");
        paper.line("Độc lập - Tự do - Hạnh phúc").is("sz=26 jc=center b");
        paper.line(title).is("sz=28 jc=center b");
        let number = paper.lines.iter().find(|line| line.text.starts_with("Số: ")).unwrap();
        number.is("sz=26 jc=center !b");
        assert_eq!((number.place.unwrap().0, paper.breaking), (2, 0), "in the head; no row breaks");
        assert_eq!(paper.lines[0].page, "11906 × 16838");
        let text = |line: &&Line| line.looks.contains_key("ind.firstLine");
        for line in paper.lines.iter().filter(text) {
            line.is("sz=26 jc=both ind.firstLine=720 spacing.after=120");
        }
    }
}

#[test]
fn what_records_say_is_text_in_a_paper() {
    for lang in [Lang::Vi, Lang::En] {
        let paper = read(&drawn(&made_up(), "docx", lang));
        let caption = paper.lines.iter().find(|line| line.text.starts_with("Ảnh minh hoạ")).unwrap();
        assert!(caption.text.starts_with("Ảnh minh hoạ <b> & ]]> ␁ dài dài"), "{}", &caption.text[..60]);
        assert!(caption.text.chars().count() > 5000);
        assert!(paper.parts["docProps/core.xml"].contains("2017-01-06T00:00:00Z"));
        let page = String::from_utf8(drawn(&made_up(), "html", lang)).unwrap();
        assert!(page.contains("<figcaption>Ảnh minh hoạ &lt;b&gt; &amp; ]]&gt; ␁ dài"));
        assert!(page.contains(" src=\"data:image/png;base64,iVBOR"));
    }
}

/// The text of a document is the same in all formats.
#[test]
fn every_format_says_the_same() {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
    for (lang, said) in [
        (
            Lang::Vi,
            ["Độc lập - Tự do - Hạnh phúc", "Căn cứ tình hình thực tế.", "Nơi nhận: - Như trên; - Lưu: VT."],
        ),
        (
            Lang::En,
            [
                "Independence - Freedom - Happiness",
                "Căn cứ tình hình thực tế.",
                "Recipients: - Như trên; - Lưu: VT.",
            ],
        ),
    ] {
        for format in ["docx", "html", "md", "txt"] {
            let file = drawn(&made_up(), format, lang);
            let text = match format {
                "docx" => read(&file).lines.iter().map(|line| line.text.clone() + "\n").collect(),
                _ => String::from_utf8(file).unwrap(),
            };
            let text = words(&text.replace("<p>", " ").replace("</p>", " ").replace(['*', '\\'], ""));
            for part in said.iter().chain(&["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO THÀNH PHỐ MINH HOẠ"]) {
                assert!(text.contains(part), "{format} {part}\n{text}");
            }
        }
        let json: serde_json::Value = serde_json::from_slice(&drawn(&made_up(), "json", lang)).unwrap();
        let kinds: Vec<&str> =
            json["blocks"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
        assert_eq!(
            kinds.join(" "),
            "bases heading heading paragraph table heading list dots picture table paragraph foot annex paragraph annex table annex table foot"
        );
        assert_eq!((&json["blocks"][9]["table"], &json["tables"][1]["title"]), (&1.into(), &"12 cột".into()));
        assert_eq!(json["head"]["office"], "Phòng Giáo dục và Đào tạo thành phố Minh Hoạ");
    }
}
