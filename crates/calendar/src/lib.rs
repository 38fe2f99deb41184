//! Dates as a Chinese bureau counts them: civil dates of Asia/Shanghai, statutory days off and
//! make-up workdays, lunar birthdays, ages, the date hidden in an ID number, and deadlines that
//! can explain themselves. Pure: no clock and no files.
//!
//! # Where the facts come from
//!
//! | fact | source |
//! |---|---|
//! | days off and make-up workdays | the State Council's yearly notices (国务院办公厅关于部分节假日安排的通知), 2004 to 2026, in `data/cn-public-holidays.csv`; the data was taken from the package `chinesecalendar` 1.11, and the entries of 2026 compared with the notice of 2025-11-04 |
//! | the start day is excluded | Civil Code, article 201 (民法典第二百零一条) |
//! | months and years; a missing corresponding day | article 202 |
//! | a last day on a day off moves | article 203; weekends count as days off |
//! | an extension counts from the raw last day | no law says; our decision |
//! | what a working day is | Monday to Friday, as the notices change it |
//! | lunar dates | the tables of `chinese-lunisolar-calendar`, lunar 1901 to 2100; checked here against the notices, and against years on which tables disagree (1928, 1954, 2033, 2057) |
//! | 周岁, 虚岁, birthdays on 29 February, lunar day 30, leap months | custom; each function says which |
//! | ID numbers | GB 11643-1999 |
//! | Beijing time | UTC+8 without daylight saving since 1991-09-15 |
//!
//! # The calendar file
//!
//! An operator replaces the bundled file when a new notice is published. UTF-8, in this order:
//!
//! ```text
//! # version: cn-2026.1
//! # published: 2025-11-04
//! # covers: 2004-01-01..2026-12-31
//! # source: for people, may be left out
//! date,kind,name
//! 2026-01-01,day_off,元旦 New Year's Day
//! 2026-01-04,workday,元旦 New Year's Day
//! ```
//!
//! `kind` is `day_off`, or `workday` for a Saturday or Sunday that is worked. `covers` names whole
//! years, as the notices do, and each must have a day off. Anything else is refused whole, with
//! the line and the remedy: see [`CalendarError`].

#[macro_use]
mod macros;
#[macro_use]
pub mod as_text;
mod birthday;
mod calendar;
mod calendar_file;
mod deadline;
mod error;
mod id_number;
mod lunar;
mod when;

pub use birthday::{
    full_age, full_age_by_lunar_birthday, lunar_birthday, next_lunar_birthday, next_solar_birthday,
    nominal_age, solar_birthday,
};
pub use calendar::{Calendar, DayKind};
pub use calendar_file::CalendarError;
pub use deadline::{
    Deadline, NotCounted, Skipped, Term, Why, WhyError, days_after, days_before, months_after,
};
pub use error::DateError;
pub use id_number::{IdNumber, IdNumberError};
pub use jiff::{
    Timestamp,
    civil::{Date, Time},
};
pub use lunar::{LunarDate, chongyang, spring_festival};
pub use when::{When, WhenError, civil_date, civil_time, shanghai_midnight};
