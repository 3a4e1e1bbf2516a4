//! Key paths such as `team[0].name`: read, written and followed through field rows. Trees follow them on their own.

use super::field::{Field, Kind};
use super::text::Text;

/// One step of a key path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// `.key`
    Key(String),
    /// `[0]`
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Step {
        Step::Key(key.to_owned())
    }
}

/// The steps of a key path: `team[0].name`. `None` if it is not one.
pub fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
        if key.is_empty() {
            return None;
        }
        steps.push(key.into());
        while let Some(inner) = rest.strip_prefix('[') {
            let (index, after) = inner.split_once(']')?;
            // One way of writing only: no sign, no zero in front.
            steps.push(Step::Index(index.parse().ok().filter(|number: &usize| number.to_string() == index)?));
            rest = after;
        }
        if !rest.is_empty() {
            return None;
        }
    }
    Some(steps)
}

/// The text of some steps, as [`steps`] reads it.
pub fn written(path: &[Step]) -> String {
    path.iter().fold(String::new(), |path, step| match step {
        Step::Key(key) => key_below(path, key),
        Step::Index(index) => item_below(path, *index),
    })
}

/// The text of the path to a key below a table.
pub fn key_below(table: impl Into<String>, key: &str) -> String {
    let mut path = table.into();
    if !path.is_empty() {
        path.push('.');
    }
    path + key
}

/// The text of the path to an item of a list.
pub fn item_below(list: impl Into<String>, index: usize) -> String {
    format!("{}[{index}]", list.into())
}

/// A key path as it grows on the way down. It becomes a text only when that is needed.
#[derive(Clone, Copy, Debug)]
pub enum Trail<'p> {
    /// The whole record.
    Root,
    /// A key below.
    Key(&'p Trail<'p>, &'p str),
    /// An item below.
    Index(&'p Trail<'p>, usize),
}

impl Trail<'_> {
    /// The text of the path.
    pub fn written(&self) -> String {
        match self {
            Trail::Root => String::new(),
            Trail::Key(table, key) => key_below(table.written(), key),
            Trail::Index(list, index) => item_below(list.written(), *index),
        }
    }
}

impl Kind {
    /// The row of a key below this one, or of each table of this list.
    pub fn row(&self, key: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.key == key)
    }

    /// What people see for each key of a path below this; `None` if a key has no row.
    pub fn labels(&self, path: &str) -> Option<Vec<Text>> {
        let mut kind = *self;
        let label = |key: &str| {
            let row = kind.row(key)?;
            kind = row.kind;
            Some(row.label)
        };
        path.split('.').map(label).collect()
    }

    /// The kind of a key of this; [`Kind::Free`] if it has no row.
    pub fn key(&self, key: &str) -> Kind {
        match (self, self.row(key)) {
            (Kind::Section(_) | Kind::Inline(_) | Kind::Keyed { .. }, Some(row)) => row.kind,
            (Kind::Keyed { entry, .. }, None) => **entry,
            _ => Kind::Free,
        }
    }

    /// The kind of each item of this list; [`Kind::Free`] if this is no list.
    pub fn item(&self) -> Kind {
        match self {
            Kind::Rows(fields) => Kind::Section(fields),
            Kind::List(inner) => **inner,
            _ => Kind::Free,
        }
    }

    /// The kind one step below.
    pub fn below(&self, step: &Step) -> Kind {
        match step {
            Step::Key(key) => self.key(key),
            Step::Index(_) => self.item(),
        }
    }

    /// The kind at a path below.
    pub fn at(&self, path: &[Step]) -> Kind {
        path.iter().fold(*self, |kind, step| kind.below(step))
    }

    /// The position of a key among its neighbours. Words of a vocabulary stay in the order in which they were written,
    /// before the fixed keys; keys without a row come last.
    pub fn rank_of(&self, key: &str) -> usize {
        let row = self.fields().iter().position(|field| field.key == key);
        match self {
            Kind::Keyed { .. } => row.map_or(0, |at| at + 1),
            _ => row.unwrap_or(self.fields().len()),
        }
    }

    /// The position of a step among its neighbours.
    pub fn rank(&self, step: &Step) -> usize {
        match step {
            Step::Key(key) => self.rank_of(key),
            Step::Index(index) => *index,
        }
    }

    /// The position of each step of a path among its neighbours.
    pub fn ranks(&self, path: &[Step]) -> Vec<usize> {
        let step = |kind: &mut Kind, step: &Step| {
            let rank = kind.rank(step);
            *kind = kind.below(step);
            Some(rank)
        };
        path.iter().scan(*self, step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_path_is_read_step_by_step() {
        assert_eq!(steps("team[0].name"), Some(vec!["team".into(), Step::Index(0), "name".into()]));
        assert_eq!(steps("activity.field.law"), Some(vec!["activity".into(), "field".into(), "law".into()]));
        for bad in ["", "a..b", "a[", "a[x]", "a[0]b", "[0]", "a[+1]", "a[01]"] {
            assert_eq!(steps(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_key_path_is_written_as_it_is_read() {
        for path in ["date", "team[0].name", "activity.field.law", "a[0][1].b"] {
            assert_eq!(written(&steps(path).unwrap()), path);
        }
        let team = Trail::Key(&Trail::Root, "team");
        assert_eq!(Trail::Key(&Trail::Index(&team, 0), "name").written(), "team[0].name");
    }
}
