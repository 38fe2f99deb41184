use std::collections::HashMap;

use async_trait::async_trait;
use tokio::sync::{RwLock, watch};

use crate::append::{Known, Verdict, judge};
use crate::{
    Appended, Direction, EventId, EventLog, Expected, LogError, NewEvent, Position, Recorded,
    Revision, StreamName,
};

/// The smallest log that meets the contract. Keeps everything in memory and nothing longer than
/// the process: for tests.
#[derive(Default)]
pub struct MemoryLog {
    stored: RwLock<Stored>,
    head: watch::Sender<Option<Position>>,
}

#[derive(Default)]
struct Stored {
    events: Vec<Recorded>,
    // Where in `events`.
    streams: HashMap<StreamName, Vec<usize>>,
    ids: HashMap<EventId, usize>,
}

// Positions have gaps, as they have on other logs, so that code that counts with them is caught.
const POSITION_STEP: usize = 10;

impl Stored {
    fn next_position(&self) -> Position {
        Position::from_stored(((self.events.len() + 1) * POSITION_STEP) as u64)
    }

    fn find(&self, stream: &StreamName, event: &NewEvent) -> Known {
        match self.ids.get(&event.id).map(|at| &self.events[*at]) {
            None => Known::No,
            Some(held)
                if held.stream == *stream && held.name == event.name && held.data == event.data =>
            {
                Known::Here {
                    revision: held.revision,
                    position: held.position,
                }
            }
            Some(_) => Known::Elsewhere,
        }
    }

    fn write(
        &mut self,
        stream: &StreamName,
        revision: Revision,
        event: NewEvent,
        metadata_json: Vec<u8>,
    ) -> Appended {
        let position = self.next_position();
        let at = self.events.len();
        self.ids.insert(event.id, at);
        self.streams.entry(stream.clone()).or_default().push(at);
        self.events.push(Recorded {
            position,
            stream: stream.clone(),
            revision,
            id: event.id,
            name: event.name,
            metadata: event.metadata,
            metadata_json: metadata_json.into(),
            data: event.data.into(),
        });
        Appended { revision, position }
    }
}

#[async_trait]
impl EventLog for MemoryLog {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, LogError> {
        let metadata_json = events.iter().map(NewEvent::metadata_json);
        let metadata_json = metadata_json.collect::<Result<Vec<_>, _>>()?;
        let mut stored = self.stored.write().await;
        let actual = stored
            .streams
            .get(stream)
            .and_then(|places| places.last())
            .map(|at| stored.events[*at].revision);
        let known = events.iter().map(|e| (e.id, stored.find(stream, e)));
        let mut revision = match judge(expected, actual, known)? {
            Verdict::Repeated(appended) => return Ok(appended),
            Verdict::Write(first) => first,
        };
        let mut appended = Err(LogError::Empty);
        for (event, metadata_json) in events.into_iter().zip(metadata_json) {
            appended = Ok(stored.write(stream, revision, event, metadata_json));
            revision = revision.next();
        }
        self.head
            .send_replace(stored.events.last().map(|e| e.position));
        appended
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Option<Revision>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        let stored = self.stored.read().await;
        let all = stored.streams.get(stream).into_iter().flatten();
        let all = all.map(|at| &stored.events[*at]);
        Ok(match direction {
            Direction::Forwards => all
                .filter(|e| from.is_none_or(|from| e.revision >= from))
                .take(limit)
                .cloned()
                .collect(),
            Direction::Backwards => all
                .rev()
                .filter(|e| from.is_none_or(|from| e.revision <= from))
                .take(limit)
                .cloned()
                .collect(),
        })
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        let stored = self.stored.read().await;
        let start = stored.events.partition_point(|e| Some(e.position) <= after);
        Ok(stored.events[start..].iter().take(limit).cloned().collect())
    }

    async fn find(&self, id: EventId) -> Result<Option<Recorded>, LogError> {
        let stored = self.stored.read().await;
        let at = stored.ids.get(&id);
        Ok(at.map(|at| stored.events[*at].clone()))
    }

    async fn newest(&self) -> Result<Option<Recorded>, LogError> {
        Ok(self.stored.read().await.events.last().cloned())
    }

    async fn head(&self) -> Result<Option<Position>, LogError> {
        Ok(*self.head.borrow())
    }

    async fn wait(&self, after: Option<Position>) -> Result<(), LogError> {
        // The sender lives as long as `self`: it cannot be closed meanwhile.
        let _ = self.head.subscribe().wait_for(|head| *head > after).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::contract;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_log_in_memory_meets_the_contract() {
        for case in contract::cases() {
            if let Err(failure) = case.check(Arc::new(MemoryLog::default())).await {
                panic!("{}: {failure}", case.name);
            }
        }
    }

    #[tokio::test]
    async fn an_event_id_with_other_content_is_refused() {
        let (log, stream) = (MemoryLog::default(), contract::stream("a").unwrap());
        log.append(&stream, Expected::Any, vec![contract::event(1)])
            .await
            .unwrap();
        let changed = NewEvent {
            name: "sample.withdrawn".into(),
            ..contract::event(1)
        };
        let again = log.append(&stream, Expected::Any, vec![changed]).await;
        assert!(matches!(again, Err(LogError::IdReused(id)) if id == contract::event(1).id));
    }
}
