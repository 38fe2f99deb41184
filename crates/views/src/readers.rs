//! A few connections that only read, handed out in turn.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::ViewsError;

/// How many questions are answered at once; more wait their turn.
pub(crate) const READERS: u32 = 4;

pub(crate) struct Readers {
    turns: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

/// A connection on loan; it goes back even if the question panics.
pub(crate) struct Reader {
    conn: Option<Connection>,
    idle: Arc<Mutex<Vec<Connection>>>,
    _turn: OwnedSemaphorePermit,
}

/// No question is being answered while this is held.
pub(crate) struct AllReaders<'a> {
    readers: &'a Readers,
    _turns: OwnedSemaphorePermit,
}

impl Readers {
    pub(crate) fn none() -> Self {
        Readers {
            turns: Arc::new(Semaphore::new(READERS as usize)),
            idle: Arc::default(),
        }
    }

    /// A connection when one is free; `None` if there is no file to read from.
    pub(crate) async fn one(&self) -> Result<Option<Reader>, ViewsError> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(|_| ViewsError::BrokenOff)?;
        let conn = lock(&self.idle).pop();
        Ok(conn.map(|conn| Reader {
            conn: Some(conn),
            idle: Arc::clone(&self.idle),
            _turn: turn,
        }))
    }

    /// Waits until every question is answered and keeps new ones waiting.
    pub(crate) async fn all(&self) -> Result<AllReaders<'_>, ViewsError> {
        let turns = Arc::clone(&self.turns).acquire_many_owned(READERS).await;
        Ok(AllReaders {
            readers: self,
            _turns: turns.map_err(|_| ViewsError::BrokenOff)?,
        })
    }
}

impl AllReaders<'_> {
    pub(crate) fn close(&self) {
        lock(&self.readers.idle).clear();
    }

    pub(crate) fn replace(&self, connections: Vec<Connection>) {
        *lock(&self.readers.idle) = connections;
    }
}

impl Reader {
    /// Answers a question from one moment of the file, however many statements it takes.
    pub(crate) fn ask<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, ViewsError>,
    ) -> Result<T, ViewsError> {
        let conn = self.conn.as_ref().ok_or(ViewsError::BrokenOff)?;
        let moment = conn.unchecked_transaction()?;
        let answer = question(&moment);
        moment.finish()?;
        answer
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take() {
            lock(&self.idle).push(conn);
        }
    }
}

/// A panic elsewhere cannot leave the list half-changed, so a poisoned lock is as good as any.
fn lock(idle: &Mutex<Vec<Connection>>) -> MutexGuard<'_, Vec<Connection>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}
