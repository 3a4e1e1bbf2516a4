//! `ttht man DIR`: a manual page of the program and of each command, in both languages, for `man` and for packages.

use super::alias;
use super::environment::{EXITS, VARIABLES};
use super::error::{Error, Exit};
use super::help::{self, ABOUT, BEGIN, Below};
use super::options::{FOLDER, Opt, arg, to_make};
use super::{COMMANDS, Call, Command};
use crate::desk::bundle;
use crate::model::day::Day;
use crate::model::text::{Lang, Text, t};
use crate::model::vietnamese::slug;
use crate::say;
use clap::{Arg, ArgMatches};
use roff::Page;
use std::path::PathBuf;

mod roff;

/// The row of the command.
pub const MAN: Command = Command::new(
    "man",
    t(
        "Ghi các trang hướng dẫn cho lệnh man vào một thư mục",
        "Write manual pages for the man program into a folder",
    ),
    || vec![DIR.row],
    run,
);

const DIR: Opt<PathBuf> = arg(
    "dir",
    to_make(FOLDER),
    "Thư mục nhận man1/ttht.1, man1/ttht-init.1 … (tiếng Anh) và vi/man1/… (tiếng Việt)",
    "The folder for man1/ttht.1, man1/ttht-init.1 … (English) and vi/man1/… (Vietnamese)",
)
.required();

const SYNOPSIS: Text = t("Cách dùng", "Synopsis");

/// Where `man` looks for the pages of each language.
const FOLDERS: &[(Lang, &str)] = &[(Lang::En, "man1"), (Lang::Vi, "vi/man1")];

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let Some(dir) = DIR.get(matches) else { return Ok(Exit::Use) };
    let of_language = |(lang, folder): &(Lang, &str)| {
        let pages = pages(*lang, call.today).into_iter();
        pages.map(|(name, text)| (format!("{folder}/{name}.1"), text.into_bytes())).collect::<Vec<_>>()
    };
    let pages: Vec<_> = FOLDERS.iter().flat_map(of_language).collect();
    bundle::write(dir, &pages)?;
    let (n, dir) = (pages.len(), dir.as_path());
    call.tell(&say!("đã ghi {n} trang vào {dir}", "{n} pages written to {dir}", [n, dir]));
    Ok(Exit::Well)
}

/// Every page of a language, as of a day: its name, and its text.
fn pages(lang: Lang, today: Day) -> Vec<(String, String)> {
    let mut whole = help::command(lang);
    whole.build();
    let mut pages = vec![("ttht".to_owned(), of_program(&whole, lang, today))];
    pages.extend(COMMANDS.iter().map(|row| (page_of(row), of_command(row, &whole, lang, today))));
    pages
}

fn page_of(row: &Command) -> String {
    format!("ttht-{}", row.name)
}

fn of_program(whole: &clap::Command, lang: Lang, today: Day) -> String {
    let mut page = Page::begin("ttht", ABOUT.get(lang), lang, today);
    page.section(SYNOPSIS.get(lang));
    page.call("ttht", help::CALL.get(lang));
    page.section(t("Mô tả", "Description").get(lang));
    page.paragraph(BEGIN.get(lang));
    page.section(t("Lệnh", "Commands").get(lang));
    COMMANDS.iter().for_each(|row| page.item(&page_of(row), row.about.get(lang)));
    options(&mut page, whole.get_arguments());
    page.section(t("Biến môi trường", "Environment").get(lang));
    VARIABLES.iter().for_each(|(name, about)| page.item(name, about.get(lang)));
    page.section(t("Mã thoát", "Exit status").get(lang));
    EXITS.iter().for_each(|(code, about)| page.item(code, about.get(lang)));
    page.end()
}

fn of_command(row: &Command, whole: &clap::Command, lang: Lang, today: Day) -> String {
    let mut page = Page::begin(&page_of(row), row.about.get(lang), lang, today);
    page.section(SYNOPSIS.get(lang));
    page.call(&format!("ttht {}", row.name), &help::arguments(&(row.options)(), lang));
    let names: Vec<String> = alias::of(alias::COMMANDS, row.name).map(slug).collect();
    if lang == Lang::Vi && !names.is_empty() {
        page.section("Tên tiếng Việt");
        page.paragraph(&names.join(", "));
    }
    options(&mut page, whole.find_subcommand(row.name).into_iter().flat_map(clap::Command::get_arguments));
    below(&mut page, &(row.after)(), lang);
    page.section(t("Xem thêm", "See also").get(lang));
    page.see("ttht");
    page.end()
}

/// Arguments and options, with their headings.
fn options<'a>(page: &mut Page, args: impl Iterator<Item = &'a Arg>) {
    let mut under = None;
    for arg in args {
        if under != arg.get_help_heading() {
            under = arg.get_help_heading();
            page.section(under.unwrap_or_default());
        }
        let letter = arg.get_short().map_or_else(String::new, |letter| format!("-{letter}, "));
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        page.item(&format!("{letter}{arg}"), &help);
    }
}

fn below(page: &mut Page, below: &Below, lang: Lang) {
    match below {
        Below::Nothing => {}
        Below::Note(text) => {
            page.section(t("Ghi chú", "Notes").get(lang));
            page.paragraph(text.get(lang));
        }
        Below::List(heading, rows, aliases) => {
            page.section(heading.get(lang));
            rows.iter()
                .for_each(|(word, about)| page.item(&help::names(word, aliases, lang), about.get(lang)));
        }
    }
}
