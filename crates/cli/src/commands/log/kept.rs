//! What a backup is: a folder like a bureau's, with what cannot be made anew, and a manifest.
//!
//! ```text
//! events.db      the log, in one file
//! identity.key   the secret under which ID numbers name streams
//! ledger/        what was signed of the log, and the keys; not the tiles, which follow from the log
//! sangyu.toml    the configuration, if there is one
//! attachments/   scans and photos, each named by its hash; not where they are kept elsewhere
//! backup.json    what belongs to it; written last
//! ```
//!
//! Not in it: `views.db`, which follows from the log; files of rules and calendars that the configuration
//! names; credentials, which live in the environment.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use event_log::transfer::Summary;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    bureau::LEDGER,
    failure::{Exit, Failure},
};

/// The file that says what belongs to a backup.
pub(super) const MANIFEST: &str = "backup.json";

const FORMAT: &str = "sangyu-backup";
/// The version that this program writes and the newest it reads.
const VERSION: u32 = 1;

/// What belongs to a backup. Without personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: String,
    version: u32,
    /// What the log holds.
    pub(super) log: Summary,
    /// Each file beside the attachments with its hash.
    pub(super) files: BTreeMap<String, String>,
    /// The scans and photos.
    pub(super) attachments: KeptAttachments,
}

/// What a backup knows of the scans and photos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptAttachments {
    /// Whether they are in the backup; else they are kept in a store of their own.
    pub(super) here: bool,
    /// How many are here.
    pub(super) files: u64,
}

impl Manifest {
    pub(super) fn new(
        log: Summary,
        files: BTreeMap<String, String>,
        attachments: KeptAttachments,
    ) -> Self {
        Manifest {
            format: FORMAT.to_owned(),
            version: VERSION,
            log,
            files,
            attachments,
        }
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let path = folder.join(MANIFEST);
        let failed = |e: &io::Error| Failure::io("write", &path, e);
        let text = serde_json::to_vec_pretty(self).map_err(|e| failed(&e.into()))?;
        let mut file = new_file(&path).map_err(|e| failed(&e))?;
        file.write_all(&text)
            .and_then(|()| file.sync_all())
            .map_err(|e| failed(&e))
    }

    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let path = folder.join(MANIFEST);
        if !path.is_file() {
            return Err(Failure::no_file(&path));
        }
        let text = fs::read(&path).map_err(|e| Failure::io("read", &path, &e))?;
        let manifest: Option<Manifest> = serde_json::from_slice(&text).ok();
        manifest
            .filter(|manifest| manifest.format == FORMAT && manifest.version == VERSION)
            .ok_or_else(|| {
                let shown = path.display();
                Failure::new(
                    Exit::Refused,
                    "backup_invalid",
                    format!("{shown} is no backup that this program reads: name the folder of a backup, or update the program"),
                    format!("{shown} 不是本程序可读的备份：请指定备份文件夹，或升级程序"),
                )
            })
    }
}

/// What of the ledger of a bureau cannot be made anew. The checkpoint last: whatever else was added meanwhile
/// is no newer.
pub(super) fn ledger(dir: &Path) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for folder in ["cosigned", "rotations"] {
        let path = dir.join(LEDGER).join(folder);
        let entries = match fs::read_dir(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(|e| Failure::io("read", &path, &e))?,
        };
        for entry in entries {
            let name = entry
                .map_err(|e| Failure::io("read", &path, &e))?
                .file_name();
            let name = name.to_string_lossy();
            // What is being written is not there yet.
            if name.bytes().all(|b| b.is_ascii_digit()) {
                names.push(format!("{LEDGER}/{folder}/{name}"));
            }
        }
    }
    names.extend(["key", "private.key", "checkpoint"].map(|name| format!("{LEDGER}/{name}")));
    names.retain(|name| dir.join(name).is_file());
    Ok(names)
}

/// Whether a name in a manifest is of a file of a ledger, and leads nowhere else.
pub(super) fn is_of_ledger(name: &str) -> bool {
    let inside = name
        .strip_prefix(LEDGER)
        .and_then(|name| name.strip_prefix('/'));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric()) && !part.is_empty();
    inside.is_some_and(|inside| inside == "private.key" || inside.split('/').all(plain))
}

/// A part of a backup that is not as its manifest says.
pub(super) fn damaged(path: &Path) -> Failure {
    let shown = path.display();
    Failure::new(
        Exit::Refused,
        "backup_damaged",
        format!("{shown} is damaged, and nothing was replaced: take another backup"),
        format!("{shown} 已损坏，未替换任何内容：请改用另一份备份"),
    )
}

/// A new folder that only its owner can enter.
pub(super) fn new_folder(path: &Path) -> Result<(), Failure> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|e| Failure::io("make the directory", path, &e))
}

/// Removes what an earlier run, broken off, has left.
pub(super) fn clear(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Failure::io("clear", folder, &e)),
        _ => Ok(()),
    }
}

/// Brings what a folder lists to the disk.
pub(super) fn sync(folder: &Path) -> Result<(), Failure> {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|e| Failure::io("sync", folder, &e))
}

fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600).open(path)
}

/// Copies a file to where there is none, for its owner alone, and to the disk; gives its hash.
pub(super) fn copy(from: &Path, to: &Path) -> Result<String, Failure> {
    let failed = |e: io::Error| Failure::io("write", to, &e);
    let mut file = new_file(to).map_err(failed)?;
    let hash = read(from, |part| file.write_all(part).map_err(failed))?;
    file.sync_all().map_err(failed)?;
    Ok(hash)
}

/// The SHA-256 of a file, in hexadecimal digits.
pub(super) fn hash(path: &Path) -> Result<String, Failure> {
    read(path, |_| Ok(()))
}

fn read(
    path: &Path,
    mut each: impl FnMut(&[u8]) -> Result<(), Failure>,
) -> Result<String, Failure> {
    let failed = |e: io::Error| Failure::io("read", path, &e);
    let mut file = File::open(path).map_err(failed)?;
    let mut sha256 = Sha256::new();
    let mut part = vec![0; 1024 * 1024];
    loop {
        let count = file.read(&mut part).map_err(failed)?;
        if count == 0 {
            break;
        }
        sha256.update(&part[..count]);
        each(&part[..count])?;
    }
    let digits = sha256.finalize();
    Ok(digits.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// The scans and photos below a folder, each with the hash that its name tells. What is still being
/// written has another name.
pub(super) fn attachments(folder: &Path) -> Result<Vec<(PathBuf, String)>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        let failed = |e: io::Error| Failure::io("read", &folder, &e);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            match name.filter(|name| is_hash(name)).map(str::to_owned) {
                _ if path.is_dir() => folders.push(path),
                Some(hash) => found.push((path, hash)),
                None => {}
            }
        }
    }
    found.sort();
    Ok(found)
}

fn is_hash(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Where an attachment of this hash lies in a folder of attachments.
pub(super) fn attachment(folder: &Path, hash: &str) -> PathBuf {
    folder.join("sha256").join(&hash[..2]).join(hash)
}
