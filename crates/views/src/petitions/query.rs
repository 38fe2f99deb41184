use calendar::{Date, When};
use domain::{CadreId, PetitionId, Text, petition::Channel};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{
    PetitionStage,
    details::{PetitionDetails, details},
};
use crate::{
    Page, PageRequest, ViewsError,
    read::{optional, optional_text, parsed, text, word},
};

/// A petition in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionRow {
    /// Which.
    pub petition: PetitionId,
    /// 编号.
    pub number: Option<Text>,
    /// 主题.
    pub subject: Text,
    /// Who petitions: the name given, or the name of an account.
    pub petitioner: Text,
    /// The person of the register, where it is one.
    pub person: Option<CadreId>,
    /// 信访形式.
    pub channel: Channel,
    /// How far it has come.
    pub stage: PetitionStage,
    /// When it was received.
    pub received: When,
    /// When it was accepted.
    pub accepted: Option<When>,
    /// When the reply was delivered.
    pub replied: Option<When>,
    /// When it was closed.
    pub closed: Option<When>,
}

/// A petition with its whole text and reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionText {
    /// As in a list.
    #[serde(flatten)]
    pub row: PetitionRow,
    /// What it says.
    pub text: Text,
    /// What was replied.
    pub reply: Option<Text>,
    /// Its procedure.
    pub details: PetitionDetails,
}

/// Which petitions. What is left out does not narrow the list.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PetitionFilter {
    /// A part of the number or the subject.
    pub q: Option<String>,
    /// How far they have come.
    pub stage: Option<PetitionStage>,
    /// Received on this day or later.
    pub received_from: Option<Date>,
    /// Received on this day or earlier.
    pub received_until: Option<Date>,
    /// The petitioner, where they are in the register.
    pub person: Option<CadreId>,
}

/// The petitions, the latest received first.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn list(
    conn: &Connection,
    filter: &PetitionFilter,
    request: &PageRequest,
) -> Result<Page<PetitionRow>, ViewsError> {
    let after = request.after(filter)?;
    let mut statement = conn.prepare_cached(
        "SELECT * FROM petitions
         WHERE sealed = 0 AND (?1 IS NULL OR instr(subject, ?1) OR instr(number, ?1))
           AND (?2 IS NULL OR stage = ?2)
           AND (?3 IS NULL OR received_on >= ?3)
           AND (?4 IS NULL OR received_on <= ?4)
           AND (?5 IS NULL OR person = ?5)
           AND (?6 IS NULL OR (received_order, petition) <
               (SELECT received_order, petition FROM petitions WHERE petition = ?6))
         ORDER BY received_order DESC, petition DESC LIMIT ?7",
    )?;
    let mut rows = statement.query(params![
        filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()),
        filter.stage.map(PetitionStage::as_str),
        filter.received_from.map(|d| d.to_string()),
        filter.received_until.map(|d| d.to_string()),
        filter.person.map(|p| p.to_string()),
        after,
        request.rows(),
    ])?;
    let mut petitions = Vec::new();
    while let Some(row) = rows.next()? {
        petitions.push(petition(row)?);
    }
    request.page(filter, petitions, |p| p.petition.to_string())
}

/// One petition with its whole text and reply; `None` if there is none.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn get(conn: &Connection, id: PetitionId) -> Result<Option<PetitionText>, ViewsError> {
    conn.prepare_cached(
        "SELECT p.*, t.text, t.reply FROM petitions p
         JOIN petitions_text t ON t.petition = p.petition WHERE p.petition = ?1 AND p.sealed = 0",
    )?
    .query_row([id.to_string()], |row| Ok(whole(conn, row)))
    .optional()?
    .transpose()
}

fn whole(conn: &Connection, row: &Row<'_>) -> Result<PetitionText, ViewsError> {
    Ok(PetitionText {
        row: petition(row)?,
        text: text(row, "text")?,
        reply: optional_text(row, "reply")?,
        details: details(conn, row)?,
    })
}

fn petition(row: &Row<'_>) -> Result<PetitionRow, ViewsError> {
    Ok(PetitionRow {
        petition: parsed(row, "petition")?,
        number: optional_text(row, "number")?,
        subject: text(row, "subject")?,
        petitioner: text(row, "petitioner")?,
        person: optional(row, "person")?,
        channel: word(row, "channel")?,
        stage: word(row, "stage")?,
        received: parsed(row, "received")?,
        accepted: optional(row, "accepted")?,
        replied: optional(row, "replied")?,
        closed: optional(row, "closed")?,
    })
}
