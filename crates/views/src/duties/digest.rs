//! What does someone find on their desk in the morning?

use calendar::Date;
use domain::{StaffId, Text};
use rusqlite::{Connection, Row, named_params};
use serde::{Deserialize, Serialize};

use super::{
    DutyCounts, DutyRow, WorkFilter, counts,
    worklist::{read, whose},
};
use crate::ViewsError;

/// How many of a group are shown; the work list has the others.
const SHOWN: usize = 50;

/// Whose desk. What is left out does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DigestFilter {
    /// The unit that has the duties.
    pub unit: Option<Text>,
    /// The account of the contact who has them in hand.
    pub handler: Option<Text>,
}

/// The open duties that someone should know of today: how many there are, and what is new since the
/// last working day began. A duty may stand in several groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyDigest {
    /// Of which day.
    pub today: Date,
    /// The last working day before it. What was recorded on that day is told again, for some of it
    /// was recorded after its morning.
    pub since: Date,
    /// Whose.
    #[serde(flatten)]
    pub of: DigestFilter,
    /// How much there is in all.
    pub counts: DutyCounts,
    /// 新逾期: the last day in time was `since` or later, and is over.
    pub newly_overdue: DutyGroup,
    /// 今日到期.
    pub due_today: DutyGroup,
    /// 已预警: the day of the warning has come, and the last day in time is still ahead.
    pub warned: DutyGroup,
    /// 新到: opened, opened again, refused a waiver or handed to this desk, on `since` or later.
    pub arrived: DutyGroup,
    /// 逐级提醒: brought before someone on `since` or later.
    pub climbed: DutyGroup,
    /// 待审批: someone else asks that they need not be done.
    pub to_decide: DutyGroup,
}

/// Some of the open duties.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyGroup {
    /// How many.
    pub total: u64,
    /// At most 50 of them, those due first at the front.
    pub items: Vec<DutyRow>,
}

/// The digest of a day, for whoever may decide on the waivers that they did not ask for themselves.
/// It looks at days alone, so that it says the same all day as long as nothing is recorded.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn digest(
    conn: &Connection,
    of: DigestFilter,
    since: Date,
    today: Date,
    decides: &StaffId,
) -> Result<DutyDigest, ViewsError> {
    let filter = WorkFilter {
        unit: of.unit.clone(),
        handler: of.handler.clone(),
        ..WorkFilter::default()
    };
    let mut digest = DutyDigest {
        today,
        since,
        of,
        counts: counts(conn, &filter, today)?,
        newly_overdue: DutyGroup::default(),
        due_today: DutyGroup::default(),
        warned: DutyGroup::default(),
        arrived: DutyGroup::default(),
        climbed: DutyGroup::default(),
        to_decide: DutyGroup::default(),
    };
    let sql = format!(
        "SELECT d.*, p.name AS person_name,
                d.due_rolled >= :since AND d.due_rolled < :today AS newly_overdue,
                d.due_rolled = :today AS due_today,
                d.warn_from <= :today AND d.due_rolled > :today AS warned_ahead,
                d.arrived_on >= :since AS arrived,
                coalesce(d.climbed_on >= :since, 0) AS climbed,
                d.state = 'awaiting_approval' AND d.waiver_by <> :decides AS to_decide
         FROM duties d JOIN duties_person p ON p.person = d.person
         WHERE {} AND d.open = 1 ORDER BY d.due_rolled, d.duty",
        whose(&filter),
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {
        ":unit": filter.unit.as_deref(),
        ":handler": filter.handler.as_deref(),
        ":since": since.to_string(),
        ":today": today.to_string(),
        ":decides": decides.0.as_str(),
    })?;
    while let Some(row) = rows.next()? {
        digest.newly_overdue.take("newly_overdue", row, today)?;
        digest.due_today.take("due_today", row, today)?;
        digest.warned.take("warned_ahead", row, today)?;
        digest.arrived.take("arrived", row, today)?;
        digest.climbed.take("climbed", row, today)?;
        digest.to_decide.take("to_decide", row, today)?;
    }
    Ok(digest)
}

impl DutyGroup {
    /// Takes the duty in if this column says that it belongs here.
    fn take(&mut self, belongs: &str, row: &Row<'_>, today: Date) -> Result<(), ViewsError> {
        if !row.get::<_, bool>(belongs)? {
            return Ok(());
        }
        self.total += 1;
        if self.items.len() < SHOWN {
            self.items.push(read(row, today)?);
        }
        Ok(())
    }
}
