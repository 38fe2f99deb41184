//! SQLite's file system in C, over [`crate::disk`]. Paths that are not of a faulty disk, and everything
//! that is not about files, go to the file system SQLite would have used.

use std::{
    ffi::{CStr, c_char, c_int, c_void},
    ptr,
    sync::{
        MutexGuard, Once, PoisonError,
        atomic::{AtomicPtr, Ordering, fence},
    },
};

use rusqlite::ffi::{
    SQLITE_ACCESS_EXISTS, SQLITE_ERROR, SQLITE_IOCAP_POWERSAFE_OVERWRITE, SQLITE_IOERR_NOMEM,
    SQLITE_NOTFOUND, SQLITE_OK, SQLITE_OPEN_CREATE, SQLITE_OPEN_DELETEONCLOSE,
    SQLITE_OPEN_MAIN_JOURNAL, SQLITE_OPEN_WAL, sqlite3_file, sqlite3_int64, sqlite3_io_methods,
    sqlite3_vfs, sqlite3_vfs_find, sqlite3_vfs_register,
};

use crate::disk::{self, Open, State};

/// What SQLite allocates for an open file; C looks at the first field only.
#[repr(C)]
struct File {
    base: sqlite3_file,
    open: *mut Open,
}

/// The file system that was the default before.
static SYSTEM: AtomicPtr<sqlite3_vfs> = AtomicPtr::new(ptr::null_mut());

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Makes SQLite in this process find faulty disks; once is enough.
pub(crate) fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: SQLite initialises itself in this call. The default it gives lives for ever.
        let system = unsafe { sqlite3_vfs_find(ptr::null()) };
        SYSTEM.store(system, Ordering::SeqCst);
        // SAFETY: it points to a VFS, or SQLite has none at all and no test can run.
        let mut ours = unsafe { *system };
        ours.zName = c"faulty-disk".as_ptr();
        ours.pNext = ptr::null_mut();
        let size = c_int::try_from(size_of::<File>()).unwrap_or(c_int::MAX);
        ours.szOsFile = ours.szOsFile.max(size);
        ours.xOpen = Some(open);
        ours.xDelete = Some(delete);
        ours.xAccess = Some(access);
        ours.xFullPathname = Some(full_pathname);
        // SAFETY: leaked, so it lives as long as SQLite may use it.
        unsafe { sqlite3_vfs_register(Box::into_raw(Box::new(ours)), 1) };
    });
}

fn code(result: Result<(), i32>) -> c_int {
    result.err().unwrap_or(SQLITE_OK)
}

fn index(number: impl TryInto<usize>) -> usize {
    number.try_into().unwrap_or(usize::MAX)
}

fn locked(state: &std::sync::Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a path leads to, if to a faulty disk.
///
/// # Safety
/// `name` is null or ends with a zero byte, as SQLite's names do.
unsafe fn find(name: *const c_char) -> Option<(std::sync::Arc<std::sync::Mutex<State>>, String)> {
    if name.is_null() {
        return None;
    }
    // SAFETY: as above.
    disk::find(unsafe { CStr::from_ptr(name) }.to_str().ok()?)
}

/// # Safety
/// `file` was opened by [`open`] and is not closed yet.
unsafe fn opened<'a>(file: *mut sqlite3_file) -> &'a Open {
    // SAFETY: `open` put a pointer there that `close` alone frees.
    unsafe { &*(*file.cast::<File>()).open }
}

/// Calls the default file system's method of the same kind.
macro_rules! system {
    ($method:ident ( $($argument:expr),* )) => {{
        let system = SYSTEM.load(Ordering::SeqCst);
        // SAFETY: it was found by `register`, and its arguments are what SQLite gave us for it.
        unsafe {
            match (*system).$method {
                Some(method) => method(system, $($argument),*),
                None => SQLITE_ERROR,
            }
        }
    }};
}

// SAFETY (all functions below): SQLite calls them with what its documentation says, each file's pointer
// being one it got from `open`.

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: a name of SQLite's.
    let Some((state, name_on_disk)) = (unsafe { find(name) }) else {
        return system!(xOpen(name, file, flags, out_flags));
    };
    // SAFETY: SQLite allocated `szOsFile` bytes there.
    let file = unsafe { &mut *file.cast::<File>() };
    file.base.pMethods = ptr::null();
    let opened = Open::new(
        state,
        name_on_disk,
        flags & SQLITE_OPEN_CREATE != 0,
        flags & SQLITE_OPEN_DELETEONCLOSE != 0,
        flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL) != 0,
    );
    match opened {
        Ok(opened) => {
            file.open = Box::into_raw(Box::new(opened));
            file.base.pMethods = &raw const METHODS;
            if !out_flags.is_null() {
                // SAFETY: SQLite's own variable.
                unsafe { *out_flags = flags };
            }
            SQLITE_OK
        }
        Err(code) => code,
    }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync_dir: c_int) -> c_int {
    // SAFETY: a name of SQLite's.
    match unsafe { find(name) } {
        Some((state, on_disk)) => code(locked(&state).delete(&on_disk, sync_dir != 0)),
        None => system!(xDelete(name, sync_dir)),
    }
}

unsafe extern "C" fn access(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: a name of SQLite's.
    let Some((state, on_disk)) = (unsafe { find(name) }) else {
        return system!(xAccess(name, flags, out));
    };
    let there = flags != SQLITE_ACCESS_EXISTS || locked(&state).holds(&on_disk);
    // SAFETY: SQLite's own variable.
    unsafe { *out = c_int::from(there) };
    SQLITE_OK
}

unsafe extern "C" fn full_pathname(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: a name of SQLite's.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes_with_nul();
    if !bytes.starts_with(disk::ROOT.as_bytes()) {
        return system!(xFullPathname(name, room, out));
    }
    if bytes.len() > index(room) {
        return SQLITE_ERROR;
    }
    // SAFETY: `out` has `room` bytes, which are enough.
    unsafe { ptr::copy_nonoverlapping(name, out, bytes.len()) };
    SQLITE_OK
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: `open` made the box; nobody uses the file after this.
    drop(unsafe { Box::from_raw((*file.cast::<File>()).open) });
    SQLITE_OK
}

unsafe extern "C" fn read(
    file: *mut sqlite3_file,
    into: *mut c_void,
    bytes: c_int,
    offset: sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite's buffer has so many bytes.
    let into = unsafe { std::slice::from_raw_parts_mut(into.cast::<u8>(), index(bytes)) };
    // SAFETY: an open file.
    code(unsafe { opened(file) }.read(index(offset), into))
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    bytes: c_int,
    offset: sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite's buffer has so many bytes.
    let from = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), index(bytes)) };
    // SAFETY: an open file.
    code(unsafe { opened(file) }.write(index(offset), from))
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: an open file.
    unsafe { opened(file) }.truncate(index(size));
    SQLITE_OK
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: an open file.
    code(unsafe { opened(file) }.sync())
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, out: *mut sqlite3_int64) -> c_int {
    // SAFETY: an open file, and SQLite's own variable.
    unsafe { *out = i64::try_from(opened(file).size()).unwrap_or(i64::MAX) };
    SQLITE_OK
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open file.
    code(unsafe { opened(file) }.locks(|locks, handle| locks.lock(handle, level)))
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, level: c_int) -> c_int {
    // SAFETY: an open file.
    unsafe { opened(file) }.locks(|locks, handle| locks.unlock(handle, level));
    SQLITE_OK
}

unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: an open file, and SQLite's own variable.
    unsafe { *out = c_int::from(opened(file).locks(|locks, _| locks.reserved())) };
    SQLITE_OK
}

unsafe extern "C" fn file_control(_: *mut sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut sqlite3_file) -> c_int {
    4096
}

/// As SQLite's own file system on Linux says.
unsafe extern "C" fn device_characteristics(_: *mut sqlite3_file) -> c_int {
    SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn shm_map(
    file: *mut sqlite3_file,
    region: c_int,
    bytes: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: an open file.
    let mapped = unsafe { opened(file) }.map(index(region), index(bytes), extend != 0);
    // SAFETY: SQLite's own variable.
    unsafe { *out = mapped.map_or(ptr::null_mut(), <*mut u64>::cast) };
    if mapped.is_none() && extend != 0 {
        return SQLITE_IOERR_NOMEM;
    }
    SQLITE_OK
}

unsafe extern "C" fn shm_lock(
    file: *mut sqlite3_file,
    first: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: an open file.
    code(
        unsafe { opened(file) }.locks(|locks, handle| {
            locks.lock_shared_memory(handle, index(first), index(count), flags)
        }),
    )
}

unsafe extern "C" fn shm_barrier(_: *mut sqlite3_file) {
    fence(Ordering::SeqCst);
}

unsafe extern "C" fn shm_unmap(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: an open file.
    unsafe { opened(file) }.unmap();
    SQLITE_OK
}
