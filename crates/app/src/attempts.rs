//! Attempts to see a sealed petition, recorded behind the answer.
//!
//! Whoever tries must not learn from the time an answer takes that there is something to hide, so no
//! answer waits for the record. One task at a time records what waits, in the order in which it was
//! tried; a server that ends waits for it ([`App::settled`]).

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::{
    Actor, PetitionId,
    petition_access::{AttemptedBy, PetitionAccess, PetitionAccessCommand},
};
use event_log::RequestId;
use tokio::sync::Notify;

use crate::{App, Request};

/// How often recording is tried again while the log does not take it, …
const TRIES: u32 = 8;
/// … the first time after this, then after twice as long each time.
const PAUSE: Duration = Duration::from_millis(50);

/// Someone tried to see a petition and may not.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) petition: PetitionId,
    pub(crate) who: Actor,
    pub(crate) by: AttemptedBy,
}

/// What is still to be recorded.
#[derive(Default)]
pub(crate) struct Attempts {
    queue: Mutex<Queue>,
    empty: Notify,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Attempt>,
    at_work: bool,
}

impl Attempts {
    /// A panic elsewhere cannot leave the queue half-changed, so a poisoned lock is as good as any.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Sees to it that the attempt is recorded; returns at once.
    pub(crate) fn note(&self, attempt: Attempt) {
        let mut queue = self.attempts.queue();
        // What waits already says the same.
        if !queue.waiting.contains(&attempt) {
            queue.waiting.push_back(attempt);
        }
        if !queue.at_work {
            queue.at_work = true;
            tokio::spawn(self.clone().record_attempts());
        }
    }

    /// Returns when every attempt on a sealed petition that was made until now is recorded. Wait for
    /// it before the process ends.
    pub async fn settled(&self) {
        loop {
            let empty = self.attempts.empty.notified();
            if !self.attempts.queue().at_work {
                return;
            }
            empty.await;
        }
    }

    async fn record_attempts(self) {
        loop {
            let next = {
                let mut queue = self.attempts.queue();
                let next = queue.waiting.pop_front();
                queue.at_work = next.is_some();
                next
            };
            match next {
                Some(attempt) => self.record_attempt(attempt).await,
                None => return self.attempts.empty.notify_waiters(),
            }
        }
    }

    async fn record_attempt(&self, attempt: Attempt) {
        let Attempt { petition, who, by } = attempt;
        let request = Request::new(RequestId(self.parts.ids.next()), who);
        let mut pause = PAUSE;
        for _ in 0..TRIES {
            let command = PetitionAccessCommand::RecordAttempt { by };
            match self
                .execute::<PetitionAccess>(&petition, vec![command], &request)
                .await
            {
                Ok(_) => return,
                // Neither who nor which: whoever reads the log file may be whom it accuses.
                Err(error) => tracing::error!(
                    code = error.code(),
                    "an attempt to see what is sealed is not recorded yet"
                ),
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        tracing::error!("an attempt to see what is sealed was given up unrecorded");
    }
}
