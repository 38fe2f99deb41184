use std::{path::Path, time::Duration};

use event_log::{LogError, StorageFault};
use rusqlite::{Connection, OpenFlags, Result, TransactionBehavior, config::DbConfig};

use crate::{
    error::describe,
    migrations,
    wal::{self, Files},
};

/// Marks the file as an event log of Sangyu, for `file` and for ourselves: "SYLG".
pub(crate) const APPLICATION_ID: i32 = 0x5359_4C47;

/// The format this program writes and the newest it reads.
pub(crate) const FORMAT: i32 = 2;

/// How long to wait for another process that holds the file.
const BUSY: Duration = Duration::from_secs(5);

/// After how many pages the write-ahead log is folded into the file: few, as the appends of that moment
/// wait for it.
pub(crate) const CHECKPOINT_AFTER: u32 = 1000;

/// Part of the format, to the letter: a file is compared with it.
const CREATE: &str = include_str!("schema.sql");

enum Format {
    Fresh,
    Ours,
    Older,
}

type Outcome<T> = std::result::Result<T, LogError>;

fn described(error: rusqlite::Error) -> LogError {
    describe(&error, false)
}

/// Whose file it is, and of which format.
pub(crate) fn stamp(connection: &Connection) -> Result<(i32, i32)> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get(0));
    Ok((pragma("application_id")?, pragma("user_version")?))
}

/// Looks before it touches: a file that is not ours, or newer, stays as it is.
fn format(connection: &Connection) -> Outcome<Format> {
    let refused = |fault, detail| LogError::Storage {
        fault,
        detail,
        unknown: false,
    };
    match stamp(connection).map_err(described)? {
        (0, 0) if tables(connection).map_err(described)?.is_empty() => Ok(Format::Fresh),
        (APPLICATION_ID, FORMAT) => Ok(Format::Ours),
        (APPLICATION_ID, 1..FORMAT) => Ok(Format::Older),
        (APPLICATION_ID, newer) if newer > FORMAT => Err(refused(
            StorageFault::NewerFormat,
            format!("it has format {newer}, this program knows up to {FORMAT}"),
        )),
        (application, _) => Err(refused(
            StorageFault::NotALog,
            format!("its application id is {application}"),
        )),
    }
}

/// Everything in the schema, as it was declared.
fn tables(connection: &Connection) -> Result<Vec<(String, Option<String>)>> {
    connection
        .prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Fails unless the file is an event log of this format, with the tables it must have.
pub(crate) fn check(connection: &Connection) -> Outcome<()> {
    match format(connection)? {
        Format::Ours => {}
        Format::Fresh | Format::Older => {
            let detail = "it is empty or of an older format: open it once to bring it up to date";
            return Err(LogError::Storage {
                fault: StorageFault::NotALog,
                detail: detail.to_owned(),
                unknown: false,
            });
        }
    }
    let declared = || {
        let fresh = Connection::open_in_memory()?;
        fresh.execute_batch(CREATE)?;
        tables(&fresh)
    };
    if tables(connection).map_err(described)? == declared().map_err(described)? {
        Ok(())
    } else {
        Err(LogError::Corrupt(
            "its tables are not those of an event log".to_owned(),
        ))
    }
}

/// The connection that writes, on a file that is an event log of this format afterwards.
pub(crate) fn open_writer(
    path: &Path,
    files: &impl Files,
    checkpoint_after: u32,
) -> Outcome<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(described)?;
    connection.busy_timeout(BUSY).map_err(described)?;
    keep_journal(&connection, true).map_err(described)?;
    let format = format(&connection)?;
    if connection.is_readonly("main").map_err(described)? {
        return Err(LogError::Storage {
            fault: StorageFault::ReadOnly,
            detail: "opened for reading only".to_owned(),
            unknown: false,
        });
    }
    if !matches!(format, Format::Fresh) {
        let alone = TransactionBehavior::Immediate;
        let transaction = connection
            .transaction_with_behavior(alone)
            .map_err(described)?;
        wal::renew(files, path)?;
        transaction.rollback().map_err(described)?;
    }
    configure_writer(&connection, checkpoint_after).map_err(described)?;
    keep_journal(&connection, false).map_err(described)?;
    match format {
        Format::Ours => {}
        Format::Fresh => create(&mut connection)?,
        Format::Older => migrations::migrate(&mut connection).map_err(described)?,
    }
    check(&connection)?;
    Ok(connection)
}

/// Keeps a query's plan whatever is bound to it; otherwise SQLite compiles the query again for
/// each binding, which is half of all its work here. Looks at each cell of a page when it is read, as
/// a damaged one might otherwise be followed anywhere.
fn configure(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch("PRAGMA cell_size_check = ON;")
}

/// Whether the write-ahead log stays as it is when the connection is closed: while it is not known to be
/// good, and after the disk failed.
pub(crate) fn keep_journal(connection: &Connection, keep: bool) -> Result<()> {
    let config = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    connection.set_db_config(config, keep).map(drop)
}

/// The layout that measured best. Under group commit a weaker `synchronous` gains nothing; foreign
/// keys would be looked up again for every event, and the writer has just done so.
fn configure_writer(connection: &Connection, checkpoint_after: u32) -> Result<()> {
    configure(connection)?;
    connection.execute_batch(
        "PRAGMA page_size = 8192;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA cache_size = -32768;
         PRAGMA foreign_keys = OFF;",
    )?;
    connection.pragma_update(None, "wal_autocheckpoint", checkpoint_after)
}

fn create(connection: &mut Connection) -> Outcome<()> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(described)?;
    // Someone else may have been faster.
    if matches!(format(&transaction)?, Format::Fresh) {
        let stamped = transaction
            .execute_batch(CREATE)
            .and_then(|()| transaction.pragma_update(None, "application_id", APPLICATION_ID))
            .and_then(|()| transaction.pragma_update(None, "user_version", FORMAT));
        stamped.map_err(described)?;
    }
    transaction.commit().map_err(described)
}

/// A connection that can only read.
pub(crate) fn open_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    configure(&connection)?;
    connection.execute_batch("PRAGMA cache_size = -8192;")?;
    Ok(connection)
}
