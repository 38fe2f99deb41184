//! A bureau read again from the start: its rows, its events, its care histories, its views; and one
//! stream of it.

use std::{
    collections::HashMap,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::AnyEvent;
use event_log::{Direction, EventLog, Recorded, StreamName, WholeLog};
use event_log_sqlite::SqliteLog;
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;
use views::Views;

use crate::{appending::folder, figures::Figures};

/// How many streams are read.
const STREAMS: usize = 5_000;

/// Each is done twice, and the second time counts: the file is warm.
pub(crate) async fn run(figures: &mut Figures, dir: &Path) {
    let file = dir.join("events.db");
    raw(&file);
    let (count, took) = raw(&file);
    let rows = "replay, rows";
    figures.add(rows.to_owned(), count, took, None);

    let log: Arc<dyn EventLog> = Arc::new(SqliteLog::open(&file).unwrap());
    pages(&log, |_| ());
    let (count, took) = pages(&log, |_| ());
    figures.add("replay, envelopes".to_owned(), count, took, Some(rows));
    let (count, took) = pages(&log, |page| {
        page.iter().for_each(|event| drop(decode(event)));
    });
    figures.add("replay, events".to_owned(), count, took, Some(rows));
    let mut histories: HashMap<Uuid, Vec<(Recorded, AnyEvent)>> = HashMap::new();
    let (count, took) = pages(&log, |page| {
        for event in page {
            let what = decode(&event);
            for subject in &event.metadata.subjects {
                let history = histories.entry(*subject).or_default();
                history.push((event.clone(), what.clone()));
            }
        }
    });
    drop(histories);
    let name = "replay, care histories in memory";
    figures.add(name.to_owned(), count, took, Some(rows));

    let views = folder();
    let start = Instant::now();
    Views::open(views.path().join("views.db"))
        .unwrap()
        .rebuild(log.as_ref(), |_| ())
        .await
        .unwrap();
    let name = "views rebuilt".to_owned();
    figures.add(name, count, start.elapsed(), Some(rows));

    let mut streams: HashMap<StreamName, u64> = HashMap::new();
    pages(&log, |page| {
        for event in page {
            *streams.entry(event.stream).or_default() += 1;
        }
    });
    let streams: Vec<_> = streams.into_keys().take(STREAMS).collect();
    let start = Instant::now();
    for stream in &streams {
        let read = log.read_stream(stream, None, Direction::Forwards, 500);
        assert!(!read.await.unwrap().is_empty());
    }
    let count = streams.len() as u64;
    figures.add(
        "streams read, one by one".to_owned(),
        count,
        start.elapsed(),
        None,
    );
}

/// Every column of every row, as SQLite hands it out.
fn raw(file: &Path) -> (u64, Duration) {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = Connection::open_with_flags(file, flags).unwrap();
    let start = Instant::now();
    let sql = "SELECT position, stream_id, revision, type_id, event_id, metadata, data
               FROM events ORDER BY position";
    let mut statement = connection.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    let (mut count, mut bytes) = (0, 0);
    while let Some(row) = rows.next().unwrap() {
        count += 1;
        for column in 4..7 {
            bytes += row.get_ref(column).unwrap().as_bytes().unwrap().len();
        }
    }
    assert!(bytes > 0);
    (count, start.elapsed())
}

/// The whole log, read on the thread that works on it.
fn pages(log: &Arc<dyn EventLog>, mut each: impl FnMut(Vec<Recorded>)) -> (u64, Duration) {
    let start = Instant::now();
    let (mut whole, mut count) = (WholeLog::of(log).unwrap(), 0);
    loop {
        let page = whole.page().unwrap();
        if page.is_empty() {
            return (count, start.elapsed());
        }
        count += page.len() as u64;
        each(page);
    }
}

fn decode(event: &Recorded) -> AnyEvent {
    AnyEvent::decode(&event.name, event.metadata.version, &event.data).unwrap()
}
