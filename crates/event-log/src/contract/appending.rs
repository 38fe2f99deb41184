use std::sync::Arc;

use super::samples::{event, events, everything, ids, ids_of, put, stream, whole};
use super::{Failure, Outcome, ensure, list, same};
use crate::{
    Appended, EventLog, Expected, LogError, MAX_EVENT_BYTES, NewEvent, Revision, StreamName,
};

list![
    the_first_append_starts_at_revision_0,
    a_stream_that_exists_is_not_created_again,
    an_append_at_the_revision_read_is_taken,
    an_append_at_another_revision_is_refused,
    an_append_at_any_revision_is_taken,
    several_events_are_stored_together,
    a_conflict_writes_nothing,
    an_append_of_nothing_is_refused,
    the_largest_event_is_taken,
    a_larger_event_is_refused,
    one_event_too_large_keeps_all_out,
    a_repeated_append_is_answered_as_the_first_time,
    a_repeated_append_is_recognised_behind_later_events,
    a_repeated_part_of_an_append_is_answered_with_its_own_place,
    an_append_repeated_in_part_is_refused,
    an_append_repeated_in_another_order_is_refused,
    an_id_of_another_stream_is_refused,
    an_id_twice_in_one_append_is_refused,
    what_is_stored_never_changes,
];

type Log = Arc<dyn EventLog>;

async fn append(
    log: &Log,
    stream: &StreamName,
    expected: Expected,
    numbers: impl IntoIterator<Item = u128>,
) -> Result<Appended, LogError> {
    log.append(stream, expected, events(numbers)).await
}

fn wrong_revision(
    result: Result<Appended, LogError>,
    wanted: Expected,
    held: Option<Revision>,
) -> Outcome {
    match result {
        Err(LogError::WrongRevision { expected, actual }) => {
            same("expected revision", expected, wanted)?;
            same("actual revision", actual, held)
        }
        other => Err(Failure(format!("no conflict was reported but {other:?}"))),
    }
}

/// Overlaps may be seen by the id or by the revision, whichever the log looks at first.
fn refused_as_overlap(result: Result<Appended, LogError>) -> Outcome {
    match result {
        Err(LogError::IdReused(_) | LogError::WrongRevision { .. }) => Ok(()),
        other => Err(Failure(format!("no overlap was reported but {other:?}"))),
    }
}

pub(super) fn refused_as_reused(result: Result<Appended, LogError>, number: u128) -> Outcome {
    match result {
        Err(LogError::IdReused(id)) => same("reused id", id, event(number).id),
        other => Err(Failure(format!("no reuse was reported but {other:?}"))),
    }
}

pub(super) async fn holds(log: &Log, id: &str, numbers: impl IntoIterator<Item = u128>) -> Outcome {
    same(
        "events of the stream",
        ids_of(&whole(log, id).await?),
        ids(numbers),
    )
}

async fn the_first_append_starts_at_revision_0(log: Log) -> Outcome {
    let a = stream("a")?;
    let first = append(&log, &a, Expected::NoStream, [1]).await?;
    same("revision", first.revision, Revision::FIRST)?;
    let stored = whole(&log, "a").await?;
    same(
        "position",
        stored.first().map(|e| e.position),
        Some(first.position),
    )?;
    holds(&log, "a", [1]).await
}

async fn a_stream_that_exists_is_not_created_again(log: Log) -> Outcome {
    put(&log, "a", [1]).await?;
    let again = append(&log, &stream("a")?, Expected::NoStream, [2]).await;
    wrong_revision(again, Expected::NoStream, Some(Revision(0)))?;
    holds(&log, "a", [1]).await
}

async fn an_append_at_the_revision_read_is_taken(log: Log) -> Outcome {
    let a = stream("a")?;
    let first = put(&log, "a", [1, 2]).await?;
    let second = append(&log, &a, Expected::Exact(first.revision), [3]).await?;
    same("revision", second.revision, Revision(2))?;
    ensure(second.position > first.position, || {
        "the later event has no later position".to_owned()
    })?;
    holds(&log, "a", [1, 2, 3]).await
}

async fn an_append_at_another_revision_is_refused(log: Log) -> Outcome {
    let (a, b) = (stream("a")?, stream("b")?);
    put(&log, "a", [1, 2]).await?;
    for wrong in [0, 2, u64::MAX >> 1].map(|r| Expected::Exact(Revision(r))) {
        wrong_revision(append(&log, &a, wrong, [3]).await, wrong, Some(Revision(1)))?;
    }
    let wrong = Expected::Exact(Revision::FIRST);
    wrong_revision(append(&log, &b, wrong, [4]).await, wrong, None)?;
    holds(&log, "a", [1, 2]).await?;
    holds(&log, "b", []).await
}

async fn an_append_at_any_revision_is_taken(log: Log) -> Outcome {
    same("first", put(&log, "a", [1]).await?.revision, Revision(0))?;
    same("second", put(&log, "a", [2]).await?.revision, Revision(1))?;
    holds(&log, "a", [1, 2]).await
}

async fn several_events_are_stored_together(log: Log) -> Outcome {
    put(&log, "a", [1]).await?;
    let appended = append(&log, &stream("a")?, Expected::Exact(Revision(0)), 2..=100).await?;
    let stored = whole(&log, "a").await?;
    same(
        "last",
        stored.last().map(|e| (e.revision, e.position)),
        Some((Revision(99), appended.position)),
    )?;
    same("answered revision", appended.revision, Revision(99))?;
    holds(&log, "a", 1..=100).await
}

async fn a_conflict_writes_nothing(log: Log) -> Outcome {
    let before = put(&log, "a", [1]).await?;
    let conflict = append(&log, &stream("a")?, Expected::NoStream, [2, 3]).await;
    wrong_revision(conflict, Expected::NoStream, Some(Revision(0)))?;
    same("head", log.head().await?, Some(before.position))?;
    same("log", ids_of(&everything(&log, 10).await?), ids([1]))?;
    // What was refused left no trace: it can be appended now, also elsewhere.
    put(&log, "b", [2, 3]).await?;
    holds(&log, "b", [2, 3]).await
}

async fn an_append_of_nothing_is_refused(log: Log) -> Outcome {
    for expected in [Expected::NoStream, Expected::Any] {
        match append(&log, &stream("a")?, expected, []).await {
            Err(LogError::Empty) => {}
            other => return Err(Failure(format!("not refused as empty but {other:?}"))),
        }
    }
    holds(&log, "a", []).await
}

/// An event of which data and metadata together have this size.
fn event_of_size(number: u128, bytes: usize) -> Result<NewEvent, Failure> {
    let mut event = event(number);
    let metadata = event.metadata_json()?.len();
    let quotes = 2;
    event.data = format!("\"{}\"", "x".repeat(bytes - metadata - quotes)).into_bytes();
    Ok(event)
}

async fn the_largest_event_is_taken(log: Log) -> Outcome {
    let largest = event_of_size(1, MAX_EVENT_BYTES)?;
    log.append(&stream("a")?, Expected::NoStream, vec![largest.clone()])
        .await?;
    let stored = whole(&log, "a").await?;
    ensure(stored.iter().map(|e| &e.data).eq([&largest.data]), || {
        "its data came back otherwise".to_owned()
    })
}

fn too_large(result: Result<Appended, LogError>) -> Outcome {
    match result {
        Err(LogError::TooLarge { bytes, limit }) => {
            same("size", bytes, MAX_EVENT_BYTES + 1)?;
            same("limit", limit, MAX_EVENT_BYTES)
        }
        other => Err(Failure(format!("not refused as too large but {other:?}"))),
    }
}

async fn a_larger_event_is_refused(log: Log) -> Outcome {
    let larger = event_of_size(1, MAX_EVENT_BYTES + 1)?;
    too_large(log.append(&stream("a")?, Expected::Any, vec![larger]).await)?;
    holds(&log, "a", []).await
}

async fn one_event_too_large_keeps_all_out(log: Log) -> Outcome {
    let both = vec![event(1), event_of_size(2, MAX_EVENT_BYTES + 1)?];
    too_large(log.append(&stream("a")?, Expected::Any, both).await)?;
    holds(&log, "a", []).await
}

async fn a_repeated_append_is_answered_as_the_first_time(log: Log) -> Outcome {
    let a = stream("a")?;
    let created = append(&log, &a, Expected::NoStream, [1, 2]).await?;
    same(
        "created again",
        append(&log, &a, Expected::NoStream, [1, 2]).await?,
        created,
    )?;
    let exact = Expected::Exact(created.revision);
    let added = append(&log, &a, exact, [3, 4]).await?;
    same("added again", append(&log, &a, exact, [3, 4]).await?, added)?;
    let any = append(&log, &a, Expected::Any, [5, 6]).await?;
    same(
        "any again",
        append(&log, &a, Expected::Any, [5, 6]).await?,
        any,
    )?;
    same("head", log.head().await?, Some(any.position))?;
    holds(&log, "a", 1..=6).await
}

async fn a_repeated_append_is_recognised_behind_later_events(log: Log) -> Outcome {
    let a = stream("a")?;
    let first = append(&log, &a, Expected::NoStream, [1, 2]).await?;
    put(&log, "b", [3]).await?;
    put(&log, "a", [4]).await?;
    for expected in [
        Expected::NoStream,
        Expected::Any,
        Expected::Exact(Revision(2)),
        Expected::Exact(Revision(9)),
    ] {
        let again = append(&log, &a, expected, [1, 2]).await?;
        same("answer", again, first)?;
    }
    holds(&log, "a", [1, 2, 4]).await
}

async fn a_repeated_part_of_an_append_is_answered_with_its_own_place(log: Log) -> Outcome {
    let a = stream("a")?;
    put(&log, "a", [1, 2, 3]).await?;
    let part = append(&log, &a, Expected::NoStream, [1, 2]).await?;
    let stored = whole(&log, "a").await?;
    same(
        "position",
        stored.get(1).map(|e| e.position),
        Some(part.position),
    )?;
    same("revision", part.revision, Revision(1))?;
    holds(&log, "a", [1, 2, 3]).await
}

async fn an_append_repeated_in_part_is_refused(log: Log) -> Outcome {
    let a = stream("a")?;
    put(&log, "a", [1, 2]).await?;
    for expected in [
        Expected::NoStream,
        Expected::Exact(Revision(0)),
        Expected::Exact(Revision(1)),
        Expected::Any,
    ] {
        refused_as_overlap(append(&log, &a, expected, [2, 3]).await)?;
        refused_as_overlap(append(&log, &a, expected, [3, 2]).await)?;
        refused_as_overlap(append(&log, &a, expected, [1, 3, 2]).await)?;
    }
    holds(&log, "a", [1, 2]).await
}

async fn an_append_repeated_in_another_order_is_refused(log: Log) -> Outcome {
    let a = stream("a")?;
    put(&log, "a", [1, 2, 3]).await?;
    refused_as_overlap(append(&log, &a, Expected::Any, [2, 1]).await)?;
    refused_as_overlap(append(&log, &a, Expected::Any, [1, 3]).await)?;
    holds(&log, "a", [1, 2, 3]).await
}

async fn an_id_of_another_stream_is_refused(log: Log) -> Outcome {
    let b = stream("b")?;
    put(&log, "a", [1, 2]).await?;
    refused_as_reused(append(&log, &b, Expected::Any, [1, 2]).await, 1)?;
    refused_as_reused(append(&log, &b, Expected::NoStream, [3, 2]).await, 2)?;
    holds(&log, "b", []).await?;
    holds(&log, "a", [1, 2]).await
}

async fn an_id_twice_in_one_append_is_refused(log: Log) -> Outcome {
    let a = stream("a")?;
    refused_as_reused(append(&log, &a, Expected::NoStream, [1, 1]).await, 1)?;
    holds(&log, "a", []).await
}

/// A log that compares the content says so; none takes the second content over the first.
async fn what_is_stored_never_changes(log: Log) -> Outcome {
    let a = stream("a")?;
    put(&log, "a", [1]).await?;
    let changed = NewEvent {
        data: br#"{"number":2}"#.to_vec(),
        ..event(1)
    };
    match log.append(&a, Expected::NoStream, vec![changed]).await {
        Ok(_) | Err(LogError::IdReused(_)) => {}
        Err(other) => return Err(other.into()),
    }
    let stored = whole(&log, "a").await?;
    same(
        "data",
        stored.into_iter().map(|e| e.data).collect(),
        vec![event(1).data.into()],
    )
}
