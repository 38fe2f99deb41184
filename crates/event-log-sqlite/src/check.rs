//! Whether a file holds what was written: a quick look at every opening, and all of it on demand.

use std::{collections::HashMap, path::Path};

use event_log::{LogError, Position, Recorded, Revision, StreamName};
use rusqlite::Connection;
use serde::de::IgnoredAny;

use crate::{error::describe, reader, schema};

/// How many of the newest events are looked at when a log is opened.
const NEWEST: u64 = 100;

/// How many events are read at a time, so that no page is held for long.
const PAGE: usize = 5_000;

/// How many faults are listed; behind so many the file needs a backup, not a longer list.
const LISTED: usize = 100;

/// What a whole log was found to hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// How many events can be read and are what was written.
    pub events: u64,
    /// In how many streams.
    pub streams: u64,
    /// The position of the newest of them; `None` in an empty log.
    pub head: Option<Position>,
    /// What is wrong, 100 at most; empty if nothing is.
    pub faults: Vec<String>,
}

impl Checked {
    fn fault(&mut self, fault: String) {
        if self.faults.len() < LISTED {
            self.faults.push(fault);
        }
    }
}

/// Reads all of the log in this file.
pub(crate) fn full(connection: &Connection) -> Result<Checked, LogError> {
    schema::check(connection)?;
    let mut checked = Checked::default();
    for fault in integrity(connection).map_err(|e| describe(&e, false))? {
        checked.fault(fault);
    }
    let mut streams = HashMap::new();
    let mut last = 0;
    loop {
        let from = last;
        let found = reader::scan(connection, from, PAGE, |position, event| {
            let faults = [
                gap(last, position),
                match event {
                    Ok(event) => {
                        checked.events += 1;
                        checked.head = Some(event.position);
                        follows(&mut streams, event)
                    }
                    Err(error) => Some(error.to_string()),
                },
            ];
            faults.into_iter().flatten().for_each(|f| checked.fault(f));
            last = position;
        });
        match found {
            Ok(0) => break,
            // The tree is out of order, and what was listed leads back to where it was: there is no end of it.
            Ok(_) if last <= from => break,
            Ok(_) => {}
            Err(error) => {
                checked.fault(format!("behind position {last}: {error}"));
                break;
            }
        }
    }
    checked.streams = streams.len() as u64;
    Ok(checked)
}

/// What SQLite itself finds wrong with its pages, trees and indexes.
fn integrity(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let lines = statement.query_map([], |row| row.get(0))?;
    let lines = lines.collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

/// The writer leaves no gap in the positions.
fn gap(last: u64, position: u64) -> Option<String> {
    (position != last + 1).then(|| format!("position {position} follows {last}"))
}

/// The revisions of a stream have no gap and rise with the positions; the data are JSON.
fn follows(streams: &mut HashMap<StreamName, Revision>, event: Recorded) -> Option<String> {
    let Recorded {
        position,
        stream,
        revision,
        data,
        ..
    } = event;
    if serde_json::from_slice::<IgnoredAny>(&data).is_err() {
        return Some(format!("the data of the event at {position} are no JSON"));
    }
    let next = streams
        .insert(stream, revision)
        .map_or(Revision::FIRST, Revision::next);
    (revision != next).then(|| {
        format!("the event at {position} has revision {revision} where {next} must follow")
    })
}

/// Looks at the tables and at the newest events: what a broken end of the file would have hit. Takes
/// the same short time however long the log is.
pub(crate) fn quick(connection: &Connection) -> Result<Option<Position>, LogError> {
    let sql = "SELECT max(position) FROM events";
    let newest: Option<u64> = connection
        .query_row(sql, [], |row| row.get(0))
        .map_err(|e| describe(&e, false))?;
    let Some(newest) = newest else {
        return Ok(None);
    };
    let mut last = newest.saturating_sub(NEWEST);
    let mut fault = None;
    reader::scan(connection, last, PAGE, |position, event| {
        fault = fault.take().or_else(|| match event {
            Err(error) => Some(error),
            Ok(event) => gap(last, position)
                .or_else(|| indexed(connection, &event).err())
                .map(LogError::Corrupt),
        });
        last = position;
    })
    .map_err(|e| describe(&e, false))?;
    match fault {
        Some(fault) => Err(fault),
        None if last == newest => Ok(Some(Position::from_stored(newest))),
        None => Err(LogError::Corrupt(format!(
            "the event at {newest} cannot be read"
        ))),
    }
}

/// Both indexes lead to the event.
fn indexed(connection: &Connection, event: &Recorded) -> Result<(), String> {
    let at = |sql, wanted: &dyn rusqlite::ToSql| {
        let found = connection
            .prepare_cached(sql)
            .and_then(|mut s| s.query_row((wanted, event.revision.0), |row| row.get::<_, u64>(0)));
        match found {
            Ok(found) if found == event.position.to_stored() => Ok(()),
            Ok(found) => Err(format!(
                "an index leads to {found} instead of {}",
                event.position
            )),
            Err(error) => Err(format!("no index leads to {}: {error}", event.position)),
        }
    };
    at(
        "SELECT position FROM events WHERE event_id = ?1 AND revision = ?2",
        &event.id.0.as_bytes(),
    )?;
    at(
        "SELECT position FROM events
         WHERE stream_id = (SELECT stream_id FROM streams WHERE name = ?1) AND revision = ?2",
        &event.stream.as_str(),
    )
}

/// Checks the file at this path; see [`crate::SqliteLog::check`].
pub(crate) fn file(path: &Path) -> Result<Checked, LogError> {
    full(&schema::open_reader(path).map_err(|e| describe(&e, false))?)
}
