//! Typed words against all that can be meant: every list of code words, the vocabularies, the ranks.

use crate::fresh::{example, fresh};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use ttht::model::RecordKind;
use ttht::model::field::{Field, Kind, Vocabulary};
use ttht::model::meaning::{Abbreviations, Named, meaning};
use ttht::model::text::Lang;
use ttht::model::vietnamese::fold;
use ttht::store::Store;
use ttht::toml::shipped::abbreviations;

/// A word that can be meant, with its Vietnamese and its English label.
type Row = (String, String, String);

/// What can be answered in one place.
type Rows = Vec<Row>;

fn row(word: &str, vi: &str, en: &str) -> Row {
    (word.to_owned(), vi.to_owned(), en.to_owned())
}

/// The lists of code words below some fields.
fn choices(fields: &[Field], lists: &mut BTreeSet<Rows>) {
    fields.iter().for_each(|field| of_kind(&field.kind, lists));
}

fn of_kind(kind: &Kind, lists: &mut BTreeSet<Rows>) {
    match kind {
        Kind::Choice(choices) => {
            lists.insert(choices.iter().map(|c| row(c.word, c.label.vi, c.label.en)).collect());
        }
        Kind::List(inner) => of_kind(inner, lists),
        Kind::Keyed { entry, .. } => of_kind(entry, lists),
        _ => {}
    }
    choices(kind.fields(), lists);
}

/// Every list that something can be chosen from.
fn lists() -> BTreeSet<Rows> {
    let mut lists = BTreeSet::new();
    RecordKind::ALL.iter().for_each(|kind| choices(kind.fields(), &mut lists));
    let folder = fresh();
    example(folder.path());
    let store = Store::open(folder.path()).unwrap();
    for by in [Vocabulary::ActivityFields, Vocabulary::Documents] {
        let words = store.register.words(by).unwrap();
        lists.insert(words.iter().map(|word| row(&word.id, &word.label.vi, &word.label.en)).collect());
    }
    for scheme in store.register.schemes.values() {
        let ranks = scheme.body.rank.iter();
        lists.insert(ranks.map(|rank| row(&rank.id, &rank.label.vi, &rank.label.en)).collect());
    }
    lists.retain(|rows| !rows.is_empty());
    lists
}

static SHORT: LazyLock<Abbreviations> = LazyLock::new(|| Abbreviations::new(&[], abbreviations));

/// The word that is meant, or the words that may be.
fn meant<'a>(typed: &str, rows: &'a [Row], lang: Lang) -> Result<&'a str, Vec<&'a str>> {
    let named = rows.iter().map(|(word, vi, en)| Named { word, vi, en });
    meaning(typed, named, lang, &SHORT).map_err(|several| several.iter().map(|named| named.word).collect())
}

/// Letters and digits in lower case, with one space before, between and after the words.
fn spaced(text: &str) -> String {
    let letters: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<_> = letters.split_whitespace().map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

/// What is called so in a language; code words count as English.
fn names((word, vi, en): &Row, lang: Lang) -> Vec<&str> {
    if lang == Lang::Vi { vec![vi] } else { vec![en, word] }
}

/// The beginnings of a text, letter by letter.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().skip(1).map(|(at, _)| text[..at].trim()).chain([text])
}

/// Every run of up to three words of a text, and how each word begins and ends.
fn pieces(text: &str) -> BTreeSet<String> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let runs = (0..words.len()).flat_map(|a| (a + 1..=words.len().min(a + 3)).map(move |b| (a, b)));
    let runs = runs.map(|(a, b)| words[a..b].join(" "));
    let inside = words.iter().flat_map(|word| word.char_indices().map(|(at, _)| word[at..].to_owned()));
    let begun = words.iter().flat_map(|word| beginnings(word).map(str::to_owned));
    runs.chain(inside.collect::<Vec<_>>())
        .chain(begun.collect::<Vec<_>>())
        .filter(|piece| !piece.is_empty())
        .collect()
}

#[test]
fn every_word_and_every_label_is_found_in_both_languages() {
    for rows in lists() {
        for row @ (word, vi, en) in &rows {
            for lang in [Lang::Vi, Lang::En] {
                for typed in [word, vi, en, &vi.to_uppercase(), &vi.replace(',', ""), &format!(" {vi}. ")] {
                    assert_eq!(meant(typed, &rows, lang), Ok(word.as_str()), "{typed}");
                }
                assert_eq!(meant(&fold(vi), &rows, lang), Ok(word.as_str()), "{row:?}");
            }
        }
    }
}

#[test]
fn how_a_label_begins_finds_its_own_or_is_asked_with_it_among_the_candidates() {
    let alone = |typed: &str| ["không", "khong", "not", "no"].iter().any(|no| no.starts_with(typed));
    for rows in lists() {
        for lang in [Lang::Vi, Lang::En] {
            for row in &rows {
                let label = names(row, lang)[0].to_lowercase();
                let first = label.split(|c: char| !c.is_alphanumeric()).next().unwrap();
                let whole = label.match_indices(' ').map(|(at, _)| &label[..at]);
                for typed in beginnings(first).chain(whole).flat_map(|typed| [typed.to_owned(), fold(typed)])
                {
                    match meant(&typed, &rows, lang) {
                        Ok(word) if word == row.0 => {}
                        // It is all that another one is called.
                        Ok(word) => {
                            let other = rows.iter().find(|row| row.0 == word).unwrap();
                            let called = [&other.0, &other.1, &other.2].map(|name| fold(&spaced(name)));
                            assert!(
                                called.contains(&fold(&spaced(&typed))) || called.contains(&spaced(&typed)),
                                "{typed}: {other:?}"
                            );
                        }
                        Err(several) if several.is_empty() => assert!(alone(&typed), "{typed}: {row:?}"),
                        Err(several) => {
                            assert!(several.contains(&row.0.as_str()) && several.len() > 1, "{typed}")
                        }
                    }
                }
            }
        }
    }
}

/// Whatever is typed, what is taken for it has it as a beginning or as whole words, with the accents that were typed.
#[test]
fn no_word_is_taken_for_another() {
    let lists = lists();
    let texts =
        |rows: &Rows| rows.iter().flat_map(|(word, vi, en)| [word, vi, en]).cloned().collect::<Vec<_>>();
    let single: BTreeSet<String> = lists
        .iter()
        .flat_map(texts)
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>())
        .chain("sở;lúa;có;không;ko;rồi;chưa;xong;hết;ban;phòng".split(';').map(str::to_owned))
        .collect();
    let (clear, _) = abbreviations();
    let mut taken = 0;
    for (rows, lang) in lists.iter().flat_map(|rows| [(rows, Lang::Vi), (rows, Lang::En)]) {
        let own = texts(rows).iter().flat_map(|text| pieces(text)).collect::<Vec<_>>();
        let all = single.iter().chain(&own).flat_map(|piece| [fold(piece), piece.to_lowercase()]);
        for typed in &all.collect::<BTreeSet<_>>() {
            let Ok(word) = meant(typed, rows, lang) else { continue };
            let row = rows.iter().find(|row| row.0 == word).unwrap();
            let (plain, typed) = (typed.is_ascii(), spaced(typed));
            let read = |name: &str| if plain { fold_words(name) } else { spaced(name) };
            let whole = [&row.0, &row.1, &row.2].iter().any(|name| read(name) == typed);
            let part = names(row, lang).iter().any(|name| {
                let name = read(name);
                name.starts_with(typed.trim_end()) || name.contains(&typed)
            });
            let short = || clear.iter().filter(|one| one.means == row.0).flat_map(|one| &one.typed);
            assert!(
                whole || part || short().any(|name| read(name) == typed),
                "“{typed}” is taken for {row:?}"
            );
            taken += 1;
        }
    }
    assert!(taken > 1_000, "{taken}");
}

fn fold_words(text: &str) -> String {
    format!(" {} ", fold(&spaced(text)))
}

/// No row of the table of abbreviations is for nothing, and none says two things in one place: but what is the whole name of
/// another thing there is that one.
#[test]
fn every_abbreviation_stands_for_one_thing_in_a_list() {
    let lists = lists();
    let (clear, unclear) = abbreviations();
    for one in &clear {
        let mut having = lists.iter().filter(|rows| rows.iter().any(|row| row.0 == one.means)).peekable();
        assert!(having.peek().is_some(), "no list has {}", one.means);
        for rows in having {
            for typed in one.typed.iter().flat_map(|typed| [typed.clone(), typed.to_lowercase(), fold(typed)])
            {
                let other = rows.iter().find(|row| fold_words(&row.1) == fold_words(&typed));
                let word = other.map_or(&one.means, |row| &row.0);
                assert_eq!(meant(&typed, rows, Lang::Vi), Ok(word.as_str()), "{typed}");
            }
        }
    }
    for one in &unclear {
        let mut having = lists
            .iter()
            .filter(|rows| one.may_be.iter().all(|word| rows.iter().any(|row| row.0 == *word)))
            .peekable();
        assert!(having.peek().is_some(), "no list has {:?}", one.may_be);
        for (rows, typed) in having.flat_map(|rows| one.typed.iter().map(move |typed| (rows, typed))) {
            let words = one.may_be.iter().map(String::as_str).collect();
            assert_eq!(meant(typed, rows, Lang::Vi), Err(words), "{typed}");
        }
    }
}

#[test]
fn what_officers_type_is_understood_or_asked_about() {
    let lists = lists();
    let list = |word: &str, count: usize| {
        lists.iter().find(|rows| rows.len() == count && rows.iter().any(|row| row.0 == word)).unwrap()
    };
    let posts = list("director", 15);
    let to = list("promotion_association", 8);
    let (states, documents) = (list("dropped", 4), list("absent", 3));
    let fields = lists.iter().find(|rows| rows.iter().any(|row| row.0 == "economy")).unwrap();
    let (rows, units) = (list("weak", 4), list("township", 4));
    for (rows, typed, word) in [
        (posts, "giám đốc", "director"),
        (posts, "GIAM DOC", "director"),
        (posts, "phó giám đốc", "deputy_director"),
        (posts, "phó chủ tịch", "commune_vice_chair"),
        (posts, "hiệu trưởng", "head_teacher"),
        (to, "hội khuyến học", "promotion_association"),
        (to, "sở", "department"),
        (to, "phường", "commune"),
        (to, "UBND phường", "commune"),
        (to, "ubnd xa", "commune"),
        (states, "chưa", "open"),
        (states, "đã", "done"),
        (states, "một phần", "partly"),
        (states, "không còn", "dropped"),
        (documents, "không có", "absent"),
        (documents, "không", "absent"),
        (documents, "thiếu", "incomplete"),
        (fields, "kinh tế", "economy"),
        (fields, "sức khỏe", "health"),
        (fields, "xoa mu chu", "literacy"),
        (rows, "tốt", "good"),
        (rows, "kha", "fair"),
        (units, "phường", "ward"),
        (posts, "PCT UBND", "commune_vice_chair"),
        (posts, "PCT UBND phường", "commune_vice_chair"),
        (posts, "Phó Chủ tịch UBND xã", "commune_vice_chair"),
        (posts, "chủ tịch xã", "commune_chair"),
        (posts, "PGĐ", "deputy_director"),
        (posts, "GĐ", "director"),
        (posts, "gd tthtcd", "director"),
        (posts, "Giám đốc TTHTCĐ", "director"),
        (posts, "CT HKH", "learning_promotion_chair"),
        (posts, "CT HKH thị trấn", "learning_promotion_chair"),
        (posts, "Chủ tịch Hội Khuyến học phường", "learning_promotion_chair"),
        (posts, "bí thư", "party_secretary"),
        (posts, "cán bộ văn hoá – xã hội", "culture_officer"),
        (posts, "CB VH-XH", "culture_officer"),
        (posts, "Chủ tịch UBMTTQ", "fatherland_front_chair"),
        (posts, "HT trường THCS", "head_teacher"),
        (fields, "y tế", "health"),
        (fields, "KHKT", "economy"),
        (fields, "khuyến nông", "economy"),
        (fields, "VHVN", "culture"),
        (fields, "VHVN - TDTT", "culture"),
        (fields, "TDTT", "culture"),
        (fields, "XMC", "literacy"),
        (fields, "CNTT", "digital"),
        (to, "TTHTCĐ", "centre"),
        (to, "Sở GD&ĐT", "department"),
        (to, "Hội Khuyến học xã", "promotion_association"),
        (rows, "TB", "average"),
        (units, "TT", "township"),
        (to, "UBND huyện", "higher_level"),
        (to, "phòng gd", "higher_level"),
        (to, "SGD&ĐT", "department"),
        (to, "tỉnh", "province"),
        (documents, "x", "complete"),
        (documents, "✓", "complete"),
        (documents, "không đủ", "incomplete"),
        (documents, "ko", "absent"),
        (states, "xong", "done"),
        (states, "đang làm", "partly"),
        (states, "thôi", "dropped"),
        (posts, "vt", "clerk"),
        (posts, "ct ub", "commune_chair"),
        (posts, "PCT phụ trách VHXH", "commune_vice_chair"),
        (posts, "gv tăng cường", "seconded_teacher"),
        (fields, "phòng chống ma túy", "law"),
        (fields, "ds-khhgđ", "health"),
        (fields, "bvtv", "economy"),
        (fields, "NTM", "current_affairs"),
        (rows, "tb", "average"),
        (units, "P.", "ward"),
    ] {
        assert_eq!(meant(typed, rows, Lang::Vi), Ok(word), "{typed}");
    }
    for (rows, typed) in [
        (to, "khu"),
        (to, "huyện"),
        (to, "hoc"),
        (states, "khong co"),
        (states, "kh"),
        (states, "rồi"),
        (states, "áp dụng"),
        (fields, "lúa"),
        (fields, "học"),
        (fields, "số"),
        (fields, "% pháp luật"),
        (posts, "hội khuyến học"),
        (posts, "phó chủ tịch hội khuyến học"),
        (posts, "hiếu trưởng"),
        (rows, "bình"),
        (rows, "đạt"),
        (documents, "kó"),
        (units, "thị xã"),
        (units, "director"),
        (posts, "y tế"),
        (posts, "ủy viên"),
        (posts, "PCT HKH"),
        (posts, "Hội Khuyến học xã"),
        (fields, "ý tế"),
        (fields, "GĐ"),
    ] {
        assert_eq!(meant(typed, rows, Lang::Vi), Err(vec![]), "{typed}");
    }
    for (rows, typed, candidates) in [
        (posts, "chủ tịch", vec!["commune_chair", "learning_promotion_chair", "fatherland_front_chair"]),
        (to, "khuyến học", vec!["promotion_association", "provincial_association"]),
        (to, "ubnd", vec!["commune", "province"]),
        (states, "thực hiện", vec!["done", "partly"]),
        (fields, "kỹ năng", vec!["digital", "life_skills"]),
        (to, "UBND TP", vec!["province", "higher_level"]),
        (states, "không", vec!["open", "dropped"]),
        (states, "ko", vec!["open", "dropped"]),
        (documents, "có", vec!["complete", "incomplete"]),
        (documents, "co", vec!["complete", "incomplete"]),
        (posts, "CT", vec!["commune_chair", "learning_promotion_chair", "fatherland_front_chair"]),
        (posts, "PCT", vec!["commune_vice_chair", "other"]),
        (fields, "NN", vec!["languages", "economy"]),
        (fields, "KNS", vec!["life_skills", "digital"]),
        (fields, "KT", vec!["economy", "vocational"]),
        (units, "x", vec!["commune"]),
    ] {
        match meant(typed, rows, Lang::Vi) {
            Err(several) => assert_eq!(several, candidates, "{typed}"),
            Ok(word) => assert_eq!(vec![word], candidates, "{typed}"),
        }
    }
    assert_eq!(meant("comm", units, Lang::En), Ok("commune"));
    assert_eq!(meant("comm", units, Lang::Vi), Err(vec![]), "a beginning counts in the language of the call");
}
