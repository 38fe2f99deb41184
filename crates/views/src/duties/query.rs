use calendar::Date;
use domain::{
    CadreId, ClosedBy, Text, VisitId,
    duty::{DutyDue, DutyId},
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{DutyRow, worklist::read};
use crate::{
    Page, PageRequest, ViewsError,
    read::{json_column, optional, optional_text, text},
};

/// All that is known of a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyDetails {
    /// As in a list.
    #[serde(flatten)]
    pub row: DutyRow,
    /// The rules that govern it.
    pub profile: Text,
    /// What the rule asks for.
    pub closed_by: ClosedBy,
    /// Its clock, which explains itself.
    pub due: DutyDue,
    /// The visit that closed it.
    pub done_by: Option<VisitId>,
    /// Why it fell away: `died`, `superseded`, `trigger_withdrawn`.
    pub cancelled: Option<Text>,
}

/// Which duties of a person. What is left out does not narrow the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyFilter {
    /// Whose.
    pub person: CadreId,
    /// Only those still to be done.
    pub open: bool,
}

/// One duty; `None` if there is none.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn get(
    conn: &Connection,
    duty: &DutyId,
    today: Date,
) -> Result<Option<DutyDetails>, ViewsError> {
    conn.prepare_cached(
        "SELECT d.*, p.name AS person_name FROM duties d
         JOIN duties_person p ON p.person = d.person WHERE d.duty = ?1",
    )?
    .query_row([duty.to_string()], |row| Ok(details(row, today)))
    .optional()?
    .transpose()
}

/// The duties of a person, those due last first.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn of_person(
    conn: &Connection,
    filter: &DutyFilter,
    today: Date,
    request: &PageRequest,
) -> Result<Page<DutyRow>, ViewsError> {
    let after = request.after(filter)?;
    let mut statement = conn.prepare_cached(
        "SELECT d.*, p.name AS person_name FROM duties d
         JOIN duties_person p ON p.person = d.person
         WHERE d.person = ?1 AND (?2 = 0 OR d.open = 1)
           AND (?3 IS NULL OR (d.due_rolled, d.duty) <
               (SELECT due_rolled, duty FROM duties WHERE duty = ?3))
         ORDER BY d.due_rolled DESC, d.duty DESC LIMIT ?4",
    )?;
    let mut rows = statement.query(params![
        filter.person.to_string(),
        filter.open,
        after,
        request.rows()
    ])?;
    let mut duties = Vec::new();
    while let Some(row) = rows.next()? {
        duties.push(read(row, today)?);
    }
    request.page(filter, duties, |row| row.duty.to_string())
}

fn details(row: &Row<'_>, today: Date) -> Result<DutyDetails, ViewsError> {
    Ok(DutyDetails {
        row: read(row, today)?,
        profile: text(row, "profile")?,
        closed_by: json_column(row, "closed_by")?,
        due: json_column(row, "due")?,
        done_by: optional(row, "done_by")?,
        cancelled: optional_text(row, "cancelled")?,
    })
}
