//! Records as they must look, to the letter.

use super::*;
use crate::model::day::{Day, Time};
use crate::model::unit::Unit;
use crate::model::{centre, visit};

fn tree(entries: Vec<(&str, Value<'static>)>) -> Node<'static> {
    let mut tree = Node::table();
    for (path, value) in entries {
        assert!(tree.put_at(path, Node::new(value)), "{path}");
    }
    tree
}

fn word(text: &'static str) -> Value<'static> {
    Value::Text(text.into())
}

fn words(texts: &[&'static str]) -> Value<'static> {
    Value::List(texts.iter().map(|text| Node::new(word(text))).collect())
}

fn drawn(tree: &Node, fields: &'static [Field], style: &Style) -> String {
    let mut register = Register::default();
    let name = "Yên Thanh".to_owned();
    register.units.body.unit.push(Unit { id: "yen-thanh".into(), name, ..Unit::default() });
    text(&Shown { tree, fields, register: &register }, style)
}

#[test]
fn a_visit_reads_like_its_minutes() {
    let tree = tree(vec![
        ("date", Value::Day(Day::new(2016, 10, 27).unwrap())),
        ("centre", word("yen-thanh")),
        ("starts", Value::Time(Time::new(8, 0, 0).unwrap())),
        ("agenda", words(&["Hồ sơ", "Cơ sở vật chất của trung tâm và các nhà văn hoá thôn, khu"])),
        ("populaton", Value::Int(8521)),
        ("team[0].name", word("Nguyễn Văn A")),
        ("team[0].role", word("lead")),
        ("team[1].name", word("Trần Thị B\u{1b}[31m")),
        ("team[1].role", word("boss")),
        ("context.population", Value::Int(8521)),
        ("facilities.area_m2", Value::Float(120.5)),
        ("activity.field.law.classes", Value::Int(12)),
        ("activity.field.law.attendances", Value::Int(1412)),
        ("finance.spent", Value::Int(42_350_000)),
        ("recommendation.r1.to", word("commune")),
        ("recommendation.r1.text", word("Bố trí trụ sở.\nMua thêm sách.")),
        ("minutes.signed_by_lead", Value::Bool(true)),
        ("extra.weather", word("mưa")),
    ]);
    assert_eq!(
        drawn(&tree, visit::FIELDS, &Style { width: 60, ..Style::default() }),
        "\
Trung tâm          yen-thanh
Ngày kiểm tra      27/10/2016
Bắt đầu lúc        08:00
Nội dung làm việc  – Hồ sơ
                   – Cơ sở vật chất của trung tâm và các nhà
                     văn hoá thôn, khu
populaton          8521

Đoàn kiểm tra
  1. Họ và tên            Nguyễn Văn A
     Nhiệm vụ trong đoàn  trưởng đoàn
  2. Họ và tên            Trần Thị B␛[31m
     Nhiệm vụ trong đoàn  boss

Số liệu chung
  Dân số  8.521

Cơ sở vật chất
  Diện tích  120,5 m²

Hoạt động
  Lĩnh vực
    law  Số lớp, chuyên đề: 12; Lượt người: 1.412

Kinh phí
  Tổng chi  42.350.000 đồng

Kiến nghị
  r1
    Nơi thực hiện  UBND cấp xã
    Nội dung       Bố trí trụ sở.
                   Mua thêm sách.

Biên bản
  Trưởng đoàn đã ký  có

Ghi thêm
  weather  mưa
"
    );
}

#[test]
fn a_centre_in_english_on_plain_ascii() {
    let tree = tree(vec![
        ("name", word("TTHTCĐ Yên Thanh")),
        ("unit", word("yen-thanh")),
        ("founded.date", Value::Day(Day::new(2008, 3, 1).unwrap())),
        ("founded.decision", word("123/QĐ-UBND")),
        ("person[0].name", word("Lê Thị C")),
        ("person[0].posts", words(&["director", "commune_vice_chair"])),
        ("status", Value::List(Vec::new())),
        ("facilities.computers", word("five")),
    ]);
    let style = Style { lang: Lang::En, ascii: true, ..Style::default() };
    assert_eq!(
        drawn(&tree, centre::FIELDS, &style),
        "\
Name     TTHTCĐ Yên Thanh
Unit     Yên Thanh (yen-thanh)
Founded  Date: 2008-03-01; Decision: 123/QĐ-UBND
Status   none

People
  1. Name   Lê Thị C
     Posts  director of the centre, vice-chair of the People's Committee

Facilities
  Computers  five
"
    );
}

#[test]
fn json_keeps_the_keys_and_the_order_of_the_file() {
    let moment = Value::OtherTime("2016-10-27T08:00:00Z".into());
    let tree = tree(vec![("b", Value::Float(1.5)), ("a.x", words(&["đ"])), ("c", moment)]);
    let register = Register::default();
    let shown = Shown { tree: &tree, fields: &[], register: &register };
    let value: json::Json = json(&shown).parse().unwrap();
    assert_eq!(value.to_string(), r#"{"b":1.5,"a":{"x":["đ"]},"c":"2016-10-27T08:00:00Z"}"#);
}
