//! The log for process mining (过程挖掘), as its reader may see it.

use std::{
    fs::File,
    io::{self, BufWriter, IntoInnerError, Seek as _, SeekFrom},
};

use ::inspection::mining::{Mined, Miner, Notation};
use event_log::Recorded;

use crate::{Error, Reading};

/// The log for process mining, in a nameless file that is gone once this is dropped.
#[derive(Debug)]
pub struct MinedLog {
    /// Its bytes, from the first one.
    pub file: File,
    /// What it holds.
    pub holds: Mined,
}

impl Reading {
    /// All that the reader may see of the log as it stands now: who did what when, and nothing that was
    /// written about anyone. A sealed petition that is hidden from the reader is not in it, nor are the
    /// attempts to see it. Nothing is recorded.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if the file cannot be written; if the log or the views fail.
    pub async fn mined_log(&self, notation: Notation) -> Result<MinedLog, Error> {
        // Nothing behind the head is in it: whatever seals what is in it, the views have taken over when
        // they are asked.
        let head = self.app.log().head().await?;
        self.app.catch_up().await?;
        let hidden = self.hidden_streams().await?;
        self.over_the_log(move |pages| {
            let shown = pages
                .flatten()
                .take_while(|event| Some(event.position) <= head)
                .filter(|event| !hidden.contains(event.stream.as_str()));
            mined(notation, shown).map_err(|error| {
                Error::Unavailable(format!(
                    "the file for process mining cannot be written: {error}"
                ))
            })
        })
        .await
    }
}

fn mined(notation: Notation, mut events: impl Iterator<Item = Recorded>) -> io::Result<MinedLog> {
    let mut miner = Miner::new(notation, BufWriter::new(tempfile::tempfile()?))?;
    events.try_for_each(|event| miner.add(&event))?;
    let (holds, file) = miner.finish()?;
    let mut file = file.into_inner().map_err(IntoInnerError::into_error)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(MinedLog { file, holds })
}
