//! The files of the folder: each is there whole or not at all, and lasts.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use event_log::Position;

use super::{Folder, POSITIONS};
use crate::{Error, Hash, SecretKey, TileId, TileReader};

impl Folder {
    /// What a file of the folder holds; nothing if there is none.
    pub(super) fn own<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        read(&text).map(Some).map_err(|error| match error {
            Error::Malformed { why, .. } => damaged(&self.path.join(name), why),
            other => other,
        })
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Error> {
        let path = self.path.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) if e.kind() == io::ErrorKind::InvalidData => {
                Err(damaged(&path, "it is not UTF-8"))
            }
            Err(e) => Err(Error::io(&path, &e)),
        }
    }

    /// The file is there whole or not at all, and is on the disk afterwards.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.write_with_mode(name, bytes, 0o666)
    }

    pub(super) fn write_secret(&self, name: &str, secret: &SecretKey) -> Result<(), Error> {
        self.write_with_mode(name, secret.to_text().as_bytes(), 0o600)
    }

    pub(super) fn write_with_mode(&self, name: &str, bytes: &[u8], mode: u32) -> Result<(), Error> {
        let path = self.path.join(name);
        let beside = beside(&path);
        let folder = path.parent().unwrap_or(&self.path);
        let write = || {
            fs::create_dir_all(folder)?;
            let mut options = fs::OpenOptions::new();
            options.create(true).truncate(true).write(true).mode(mode);
            let mut file = options.open(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        };
        write().map_err(|e| Error::io(&path, &e))?;
        sync(folder)
    }

    pub(super) fn rename(&self, from: &str, to: &str) -> Result<(), Error> {
        let (from, to) = (self.path.join(from), self.path.join(to));
        fs::rename(&from, &to).map_err(|e| Error::io(&from, &e))?;
        sync(&self.path)
    }

    /// Writes tiles, and where in the log the full ones of level 0 end; all of it is on the disk afterwards.
    pub(crate) fn write_tiles(
        &self,
        tiles: &[(TileId, Vec<Hash>)],
        first_end: u64,
        ends: &[Position],
    ) -> Result<(), Error> {
        let mut folders = BTreeSet::new();
        for (id, hashes) in tiles {
            let path = self.path.join(id.to_string());
            let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.0).collect();
            let folder = path.parent().unwrap_or(&self.path).to_owned();
            let written = make_folder(&folder, &self.path, &mut folders)
                .and_then(|()| fs::File::create(&path))
                .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_data()));
            written.map_err(|e| Error::io(&path, &e))?;
            folders.insert(folder);
        }
        for folder in &folders {
            sync(folder)?;
        }
        self.write_ends(first_end, ends)
    }

    fn write_ends(&self, first: u64, ends: &[Position]) -> Result<(), Error> {
        use std::io::Seek as _;
        if ends.is_empty() {
            return Ok(());
        }
        let path = self.path.join(POSITIONS);
        let bytes: Vec<u8> = ends
            .iter()
            .flat_map(|end| end.to_stored().to_be_bytes())
            .collect();
        let mut options = fs::OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(&path);
        let written = file.and_then(|mut file| {
            file.seek(io::SeekFrom::Start(first * 8))?;
            file.write_all(&bytes)?;
            file.sync_data()
        });
        written.map_err(|e| Error::io(&path, &e))
    }

    /// Where in the log each full tile of level 0 ends, as far as it is known.
    pub(crate) fn positions(&self) -> Result<Vec<Position>, Error> {
        let path = self.path.join(POSITIONS);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(e) => return Err(Error::io(&path, &e)),
        };
        let (ends, _) = bytes.as_chunks();
        let end = |bytes: &[u8; 8]| Position::from_stored(u64::from_be_bytes(*bytes));
        Ok(ends.iter().map(end).collect())
    }

    /// Removes the parts of a tile that has become full.
    pub(crate) fn remove_parts(&self, id: TileId) -> Result<(), Error> {
        let path = self.path.join(format!("{}.p", id.full()));
        match fs::remove_dir_all(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Error::io(&path, &e)),
            _ => Ok(()),
        }
    }
}

impl TileReader for Folder {
    fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Error> {
        let path = self.path.join(id.to_string());
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::io(&path, &e)),
        }
    }
}

fn damaged(path: &Path, why: &str) -> Error {
    Error::FileDamaged {
        path: path.display().to_string(),
        why: why.to_owned(),
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Makes a folder and those above it, down from `top`; notes which ones have a new entry.
fn make_folder(folder: &Path, top: &Path, changed: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|path| !path.is_dir());
    let parents = missing.filter_map(Path::parent);
    changed.extend(
        parents
            .filter(|path| path.starts_with(top))
            .map(Path::to_owned),
    );
    fs::create_dir_all(folder)
}

/// Makes the names of the files in a folder last.
fn sync(folder: &Path) -> Result<(), Error> {
    fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|e| Error::io(folder, &e))
}
