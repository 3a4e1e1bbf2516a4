//! JSON Schema of a record from its field rows, for editors and other programs: its keys, what they are called, and what
//! may stand there. Draft 7, the newest that all editors of TOML take.
//!
//! It refuses nothing that `check` takes, so it knows less: not whether there is such a record, and no rule.

use crate::model::RecordKind;
use crate::model::field::{Field, Kind, Refers, Vocabulary};
use crate::model::form::SLUG;
use crate::model::json::{Json, json, object, text};
use crate::model::register::Register;
use crate::model::text::{Lang, Said};
use crate::say;

/// The schema of a record, as the text of a file. Titles and descriptions are in one language, and stand beside it in both;
/// the words of vocabularies are those of a register.
pub fn json_schema(record: RecordKind, register: &Register, lang: Lang) -> String {
    let drawn = Drawn { register, lang };
    let title = say!("{label} ({path})", "{label} ({path})", [label = record.label(), path = record.path()]);
    let head = [("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"))];
    let said = drawn.said(title, Said::default());
    text(&object(head.into_iter().chain(said).chain(drawn.table(record.fields(), "#"))))
}

struct Drawn<'r> {
    register: &'r Register,
    lang: Lang,
}

/// The keys of a schema, with their values.
type Keys = Vec<(String, Json)>;

impl Drawn<'_> {
    /// What is said of a value.
    fn said(&self, title: Said, description: Said) -> Keys {
        let texts = [("title", title), ("description", description)];
        let said = texts.into_iter().filter(|(_, text)| !text.is_empty()).flat_map(|(key, text)| {
            let both = json!({"vi": text.vi, "en": text.en});
            [(key.to_owned(), json!(text.get(self.lang))), (format!("x-{key}"), both)]
        });
        said.collect()
    }

    /// A key with all that is below it; `at` is where it stands in the schema.
    fn field(&self, field: &Field, at: &str) -> (String, Json) {
        let said = self.said(field.label.into(), about(field));
        let value = self.value(&field.kind, &format!("{at}/properties/{}", field.key));
        (field.key.to_owned(), object(said.into_iter().chain(value)))
    }

    /// A table with the rows of its keys.
    fn table(&self, fields: &[Field], at: &str) -> Keys {
        let needed: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.key).collect();
        let mut table = vec![
            ("type".to_owned(), json!("object")),
            ("properties".to_owned(), object(fields.iter().map(|field| self.field(field, at)))),
            ("additionalProperties".to_owned(), json!(false)),
        ];
        if !needed.is_empty() {
            table.push(("required".to_owned(), json!(needed)));
        }
        table
    }

    fn value(&self, kind: &Kind, at: &str) -> Keys {
        let item = |kind: &Kind| object(self.value(kind, &format!("{at}/items")));
        keys(match kind {
            Kind::Section(fields) | Kind::Inline(fields) => return self.table(fields, at),
            Kind::Keyed { by, entry, fixed } => return self.map(*by, entry, fixed, at),
            Kind::List(of) => json!({"type": "array", "items": item(of)}),
            Kind::Rows(fields) => json!({"type": "array", "items": item(&Kind::Section(fields))}),
            Kind::Free => json!({"type": "object", "additionalProperties": true}),
            Kind::Text | Kind::Prose => of_text(r"\S", &[]),
            Kind::Form(form) => of_text(form.pattern(), form.examples()),
            Kind::Id(Refers::Visit) => of_text(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-[-a-z0-9]+(_[0-9]+)?$", &[]),
            Kind::Id(_) => of_text(SLUG, &[]),
            Kind::Choice(choices) => {
                let words: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
                json!({"type": "string", "enum": words})
            }
            Kind::Day => json!({"type": "string", "format": "date"}),
            Kind::Date => {
                let part = of_text("^[0-9]{4}(-[0-9]{2})?$", &["2016-10", "2016"]);
                json!({"anyOf": [{"type": "string", "format": "date"}, part]})
            }
            Kind::Time => json!({"type": "string", "format": "time-local"}),
            Kind::Bool => json!({"type": "boolean"}),
            Kind::Count(_) | Kind::Money => json!({"type": "integer", "minimum": 0, "maximum": kind.most()}),
            Kind::Measure(_) => json!({"type": "number", "minimum": 0, "maximum": kind.most()}),
        })
    }

    /// A table whose keys are words. Where an office may add its own, others are taken, too: they may be newer than this.
    fn map(&self, by: Vocabulary, entry: &Kind, fixed: &[Field], at: &str) -> Keys {
        let mut map = object(self.table(fixed, at));
        let is_open = by != Vocabulary::Documents;
        let inner = format!("{at}/additionalProperties");
        if is_open {
            map["additionalProperties"] = object(self.value(entry, &inner));
        }
        for word in self.register.words(by).unwrap_or_default() {
            let same =
                if is_open { keys(json!({"allOf": [{"$ref": inner}]})) } else { self.value(entry, "") };
            let said = self.said(word.label.clone(), meanings(entry));
            map["properties"][&word.id] = object(said.into_iter().chain(same));
        }
        keys(map)
    }
}

fn keys(schema: Json) -> Keys {
    match schema {
        Json::Object(entries) => entries.into_iter().collect(),
        _ => Vec::new(),
    }
}

fn of_text(pattern: &str, examples: &[&str]) -> Json {
    match examples {
        [] => json!({"type": "string", "pattern": pattern}),
        _ => json!({"type": "string", "pattern": pattern, "examples": examples}),
    }
}

/// What is said of a key below its label: the help, then what its values mean, or how they are written.
fn about(field: &Field) -> Said {
    let values = match &field.kind {
        kind if meanings(kind).is_empty() && (kind.is_scalar() || kind.of().is_some()) => field.values(),
        kind => meanings(kind),
    };
    Said::join([field.help.into(), values].into_iter().filter(|said| !said.is_empty()), "\n\n")
}

/// What the words of a choice mean, a line each, also where a list or a map is made of them.
fn meanings(kind: &Kind) -> Said {
    let choices = kind.of().unwrap_or(kind).choices().iter();
    let line = |word, label| say!("- `{word}`: {label}", "- `{word}`: {label}", [word, label]);
    Said::join(choices.map(|choice| line(choice.word, choice.label)), "\n")
}
