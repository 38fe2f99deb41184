use calendar::Date;
use domain::{CadreId, Text, Unit};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::{
    Page, PageRequest, ViewsError,
    read::{optional, optional_text, parsed, text, word},
};

/// How a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// 执行中.
    InForce,
    /// 本人去世.
    EndedByDeath,
    /// 已终止.
    Closed,
}

impl PlanState {
    /// The word in a question and in its answer.
    pub fn as_str(self) -> &'static str {
        match self {
            PlanState::InForce => "in_force",
            PlanState::EndedByDeath => "ended_by_death",
            PlanState::Closed => "closed",
        }
    }
}

/// A plan in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRow {
    /// For whom.
    pub person: CadreId,
    /// Their name.
    pub name: Text,
    /// The unit that looks after them.
    pub unit: Unit,
    /// 1 for the first plan of this person.
    pub plan: u32,
    /// How it stands.
    pub state: PlanState,
    /// The day it holds from.
    pub adopted_on: Date,
    /// The day of the last review.
    pub reviewed_on: Option<Date>,
    /// The day of the next review.
    pub next_review: Date,
    /// Measures that are still to be done.
    pub to_do: u32,
    /// Of these, whose last day passed; none once the plan has ended.
    pub overdue: u32,
    /// Measures that are done.
    pub completed: u32,
    /// The day it was closed.
    pub closed: Option<Date>,
}

/// Which plans. What is left out does not narrow the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlanFilter {
    /// The unit that looks after the person.
    pub unit: Option<String>,
    /// For whom.
    pub person: Option<CadreId>,
    /// How they stand.
    pub state: Option<PlanState>,
    /// The next review is due on this day or earlier.
    pub review_until: Option<Date>,
    /// Only those with a measure whose last day passed.
    pub overdue: bool,
}

/// The plans as they stand; `?1` is today.
const PLANS: &str = "WITH rows AS (
    SELECT p.person, r.name, r.unit, p.plan, p.adopted_on, p.closed, p.reason,
           CASE WHEN p.closed IS NOT NULL THEN 'closed'
                WHEN r.living THEN 'in_force' ELSE 'ended_by_death' END AS state,
           v.on_day AS reviewed_on, coalesce(v.next_review, p.first_review) AS next_review,
           (SELECT count(*) FROM plans_measure m
            WHERE m.person = p.person AND m.plan = p.plan AND m.state = 'to_do') AS to_do,
           (SELECT count(*) FROM plans_measure m
            WHERE m.person = p.person AND m.plan = p.plan AND m.state = 'to_do'
              AND m.due < ?1 AND p.closed IS NULL AND r.living) AS overdue,
           (SELECT count(*) FROM plans_measure m
            WHERE m.person = p.person AND m.plan = p.plan AND m.state = 'completed') AS completed
    FROM plans p JOIN register r ON r.person = p.person
    LEFT JOIN plans_review v ON v.person = p.person AND v.plan = p.plan AND v.number =
        (SELECT max(number) FROM plans_review
         WHERE person = p.person AND plan = p.plan AND withdrawn = 0))";

/// The plans as they stand today, by person's id and number.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn list(
    conn: &Connection,
    filter: &PlanFilter,
    today: Date,
    request: &PageRequest,
) -> Result<Page<PlanRow>, ViewsError> {
    let after = request.after(filter)?;
    let mut statement = conn.prepare_cached(&format!(
        "{PLANS} SELECT * FROM rows
         WHERE (?2 IS NULL OR unit = ?2) AND (?3 IS NULL OR person = ?3)
           AND (?4 IS NULL OR state = ?4) AND (?5 IS NULL OR next_review <= ?5)
           AND (?6 = 0 OR overdue > 0)
           AND (?7 IS NULL OR format('%s.%05d', person, plan) > ?7)
         ORDER BY person, plan LIMIT ?8"
    ))?;
    let mut rows = statement.query(params![
        today.to_string(),
        filter.unit,
        filter.person.map(|person| person.to_string()),
        filter.state.map(PlanState::as_str),
        filter.review_until.map(|day| day.to_string()),
        filter.overdue,
        after,
        request.rows(),
    ])?;
    let mut plans = Vec::new();
    while let Some(row) = rows.next()? {
        plans.push(read(row)?);
    }
    request.page(filter, plans, |row| {
        format!("{}.{:05}", row.person, row.plan)
    })
}

/// The plan of a person: the one of this number, or the latest.
pub(crate) fn one(
    conn: &Connection,
    person: CadreId,
    plan: Option<u32>,
    today: Date,
) -> Result<Option<(PlanRow, Option<Text>)>, ViewsError> {
    let mut statement = conn.prepare_cached(&format!(
        "{PLANS} SELECT * FROM rows WHERE person = ?2 AND (?3 IS NULL OR plan = ?3)
         ORDER BY plan DESC LIMIT 1"
    ))?;
    let found = statement.query_row(
        params![today.to_string(), person.to_string(), plan],
        |row| Ok(read(row).and_then(|known| Ok((known, optional_text(row, "reason")?)))),
    );
    found.optional()?.transpose()
}

fn read(row: &Row<'_>) -> Result<PlanRow, ViewsError> {
    Ok(PlanRow {
        person: parsed(row, "person")?,
        name: text(row, "name")?,
        unit: Unit(text(row, "unit")?),
        plan: row.get("plan")?,
        state: word(row, "state")?,
        adopted_on: parsed(row, "adopted_on")?,
        reviewed_on: optional(row, "reviewed_on")?,
        next_review: parsed(row, "next_review")?,
        to_do: row.get("to_do")?,
        overdue: row.get("overdue")?,
        completed: row.get("completed")?,
        closed: optional(row, "closed")?,
    })
}
