//! Whether the file can be believed after the machine went down.
//!
//! Everything in the views follows from the log, so they are written without waiting for the disk: it
//! would be several times what the log itself writes. A process that is killed loses nothing by it, for
//! the system keeps what it was given. But where the machine itself goes down, any part of the file may be
//! missing, and nothing in it tells. So whoever writes sets a mark beside the file, with the name that
//! the system gave to this run of the machine, and takes it away when all is on the disk. A file beside
//! which the mark of another run stands is not believed.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use crate::file::{beside, sync_folder};

/// Where Linux says which run of the machine this is.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// What follows the name of the file.
const SUFFIX: &str = ".unflushed";

/// The mark of a file that is open. All who have it open hold it together.
pub(crate) struct Mark {
    path: PathBuf,
    held: File,
    boot: String,
    set: bool,
}

impl Mark {
    /// The mark beside the file at `path`; nothing if it is another run's, so that the file cannot be
    /// believed.
    pub(crate) fn beside(path: &Path) -> io::Result<Option<Self>> {
        Self::of_boot(path, &this_boot())
    }

    fn of_boot(path: &Path, boot: &str) -> io::Result<Option<Self>> {
        let held = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(beside(path, SUFFIX))?;
        held.lock_shared()?;
        let mut found = String::new();
        (&held).read_to_string(&mut found)?;
        let believed = found.is_empty() || found == boot;
        Ok(believed.then(|| Mark {
            path: path.to_owned(),
            held,
            boot: boot.to_owned(),
            set: !found.is_empty(),
        }))
    }

    /// From now on the file may hold what is not on the disk.
    pub(crate) fn set(&mut self) -> io::Result<()> {
        if !self.set {
            self.held.rewind()?;
            self.held.write_all(self.boot.as_bytes())?;
            self.held.sync_all()?;
            sync_folder(&self.path)?;
            self.set = true;
        }
        Ok(())
    }

    /// Flushes the file, and takes the mark away if nobody else has it open.
    fn take_away(&self) -> io::Result<()> {
        for file in [self.path.clone(), beside(&self.path, "-wal")] {
            match File::open(file) {
                Ok(file) => file.sync_all()?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        sync_folder(&self.path)?;
        match self.held.try_lock() {
            Ok(()) => self.held.set_len(0),
            // The others flush what they write.
            Err(fs::TryLockError::WouldBlock) => Ok(()),
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        if self.set
            && let Err(error) = self.take_away()
        {
            tracing::warn!(
                "the views could not be flushed; after a loss of power they are built again: {error}"
            );
        }
    }
}

fn this_boot() -> String {
    match fs::read_to_string(BOOT_ID) {
        Ok(boot) => boot.trim().to_owned(),
        // Where the system does not tell, every process is a run of its own.
        Err(_) => format!("process {}", std::process::id()),
    }
}

/// Whether the mark of another run stands beside the file at `path`.
pub(crate) fn is_of_another_run(path: &Path) -> io::Result<bool> {
    match fs::read_to_string(beside(path, SUFFIX)) {
        Ok(found) => Ok(!found.is_empty() && found != this_boot()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Takes the mark of another run away. Only where the file it stood beside is gone.
pub(crate) fn forget(path: &Path) -> io::Result<()> {
    fs::write(beside(path, SUFFIX), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &Path) -> String {
        fs::read_to_string(beside(path, SUFFIX)).unwrap()
    }

    #[test]
    fn a_file_is_believed_in_the_run_that_wrote_it_and_in_others_once_it_was_flushed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("views.db");
        fs::write(&path, "rows").unwrap();
        let mut first = Mark::of_boot(&path, "one").unwrap().unwrap();
        assert_eq!(at(&path), "", "nothing was written yet");
        first.set().unwrap();
        assert_eq!(at(&path), "one");
        drop(first);
        // As if it had been killed: nobody took the mark away.
        fs::write(beside(&path, SUFFIX), "one").unwrap();
        assert!(Mark::of_boot(&path, "two").unwrap().is_none());
        let same = Mark::of_boot(&path, "one").unwrap();
        assert!(same.is_some());
        assert!(is_of_another_run(&path).is_ok_and(|other| other));
        drop(same);
        assert_eq!(at(&path), "", "who was killed is flushed by who comes next");
        fs::write(beside(&path, SUFFIX), "one").unwrap();
        forget(&path).unwrap();
        let mut second = Mark::of_boot(&path, "two").unwrap().unwrap();
        second.set().unwrap();
        drop(second);
        assert!(Mark::of_boot(&path, "three").unwrap().is_some());
    }

    #[test]
    fn the_mark_stays_until_the_last_who_writes_is_done() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("views.db");
        fs::write(&path, "rows").unwrap();
        let mut first = Mark::of_boot(&path, "one").unwrap().unwrap();
        let mut second = Mark::of_boot(&path, "one").unwrap().unwrap();
        first.set().unwrap();
        second.set().unwrap();
        drop(first);
        assert_eq!(at(&path), "one");
        drop(second);
        assert_eq!(at(&path), "");
    }
}
