errors! {
    /// Why a date cannot be reckoned.
    #[derive(Copy)]
    pub enum DateError {
        /// Civil dates end with year 9999.
        TooFar = "date_too_far",
            "the date would lie after 9999-12-31: shorten the term",
            "日期将晚于9999-12-31，请缩短期限";
        /// No month has such a day, whatever the year.
        NoSuchDay { month: i8, day: i8 } = "date_no_such_day",
            "no year has a day {day} of month {month}: correct the month or the day",
            "任何年份都没有{month}月{day}日，请更正月份或日期";
        /// Lunar months have 29 or 30 days, and a leap month comes only where the tables put one.
        NoSuchLunarDay { year: i16, month: i8, day: i8 } = "date_no_such_lunar_day",
            "lunar year {year} has no such day {day} of month {month}: correct the day, the month or whether it is a leap month",
            "农历{year}年没有这样的{month}月{day}日，请更正日期、月份或是否闰月";
        /// Outside the tables of the lunar calendar.
        OutsideLunarTables = "date_outside_lunar_tables",
            "lunar dates are known from 1901-02-19 (lunar 1901) to 2101-01-28 (lunar 2100) only: give a date in between, or use the solar calendar",
            "农历只收录1901-02-19（农历1901年）至2101-01-28（农历2100年），请使用此范围内的日期，或改用公历";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::DateError;
    use crate::{CalendarError, IdNumberError, WhenError};

    #[test]
    fn every_code_is_snake_case_and_given_once() {
        let tables = [
            DateError::CODES,
            CalendarError::CODES,
            IdNumberError::CODES,
            WhenError::CODES,
        ];
        let mut seen = BTreeSet::new();
        for (code, _, _) in tables.into_iter().flatten() {
            assert!(
                code.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
                "{code}"
            );
            assert!(seen.insert(code), "{code} is given twice");
        }
    }

    #[test]
    fn an_error_says_what_to_do_in_both_languages() {
        let error = DateError::NoSuchDay { month: 2, day: 30 };
        assert_eq!(error.code(), "date_no_such_day");
        assert!(error.to_string().contains("day 30 of month 2: correct"));
        assert!(error.zh().contains("2月30日，请更正"));
    }
}
