//! Rules for points and ranks, against the scheme of the visit.

use super::{Cx, Report, Rule, Test};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::path::key_below;
use crate::model::rating::Rating;
use crate::model::scheme::{Method, Scheme, SchemeStatus};
use crate::model::text::{nearest, t};
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "unknown-criterion",
            severity: Error,
            title: t("Tiêu chí không có trong thang đánh giá", "A criterion that the scheme does not have"),
            why: t(
                "Chỉ cho điểm được các tiêu chí có trong thang đã chọn.",
                "Points mean something only for a criterion of the scheme that was chosen.",
            ),
            wrong: "scores = { managment = 18 }",
            right: "scores = { management = 18 }",
        },
        tests: &[Test::Visit(unknown_criterion)],
    },
    Rule {
        code: Code {
            name: "score-above-max",
            severity: Error,
            title: t("Điểm vượt điểm tối đa", "A score above its maximum"),
            why: t(
                "Thang đánh giá quy định điểm tối đa của từng tiêu chí.",
                "The scheme sets the maximum for each criterion.",
            ),
            wrong: "scores = { management = 28 }   # tối đa 20 / at most 20",
            right: "scores = { management = 18 }",
        },
        tests: &[Test::Visit(score_above_max)],
    },
    Rule {
        code: Code {
            name: "score-total-above-max",
            severity: Error,
            title: t("Tổng điểm vượt điểm tối đa", "Points above the maximum"),
            why: t(
                "Tổng điểm không thể vượt điểm tối đa của thang đánh giá.",
                "The points cannot add up to more than the scheme's maximum.",
            ),
            wrong: "scores = { management = 60, effect = 60 }   # tối đa 100 / at most 100",
            right: "scores = { management = 40, effect = 60 }",
        },
        tests: &[Test::Visit(score_total_above_max)],
    },
    Rule {
        code: Code {
            name: "unknown-rank",
            severity: Error,
            title: t("Mức xếp loại không có trong thang đánh giá", "A rank that the scheme does not have"),
            why: t(
                "Bảng xếp loại đếm theo các mức của thang; mức không có trong thang sẽ không được đếm.",
                "Tables count by the ranks of the scheme; an unknown rank would not be counted.",
            ),
            wrong: "rank = \"tot\"",
            right: "rank = \"good\"",
        },
        tests: &[Test::Visit(unknown_rank)],
    },
    Rule {
        code: Code {
            name: "rank-differs-from-points",
            severity: Error,
            title: t("Xếp loại khác với điểm", "A rank other than the points give"),
            why: t(
                "Đoàn có thể xếp loại khác với mức tính theo điểm, nhưng phải ghi lý do.",
                "The team may decide on a rank other than the points give, but has to say why.",
            ),
            wrong: "rank = \"good\"   # 72 điểm: khá / 72 points: fair",
            right: "rank = \"good\"\nreason = \"Vượt khó khăn do bão lũ\"",
        },
        tests: &[Test::Visit(rank_differs_from_points)],
    },
    Rule {
        code: Code {
            name: "rating-total-mismatch",
            severity: Error,
            title: t("Tổng điểm không bằng tổng các tiêu chí", "A total that is not the sum"),
            why: t(
                "Ghi cả tổng điểm và điểm từng tiêu chí thì hai bên phải khớp; thiếu tiêu chí thì tổng không được nhỏ hơn.",
                "Where both are given, the total is the sum over the criteria; if some are missing, it is not less.",
            ),
            wrong: "scores = { management = 18, effect = 26 }\ntotal = 54",
            right: "scores = { management = 18, effect = 26 }\ntotal = 44",
        },
        tests: &[Test::Visit(rating_total_mismatch)],
    },
    Rule {
        code: Code {
            name: "no-recommendation",
            severity: Warning,
            title: t(
                "Chưa xếp loại cao nhất mà không có kiến nghị",
                "Not the best rank, but no recommendation",
            ),
            why: t(
                "Trung tâm chưa đạt mức cao nhất thì còn việc phải làm; lần kiểm tra sau sẽ xem lại việc thực hiện kiến nghị.",
                "A centre below the best rank has something left to do; the next visit follows up the recommendations.",
            ),
            wrong: "[rating.cv2553-2013]\nrank = \"average\"",
            right: "[rating.cv2553-2013]\nrank = \"average\"\n[recommendation.r1]\nto = \"centre\"\ntext = \"Lập sổ theo dõi mở lớp\"",
        },
        tests: &[Test::Visit(no_recommendation)],
    },
];

/// A rating and the scheme by which it rates.
pub struct Rated<'a> {
    /// The rating.
    pub rating: &'a Rating,
    /// The scheme.
    pub scheme: &'a Record<Scheme>,
}

impl Rated<'_> {
    /// The key path of something in the rating.
    pub fn key(&self, key: &str) -> String {
        key_below(key_below("rating", &self.scheme.id), key)
    }

    /// Where its faults are noted: a scheme that is not to be relied on makes no errors.
    pub fn on<'r>(&self, report: &'r mut Report) -> Report<'r> {
        report.mild(self.is_unverified())
    }

    fn is_unverified(&self) -> bool {
        self.scheme.body.status == Some(SchemeStatus::Unverified)
    }
}

/// The ratings of a visit whose scheme can be read.
pub fn rated<'a>(cx: &Cx<'a>, visit: &'a Record<Visit>) -> impl Iterator<Item = Rated<'a>> {
    let schemes = &cx.register.schemes;
    let rated = |(id, rating): &'a (String, Rating)| Some(Rated { rating, scheme: schemes.get(id)? });
    let all = visit.body.rating.iter().filter_map(rated);
    all.filter(|rated| rated.scheme.body.method != Some(Method::Targets))
}

/// What a rating says by criterion: the key of the table, and the criteria.
fn by_criterion(rating: &Rating) -> impl Iterator<Item = (&'static str, &String)> {
    let of = |key: &'static str| move |id| (key, id);
    let scores = rating.scores.keys().map(of("scores"));
    scores.chain(rating.met.keys().map(of("met"))).chain(rating.evidence.keys().map(of("evidence")))
}

/// The criteria that the scheme does not have.
fn unknown<'a>(rating: &'a Rating, scheme: &Scheme) -> Vec<(&'static str, &'a String)> {
    if scheme.criterion.is_empty() {
        return Vec::new();
    }
    by_criterion(rating).filter(|(_, id)| scheme.criterion(id).is_none()).collect()
}

fn unknown_criterion(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    rated(cx, visit).for_each(|rated| unknown_criteria(&rated, report));
}

/// If no score belongs to the scheme, it is the scheme that is wrong.
fn unknown_criteria(rated: &Rated, report: &mut Report) {
    let Rated { rating, scheme } = rated;
    let unknown = unknown(rating, &scheme.body);
    if unknown.is_empty() {
        return;
    }
    let ids: Vec<_> = scheme.body.criterion.iter().map(|row| row.id.as_str()).collect();
    let (all, scheme) = (ids.join(", "), &scheme.id);
    let mut report = rated.on(report);
    if unknown.len() > 1 && unknown.len() == by_criterion(rating).count() {
        report.at(
            key_below("rating", scheme),
            say!(
                "không tiêu chí nào đã ghi thuộc thang “{scheme}”",
                "none of the criteria belongs to the scheme “{scheme}”",
                [scheme]
            ),
            say!(
                "thang này có: {all}; hoặc chọn thang khác",
                "this scheme has: {all}; or choose another one",
                [all]
            ),
        );
        return;
    }
    for (table, id) in unknown {
        let help = match nearest(id, ids.iter().copied()) {
            Some(near) => say!("ghi {near}", "write {near}", [near]),
            None => say!("thang này có: {all}", "this scheme has: {all}", [all]),
        };
        report.at(
            rated.key(&key_below(table, id)),
            say!(
                "thang “{scheme}” không có tiêu chí “{id}”",
                "the scheme “{scheme}” has no criterion “{id}”",
                [scheme, id]
            ),
            help,
        );
    }
}

/// Points above a maximum.
#[derive(Debug, PartialEq)]
struct TooMany {
    points: f64,
    max: f64,
}

/// The scores above the maximum of their criterion.
fn too_high<'a>(rating: &'a Rating, scheme: &'a Scheme) -> impl Iterator<Item = (&'a String, TooMany)> {
    rating.scores.iter().filter_map(|(id, points)| {
        let (points, max) = (*points, scheme.criterion(id)?.max?);
        (points > max).then_some((id, TooMany { points, max }))
    })
}

fn score_above_max(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let all = rated(cx, visit).collect::<Vec<_>>();
    let too_high = all.iter().flat_map(|one| too_high(one.rating, &one.scheme.body).map(move |id| (one, id)));
    for (rated, (id, TooMany { points, max })) in too_high {
        rated.on(report).at(
            rated.key(&key_below("scores", id)),
            say!(
                "{points} điểm, quá điểm tối đa {max}",
                "{points} points, above the maximum of {max}",
                [points, max]
            ),
            say!("ghi từ 0 đến {max}", "write 0 to {max}", [max = max.to_string()]),
        );
    }
}

/// The sum of the points above the maximum of the scheme, if no single score is wrong.
fn total_above(rating: &Rating, scheme: &Scheme) -> Option<TooMany> {
    let (points, max) = rating.points().zip(scheme.max)?;
    let single = || !unknown(rating, scheme).is_empty() || too_high(rating, scheme).next().is_some();
    (points > max && !single()).then_some(TooMany { points, max })
}

fn score_total_above_max(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for rated in rated(cx, visit) {
        let Some(TooMany { points, max }) = total_above(rated.rating, &rated.scheme.body) else { continue };
        let key = if rated.rating.total.is_some() { "total" } else { "scores" };
        rated.on(report).at(
            rated.key(key),
            say!(
                "tổng {points} điểm, quá điểm tối đa {max}",
                "{points} points in all, above the maximum of {max}",
                [points, max]
            ),
            say!("xem lại điểm từng tiêu chí", "check the points of each criterion"),
        );
    }
}

fn known_rank(rank: &Option<String>, scheme: &Scheme) -> bool {
    rank.as_ref().is_none_or(|rank| scheme.rank.is_empty() || scheme.rank(rank).is_some())
}

fn unknown_rank(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for rated in rated(cx, visit) {
        let Rated { rating, scheme } = rated;
        for (key, rank) in [("self_rank", &rating.self_rank), ("rank", &rating.rank)] {
            let Some(word) = rank.as_ref().filter(|_| !known_rank(rank, &scheme.body)) else { continue };
            let words: Vec<_> = scheme.body.rank.iter().map(|row| row.id.as_str()).collect();
            rated.on(report).at(
                rated.key(key),
                say!(
                    "thang “{scheme}” không có mức “{word}”",
                    "the scheme “{scheme}” has no rank “{word}”",
                    [scheme = scheme.id, word]
                ),
                say!("ghi một trong các mức: {all}", "write one of: {all}", [all = words.join(", ")]),
            );
        }
    }
}

/// True if every criterion has points.
fn whole(rating: &Rating, scheme: &Scheme) -> bool {
    scheme.criterion.iter().all(|criterion| rating.scores.contains_key(&criterion.id))
}

/// The rank that the points give, and the points, if that is not the rank of the visit, all points are known and none of
/// them is wrong. The lower bounds are inclusive.
fn rank_by_points<'a>(rating: &Rating, scheme: &'a Scheme) -> Option<(&'a str, f64)> {
    let rank = rating.rank.as_ref().filter(|_| known_rank(&rating.rank, scheme))?;
    let points = rating.points().filter(|_| scheme.method == Some(Method::Points))?;
    let by_points = scheme.rank_of(points).map_or("", |rank| rank.id.as_str());
    if by_points == rank {
        return None;
    }
    let whole = rating.total.is_some() || whole(rating, scheme);
    let cut_offs = scheme.rank.iter().any(|rank| rank.min.is_some());
    let sound = unknown(rating, scheme).is_empty()
        && too_high(rating, scheme).next().is_none()
        && total_above(rating, scheme).is_none()
        && total_mismatch(rating, scheme).is_none();
    (whole && cut_offs && sound).then_some((by_points, points))
}

fn rank_differs_from_points(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let all = rated(cx, visit).filter(|rated| visit.sound && rated.rating.reason.is_none());
    all.for_each(|rated| rank_differs(&rated, report));
}

fn rank_differs(rated: &Rated, report: &mut Report) {
    let Rated { rating, scheme: Record { body: scheme, .. } } = rated;
    let Some((by_points, points)) = rank_by_points(rating, scheme) else { return };
    let label = |id: &str| scheme.rank(id).map(|rank| rank.label.clone()).unwrap_or_default();
    let rank = label(rating.rank.as_deref().unwrap_or_default());
    let (message, help) = if by_points.is_empty() {
        (
            say!(
                "xếp loại {rank}, nhưng {points} điểm không đạt mức nào",
                "rated {rank}, but {points} points reach no rank",
                [rank, points]
            ),
            say!(
                "bỏ “Xếp loại” (rank), hoặc ghi “Lý do xếp loại khác với thang” (reason)",
                "remove the rank (rank), or give the reason (reason)"
            ),
        )
    } else {
        (
            say!(
                "xếp loại {rank}, nhưng {points} điểm là mức {earned}",
                "rated {rank}, but {points} points are {earned}",
                [rank, points, earned = label(by_points)]
            ),
            say!(
                "sửa “Xếp loại” (rank = \"{by_points}\"), hoặc ghi “Lý do xếp loại khác với thang” (reason)",
                "correct the rank (rank = \"{by_points}\"), or give the reason (reason)",
                [by_points]
            ),
        )
    };
    let help = if rated.is_unverified() {
        say!(
            "{help}; điểm tối thiểu của thang này chỉ là tạm tính",
            "{help}; the cut-offs of this scheme are provisional",
            [help]
        )
    } else {
        help
    };
    rated.on(report).at(rated.key("rank"), message, help);
}

/// How a total contradicts its parts: it is not their sum, or less than those that are known.
fn total_mismatch(rating: &Rating, scheme: &Scheme) -> Option<(f64, f64)> {
    let (total, sum) = rating.total.zip(rating.sum())?;
    let differs = if whole(rating, scheme) { (total - sum).abs() > 1e-6 } else { total < sum - 1e-6 };
    differs.then_some((total, sum))
}

fn rating_total_mismatch(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for rated in rated(cx, visit).filter(|_| visit.sound) {
        let Some((total, sum)) = total_mismatch(rated.rating, &rated.scheme.body) else { continue };
        rated.on(report).at(
            rated.key("total"),
            say!(
                "tổng điểm {total}, nhưng các tiêu chí cộng lại là {sum}",
                "the total is {total} points, but the criteria add up to {sum}",
                [total, sum]
            ),
            say!(
                "sửa “Tổng điểm” (total), hoặc điểm của tiêu chí ghi nhầm",
                "correct the total (total), or the criterion that is wrong"
            ),
        );
    }
}

/// One message for a visit, whatever it is rated by: one recommendation answers all ratings.
fn no_recommendation(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    if !visit.sound || !visit.body.recommendation.is_empty() {
        return;
    }
    let below_best = |rated: &Rated| {
        let ranks = &rated.scheme.body.rank;
        let at = ranks.iter().position(|rank| Some(&rank.id) == rated.rating.rank.as_ref())?;
        ranks.get(at).filter(|_| at > 0).map(|rank| rank.label.clone())
    };
    if let Some((key, rank)) = rated(cx, visit).find_map(|one| Some((one.key("rank"), below_best(&one)?))) {
        report.at(
            key,
            say!(
                "xếp loại {rank} mà không có kiến nghị nào",
                "rated {rank}, but without any recommendation",
                [rank]
            ),
            say!(
                "ghi ở phần “Kiến nghị”: nơi thực hiện, nội dung, thời hạn (recommendation)",
                "record one under “Recommendations”: to whom, what and by when (recommendation)"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::scheme::{Criterion, Rank};

    fn scheme() -> Scheme {
        let criterion = |id: &str, max| Criterion { id: id.into(), max: Some(max), ..Criterion::default() };
        let rank = |id: &str, min| Rank { id: id.into(), min: Some(min), ..Rank::default() };
        Scheme {
            method: Some(Method::Points),
            max: Some(100.0),
            criterion: vec![criterion("a", 60.0), criterion("b", 60.0)],
            rank: vec![rank("good", 80.0), rank("fair", 65.0)],
            ..Scheme::default()
        }
    }

    fn rating(a: f64, b: f64, rank: &str) -> Rating {
        let scores = [("a".to_owned(), a), ("b".to_owned(), b)].into_iter().collect();
        Rating { scores, rank: Some(rank.into()), ..Rating::default() }
    }

    #[test]
    fn cut_offs_are_inclusive() {
        assert_eq!(rank_by_points(&rating(40.0, 40.0, "good"), &scheme()), None);
        assert_eq!(rank_by_points(&rating(40.0, 39.5, "good"), &scheme()), Some(("fair", 79.5)));
        assert_eq!(rank_by_points(&rating(40.0, 25.0, "fair"), &scheme()), None);
        assert_eq!(rank_by_points(&rating(20.0, 25.0, "fair"), &scheme()), Some(("", 45.0)));
    }

    #[test]
    fn tenths_add_up_to_what_they_are() {
        let mut scheme = scheme();
        scheme.criterion.push(Criterion { id: "c".into(), max: Some(60.0), ..Criterion::default() });
        let mut rating = rating(7.6, 56.8, "good");
        rating.scores.push("c".into(), 15.6);
        assert_ne!(7.6 + 56.8 + 15.6, 80.0, "floats do not");
        assert_eq!(rank_by_points(&rating, &scheme), None);
    }

    #[test]
    fn a_rank_is_asked_only_where_the_points_are_whole() {
        let mut half = rating(40.0, 0.0, "good");
        half.scores = half.scores.iter().filter(|(id, _)| id != "b").cloned().collect();
        assert_eq!(rank_by_points(&half, &scheme()), None);
        assert_eq!(rank_by_points(&rating(40.0, 61.0, "fair"), &scheme()), None, "one score is too high");
        assert_eq!(
            total_above(&rating(60.0, 60.0, "good"), &scheme()),
            Some(TooMany { points: 120.0, max: 100.0 })
        );
    }
}
