//! Rules for rating schemes: those of the office add up, choosing an unverified one is reported, and each is used in its
//! own time.

use super::{Cx, Report, Rule, Test};
use crate::model::campaign::Campaign;
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::number;
use crate::model::path::{item_below, key_below};
use crate::model::rating::Rating;
use crate::model::scheme::{Method, Scheme, SchemeStatus};
use crate::model::text::t;
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "scheme-maxima-mismatch",
            severity: Error,
            title: t(
                "Tổng điểm tối đa các tiêu chí khác điểm tối đa của thang",
                "Criteria do not add up to the maximum",
            ),
            why: t(
                "Điểm của một trung tâm là tổng điểm các tiêu chí, nên điểm tối đa cũng phải là tổng của chúng.",
                "The points of a centre are the sum over the criteria, so the maximum must be the sum of theirs.",
            ),
            wrong: "max = 100   # 20 + 30 + 20 + 20",
            right: "max = 90    # 20 + 30 + 20 + 20",
        },
        tests: &[Test::Scheme(scheme_maxima_mismatch)],
    },
    Rule {
        code: Code {
            name: "ranks-out-of-order",
            severity: Error,
            title: t("Mức xếp loại không theo thứ tự giảm dần", "Ranks not from best to worst"),
            why: t(
                "Mức xếp loại được tính từ trên xuống: mức đầu tiên đủ điểm là mức của trung tâm.",
                "Ranks are tried from the top: the first whose points are reached is the centre's.",
            ),
            wrong: "min = 90   # dưới mức \"good\", từ 80 / below \"good\", from 80",
            right: "min = 65",
        },
        tests: &[Test::Scheme(ranks_out_of_order)],
    },
    Rule {
        code: Code {
            name: "scheme-of-wrong-kind",
            severity: Error,
            title: t("Chọn nhầm thang đánh giá và bộ chỉ tiêu", "Rating scheme and target set mixed up"),
            why: t(
                "Thang đánh giá cho điểm và xếp loại; bộ chỉ tiêu chỉ có tỷ lệ phần trăm phải đạt.",
                "A rating scheme gives points and ranks; a target set has only the percentages to be reached.",
            ),
            wrong: "scheme = \"qd281-2020\"",
            right: "scheme = \"cv2553-2013\"",
        },
        tests: &[
            Test::Settings(scheme_of_wrong_kind_in_settings),
            Test::Campaign(scheme_of_wrong_kind_in_campaign),
            Test::Visit(scheme_of_wrong_kind_in_visit),
        ],
    },
    Rule {
        code: Code {
            name: "unverified-scheme",
            severity: Warning,
            title: t("Thang đánh giá chưa được xác nhận", "Use of an unverified scheme"),
            why: t(
                "Điểm tối đa, điểm tối thiểu hoặc tiêu chí của thang này chỉ là tạm tính, nên điều gì trái với thang chỉ là \
                 cảnh báo; báo một lần cho cả sổ.",
                "Points, cut-offs or criteria of this scheme are provisional, so what contradicts it is only a warning; told \
                 once per register.",
            ),
            wrong: "scheme = \"cv2553-2013\"   # status = \"unverified\"",
            right: "scheme = \"so-gddt-2016\"  # schemes/so-gddt-2016.toml, status = \"office\"",
        },
        tests: &[
            Test::Settings(unverified_scheme_in_settings),
            Test::Campaign(unverified_scheme_in_campaign),
            Test::Visit(unverified_scheme_in_visit),
        ],
    },
    Rule {
        code: Code {
            name: "scheme-out-of-force",
            severity: Warning,
            title: t("Thang đánh giá không áp dụng cho kỳ ấy", "A scheme that was not in force"),
            why: t(
                "Thông tư 25/2023/TT-BGDĐT thay Thông tư 44/2014/TT-BGDĐT từ 12/02/2024; mỗi thang chỉ dùng trong thời gian có \
                 hiệu lực.",
                "Circular 25/2023/TT-BGDĐT replaced 44/2014/TT-BGDĐT on 2024-02-12; each scheme is for its own time.",
            ),
            wrong: "[rating.tt44-2014-cdht]\nperiod = \"2025\"",
            right: "[rating.tt25-2023-cdht]\nperiod = \"2025\"",
        },
        tests: &[Test::Visit(scheme_out_of_force)],
    },
];

fn scheme_maxima_mismatch(_: &Cx, scheme: &Record<Scheme>, report: &mut Report) {
    let Scheme { method, max: Some(max), criterion, .. } = &scheme.body else { return };
    let maxima: Option<Vec<f64>> = criterion.iter().map(|row| row.max).collect();
    let Some(maxima) = maxima.filter(|maxima| !maxima.is_empty() && *method == Some(Method::Points)) else {
        return;
    };
    let sum: f64 = maxima.iter().sum();
    if scheme.sound && (sum - max).abs() > 1e-6 {
        report.at(
            "max",
            say!(
                "điểm tối đa {max}, nhưng các tiêu chí cộng lại là {sum}",
                "the maximum is {max}, but the criteria add up to {sum}",
                [max, sum]
            ),
            say!(
                "sửa “Điểm tối đa” của thang (max = {sum}), hoặc của tiêu chí",
                "correct the maximum of the scheme (max = {sum}), or of the criteria",
                [sum = number::plain(sum, 6)]
            ),
        );
    }
}

fn ranks_out_of_order(_: &Cx, scheme: &Record<Scheme>, report: &mut Report) {
    for (at, pair) in scheme.body.rank.windows(2).enumerate() {
        let ([above, below], at) = (pair, at + 1) else { continue };
        if let (Some(high), Some(low)) = (above.min, below.min)
            && low >= high
        {
            report.at(
                format!("rank[{at}].min"),
                say!(
                    "mức “{below}” từ {low} điểm, không thấp hơn mức “{above}” đứng trên, từ {high}",
                    "“{below}” begins at {low}, not below “{above}” above it, at {high}",
                    [below = below.label, low, above = above.label, high]
                ),
                say!("xếp các mức từ cao xuống thấp", "list the ranks from best to worst"),
            );
            return;
        }
    }
}

fn scheme_of_wrong_kind_in_settings(cx: &Cx, report: &mut Report) {
    let settings = &cx.register.settings.body;
    scheme_of_wrong_kind(cx, settings.scheme.as_deref(), "scheme", report);
    for (at, id) in settings.targets.iter().enumerate() {
        let method = cx.register.schemes.get(id).and_then(|targets| targets.body.method);
        if method.is_none_or(|method| method == Method::Targets) {
            continue;
        }
        report.at(
            item_below("targets", at),
            say!(
                "“{id}” là thang đánh giá, không phải bộ chỉ tiêu",
                "“{id}” is a rating scheme, not a target set",
                [id]
            ),
            say!("chọn một bộ chỉ tiêu, ví dụ qd281-2020", "choose a target set, for example qd281-2020"),
        );
    }
}

fn scheme_of_wrong_kind_in_campaign(cx: &Cx, campaign: &Record<Campaign>, report: &mut Report) {
    scheme_of_wrong_kind(cx, campaign.body.scheme.as_deref(), "scheme", report);
}

fn scheme_of_wrong_kind_in_visit(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for scheme in visit.body.rating.keys() {
        scheme_of_wrong_kind(cx, Some(scheme), &key_below("rating", scheme), report);
    }
}

fn scheme_of_wrong_kind(cx: &Cx, id: Option<&str>, key: &str, report: &mut Report) {
    if let Some(id) = id
        && let Some(scheme) = cx.register.schemes.get(id)
        && scheme.body.method == Some(Method::Targets)
    {
        report.at(
            key,
            say!(
                "“{id}” là bộ chỉ tiêu, không phải thang đánh giá",
                "“{id}” is a target set, not a rating scheme",
                [id]
            ),
            say!(
                "chọn một thang đánh giá, ví dụ cv2553-2013",
                "choose a rating scheme, for example cv2553-2013"
            ),
        );
    }
}

fn unverified_scheme_in_settings(cx: &Cx, report: &mut Report) {
    let settings = &cx.register.settings.body;
    unverified_scheme(cx, settings.scheme.as_deref(), "scheme", report);
    for (at, set) in settings.targets.iter().enumerate().filter(|(_, id)| is_unverified(cx, id)) {
        report.at(
            item_below("targets", at),
            say!(
                "bộ chỉ tiêu “{set}” chưa được đối chiếu với văn bản gốc",
                "the targets “{set}” are unverified: the text was not seen",
                [set]
            ),
            say!(
                "có văn bản thì chép bộ này vào schemes/, sửa lại, ghi “Tình trạng xác nhận” là do cơ quan ban hành (status = \
                 \"office\"), rồi chọn bộ ấy",
                "with the text at hand copy the set into schemes/, correct it, make its status the office's own (status = \
                 \"office\"), and choose it"
            ),
        );
    }
}

/// A campaign chooses a scheme if it names another one than the register.
fn unverified_scheme_in_campaign(cx: &Cx, campaign: &Record<Campaign>, report: &mut Report) {
    let chosen = &campaign.body.scheme;
    if *chosen != cx.register.settings.body.scheme {
        unverified_scheme(cx, chosen.as_deref(), "scheme", report);
    }
}

/// What the register or the campaign names is told there.
fn unverified_scheme_in_visit(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let usual = cx.register.usual_scheme(visit.body.campaign.as_deref());
    for scheme in visit.body.rating.keys().filter(|scheme| usual != Some(scheme)) {
        unverified_scheme(cx, Some(scheme), &key_below("rating", scheme), report);
    }
}

fn scheme_out_of_force(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for (id, rating) in &visit.body.rating {
        let Some(scheme) = cx.register.schemes.get(id).map(|scheme| &scheme.body) else { continue };
        let Some((first, last)) = rated_in(cx, visit, rating) else { continue };
        let (from, to) = (scheme.valid_from, scheme.valid_to);
        let message = if let Some(from) = from.filter(|from| last < *from) {
            say!(
                "thang “{id}” áp dụng từ {from}, sau kỳ được đánh giá",
                "the scheme “{id}” applies from {from}, after what is rated",
                [id, from]
            )
        } else if let Some(to) = to.filter(|to| *to < first) {
            say!(
                "thang “{id}” áp dụng đến hết {to}, trước kỳ được đánh giá",
                "the scheme “{id}” applied until {to}, before what is rated",
                [id, to]
            )
        } else {
            continue;
        };
        report.at(
            key_below("rating", id),
            message,
            say!(
                "chọn thang của kỳ ấy, hoặc ghi “Kỳ đánh giá” (period = \"2023\")",
                "choose the scheme of that time, or give the rated period (period = \"2023\")"
            ),
        );
    }
}

/// The days by whose rules a rating may have been made: its period and the year after it, in which it is decided on; if
/// the period is not known, the year before the visit up to the visit.
fn rated_in(cx: &Cx, visit: &Record<Visit>, rating: &Rating) -> Option<(Day, Day)> {
    let date = visit.body.date.filter(|date| *date <= cx.today)?;
    match rating.period {
        Some(period) => {
            let days = period.days(cx.register.year_start());
            Some((*days.start(), date.clamp(*days.end(), days.end().plus_months(12))))
        }
        None => Some((Day::new(date.year() - 1, 1, 1)?, date)),
    }
}

fn unverified_scheme(cx: &Cx, id: Option<&str>, key: &str, report: &mut Report) {
    if let Some(id) = id
        && is_unverified(cx, id)
    {
        report.at(
            key,
            say!(
                "thang “{id}” chưa được xác nhận: điểm tối đa và điểm tối thiểu từng mức chỉ là tạm tính",
                "the scheme “{id}” is unverified: its points and cut-offs are provisional",
                [id]
            ),
            say!(
                "thêm thang của Sở GD&ĐT: ttht add-scheme, hoặc ttht import --as schemes; rồi chọn thang ấy",
                "add the scheme of your province: ttht add-scheme, or ttht import --as schemes; and choose it"
            ),
        );
    }
}

fn is_unverified(cx: &Cx, id: &str) -> bool {
    cx.register.schemes.get(id).is_some_and(|scheme| scheme.body.status == Some(SchemeStatus::Unverified))
}
