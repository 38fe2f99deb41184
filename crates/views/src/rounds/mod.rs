//! Which rounds of visits are there, how many of those they are for were reached, and who was not?
//!
//! A round and the visits that fulfil it are taken over each by itself and meet in the query, so a
//! visit counts whenever it is recorded, corrected or withdrawn, also before the round is started
//! and after it is closed.

mod audience;
mod query;
#[cfg(test)]
mod tests;

pub use audience::eligible;
pub use query::{
    CoverageFilter, RoundCoverage, RoundFigures, RoundFilter, RoundList, RoundPerson, RoundRow,
    RoundState, coverage, list,
};

use domain::{
    AnyEvent, CadreId,
    round::{RoundAssigned, RoundEvent, RoundKind, RoundPlan},
    visit::{Visit, VisitEvent},
};
use rusqlite::{ToSql, Transaction, params};

use crate::{Envelope, View, ViewsError};

/// The rounds.
pub struct RoundsView;

impl View for RoundsView {
    const NAME: &'static str = "rounds";
    const VERSION: u32 = 1;
    const SCHEMA: &'static str = include_str!("schema.sql");
    const INDEXES: &'static str = include_str!("indexes.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::Round(event) => round(tx, envelope, event),
            AnyEvent::Visit(event) => visit(tx, envelope, event),
            AnyEvent::Cadre(_)
            | AnyEvent::Fund(_)
            | AnyEvent::PaymentBatch(_)
            | AnyEvent::Hardship(_)
            | AnyEvent::Medal(_)
            | AnyEvent::Petition(_)
            | AnyEvent::PetitionAccess(_)
            | AnyEvent::Health(_)
            | AnyEvent::Duty(_)
            | AnyEvent::Plan(_)
            | AnyEvent::Identity(_) => Ok(()),
        }
    }
}

fn round(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &RoundEvent,
) -> Result<(), ViewsError> {
    match event {
        RoundEvent::Planned(e) => planned(tx, envelope, &e.plan),
        RoundEvent::Started(_) => {
            let rows = tx
                .prepare_cached("UPDATE rounds SET state = ?2, started = ?3 WHERE round = ?1")?
                .execute(params![
                    envelope.stream_id(),
                    RoundState::Running.as_str(),
                    envelope.recorded.metadata.recorded.to_string(),
                ])?;
            envelope.must_change(rows)
        }
        RoundEvent::AudienceFrozen(e) => enter(tx, envelope, &e.people, false),
        RoundEvent::LateArrivalsListed(e) => enter(tx, envelope, &e.people, true),
        RoundEvent::Assigned(e) => assigned(tx, envelope, e),
        RoundEvent::Excused(e) => excused(tx, envelope, e.person, Some(e.ground.as_str())),
        RoundEvent::ExcuseWithdrawn(e) => excused(tx, envelope, e.person, None),
        RoundEvent::Closed(_) => came_to(tx, envelope, RoundState::Closed),
        RoundEvent::Cancelled(_) => came_to(tx, envelope, RoundState::Cancelled),
    }
}

fn planned(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    plan: &RoundPlan,
) -> Result<(), ViewsError> {
    let json = serde_json::to_string(plan).map_err(|_| ViewsError::Damaged { column: "plan" })?;
    tx.prepare_cached("INSERT INTO rounds (round, plan, state, \"from\") VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            envelope.stream_id(),
            json,
            RoundState::Planned.as_str(),
            plan.from.to_string(),
        ])?;
    Ok(())
}

fn came_to(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    state: RoundState,
) -> Result<(), ViewsError> {
    let rows = tx
        .prepare_cached("UPDATE rounds SET state = ?2 WHERE round = ?1")?
        .execute([envelope.stream_id(), state.as_str()])?;
    envelope.must_change(rows)
}

fn enter(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    people: &[CadreId],
    late: bool,
) -> Result<(), ViewsError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO rounds_person (round, person, late)
         SELECT round, ?2, ?3 FROM rounds WHERE round = ?1",
    )?;
    for person in people {
        let rows = insert.execute(params![envelope.stream_id(), person.to_string(), late])?;
        envelope.must_change(rows)?;
    }
    Ok(())
}

fn assigned(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &RoundAssigned,
) -> Result<(), ViewsError> {
    for person in &event.people {
        let columns: [(&str, &dyn ToSql); 2] = [
            ("staff", &event.staff.0.as_str()),
            ("staff_name", &event.name.as_str()),
        ];
        set(tx, envelope, *person, columns)?;
    }
    Ok(())
}

fn excused(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    person: CadreId,
    ground: Option<&str>,
) -> Result<(), ViewsError> {
    set(tx, envelope, person, [("excused", &ground)])
}

/// Changes what is known of one of the audience.
fn set<const N: usize>(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    person: CadreId,
    columns: [(&str, &dyn ToSql); N],
) -> Result<(), ViewsError> {
    let set: Vec<String> = columns.iter().map(|(c, _)| format!("{c} = ?")).collect();
    let sql = format!(
        "UPDATE rounds_person SET {} WHERE round = ? AND late = 0 AND person = ?",
        set.join(", ")
    );
    let (round, person) = (envelope.stream_id(), person.to_string());
    let values = columns.iter().map(|(_, value)| *value);
    let values: Vec<&dyn ToSql> = values.chain([&round as &dyn ToSql, &person]).collect();
    let rows = tx.prepare_cached(&sql)?.execute(values.as_slice())?;
    envelope.must_change(rows)
}

fn visit(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &VisitEvent,
) -> Result<(), ViewsError> {
    match event {
        VisitEvent::Recorded(e) => reads(tx, envelope, &e.visit),
        VisitEvent::Corrected(e) => {
            forget(tx, envelope)?;
            reads(tx, envelope, &e.visit)
        }
        VisitEvent::Withdrawn(_) => forget(tx, envelope),
    }
}

fn reads(tx: &Transaction<'_>, envelope: &Envelope<'_>, visit: &Visit) -> Result<(), ViewsError> {
    let kinds = RoundKind::ALL
        .into_iter()
        .filter(|kind| kind.counts(&visit.purpose, visit.mode));
    for kind in kinds {
        tx.prepare_cached(
            "INSERT INTO rounds_visit (visit, kind, person, visited_on) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            envelope.stream_id(),
            kind.as_str(),
            visit.person.to_string(),
            visit.visited.date().to_string(),
        ])?;
    }
    Ok(())
}

fn forget(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
    tx.prepare_cached("DELETE FROM rounds_visit WHERE visit = ?1")?
        .execute([envelope.stream_id()])?;
    Ok(())
}
