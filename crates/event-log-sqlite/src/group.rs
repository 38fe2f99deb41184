//! What is written together: each append is judged by what the file holds, and all that are good are
//! committed as one.

use std::sync::Arc;

use event_log::append::{Known, Verdict, judge};
use event_log::{Appended, EventId, Expected, LogError, Position, Revision, StreamName};
use hashbrown::HashMap;
use rusqlite::{
    CachedStatement, Connection, Error, ErrorCode, OptionalExtension, Result, ToSql,
    ffi::SQLITE_CONSTRAINT_UNIQUE,
    types::{ToSqlOutput, ValueRef},
};

use crate::checksum::Stored;

/// How many streams, and how many types, are remembered.
const REMEMBERED: usize = 50_000;

pub(crate) type Answer = std::result::Result<Appended, LogError>;

/// An append whose events were found small enough.
pub(crate) struct Wanted {
    pub(crate) stream: StreamName,
    pub(crate) expected: Expected,
    pub(crate) events: Vec<Row>,
}

/// An event as it is stored.
pub(crate) struct Row {
    pub(crate) id: EventId,
    pub(crate) name: Arc<str>,
    /// In microseconds since 1970.
    pub(crate) recorded: i64,
    pub(crate) metadata: Vec<u8>,
    pub(crate) data: Vec<u8>,
}

/// What a whole group fails with.
pub(crate) struct Failed {
    pub(crate) error: Error,
    pub(crate) unknown: bool,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Failed {
            error,
            unknown: false,
        }
    }
}

/// What is remembered of the file from one group to the next.
#[derive(Default)]
pub(crate) struct Memory {
    streams: HashMap<String, Stream>,
    types: HashMap<String, i64>,
    /// The position of the newest event, as far as is remembered.
    newest: Option<Position>,
}

/// Where a stream stands.
#[derive(Clone, Copy)]
struct Stream {
    id: i64,
    /// The revision of its last event.
    last: Option<Revision>,
}

/// A transaction that has begun. One that is dropped stays open: whoever began it undoes it.
pub(crate) struct Group<'a> {
    connection: &'a Connection,
    memory: &'a mut Memory,
    insert: CachedStatement<'a>,
}

impl<'a> Group<'a> {
    pub(crate) fn begin(connection: &'a Connection, memory: &'a mut Memory) -> Result<Self> {
        run(connection, "BEGIN IMMEDIATE")?;
        let newest = newest(connection)?;
        if newest != memory.newest {
            // Another log on this file wrote.
            *memory = Memory {
                newest,
                ..Memory::default()
            };
        }
        let insert = connection.prepare_cached(
            "INSERT INTO events
             (position, stream_id, revision, type_id, event_id, recorded, checksum, metadata, data)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        Ok(Group {
            connection,
            memory,
            insert,
        })
    }

    /// Makes all of it durable, and says where the log ends then.
    pub(crate) fn commit(self) -> std::result::Result<Option<Position>, Failed> {
        // Where there was no room for all of it there is no end of it either.
        run(self.connection, "COMMIT").map_err(|error| Failed {
            unknown: error.sqlite_error_code() != Some(ErrorCode::DiskFull),
            error,
        })?;
        Ok(self.memory.newest)
    }

    /// An append that is refused leaves nothing behind and keeps no other out; what SQLite itself
    /// reports undoes the group.
    ///
    /// Writes first and asks what the file holds only when it refuses: nearly every append is new.
    pub(crate) fn append(&mut self, wanted: &Wanted) -> Result<Answer> {
        let stream = self.stream(wanted.stream.as_str())?;
        let actual = stream.and_then(|stream| stream.last);
        let refused = if wanted.expected.admits(actual) {
            match self.write(wanted, stream) {
                Ok(answer) => return Ok(answer),
                Err(error) if is_known(&error) => Some(error),
                Err(error) => return Err(error),
            }
        } else {
            None
        };
        let known = wanted
            .events
            .iter()
            .map(|row| Ok((row.id, self.find(stream, row)?)))
            .collect::<Result<Vec<_>>>()?;
        match (judge(wanted.expected, actual, known), refused) {
            (Err(error), _) => Ok(Err(error)),
            (Ok(Verdict::Repeated(appended)), _) => Ok(Ok(appended)),
            // It refuses what it does not hold.
            (Ok(Verdict::Write(_)), Some(error)) => Err(error),
            (Ok(Verdict::Write(_)), None) => Ok(Err(LogError::WrongRevision {
                expected: wanted.expected,
                actual,
            })),
        }
    }

    fn stream(&mut self, name: &str) -> Result<Option<Stream>> {
        if let Some(stream) = self.memory.streams.get(name) {
            return Ok(Some(*stream));
        }
        let found = self
            .connection
            .prepare_cached(
                "SELECT stream_id, (SELECT max(revision) FROM events e WHERE e.stream_id = s.stream_id)
                 FROM streams s WHERE name = ?1",
            )?
            .query_row([name], |row| {
                Ok(Stream {
                    id: row.get(0)?,
                    last: row.get::<_, Option<u64>>(1)?.map(Revision),
                })
            })
            .optional()?;
        if let Some(stream) = found {
            remember(&mut self.memory.streams, name, stream);
        }
        Ok(found)
    }

    /// Writes all of an append, or nothing.
    fn write(&mut self, wanted: &Wanted, stream: Option<Stream>) -> Result<Answer> {
        let before = self.memory.newest;
        let name = wanted.stream.as_str();
        let id = match stream {
            Some(stream) => stream.id,
            None => self
                .connection
                .prepare_cached("INSERT INTO streams (name) VALUES (?1)")?
                .insert([name])?,
        };
        let written = self.insert(wanted, id, stream.and_then(|stream| stream.last));
        match &written {
            Ok(Ok(appended)) => {
                let last = Some(appended.revision);
                match self.memory.streams.get_mut(name) {
                    Some(known) => known.last = last,
                    None => remember(&mut self.memory.streams, name, Stream { id, last }),
                }
            }
            // The whole group will be undone.
            Err(error) if !is_known(error) => {}
            Ok(Err(_)) | Err(_) => {
                self.memory.newest = before;
                self.connection
                    .prepare_cached("DELETE FROM events WHERE position > ?1")?
                    .execute([before.map_or(0, Position::to_stored)])?;
                if stream.is_none() {
                    self.connection
                        .prepare_cached("DELETE FROM streams WHERE stream_id = ?1")?
                        .execute([id])?;
                }
            }
        }
        written
    }

    fn insert(&mut self, wanted: &Wanted, stream: i64, last: Option<Revision>) -> Result<Answer> {
        let mut position = self.memory.newest.map_or(0, Position::to_stored);
        let mut next = last.map_or(Revision::FIRST, Revision::next);
        let mut answer = Err(LogError::Empty);
        for row in &wanted.events {
            position += 1;
            let stored = Stored {
                position,
                stream: wanted.stream.as_str().as_bytes(),
                revision: next.0,
                recorded: row.recorded,
                id: row.id.0.as_bytes(),
                name: row.name.as_bytes(),
                metadata: &row.metadata,
                data: &row.data,
            };
            self.insert.execute((
                position,
                stream,
                next.0,
                type_id(self.connection, &mut self.memory.types, &row.name)?,
                stored.id,
                stored.recorded,
                stored.checksum(),
                Text(stored.metadata),
                Text(stored.data),
            ))?;
            answer = Ok(Appended {
                revision: next,
                position: Position::from_stored(position),
            });
            self.memory.newest = Some(Position::from_stored(position));
            next = next.next();
        }
        Ok(answer)
    }

    fn find(&self, stream: Option<Stream>, wanted: &Row) -> Result<Known> {
        let mut statement = self.connection.prepare_cached(
            "SELECT stream_id, revision, position, types.name, data
             FROM events JOIN types USING (type_id) WHERE event_id = ?1",
        )?;
        let mut rows = statement.query([wanted.id.0.as_bytes()])?;
        let Some(row) = rows.next()? else {
            return Ok(Known::No);
        };
        let here = Some(row.get(0)?) == stream.map(|stream| stream.id)
            && row.get_ref(3)?.as_bytes()? == wanted.name.as_bytes()
            && row.get_ref(4)?.as_bytes()? == wanted.data;
        Ok(if here {
            Known::Here {
                revision: Revision(row.get(1)?),
                position: Position::from_stored(row.get(2)?),
            }
        } else {
            Known::Elsewhere
        })
    }
}

fn run(connection: &Connection, sql: &str) -> Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}

/// The position of the newest event.
fn newest(connection: &Connection) -> Result<Option<Position>> {
    connection
        .prepare_cached("SELECT max(position) FROM events")?
        .query_row([], |row| row.get(0))
        .map(|newest: Option<u64>| newest.map(Position::from_stored))
}

/// Whether the file refused a row because it holds one with that id.
fn is_known(error: &Error) -> bool {
    error.sqlite_error().map(|error| error.extended_code) == Some(SQLITE_CONSTRAINT_UNIQUE)
}

fn type_id(connection: &Connection, types: &mut HashMap<String, i64>, name: &str) -> Result<i64> {
    if let Some(id) = types.get(name) {
        return Ok(*id);
    }
    let found = connection
        .prepare_cached("SELECT type_id FROM types WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    let id = match found {
        Some(id) => id,
        None => connection
            .prepare_cached("INSERT INTO types (name) VALUES (?1)")?
            .insert([name])?,
    };
    remember(types, name, id);
    Ok(id)
}

fn remember<T>(known: &mut HashMap<String, T>, name: &str, what: T) {
    if known.len() >= REMEMBERED {
        known.clear();
    }
    known.insert(name.to_owned(), what);
}

/// JSON as it was given. Stored as text: SQL takes a blob that happens to look like its own binary
/// JSON for that.
struct Text<'a>(&'a [u8]);

impl ToSql for Text<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}
