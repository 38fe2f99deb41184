//! Which petitions' clocks have something to say by themselves?
//!
//! This is asked by the reactor, which is no reader: it sees sealed petitions too, for their clocks
//! run as any other. What is read here goes back into the log as events and is shown to nobody.

use calendar::Date;
use domain::{
    PetitionId,
    petition::{ClockName, PetitionEvent, Rung},
};
use rusqlite::{Connection, Row, Transaction, params};

use super::fold::{run, word};
use crate::{
    Envelope, ViewsError,
    read::{parsed, word as read_word},
};

/// A petition to be asked what its clocks say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Which.
    pub petition: PetitionId,
    /// It has something to say only if this rung's time has come; nothing to say otherwise.
    pub climb: Option<Climb>,
}

/// A duty that was missed and is still not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Climb {
    /// The rung to climb next.
    pub rung: Rung,
    /// The last day on which it would have been in time.
    pub due_rolled: Date,
    /// The day of receipt, whose rules say when the rung's time has come.
    pub received_on: Date,
}

/// The petitions whose clocks have something to say on this day, by the calendar of this version:
/// a last day that is near or over, work that was done late, a rung that may be due, a date that
/// was reckoned provisionally by another calendar. One petition may come several times.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn due(conn: &Connection, today: Date, calendar: &str) -> Result<Vec<Alarm>, ViewsError> {
    let today = today.to_string();
    let mut alarms = Vec::new();
    for (sql, bound) in STATEMENTS
        .into_iter()
        .zip([&today, &today, calendar, calendar])
    {
        let mut statement = conn.prepare_cached(sql)?;
        let mut rows = statement.query([bound])?;
        while let Some(row) = rows.next()? {
            alarms.push(read(row)?);
        }
    }
    Ok(alarms)
}

/// What a duty says, what a right says before it lapses, and what rests on another calendar. Each
/// is read off an index that holds all it asks for.
pub(super) const STATEMENTS: [&str; 4] = [
    "SELECT petition, rung, due_rolled, received_on FROM petitions_alarm
     WHERE lapses_on IS NULL AND says_from <= ?1",
    "SELECT petition, NULL AS rung FROM petitions_alarm WHERE lapses_on >= ?1 AND says_from <= ?1",
    "SELECT petition, NULL AS rung FROM petitions_alarm WHERE calendar < ?1",
    "SELECT petition, NULL AS rung FROM petitions_alarm WHERE calendar > ?1",
];

fn read(row: &Row<'_>) -> Result<Alarm, ViewsError> {
    let climbs: bool = row.get_ref("rung")? != rusqlite::types::ValueRef::Null;
    let climb = climbs.then(|| {
        Ok::<_, ViewsError>(Climb {
            rung: read_word(row, "rung")?,
            due_rolled: parsed(row, "due_rolled")?,
            received_on: parsed(row, "received_on")?,
        })
    });
    Ok(Alarm {
        petition: parsed(row, "petition")?,
        climb: climb.transpose()?,
    })
}

/// Notes what was said, and which clocks an event of the first form began without their last day.
pub(super) fn note(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &PetitionEvent,
) -> Result<(), ViewsError> {
    let petition = envelope.stream_id();
    let said = |set: &str, clock: ClockName, course: u32| {
        let sql = format!(
            "UPDATE petitions_clock SET {set} WHERE petition = ?1 AND clock = ?2 AND course = ?3"
        );
        run(tx, &sql, params![petition, word(&clock)?, course])
    };
    match event {
        PetitionEvent::DeadlineWarned(e) => said("warned = 1", e.clock, e.run),
        PetitionEvent::DeadlineMissed(e) => said("missed = 1", e.clock, e.run),
        PetitionEvent::Escalated(e) => {
            let set = match e.rung {
                Rung::Handler => "rung = 'handler'",
                Rung::Head => "rung = 'head'",
                Rung::Leader => "rung = 'leader'",
            };
            said(set, e.clock, e.run)
        }
        PetitionEvent::Registered(_) | PetitionEvent::Accepted(_) | PetitionEvent::Replied(_)
            if envelope.recorded.metadata.version == 1 =>
        {
            run(
                tx,
                "UPDATE petitions SET unset = 1 WHERE petition = ?1",
                [petition],
            )
        }
        event if event.dues().is_empty() => Ok(()),
        _ => run(
            tx,
            "UPDATE petitions SET unset = 0 WHERE petition = ?1",
            [petition],
        ),
    }
}

/// Sets down what the clocks of a petition will say next, as the domain will decide it.
pub(super) fn set(tx: &Transaction<'_>, petition: &str) -> Result<(), ViewsError> {
    run(
        tx,
        "DELETE FROM petitions_alarm WHERE petition = ?1",
        [petition],
    )?;
    run(tx, SET, [petition])?;
    run(tx, SET_UNSET, [petition])
}

const SET: &str = "
    WITH clocks AS (
        SELECT c.*, p.received_on, p.hearing,
            c.clock IN ('object', 'review_request', 'final_review_request') AS is_right,
            CASE c.clock
                WHEN 'tell' THEN coalesce(p.told_on, p.left_on)
                WHEN 'object' THEN coalesce(p.objected_on, (
                    SELECT accepted_on FROM petitions_course WHERE petition = ?1 AND course = 1), p.left_on)
                WHEN 'handle' THEN coalesce(r.answered_on, r.stopped_on)
                WHEN 'review_request' THEN r.review_requested_on
                WHEN 'review_decide' THEN r.review_decided_on
                WHEN 'final_review_request' THEN r.final_requested_on
                WHEN 'final_review_decide' THEN r.final_decided_on
            END AS ended_on
        FROM petitions_clock c JOIN petitions p ON p.petition = c.petition
        LEFT JOIN petitions_course r ON r.petition = c.petition AND r.course = c.course
        WHERE c.petition = ?1
    ), alarms AS (
        SELECT *,
            CASE
                WHEN ended_on IS NOT NULL THEN
                    iif(is_right OR missed OR ended_on <= due_rolled, NULL, ended_on)
                WHEN clock = 'final_review_decide' AND hearing THEN NULL
                WHEN is_right THEN iif(warned, NULL, warn_from)
                WHEN missed THEN iif(rung = 'leader', NULL, date(due_rolled, '+1 day'))
                WHEN warned THEN date(due_rolled, '+1 day')
                ELSE warn_from
            END AS says_from,
            iif(ended_on IS NULL, calendar, NULL) AS provisionally
        FROM clocks
    )
    INSERT INTO petitions_alarm
        (petition, clock, course, says_from, lapses_on, rung, due_rolled, received_on, calendar)
    SELECT petition, clock, course, says_from, iif(is_right, due_rolled, NULL),
        CASE WHEN NOT missed OR ended_on IS NOT NULL THEN NULL
             WHEN rung IS NULL THEN 'handler' WHEN rung = 'handler' THEN 'head' ELSE 'leader' END,
        due_rolled, received_on, provisionally
    FROM alarms WHERE says_from IS NOT NULL OR provisionally IS NOT NULL";

const SET_UNSET: &str = "
    INSERT INTO petitions_alarm (petition, clock, course, says_from, due_rolled, received_on)
    SELECT petition, 'unset', 0, received_on, received_on, received_on
    FROM petitions WHERE petition = ?1 AND unset = 1";
