//! Who holds which lock: the file's own five levels, and the eight locks of shared memory.

use std::collections::BTreeMap;

use rusqlite::ffi::{
    SQLITE_BUSY, SQLITE_LOCK_EXCLUSIVE, SQLITE_LOCK_PENDING, SQLITE_LOCK_RESERVED,
    SQLITE_LOCK_SHARED, SQLITE_SHM_EXCLUSIVE, SQLITE_SHM_LOCK,
};

/// One opening of a file.
pub(crate) type Handle = u64;

/// The locks on one database file.
#[derive(Default)]
pub(crate) struct Locks {
    levels: BTreeMap<Handle, i32>,
    /// Of each lock of shared memory, who holds it, and whether alone.
    shared_memory: [BTreeMap<Handle, bool>; 8],
}

impl Locks {
    fn others(&self, handle: Handle) -> i32 {
        let others = self.levels.iter().filter(|(who, _)| **who != handle);
        others.map(|(_, level)| *level).max().unwrap_or(0)
    }

    pub(crate) fn lock(&mut self, handle: Handle, level: i32) -> Result<(), i32> {
        let held = self.levels.get(&handle).copied().unwrap_or(0);
        if held >= level {
            return Ok(());
        }
        let others = self.others(handle);
        let (free, taken) = match level {
            SQLITE_LOCK_SHARED => (others < SQLITE_LOCK_PENDING, level),
            SQLITE_LOCK_RESERVED => (others < SQLITE_LOCK_RESERVED, level),
            // Readers that are there may end; no new one may begin.
            _ if others == SQLITE_LOCK_SHARED => {
                self.levels.insert(handle, SQLITE_LOCK_PENDING);
                return Err(SQLITE_BUSY);
            }
            _ => (others == 0, SQLITE_LOCK_EXCLUSIVE),
        };
        if !free {
            return Err(SQLITE_BUSY);
        }
        self.levels.insert(handle, taken);
        Ok(())
    }

    pub(crate) fn unlock(&mut self, handle: Handle, level: i32) {
        if level == 0 {
            self.levels.remove(&handle);
        } else if let Some(held) = self.levels.get_mut(&handle) {
            *held = level.min(*held);
        }
    }

    pub(crate) fn reserved(&self) -> bool {
        self.levels.values().any(|l| *l >= SQLITE_LOCK_RESERVED)
    }

    pub(crate) fn lock_shared_memory(
        &mut self,
        handle: Handle,
        first: usize,
        count: usize,
        flags: i32,
    ) -> Result<(), i32> {
        let alone = flags & SQLITE_SHM_EXCLUSIVE != 0;
        let Some(slots) = self.shared_memory.get_mut(first..first + count) else {
            return Err(SQLITE_BUSY);
        };
        if flags & SQLITE_SHM_LOCK == 0 {
            for slot in slots {
                slot.remove(&handle);
            }
            return Ok(());
        }
        let in_the_way = |slot: &BTreeMap<Handle, bool>| {
            let mut others = slot.iter().filter(|(who, _)| **who != handle);
            others.any(|(_, theirs)| alone || *theirs)
        };
        if slots.iter().any(in_the_way) {
            return Err(SQLITE_BUSY);
        }
        for slot in slots {
            slot.insert(handle, alone);
        }
        Ok(())
    }

    /// The handle is closed.
    pub(crate) fn release(&mut self, handle: Handle) {
        self.levels.remove(&handle);
        for slot in &mut self.shared_memory {
            slot.remove(&handle);
        }
    }
}
