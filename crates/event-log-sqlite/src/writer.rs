use std::{collections::HashMap, thread, time::Instant};

use event_log::append::{Known, Verdict, judge};
use event_log::{Append, Appended, Expected, LogError, NewEvent, Position, Revision, StreamName};
use metrics::{counter, gauge, histogram};
use rusqlite::{
    Connection, ErrorCode, OptionalExtension, Result, ToSql,
    types::{ToSqlOutput, ValueRef},
};
use tokio::sync::{mpsc, oneshot, watch};

use crate::{
    checksum::Stored,
    error::{describe, writer_ended},
    readers::no_thread,
    schema,
};

/// How many callers may wait; further ones wait for a place.
const QUEUE: usize = 1024;

/// The appends of how many callers are committed together at most.
const GROUP: usize = 512;

/// How many ids of streams, and of types, are remembered.
const REMEMBERED: usize = 50_000;

/// Seconds from the wish to append to the answer, of each caller.
const APPEND_SECONDS: &str = "sangyu_log_append_seconds";
/// How many callers wait behind the group that is being written.
const QUEUE_LENGTH: &str = "sangyu_log_queue";
/// How often the writer has committed.
const COMMITS: &str = "sangyu_log_commits_total";
/// How many appends were made, those that were repeated among them.
const APPENDS: &str = "sangyu_log_appends_total";

type Answer = std::result::Result<Appended, LogError>;

/// What one caller wants: appends that share nothing but their way to the disk.
struct Request {
    appends: Vec<Wanted>,
    answers: oneshot::Sender<Vec<Answer>>,
}

struct Wanted {
    stream: StreamName,
    expected: Expected,
    events: Vec<Row>,
}

struct Row {
    event: NewEvent,
    metadata: Vec<u8>,
}

/// The thread that writes, and the way to it.
pub(crate) struct Writer {
    // `None` only while it is dropped.
    requests: Option<mpsc::Sender<Request>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(
        connection: Connection,
        head: watch::Sender<Option<Position>>,
    ) -> std::result::Result<Self, LogError> {
        let (sender, requests) = mpsc::channel(QUEUE);
        let desk = Desk {
            connection,
            streams: Interned::new(
                "SELECT stream_id FROM streams WHERE name = ?1",
                "INSERT INTO streams (name) VALUES (?1) RETURNING stream_id",
            ),
            types: Interned::new(
                "SELECT type_id FROM types WHERE name = ?1",
                "INSERT INTO types (name) VALUES (?1) RETURNING type_id",
            ),
        };
        let thread = thread::Builder::new()
            .name("event-log".to_owned())
            .spawn(move || serve(desk, requests, &head))
            .map_err(|e| no_thread(&e))?;
        Ok(Writer {
            requests: Some(sender),
            thread: Some(thread),
        })
    }

    pub(crate) async fn append(
        &self,
        stream: StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Answer {
        let append = Append {
            stream,
            expected,
            events,
        };
        let answer = self.append_each(vec![append]).await.pop();
        answer.unwrap_or_else(|| Err(writer_ended(true)))
    }

    pub(crate) async fn append_each(&self, appends: Vec<Append>) -> Vec<Answer> {
        let mut wanted = Vec::with_capacity(appends.len());
        let refused: Vec<Option<LogError>> = appends
            .into_iter()
            .map(|append| Wanted::weighed(append).map(|w| wanted.push(w)).err())
            .collect();
        let mut answers = self.commit(wanted).await.into_iter();
        let mut next = || answers.next().unwrap_or_else(|| Err(writer_ended(true)));
        refused
            .into_iter()
            .map(|refused| refused.map_or_else(&mut next, Err))
            .collect()
    }

    async fn commit(&self, appends: Vec<Wanted>) -> Vec<Answer> {
        let count = appends.len();
        let ended = |unknown| (0..count).map(|_| Err(writer_ended(unknown))).collect();
        let (answers, answered) = oneshot::channel();
        let Some(requests) = self.requests.as_ref() else {
            return ended(false);
        };
        let begun = Instant::now();
        if requests.send(Request { appends, answers }).await.is_err() {
            return ended(false);
        }
        let answers = answered.await.unwrap_or_else(|_| ended(true));
        histogram!(APPEND_SECONDS).record(begun.elapsed());
        answers
    }
}

#[cfg(test)]
impl Writer {
    /// How many callers more find a place in the queue.
    pub(crate) fn places(&self) -> usize {
        self.requests.as_ref().map_or(0, mpsc::Sender::capacity)
    }
}

impl Wanted {
    /// With its metadata as they are stored, once each event has been found small enough.
    fn weighed(append: Append) -> std::result::Result<Self, LogError> {
        let weigh = |event: NewEvent| {
            let metadata = event.metadata_json()?;
            Ok(Row { event, metadata })
        };
        Ok(Wanted {
            stream: append.stream,
            expected: append.expected,
            events: append
                .events
                .into_iter()
                .map(weigh)
                .collect::<std::result::Result<_, LogError>>()?,
        })
    }
}

impl Drop for Writer {
    /// Lets it store what is queued and close the file.
    fn drop(&mut self) {
        drop(self.requests.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that writes the event log had failed");
        }
    }
}

fn serve(
    mut desk: Desk,
    mut requests: mpsc::Receiver<Request>,
    head: &watch::Sender<Option<Position>>,
) {
    let mut group = Vec::with_capacity(GROUP);
    while requests.blocking_recv_many(&mut group, GROUP) > 0 {
        gauge!(QUEUE_LENGTH).set(u32::try_from(requests.len()).unwrap_or(u32::MAX));
        match desk.commit(&group) {
            Ok(committed) => {
                head.send_replace(committed.newest);
                counter!(COMMITS).increment(1);
                counter!(APPENDS).increment(committed.appends());
                for (request, answers) in group.drain(..).zip(committed.answers) {
                    // Who no longer waits needs no answer.
                    let _ = request.answers.send(answers);
                }
            }
            Err(Failed { error, unknown }) => {
                tracing::error!(%error, appends = group.len(), "the event log could not be written");
                desk.give_up();
                let broken = error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure);
                for request in group.drain(..) {
                    let failed = request
                        .appends
                        .iter()
                        .map(|_| Err(describe(&error, unknown)));
                    let _ = request.answers.send(failed.collect());
                }
                if broken {
                    return refuse(&desk, requests, &error);
                }
            }
        }
    }
}

/// After the disk failed it is not known what it holds: a later flush that succeeds says nothing of what
/// an earlier one lost. So nothing more is written, not even when the file is closed; opening it again
/// makes sure of what is there.
fn refuse(desk: &Desk, mut requests: mpsc::Receiver<Request>, error: &rusqlite::Error) {
    if let Err(error) = schema::keep_journal(&desk.connection, true) {
        tracing::error!(%error, "the event log's journal may be folded into it when it is closed");
    }
    while let Some(request) = requests.blocking_recv() {
        let refused = request.appends.iter().map(|_| Err(describe(error, false)));
        let _ = request.answers.send(refused.collect());
    }
}

/// What a whole group fails with.
struct Failed {
    error: rusqlite::Error,
    unknown: bool,
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Failed {
            error,
            unknown: false,
        }
    }
}

struct Committed {
    /// Of each request.
    answers: Vec<Vec<Answer>>,
    newest: Option<Position>,
}

impl Committed {
    /// How many appends were not refused.
    fn appends(&self) -> u64 {
        let made = self
            .answers
            .iter()
            .flatten()
            .filter(|answer| answer.is_ok());
        made.count() as u64
    }
}

/// The position of the newest event.
pub(crate) fn newest(connection: &Connection) -> Result<Option<Position>> {
    connection
        .prepare_cached("SELECT max(position) FROM events")?
        .query_row([], |row| row.get(0))
        .map(|newest: Option<u64>| newest.map(Position::from_stored))
}

struct Desk {
    connection: Connection,
    streams: Interned,
    types: Interned,
}

impl Desk {
    /// Every append is judged before it writes, so that nothing has to be undone for a single one;
    /// what SQLite itself reports undoes the group.
    fn commit(&mut self, group: &[Request]) -> std::result::Result<Committed, Failed> {
        self.run("BEGIN IMMEDIATE")?;
        let mut newest = newest(&self.connection)?;
        let mut answers = Vec::with_capacity(group.len());
        for request in group {
            let mut of_request = Vec::with_capacity(request.appends.len());
            for append in &request.appends {
                let answer = self.append(append, newest)?;
                if let Ok(appended) = &answer {
                    newest = newest.max(Some(appended.position));
                }
                of_request.push(answer);
            }
            answers.push(of_request);
        }
        // Where there was no room for all of it there is no end of it either.
        self.run("COMMIT").map_err(|error| Failed {
            unknown: error.sqlite_error_code() != Some(ErrorCode::DiskFull),
            error,
        })?;
        Ok(Committed { answers, newest })
    }

    fn run(&self, sql: &str) -> Result<()> {
        self.connection.prepare_cached(sql)?.execute([]).map(drop)
    }

    /// Undoes what a failed group left, as far as SQLite has not done so itself.
    fn give_up(&mut self) {
        self.streams.forget();
        self.types.forget();
        if !self.connection.is_autocommit()
            && let Err(error) = self.run("ROLLBACK")
        {
            tracing::error!(%error, "a failed write could not be undone");
        }
    }

    fn append(&mut self, request: &Wanted, newest: Option<Position>) -> Result<Answer> {
        let stream = self
            .streams
            .find(&self.connection, request.stream.as_str())?;
        let actual = match stream {
            Some(stream) => self.revision(stream)?,
            None => None,
        };
        let known = request
            .events
            .iter()
            .map(|row| Ok((row.event.id, self.find(stream, &row.event)?)))
            .collect::<Result<Vec<_>>>()?;
        match judge(request.expected, actual, known) {
            Err(refused) => Ok(Err(refused)),
            Ok(Verdict::Repeated(appended)) => Ok(Ok(appended)),
            Ok(Verdict::Write(first)) => self.insert(request, first, newest),
        }
    }

    fn revision(&self, stream: i64) -> Result<Option<Revision>> {
        self.connection
            .prepare_cached(
                "SELECT revision FROM events WHERE stream_id = ?1 ORDER BY revision DESC LIMIT 1",
            )?
            .query_row([stream], |row| row.get(0).map(Revision))
            .optional()
    }

    fn find(&self, stream: Option<i64>, event: &NewEvent) -> Result<Known> {
        let mut statement = self.connection.prepare_cached(
            "SELECT stream_id, revision, position, types.name, data
             FROM events JOIN types USING (type_id) WHERE event_id = ?1",
        )?;
        let mut rows = statement.query([event.id.0.as_bytes()])?;
        let Some(row) = rows.next()? else {
            return Ok(Known::No);
        };
        let here = Some(row.get(0)?) == stream
            && row.get_ref(3)?.as_bytes()? == event.name.as_bytes()
            && row.get_ref(4)?.as_bytes()? == event.data;
        Ok(if here {
            Known::Here {
                revision: Revision(row.get(1)?),
                position: Position::from_stored(row.get(2)?),
            }
        } else {
            Known::Elsewhere
        })
    }

    fn insert(
        &mut self,
        request: &Wanted,
        first: Revision,
        newest: Option<Position>,
    ) -> Result<Answer> {
        let stream = self
            .streams
            .find_or_add(&self.connection, request.stream.as_str())?;
        let mut position = newest.map_or(0, Position::to_stored);
        let mut next = first;
        let mut answer = Err(LogError::Empty);
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO events
             (position, stream_id, revision, type_id, event_id, recorded, checksum, metadata, data)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        for Row { event, metadata } in &request.events {
            position += 1;
            let stored = Stored {
                position,
                stream: request.stream.as_str().as_bytes(),
                revision: next.0,
                recorded: event.metadata.recorded.as_microsecond(),
                id: event.id.0.as_bytes(),
                name: event.name.as_bytes(),
                metadata,
                data: &event.data,
            };
            statement.execute((
                position,
                stream,
                next.0,
                self.types.find_or_add(&self.connection, &event.name)?,
                event.id.0.as_bytes(),
                stored.recorded,
                stored.checksum(),
                Text(metadata),
                Text(&event.data),
            ))?;
            answer = Ok(Appended {
                revision: next,
                position: Position::from_stored(position),
            });
            next = next.next();
        }
        Ok(answer)
    }
}

/// JSON as it was given. Stored as text: SQL takes a blob that happens to look like its own binary
/// JSON for that.
struct Text<'a>(&'a [u8]);

impl ToSql for Text<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

/// Names that are stored once and then referred to by number.
struct Interned {
    select: &'static str,
    insert: &'static str,
    ids: HashMap<String, i64>,
}

impl Interned {
    fn new(select: &'static str, insert: &'static str) -> Self {
        Interned {
            select,
            insert,
            ids: HashMap::new(),
        }
    }

    fn find(&mut self, connection: &Connection, name: &str) -> Result<Option<i64>> {
        if let Some(id) = self.ids.get(name) {
            return Ok(Some(*id));
        }
        let found = connection
            .prepare_cached(self.select)?
            .query_row([name], |row| row.get(0))
            .optional()?;
        Ok(found.map(|id| self.remember(name, id)))
    }

    fn find_or_add(&mut self, connection: &Connection, name: &str) -> Result<i64> {
        if let Some(id) = self.find(connection, name)? {
            return Ok(id);
        }
        let id = connection
            .prepare_cached(self.insert)?
            .query_row([name], |row| row.get(0))?;
        Ok(self.remember(name, id))
    }

    fn remember(&mut self, name: &str, id: i64) -> i64 {
        if self.ids.len() >= REMEMBERED {
            self.ids.clear();
        }
        self.ids.insert(name.to_owned(), id);
        id
    }

    /// After a group failed: it may have added names that are not there.
    fn forget(&mut self) {
        self.ids.clear();
    }
}
