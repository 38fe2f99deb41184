//! The file beside: a new views.db is built under another name and put in its place when complete.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use crate::{ViewsError, mark};

/// Held while a file is built, so that two processes never build one beside the other's feet.
pub(crate) struct BuildLock(File);

impl BuildLock {
    /// # Errors
    /// [`ViewsError::BuiltElsewhere`] if another process builds.
    pub(crate) fn take(path: &Path) -> Result<Self, ViewsError> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(beside(path, ".lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(BuildLock(file)),
            Err(fs::TryLockError::WouldBlock) => Err(ViewsError::BuiltElsewhere),
            Err(fs::TryLockError::Error(e)) => Err(e.into()),
        }
    }

    /// The path to build at, with nothing left there from a build that was broken off.
    pub(crate) fn clear_building(&self, path: &Path) -> Result<PathBuf, ViewsError> {
        let building = beside(path, ".building");
        remove(&building)?;
        remove(&beside(&building, "-journal"))?;
        Ok(building)
    }

    /// Puts the complete file in its place. Nobody of this process may have either open.
    pub(crate) fn install(&self, building: &Path, path: &Path) -> Result<(), ViewsError> {
        File::open(building)?.sync_all()?;
        // SQLite removes its write-ahead log when the last connection closes. If one is left, from
        // a crash or another process, the old file must go first: a log beside a file it does not
        // belong to would be played into it.
        let leftovers = [beside(path, "-wal"), beside(path, "-shm")];
        let doubted = mark::is_of_another_run(path)?;
        if doubted || leftovers.iter().any(|file| file.exists()) {
            remove(path)?;
            leftovers.iter().try_for_each(|file| remove(file))?;
        }
        if doubted {
            // Where there is no file nobody sets a mark of their own, and none is lost.
            sync_folder(path)?;
            mark::forget(path)?;
        }
        fs::rename(building, path)?;
        sync_folder(path)?;
        Ok(())
    }
}

impl Drop for BuildLock {
    fn drop(&mut self) {
        // Closing the file would do it too; the error has no reader.
        let _ = self.0.unlock();
    }
}

/// Creates the file readable by its owner alone: it holds what the log holds.
pub(crate) fn create_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop)
}

pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Makes sure that a file of this folder is found there after the machine went down.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent().filter(|p| !p.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => File::open(".")?.sync_all(),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
