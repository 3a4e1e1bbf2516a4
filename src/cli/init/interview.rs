//! What is asked before a register is made: one question after another, as there is no register yet that a draft could lie in.

use crate::cli::Call;
use crate::cli::ask::terminal::{self, Lost};
use crate::desk::error::{Error, Exit};
use crate::desk::new_register::{self, EXAMPLES, Example};
use crate::desk::typed;
use crate::model::RecordKind;
use crate::model::field::{Field, Kind, Refers};
use crate::model::path::steps;
use crate::model::settings::Labelled;
use crate::model::text::{Said, Text, t};
use crate::model::tree::Node;
use crate::render::Style;
use crate::render::record::{self, Shown};
use crate::say;
use crate::store::Store;
use std::path::Path;

/// What may be typed at every question.
const KEYS: Text = t(
    "Enter: lấy giá trị ghi sau “Enter =”; - để trống; < quay lại; ? giải thích. Ctrl-C: thôi, chưa ghi gì.",
    "Enter takes the value shown after “Enter =”; - leaves it empty; < goes back; ? explains. Ctrl-C: stop, nothing is written.",
);

/// A conversation about a new register.
pub struct Interview<'a> {
    /// The call.
    pub call: &'a Call,
    /// The register as it would be.
    pub store: &'a Store,
    /// Where it is to be.
    pub root: &'a Path,
    /// What is said of it so far.
    pub told: Node<'static>,
}

/// What came of a question.
enum Answered {
    Yes,
    Back,
    Again,
}

impl Interview<'_> {
    /// Asks all of it. Returns the example to copy, else what was said.
    pub fn whole(mut self) -> Result<(Option<&'static Example>, Node<'static>), Error> {
        terminal::print_wrapped(KEYS.get(self.call.lang), 0);
        match self.talk() {
            Ok(Some(example)) => Ok((example, self.told)),
            Ok(None) | Err(Lost) => Err(Error {
                exit: Exit::Interrupted,
                message: say!("Chưa lập sổ, chưa ghi gì.", "No register was made, nothing was written."),
                help: Said::default(),
            }),
        }
    }

    /// The example or none, once all is agreed to; nothing if it is given up.
    fn talk(&mut self) -> Result<Option<Option<&'static Example>>, Lost> {
        let rows: Vec<&'static Field> =
            new_register::told().filter(|row| self.told.get(row.key).is_none()).collect();
        // Who says something of the register wants no copy of another one.
        let offers = self.told.entries().is_empty();
        let (mut at, mut again) = (0, false);
        loop {
            if at == 0
                && offers
                && let Some(example) = self.example()?
            {
                return Ok(Some(Some(example)));
            }
            while let Some(row) = rows.get(at) {
                let answered = self.question(row, again)?;
                again = matches!(answered, Answered::Again);
                match answered {
                    Answered::Yes => at += 1,
                    Answered::Back if at == 0 => break,
                    Answered::Back => at -= 1,
                    Answered::Again => {}
                }
            }
            if at == rows.len() {
                match self.review()? {
                    Answered::Yes => return Ok(Some(None)),
                    Answered::Again => return Ok(None),
                    Answered::Back => at = rows.len().saturating_sub(1),
                }
            }
        }
    }

    /// The example that is to be copied, if one is chosen.
    fn example(&self) -> Result<Option<&'static Example>, Lost> {
        let lang = self.call.lang;
        loop {
            self.list(
                EXAMPLES.iter().map(|example| format!("{}: {}", example.name, example.about.get(lang))),
            );
            let question = t(
                "Chép sổ mẫu nào? [Enter = sổ trống]: ",
                "Copy which example? [Enter = an empty register]: ",
            );
            let Some(line) = terminal::line(question.get(lang))? else { continue };
            if matches!(line.as_str(), "" | "-" | "<") {
                return Ok(None);
            }
            let named = EXAMPLES.iter().position(|example| example.name == line);
            let number = line.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            match named.or(number).and_then(|at| EXAMPLES.get(at)) {
                Some(example) => return Ok(Some(example)),
                None => self.tell(&say!(
                    "gõ số của sổ mẫu, hoặc Enter để lập sổ trống",
                    "type the number of an example, or Enter for an empty register"
                )),
            }
        }
    }

    /// Asks for the value of a row; its words are listed once.
    fn question(&mut self, row: &'static Field, again: bool) -> Result<Answered, Lost> {
        let (lang, words) = (self.call.lang, self.words(row));
        self.list(words.iter().filter(|_| !again).map(|word| word.label.get(lang).to_owned()));
        let usual = new_register::usual(row, lang, &self.told);
        let enter = usual.as_deref().unwrap_or(t("bỏ trống", "leave it empty").get(lang));
        let several = match row.kind {
            Kind::List(_) => t(" (1, 3 nếu có nhiều)", " (1, 3 for several)").get(lang),
            _ => "",
        };
        let prompt = format!("{}{several} [Enter = {enter}]: ", row.label.get(lang));
        let Some(line) = terminal::line(&prompt)? else { return Ok(Answered::Again) };
        self.told.take(&steps(row.key).unwrap_or_default());
        let line = match line.as_str() {
            "<" => return Ok(Answered::Back),
            "?" => {
                let help = if row.help.get(lang).is_empty() { row.label } else { row.help };
                terminal::print_wrapped(&format!("  {}\n  {}", help.get(lang), KEYS.get(lang)), 0);
                return Ok(Answered::Again);
            }
            "" | "-" => match usual {
                Some(usual) => usual,
                None => return Ok(Answered::Yes),
            },
            line => by_number(line, &words),
        };
        match typed::put(self.store, self.call.speaker(self.store), &mut self.told, row, (0, &line)) {
            Ok(()) => Ok(Answered::Yes),
            Err(_) if matches!(row.kind, Kind::Choice(_)) => {
                self.tell(&say!(
                    "“{line}” chưa rõ là gì; gõ số của mục cần chọn",
                    "“{line}” is not clear; type the number of one of these",
                    [line]
                ));
                Ok(Answered::Again)
            }
            Err(Error { message, help, .. }) => {
                self.tell(&message);
                if !help.is_empty() {
                    terminal::print_wrapped(&format!("    {}", help.get(lang)), 0);
                }
                Ok(Answered::Again)
            }
        }
    }

    /// The words that may be answered, if they are few.
    fn words(&self, row: &Field) -> Vec<Labelled> {
        let titled = |refers: Refers| {
            let title =
                |id: &str| self.store.register.schemes.get(id).map(|scheme| scheme.body.title.clone());
            let word = |id: &str| Labelled { id: id.to_owned(), label: title(id).unwrap_or(Said::same(id)) };
            self.store.ids(refers).map(word).collect()
        };
        match row.kind {
            Kind::Choice(choices) => {
                let word =
                    |(word, label): (&str, Text)| Labelled { id: word.to_owned(), label: label.into() };
                choices.iter().map(|choice| word((choice.word, choice.label))).collect()
            }
            Kind::Id(refers) | Kind::List(&Kind::Id(refers)) => titled(refers),
            _ => Vec::new(),
        }
    }

    /// Shows what was said and what is odd about it, and asks whether to make the register.
    fn review(&self) -> Result<Answered, Lost> {
        let (lang, register) = (self.call.lang, &self.store.register);
        let fields = RecordKind::Register.fields();
        let style = Style { width: terminal::columns(), ..self.call.style() };
        terminal::print("\n");
        terminal::print_drawn(&record::text(&Shown { tree: &self.told, fields, register }, &style));
        terminal::print("\n");
        for fault in new_register::faults_of(self.root, lang, self.call.today, &self.told).unwrap_or_default()
        {
            self.tell(&fault.message);
        }
        let folder = self.root;
        let question = say!(
            "Lập sổ ở {folder}? [Enter = lập; < quay lại; - thôi]: ",
            "Make the register in {folder}? [Enter = make it; < back; - not now]: ",
            [folder]
        );
        loop {
            match terminal::line(question.get(lang))?.as_deref() {
                Some("") => return Ok(Answered::Yes),
                Some("<") => return Ok(Answered::Back),
                Some("-") => return Ok(Answered::Again),
                _ => {}
            }
        }
    }

    /// Numbered lines.
    fn list(&self, lines: impl Iterator<Item = String>) {
        for (n, line) in lines.enumerate() {
            terminal::print_wrapped(&format!("  {}. {line}", n + 1), 3);
        }
    }

    fn tell(&self, said: &Said) {
        terminal::print_wrapped(&format!("  ! {}", said.get(self.call.lang)), 2);
    }
}

/// What was typed, with the words that its numbers stand for: `1, 3`.
fn by_number(line: &str, words: &[Labelled]) -> String {
    let word = |part: &str| {
        let at = part.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        at.and_then(|at| words.get(at)).map_or(part.trim(), |word| &word.id).to_owned()
    };
    match words {
        [] => line.replace('\n', " "),
        _ => line.split([',', ';']).map(word).collect::<Vec<_>>().join(", "),
    }
}
