use calendar::Date;
use domain::{
    Actor, PetitionId, Text,
    petition::{Category, Outcome, Rating, ReviewResult},
};
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;

use super::{PetitionClock, PetitionDocument, category, documents};
use crate::{
    ViewsError,
    read::{optional, optional_text, parsed, text, word},
    sealing::visible,
};

/// All that is known of a petition's procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PetitionDetails {
    /// What kind it is, once that was said.
    pub category: Option<Category>,
    /// The unit that keeps it: the one of whoever registered it.
    pub unit: Text,
    /// 主办单位, once it was given to one.
    pub lead: Option<Text>,
    /// 承办人; nobody once they stood back.
    pub handler: Option<Text>,
    /// The rule profile that governs it.
    pub profile: String,
    /// The first day on which the petitioner knew, by notice or by answer.
    pub told_on: Option<Date>,
    /// The petition it is handled with.
    pub duplicate_of: Option<PetitionId>,
    /// The petitions that are handled with it.
    pub duplicates: Vec<PetitionId>,
    /// From acceptance to answer and review, one after another; the last is the present one.
    pub courses: Vec<Course>,
    /// Every clock that ever ran, each with the reasons for its last day.
    pub clocks: Vec<PetitionClock>,
    /// 附件, in the order they were attached.
    pub documents: Vec<PetitionDocument>,
}

/// One handling of a petition. One that is opened again is handled anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Course {
    /// From 1.
    pub course: u32,
    /// 受理之日.
    pub accepted_on: Date,
    /// The day the answer was delivered.
    pub answered_on: Option<Date>,
    /// The day its handling stopped without an answer.
    pub stopped_on: Option<Date>,
    /// By how many calendar days it was prolonged.
    pub extended_days: u32,
    /// What became of the claim.
    pub outcome: Option<Outcome>,
    /// What the petitioner thinks of it.
    pub rating: Option<Rating>,
    /// The day the reviewer received the request (复查).
    pub review_requested_on: Option<Date>,
    /// The day of the decision.
    pub review_decided_on: Option<Date>,
    /// What became of the reply.
    pub review_result: Option<ReviewResult>,
    /// The day the final reviewer received the request (复核).
    pub final_requested_on: Option<Date>,
    /// The day of the final decision.
    pub final_decided_on: Option<Date>,
    /// What became of the reply for good.
    pub final_result: Option<ReviewResult>,
}

/// The details of the petition in this row of `petitions`.
pub(super) fn details(
    conn: &Connection,
    row: &Row<'_>,
    reader: &Actor,
    clocks: Vec<PetitionClock>,
) -> Result<PetitionDetails, ViewsError> {
    let id: String = row.get("petition")?;
    Ok(PetitionDetails {
        category: category::read(row)?,
        unit: text(row, "unit")?,
        lead: optional_text(row, "lead")?,
        handler: optional_text(row, "handler")?,
        profile: row.get("profile")?,
        told_on: optional(row, "told_on")?,
        duplicate_of: optional(row, "duplicate_of")?,
        duplicates: duplicates(conn, &id, reader)?,
        courses: all(
            conn,
            "SELECT * FROM petitions_course WHERE petition = ?1 ORDER BY course",
            &id,
            course,
        )?,
        clocks,
        documents: all(
            conn,
            "SELECT * FROM petitions_document WHERE petition = ?1 ORDER BY number",
            &id,
            documents::document,
        )?,
    })
}

/// Whoever may see a petition sees the one it is linked to, but not the other way round.
fn duplicates(conn: &Connection, id: &str, reader: &Actor) -> Result<Vec<PetitionId>, ViewsError> {
    let visible = visible("p.petition");
    let mut statement = conn.prepare_cached(&format!(
        "SELECT petition FROM petitions p WHERE duplicate_of = :petition AND {visible}
         ORDER BY received_order, petition",
    ))?;
    let mut rows = statement.query(named_params! {
        ":petition": id,
        ":reader_account": reader.id.0.as_str(),
        ":reader_name": reader.name.as_str(),
        ":reader_unit": reader.unit.0.as_str(),
    })?;
    let mut duplicates = Vec::new();
    while let Some(row) = rows.next()? {
        duplicates.push(parsed(row, "petition")?);
    }
    Ok(duplicates)
}

fn all<T>(
    conn: &Connection,
    sql: &str,
    id: &str,
    read: impl Fn(&Row<'_>) -> Result<T, ViewsError>,
) -> Result<Vec<T>, ViewsError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([id])?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push(read(row)?);
    }
    Ok(items)
}

fn course(row: &Row<'_>) -> Result<Course, ViewsError> {
    Ok(Course {
        course: row.get("course")?,
        accepted_on: parsed(row, "accepted_on")?,
        answered_on: optional(row, "answered_on")?,
        stopped_on: optional(row, "stopped_on")?,
        extended_days: row.get("extended_days")?,
        outcome: optional_word(row, "outcome")?,
        rating: optional_word(row, "rating")?,
        review_requested_on: optional(row, "review_requested_on")?,
        review_decided_on: optional(row, "review_decided_on")?,
        review_result: optional_word(row, "review_result")?,
        final_requested_on: optional(row, "final_requested_on")?,
        final_decided_on: optional(row, "final_decided_on")?,
        final_result: optional_word(row, "final_result")?,
    })
}

fn optional_word<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    column: &'static str,
) -> Result<Option<T>, ViewsError> {
    let stored: Option<String> = row.get(column)?;
    stored.map(|_| word(row, column)).transpose()
}
