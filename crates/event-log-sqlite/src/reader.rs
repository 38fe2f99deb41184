use std::ops::ControlFlow;

use event_log::{
    Direction, EventId, LogError, Position, Recorded, Revision, Shared, StoredEvent, StoredPage,
    StreamName,
};
use rusqlite::{CachedStatement, Connection, Params, Row};
use uuid::Uuid;

use crate::{checksum::Stored, error::describe};

/// The most events of one page of the whole log: a longer read would keep the write-ahead log from
/// being folded into the file.
const PAGE_EVENTS: usize = 5_000;

/// A page ends with the event that brings it over so many bytes.
const PAGE_BYTES: usize = 16 * 1024 * 1024;

/// The number as SQLite holds it; what is beyond it is beyond every event.
fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn at_most(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// `CROSS JOIN` keeps the events in front: their index gives the order.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT e.position, e.revision, e.event_id, t.name, e.metadata, e.data, s.name, e.recorded,
                    e.checksum
             FROM events e CROSS JOIN types t USING (type_id) CROSS JOIN streams s USING (stream_id) ",
            $rest
        )
    };
}

pub(crate) fn read_stream(
    connection: &Connection,
    stream: &StreamName,
    from: Option<Revision>,
    direction: Direction,
    limit: usize,
) -> Result<Vec<Recorded>, LogError> {
    let (sql, from) = match direction {
        Direction::Forwards => (
            select!(
                "WHERE e.stream_id = (SELECT stream_id FROM streams WHERE name = ?1)
                 AND e.revision >= ?2 ORDER BY e.revision LIMIT ?3"
            ),
            from.unwrap_or(Revision::FIRST),
        ),
        Direction::Backwards => (
            select!(
                "WHERE e.stream_id = (SELECT stream_id FROM streams WHERE name = ?1)
                 AND e.revision <= ?2 ORDER BY e.revision DESC LIMIT ?3"
            ),
            from.unwrap_or(Revision(u64::MAX)),
        ),
    };
    let statement = connection.prepare_cached(sql);
    collect(statement, (stream.as_str(), bound(from.0), at_most(limit)))
}

pub(crate) fn read_all(
    connection: &Connection,
    after: Option<Position>,
    limit: usize,
) -> Result<Vec<Recorded>, LogError> {
    let (mut page, mut shared) = (Vec::new(), Shared::of(limit.min(PAGE_EVENTS)));
    behind(connection, after, limit, |event| {
        page.push(recorded(event, &mut shared)?);
        Ok(())
    })?;
    Ok(page)
}

/// As [`read_all`], and leaves the events as they are stored.
pub(crate) fn read_page(
    connection: &Connection,
    after: Option<Position>,
    limit: usize,
) -> Result<StoredPage, LogError> {
    let mut page = StoredPage::of(limit.min(PAGE_EVENTS));
    behind(connection, after, limit, |event| {
        page.push(event);
        Ok(())
    })?;
    Ok(page)
}

/// Gives a page of the events behind `after` to `each`.
fn behind(
    connection: &Connection,
    after: Option<Position>,
    limit: usize,
    mut each: impl FnMut(StoredEvent<'_>) -> Result<(), LogError>,
) -> Result<(), LogError> {
    let statement = connection.prepare_cached(select!(
        "WHERE e.position > ?1 ORDER BY e.position LIMIT ?2"
    ));
    let start = after.map_or(0, |after| bound(after.to_stored()));
    let limit = at_most(limit.min(PAGE_EVENTS));
    let (mut last, mut bytes) = (after, 0);
    visit(statement, (start, limit), |event| {
        // Whoever reads on behind a page that leads back would never come to an end.
        if Some(event.position) <= last {
            let what = "the positions of events do not rise";
            return Err(LogError::Corrupt(what.to_owned()));
        }
        last = Some(event.position);
        bytes += event.data.len();
        each(event)?;
        Ok(match bytes < PAGE_BYTES {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        })
    })
}

pub(crate) fn find(connection: &Connection, id: EventId) -> Result<Option<Recorded>, LogError> {
    let statement = connection.prepare_cached(select!("WHERE e.event_id = ?1"));
    one(statement, [id.0.as_bytes()])
}

pub(crate) fn newest(connection: &Connection) -> Result<Option<Recorded>, LogError> {
    let statement = connection.prepare_cached(select!("ORDER BY e.position DESC LIMIT 1"));
    one(statement, ())
}

/// Gives every event behind `after`, whole or with what is wrong with it, to `each`; at most `limit` of
/// them. Returns how many there were.
pub(crate) fn scan(
    connection: &Connection,
    after: u64,
    limit: usize,
    mut each: impl FnMut(u64, Result<Recorded, LogError>),
) -> rusqlite::Result<usize> {
    let mut statement = connection.prepare_cached(select!(
        "WHERE e.position > ?1 ORDER BY e.position LIMIT ?2"
    ))?;
    let mut rows = statement.query((bound(after), at_most(limit)))?;
    let (mut found, mut shared) = (0, Shared::of(limit));
    while let Some(row) = rows.next()? {
        let event = stored(row).and_then(|event| recorded(event, &mut shared));
        each(row.get(0)?, event);
        found += 1;
    }
    Ok(found)
}

fn one(
    statement: rusqlite::Result<CachedStatement<'_>>,
    parameters: impl Params,
) -> Result<Option<Recorded>, LogError> {
    Ok(collect(statement, parameters)?.pop())
}

fn collect(
    statement: rusqlite::Result<CachedStatement<'_>>,
    parameters: impl Params,
) -> Result<Vec<Recorded>, LogError> {
    let (mut events, mut shared) = (Vec::new(), Shared::default());
    visit(statement, parameters, |event| {
        events.push(recorded(event, &mut shared)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(events)
}

/// Gives each event to `each`, until that breaks off.
fn visit(
    statement: rusqlite::Result<CachedStatement<'_>>,
    parameters: impl Params,
    mut each: impl FnMut(StoredEvent<'_>) -> Result<ControlFlow<()>, LogError>,
) -> Result<(), LogError> {
    let described = |e: rusqlite::Error| describe(&e, false);
    let mut statement = statement.map_err(described)?;
    let mut rows = statement.query(parameters).map_err(described)?;
    while let Some(row) = rows.next().map_err(described)? {
        if each(stored(row)?)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// The event of a row, if it is what was written.
fn stored<'a>(row: &'a Row<'_>) -> Result<StoredEvent<'a>, LogError> {
    let described = |e: rusqlite::Error| describe(&e, false);
    let position: u64 = row.get(0).map_err(described)?;
    let damaged = |what: &str| LogError::Corrupt(format!("{what} of the event at {position}"));
    let bytes = |column: usize| {
        row.get_ref(column)
            .map_err(described)?
            .as_bytes()
            .map_err(|_| damaged("a column"))
    };
    let stored = Stored {
        position,
        stream: bytes(6)?,
        revision: row.get(1).map_err(|_| damaged("the revision"))?,
        recorded: row.get(7).map_err(|_| damaged("the time"))?,
        id: bytes(2)?,
        name: bytes(3)?,
        metadata: bytes(4)?,
        data: bytes(5)?,
    };
    if row.get(8) != Ok(stored.checksum()) {
        return Err(damaged("the checksum"));
    }
    Ok(StoredEvent {
        position: Position::from_stored(position),
        stream: str::from_utf8(stored.stream).map_err(|_| damaged("the stream"))?,
        revision: Revision(stored.revision),
        id: EventId(Uuid::from_slice(stored.id).map_err(|_| damaged("the id"))?),
        name: str::from_utf8(stored.name).map_err(|_| damaged("the name"))?,
        metadata: stored.metadata,
        data: stored.data,
    })
}

fn recorded(event: StoredEvent<'_>, shared: &mut Shared) -> Result<Recorded, LogError> {
    let (metadata, data) = shared.bytes(event.metadata, event.data);
    shared.recorded(event, metadata, data)
}
