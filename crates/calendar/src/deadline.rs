use std::{fmt, str::FromStr};

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{Calendar, DateError, DayKind};

/// How long a clock runs. In JSON and TOML `{"days": 60}` or `{"working_days": 5}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// 日: calendar days.
    Days(u32),
    /// 工作日: working days, make-up workdays included.
    WorkingDays(u32),
    /// 月: to the corresponding day of the month reached, or its last day where that is missing.
    Months(u32),
    /// 年: to the corresponding day of the year reached; 29 February to 28 February.
    Years(u32),
}

/// When a clock runs out, and how that was found. Its JSON is what people and programs are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// 届满日: the last day as counted; warn on it, and count an extension from it.
    pub raw: Date,
    /// 顺延后届满日: the last day on which one is in time.
    pub rolled: Date,
    /// Whether a day that mattered lies outside the published calendar: reckon again once it is
    /// published.
    pub provisional: bool,
    /// The days that did not count, in order: those a clock of working days passed over, and those
    /// between `raw` and `rolled`.
    pub skipped: Vec<Skipped>,
    /// The articles it rests on.
    pub rule: String,
    /// The version of the calendar it rests on.
    pub calendar: String,
}

/// A day that did not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Which.
    pub date: Date,
    /// Why not.
    pub why: Why,
}

/// Why a day did not count. Written `weekend`, `day_off: ` and the holiday's name, or
/// `not_counted: ` and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// 周末.
    Weekend,
    /// 放假, of this holiday.
    DayOff(String),
    /// 不计入期限, for this reason.
    NotCounted(String),
}

/// 不计入期限: days during which a clock stands still, such as those of a hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotCounted {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Why, in the words a deadline is explained with, such as 听证.
    pub why: String,
}

impl NotCounted {
    fn contains(&self, date: Date) -> bool {
        (self.from..=self.until).contains(&date)
    }
}

/// The day so many calendar days before this one; the first day there is, if that lies before it.
pub fn days_before(date: Date, days: u32) -> Date {
    Span::new()
        .try_days(days)
        .and_then(|span| date.checked_sub(span))
        .unwrap_or(Date::MIN)
}

/// The day so many calendar days after this one; the last day there is, if that lies after it.
pub fn days_after(date: Date, days: u32) -> Date {
    Span::new()
        .try_days(days)
        .and_then(|span| date.checked_add(span))
        .unwrap_or(Date::MAX)
}

/// The corresponding day so many months later, or the last of that month where it lacks one; `None`
/// after year 9999.
pub fn months_after(date: Date, months: u32) -> Option<Date> {
    let span = Span::new().try_months(months).ok()?;
    date.checked_add(span).ok()
}

impl Calendar {
    /// When a clock that starts on `start` runs out: the start day is excluded, and a last day on
    /// a day off moves to the next working day (民法典第二百零一条至第二百零三条). An extension
    /// counts from the raw last day of `term`, not from the rolled one.
    ///
    /// # Errors
    /// [`DateError::TooFar`] if that lies after year 9999.
    pub fn due(
        &self,
        start: Date,
        term: Term,
        extension: Option<Term>,
    ) -> Result<Deadline, DateError> {
        self.due_without(start, term, extension, &[])
    }

    /// The same for a clock that stood still at times: each of these days that it would have
    /// counted pushes the raw last day back by one, and the clock never ends on one of them. Days
    /// of months and years are pushed back as calendar days are.
    ///
    /// # Errors
    /// [`DateError::TooFar`] if that lies after year 9999.
    pub fn due_without(
        &self,
        start: Date,
        term: Term,
        extension: Option<Term>,
        not_counted: &[NotCounted],
    ) -> Result<Deadline, DateError> {
        let mut count = Count {
            calendar: self,
            not_counted,
            at: start,
            provisional: false,
            skipped: Vec::new(),
        };
        for term in [Some(term), extension].into_iter().flatten() {
            count.advance(term)?;
        }
        let raw = count.at;
        while count.stands_still() || !count.looks_working() {
            count.next_day()?;
        }
        Ok(Deadline {
            raw,
            rolled: count.at,
            provisional: count.provisional,
            skipped: count.skipped,
            rule: rule(term, extension, not_counted),
            calendar: self.version().to_owned(),
        })
    }
}

/// Walks from day to day and remembers what it saw.
struct Count<'a> {
    calendar: &'a Calendar,
    not_counted: &'a [NotCounted],
    at: Date,
    provisional: bool,
    skipped: Vec<Skipped>,
}

impl Count<'_> {
    fn advance(&mut self, term: Term) -> Result<(), DateError> {
        let span = match term {
            Term::Days(n) => Span::new().try_days(n),
            Term::Months(n) => Span::new().try_months(n),
            Term::Years(n) => Span::new().try_years(n),
            Term::WorkingDays(n) => return self.advance_working_days(n),
        };
        // Adding months or years ends on the last day of a month that lacks the corresponding one.
        let to = span
            .and_then(|span| self.at.checked_add(span))
            .map_err(|_| DateError::TooFar)?;
        if self.not_counted.is_empty() {
            self.at = to;
            return Ok(());
        }
        self.walk_to(to)
    }

    /// Goes to this day, and then as many days further as stood still on the way.
    fn walk_to(&mut self, to: Date) -> Result<(), DateError> {
        let mut owed = 0u32;
        while self.at < to {
            self.next_day()?;
            owed += u32::from(self.stands_still());
        }
        while owed > 0 {
            self.next_day()?;
            owed -= u32::from(!self.stands_still());
        }
        Ok(())
    }

    /// Whether the clock stands still on the present day; if so, it is noted with the reason.
    fn stands_still(&mut self) -> bool {
        let Some(why) = self.not_counted.iter().find(|days| days.contains(self.at)) else {
            return false;
        };
        self.skipped.push(Skipped {
            date: self.at,
            why: Why::NotCounted(why.why.clone()),
        });
        true
    }

    fn advance_working_days(&mut self, n: u32) -> Result<(), DateError> {
        for _ in 0..n {
            self.next_day()?;
            while self.stands_still() || !self.looks_working() {
                self.next_day()?;
            }
        }
        Ok(())
    }

    fn next_day(&mut self) -> Result<(), DateError> {
        self.at = self.at.tomorrow().map_err(|_| DateError::TooFar)?;
        Ok(())
    }

    /// Whether the present day counts; if not, it is noted with the reason.
    fn looks_working(&mut self) -> bool {
        self.provisional |= self.calendar.is_provisional(self.at);
        let why = match self.calendar.kind(self.at) {
            DayKind::Workday | DayKind::MakeUpWorkday { .. } => return true,
            DayKind::Weekend => Why::Weekend,
            DayKind::DayOff { name } => Why::DayOff(name.to_owned()),
        };
        self.skipped.push(Skipped { date: self.at, why });
        false
    }
}

/// 第二百零一条: the start day is excluded. 第二百零二条: months and years. 第二百零三条: a last
/// day on a day off. What a working day is, the State Council's notices say.
fn rule(term: Term, extension: Option<Term>, not_counted: &[NotCounted]) -> String {
    let terms = [Some(term), extension];
    let mut rule = String::from("民法典第二百零一条至第二百零三条");
    if terms
        .iter()
        .flatten()
        .any(|t| matches!(t, Term::WorkingDays(_)))
    {
        rule.push_str("；工作日不含周末和放假日，含调休上班日");
    }
    if extension.is_some() {
        rule.push_str("；延长期自原届满日起算");
    }
    let mut named = Vec::new();
    for NotCounted { why, .. } in not_counted {
        if !named.contains(&why) {
            rule.push('；');
            rule.push_str(why);
            rule.push_str("期间不计入期限");
            named.push(why);
        }
    }
    rule
}

const DAY_OFF: &str = "day_off: ";
const NOT_COUNTED: &str = "not_counted: ";

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Weekend => f.write_str("weekend"),
            Why::DayOff(name) => write!(f, "{DAY_OFF}{name}"),
            Why::NotCounted(why) => write!(f, "{NOT_COUNTED}{why}"),
        }
    }
}

impl FromStr for Why {
    type Err = WhyError;

    fn from_str(text: &str) -> Result<Self, WhyError> {
        let after = |start| text.strip_prefix(start).map(str::to_owned);
        if text == "weekend" {
            Ok(Why::Weekend)
        } else if let Some(name) = after(DAY_OFF) {
            Ok(Why::DayOff(name))
        } else if let Some(why) = after(NOT_COUNTED) {
            Ok(Why::NotCounted(why))
        } else {
            Err(WhyError)
        }
    }
}

/// A text that is no [`Why`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither `weekend`, nor `day_off: ` with a name, nor `not_counted: ` with a reason")]
pub struct WhyError;

as_text!(Why);

#[cfg(test)]
mod tests;
