use std::collections::BTreeSet;

use calendar::{Timestamp, When};
use domain::{Actor, Aggregate as _, AnyEvent, CadreId, Text, petition::PetitionCase};
use event_log::{Position, Revision, Source, StreamName};
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{describe, document};
use crate::{Page, PageRequest, ViewsError, read::parsed, sealing::may_see};

/// One thing that happened.
#[derive(Serialize)]
pub struct HistoryEntry {
    /// Its place in the log.
    pub position: Position,
    /// Its stream.
    pub stream: String,
    /// Its place in the stream.
    pub revision: Revision,
    /// The stable name of the event, such as `visit.recorded`.
    pub event: String,
    /// What happened, in a Chinese sentence.
    pub what: String,
    /// When it happened or took effect.
    pub occurred: When,
    /// When we recorded it.
    pub recorded: Timestamp,
    /// Who did it, with the role and unit they had then.
    pub actor: event_log::Actor,
    /// On whose behalf, where that is someone else.
    pub on_behalf_of: Option<String>,
    /// The document or voucher that the event itself names.
    pub document: Option<Text>,
    /// The document, sheet and row it was copied from.
    pub source: Option<Source>,
    /// The position of the event that corrected or withdrew this one.
    pub superseded_by: Option<Position>,
    /// The schema version of the data.
    pub version: u32,
    /// The event's data as it is stored in the log.
    pub data: Box<RawValue>,
}

const COLUMNS: &str =
    "h.position, h.stream, h.revision, h.event, h.version, h.occurred, h.recorded,
    h.actor_id, h.actor_name, h.actor_role, h.actor_unit, h.on_behalf_of,
    h.source_document, h.source_sheet, h.source_row, h.superseded_by, h.data";

/// The events of sealed petitions. What goes before the id in a stream's name has 9 characters.
const SEALED: &str =
    "SELECT 1 FROM history h CROSS JOIN sealing s ON s.petition = substr(h.stream, 10)";

/// What happened to a person, the latest first, with what was recorded under duplicates of them. A
/// sealed petition is in nobody's history, whoever asks.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn of_person(
    conn: &Connection,
    person: CadreId,
    request: &PageRequest,
) -> Result<Page<HistoryEntry>, ViewsError> {
    let query = ("history", person);
    let after = position_after(request, &query)?;
    let entries = select(
        conn,
        &format!(
            "WITH RECURSIVE records (person) AS (
                 SELECT ?1 UNION SELECT d.person FROM history_duplicate d
                 JOIN records r ON d.kept_as = r.person),
             page (occurred_order, position) AS (
                 SELECT DISTINCT occurred_order, position FROM history_person
                 WHERE person IN (SELECT person FROM records)
                   AND NOT EXISTS ({SEALED} WHERE h.position = history_person.position)
                   AND (?2 IS NULL OR (occurred_order, position) <
                       (SELECT occurred_order, position FROM history
                        WHERE position = ?2 AND NOT EXISTS ({SEALED} WHERE h.position = ?2)))
                 ORDER BY 1 DESC, 2 DESC LIMIT ?3)
             SELECT {COLUMNS} FROM page JOIN history h ON h.position = page.position
             ORDER BY page.occurred_order DESC, page.position DESC"
        ),
        params![person.to_string(), after, request.rows()],
    )?;
    request.page(&query, entries, |entry| entry.position.to_string())
}

/// The streams in which something was recorded of a person or of duplicates of them, by name; none of
/// a sealed petition.
///
/// # Errors
/// [`ViewsError`].
pub fn streams_of_person(
    conn: &Connection,
    person: CadreId,
) -> Result<Vec<StreamName>, ViewsError> {
    let mut statement = conn.prepare_cached(&format!(
        "WITH RECURSIVE records (person) AS (
             SELECT ?1 UNION SELECT d.person FROM history_duplicate d
             JOIN records r ON d.kept_as = r.person)
         SELECT h.stream FROM records r
         CROSS JOIN history_person p ON p.person = r.person
         CROSS JOIN history h ON h.position = p.position
         WHERE NOT EXISTS ({SEALED} WHERE h.position = p.position)"
    ))?;
    let mut rows = statement.query([person.to_string()])?;
    // Sorted here: SQLite would go through everyone's history, which stands in that order.
    let mut streams = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let stream = StreamName::parse(row.get(0)?);
        streams.insert(stream.map_err(|_| ViewsError::Damaged { column: "stream" })?);
    }
    Ok(streams.into_iter().collect())
}

/// What happened in one stream, such as `petition-<id>` or `visit-<id>`, the latest first; nothing
/// of a petition that the reader may not see.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn of_stream(
    conn: &Connection,
    stream: &StreamName,
    reader: &Actor,
    request: &PageRequest,
) -> Result<Page<HistoryEntry>, ViewsError> {
    let query = ("history", stream.as_str());
    let after = position_after(request, &query)?;
    if stream.category() == PetitionCase::CATEGORY && !may_see(conn, stream.id(), reader)? {
        return request.page(&query, vec![], |entry: &HistoryEntry| {
            entry.position.to_string()
        });
    }
    let entries = select(
        conn,
        &format!(
            "SELECT {COLUMNS} FROM history h
             WHERE h.stream = ?1
               AND (?2 IS NULL OR (h.occurred_order, h.position) <
                   (SELECT occurred_order, position FROM history
                    WHERE position = ?2 AND stream = ?1))
             ORDER BY h.occurred_order DESC, h.position DESC LIMIT ?3"
        ),
        params![stream.as_str(), after, request.rows()],
    )?;
    request.page(&query, entries, |entry| entry.position.to_string())
}

/// Every event of one stream, in the order of recording, for a view that shows what they tell once it
/// knows that it may.
///
/// # Errors
/// [`ViewsError::Sqlite`]; [`ViewsError::Decode`].
pub(crate) fn events(conn: &Connection, stream: &str) -> Result<Vec<AnyEvent>, ViewsError> {
    let sql =
        "SELECT position, event, version, data FROM history WHERE stream = ?1 ORDER BY revision";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([stream])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        let (event, data): (String, String) = (row.get("event")?, row.get("data")?);
        let decoded = AnyEvent::decode(&event, row.get("version")?, data.as_bytes());
        let position = Position::from_stored(row.get("position")?);
        events.push(decoded.map_err(|error| ViewsError::Decode { position, error })?);
    }
    Ok(events)
}

fn position_after(
    request: &PageRequest,
    query: &impl Serialize,
) -> Result<Option<u64>, ViewsError> {
    let after = request.after(query)?;
    let position = after.map(str::parse).transpose();
    position.map_err(|_| ViewsError::TokenMalformed)
}

fn select(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<HistoryEntry>, ViewsError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry(row)?);
    }
    Ok(entries)
}

fn entry(row: &Row<'_>) -> Result<HistoryEntry, ViewsError> {
    let position = Position::from_stored(row.get("position")?);
    let event: String = row.get("event")?;
    let version = row.get("version")?;
    let data: String = row.get("data")?;
    let decoded = AnyEvent::decode(&event, version, data.as_bytes())
        .map_err(|error| ViewsError::Decode { position, error })?;
    let source_document: Option<String> = row.get("source_document")?;
    let (sheet, source_row) = (row.get("source_sheet")?, row.get("source_row")?);
    Ok(HistoryEntry {
        position,
        stream: row.get("stream")?,
        revision: Revision(row.get("revision")?),
        what: describe(&decoded),
        occurred: parsed(row, "occurred")?,
        recorded: parsed(row, "recorded")?,
        actor: event_log::Actor {
            id: row.get("actor_id")?,
            name: row.get("actor_name")?,
            role: row.get("actor_role")?,
            unit: row.get("actor_unit")?,
        },
        on_behalf_of: row.get("on_behalf_of")?,
        document: document(&decoded).cloned(),
        source: source_document.map(|document| Source {
            document,
            sheet,
            row: source_row,
        }),
        superseded_by: row
            .get::<_, Option<u64>>("superseded_by")?
            .map(Position::from_stored),
        event,
        version,
        data: RawValue::from_string(data).map_err(|_| ViewsError::Damaged { column: "data" })?,
    })
}
