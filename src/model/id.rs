//! What a visit's file name says.

use super::day::Day;
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
        let (centre, number) = match rest.split_once('_') {
            None => (rest, 1),
            Some((centre, number)) => {
                let plain = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
                (centre, number.parse().ok().filter(|n| *n > 1 && plain)?)
            }
        };
        is_slug(centre).then_some(VisitId { date, centre, number })
    }
}

impl std::fmt::Display for VisitId<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.date, self.centre)?;
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
}
