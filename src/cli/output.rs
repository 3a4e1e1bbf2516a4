//! Where documents go and how they are drawn: `-O`, `-o`, `--profile`. A file's extension may tell the format.

use super::Call;
use super::error::Error;
use super::options::{FILE, Opt, OptRow, one_of, opt};
use super::pdf;
use crate::model::document::Document;
use crate::model::text::t;
use crate::render::csv::PROFILES;
use crate::render::{FORMATS, Format, Style};
use crate::say;
use crate::store::loose;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// Where documents go and how they are drawn.
pub struct Output<'a> {
    format: &'static Format,
    file: Option<&'a Path>,
    style: Style,
    /// True for a PDF, which is made of a Word file.
    is_pdf: bool,
}

/// The options of every command that makes documents.
pub const OUTPUT: &[OptRow] = &[FORMAT.row, FILE_TO_WRITE.row, PROFILE.row];

const FORMAT: Opt<String> = opt(
    "format",
    one_of(t("DẠNG", "FORMAT"), || FORMATS.iter().map(|f| (f.name.into(), f.about.into())).collect()),
    "",
    "",
)
.short('O');
const FILE_TO_WRITE: Opt<PathBuf> = opt(
    "output",
    FILE,
    "Ghi vào tệp này, dạng theo đuôi tệp (.pdf: cần có LibreOffice)",
    "Write to this file; its extension tells the format (.pdf needs LibreOffice)",
)
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
                say!("{file} là chỗ của một bản ghi", "{file} is the place of a record", [file]),
                say!("chọn tên tệp khác cho -o", "choose another name for -o"),
            ));
        }
        let ending = file.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
        let is_pdf = FORMAT.text(matches).is_none() && ending.as_deref() == Some(pdf::ENDING);
        let ending = if is_pdf { Some("docx".to_owned()) } else { ending };
        let format = match (FORMAT.text(matches), ending) {
            (Some(name), _) => FORMATS.iter().find(|format| format.name == name),
            (None, Some(ending)) => {
                FORMATS.iter().find(|format| format.extensions.contains(&ending.as_str()))
            }
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
        Ok(Output { format, file, style, is_pdf })
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

    /// Draws a document, and writes it to its file in one step, or prints it.
    pub fn put(&self, call: &Call, document: &Document) -> Result<(), Error> {
        let drawn = (self.format.draw)(document, &self.style).map_err(|why| {
            Error::wrong_use(why, say!("chọn dạng khác bằng -O", "choose another format with -O"))
        })?;
        self.put_drawn(call, drawn)
    }

    /// The same for what was drawn already, as this format does.
    pub fn put_drawn(&self, call: &Call, drawn: Vec<u8>) -> Result<(), Error> {
        let drawn = if self.is_pdf { pdf::of_word(&drawn)? } else { drawn };
        match self.file {
            None if self.format.binary => call.print(drawn),
            None => call.print_drawn(&String::from_utf8_lossy(&drawn)),
            Some(file) => loose::put(file, &drawn).map_err(|error| Error::io(file, &error)),
        }
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
