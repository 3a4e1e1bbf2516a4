//! `ttht summary NAME`: a table of what the centres reported.

use super::error::{Error, Exit};
use super::options::{
    CAMPAIGN, DAY_OR_RECORDED, NOTHING, NUMBER, Opt, PERIOD, PERIOD_OR_PREVIOUS, TEXT, YEAR, arg, bare,
    either, one_of, opt,
};
use super::output::{OUTPUT, Output};
use super::pick;
use super::{Call, Command};
use crate::desk::tables;
use crate::model::day::Day;
use crate::model::field::Refers;
use crate::model::period::Period;
use crate::model::register::Window;
use crate::model::text::t;
use crate::say;
use crate::store::Store;
use crate::summary::{self, By, Options, Order, SUMMARIES, Summary};
use clap::ArgMatches;

/// The row of the command.
pub const SUMMARY: Command = Command {
    after: |lang| {
        let line = |s: &Summary| format!("\n  {:16}{}", s.name, s.about.get(lang));
        t("Các bảng:", "Summaries:").get(lang).to_owned() + &SUMMARIES.iter().map(line).collect::<String>()
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

const NAME: Opt<String> = arg(
    "name",
    either(t("BẢNG", "NAME"), || SUMMARIES.iter().map(|s| (s.name.into(), s.about.into())).collect()),
    "Tên bảng",
    "The name of the summary",
)
.required();
const YEAR_OR_LATEST: Opt<Period> = YEAR.help(
    "Các lần kiểm tra trong năm học (2016-2017) hay năm (2016) này; mặc định: năm học mới nhất",
    "Visits made in this school year (2016-2017) or year (2016); default: the latest school year",
);
const PERIOD_OF_FIGURES: Opt<Period> = opt(
    "period",
    PERIOD,
    "Số liệu về kỳ này, bất kể báo cáo khi nào",
    "Figures about this period, whenever they were reported",
);
const BY: Opt<String> = opt(
    "by",
    one_of(t("THEO", "BY"), || By::CHOICES.iter().map(|choice| bare(choice.word)).collect()),
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
    "Đơn vị như đã ghi, hoặc gộp theo các đơn vị có vào NGÀY",
    "Units as recorded, or rolled up to those that exist on DATE",
);
const ORDER: Opt<String> = opt(
    "order",
    either(t("name|code", "name|code"), || ["name", "code"].map(bare).into()),
    "Xếp theo tên hoặc theo mã đơn vị",
    "Order by name or by official code",
);
const SORT: Opt<String> = opt(
    "sort",
    TEXT,
    "Xếp theo cột này, lớn trước; -CỘT xếp ngược lại",
    "Sort by this column, largest first; -COLUMN reverses the order",
)
.called("CỘT", "COLUMN")
.also(|arg| arg.allow_hyphen_values(true));
const TOP: Opt<usize> = opt(
    "top",
    NUMBER,
    "Chỉ N dòng đầu; dòng tổng vẫn của tất cả",
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
    "Mỗi năm học một dòng, đến năm của --year; năm không có bản ghi lấy từ số liệu công bố",
    "One row per school year, up to that of --year; years without records are taken from statements",
)
.also(|arg| {
    let others = [COMPARE.row, PERIOD_OF_FIGURES.row, CAMPAIGN.row, BY.row];
    arg.conflicts_with_all(others.map(|row| row.name))
});

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let output = Output::of(call, matches)?.with_charts(CHART.given(matches));
    let Some(summary) = NAME.text(matches).and_then(summary::find) else { return Ok(Exit::Use) };
    let (window, options) = (window(&store, matches)?, options(matches));
    let before = before(&store, &window, matches)?;
    let made = if TREND.given(matches) {
        let window = Window { year: YEAR.get(matches).copied(), ..window };
        tables::over_the_years(&store, call.today, summary, &window, &options)
    } else {
        tables::document(&store, call.today, summary, &window, before.as_ref(), &options)
    };
    let (document, faults) = made?;
    output.put(call, &document)?;
    Ok(call.not_whole(&faults))
}

fn window(store: &Store, matches: &ArgMatches) -> Result<Window, Error> {
    let campaign =
        CAMPAIGN.text(matches).map(|typed| pick::id(store, Refers::Campaign, typed)).transpose()?;
    let (year, period) = (YEAR.get(matches).copied(), PERIOD_OF_FIGURES.get(matches).copied());
    let mut window = Window { year, period, campaign };
    if window == Window::default() {
        window.year = store.years()?.pop();
    }
    Ok(window)
}

fn before(store: &Store, window: &Window, matches: &ArgMatches) -> Result<Option<Window>, Error> {
    let Some(with) = COMPARE.get(matches) else { return Ok(None) };
    let before = summary::window_before(&store.register, window, *with).ok_or_else(|| {
        Error::wrong_use(
            say!("không có kỳ trước để so", "there is no earlier period to compare with"),
            say!("ghi rõ kỳ để so: --compare 2015-2016", "name the period: --compare 2015-2016"),
        )
    })?;
    Ok(Some(before))
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
