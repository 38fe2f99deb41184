use std::sync::atomic::{AtomicI64, Ordering};

use app::Clock;
use calendar::{Date, Timestamp, shanghai_midnight};

/// A clock that the plan sets to nine in the morning of each day, and that goes on by two seconds
/// whenever it is read: so many entries fit a working day of a bureau this size.
#[derive(Debug, Default)]
pub struct SimulatedClock {
    second: AtomicI64,
}

const OPENING: i64 = 9 * 3600;
const SECONDS_PER_READING: i64 = 2;

impl SimulatedClock {
    pub(crate) fn begin_day(&self, date: Date) {
        let midnight = shanghai_midnight(date).map_or(0, Timestamp::as_second);
        self.second.fetch_max(midnight + OPENING, Ordering::SeqCst);
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> Timestamp {
        let second = self.second.fetch_add(SECONDS_PER_READING, Ordering::SeqCst);
        Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_day_never_reaches_back_behind_the_day_before() {
        let clock = SimulatedClock::default();
        clock.begin_day("2024-02-28".parse().unwrap());
        assert_eq!(clock.now().to_string(), "2024-02-28T01:00:00Z");
        for _ in 0..100_000 {
            clock.now();
        }
        let late = clock.now();
        clock.begin_day("2024-02-29".parse().unwrap());
        assert!(clock.now() > late);
    }
}
