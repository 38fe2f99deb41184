//! Work on all that was ever recorded.

use event_log::Recorded;
use tokio::{
    sync::mpsc,
    task::{JoinError, spawn_blocking},
};

use crate::{Error, Reading};

/// How many pages may wait for the work.
const WAITING: usize = 2;

/// The log from its start to its end, page by page, as what was made of each.
pub(crate) struct Pages<P = Vec<Recorded>>(mpsc::Receiver<P>);

impl<P> Iterator for Pages<P> {
    type Item = P;

    fn next(&mut self) -> Option<P> {
        self.0.blocking_recv()
    }
}

impl Reading {
    /// Gives the whole log to work that takes its time, while it is read; reading ends when the work
    /// does. What can be made of a page by itself is made beside it, by `prepare`. One such work at a
    /// time: the log is long.
    pub(crate) async fn over_the_log<P, T, E>(
        &self,
        prepare: fn(Vec<Recorded>) -> Result<P, Error>,
        work: impl FnOnce(Pages<P>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Error>
    where
        P: Send + 'static,
        T: Send + 'static,
        E: Into<Error> + Send + 'static,
    {
        let _alone = self.app.desks.whole_log.lock().await;
        let (pages, waiting) = mpsc::channel(WAITING);
        let working = spawn_blocking(move || work(Pages(waiting)));
        let mut read = event_log::Pages::new(self.app.log().as_ref());
        loop {
            let page = read.page().await?;
            if page.is_empty() {
                break;
            }
            let prepared = spawn_blocking(move || prepare(page))
                .await
                .map_err(broke_off)??;
            // Whoever receives no more is done, or has failed and says why.
            if pages.send(prepared).await.is_err() {
                break;
            }
        }
        drop(pages);
        working.await.map_err(broke_off)?.map_err(Into::into)
    }
}

fn broke_off(error: JoinError) -> Error {
    Error::Internal(format!("work on the log broke off: {error}"))
}
