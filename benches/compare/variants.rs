//! Other ways to write the same visits: as other people and programs write them, and with what goes wrong.

use super::dice::Dice;

/// A way to write visits.
pub struct Variant {
    /// What the name of its register ends with.
    pub name: &'static str,
    /// What becomes of the text of a visit, by its number.
    pub text: fn(usize, String) -> String,
    /// What is added to the settings.
    pub settings: &'static str,
}

const fn variant(name: &'static str, text: fn(usize, String) -> String) -> Variant {
    Variant { name, text, settings: "" }
}

/// Sound, and exactly as `ttht fmt` writes it.
pub const PLAIN: Variant = variant("", |_, text| text);

/// Sections, and the keys of each, in any order.
pub const ANY_ORDER: Variant = variant("any-order", any_order);
/// Lines that end as on Windows.
pub const CRLF: Variant = variant("crlf", |_, text| text.replace('\n', "\r\n"));
/// A remark at every third key, and above every third section.
pub const COMMENTS: Variant = variant("comments", comments);
/// What the register has no key for.
pub const EXTRA: Variant = variant("extra", |at, text| {
    format!("{text}\n[extra]\nkm = {}\nphone_answered = true\nremark = \"Đường vào xã đang sửa.\"\n", at % 90)
});

/// A warning in every file, on its last line.
pub const WARNED: Variant = variant("warned", warned);
/// The same, and the settings do not want to hear of it.
pub const WARNED_OFF: Variant =
    Variant { name: "warned-off", text: warned, settings: "minutes-unsigned = \"off\"\n" };
/// Five files in a thousand have a fault.
pub const FEW_FAULTY: Variant =
    variant("few-faulty", |at, text| if at % 200 == 0 { slip(at / 200, &text) } else { text });
/// Every file has a fault.
pub const ALL_FAULTY: Variant = variant("all-faulty", |at, text| slip(at, &text));

/// A fault in every file that `check --fix` mends.
pub const FIXABLE: Variant =
    variant("fixable", |_, text| text.replace("signed_by_lead = true", "signed_by_lead = \"có\""));
/// What is to become a git repository.
pub const GIT: Variant = variant("git", |_, text| text);
/// Only the visits to one centre are more than names.
pub const NAMES: Variant =
    variant("only", |_, text| if text.starts_with("centre = \"xa-00007\"") { text } else { String::new() });

/// What goes wrong in a faulty file: the sound text, and what replaces it.
const SLIPS: &[(&str, &str)] = &[
    ("\npopulation = ", "\npopulaton = "),
    ("\nclosing = ", "\nclosing = 1"),
    ("starts = 08:00:00", "starts = 8h00"),
    ("\nmembers = ", "\nmembers = 1."),
    ("role = \"lead\"", "role = \"leader\""),
    ("rating.cham-diem", "rating.cham-diam"),
];

fn slip(nth: usize, text: &str) -> String {
    let (right, wrong) = SLIPS[nth % SLIPS.len()];
    text.replacen(right, wrong, 1)
}

fn warned(_: usize, text: String) -> String {
    text.replace("signed_by_host = true", "signed_by_host = false")
}

fn comments(_: usize, text: String) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let is_key = line.starts_with(|letter: char| letter.is_ascii_lowercase()) && !line.ends_with('[');
        match at % 3 {
            0 if line.starts_with('[') => lines.extend(["# theo biên bản".to_owned(), line.to_owned()]),
            0 if is_key => lines.push(format!("{line} # theo báo cáo của trung tâm")),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

fn any_order(at: usize, text: String) -> String {
    let mut dice = Dice::of(at, 5);
    let mut blocks: Vec<String> = text.trim_end().split("\n\n").map(|block| keys(block, &mut dice)).collect();
    let first = blocks.remove(0);
    // What belongs to one section, such as the people of a team, stays together and in order.
    let mut sections: Vec<Vec<String>> = Vec::new();
    for block in blocks {
        match sections.last_mut().filter(|section| name(&section[0]) == name(&block)) {
            Some(section) => section.push(block),
            None => sections.push(vec![block]),
        }
    }
    shuffle(&mut sections, &mut dice);
    [vec![first], sections.concat()].concat().join("\n\n") + "\n"
}

/// The first word of a header.
fn name(block: &str) -> Option<&str> {
    block.split(['[', '.', ']']).find(|word| !word.is_empty())
}

/// A section whose keys stand in another order.
fn keys(block: &str, dice: &mut Dice) -> String {
    let (mut header, mut keys) = (Vec::new(), Vec::<String>::new());
    for line in block.lines() {
        match keys.last_mut() {
            _ if line.starts_with('[') => header.push(line.to_owned()),
            // The lines of a list.
            Some(key) if line.starts_with([' ', ']']) => *key = format!("{key}\n{line}"),
            _ => keys.push(line.to_owned()),
        }
    }
    shuffle(&mut keys, dice);
    [header, keys].concat().join("\n")
}

fn shuffle<T>(items: &mut [T], dice: &mut Dice) {
    for at in (1..items.len()).rev() {
        items.swap(at, dice.between(0, at as i64) as usize);
    }
}
