//! The same rows for everyone: sample events with all their metadata, in many streams.

use event_log::{NewEvent, StreamName, contract};

/// In how many streams they stand, one after the other: the worst case for whoever keeps streams
/// together.
const STREAMS: u64 = 33_333;

/// An event and where it goes.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) stream: StreamName,
    pub(crate) revision: u64,
    pub(crate) event: NewEvent,
    pub(crate) metadata: Vec<u8>,
}

/// The one of this number.
pub(crate) fn row(number: u64) -> Row {
    // Ids in the order of time.
    let mut event = contract::event(u128::from(number + 1) << 16);
    event.data = format!(
        r#"{{"number":{number},"note":"{}"}}"#,
        "上门走访，身体尚好；".repeat(3)
    )
    .into_bytes();
    Row {
        stream: contract::stream(&(number % STREAMS).to_string()).unwrap(),
        revision: number / STREAMS,
        metadata: event.metadata_json().unwrap(),
        event,
    }
}
