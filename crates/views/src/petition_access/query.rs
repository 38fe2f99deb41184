use calendar::Timestamp;
use domain::{Actor, PetitionId, petition_access::AttemptedBy};
use event_log::Position;
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;

use crate::{
    Page, PageRequest, ViewsError,
    read::{parsed, word},
    sealing::visible,
};

/// Someone tried to see a sealed petition and may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// Its place in the log.
    pub position: Position,
    /// When it was recorded, which is right after it was made.
    pub recorded: Timestamp,
    /// Who, with the role and unit they had then.
    pub actor: event_log::Actor,
    /// By what.
    pub by: AttemptedBy,
}

/// The attempts on a petition, the latest first; none if the reader may not see the petition.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn attempts(
    conn: &Connection,
    petition: PetitionId,
    reader: &Actor,
    request: &PageRequest,
) -> Result<Page<Attempt>, ViewsError> {
    let query = ("attempts", petition);
    let after = request.after(&query)?.map(str::parse::<u64>).transpose();
    let after = after.map_err(|_| ViewsError::TokenMalformed)?;
    let visible = visible("a.petition");
    let mut statement = conn.prepare_cached(&format!(
        "SELECT * FROM petition_access a
         WHERE petition = :petition AND (:after IS NULL OR position < :after) AND {visible}
         ORDER BY position DESC LIMIT :rows"
    ))?;
    let mut rows = statement.query(named_params! {
        ":petition": petition.to_string(),
        ":after": after,
        ":rows": request.rows(),
        ":reader_account": reader.id.0.as_str(),
        ":reader_name": reader.name.as_str(),
        ":reader_unit": reader.unit.0.as_str(),
    })?;
    let mut attempts = Vec::new();
    while let Some(row) = rows.next()? {
        attempts.push(attempt(row)?);
    }
    request.page(&query, attempts, |attempt| attempt.position.to_string())
}

fn attempt(row: &Row<'_>) -> Result<Attempt, ViewsError> {
    Ok(Attempt {
        position: Position::from_stored(row.get("position")?),
        recorded: parsed(row, "recorded")?,
        actor: event_log::Actor {
            id: row.get("actor_id")?,
            name: row.get("actor_name")?,
            role: row.get("actor_role")?,
            unit: row.get("actor_unit")?,
        },
        by: word(row, "by")?,
    })
}
