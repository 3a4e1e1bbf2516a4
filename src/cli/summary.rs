//! `ttht summary NAME`: a table of what the centres reported.

use super::error::{Error, Exit};
use super::help::tr;
use super::output::{Output, output_args};
use super::pick::pick;
use super::{Command, Cx};
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::period::Period;
use crate::model::register::Window;
use crate::model::text::{Lang, t};
use crate::say;
use crate::store::Store;
use crate::summary::{self, By, Options, Order, SUMMARIES, Snapshot, Summary, snapshot};
use clap::{Arg, ArgAction, ArgMatches};

/// The row of the command.
pub const SUMMARY: Command = Command {
    name: "summary",
    about: t("Lập bảng tổng hợp", "Make a table of what was reported"),
    args,
    run,
};

fn args(command: clap::Command, lang: Lang) -> clap::Command {
    let names: Vec<&str> = SUMMARIES.iter().map(|summary| summary.name).collect();
    let listed: Vec<String> =
        SUMMARIES.iter().map(|s| format!("  {:16}{}", s.name, s.about.get(lang))).collect();
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let period = tr(lang, "KỲ", "PERIOD");
    let bys = By::CHOICES.iter().map(|choice| choice.word).collect::<Vec<_>>();
    command
        .after_help(format!("{}\n{}", tr(lang, "Các bảng:", "Summaries:"), listed.join("\n")))
        .arg(
            Arg::new("name")
                .value_name(tr(lang, "BẢNG", "NAME"))
                .required(true)
                .value_parser(names)
                .help(tr(lang, "Tên bảng", "The name of the summary")),
        )
        .arg(option(
            "year",
            period,
            tr(
                lang,
                "Các lần kiểm tra trong năm học (2016-2017) hay năm (2016) này; mặc định: năm học mới nhất",
                "Visits made in this school year (2016-2017) or year (2016); default: the latest school year",
            ),
        ))
        .arg(option(
            "period",
            period,
            tr(
                lang,
                "Số liệu của kỳ này, báo cáo lúc nào cũng lấy",
                "Figures about this period, whenever they were reported",
            ),
        ))
        .arg(option("campaign", "ID", tr(lang, "Các lần kiểm tra của đợt này", "Visits of this campaign")))
        .arg(
            option(
                "by",
                tr(lang, "THEO", "BY"),
                tr(lang, "Mỗi dòng là: unit, centre, field, month", "A row is: unit, centre, field, month"),
            )
            .value_parser(bys),
        )
        .arg(option(
            "compare",
            "previous|P",
            tr(lang, "So với kỳ trước, hoặc với kỳ P", "Compare with the period before, or with P"),
        ))
        .arg(option(
            "units",
            "recorded|DATE",
            tr(
                lang,
                "Đơn vị như đã ghi, hoặc gộp theo đơn vị của ngày này",
                "Units as recorded, or rolled up to those of a day",
            ),
        ))
        .arg(
            option(
                "order",
                "name|code",
                tr(lang, "Xếp theo tên hoặc theo mã đơn vị", "Order by name or by official code"),
            )
            .value_parser(["name", "code"]),
        )
        .arg(
            option(
                "sort",
                tr(lang, "CỘT", "COLUMN"),
                tr(
                    lang,
                    "Xếp theo cột này, lớn trước; thêm - để đảo",
                    "Sort by this column, largest first; - turns it round",
                ),
            )
            .allow_hyphen_values(true),
        )
        .arg(
            option(
                "top",
                "N",
                tr(
                    lang,
                    "Chỉ N dòng đầu; dòng tổng vẫn của tất cả",
                    "Only the first N rows; the total is of all",
                ),
            )
            .value_parser(clap::value_parser!(usize)),
        )
        .arg(Arg::new("trace").long("trace").action(ArgAction::SetTrue).help(tr(
            lang,
            "Thêm cột tên tệp của từng số liệu",
            "Name the files behind every figure",
        )))
        .arg(Arg::new("chart").long("chart").action(ArgAction::SetTrue).help(tr(
            lang,
            "Vẽ thanh dưới bảng trên màn hình",
            "Draw bars below the table at a terminal",
        )))
        .arg(
            Arg::new("trend")
                .long("trend")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["compare", "period", "campaign", "by"])
                .help(tr(
                    lang,
                    "Mỗi năm học một dòng, đến năm của --year",
                    "A row a school year, up to that of --year",
                )),
        )
        .args(output_args(lang))
}

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = cx.store()?;
    let output = Output::of(cx, matches)?;
    let name = matches.get_one::<String>("name").map_or("", String::as_str);
    let Some(summary) = summary::find(name) else { return Ok(Exit::Use) };
    let window = window(&store, matches)?;
    if matches.get_flag("trend") {
        return over_the_years(cx, &store, summary, &window, matches, &output);
    }
    let before = before(&store, &window, matches)?;
    let read = read(cx, &store, summary.all_visits, &window, before.as_ref())?;
    let rules = summary::Cx {
        register: &store.register,
        window: &window,
        before: before.as_ref().map(|before| (before, read.before.as_slice())),
        today: cx.today,
        options: &options(matches)?,
    };
    let document = summary::document(summary, &rules, &read.now)
        .map_err(|why| Error::wrong_use(why, say!("xem: ttht summary --help", "see: ttht summary --help")))?;
    output.with_charts(matches.get_flag("chart")).put(cx, &document)?;
    let exit = cx.not_whole(&read.faults);
    // The program ends here. To take a country apart piece by piece would be a tenth of its time.
    std::mem::forget((read, document));
    Ok(exit)
}

/// The table over the school years up to that of a window. Each year is read on its own, so that memory stays flat.
fn over_the_years(
    cx: &Cx,
    store: &Store,
    summary: &Summary,
    window: &Window,
    matches: &ArgMatches,
    output: &Output,
) -> Result<Exit, Error> {
    let years = store.years().map_err(super::refused)?;
    let last = window.year.filter(|year| year.school_year().is_some());
    let mut faults = Vec::new();
    let mut found = Vec::new();
    for year in years.into_iter().filter(|year| last.is_none_or(|last| *year <= last)) {
        let window = Window { year: Some(year), ..Window::default() };
        let read = read(cx, store, summary.all_visits, &window, None)?;
        faults.extend(read.faults);
        found.push((year, read.now));
    }
    let options = options(matches)?;
    let rules =
        summary::Cx { register: &store.register, window, before: None, today: cx.today, options: &options };
    let table = summary::trend(summary, &rules, &found)
        .map_err(|why| Error::wrong_use(why, say!("xem: ttht summary --help", "see: ttht summary --help")))?;
    output.with_charts(matches.get_flag("chart")).put(cx, &table.into())?;
    Ok(cx.not_whole(&faults))
}

/// What the histories say in a window, and in the one to compare with.
struct Read {
    now: Vec<Snapshot>,
    before: Vec<Snapshot>,
    faults: Vec<Fault>,
}

fn read(cx: &Cx, store: &Store, all: bool, window: &Window, before: Option<&Window>) -> Result<Read, Error> {
    let windows: Vec<Window> = match (all, before) {
        (true, _) => vec![Window::default()],
        (false, Some(before)) => vec![window.clone(), before.clone()],
        (false, None) => vec![window.clone()],
    };
    let scan = store.scan(&windows).map_err(super::refused)?;
    // Snapshots are large: they are handed over in boxes, into lists that never grow. That is a sixth of the time.
    let room = |needed| if needed { Vec::with_capacity(scan.centres.len()) } else { Vec::new() };
    let mut read = Read { now: room(true), before: room(before.is_some()), faults: Vec::new() };
    let register = &store.register;
    read.faults = store.histories(
        &scan,
        |history| {
            let shot = |window| Box::new(snapshot(register, window, cx.today, history));
            (shot(window), before.map(shot))
        },
        |(now, before)| {
            read.now.push(*now);
            read.before.extend(before.map(|before| *before));
        },
    );
    Ok(read)
}

fn window(store: &Store, matches: &ArgMatches) -> Result<Window, Error> {
    let campaign = match matches.get_one::<String>("campaign") {
        Some(typed) => Some(
            pick(
                &say!("đợt kiểm tra", "campaign"),
                typed,
                store.register.campaigns.keys().map(String::as_str),
            )?
            .to_owned(),
        ),
        None => None,
    };
    let mut window = Window { year: period(matches, "year")?, period: period(matches, "period")?, campaign };
    if window == Window::default() {
        window.year = store.latest_year().map_err(super::refused)?;
    }
    Ok(window)
}

/// A period that was typed.
pub fn period(matches: &ArgMatches, name: &str) -> Result<Option<Period>, Error> {
    let Some(typed) = matches.get_one::<String>(name) else { return Ok(None) };
    let period = Period::parse_typed(typed).ok_or_else(|| {
        Error::wrong_use(
            say!(
                "--{name}: “{typed}” không phải là năm học hay năm",
                "--{name}: “{typed}” is not a school year or a year"
            ),
            say!("gõ năm học 2016-2017 hoặc năm 2016", "type a school year 2016-2017 or a year 2016"),
        )
    })?;
    Ok(Some(period))
}

fn before(store: &Store, window: &Window, matches: &ArgMatches) -> Result<Option<Window>, Error> {
    let Some(typed) = matches.get_one::<String>("compare") else { return Ok(None) };
    let with = if typed == "previous" { None } else { period(matches, "compare")? };
    let before = summary::window_before(&store.register, window, with).ok_or_else(|| {
        Error::wrong_use(
            say!("không có kỳ trước để so", "there is no period before to compare with"),
            say!("ghi rõ kỳ để so: --compare 2015-2016", "name the period: --compare 2015-2016"),
        )
    })?;
    Ok(Some(before))
}

fn options(matches: &ArgMatches) -> Result<Options, Error> {
    let units = match matches.get_one::<String>("units").map(String::as_str) {
        None | Some("recorded") => None,
        Some(typed) => Some(Day::parse_typed(typed).ok_or_else(|| {
            Error::wrong_use(
                say!("--units: “{typed}” không phải là ngày", "--units: “{typed}” is not a date"),
                say!("gõ recorded, hoặc ngày như 2025-07-01", "type recorded, or a date such as 2025-07-01"),
            )
        })?),
    };
    let by = matches.get_one::<String>("by").and_then(|word| By::from_word(word));
    let code = matches.get_one::<String>("order").is_some_and(|order| order == "code");
    Ok(Options {
        order: if code { Order::Code } else { Order::Name },
        by,
        units,
        trace: matches.get_flag("trace"),
        sort: matches.get_one::<String>("sort").cloned(),
        top: matches.get_one::<usize>("top").copied(),
    })
}
