use jiff::civil::Date;

use crate::{DateError, LunarDate};

/// The solar birthday in this year of someone born on this month and day: 29 February is kept on
/// 28 February in common years.
///
/// # Errors
/// [`DateError::NoSuchDay`], or [`DateError::TooFar`] if no date has this year.
pub fn solar_birthday(year: i16, month: i8, day: i8) -> Result<Date, DateError> {
    // 2000 was a leap year: it has every day that any year has.
    let none = DateError::NoSuchDay { month, day };
    Date::new(2000, month, day).map_err(|_| none)?;
    let first = Date::new(year, month, 1).map_err(|_| DateError::TooFar)?;
    Date::new(year, month, day.min(first.days_in_month())).map_err(|_| none)
}

/// The solar date of a lunar birthday in this lunar year: day 30 is kept on day 29 in a month
/// without it, and a birth in a leap month is kept in the ordinary month.
///
/// # Errors
/// [`DateError::OutsideLunarTables`]; [`DateError::NoSuchLunarDay`] if no year has it.
pub fn lunar_birthday(year: i16, month: i8, day: i8) -> Result<Date, DateError> {
    let last_but_one = |error| match (error, day) {
        (DateError::NoSuchLunarDay { .. }, 30) => LunarDate::new(year, month, false, 29),
        _ => Err(error),
    };
    LunarDate::new(year, month, false, day)
        .or_else(last_but_one)
        .map(LunarDate::to_solar)
}

/// The first solar birthday on or after `from`; see [`solar_birthday`].
///
/// # Errors
/// [`DateError::NoSuchDay`], or [`DateError::TooFar`] at the end of year 9999.
pub fn next_solar_birthday(month: i8, day: i8, from: Date) -> Result<Date, DateError> {
    match solar_birthday(from.year(), month, day)? {
        date if date >= from => Ok(date),
        _ => solar_birthday(from.year() + 1, month, day),
    }
}

/// The first lunar birthday on or after `from`, as a solar date; see [`lunar_birthday`].
///
/// # Errors
/// [`DateError::OutsideLunarTables`]; [`DateError::NoSuchLunarDay`] if no year has it.
pub fn next_lunar_birthday(month: i8, day: i8, from: Date) -> Result<Date, DateError> {
    let year = LunarDate::from_solar(from)?.year();
    match lunar_birthday(year, month, day)? {
        date if date >= from => Ok(date),
        _ => lunar_birthday(year + 1, month, day),
    }
}

/// 周岁: how many solar birthdays have been reached on this day; 0 before the first.
pub fn full_age(born: Date, on: Date) -> i16 {
    let reached = solar_birthday(on.year(), born.month(), born.day()).is_ok_and(|day| day <= on);
    (on.year() - born.year() - i16::from(!reached)).max(0)
}

/// 周岁 as someone counts it who keeps the lunar birthday: how many of those have been reached on this
/// day; 0 before the first. It differs from [`full_age`] between the two birthdays of a year.
///
/// # Errors
/// [`DateError::OutsideLunarTables`] if either day lies outside.
pub fn full_age_by_lunar_birthday(born: Date, on: Date) -> Result<i16, DateError> {
    let (born, today) = (LunarDate::from_solar(born)?, LunarDate::from_solar(on)?);
    let reached = lunar_birthday(today.year(), born.month(), born.day())? <= on;
    Ok((today.year() - born.year() - i16::from(!reached)).max(0))
}

/// 虚岁: 1 at birth, and one more at each lunar new year; 0 before birth.
///
/// # Errors
/// [`DateError::OutsideLunarTables`] if either day lies outside.
pub fn nominal_age(born: Date, on: Date) -> Result<i16, DateError> {
    let years = LunarDate::from_solar(on)?.year() - LunarDate::from_solar(born)?.year();
    Ok(if on < born { 0 } else { years + 1 })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn full_age_grows_on_the_solar_anniversary() {
        for (born, on, age) in [
            (date(1935, 1, 20), date(2025, 1, 19), 89),
            (date(1935, 1, 20), date(2025, 1, 20), 90),
            (date(1936, 2, 29), date(2025, 2, 27), 88),
            (date(1936, 2, 29), date(2025, 2, 28), 89),
            (date(1936, 2, 29), date(2024, 2, 28), 87),
            (date(1936, 2, 29), date(2024, 2, 29), 88),
            (date(1935, 1, 20), date(1935, 1, 20), 0),
            (date(1935, 1, 20), date(1934, 1, 19), 0),
            (date(1935, 1, 20), date(1935, 1, 19), 0),
        ] {
            assert_eq!(full_age(born, on), age, "{born} on {on}");
        }
    }

    #[test]
    fn nominal_age_is_one_at_birth_and_grows_at_each_lunar_new_year() {
        for (born, on, age) in [
            (date(1935, 1, 20), date(1935, 1, 20), 1),
            // Lunar 1934 ended on 1935-02-03.
            (date(1935, 1, 20), date(1935, 2, 3), 1),
            (date(1935, 1, 20), date(1935, 2, 4), 2),
            (date(1935, 1, 20), date(2023, 1, 21), 89),
            (date(1935, 1, 20), date(2023, 1, 22), 90),
            (date(1935, 2, 4), date(2023, 1, 22), 89),
            (date(1935, 1, 20), date(1935, 1, 19), 0),
        ] {
            assert_eq!(nominal_age(born, on), Ok(age), "{born} on {on}");
        }
        let early = nominal_age(date(1901, 2, 18), date(2024, 1, 1));
        assert_eq!(early, Err(DateError::OutsideLunarTables));
    }

    #[test]
    fn whoever_keeps_the_lunar_birthday_grows_older_on_it() {
        for (born, on, age) in [
            // Lunar 1934-12-16, kept on 2025-01-15 and 2026-02-03.
            (date(1935, 1, 20), date(2025, 1, 14), 89),
            (date(1935, 1, 20), date(2025, 1, 15), 90),
            (date(1935, 1, 20), date(2026, 2, 2), 90),
            (date(1935, 1, 20), date(2026, 2, 3), 91),
            // The eleventh of the leap third month of 1936: the ordinary third month of 2026.
            (date(1936, 5, 1), date(2026, 4, 26), 89),
            (date(1936, 5, 1), date(2026, 4, 27), 90),
            (date(1936, 5, 1), date(1936, 5, 1), 0),
            (date(1936, 5, 1), date(1936, 4, 1), 0),
        ] {
            let found = full_age_by_lunar_birthday(born, on);
            assert_eq!(found, Ok(age), "{born} on {on}");
        }
        let early = full_age_by_lunar_birthday(date(1901, 2, 18), date(2024, 1, 1));
        assert_eq!(early, Err(DateError::OutsideLunarTables));
    }

    #[test]
    fn the_next_solar_birthday_is_today_or_later() {
        for (month, day, from, next) in [
            (5, 1, date(2026, 5, 1), date(2026, 5, 1)),
            (5, 1, date(2026, 5, 2), date(2027, 5, 1)),
            (2, 29, date(2026, 2, 28), date(2026, 2, 28)),
            (2, 29, date(2027, 3, 1), date(2028, 2, 29)),
        ] {
            assert_eq!(next_solar_birthday(month, day, from), Ok(next));
        }
        for (month, day) in [(2, 30), (4, 31), (13, 1), (0, 1), (1, 0), (1, -1)] {
            let none = Err(DateError::NoSuchDay { month, day });
            assert_eq!(next_solar_birthday(month, day, date(2026, 5, 1)), none);
        }
        let end = next_solar_birthday(1, 1, date(9999, 12, 31));
        assert_eq!(end, Err(DateError::TooFar));
    }

    #[test]
    fn the_next_lunar_birthday_is_today_or_later() {
        for (month, day, from, next) in [
            // Chongyang as a birthday.
            (9, 9, date(2025, 10, 29), date(2025, 10, 29)),
            (9, 9, date(2025, 10, 30), date(2026, 10, 18)),
            // In January one is still in the lunar year before.
            (12, 16, date(2026, 1, 1), date(2026, 2, 3)),
            (12, 16, date(2026, 2, 4), date(2027, 1, 23)),
            // The first month of lunar 2024 has 29 days.
            (1, 30, date(2024, 2, 10), date(2024, 3, 9)),
        ] {
            assert_eq!(
                next_lunar_birthday(month, day, from),
                Ok(next),
                "{month}-{day}"
            );
        }
    }

    #[test]
    fn lunar_day_thirty_is_kept_on_the_last_day_of_a_short_month() {
        assert_eq!(lunar_birthday(2024, 1, 30), Ok(date(2024, 3, 9)));
        assert_eq!(lunar_birthday(2024, 2, 30), Ok(date(2024, 4, 8)));
        let none = Err(DateError::NoSuchLunarDay {
            year: 2024,
            month: 1,
            day: 31,
        });
        assert_eq!(lunar_birthday(2024, 1, 31), none);
    }

    #[test]
    fn a_birth_in_a_leap_month_is_kept_in_the_ordinary_month() {
        let born = LunarDate::from_solar(date(1936, 5, 1)).unwrap();
        assert_eq!((born.month(), born.is_leap()), (3, true));
        let kept = lunar_birthday(2023, born.month(), born.day()).unwrap();
        let kept = LunarDate::from_solar(kept).unwrap();
        assert_eq!(
            (kept.month(), kept.is_leap(), kept.day()),
            (3, false, born.day())
        );
    }
}
