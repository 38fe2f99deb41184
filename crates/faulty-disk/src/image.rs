//! What is on the disk for certain, and what a machine may find after a crash.

use std::collections::{BTreeMap, BTreeSet};

use rand::{Rng, RngExt};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

use crate::Step;

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// What the system's cache flushes at a time.
const PAGE: usize = 4096;

/// Files with their bytes, by their names in the one folder of the disk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Image(pub BTreeMap<String, Vec<u8>>);

/// One file as the steps left it.
#[derive(Clone, Default)]
struct File {
    /// Whether the folder's entry has been flushed.
    named: bool,
    /// What has been flushed.
    durable: Vec<u8>,
    /// What is read.
    cached: Vec<u8>,
    /// What each sector held since the last flush, oldest first.
    dirty: BTreeMap<usize, Vec<[u8; SECTOR]>>,
    /// The same, of flushes that failed.
    doubtful: BTreeMap<usize, Vec<[u8; SECTOR]>>,
    /// The lengths it has had since the last flush.
    lengths: Vec<usize>,
}

impl File {
    fn sector(bytes: &[u8], number: usize) -> [u8; SECTOR] {
        let mut sector = [0; SECTOR];
        let from = (number * SECTOR).min(bytes.len());
        let to = (from + SECTOR).min(bytes.len());
        sector[..to - from].copy_from_slice(&bytes[from..to]);
        sector
    }

    fn write(&mut self, offset: usize, data: &[u8]) {
        let end = offset + data.len();
        if self.cached.len() < end {
            self.cached.resize(end, 0);
            self.lengths.push(end);
        }
        self.cached[offset..end].copy_from_slice(data);
        for number in offset / SECTOR..end.div_ceil(SECTOR) {
            let held = Self::sector(&self.cached, number);
            self.dirty.entry(number).or_default().push(held);
        }
    }

    fn truncate(&mut self, length: usize) {
        self.cached.resize(length, 0);
        self.lengths.push(length);
    }

    fn sync(&mut self) {
        let page = |sector: &usize| sector * SECTOR / PAGE;
        let flushed: BTreeSet<usize> = self.dirty.keys().map(page).collect();
        self.durable.resize(self.cached.len(), 0);
        for page in &flushed {
            let from = (page * PAGE).min(self.cached.len());
            let to = (from + PAGE).min(self.cached.len());
            self.durable[from..to].copy_from_slice(&self.cached[from..to]);
        }
        self.doubtful
            .retain(|sector, _| !flushed.contains(&page(sector)));
        self.dirty.clear();
        self.lengths.clear();
    }

    fn sync_failed(&mut self) {
        for (sector, mut held) in std::mem::take(&mut self.dirty) {
            self.doubtful.entry(sector).or_default().append(&mut held);
        }
    }

    /// What may be found of it.
    fn crash(&self, rng: &mut impl Rng, keep: Keep) -> Vec<u8> {
        let mut lengths = vec![self.durable.len()];
        lengths.extend(&self.lengths);
        let length = match keep {
            Keep::None => lengths[0],
            Keep::All => self.cached.len(),
            Keep::Some => lengths[rng.random_range(0..lengths.len())],
        };
        let mut found = self.durable.clone();
        let known = found.len();
        found.resize(length, 0);
        if keep == Keep::Some && rng.random() && length > known {
            rng.fill_bytes(&mut found[known..]);
        }
        for (number, versions) in self.doubtful.iter().chain(&self.dirty) {
            let kept = match keep {
                Keep::None => 0,
                Keep::All => versions.len(),
                Keep::Some => rng.random_range(0..=versions.len()),
            };
            let from = (number * SECTOR).min(length);
            let to = (from + SECTOR).min(length);
            if let Some(version) = kept.checked_sub(1).map(|last| &versions[last]) {
                found[from..to].copy_from_slice(&version[..to - from]);
            }
        }
        found
    }
}

/// How much of what was not flushed survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep {
    None,
    All,
    Some,
}

/// Follows the steps of a [`crate::Disk`].
#[derive(Clone, Default)]
pub struct Platter {
    files: BTreeMap<String, File>,
    /// Deleted, and the folder not flushed since.
    deleted: BTreeMap<String, File>,
}

impl Platter {
    /// A disk on which this has been flushed.
    pub fn new(image: &Image) -> Self {
        let file = |bytes: &Vec<u8>| File {
            named: true,
            durable: bytes.clone(),
            cached: bytes.clone(),
            ..File::default()
        };
        let files = image.0.iter().map(|(name, b)| (name.clone(), file(b)));
        Platter {
            files: files.collect(),
            deleted: BTreeMap::new(),
        }
    }

    /// Follows one step.
    pub fn follow(&mut self, step: &Step) {
        let file = |files: &mut BTreeMap<String, File>, name: &str, act: &dyn Fn(&mut File)| {
            if let Some(file) = files.get_mut(name) {
                act(file);
            }
        };
        match step {
            Step::Create { name } => {
                self.files.insert(name.clone(), File::default());
            }
            Step::Write { name, offset, data } => {
                file(&mut self.files, name, &|f| f.write(*offset, data));
            }
            Step::Truncate { name, length } => {
                file(&mut self.files, name, &|f| f.truncate(*length));
            }
            Step::Sync { name } => file(&mut self.files, name, &File::sync),
            Step::SyncFailed { name } => file(&mut self.files, name, &File::sync_failed),
            Step::SyncFolder => {
                self.deleted.clear();
                self.files.values_mut().for_each(|f| f.named = true);
            }
            Step::Delete { name } => {
                if let Some(file) = self.files.remove(name).filter(|f| f.named) {
                    self.deleted.insert(name.clone(), file);
                }
            }
            Step::Mark(_) => {}
        }
    }

    /// What a machine may find if it loses its power now. The seeds 0 and 1 lose and keep everything
    /// that has not been flushed; any other is a throw of the dice.
    pub fn crash(&self, seed: u64) -> Image {
        let keep = match seed {
            0 => Keep::None,
            1 => Keep::All,
            _ => Keep::Some,
        };
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let survives = |rng: &mut ChaCha8Rng, if_all: bool| match keep {
            Keep::None => !if_all,
            Keep::All => if_all,
            Keep::Some => rng.random(),
        };
        let mut found = BTreeMap::new();
        // A file deleted is still there if the folder's change is lost.
        for (name, file) in &self.deleted {
            if survives(rng, false) {
                found.insert(name.clone(), file.crash(rng, keep));
            }
        }
        for (name, file) in &self.files {
            if file.named || survives(rng, true) {
                found.insert(name.clone(), file.crash(rng, keep));
            }
        }
        Image(found)
    }

    /// The files as the running machine reads them.
    pub fn cached(&self) -> Image {
        let files = self
            .files
            .iter()
            .map(|(n, f)| (n.clone(), f.cached.clone()));
        Image(files.collect())
    }
}
