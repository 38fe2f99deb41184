use calendar::{Date, Timestamp, When, shanghai_midnight};

use super::{Cell, Moment, half_width, is_space};
use crate::fault::Fault;

/// Serial numbers of Excel that can be dates: up to the end of 2099.
const SERIALS: std::ops::RangeInclusive<i32> = 1..=73_050;
/// Numbers that are rather a year than the serial number of a day in 1904 to 1906.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;
/// The serial number behind 9999-12-31.
const LAST_SERIAL: f64 = 2_958_466.0;
const DAY: u32 = 86_400;

/// A civil date; a time of day given with it is left out.
pub(crate) fn date(cell: &Cell) -> Result<Option<Date>, Fault> {
    Ok(read(cell)?.map(|moment| moment.date))
}

/// A moment of Beijing time, or a day where no time of day is given. Midnight sharp is what
/// programs write behind a date alone, so it is a day.
pub(crate) fn moment(cell: &Cell) -> Result<Option<When>, Fault> {
    read(cell)?.map(when).transpose()
}

fn when(moment: Moment) -> Result<When, Fault> {
    match moment.second {
        None | Some(0) => Ok(When::Day(moment.date)),
        Some(second) => shanghai_midnight(moment.date)
            .and_then(|midnight| {
                Timestamp::from_second(midnight.as_second() + i64::from(second)).ok()
            })
            .map(When::At)
            .ok_or(Fault::NoSuchDate),
    }
}

/// Lets a date pass that is not after today.
pub(crate) fn not_after(date: Date, today: Date) -> Result<Date, Fault> {
    if date > today {
        Err(Fault::InTheFuture {
            date: When::Day(date),
        })
    } else {
        Ok(date)
    }
}

fn read(cell: &Cell) -> Result<Option<Moment>, Fault> {
    match cell {
        Cell::Moment(moment) => Ok(Some(*moment)),
        Cell::Number(number) => from_number(*number).map(Some),
        Cell::Empty | Cell::Text(_) | Cell::Truth(_) | Cell::Error | Cell::Uncalculated(_) => {
            cell.entry()?.map(|text| from_text(&text)).transpose()
        }
    }
}

/// `20250502` typed as a number, or the serial number of a date whose format was lost.
fn from_number(number: f64) -> Result<Moment, Fault> {
    let whole = number.trunc();
    if !(1.0..=99_999_999.0).contains(&whole) {
        return Err(Fault::NotADate);
    }
    #[allow(
        clippy::cast_possible_truncation,
        reason = "whole, and within nine digits"
    )]
    let digits = whole as i32;
    if digits >= 10_000_000 {
        return if number == whole {
            compact(digits)
        } else {
            Err(Fault::NotADate)
        };
    }
    if !SERIALS.contains(&digits) || YEARS.contains(&digits) {
        return Err(Fault::NotADate);
    }
    from_serial(number).ok_or(Fault::NotADate)
}

/// The date of a serial number: 1 is 1900-01-01, and Excel believes in 1900-02-29 (60).
fn from_serial(serial: f64) -> Option<Moment> {
    if !(0.0..LAST_SERIAL).contains(&serial) {
        return None;
    }
    #[allow(
        clippy::cast_possible_truncation,
        reason = "whole, and within twelve digits"
    )]
    let seconds = (serial * f64::from(DAY)).round() as i64;
    let (days, second) = (seconds / i64::from(DAY), seconds % i64::from(DAY));
    let days = if days < 60 { days + 1 } else { days };
    let epoch = Date::constant(1899, 12, 30);
    let span = i32::try_from(days).ok()?;
    let midnight = shanghai_midnight(epoch)?.as_second() + i64::from(span) * i64::from(DAY);
    let date = calendar::civil_date(Timestamp::from_second(midnight).ok()?);
    let second = u32::try_from(second).ok().filter(|s| *s > 0);
    Some(Moment { date, second })
}

fn compact(digits: i32) -> Result<Moment, Fault> {
    day(digits / 10_000, digits / 100 % 100, digits % 100)
}

fn day(year: i32, month: i32, day: i32) -> Result<Moment, Fault> {
    let small = |n: i32| i8::try_from(n).map_err(|_| Fault::NoSuchDate);
    let year = i16::try_from(year).map_err(|_| Fault::NoSuchDate)?;
    match Date::new(year, small(month)?, small(day)?) {
        Ok(date) => Ok(Moment { date, second: None }),
        Err(_) => Err(Fault::NoSuchDate),
    }
}

/// The last day that a title such as `（截至2025年12月）` names, or its very day.
pub(crate) fn ledger_date(title: &str) -> Option<Date> {
    let text: String = title
        .chars()
        .filter(|c| !is_space(*c))
        .map(half_width)
        .collect();
    let rest = &text[text.find("截至").or_else(|| text.find("截止"))?..];
    let numbers: Vec<i32> = rest
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .map_while(|n| n.parse().ok())
        .take(3)
        .collect();
    match numbers[..] {
        [y, m, d] => day(y, m, d).ok().map(|moment| moment.date),
        [y, m] => day(y, m, 1).ok().map(|moment| moment.date.last_of_month()),
        [y] if YEARS.contains(&y) => day(y, 12, 31).ok().map(|moment| moment.date),
        _ => None,
    }
}

fn from_text(text: &str) -> Result<Moment, Fault> {
    let typed: Vec<char> = text.chars().map(plain).collect();
    let mut scan = Scan { rest: &typed };
    scan.spaces();
    let (year, digits) = scan.number().ok_or(Fault::NotADate)?;
    scan.spaces();
    let found = match digits {
        4 => {
            let year_mark = scan.one_of(&['年', '-', '/', '.']).ok_or(Fault::NotADate)?;
            let month = scan.short_number()?;
            let month_mark = scan.one_of(&['月', '-', '/', '.']).ok_or(Fault::NotADate)?;
            if (year_mark == '年') != (month_mark == '月') {
                return Err(Fault::NotADate);
            }
            let date = day(year, month, scan.short_number()?);
            scan.one_of(&['日', '号']);
            date
        }
        8 => compact(year),
        5 if scan.rest.is_empty() && SERIALS.contains(&year) => {
            return from_serial(f64::from(year)).ok_or(Fault::NotADate);
        }
        _ => return Err(Fault::NotADate),
    };
    let second = scan.time()?;
    // Read to the end before anything is said about the date: `2024-13-05abc` is no date at all.
    found.and_then(|moment| match second {
        Some(Some(second)) => Ok(Moment {
            second: Some(second),
            ..moment
        }),
        Some(None) => Err(Fault::NoSuchDate),
        None => Ok(moment),
    })
}

/// One sign for all that looks the same.
fn plain(c: char) -> char {
    match half_width(c) {
        '—' | '–' | '−' | '‐' | '﹣' => '-',
        '。' | '．' | '·' => '.',
        '∕' | '／' => '/',
        '：' => ':',
        other => other,
    }
}

struct Scan<'a> {
    rest: &'a [char],
}

impl Scan<'_> {
    fn spaces(&mut self) {
        while let [first, rest @ ..] = self.rest
            && is_space(*first)
        {
            self.rest = rest;
        }
    }

    /// The digits ahead, at most nine, with how many there are.
    fn number(&mut self) -> Option<(i32, usize)> {
        let digits = self.rest.iter().take_while(|c| c.is_ascii_digit()).count();
        if !(1..=9).contains(&digits) {
            return None;
        }
        let (number, rest) = self.rest.split_at(digits);
        self.rest = rest;
        let number = number
            .iter()
            .filter_map(|c| c.to_digit(10))
            .fold(0, |n, d| n * 10 + d);
        Some((i32::try_from(number).ok()?, digits))
    }

    fn short_number(&mut self) -> Result<i32, Fault> {
        self.spaces();
        let (number, digits) = self.number().ok_or(Fault::NotADate)?;
        self.spaces();
        if digits <= 2 {
            Ok(number)
        } else {
            Err(Fault::NotADate)
        }
    }

    fn one_of(&mut self, marks: &[char]) -> Option<char> {
        self.spaces();
        let (first, rest) = self.rest.split_first()?;
        if !marks.contains(first) {
            return None;
        }
        self.rest = rest;
        self.spaces();
        Some(*first)
    }

    /// The rest of the text: no time, or a time of day in seconds (`None`: there is none such).
    fn time(&mut self) -> Result<Option<Option<u32>>, Fault> {
        self.one_of(&['T', 't']);
        self.spaces();
        if self.rest.is_empty() {
            return Ok(None);
        }
        let hour = self.short_number()?;
        self.one_of(&[':', '时', '点']).ok_or(Fault::NotADate)?;
        let minute = if self.rest.is_empty() {
            0
        } else {
            self.short_number()?
        };
        let more = self.one_of(&[':', '分']).is_some() && !self.rest.is_empty();
        let second = if more { self.short_number()? } else { 0 };
        self.one_of(&['秒']);
        // Fractions of a second, as databases export them.
        if self.one_of(&['.']).is_some() {
            self.number();
        }
        if !self.rest.is_empty() {
            return Err(Fault::NotADate);
        }
        let exists = hour < 24 && minute < 60 && second < 60;
        let seconds = u32::try_from(hour * 3600 + minute * 60 + second).ok();
        Ok(Some(seconds.filter(|_| exists)))
    }
}
