//! What raises duties, which of them are missing, and which have something to say: for whoever knows
//! the rules.

use std::collections::HashMap;

use calendar::Date;
use domain::{
    ClosedBy,
    cadre::Birthday,
    duty::{
        DutyId, Evidence, Trigger,
        watch::{Facts, NextReview, Occasion, Stay},
    },
};
use event_log::Position;
use rusqlite::{Connection, Row, params};

use crate::{
    ViewsError,
    read::{json_column, optional, parsed, word},
};

/// A person as the rules of duties see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// What the rules look at.
    pub facts: Facts,
    /// The first day on which it was known to be so: watch is kept from that day on.
    pub since: Date,
    /// Whether duties come round for them: they live, and no other record of theirs is kept.
    pub comes_round: bool,
}

/// What is new, and the position of the newest: the next question goes on from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News<T> {
    /// In the order of the log.
    pub items: Vec<T>,
    /// The one that was asked with, if nothing is new.
    pub until: Option<Position>,
}

/// A duty that was raised and is not there.
pub type Open = (DutyId, Trigger);

/// What would make a duty agree with the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Todo {
    /// The person died, lives after all, or is with another unit or contact.
    FollowPerson,
    /// What raised it was an error.
    WithdrawTrigger,
    /// This was done.
    Fulfil(Evidence),
    /// What had closed it does not stand any more.
    WithdrawFulfilment,
}

impl<T> News<T> {
    fn since(until: Option<Position>) -> Self {
        let items = Vec::new();
        News { items, until }
    }

    fn push(&mut self, item: T, position: Position) {
        self.items.push(item);
        self.until = Some(position);
    }
}

/// The people whose record changed after this position; all of them if none is given.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn people_changed_after(
    conn: &Connection,
    after: Option<Position>,
) -> Result<News<Watched>, ViewsError> {
    let mut statement = conn.prepare_cached(
        "SELECT p.*, v.after_day AS review_after, v.due AS review_due
         FROM duties_person p LEFT JOIN duties_review v ON v.event = p.review_event
         WHERE p.changed > coalesce(?1, -1) ORDER BY p.changed",
    )?;
    let mut rows = statement.query([after.map(Position::to_stored)])?;
    let mut news = News::since(after);
    while let Some(row) = rows.next()? {
        let changed = Position::from_stored(row.get("changed")?);
        news.push(watched(row)?, changed);
    }
    Ok(news)
}

/// What happened after this position and was no error, with the person as they are now.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn occasions_after(
    conn: &Connection,
    after: Option<Position>,
) -> Result<News<(Occasion, Facts)>, ViewsError> {
    let mut statement = conn.prepare_cached(
        "SELECT o.event, o.position, o.kind, o.on_day, o.known, p.*,
                v.after_day AS review_after, v.due AS review_due
         FROM duties_occasion o JOIN duties_person p ON p.person = o.person
         LEFT JOIN duties_review v ON v.event = p.review_event
         WHERE o.position > coalesce(?1, -1) AND o.withdrawn = 0 ORDER BY o.position",
    )?;
    let mut rows = statement.query([after.map(Position::to_stored)])?;
    let mut news = News::since(after);
    while let Some(row) = rows.next()? {
        let occasion = Occasion {
            person: parsed(row, "person")?,
            kind: word(row, "kind")?,
            event: parsed(row, "event")?,
            on: parsed(row, "on_day")?,
            known: parsed(row, "known")?,
        };
        let position = Position::from_stored(row.get("position")?);
        news.push((occasion, watched(row)?.facts), position);
    }
    Ok(news)
}

/// Those of these duties that are not there.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn missing(conn: &Connection, raised: Vec<Open>) -> Result<Vec<Open>, ViewsError> {
    let mut statement = conn.prepare_cached("SELECT 1 FROM duties WHERE duty = ?1")?;
    let mut missing = Vec::new();
    for open in raised {
        if !statement.exists([open.0.to_string()])? {
            missing.push(open);
        }
    }
    Ok(missing)
}

/// The latest day on which a duty was opened.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn last_opening(conn: &Connection) -> Result<Option<Date>, ViewsError> {
    let sql = "SELECT max(opened_on) AS day FROM duties";
    let mut statement = conn.prepare_cached(sql)?;
    statement.query_row([], |row| Ok(optional(row, "day")))?
}

/// What closed each duty that was done and was due on this day or later.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn done_and_due_from(
    conn: &Connection,
    from: Date,
) -> Result<HashMap<DutyId, Evidence>, ViewsError> {
    let mut statement = conn.prepare_cached(
        "SELECT d.duty, d.closed_by, d.done_on AS evidence, v.visit, v.visited, v.purpose, v.mode
         FROM duties d LEFT JOIN duties_visit v ON v.visit = d.done_by
         WHERE d.due_rolled >= ?1 AND d.state = 'fulfilled'
           AND (d.done_by IS NULL OR v.visit IS NOT NULL)",
    )?;
    let mut rows = statement.query([from.to_string()])?;
    let mut done = HashMap::new();
    while let Some(row) = rows.next()? {
        done.insert(parsed(row, "duty")?, evidence(row)?);
    }
    Ok(done)
}

/// The duties that do not agree with the record, and what would make them.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn todos(conn: &Connection) -> Result<Vec<(DutyId, Todo)>, ViewsError> {
    let mut statement = conn.prepare_cached(
        "SELECT d.duty, d.todo, d.closed_by, d.evidence, v.visit, v.visited, v.purpose, v.mode
         FROM duties d INDEXED BY duties_by_todo
         LEFT JOIN duties_visit v ON v.visit = d.evidence
         WHERE d.todo IS NOT NULL ORDER BY d.duty",
    )?;
    let mut rows = statement.query([])?;
    let mut todos = Vec::new();
    while let Some(row) = rows.next()? {
        todos.push((parsed(row, "duty")?, todo(row)?));
    }
    Ok(todos)
}

fn todo(row: &Row<'_>) -> Result<Todo, ViewsError> {
    let word: String = row.get("todo")?;
    Ok(match word.as_str() {
        "follow_person" => Todo::FollowPerson,
        "withdraw_trigger" => Todo::WithdrawTrigger,
        "withdraw_fulfilment" => Todo::WithdrawFulfilment,
        "fulfil" => Todo::Fulfil(evidence(row)?),
        _ => return Err(ViewsError::Damaged { column: "todo" }),
    })
}

fn evidence(row: &Row<'_>) -> Result<Evidence, ViewsError> {
    Ok(match json_column(row, "closed_by")? {
        ClosedBy::Visit(_) => Evidence::Visit {
            visit: parsed(row, "visit")?,
            visited: parsed(row, "visited")?,
            purpose: json_column(row, "purpose")?,
            mode: word(row, "mode")?,
        },
        ClosedBy::Verification => Evidence::Verification {
            on: parsed(row, "evidence")?,
        },
        ClosedBy::Review => Evidence::Review {
            on: parsed(row, "evidence")?,
        },
    })
}

/// The duties whose clock may have something to say on this day, or that rest on another calendar
/// than this one where they were provisional.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn alarms(conn: &Connection, today: Date, calendar: &str) -> Result<Vec<DutyId>, ViewsError> {
    let mut statement = conn.prepare_cached(
        "SELECT duty FROM duties INDEXED BY duties_by_alarm WHERE alarm_on <= ?1
         UNION SELECT duty FROM duties INDEXED BY duties_by_calendar
         WHERE alarm_on IS NOT NULL AND provisional = 1 AND calendar <> ?2",
    )?;
    let mut rows = statement.query(params![today.to_string(), calendar])?;
    let mut duties = Vec::new();
    while let Some(row) = rows.next()? {
        duties.push(parsed(row, "duty")?);
    }
    Ok(duties)
}

fn watched(row: &Row<'_>) -> Result<Watched, ViewsError> {
    let stay = match optional(row, "stay_event")? {
        Some(event) => Some(Stay {
            event,
            admitted_on: parsed(row, "stay_on")?,
        }),
        None => None,
    };
    let review = match optional(row, "review_event")? {
        Some(event) => Some(NextReview {
            event,
            after: parsed(row, "review_after")?,
            due: parsed(row, "review_due")?,
        }),
        None => None,
    };
    let (died_on, kept_as): (Option<String>, Option<String>) =
        (row.get("died_on")?, row.get("kept_as")?);
    let preferred: Option<String> = row.get("birthday")?;
    let born_on: Option<Date> = match optional(row, "born_on")? {
        Some(day) => Some(day),
        None => optional(row, "id_born_on")?,
    };
    Ok(Watched {
        facts: Facts {
            person: parsed(row, "person")?,
            lixiu: row.get("lixiu")?,
            born_on,
            birthday: match preferred {
                Some(_) => Some(json_column(row, "birthday")?),
                None => born_on.map(|born| Birthday::Solar {
                    month: born.month(),
                    day: born.day(),
                }),
            },
            lives_alone: row.get("lives_alone")?,
            unable_to_care_for_self: row.get("unable")?,
            verified_on: match optional(row, "verified_on")? {
                Some(day) => day,
                None => parsed(row, "entered_on")?,
            },
            stay,
            review,
        },
        since: parsed(row, "since")?,
        comes_round: died_on.is_none() && kept_as.is_none(),
    })
}
