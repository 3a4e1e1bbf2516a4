//! What a field row says about how its key is asked for: what Enter takes, which words may be answered, when it is
//! asked at all, and what is recalled from last time. A key that says nothing is simply asked.

/// How a key is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// What is known beforehand. Never a figure: those are asked for.
    pub suggest: Option<Suggest>,
    /// The words that may be answered, if the kind does not say it.
    pub words: Option<SchemeWords>,
    /// When it is asked.
    pub when: When,
    /// What is recalled from earlier visits.
    pub recall: Recall,
    /// The key beside it of which the figure is a part: attendances by women of all attendances.
    pub part_of: Option<&'static str>,
}

/// What is known beforehand for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggest {
    /// What is usual.
    Word(&'static str),
    /// The day that counts as today.
    Today,
    /// The school year of that day.
    ThisSchoolYear,
    /// The day of the visit.
    VisitDate,
    /// The campaign in whose window the day of the visit lies, if it is the only one.
    OnlyCampaign,
    /// The school year before that of the visit; the calendar year, if last time's figures were about one; the half-year
    /// or quarter that is reported by then, if they were about such a one.
    SchoolYearBefore,
    /// The calendar year before that of the visit; another kind of period as with the school year.
    YearBefore,
    /// The rank that the points or indicators give.
    RankByScheme,
    /// The posts in which the file of the centre has the person.
    PostsOnFile,
    /// An id made from the name.
    IdFromName,
    /// The name that a centre has after its unit.
    NameFromUnit,
    /// The whole team of the latest visit.
    LatestTeam,
    /// The recommendations of earlier visits that are still open, each with what became of it.
    OpenRecommendations,
}

/// Words of the rating scheme by which a table rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeWords {
    /// Its criteria.
    Criteria,
    /// Its ranks.
    Ranks,
}

/// When a key is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Each time.
    Always,
    /// Never: it is written in other ways.
    Never,
    /// If what is answered for the key beside it is `other`, or among other words `other`.
    OtherIn(&'static str),
    /// If what is answered for a key of the record is this word.
    With(&'static str, &'static str),
    /// If nothing is answered for the key beside it.
    Without(&'static str),
    /// If an earlier visit has it, or if it is named: most papers do not say it.
    Rare,
    /// If the date lies outside the window of the campaign.
    OutsideWindow,
    /// If the centre was already visited in the campaign.
    SeenInCampaign,
    /// If the scheme judges something else than the centre.
    RatesOthers,
    /// If the scheme gives points.
    ByPoints,
    /// If the scheme gives points, and none were answered.
    NoScores,
    /// If the scheme gives levels.
    ByLevels,
    /// If the rank is not the one that the points or indicators give.
    RankDiffers,
}

/// What is recalled from earlier visits for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recall {
    /// What was reported last, to compare with.
    Beside,
    /// Nothing, nor anything below it: it belongs to one visit alone.
    Nothing,
    /// Nothing; but it says what the figures of its table were about.
    About,
    /// The whole table, which may be taken again: it changes little, and nothing in it is about a period.
    Whole,
}

impl Asking {
    /// A key that is simply asked for.
    pub const PLAIN: Asking =
        Asking { suggest: None, words: None, when: When::Always, recall: Recall::Beside, part_of: None };
}
