//! Who was reached, and in time?

use calendar::Date;
use domain::{
    Text,
    duty::{RuleId, TriggerKind},
};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::{
    ViewsError,
    read::{parsed, text, word},
};

/// Which duties are counted: those whose last day lies in the period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CoverageFilter {
    /// The last day in time is this day or later.
    pub from: Option<Date>,
    /// The last day in time is this day or earlier.
    pub until: Option<Date>,
    /// The unit that has them.
    pub unit: Option<Text>,
}

/// What became of the duties of one unit and rule. `due` is the sum of all others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The unit that has them.
    pub unit: Text,
    /// By which rule.
    pub rule: RuleId,
    /// What people call it.
    pub name: Text,
    /// What raised them.
    pub kind: TriggerKind,
    /// All of them.
    pub due: u64,
    /// 按期完成.
    pub in_time: u64,
    /// 逾期完成.
    pub late: u64,
    /// 已免除.
    pub waived: u64,
    /// 已取消.
    pub cancelled: u64,
    /// 未到期: still to be done, and in time.
    pub open: u64,
    /// 逾期未完成.
    pub overdue: u64,
}

/// What became of the duties, by unit and rule, as it is today.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn coverage(
    conn: &Connection,
    filter: &CoverageFilter,
    today: Date,
) -> Result<Vec<Coverage>, ViewsError> {
    let mut statement = conn.prepare_cached(
        "SELECT unit, rule, max(name) AS name, max(kind) AS kind, count(*) AS due,
                sum(state = 'fulfilled' AND done_on <= due_rolled) AS in_time,
                sum(state = 'fulfilled' AND done_on > due_rolled) AS late,
                sum(state = 'waived') AS waived,
                sum(state = 'cancelled') AS cancelled,
                sum(open = 1 AND due_rolled >= ?1) AS open,
                sum(open = 1 AND due_rolled < ?1) AS overdue
         FROM duties
         WHERE due_rolled >= ?2 AND due_rolled <= ?3 AND (?4 IS NULL OR unit = ?4)
         GROUP BY unit, rule ORDER BY unit, rule",
    )?;
    let mut rows = statement.query(params![
        today.to_string(),
        filter.from.unwrap_or(Date::ZERO).to_string(),
        filter.until.unwrap_or(Date::MAX).to_string(),
        filter.unit.as_deref(),
    ])?;
    let mut coverage = Vec::new();
    while let Some(row) = rows.next()? {
        coverage.push(Coverage {
            unit: text(row, "unit")?,
            rule: parsed(row, "rule")?,
            name: text(row, "name")?,
            kind: word(row, "kind")?,
            due: row.get("due")?,
            in_time: row.get("in_time")?,
            late: row.get("late")?,
            waived: row.get("waived")?,
            cancelled: row.get("cancelled")?,
            open: row.get("open")?,
            overdue: row.get("overdue")?,
        });
    }
    Ok(coverage)
}
