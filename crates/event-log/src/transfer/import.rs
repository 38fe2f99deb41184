use std::{
    fs::File,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
};

use sha2::{Digest as _, Sha256};

use super::{
    Carried, Manifest, Receiver, STRIDE, TransferError, Transferred, files::failed, summary::hex,
};
use crate::EventLog;

const BUFFER: usize = 1024 * 1024;

/// Reads an export into a log, which is empty or holds its beginning. Nothing is written before every
/// file has been compared with the manifest. `progress` is told now and then how many events are done.
///
/// # Errors
/// [`TransferError::Manifest`], [`TransferError::Damaged`], [`TransferError::Line`],
/// [`TransferError::File`], and as [`copy`](super::copy) but for `Read`. What was written until then
/// stays, and the next import goes on behind it.
pub async fn import(
    folder: &Path,
    log: &dyn EventLog,
    mut progress: impl FnMut(u64),
) -> Result<Transferred, TransferError> {
    let manifest = Manifest::read(folder)?;
    compare(folder, &manifest)?;
    let mut receiver = Receiver::new(log);
    for file in &manifest.files {
        let path = folder.join(&file.name);
        let opened = File::open(&path).map_err(|error| failed(&path, error))?;
        let mut reader = BufReader::with_capacity(BUFFER, opened);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let read = reader.read_until(b'\n', &mut line);
            if read.map_err(|error| failed(&path, error))? == 0 {
                break;
            }
            let event = Carried::parse(&line).ok_or_else(|| TransferError::Line {
                path: path.clone(),
                line: number,
            })?;
            let done = receiver.take(event).await?;
            if done.is_multiple_of(STRIDE) {
                progress(done);
            }
        }
    }
    let transferred = receiver.finish().await?;
    // The hashes agree, so only lines that are not canonical can make a difference.
    if transferred.summary == manifest.summary {
        Ok(transferred)
    } else {
        Err(TransferError::Damaged(folder.to_owned()))
    }
}

/// Compares every file, and all of them together, with what the manifest says.
fn compare(folder: &Path, manifest: &Manifest) -> Result<(), TransferError> {
    let mut all = Sha256::new();
    for file in &manifest.files {
        let path = folder.join(&file.name);
        let mut own = Sha256::new();
        let mut opened = File::open(&path).map_err(|error| failed(&path, error))?;
        let mut buffer = vec![0; BUFFER];
        loop {
            let read = opened.read(&mut buffer);
            match read.map_err(|error| failed(&path, error))? {
                0 => break,
                count => {
                    own.update(&buffer[..count]);
                    all.update(&buffer[..count]);
                }
            }
        }
        if hex(own) != file.sha256 {
            return Err(TransferError::Damaged(path));
        }
    }
    if hex(all) == manifest.summary.sha256 {
        Ok(())
    } else {
        Err(TransferError::Damaged(folder.to_owned()))
    }
}
