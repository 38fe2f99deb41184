//! Work on all that was ever recorded.

use std::{
    ops::ControlFlow,
    sync::{Arc, Weak},
};

use event_log::{LogError, Recorded, StoredPage, WholeLog};

use crate::{Error, Reading};

/// The log from its start to its end, page by page; it ends early where it cannot be read, or nobody waits
/// for the work any more.
pub(crate) struct Pages {
    log: WholeLog,
    /// Gone when nobody waits.
    waiting: Weak<()>,
    failed: Option<LogError>,
}

impl Pages {
    /// As [`WholeLog::in_turn`].
    pub(crate) fn in_turn<T>(
        &mut self,
        each: impl Fn(StoredPage) -> Result<T, Error> + Sync,
        mut next: impl FnMut(&T) -> Result<ControlFlow<()>, Error> + Send,
    ) -> Result<(), Error> {
        let Pages { log, waiting, .. } = self;
        log.in_turn(each, |made| match waiting.strong_count() {
            0 => Ok(ControlFlow::Break(())),
            _ => next(made),
        })
    }
}

impl Iterator for Pages {
    type Item = Vec<Recorded>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.waiting.strong_count() == 0 {
            return None;
        }
        match self.log.page() {
            Ok(page) => Some(page).filter(|page| !page.is_empty()),
            Err(error) => {
                self.failed = Some(error);
                None
            }
        }
    }
}

impl Reading {
    /// Gives the whole log to work that takes its time, on a thread that may wait. One such work at a time:
    /// the log is long.
    pub(crate) async fn over_the_log<T, E>(
        &self,
        work: impl FnOnce(&mut Pages) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        E: Into<Error> + Send + 'static,
    {
        let _alone = self.app.desks.whole_log.lock().await;
        let waits = Arc::new(());
        let mut pages = Pages {
            log: WholeLog::of(self.app.log())?,
            waiting: Arc::downgrade(&waits),
            failed: None,
        };
        let working = tokio::task::spawn_blocking(move || {
            let worked = work(&mut pages).map_err(Into::into);
            match pages.failed {
                Some(error) => Err(error.into()),
                None => worked,
            }
        });
        working
            .await
            .map_err(|error| Error::Internal(format!("work on the log broke off: {error}")))?
    }
}
