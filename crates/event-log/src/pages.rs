use crate::{EventLog, LogError, Position, Recorded};

/// How many events are read at a time.
pub(crate) const PAGE: usize = 1_000;

/// A log from its beginning, an event at a time, up to where it ended when that was reached.
pub(crate) struct Pages<'a> {
    log: &'a dyn EventLog,
    after: Option<Position>,
    page: std::vec::IntoIter<Recorded>,
    ended: bool,
}

impl<'a> Pages<'a> {
    pub(crate) fn new(log: &'a dyn EventLog) -> Self {
        Pages {
            log,
            after: None,
            page: Vec::new().into_iter(),
            ended: false,
        }
    }

    /// The next event; once there was none, there is none for ever.
    pub(crate) async fn next(&mut self) -> Result<Option<Recorded>, LogError> {
        if self.page.len() == 0 && !self.ended {
            let page = self.log.read_all(self.after, PAGE).await?;
            self.ended = page.is_empty();
            self.page = page.into_iter();
        }
        let next = self.page.next();
        if let Some(event) = &next {
            self.after = Some(event.position);
        }
        Ok(next)
    }
}
