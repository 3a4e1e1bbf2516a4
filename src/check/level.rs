//! Rules for schemes by levels: a level needs all its indicators, and one without indicators cannot be told.

use super::rating::{Rated, rated};
use super::{Cx, Report, Rule, Test};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::scheme::{Criterion, Method, Rank, Scheme};
use crate::model::text::{Said, t};
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "rank-differs-from-indicators",
            severity: Error,
            title: t("Xếp loại khác với số chỉ tiêu đạt", "A rank other than the indicators give"),
            why: t(
                "Một mức độ cần đạt mọi chỉ tiêu của mức ấy và của các mức dưới (25/2023/TT-BGDĐT); xếp khác thì phải ghi lý \
                 do.",
                "A level needs all its indicators and those of the levels below (25/2023/TT-BGDĐT); another rank needs a reason.",
            ),
            wrong: "met = { plan = true, funds = false }\nrank = \"level_1\"",
            right: "met = { plan = true, funds = true }\nrank = \"level_1\"",
        },
        tests: &[Test::Visit(rank_differs_from_indicators)],
    },
    Rule {
        code: Code {
            name: "level-without-criteria",
            severity: Warning,
            title: t("Mức độ chưa có tiêu chí", "A level without criteria"),
            why: t(
                "Mức độ không có tiêu chí nào trong thang thì không tính được mức đạt; báo một lần cho cả sổ.",
                "A level of which the scheme has no criterion can be neither computed nor checked; told once per register.",
            ),
            wrong: "[[rank]]\nid = \"level_2\"\nlevel = 2   # không có [[criterion]] nào có level = 2 / no [[criterion]] has level = 2",
            right: "[[criterion]]\nid = \"digital\"\nlevel = 2",
        },
        tests: &[Test::Scheme(level_without_criteria_in_scheme), Test::Visit(level_without_criteria)],
    },
];

fn rank_differs_from_indicators(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let all = rated(cx, visit).filter(|rated| visit.sound && rated.rating.reason.is_none());
    for rated in all.filter(|rated| !rated.rating.met.is_empty()) {
        if let Some((message, help)) = rank_by_indicators(&rated) {
            rated.on(report).at(rated.key("rank"), message, help);
        }
    }
}

/// What is to be said of a rank that is not the one that the indicators give.
fn rank_by_indicators(rated: &Rated) -> Option<(Said, Said)> {
    let (scheme, met) = (&rated.scheme.body, &rated.rating.met);
    let at = scheme.rank.iter().position(|rank| Some(&rank.id) == rated.rating.rank.as_ref())?;
    let rank = &scheme.rank[at];
    if let Some(better) = scheme.rank[..at].iter().find(|rank| scheme.reaches(rank, met) == Some(true)) {
        let (rank, better) = (&rank.label, better);
        return Some((
            say!(
                "xếp loại {rank}, nhưng đã đạt mọi chỉ tiêu của {better}",
                "rated {rank}, but all indicators of {better} are met",
                [rank, better = better.label]
            ),
            say!(
                "sửa “Xếp loại” (rank = \"{better}\"), hoặc ghi “Lý do xếp loại khác với thang” (reason)",
                "correct the rank (rank = \"{better}\"), or give the reason (reason)",
                [better = better.id]
            ),
        ));
    }
    let lacking = |state: Option<bool>| {
        let is = |one: &&Criterion| met.get(&one.id).copied() == state;
        let ids: Vec<&str> = scheme.indicators(rank.level?).filter(is).map(|one| one.id.as_str()).collect();
        (!ids.is_empty()).then(|| ids.join(", "))
    };
    let (failed, unknown) = (lacking(Some(false)), lacking(None));
    let rank = &rank.label;
    let message = match (failed, unknown) {
        (Some(failed), _) => {
            say!(
                "xếp loại {rank}, nhưng chưa đạt: {failed}",
                "rated {rank}, but not met: {failed}",
                [rank, failed]
            )
        }
        (None, Some(unknown)) => say!(
            "xếp loại {rank}, nhưng chưa ghi đạt hay không: {unknown}",
            "rated {rank}, but nothing is said of: {unknown}",
            [rank, unknown]
        ),
        (None, None) => return None,
    };
    Some((
        message,
        say!(
            "xem lại “Chỉ tiêu đạt” và “Xếp loại” (met, rank), hoặc ghi “Lý do xếp loại khác với thang” (reason)",
            "check what was met and the rank (met, rank), or give the reason (reason)"
        ),
    ))
}

fn level_without_criteria_in_scheme(_: &Cx, scheme: &Record<Scheme>, report: &mut Report) {
    for (at, rank) in scheme.body.rank.iter().enumerate() {
        if scheme.sound && is_undescribed(&scheme.body, rank) {
            let help = say!(
                "ghi các tiêu chí của mức ấy theo văn bản, mỗi tiêu chí có “Mức độ” {level} ([[criterion]] level = {level})",
                "add the criteria of that level from the document, each with the level {level} ([[criterion]] level = {level})",
                [level = rank.level.unwrap_or_default()]
            );
            undescribed(&scheme.id, rank, format!("rank[{at}].level"), help, report);
        }
    }
}

/// The office's own schemes are told in their files.
fn level_without_criteria(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for rated in rated(cx, visit).filter(|rated| rated.scheme.file.is_empty()) {
        let scheme = &rated.scheme.body;
        let rank = rated.rating.rank.as_ref().and_then(|rank| scheme.rank(rank));
        if let Some(rank) = rank.filter(|rank| is_undescribed(scheme, rank)) {
            let help = say!(
                "chép thang vào schemes/ và ghi đủ các tiêu chí theo văn bản ([[criterion]])",
                "copy the scheme into schemes/ and complete its criteria from the document ([[criterion]])"
            );
            undescribed(&rated.scheme.id, rank, rated.key("rank"), help, report);
        }
    }
}

fn is_undescribed(scheme: &Scheme, rank: &Rank) -> bool {
    scheme.method == Some(Method::Levels) && rank.level.is_some_and(|level| !scheme.describes(level))
}

fn undescribed(scheme: &str, rank: &Rank, key: String, help: Said, report: &mut Report) {
    let message = say!(
        "thang “{scheme}” chưa có tiêu chí nào của {rank}, nên không tính được",
        "the scheme “{scheme}” has no criterion of {rank}, so that it cannot be computed",
        [scheme, rank = rank.label]
    );
    report.at(key, message, help);
}
