use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use event_log::{
    StorageFault,
    contract::{self, event, metadata, stream},
};
use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::schema::{APPLICATION_ID, FORMAT};

mod crash;
mod damage;
mod disk;
mod rot;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.db");
    (folder, path)
}

async fn put(log: &SqliteLog, id: &str, numbers: impl IntoIterator<Item = u128>) -> Appended {
    let events = numbers.into_iter().map(event).collect();
    log.append(&stream(id).unwrap(), Expected::Any, events)
        .await
        .unwrap()
}

async fn numbers(log: &SqliteLog) -> Vec<u128> {
    let all = log.read_all(None, 1000).await.unwrap();
    all.iter().map(|e| e.id.0.as_u128()).collect()
}

fn fault(error: &LogError) -> Option<StorageFault> {
    match error {
        LogError::Storage { fault, .. } => Some(*fault),
        _ => None,
    }
}

fn refusal(path: &Path) -> LogError {
    match SqliteLog::open(path) {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_in_sqlite_meets_the_contract() {
    for case in contract::cases() {
        let (_folder, path) = folder();
        let log = Arc::new(SqliteLog::open(&path).unwrap());
        if let Err(failure) = case.check(log).await {
            panic!("{}: {failure}", case.name);
        }
    }
}

#[tokio::test]
async fn a_log_opened_again_holds_everything_and_goes_on_behind_it() {
    let (_folder, path) = folder();
    let log = SqliteLog::open(&path).unwrap();
    put(&log, "a", [1, 2]).await;
    let last = put(&log, "b", [3]).await;
    let before = log.read_all(None, 10).await.unwrap();
    drop(log);

    let log = SqliteLog::open(&path).unwrap();
    assert_eq!(log.read_all(None, 10).await.unwrap(), before);
    assert_eq!(log.head().await.unwrap(), Some(last.position));
    assert_eq!(put(&log, "b", [3]).await, last, "a repeated append");
    let next = put(&log, "a", [4]).await;
    assert_eq!(next.revision, Revision(2));
    assert!(next.position > last.position);
}

#[tokio::test]
async fn what_was_answered_is_in_the_files() {
    let (folder, path) = folder();
    let log = SqliteLog::open(&path).unwrap();
    for number in 1..=50 {
        put(&log, "a", [number]).await;
    }
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).unwrap();
    fs::copy(path.with_extension("db-wal"), copy.with_extension("db-wal")).unwrap();
    let found = numbers(&SqliteLog::open(&copy).unwrap()).await;
    assert_eq!(found, (1..=50).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_closed_log_is_one_file_with_everything_that_was_queued() {
    let (folder, path) = folder();
    let log = SqliteLog::open(&path).unwrap();
    for number in 1..=100 {
        // The caller leaves once its append is queued.
        let a = stream("a").unwrap();
        let append = log.append(&a, Expected::Any, vec![event(number)]);
        tokio::select! {
            biased;
            answered = append => drop(answered.unwrap()),
            () = std::future::ready(()) => {}
        }
    }
    drop(log);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let found = numbers(&SqliteLog::open(&path).unwrap()).await;
    assert_eq!(found, (1..=100).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_file_of_a_newer_program_is_refused_and_left_as_it_is() {
    let (_folder, path) = folder();
    drop(SqliteLog::open(&path).unwrap());
    let connection = Connection::open(&path).unwrap();
    connection
        .pragma_update(None, "user_version", FORMAT + 1)
        .unwrap();
    drop(connection);
    let before = fs::read(&path).unwrap();
    assert_eq!(
        refusal(&path).to_string(),
        "the event log was written by a newer program: update this one \
         (it has format 3, this program knows up to 2)"
    );
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_file_that_is_no_event_log_is_refused_and_left_as_it_is() {
    let (folder, _) = folder();
    let other_database = folder.path().join("other.db");
    Connection::open(&other_database)
        .unwrap()
        .execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1);")
        .unwrap();
    let text = folder.path().join("letter.txt");
    fs::write(&text, "Dear comrade, ".repeat(100)).unwrap();
    for path in [other_database, text] {
        let before = fs::read(&path).unwrap();
        assert_eq!(fault(&refusal(&path)), Some(StorageFault::NotALog));
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[tokio::test]
async fn a_log_in_a_folder_that_is_not_there_is_unavailable() {
    let (folder, _) = folder();
    let error = refusal(&folder.path().join("nowhere").join("events.db"));
    assert_eq!(fault(&error), Some(StorageFault::CannotOpen), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_logs_on_one_file_do_not_harm_each_other() {
    let (_folder, path) = folder();
    let logs = [(); 2].map(|()| Arc::new(SqliteLog::open(&path).unwrap()));
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..20_u128 {
        let log = Arc::clone(&logs[usize::try_from(writer % 2).unwrap()]);
        writers.spawn(async move {
            for turn in 0..10 {
                put(&log, "shared", [writer * 10 + turn]).await;
                put(&log, &writer.to_string(), [1000 + writer * 10 + turn]).await;
            }
        });
    }
    writers.join_all().await;
    let mut found = numbers(&logs[0]).await;
    found.sort_unstable();
    let wanted: Vec<u128> = (0..200).chain(1000..1200).collect();
    assert_eq!(found, wanted);
    let shared = stream("shared").unwrap();
    let stored = logs[1]
        .read_stream(&shared, None, Direction::Forwards, 1000)
        .await
        .unwrap();
    assert!((0..200).eq(stored.iter().map(|e| e.revision.0)));
}

#[tokio::test]
async fn a_file_that_another_process_writes_to_is_locked() {
    let (_folder, path) = folder();
    drop(SqliteLog::open(&path).unwrap());
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(fault(&refusal(&path)), Some(StorageFault::Locked));
    other.execute_batch("ROLLBACK").unwrap();
    SqliteLog::open(&path).unwrap();
}

#[tokio::test]
async fn who_finds_the_queue_full_waits_for_a_place() {
    let (_folder, path) = folder();
    let log = Arc::new(SqliteLog::open(&path).unwrap());
    // The writer waits for this.
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut callers = tokio::task::JoinSet::new();
    for number in 0..3_000 {
        let log = Arc::clone(&log);
        callers.spawn(async move { put(&log, &number.to_string(), [number]).await });
    }
    while log.writer.places() > 0 {
        tokio::task::yield_now().await;
    }
    other.execute_batch("ROLLBACK").unwrap();
    let mut positions: Vec<_> = callers
        .join_all()
        .await
        .iter()
        .map(|a| a.position)
        .collect();
    positions.sort_unstable();
    assert!((1..=3_000).map(Position::from_stored).eq(positions));
}

#[tokio::test]
async fn a_full_disk_is_named_and_the_log_goes_on_when_there_is_room() {
    let (_folder, path) = folder();
    let connection = schema::open_writer(&path, &FileSystem, schema::CHECKPOINT_AFTER).unwrap();
    connection
        .pragma_update(None, "max_page_count", 40)
        .unwrap();
    let (sender, mut head) = watch::channel(None);
    let writer = Writer::start(connection, sender).unwrap();
    let a = stream("a").unwrap();
    let large = NewEvent {
        data: format!("\"{}\"", "x".repeat(500_000)).into_bytes(),
        ..event(1)
    };
    let events = vec![event(2), large, event(3)];
    let error = writer
        .append(a.clone(), Expected::NoStream, events)
        .await
        .unwrap_err();
    assert_eq!(fault(&error), Some(StorageFault::DiskFull), "{error:?}");
    assert!(!error.unknown());
    assert_eq!(*head.borrow_and_update(), None);
    let fits = writer
        .append(a.clone(), Expected::NoStream, vec![event(2)])
        .await;
    assert_eq!(fits.unwrap().revision, Revision::FIRST);
    assert!(head.borrow().is_some());
    let reader = schema::open_reader(&path).unwrap();
    let stored = reader::read_stream(&reader, &a, None, Direction::Forwards, 10).unwrap();
    assert_eq!(stored.len(), 1, "the stream's number was forgotten too");
}

#[tokio::test]
async fn a_page_of_the_log_ends_before_it_grows_too_large() {
    let (_folder, path) = folder();
    let log = SqliteLog::open(&path).unwrap();
    let large = |number| NewEvent {
        data: format!("\"{}\"", "x".repeat(1_000_000)).into_bytes(),
        ..event(number)
    };
    let a = stream("a").unwrap();
    log.append(&a, Expected::NoStream, (1..=30).map(large).collect())
        .await
        .unwrap();
    let first = log.read_all(None, 1000).await.unwrap();
    assert_eq!(first.len(), 17);
    let after = first.last().map(|e| e.position);
    assert_eq!(log.read_all(after, 1000).await.unwrap().len(), 13);
}

#[tokio::test]
async fn sql_reads_the_stored_json() {
    let (_folder, path) = folder();
    let log = SqliteLog::open(&path).unwrap();
    // Eight bytes that, as a blob, would pass for the header of SQLite's binary JSON.
    let short = NewEvent {
        data: br#"{"a":12}"#.to_vec(),
        ..event(1)
    };
    log.append(&stream("人").unwrap(), Expected::NoStream, vec![short])
        .await
        .unwrap();
    let row: (String, String, i64, String, i64, String) = Connection::open(&path)
        .unwrap()
        .query_row(
            "SELECT streams.name, types.name, data ->> '$.a', metadata ->> '$.actor.name',
                    recorded, lower(hex(event_id))
             FROM events JOIN streams USING (stream_id) JOIN types USING (type_id)",
            [],
            |row| row.try_into(),
        )
        .unwrap();
    assert_eq!(
        row,
        (
            "sample-人".to_owned(),
            "sample.recorded".to_owned(),
            12,
            "经办人".to_owned(),
            metadata(1).recorded.as_microsecond(),
            event(1).id.0.simple().to_string(),
        )
    );
}

#[tokio::test]
async fn the_file_has_the_layout_that_was_measured() {
    let (_folder, path) = folder();
    let connection = schema::open_writer(&path, &FileSystem, schema::CHECKPOINT_AFTER).unwrap();
    for (pragma, wanted) in [
        ("application_id", i64::from(APPLICATION_ID)),
        ("user_version", i64::from(FORMAT)),
        ("page_size", 8192),
        ("synchronous", 2),
        ("wal_autocheckpoint", 1000),
    ] {
        let found: i64 = connection
            .pragma_query_value(None, pragma, |row| row.get(0))
            .unwrap();
        assert_eq!(found, wanted, "{pragma}");
    }
    let journal: String = connection
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .unwrap();
    assert_eq!(journal, "wal");
}

#[tokio::test]
async fn a_file_of_the_first_format_opens_and_reads_for_ever() {
    let (_folder, path) = folder();
    fs::copy(Path::new("fixtures/format-1.db"), &path).unwrap();
    let wanted = [
        ("a", event(1)),
        ("a", event(2)),
        ("a", event(3)),
        ("人", event(4)),
        (
            "a",
            NewEvent {
                data: format!("\"{}\"", "x".repeat(20_000)).into_bytes(),
                ..event(5)
            },
        ),
        (
            "b",
            NewEvent {
                name: "sample.withdrawn".into(),
                ..event(6)
            },
        ),
        ("a", event(7)),
        ("a", event(8)),
    ];
    for opening in 1..=2 {
        let log = SqliteLog::open(&path).unwrap();
        let all = log.read_all(None, 100).await.unwrap();
        let found: Vec<_> = all.into_iter().map(as_appended).collect();
        let wanted = wanted.clone().map(|(id, e)| (stream(id).unwrap(), e));
        assert_eq!(found, wanted, "opening {opening}");
    }
    let again = SqliteLog::open(&path).unwrap();
    assert_eq!(put(&again, "a", [7, 8]).await.revision, Revision(5));
    put(&again, "a", [9]).await;
    drop(again);
    let checked = SqliteLog::check(&path).unwrap();
    assert_eq!((checked.events, checked.streams), (9, 3));
    assert_eq!(checked.faults, [""; 0]);
}

fn as_appended(event: Recorded) -> (StreamName, NewEvent) {
    let new = NewEvent {
        id: event.id,
        name: event.name,
        metadata: event.metadata,
        data: event.data.into(),
    };
    (event.stream, new)
}
