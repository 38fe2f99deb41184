//! Appends: durable one by one, and in bulk.

use std::{
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

/// Batches, each committed as one.
pub(crate) async fn bulk(figures: &mut Figures, count: u64) {
    let dir = folder();
    let rows: Vec<Row> = (0..count).map(|number| sample(number).row()).collect();
    let raw = bulk_into(RawFile::create(dir.path()), &rows);
    figures.add("raw file, bulk".to_owned(), count, raw, None);
    let bare = bulk_into(BareSqlite::create(dir.path()), &rows);
    let limit = "bare SQLite, bulk";
    figures.add(limit.to_owned(), count, bare, Some("raw file, bulk"));

    drop(rows);

    let append = |sample: Sample| Append {
        expected: sample.expected(),
        stream: sample.stream,
        events: vec![sample.event],
    };
    let batches: Vec<Vec<Append>> = (0..count)
        .step_by(BATCH)
        .map(|first| {
            (first..first + BATCH as u64)
                .map(|number| append(sample(number)))
                .collect()
        })
        .collect();
    let log = open(dir.path());
    let start = Instant::now();
    for batch in batches {
        for answer in log.append_each(batch).await {
            answer.unwrap();
        }
    }
    figures.add("log, bulk".to_owned(), count, start.elapsed(), Some(limit));
}

fn bulk_into(mut sink: impl Sink, rows: &[Row]) -> std::time::Duration {
    let start = Instant::now();
    rows.chunks(BATCH).for_each(|batch| sink.commit(batch));
    start.elapsed()
}
