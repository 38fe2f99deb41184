use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use event_log::{Direction, EventLog, Pages, Position};
use rusqlite::Connection;
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};

use crate::{
    ViewsError,
    file::BuildLock,
    readers::{READERS, Readers},
    store::Store,
};

/// Events taken over in one transaction: large enough that commits cost nothing, small enough that
/// a reader's moment is never long ago.
const BATCH: usize = 5_000;

/// How far apart those who follow begin two transactions: what is recorded in a burst is taken over
/// together, which costs a fraction of taking each event over by itself. The first of a burst does
/// not wait.
const APART: Duration = Duration::from_millis(20);

/// Whether the views answer, and as of where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The last event they have taken over; `None`: none yet.
    pub position: Option<Position>,
    /// What they do.
    pub state: State,
}

/// What the views do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There are no answers yet: the file is being compared with the log, or built from it.
    Building,
    /// They answer, as of their position.
    Answering,
    /// They follow the log no longer. What they had is still answered.
    Stopped {
        /// The stable code of the error.
        code: &'static str,
        /// The error.
        reason: String,
    },
}

/// How far a rebuild is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Events taken over so far.
    pub events: u64,
    /// The position of the last of them.
    pub position: Position,
    /// The position of the newest event of the log.
    pub head: Option<Position>,
}

/// The views of one log in one file.
#[derive(Clone)]
pub struct Views {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    // Closed before the writer: whoever closes the file last folds its write-ahead log in, and who only
    // reads cannot.
    readers: Readers,
    writer: Mutex<Option<Store>>,
    status: watch::Sender<Status>,
    /// Held by whoever moves the file forward; says whether it was compared with the log.
    advancing: tokio::sync::Mutex<Compared>,
}

/// Whether the file is known to be of this very log.
#[derive(Default)]
struct Compared(bool);

impl Views {
    /// The views kept at `path`. They answer once they have been compared with the log, by
    /// [`Views::catch_up`] or [`Views::follow`].
    ///
    /// # Errors
    /// [`ViewsError`] if the file is there and cannot be opened. A file of other versions, or none,
    /// is no error: a new one is built.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, ViewsError> {
        let path = path.into();
        let store = Store::open(&path)?;
        let status = Status {
            position: None,
            state: State::Building,
        };
        Ok(Views {
            inner: Arc::new(Inner {
                path,
                writer: Mutex::new(store),
                readers: Readers::none(),
                status: watch::Sender::new(status),
                advancing: tokio::sync::Mutex::default(),
            }),
        })
    }

    /// Takes over all that the log holds now.
    ///
    /// # Errors
    /// [`ViewsError`] at the first event that cannot be taken over; those before it are.
    pub async fn catch_up(&self, log: &dyn EventLog) -> Result<Option<Position>, ViewsError> {
        let mut compared = self.inner.advancing.lock().await;
        self.compare(log, &mut compared).await?;
        self.advance(log).await?;
        // An earlier stop is over.
        self.set_state(State::Answering);
        Ok(self.position())
    }

    /// Follows the log until an error, which is also left in [`Views::status`]. May be called again.
    pub async fn follow(&self, log: Arc<dyn EventLog>) -> ViewsError {
        let error = match self.follow_on(log.as_ref()).await {
            Ok(never) => match never {},
            Err(error) => error,
        };
        tracing::error!(code = error.code(), "the views stopped: {error}");
        self.set_state(State::Stopped {
            code: error.code(),
            reason: error.to_string(),
        });
        error
    }

    async fn follow_on(&self, log: &dyn EventLog) -> Result<std::convert::Infallible, ViewsError> {
        loop {
            let begun = Instant::now();
            let position = self.catch_up(log).await?;
            log.wait(position).await?;
            sleep_until(begun + APART).await;
        }
    }

    /// Builds the file anew beside the old one and puts it in its place; questions are answered
    /// from the old one until then.
    ///
    /// # Errors
    /// [`ViewsError`]; the old file then stays.
    pub async fn rebuild(
        &self,
        log: &dyn EventLog,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<(), ViewsError> {
        let mut compared = self.inner.advancing.lock().await;
        self.build(log, &mut compared, progress).await
    }

    /// Answers a question from one moment of the views.
    ///
    /// # Errors
    /// [`ViewsError::Building`] while there are no answers, else what the question gives.
    pub async fn query<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, ViewsError> + Send + 'static,
    ) -> Result<T, ViewsError> {
        match self.inner.readers.one().await? {
            Some(reader) => blocking(move || reader.ask(question)).await,
            None => Err(match self.status().state {
                State::Stopped { reason, .. } => ViewsError::Stopped { reason },
                State::Building | State::Answering => ViewsError::Building,
            }),
        }
    }

    /// Waits until the event at `position` has been taken over: read your writes.
    ///
    /// # Errors
    /// [`ViewsError::Stopped`] if that will not happen.
    pub async fn reached(&self, position: Position) -> Result<(), ViewsError> {
        let mut status = self.inner.status.subscribe();
        let status = status
            .wait_for(|s| s.position >= Some(position) || matches!(s.state, State::Stopped { .. }))
            .await
            .map_err(|_| ViewsError::BrokenOff)?;
        match &status.state {
            State::Stopped { reason, .. } if status.position < Some(position) => {
                Err(ViewsError::Stopped {
                    reason: reason.clone(),
                })
            }
            State::Stopped { .. } | State::Building | State::Answering => Ok(()),
        }
    }

    /// The last event taken over; `None`: none yet.
    pub fn position(&self) -> Option<Position> {
        self.inner.status.borrow().position
    }

    /// Whether the views answer, for readiness.
    pub fn status(&self) -> Status {
        self.inner.status.borrow().clone()
    }

    /// Makes sure that there is a file of this very log; builds one if not.
    async fn compare(&self, log: &dyn EventLog, compared: &mut Compared) -> Result<(), ViewsError> {
        if compared.0 {
            return Ok(());
        }
        let place = match self.writer().as_ref() {
            Some(store) => Some(store.place()?),
            None => None,
        };
        let ours = match &place {
            None => false,
            Some(None) => true,
            Some(Some(place)) => {
                let found = log
                    .read_stream(
                        &place.stream_name()?,
                        Some(place.revision),
                        Direction::Forwards,
                        1,
                    )
                    .await?;
                found.first().is_some_and(|e| {
                    e.id.to_string() == place.event && e.position == place.position
                })
            }
        };
        if ours {
            let position = place.flatten().map(|p| p.position);
            self.answer_from(position, compared).await
        } else {
            self.build(log, compared, |_| ()).await
        }
    }

    async fn advance(&self, log: &dyn EventLog) -> Result<(), ViewsError> {
        loop {
            let events = log.read_all(self.position(), BATCH).await?;
            if events.is_empty() {
                return Ok(());
            }
            let inner = Arc::clone(&self.inner);
            let position = blocking(move || match lock(&inner.writer).as_mut() {
                Some(store) => store.apply(&events),
                None => Err(ViewsError::Building),
            })
            .await?;
            self.inner.status.send_modify(|s| s.position = position);
        }
    }

    async fn build(
        &self,
        log: &dyn EventLog,
        compared: &mut Compared,
        mut progress: impl FnMut(Progress) + Send,
    ) -> Result<(), ViewsError> {
        let lock = BuildLock::take(&self.inner.path)?;
        let building = lock.clear_building(&self.inner.path)?;
        let mut store = Store::create(&building)?;
        let (mut position, mut count) = (None, 0);
        let head = log.head().await?;
        let mut pages = Pages::of(log, BATCH);
        loop {
            let events = pages.page().await?;
            let Some(last) = events.last().map(|e| e.position) else {
                break;
            };
            count += events.len() as u64;
            store = blocking(move || store.apply(&events).map(|_| store)).await?;
            position = Some(last);
            progress(Progress {
                events: count,
                position: last,
                head,
            });
        }
        blocking(move || store.finish()).await?;

        *compared = Compared(false);
        let all = self.inner.readers.all().await?;
        all.close();
        *self.writer() = None;
        lock.install(&building, &self.inner.path)?;
        *self.writer() = Store::open(&self.inner.path)?;
        drop(all);
        self.answer_from(position, compared).await
    }

    /// Lets questions in.
    async fn answer_from(
        &self,
        position: Option<Position>,
        compared: &mut Compared,
    ) -> Result<(), ViewsError> {
        let connections = (0..READERS)
            .map(|_| Store::reader(&self.inner.path))
            .collect::<Result<_, _>>()?;
        self.inner.readers.all().await?.replace(connections);
        self.inner.status.send_replace(Status {
            position,
            state: State::Answering,
        });
        *compared = Compared(true);
        Ok(())
    }

    fn set_state(&self, state: State) {
        self.inner
            .status
            .send_if_modified(|s| std::mem::replace(&mut s.state, state.clone()) != state);
    }

    fn writer(&self) -> MutexGuard<'_, Option<Store>> {
        lock(&self.inner.writer)
    }
}

/// A panic rolls the transaction back, so a poisoned store is as good as any.
fn lock(writer: &Mutex<Option<Store>>) -> MutexGuard<'_, Option<Store>> {
    writer.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs what waits for the disk where it keeps nobody else waiting.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ViewsError> + Send + 'static,
) -> Result<T, ViewsError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| ViewsError::BrokenOff)?
}
