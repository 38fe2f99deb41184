use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{Summary, TransferError};

/// The file that tells what an export holds; its presence says that the export is whole.
pub const MANIFEST: &str = "manifest.json";

/// The format that this program writes and the newest it reads.
const VERSION: u32 = 1;

/// What an export holds. Without personal data: it may be kept apart from the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format: `sangyu-events`.
    format: String,
    /// The version of the format.
    version: u32,
    /// What the log holds.
    #[serde(flatten)]
    pub summary: Summary,
    /// The files, in their order.
    pub files: Vec<ExportedFile>,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedFile {
    /// Its name in the folder.
    pub name: String,
    /// How many events it holds.
    pub events: u64,
    /// How many bytes it has.
    pub bytes: u64,
    /// Of its bytes, in hexadecimal digits.
    pub sha256: String,
}

const FORMAT: &str = "sangyu-events";

impl Manifest {
    pub(super) fn new(summary: Summary, files: Vec<ExportedFile>) -> Self {
        Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            summary,
            files,
        }
    }

    /// Reads the manifest of an export.
    ///
    /// # Errors
    /// [`TransferError::File`], [`TransferError::Manifest`].
    pub fn read(folder: &Path) -> Result<Self, TransferError> {
        let path = folder.join(MANIFEST);
        let text = fs::read(&path).map_err(|error| failed(&path, error))?;
        let manifest: Option<Manifest> = serde_json::from_slice(&text).ok();
        manifest
            .filter(Manifest::is_ours)
            .ok_or(TransferError::Manifest(path))
    }

    /// Its files are named as ours are, so that no name leads out of the folder.
    fn is_ours(&self) -> bool {
        let names = self.files.iter().map(|file| file.name.as_str());
        self.format == FORMAT
            && self.version == VERSION
            && names.eq((1..=self.files.len()).map(file_name))
    }
}

/// The name of a file, counted from 1.
pub(super) fn file_name(number: usize) -> String {
    format!("events-{number:06}.jsonl")
}

/// What became of a file, with its name.
pub(super) fn failed(path: &Path, error: io::Error) -> TransferError {
    TransferError::File {
        path: path.to_owned(),
        error,
    }
}

/// A new folder that only its owner can enter.
pub(super) fn make_folder(folder: &Path) -> Result<(), TransferError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder
        .create(folder)
        .map_err(|error| failed(folder, error))
}

/// A new file that only its owner can read.
pub(super) fn make_file(path: &Path) -> Result<File, TransferError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options.open(path).map_err(|error| failed(path, error))
}

/// Brings what a folder lists to the disk.
pub(super) fn sync_folder(folder: &Path) -> Result<(), TransferError> {
    let above = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let synced = File::open(above).and_then(|folder| folder.sync_all());
    synced.map_err(|error| failed(above, error))
}

/// Where an export grows until it is whole.
pub(super) fn part(folder: &Path) -> PathBuf {
    let mut part = folder.as_os_str().to_owned();
    part.push(".part");
    part.into()
}
