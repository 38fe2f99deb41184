//! The file and the one connection that writes it.

use std::path::Path;

use domain::AnyEvent;
use event_log::{Position, Recorded, Revision, StreamName};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, config::DbConfig, params,
};

use crate::{
    ViewsError,
    file::create_private,
    mark::Mark,
    view::{Envelope, Registered, VIEWS},
};

/// The last event that was taken over, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) position: Position,
    pub(crate) event: String,
    pub(crate) stream: String,
    pub(crate) revision: Revision,
}

pub(crate) struct Store {
    // Closed before the mark is taken away.
    conn: Connection,
    /// None while the file is built: it is flushed before it is put in its place.
    mark: Option<Mark>,
}

impl Store {
    /// A new file with empty tables. Nothing reads it before [`Store::finish`], and a file that was
    /// not finished is thrown away: so there is no journal, and nothing waits for the disk.
    pub(crate) fn create(path: &Path) -> Result<Self, ViewsError> {
        create_private(path)?;
        let mut conn = Connection::open(path)?;
        keep_plans(&conn)?;
        conn.execute_batch(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             PRAGMA locking_mode = EXCLUSIVE;",
        )?;
        tune(&conn, WRITER_CACHE)?;
        let tx = conn.transaction()?;
        make_tables(&tx)?;
        tx.commit()?;
        Ok(Store { conn, mark: None })
    }

    /// An existing file of these very views; `None` where there is none, or none that can be believed, so
    /// that one is to be built. Written without waiting for the disk: see [`Mark`].
    pub(crate) fn open(path: &Path) -> Result<Option<Self>, ViewsError> {
        if !path.try_exists()? {
            return Ok(None);
        }
        let Some(mark) = Mark::beside(path)? else {
            tracing::warn!(
                "the machine went down while the views were written: they are built again"
            );
            return Ok(None);
        };
        let opened = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .and_then(|conn| versions(&conn).map(|found| (conn, found)));
        let (conn, found) = match opened {
            Ok(opened) => opened,
            Err(e) if is_no_such_file(&e) => return Ok(None),
            Err(e) => return Err(e.into()),
        };
        let ours = VIEWS.iter().map(|v| (v.name.to_owned(), v.version));
        if !found.into_iter().eq(ours) {
            return Ok(None);
        }
        keep_plans(&conn)?;
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
             PRAGMA wal_autocheckpoint = 16000; PRAGMA journal_size_limit = 67108864;
             PRAGMA busy_timeout = 5000;",
        )?;
        tune(&conn, WRITER_CACHE)?;
        Ok(Some(Store {
            conn,
            mark: Some(mark),
        }))
    }

    /// A connection that only reads.
    pub(crate) fn reader(path: &Path) -> Result<Connection, ViewsError> {
        let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        conn.execute_batch("PRAGMA busy_timeout = 5000;")?;
        tune(&conn, READER_CACHE)?;
        Ok(conn)
    }

    /// How far the log has been taken over; `None`: not begun.
    pub(crate) fn place(&self) -> Result<Option<Place>, ViewsError> {
        place(&self.conn)
    }

    /// Takes events over, in the order of the log, rows and checkpoint together. Events that are
    /// taken over already are passed by, so that two processes may follow into one file.
    pub(crate) fn apply(&mut self, events: &[Recorded]) -> Result<Option<Position>, ViewsError> {
        if let Some(mark) = &mut self.mark {
            mark.set()?;
        }
        let tx = self
            .conn
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let done = place(&tx)?.map(|p| p.position);
        let new = &events[events.partition_point(|e| Some(e.position) <= done)..];
        take_over(&tx, new, &VIEWS.each_ref())?;
        let Some(last) = new.last() else {
            return Ok(done);
        };
        set_place(&tx, last)?;
        tx.commit()?;
        Ok(Some(last.position))
    }

    /// Makes a newly built file complete; it may be put in its place then.
    pub(crate) fn finish(self) -> Result<(), ViewsError> {
        for view in &VIEWS {
            self.conn.execute_batch(view.indexes)?;
        }
        self.conn.execute_batch("PRAGMA optimize = 0x10002;")?;
        self.conn.close().map_err(|(_, error)| error.into())
    }
}

/// Makes the tables of every view, empty.
pub(crate) fn make_tables(tx: &Transaction<'_>) -> Result<(), ViewsError> {
    tx.execute_batch(include_str!("schema.sql"))?;
    for view in &VIEWS {
        tx.execute_batch(view.schema)?;
        tx.execute(
            "INSERT INTO view_version (name, version) VALUES (?1, ?2)",
            params![view.name, view.version],
        )?;
    }
    Ok(())
}

/// Takes events over into the tables of these views.
pub(crate) fn take_over(
    tx: &Transaction<'_>,
    events: &[Recorded],
    views: &[&Registered],
) -> Result<(), ViewsError> {
    for recorded in events {
        let event = AnyEvent::decode(&recorded.name, recorded.metadata.version, &recorded.data)
            .map_err(|error| ViewsError::Decode {
                position: recorded.position,
                error,
            })?;
        let envelope = Envelope {
            recorded,
            event: &event,
        };
        for view in views {
            (view.apply)(tx, &envelope)?;
        }
    }
    Ok(())
}

/// Keeps the plan of a statement whatever is bound to it: tables with partial indexes have SQLite
/// compile it again for each value otherwise, which is most of the work of taking an event over.
/// Those who only read do without: what is looked for may choose the index.
pub(crate) fn keep_plans(conn: &Connection) -> Result<(), rusqlite::Error> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map(drop)
}

/// In KiB. Whoever writes alone keeps what it has read, and comes back to the same people.
pub(crate) const WRITER_CACHE: u32 = 64 * 1024;
/// In KiB. Enough for a page of answers; each commit of the writer empties it.
const READER_CACHE: u32 = 16 * 1024;

/// The file is not mapped into memory: each connection's map would count against the process anew.
pub(crate) fn tune(conn: &Connection, cache: u32) -> Result<(), rusqlite::Error> {
    conn.set_prepared_statement_cache_capacity(256);
    conn.execute_batch(&format!(
        "PRAGMA cache_size = -{cache}; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
    ))
}

fn versions(conn: &Connection) -> Result<Vec<(String, u32)>, rusqlite::Error> {
    conn.prepare("SELECT name, version FROM view_version ORDER BY name")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Whether the error says that the file is none of ours, so that a new one takes its place.
fn is_no_such_file(error: &rusqlite::Error) -> bool {
    match error {
        rusqlite::Error::SqlInputError { .. } => true,
        other => matches!(
            other.sqlite_error_code(),
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt | ErrorCode::Unknown)
        ),
    }
}

fn place(conn: &Connection) -> Result<Option<Place>, ViewsError> {
    let place = conn
        .prepare_cached("SELECT position, event, stream, revision FROM checkpoint")?
        .query_row([], |row| {
            Ok(Place {
                position: Position::from_stored(row.get(0)?),
                event: row.get(1)?,
                stream: row.get(2)?,
                revision: Revision(row.get(3)?),
            })
        })
        .optional()?;
    Ok(place)
}

fn set_place(tx: &Transaction<'_>, last: &Recorded) -> Result<(), ViewsError> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO checkpoint (one, position, event, stream, revision)
         VALUES (1, ?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        last.position.to_stored(),
        last.id.to_string(),
        last.stream.as_str(),
        last.revision.0,
    ])?;
    Ok(())
}

impl Place {
    /// The stream the last event stands in.
    pub(crate) fn stream_name(&self) -> Result<StreamName, ViewsError> {
        StreamName::parse(self.stream.clone()).map_err(|_| ViewsError::Damaged { column: "stream" })
    }
}
