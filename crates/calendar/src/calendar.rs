use std::{collections::BTreeMap, ops::RangeInclusive};

use jiff::civil::{Date, Weekday};

use crate::calendar_file::{self, CalendarError};

/// The statutory days off and make-up workdays that the State Council has published.
///
/// Inside [`Calendar::covers`] it knows every day. Outside it knows weekends alone, and says so by
/// [`Calendar::is_provisional`]. A notice for the next year may still move a day in the last week
/// of the last year covered (it did in 2006, 2007, 2011 and 2018): load the new file when
/// it is published, and reckon again what is due around New Year.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub(crate) version: String,
    pub(crate) published: Date,
    pub(crate) covers: RangeInclusive<Date>,
    pub(crate) days: BTreeMap<Date, Published>,
    pub(crate) text: String,
}

/// Those that say the same of every day are the same, however their files are written.
impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        let said = |calendar: &Calendar| (calendar.published, calendar.covers.clone());
        self.version == other.version && said(self) == said(other) && self.days == other.days
    }
}

impl Eq for Calendar {}

/// What the State Council said of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Published {
    pub(crate) change: Change,
    pub(crate) name: String,
}

/// Against the ordinary week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    DayOff,
    MakeUpWorkday,
}

/// What kind of day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// 工作日: Monday to Friday, and no holiday.
    Workday,
    /// 调休上班: a Saturday or Sunday worked in exchange for a day off.
    MakeUpWorkday {
        /// The holiday it makes up for.
        name: &'a str,
    },
    /// 周末: Saturday or Sunday.
    Weekend,
    /// 放假: a day off of this holiday, whatever the weekday.
    DayOff {
        /// The holiday.
        name: &'a str,
    },
}

impl DayKind<'_> {
    /// Whether it counts as a working day (工作日); make-up workdays do.
    pub fn is_working(self) -> bool {
        match self {
            DayKind::Workday | DayKind::MakeUpWorkday { .. } => true,
            DayKind::Weekend | DayKind::DayOff { .. } => false,
        }
    }
}

impl Calendar {
    /// The calendar that comes with Sangyu.
    ///
    /// # Errors
    /// [`CalendarError`] if the file it was built with is faulty; a test shows that it is not.
    pub fn bundled() -> Result<Self, CalendarError> {
        Calendar::parse(include_str!("../data/cn-public-holidays.csv"))
    }

    /// Reads a calendar file; the documentation of this crate shows the format. A faulty file is refused
    /// whole: a calendar that is wrong on one day makes deadlines wrong without a sign.
    ///
    /// # Errors
    /// The first [`CalendarError`] found.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        calendar_file::parse(text)
    }

    /// The file it was read from, as it was: whoever checks a last day later reads the same.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Names this edition, such as `cn-2026.1`; every deadline says which one it rests on.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The day of the latest notice in it.
    pub fn published(&self) -> Date {
        self.published
    }

    /// The first and last day it knows: whole calendar years, as the notices do.
    pub fn covers(&self) -> RangeInclusive<Date> {
        self.covers.clone()
    }

    /// What kind of day this is, as far as is known.
    pub fn kind(&self, date: Date) -> DayKind<'_> {
        match self.days.get(&date) {
            Some(Published { change, name }) => match change {
                Change::DayOff => DayKind::DayOff { name },
                Change::MakeUpWorkday => DayKind::MakeUpWorkday { name },
            },
            None if is_weekend(date) => DayKind::Weekend,
            None => DayKind::Workday,
        }
    }

    /// Whether it is a working day, as far as is known.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.kind(date).is_working()
    }

    /// Whether nothing is published for this day, so that only weekends are known.
    pub fn is_provisional(&self, date: Date) -> bool {
        !self.covers.contains(&date)
    }
}

pub(crate) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{LunarDate, spring_festival};

    #[test]
    fn a_day_is_what_the_state_council_says_or_what_the_week_says() {
        let calendar = Calendar::bundled().unwrap();
        let (spring, national) = ("春节 Spring Festival", "国庆节 National Day");
        for (day, kind) in [
            (date(2025, 1, 26), DayKind::MakeUpWorkday { name: spring }),
            (date(2025, 1, 28), DayKind::DayOff { name: spring }),
            (date(2025, 2, 4), DayKind::DayOff { name: spring }),
            (date(2025, 2, 5), DayKind::Workday),
            (date(2025, 2, 9), DayKind::Weekend),
            (date(2024, 10, 5), DayKind::DayOff { name: national }),
            (
                date(2026, 10, 10),
                DayKind::MakeUpWorkday { name: national },
            ),
        ] {
            assert_eq!(calendar.kind(day), kind, "{day}");
            let working = matches!(kind, DayKind::Workday | DayKind::MakeUpWorkday { .. });
            assert_eq!(calendar.is_working_day(day), working, "{day}");
        }
    }

    #[test]
    fn outside_the_published_years_only_weekends_are_known() {
        let calendar = Calendar::bundled().unwrap();
        assert_eq!(calendar.version(), "cn-2026.1");
        assert_eq!(calendar.published(), date(2025, 11, 4));
        assert_eq!(calendar.covers(), date(2004, 1, 1)..=date(2026, 12, 31));
        for (day, provisional) in [
            (date(2003, 12, 31), true),
            (date(2004, 1, 1), false),
            (date(2026, 12, 31), false),
            (date(2027, 1, 1), true),
        ] {
            assert_eq!(calendar.is_provisional(day), provisional, "{day}");
        }
        assert_eq!(calendar.kind(date(2027, 10, 1)), DayKind::Workday);
        assert_eq!(calendar.kind(date(2027, 10, 2)), DayKind::Weekend);
    }

    /// The notices and the lunar tables come from different sources; they must agree.
    #[test]
    fn nobody_works_on_a_lunar_festival() {
        let calendar = Calendar::bundled().unwrap();
        for year in 2004..=2026 {
            let spring = spring_festival(year).unwrap();
            let name = "春节 Spring Festival";
            assert_eq!(calendar.kind(spring), DayKind::DayOff { name }, "{year}");
        }
        // Dragon Boat and Mid-Autumn are days off since 2008.
        for year in 2008..=2026 {
            for (month, day) in [(5, 5), (8, 15)] {
                let festival = LunarDate::new(year, month, false, day).unwrap().to_solar();
                assert!(!calendar.is_working_day(festival), "{festival}");
            }
        }
    }
}
