use super::{Carried, Summary, TransferError, summary, summary::Tally};
use crate::{Append, EventLog, Expected, MAX_EVENT_BYTES, Revision, pages::Pages};

/// How many events, and how many bytes, are written at a time.
const BATCH_EVENTS: usize = 1_000;
const BATCH_BYTES: usize = 8 * 1024 * 1024;

/// What a transfer has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transferred {
    /// What source and target hold now.
    pub summary: Summary,
    /// How many events the target held already.
    pub already: u64,
}

/// The log that events go to.
pub(super) struct Receiver<'a> {
    log: &'a dyn EventLog,
    held: Pages<'a>,
    tally: Tally,
    already: u64,
    batch: Batch,
}

/// Appends that are not written yet.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) appends: Vec<Append>,
    events: usize,
    bytes: usize,
    /// Of the last append.
    last_bytes: usize,
}

impl<'a> Receiver<'a> {
    pub(super) fn new(log: &'a dyn EventLog) -> Self {
        Receiver {
            log,
            held: Pages::new(log),
            tally: Tally::default(),
            already: 0,
            batch: Batch::default(),
        }
    }

    /// Takes the next event of the source; says how many it has taken.
    pub(super) async fn take(&mut self, event: Carried) -> Result<u64, TransferError> {
        let line = event.line().map_err(TransferError::Read)?;
        self.tally.add(&event, &line);
        match self.held.next().await.map_err(TransferError::Write)? {
            Some(held) => {
                let held = Carried::from(held).line().map_err(TransferError::Write)?;
                if held != line {
                    return Err(TransferError::Differs {
                        event: self.tally.events(),
                        id: event.event.id,
                    });
                }
                self.already += 1;
            }
            None => {
                self.batch.add(event)?;
                if self.batch.events >= BATCH_EVENTS || self.batch.bytes >= BATCH_BYTES {
                    self.write().await?;
                }
            }
        }
        Ok(self.tally.events())
    }

    /// Writes what is left, and reads back what the log holds now.
    pub(super) async fn finish(mut self) -> Result<Transferred, TransferError> {
        if self
            .held
            .next()
            .await
            .map_err(TransferError::Write)?
            .is_some()
        {
            return Err(TransferError::Ahead {
                events: self.tally.events(),
            });
        }
        self.write().await?;
        let summary = self.tally.finish();
        let found = summary::summary(self.log)
            .await
            .map_err(TransferError::Write)?;
        if found != summary {
            return Err(TransferError::Disturbed);
        }
        Ok(Transferred {
            summary,
            already: self.already,
        })
    }

    async fn write(&mut self) -> Result<(), TransferError> {
        let Batch { appends, .. } = std::mem::take(&mut self.batch);
        self.log
            .append_in_order(appends)
            .await
            .map_err(TransferError::Write)
    }
}

impl Batch {
    /// Consecutive events of one stream become one append, as long as it is no larger than the
    /// largest event: every log takes that much.
    pub(super) fn add(&mut self, carried: Carried) -> Result<(), TransferError> {
        let metadata = carried
            .event
            .metadata_json()
            .map_err(TransferError::Write)?;
        let bytes = carried.event.data.len() + metadata.len();
        self.events += 1;
        self.bytes += bytes;
        match self.appends.last_mut() {
            Some(last)
                if last.stream == carried.stream && self.last_bytes + bytes <= MAX_EVENT_BYTES =>
            {
                last.events.push(carried.event);
                self.last_bytes += bytes;
            }
            Some(_) | None => {
                self.appends.push(Append {
                    expected: before(carried.revision),
                    stream: carried.stream,
                    events: vec![carried.event],
                });
                self.last_bytes = bytes;
            }
        }
        Ok(())
    }
}

/// What a stream holds before the event of this revision.
fn before(revision: Revision) -> Expected {
    match revision.0.checked_sub(1) {
        None => Expected::NoStream,
        Some(before) => Expected::Exact(Revision(before)),
    }
}
