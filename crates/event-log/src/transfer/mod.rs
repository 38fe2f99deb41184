//! Moving a log: [`export`] and [`import`] as JSON Lines, [`copy`] from one log to another.
//!
//! Every event keeps its stream, revision, id, name, metadata, data, and its place among the others;
//! only positions are each log's own. What was begun goes on where it was broken off: what the target
//! holds is compared with the source line by line, and has to be its beginning. At the end the target
//! is read back, and its [`Summary`] has to be that of the source.

mod beyond;
mod carried;
mod error;
mod export;
mod files;
mod import;
mod receiver;
mod summary;

#[cfg(test)]
mod tests;

pub use beyond::beyond;
pub use carried::Carried;
pub use error::TransferError;
pub use export::export;
pub use files::{ExportedFile, MANIFEST, Manifest};
pub use import::import;
pub use receiver::Transferred;
pub use summary::{Mark, Summary, summary};

use receiver::Receiver;

use crate::{EventLog, pages::Pages};

/// After how many events the caller is told how far it is.
const STRIDE: u64 = 1_000;

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
        if done.is_multiple_of(STRIDE) {
            progress(done);
        }
    }
    receiver.finish().await
}
