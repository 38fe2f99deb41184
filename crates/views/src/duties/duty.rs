//! One event of a duty after another.

use calendar::{Date, civil_date};
use domain::{
    duty::{CancelReason, DutyDue, DutyEvent, DutyId, DutyOpened, Fulfilment, TriggerKey},
    petition::Rung,
};
use rusqlite::{ToSql, Transaction, params};
use serde::{Deserialize, Serialize};

use super::{run, settle::settle};
use crate::{
    Envelope, ViewsError,
    read::{self, json, plain},
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
    let set = |columns: &[(&str, &dyn ToSql)]| {
        for (column, value) in columns {
            let sql = format!("UPDATE duties SET {column} = ?2 WHERE duty = ?1");
            let rows = run(tx, &sql, params![duty.to_string(), value])?;
            envelope.must_change(rows)?;
        }
        Ok(())
    };
    let become_ = |state: DutyState| set(&[("state", &state.as_str()), ("open", &state.is_open())]);
    let no: &dyn ToSql = &None::<&str>;
    let today = civil_date(envelope.recorded.metadata.recorded).to_string();
    let arrives = || set(&[("arrived_on", &today)]);
    match event {
        DutyEvent::Opened(e) => open(tx, envelope, e)?,
        DutyEvent::Fulfilled(e) => {
            become_(DutyState::Fulfilled)?;
            let visit = match e.by {
                Fulfilment::Visit { visit, .. } => Some(visit.to_string()),
                Fulfilment::Verification { .. } | Fulfilment::Review { .. } => None,
            };
            let on = e.by.when().date().to_string();
            set(&[("done_by", &visit), ("done_on", &on)])?;
            waiver_is_over(&set)?;
        }
        DutyEvent::FulfilmentWithdrawn(_) => {
            become_(DutyState::Open)?;
            set(&[("done_by", no), ("done_on", no)])?;
            arrives()?;
        }
        DutyEvent::WaiverRequested(e) => {
            become_(DutyState::AwaitingApproval)?;
            let by = e.by.0.as_str();
            set(&[("waiver_by", &by), ("waiver_reason", &e.reason.as_str())])?;
        }
        DutyEvent::WaiverApproved(_) => become_(DutyState::Waived)?,
        DutyEvent::WaiverRefused(_) => {
            become_(DutyState::Open)?;
            waiver_is_over(&set)?;
            arrives()?;
        }
        DutyEvent::Cancelled(e) => {
            become_(DutyState::Cancelled)?;
            set(&[("cancelled", &word(&e.why))])?;
            waiver_is_over(&set)?;
        }
        DutyEvent::Reinstated(_) => {
            become_(DutyState::Open)?;
            set(&[("cancelled", no)])?;
            arrives()?;
        }
        DutyEvent::Reassigned(e) => {
            let handler = e.handler.as_ref().map(|staff| staff.0.as_str());
            set(&[("unit", &e.unit.0.as_str()), ("handler", &handler)])?;
            arrives()?;
        }
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
    set_alarm(tx, &duty)?;
    settle(tx, duty.person)
}

/// A waiver that was not approved is of no more concern.
fn waiver_is_over(
    set: &impl Fn(&[(&str, &dyn ToSql)]) -> Result<(), ViewsError>,
) -> Result<(), ViewsError> {
    let no: &dyn ToSql = &None::<&str>;
    set(&[("waiver_by", no), ("waiver_reason", no)])
}

fn word(why: &CancelReason) -> &'static str {
    match why {
        CancelReason::Died { .. } => "died",
        CancelReason::Superseded { .. } => "superseded",
        CancelReason::TriggerWithdrawn => "trigger_withdrawn",
    }
}

fn open(tx: &Transaction<'_>, envelope: &Envelope<'_>, e: &DutyOpened) -> Result<(), ViewsError> {
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
             calendar, warn_from)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'open', 1, ?10, ?11, ?12, ?13, ?13, ?14, ?15, ?16,
                ?17, ?18, ?19, ?20)";
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
        ],
    )?;
    Ok(())
}

/// The next day on which the clock has something to say: the warning, the day after the last one,
/// and the days of the rungs, each once.
fn set_alarm(tx: &Transaction<'_>, duty: &DutyId) -> Result<(), ViewsError> {
    let duty = duty.to_string();
    let sql = "SELECT due, warned, missed, rung, open FROM duties WHERE duty = ?1";
    let alarm = tx.prepare_cached(sql)?.query_row([&duty], |row| {
        let (due, warned, missed): (String, bool, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (rung, open): (Option<String>, bool) = (row.get(3)?, row.get(4)?);
        Ok(if open {
            alarm(&due, warned, missed, rung.as_deref())
        } else {
            Ok(None)
        })
    })??;
    let sql = "UPDATE duties SET alarm_on = ?2 WHERE duty = ?1";
    run(tx, sql, params![duty, alarm.map(|day| day.to_string())])?;
    Ok(())
}

fn alarm(
    due: &str,
    warned: bool,
    missed: bool,
    rung: Option<&str>,
) -> Result<Option<Date>, ViewsError> {
    let damaged = |column| ViewsError::Damaged { column };
    let due: DutyDue = serde_json::from_str(due).map_err(|_| damaged("due"))?;
    let known: Option<Rung> = rung
        .map(|rung| serde_json::from_value(rung.into()))
        .transpose()
        .map_err(|_| damaged("rung"))?;
    let rolled = due.deadline.rolled;
    let next_climb = due
        .climbs
        .iter()
        .find(|climb| known.is_none_or(|known| climb.rung > known))
        .map(|climb| climb.from);
    Ok(match (warned, missed) {
        (false, false) if due.warn_from <= rolled => Some(due.warn_from),
        (_, false) => rolled.tomorrow().ok(),
        (_, true) => next_climb,
    })
}
