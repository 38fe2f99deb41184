use std::{fmt, str::FromStr};

use calendar::Date;
use uuid::Uuid;

use crate::{CadreId, rules::Every};

/// Names a duty by what raised it, so that the same trigger always meets the same stream: the
/// person, the rule, and the trigger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DutyId {
    /// For whom.
    pub person: CadreId,
    /// By which rule.
    pub rule: RuleId,
    /// Raised by what.
    pub trigger: TriggerKey,
}

/// Names a rule: small letters, digits and underscores.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(String);

/// Tells one trigger of a rule from every other of the same person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriggerKey {
    /// This event of the log.
    Event(Uuid),
    /// The so-manieth time since this event, from 1.
    Nth(Uuid, u32),
    /// This day: a birthday, a feast, or the day since which a record is unverified.
    Day(Date),
    /// This month: the year, and 1 to 12.
    Month(i16, i8),
    /// This quarter: the year, and 1 to 4.
    Quarter(i16, i8),
    /// This year.
    Year(i16),
}

/// Why a text names no duty, rule or trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a duty is named <person>-<rule>-<trigger>")]
pub struct DutyIdError;

/// A UUID in its usual form.
const UUID_LEN: usize = 36;
/// The longest name of a rule: a stream's name has room for it.
const RULE_LEN: usize = 40;

impl RuleId {
    /// Takes a name.
    ///
    /// # Errors
    /// [`DutyIdError`] if it is empty, longer than 40 characters, or of other characters.
    pub fn parse(text: &str) -> Result<Self, DutyIdError> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if (1..=RULE_LEN).contains(&text.len()) && text.bytes().all(plain) {
            Ok(RuleId(text.to_owned()))
        } else {
            Err(DutyIdError)
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TriggerKey {
    /// The period of this kind that a day lies in.
    pub fn period(every: Every, day: Date) -> Self {
        match every {
            Every::Month => TriggerKey::Month(day.year(), day.month()),
            Every::Quarter => TriggerKey::Quarter(day.year(), (day.month() - 1) / 3 + 1),
            Every::Year => TriggerKey::Year(day.year()),
        }
    }
}

impl fmt::Display for DutyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.person, self.rule, self.trigger)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `<event>`, `<event>-2`, `2026-05-01`, `2026-05`, `2026-Q2` or `2026`.
impl fmt::Display for TriggerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TriggerKey::Event(event) => write!(f, "{event}"),
            TriggerKey::Nth(event, n) => write!(f, "{event}-{n}"),
            TriggerKey::Day(day) => write!(f, "{day}"),
            TriggerKey::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            TriggerKey::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            TriggerKey::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for DutyId {
    type Err = DutyIdError;

    fn from_str(text: &str) -> Result<Self, DutyIdError> {
        let (person, rest) = text.split_at_checked(UUID_LEN).ok_or(DutyIdError)?;
        let (rule, trigger) = rest
            .strip_prefix('-')
            .and_then(|rest| rest.split_once('-'))
            .ok_or(DutyIdError)?;
        Ok(DutyId {
            person: person.parse().map_err(|_| DutyIdError)?,
            rule: RuleId::parse(rule)?,
            trigger: trigger.parse()?,
        })
    }
}

impl FromStr for TriggerKey {
    type Err = DutyIdError;

    fn from_str(text: &str) -> Result<Self, DutyIdError> {
        let key = read_key(text).ok_or(DutyIdError)?;
        // One text for one trigger: what is written otherwise names none.
        if key.to_string() == text {
            Ok(key)
        } else {
            Err(DutyIdError)
        }
    }
}

fn read_key(text: &str) -> Option<TriggerKey> {
    if let Some((event, rest)) = text.split_at_checked(UUID_LEN) {
        let event = event.parse().ok()?;
        return match rest.strip_prefix('-') {
            Some(n) => Some(TriggerKey::Nth(event, n.parse().ok()?)),
            None => rest.is_empty().then_some(TriggerKey::Event(event)),
        };
    }
    match text.split_once('-') {
        None => Some(TriggerKey::Year(text.parse().ok()?)),
        Some((year, rest)) => match (rest.strip_prefix('Q'), rest.len()) {
            (Some(quarter), _) => Some(TriggerKey::Quarter(
                year.parse().ok()?,
                quarter.parse().ok().filter(|q| (1..=4).contains(q))?,
            )),
            (None, 2) => Some(TriggerKey::Month(
                year.parse().ok()?,
                rest.parse().ok().filter(|m| (1..=12).contains(m))?,
            )),
            (None, _) => Some(TriggerKey::Day(text.parse().ok()?)),
        },
    }
}

calendar::as_text!(DutyId, RuleId);

impl FromStr for RuleId {
    type Err = DutyIdError;

    fn from_str(text: &str) -> Result<Self, DutyIdError> {
        RuleId::parse(text)
    }
}
