//! The reviews of plans that are to come.

use calendar::Date;
use domain::{CadreId, plan::PlanEvent};
use rusqlite::{OptionalExtension, ToSql, Transaction, params};

use super::{
    people::change,
    run,
    settle::{Scope, settle},
};
use crate::{Envelope, ViewsError};

/// Only what sets the day of a review: what a plan holds is no concern of duties.
pub(super) fn plan(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &PlanEvent,
) -> Result<(), ViewsError> {
    let person = envelope.person()?;
    match event {
        PlanEvent::Adopted(e) => next_review(tx, envelope, e.adopted_on, e.next_review)?,
        PlanEvent::Reviewed(e) => {
            end_review(tx, person, "reviewed_on", &e.on.to_string())?;
            next_review(tx, envelope, e.on, e.next_review)?;
        }
        PlanEvent::ReviewWithdrawn(_) => {
            end_review(tx, person, "withdrawn", &true)?;
            let sql = "SELECT event FROM duties_review WHERE person = ?1 AND withdrawn = 0
                       ORDER BY position DESC LIMIT 1";
            let before: Option<String> = tx
                .prepare_cached(sql)?
                .query_row([person.to_string()], |row| row.get(0))
                .optional()?;
            change(tx, envelope, person, &[("review_event", &before)])?;
            end_review(tx, person, "reviewed_on", &None::<&str>)?;
        }
        PlanEvent::Closed(_) => {
            end_review(tx, person, "withdrawn", &true)?;
            change(tx, envelope, person, &[("review_event", &None::<&str>)])?;
        }
        PlanEvent::NeedAdded(_)
        | PlanEvent::NeedRevised(_)
        | PlanEvent::MeasureAdded(_)
        | PlanEvent::MeasureRevised(_)
        | PlanEvent::MeasureCompleted(_)
        | PlanEvent::MeasureDropped(_)
        | PlanEvent::MeasureReopened(_) => return Ok(()),
    }
    settle(tx, &Scope::Person(person))
}

/// The event sets the day of a review to come.
fn next_review(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    after: Date,
    due: Date,
) -> Result<(), ViewsError> {
    let person = envelope.person()?;
    let event = envelope.recorded.id.to_string();
    change(tx, envelope, person, &[("review_event", &event)])?;
    let sql = "INSERT INTO duties_review (event, position, person, after_day, due)
               VALUES (?1, ?2, ?3, ?4, ?5)";
    let position = envelope.recorded.position.to_stored();
    let (after, due) = (after.to_string(), due.to_string());
    run(
        tx,
        sql,
        params![event, position, person.to_string(), after, due],
    )?;
    Ok(())
}

/// Says what became of the review to come.
fn end_review(
    tx: &Transaction<'_>,
    person: CadreId,
    column: &str,
    value: &dyn ToSql,
) -> Result<(), ViewsError> {
    let sql = format!(
        "UPDATE duties_review SET {column} = ?2
         WHERE event = (SELECT review_event FROM duties_person WHERE person = ?1)"
    );
    run(tx, &sql, params![person.to_string(), value])?;
    Ok(())
}
