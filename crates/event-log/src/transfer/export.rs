use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::{
    Carried, ExportedFile, MANIFEST, Manifest, STRIDE, TransferError,
    files::{failed, file_name, make_file, make_folder, part, sync_folder},
    summary::{Tally, hex},
};
use crate::{EventLog, pages::Pages};

/// How many events go into one file.
const FILE_EVENTS: u64 = 100_000;

/// Writes all events of a log as JSON Lines into a new folder, with a manifest. The folder is there
/// whole or not at all, and only its owner can read it. `progress` is told now and then how many
/// events are done.
///
/// # Errors
/// [`TransferError::Exists`], [`TransferError::Read`], [`TransferError::File`].
pub async fn export(
    log: &dyn EventLog,
    folder: &Path,
    progress: impl FnMut(u64),
) -> Result<Manifest, TransferError> {
    export_in_files_of(FILE_EVENTS, log, folder, progress).await
}

pub(super) async fn export_in_files_of(
    most_events: u64,
    log: &dyn EventLog,
    folder: &Path,
    mut progress: impl FnMut(u64),
) -> Result<Manifest, TransferError> {
    if folder.exists() {
        return Err(TransferError::Exists(folder.to_owned()));
    }
    let part = part(folder);
    if part.exists() {
        fs::remove_dir_all(&part).map_err(|error| failed(&part, error))?;
    }
    make_folder(&part)?;
    let mut source = Pages::new(log);
    let mut tally = Tally::default();
    let mut files = Vec::new();
    let mut open: Option<Growing> = None;
    while let Some(event) = source.next().await.map_err(TransferError::Read)? {
        let event = Carried::from(event);
        let line = event.line().map_err(TransferError::Read)?;
        tally.add(&event, &line);
        let mut growing = match open.take() {
            Some(growing) => growing,
            None => Growing::new(&part, file_name(files.len() + 1))?,
        };
        growing.add(&line)?;
        if growing.file.events < most_events {
            open = Some(growing);
        } else {
            files.push(growing.finish()?);
        }
        if tally.events().is_multiple_of(STRIDE) {
            progress(tally.events());
        }
    }
    if let Some(growing) = open {
        files.push(growing.finish()?);
    }
    let manifest = Manifest::new(tally.finish(), files);
    write_manifest(&part.join(MANIFEST), &manifest)?;
    sync_folder(&part)?;
    fs::rename(&part, folder).map_err(|error| failed(folder, error))?;
    sync_folder(folder.parent().unwrap_or(Path::new("")))?;
    Ok(manifest)
}

fn write_manifest(path: &Path, manifest: &Manifest) -> Result<(), TransferError> {
    let mut file = make_file(path)?;
    let written = serde_json::to_vec_pretty(manifest)
        .map_err(Into::into)
        .and_then(|text| file.write_all(&[&text[..], b"\n"].concat()))
        .and_then(|()| file.sync_all());
    written.map_err(|error| failed(path, error))
}

/// A file that is being written.
struct Growing {
    path: PathBuf,
    writer: BufWriter<File>,
    sha256: Sha256,
    file: ExportedFile,
}

impl Growing {
    fn new(folder: &Path, name: String) -> Result<Self, TransferError> {
        let path = folder.join(&name);
        Ok(Growing {
            writer: BufWriter::with_capacity(1024 * 1024, make_file(&path)?),
            path,
            sha256: Sha256::new(),
            file: ExportedFile {
                name,
                events: 0,
                bytes: 0,
                sha256: String::new(),
            },
        })
    }

    fn add(&mut self, line: &[u8]) -> Result<(), TransferError> {
        for bytes in [line, b"\n"] {
            self.sha256.update(bytes);
            self.file.bytes += bytes.len() as u64;
            let written = self.writer.write_all(bytes);
            written.map_err(|error| failed(&self.path, error))?;
        }
        self.file.events += 1;
        Ok(())
    }

    /// Brings it to the disk.
    fn finish(self) -> Result<ExportedFile, TransferError> {
        let flushed = self.writer.into_inner().map_err(|e| e.into_error());
        let synced = flushed.and_then(|file| file.sync_all());
        synced.map_err(|error| failed(&self.path, error))?;
        Ok(ExportedFile {
            sha256: hex(self.sha256),
            ..self.file
        })
    }
}
