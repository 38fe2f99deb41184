use std::sync::Arc;

use tokio::task::JoinSet;

use super::concurrency::{TOTAL, all, write_many_streams};
use super::follower::Follower;
use super::samples::{event, everything, ids_of, stream};
use super::{Failure, Outcome, ensure, list, same};
use crate::{Direction, EventId, EventLog, Expected, LogError};

list![
    followers_that_begin_at_any_time_see_the_same_order,
    what_was_acknowledged_is_seen_at_once,
    the_head_is_never_ahead_of_what_can_be_read,
];

type Log = Arc<dyn EventLog>;

/// Reads on until every event is there.
async fn follow(mut follower: Follower, before: Vec<EventId>) -> Result<Vec<EventId>, LogError> {
    let mut seen = before;
    while (seen.len() as u128) < TOTAL {
        seen.extend(ids_of(&follower.next_page().await?));
    }
    Ok(seen)
}

/// An event never appears before one that a follower has already passed: whoever reads as the events
/// come has seen the same as who reads them all in the end.
async fn followers_that_begin_at_any_time_see_the_same_order(log: Log) -> Outcome {
    let writers = write_many_streams(&log).await?;
    let mut followers = JoinSet::new();
    for page in [1, 2, 3, 10, 50, 500, 1_000, 5_000] {
        // The past at once, then what is new.
        let past = log.read_all(None, 5_000).await?;
        let after = past.last().map(|event| event.position);
        let follower = Follower::new(Arc::clone(&log), after, page);
        followers.spawn(follow(follower, ids_of(&past)));
    }
    all(writers).await?;
    let wanted = ids_of(&everything(&log, 1_000).await?);
    while let Some(seen) = followers.join_next().await {
        let seen = seen.map_err(|e| Failure(e.to_string()))??;
        ensure(seen == wanted, || "a follower saw another order".to_owned())?;
    }
    Ok(())
}

/// Whoever was answered finds their event in the stream, in the log and at or before the head, while
/// others write.
async fn what_was_acknowledged_is_seen_at_once(log: Log) -> Outcome {
    let writers = write_many_streams(&log).await?;
    let name = stream("own")?;
    for number in TOTAL + 1..=TOTAL + 30 {
        let before = log.head().await?;
        let appended = log
            .append(&name, Expected::Any, vec![event(number)])
            .await?;
        ensure(log.head().await? >= Some(appended.position), || {
            "the head has not reached it".to_owned()
        })?;
        let newest = log
            .read_stream(&name, Some(appended.revision), Direction::Forwards, 1)
            .await?;
        same("stream", ids_of(&newest), vec![event(number).id])?;
        let mut follower = Follower::new(Arc::clone(&log), before, 1_000);
        let mut seen = false;
        while !seen {
            let page = follower.ready_page().await?;
            ensure(!page.is_empty(), || "the log does not show it".to_owned())?;
            seen = page.iter().any(|e| e.id == event(number).id);
        }
    }
    all(writers).await
}

async fn the_head_is_never_ahead_of_what_can_be_read(log: Log) -> Outcome {
    let writers = write_many_streams(&log).await?;
    let mut follower = Follower::new(Arc::clone(&log), None, 100);
    let mut seen = 0;
    while seen < TOTAL {
        let head = log.head().await?;
        while follower.position() < head {
            let page = follower.ready_page().await?;
            ensure(!page.is_empty(), || {
                "nothing can be read up to the head".to_owned()
            })?;
            seen += page.len() as u128;
        }
        let newest = log.newest().await?.map(|event| event.position);
        ensure(newest >= head, || {
            "the newest event is behind the head".to_owned()
        })?;
        if seen < TOTAL {
            log.wait(follower.position()).await?;
        }
    }
    all(writers).await
}
