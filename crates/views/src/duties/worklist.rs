//! What must be done, by when?

use calendar::{Date, When};
use domain::{
    CadreId, Text,
    duty::{DutyId, RuleId, TriggerKind},
    petition::Rung,
};
use rusqlite::{Connection, Row, named_params};
use serde::{Deserialize, Serialize};

use super::DutyState;
use crate::{
    Page, PageRequest, ViewsError,
    read::{optional, optional_text, optional_word, parsed, text, word},
};

/// A duty in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyRow {
    /// Which.
    pub duty: DutyId,
    /// For whom.
    pub person: CadreId,
    /// Their name.
    pub person_name: Text,
    /// By which rule.
    pub rule: RuleId,
    /// What people call it, such as 住院必访.
    pub name: Text,
    /// What raised it.
    pub kind: TriggerKind,
    /// The unit that has it.
    pub unit: Text,
    /// The person's contact, who has it in hand.
    pub handler: Option<Text>,
    /// How it stands.
    pub state: DutyState,
    /// The day it was raised: a visit from that day on counts.
    pub on: Date,
    /// When the bureau knew.
    pub known: When,
    /// The age reached on a birthday.
    pub age: Option<i16>,
    /// 届满日.
    pub due_raw: Date,
    /// 顺延后届满日: the last day on which one is in time.
    pub due_rolled: Date,
    /// Calendar days to the rolled last day: 0 on that day, below 0 when it is over.
    pub days_left: i32,
    /// Whether it rests on days that are not published yet.
    pub provisional: bool,
    /// Whether the last day passed without its being known to be done.
    pub missed: bool,
    /// Before whom it was brought, the highest.
    pub rung: Option<Rung>,
    /// Who asked that it need not be done.
    pub waiver_by: Option<Text>,
    /// Why.
    pub waiver_reason: Option<Text>,
    /// The day on which it was done.
    pub done_on: Option<Date>,
}

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// 逾期.
    Overdue,
    /// 今日到期.
    Today,
    /// 本周到期: from tomorrow to Sunday.
    ThisWeek,
    /// 以后到期.
    Later,
    /// 待批准免除, whatever their last day.
    AwaitingApproval,
}

/// Whose work, and which part of it. What is left out does not narrow the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkFilter {
    /// The unit that has it.
    pub unit: Option<Text>,
    /// The account of the contact who has it in hand.
    pub handler: Option<Text>,
    /// Which part.
    pub band: Option<Band>,
    /// What raised it.
    pub kind: Option<TriggerKind>,
}

/// How much work there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyCounts {
    /// 逾期.
    pub overdue: u64,
    /// 今日到期.
    pub today: u64,
    /// 本周到期, from tomorrow on.
    pub this_week: u64,
    /// 以后到期.
    pub later: u64,
    /// Of all these, those that await the approval of a waiver.
    pub awaiting_approval: u64,
}

/// The open duties, as it is today: the longest overdue first.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn worklist(
    conn: &Connection,
    filter: &WorkFilter,
    today: Date,
    request: &PageRequest,
) -> Result<Page<DutyRow>, ViewsError> {
    let query = ("duties", filter);
    let after = request.after(&query)?;
    let after = after.map(|key| key.split_once('/').ok_or(ViewsError::TokenMalformed));
    let (after_due, after_duty) = after.transpose()?.unzip();
    let (from, until) = days(filter.band, today);
    let sql = format!(
        "SELECT d.*, p.name AS person_name
         FROM duties d JOIN duties_person p ON p.person = d.person
         WHERE {} AND d.open = 1 AND d.due_rolled >= :from AND d.due_rolled <= :until
           AND {} AND {} AND (:kind IS NULL OR d.kind = :kind)
         ORDER BY d.due_rolled, d.duty LIMIT :rows",
        whose(filter),
        awaiting(filter.band),
        match after_due {
            Some(_) => "(d.due_rolled, d.duty) > (:due, :duty)",
            None => ":due IS NULL AND :duty IS NULL",
        },
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {
        ":unit": filter.unit.as_deref(),
        ":handler": filter.handler.as_deref(),
        ":from": from.to_string(),
        ":until": until.to_string(),
        ":kind": filter.kind.map(TriggerKind::as_str),
        ":due": after_due,
        ":duty": after_duty,
        ":rows": request.rows(),
    })?;
    let mut work = Vec::new();
    while let Some(row) = rows.next()? {
        work.push(read(row, today)?);
    }
    request.page(&query, work, |row| {
        format!("{}/{}", row.due_rolled, row.duty)
    })
}

/// How much work there is, of all bands; whatever band the filter names.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn counts(
    conn: &Connection,
    filter: &WorkFilter,
    today: Date,
) -> Result<DutyCounts, ViewsError> {
    let sql = format!(
        "SELECT coalesce(sum(d.due_rolled < :today), 0),
                coalesce(sum(d.due_rolled = :today), 0),
                coalesce(sum(d.due_rolled > :today AND d.due_rolled <= :sunday), 0),
                coalesce(sum(d.due_rolled > :sunday), 0),
                coalesce(sum(d.state = 'awaiting_approval'), 0)
         FROM duties d WHERE {} AND d.open = 1 AND {}",
        whose(filter),
        match filter.kind {
            Some(_) => "d.kind = :kind",
            None => ":kind IS NULL",
        },
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let counts = statement.query_row(
        named_params! {
            ":unit": filter.unit.as_deref(),
            ":handler": filter.handler.as_deref(),
            ":kind": filter.kind.map(TriggerKind::as_str),
            ":today": today.to_string(),
            ":sunday": sunday(today).to_string(),
        },
        |row| {
            Ok(DutyCounts {
                overdue: row.get(0)?,
                today: row.get(1)?,
                this_week: row.get(2)?,
                later: row.get(3)?,
                awaiting_approval: row.get(4)?,
            })
        },
    )?;
    Ok(counts)
}

/// Each way to ask has its index; SQLite would use none if one statement served all.
pub(super) fn whose(filter: &WorkFilter) -> &'static str {
    match (&filter.unit, &filter.handler) {
        (None, None) => ":unit IS NULL AND :handler IS NULL",
        (Some(_), None) => "d.unit = :unit AND :handler IS NULL",
        (None, Some(_)) => "d.handler = :handler AND :unit IS NULL",
        (Some(_), Some(_)) => "d.handler = :handler AND d.unit = :unit",
    }
}

fn awaiting(band: Option<Band>) -> &'static str {
    match band {
        Some(Band::AwaitingApproval) => "d.state = 'awaiting_approval'",
        None | Some(Band::Overdue | Band::Today | Band::ThisWeek | Band::Later) => "1",
    }
}

/// The first and the last day of a band.
fn days(band: Option<Band>, today: Date) -> (Date, Date) {
    let after = |day: Date| day.tomorrow().unwrap_or(day);
    let sunday = sunday(today);
    let first = Date::ZERO;
    match band {
        None | Some(Band::AwaitingApproval) => (first, Date::MAX),
        Some(Band::Overdue) => (first, today.yesterday().unwrap_or(today)),
        Some(Band::Today) => (today, today),
        Some(Band::ThisWeek) => (after(today), sunday),
        Some(Band::Later) => (after(sunday), Date::MAX),
    }
}

/// The last day of the week.
fn sunday(today: Date) -> Date {
    let left = 7 - today.weekday().to_monday_one_offset();
    (0..left)
        .try_fold(today, |day, _| day.tomorrow())
        .unwrap_or(today)
}

pub(super) fn read(row: &Row<'_>, today: Date) -> Result<DutyRow, ViewsError> {
    let due_rolled: Date = parsed(row, "due_rolled")?;
    Ok(DutyRow {
        duty: parsed(row, "duty")?,
        person: parsed(row, "person")?,
        person_name: text(row, "person_name")?,
        rule: parsed(row, "rule")?,
        name: text(row, "name")?,
        kind: word(row, "kind")?,
        unit: text(row, "unit")?,
        handler: optional_text(row, "handler")?,
        state: word(row, "state")?,
        on: parsed(row, "on_day")?,
        known: parsed(row, "known")?,
        age: row.get("age")?,
        due_raw: parsed(row, "due_raw")?,
        due_rolled,
        days_left: (due_rolled - today).get_days(),
        provisional: row.get("provisional")?,
        missed: row.get("missed")?,
        rung: optional_word(row, "rung")?,
        waiver_by: optional_text(row, "waiver_by")?,
        waiver_reason: optional_text(row, "waiver_reason")?,
        done_on: optional(row, "done_on")?,
    })
}
