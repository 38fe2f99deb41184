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
