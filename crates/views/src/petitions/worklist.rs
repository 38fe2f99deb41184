//! What is to be done next, and by when?

use calendar::{Date, When};
use domain::{
    Actor, PetitionId, Text,
    petition::{Channel, ClockName},
};
use rusqlite::{Connection, Row, named_params};
use serde::{Deserialize, Serialize};

use super::PetitionStage;
use crate::{
    Page, PageRequest, ViewsError,
    read::{optional_text, parsed, text, word},
    sealing::visible,
};

/// A petition on which something is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What is due next; nothing where no clock runs.
    pub next: Option<NextClock>,
}

/// The clock that runs out next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextClock {
    /// Which.
    pub clock: ClockName,
    /// 届满日: warn on it.
    pub due_raw: Date,
    /// 顺延后届满日: the last day on which one is in time.
    pub due_rolled: Date,
    /// Calendar days to the rolled last day: 0 on that day, below 0 when it is missed.
    pub days_left: i32,
    /// Whether it rests on days that are not published yet.
    pub provisional: bool,
}

/// Whose work. What is left out does not narrow the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkFilter {
    /// The unit that has it in hand.
    pub unit: Option<Text>,
    /// The handler's account.
    pub handler: Option<Text>,
}

/// The petitions on which something is to be done, of those the reader may see, as it is today: the longest overdue first, then
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
    let after = request.after(&query)?;
    let after = after.map(|key| key.split_once('/').ok_or(ViewsError::TokenMalformed));
    let (after_due, after_petition) = after.transpose()?.unzip();
    // Each way to ask has its index; SQLite would use none if one statement served all.
    let whose = match (&filter.unit, &filter.handler) {
        (None, None) => ":unit IS NULL AND :handler IS NULL",
        (Some(_), None) => "w.unit = :unit AND :handler IS NULL",
        (None, Some(_)) => "w.handler = :handler AND :unit IS NULL",
        (Some(_), Some(_)) => "w.handler = :handler AND w.unit = :unit",
    };
    let from = match after_due {
        Some(_) => "(w.due_rolled, w.petition) > (:due, :petition)",
        None => ":due IS NULL AND :petition IS NULL",
    };
    let mut statement = conn.prepare_cached(&statement(whose, from))?;
    let mut rows = statement.query(named_params! {
        ":unit": filter.unit.as_deref(),
        ":handler": filter.handler.as_deref(),
        ":due": after_due,
        ":petition": after_petition,
        ":today": today.to_string(),
        ":rows": request.rows(),
        ":reader_account": reader.id.0.as_str(),
        ":reader_name": reader.name.as_str(),
        ":reader_unit": reader.unit.0.as_str(),
    })?;
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

/// The rows of these people, from this one on; each petition with its first clock only.
pub(super) fn statement(whose: &str, from: &str) -> String {
    let visible = visible("w.petition");
    format!(
        "SELECT w.*, p.number, p.subject, p.petitioner, p.channel, p.stage, p.received
         FROM petitions_work w CROSS JOIN petitions p ON p.petition = w.petition
         WHERE {whose} AND {from} AND {visible}
           AND (w.clock <> 'object' OR w.due_rolled >= :today)
           AND NOT EXISTS (
               SELECT 1 FROM petitions_work e WHERE e.petition = w.petition
                 AND (e.due_rolled, e.clock, e.course) < (w.due_rolled, w.clock, w.course)
                 AND (e.clock <> 'object' OR e.due_rolled >= :today))
         ORDER BY w.due_rolled, w.petition LIMIT :rows"
    )
}

fn read(row: &Row<'_>, today: Date) -> Result<WorkRow, ViewsError> {
    let clock: String = row.get("clock")?;
    let next = (clock != "none").then(|| next(row, today)).transpose()?;
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
        next,
    })
}

fn next(row: &Row<'_>, today: Date) -> Result<NextClock, ViewsError> {
    let due_rolled: Date = parsed(row, "due_rolled")?;
    Ok(NextClock {
        clock: word(row, "clock")?,
        due_raw: parsed(row, "due_raw")?,
        due_rolled,
        days_left: (due_rolled - today).get_days(),
        provisional: row.get("provisional")?,
    })
}
