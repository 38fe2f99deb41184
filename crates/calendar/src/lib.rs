//! Dates as a Chinese bureau counts them: civil dates of Asia/Shanghai, statutory days off and
//! make-up workdays, lunar birthdays, ages, the date hidden in an ID number, and deadlines that
//! can explain themselves. Pure: no clock and no files.

mod calendar;
mod id_number;
mod when;

pub use calendar::{Calendar, CalendarError};
pub use id_number::{IdNumber, IdNumberError};
pub use jiff::{Timestamp, civil::Date};
pub use when::{When, WhenError, civil_date, shanghai_midnight};
