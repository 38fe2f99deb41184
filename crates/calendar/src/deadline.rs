use std::fmt;

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

/// Why a day did not count. Written `weekend`, or `day_off: ` and the holiday's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// 周末.
    Weekend,
    /// 放假, of this holiday.
    DayOff(String),
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
        let mut count = Count {
            calendar: self,
            at: start,
            provisional: false,
            skipped: Vec::new(),
        };
        for term in [Some(term), extension].into_iter().flatten() {
            count.advance(term)?;
        }
        let raw = count.at;
        while !count.looks_working() {
            count.next_day()?;
        }
        Ok(Deadline {
            raw,
            rolled: count.at,
            provisional: count.provisional,
            skipped: count.skipped,
            rule: rule(term, extension),
            calendar: self.version().to_owned(),
        })
    }
}

/// Walks from day to day and remembers what it saw.
struct Count<'a> {
    calendar: &'a Calendar,
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
        self.at = span
            .and_then(|span| self.at.checked_add(span))
            .map_err(|_| DateError::TooFar)?;
        Ok(())
    }

    fn advance_working_days(&mut self, n: u32) -> Result<(), DateError> {
        for _ in 0..n {
            self.next_day()?;
            while !self.looks_working() {
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
fn rule(term: Term, extension: Option<Term>) -> String {
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
    rule
}

const DAY_OFF: &str = "day_off: ";

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Weekend => f.write_str("weekend"),
            Why::DayOff(name) => write!(f, "{DAY_OFF}{name}"),
        }
    }
}

impl Serialize for Why {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Why {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        match (text.as_ref(), text.strip_prefix(DAY_OFF)) {
            ("weekend", _) => Ok(Why::Weekend),
            (_, Some(name)) => Ok(Why::DayOff(name.to_owned())),
            (_, None) => Err(serde::de::Error::custom(
                "neither `weekend` nor `day_off: ` with a name",
            )),
        }
    }
}

#[cfg(test)]
mod tests;
