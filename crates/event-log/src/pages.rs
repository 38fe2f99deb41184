use std::{
    future::{Future, poll_fn, ready},
    pin::Pin,
    task::Poll,
};

use crate::{EventLog, LogError, Position, Recorded};

/// How many events are read at a time.
pub(crate) const PAGE: usize = 1_000;

/// A log from its beginning up to where it ended when that was reached. The next page is read while
/// the last one is worked on, by logs that read on threads of their own or far away. Work that may keep its thread waiting
/// is faster with [`WholeLog`](crate::WholeLog).
pub struct Pages<'a> {
    log: &'a dyn EventLog,
    size: usize,
    after: Option<Position>,
    // None once the log has ended.
    ahead: Option<Reading<'a>>,
    page: std::vec::IntoIter<Recorded>,
}

type Reading<'a> = Pin<Box<dyn Future<Output = Result<Vec<Recorded>, LogError>> + Send + 'a>>;

impl<'a> Pages<'a> {
    /// Reads nothing yet.
    pub fn new(log: &'a dyn EventLog) -> Self {
        Self::of(log, PAGE)
    }

    /// Pages of so many events at most.
    pub fn of(log: &'a dyn EventLog, size: usize) -> Self {
        Pages {
            log,
            size,
            after: None,
            ahead: Some(log.read_all(None, size)),
            page: Vec::new().into_iter(),
        }
    }

    /// The next page; once it was empty, it is empty for ever.
    ///
    /// # Errors
    /// What the log reports; asked again it goes on where it was.
    pub async fn page(&mut self) -> Result<Vec<Recorded>, LogError> {
        // Kept until it has ended: whoever asks and does not wait for the answer asks again.
        let Some(ahead) = &mut self.ahead else {
            return Ok(Vec::new());
        };
        let read = ahead.await;
        self.ahead = None;
        if let Ok(page) = &read {
            let Some(last) = page.last() else {
                return read;
            };
            self.after = Some(last.position);
        }
        let mut ahead = self.log.read_all(self.after, self.size);
        if read.is_ok() {
            // Whoever reads begins now, and goes on without being asked.
            let begun = poll_fn(|cx| Poll::Ready(ahead.as_mut().poll(cx)));
            if let Poll::Ready(already) = begun.await {
                ahead = Box::pin(ready(already));
            }
        }
        self.ahead = Some(ahead);
        read
    }

    /// The next event; once there was none, there is none for ever.
    ///
    /// # Errors
    /// As of a page.
    pub async fn next(&mut self) -> Result<Option<Recorded>, LogError> {
        if self.page.len() == 0 {
            self.page = self.page().await?.into_iter();
        }
        Ok(self.page.next())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    };

    use async_trait::async_trait;

    use super::*;
    use crate::{
        Appended, Direction, Expected, MemoryLog, NewEvent, Revision, StreamName, contract,
    };

    /// A log that can be read every second time only.
    pub(crate) struct Failing(pub(crate) MemoryLog, pub(crate) AtomicBool);

    #[async_trait]
    impl EventLog for Failing {
        async fn append(
            &self,
            stream: &StreamName,
            expected: Expected,
            events: Vec<NewEvent>,
        ) -> Result<Appended, LogError> {
            self.0.append(stream, expected, events).await
        }

        async fn read_stream(
            &self,
            stream: &StreamName,
            from: Option<Revision>,
            direction: Direction,
            limit: usize,
        ) -> Result<Vec<Recorded>, LogError> {
            self.0.read_stream(stream, from, direction, limit).await
        }

        async fn read_all(
            &self,
            after: Option<Position>,
            limit: usize,
        ) -> Result<Vec<Recorded>, LogError> {
            if self.1.fetch_not(Ordering::Relaxed) {
                self.0.read_all(after, limit).await
            } else {
                Err(LogError::Corrupt("for now".to_owned()))
            }
        }

        async fn newest(&self) -> Result<Option<Recorded>, LogError> {
            self.0.newest().await
        }

        async fn head(&self) -> Result<Option<Position>, LogError> {
            self.0.head().await
        }

        async fn wait(&self, after: Option<Position>) -> Result<(), LogError> {
            self.0.wait(after).await
        }
    }

    #[tokio::test]
    async fn every_event_comes_once_and_what_failed_is_read_again() {
        let log = Failing(MemoryLog::default(), AtomicBool::new(false));
        let stream = StreamName::new("sample", "a").unwrap();
        let events: Vec<NewEvent> = (1..=10).map(contract::event).collect();
        let ids: Vec<_> = events.iter().map(|event| event.id).collect();
        log.append(&stream, Expected::NoStream, events)
            .await
            .unwrap();
        let mut pages = Pages::of(&log, 3);
        let (mut read, mut failed) = (Vec::new(), 0);
        loop {
            match pages.next().await {
                Ok(Some(event)) => read.push(event.id),
                Ok(None) => break,
                Err(_) => failed += 1,
            }
        }
        assert_eq!(read, ids);
        assert!(failed > 2);
        assert!(pages.page().await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn the_next_page_is_being_read_before_it_is_asked_for() {
        let log = Arc::new(Failing(MemoryLog::default(), AtomicBool::new(true)));
        let stream = StreamName::new("sample", "a").unwrap();
        let events = vec![contract::event(1)];
        log.append(&stream, Expected::NoStream, events)
            .await
            .unwrap();
        let mut pages = Pages::new(log.as_ref());
        assert_eq!(pages.page().await.unwrap().len(), 1);
        // Twice it was read, so the next time it can be.
        assert!(log.1.load(Ordering::Relaxed));
    }
}
