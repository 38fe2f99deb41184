//! Moving a log: [`export`] and [`import`] as JSON Lines, [`copy`] from one log to another.
//!
//! Every event keeps its stream, revision, id, name, metadata, data, and its place among the others;
//! only positions are each log's own. What was begun goes on where it was broken off: what the target
//! holds is compared with the source line by line, and has to be its beginning. At the end the target
//! is read back, and its [`Summary`] has to be that of the source.

mod carried;
mod error;
mod export;
mod files;
mod import;
mod receiver;
mod summary;

#[cfg(test)]
mod tests;

pub use carried::Carried;
pub use error::TransferError;
pub use export::export;
pub use files::{ExportedFile, MANIFEST, Manifest};
pub use import::import;
pub use receiver::Transferred;
pub use summary::{Mark, Summary, summary};

use receiver::Receiver;

use crate::{EventLog, LogError, Position, Recorded};

/// How many events are read at a time.
const PAGE: usize = 1_000;

/// Copies all events of one log to another, which is empty or holds the beginning of the first.
/// `progress` is told now and then how many events are done.
///
/// # Errors
/// [`TransferError::Read`], [`TransferError::Write`], [`TransferError::Differs`],
/// [`TransferError::Ahead`], [`TransferError::Disturbed`]. What was copied until then stays, and the
/// next copy goes on behind it.
pub async fn copy(
    from: &dyn EventLog,
    to: &dyn EventLog,
    mut progress: impl FnMut(u64),
) -> Result<Transferred, TransferError> {
    let mut source = Pages::new(from);
    let mut receiver = Receiver::new(to);
    while let Some(event) = source.next().await.map_err(TransferError::Read)? {
        let done = receiver.take(event.into()).await?;
        if done.is_multiple_of(PAGE as u64) {
            progress(done);
        }
    }
    receiver.finish().await
}

/// A log from its beginning, an event at a time, up to where it ended when it was asked.
struct Pages<'a> {
    log: &'a dyn EventLog,
    after: Option<Position>,
    page: std::vec::IntoIter<Recorded>,
    ended: bool,
}

impl<'a> Pages<'a> {
    fn new(log: &'a dyn EventLog) -> Self {
        Pages {
            log,
            after: None,
            page: Vec::new().into_iter(),
            ended: false,
        }
    }

    /// The next event; once there was none, there is none for ever.
    async fn next(&mut self) -> Result<Option<Recorded>, LogError> {
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
