//! Where documents go and how they are drawn: `-O`, `-o`, `--profile`. The format may be told by a file's ending.

use super::Cx;
use super::error::Error;
use super::help::tr;
use crate::model::document::Document;
use crate::model::text::Lang;
use crate::render::csv::PROFILES;
use crate::render::{FORMATS, Format, Style};
use crate::say;
use clap::{Arg, ArgMatches};
use std::path::{Path, PathBuf};

/// Where documents go and how they are drawn.
pub struct Output<'a> {
    format: &'static Format,
    file: Option<&'a Path>,
    style: Style,
}

/// The arguments of every command that makes documents.
pub fn output_args(lang: Lang) -> Vec<Arg> {
    let formats: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let listed: Vec<String> = FORMATS.iter().map(|f| format!("{} ({})", f.name, f.about.get(lang))).collect();
    let profiles: Vec<&str> = PROFILES.iter().map(|profile| profile.name).collect();
    let profiled: Vec<String> =
        PROFILES.iter().map(|p| format!("{} ({})", p.name, p.about.get(lang))).collect();
    vec![
        Arg::new("format")
            .short('O')
            .long("format")
            .value_name(tr(lang, "DẠNG", "FORMAT"))
            .value_parser(formats)
            .help(listed.join(", ")),
        Arg::new("output")
            .short('o')
            .long("output")
            .value_name(tr(lang, "TỆP", "FILE"))
            .value_parser(clap::value_parser!(PathBuf))
            .help(tr(
                lang,
                "Ghi vào tệp này, dạng theo đuôi tệp",
                "Write to this file; its ending tells the format",
            )),
        Arg::new("profile")
            .long("profile")
            .value_name(tr(lang, "KIỂU", "PROFILE"))
            .value_parser(profiles)
            .help(format!("CSV: {}", profiled.join(", "))),
    ]
}

impl<'a> Output<'a> {
    /// What the call says.
    pub fn of(cx: &Cx, matches: &'a ArgMatches) -> Result<Output<'a>, Error> {
        let file = matches.get_one::<PathBuf>("output").map(PathBuf::as_path);
        let ending = file.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
        let format = match (matches.get_one::<String>("format"), ending) {
            (Some(name), _) => FORMATS.iter().find(|format| format.name == *name),
            (None, Some(ending)) => {
                FORMATS.iter().find(|format| format.extensions.contains(&ending.as_str()))
            }
            (None, None) => FORMATS.first(),
        };
        let format = format.ok_or_else(|| {
            let endings: Vec<&str> = FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
            let endings = endings.join(", ");
            Error::wrong_use(
                say!("không rõ dạng của tệp này", "the ending does not tell the format"),
                say!(
                    "dùng đuôi {endings}, hoặc chọn dạng bằng -O",
                    "use one of {endings}, or choose a format with -O"
                ),
            )
        })?;
        let mut style = cx.style();
        if let Some(name) = matches.get_one::<String>("profile") {
            style.profile =
                PROFILES.iter().find(|profile| profile.name == *name).copied().unwrap_or(style.profile);
        }
        if file.is_some() {
            style.colour = false;
        }
        Ok(Output { format, file, style })
    }

    /// The same with bars below each table, where the format is text; pages have a picture in any case.
    pub fn with_charts(&self, charts: bool) -> Output<'a> {
        Output { style: Style { charts, ..self.style }, ..*self }
    }

    /// Draws a document and puts it where it belongs.
    pub fn put(&self, cx: &Cx, document: &Document) -> Result<(), Error> {
        cx.put(&(self.format.draw)(document, &self.style), self.file)
    }
}

impl Cx {
    /// How things are drawn on this terminal.
    pub fn style(&self) -> Style {
        Style { lang: self.lang, width: self.width(), colour: self.colour, ..Style::default() }
    }
}
