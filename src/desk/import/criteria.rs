//! Tables of criteria and of ranks, as one scheme. They may stand in several files or sheets, below or beside each other; the
//! headings are looked for in every row.

use super::guess::{is_called, is_total};
use super::opened::Sent;
use super::rows::{Filled, FilledRow, Given};
use super::wishes::Wishes;
use crate::desk::commit::Pen;
use crate::desk::new_record::text_at;
use crate::desk::new_scheme::{asked, id_of, record, with_usual};
use crate::model::RecordKind;
use crate::model::field::COUNT;
use crate::model::form::is_document_number;
use crate::model::meaning::mentions;
use crate::model::number::{decimal, many};
use crate::model::numeral;
use crate::model::path::{Step, item_below, key_below, written};
use crate::model::scheme::POINTS;
use crate::model::sheet::{Held, Sheet, SheetRow};
use crate::model::text::{Lang, Said};
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::{compose, fold};
use crate::say;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A table: the list of the scheme that it fills, and what its columns are called, with their keys. The first names the rows.
struct Part {
    list: &'static str,
    columns: &'static [(&'static str, &'static [&'static str])],
}

const PARTS: &[Part] = &[
    Part {
        list: "criterion",
        columns: &[
            (
                LABEL,
                &[
                    "Tiêu chí",
                    "Tên tiêu chí",
                    "Tiêu chí đánh giá",
                    "Nội dung",
                    "Nội dung đánh giá",
                    "Criterion",
                    "Criteria",
                ],
            ),
            (
                "max",
                &[
                    "Điểm tối đa",
                    "Điểm chuẩn",
                    "Thang điểm",
                    "Mức điểm",
                    "Điểm",
                    "Số điểm",
                    "Maximum",
                    "Maximum points",
                    "Points",
                ],
            ),
            LEVELS,
            (GROUP, &["Nhóm", "Nhóm tiêu chí", "Thuộc tiêu chí", "Group"]),
        ],
    },
    Part {
        list: "rank",
        columns: &[
            (LABEL, &["Xếp loại", "Mức xếp loại", "Loại", "Mức", "Kết quả", "Rank"]),
            (
                "min",
                &[
                    "Từ điểm",
                    "Điểm từ",
                    "Từ",
                    "Điểm tối thiểu",
                    "Khoảng điểm",
                    "Điểm",
                    "Số điểm",
                    "Tổng điểm",
                    "From",
                    "From points",
                    "Points",
                ],
            ),
            LEVELS,
        ],
    },
];

const LABEL: &str = "label";
const GROUP: &str = "group";
const LEVELS: (&str, &[&str]) = ("level", &["Mức độ", "Cấp độ", "Level"]);

/// What people call a scheme, where they say which table is sent.
const CALLED: &[&str] = &["schemes", "scheme", "thang đánh giá", "thang điểm", "rating scheme"];

/// Where the columns of a table stand in a sheet, and its headings.
struct Head {
    part: &'static Part,
    /// The columns, by their keys.
    columns: BTreeMap<&'static str, usize>,
}

/// True for a sheet that is sent as a scheme and has its headings.
pub fn is_scheme(wishes: &Wishes, sent: &Sent) -> bool {
    let is_said = sent.table.as_deref().is_some_and(|table| CALLED.iter().any(|name| is_called(table, name)));
    let name = sent.sheet.name.as_deref().unwrap_or_default();
    is_said
        && !sent.exact
        && !sent.sheet.is_hidden
        && wishes.sheet.as_deref().is_none_or(|wanted| is_called(wanted, name))
        && sent.sheet.rows.iter().any(|row| !heads(row).is_empty())
}

/// The sheets that are no part of a scheme, and the scheme that the others make.
pub fn told<'s>(pen: &Pen, wishes: &Wishes, tables: Vec<&'s Sent>) -> (Vec<&'s Sent>, Filled) {
    let (ours, others): (Vec<&Sent>, Vec<&Sent>) =
        tables.into_iter().partition(|sent| is_scheme(wishes, sent));
    let files: BTreeSet<&str> = ours.iter().map(|sent| sent.sheet.file.as_str()).collect();
    let (beside, others): (Vec<&Sent>, Vec<&Sent>) =
        others.into_iter().partition(|sent| files.contains(sent.sheet.file.as_str()));
    let filled =
        Filled { kind: RecordKind::Scheme, rows: Vec::new(), refused: Vec::new(), notes: Vec::new() };
    let mut reader = Reader { told: Node::table(), places: BTreeMap::new(), filled };
    let Some(first) = ours.first() else { return (others, reader.filled) };
    ours.iter().for_each(|sent| reader.sheet(&sent.sheet));
    reader.title(&first.sheet);
    let seen =
        beside.iter().map(|sent| &sent.sheet).filter(|sheet| !sheet.is_hidden && wishes.sheet.is_none());
    reader.filled.notes.extend(seen.map(not_read));
    let Reader { told, places, mut filled } = reader;
    let id = wishes.id.clone().unwrap_or_else(|| id_of(&record(&told)));
    if !RecordKind::Scheme.allows(&id) {
        let why = say!("“{id}” không dùng được làm mã", "“{id}” cannot be an id", [id]);
        filled.refused.push(say!("{why}; ghi --id MÃ", "{why}; write --id ID", [why]));
        return (others, filled);
    }
    let stands = pen.store.stands(&pen.store.register.file(RecordKind::Scheme, &id));
    filled.notes.extend(notes(pen, &id, &told));
    let told = if stands { told } else { with_usual(told) };
    let mut values = Vec::new();
    let place = |path: &[Step]| {
        let place = places.get(&asked(&written(path)));
        place.cloned().unwrap_or_else(|| first.sheet.file.clone())
    };
    leaves(record(&told), &mut Vec::new(), &mut |path, value| {
        values.push(Given { path: path.to_vec(), value, from: place(path) });
    });
    let from = first.sheet.file.clone();
    filled.rows.push(FilledRow { id, from, values, empty: Vec::new() });
    (others, filled)
}

/// What was understood, and how the scheme is chosen.
fn notes(pen: &Pen, id: &str, told: &Node) -> Vec<Said> {
    let title = text_at(told, "title");
    let n = |list| told.get(list).map_or(0, |rows| rows.items().len());
    let (criteria, ranks) =
        (many(n("criterion"), "tiêu chí", "criterion"), many(n("rank"), "mức xếp loại", "rank"));
    let mut notes = vec![say!(
        "thang “{title}” ({id}): {criteria}, {ranks}",
        "rating scheme “{title}” ({id}): {criteria}, {ranks}",
        [title, id, criteria, ranks]
    )];
    if pen.store.register.settings.body.scheme.as_deref() != Some(id) {
        notes.push(say!(
            "để dùng thang này: ttht set register scheme={id}",
            "to use it: ttht set register scheme={id}",
            [id]
        ));
    }
    notes
}

fn not_read(sheet: &Sheet) -> Said {
    let (file, name) = (&sheet.file, sheet.name.as_deref().unwrap_or_default());
    say!(
        "{file}: trang “{name}” không có bảng tiêu chí hay mức xếp loại, không đọc",
        "{file}: the sheet “{name}” has no table of criteria or ranks, and is not read",
        [file, name]
    )
}

/// Hands each value of a record, with its place, to a sink.
fn leaves(node: Node<'static>, path: &mut Vec<Step>, sink: &mut impl FnMut(&[Step], Node<'static>)) {
    let mut below = |step: Step, node| {
        path.push(step);
        leaves(node, path, sink);
        path.pop();
    };
    match node.value {
        Value::Table(entries) => entries.into_iter().for_each(|one| below(Step::from(&*one.key), one.node)),
        Value::List(items) => items.into_iter().enumerate().for_each(|(n, item)| below(Step::Index(n), item)),
        _ => sink(path, node),
    }
}

/// What has been read so far.
struct Reader {
    /// The scheme, as `add-scheme` is told one.
    told: Node<'static>,
    /// Where the sender has each value, by its key in that.
    places: BTreeMap<String, String>,
    filled: Filled,
}

impl Reader {
    /// All tables of a sheet.
    fn sheet(&mut self, sheet: &Sheet) {
        let starts: Vec<usize> =
            (0..sheet.rows.len()).filter(|at| !heads(&sheet.rows[*at]).is_empty()).collect();
        for (n, at) in starts.iter().enumerate() {
            let end = starts.get(n + 1).copied().unwrap_or(sheet.rows.len());
            for head in heads(&sheet.rows[*at]) {
                self.table(sheet, &head, &sheet.rows[at + 1..end]);
            }
        }
    }

    /// The rows of a table: those up to its sum, or up to the last one with a number; a rank right below that needs none.
    fn table(&mut self, sheet: &Sheet, head: &Head, rows: &[SheetRow]) {
        let total = rows.iter().position(is_total);
        let own: Vec<&SheetRow> =
            rows[..total.unwrap_or(rows.len())].iter().filter(|row| head.holds(row)).collect();
        let last = own.iter().rposition(|row| head.has_number(row)).unwrap_or(0);
        let goes_on = |pair: &&[&SheetRow]| head.part.list == "rank" && pair[1].number == pair[0].number + 1;
        let more = own.get(last..).unwrap_or_default().windows(2).take_while(goes_on).count();
        let own = &own[..own.len().min(last + 1 + more)];
        let is_group: Vec<bool> = (0..own.len()).map(|at| head.is_group(own, at)).collect();
        let mut group = None;
        for (at, row) in own.iter().enumerate() {
            if head.label(row).is_empty() {
                let why = say!("ô này trống; ghi tên", "this cell is empty; write the name");
                self.refuse(&sheet.place(row.number, head.columns[LABEL]), &why);
            } else if is_group[at] {
                let below = (at + 1..own.len()).take_while(|below| !is_group[*below]);
                self.compare(sheet, head, row, below.map(|below| own[below]));
                group = Some(*row);
            } else {
                self.row(sheet, head, row, group);
            }
        }
        if let Some(total) = total {
            let all = (0..own.len()).filter(|at| !is_group[*at]);
            self.compare(sheet, head, &rows[total], all.map(|at| own[at]));
        }
    }

    /// One row; that of a group is named above it.
    fn row(&mut self, sheet: &Sheet, head: &Head, row: &SheetRow, group: Option<&SheetRow>) {
        let n = self.told.get(head.part.list).map_or(0, |rows| rows.items().len());
        let at = item_below(head.part.list, n);
        if let Some(above) = group {
            let place = sheet.place(above.number, head.columns[LABEL]);
            self.put(key_below(at.as_str(), GROUP), Node::of_text(head.label(above)), place);
        }
        for (key, column) in head.columns.iter().filter(|(_, column)| !row.cell(**column).is_empty()) {
            let (place, held) = (sheet.place(row.number, *column), row.cell(*column));
            match value(key, held) {
                Ok(value) => self.put(key_below(at.as_str(), key), value, place),
                Err(why) => self.refuse(&place, &why),
            }
        }
    }

    fn put(&mut self, key: String, value: Node<'static>, place: String) {
        self.told.put_at(&key, value);
        self.places.insert(key, place);
    }

    /// Says where the points of a row are not the sum of those of which it should be.
    fn compare<'s>(
        &mut self,
        sheet: &Sheet,
        head: &Head,
        row: &SheetRow,
        below: impl Iterator<Item = &'s SheetRow>,
    ) {
        let Some(column) = head.columns.get("max") else { return };
        let points = |row: &SheetRow| match value("max", row.cell(*column)).ok()?.value {
            Value::Int(n) => Some(n as f64),
            Value::Float(n) => Some(n),
            _ => None,
        };
        let Some((said, sum)) = points(row).zip(below.map(points).sum::<Option<f64>>()) else { return };
        if (said - sum).abs() > 1e-6 {
            let place = sheet.place(row.number, *column);
            let [said, sum] =
                [said, sum].map(|n| Said { vi: decimal(n, Lang::Vi), en: decimal(n, Lang::En) });
            self.filled.notes.push(say!(
                "chú ý: {place}: ghi {said} điểm, các tiêu chí cộng lại được {sum}",
                "note: {place}: {said} points are written, the criteria add up to {sum}",
                [place, said, sum]
            ));
        }
    }

    /// The title and the decision, as the lines above the first headings say them; else the name of the file.
    fn title(&mut self, sheet: &Sheet) {
        let first = sheet.rows.iter().position(|row| !heads(row).is_empty()).unwrap_or(0);
        let above = || {
            sheet.rows[..first]
                .iter()
                .flat_map(|row| row.filled().map(move |(at, held)| (row.number, at, held.typed())))
        };
        let says = |text: &str| ABOUT.iter().any(|words| mentions(text, words));
        let found = above().find(|(_, _, text)| says(text) && !text.trim().starts_with('('));
        let stem = Path::new(&sheet.file).file_stem().unwrap_or_default().to_string_lossy();
        let (place, title) = match &found {
            Some((row, at, text)) => {
                (sheet.place(*row, *at), text.split_whitespace().collect::<Vec<_>>().join(" "))
            }
            None => (sheet.file.clone(), stem.into_owned()),
        };
        self.put("title".to_owned(), Node::of_text(title), place);
        let number = |text: &str| {
            let words = text.split(|c: char| c.is_whitespace() || "(),;".contains(c));
            words.map(str::to_owned).find(|word| is_document_number(word))
        };
        if let Some((row, at, number)) = above().find_map(|(row, at, text)| Some((row, at, number(&text)?))) {
            self.put("legal_ref".to_owned(), Node::of_text(number), sheet.place(row, at));
        }
    }

    fn refuse(&mut self, place: &str, why: &Said) {
        self.filled.refused.push(say!("{place}: {why}", "{place}: {why}", [place, why]));
    }
}

/// What the title of such a table speaks of.
const ABOUT: &[&str] = &["đánh giá", "thang điểm", "tiêu chí", "xếp loại", "criteria", "rating"];

impl Head {
    /// The words of the cell that names a row.
    fn label(&self, row: &SheetRow) -> String {
        row.cell(self.columns[LABEL]).typed().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What stands before that cell: `I`, `1.2`.
    fn number<'r>(&self, row: &'r SheetRow) -> Cow<'r, str> {
        self.columns[LABEL].checked_sub(1).map_or(Cow::Borrowed(""), |at| row.cell(at).typed())
    }

    /// True for a row with something in one of the columns.
    fn holds(&self, row: &SheetRow) -> bool {
        self.columns.values().any(|at| !row.cell(*at).is_empty())
    }

    fn has_number(&self, row: &SheetRow) -> bool {
        ["max", "min", "level"]
            .iter()
            .filter_map(|key| self.columns.get(key))
            .any(|at| !row.cell(*at).is_empty())
    }

    /// True for a row that is a heading for those below it: without a number where one below has one, or numbered in letters
    /// where the next one is in digits.
    fn is_group(&self, rows: &[&SheetRow], at: usize) -> bool {
        let in_digits = |row: &SheetRow| self.number(row).trim().starts_with(|c: char| c.is_ascii_digit());
        let in_letters =
            |row: &SheetRow| self.number(row).trim().starts_with(|c: char| c.is_ascii_uppercase());
        let below = rows.get(at + 1);
        let is_numbered_above = in_letters(rows[at]) && below.is_some_and(|row| in_digits(row));
        let is_bare = !self.has_number(rows[at]) && below.is_some_and(|row| self.has_number(row));
        self.part.list == "criterion" && (is_numbered_above || is_bare)
    }
}

/// The headings in a row: of one table, or of two beside each other.
fn heads(row: &SheetRow) -> Vec<Head> {
    let words: Vec<(usize, String)> =
        row.filled().map(|(at, held)| (at, held.typed().into_owned())).collect();
    let is = |names: &[&str], text: &str| names.iter().any(|name| is_called(text, name));
    let named = |part: &Part| words.iter().find(|(_, text)| is(part.columns[0].1, text)).map(|(at, _)| *at);
    let starts: Vec<usize> = PARTS.iter().filter_map(named).collect();
    let head = |part: &'static Part| {
        let start = named(part)?;
        let end = starts.iter().copied().filter(|other| *other > start).min().unwrap_or(usize::MAX);
        let column = |(key, names): &(&'static str, &[&str])| {
            let own = words.iter().find(|(at, text)| (start..end).contains(at) && is(names, text))?;
            Some((*key, own.0))
        };
        let head = Head { part, columns: part.columns.iter().filter_map(column).collect() };
        ["max", "min", "level"].iter().any(|key| head.columns.contains_key(key)).then_some(head)
    };
    PARTS.iter().filter_map(head).collect()
}

/// The value of a cell.
fn value(key: &str, held: &Held) -> Result<Node<'static>, Said> {
    let typed = match held {
        Held::Number(n) => numeral::clear(&n.to_string()),
        held => held.typed().trim().to_owned(),
    };
    match key {
        "min" => numeral::read(&POINTS, &least(&typed), 0).map(Node::new),
        "max" => numeral::read(&POINTS, &typed, 0).map(Node::new),
        "level" => {
            let digits = typed.trim_start_matches(|c: char| !c.is_ascii_digit());
            numeral::read(&COUNT, if digits.is_empty() { &typed } else { digits }, 0).map(Node::new)
        }
        _ => Ok(Node::of_text(compose(&typed.split_whitespace().collect::<Vec<_>>().join(" ")))),
    }
}

/// The least points of what is written as `từ 65 đến dưới 80`, `80 - 100 điểm`, `dưới 50`.
fn least(typed: &str) -> String {
    let plain = fold(typed);
    if plain.starts_with("duoi ") || plain.starts_with('<') {
        return "0".to_owned();
    }
    let from =
        ["tu ", ">=", "≥", "from "].iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(&plain).trim();
    let end = ["-", " den ", " toi ", " tro len", " to ", " diem", " points"]
        .iter()
        .filter_map(|word| from.find(word))
        .min();
    let least = from[..end.unwrap_or(from.len())].trim();
    if least.starts_with(|c: char| c.is_ascii_digit()) { least.to_owned() } else { typed.to_owned() }
}
