use calendar::Date;
use serde::{Deserialize, Serialize};

/// The national rule profile, as its file.
pub const NATIONAL_RULES: &str = include_str!("../rules/national-2022.toml");

/// The numbers in force: a rule profile. All of them are data, so that a city can change them
/// without code; the national profile is `rules/national-2022.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Names the profile; every event says under which it was decided.
    pub id: String,
    /// Where the numbers come from.
    pub source: String,
    /// The first day they apply.
    pub valid_from: Date,
    /// 离休.
    pub lixiu: LixiuRules,
    /// The 50-year medal.
    pub medal: MedalRules,
    /// Visits.
    pub visit: VisitRules,
}

/// Who is 离休 and what it brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LixiuRules {
    /// The last day on which one can have joined the revolution: 1949-09-30.
    pub revolution_until: Date,
    /// The yearly subsidy by the day one joined, earliest first.
    pub subsidies: Vec<LixiuSubsidy>,
}

/// One step of the yearly subsidy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LixiuSubsidy {
    /// The last day of joining the revolution that it covers.
    pub until: Date,
    /// In tenths of a month of basic pay: 25 is two and a half months.
    pub tenths_of_month: u32,
}

/// Who is given the medal “光荣在党50年”.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MedalRules {
    /// How many years of Party standing.
    pub years: i16,
    /// The first year it was awarded.
    pub first_year: i16,
    /// Members admitted from this day …
    pub no_probation_from: Date,
    /// … to this one had no probation: their standing counts from approval.
    pub no_probation_until: Date,
}

/// How visits are recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitRules {
    /// A visit recorded more than so many calendar days after it took place is flagged as late.
    pub late_after_days: u32,
}
