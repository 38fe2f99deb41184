//! Birthdays as people keep them, and what age they turn on one.

use calendar::{
    Date, DateError, LunarDate, full_age, full_age_by_lunar_birthday, lunar_birthday,
    next_lunar_birthday, next_solar_birthday, nominal_age, solar_birthday,
};

use super::{Birthday, Profile};
use crate::{AgeBasis, BirthdayRules, NamedAge};

impl Profile {
    /// The birth date that ages count from: the one the organisation recognises, else the ID
    /// number's.
    pub fn birth_date(&self) -> Option<Date> {
        self.born_on.or_else(|| Some(self.id_number?.born()))
    }

    /// The birthday the person keeps: the one they prefer, else the solar one of their birth date.
    pub fn kept_birthday(&self) -> Option<Birthday> {
        self.birthday.or_else(|| {
            self.birth_date().map(|born| Birthday::Solar {
                month: born.month(),
                day: born.day(),
            })
        })
    }
}

impl Birthday {
    /// The birthdays kept on this day, at most two by each calendar. On 28 February of a common year
    /// also those of the 29th; on the last day of a short lunar month also those of the thirtieth;
    /// in a leap month no lunar one, as they are kept in the ordinary month. Outside the lunar
    /// tables only the solar ones.
    pub fn kept_on(on: Date) -> Vec<Birthday> {
        let (month, day) = (on.month(), on.day());
        let mut kept = vec![Birthday::Solar { month, day }];
        if (month, day) == (2, 28) && !on.in_leap_year() {
            kept.push(Birthday::Solar { month, day: 29 });
        }
        if let Ok(lunar) = LunarDate::from_solar(on)
            && !lunar.is_leap()
        {
            let (month, day) = (lunar.month(), lunar.day());
            kept.push(Birthday::Lunar { month, day });
            if day == 29 && lunar_birthday(lunar.year(), month, 30) == Ok(on) {
                kept.push(Birthday::Lunar { month, day: 30 });
            }
        }
        kept
    }

    /// The first day on or after `from` on which it is kept.
    ///
    /// # Errors
    /// [`DateError`] where no year has such a day, or behind the end of the tables.
    pub fn next(self, from: Date) -> Result<Date, DateError> {
        match self {
            Birthday::Solar { month, day } => next_solar_birthday(month, day, from),
            Birthday::Lunar { month, day } => next_lunar_birthday(month, day, from),
        }
    }

    /// The one before the one kept on this day.
    fn before(self, on: Date) -> Result<Date, DateError> {
        match self {
            Birthday::Solar { month, day } => solar_birthday(on.year() - 1, month, day),
            Birthday::Lunar { month, day } => {
                lunar_birthday(LunarDate::from_solar(on)?.year() - 1, month, day)
            }
        }
    }

    /// The age on a day by one reckoning; nothing outside the lunar tables. Full years are counted
    /// by the birthday that is kept: who keeps the lunar one turns 90 on it, not on a solar day
    /// they do not celebrate.
    fn age(self, born: Date, on: Date, basis: AgeBasis) -> Option<i16> {
        match (basis, self) {
            (AgeBasis::Full, Birthday::Solar { .. }) => Some(full_age(born, on)),
            (AgeBasis::Full, Birthday::Lunar { .. }) => full_age_by_lunar_birthday(born, on).ok(),
            (AgeBasis::Nominal, Birthday::Solar { .. } | Birthday::Lunar { .. }) => {
                nominal_age(born, on).ok()
            }
        }
    }
}

/// What age a person turns on a birthday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turning {
    /// 周岁, by the birthdays kept; nothing outside the lunar tables.
    pub full_age: Option<i16>,
    /// 虚岁; nothing outside the lunar tables.
    pub nominal_age: Option<i16>,
    /// The named age that makes it an important birthday (重要生日).
    pub named: Option<NamedAge>,
}

/// What age a person born on `born` turns on the birthday they keep on `on`.
///
/// An age names the first birthday on which it is reached. That matters for 虚岁 kept by the solar
/// calendar: between two solar birthdays there can be no lunar new year, or two of them.
pub fn turning(born: Date, kept: Birthday, on: Date, rules: &BirthdayRules) -> Turning {
    let age = |on, basis| kept.age(born, on, basis);
    let reached = |named: &&NamedAge| {
        let before = kept.before(on).ok().and_then(|on| age(on, named.basis));
        age(on, named.basis) >= Some(named.age) && before.is_none_or(|age| age < named.age)
    };
    Turning {
        full_age: age(on, AgeBasis::Full),
        nominal_age: age(on, AgeBasis::Nominal),
        named: rules.named.iter().rev().find(reached).copied(),
    }
}

#[cfg(test)]
mod tests;
