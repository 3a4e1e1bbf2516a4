//! A section that lost its header: its keys are then in the section before, each unknown there. That is one defect.

use super::super::codes;
use crate::model::fault::Fault;
use crate::model::field::{Field, Kind};
use crate::say;

/// Turns a run of unknown keys that all belong to one other section into a single fault.
pub fn headers(faults: Vec<Fault>, fields: &'static [Field]) -> Vec<Fault> {
    let mut told: Vec<Fault> = Vec::with_capacity(faults.len());
    let is_run = |a: &Fault, b: &Fault| split(a).is_some() && split(a).map(|k| k.0) == split(b).map(|k| k.0);
    for run in faults.chunk_by(is_run) {
        let keys: Option<Vec<&str>> = run.iter().map(|fault| split(fault).map(|(_, key)| key)).collect();
        let keys = keys.filter(|keys| keys.len() > 1);
        match keys.and_then(|keys| section(fields, &keys)) {
            None => told.extend(run.iter().cloned()),
            Some(field) => {
                let header =
                    if matches!(field.kind, Kind::Rows(_)) { "[[…]]" } else { "[…]" }.replace('…', field.key);
                let n = run.len();
                told.push(Fault {
                    message: say!(
                        "{n} khoá từ đây thuộc phần {header}, nhưng không thấy tên phần",
                        "{n} keys from here belong to {header}, but its header is not there",
                        [n, header]
                    ),
                    help: say!("thêm dòng {header} ở trên", "add a line {header} above", [header]),
                    ..run[0].clone()
                });
            }
        }
    }
    told
}

/// An unknown key, split into its table and the key itself.
fn split(fault: &Fault) -> Option<(&str, &str)> {
    let key = fault.key.as_deref().filter(|_| fault.code == codes::UNKNOWN_KEY.name)?;
    Some(key.rsplit_once('.').unwrap_or(("", key)))
}

/// The section to which all of some keys belong.
fn section(fields: &'static [Field], keys: &[&str]) -> Option<&'static Field> {
    let has =
        |field: &&Field| keys.iter().all(|key| field.kind.fields().iter().any(|below| below.key == *key));
    fields.iter().filter(|field| matches!(field.kind, Kind::Section(_) | Kind::Rows(_))).find(has)
}

#[cfg(test)]
mod tests {
    use crate::model::visit::FIELDS;
    use crate::toml::read_tree;

    #[test]
    fn a_lost_header_is_one_fault() {
        let text = "centre = \"a\"\ndate = 2016-10-27\n\n[context]\npopulation = 1\n\nyearly_plan = true\nregulations = true\n";
        let (_, faults) = read_tree(text, FIELDS, "x");
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].help.en.contains("[management]"));
        assert_eq!(faults[0].place.as_ref().map(|place| place.line), Some(7));
    }
}
