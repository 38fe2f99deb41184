//! Appends: durable one by one, and in bulk.

use std::{
    ops::Range,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use event_log::{Append, EventLog};
use event_log_sqlite::SqliteLog;
use tokio::task::JoinSet;

use crate::{
    figures::Figures,
    group::{BareSqlite, RawFile, Sink, commit},
    rows::{Row, Sample, sample},
};

/// How many events one caller hands over in bulk.
const BATCH: usize = 1_000;

/// How often each of those who write in bulk has its turn.
const TURNS: u64 = 6;

pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

fn open(dir: &Path) -> Arc<dyn EventLog> {
    Arc::new(SqliteLog::open(&dir.join("events.db")).unwrap())
}

/// What bare SQLite does with so many callers.
pub(crate) fn bare(callers: u64) -> String {
    format!("bare SQLite, durable, callers: {callers}")
}

/// Each append is a request of its own and is answered when it is on the disk.
pub(crate) async fn durable(figures: &mut Figures, callers: u64, count: u64) {
    let dir = folder();
    let took = commit(RawFile::create(dir.path()), callers, count).await;
    let raw = format!("raw file, durable, callers: {callers}");
    figures.add(raw.clone(), count, took, None);
    let took = commit(BareSqlite::create(dir.path()), callers, count).await;
    figures.add(bare(callers), count, took, Some(&raw));

    let took = appends(&open(dir.path()), callers, count).await;
    let name = format!("log, durable, callers: {callers}");
    figures.add(name, count, took, Some(&bare(callers)));
}

/// Says how long so many appends by so many callers took.
pub(crate) async fn appends(log: &Arc<dyn EventLog>, callers: u64, count: u64) -> Duration {
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for caller in 0..callers {
        let log = Arc::clone(log);
        tasks.spawn(async move {
            for number in (caller..count).step_by(callers as usize) {
                let sample = sample(number);
                log.append(&sample.stream, sample.expected(), vec![sample.event])
                    .await
                    .unwrap();
            }
        });
    }
    tasks.join_all().await;
    start.elapsed()
}

/// Batches, each committed as one. Whoever writes next finds the disk at work on what was written before,
/// which makes a third of a difference: so they take turns, and each goes first as often as last.
pub(crate) async fn bulk(figures: &mut Figures, count: u64) {
    let dir = folder();
    let mut raw = Bulk::new(RawFile::create(dir.path()));
    let mut bare = Bulk::new(BareSqlite::create(dir.path()));
    let mut log = Bulk::new(open(dir.path()));
    let turns = (0..count).step_by((count / TURNS) as usize);
    for (turn, first) in turns.enumerate() {
        let numbers = first..first + count / TURNS;
        if turn % 2 == 0 {
            raw.commit(numbers.clone());
            bare.commit(numbers.clone());
            log.append(numbers).await;
        } else {
            log.append(numbers.clone()).await;
            bare.commit(numbers.clone());
            raw.commit(numbers);
        }
    }
    figures.add("raw file, bulk".to_owned(), count, raw.took, None);
    let limit = "bare SQLite, bulk";
    figures.add(limit.to_owned(), count, bare.took, Some("raw file, bulk"));
    figures.add("log, bulk".to_owned(), count, log.took, Some(limit));
}

/// What is written to in bulk, and how long it took so far.
struct Bulk<S> {
    sink: S,
    took: Duration,
}

impl<S> Bulk<S> {
    fn new(sink: S) -> Self {
        let took = Duration::ZERO;
        Bulk { sink, took }
    }
}

impl<S: Sink> Bulk<S> {
    fn commit(&mut self, numbers: Range<u64>) {
        let rows: Vec<Row> = numbers.map(|number| sample(number).row()).collect();
        let start = Instant::now();
        rows.chunks(BATCH).for_each(|batch| self.sink.commit(batch));
        self.took += start.elapsed();
    }
}

impl Bulk<Arc<dyn EventLog>> {
    async fn append(&mut self, numbers: Range<u64>) {
        let appends: Vec<Append> = numbers.map(|number| append(sample(number))).collect();
        let mut appends = appends.into_iter();
        let start = Instant::now();
        while appends.len() > 0 {
            let batch = appends.by_ref().take(BATCH).collect();
            for answer in self.sink.append_each(batch).await {
                answer.unwrap();
            }
        }
        self.took += start.elapsed();
    }
}

fn append(sample: Sample) -> Append {
    Append {
        expected: sample.expected(),
        stream: sample.stream,
        events: vec![sample.event],
    }
}
