//! Events as the server keeps them.

use event_log::{EventId, LogError, NewEvent, Position, Recorded, Revision, Shared, StoredEvent};
use kurrentdb::{EventData, RecordedEvent};
use serde_json::value::RawValue;

use crate::error::unavailable;

/// What stands where the server knows no position.
const NO_POSITION: u64 = u64::MAX;

/// The event as it is sent, and its bytes.
///
/// # Errors
/// [`LogError::TooLarge`]
pub(crate) fn proposed(event: &NewEvent) -> Result<(EventData, usize), LogError> {
    let metadata = event.metadata_json()?;
    let json = str::from_utf8(&event.data)
        .ok()
        .and_then(|text| serde_json::from_str::<&RawValue>(text).ok())
        // White space around it would not come back.
        .filter(|json| json.get().len() == event.data.len())
        .and_then(|json| EventData::json(&event.name, &json).ok());
    let data = json.unwrap_or_else(|| EventData::binary(&event.name, event.data.clone().into()));
    let bytes = event.data.len() + metadata.len();
    Ok((data.id(event.id.0).metadata(metadata.into()), bytes))
}

/// An event of ours; `None` if it is the server's own or another namespace's.
pub(crate) fn recorded(
    event: &RecordedEvent,
    prefix: &str,
    shared: &mut Shared,
) -> Result<Option<Recorded>, LogError> {
    let Some(stream) = event.stream_id().strip_prefix(prefix) else {
        return Ok(None);
    };
    if event.event_type.starts_with('$') {
        return Ok(None);
    }
    let commit = event.position.commit;
    if commit == NO_POSITION {
        return Err(unavailable(
            "the server gives no positions with the events of a stream: use version 22.6 or newer",
        ));
    }
    let stored = StoredEvent {
        position: Position::from_stored(commit),
        stream,
        revision: Revision(event.revision),
        id: EventId(event.id),
        name: &event.event_type,
        metadata: &event.custom_metadata,
        data: &event.data,
    };
    let (metadata, data) = (event.custom_metadata.clone(), event.data.clone());
    shared.recorded(stored, metadata, data).map(Some)
}
