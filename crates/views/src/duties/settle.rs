//! Which duties of a person do not agree with the record any more, and what would make them.

use calendar::Date;
use domain::{
    CadreId, ClosedBy,
    duty::DutyId,
    visit::{Mode, Purpose},
};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{DutyState, run};
use crate::{
    ViewsError,
    read::{self, json_column},
};

/// A person as far as their duties follow them.
struct Person {
    unit: String,
    contact: Option<String>,
    dead: bool,
    superseded: bool,
    verified_on: Option<Date>,
}

/// A duty that may not agree.
struct Task {
    duty: String,
    state: DutyState,
    of_death: bool,
    unit: String,
    handler: Option<String>,
    on: Date,
    closed_by: ClosedBy,
    done_by: Option<String>,
    done_on: Option<Date>,
    cancelled: Option<String>,
    trigger_withdrawn: bool,
    /// The day of the review that was to come.
    reviewed_on: Option<Date>,
    todo: Option<String>,
    evidence: Option<String>,
}

/// A visit as it reads now.
struct Visited {
    visit: String,
    day: Date,
    purpose: Purpose,
    mode: Mode,
}

/// Which duties may not agree any more.
pub(super) enum Scope<'a> {
    /// All of a person: their record changed.
    Person(CadreId),
    /// This one: something was recorded of it.
    Duty(&'a DutyId),
    /// Those of a person that are open, and those this visit closed: it was recorded or changed.
    Visit(CadreId, &'a str),
}

impl Scope<'_> {
    fn person(&self) -> String {
        match self {
            Scope::Person(person) | Scope::Visit(person, _) => person.to_string(),
            Scope::Duty(duty) => duty.person.to_string(),
        }
    }
}

/// Marks what is to be done for each duty, and with which evidence.
pub(super) fn settle(tx: &Transaction<'_>, scope: &Scope<'_>) -> Result<(), ViewsError> {
    let person = scope.person();
    let tasks = tasks(tx, scope, &person)?;
    let Some(from) = tasks.iter().map(|task| task.on).min() else {
        return Ok(());
    };
    let Some(known) = known(tx, &person)? else {
        return Ok(());
    };
    let visits = visits(tx, &person, from)?;
    for task in tasks {
        let (todo, evidence) = todo(&task, &known, &visits).unzip();
        let evidence = evidence.flatten();
        if (todo, &evidence) == (task.todo.as_deref(), &task.evidence) {
            continue;
        }
        let sql = "UPDATE duties SET todo = ?2, evidence = ?3 WHERE duty = ?1";
        run(tx, sql, params![task.duty, todo, evidence])?;
    }
    Ok(())
}

/// What would make a duty agree, and the evidence where it needs one. The stream decides itself
/// when it is asked; here is only seen whom to ask.
fn todo(
    task: &Task,
    person: &Person,
    visits: &[Visited],
) -> Option<(&'static str, Option<String>)> {
    let gone = person.superseded || (person.dead != task.of_death);
    let moved = task.unit != person.unit || task.handler != person.contact;
    match task.state {
        DutyState::Open | DutyState::AwaitingApproval => {
            if gone || moved {
                Some(("follow_person", None))
            } else if task.trigger_withdrawn {
                Some(("withdraw_trigger", None))
            } else {
                let evidence = evidence(task, person, visits)?;
                Some(("fulfil", Some(evidence)))
            }
        }
        DutyState::Fulfilled => {
            let stands = match &task.closed_by {
                ClosedBy::Visit(_) => visits
                    .iter()
                    .any(|v| Some(&v.visit) == task.done_by.as_ref() && v.closes(task)),
                ClosedBy::Verification => true,
                ClosedBy::Review => task.reviewed_on == task.done_on,
            };
            (!stands).then_some(("withdraw_fulfilment", None))
        }
        DutyState::Cancelled => {
            let back = task.cancelled.as_deref() != Some("trigger_withdrawn") && !gone;
            back.then_some(("follow_person", None))
        }
        DutyState::Waived => None,
    }
}

/// The first visit that matches, the verification, or the review.
fn evidence(task: &Task, person: &Person, visits: &[Visited]) -> Option<String> {
    match &task.closed_by {
        ClosedBy::Visit(_) => {
            let mut closing = visits.iter().filter(|visit| visit.closes(task));
            closing.next().map(|visit| visit.visit.clone())
        }
        ClosedBy::Verification => {
            let on = person.verified_on.filter(|on| *on >= task.on)?;
            Some(on.to_string())
        }
        ClosedBy::Review => task.reviewed_on.map(|on| on.to_string()),
    }
}

impl Visited {
    fn closes(&self, task: &Task) -> bool {
        match &task.closed_by {
            ClosedBy::Visit(asked) => self.day >= task.on && asked.admits(&self.purpose, self.mode),
            ClosedBy::Verification | ClosedBy::Review => false,
        }
    }
}

/// The duties that are open, or were closed by what can change.
fn tasks(tx: &Transaction<'_>, scope: &Scope<'_>, person: &str) -> Result<Vec<Task>, ViewsError> {
    let (which, other) = match scope {
        Scope::Person(_) => (
            "?2 IS NULL AND (d.open = 1 OR d.todo IS NOT NULL OR d.done_by IS NOT NULL
             OR (v.event IS NOT NULL AND d.done_on IS NOT NULL)
             OR d.cancelled IN ('died', 'superseded'))",
            None,
        ),
        Scope::Duty(duty) => ("d.duty = ?2", Some(duty.to_string())),
        Scope::Visit(_, visit) => ("(d.open = 1 OR d.done_by = ?2)", Some((*visit).to_owned())),
    };
    let mut statement = tx.prepare_cached(&format!(
        "SELECT d.duty, d.state, d.kind, d.unit, d.handler, d.on_day, d.closed_by, d.done_by,
                d.done_on, d.cancelled, d.todo, d.evidence, v.reviewed_on,
                coalesce(o.withdrawn, v.withdrawn, 0) AS trigger_withdrawn
         FROM duties d LEFT JOIN duties_occasion o ON o.event = d.event
         LEFT JOIN duties_review v ON v.event = d.event
         WHERE d.person = ?1 AND {which}"
    ))?;
    let mut rows = statement.query(params![person, other])?;
    let mut tasks = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get("kind")?;
        tasks.push(Task {
            duty: row.get("duty")?,
            state: read::word(row, "state")?,
            of_death: kind == "died",
            unit: row.get("unit")?,
            handler: row.get("handler")?,
            on: read::parsed(row, "on_day")?,
            closed_by: json_column(row, "closed_by")?,
            done_by: row.get("done_by")?,
            done_on: read::optional(row, "done_on")?,
            cancelled: row.get("cancelled")?,
            trigger_withdrawn: row.get("trigger_withdrawn")?,
            reviewed_on: read::optional(row, "reviewed_on")?,
            todo: row.get("todo")?,
            evidence: row.get("evidence")?,
        });
    }
    Ok(tasks)
}

fn known(tx: &Transaction<'_>, person: &str) -> Result<Option<Person>, ViewsError> {
    let sql = "SELECT * FROM duties_person WHERE person = ?1";
    let known = tx
        .prepare_cached(sql)?
        .query_row([person], |row| {
            let (died_on, kept_as): (Option<String>, Option<String>) =
                (row.get("died_on")?, row.get("kept_as")?);
            let (unit, contact) = (row.get("unit")?, row.get("contact")?);
            Ok(
                read::optional(row, "verified_on").map(|verified_on| Person {
                    unit,
                    contact,
                    dead: died_on.is_some(),
                    superseded: kept_as.is_some(),
                    verified_on,
                }),
            )
        })
        .optional()?;
    known.transpose()
}

/// In the order of their days, so that the first that matches closes.
fn visits(tx: &Transaction<'_>, person: &str, from: Date) -> Result<Vec<Visited>, ViewsError> {
    let mut statement = tx.prepare_cached(
        "SELECT * FROM duties_visit WHERE person = ?1 AND day >= ?2 ORDER BY day, visit",
    )?;
    let mut rows = statement.query([person, &from.to_string()])?;
    let mut visits = Vec::new();
    while let Some(row) = rows.next()? {
        visits.push(Visited {
            visit: row.get("visit")?,
            day: read::parsed(row, "day")?,
            purpose: json_column(row, "purpose")?,
            mode: read::word(row, "mode")?,
        });
    }
    Ok(visits)
}
