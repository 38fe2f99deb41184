//! The one truth. A log keeps immutable events in streams; everything anyone reads is a view of it.
//!
//! [`EventLog`] is what every log does, [`Recorded`] what it gives back. [`contract`] is the one
//! suite that every log must pass; [`MemoryLog`] is the smallest log that passes it. [`transfer`] moves
//! what a log holds to another.

pub mod append;
pub mod contract;
mod envelope;
mod fault;
mod memory;
mod name;
mod pages;
mod position;
mod shared;
mod stats;
mod stored;
pub mod transfer;
mod whole;

pub use envelope::{Actor, EventId, Metadata, NewEvent, Recorded, RequestId, Source};
pub use fault::StorageFault;
pub use memory::MemoryLog;
pub use name::{StreamName, StreamNameError};
pub use pages::Pages;
pub use position::{Position, Revision};
pub use shared::Shared;
pub use stats::{Stats, TypeStats, stats};
pub use stored::{Head, StoredActor, StoredEvent, StoredPage};
pub use whole::{PageReader, WholeLog};

use async_trait::async_trait;
use futures::future::join_all;

/// What the writer believes about a stream when it appends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The stream holds no event yet.
    NoStream,
    /// The last event of the stream has this revision.
    Exact(Revision),
    /// The writer does not care.
    Any,
}

impl Expected {
    /// Whether a stream whose last event has the revision `actual` is as the writer believes.
    pub fn admits(self, actual: Option<Revision>) -> bool {
        match self {
            Expected::NoStream => actual.is_none(),
            Expected::Exact(revision) => actual == Some(revision),
            Expected::Any => true,
        }
    }
}

/// Where an append ended up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The revision of its last event.
    pub revision: Revision,
    /// The position of its last event.
    pub position: Position,
}

/// An append to one stream, where several are made at once.
#[derive(Debug, Clone)]
pub struct Append {
    /// Which stream.
    pub stream: StreamName,
    /// What the writer believes about it.
    pub expected: Expected,
    /// What is to be appended.
    pub events: Vec<NewEvent>,
}

/// Which way a stream is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Oldest first.
    Forwards,
    /// Newest first.
    Backwards,
}

/// Why a log refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The stream is not where the writer believed it to be; read it again and decide again.
    #[error("the stream is at {actual:?}, not at {expected:?}")]
    WrongRevision {
        /// What the writer believed.
        expected: Expected,
        /// The revision of its last event; `None` if it has none.
        actual: Option<Revision>,
    },
    /// An event is larger than the log takes.
    #[error("an event of {bytes} bytes is over the limit of {limit}")]
    TooLarge {
        /// Its size, data and metadata together.
        bytes: usize,
        /// The most that is taken.
        limit: usize,
    },
    /// An append must hold at least one event.
    #[error("an append must hold at least one event")]
    Empty,
    /// One of the event ids is already in the log with other content, or in another place.
    #[error("event id {0} is already used elsewhere")]
    IdReused(EventId),
    /// The log cannot be used now (no connection, it is being closed); nothing was written, or, when
    /// `unknown`, the writer cannot know: retry with the same ids.
    #[error("the event log is unavailable: {reason}")]
    Unavailable {
        /// What the operator should know.
        reason: String,
        /// Whether the events may have been written all the same.
        unknown: bool,
    },
    /// Where the log is stored stands in the way; nothing was written, or, when `unknown`, the writer
    /// cannot know.
    #[error("{fault} ({detail})")]
    Storage {
        /// What it is.
        fault: StorageFault,
        /// What the storage itself says.
        detail: String,
        /// Whether the events may have been written all the same.
        unknown: bool,
    },
    /// What the log holds is damaged.
    #[error("the event log is damaged: {0}; restore it from a backup")]
    Corrupt(String),
}

impl LogError {
    /// Whether the events may have been written all the same: reading, or the same append again,
    /// tells.
    pub fn unknown(&self) -> bool {
        matches!(
            self,
            LogError::Unavailable { unknown: true, .. } | LogError::Storage { unknown: true, .. }
        )
    }
}

/// The most bytes one event may have, data and metadata together: 1 MiB less room for the frame,
/// the least that any supported log takes.
pub const MAX_EVENT_BYTES: usize = 1024 * 1024 - 4096;

/// An append-only log of events in streams.
///
/// Acknowledged means durable. Several events of one append are stored together or not at all.
/// An append whose event ids are all already in this stream, one behind the other in this order,
/// is the same append again: it is answered as the first time was, whatever `expected` says. An
/// append that shares only some of its ids with the log is refused.
#[async_trait]
pub trait EventLog: Send + Sync + 'static {
    /// Appends to one stream.
    ///
    /// # Errors
    /// [`LogError::WrongRevision`] on a conflict; nothing is written on any error except an
    /// `Unavailable` with `unknown` set.
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, LogError>;

    /// Makes several appends, each by itself as [`EventLog::append`] would: one that is refused
    /// keeps no other out. The answers come in the order of the appends. Two of them to one stream
    /// may be made in either order.
    async fn append_each(&self, appends: Vec<Append>) -> Vec<Result<Appended, LogError>> {
        let each = appends.iter().map(|append| {
            let Append {
                stream,
                expected,
                events,
            } = append;
            self.append(stream, *expected, events.clone())
        });
        join_all(each).await
    }

    /// Makes several appends one behind the other: in the order of positions, the events of each stand
    /// before those of the next.
    ///
    /// # Errors
    /// The first refusal; the appends behind it may have been made or not.
    async fn append_in_order(&self, appends: Vec<Append>) -> Result<(), LogError> {
        for append in appends {
            self.append(&append.stream, append.expected, append.events)
                .await?;
        }
        Ok(())
    }

    /// Reads up to `limit` events of a stream. `from` is the first revision wanted, inclusive, in
    /// either direction; `None` starts at the end the direction starts from. A stream that was
    /// never written is empty.
    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Option<Revision>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError>;

    /// Reads the first events of several streams, up to `limit` of each, in the order in which the
    /// streams are named. Each is read as it was at some moment, not all at the same one.
    async fn read_streams(
        &self,
        streams: Vec<StreamName>,
        limit: usize,
    ) -> Result<Vec<Vec<Recorded>>, LogError> {
        let mut read = Vec::with_capacity(streams.len());
        for stream in &streams {
            read.push(
                self.read_stream(stream, None, Direction::Forwards, limit)
                    .await?,
            );
        }
        Ok(read)
    }

    /// Reads up to `limit` events of all streams in the order of their positions, beginning behind
    /// `after` (`None`: at the start). A page shorter than `limit` does not mean the end; an empty
    /// one does.
    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError>;

    /// Reads on behind `after` (`None`: at the start) on whatever thread asks, where the log can;
    /// [`WholeLog`] reads any log.
    ///
    /// # Errors
    /// If it cannot be opened for reading once more.
    fn page_reader(
        &self,
        _after: Option<Position>,
    ) -> Result<Option<Box<dyn PageReader>>, LogError> {
        Ok(None)
    }

    /// The event of this id; `None` if there is none. A log that has no index of ids is read through.
    async fn find(&self, id: EventId) -> Result<Option<Recorded>, LogError> {
        let mut after = None;
        loop {
            let page = self.read_all(after, pages::PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(None);
            };
            after = Some(last.position);
            if let Some(found) = page.into_iter().find(|event| event.id == id) {
                return Ok(Some(found));
            }
        }
    }

    /// The newest event; `None` in an empty log.
    async fn newest(&self) -> Result<Option<Recorded>, LogError>;

    /// The position of the newest event; `None` in an empty log.
    async fn head(&self) -> Result<Option<Position>, LogError>;

    /// Returns when there is an event behind `after`. May return early; the caller reads and waits
    /// again.
    async fn wait(&self, after: Option<Position>) -> Result<(), LogError>;
}
