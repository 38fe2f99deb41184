use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use rusqlite::ffi::{
    SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR_DELETE_NOENT, SQLITE_IOERR_FSYNC,
    SQLITE_IOERR_SHORT_READ, SQLITE_IOERR_WRITE,
};

use crate::{
    Image,
    locks::{Handle, Locks},
    vfs,
};

/// One call that changed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A file was made.
    Create {
        /// Its name.
        name: String,
    },
    /// Bytes were written.
    Write {
        /// The file.
        name: String,
        /// From where.
        offset: usize,
        /// The bytes.
        data: Vec<u8>,
    },
    /// A file was cut or grew.
    Truncate {
        /// The file.
        name: String,
        /// Its new length in bytes.
        length: usize,
    },
    /// What was written to a file was flushed.
    Sync {
        /// The file.
        name: String,
    },
    /// It was to be flushed, and that failed.
    SyncFailed {
        /// The file.
        name: String,
    },
    /// The names of files made and deleted were flushed.
    SyncFolder,
    /// A file was deleted.
    Delete {
        /// The file.
        name: String,
    },
    /// The test wants to remember this moment.
    Mark(u64),
}

/// A call that can be made to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Call {
    /// A flush of a file.
    Sync,
    /// A write to a file.
    Write,
}

#[derive(Default)]
pub(crate) struct State {
    files: BTreeMap<String, Vec<u8>>,
    steps: Vec<Step>,
    locks: HashMap<String, Locks>,
    /// Of each database.
    shared_memory: HashMap<String, SharedMemory>,
    /// How many more calls succeed before one fails.
    failing: HashMap<Call, u64>,
    /// How many bytes all files together may have.
    room: Option<usize>,
}

#[derive(Default)]
struct SharedMemory {
    regions: Vec<Box<[u64]>>,
    mapped: Vec<Handle>,
}

/// A disk with one folder. Its files are reached by [`Disk::path`]; SQLite's own rules for files and
/// locks hold on it as on any other. It is gone when it is dropped and nothing on it is open.
pub struct Disk {
    number: u64,
    state: Arc<Mutex<State>>,
}

/// All disks there are, by the numbers in their paths.
static DISKS: Mutex<BTreeMap<u64, Arc<Mutex<State>>>> = Mutex::new(BTreeMap::new());
static NEXT: AtomicU64 = AtomicU64::new(0);

pub(crate) const ROOT: &str = "/faulty-disk/";

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Disk {
    /// A disk that holds these files. From now on SQLite in this process finds such disks by their paths.
    pub fn new(image: Image) -> Self {
        vfs::register();
        let state = Arc::new(Mutex::new(State {
            files: image.0,
            ..State::default()
        }));
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        locked(&DISKS).insert(number, Arc::clone(&state));
        Disk { number, state }
    }

    /// The path under which SQLite opens a file of this disk.
    pub fn path(&self, name: &str) -> PathBuf {
        PathBuf::from(format!("{ROOT}{}/{name}", self.number))
    }

    /// Everything that was done so far.
    pub fn steps(&self) -> Vec<Step> {
        locked(&self.state).steps.clone()
    }

    /// Puts a mark between the steps.
    pub fn mark(&self, mark: u64) {
        locked(&self.state).steps.push(Step::Mark(mark));
    }

    /// The files as they are read now.
    pub fn image(&self) -> Image {
        Image(locked(&self.state).files.clone())
    }

    /// Reads a whole file; `None` if there is none.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        locked(&self.state).files.get(name).cloned()
    }

    /// Writes these bytes over a file, ends it behind them and flushes it.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn rewrite(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let mut state = locked(&self.state);
        let failed = |code| std::io::Error::other(format!("SQLite's code {code}"));
        state.write(name, 0, bytes).map_err(failed)?;
        state.truncate(name, bytes.len());
        state.sync(name, false).map_err(failed)
    }

    /// Lets this many calls succeed and then one fail.
    pub fn fail_after(&self, call: Call, calls: u64) {
        locked(&self.state).failing.insert(call, calls);
    }

    /// Gives all files together so many bytes; `None` gives them room without end.
    pub fn limit(&self, room: Option<usize>) {
        locked(&self.state).room = room;
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        locked(&DISKS).remove(&self.number);
    }
}

/// The disk of a path, and the name of the file on it.
pub(crate) fn find(path: &str) -> Option<(Arc<Mutex<State>>, String)> {
    let (number, name) = path.strip_prefix(ROOT)?.split_once('/')?;
    let disk = locked(&DISKS).get(&number.parse().ok()?).map(Arc::clone)?;
    Some((disk, name.to_owned()))
}

/// What SQLite has open.
pub(crate) struct Open {
    state: Arc<Mutex<State>>,
    name: String,
    handle: Handle,
    delete_on_close: bool,
    /// SQLite flushes the folder with the first flush of a journal it has made.
    folder_too: Mutex<bool>,
}

impl Open {
    pub(crate) fn new(
        state: Arc<Mutex<State>>,
        name: String,
        create: bool,
        delete_on_close: bool,
        journal: bool,
    ) -> Result<Self, i32> {
        let mut held = locked(&state);
        if !held.files.contains_key(&name) {
            if !create {
                return Err(SQLITE_CANTOPEN);
            }
            held.files.insert(name.clone(), Vec::new());
            held.steps.push(Step::Create { name: name.clone() });
        }
        drop(held);
        Ok(Open {
            state,
            name,
            handle: NEXT.fetch_add(1, Ordering::Relaxed),
            delete_on_close,
            folder_too: Mutex::new(journal),
        })
    }

    pub(crate) fn read(&self, offset: usize, into: &mut [u8]) -> Result<(), i32> {
        let state = locked(&self.state);
        let file = state.files.get(&self.name).map_or(&[][..], Vec::as_slice);
        let from = offset.min(file.len());
        let found = &file[from..file.len().min(offset.saturating_add(into.len())).max(from)];
        into[..found.len()].copy_from_slice(found);
        into[found.len()..].fill(0);
        if found.len() < into.len() {
            return Err(SQLITE_IOERR_SHORT_READ);
        }
        Ok(())
    }

    pub(crate) fn write(&self, offset: usize, data: &[u8]) -> Result<(), i32> {
        locked(&self.state).write(&self.name, offset, data)
    }

    pub(crate) fn truncate(&self, length: usize) {
        locked(&self.state).truncate(&self.name, length);
    }

    pub(crate) fn sync(&self) -> Result<(), i32> {
        let folder_too = std::mem::take(&mut *locked(&self.folder_too));
        locked(&self.state).sync(&self.name, folder_too)
    }

    pub(crate) fn size(&self) -> usize {
        locked(&self.state)
            .files
            .get(&self.name)
            .map_or(0, Vec::len)
    }

    /// Works on the locks of this file.
    pub(crate) fn locks<T>(&self, work: impl FnOnce(&mut Locks, Handle) -> T) -> T {
        let mut state = locked(&self.state);
        let locks = state.locks.entry(self.name.clone()).or_default();
        work(locks, self.handle)
    }

    /// The address of a region of shared memory, made if `extend`.
    pub(crate) fn map(&self, region: usize, bytes: usize, extend: bool) -> Option<*mut u64> {
        let mut state = locked(&self.state);
        let memory = state.shared_memory.entry(self.name.clone()).or_default();
        if !memory.mapped.contains(&self.handle) {
            memory.mapped.push(self.handle);
        }
        let regions = &mut memory.regions;
        while regions.len() <= region && extend {
            regions.push(vec![0; bytes.div_ceil(8)].into_boxed_slice());
        }
        regions.get_mut(region).map(|region| region.as_mut_ptr())
    }

    /// Who unmaps last takes the memory away.
    pub(crate) fn unmap(&self) {
        let mut state = locked(&self.state);
        if let Some(memory) = state.shared_memory.get_mut(&self.name) {
            memory.mapped.retain(|handle| *handle != self.handle);
            if memory.mapped.is_empty() {
                state.shared_memory.remove(&self.name);
            }
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.unmap();
        self.locks(Locks::release);
        if self.delete_on_close {
            // Who deleted it before has done the same.
            let _ = locked(&self.state).delete(&self.name, false);
        }
    }
}

impl State {
    /// Counts down to the failure of a call; tells whether this is it.
    fn fails(&mut self, call: Call) -> bool {
        match self.failing.get_mut(&call) {
            Some(0) => {
                self.failing.remove(&call);
                true
            }
            Some(left) => {
                *left -= 1;
                false
            }
            None => false,
        }
    }

    fn write(&mut self, name: &str, offset: usize, data: &[u8]) -> Result<(), i32> {
        if self.fails(Call::Write) {
            return Err(SQLITE_IOERR_WRITE);
        }
        let used: usize = self.files.values().map(Vec::len).sum();
        let Some(file) = self.files.get_mut(name) else {
            return Err(SQLITE_IOERR_WRITE);
        };
        let end = offset + data.len();
        let more = end.saturating_sub(file.len());
        if self.room.is_some_and(|room| more > 0 && used + more > room) {
            return Err(SQLITE_FULL);
        }
        if file.len() < end {
            file.resize(end, 0);
        }
        file[offset..end].copy_from_slice(data);
        self.steps.push(Step::Write {
            name: name.to_owned(),
            offset,
            data: data.to_vec(),
        });
        Ok(())
    }

    fn truncate(&mut self, name: &str, length: usize) {
        let name = name.to_owned();
        if let Some(file) = self.files.get_mut(&name) {
            file.resize(length, 0);
            self.steps.push(Step::Truncate { name, length });
        }
    }

    fn sync(&mut self, name: &str, folder_too: bool) -> Result<(), i32> {
        let name = name.to_owned();
        if self.fails(Call::Sync) {
            self.steps.push(Step::SyncFailed { name });
            return Err(SQLITE_IOERR_FSYNC);
        }
        self.steps.push(Step::Sync { name });
        if folder_too {
            self.steps.push(Step::SyncFolder);
        }
        Ok(())
    }

    pub(crate) fn delete(&mut self, name: &str, sync_folder: bool) -> Result<(), i32> {
        if self.files.remove(name).is_none() {
            return Err(SQLITE_IOERR_DELETE_NOENT);
        }
        self.steps.push(Step::Delete {
            name: name.to_owned(),
        });
        if sync_folder {
            self.steps.push(Step::SyncFolder);
        }
        Ok(())
    }

    /// Whether there is such a file with anything in it, as SQLite asks.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.files.get(name).is_some_and(|file| !file.is_empty())
    }
}
