//! Events as a log stores them, before anything of them is read.

mod metadata;
mod page;

pub(crate) use metadata::StoredMetadata;
pub use metadata::{Head, StoredActor};
pub use page::StoredPage;

use crate::{EventId, LogError, Position, Revision};

/// An event as a log stores it, left where it lies: the name of its stream is not checked, its metadata are
/// not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredEvent<'a> {
    /// Its place in the whole log.
    pub position: Position,
    /// Its stream.
    pub stream: &'a str,
    /// Its place in the stream.
    pub revision: Revision,
    /// Its id.
    pub id: EventId,
    /// Its stored name, such as `petition.registered`.
    pub name: &'a str,
    /// All about it, as JSON.
    pub metadata: &'a [u8],
    /// What happened, as JSON.
    pub data: &'a [u8],
}

impl<'a> StoredEvent<'a> {
    /// Reads what its metadata begin with, and no more of them if they are as every log of Sangyu writes them.
    ///
    /// # Errors
    /// [`LogError::Corrupt`], which names the place and never says what they hold.
    pub fn head(&self) -> Result<Head<'a>, LogError> {
        Head::read(self.metadata).map_err(|_| self.damaged("the metadata"))
    }

    pub(crate) fn damaged(&self, what: &str) -> LogError {
        LogError::Corrupt(format!("{what} of the event at {}", self.position))
    }
}
