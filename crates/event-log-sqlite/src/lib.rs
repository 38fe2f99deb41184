//! The event log in one SQLite file: the embedded default.
//!
//! One thread writes and commits whatever is queued together; an append is answered after the
//! commit has reached the disk. Readers have connections of their own. Good for about 50 million
//! events.

mod error;
mod reader;
mod readers;
mod schema;
mod writer;

use std::path::Path;

use async_trait::async_trait;
use event_log::{
    Append, Appended, Direction, EventLog, Expected, LogError, NewEvent, Position, Recorded,
    Revision, StreamName,
};
use tokio::sync::watch;

use readers::Readers;
use writer::Writer;

/// A log in one file (and SQLite's two files beside it).
///
/// Dropping it waits until everything queued is stored. More than one log on the same file stay
/// correct, yet [`EventLog::head`] and [`EventLog::wait`] of each know only its own appends: keep
/// to one at a time.
pub struct SqliteLog {
    // Closed before the writer, which then leaves a single file behind.
    readers: Readers,
    writer: Writer,
    head: watch::Receiver<Option<Position>>,
}

impl SqliteLog {
    /// Opens the log in this file; creates it if there is none.
    ///
    /// # Errors
    /// [`LogError::Unavailable`] if the file cannot be opened for writing, [`LogError::Corrupt`]
    /// if it is no event log, or one of a newer program; such a file is left as it is.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let connection = schema::open_writer(path)?;
        let newest = writer::newest(&connection).map_err(|e| error::describe(&e, false))?;
        let (sender, head) = watch::channel(newest);
        Ok(SqliteLog {
            readers: Readers::open(path)?,
            writer: Writer::start(connection, sender)?,
            head,
        })
    }
}

#[async_trait]
impl EventLog for SqliteLog {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, LogError> {
        self.writer.append(stream.clone(), expected, events).await
    }

    async fn append_each(&self, appends: Vec<Append>) -> Vec<Result<Appended, LogError>> {
        self.writer.append_each(appends).await
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Option<Revision>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        let stream = stream.clone();
        self.readers
            .short(move |connection| {
                reader::read_stream(connection, &stream, from, direction, limit)
            })
            .await
    }

    async fn read_streams(
        &self,
        streams: Vec<StreamName>,
        limit: usize,
    ) -> Result<Vec<Vec<Recorded>>, LogError> {
        self.readers
            .long(move |connection| {
                let read = |stream: &StreamName| {
                    reader::read_stream(connection, stream, None, Direction::Forwards, limit)
                };
                streams.iter().map(read).collect()
            })
            .await
    }

    /// Pages are cut at 5,000 events or 16 MiB, so that no reader holds the file for long.
    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        self.readers
            .long(move |connection| reader::read_all(connection, after, limit))
            .await
    }

    async fn newest(&self) -> Result<Option<Recorded>, LogError> {
        self.readers.short(reader::newest).await
    }

    async fn head(&self) -> Result<Option<Position>, LogError> {
        Ok(*self.head.borrow())
    }

    async fn wait(&self, after: Option<Position>) -> Result<(), LogError> {
        let mut head = self.head.clone();
        match head.wait_for(|head| *head > after).await {
            Ok(_) => Ok(()),
            Err(_) => Err(error::writer_ended(false)),
        }
    }
}

#[cfg(test)]
mod tests;
