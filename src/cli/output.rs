//! Where documents go and how they are drawn: `-O`, `-o`, `--profile`. A file's extension may tell the format.

use super::Call;
use super::error::Error;
use super::options::{FILE, Opt, OptRow, one_of, opt, to_make};
use super::pdf;
use super::printing;
use crate::desk::bundle;
use crate::desk::offered::Completion;
use crate::model::document::Document;
use crate::model::settings::CsvProfile;
use crate::model::text::t;
use crate::render::csv::PROFILES;
use crate::render::{FORMATS, Format, Style};
use crate::say;
use crate::store::{Store, loose};
use clap::ArgMatches;
use clap::builder::PossibleValuesParser;
use std::path::{Path, PathBuf};

/// Where documents go and how they are drawn.
pub struct Output<'a> {
    format: &'static Format,
    file: Option<&'a Path>,
    style: Style,
    /// True for a PDF, which is made of a Word file.
    is_pdf: bool,
    /// True if the call says how cells of CSV are written.
    has_profile: bool,
    /// True if several documents go to a folder of that name.
    is_folder: bool,
}

/// The options of every command that makes documents.
pub const OUTPUT: &[OptRow] = &[FORMAT.row, FILE_TO_WRITE.row, PROFILE.row];

const FORMAT: Opt<String> = opt(
    "format",
    one_of(t("DẠNG", "FORMAT"), || FORMATS.iter().map(|f| (f.name.into(), f.about.into())).collect()),
    "",
    "",
)
.short('O')
.also(|arg| {
    let words = arg.get_possible_values().into_iter().map(|word| {
        let format = FORMATS.iter().find(|format| format.name == word.get_name());
        word.aliases(format.map_or(&[][..], |format| format.extensions))
    });
    let words = PossibleValuesParser::new(words.collect::<Vec<_>>());
    arg.value_parser(words)
});
const FILE_TO_WRITE: Opt<PathBuf> = opt(
    "output",
    to_make(FILE),
    "Ghi ra tệp này; định dạng theo đuôi tệp (.pdf: cần có LibreOffice)",
    "Write to this file; its extension tells the format (.pdf needs LibreOffice)",
)
.completed(Completion::File(|| {
    FORMATS.iter().flat_map(|format| format.extensions).copied().chain([pdf::ENDING]).collect()
}))
.short('o');
const PROFILE: Opt<String> = opt(
    "profile",
    one_of(t("KIỂU", "PROFILE"), || PROFILES.iter().map(|p| (p.name.into(), p.about.into())).collect()),
    "CSV",
    "CSV",
);

impl<'a> Output<'a> {
    /// What the call says.
    pub fn of(call: &Call, matches: &'a ArgMatches) -> Result<Output<'a>, Error> {
        let file = FILE_TO_WRITE.get(matches).map(PathBuf::as_path);
        if let Some(file) = file.filter(|file| loose::is_record(file)) {
            return Err(Error::wrong_use(
                say!("{file} là chỗ của một tệp trong sổ", "{file} is the place of a record", [file]),
                say!("chọn tên tệp khác cho -o", "choose another name for -o"),
            ));
        }
        let ending = file.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
        let is_pdf = FORMAT.text(matches).is_none() && ending.as_deref() == Some(pdf::ENDING);
        let ending = if is_pdf { Some("docx".to_owned()) } else { ending };
        let format = match (FORMAT.text(matches), ending) {
            (Some(word), _) => {
                FORMATS.iter().find(|format| format.name == word).or_else(|| Format::of_extension(word))
            }
            (None, Some(ending)) => Format::of_extension(&ending),
            (None, None) => FORMATS.first(),
        };
        let format = format.ok_or_else(|| {
            let endings: Vec<&str> =
                FORMATS.iter().flat_map(|format| format.extensions).copied().chain([pdf::ENDING]).collect();
            let endings = endings.join(", ");
            Error::wrong_use(
                say!("đuôi tệp không cho biết dạng nào", "the extension does not tell the format"),
                say!(
                    "dùng đuôi {endings}, hoặc chọn dạng bằng -O",
                    "use one of {endings}, or choose a format with -O",
                    [endings]
                ),
            )
        })?;
        let mut style = call.style();
        style.profile =
            PROFILE.among(matches, PROFILES, |profile| profile.name).copied().unwrap_or(style.profile);
        if file.is_some() {
            style.colour = false;
        }
        let has_ending = file.and_then(Path::extension).is_some_and(|ending| {
            format.extensions.contains(&ending.to_string_lossy().to_lowercase().as_str())
        });
        Ok(Output {
            format,
            file,
            style,
            is_pdf,
            has_profile: PROFILE.text(matches).is_some(),
            is_folder: !is_pdf
                && FORMAT.text(matches).is_some()
                && file.is_some_and(|file| !has_ending || file.is_dir()),
        })
    }

    /// The same with cells of CSV as the register has them, if the call does not say how.
    pub fn in_register(mut self, store: &Store) -> Output<'a> {
        let word = store.register.settings.body.profile.map(CsvProfile::word);
        let profile = PROFILES.iter().find(|profile| Some(profile.name) == word && !self.has_profile);
        self.style.profile = profile.copied().unwrap_or(self.style.profile);
        self
    }

    /// The same with bars below each table, if the format is text; pages have a picture in any case.
    pub fn with_charts(mut self, charts: bool) -> Output<'a> {
        self.style.charts = charts;
        self
    }

    /// True if this format was chosen.
    pub fn is(&self, format: &str) -> bool {
        self.format.name == format
    }

    /// The folder for several documents, where that is meant: a format was chosen, and the name is none of its files.
    pub fn folder(&self) -> Option<&Path> {
        self.file.filter(|_| self.is_folder)
    }

    /// Draws a document, and writes it to its file in one step, or prints it.
    pub fn put(&self, call: &Call, document: &Document) -> Result<(), Error> {
        self.put_drawn(call, self.drawn(document)?)
    }

    /// The same for what was drawn already, as this format does.
    pub fn put_drawn(&self, call: &Call, drawn: Vec<u8>) -> Result<(), Error> {
        if self.file.is_none() && self.format.binary && printing::out_is_read() {
            let (name, ending) =
                (self.format.name, self.format.extensions.first().copied().unwrap_or_default());
            return Err(Error::wrong_use(
                say!(
                    "dạng {name} không hiện được trên màn hình",
                    "{name} cannot be shown on a terminal",
                    [name]
                ),
                say!("ghi ra tệp: -o TÊN.{ending}", "write it to a file: -o NAME.{ending}", [ending]),
            ));
        }
        let drawn = if self.is_pdf { pdf::of_word(&drawn)? } else { drawn };
        match self.file {
            None if self.format.binary => call.print(drawn),
            None => call.print_drawn(&String::from_utf8_lossy(&drawn)),
            Some(file) => loose::put(file, &drawn).map_err(|error| Error::io(file, &error)),
        }
    }

    /// Writes documents into a folder, a file each, all of them or none. Their names end with what they are about.
    pub fn put_each(&self, folder: &Path, documents: &[Document], about: &str) -> Result<(), Error> {
        let ending = self.format.extensions.first().copied().unwrap_or(self.format.name);
        let name = |document: &Document| match about {
            "" => format!("{}.{ending}", document.name),
            about => format!("{}-{about}.{ending}", document.name),
        };
        let file = |document: &Document| Ok((name(document), self.drawn(document)?));
        bundle::write(folder, &documents.iter().map(file).collect::<Result<Vec<_>, Error>>()?)
    }

    fn drawn(&self, document: &Document) -> Result<Vec<u8>, Error> {
        (self.format.draw)(document, &self.style).map_err(|why| {
            Error::wrong_use(why, say!("chọn dạng khác bằng -O", "choose another format with -O"))
        })
    }
}

impl Call {
    /// How things are drawn on this terminal.
    pub fn style(&self) -> Style {
        Style {
            lang: self.lang,
            width: self.width(),
            colour: self.colour,
            made: Some(self.today),
            ..Style::default()
        }
    }
}
