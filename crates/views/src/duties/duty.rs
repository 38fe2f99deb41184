//! One event of a duty after another.

use calendar::{Date, civil_date};
use domain::{
    duty::{CancelReason, Climb, DutyDue, DutyEvent, DutyId, DutyOpened, Fulfilment, TriggerKey},
    petition::Rung,
};
use rusqlite::{ToSql, Transaction, params};
use serde::{Deserialize, Serialize};

use super::{
    run,
    settle::{Scope, settle},
};
use crate::{
    Envelope, ViewsError,
    read::{self, json, json_column, optional_word, plain},
};

/// How a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyState {
    /// 待办.
    Open,
    /// 待批准免除: its clock runs on.
    AwaitingApproval,
    /// 已完成.
    Fulfilled,
    /// 已免除.
    Waived,
    /// 已取消.
    Cancelled,
}

impl DutyState {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            DutyState::Open => "open",
            DutyState::AwaitingApproval => "awaiting_approval",
            DutyState::Fulfilled => "fulfilled",
            DutyState::Waived => "waived",
            DutyState::Cancelled => "cancelled",
        }
    }

    /// Whether it is still to be done.
    pub fn is_open(self) -> bool {
        match self {
            DutyState::Open | DutyState::AwaitingApproval => true,
            DutyState::Fulfilled | DutyState::Waived | DutyState::Cancelled => false,
        }
    }
}

pub(super) fn apply(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &DutyEvent,
) -> Result<(), ViewsError> {
    let duty: DutyId = envelope
        .stream_id()
        .parse()
        .map_err(|_| envelope.misnamed())?;
    let set = |columns: &[(&str, &dyn ToSql)]| change(tx, envelope, &duty, columns);
    let (no, open, closed): (&dyn ToSql, &dyn ToSql, &dyn ToSql) = (&None::<&str>, &true, &false);
    let today = civil_date(envelope.recorded.metadata.recorded).to_string();
    let arrives: (&str, &dyn ToSql) = ("arrived_on", &today);
    match event {
        DutyEvent::Opened(e) => insert(tx, envelope, e)?,
        DutyEvent::Fulfilled(e) => {
            let visit = match e.by {
                Fulfilment::Visit { visit, .. } => Some(visit.to_string()),
                Fulfilment::Verification { .. } | Fulfilment::Review { .. } => None,
            };
            set(&[
                ("state", &DutyState::Fulfilled.as_str()),
                ("open", closed),
                ("alarm_on", no),
                ("done_by", &visit),
                ("done_on", &e.by.when().date().to_string()),
                ("waiver_by", no),
                ("waiver_reason", no),
            ])?;
        }
        DutyEvent::FulfilmentWithdrawn(_) => set(&[
            ("state", &DutyState::Open.as_str()),
            ("open", open),
            ("done_by", no),
            ("done_on", no),
            arrives,
        ])?,
        DutyEvent::WaiverRequested(e) => set(&[
            ("state", &DutyState::AwaitingApproval.as_str()),
            ("waiver_by", &e.by.0.as_str()),
            ("waiver_reason", &e.reason.as_str()),
        ])?,
        DutyEvent::WaiverApproved(_) => set(&[
            ("state", &DutyState::Waived.as_str()),
            ("open", closed),
            ("alarm_on", no),
        ])?,
        DutyEvent::WaiverRefused(_) => set(&[
            ("state", &DutyState::Open.as_str()),
            ("waiver_by", no),
            ("waiver_reason", no),
            arrives,
        ])?,
        DutyEvent::Cancelled(e) => set(&[
            ("state", &DutyState::Cancelled.as_str()),
            ("open", closed),
            ("alarm_on", no),
            ("cancelled", &word(&e.why)),
            ("waiver_by", no),
            ("waiver_reason", no),
        ])?,
        DutyEvent::Reinstated(_) => set(&[
            ("state", &DutyState::Open.as_str()),
            ("open", open),
            ("cancelled", no),
            arrives,
        ])?,
        DutyEvent::Reassigned(e) => set(&[
            ("unit", &e.unit.0.as_str()),
            ("handler", &e.handler.as_ref().map(|staff| staff.0.as_str())),
            arrives,
        ])?,
        DutyEvent::Recomputed(e) => {
            let deadline = &e.due.deadline;
            set(&[
                ("due", &json(&e.due)?),
                ("warn_from", &e.due.warn_from.to_string()),
                ("due_raw", &deadline.raw.to_string()),
                ("due_rolled", &deadline.rolled.to_string()),
                ("provisional", &deadline.provisional),
                ("calendar", &deadline.calendar),
            ])?;
        }
        DutyEvent::Warned(_) => set(&[("warned", &true)])?,
        DutyEvent::Missed(_) => set(&[("missed", &true)])?,
        DutyEvent::Escalated(e) => set(&[("rung", &plain(&e.rung)?), ("climbed_on", &today)])?,
    }
    match event {
        // Written at once.
        DutyEvent::Opened(_)
        | DutyEvent::Fulfilled(_)
        | DutyEvent::WaiverApproved(_)
        | DutyEvent::Cancelled(_)
        // The clock runs on.
        | DutyEvent::WaiverRequested(_)
        | DutyEvent::WaiverRefused(_)
        | DutyEvent::Reassigned(_) => settle(tx, &Scope::Duty(&duty)),
        DutyEvent::FulfilmentWithdrawn(_) | DutyEvent::Reinstated(_) => {
            set_alarm(tx, &duty)?;
            settle(tx, &Scope::Duty(&duty))
        }
        // Only the clock spoke.
        DutyEvent::Recomputed(_)
        | DutyEvent::Warned(_)
        | DutyEvent::Missed(_)
        | DutyEvent::Escalated(_) => set_alarm(tx, &duty),
    }
}

fn change(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    duty: &DutyId,
    columns: &[(&str, &dyn ToSql)],
) -> Result<(), ViewsError> {
    let assignments: Vec<String> = (2..)
        .zip(columns)
        .map(|(number, (column, _))| format!("{column} = ?{number}"))
        .collect();
    let sql = format!(
        "UPDATE duties SET {} WHERE duty = ?1",
        assignments.join(", ")
    );
    let duty = duty.to_string();
    let mut values: Vec<&dyn ToSql> = vec![&duty];
    values.extend(columns.iter().map(|(_, value)| *value));
    let rows = run(tx, &sql, values.as_slice())?;
    envelope.must_change(rows)?;
    Ok(())
}

fn word(why: &CancelReason) -> &'static str {
    match why {
        CancelReason::Died { .. } => "died",
        CancelReason::Superseded { .. } => "superseded",
        CancelReason::TriggerWithdrawn => "trigger_withdrawn",
    }
}

fn insert(tx: &Transaction<'_>, envelope: &Envelope<'_>, e: &DutyOpened) -> Result<(), ViewsError> {
    let event = match e.id.trigger {
        TriggerKey::Event(event) | TriggerKey::Nth(event, _) => Some(event.to_string()),
        TriggerKey::Day(_)
        | TriggerKey::Month(..)
        | TriggerKey::Quarter(..)
        | TriggerKey::Year(_) => None,
    };
    let metadata = &envelope.recorded.metadata;
    let sql = "INSERT INTO duties
            (duty, person, rule, kind, event, name, profile, unit, handler, state, open, on_day,
             known, age, opened_on, arrived_on, closed_by, due, due_raw, due_rolled, provisional,
             calendar, warn_from, alarm_on)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'open', 1, ?10, ?11, ?12, ?13, ?13, ?14, ?15, ?16,
                ?17, ?18, ?19, ?20, ?21)";
    let deadline = &e.due.deadline;
    run(
        tx,
        sql,
        params![
            e.id.to_string(),
            e.id.person.to_string(),
            e.id.rule.as_str(),
            e.trigger.kind.as_str(),
            event,
            e.name.as_str(),
            metadata.rules,
            e.unit.0.as_str(),
            e.handler.as_ref().map(|staff| staff.0.as_str()),
            e.trigger.on.to_string(),
            read::stored(e.trigger.known),
            e.trigger.age,
            civil_date(metadata.recorded).to_string(),
            json(&e.closed_by)?,
            json(&e.due)?,
            deadline.raw.to_string(),
            deadline.rolled.to_string(),
            deadline.provisional,
            deadline.calendar,
            e.due.warn_from.to_string(),
            alarm(&e.due, false, false, None).map(|day| day.to_string()),
        ],
    )?;
    Ok(())
}

/// The next day on which the clock has something to say: the warning, the day after the last one,
/// and the days of the rungs, each once.
fn set_alarm(tx: &Transaction<'_>, duty: &DutyId) -> Result<(), ViewsError> {
    let duty = duty.to_string();
    let sql = "SELECT due, warned, missed, rung FROM duties WHERE duty = ?1 AND open = 1";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([&duty])?;
    let Some(row) = rows.next()? else {
        return Ok(());
    };
    let rung: Option<Rung> = optional_word(row, "rung")?;
    let due: DutyDue = json_column(row, "due")?;
    let alarm = alarm(&due, row.get("warned")?, row.get("missed")?, rung);
    let sql = "UPDATE duties SET alarm_on = ?2 WHERE duty = ?1";
    run(tx, sql, params![duty, alarm.map(|day| day.to_string())])?;
    Ok(())
}

fn alarm(due: &DutyDue, warned: bool, missed: bool, rung: Option<Rung>) -> Option<Date> {
    let rolled = due.deadline.rolled;
    match (warned, missed) {
        (false, false) if due.warn_from <= rolled => Some(due.warn_from),
        (_, false) => rolled.tomorrow().ok(),
        (_, true) => {
            let next = |climb: &&Climb| rung.is_none_or(|known| climb.rung > known);
            due.climbs.iter().find(next).map(|climb| climb.from)
        }
    }
}
