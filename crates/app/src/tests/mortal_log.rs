//! A log that can be killed, for tests of what a crash leaves behind.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use event_log::{
    Appended, Direction, EventLog, Expected, LogError, MemoryLog, NewEvent, Position, Recorded,
    Revision, StreamName,
};

/// A log that dies: after so many appends it takes nothing more, as if the process had been killed.
pub(super) struct MortalLog {
    inner: Arc<MemoryLog>,
    appends_left: AtomicUsize,
}

impl MortalLog {
    /// One that lives as long as nothing else is said.
    pub(super) fn over(inner: Arc<MemoryLog>) -> Arc<Self> {
        let appends_left = AtomicUsize::new(usize::MAX);
        Arc::new(MortalLog {
            inner,
            appends_left,
        })
    }

    /// Dies after so many more appends.
    pub(super) fn dies_after(&self, appends: usize) {
        self.appends_left.store(appends, Ordering::SeqCst);
    }

    /// As after a restart.
    pub(super) fn lives(&self) {
        self.dies_after(usize::MAX);
    }
}

#[async_trait]
impl EventLog for MortalLog {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, LogError> {
        let lives = |left: usize| left.checked_sub(1);
        if self
            .appends_left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, lives)
            .is_err()
        {
            return Err(LogError::Unavailable {
                reason: "killed".into(),
                unknown: false,
            });
        }
        self.inner.append(stream, expected, events).await
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Option<Revision>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        self.inner.read_stream(stream, from, direction, limit).await
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        self.inner.read_all(after, limit).await
    }

    async fn newest(&self) -> Result<Option<Recorded>, LogError> {
        self.inner.newest().await
    }

    async fn head(&self) -> Result<Option<Position>, LogError> {
        self.inner.head().await
    }

    async fn wait(&self, after: Option<Position>) -> Result<(), LogError> {
        self.inner.wait(after).await
    }
}
