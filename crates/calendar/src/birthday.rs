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
    let years = on.year() - born.year();
    match solar_birthday(on.year(), born.month(), born.day()) {
        Ok(birthday) if birthday <= on => years.max(0),
        Ok(_) | Err(_) => (years - 1).max(0),
    }
}

/// 虚岁: 1 at birth, and one more at each lunar new year; 0 before birth.
///
/// # Errors
/// [`DateError::OutsideLunarTables`] if either day lies outside.
pub fn nominal_age(born: Date, on: Date) -> Result<i16, DateError> {
    let years = LunarDate::from_solar(on)?.year() - LunarDate::from_solar(born)?.year();
    Ok(if on < born { 0 } else { years + 1 })
}
