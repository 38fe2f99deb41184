//! The write-ahead log that a process left, before SQLite takes it up.
//!
//! SQLite takes its frames as far as their checksums hold and forgets the rest: after a loss of power the
//! rest is what was never flushed. But a frame that has rotted looks just the same, and everything
//! behind it would be forgotten, though it was acknowledged. It is told apart by what follows: a commit
//! is flushed before the next one is written, so behind what was never flushed there is one commit at
//! most. Where there are two, something was lost that had been there.
//!
//! What is good is then written once more and flushed, before anyone reads it: after a flush that failed
//! the system may hold in its cache, as if it were on the disk, what the disk never took.
//!
//! The format: <https://sqlite.org/fileformat2.html#walformat>.

use std::{
    ffi::OsString,
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use event_log::{LogError, StorageFault};

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The lowest bit tells in which order the checksums take the bytes.
const MAGIC: u32 = 0x377F_0682;
/// The size of a page of every event log.
const PAGE: usize = 8192;

/// How a log's files are reached beside SQLite; the tests have a disk of their own.
pub(crate) trait Files {
    /// The whole file; nothing if there is none.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Writes these bytes over the file, ends it behind them and flushes it.
    fn rewrite(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
}

/// The file system.
pub(crate) struct FileSystem;

impl Files for FileSystem {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            read => read,
        }
    }

    fn rewrite(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).open(path)?;
        file.write_all(bytes)?;
        file.set_len(bytes.len() as u64)?;
        file.sync_all()
    }
}

/// Makes sure of the write-ahead log beside the file at `path`. Nobody may write to it meanwhile.
pub(crate) fn renew(files: &impl Files, path: &Path) -> Result<(), LogError> {
    let mut beside = OsString::from(path);
    beside.push("-wal");
    let beside = PathBuf::from(beside);
    let failed = |error: io::Error| LogError::Storage {
        fault: StorageFault::DiskFailed,
        detail: error.to_string(),
        unknown: false,
    };
    let wal = files.read(&beside).map_err(failed)?;
    match good(&wal) {
        Ok([]) => Ok(()),
        Ok(good) => files.rewrite(&beside, good).map_err(failed),
        Err(Lost) => Err(LogError::Corrupt(
            "a part of the write-ahead log that was acknowledged cannot be read".to_owned(),
        )),
    }
}

/// Something is gone that was acknowledged.
#[derive(Debug, PartialEq, Eq)]
struct Lost;

/// What SQLite will take up, to the end of its last commit.
fn good(wal: &[u8]) -> Result<&[u8], Lost> {
    let Some((header, frames)) = wal.split_at_checked(HEADER) else {
        return Ok(&[]);
    };
    let sums = Sums {
        big_endian: word(header, 0) == MAGIC | 1,
    };
    let whole =
        word(header, 0) & !1 == MAGIC && sums.add((0, 0), &header[..24]) == pair(header, 24);
    let frames = frames.chunks_exact(FRAME_HEADER + PAGE);
    // The header is flushed before the first frame is written: where it is damaged, no commit is new.
    let (salt, at_most) = match frames.clone().next() {
        _ if whole => (pair(header, 16), 1),
        Some(first) => (pair(first, 8), 0),
        None => return Ok(&[]),
    };
    let (mut intact, mut end, mut behind) = (whole, 0, 0);
    // What the checksum of the frame before was, as it is stored and as it must be: either may be damaged.
    let mut before = [pair(header, 24); 2];
    for (number, frame) in frames.enumerate() {
        let stored = pair(frame, 16);
        let sum = |before| sums.add(sums.add(before, &frame[..8]), &frame[FRAME_HEADER..]);
        let ours = pair(frame, 8) == salt;
        let linked = ours && before.iter().any(|before| sum(*before) == stored);
        before = [
            stored,
            if ours && !linked {
                sum(before[0])
            } else {
                stored
            },
        ];
        intact &= linked;
        let commits = linked && word(frame, 4) != 0;
        if commits && intact {
            end = HEADER + (number + 1) * (FRAME_HEADER + PAGE);
        } else if commits {
            behind += 1;
        }
    }
    if behind > at_most {
        return Err(Lost);
    }
    Ok(&wal[..end])
}

fn word(bytes: &[u8], at: usize) -> u32 {
    <[u8; 4]>::try_from(&bytes[at..at + 4]).map_or(0, u32::from_be_bytes)
}

fn pair(bytes: &[u8], at: usize) -> (u32, u32) {
    (word(bytes, at), word(bytes, at + 4))
}

struct Sums {
    big_endian: bool,
}

impl Sums {
    fn add(&self, (mut a, mut b): (u32, u32), bytes: &[u8]) -> (u32, u32) {
        let read = |four: &[u8]| {
            let word = word(four, 0);
            if self.big_endian {
                word
            } else {
                word.swap_bytes()
            }
        };
        for eight in bytes.chunks_exact(8) {
            a = a.wrapping_add(read(&eight[..4])).wrapping_add(b);
            b = b.wrapping_add(read(&eight[4..])).wrapping_add(a);
        }
        (a, b)
    }
}
