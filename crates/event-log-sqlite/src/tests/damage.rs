//! What was changed by another hand than the writer's.

use rusqlite::ffi;

use super::*;

/// A log of nine events in which this was done.
async fn after(sql: &str) -> (TempDir, PathBuf) {
    let (folder, path) = folder();
    let log = SqliteLog::open(&path).unwrap();
    for number in 0..3 {
        put(&log, "a", [number * 10, number * 10 + 1]).await;
        put(&log, "b", [number * 10 + 2]).await;
    }
    drop(log);
    assert_eq!(SqliteLog::check(&path).unwrap().faults, [""; 0]);
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    (folder, path)
}

async fn faults(sql: &str) -> Vec<String> {
    let (_folder, path) = after(sql).await;
    SqliteLog::check(&path).unwrap().faults
}

#[tokio::test]
async fn a_check_names_each_event_that_is_not_what_was_written() {
    for change in [
        "data = '{}'",
        "metadata = replace(metadata, 'clerk', 'chief')",
        "recorded = recorded + 1",
        "event_id = randomblob(16)",
        "stream_id = 2, revision = 7",
        "checksum = checksum + 1",
    ] {
        let found = faults(&format!("UPDATE events SET {change} WHERE position = 4")).await;
        assert!(
            found.iter().any(|f| f.contains("the event at 4")),
            "{change}: {found:?}"
        );
    }
    let renamed = faults("UPDATE types SET name = 'sample.renamed'").await;
    assert_eq!(renamed.len(), 9, "{renamed:?}");
}

#[tokio::test]
async fn a_check_names_each_gap() {
    let found = faults("DELETE FROM events WHERE position = 4").await;
    assert!(
        found.iter().any(|f| f.contains("position 5 follows 3")),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|f| f.contains("revision 3 where 2 must follow")),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_damaged_event_is_not_given_back() {
    let (_folder, path) = after("UPDATE events SET data = '{}' WHERE position = 1").await;
    // It is too old for the quick look at opening in a longer log; here that finds it.
    let connection = schema::open_reader(&path).unwrap();
    let read = reader::read_all(&connection, None, 100);
    assert!(
        matches!(&read, Err(LogError::Corrupt(why)) if why.contains("the event at 1")),
        "{read:?}"
    );
    assert!(matches!(refusal(&path), LogError::Corrupt(_)));
}

#[tokio::test]
async fn a_log_that_lost_a_table_or_an_index_is_not_opened() {
    for change in [
        "PRAGMA foreign_keys = OFF; DROP TABLE types",
        "ALTER TABLE events ADD COLUMN more TEXT",
        "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END",
    ] {
        let (_folder, path) = after(change).await;
        assert!(matches!(refusal(&path), LogError::Corrupt(_)), "{change}");
    }
}

#[test]
fn what_sqlite_reports_is_told_by_its_own_code() {
    for (code, wanted) in [
        (ffi::SQLITE_FULL, StorageFault::DiskFull),
        (ffi::SQLITE_READONLY, StorageFault::ReadOnly),
        (ffi::SQLITE_READONLY_DIRECTORY, StorageFault::ReadOnly),
        (ffi::SQLITE_PERM, StorageFault::ReadOnly),
        (ffi::SQLITE_BUSY, StorageFault::Locked),
        (ffi::SQLITE_CANTOPEN, StorageFault::CannotOpen),
        (ffi::SQLITE_IOERR_FSYNC, StorageFault::DiskFailed),
        (ffi::SQLITE_NOTADB, StorageFault::NotALog),
    ] {
        let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        assert_eq!(
            fault(&error::describe(&error, false)),
            Some(wanted),
            "{code}"
        );
    }
}
