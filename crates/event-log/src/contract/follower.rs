use std::sync::Arc;

use crate::{EventLog, LogError, Position, Recorded};

/// Follows a log as the views do: every event behind a position, page by page, and then each new
/// one as it comes.
pub(super) struct Follower {
    log: Arc<dyn EventLog>,
    after: Option<Position>,
    page: usize,
}

impl Follower {
    /// Begins behind `after` (`None`: at the start) and reads at most `page` events at a time; a
    /// page of 0 is taken as 1.
    pub(super) fn new(log: Arc<dyn EventLog>, after: Option<Position>, page: usize) -> Self {
        Follower {
            log,
            after,
            page: page.max(1),
        }
    }

    /// The position of the last event given out, or the one it began behind.
    pub(super) fn position(&self) -> Option<Position> {
        self.after
    }

    /// The next events, at least one: waits until there are any. Safe to cancel: no event is
    /// skipped when the future is dropped.
    ///
    /// # Errors
    /// What the log reports; the follower stays where it is and can be asked again.
    pub(super) async fn next_page(&mut self) -> Result<Vec<Recorded>, LogError> {
        loop {
            let page = self.ready_page().await?;
            if !page.is_empty() {
                return Ok(page);
            }
            self.log.wait(self.after).await?;
        }
    }

    /// The next events that are there already; an empty page means that all have been given out.
    /// Safe to cancel.
    ///
    /// # Errors
    /// What the log reports; the follower stays where it is and can be asked again.
    pub(super) async fn ready_page(&mut self) -> Result<Vec<Recorded>, LogError> {
        let page = self.log.read_all(self.after, self.page).await?;
        if let Some(last) = page.last() {
            self.after = Some(last.position);
        }
        Ok(page)
    }
}
