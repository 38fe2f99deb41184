use std::fmt::Write as _;

use calendar::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Carried;
use crate::{EventId, EventLog, LogError, Revision, pages::Pages};

/// What a log holds, in few words. Two logs with the same summary hold the same events in the same
/// order, to the byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How many events.
    pub events: u64,
    /// How many streams.
    pub streams: u64,
    /// How many bytes the events have as lines.
    pub bytes: u64,
    /// Of all lines with their ends, in hexadecimal digits.
    pub sha256: String,
    /// The first event.
    pub first: Option<Mark>,
    /// The last event.
    pub last: Option<Mark>,
}

/// An event by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Its id.
    pub id: EventId,
    /// When it was recorded.
    pub recorded: Timestamp,
}

/// Reads a whole log for its summary.
///
/// # Errors
/// What the log reports.
pub async fn summary(log: &dyn EventLog) -> Result<Summary, LogError> {
    let mut pages = Pages::new(log);
    let mut tally = Tally::default();
    while let Some(event) = pages.next().await? {
        let event = Carried::from(event);
        tally.add(&event, &event.line()?);
    }
    Ok(tally.finish())
}

/// A summary that grows with each event.
#[derive(Default)]
pub(super) struct Tally {
    sha256: Sha256,
    events: u64,
    streams: u64,
    bytes: u64,
    first: Option<Mark>,
    last: Option<Mark>,
}

impl Tally {
    pub(super) fn add(&mut self, event: &Carried, line: &[u8]) {
        self.sha256.update(line);
        self.sha256.update(b"\n");
        self.events += 1;
        self.streams += u64::from(event.revision == Revision::FIRST);
        self.bytes += line.len() as u64 + 1;
        let mark = Mark {
            id: event.event.id,
            recorded: event.event.metadata.recorded,
        };
        self.first.get_or_insert(mark);
        self.last = Some(mark);
    }

    pub(super) fn events(&self) -> u64 {
        self.events
    }

    pub(super) fn finish(self) -> Summary {
        Summary {
            events: self.events,
            streams: self.streams,
            bytes: self.bytes,
            sha256: hex(self.sha256),
            first: self.first,
            last: self.last,
        }
    }
}

/// The hash in hexadecimal digits.
pub(super) fn hex(hash: Sha256) -> String {
    hash.finalize()
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
