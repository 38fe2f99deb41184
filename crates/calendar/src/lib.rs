//! Dates as a Chinese bureau counts them: civil dates of Asia/Shanghai, statutory days off and
//! make-up workdays, lunar birthdays, ages, the date hidden in an ID number, and deadlines that
//! can explain themselves. Pure: no clock and no files.

#[macro_use]
mod macros;
mod birthday;
mod calendar;
mod calendar_file;
mod deadline;
mod error;
mod id_number;
mod lunar;
mod when;

pub use birthday::{
    full_age, lunar_birthday, next_lunar_birthday, next_solar_birthday, nominal_age, solar_birthday,
};
pub use calendar::{Calendar, DayKind};
pub use calendar_file::CalendarError;
pub use deadline::{Deadline, Skipped, Term, Why};
pub use error::DateError;
pub use id_number::{IdNumber, IdNumberError};
pub use jiff::{Timestamp, civil::Date};
pub use lunar::{LunarDate, chongyang, spring_festival};
pub use when::{When, WhenError, civil_date, shanghai_midnight};
