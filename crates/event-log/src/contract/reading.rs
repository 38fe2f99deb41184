use std::{sync::Arc, time::Duration};

use calendar::{Timestamp, When};
use tokio::{
    task::{JoinError, spawn_blocking},
    time::timeout,
};

use super::follower::Follower;
use super::samples::{event, everything, ids, ids_of, metadata, put, stream, whole};
use super::{Failure, Outcome, ensure, list, same};
use crate::{
    Direction, EventId, EventLog, Expected, LogError, Metadata, NewEvent, PageReader, Position,
    Recorded, Revision, WholeLog,
};

list![
    an_event_comes_back_as_it_was_appended,
    metadata_come_back_to_the_byte,
    a_stream_that_was_never_written_is_empty,
    a_stream_is_read_forwards,
    a_stream_is_read_backwards,
    a_stream_is_read_in_pages,
    several_streams_are_read_in_the_order_asked_for,
    revisions_are_dense_from_0,
    any_script_can_name_a_stream,
    streams_with_names_alike_are_apart,
    the_log_is_read_in_the_order_of_appends,
    reading_in_pages_gives_each_event_once,
    reading_starts_behind_the_position,
    the_whole_log_is_read_where_it_is_worked_on,
    an_event_is_found_by_its_id,
    a_fresh_log_has_no_head,
    the_head_is_the_newest_event,
    waiting_ends_when_something_is_appended,
    waiting_does_not_end_before,
    waiting_ends_at_once_when_something_is_there,
    a_follower_gives_the_past_and_then_the_new,
    a_follower_dropped_while_waiting_skips_nothing,
];

type Log = Arc<dyn EventLog>;

async fn an_event_comes_back_as_it_was_appended(log: Log) -> Outcome {
    let appended = put(&log, "a", [7]).await?;
    let new = event(7);
    let wanted = Recorded {
        position: appended.position,
        stream: stream("a")?,
        revision: appended.revision,
        id: new.id,
        metadata_json: new.metadata_json()?.into(),
        name: new.name,
        metadata: new.metadata,
        data: new.data.into(),
    };
    same("stream", whole(&log, "a").await?, vec![wanted.clone()])?;
    same("log", everything(&log, 10).await?, vec![wanted])
}

async fn metadata_come_back_to_the_byte(log: Log) -> Outcome {
    let full = metadata(1);
    let least = Metadata {
        occurred: When::At(Timestamp::constant(1_455_842_580, 1)),
        recorded: Timestamp::constant(-1, -5),
        on_behalf_of: None,
        source: None,
        subjects: Vec::new(),
        trace: None,
        ..full.clone()
    };
    let mut awkward = full.clone();
    Arc::make_mut(&mut awkward.actor).name = "\u{0}\"\\\n\u{2028}𠮷🌳é".to_owned();
    let mut wanted = Vec::new();
    for (number, metadata) in (1..).zip([full, least, awkward]) {
        let new = NewEvent {
            metadata,
            ..event(number)
        };
        wanted.push(new.metadata_json()?);
        log.append(&stream("a")?, Expected::Any, vec![new]).await?;
    }
    for (stored, wanted) in whole(&log, "a").await?.into_iter().zip(wanted) {
        same(
            "metadata as stored",
            stored.metadata_json,
            wanted.clone().into(),
        )?;
        let again = NewEvent {
            metadata: stored.metadata,
            ..event(1)
        };
        same("metadata", again.metadata_json()?, wanted)?;
    }
    Ok(())
}

async fn a_stream_that_was_never_written_is_empty(log: Log) -> Outcome {
    put(&log, "a", [1]).await?;
    for direction in [Direction::Forwards, Direction::Backwards] {
        for from in [None, Some(Revision(0)), Some(Revision(5))] {
            let page = log.read_stream(&stream("b")?, from, direction, 10).await?;
            same("events", page, Vec::new())?;
        }
    }
    Ok(())
}

/// Reads from each `from` with each limit and compares with the numbers that must come.
async fn reads(
    log: &Log,
    direction: Direction,
    wanted: &[(Option<u64>, usize, &[u128])],
) -> Outcome {
    put(log, "a", 1..=5).await?;
    put(log, "b", 6..=7).await?;
    for (from, limit, numbers) in wanted {
        let page = log
            .read_stream(&stream("a")?, from.map(Revision), direction, *limit)
            .await?;
        let what = format!("{direction:?} from {from:?}, at most {limit}");
        same(&what, ids_of(&page), ids(numbers.iter().copied()))?;
    }
    Ok(())
}

async fn a_stream_is_read_forwards(log: Log) -> Outcome {
    reads(
        &log,
        Direction::Forwards,
        &[
            (None, 10, &[1, 2, 3, 4, 5]),
            (None, 2, &[1, 2]),
            (None, 0, &[]),
            (Some(0), 10, &[1, 2, 3, 4, 5]),
            (Some(3), 10, &[4, 5]),
            (Some(1), 2, &[2, 3]),
            (Some(4), 10, &[5]),
            (Some(5), 10, &[]),
            (Some(u64::MAX), 10, &[]),
            (None, usize::MAX, &[1, 2, 3, 4, 5]),
        ],
    )
    .await
}

async fn a_stream_is_read_backwards(log: Log) -> Outcome {
    reads(
        &log,
        Direction::Backwards,
        &[
            (None, 10, &[5, 4, 3, 2, 1]),
            (None, 2, &[5, 4]),
            (None, 0, &[]),
            (Some(0), 10, &[1]),
            (Some(3), 10, &[4, 3, 2, 1]),
            (Some(3), 2, &[4, 3]),
            (Some(9), 2, &[5, 4]),
            (Some(u64::MAX), 1, &[5]),
            (None, usize::MAX, &[5, 4, 3, 2, 1]),
        ],
    )
    .await
}

async fn a_stream_is_read_in_pages(log: Log) -> Outcome {
    put(&log, "a", 1..=25).await?;
    let (mut read, mut from) = (Vec::new(), Revision::FIRST);
    loop {
        let page = log
            .read_stream(&stream("a")?, Some(from), Direction::Forwards, 10)
            .await?;
        match page.last() {
            Some(last) => from = last.revision.next(),
            None => return same("pages", read, ids(1..=25)),
        }
        read.extend(ids_of(&page));
    }
}

async fn revisions_are_dense_from_0(log: Log) -> Outcome {
    for number in (1..=20).step_by(4) {
        put(&log, "a", [number, number + 1]).await?;
        put(&log, "b", [number + 2]).await?;
        put(&log, "a", [number + 3]).await?;
    }
    for (id, count) in [("a", 15), ("b", 5)] {
        let revisions: Vec<u64> = whole(&log, id)
            .await?
            .iter()
            .map(|e| e.revision.0)
            .collect();
        same("revisions", revisions, (0..count).collect())?;
    }
    Ok(())
}

async fn any_script_can_name_a_stream(log: Log) -> Outcome {
    let names = ["厦门-2021", "ö", "o\u{308}", "𠮷🌳", "a b/c%d'e\"f", "人"];
    for (number, name) in (1..).zip(names) {
        put(&log, name, [number]).await?;
    }
    for (number, name) in (1..).zip(names) {
        let stored = whole(&log, name).await?;
        same(name, ids_of(&stored), ids([number]))?;
        same(
            name,
            stored.first().map(|e| e.stream.clone()),
            Some(stream(name)?),
        )?;
    }
    Ok(())
}

async fn streams_with_names_alike_are_apart(log: Log) -> Outcome {
    let names = ["a", "A", "aa", "a-a", "a ", "a%"];
    for (number, name) in (1..).zip(names) {
        put(&log, name, [number]).await?;
    }
    for (number, name) in (1..).zip(names) {
        same(name, ids_of(&whole(&log, name).await?), ids([number]))?;
    }
    Ok(())
}

/// Six appends to three streams, numbered in their order.
async fn six_appends(log: &Log) -> Outcome {
    put(log, "a", [1]).await?;
    put(log, "b", [2, 3]).await?;
    put(log, "a", [4]).await?;
    put(log, "c", [5]).await?;
    put(log, "b", [6]).await?;
    put(log, "a", [7, 8, 9]).await?;
    Ok(())
}

async fn the_log_is_read_in_the_order_of_appends(log: Log) -> Outcome {
    same("fresh log", everything(&log, 10).await?, Vec::new())?;
    six_appends(&log).await?;
    let all = everything(&log, 100).await?;
    same("order", ids_of(&all), ids(1..=9))?;
    ensure(all.is_sorted_by(|a, b| a.position < b.position), || {
        "positions do not increase".to_owned()
    })?;
    let of_a: Vec<Recorded> = all.into_iter().filter(|e| e.stream.id() == "a").collect();
    same(
        "the same events as in the stream",
        of_a,
        whole(&log, "a").await?,
    )
}

async fn reading_in_pages_gives_each_event_once(log: Log) -> Outcome {
    six_appends(&log).await?;
    for page in 1..=10 {
        same("pages", ids_of(&everything(&log, page).await?), ids(1..=9))?;
    }
    Ok(())
}

async fn the_whole_log_is_read_where_it_is_worked_on(log: Log) -> Outcome {
    let read = |log: &Log| {
        let whole = WholeLog::of(log);
        spawn_blocking(move || {
            let (mut whole, mut events) = (whole?, Vec::new());
            loop {
                match whole.page()? {
                    page if page.is_empty() => return Ok::<_, LogError>(events),
                    page => events.extend(page),
                }
            }
        })
    };
    let joined = |failed: JoinError| Failure(failed.to_string());
    same("fresh log", read(&log).await.map_err(joined)??, Vec::new())?;
    six_appends(&log).await?;
    let all = everything(&log, 100).await?;
    same("events", read(&log).await.map_err(joined)??, all)
}

/// All that it reads, two at most at a time.
fn in_twos(mut reader: Box<dyn PageReader>) -> Result<Vec<Vec<EventId>>, LogError> {
    let mut pages = Vec::new();
    loop {
        match reader.page(2)?.recorded()? {
            page if page.is_empty() => return Ok(pages),
            page => pages.push(ids_of(&page)),
        }
    }
}

async fn reading_starts_behind_the_position(log: Log) -> Outcome {
    six_appends(&log).await?;
    let all = everything(&log, 100).await?;
    for (index, event) in all.iter().enumerate() {
        let rest = log.read_all(Some(event.position), 100).await?;
        same("rest", ids_of(&rest), ids_of(&all[index + 1..]))?;
        if let Some(reader) = log.page_reader(Some(event.position))? {
            let read = spawn_blocking(|| in_twos(reader)).await;
            let read = read.map_err(|failed| Failure(failed.to_string()))??;
            let twos: Vec<_> = rest.chunks(2).map(ids_of).collect();
            same("rest, read here", read, twos)?;
        }
    }
    let before_all = log.read_all(Some(Position::from_stored(0)), 1).await?;
    ensure(before_all.len() <= 1, || "over the limit".to_owned())
}

async fn an_event_is_found_by_its_id(log: Log) -> Outcome {
    put(&log, "a", [1, 2]).await?;
    put(&log, "b", [3]).await?;
    for event in everything(&log, 10).await? {
        same("event", log.find(event.id).await?, Some(event))?;
    }
    same("event", log.find(event(4).id).await?, None)
}

async fn a_fresh_log_has_no_head(log: Log) -> Outcome {
    same("head", log.head().await?, None)?;
    same("newest", log.newest().await?, None)
}

async fn the_head_is_the_newest_event(log: Log) -> Outcome {
    for number in [1, 3, 5] {
        let id = if number == 3 { "b" } else { "a" };
        let appended = put(&log, id, [number, number + 1]).await?;
        same("head", log.head().await?, Some(appended.position))?;
        let newest = log.newest().await?;
        same("newest", newest.as_ref(), whole(&log, id).await?.last())?;
        let behind = log.read_all(Some(appended.position), 10).await?;
        same("events behind the head", behind, Vec::new())?;
    }
    Ok(())
}

async fn waiting_ends_when_something_is_appended(log: Log) -> Outcome {
    for (number, after) in [(1, None), (2, log.head().await?)] {
        let waiting = tokio::spawn({
            let log = Arc::clone(&log);
            async move { log.wait(after).await }
        });
        tokio::time::sleep(Duration::from_millis(10)).await;
        put(&log, "a", [number]).await?;
        waiting.await.map_err(|e| super::Failure(e.to_string()))??;
    }
    Ok(())
}

/// `wait` may return early, yet a log whose every wait does so makes its followers spin.
async fn waiting_does_not_end_before(log: Log) -> Outcome {
    let head = put(&log, "a", [1]).await?.position;
    for _ in 0..5 {
        if timeout(Duration::from_millis(50), log.wait(Some(head)))
            .await
            .is_err()
        {
            return Ok(());
        }
    }
    ensure(false, || {
        "five waits ended though nothing was appended".to_owned()
    })
}

async fn waiting_ends_at_once_when_something_is_there(log: Log) -> Outcome {
    let first = put(&log, "a", [1]).await?.position;
    put(&log, "a", [2]).await?;
    log.wait(None).await?;
    log.wait(Some(first)).await?;
    Ok(())
}

async fn a_follower_gives_the_past_and_then_the_new(log: Log) -> Outcome {
    let first = put(&log, "a", [1]).await?.position;
    put(&log, "a", [2, 3, 4]).await?;
    let mut follower = Follower::new(Arc::clone(&log), Some(first), 2);
    let mut seen = Vec::new();
    while seen.len() < 3 {
        let page = follower.next_page().await?;
        ensure(page.len() <= 2, || "a page over its size".to_owned())?;
        seen.extend(ids_of(&page));
    }
    same("the past", seen, ids(2..=4))?;
    same(
        "nothing more is there",
        follower.ready_page().await?,
        Vec::new(),
    )?;
    let new = put(&log, "b", [5]).await?;
    same("the new", ids_of(&follower.next_page().await?), ids([5]))?;
    same("position", follower.position(), Some(new.position))
}

async fn a_follower_dropped_while_waiting_skips_nothing(log: Log) -> Outcome {
    let mut follower = Follower::new(Arc::clone(&log), None, 10);
    for number in 1..=20 {
        let hurried = timeout(Duration::from_millis(1), follower.next_page()).await;
        ensure(hurried.is_err(), || "a page out of nothing".to_owned())?;
        put(&log, "a", [number]).await?;
        same("page", ids_of(&follower.next_page().await?), ids([number]))?;
    }
    Ok(())
}

async fn several_streams_are_read_in_the_order_asked_for(log: Log) -> Outcome {
    put(&log, "a", [1, 2, 3]).await?;
    put(&log, "b", [4]).await?;
    let streams = ["b", "nothing", "a", "b"].map(stream);
    let streams = streams.into_iter().collect::<Result<Vec<_>, _>>()?;
    let read = log.read_streams(streams, 2).await?;
    let read: Vec<_> = read.iter().map(|events| ids_of(events)).collect();
    same(
        "streams",
        read,
        vec![ids([4]), ids([]), ids([1, 2]), ids([4])],
    )?;
    same("of none", log.read_streams(vec![], 2).await?.len(), 0)
}
