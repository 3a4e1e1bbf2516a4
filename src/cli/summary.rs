//! `ttht summary NAME`: a table of what the centres reported.

use super::alias;
use super::at::{AT, COMPARE_AT};
use super::error::{Error, Exit};
use super::help::Below;
use super::options::{
    CAMPAIGN, DAY_OR_RECORDED, NOTHING, NUMBER, Opt, OptRow, PERIOD, PERIOD_OR_PREVIOUS, TEXT, YEAR, arg,
    bare, called_too, either, one_of, opt,
};
use super::output::{OUTPUT, Output};
use super::pick;
use super::{Call, Command};
use crate::desk::git::moment::Then;
use crate::desk::tables::{self, Before};
use crate::model::day::Day;
use crate::model::field::Refers;
use crate::model::period::Period;
use crate::model::register::Window;
use crate::model::text::{Said, Text, t};
use crate::say;
use crate::store::Store;
use crate::summary::{self, By, Options, Order, SUMMARIES};
use clap::ArgMatches;
use clap::parser::ValueSource;

/// The row of the command.
pub const SUMMARY: Command = Command {
    after: || {
        let rows = SUMMARIES.iter().map(|s| (s.name, s.about)).chain([(ALL, EVERY)]);
        Below::List(t("Các bảng", "Summaries"), rows.collect(), alias::TABLES)
    },
    ..Command::new(
        "summary",
        t("Lập bảng tổng hợp", "Make a summary table"),
        || {
            let own = [
                NAME.row,
                YEAR_OR_LATEST.row,
                PERIOD_OF_FIGURES.row,
                CAMPAIGN.row,
                BY.row,
                COMPARE.row,
                AT.row,
                COMPARE_AT.row,
                UNITS.row,
                ORDER.row,
                SORT.row,
                TOP.row,
                TRACE.row,
                CHART.row,
                TREND.row,
            ];
            [&own[..], OUTPUT].concat()
        },
        run,
    )
};

/// The word for every table.
const ALL: &str = "all";
const EVERY: Text = t(
    "Tất cả các bảng: một tệp (-o TỆP.xlsx), hoặc mỗi bảng một tệp trong thư mục (-O csv -o THƯ_MỤC).",
    "Every table: one file (-o FILE.xlsx), or a folder with a file for each (-O csv -o DIR).",
);
const NAME: Opt<String> = arg(
    "name",
    called_too(
        either(t("BẢNG", "NAME"), || {
            let one = SUMMARIES.iter().map(|s| (s.name.into(), s.about.into()));
            one.chain([(ALL.into(), EVERY.into())]).collect()
        }),
        alias::TABLES,
    ),
    "Tên bảng, hoặc all: tất cả các bảng",
    "The name of the summary, or all of them: all",
)
.required();
const YEAR_OR_LATEST: Opt<Period> = YEAR.help(
    "Các lần kiểm tra trong năm học (2016-2017) hay năm (2016) này; mặc định: năm học mới nhất",
    "Visits made in this school year (2016-2017) or year (2016); default: the latest school year",
);
const PERIOD_OF_FIGURES: Opt<Period> = opt(
    "period",
    PERIOD,
    "Số liệu thuộc kỳ này, báo cáo vào lúc nào cũng tính",
    "Figures about this period, whenever they were reported",
);
const BY: Opt<String> = opt(
    "by",
    called_too(
        one_of(t("THEO", "BY"), || By::ALL.iter().map(|by| (by.word().to_owned(), made_by(*by))).collect()),
        alias::ROWS,
    ),
    "Mỗi dòng là",
    "What each row stands for",
);
const COMPARE: Opt<Option<Period>> = opt(
    "compare",
    PERIOD_OR_PREVIOUS,
    "So với kỳ trước, hoặc với KỲ",
    "Compare with the previous period, or with PERIOD",
);
const UNITS: Opt<Option<Day>> = opt(
    "units",
    DAY_OR_RECORDED,
    "Theo đơn vị đã ghi (recorded), hoặc quy về đơn vị hành chính tại ngày này",
    "Units as recorded, or rolled up to those that exist on DATE",
);
const ORDER: Opt<String> = opt(
    "order",
    either(t("name|code", "name|code"), || ["name", "code"].map(bare).into()),
    "Xếp theo tên hoặc theo mã đơn vị hành chính",
    "Order by name or by official code",
);
const SORT: Opt<String> = opt(
    "sort",
    TEXT,
    "Xếp theo cột này, từ lớn đến nhỏ; thêm - để xếp ngược lại (-CỘT)",
    "Sort by this column, largest first; add - to reverse (-COLUMN)",
)
.called("CỘT", "COLUMN")
.also(|arg| arg.allow_hyphen_values(true));
const TOP: Opt<usize> = opt(
    "top",
    NUMBER,
    "Chỉ hiện N dòng đầu; dòng tổng cộng vẫn tính tất cả",
    "Only the first N rows; the total covers all",
);
const TRACE: Opt<bool> = opt(
    "trace",
    NOTHING,
    "Thêm cột tên tệp của từng số liệu",
    "Add a column with the files behind each figure",
);
const CHART: Opt<bool> = opt(
    "chart",
    NOTHING,
    "Vẽ biểu đồ thanh dưới bảng (chỉ trên màn hình)",
    "Draw a bar chart below the table (terminal only)",
);
const TREND: Opt<bool> = opt(
    "trend",
    NOTHING,
    "So qua các năm: mỗi năm học một dòng, đến năm ghi ở --year; năm không có trong sổ thì lấy từ số liệu công bố",
    "One row per school year, up to --year; years without records are taken from statements",
)
.also(|arg| {
    let others = [COMPARE.row, COMPARE_AT.row, PERIOD_OF_FIGURES.row, CAMPAIGN.row, BY.row];
    arg.conflicts_with_all(others.map(|row| row.name))
});

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let (store, past, today) = call.store_at(matches)?;
    let output = Output::of(call, matches)?.in_register(&store).with_charts(CHART.given(matches));
    let summary = NAME.text(matches).and_then(summary::find);
    let window = Window { past, ..window(&store, matches)? };
    let Some(summary) = summary else { return all(call, (&store, today), &window, &output, matches) };
    let options = options(matches);
    let before = before(call, &store, &window, matches)?;
    let made = if TREND.given(matches) {
        let window = Window { year: YEAR.get(matches).copied(), ..window };
        tables::over_the_years(&store, today, summary, &window, &options)
    } else {
        tables::document(&store, today, summary, &window, before.as_ref(), &options)
    };
    let (document, faults) = made?;
    output.put(call, &document)?;
    Ok(call.not_whole(&faults))
}

/// Every table: one document, or a folder with a file for each.
fn all(
    call: &Call,
    (store, today): (&Store, Day),
    window: &Window,
    output: &Output,
    matches: &ArgMatches,
) -> Result<Exit, Error> {
    let given = |row: &&OptRow| matches.value_source(row.name) == Some(ValueSource::CommandLine);
    if let Some(row) = [BY.row, SORT.row, TOP.row, TREND.row].iter().find(given) {
        let option = format!("--{}", row.name);
        return Err(Error::wrong_use(
            say!("{option} chỉ dùng cho một bảng", "{option} is for one table only", [option]),
            say!(
                "ghi tên bảng thay cho “all”, hoặc bỏ {option}",
                "name a table instead of “all”, or leave out {option}",
                [option]
            ),
        ));
    }
    let options = options(matches);
    let before = before(call, store, window, matches)?;
    let (documents, faults) = tables::of_all(store, today, window, before.as_ref(), &options)?;
    match output.folder() {
        Some(folder) => {
            output.put_each(folder, &documents, &about(window))?;
            let (n, folder) = (documents.len(), folder);
            call.tell(&say!("đã ghi {n} bảng vào {folder}", "{n} tables written to {folder}", [n, folder]));
        }
        None => output.put(call, &tables::bound(store, today, window, documents))?,
    }
    Ok(call.not_whole(&faults))
}

/// What a row is about, and which tables have such rows, if they are few.
fn made_by(by: By) -> Said {
    let with: Vec<&str> = SUMMARIES.iter().filter(|s| s.by.contains(&by)).map(|s| s.name).collect();
    let (label, tables) = (by.label(), with.join(", "));
    match with.len() {
        0..=4 => say!("{label}: {tables}", "{label}: {tables}", [label, tables]),
        _ => label.into(),
    }
}

/// What a window is about, for the name of a file.
fn about(window: &Window) -> String {
    let periods = [window.year, window.period].into_iter().flatten().map(|period| period.to_string());
    let parts: Vec<String> = periods.chain(window.campaign.clone()).collect();
    parts.join("-").replace('/', "--")
}

fn window(store: &Store, matches: &ArgMatches) -> Result<Window, Error> {
    let campaign =
        CAMPAIGN.text(matches).map(|typed| pick::id(store, Refers::Campaign, typed)).transpose()?;
    let (year, period) = (YEAR.get(matches).copied(), PERIOD_OF_FIGURES.get(matches).copied());
    let mut window = Window { year, period, campaign, past: None };
    if window == Window::default() {
        window.year = store.years()?.pop();
    }
    Ok(window)
}

fn before(
    call: &Call,
    store: &Store,
    window: &Window,
    matches: &ArgMatches,
) -> Result<Option<Before>, Error> {
    if let Some(Then { store, called, .. }) = call.past(COMPARE_AT, matches)? {
        let window = Window { past: Some(called), ..window.clone() };
        return Ok(Some(Before { window, store: Some(store) }));
    }
    let Some(with) = COMPARE.get(matches) else { return Ok(None) };
    let window = summary::window_before(&store.register, window, *with).ok_or_else(|| {
        Error::wrong_use(
            say!("không có kỳ trước để so", "there is no earlier period to compare with"),
            say!("ghi rõ kỳ để so: --compare 2015-2016", "name the period: --compare 2015-2016"),
        )
    })?;
    Ok(Some(Before { window, store: None }))
}

fn options(matches: &ArgMatches) -> Options {
    Options {
        order: if ORDER.text(matches) == Some("code") { Order::Code } else { Order::Name },
        by: BY.text(matches).and_then(By::from_word),
        units: UNITS.get(matches).copied().flatten(),
        trace: TRACE.given(matches),
        sort: SORT.get(matches).cloned(),
        top: TOP.get(matches).copied(),
    }
}
