//! What is still to be done, and by whom?

use calendar::Date;
use domain::{CadreId, StaffId, Text, Unit, plan::NeedKind};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::{
    Page, PageRequest, ViewsError,
    read::{parsed, text, word},
};

/// A measure that is still to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureRow {
    /// For whom.
    pub person: CadreId,
    /// Their name.
    pub name: Text,
    /// The unit that looks after them.
    pub unit: Unit,
    /// 1 for the first plan of this person.
    pub plan: u32,
    /// Its number in the plan.
    pub number: u32,
    /// What kind of need it is for.
    pub kind: NeedKind,
    /// What is done.
    pub text: Text,
    /// Who sees to it.
    pub owner: StaffId,
    /// Their name then.
    pub owner_name: Text,
    /// The last day for it.
    pub due: Date,
    /// Calendar days to that day: 0 on it, below 0 when it is over.
    pub days_left: i32,
}

/// Whose measures. What is left out does not narrow the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MeasureFilter {
    /// Who sees to them.
    pub owner: Option<StaffId>,
    /// The unit that looks after the person.
    pub unit: Option<String>,
    /// Only those whose last day passed.
    pub overdue: bool,
}

/// The measures still to be done of the plans in force, by last day: the longest overdue first.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn measures(
    conn: &Connection,
    filter: &MeasureFilter,
    today: Date,
    request: &PageRequest,
) -> Result<Page<MeasureRow>, ViewsError> {
    let after = request.after(filter)?;
    // Each way to ask has its index; SQLite would use none if one statement served both.
    let whose = match filter.owner {
        Some(_) => "m.owner = ?1",
        None => "?1 IS NULL",
    };
    let mut statement = conn.prepare_cached(&format!(
        "SELECT m.*, n.kind, r.name, r.unit
         FROM plans_measure m
         JOIN plans p ON p.person = m.person AND p.plan = m.plan AND p.closed IS NULL
         JOIN plans_need n ON n.person = m.person AND n.plan = m.plan AND n.number = m.need
         JOIN register r ON r.person = m.person AND r.living
         WHERE {whose} AND m.state = 'to_do' AND (?2 IS NULL OR r.unit = ?2)
           AND (?3 = 0 OR m.due < ?4)
           AND (?5 IS NULL OR format('%s.%s.%05d.%05d', m.due, m.person, m.plan, m.number) > ?5)
         ORDER BY m.due, m.person, m.plan, m.number LIMIT ?6"
    ))?;
    let mut rows = statement.query(params![
        filter.owner.as_ref().map(|owner| owner.0.as_str()),
        filter.unit,
        filter.overdue,
        today.to_string(),
        after,
        request.rows(),
    ])?;
    let mut measures = Vec::new();
    while let Some(row) = rows.next()? {
        measures.push(read(row, today)?);
    }
    request.page(filter, measures, |m| {
        format!("{}.{}.{:05}.{:05}", m.due, m.person, m.plan, m.number)
    })
}

fn read(row: &Row<'_>, today: Date) -> Result<MeasureRow, ViewsError> {
    let due: Date = parsed(row, "due")?;
    Ok(MeasureRow {
        person: parsed(row, "person")?,
        name: text(row, "name")?,
        unit: Unit(text(row, "unit")?),
        plan: row.get("plan")?,
        number: row.get("number")?,
        kind: word(row, "kind")?,
        text: text(row, "text")?,
        owner: StaffId(text(row, "owner")?),
        owner_name: text(row, "owner_name")?,
        due,
        days_left: (due - today).get_days(),
    })
}
