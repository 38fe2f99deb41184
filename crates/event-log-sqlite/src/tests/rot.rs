//! A byte changes by itself. Either that is found, or everything reads as it was written.
//!
//! `SANGYU_FLIPS=every` changes a bit of every byte of the file; otherwise of those where a page begins, of
//! those that hold a row id, and of one in so many of the others.

use std::thread;

use event_log::contract::event;
use faulty_disk::{Disk, Image};

use super::{
    crash::{everything, open},
    *,
};
use crate::{check, reader};

const PAGE: usize = 8192;
const FRAME: usize = PAGE + 24;

/// Where every byte counts, at the beginning of a page.
const DENSE: usize = 64;

/// Where it is much of the same, one of so many.
const SPARSE: usize = 61;

fn every() -> bool {
    std::env::var("SANGYU_FLIPS").is_ok_and(|flips| flips == "every")
}

/// A small log with all there is in one: several streams and types, an event over several pages.
async fn write(log: &SqliteLog) {
    put(log, "a", [1, 2, 3]).await;
    put(log, "人", [4]).await;
    let large = NewEvent {
        data: format!(r#""{}""#, "桑榆".repeat(3_000)).into_bytes(),
        ..event(5)
    };
    let other = NewEvent {
        name: "sample.withdrawn".into(),
        ..event(6)
    };
    for (id, event) in [("a", large), ("b", other)] {
        let stream = stream(id).unwrap();
        log.append(&stream, Expected::Any, vec![event])
            .await
            .unwrap();
    }
    put(log, "a", [7, 8]).await;
    put(log, "b", [9]).await;
}

fn word(file: &[u8], at: usize) -> usize {
    usize::from(u16::from_be_bytes([file[at], file[at + 1]]))
}

/// Where it stands which rows a page has and where, of each page of a table behind the first one. The format:
/// <https://sqlite.org/fileformat2.html#b_tree_pages>.
fn cells(file: &[u8]) -> Vec<(usize, Vec<usize>)> {
    const TABLE_LEAF: u8 = 13;
    let pages = (PAGE..file.len()).step_by(PAGE);
    let leaves = pages.filter(|page| file[*page] == TABLE_LEAF);
    leaves
        .map(|page| {
            let cells = (0..word(file, page + 3)).map(|cell| page + 8 + 2 * cell);
            (page, cells.collect())
        })
        .collect()
}

/// Where the row ids of the tables stand. Changed, they lead a reader back to where it was.
fn row_ids(file: &[u8]) -> Vec<usize> {
    let cells = cells(file).into_iter();
    let rows =
        cells.flat_map(|(page, cells)| cells.into_iter().map(move |at| page + word(file, at)));
    // The length of the row comes first; its last byte is the first one without the highest bit.
    rows.map(|row| (row..).find(|at| file[*at] < 0x80).unwrap() + 1)
        .collect()
}

/// Everything there is to read, in every way there is to read it.
fn read(disk: &Disk) -> Result<Vec<Vec<Recorded>>, LogError> {
    let connection = schema::open_reader(&disk.path("events.db"))
        .map_err(|error| crate::error::describe(&error, false))?;
    let mut all = vec![
        reader::read_all(&connection, None, usize::MAX)?,
        reader::newest(&connection)?.into_iter().collect(),
    ];
    for id in ["a", "人", "b"] {
        for direction in [Direction::Forwards, Direction::Backwards] {
            let stream = stream(id).unwrap();
            all.push(reader::read_stream(
                &connection,
                &stream,
                None,
                direction,
                usize::MAX,
            )?);
        }
    }
    Ok(all)
}

/// Changes these bits of this byte of a file.
fn flipped(image: &Image, name: &str, at: usize, bits: u8) -> Disk {
    let mut image = image.clone();
    image.0.get_mut(name).unwrap()[at] ^= bits;
    Disk::new(image)
}

/// Does the work for each byte, on two threads.
fn for_each<T: Send>(bytes: &[usize], work: impl Fn(usize, u8) -> T + Sync) -> Vec<T> {
    let (work, half) = (&work, bytes.len().div_ceil(2).max(1));
    thread::scope(|scope| {
        let share = |share: &[usize]| -> Vec<T> {
            share.iter().map(|at| work(*at, 1 << (at % 8))).collect()
        };
        let shares: Vec<_> = bytes
            .chunks(half)
            .map(|s| scope.spawn(move || share(s)))
            .collect();
        shares.into_iter().flat_map(|s| s.join().unwrap()).collect()
    })
}

#[tokio::test]
async fn a_flipped_byte_is_found_or_changes_nothing_that_is_read() {
    let disk = Disk::new(Image::default());
    write(&open(&disk, 1000).unwrap()).await;
    let image = disk.image();
    let wanted = read(&disk).unwrap();
    assert_eq!((image.0.len(), wanted[0].len()), (1, 9));
    let row_ids = row_ids(&image.0["events.db"]);
    assert!(row_ids.len() > 9);
    let chosen =
        |at: &usize| at % PAGE < DENSE || at.is_multiple_of(SPARSE) || row_ids.contains(at);
    let bytes: Vec<usize> = (0..image.0["events.db"].len())
        .filter(|at| every() || chosen(at))
        .collect();
    let found = for_each(&bytes, |at, bits| {
        let disk = flipped(&image, "events.db", at, bits);
        let checked = check::file(&disk.path("events.db"));
        let read = read(&disk);
        // Whatever is found or not, no event is given back as anything but what it was.
        for event in read.iter().flatten().flatten() {
            assert!(wanted[0].contains(event), "byte {at}, bits {bits:#x}");
        }
        let found = !checked.is_ok_and(|checked| checked.faults.is_empty());
        assert!(
            found || read.unwrap() == wanted,
            "byte {at}, bits {bits:#x}"
        );
        found
    });
    let harmful = found.iter().filter(|found| **found).count();
    println!(
        "{} flips, {harmful} found, the rest changed nothing",
        found.len()
    );
    assert!(harmful > 500, "{harmful}");
}

#[tokio::test]
async fn whoever_reads_rows_out_of_order_comes_to_an_end() {
    let disk = Disk::new(Image::default());
    write(&open(&disk, 1000).unwrap()).await;
    let image = disk.image();
    // Each row is what was written, and only the order is not.
    for (_, cells) in cells(&image.0["events.db"]) {
        let mut other = image.clone();
        let file = other.0.get_mut("events.db").unwrap();
        let Some(last) = cells.last().filter(|_| cells.len() > 1) else {
            continue;
        };
        file.swap(cells[0], *last);
        file.swap(cells[0] + 1, last + 1);
        let disk = Disk::new(other);
        let checked = check::file(&disk.path("events.db")).unwrap();
        assert!(!checked.faults.is_empty());
        let connection = schema::open_reader(&disk.path("events.db")).unwrap();
        let (mut after, mut pages) = (None, 0);
        while let Ok(page) = reader::read_all(&connection, after, 2)
            && let Some(last) = page.last()
        {
            after = Some(last.position);
            pages += 1;
            assert!(pages < 9);
        }
    }
}

#[tokio::test]
async fn a_flipped_byte_of_the_write_ahead_log_takes_nothing_but_its_last_commit() {
    // Killed before anything was folded into the file.
    let disk = Disk::new(Image::default());
    drop(open(&disk, 1000).unwrap());
    let log = open(&disk, 1000).unwrap();
    write(&log).await;
    let image = disk.image();
    let wanted = {
        let log = open(&Disk::new(image.clone()), 1000).unwrap();
        everything(&log).await.unwrap()
    };
    assert_eq!(wanted.len(), 9);
    let wal = &image.0["events.db-wal"];
    let commits: Vec<usize> = (32..wal.len())
        .step_by(FRAME)
        .filter(|at| wal[at + 4..at + 8] != [0; 4])
        .collect();
    assert_eq!(commits.len(), 6);
    // A loss of power leaves no more than that behind in the midst of a commit.
    let tail = commits[commits.len() - 2];
    let bytes: Vec<usize> = (0..wal.len())
        .filter(|at| match at.checked_sub(32) {
            None => true,
            Some(at) => at % FRAME < 24 || at % 1021 == 0,
        })
        .collect();
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
    };
    let found = for_each(&bytes, |at, bits| {
        let disk = flipped(&image, "events.db-wal", at, bits);
        let Ok(log) = open(&disk, 1000) else {
            assert_eq!(disk.read("events.db-wal").map(|w| w.len()), Some(wal.len()));
            return true;
        };
        let read = runtime().block_on(everything(&log)).unwrap();
        assert!(wanted.starts_with(&read), "byte {at}, bits {bits:#x}");
        assert!(
            read.len() == wanted.len() || at >= tail,
            "byte {at}, bits {bits:#x}"
        );
        false
    });
    let refused = found.iter().filter(|found| **found).count();
    println!("{} flips, {refused} found", found.len());
    assert!(refused > 200, "{refused}");
}
