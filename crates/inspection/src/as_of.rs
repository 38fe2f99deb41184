use calendar::{Date, Timestamp, When, shanghai_midnight};
use event_log::Recorded;
use serde::{Deserialize, Serialize};

/// A moment of the record: what had happened by one time, as it was known by another. Both are
/// inclusive, a day is the whole day in Beijing, and nothing means no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AsOf {
    /// What happened or took effect by then.
    pub occurred_by: Option<When>,
    /// What we had recorded by then.
    pub known_by: Option<When>,
}

impl AsOf {
    /// What had happened and was known at this one time: the log as it stood.
    pub fn at(moment: When) -> Self {
        AsOf {
            occurred_by: Some(moment),
            known_by: Some(moment),
        }
    }

    /// The day on which the questions are asked: overdue is what was overdue then. Never later than
    /// today.
    pub fn day(&self, today: Date) -> Date {
        let named = self.occurred_by.or(self.known_by).map(When::date);
        named.map_or(today, |day| day.min(today))
    }

    /// Whether it was recorded by then.
    pub fn knows(&self, event: &Recorded) -> bool {
        within(event.metadata.recorded, self.known_by)
    }

    /// Whether it had happened or taken effect by then.
    pub fn has(&self, event: &Recorded) -> bool {
        within(event.metadata.occurred.earliest(), self.occurred_by)
    }

    /// Whether it was recorded within both limits: it counts then although it takes effect later, for
    /// from the day it was recorded it was known to come.
    pub(crate) fn was_recorded(&self, event: &Recorded) -> bool {
        self.knows(event) && within(event.metadata.recorded, self.occurred_by)
    }
}

fn within(moment: Timestamp, limit: Option<When>) -> bool {
    match limit {
        None => true,
        Some(When::At(limit)) => moment <= limit,
        // A day without a next one ends with time itself.
        Some(When::Day(day)) => day
            .tomorrow()
            .ok()
            .and_then(shanghai_midnight)
            .is_none_or(|end| moment < end),
    }
}
