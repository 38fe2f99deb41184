//! What is to be done next, and by when?

use calendar::{Date, When, days_after};
use domain::{
    Actor, PetitionId, Text,
    petition::{Channel, Due},
};
use rusqlite::{Connection, Row, ToSql, types::Value};
use serde::{Deserialize, Serialize};

use super::{PetitionClock, PetitionStage};
use crate::{
    Page, PageRequest, ViewsError,
    read::{optional_text, parsed, text, word},
    sealing::visible,
};

/// A petition on which something is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkRow {
    /// Which.
    pub petition: PetitionId,
    /// 编号.
    pub number: Option<Text>,
    /// 主题.
    pub subject: Text,
    /// Who petitions.
    pub petitioner: Text,
    /// 信访形式.
    pub channel: Channel,
    /// How far it has come.
    pub stage: PetitionStage,
    /// When it was received.
    pub received: When,
    /// The unit that has it in hand: the one it was given to, else the one that keeps it.
    pub unit: Text,
    /// 承办人.
    pub handler: Option<Text>,
    /// The clock that runs out next, and why on that day; nothing where no clock runs.
    pub next: Option<PetitionClock>,
}

/// Which work. What is left out does not narrow the list. Days are those of the clock that runs out
/// next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkFilter {
    /// The unit that has it in hand.
    pub unit: Option<Text>,
    /// The handler's account.
    pub handler: Option<Text>,
    /// Nobody handles it: not assigned yet, or the handler stood back.
    pub unassigned: bool,
    /// How far it has come.
    pub stage: Option<PetitionStage>,
    /// 逾期: the last day in time has passed.
    pub overdue: bool,
    /// The last day in time comes in so many days or fewer, and has not passed; 0 is today.
    pub due_within: Option<u32>,
    /// The day of its warning has come, and the last day in time has not passed.
    pub warned: bool,
    /// 待送达: an opinion or a decision was issued and has not reached the petitioner.
    pub awaiting_delivery: bool,
    /// 待反馈: a supervision's recommendation has no written feedback.
    pub awaiting_feedback: bool,
}

pub(super) const UNASSIGNED: &str = "w.handler IS NULL";
pub(super) const OVERDUE: &str = "w.due_rolled < :today";
pub(super) const DUE_UNTIL: &str = "w.due_rolled BETWEEN :today AND :until";
pub(super) const WARNED: &str = "w.warn_from <= :today AND w.due_rolled >= :today";
pub(super) const AWAITING_DELIVERY: &str = "w.delivery = 1";
pub(super) const AWAITING_FEEDBACK: &str = "w.feedback = 1";

/// Every petition on which something is to be done, with its first clock only.
const WORK: &str = "petitions_work w CROSS JOIN petitions p ON p.petition = w.petition
    WHERE (w.clock <> 'object' OR w.due_rolled >= :today)
      AND NOT EXISTS (
          SELECT 1 FROM petitions_work e WHERE e.petition = w.petition
            AND (e.due_rolled, e.clock, e.course) < (w.due_rolled, w.clock, w.course)
            AND (e.clock <> 'object' OR e.due_rolled >= :today))";

/// The petitions on which something is to be done, of those the reader may see, as it is today: the
/// longest overdue first, then
/// by the days left, and at the end those that are open without a clock. Each stands there once,
/// with the clock that runs out next. The right to object that has lapsed is no work any more.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn worklist(
    conn: &Connection,
    filter: &WorkFilter,
    today: Date,
    reader: &Actor,
    request: &PageRequest,
) -> Result<Page<WorkRow>, ViewsError> {
    let query = ("worklist", filter);
    let mut asked = Asked::of(filter, today, reader);
    if let Some(after) = request.after(&query)? {
        let (due, petition) = after.split_once('/').ok_or(ViewsError::TokenMalformed)?;
        asked.narrow("(w.due_rolled, w.petition) > (:after_due, :after_petition)");
        asked.bind(":after_due", due.to_owned());
        asked.bind(":after_petition", petition.to_owned());
    }
    asked.bind(":rows", i64::try_from(request.rows()).unwrap_or(i64::MAX));
    let mut statement = conn.prepare_cached(&asked.statement())?;
    let mut rows = statement.query(asked.bound().as_slice())?;
    let mut work = Vec::new();
    while let Some(row) = rows.next()? {
        let due_rolled: String = row.get("due_rolled")?;
        work.push((due_rolled, read(row, today)?));
    }
    let page = request.page(&query, work, |(due, row)| format!("{due}/{}", row.petition))?;
    Ok(Page {
        items: page.items.into_iter().map(|(_, row)| row).collect(),
        next_page_token: page.next_page_token,
    })
}

/// The conditions of a filter. Only what is asked for stands in the statement: SQLite would use no
/// index if one statement served all.
pub(super) struct Asked {
    conditions: Vec<&'static str>,
    values: Vec<(&'static str, Value)>,
}

impl Asked {
    pub(super) fn of(filter: &WorkFilter, today: Date, reader: &Actor) -> Self {
        let mut asked = Asked {
            conditions: vec![],
            values: vec![],
        };
        asked.bind(":today", today.to_string());
        asked.bind(":reader_account", reader.id.0.to_string());
        asked.bind(":reader_name", reader.name.to_string());
        asked.bind(":reader_unit", reader.unit.0.to_string());
        if let Some(unit) = &filter.unit {
            asked.narrow("w.unit = :unit");
            asked.bind(":unit", unit.to_string());
        }
        if let Some(handler) = &filter.handler {
            asked.narrow("w.handler = :handler");
            asked.bind(":handler", handler.to_string());
        }
        if let Some(stage) = filter.stage {
            asked.narrow("w.stage = :stage");
            asked.bind(":stage", stage.as_str().to_owned());
        }
        if let Some(days) = filter.due_within {
            asked.narrow(DUE_UNTIL);
            asked.bind_until(today, days);
        }
        for (wanted, condition) in [
            (filter.unassigned, UNASSIGNED),
            (filter.overdue, OVERDUE),
            (filter.warned, WARNED),
            (filter.awaiting_delivery, AWAITING_DELIVERY),
            (filter.awaiting_feedback, AWAITING_FEEDBACK),
        ] {
            if wanted {
                asked.narrow(condition);
            }
        }
        asked
    }

    fn narrow(&mut self, condition: &'static str) {
        self.conditions.push(condition);
    }

    pub(super) fn bind(&mut self, name: &'static str, value: impl Into<Value>) {
        self.values.push((name, value.into()));
    }

    /// The last day that [`DUE_UNTIL`] means.
    pub(super) fn bind_until(&mut self, today: Date, days: u32) {
        self.bind(":until", days_after(today, days).to_string());
    }

    pub(super) fn bound(&self) -> Vec<(&str, &dyn ToSql)> {
        self.values
            .iter()
            .map(|(name, value)| (*name, value as &dyn ToSql))
            .collect()
    }

    pub(super) fn work(&self) -> String {
        let mut work = format!("{WORK} AND {}", visible("w.petition"));
        for condition in &self.conditions {
            work.push_str(" AND ");
            work.push_str(condition);
        }
        work
    }

    pub(super) fn statement(&self) -> String {
        format!(
            "SELECT w.*, p.number, p.subject, p.petitioner, p.channel, p.received,
                (SELECT c.due FROM petitions_clock c WHERE c.petition = w.petition
                   AND c.clock = w.clock AND c.course = w.course) AS due
             FROM {} ORDER BY w.due_rolled, w.petition LIMIT :rows",
            self.work()
        )
    }
}

fn read(row: &Row<'_>, today: Date) -> Result<WorkRow, ViewsError> {
    let due: Option<String> = row.get("due")?;
    let due: Option<Due> = due
        .map(|due| serde_json::from_str(&due))
        .transpose()
        .map_err(|_| ViewsError::Damaged { column: "due" })?;
    Ok(WorkRow {
        petition: parsed(row, "petition")?,
        number: optional_text(row, "number")?,
        subject: text(row, "subject")?,
        petitioner: text(row, "petitioner")?,
        channel: word(row, "channel")?,
        stage: word(row, "stage")?,
        received: parsed(row, "received")?,
        unit: text(row, "unit")?,
        handler: optional_text(row, "handler")?,
        next: due.map(|due| PetitionClock::running(due, today)),
    })
}
