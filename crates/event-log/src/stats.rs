use std::collections::BTreeMap;

use calendar::Timestamp;
use serde::Serialize;

use crate::{EventLog, LogError, Revision, pages::Pages};

/// What a log holds, in figures. Names nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// How many events.
    pub events: u64,
    /// How many streams.
    pub streams: u64,
    /// How many bytes of JSON, data and metadata together.
    pub json_bytes: u64,
    /// When the first event was recorded.
    pub first_recorded: Option<Timestamp>,
    /// When the last event was recorded.
    pub last_recorded: Option<Timestamp>,
    /// Each stored name with its part of them.
    pub types: BTreeMap<String, TypeStats>,
}

/// What the events of one name take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TypeStats {
    /// How many events.
    pub events: u64,
    /// How many bytes of data.
    pub data_bytes: u64,
    /// How many bytes of metadata.
    pub metadata_bytes: u64,
}

/// Reads a whole log and counts. `progress` is told how many events are counted.
///
/// # Errors
/// What the log reports.
pub async fn stats(log: &dyn EventLog, mut progress: impl FnMut(u64)) -> Result<Stats, LogError> {
    let mut pages = Pages::new(log);
    let mut stats = Stats::default();
    while let Some(event) = pages.next().await? {
        let metadata = event.metadata_json.len() as u64;
        let data = event.data.len() as u64;
        let recorded = event.metadata.recorded;
        stats.events += 1;
        stats.streams += u64::from(event.revision == Revision::FIRST);
        stats.json_bytes += data + metadata;
        stats.first_recorded.get_or_insert(recorded);
        stats.last_recorded = Some(recorded);
        let of_type = stats.types.entry(event.name.to_string()).or_default();
        of_type.events += 1;
        of_type.data_bytes += data;
        of_type.metadata_bytes += metadata;
        progress(stats.events);
    }
    Ok(stats)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Expected, MemoryLog, contract};

    #[tokio::test]
    async fn every_event_is_counted_with_its_bytes() {
        let log = MemoryLog::default();
        for (id, number) in [("a", 1), ("b", 2), ("a", 3)] {
            let mut event = contract::event(number);
            event.name = format!("sample.{id}").into();
            event.data = b"{}".to_vec();
            let stream = contract::stream(id).unwrap();
            log.append(&stream, Expected::Any, vec![event])
                .await
                .unwrap();
        }
        let counted = stats(&log, |_| ()).await.unwrap();
        let metadata = contract::metadata(1).to_json().unwrap().len() as u64;
        let one = TypeStats {
            events: 1,
            data_bytes: 2,
            metadata_bytes: metadata,
        };
        let two = TypeStats {
            events: 2,
            data_bytes: 4,
            metadata_bytes: 2 * metadata,
        };
        assert_eq!(
            counted,
            Stats {
                events: 3,
                streams: 2,
                json_bytes: 6 + 3 * metadata,
                first_recorded: Some(contract::metadata(1).recorded),
                last_recorded: Some(contract::metadata(3).recorded),
                types: [("sample.a".to_owned(), two), ("sample.b".to_owned(), one)].into(),
            }
        );
    }
}
