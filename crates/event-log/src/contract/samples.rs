use std::sync::Arc;

use calendar::{Date, Timestamp, When};
use uuid::Uuid;

use super::Failure;
use crate::{
    Actor, Appended, Direction, EventId, EventLog, Expected, LogError, Metadata, NewEvent,
    Position, Recorded, RequestId, Source, StreamName,
};

/// The stream `sample-<id>`.
///
/// # Errors
/// If no stream can be named so.
pub fn stream(id: &str) -> Result<StreamName, Failure> {
    Ok(StreamName::new("sample", id)?)
}

/// The metadata of the sample event of this number, with every field filled.
pub fn metadata(number: u128) -> Metadata {
    Metadata {
        version: 1,
        occurred: When::Day(Date::constant(2026, 4, 30)),
        recorded: Timestamp::constant(1_777_597_200, 123_456_789),
        actor: Arc::new(Actor {
            id: "clerk".to_owned(),
            name: "经办人".to_owned(),
            role: "clerk".to_owned(),
            unit: "老干部局".to_owned(),
        }),
        on_behalf_of: Some("head".to_owned()),
        rules: "national-2022".into(),
        source: Some(Source {
            document: "台账.xlsx".to_owned(),
            sheet: Some("走访".to_owned()),
            row: Some(7),
        }),
        subjects: vec![Uuid::from_u128(1), Uuid::from_u128(2)],
        request: RequestId(Uuid::from_u128(number)),
        correlation: Uuid::from_u128(number + 1),
        causation: Uuid::from_u128(number + 2),
        trace: Some("4bf92f3577b34da6a3ce929d0e0e4736".to_owned()),
    }
}

/// A sample event; the same number again is the same event again.
pub fn event(number: u128) -> NewEvent {
    NewEvent {
        id: EventId(Uuid::from_u128(number)),
        name: "sample.recorded".into(),
        metadata: metadata(number),
        data: format!(r#"{{"number":{number},"note":"桑榆"}}"#).into_bytes(),
    }
}

pub(super) fn events(numbers: impl IntoIterator<Item = u128>) -> Vec<NewEvent> {
    numbers.into_iter().map(event).collect()
}

pub(super) fn ids(numbers: impl IntoIterator<Item = u128>) -> Vec<EventId> {
    numbers.into_iter().map(|n| event(n).id).collect()
}

pub(super) fn ids_of(page: &[Recorded]) -> Vec<EventId> {
    page.iter().map(|e| e.id).collect()
}

/// Appends sample events whatever the stream holds.
pub(super) async fn put(
    log: &Arc<dyn EventLog>,
    id: &str,
    numbers: impl IntoIterator<Item = u128>,
) -> Result<Appended, Failure> {
    let name = stream(id)?;
    Ok(log.append(&name, Expected::Any, events(numbers)).await?)
}

/// The whole stream, oldest first.
pub(super) async fn whole(log: &Arc<dyn EventLog>, id: &str) -> Result<Vec<Recorded>, Failure> {
    let name = stream(id)?;
    Ok(log
        .read_stream(&name, None, Direction::Forwards, 100_000)
        .await?)
}

/// The whole log, read in pages of this size.
pub(super) async fn everything(
    log: &Arc<dyn EventLog>,
    page: usize,
) -> Result<Vec<Recorded>, LogError> {
    let mut all: Vec<Recorded> = Vec::new();
    loop {
        let after: Option<Position> = all.last().map(|e| e.position);
        let next = log.read_all(after, page).await?;
        if next.is_empty() {
            return Ok(all);
        }
        all.extend(next);
    }
}
