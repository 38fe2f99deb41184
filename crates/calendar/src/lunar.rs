use chinese_lunisolar_calendar::{LunisolarDate, LunisolarDateError, SolarDate};
use jiff::civil::Date;

use crate::DateError;

/// 农历: a date of the Chinese lunar calendar, from lunar 1901-01-01 (1901-02-19) to the end of
/// lunar 2100 (2101-01-28).
///
/// A lunar year begins at Spring Festival and is named by the solar year in which it begins:
/// 1935-01-20 lies in lunar 1934.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LunarDate {
    year: i16,
    month: i8,
    leap: bool,
    day: i8,
    solar: Date,
}

impl LunarDate {
    /// Day `day` (from 1) of month `month` (from 1 to 12), or of the leap month that follows it.
    ///
    /// # Errors
    /// [`DateError::OutsideLunarTables`]; [`DateError::NoSuchLunarDay`] if the month has 29 days
    /// or the year no such leap month.
    pub fn new(year: i16, month: i8, leap: bool, day: i8) -> Result<Self, DateError> {
        let none = DateError::NoSuchLunarDay { year, month, day };
        let year_of_table = u16::try_from(year).map_err(|_| DateError::OutsideLunarTables)?;
        let month_of_year = u8::try_from(month).map_err(|_| none)?;
        let day_of_month = u8::try_from(day).map_err(|_| none)?;
        match LunisolarDate::from_ymd(year_of_table, month_of_year, leap, day_of_month) {
            Ok(found) => Self::read(found),
            Err(LunisolarDateError::OutOfRange | LunisolarDateError::YearIncorrect) => {
                Err(DateError::OutsideLunarTables)
            }
            Err(LunisolarDateError::MonthIncorrect | LunisolarDateError::DayIncorrect) => Err(none),
        }
    }

    /// The lunar date of a solar one.
    ///
    /// # Errors
    /// [`DateError::OutsideLunarTables`].
    pub fn from_solar(date: Date) -> Result<Self, DateError> {
        let parts = (
            date.year().try_into(),
            date.month().try_into(),
            date.day().try_into(),
        );
        let (Ok(year), Ok(month), Ok(day)) = parts else {
            return Err(DateError::OutsideLunarTables);
        };
        SolarDate::from_ymd(year, month, day)
            .ok()
            .and_then(|solar| LunisolarDate::from_solar_date(solar).ok())
            .ok_or(DateError::OutsideLunarTables)
            .and_then(Self::read)
    }

    /// Takes a date of the tables over; every one of them fits, so the error never comes.
    fn read(lunar: LunisolarDate) -> Result<Self, DateError> {
        let solar = lunar.to_solar_date();
        let (year, month, day) = (
            i16::try_from(solar.to_solar_year().to_u16()),
            i8::try_from(solar.to_solar_month().to_u8()),
            i8::try_from(solar.to_solar_day().to_u8()),
        );
        let (lunar_year, lunar_month, lunar_day) = (
            i16::try_from(lunar.to_lunisolar_year().to_u16()),
            i8::try_from(lunar.to_lunar_month().to_u8()),
            i8::try_from(lunar.to_lunar_day().to_u8()),
        );
        let fits = || {
            Some(LunarDate {
                year: lunar_year.ok()?,
                month: lunar_month.ok()?,
                leap: lunar.to_lunar_month().is_leap_month(),
                day: lunar_day.ok()?,
                solar: Date::new(year.ok()?, month.ok()?, day.ok()?).ok()?,
            })
        };
        fits().ok_or(DateError::OutsideLunarTables)
    }

    /// The lunar year, by the solar year in which it begins.
    pub fn year(self) -> i16 {
        self.year
    }

    /// From 1 to 12; a leap month has the number of the month before it.
    pub fn month(self) -> i8 {
        self.month
    }

    /// 闰月: whether it lies in the leap month.
    pub fn is_leap(self) -> bool {
        self.leap
    }

    /// From 1 to 30.
    pub fn day(self) -> i8 {
        self.day
    }

    /// The solar date of the same day.
    pub fn to_solar(self) -> Date {
        self.solar
    }
}

/// 春节: the solar date of the first day of this lunar year.
///
/// # Errors
/// [`DateError::OutsideLunarTables`]: known from 1901 to 2100.
pub fn spring_festival(year: i16) -> Result<Date, DateError> {
    LunarDate::new(year, 1, false, 1).map(LunarDate::to_solar)
}

/// 重阳节: the solar date of the ninth day of the ninth month, the day of the elderly (老年节).
///
/// # Errors
/// [`DateError::OutsideLunarTables`]: known from 1901 to 2100.
pub fn chongyang(year: i16) -> Result<Date, DateError> {
    LunarDate::new(year, 9, false, 9).map(LunarDate::to_solar)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_lunar_date_of_a_day() {
        for (solar, lunar) in [
            (date(1901, 2, 19), (1901, 1, false, 1)),
            (date(1935, 1, 20), (1934, 12, false, 16)),
            (date(1954, 2, 2), (1953, 12, false, 29)),
            (date(1954, 2, 3), (1954, 1, false, 1)),
            // 2033 is the year whose leap month is easily put wrong.
            (date(2033, 12, 21), (2033, 11, false, 30)),
            (date(2033, 12, 22), (2033, 11, true, 1)),
            (date(2034, 1, 19), (2033, 11, true, 29)),
            (date(2034, 1, 20), (2033, 12, false, 1)),
            (date(2034, 2, 19), (2034, 1, false, 1)),
            (date(2101, 1, 28), (2100, 12, false, 29)),
        ] {
            let found = LunarDate::from_solar(solar).unwrap();
            let parts = (found.year(), found.month(), found.is_leap(), found.day());
            assert_eq!(parts, lunar, "{solar}");
            assert_eq!(found.to_solar(), solar);
        }
    }

    /// As published by the observatories: the years of birth and of the birthdays to come.
    #[test]
    fn spring_festivals_and_leap_months_are_the_published_ones() {
        for (year, first_day) in [
            (1934, date(1934, 2, 14)),
            (1935, date(1935, 2, 4)),
            (1936, date(1936, 1, 24)),
            (1949, date(1949, 1, 29)),
            (2020, date(2020, 1, 25)),
            (2021, date(2021, 2, 12)),
            (2022, date(2022, 2, 1)),
            (2023, date(2023, 1, 22)),
            (2024, date(2024, 2, 10)),
            (2025, date(2025, 1, 29)),
            (2026, date(2026, 2, 17)),
            (2027, date(2027, 2, 6)),
            (2028, date(2028, 1, 26)),
            (2029, date(2029, 2, 13)),
            (2030, date(2030, 2, 3)),
            (2031, date(2031, 1, 23)),
            (2032, date(2032, 2, 11)),
            (2033, date(2033, 1, 31)),
            (2034, date(2034, 2, 19)),
            (2035, date(2035, 2, 8)),
        ] {
            assert_eq!(spring_festival(year), Ok(first_day), "{year}");
        }
        let published = [
            (1930, 6),
            (1933, 5),
            (1936, 3),
            (1938, 7),
            (1941, 6),
            (1944, 4),
            (1947, 2),
            (1949, 7),
            (1952, 5),
            (1955, 3),
            (1957, 8),
            (1960, 6),
            (2020, 4),
            (2023, 2),
            (2025, 6),
            (2028, 5),
            (2031, 3),
            (2033, 11),
            (2036, 6),
            (2039, 5),
            (2042, 2),
            (2044, 7),
            (2047, 5),
            (2050, 3),
        ];
        let leap_months = |years: std::ops::RangeInclusive<i16>| {
            years.flat_map(|year| {
                let leap = move |month: &i8| LunarDate::new(year, *month, true, 1).is_ok();
                (1..=12).filter(leap).map(move |month| (year, month))
            })
        };
        let found: Vec<_> = leap_months(1930..=1960)
            .chain(leap_months(2020..=2050))
            .collect();
        assert_eq!(found, published);
    }

    #[test]
    fn every_day_of_the_tables_follows_the_day_before_and_reads_back() {
        let mut day = date(1901, 2, 19);
        let mut before = LunarDate::from_solar(day).unwrap();
        let mut days = 1;
        while day < date(2101, 1, 28) {
            day = day.tomorrow().unwrap();
            let now = LunarDate::from_solar(day).unwrap();
            let same_month =
                (now.year, now.month, now.leap) == (before.year, before.month, before.leap);
            match now.day {
                1 => assert!(!same_month && (29..=30).contains(&before.day), "{day}"),
                _ => assert!(same_month && now.day == before.day + 1, "{day}"),
            }
            assert_eq!(
                LunarDate::new(now.year, now.month, now.leap, now.day),
                Ok(now)
            );
            assert_eq!(now.to_solar(), day);
            before = now;
            days += 1;
        }
        assert_eq!(days, 73_028);
    }

    #[test]
    fn festivals_on_which_tables_disagree_follow_the_majority() {
        assert_eq!(spring_festival(1954), Ok(date(1954, 2, 3)));
        assert_eq!(chongyang(1928), Ok(date(1928, 10, 21)));
        assert_eq!(chongyang(2057), Ok(date(2057, 10, 7)));
        assert_eq!(spring_festival(2026), Ok(date(2026, 2, 17)));
        assert_eq!(chongyang(2025), Ok(date(2025, 10, 29)));
    }

    #[test]
    fn outside_the_tables_there_is_a_clear_error() {
        let outside = Err(DateError::OutsideLunarTables);
        for solar in [date(1901, 2, 18), date(2101, 1, 29), date(-1, 1, 1)] {
            assert_eq!(LunarDate::from_solar(solar), outside);
        }
        for year in [-1, 1900, 2101] {
            assert_eq!(LunarDate::new(year, 1, false, 1), outside);
        }
    }

    #[test]
    fn a_day_that_the_month_or_the_year_lacks_is_refused() {
        for (year, month, leap, day) in [
            (2024, 1, false, 30),
            (2024, 1, true, 1),
            (2033, 7, true, 1),
            (2024, 13, false, 1),
            (2024, 0, false, 1),
            (2024, 1, false, 0),
            (2024, 1, false, 31),
            (2024, -1, false, 1),
        ] {
            let none = Err(DateError::NoSuchLunarDay { year, month, day });
            assert_eq!(LunarDate::new(year, month, leap, day), none);
        }
    }
}
