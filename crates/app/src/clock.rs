use std::sync::Mutex;

use calendar::Timestamp;

/// Where the moment of a request comes from.
pub trait Clock: Send + Sync + 'static {
    /// The moment, to the microsecond.
    fn now(&self) -> Timestamp;
}

/// The computer's clock, kept from running backwards: a clock set back stands still here until it
/// has caught up, so that no event is recorded before an earlier one.
#[derive(Debug, Default)]
pub struct SystemClock {
    latest: Mutex<Option<Timestamp>>,
}

impl SystemClock {
    /// A clock that shows no moment before this one, which is the log's newest: what is recorded
    /// after a restart stands behind what was recorded before it, although the computer's clock was
    /// set back meanwhile.
    pub fn not_before(newest: Option<Timestamp>) -> Self {
        let clock = SystemClock::default();
        let moment = clock.now();
        if let Some(newest) = newest.filter(|newest| *newest > moment) {
            tracing::warn!(
                %newest,
                "the newest event was recorded later than this computer's clock shows: set the \
                 clock right; until it has caught up, new events bear that moment"
            );
            return SystemClock {
                latest: Mutex::new(Some(newest)),
            };
        }
        clock
    }
}

impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place where the time is read"
    )]
    fn now(&self) -> Timestamp {
        let moment = to_microsecond(Timestamp::now());
        let mut latest = self
            .latest
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let moment = latest.map_or(moment, |before| before.max(moment));
        *latest = Some(moment);
        moment
    }
}

/// Stored times have microseconds: finer than any clerk, and the same on every log.
fn to_microsecond(moment: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(moment.as_microsecond()).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_never_runs_backwards() {
        let ahead = Timestamp::MAX;
        let clock = SystemClock {
            latest: Mutex::new(Some(ahead)),
        };
        assert_eq!(clock.now(), ahead);
        let clock = SystemClock::default();
        let (first, second) = (clock.now(), clock.now());
        assert!(first <= second);
        assert_eq!(first.as_nanosecond() % 1000, 0);
    }

    #[test]
    fn the_clock_starts_where_the_log_ended() {
        let ahead = Timestamp::MAX;
        assert_eq!(SystemClock::not_before(Some(ahead)).now(), ahead);
        let before = SystemClock::default().now();
        let clock = SystemClock::not_before(Some(Timestamp::UNIX_EPOCH));
        assert!(clock.now() >= before);
    }
}
