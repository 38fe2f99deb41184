//! Work on all that was ever recorded.

use event_log::Recorded;
use tokio::sync::mpsc;

use crate::{Error, Reading};

/// How many pages may wait for the work.
const WAITING: usize = 2;

/// The log from its start to its end, page by page.
pub(crate) struct Pages(mpsc::Receiver<Vec<Recorded>>);

impl Iterator for Pages {
    type Item = Vec<Recorded>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.blocking_recv()
    }
}

impl Reading {
    /// Gives the whole log to work that takes its time, while it is read; reading ends when the work
    /// does. One such work at a time: the log is long.
    pub(crate) async fn over_the_log<T, E>(
        &self,
        work: impl FnOnce(Pages) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        E: Into<Error> + Send + 'static,
    {
        let _alone = self.app.desks.whole_log.lock().await;
        let (pages, waiting) = mpsc::channel(WAITING);
        let working = tokio::task::spawn_blocking(move || work(Pages(waiting)));
        let mut read = event_log::Pages::new(self.app.log().as_ref());
        loop {
            let page = read.page().await?;
            // Whoever receives no more is done, or has failed and says why.
            if page.is_empty() || pages.send(page).await.is_err() {
                break;
            }
        }
        drop(pages);
        working
            .await
            .map_err(|error| Error::Internal(format!("work on the log broke off: {error}")))?
            .map_err(Into::into)
    }
}
