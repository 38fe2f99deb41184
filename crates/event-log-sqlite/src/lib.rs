//! The event log in one SQLite file: the embedded default.
//!
//! One thread writes and commits whatever is queued together; an append is answered after the
//! commit has reached the disk. Readers have connections of their own. Good for about 50 million
//! events.

mod backup;
mod check;
mod checksum;
mod desk;
mod error;
mod group;
mod migrations;
mod read_only;
mod reader;
mod readers;
mod schema;
mod wal;
mod writer;

use std::path::Path;

use async_trait::async_trait;
use event_log::{
    Append, Appended, Direction, EventId, EventLog, Expected, LogError, NewEvent, PageReader,
    Position, Recorded, Revision, StreamName,
};
use tokio::sync::watch;

pub use check::Checked;
pub use read_only::ReadOnlySqliteLog;
use readers::Readers;
use wal::{FileSystem, Files};
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
    /// Opens the log in this file; creates it if there is none. A file of an older format is brought
    /// to the one this program writes. The tables and the newest events are checked.
    ///
    /// # Errors
    /// [`LogError::Storage`] if the file cannot be opened for writing, is no event log, or is one of a
    /// newer program; [`LogError::Corrupt`] if it is damaged. Such a file is left as it is.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        Self::open_on(&FileSystem, path, schema::CHECKPOINT_AFTER)
    }

    fn open_on(files: &impl Files, path: &Path, checkpoint_after: u32) -> Result<Self, LogError> {
        let connection = schema::open_writer(path, files, checkpoint_after)?;
        let newest = check::quick(&connection)?;
        let (sender, head) = watch::channel(newest);
        Ok(SqliteLog {
            readers: Readers::open(path)?,
            writer: Writer::start(connection, sender)?,
            head,
        })
    }

    /// Reads the whole file and says what is wrong with it: its pages and indexes, the checksum of
    /// every event, that nothing is missing between the first event and the last, and that all of it
    /// is JSON. Needs a minute or so for each ten million events; the log may be in use meanwhile.
    ///
    /// # Errors
    /// As [`SqliteLog::open`] where the file cannot be read as a log at all.
    pub fn check(path: &Path) -> Result<Checked, LogError> {
        check::file(path)
    }

    /// Copies the log in this file, which may be written to meanwhile, into a new file that only its owner
    /// can read, flushes that and checks all of it. The copy is the log at one moment, with the same
    /// positions.
    ///
    /// # Errors
    /// As [`SqliteLog::check`]; [`LogError::Storage`] if the new file cannot be written.
    pub fn backup(path: &Path, to: &Path) -> Result<Checked, LogError> {
        backup::backup(path, to)
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

    /// In the order in which the writer takes them from one caller, and in one transaction.
    async fn append_in_order(&self, appends: Vec<Append>) -> Result<(), LogError> {
        let answers = self.writer.append_together(appends).await;
        answers.into_iter().try_for_each(|answer| answer.map(drop))
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

    async fn read_streams(
        &self,
        streams: Vec<StreamName>,
        limit: usize,
    ) -> Result<Vec<Vec<Recorded>>, LogError> {
        self.readers.streams(streams, limit).await
    }

    /// Pages are cut at 5,000 events or 16 MiB, so that no reader holds the file for long.
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
