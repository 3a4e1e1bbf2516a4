//! What a fault says is meant: written there, the fault is gone and nothing else is wrong. Planted line by line in a sound
//! register, and in all lines at once.

use crate::fresh::{self, each, example, fresh};
use ttht::desk::faults;
use ttht::desk::repair::{applied, repaired};
use ttht::model::day::Day;
use ttht::model::fault::{Fault, Fix};
use ttht::model::text::Lang;
use ttht::store::Store;

const FILES: &[&str] = &[
    "visits/2016-2017/2016-10-27-yen-thanh.toml",
    "visits/2017-2018/2017-10-26-yen-thanh.toml",
    "centres/yen-thanh.toml",
    "campaigns/2016-2017.toml",
    "units.toml",
    fresh::STATEMENT,
];

/// A defect that can be repaired: its name, and how it is made from a value. Each can be undone in one way only.
struct Defect(&'static str, fn(&str, &str) -> Option<String>);

const DEFECTS: &[Defect] = &[
    Defect("a figure in quotes", |_, value| digits(value).then(|| format!("\"{}\"", value.replace('_', "")))),
    Defect("a figure in quotes with points", |_, value| {
        digits(value).then(|| format!("\"{}\"", value.replace('_', ".")))
    }),
    Defect("points between the groups", |_, value| {
        (digits(value) && value.contains('_')).then(|| value.replace('_', "."))
    }),
    Defect("a yes in words", |_, value| (value == "true").then(|| "\"có\"".to_owned())),
    Defect("a date in quotes", |_, value| is_date(value).then(|| format!("\"{value}\""))),
    Defect("a date as people write it", |_, value| vietnamese(value)),
    Defect("the same in quotes", |_, value| vietnamese(value).map(|date| format!("\"{date}\""))),
    Defect("accents apart", |_, value| value.contains('ế').then(|| value.replace('ế', "ê\u{301}"))),
    Defect("a letter that only looks like Đ", |_, value| {
        (is_text(value) && value.contains(['Đ', 'đ'])).then(|| value.replace('Đ', "Ɖ").replace('đ', "ð"))
    }),
    Defect("letters of other alphabets", |_, value| {
        let looks = value.replace('o', "о").replace('N', "Ν").replace('ă', "ӑ").replace('ư', "ƣ");
        (is_text(value) && value.contains(' ') && looks != value).then_some(looks)
    }),
    Defect("letters of full width", |_, value| {
        (is_text(value) && value.contains(' ') && value.contains('g')).then(|| value.replace('g', "ｇ"))
    }),
    Defect("a character that cannot be seen", |_, value| {
        (is_text(value) && value.contains(' ') && value.contains('n'))
            .then(|| value.replacen('n', "n\u{200b}", 1))
    }),
    Defect("a mark of direction", |_, value| {
        (is_text(value) && value.contains(' ')).then(|| value.replacen(' ', "\u{202c} ", 1))
    }),
    Defect("a mark that is there twice", |_, value| {
        value.contains('ế').then(|| value.replace('ế', "ế\u{301}"))
    }),
    Defect("two spaces", |_, value| {
        (is_text(value) && value.contains(' ')).then(|| value.replacen(' ', "  ", 1))
    }),
    Defect("a space at the end", |_, value| {
        let ends = |value: &str| value.strip_suffix('"').map(|value| format!("{value} \""));
        if is_text(value) && value.contains(' ') { ends(value) } else { None }
    }),
    Defect("a number as it is said", |_, value| number(value).map(|number| format!("\"Số: {number}\""))),
    Defect("a number with spaces", |_, value| {
        number(value).map(|number| format!("\"{}\"", number.replace('/', " / ").replace('-', " – ")))
    }),
    Defect("a period with spaces", |key, value| {
        let is_period = ["period", "school_year"].contains(&key) && value.contains('-');
        is_period.then(|| value.replace('-', " – "))
    }),
    Defect("a label in place of a word", |key, value| {
        let labels =
            [("lead", "Trưởng đoàn"), ("secretary", "thư ký"), ("ward", "Phường"), ("commune", "xã")];
        let label = labels.iter().find(|(word, _)| key != "to" && value == format!("\"{word}\""));
        label.map(|(_, label)| format!("\"{label}\""))
    }),
    Defect("curly quotes", |_, value| {
        (is_text(value) && !value.contains('\\')).then(|| format!("“{}”", value.trim_matches('"')))
    }),
];

/// The codes of faults whose help shows a word of the text, and not the text that is meant.
const IN_PART: &[&str] = &["not-composed", "look-alike-letter", "hidden-character", "control-character"];

fn digits(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_digit() || b == b'_')
}

fn is_text(value: &str) -> bool {
    value.len() > 1 && value.starts_with('"') && value.ends_with('"') && !value.contains("\"\"")
}

fn is_date(value: &str) -> bool {
    Day::parse(value).is_some()
}

fn vietnamese(value: &str) -> Option<String> {
    Day::parse(value).map(|day| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()))
}

fn number(value: &str) -> Option<&str> {
    let number = value.trim_matches('"');
    (is_text(value) && ttht::model::form::is_document_number(number)).then_some(number)
}

/// A text with a defect on every line that is chosen and can have it.
fn planted(sound: &str, defect: &Defect, chosen: impl Fn(usize) -> bool) -> String {
    let line = |(at, line): (usize, &str)| {
        let assigned = line.split_once(" = ").filter(|(key, _)| chosen(at) && !key.contains([' ', '#']));
        let bad = assigned.and_then(|(key, value)| Some(format!("{key} = {}", defect.1(key, value)?)));
        bad.unwrap_or_else(|| line.to_owned()) + "\n"
    };
    sound.lines().enumerate().map(line).collect()
}

fn today() -> Day {
    Day::parse("2018-01-15").unwrap()
}

fn told(fault: &Fault) -> String {
    format!("{}: {}; {}", fault.code, fault.message.get(Lang::En), fault.help.get(Lang::En))
}

#[test]
fn what_is_meant_takes_its_fault_away_and_brings_no_other() {
    let folder = fresh();
    example(folder.path());
    fresh::state(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let texts: Vec<_> = FILES.iter().map(|file| (*file, store.text(file).unwrap())).collect();
    let mut cases = Vec::new();
    for (file, sound) in &texts {
        for defect in DEFECTS {
            let lines = 0..sound.lines().count();
            let bad = lines.map(|at| planted(sound, defect, |line| line == at)).filter(|bad| bad != sound);
            // A few lines of a kind are enough.
            cases.extend(bad.step_by(3).map(|bad| (*file, sound, defect, bad)));
        }
    }
    assert!(cases.len() > 150, "only {} defects were planted", cases.len());
    let wrong: Vec<String> = each(&cases, |(file, sound, Defect(name, _), bad)| {
        let found = faults::of_text(&store, today(), file, bad);
        let mut wrong = Vec::new();
        for fault in &found {
            // Faults that came only from the unreadable value are gone with it.
            let Some(Fix::Write(meant)) = &fault.fix else { continue };
            let help = fault.help.get(Lang::En);
            if !IN_PART.contains(&fault.code) && !help.contains(meant) {
                wrong.push(format!("the help does not say {meant}: {help}"));
            }
            let left = faults::of_text(&store, today(), file, &applied(bad, std::slice::from_ref(fault)));
            wrong.extend(
                left.iter().filter(|left| left.code == fault.code && left.key == fault.key).map(told),
            );
            wrong.extend(faults::new(&found, left).iter().map(told));
        }
        // A text of several lines may have any spaces.
        if found.is_empty() && name.contains("space") {
            return Vec::new();
        }
        let again = repaired(&store, today(), file, bad);
        if again != **sound || repaired(&store, today(), file, &again) != again {
            let line = again.lines().zip(sound.lines()).find(|(again, sound)| again != sound);
            wrong.push(format!("repaired to {line:?}"));
        }
        let line = sound.lines().zip(bad.lines()).find(|(sound, bad)| sound != bad).map(|(_, bad)| bad);
        wrong.into_iter().map(|wrong| format!("{file}: {name}: {line:?}: {wrong}")).collect::<Vec<_>>()
    })
    .concat();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn a_file_full_of_defects_becomes_what_it_was_to_the_last_byte() {
    let folder = fresh();
    example(folder.path());
    fresh::state(folder.path());
    let store = Store::open(folder.path()).unwrap();
    for file in FILES {
        let sound = store.text(file).unwrap();
        for end in ["\n", "\r\n"] {
            let sound = sound.replace('\n', end);
            for defect in DEFECTS {
                let bad = planted(&sound, defect, |_| true).replace('\n', end);
                let again = repaired(&store, today(), file, &bad);
                let wrong = again.lines().zip(sound.lines()).find(|(again, sound)| again != sound);
                assert!(again == sound || defect.0.contains("space"), "{file}: {}: {wrong:?}", defect.0);
            }
        }
    }
}

#[test]
fn what_is_not_certain_is_not_written() {
    let folder = fresh();
    example(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let file = FILES[0];
    let sound = store.text(file).unwrap();
    let line = |key: &str| sound.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap();
    for (key, value) in [
        // Not groups of three, or not a count at all.
        ("population", "8614.5"),
        ("population", "1234.567"),
        ("population", "\"tám nghìn\""),
        ("population", "\"-5\""),
        // A day where there is a figure, a figure where there is a text.
        ("population", "27/10/2016"),
        ("place", "1.234.567"),
        ("place", "27/10/2016"),
        ("date", "\"31/02/2016\""),
        // Ids may be named elsewhere.
        ("centre", "\"Yên Thanh\""),
        ("campaign", "\"2016 - 2017\""),
    ] {
        let bad = sound.replace(line(key), &format!("{key} = {value}"));
        assert_ne!(faults::of_text(&store, today(), file, &bad), [], "{key} = {value}");
        assert_eq!(repaired(&store, today(), file, &bad), bad, "{key} = {value}");
    }
}
