//! Several appends at a time: each by itself, or one behind the other.

use std::{collections::HashMap, sync::Arc};

use super::appending::{holds, refused_as_reused};
use super::samples::{events, everything, ids, ids_of, put, stream};
use super::{Failure, Outcome, ensure, list, same};
use crate::{Append, EventLog, Expected, LogError, MAX_EVENT_BYTES, Revision};

list![
    of_several_appends_each_stands_by_itself,
    several_appends_sent_again_are_answered_as_the_first_time,
    of_many_appends_each_has_the_answer_that_is_its_own,
    appends_in_order_have_positions_in_this_order,
    appends_in_order_end_with_the_first_refusal,
];

type Log = Arc<dyn EventLog>;

fn one(
    id: &str,
    expected: Expected,
    numbers: impl IntoIterator<Item = u128>,
) -> Result<Append, Failure> {
    Ok(Append {
        stream: stream(id)?,
        expected,
        events: events(numbers),
    })
}

/// A conflict, a reused id, an event too large and an append of nothing keep no other out.
async fn of_several_appends_each_stands_by_itself(log: Log) -> Outcome {
    put(&log, "held", [1]).await?;
    let mut large = one("large", Expected::NoStream, [2])?;
    for event in &mut large.events {
        event.data = vec![b' '; MAX_EVENT_BYTES];
    }
    let answers = log
        .append_each(vec![
            one("a", Expected::NoStream, [3, 4])?,
            one("held", Expected::NoStream, [5])?,
            large,
            one("b", Expected::NoStream, [1])?,
            one("c", Expected::Any, [])?,
            one("held", Expected::Exact(Revision::FIRST), [6])?,
        ])
        .await;
    let [a, conflict, large, reused, empty, held] = answers
        .try_into()
        .map_err(|_| Failure("not an answer for each".to_owned()))?;
    same("revision", a?.revision, Revision(1))?;
    // The other append to this stream may have come first.
    ensure(
        matches!(conflict, Err(LogError::WrongRevision { .. })),
        || format!("no conflict was reported but {conflict:?}"),
    )?;
    ensure(matches!(large, Err(LogError::TooLarge { .. })), || {
        format!("not refused as too large but {large:?}")
    })?;
    refused_as_reused(reused, 1)?;
    ensure(matches!(empty, Err(LogError::Empty)), || {
        format!("not refused as empty but {empty:?}")
    })?;
    same("revision", held?.revision, Revision(1))?;
    holds(&log, "a", [3, 4]).await?;
    holds(&log, "held", [1, 6]).await?;
    holds(&log, "b", []).await?;
    ensure(log.append_each(vec![]).await.is_empty(), || {
        "no append was answered".to_owned()
    })
}

async fn several_appends_sent_again_are_answered_as_the_first_time(log: Log) -> Outcome {
    let appends = vec![
        one("a", Expected::NoStream, [1, 2])?,
        one("b", Expected::NoStream, [3])?,
    ];
    let first = log.append_each(appends.clone()).await;
    let again = log.append_each(appends).await;
    for (first, again) in first.into_iter().zip(again) {
        same("answer", again?, first?)?;
    }
    holds(&log, "a", [1, 2]).await?;
    holds(&log, "b", [3]).await
}

/// However a log parts so many: what is refused stands anywhere among the others.
async fn of_many_appends_each_has_the_answer_that_is_its_own(log: Log) -> Outcome {
    const MANY: u128 = 700;
    let empty = |number: u128| number.is_multiple_of(7);
    let conflict = |number: u128| number.is_multiple_of(11);
    let append = |number: u128| {
        let expected = match conflict(number) {
            true => Expected::Exact(Revision(9)),
            false => Expected::NoStream,
        };
        let events = (!empty(number)).then_some(number);
        one(&number.to_string(), expected, events)
    };
    let appends = (1..=MANY).map(append).collect::<Result<Vec<_>, _>>()?;
    let streams = appends.iter().map(|append| append.stream.clone()).collect();
    let answers = log.append_each(appends).await;
    same("answers", answers.len() as u128, MANY)?;
    let stored = log.read_streams(streams, 10).await?;
    for ((number, answer), stored) in (1..).zip(answers).zip(stored) {
        let as_it_should = match &answer {
            Err(LogError::Empty) => empty(number) && stored.is_empty(),
            Err(LogError::WrongRevision { .. }) => conflict(number) && stored.is_empty(),
            Ok(appended) => {
                let [event] = stored.as_slice() else {
                    return Err(Failure(format!("append {number} is not in its stream")));
                };
                same("event", event.id, ids([number])[0])?;
                same("position", event.position, appended.position)?;
                !empty(number) && !conflict(number)
            }
            Err(_) => false,
        };
        ensure(as_it_should, || format!("append {number}: {answer:?}"))?;
    }
    Ok(())
}

async fn appends_in_order_have_positions_in_this_order(log: Log) -> Outcome {
    put(&log, "a", [1]).await?;
    let ids_of_streams = ["a", "b", "a", "c", "c", "b"];
    let appends = (0..300_u64).zip(ids_of_streams.iter().cycle());
    let mut held = HashMap::from([("a", 1)]);
    let mut wanted = Vec::new();
    for (number, id) in appends {
        let revision = held.entry(*id).or_insert(0_u64);
        let expected = revision
            .checked_sub(1)
            .map_or(Expected::NoStream, |last| Expected::Exact(Revision(last)));
        *revision += 2;
        let first = u128::from(number) * 2 + 2;
        wanted.push(one(id, expected, [first, first + 1])?);
    }
    log.append_in_order(wanted).await?;
    log.append_in_order(vec![]).await?;
    same(
        "order",
        ids_of(&everything(&log, 1_000).await?),
        ids(1..=601),
    )
}

async fn appends_in_order_end_with_the_first_refusal(log: Log) -> Outcome {
    put(&log, "a", [1]).await?;
    let refused = log
        .append_in_order(vec![
            one("b", Expected::NoStream, [2])?,
            one("a", Expected::NoStream, [3])?,
        ])
        .await;
    ensure(
        matches!(refused, Err(LogError::WrongRevision { .. })),
        || format!("no conflict was reported but {refused:?}"),
    )?;
    holds(&log, "a", [1]).await?;
    holds(&log, "b", [2]).await
}
