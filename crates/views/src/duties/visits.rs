//! The visits as they read now.

use domain::{
    CadreId,
    visit::{Visit, VisitEvent},
};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{
    run,
    settle::{Scope, settle},
};
use crate::{
    Envelope, ViewsError,
    read::{self, json, plain},
};

pub(super) fn visit(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &VisitEvent,
) -> Result<(), ViewsError> {
    let id = envelope.stream_id();
    let sql = "SELECT person FROM duties_visit WHERE visit = ?1";
    let before: Option<String> = tx
        .prepare_cached(sql)?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let now = match event {
        VisitEvent::Recorded(e) => Some(&e.visit),
        VisitEvent::Corrected(e) => Some(&e.visit),
        VisitEvent::Withdrawn(_) => None,
    };
    match now {
        Some(visit) => write(tx, id, visit)?,
        None => {
            run(tx, "DELETE FROM duties_visit WHERE visit = ?1", [id])?;
        }
    }
    let before = before.and_then(|person| person.parse::<CadreId>().ok());
    let now = now.map(|visit| visit.person);
    // A correction may name another person: both have to be looked at.
    for person in before.filter(|p| Some(*p) != now).into_iter().chain(now) {
        settle(tx, &Scope::Visit(person, id))?;
    }
    Ok(())
}

fn write(tx: &Transaction<'_>, id: &str, visit: &Visit) -> Result<(), ViewsError> {
    let sql = "INSERT OR REPLACE INTO duties_visit (visit, person, visited, day, purpose, mode)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    run(
        tx,
        sql,
        params![
            id,
            visit.person.to_string(),
            read::stored(visit.visited),
            visit.visited.date().to_string(),
            json(&visit.purpose)?,
            plain(&visit.mode)?,
        ],
    )?;
    Ok(())
}
