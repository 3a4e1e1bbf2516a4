//! A new rating scheme, as a person tells it: labels in one language and no codes. What is asked, and the record that it
//! becomes.

use super::faults;
use super::new_record::Questionnaire;
use crate::model::RecordKind;
use crate::model::asking::{Suggest, When};
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::field::{COUNT, Choice, Field, Form, Kind, Refers, field};
use crate::model::meaning::is_same;
use crate::model::scheme::{AppliesTo, Method, POINTS, Scheme, SchemeStatus};
use crate::model::settings::Labelled;
use crate::model::text::{Said, t};
use crate::model::tree::{Entry, Node, Value};
use crate::model::vietnamese::slug;
use crate::store::Store;
use crate::toml::{print, shipped};

/// What is to be known of a scheme.
pub const FIELDS: &[Field] = &[
    field("title", "Tên thang đánh giá", "Title", Kind::Text).required(),
    field("legal_ref", "Văn bản ban hành", "Decision", Kind::Form(Form::DocumentNumber)),
    field("status", "Độ tin cậy", "Confidence", SchemeStatus::KIND)
        .required()
        .suggest(Suggest::Word(SchemeStatus::Office.word()))
        .help(
            "Thang chưa xác nhận thì điều gì trái với thang chỉ là cảnh báo.",
            "What contradicts a scheme that is not verified is only a warning.",
        ),
    field("applies_to", "Áp dụng cho", "Applies to", AppliesTo::KIND)
        .suggest(Suggest::Word(AppliesTo::Centre.word())),
    field("method", "Cách đánh giá", "Method", Kind::Choice(METHODS))
        .required()
        .suggest(Suggest::Word(Method::Points.word())),
    field("valid_from", "Áp dụng từ ngày", "Valid from", Kind::Day),
    field("valid_to", "Áp dụng đến hết ngày", "Valid to", Kind::Day),
    field(
        CRITERION,
        "Tiêu chí",
        "Criterion",
        Kind::Rows(&[
            field("label", "Tên", "Name", Kind::Text).required(),
            field("max", "Điểm tối đa", "Maximum points", POINTS).when(BY_POINTS),
            field("level", "Mức độ", "Level", COUNT).when(BY_LEVELS).help(
                "Mức độ thấp nhất cần tiêu chí này, ví dụ 1.",
                "The lowest level that needs it, such as 1.",
            ),
            field("group", "Thuộc tiêu chí", "Part of", Kind::Text).rare(),
        ]),
    ),
    field(
        RANK,
        "Mức xếp loại",
        "Rank",
        Kind::Rows(&[
            field("label", "Tên", "Name", Kind::Text)
                .required()
                .help("Ghi từ mức cao xuống mức thấp.", "From the best to the worst."),
            field("min", "Điểm tối thiểu", "Minimum points", POINTS).when(BY_POINTS),
            field("level", "Mức độ", "Level", COUNT)
                .when(BY_LEVELS)
                .help("Bỏ trống nếu là mức không đạt.", "Left empty for the rank of what reaches no level."),
        ]),
    ),
];

const CRITERION: &str = "criterion";
const RANK: &str = "rank";

/// Target sets measure figures, and rate nobody.
const METHODS: &[Choice] = &[*Method::Points.choice(), *Method::Levels.choice()];
const BY_POINTS: When = When::With("method", Method::Points.word());
const BY_LEVELS: When = When::With("method", Method::Levels.word());

/// How a scheme is asked for.
pub const SCHEME: Questionnaire = Questionnaire {
    command: "add-scheme",
    fields: FIELDS,
    first: &["title"],
    heading: t("Thông tin về thang đánh giá", "The scheme"),
    judge,
    // Its id is one that no scheme has.
    there: |_, _| None,
};

/// What would be wrong with the record, by what was told.
fn judge(store: &Store, today: Day, told: &Node) -> Vec<Fault> {
    let file = store.register.file(RecordKind::Scheme, "new");
    let text = print::document(RecordKind::Scheme.fields(), &record(told));
    let mut faults = faults::of_text(store, today, &file, &text);
    for fault in &mut faults {
        fault.key = fault.key.as_deref().map(asked);
    }
    // A label stands in the record twice, and is one answer.
    faults.dedup_by(|fault, before| (fault.code, &fault.key) == (before.code, &before.key));
    faults
}

/// The key of what was asked for a key of the record.
pub fn asked(key: &str) -> String {
    let label = |row: &str| format!("{row}.label");
    match key.rsplit_once('.') {
        Some((row, "id")) => label(row),
        Some((above, "vi" | "en")) => above.to_owned(),
        None if key == "max" => CRITERION.to_owned(),
        _ => key.to_owned(),
    }
}

/// The record of what was told. Labels that a scheme of `data/` has too get the id and the English of that one.
pub fn record(told: &Node) -> Node<'static> {
    let mut record = Node::table();
    for Entry { key, node, .. } in told.entries() {
        record.put_at(
            key,
            match &**key {
                "title" => both(&Said::same(node.text().unwrap_or_default())),
                CRITERION => {
                    rows(node, |scheme| labelled(scheme.criterion.iter().map(|row| (&row.id, &row.label))))
                }
                RANK => rows(node, |scheme| labelled(scheme.rank.iter().map(|row| (&row.id, &row.label)))),
                _ => node.clone().into_owned(),
            },
        );
    }
    if let Some(sum) = told.get(CRITERION).and_then(sum) {
        record.put_at("max", sum);
    }
    record
}

/// What was told, with what a scheme usually has where nothing was.
pub fn with_usual(mut told: Node<'static>) -> Node<'static> {
    let has_levels =
        |key| told.get(key).is_some_and(|rows| rows.items().iter().any(|row| row.get("level").is_some()));
    let method = if has_levels(CRITERION) || has_levels(RANK) { Method::Levels } else { Method::Points };
    for row in FIELDS.iter().filter(|row| told.get(row.key).is_none()).collect::<Vec<_>>() {
        match row.asking.suggest {
            _ if row.key == "method" => told.put_at(row.key, Node::of_text(method.word())),
            Some(Suggest::Word(word)) => told.put_at(row.key, Node::of_text(word)),
            _ => continue,
        };
    }
    told
}

/// An id that no scheme has, for a record: by its decision, else by its title.
pub fn new_id(store: &Store, record: &Node) -> String {
    free(&id_of(record), '-', |id| store.has(Refers::Scheme, id))
}

/// The id that a record has if that is free.
pub fn id_of(record: &Node) -> String {
    let by = ["legal_ref", "title.vi"].map(|key| {
        let words = record.at(key).and_then(Node::text).unwrap_or_default();
        short(&slug(words), '-')
    });
    by.into_iter().find(|id| !id.is_empty()).unwrap_or_default()
}

/// The sum of the maxima, if each criterion has one.
fn sum(criteria: &Node) -> Option<Node<'static>> {
    let max = |row: &Node| match row.get("max")?.value {
        Value::Int(points) => Some(points as f64),
        Value::Float(points) => Some(points),
        _ => None,
    };
    let maxima = criteria.items().iter().map(max).collect::<Option<Vec<f64>>>()?;
    let sum: f64 = maxima.iter().sum();
    let whole = sum.fract() == 0.0;
    (!maxima.is_empty()).then(|| Node::new(if whole { Value::Int(sum as i64) } else { Value::Float(sum) }))
}

fn labelled<'s>(rows: impl Iterator<Item = (&'s String, &'s Said)>) -> Vec<Labelled> {
    rows.map(|(id, label)| Labelled { id: id.clone(), label: label.clone() }).collect()
}

/// Rows with ids, and with labels in both languages.
fn rows(told: &Node, known: fn(&Scheme) -> Vec<Labelled>) -> Node<'static> {
    let all = shipped::SCHEMES.iter().filter_map(|(id, _)| shipped::scheme(id));
    let all: Vec<Labelled> = all.flat_map(|scheme| known(&scheme.body)).collect();
    let mut taken: Vec<String> = Vec::new();
    let row = |row: &Node| {
        let mut with_id = Node::table();
        if let Some(label) = row.get("label").and_then(Node::text) {
            let Labelled { id, label } = named(&all, label);
            let id = free(&id, '_', |id| taken.iter().any(|other| other == id));
            with_id.put_at("id", Node::of_text(id.as_str()));
            with_id.put_at("label", both(&label));
            taken.push(id);
        }
        for Entry { key, node, .. } in row.entries().iter().filter(|entry| entry.key != "label") {
            let node = node.clone().into_owned();
            let group = node.text().filter(|_| key == "group").map(|words| both(&Said::same(words)));
            with_id.put_at(key, group.unwrap_or(node));
        }
        with_id
    };
    Node::new(Value::List(told.items().iter().map(row).collect()))
}

/// The id and the label in both languages for a label that was told.
fn named(known: &[Labelled], told: &str) -> Labelled {
    let is = |row: &&Labelled| is_same(told, &row.label.vi) || is_same(told, &row.label.en);
    known.iter().find(is).cloned().unwrap_or_else(|| {
        let word = short(&slug(told), '-').replace('-', "_");
        Labelled { id: word, label: Said::same(told) }
    })
}

/// The greatest length of an id that is made from words.
const SHORT: usize = 40;

/// The first words of an id.
fn short(id: &str, between: char) -> String {
    let cut = &id[..id.len().min(SHORT)];
    let whole = if cut.len() < id.len() { cut.rfind(between) } else { None };
    cut[..whole.unwrap_or(cut.len())].to_owned()
}

/// An id that is not taken and can be one: with a number behind it, if need be.
fn free(id: &str, between: char, is_taken: impl Fn(&str) -> bool) -> String {
    let fits = |id: &String| Form::Slug.fits(&id.replace('_', "-")) && !is_taken(id);
    let numbered = |n: usize| if id.is_empty() { format!("m{n}") } else { format!("{id}{between}{n}") };
    [id.to_owned()].into_iter().chain((2..100).map(numbered)).find(fits).unwrap_or_default()
}

/// A text in both languages.
fn both(said: &Said) -> Node<'static> {
    let mut node = Node::table();
    node.put_at("vi", Node::of_text(said.vi.as_str()));
    node.put_at("en", Node::of_text(said.en.as_str()));
    node
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Node<'static> {
        crate::toml::raw_tree(text).into_owned()
    }

    fn written(text: &str) -> String {
        print::document(RecordKind::Scheme.fields(), &record(&told(text)))
    }

    #[test]
    fn labels_get_ids_of_their_own_and_known_ones_those_that_are_known() {
        let text = written(
            "title = \"Thang của Sở\"\n[[criterion]]\nlabel = \"bộ máy quản lý\"\nmax = 20.5\n[[criterion]]\nlabel = \"Con\"\nmax = 30\n\
             [[criterion]]\nlabel = \"Sổ sách\"\nmax = 9\n[[criterion]]\nlabel = \"Sổ sách\"\nmax = 1\n[[rank]]\nlabel = \"Tốt\"\nmin = 50\n",
        );
        for part in [
            "title = { vi = \"Thang của Sở\", en = \"Thang của Sở\" }",
            "max = 60.5",
            "id = \"management\"\nlabel = { vi = \"Bộ máy quản lý\", en = \"Management\" }",
            "id = \"con_2\"",
            "id = \"so_sach\"",
            "id = \"so_sach_2\"",
            "id = \"good\"\nlabel = { vi = \"Tốt\", en = \"Good\" }",
        ] {
            assert!(text.contains(part), "{part}\nis not in\n{text}");
        }
    }

    #[test]
    fn the_maximum_is_known_only_where_every_criterion_has_one() {
        let max = |text| record(&told(text)).get("max").is_some();
        assert!(max("[[criterion]]\nlabel = \"A\"\nmax = 20\n"));
        assert!(!max("[[criterion]]\nlabel = \"A\"\nmax = 20\n[[criterion]]\nlabel = \"B\"\n"));
    }

    #[test]
    fn what_is_usual_follows_from_what_was_told() {
        let told = with_usual(told("title = \"A\"\n[[criterion]]\nlabel = \"B\"\nlevel = 1\n"));
        assert_eq!(
            (told.get("method").and_then(Node::text), told.get("status").and_then(Node::text)),
            (Some("levels"), Some("office"))
        );
    }

    #[test]
    fn an_id_has_whole_words() {
        assert_eq!(
            short("huong-dan-danh-gia-xep-loai-trung-tam-hoc-tap", '-'),
            "huong-dan-danh-gia-xep-loai-trung-tam"
        );
        assert_eq!(asked("criterion[1].label.en"), "criterion[1].label");
        assert_eq!(asked("rank[0].id"), "rank[0].label");
    }
}
