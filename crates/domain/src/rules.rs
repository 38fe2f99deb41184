mod duty;
mod petition;

pub use duty::{Class, ClosedBy, DutyRule, DutyRules, Every, TriggerRule, VisitMatch};
pub use petition::{ClockRules, ExtensionRules, HandleCovers, LadderRules, PetitionRules};

use calendar::Date;
use serde::{Deserialize, Serialize};

/// The national rule profile in force, as its file.
pub const NATIONAL_RULES: &str = include_str!("../rules/national-2022.toml");

/// Every rule profile that comes with Sangyu: the name of its file, and what it holds.
pub const BUNDLED_RULES: [(&str, &str); 3] = [
    (
        "national-2005.toml",
        include_str!("../rules/national-2005.toml"),
    ),
    ("national-2022.toml", NATIONAL_RULES),
    (
        "province-30.toml",
        include_str!("../rules/province-30.toml"),
    ),
];

/// The numbers in force: a rule profile. All of them are data, so that a city can change them
/// without code. The files of the profiles that come with Sangyu lie in `rules/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Names the profile; every event says under which it was decided.
    pub id: String,
    /// Where the numbers come from.
    pub source: String,
    /// Where they apply, such as `national`.
    pub jurisdiction: String,
    /// The first day they apply.
    pub valid_from: Date,
    /// The last day they apply; open while they are in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// 离休.
    pub lixiu: LixiuRules,
    /// The 50-year medal.
    pub medal: MedalRules,
    /// Visits.
    pub visit: VisitRules,
    /// Birthdays.
    pub birthday: BirthdayRules,
    /// Petitions.
    pub petition: PetitionRules,
    /// Duties; nothing in a profile that knows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<DutyRules>,
}

impl Rules {
    /// Whether they apply on this day.
    pub fn valid_on(&self, date: Date) -> bool {
        self.valid_from <= date && self.valid_until.is_none_or(|until| date <= until)
    }
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
    /// The age (周岁) from which one is admitted: an earlier admission is doubtful.
    pub admitted_from_age: i16,
}

/// How visits are recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitRules {
    /// A visit recorded more than so many calendar days after it took place is flagged as late.
    pub late_after_days: u32,
}

/// Which birthdays are important (重要生日).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BirthdayRules {
    /// The named ages, each by its own reckoning.
    pub named: Vec<NamedAge>,
}

/// An age at which a birthday is an important one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedAge {
    /// In years.
    pub age: i16,
    /// How they are counted.
    pub basis: AgeBasis,
}

/// How years of age are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeBasis {
    /// 周岁: birthdays reached since birth.
    Full,
    /// 虚岁: 1 at birth, and one more at each lunar new year.
    Nominal,
}
