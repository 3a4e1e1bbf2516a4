//! Rules for who is above whom: there are no districts since July 2025, and an office has a level.

use super::{Cx, Report, Rule, Test, doubt};
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::settings::Level;
use crate::model::text::t;
use crate::model::visit::{Addressee, Visit};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "level-abolished",
            severity: Warning,
            title: t("Cấp huyện sau ngày 1/7/2025", "A district after 1 July 2025"),
            why: t(
                "Từ ngày 1/7/2025 không còn cấp huyện: đợt kiểm tra từ ngày ấy là của cấp xã hoặc cấp tỉnh.",
                "There are no districts since 1 July 2025: campaigns from that day on are those of a commune or a province.",
            ),
            wrong: "level = \"district\"   # có đợt kiểm tra từ ngày 20/10/2025 / with a campaign from 2025-10-20",
            right: "level = \"province\"",
        },
        tests: &[Test::Settings(level_abolished)],
    },
    Rule {
        code: Code {
            name: "addressee-unclear",
            severity: Warning,
            title: t("Không rõ cấp trên nào", "A higher level that is unclear"),
            why: t(
                "Từ ngày 1/7/2025 không còn cấp huyện; \"cấp trên\" của xã có thể là Sở GD&ĐT, UBND tỉnh hay Hội Khuyến học tỉnh, nên \
                 phải nói rõ nơi nào.",
                "There are no districts since 1 July 2025; the higher level of a commune may be the Department of Education, the \
                 province or the provincial association, so it has to be said.",
            ),
            wrong: "to = \"higher_level\"   # kiểm tra ngày 20/11/2025 / visit on 2025-11-20",
            right: "to = \"department\"",
        },
        tests: &[Test::Visit(addressee_unclear)],
    },
];

/// Since when there are no districts.
fn two_tiers() -> Day {
    Day::nearest(2025, 7, 1)
}

fn level_abolished(cx: &Cx, report: &mut Report) {
    let since = two_tiers();
    let later = |starts: &Day| *starts >= since;
    let starts = cx.register.campaigns.values().filter_map(|campaign| campaign.body.starts).find(later);
    let Some(starts) = starts.filter(|_| cx.register.settings.body.level == Some(Level::District)) else {
        return;
    };
    report.at(
        "level",
        say!(
            "sổ của cấp huyện mà lại có đợt kiểm tra từ ngày {starts}",
            "the register of a district, with a campaign from {starts}",
            [starts]
        ),
        say!(
            "ghi “Cấp” là cấp tỉnh hoặc cấp xã (level = \"province\" hoặc \"commune\")",
            "make the level that of a province or a commune (level = \"province\" or \"commune\")"
        ),
    );
}

fn addressee_unclear(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date.filter(|date| *date >= two_tiers()) else { return };
    for (id, recommendation) in &visit.body.recommendation {
        if recommendation.to == Some(Addressee::HigherLevel) && !doubt::date(cx, history, visit) {
            report.at(
                format!("recommendation.{id}.to"),
                say!(
                    "kiến nghị ngày {date} với “cấp trên”: chưa rõ nơi nào",
                    "recommended on {date} to a “higher level”: it is unclear which",
                    [date]
                ),
                say!(
                    "ghi rõ “Nơi thực hiện”: Sở, UBND tỉnh, Hội Khuyến học tỉnh hoặc nơi khác (to = \"department\" | \
                     \"province\" | \"provincial_association\" | \"other\")",
                    "say which: the Department, the province, the provincial association or another body (to = \"department\" \
                     | \"province\" | \"provincial_association\" | \"other\")"
                ),
            );
        }
    }
}
