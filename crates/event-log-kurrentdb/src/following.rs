use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use event_log::{LogError, Position};
use tokio::{select, time::sleep};

use crate::KurrentLog;

/// How long after a look at the server the next one follows; it doubles with each that finds
/// nothing.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

impl KurrentLog {
    /// Looks at the server until there is something behind `after`. What this log appended itself
    /// it knows at once. An outage is waited for: who follows wants the next event, whenever.
    pub(crate) async fn wait_behind(&self, after: Option<Position>) -> Result<(), LogError> {
        let mut appended = self.appended.subscribe();
        let mut pause = FIRST_PAUSE;
        loop {
            if *appended.borrow_and_update() > after {
                return Ok(());
            }
            match self.is_behind(after).await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(LogError::Unavailable { reason, .. }) => {
                    tracing::warn!("the log cannot be followed for now: {reason}");
                }
                Err(error) => return Err(error),
            }
            select! {
                () = sleep(pause) => pause = (pause * 2).min(LONGEST_PAUSE),
                // The sender lives as long as the log.
                _ = appended.changed() => {}
            }
        }
    }

    async fn is_behind(&self, after: Option<Position>) -> Result<bool, LogError> {
        let Some(end) = self.read_end().await? else {
            return Ok(false);
        };
        if self.quiet.skip(after).is_some_and(|until| until >= end) {
            return Ok(false);
        }
        let found = !self.read_behind(after, 1).await?.is_empty();
        if !found {
            self.quiet.note(after, end);
        }
        Ok(found)
    }
}

/// A stretch of the server's log in which there is nothing of ours. On a cluster that is shared
/// with others it may be long: who waits behind it must not read it again with every look.
#[derive(Default)]
pub(crate) struct Quiet(Mutex<Option<Stretch>>);

#[derive(Clone, Copy)]
struct Stretch {
    /// Nothing of ours lies behind this position …
    after: Option<Position>,
    /// … up to this one.
    until: kurrentdb::Position,
}

impl Stretch {
    fn holds(&self, position: Option<Position>) -> bool {
        let until = Position::from_stored(self.until.commit);
        self.after <= position && position <= Some(until)
    }
}

impl Quiet {
    /// Where to read for what lies behind `after`.
    pub(crate) fn skip(&self, after: Option<Position>) -> Option<kurrentdb::Position> {
        match *self.lock() {
            Some(stretch) if stretch.holds(after) => Some(stretch.until),
            _ => after.map(|after| kurrentdb::Position {
                commit: after.to_stored(),
                prepare: after.to_stored(),
            }),
        }
    }

    /// Notes that nothing of ours lies between the two.
    fn note(&self, after: Option<Position>, until: kurrentdb::Position) {
        let mut held = self.lock();
        let known = held.filter(|stretch| stretch.holds(after));
        *held = Some(Stretch {
            after: known.map_or(after, |known| known.after),
            until: known.map_or(until, |known| known.until.max(until)),
        });
    }

    fn lock(&self) -> MutexGuard<'_, Option<Stretch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(position: u64) -> Option<Position> {
        Some(Position::from_stored(position))
    }

    fn on_server(position: u64) -> kurrentdb::Position {
        kurrentdb::Position {
            commit: position,
            prepare: position,
        }
    }

    #[test]
    fn a_stretch_without_anything_of_ours_is_read_once() {
        let quiet = Quiet::default();
        assert_eq!(quiet.skip(None), None);
        assert_eq!(quiet.skip(at(10)), Some(on_server(10)));
        quiet.note(at(10), on_server(50));
        quiet.note(at(20), on_server(90));
        for (after, from) in [(9, 9), (10, 90), (50, 90), (90, 90), (91, 91)] {
            assert_eq!(quiet.skip(at(after)), Some(on_server(from)), "{after}");
        }
        assert_eq!(quiet.skip(None), None);
        // Another place is another stretch.
        quiet.note(at(200), on_server(300));
        assert_eq!(quiet.skip(at(10)), Some(on_server(10)));
        assert_eq!(quiet.skip(at(250)), Some(on_server(300)));
    }

    #[test]
    fn a_log_that_holds_nothing_of_ours_is_read_once() {
        let quiet = Quiet::default();
        quiet.note(None, on_server(50));
        assert_eq!(quiet.skip(None), Some(on_server(50)));
        assert_eq!(quiet.skip(at(7)), Some(on_server(50)));
    }
}
