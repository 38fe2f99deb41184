use event_log::{Direction, EventId, LogError, Position, Recorded, Revision, Shared, StreamName};
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
    collect(
        statement,
        (stream.as_str(), bound(from.0), at_most(limit)),
        usize::MAX,
        Shared::default(),
    )
}

pub(crate) fn read_all(
    connection: &Connection,
    after: Option<Position>,
    limit: usize,
) -> Result<Vec<Recorded>, LogError> {
    let statement = connection.prepare_cached(select!(
        "WHERE e.position > ?1 ORDER BY e.position LIMIT ?2"
    ));
    let behind = after.map_or(0, |after| bound(after.to_stored()));
    let limit = limit.min(PAGE_EVENTS);
    let page = collect(
        statement,
        (behind, at_most(limit)),
        PAGE_BYTES,
        Shared::of(limit),
    )?;
    // Whoever reads on behind a page that leads back would never come to an end.
    let places = page.iter().map(|event| Some(event.position));
    match std::iter::once(after)
        .chain(places)
        .is_sorted_by(|a, b| a < b)
    {
        true => Ok(page),
        false => Err(LogError::Corrupt(
            "the positions of events do not rise".to_owned(),
        )),
    }
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
        each(row.get(0)?, recorded(row, &mut shared));
        found += 1;
    }
    Ok(found)
}

fn one(
    statement: rusqlite::Result<CachedStatement<'_>>,
    parameters: impl Params,
) -> Result<Option<Recorded>, LogError> {
    Ok(collect(statement, parameters, usize::MAX, Shared::default())?.pop())
}

fn collect(
    statement: rusqlite::Result<CachedStatement<'_>>,
    parameters: impl Params,
    most_bytes: usize,
    mut shared: Shared,
) -> Result<Vec<Recorded>, LogError> {
    let described = |e: rusqlite::Error| describe(&e, false);
    let mut statement = statement.map_err(described)?;
    let mut rows = statement.query(parameters).map_err(described)?;
    let (mut page, mut bytes) = (Vec::new(), 0);
    while bytes < most_bytes
        && let Some(row) = rows.next().map_err(described)?
    {
        let event = recorded(row, &mut shared)?;
        bytes += event.data.len();
        page.push(event);
    }
    Ok(page)
}

/// The event of a row, if it is what was written.
fn recorded(row: &Row<'_>, shared: &mut Shared) -> Result<Recorded, LogError> {
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
    let text = |bytes, what| str::from_utf8(bytes).map_err(|_| damaged(what));
    let stream = text(stored.stream, "the stream")?.to_owned();
    let (metadata_json, data) = shared.bytes(stored.metadata, stored.data);
    Ok(Recorded {
        position: Position::from_stored(position),
        stream: StreamName::parse(stream).map_err(|_| damaged("the stream"))?,
        revision: Revision(stored.revision),
        id: EventId(Uuid::from_slice(stored.id).map_err(|_| damaged("the id"))?),
        name: shared.text(text(stored.name, "the name")?),
        metadata: shared
            .metadata(stored.metadata)
            .map_err(|_| damaged("the metadata"))?,
        metadata_json,
        data,
    })
}
