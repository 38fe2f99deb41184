use calendar::Date;

use super::doubt::{MedalDoubt, doubt};
use crate::{MedalRules, cadre::Person};

/// Whether a person can be given the medal of a year, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eligibility {
    /// They can.
    Eligible {
        /// The first day of standing it rests on.
        starts_on: Date,
    },
    /// Their standing is not long enough by 1 July of that year.
    NotYet {
        /// The first year in which it is, or can be.
        first_year: i16,
    },
    /// The first day of standing is not settled, and may be early enough.
    Doubtful {
        /// Why it is open.
        why: MedalDoubt,
    },
    /// No Party standing is recorded.
    NotAMember,
    /// They died on 1 July of that year or before: the medal is for the living.
    Died {
        /// The day.
        died_on: Date,
    },
    /// The record is a duplicate; the one that is kept answers the question.
    Superseded,
}

/// Whether a person can be given the medal of a year: their Party standing reaches the years of the
/// rules (50) by 1 July, and they are alive then as far as is known.
///
/// The predicate is `standing_starts_on + 50 years ≤ 1 July`. It compares month and day, so the
/// anniversary of a 29 February, which is a 28 February in most years, needs no exception.
pub fn eligibility(person: &Person, year: i16, rules: &MedalRules) -> Eligibility {
    if person.kept_as.is_some() {
        return Eligibility::Superseded;
    }
    if let Some(died_on) = person.died_on
        && first_cut_off(died_on) <= year
    {
        return Eligibility::Died { died_on };
    }
    let Some(standing) = person.standing else {
        return Eligibility::NotAMember;
    };
    let starts_on = standing.starts_on.unwrap_or(standing.joined_on);
    let first_year = first_cut_off(starts_on)
        .saturating_add(rules.years)
        .max(rules.first_year);
    if year < first_year {
        // Standing does not begin before admission: whatever is open, it is too short.
        return Eligibility::NotYet { first_year };
    }
    match doubt(person, &standing, rules) {
        Some(why) => Eligibility::Doubtful { why },
        None => Eligibility::Eligible { starts_on },
    }
}

/// The year of the first 1 July that is not before this day.
fn first_cut_off(day: Date) -> i16 {
    if (day.month(), day.day()) <= (7, 1) {
        day.year()
    } else {
        day.year().saturating_add(1)
    }
}
