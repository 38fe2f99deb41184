//! The limits: one thread that commits whatever is queued, with as little as can be around it.

use std::{fs::File, io::Write as _, path::Path, thread, time::Instant};

use rusqlite::{Connection, params};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
};

use crate::rows::{Row, sample};

/// Makes a group durable.
pub(crate) trait Sink: Send + 'static {
    fn commit(&mut self, group: &[Row]);
}

/// One file to which rows are appended.
pub(crate) struct RawFile(File);

impl RawFile {
    pub(crate) fn create(dir: &Path) -> Self {
        RawFile(File::create(dir.join("raw")).unwrap())
    }
}

impl Sink for RawFile {
    fn commit(&mut self, group: &[Row]) {
        let mut bytes = Vec::new();
        for Row { sample, metadata } in group {
            bytes.extend_from_slice(sample.stream.as_str().as_bytes());
            bytes.extend_from_slice(&sample.revision.to_le_bytes());
            bytes.extend_from_slice(sample.event.id.0.as_bytes());
            bytes.extend_from_slice(sample.event.name.as_bytes());
            bytes.extend_from_slice(metadata);
            bytes.extend_from_slice(&sample.event.data);
        }
        self.0.write_all(&bytes).unwrap();
        self.0.sync_data().unwrap();
    }
}

/// The tables of the log in SQLite, and nothing asked of what they hold.
pub(crate) struct BareSqlite(Connection);

impl BareSqlite {
    pub(crate) fn create(dir: &Path) -> Self {
        let connection = Connection::open(dir.join("bare.db")).unwrap();
        connection
            .execute_batch(
                "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768;
                 CREATE TABLE streams (stream_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
                 CREATE TABLE types (type_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
                 CREATE TABLE events (position INTEGER PRIMARY KEY, stream_id INTEGER NOT NULL,
                     revision INTEGER NOT NULL, type_id INTEGER NOT NULL, event_id BLOB NOT NULL,
                     metadata BLOB NOT NULL, data BLOB NOT NULL,
                     UNIQUE (stream_id, revision), UNIQUE (event_id)) STRICT;
                 INSERT INTO types (name) VALUES ('sample.recorded');",
            )
            .unwrap();
        BareSqlite(connection)
    }
}

impl Sink for BareSqlite {
    fn commit(&mut self, group: &[Row]) {
        let transaction = self.0.transaction().unwrap();
        for Row { sample, metadata } in group {
            let find = "SELECT stream_id FROM streams WHERE name = ?1";
            let mut find = transaction.prepare_cached(find).unwrap();
            let found = find.query_row([sample.stream.as_str()], |row| row.get::<_, i64>(0));
            let stream = found.unwrap_or_else(|_| {
                let add = "INSERT INTO streams (name) VALUES (?1)";
                let mut add = transaction.prepare_cached(add).unwrap();
                add.insert([sample.stream.as_str()]).unwrap()
            });
            let add = "INSERT INTO events (stream_id, revision, type_id, event_id, metadata, data)
                       VALUES (?1, ?2, 1, ?3, ?4, ?5)";
            let mut add = transaction.prepare_cached(add).unwrap();
            add.execute(params![
                stream,
                sample.revision,
                sample.event.id.0.as_bytes(),
                metadata,
                sample.event.data
            ])
            .unwrap();
        }
        transaction.commit().unwrap();
    }
}

/// So many rows by so many callers, each of whom waits for one before the next; says how long it
/// took.
pub(crate) async fn commit(mut sink: impl Sink, callers: u64, count: u64) -> std::time::Duration {
    let (queue, mut queued) = mpsc::channel::<(Row, oneshot::Sender<()>)>(1024);
    let writer = thread::spawn(move || {
        let mut waiting = Vec::new();
        while queued.blocking_recv_many(&mut waiting, 512) > 0 {
            let (group, answers): (Vec<_>, Vec<_>) = waiting.drain(..).unzip();
            sink.commit(&group);
            answers
                .into_iter()
                .for_each(|answer| answer.send(()).unwrap());
        }
    });
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for caller in 0..callers {
        let queue = queue.clone();
        tasks.spawn(async move {
            for number in (caller..count).step_by(callers as usize) {
                let (answer, answered) = oneshot::channel();
                queue.send((sample(number).row(), answer)).await.unwrap();
                answered.await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    let took = start.elapsed();
    drop(queue);
    writer.join().unwrap();
    took
}
