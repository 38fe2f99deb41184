use event_log::{Direction, EventId, LogError, Position, Recorded, Revision, StreamName};
use rusqlite::{CachedStatement, Connection, Params, Row};
use uuid::Uuid;

use crate::error::describe;

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
            "SELECT e.position, e.revision, e.event_id, t.name, e.metadata, e.data, s.name
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
    let after = after.map_or(0, |after| bound(after.to_stored()));
    collect(
        statement,
        (after, at_most(limit.min(PAGE_EVENTS))),
        PAGE_BYTES,
    )
}

pub(crate) fn newest(connection: &Connection) -> Result<Option<Recorded>, LogError> {
    let statement = connection.prepare_cached(select!("ORDER BY e.position DESC LIMIT 1"));
    Ok(collect(statement, (), usize::MAX)?.pop())
}

fn collect(
    statement: rusqlite::Result<CachedStatement<'_>>,
    parameters: impl Params,
    most_bytes: usize,
) -> Result<Vec<Recorded>, LogError> {
    let described = |e: rusqlite::Error| describe(&e, false);
    let mut statement = statement.map_err(described)?;
    let mut rows = statement.query(parameters).map_err(described)?;
    let (mut page, mut bytes) = (Vec::new(), 0);
    while bytes < most_bytes
        && let Some(row) = rows.next().map_err(described)?
    {
        let event = recorded(row)?;
        bytes += event.data.len();
        page.push(event);
    }
    Ok(page)
}

fn recorded(row: &Row<'_>) -> Result<Recorded, LogError> {
    let described = |e: rusqlite::Error| describe(&e, false);
    let position: u64 = row.get(0).map_err(described)?;
    let damaged = |what: &str| LogError::Corrupt(format!("{what} of the event at {position}"));
    let bytes = |column: usize| {
        row.get_ref(column)
            .map_err(described)?
            .as_bytes()
            .map_err(|_| damaged("a column"))
    };
    Ok(Recorded {
        position: Position::from_stored(position),
        stream: StreamName::parse(row.get(6).map_err(described)?)
            .map_err(|_| damaged("the stream"))?,
        revision: Revision(row.get(1).map_err(described)?),
        id: EventId(Uuid::from_slice(bytes(2)?).map_err(|_| damaged("the id"))?),
        name: row.get(3).map_err(described)?,
        metadata: serde_json::from_slice(bytes(4)?).map_err(|_| damaged("the metadata"))?,
        data: bytes(5)?.to_vec(),
    })
}
