//! What people type, turned into values: the same for `--set`, for questions and for imported tables.

use super::day::{Day, Time};
use super::field::{Choice, Field, Kind, MONEY_MAX, Vocabulary};
use super::number::is_digits;
use super::path::{Step, steps};
use super::register::Register;
use super::settings::Labelled;
use super::text::{Said, Text, did_you_mean, nearest, use_one_of};
use super::tree::{Node, Value};
use super::vietnamese::{compose, fold};
use crate::say;

/// The value that was typed, for a kind of field; or why it is not one, and what to type instead.
pub fn read(kind: &Kind, typed: &str, today: Day) -> Result<Node<'static>, Said> {
    let typed = compose(typed.trim()).into_owned();
    let value = match kind {
        Kind::Text | Kind::Prose | Kind::Id(_) => Value::Text(typed.into()),
        Kind::Form(form) => Value::Text(form.certainly_meant(&typed).unwrap_or(typed).into()),
        Kind::Day => Value::Day(read_day(&typed, today)?),
        Kind::Time => Value::Time(Time::parse_typed(&typed).ok_or_else(|| {
            say!(
                "“{typed}” không phải là giờ; gõ như 8:30 hoặc 8h30",
                "“{typed}” is not a time; type it like 8:30",
                [typed]
            )
        })?),
        Kind::Bool => Value::Bool(read_bool(&typed)?),
        Kind::Count(max) => Value::Int(read_count(&typed, *max)?),
        Kind::Money => Value::Int(read_count(&typed, MONEY_MAX)?),
        Kind::Measure(_) => read_measure(&typed)?,
        Kind::Choice(choices) => Value::Text(read_choice(choices, &typed)?.into()),
        Kind::List(inner) => {
            let parts = typed.split(';').map(str::trim).filter(|part| !part.is_empty());
            Value::List(parts.map(|part| read(inner, part, today)).collect::<Result<_, _>>()?)
        }
        Kind::Section(_) | Kind::Inline(_) | Kind::Rows(_) | Kind::Keyed { .. } | Kind::Free => {
            return Err(say!(
                "đây là một nhóm; ghi từng giá trị trong nhóm",
                "this is a group; give the values inside it"
            ));
        }
    };
    Ok(Node::new(value))
}

/// A day: `27/10/2016`, `2016-10-27`, or `hôm nay` and `today`.
fn read_day(typed: &str, today: Day) -> Result<Day, Said> {
    if matches!(fold(typed).as_str(), "hom nay" | "today") {
        return Ok(today);
    }
    Day::parse_typed(typed).ok_or_else(|| {
        say!(
            "“{typed}” không phải là ngày; gõ như 27/10/2016",
            "“{typed}” is not a date; type it like 27/10/2016",
            [typed]
        )
    })
}

/// Yes or no in either language.
fn read_bool(typed: &str) -> Result<bool, Said> {
    match fold(typed).as_str() {
        "co" | "c" | "yes" | "y" | "true" | "x" => Ok(true),
        "khong" | "k" | "no" | "n" | "false" => Ok(false),
        _ => Err(say!("“{typed}”: gõ có hoặc không", "“{typed}”: type yes or no", [typed])),
    }
}

/// A whole number: `1234`, `1.234`, `1 234`, `1_234`.
fn read_count(typed: &str, max: i64) -> Result<i64, Said> {
    let plain = without_gaps(typed);
    let mut groups = plain.split('.');
    let first = groups.next().unwrap_or_default();
    let grouped = !plain.contains('.') || first.len() <= 3;
    let fine = is_digits(first) && grouped && groups.all(|group| group.len() == 3 && is_digits(group));
    let number = plain.replace('.', "").parse().ok().filter(|number| fine && *number <= max);
    number.ok_or_else(|| {
        say!(
            "“{typed}” không phải là số nguyên từ 0 đến {max}",
            "“{typed}” is not a whole number from 0 to {max}",
            [typed, max]
        )
    })
}

/// A number with a decimal comma or a decimal point: `85,5`, `85.5`, `1.234,5`.
fn read_measure(typed: &str) -> Result<Value<'static>, Said> {
    let plain = without_gaps(typed);
    let plain = if plain.contains(',') { plain.replace('.', "").replace(',', ".") } else { plain };
    let fine = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let whole = plain.parse().ok().map(Value::Int);
    let number = whole.or_else(|| plain.parse().ok().map(Value::Float)).filter(|_| fine);
    number.ok_or_else(|| {
        say!(
            "“{typed}” không phải là số; gõ như 85,5",
            "“{typed}” is not a number; type it like 85.5",
            [typed]
        )
    })
}

/// A number as it was typed, without what may stand between its digits.
fn without_gaps(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '_').collect()
}

/// A code word, from the word itself or from either label, with or without accents, complete or a part.
fn read_choice(choices: &[Choice], typed: &str) -> Result<&'static str, Said> {
    pick(typed, choices.iter().map(|choice| (choice.word, [choice.label.vi, choice.label.en])))
}

/// A word of a vocabulary, as [`read_choice`] reads them.
pub fn read_word<'a>(words: &'a [Labelled], typed: &str) -> Result<&'a str, Said> {
    pick(typed, words.iter().map(|word| (word.id.as_str(), [word.label.vi.as_str(), word.label.en.as_str()])))
}

fn pick<'a>(
    typed: &str,
    words: impl Iterator<Item = (&'a str, [&'a str; 2])> + Clone,
) -> Result<&'a str, Said> {
    let wanted = fold(typed);
    let same = |text: &str| fold(text) == wanted;
    if let Some((word, _)) =
        words.clone().find(|(word, labels)| same(word) || labels.iter().any(|label| same(label)))
    {
        return Ok(word);
    }
    let near = |fits: fn(&str, &str) -> bool| -> Vec<&str> {
        let fits = |text: &str| !wanted.is_empty() && fits(&fold(text), &wanted);
        let all = words.clone().filter(|(word, labels)| fits(word) || labels.iter().any(|label| fits(label)));
        all.map(|(word, _)| word).collect()
    };
    let begun = near(|text, wanted| text.starts_with(wanted));
    let meant = if begun.is_empty() { near(|text, wanted| text.contains(wanted)) } else { begun };
    if let [word] = meant[..] {
        return Ok(word);
    }
    let vi: Vec<String> = words.clone().map(|(word, [vi, _])| format!("{word} ({vi})")).collect();
    let en: Vec<String> = words.map(|(word, [_, en])| format!("{word} ({en})")).collect();
    Err(Said {
        vi: format!("“{typed}” không có trong danh sách: {}", vi.join(", ")),
        en: format!("“{typed}” is not in the list: {}", en.join(", ")),
    })
}

/// The row of a key path, and the path as it is stored: words of vocabularies and code words may be typed as labels.
/// `team[0].name`, `activity.field.law.women`, `activity.field.pháp luật.women`.
pub fn resolve(
    fields: &'static [Field],
    path: &str,
    register: Option<&Register>,
) -> Result<(Vec<Step>, Kind), Said> {
    let steps =
        steps(path).ok_or_else(|| say!("“{path}” không phải là khoá", "“{path}” is not a key", [path]))?;
    let mut kind = Kind::Section(fields);
    let mut stored = Vec::new();
    for step in steps {
        let step = stored_step(&kind, step, register)?;
        kind = kind.below(&step);
        stored.push(step);
    }
    Ok((stored, if matches!(kind, Kind::Free) { Kind::Text } else { kind }))
}

/// A step below a kind of value, as it is stored; or why there is no such step.
fn stored_step(kind: &Kind, step: Step, register: Option<&Register>) -> Result<Step, Said> {
    Err(match (kind, step) {
        (Kind::Free, step) | (Kind::Rows(_) | Kind::List(_), step @ Step::Index(_)) => return Ok(step),
        (Kind::Section(_) | Kind::Inline(_) | Kind::Keyed { .. }, Step::Key(key)) => {
            match (kind.row(&key), kind) {
                (Some(_), _) => return Ok(Step::Key(key)),
                (None, Kind::Keyed { by, .. }) => return vocabulary_word(*by, &key, register).map(Step::Key),
                (None, _) => unknown_key(kind, &key),
            }
        }
        (Kind::Rows(_), Step::Key(key)) => say!(
            "ghi số thứ tự trước “.{key}”: [0], [1] …",
            "give the number before “.{key}”: [0], [1] …",
            [key]
        ),
        (_, Step::Key(key)) => say!("không có gì dưới “{key}”", "there is nothing below “{key}”", [key]),
        (_, Step::Index(at)) => {
            let at = at.to_string();
            say!("ở đây không có danh sách [{at}]", "there is no list for [{at}]", [at])
        }
    })
}

fn unknown_key(kind: &Kind, key: &str) -> Said {
    let keys = || kind.fields().iter().map(|field| field.key);
    let help = nearest(key, keys()).map_or_else(|| use_one_of(keys()), did_you_mean);
    say!("không có khoá “{key}”; {help}", "there is no key “{key}”; {help}", [key, help])
}

fn vocabulary_word(by: Vocabulary, typed: &str, register: Option<&Register>) -> Result<String, Said> {
    match register.and_then(|register| register.words(by)) {
        Some(words) => read_word(words, typed).map(str::to_owned),
        None => Ok(typed.to_owned()),
    }
}

/// The label of a kind of value for a prompt or a column: the unit, if it has one.
pub fn unit_of(kind: &Kind) -> Option<Text> {
    match kind {
        Kind::Measure(unit) => Some(*unit),
        Kind::Money => Some(super::text::t("đồng", "VND")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::field::COUNT;
    use crate::model::visit::{FIELDS, TeamRole};

    fn typed(kind: Kind, text: &str) -> Option<Value<'static>> {
        read(&kind, text, Day::new(2016, 10, 27).unwrap()).ok().map(|node| node.value)
    }

    #[test]
    fn numbers_are_understood_as_vietnamese_write_them() {
        for text in ["1234", "1.234", "1 234", "1_234"] {
            assert_eq!(typed(COUNT, text), Some(Value::Int(1234)), "{text}");
        }
        for text in ["1.23", "1,5", "-3", "", "12.34.567", "1234.567", "một"] {
            assert_eq!(typed(COUNT, text), None, "{text}");
        }
        let area = Kind::Measure(super::super::text::t("m²", "m²"));
        assert_eq!(typed(area, "85,5"), Some(Value::Float(85.5)));
        assert_eq!(typed(area, "1.234,5"), Some(Value::Float(1234.5)));
        assert_eq!(typed(area, "85"), Some(Value::Int(85)));
    }

    #[test]
    fn words_are_picked_by_label_without_accents() {
        assert_eq!(typed(TeamRole::KIND, "Trưởng đoàn"), Some(Value::Text("lead".into())));
        assert_eq!(typed(TeamRole::KIND, "truong"), Some(Value::Text("lead".into())));
        assert_eq!(typed(TeamRole::KIND, "th"), None, "thành viên or thư ký");
        assert_eq!(typed(TeamRole::KIND, "vien"), Some(Value::Text("member".into())), "a part will do");
        assert_eq!(typed(Kind::Bool, "Có"), Some(Value::Bool(true)));
        assert_eq!(typed(Kind::Day, "hôm nay"), Day::new(2016, 10, 27).map(Value::Day));
    }

    #[test]
    fn key_paths_lead_to_their_rows() {
        let (steps, kind) = resolve(FIELDS, "team[0].role", None).unwrap();
        assert_eq!(steps.len(), 3);
        assert!(matches!(kind, Kind::Choice(_)));
        assert!(matches!(resolve(FIELDS, "activity.field.law.women", None).unwrap().1, Kind::Count(_)));
        let error = resolve(FIELDS, "context.populaton", None).unwrap_err();
        assert!(error.en.contains("population"), "{}", error.en);
        for bad in ["team.name", "date.x", "nothing", "place[0]"] {
            assert!(resolve(FIELDS, bad, None).is_err(), "{bad}");
        }
    }
}
