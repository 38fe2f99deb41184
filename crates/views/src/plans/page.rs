//! The page of one plan.

use calendar::Date;
use domain::{CadreId, StaffId, Text, plan::NeedKind};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use super::{PlanRow, PlanState, query::one};
use crate::{
    ViewsError,
    read::{optional, optional_text, parsed, text, word},
};

/// All that is known of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPage {
    /// As in a list.
    #[serde(flatten)]
    pub row: PlanRow,
    /// What the person needs, by number.
    pub needs: Vec<PlanNeed>,
    /// What is done about it, by number.
    pub measures: Vec<PlanMeasure>,
    /// Its reviews, by number; those withdrawn too.
    pub reviews: Vec<PlanReview>,
    /// Why it was closed.
    pub reason: Option<Text>,
}

/// Something the person needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanNeed {
    /// Counted from 1.
    pub number: u32,
    /// What kind of need it is.
    pub kind: NeedKind,
    /// What it is.
    pub text: Text,
}

/// How a measure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureState {
    /// 待落实.
    ToDo,
    /// 已落实.
    Completed,
    /// 已取消.
    Dropped,
}

/// Something that is done about a need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanMeasure {
    /// Counted from 1.
    pub number: u32,
    /// The number of the need it is for.
    pub need: u32,
    /// What is done.
    pub text: Text,
    /// Who sees to it.
    pub owner: StaffId,
    /// Their name then.
    pub owner_name: Text,
    /// The last day for it.
    pub due: Date,
    /// How it stands.
    pub state: MeasureState,
    /// Whether its last day passed while it is still to be done, and the plan in force.
    pub overdue: bool,
    /// The day it was done.
    pub done_on: Option<Date>,
    /// What came of it, or why it was dropped.
    pub remark: Option<Text>,
}

/// A review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanReview {
    /// Counted from 1.
    pub number: u32,
    /// The day.
    pub on: Date,
    /// What was found.
    pub findings: Text,
    /// The day it set for the next one.
    pub next_review: Date,
    /// It had been recorded in error.
    pub withdrawn: bool,
}

/// The plan of a person as it stands today, the one of this number or the latest; `None` if there is
/// none.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn get(
    conn: &Connection,
    person: CadreId,
    plan: Option<u32>,
    today: Date,
) -> Result<Option<PlanPage>, ViewsError> {
    let Some((row, reason)) = one(conn, person, plan, today)? else {
        return Ok(None);
    };
    Ok(Some(PlanPage {
        needs: all(conn, "plans_need", &row, need)?,
        measures: all(conn, "plans_measure", &row, |found| {
            measure(found, row.state, today)
        })?,
        reviews: all(conn, "plans_review", &row, review)?,
        reason,
        row,
    }))
}

fn all<T>(
    conn: &Connection,
    table: &str,
    of: &PlanRow,
    read: impl Fn(&Row<'_>) -> Result<T, ViewsError>,
) -> Result<Vec<T>, ViewsError> {
    let sql = format!("SELECT * FROM {table} WHERE person = ?1 AND plan = ?2 ORDER BY number");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![of.person.to_string(), of.plan])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

fn need(row: &Row<'_>) -> Result<PlanNeed, ViewsError> {
    Ok(PlanNeed {
        number: row.get("number")?,
        kind: word(row, "kind")?,
        text: text(row, "text")?,
    })
}

fn measure(row: &Row<'_>, plan: PlanState, today: Date) -> Result<PlanMeasure, ViewsError> {
    let state = word(row, "state")?;
    let due = parsed(row, "due")?;
    Ok(PlanMeasure {
        number: row.get("number")?,
        need: row.get("need")?,
        text: text(row, "text")?,
        owner: StaffId(text(row, "owner")?),
        owner_name: text(row, "owner_name")?,
        due,
        state,
        overdue: plan == PlanState::InForce && state == MeasureState::ToDo && due < today,
        done_on: optional(row, "done_on")?,
        remark: optional_text(row, "remark")?,
    })
}

fn review(row: &Row<'_>) -> Result<PlanReview, ViewsError> {
    Ok(PlanReview {
        number: row.get("number")?,
        on: parsed(row, "on_day")?,
        findings: text(row, "findings")?,
        next_review: parsed(row, "next_review")?,
        withdrawn: row.get("withdrawn")?,
    })
}
