use std::{path::Path, time::Duration};

use async_trait::async_trait;
use event_log::{
    Appended, Direction, EventId, EventLog, Expected, LogError, NewEvent, PageReader, Position,
    Recorded, Revision, StorageFault, StreamName,
};

use crate::{error::describe, readers::Readers, schema};

/// How often a log that another process writes is looked at by one who waits for news.
const LOOK: Duration = Duration::from_millis(100);

/// A log in a file that is only read. Disturbs nobody: another process may be writing to it.
pub struct ReadOnlySqliteLog {
    readers: Readers,
}

impl ReadOnlySqliteLog {
    /// Opens the log in this file.
    ///
    /// # Errors
    /// [`LogError::Storage`] if the file cannot be read, is no event log, or one of another format;
    /// [`LogError::Corrupt`] if its tables are not those of an event log.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let connection = schema::open_reader(path).map_err(|e| describe(&e, false))?;
        schema::check(&connection)?;
        Ok(ReadOnlySqliteLog {
            readers: Readers::open(path)?,
        })
    }
}

#[async_trait]
impl EventLog for ReadOnlySqliteLog {
    /// Refuses.
    async fn append(
        &self,
        _: &StreamName,
        _: Expected,
        _: Vec<NewEvent>,
    ) -> Result<Appended, LogError> {
        Err(LogError::Storage {
            fault: StorageFault::ReadOnly,
            detail: "opened for reading only".to_owned(),
            unknown: false,
        })
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Option<Revision>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        self.readers.stream(stream, from, direction, limit).await
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        self.readers.all(after, limit).await
    }

    fn page_reader(
        &self,
        after: Option<Position>,
    ) -> Result<Option<Box<dyn PageReader>>, LogError> {
        self.readers.here(after).map(Some)
    }

    async fn find(&self, id: EventId) -> Result<Option<Recorded>, LogError> {
        self.readers.find(id).await
    }

    async fn newest(&self) -> Result<Option<Recorded>, LogError> {
        self.readers.newest().await
    }

    async fn head(&self) -> Result<Option<Position>, LogError> {
        Ok(self.newest().await?.map(|event| event.position))
    }

    async fn wait(&self, after: Option<Position>) -> Result<(), LogError> {
        while self.head().await? <= after {
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }
}
