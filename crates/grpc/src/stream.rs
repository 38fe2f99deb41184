//! What travels in parts: files as they come, and answers while the work goes on.

use std::{
    io::{self, Read},
    pin::Pin,
    time::Duration,
};

use app::Error;
use futures::{Stream, stream::unfold};
use tokio::sync::mpsc;
use tonic::{Status, Streaming};
use tracing::Instrument;

use crate::api::finish;

/// The parts of an answer.
pub(crate) type Parts<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// Of a file, sent at once.
pub(crate) const CHUNK_BYTES: usize = 1024 * 1024;
/// A caller that sends nothing for so long has gone.
const SILENCE: Duration = Duration::from_secs(60);

/// The next part of what a caller sends; nothing at its end.
pub(crate) async fn next<M>(parts: &mut Streaming<M>) -> Result<Option<M>, Status> {
    let silent = |_| Error::Unavailable("the file was not sent to its end".into());
    let next = tokio::time::timeout(SILENCE, parts.message()).await;
    finish(next.map_err(silent))?
}

/// Parts that may wait for the caller to take them.
const ROOM: usize = 16;

/// Where the work puts the parts.
pub(crate) struct Out<T>(mpsc::Sender<Result<T, Status>>);

impl<T> Out<T> {
    /// Sends a part that may be left out: how far the work is, while the caller is slow.
    pub(crate) fn perhaps(&self, part: T) {
        // Full or closed: the next such part says more.
        let _ = self.0.try_send(Ok(part));
    }

    /// Sends a part; a caller that has gone does not miss it.
    pub(crate) async fn surely(&self, part: T) {
        let _ = self.0.send(Ok(part)).await;
    }

    /// Sends a file from where it stands.
    pub(crate) async fn file(
        &self,
        mut file: impl Read,
        part: impl Fn(Vec<u8>) -> T,
    ) -> io::Result<()> {
        loop {
            let mut chunk = Vec::new();
            let next = &mut file;
            if next.take(CHUNK_BYTES as u64).read_to_end(&mut chunk)? == 0 {
                return Ok(());
            }
            self.surely(part(chunk)).await;
        }
    }
}

/// Runs the work to its end, whether or not the caller stays, and streams its parts; its failure
/// is the last of them.
pub(crate) fn of<T, W>(work: impl FnOnce(Out<T>) -> W) -> Parts<T>
where
    T: Send + 'static,
    W: Future<Output = Result<(), Status>> + Send + 'static,
{
    let (parts, taken) = mpsc::channel(ROOM);
    let work = work(Out(parts.clone()));
    let to_the_end = async move {
        if let Err(status) = work.await {
            let _ = parts.send(Err(status)).await;
        }
    };
    tokio::spawn(to_the_end.instrument(tracing::Span::current()));
    Box::pin(unfold(taken, async |mut taken| {
        Some((taken.recv().await?, taken))
    }))
}

#[cfg(test)]
mod tests {
    use futures::StreamExt as _;

    use super::*;

    #[tokio::test]
    async fn a_file_is_sent_whole_in_parts_that_a_message_can_hold() {
        let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(5 * CHUNK_BYTES / 2).collect();
        let file = bytes.clone();
        let parts = of(|out: Out<Vec<u8>>| async move {
            out.file(file.as_slice(), |chunk| chunk).await.unwrap();
            Ok(())
        });
        let parts: Vec<Vec<u8>> = parts.map(Result::unwrap).collect().await;
        let sizes: Vec<usize> = parts.iter().map(Vec::len).collect();
        assert_eq!(sizes, [CHUNK_BYTES, CHUNK_BYTES, CHUNK_BYTES / 2]);
        assert_eq!(parts.concat(), bytes);
    }
}
