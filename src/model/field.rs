//! Field rows: everything that is known about each key of a record, in one place.
//!
//! A row drives faults of form, questions, the order of keys in new files, `show`, CSV columns and the reference.
//! It does not drive rules and summaries: those use the typed structs beside the rows.

use super::asking::{Asking, Recall, SchemeWords, Suggest, When};
pub use super::form::Form;
use super::text::{Said, Text, t};
use crate::say;

/// One key of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key in the file, also the CSV column and the flag.
    pub key: &'static str,
    /// What people see.
    pub label: Text,
    /// The kind of its value.
    pub kind: Kind,
    /// True if every record needs it.
    pub required: bool,
    /// True if it says of a row who or what it is: two rows in which it is the same are the same row.
    pub identifies: bool,
    /// A sentence of help, if the label does not say everything.
    pub help: Text,
    /// True if free text may be written, here or below.
    pub has_text: bool,
    /// What becomes of a figure over periods that follow each other.
    pub over: Over,
    /// How it is asked for.
    pub asking: Asking,
}

/// What a figure is over two periods that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Both together: it is about a period.
    Sum,
    /// That of the earlier one: it is as of the first day.
    First,
    /// That of the later one: it is as of a day, such as the members of an association.
    Last,
    /// Not known: the same people may be counted in both.
    Unknown,
}

/// What the value of a key may be.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A line of text.
    Text,
    /// Text that may run over several lines.
    Prose,
    /// A text of a given form.
    Form(Form),
    /// The id of another record.
    Id(Refers),
    /// A date.
    Day,
    /// A date, of which only the month or the year may be known.
    Date,
    /// A time of day.
    Time,
    /// Yes or no.
    Bool,
    /// A count, from 0 to this bound.
    Count(i64),
    /// Whole đồng (VND), 0 or more.
    Money,
    /// A measure that may have decimals, 0 or more: the unit.
    Measure(Text),
    /// One of a few code words.
    Choice(&'static [Choice]),
    /// Several values of one kind, in an array.
    List(&'static Kind),
    /// A `[table]`.
    Section(&'static [Field]),
    /// A table on one line.
    Inline(&'static [Field]),
    /// A list of `[[tables]]`.
    Rows(&'static [Field]),
    /// A table whose keys are words of a vocabulary, beside some fixed ones.
    Keyed {
        /// Where the keys come from.
        by: Vocabulary,
        /// What each such key has.
        entry: &'static Kind,
        /// Keys that are always allowed.
        fixed: &'static [Field],
    },
    /// The office's own free table: anything at all.
    Free,
}

/// A code word and what people see for it.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The stable word.
    pub word: &'static str,
    /// What people see.
    pub label: Text,
}

/// A row.
pub const fn field(key: &'static str, vi: &'static str, en: &'static str, kind: Kind) -> Field {
    Field {
        key,
        label: t(vi, en),
        kind,
        required: false,
        identifies: false,
        help: t("", ""),
        has_text: kind.has_text(),
        over: Over::Sum,
        asking: Asking::PLAIN,
    }
}

impl Field {
    /// Its values in words, and whether a figure is as of a day.
    pub fn values(&self) -> Said {
        let values = self.kind.values();
        match self.over == Over::Last {
            true => say!("{values}, tính đến một ngày", "{values}, as of a day", [values]),
            false => values,
        }
    }

    /// The row of a required key.
    pub const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// The row of a key that says of a row of a list who or what it is.
    pub const fn identifies(mut self) -> Field {
        self.identifies = true;
        self
    }

    /// The row of a figure as of a day.
    pub const fn stock(self) -> Field {
        self.over(Over::Last)
    }

    /// The row of a figure about a period of which more is to be known.
    pub const fn over(mut self, over: Over) -> Field {
        self.over = over;
        self
    }

    /// The row of what most papers do not say.
    pub const fn rare(self) -> Field {
        self.when(When::Rare)
    }

    /// The row with a sentence of help.
    pub const fn help(mut self, vi: &'static str, en: &'static str) -> Field {
        self.help = t(vi, en);
        self
    }

    /// The row with what is known beforehand.
    pub const fn suggest(mut self, suggest: Suggest) -> Field {
        self.asking.suggest = Some(suggest);
        self
    }

    /// The row of a key whose words are those of the rating scheme.
    pub const fn words(mut self, words: SchemeWords) -> Field {
        self.asking.words = Some(words);
        self
    }

    /// The row of a key that is not always asked for.
    pub const fn when(mut self, when: When) -> Field {
        self.asking.when = when;
        self
    }

    /// The row of what belongs to one visit alone, with everything below it.
    pub const fn once(self) -> Field {
        self.recall(Recall::Nothing)
    }

    /// The row of a figure that is a part of the one beside it.
    pub const fn part_of(mut self, whole: &'static str) -> Field {
        self.asking.part_of = Some(whole);
        self
    }

    /// The row with what is recalled of earlier visits.
    pub const fn recall(mut self, recall: Recall) -> Field {
        self.asking.recall = recall;
        self
    }
}

/// The bound of a count without one of its own: more than anyone in the country could report.
pub const COUNT: Kind = Kind::Count(1_000_000_000);
/// The largest amount, in đồng: a million billion.
pub const MONEY_MAX: i64 = 1_000_000_000_000_000;

impl Kind {
    /// The rows below this one: those of a table, or of each table of a list.
    pub fn fields(&self) -> &'static [Field] {
        match self {
            Kind::Section(fields)
            | Kind::Inline(fields)
            | Kind::Rows(fields)
            | Kind::Keyed { fixed: fields, .. } => fields,
            _ => &[],
        }
    }

    /// The stable word for the kind: `count`; of a text of some form, that of the form.
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Prose => "prose",
            Kind::Form(form) => form.word(),
            Kind::Id(_) => "id",
            Kind::Day => "day",
            Kind::Date => "date",
            Kind::Time => "time",
            Kind::Bool => "bool",
            Kind::Count(_) => "count",
            Kind::Money => "money",
            Kind::Measure(_) => "measure",
            Kind::Choice(_) => "choice",
            Kind::List(_) => "list",
            Kind::Section(_) => "section",
            Kind::Inline(_) => "inline",
            Kind::Rows(_) => "rows",
            Kind::Keyed { .. } => "map",
            Kind::Free => "free",
        }
    }

    /// What it is made of: the kind of the items of a list, or of the values of a map.
    pub fn of(&self) -> Option<&'static Kind> {
        match self {
            Kind::List(item) => Some(item),
            Kind::Keyed { entry, .. } => Some(entry),
            _ => None,
        }
    }

    /// The largest number that it takes; the least is 0.
    pub fn most(&self) -> Option<i64> {
        match self {
            Kind::Count(most) => Some(*most),
            Kind::Money | Kind::Measure(_) => Some(MONEY_MAX),
            _ => None,
        }
    }

    /// The words of a choice; none for another kind.
    pub fn choices(&self) -> &'static [Choice] {
        match self {
            Kind::Choice(choices) => choices,
            _ => &[],
        }
    }

    /// The kind in words: `a whole number`.
    pub fn called(&self) -> Said {
        match self {
            Kind::Text | Kind::Prose => t("chữ", "text").into(),
            Kind::Form(form) => form.called().into(),
            Kind::Id(refers) => say!("mã {of}", "the id of a {of}", [of = refers.label()]),
            Kind::Choice(_) => t("một từ trong danh sách", "a word of the list").into(),
            Kind::Day => t("ngày", "a date").into(),
            Kind::Date => t("ngày, tháng hoặc năm", "a date, a month or a year").into(),
            Kind::Time => t("giờ", "a time of day").into(),
            Kind::Bool => t("true (có) | false (không)", "true or false").into(),
            Kind::Count(_) => t("số nguyên", "a whole number").into(),
            Kind::Money => t("số nguyên (đồng)", "a whole number (đồng)").into(),
            Kind::Measure(unit) => say!("số ({unit})", "a number ({unit})", [unit]),
            Kind::List(_) => t("danh sách", "a list").into(),
            Kind::Section(_) | Kind::Keyed { .. } => t("phần […]", "a [section]").into(),
            Kind::Inline(_) => t("nhóm giá trị {…}", "a group of values {…}").into(),
            Kind::Rows(_) => t("các dòng [[…]]", "[[…]] entries").into(),
            Kind::Free => t("phần […], tuỳ ý", "a [section] of anything").into(),
        }
    }

    /// Its values in words: `a school year: 2016-2017`.
    pub fn values(&self) -> Said {
        match self {
            Kind::Choice(choices) => {
                let vi = choices.iter().map(|choice| format!("{} ({})", choice.word, choice.label.vi));
                let en = choices.iter().map(|choice| choice.word);
                Said { vi: vi.collect::<Vec<_>>().join(" | "), en: en.collect::<Vec<_>>().join(" | ") }
            }
            Kind::List(item) => say!("danh sách: {item}", "a list: {item}", [item = item.values()]),
            Kind::Form(form) => match form.examples() {
                [] => form.how(),
                examples => {
                    say!(
                        "{called}: {like}",
                        "{called}: {like}",
                        [called = form.called(), like = examples.join(" | ")]
                    )
                }
            },
            Kind::Day | Kind::Date | Kind::Time => {
                say!("{called}: {like}", "{called}: {like}", [called = self.called(), like = self.example()])
            }
            kind => kind.called(),
        }
    }

    /// A value as it may be written in a file; an ellipsis if that depends.
    pub fn example(&self) -> String {
        match self {
            Kind::Form(form) => format!("\"{}\"", form.examples().first().unwrap_or(&"…")),
            Kind::Choice(choices) => {
                let words: Vec<String> =
                    choices.iter().map(|choice| format!("\"{}\"", choice.word)).collect();
                words.join(" | ")
            }
            Kind::Text | Kind::Prose | Kind::Id(_) => "\"…\"".to_owned(),
            Kind::Day => "2016-10-27".to_owned(),
            Kind::Date => "2016-10-27 | \"2016-10\" | \"2016\"".to_owned(),
            Kind::Time => "08:00:00".to_owned(),
            Kind::Bool => "true".to_owned(),
            Kind::Count(_) | Kind::Money | Kind::Measure(_) => "0".to_owned(),
            Kind::List(inner) => format!("[{}]", inner.example()),
            Kind::Inline(fields) => {
                let keys: Vec<String> = fields.iter().map(|field| format!("{} = …", field.key)).collect();
                format!("{{ {} }}", keys.join(", "))
            }
            Kind::Section(_) | Kind::Rows(_) | Kind::Keyed { .. } | Kind::Free => "…".to_owned(),
        }
    }

    /// True for what may be free text. Code words, ids and the like have a form that is checked when they are read,
    /// down to the last letter.
    pub const fn has_text(&self) -> bool {
        match self {
            Kind::Text | Kind::Prose | Kind::Free | Kind::Form(Form::DocumentNumber | Form::Path) => true,
            Kind::Form(_) | Kind::Id(_) | Kind::Choice(_) => false,
            Kind::Day | Kind::Date | Kind::Time | Kind::Bool => false,
            Kind::Count(_) | Kind::Money | Kind::Measure(_) => false,
            Kind::List(kind) => kind.has_text(),
            Kind::Section(fields) | Kind::Inline(fields) | Kind::Rows(fields) => any_has_text(fields),
            Kind::Keyed { entry, fixed, .. } => entry.has_text() || any_has_text(fixed),
        }
    }

    /// True for a value that is not made of others.
    pub fn is_scalar(&self) -> bool {
        !matches!(
            self,
            Kind::List(_)
                | Kind::Section(_)
                | Kind::Inline(_)
                | Kind::Rows(_)
                | Kind::Keyed { .. }
                | Kind::Free
        )
    }
}

const fn any_has_text(fields: &[Field]) -> bool {
    let mut at = 0;
    while at < fields.len() {
        if fields[at].has_text {
            return true;
        }
        at += 1;
    }
    false
}

/// Defines the code words of a field as an enum, with their labels: `Ward = "ward", "phường", "ward";`.
#[macro_export]
macro_rules! choices {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $vi:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $(#[doc = $en] $(#[$vdoc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The code words and labels, in the order in which they are offered.
            pub const CHOICES: &'static [$crate::model::field::Choice] = &[
                $($crate::model::field::Choice { word: $word, label: $crate::model::text::t($vi, $en) },)+
            ];
            /// The kind of a field of these words.
            pub const KIND: $crate::model::field::Kind = $crate::model::field::Kind::Choice(Self::CHOICES);

            /// The code word and its label.
            pub const fn choice(self) -> &'static $crate::model::field::Choice {
                &Self::CHOICES[self as usize]
            }

            /// The stable code word.
            pub const fn word(self) -> &'static str {
                self.choice().word
            }

            /// The word of a file or a command line.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.word() == word)
            }

            /// What people see.
            pub const fn label(self) -> $crate::model::text::Text {
                self.choice().label
            }
        }
    };
}

choices! {
    /// What an id names.
    pub enum Refers {
        Unit = "unit", "xã, phường", "unit";
        Centre = "centre", "trung tâm", "centre";
        Campaign = "campaign", "đợt kiểm tra", "campaign";
        Visit = "visit", "lần kiểm tra", "visit";
        Statement = "statement", "số liệu công bố", "statement";
        Scheme = "scheme", "thang đánh giá hay bộ chỉ tiêu", "rating scheme or target set";
        RatingScheme = "rating-scheme", "thang đánh giá", "rating scheme";
        TargetSet = "target-set", "bộ chỉ tiêu", "target set";
        Area = "area", "huyện cũ, cụm", "area";
    }
}

choices! {
    /// Words that are keys: what each of them names.
    pub enum Vocabulary {
        /// The shipped ones and the register's own.
        ActivityFields = "activity_field", "lĩnh vực hoạt động", "field of activity";
        /// Those that are checked.
        Documents = "document", "loại hồ sơ, sổ sách", "book or file";
        /// The shipped ones and the register's own.
        Schemes = "scheme", "thang đánh giá", "rating scheme";
        /// Any short word that the writer chooses: `r1`.
        Words = "word", "mã", "id";
    }
}
