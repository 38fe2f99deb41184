use std::{collections::HashMap, sync::Arc};

use super::samples::{event, events, everything, ids, ids_of, put, stream, whole};
use super::{Failure, Outcome, ensure, list, same};
use crate::{Append, Direction, EventId, EventLog, Expected, MAX_EVENT_BYTES, NewEvent, Revision};

list![
    a_long_stream_is_read_in_pages_both_ways,
    thousands_of_streams_are_each_read_whole,
    a_log_of_large_events_is_read_whole,
    the_longest_name_is_taken,
];

type Log = Arc<dyn EventLog>;

const LONG: u128 = 1_000;
const STREAMS: u128 = 3_000;

/// The ids of a stream, read in pages of this size.
async fn paged(log: &Log, direction: Direction, limit: usize) -> Result<Vec<EventId>, Failure> {
    let name = stream("a")?;
    let mut read = Vec::new();
    let mut from = None;
    loop {
        let page = log.read_stream(&name, from, direction, limit).await?;
        ensure(page.len() <= limit, || "a page over its size".to_owned())?;
        let Some(last) = page.last() else {
            return Ok(read);
        };
        read.extend(ids_of(&page));
        from = match direction {
            Direction::Forwards => Some(last.revision.next()),
            Direction::Backwards => match last.revision.0.checked_sub(1) {
                Some(before) => Some(Revision(before)),
                None => return Ok(read),
            },
        };
    }
}

async fn a_long_stream_is_read_in_pages_both_ways(log: Log) -> Outcome {
    for first in (1..=LONG).step_by(100) {
        put(&log, "a", first..first + 100).await?;
        put(&log, "b", [LONG + first]).await?;
    }
    for limit in [7, 100, 999, 1_000, 1_001] {
        let forwards = paged(&log, Direction::Forwards, limit).await?;
        same("forwards", forwards, ids(1..=LONG))?;
        let backwards = paged(&log, Direction::Backwards, limit).await?;
        same("backwards", backwards, ids((1..=LONG).rev()))?;
    }
    Ok(())
}

async fn thousands_of_streams_are_each_read_whole(log: Log) -> Outcome {
    let names = (0..STREAMS)
        .map(|number| stream(&number.to_string()))
        .collect::<Result<Vec<_>, _>>()?;
    for round in 0..2_u128 {
        let expected = match round {
            0 => Expected::NoStream,
            _ => Expected::Exact(Revision::FIRST),
        };
        let appends = (1..).zip(&names).map(|(number, name)| Append {
            stream: name.clone(),
            expected,
            events: events([round * STREAMS + number]),
        });
        for answer in log.append_each(appends.collect()).await {
            answer?;
        }
    }
    let read = log.read_streams(names, 10).await?;
    for (number, stored) in (1..).zip(&read) {
        same("stream", ids_of(stored), ids([number, STREAMS + number]))?;
    }
    let mut last = HashMap::new();
    for event in everything(&log, 1_000).await? {
        let next = last
            .insert(event.stream, event.revision)
            .map_or(Revision::FIRST, Revision::next);
        same("revision", event.revision, next)?;
    }
    same("streams", last.len() as u128, STREAMS)
}

/// More of them than fit into one page of any log.
async fn a_log_of_large_events_is_read_whole(log: Log) -> Outcome {
    let count = 24;
    for number in 1..=count {
        let mut large = event(number);
        let room = MAX_EVENT_BYTES - large.metadata_json()?.len() - 2;
        large.data = format!("\"{}\"", "桑".repeat(room / 3)).into_bytes();
        let large: NewEvent = large;
        log.append(&stream("a")?, Expected::Any, vec![large])
            .await?;
    }
    same(
        "log",
        ids_of(&everything(&log, 1_000).await?),
        ids(1..=count),
    )?;
    same("stream", ids_of(&whole(&log, "a").await?), ids(1..=count))?;
    for limit in [5, 1_000] {
        let backwards = paged(&log, Direction::Backwards, limit).await?;
        same("backwards", backwards, ids((1..=count).rev()))?;
    }
    Ok(())
}

async fn the_longest_name_is_taken(log: Log) -> Outcome {
    let most = 200 - "sample-".len();
    // To the byte, in letters of one byte and of three, and two that differ in the last alone.
    let names = [
        "a".repeat(most),
        format!("{}b", "a".repeat(most - 1)),
        format!("{}a", "桑".repeat(most / 3)),
    ];
    for (number, name) in (1..).zip(&names) {
        put(&log, name, [number]).await?;
    }
    for (number, name) in (1..).zip(&names) {
        same(name, ids_of(&whole(&log, name).await?), ids([number]))?;
    }
    Ok(())
}
