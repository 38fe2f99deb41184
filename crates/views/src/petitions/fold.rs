//! One event after another into the tables. Which clock ended when follows from the columns, as in
//! the domain: nothing here judges.

use calendar::{Date, When};
use domain::petition::{Channel, Classified, Document, Due, Level, Petition, PetitionEvent};
use rusqlite::{Params, Transaction, params};

use super::{PetitionStage, alarms, category, documents};
pub(super) use crate::read::plain as word;
use crate::{Envelope, ViewsError, read};

/// Takes one event over.
pub(super) fn apply(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &PetitionEvent,
) -> Result<(), ViewsError> {
    let petition = envelope.stream_id();
    if let PetitionEvent::Registered(e) = event {
        register(tx, envelope, &e.petition)?;
    } else {
        let stage = PetitionStage::after(event).map(PetitionStage::as_str);
        let sql = "UPDATE petitions SET stage = coalesce(?2, stage) WHERE petition = ?1";
        let rows = tx.prepare_cached(sql)?.execute(params![petition, stage])?;
        envelope.must_change(rows)?;
        particulars(tx, envelope, event)?;
    }
    for due in event.dues() {
        set_clock(tx, petition, due)?;
    }
    alarms::note(tx, envelope, event)?;
    plan(tx, petition)?;
    alarms::set(tx, petition)
}

fn particulars(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &PetitionEvent,
) -> Result<(), ViewsError> {
    let petition = envelope.stream_id();
    let change = |set: &str, value: &dyn rusqlite::ToSql| {
        let sql = format!("UPDATE petitions SET {set} WHERE petition = ?1");
        run(tx, &sql, params![petition, value])
    };
    let in_course = |set: &str, value: &dyn rusqlite::ToSql| {
        let sql = format!(
            "UPDATE petitions_course SET {set} WHERE petition = ?1
             AND course = (SELECT course FROM petitions WHERE petition = ?1)"
        );
        run(tx, &sql, params![petition, value])
    };
    let stop_handling = |on: Date| {
        let set = "stopped_on = iif(answered_on IS NULL, coalesce(stopped_on, ?2), stopped_on)";
        in_course(set, &on.to_string())
    };
    let reply = |text: &str| {
        let sql = "UPDATE petitions_text SET reply = ?2 WHERE petition = ?1";
        run(tx, sql, [petition, text])
    };
    let answered = |delivered: When| {
        change("replied = ?2", &read::stored(delivered))?;
        told(tx, petition, delivered)?;
        in_course("answered_on = ?2", &delivered.date().to_string())
    };
    let begin_course = |accepted: When| {
        let set = "stage = 'accepted', replied = NULL, accepted = ?2, course = course + 1";
        change(set, &read::stored(accepted))?;
        let sql = "INSERT INTO petitions_course (petition, course, accepted_on)
                   SELECT petition, course, ?2 FROM petitions WHERE petition = ?1";
        run(tx, sql, [petition, &accepted.date().to_string()])
    };
    match event {
        PetitionEvent::Registered(_) => Ok(()),
        PetitionEvent::Classified(e) => {
            classify(tx, petition, e)?;
            let stopped = e.handling_stopped.map(|day| day.to_string());
            in_course(
                "stopped_on = iif(answered_on IS NULL, ?2, stopped_on)",
                &stopped,
            )
        }
        PetitionEvent::DocumentAttached(e) => documents::attach(tx, envelope, e),
        PetitionEvent::DocumentWithdrawn(e) => documents::withdraw(tx, envelope, e),
        PetitionEvent::DuplicateLinked(e) => {
            let first = e.first.to_string();
            change("duplicate_of = ?2", &first)?;
            stop_handling(e.on)
        }
        PetitionEvent::RoutedOnward(e) => stop_handling(e.routed.date()),
        PetitionEvent::PetitionerTold(e) => told(tx, petition, e.notice.told),
        PetitionEvent::ObjectionRaised(e) => {
            change("objected_on = ?2", &e.raised.date().to_string())
        }
        PetitionEvent::Returned(e) => change("left_on = ?2", &e.returned.date().to_string()),
        PetitionEvent::Withdrawn(e) => {
            change("left_on = ?2", &e.withdrawn.date().to_string())?;
            stop_handling(e.withdrawn.date())
        }
        PetitionEvent::Accepted(e) => begin_course(e.accepted),
        PetitionEvent::Assigned(e) => {
            change("lead = ?2", &e.assignment.lead.0.as_str())?;
            change("handler = ?2", &e.assignment.handler.0.as_str())
        }
        PetitionEvent::Recused(e) => change("handler = nullif(handler, ?2)", &e.staff.0.as_str()),
        PetitionEvent::HearingOpened(_) => change("hearing = (stage = ?2)", &"under_final_review"),
        PetitionEvent::HearingHeld(_) => change("hearing = ?2", &false),
        PetitionEvent::Extended(e) => {
            in_course("extended_days = extended_days + ?2", &e.extension.days)
        }
        PetitionEvent::OpinionIssued(e) => {
            reply(&e.opinion.decision)?;
            in_course("outcome = ?2", &word(&e.opinion.outcome)?)
        }
        PetitionEvent::Replied(e) => {
            reply(&e.text)?;
            answered(e.delivered)
        }
        PetitionEvent::Delivered(e) => match e.document {
            Document::Opinion => answered(e.delivery.delivered),
            Document::Review(_) => Ok(()),
        },
        PetitionEvent::Rated(e) => in_course("rating = ?2", &word(&e.rating)?),
        // A review takes up a closed petition again; its reply stands.
        PetitionEvent::ReviewRequested(e) => {
            change("closed = ?2", &None::<&str>)?;
            let set = match e.request.level {
                Level::Review => "review_requested_on = ?2",
                Level::FinalReview => "final_requested_on = ?2",
            };
            in_course(set, &e.request.received.date().to_string())
        }
        PetitionEvent::ReviewDecided(e) => {
            let (decided, result) = match e.decision.level {
                Level::Review => ("review_decided_on = ?2", "review_result = ?2"),
                Level::FinalReview => ("final_decided_on = ?2", "final_result = ?2"),
            };
            in_course(decided, &e.decision.decided.to_string())?;
            in_course(result, &word(&e.decision.result)?)
        }
        PetitionEvent::Closed(e) => {
            let occurred = read::stored(envelope.recorded.metadata.occurred);
            change("closed = ?2", &occurred)?;
            e.exemption
                .as_ref()
                .map_or(Ok(()), |exemption| stop_handling(exemption.on))
        }
        // What was once accepted is handled anew.
        PetitionEvent::Reopened(e) => {
            let was_accepted: bool = tx
                .prepare_cached("SELECT course > 0 FROM petitions WHERE petition = ?1")?
                .query_row([petition], |row| row.get(0))?;
            change("closed = NULL, replied = ?2", &None::<&str>)?;
            if was_accepted {
                begin_course(When::Day(e.on))
            } else {
                change("stage = ?2", &PetitionStage::Received.as_str())
            }
        }
        PetitionEvent::Supervised(_) => change("feedback_owed = feedback_owed + ?2", &1),
        PetitionEvent::FeedbackGiven(_) => change("feedback_owed = feedback_owed - ?2", &1),
        // They move nothing but the stage and the clocks, if anything.
        PetitionEvent::AccusedNamed(_)
        | PetitionEvent::RefusedAsFinal(_)
        | PetitionEvent::ReturnAgreed(_)
        | PetitionEvent::ReturnDeclined(_)
        | PetitionEvent::Noted(_)
        | PetitionEvent::Mediated(_)
        | PetitionEvent::ExecutionFollowedUp(_)
        | PetitionEvent::ExecutionDone(_)
        | PetitionEvent::UrgentlyReported(_)
        | PetitionEvent::AidOffered(_)
        | PetitionEvent::DeadlineRecomputed(_)
        | PetitionEvent::DeadlineWarned(_)
        | PetitionEvent::DeadlineMissed(_)
        | PetitionEvent::Escalated(_) => Ok(()),
    }
}

/// Whoever holds the answer in hands has been told; of several times the first counts.
fn told(tx: &Transaction<'_>, petition: &str, told: When) -> Result<(), ViewsError> {
    let sql = "UPDATE petitions SET told_on = min(coalesce(told_on, ?2), ?2) WHERE petition = ?1";
    run(tx, sql, [petition, &told.date().to_string()])
}

fn classify(tx: &Transaction<'_>, petition: &str, e: &Classified) -> Result<(), ViewsError> {
    let (category, track) = category::columns(e.category)?;
    let sql = "UPDATE petitions SET category = ?2, track = ?3 WHERE petition = ?1";
    run(tx, sql, params![petition, category, track])
}

/// What was said of the clock before stays said.
fn set_clock(tx: &Transaction<'_>, petition: &str, due: &Due) -> Result<(), ViewsError> {
    let sql = "INSERT INTO petitions_clock
               (petition, clock, course, due_rolled, warn_from, calendar, due)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
               ON CONFLICT DO UPDATE SET due_rolled = excluded.due_rolled,
               warn_from = excluded.warn_from, calendar = excluded.calendar, due = excluded.due";
    let json = serde_json::to_string(due).map_err(|_| ViewsError::Damaged { column: "due" })?;
    let deadline = &due.deadline;
    run(
        tx,
        sql,
        params![
            petition,
            word(&due.clock)?,
            due.run,
            deadline.rolled.to_string(),
            due.warn_from.to_string(),
            deadline.provisional.then_some(&deadline.calendar),
            json,
        ],
    )
}

/// Writes down what is to be done next for a petition. The petitioner's own windows are not ours.
fn plan(tx: &Transaction<'_>, petition: &str) -> Result<(), ViewsError> {
    run(
        tx,
        "DELETE FROM petitions_work WHERE petition = ?1",
        [petition],
    )?;
    const DELIVERY: &str = "p.stage IN ('opined', 'review_decided', 'final_review_decided')";
    let sql = format!(
        "INSERT INTO petitions_work
            (petition, clock, course, due_rolled, warn_from, unit, handler, stage, delivery, feedback)
        SELECT p.petition, c.clock, c.course, c.due_rolled, c.warn_from,
               coalesce(p.lead, p.unit), p.handler, p.stage, {DELIVERY}, p.feedback_owed > 0
        FROM petitions p JOIN petitions_clock c ON c.petition = p.petition
        LEFT JOIN petitions_course r ON r.petition = c.petition AND r.course = c.course
        WHERE p.petition = ?1 AND CASE c.clock
            WHEN 'tell' THEN p.told_on IS NULL AND p.left_on IS NULL
            WHEN 'object' THEN p.objected_on IS NULL AND p.course = 0 AND p.left_on IS NULL
            WHEN 'handle' THEN r.answered_on IS NULL AND r.stopped_on IS NULL
            WHEN 'review_decide' THEN r.review_decided_on IS NULL
            WHEN 'final_review_decide' THEN r.final_decided_on IS NULL AND p.hearing = 0
            ELSE 0 END"
    );
    run(tx, &sql, [petition])?;
    let (stage, feedback_owed): (Result<PetitionStage, _>, i64) = tx
        .prepare_cached("SELECT stage, feedback_owed FROM petitions WHERE petition = ?1")?
        .query_row([petition], |row| {
            Ok((read::word(row, "stage"), row.get("feedback_owed")?))
        })?;
    if stage?.is_open() || feedback_owed > 0 {
        let sql = format!(
            "INSERT INTO petitions_work
                (petition, clock, course, due_rolled, warn_from, unit, handler, stage, delivery, feedback)
            SELECT p.petition, 'none', 0, '9999-12-31', '9999-12-31', coalesce(p.lead, p.unit),
                   p.handler, p.stage, {DELIVERY}, p.feedback_owed > 0
            FROM petitions p WHERE p.petition = ?1"
        );
        run(tx, &sql, [petition])?;
    }
    Ok(())
}

fn register(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    petition: &Petition,
) -> Result<(), ViewsError> {
    let id = petition.id.to_string();
    let metadata = &envelope.recorded.metadata;
    let sql = "INSERT INTO petitions
            (petition, number, subject, petitioner, person, channel, stage, unit, profile,
             received, received_order, received_on)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'received', ?7, ?8, ?9, ?10, ?11)";
    run(
        tx,
        sql,
        params![
            id,
            petition.number.as_deref(),
            petition.subject.as_str(),
            petition.petitioner.name.as_str(),
            petition.petitioner.person.map(|p| p.to_string()),
            channel(petition.channel),
            metadata.actor.unit,
            metadata.rules,
            read::stored(petition.received),
            petition.received.earliest().as_microsecond(),
            petition.received.date().to_string(),
        ],
    )?;
    let sql = "INSERT INTO petitions_text (petition, text) VALUES (?1, ?2)";
    run(tx, sql, [&id, petition.text.as_str()])
}

/// The stored word, the same as in JSON.
fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Letter => "letter",
        Channel::Visit => "visit",
        Channel::Phone => "phone",
        Channel::Web => "web",
        Channel::Oral => "oral",
    }
}

pub(super) fn run(tx: &Transaction<'_>, sql: &str, params: impl Params) -> Result<(), ViewsError> {
    tx.prepare_cached(sql)?.execute(params)?;
    Ok(())
}
