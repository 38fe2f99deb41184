//! The same rows for everyone: sample events with all their metadata, in many streams.

use event_log::{Expected, NewEvent, Revision, StreamName, contract};

/// In how many streams they stand, one after the other: the worst case for whoever keeps streams
/// together.
const STREAMS: u64 = 33_333;

/// An event and where it goes, as a log is given it.
pub(crate) struct Sample {
    pub(crate) stream: StreamName,
    pub(crate) revision: u64,
    pub(crate) event: NewEvent,
}

/// The same as a file is given it.
pub(crate) struct Row {
    pub(crate) sample: Sample,
    pub(crate) metadata: Vec<u8>,
}

impl Sample {
    /// What the writer of this event believes of its stream.
    pub(crate) fn expected(&self) -> Expected {
        match self.revision.checked_sub(1) {
            None => Expected::NoStream,
            Some(before) => Expected::Exact(Revision(before)),
        }
    }

    pub(crate) fn row(self) -> Row {
        Row {
            metadata: self.event.metadata_json().unwrap(),
            sample: self,
        }
    }
}

/// The one of this number.
pub(crate) fn sample(number: u64) -> Sample {
    // Ids in the order of time.
    let mut event = contract::event(u128::from(number + 1) << 16);
    event.data = format!(
        r#"{{"number":{number},"note":"{}"}}"#,
        "上门走访，身体尚好；".repeat(3)
    )
    .into_bytes();
    Sample {
        stream: contract::stream(&(number % STREAMS).to_string()).unwrap(),
        revision: number / STREAMS,
        event,
    }
}
