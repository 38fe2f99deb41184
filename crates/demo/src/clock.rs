use std::sync::atomic::{AtomicI64, Ordering};

use app::Clock;
use calendar::{Date, Timestamp, shanghai_midnight};

/// A clock that the plan sets to nine in the morning of each day, and that goes on by a second
/// whenever it is read. It does not pass midnight: what a day holds is recorded on that day, so the
/// newest event tells which day was under way when the process was stopped.
#[derive(Debug, Default)]
pub struct SimulatedClock {
    second: AtomicI64,
    last_of_day: AtomicI64,
}

const OPENING: i64 = 9 * 3600;
const DAY: i64 = 24 * 3600;

impl SimulatedClock {
    pub(crate) fn begin_day(&self, date: Date) {
        let midnight = shanghai_midnight(date).map_or(0, Timestamp::as_second);
        self.last_of_day.store(midnight + DAY - 1, Ordering::SeqCst);
        self.second.store(midnight + OPENING, Ordering::SeqCst);
    }
}

impl Clock for SimulatedClock {
    fn now(&self) -> Timestamp {
        let second = self.second.fetch_add(1, Ordering::SeqCst);
        let second = second.min(self.last_of_day.load(Ordering::SeqCst));
        Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_day_ends_before_midnight() {
        let clock = SimulatedClock::default();
        clock.begin_day("2024-02-28".parse().unwrap());
        assert_eq!(clock.now().to_string(), "2024-02-28T01:00:00Z");
        for _ in 0..100_000 {
            clock.now();
        }
        assert_eq!(clock.now().to_string(), "2024-02-28T15:59:59Z");
        clock.begin_day("2024-02-29".parse().unwrap());
        assert_eq!(clock.now().to_string(), "2024-02-29T01:00:00Z");
    }
}
