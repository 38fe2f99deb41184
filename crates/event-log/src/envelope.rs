use std::{fmt, sync::Arc};

use bytes::Bytes;
use calendar::{Timestamp, When};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{LogError, MAX_EVENT_BYTES, Position, Revision, StoredEvent, StreamName};

/// What metadata take as JSON, but for rare ones.
const USUAL_BYTES: usize = 640;

/// The id of one event, unique in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub Uuid);

/// The id of one request; what carries the same id again is the same request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub Uuid);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who did it, as they were then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// The account.
    pub id: String,
    /// The name then.
    pub name: String,
    /// The role they acted in.
    pub role: String,
    /// The unit they acted for.
    pub unit: String,
}

/// What it was copied from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The document's number or the file's name.
    pub document: String,
    /// The sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The sheet's own row number, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
}

/// All that is known about an event besides its data. Stored as JSON on every log, so that the
/// log's own tools can read it; [`Shared`](crate::Shared) reads it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Metadata {
    /// The schema version of the data.
    pub version: u32,
    /// When it happened or took effect.
    pub occurred: When,
    /// When we recorded it.
    pub recorded: Timestamp,
    /// Who did it.
    pub actor: Arc<Actor>,
    /// On whose behalf, where that is someone else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    /// Under which rule profile it was decided.
    pub rules: Arc<str>,
    /// What it was copied from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Whose care history it belongs to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Uuid>,
    /// The request it answers.
    pub request: RequestId,
    /// The first request of the chain it stands in.
    pub correlation: Uuid,
    /// The event or request that caused it directly.
    pub causation: Uuid,
    /// The trace to look up in the operator's tracing system (W3C trace id).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
}

impl Metadata {
    /// As every log stores them.
    ///
    /// # Errors
    /// [`LogError::Corrupt`] if they are no JSON: there is nothing in them that JSON cannot hold.
    pub fn to_json(&self) -> Result<Vec<u8>, LogError> {
        let mut json = Vec::with_capacity(USUAL_BYTES);
        match serde_json::to_writer(&mut json, self) {
            Ok(()) => Ok(json),
            Err(e) => Err(LogError::Corrupt(format!("metadata are no JSON: {e}"))),
        }
    }
}

/// An event to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Its id; the same id again is the same event again.
    pub id: EventId,
    /// Its stored name, such as `petition.registered`.
    pub name: Arc<str>,
    /// All about it.
    pub metadata: Metadata,
    /// What happened, as JSON.
    pub data: Vec<u8>,
}

impl NewEvent {
    /// Its metadata as every log stores them, once its size has been found good.
    ///
    /// # Errors
    /// [`LogError::TooLarge`] if data and metadata together are over [`MAX_EVENT_BYTES`].
    pub fn metadata_json(&self) -> Result<Vec<u8>, LogError> {
        let metadata = self.metadata.to_json()?;
        let bytes = self.data.len() + metadata.len();
        if bytes > MAX_EVENT_BYTES {
            return Err(LogError::TooLarge {
                bytes,
                limit: MAX_EVENT_BYTES,
            });
        }
        Ok(metadata)
    }
}

/// An event as the log gives it back: the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in the whole log.
    pub position: Position,
    /// Its stream.
    pub stream: StreamName,
    /// Its place in the stream.
    pub revision: Revision,
    /// Its id.
    pub id: EventId,
    /// Its stored name, such as `petition.registered`.
    pub name: Arc<str>,
    /// All about it.
    pub metadata: Metadata,
    /// The same as it is stored, to the byte.
    pub metadata_json: Bytes,
    /// What happened, as JSON.
    pub data: Bytes,
}

impl Recorded {
    /// The event as it is stored.
    pub fn stored(&self) -> StoredEvent<'_> {
        StoredEvent {
            position: self.position,
            stream: self.stream.as_str(),
            revision: self.revision,
            id: self.id,
            name: &self.name,
            metadata: &self.metadata_json,
            data: &self.data,
        }
    }
}
