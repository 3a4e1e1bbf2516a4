//! What the name of a file says: of a visit, of a statement.

use super::day::Day;
use super::period::Period;
use super::vietnamese::is_slug;

/// What a visit's file name says: `2016-10-27-yen-thanh_2`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VisitId<'a> {
    /// The day of the visit.
    pub date: Day,
    /// The centre.
    pub centre: &'a str,
    /// 1, or more for further visits of that day.
    pub number: u32,
}

impl<'a> VisitId<'a> {
    /// Reads the stem of a file.
    pub fn parse(stem: &'a str) -> Option<VisitId<'a>> {
        let date = Day::parse(stem.get(..10)?)?;
        let rest = stem[10..].strip_prefix('-')?;
        let (centre, number) = numbered(rest)?;
        is_slug(centre).then_some(VisitId { date, centre, number })
    }
}

impl std::fmt::Display for VisitId<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.date, self.centre)?;
        if self.number > 1 { write!(f, "_{}", self.number) } else { Ok(()) }
    }
}

/// A name and its number: `yen-thanh_2`; without one, the first.
fn numbered(name: &str) -> Option<(&str, u32)> {
    let Some((name, number)) = name.split_once('_') else { return Some((name, 1)) };
    let plain = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
    Some((name, number.parse().ok().filter(|n| *n > 1 && plain)?))
}

/// What a statement's file name says: `2016-2017-chau-thanh`, or `2016-2017` for the whole register. The slash of a stretch
/// of days is `--`, as ISO 8601 has it for names of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementId<'a> {
    /// What the figures are about.
    pub period: Period,
    /// The area or the unit; empty for the whole register.
    pub place: &'a str,
    /// 1, or more for further papers about the same.
    pub number: u32,
}

impl<'a> StatementId<'a> {
    /// Reads the stem of a file: the longest period with which it can begin, then the place.
    pub fn parse(stem: &'a str) -> Option<StatementId<'a>> {
        let (name, number) = numbered(stem)?;
        let ends = name.match_indices('-').map(|(at, _)| at).chain([name.len()]);
        ends.rev().find_map(|end| {
            let period = Period::parse(&name[..end].replace("--", "/"))?;
            let place = name[end..].strip_prefix('-');
            place.is_none_or(is_slug).then_some(StatementId { period, place: place.unwrap_or(""), number })
        })
    }
}

impl std::fmt::Display for StatementId<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.period.to_string().replace('/', "--"))?;
        if !self.place.is_empty() {
            write!(f, "-{}", self.place)?;
        }
        if self.number > 1 { write!(f, "_{}", self.number) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_splits_in_one_way_only() {
        for stem in ["2016-10-27-yen-thanh", "2016-10-27-xa-2", "2016-10-27-yen-thanh_2"] {
            assert_eq!(VisitId::parse(stem).unwrap().to_string(), stem);
        }
        let id = VisitId::parse("2016-10-27-yen-thanh_12").unwrap();
        assert_eq!((id.centre, id.number), ("yen-thanh", 12));
        for bad in [
            "2016-10-27",
            "2016-13-27-a",
            "2016-10-27-a_1",
            "2016-10-27-a_02",
            "2016-10-27-A",
            "é016-10-27-a",
        ] {
            assert_eq!(VisitId::parse(bad), None, "{bad}");
        }
    }
    #[test]
    fn a_statement_is_named_by_its_period_and_its_place() {
        let parts = |stem| StatementId::parse(stem).map(|id| (id.period.to_string(), id.place.to_owned()));
        for (stem, period, place) in [
            ("2016-2017-chau-thanh", "2016-2017", "chau-thanh"),
            ("2016-2017", "2016-2017", ""),
            ("2016-chau-thanh_2", "2016", "chau-thanh"),
            ("2016-01-01--2016-10-15-xa-2", "2016-01-01/2016-10-15", "xa-2"),
        ] {
            assert_eq!(parts(stem), Some((period.into(), place.into())));
            assert_eq!(StatementId::parse(stem).unwrap().to_string(), stem);
        }
        for bad in ["chau-thanh", "2016-2017-", "2016-2017-Châu", "2016-2018-", "", "2016_1", "-2016"] {
            assert_eq!(StatementId::parse(bad), None, "{bad}");
        }
    }
}
