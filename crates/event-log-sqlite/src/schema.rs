use std::{path::Path, time::Duration};

use event_log::LogError;
use rusqlite::{Connection, OpenFlags, Result, TransactionBehavior, config::DbConfig};

use crate::error::describe;

/// Marks the file as an event log of Sangyu, for `file` and for ourselves: "SYLG".
pub(crate) const APPLICATION_ID: i32 = 0x5359_4C47;

/// The format this program writes and the newest it reads.
pub(crate) const FORMAT: i32 = 1;

/// How long to wait for another process that holds the file.
const BUSY: Duration = Duration::from_secs(5);

const CREATE: &str = include_str!("schema.sql");

enum Format {
    Fresh,
    Ours,
    Foreign,
    Newer(i32),
}

fn pragma(connection: &Connection, name: &str) -> Result<i32> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

fn format(connection: &Connection) -> Result<Format> {
    let application = pragma(connection, "application_id")?;
    let version = pragma(connection, "user_version")?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (application, version, tables) {
        (0, 0, 0) => Format::Fresh,
        (APPLICATION_ID, FORMAT, _) => Format::Ours,
        (APPLICATION_ID, newer, _) if newer > FORMAT => Format::Newer(newer),
        _ => Format::Foreign,
    })
}

/// Looks before it touches: a file that is not ours stays as it is.
fn check(connection: &Connection) -> std::result::Result<bool, LogError> {
    match format(connection).map_err(|e| describe(&e, false))? {
        Format::Fresh => Ok(true),
        Format::Ours => Ok(false),
        Format::Foreign => Err(LogError::Corrupt("the file is no event log".to_owned())),
        Format::Newer(version) => Err(LogError::Corrupt(format!(
            "it has format {version} and this program knows up to {FORMAT}: update the program"
        ))),
    }
}

/// The connection that writes, on a file that is an event log afterwards.
pub(crate) fn open_writer(path: &Path) -> std::result::Result<Connection, LogError> {
    let described = |e: rusqlite::Error| describe(&e, false);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(described)?;
    connection.busy_timeout(BUSY).map_err(described)?;
    let fresh = check(&connection)?;
    if connection.is_readonly("main").map_err(described)? {
        return Err(LogError::Unavailable {
            reason: "the file is read-only: allow this user to write it".to_owned(),
            unknown: false,
        });
    }
    configure_writer(&connection).map_err(described)?;
    if fresh {
        create(&mut connection).map_err(described)?;
    }
    Ok(connection)
}

/// Keeps a query's plan whatever is bound to it; otherwise SQLite compiles the query again for
/// each binding, which is half of all its work here.
fn keep_plans(connection: &Connection) -> Result<()> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map(drop)
}

/// The layout that measured best. Under group commit a weaker `synchronous` gains nothing; foreign
/// keys would be looked up again for every event, and the writer has just done so.
fn configure_writer(connection: &Connection) -> Result<()> {
    keep_plans(connection)?;
    connection.execute_batch(
        "PRAGMA page_size = 8192;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA wal_autocheckpoint = 4000;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA cache_size = -32768;
         PRAGMA foreign_keys = OFF;",
    )
}

fn create(connection: &mut Connection) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Someone else may have been faster.
    if matches!(format(&transaction)?, Format::Fresh) {
        transaction.execute_batch(CREATE)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
    }
    transaction.commit()
}

/// A connection that can only read.
pub(crate) fn open_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    keep_plans(&connection)?;
    connection.execute_batch("PRAGMA cache_size = -8192;")?;
    Ok(connection)
}
