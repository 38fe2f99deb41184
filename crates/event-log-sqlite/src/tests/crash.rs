//! The power fails at every call that changes the disk, in many small lives of a log, and again while
//! the log recovers. What was acknowledged is there, at its place and unchanged; what was not is there
//! whole or not at all; what a reader saw does not go away.
//!
//! `SANGYU_CRASHES=every` tries every call of every life; otherwise so many of each as are named.

use std::{collections::HashMap, io, path::Path, thread};

use event_log::{EventId, contract::event};
use faulty_disk::{Disk, Image, Platter, Step};
use futures::future::join_all;
use rand::{Rng, RngExt};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};

use super::*;

const FILE: &str = "events.db";
const LIVES: u64 = 60;

/// How many crashes of each life are tried unless all are.
const CRASHES: usize = 10;

/// How many crashes inside each recovery.
const CRASHES_IN_RECOVERY: usize = 1;

/// Marks above this say up to which position a reader has seen the log; others which append was
/// acknowledged.
pub(super) const SEEN: u64 = 1 << 32;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Ok(self.read(name(path)).unwrap_or_default())
    }

    fn rewrite(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.rewrite(name(path), bytes)
    }
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap()
}

pub(super) fn open(disk: &Disk, checkpoint_after: u32) -> Result<SqliteLog, LogError> {
    SqliteLog::open_on(disk, &disk.path(FILE), checkpoint_after)
}

/// An append that was tried, and its answer if there was one.
#[derive(Debug, Clone)]
pub(super) struct Tried {
    pub(super) stream: StreamName,
    pub(super) events: Vec<NewEvent>,
    pub(super) answer: Option<Appended>,
}

/// What a log did, call by call, and what it was asked to do.
struct Life {
    steps: Vec<Step>,
    tried: Vec<Tried>,
}

fn sized(number: u128, bytes: usize) -> NewEvent {
    NewEvent {
        data: format!(
            r#"{{"number":{number},"note":"{}"}}"#,
            "桑".repeat(bytes / 3)
        )
        .into_bytes(),
        ..event(number)
    }
}

/// Of one event or several, small or larger than a page, to one of a few streams.
fn append(rng: &mut impl Rng, number: &mut u128) -> Tried {
    let events = match rng.random_range(0..4) {
        0 => rng.random_range(2..8),
        _ => 1,
    };
    let bytes = match rng.random_range(0..12) {
        0 => 40_000,
        1 | 2 => 6_000,
        _ => 100,
    };
    let mut next = || {
        *number += 1;
        sized(*number, bytes)
    };
    Tried {
        events: (0..events).map(|_| next()).collect(),
        stream: stream(&rng.random_range(0..5).to_string()).unwrap(),
        answer: None,
    }
}

/// A life from its seed: appends one by one and many together, openings in between, and a
/// write-ahead log that is folded in after a few pages or many.
async fn live(seed: u64) -> Life {
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    let disk = Disk::new(Image::default());
    let (mut tried, mut number) = (Vec::<Tried>::new(), 0);
    for _ in 0..rng.random_range(1..=3) {
        let checkpoint_after = [4, 12, 40, 1000][rng.random_range(0..4)];
        let log = open(&disk, checkpoint_after).unwrap();
        for _ in 0..rng.random_range(1..=6) {
            let together = [1, 1, 1, 5][rng.random_range(0..4)];
            let first = tried.len();
            tried.extend((0..together).map(|_| append(rng, &mut number)));
            join_all(
                tried[first..]
                    .iter_mut()
                    .enumerate()
                    .map(async |(at, tried)| {
                        let events = tried.events.clone();
                        let answer = log.append(&tried.stream, Expected::Any, events).await;
                        tried.answer = Some(answer.unwrap());
                        disk.mark((first + at) as u64);
                    }),
            )
            .await;
            let seen = log.newest().await.unwrap().unwrap();
            disk.mark(SEEN + seen.position.to_stored());
        }
    }
    let steps = disk.steps();
    Life { steps, tried }
}

/// What may not be lost at some moment.
#[derive(Clone, Default)]
pub(super) struct Known {
    acknowledged: Vec<usize>,
    seen: u64,
}

impl Known {
    pub(super) fn mark(&mut self, mark: u64) {
        match mark.checked_sub(SEEN) {
            Some(seen) => self.seen = self.seen.max(seen),
            None => self.acknowledged.push(usize::try_from(mark).unwrap()),
        }
    }
}

/// Everything the log holds, read as its users do.
pub(super) async fn everything(log: &SqliteLog) -> Result<Vec<Recorded>, LogError> {
    log.read_all(None, usize::MAX).await
}

/// Opens what a crash left, and says what the log did against its word.
pub(super) async fn recover(disk: &Disk, tried: &[Tried], known: &Known) -> Result<(), String> {
    let log = open(disk, 12).map_err(|error| format!("not opened: {error}"))?;
    let found = everything(&log)
        .await
        .map_err(|error| format!("not read: {error}"))?;
    let mut left: HashMap<EventId, &Recorded> = found.iter().map(|e| (e.id, e)).collect();
    for (number, tried) in tried.iter().enumerate() {
        let held: Vec<_> = tried
            .events
            .iter()
            .filter_map(|e| left.remove(&e.id))
            .collect();
        if held.is_empty() {
            if known.acknowledged.contains(&number) {
                return Err(format!("append {number} was acknowledged and is lost"));
            }
            continue;
        }
        let same = |(held, event): (&&Recorded, &NewEvent)| {
            held.stream == tried.stream && as_appended((*held).clone()).1 == *event
        };
        let dense = held.windows(2).all(|two| {
            two[1].position.to_stored() == two[0].position.to_stored() + 1
                && two[1].revision == two[0].revision.next()
        });
        if held.len() != tried.events.len() || !dense || !held.iter().zip(&tried.events).all(same) {
            return Err(format!("append {number} is not whole"));
        }
        let last = held[held.len() - 1];
        let at = Appended {
            revision: last.revision,
            position: last.position,
        };
        if known.acknowledged.contains(&number) && tried.answer != Some(at) {
            return Err(format!("append {number} moved to {at:?}"));
        }
    }
    if let Some(stranger) = left.into_values().next() {
        return Err(format!(
            "an event at {} was never appended",
            stranger.position
        ));
    }
    let head = found.last().map_or(0, |e| e.position.to_stored());
    if head < known.seen || log.head().await.unwrap().map_or(0, Position::to_stored) != head {
        return Err(format!(
            "a reader saw {}, now the log ends at {head}",
            known.seen
        ));
    }
    log.append(
        &stream("after").unwrap(),
        Expected::Any,
        vec![event(1 << 64)],
    )
    .await
    .map_err(|error| format!("takes nothing more: {error}"))?;
    drop(log);
    let checked = SqliteLog::check(&disk.path(FILE)).map_err(|error| error.to_string())?;
    match checked.faults.as_slice() {
        [] => Ok(()),
        faults => Err(faults.join("; ")),
    }
}

/// The calls at which a life is cut, spread over all of it.
fn crashes(steps: &[Step], at_most: Option<usize>) -> Vec<usize> {
    let calls: Vec<usize> = (0..=steps.len())
        .filter(|at| *at == 0 || !matches!(steps[at - 1], Step::Mark(_)))
        .collect();
    let every = at_most.map_or(1, |most| calls.len().div_ceil(most));
    calls.into_iter().rev().step_by(every).collect()
}

/// Cuts one life short, again and again. Returns how many crashes that were.
async fn crash(seed: u64, at_most: Option<usize>) -> Result<(usize, usize), String> {
    let mut life = live(seed).await;
    life.tried.push(Tried {
        stream: stream("after").unwrap(),
        events: vec![event(1 << 64)],
        answer: None,
    });
    let points = crashes(&life.steps, at_most);
    let (mut platter, mut known) = (Platter::default(), Known::default());
    let (mut tried, mut inside) = (0, 0);
    for (done, step) in life.steps.iter().map(Some).chain([None]).enumerate() {
        if points.contains(&done) {
            for dice in dice(seed, done, at_most.is_none()) {
                let context =
                    |at: &str, fault| format!("life {seed}, call {done}{at}, dice {dice}: {fault}");
                let image = platter.crash(dice);
                let disk = Disk::new(image.clone());
                let recovered = recover(&disk, &life.tried, &known).await;
                recovered.map_err(|fault| context("", fault))?;
                tried += 1;
                inside += crash_inside(&image, &disk.steps(), &life.tried, &known, dice)
                    .await
                    .map_err(|fault| context(" and again", fault))?;
            }
        }
        match step {
            Some(Step::Mark(mark)) => known.mark(*mark),
            Some(step) => platter.follow(step),
            None => {}
        }
    }
    Ok((tried, inside))
}

/// Everything lost, everything kept, and a throw of the dice; or one of them.
fn dice(seed: u64, call: usize, all: bool) -> Vec<u64> {
    let thrown = 2 + seed * 1_000_000 + call as u64;
    match all {
        true => vec![0, 1, thrown, thrown + 500_000],
        false => vec![[0, 1, thrown, thrown][call % 4]],
    }
}

/// Crashes again while what a crash left is recovered.
async fn crash_inside(
    image: &Image,
    steps: &[Step],
    tried: &[Tried],
    known: &Known,
    dice: u64,
) -> Result<usize, String> {
    let rng = &mut ChaCha8Rng::seed_from_u64(dice);
    for _ in 0..CRASHES_IN_RECOVERY {
        let mut platter = Platter::new(image);
        let until = rng.random_range(0..=steps.len());
        steps[..until].iter().for_each(|step| platter.follow(step));
        let disk = Disk::new(platter.crash(rng.random()));
        recover(&disk, tried, known)
            .await
            .map_err(|fault| format!("at call {until} of the recovery: {fault}"))?;
    }
    Ok(CRASHES_IN_RECOVERY)
}

#[test]
fn no_crash_loses_what_was_acknowledged_or_halves_what_was_not() {
    let asked = std::env::var("SANGYU_CRASHES").ok();
    let at_most = match asked.as_deref() {
        Some("every") => None,
        Some(number) => Some(number.parse().unwrap()),
        None => Some(CRASHES),
    };
    let share = |first: u64| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let (mut tried, mut inside) = (0, 0);
        for seed in (first..LIVES).step_by(2) {
            let counts = runtime.block_on(crash(seed, at_most)).unwrap();
            tried += counts.0;
            inside += counts.1;
        }
        (tried, inside)
    };
    let counts = thread::scope(|scope| {
        let shares = [0, 1].map(|first| scope.spawn(move || share(first)));
        shares.map(|share| share.join().unwrap())
    });
    let (tried, inside) = (counts[0].0 + counts[1].0, counts[0].1 + counts[1].1);
    println!("{LIVES} lives, {tried} crashes, {inside} more while recovering");
    assert!(tried as u64 >= 5 * LIVES);
}
