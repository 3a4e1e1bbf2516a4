//! What a person says of the columns of a sheet, in a file: `ttht import --map`, and what `--save-map` writes.

use super::called::is_called;
use crate::desk::error::Error;
use crate::model::fault::Fault;
use crate::model::text::Said;
use crate::model::tree::{Entry, Node, Value};
use crate::say;
use crate::store::loose;
use crate::toml::{self, print};
use std::collections::BTreeMap;
use std::path::Path;

/// What is known of a sheet before it is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// Which heading stands for which key; `-` leaves a column out.
    pub columns: BTreeMap<String, String>,
    /// The table.
    pub table: Option<String>,
    /// The name of the sheet in its workbook.
    pub sheet: Option<String>,
    /// The rows of the headings, from the first to the last, as a spreadsheet numbers them.
    pub headings: Option<(usize, usize)>,
}

/// What leaves a column out.
const LEFT_OUT: &str = "-";

impl Map {
    /// The key that a heading stands for.
    pub fn key(&self, heading: &str) -> Option<&str> {
        let mut named = self.columns.iter().filter(|(name, _)| is_called(heading, name));
        let key = self.columns.get(heading).or_else(|| named.next().map(|(_, key)| key));
        key.map(String::as_str).filter(|key| *key != LEFT_OUT)
    }

    /// True for a heading that it says something of.
    pub fn names(&self, heading: &str) -> bool {
        self.key(heading).is_some() || self.leaves_out(heading)
    }

    /// True for a column that is left out.
    pub fn leaves_out(&self, heading: &str) -> bool {
        let is = |(name, key): (&String, &String)| key == LEFT_OUT && is_called(heading, name);
        !heading.is_empty() && self.columns.iter().any(is)
    }

    /// Reads one: `"Heading" = "key"` a line, or these below `[columns]`, with what else is known above them.
    pub fn read(path: &Path) -> Result<Map, Error> {
        let bytes = loose::read(path, 1).map_err(|error| Error::io(path, &error))?;
        let text = toml::text(&bytes, &path.to_string_lossy()).map_err(|fault| {
            let Fault { message, help, .. } = *fault;
            Error::faults(say!("{path}: {message}", "{path}: {message}", [path, message]), help)
        })?;
        let tree = toml::raw_tree(&text);
        let columns = tree.get("columns").filter(|columns| !columns.entries().is_empty());
        let pair = |entry: &Entry| Some((entry.key.to_string(), entry.node.text()?.to_owned()));
        let pairs: BTreeMap<_, _> = columns.unwrap_or(&tree).entries().iter().filter_map(pair).collect();
        if pairs.is_empty() {
            return Err(Error::wrong_use(
                say!(
                    "{path} không có dòng nào dạng “Tên cột” = “tên mục”",
                    "{path} has no line “Heading” = “key”",
                    [path]
                ),
                Said::default(),
            ));
        }
        let above = |key: &str| columns.and_then(|_| tree.get(key));
        let text = |key: &str| above(key).and_then(Node::text).map(str::to_owned);
        let number = |node: &Node| match node.value {
            Value::Int(n) => usize::try_from(n).ok(),
            _ => None,
        };
        let headings = above("headings").map(Node::items).and_then(|rows| match rows {
            [first, last] => Some((number(first)?, number(last)?)),
            _ => None,
        });
        Ok(Map { columns: pairs, table: text("table"), sheet: text("sheet"), headings })
    }

    /// As it is written in a file.
    pub fn text(&self) -> String {
        let known = [("table", &self.table), ("sheet", &self.sheet)];
        let mut text = String::new();
        for (key, value) in known.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
            text += &format!("{key} = {}\n", print::quoted(value));
        }
        if let Some((first, last)) = self.headings {
            text += &format!("headings = [{first}, {last}]\n");
        }
        text += "\n[columns]\n";
        for (heading, key) in &self.columns {
            text += &format!("{} = {}\n", print::quoted(heading), print::quoted(key));
        }
        text
    }
}
