use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::{EventId, LogError, Metadata, NewEvent, Recorded, Revision, Shared, StreamName};

/// An event on its way from one log to another: all of it but its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Its stream.
    pub stream: StreamName,
    /// Its place in the stream.
    pub revision: Revision,
    /// The event.
    pub event: NewEvent,
}

impl From<Recorded> for Carried {
    fn from(recorded: Recorded) -> Self {
        Carried {
            stream: recorded.stream,
            revision: recorded.revision,
            event: NewEvent {
                id: recorded.id,
                name: recorded.name,
                metadata: recorded.metadata,
                data: recorded.data.into(),
            },
        }
    }
}

/// A line as it is written. Data that are one line of JSON stand there as they are, byte for byte;
/// any others in Base64.
#[derive(Serialize)]
struct Written<'a> {
    stream: &'a str,
    revision: Revision,
    id: EventId,
    r#type: &'a str,
    metadata: &'a Metadata,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_base64: Option<String>,
}

/// A line as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read<'a> {
    stream: String,
    revision: Revision,
    id: EventId,
    r#type: String,
    #[serde(borrow)]
    metadata: &'a RawValue,
    #[serde(borrow, default, deserialize_with = "present")]
    data: Option<&'a RawValue>,
    #[serde(default)]
    data_base64: Option<String>,
}

/// `null` is data as well.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(from).map(Some)
}

impl Carried {
    /// Its canonical line, without the line's end: the same event is the same bytes, whatever log it
    /// comes from.
    ///
    /// # Errors
    /// [`LogError::Corrupt`] if its metadata are no JSON, which no log gives out.
    pub fn line(&self) -> Result<Vec<u8>, LogError> {
        let data = verbatim(&self.event.data);
        let written = Written {
            stream: self.stream.as_str(),
            revision: self.revision,
            id: self.event.id,
            r#type: &self.event.name,
            metadata: &self.event.metadata,
            data,
            data_base64: data.is_none().then(|| STANDARD.encode(&self.event.data)),
        };
        serde_json::to_vec(&written).map_err(|e| LogError::Corrupt(e.to_string()))
    }

    /// Reads a line; nothing if it is none.
    pub fn parse(line: &[u8]) -> Option<Self> {
        let read: Read<'_> = serde_json::from_slice(line).ok()?;
        let data = match (read.data, read.data_base64) {
            (Some(json), None) => json.get().as_bytes().to_vec(),
            (None, Some(text)) => STANDARD.decode(text).ok()?,
            (None, None) | (Some(_), Some(_)) => return None,
        };
        Some(Carried {
            stream: StreamName::parse(read.stream).ok()?,
            revision: read.revision,
            event: NewEvent {
                id: read.id,
                name: read.r#type.into(),
                metadata: Shared::default()
                    .metadata(read.metadata.get().as_bytes())
                    .ok()?,
                data,
            },
        })
    }
}

/// The data, if they are JSON that a line can hold as it stands and give back to the byte.
fn verbatim(data: &[u8]) -> Option<&RawValue> {
    let one_line = !data.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
    let json: &RawValue = serde_json::from_slice(data).ok()?;
    (one_line && json.get().as_bytes() == data).then_some(json)
}
