use std::{collections::HashSet, sync::Arc};

use tokio::task::JoinSet;

use super::follower::Follower;
use super::samples::{event, events, everything, ids, ids_of, put, stream, whole};
use super::{Failure, Outcome, ensure, list, same};
use crate::{Direction, EventLog, Expected, LogError, Recorded, Revision};

list![
    of_64_writers_one_wins_each_revision,
    writers_of_many_streams_all_succeed,
    of_64_writers_that_decide_again_each_gets_its_event_in,
    one_append_sent_by_many_is_stored_once,
    one_append_sent_by_many_is_stored_once_whatever_they_expect,
    a_follower_beside_writers_sees_each_event_once_in_order,
];

type Log = Arc<dyn EventLog>;

const WRITERS: u128 = 64;
const EACH: u128 = 8;
/// How many events [`write_many_streams`] writes, numbered from 1.
pub(super) const TOTAL: u128 = WRITERS * EACH * 2;

pub(super) async fn all(mut tasks: JoinSet<Outcome>) -> Outcome {
    while let Some(done) = tasks.join_next().await {
        done.map_err(|e| Failure(e.to_string()))??;
    }
    Ok(())
}

/// Every writer appends one event at each revision that it believes to be the last: one succeeds.
async fn of_64_writers_one_wins_each_revision(log: Log) -> Outcome {
    for round in 0..u64::try_from(EACH).unwrap_or(u64::MAX) {
        let expected = round
            .checked_sub(1)
            .map_or(Expected::NoStream, |last| Expected::Exact(Revision(last)));
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            let (log, name) = (Arc::clone(&log), stream("a")?);
            let number = u128::from(round) * WRITERS + writer + 1;
            writers.spawn(async move { log.append(&name, expected, vec![event(number)]).await });
        }
        let mut won = 0;
        while let Some(done) = writers.join_next().await {
            match done.map_err(|e| Failure(e.to_string()))? {
                Ok(appended) => {
                    won += 1;
                    same("revision won", appended.revision, Revision(round))?;
                }
                Err(LogError::WrongRevision { actual, .. }) => {
                    same("revision lost to", actual, Some(Revision(round)))?;
                }
                Err(other) => return Err(other.into()),
            }
        }
        same("writers that won", won, 1)?;
    }
    same("events", whole(&log, "a").await?.len() as u128, EACH)
}

/// Begins to write pairs of events from 64 tasks to 48 streams.
pub(super) async fn write_many_streams(log: &Log) -> Result<JoinSet<Outcome>, Failure> {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let log = Arc::clone(log);
        writers.spawn(async move {
            for turn in 0..EACH {
                let number = (writer * EACH + turn) * 2 + 1;
                put(&log, &format!("{}", writer % 48), [number, number + 1]).await?;
            }
            Ok(())
        });
    }
    Ok(writers)
}

fn all_there_once_in_order(seen: &[Recorded]) -> Outcome {
    let wanted: HashSet<_> = ids(1..=TOTAL).into_iter().collect();
    same("events", seen.len(), wanted.len())?;
    let found: HashSet<_> = ids_of(seen).into_iter().collect();
    ensure(found == wanted, || "some are missing".to_owned())?;
    ensure(seen.is_sorted_by(|a, b| a.position < b.position), || {
        "positions do not increase".to_owned()
    })?;
    for pair in seen.chunks(2) {
        let together = pair.is_sorted_by(|a, b| {
            a.stream == b.stream && a.revision.next() == b.revision && a.id < b.id
        });
        ensure(together, || "an append was torn apart".to_owned())?;
    }
    Ok(())
}

async fn writers_of_many_streams_all_succeed(log: Log) -> Outcome {
    all(write_many_streams(&log).await?).await?;
    all_there_once_in_order(&everything(&log, 1000).await?)?;
    for id in 0..48 {
        let stored = whole(&log, &id.to_string()).await?;
        ensure((0..).zip(&stored).all(|(at, e)| e.revision.0 == at), || {
            "revisions have gaps".to_owned()
        })?;
    }
    Ok(())
}

async fn one_append_sent_by_many_is_stored_once(log: Log) -> Outcome {
    let mut senders = JoinSet::new();
    for _ in 0..WRITERS {
        let log = Arc::clone(&log);
        senders.spawn(async move {
            let appended = put(&log, "a", [1, 2]).await?;
            same("revision", appended.revision, Revision(1))
        });
    }
    all(senders).await?;
    same("log", ids_of(&everything(&log, 10).await?), ids([1, 2]))
}

/// The way of every command: read, decide, append at the revision read, and again after a conflict.
async fn of_64_writers_that_decide_again_each_gets_its_event_in(log: Log) -> Outcome {
    let mut writers = JoinSet::new();
    for number in 1..=WRITERS {
        let (log, name) = (Arc::clone(&log), stream("a")?);
        writers.spawn(async move {
            loop {
                let last = log
                    .read_stream(&name, None, Direction::Backwards, 1)
                    .await?;
                let expected = last
                    .first()
                    .map_or(Expected::NoStream, |last| Expected::Exact(last.revision));
                match log.append(&name, expected, vec![event(number)]).await {
                    Ok(_) => return Ok(()),
                    Err(LogError::WrongRevision { .. }) => {}
                    Err(other) => return Err(other.into()),
                }
            }
        });
    }
    all(writers).await?;
    let stored: HashSet<_> = ids_of(&whole(&log, "a").await?).into_iter().collect();
    let wanted: HashSet<_> = ids(1..=WRITERS).into_iter().collect();
    ensure(stored == wanted, || "some are missing".to_owned())?;
    same(
        "events",
        everything(&log, 1_000).await?.len() as u128,
        WRITERS,
    )
}

/// Whoever comes second is answered as the first was.
async fn one_append_sent_by_many_is_stored_once_whatever_they_expect(log: Log) -> Outcome {
    let first = put(&log, "old", [1]).await?;
    for (id, expected, numbers) in [
        ("new", Expected::NoStream, [2, 3]),
        ("old", Expected::Exact(first.revision), [4, 5]),
        ("any", Expected::Any, [6, 7]),
    ] {
        let mut senders = JoinSet::new();
        for _ in 0..WRITERS {
            let (log, name) = (Arc::clone(&log), stream(id)?);
            senders.spawn(async move { log.append(&name, expected, events(numbers)).await });
        }
        let mut answers = HashSet::new();
        while let Some(answer) = senders.join_next().await {
            let appended = answer.map_err(|e| Failure(e.to_string()))??;
            answers.insert((appended.revision, appended.position));
        }
        same("different answers", answers.len(), 1)?;
    }
    same("log", ids_of(&everything(&log, 10).await?), ids(1..=7))
}

async fn a_follower_beside_writers_sees_each_event_once_in_order(log: Log) -> Outcome {
    let mut follower = Follower::new(Arc::clone(&log), None, 7);
    let writers = write_many_streams(&log).await?;
    let mut seen = Vec::new();
    while (seen.len() as u128) < TOTAL {
        seen.extend(follower.next_page().await?);
    }
    all(writers).await?;
    all_there_once_in_order(&seen)
}
