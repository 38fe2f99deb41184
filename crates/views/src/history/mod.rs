//! What happened to this person, or with this petition, or with this visit?
//!
//! Everything is shown, newest first, with when it happened and when we recorded it. What was
//! corrected later stays in its place and says by what.

mod care;
mod describe;
mod document;
mod query;
#[cfg(test)]
mod tests;

pub use describe::describe;
pub use document::document;
pub(crate) use query::events;
pub use query::{HistoryEntry, of_person, of_stream, streams_of_person};

use calendar::When;
use domain::{
    AnyEvent,
    cadre::{CadreEvent, DuplicateDecided, DuplicateDecision},
    visit::VisitEvent,
};
use event_log::Recorded;
use rusqlite::{Transaction, params};

use crate::{Envelope, View, ViewsError, read};

/// The care history.
pub struct HistoryView;

impl View for HistoryView {
    const NAME: &'static str = "history";
    const VERSION: u32 = 4;
    const SCHEMA: &'static str = include_str!("schema.sql");
    const INDEXES: &'static str = include_str!("indexes.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::Cadre(event) => cadre(tx, envelope, event)?,
            AnyEvent::Visit(event) => visit(tx, envelope, event)?,
            AnyEvent::Petition(_)
            | AnyEvent::Fund(_)
            | AnyEvent::Hardship(_)
            | AnyEvent::Medal(_)
            | AnyEvent::Health(_)
            | AnyEvent::Duty(_)
            | AnyEvent::PaymentBatch(_)
            | AnyEvent::Plan(_)
            | AnyEvent::Round(_) => {}
            // Who holds an ID number is bookkeeping; the number itself is in the person's record.
            AnyEvent::Identity(_) => return Ok(()),
            // Told to those alone who may see the petition: [`crate::petition_access`].
            AnyEvent::PetitionAccess(_) => return Ok(()),
        }
        insert(tx, envelope.recorded)
    }
}

fn insert(tx: &Transaction<'_>, recorded: &Recorded) -> Result<(), ViewsError> {
    let metadata = &recorded.metadata;
    let source = metadata.source.as_ref();
    let position = recorded.position.to_stored();
    let order = order(metadata.occurred);
    tx.prepare_cached(
        "INSERT INTO history
         (position, stream, revision, event, version, occurred, occurred_order, recorded,
          actor_id, actor_name, actor_role, actor_unit, on_behalf_of,
          source_document, source_sheet, source_row, data)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                 CAST(?17 AS TEXT))",
    )?
    .execute(params![
        position,
        recorded.stream.as_str(),
        recorded.revision.0,
        recorded.name,
        metadata.version,
        read::stored(metadata.occurred),
        order,
        metadata.recorded.to_string(),
        metadata.actor.id,
        metadata.actor.name,
        metadata.actor.role,
        metadata.actor.unit,
        metadata.on_behalf_of,
        source.map(|s| &s.document),
        source.and_then(|s| s.sheet.as_ref()),
        source.and_then(|s| s.row),
        recorded.data.as_ref(),
    ])?;
    for person in &metadata.subjects {
        tx.prepare_cached(
            "INSERT OR IGNORE INTO history_person (person, occurred_order, position)
             VALUES (?1, ?2, ?3)",
        )?
        .execute(params![person.to_string(), order, position])?;
    }
    Ok(())
}

fn cadre(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &CadreEvent,
) -> Result<(), ViewsError> {
    match event {
        CadreEvent::DeathWithdrawn(_) => supersede(tx, envelope, &["cadre.death_recorded"]),
        CadreEvent::DuplicateDecided(decided) => duplicate(tx, envelope, decided),
        CadreEvent::Registered(_)
        | CadreEvent::Amended(_)
        | CadreEvent::RetirementRecorded(_)
        | CadreEvent::PartyStandingRecorded(_)
        | CadreEvent::TreatmentGranted(_)
        | CadreEvent::TreatmentEnded(_)
        | CadreEvent::LivingRecorded(_)
        | CadreEvent::TransferRequested(_)
        | CadreEvent::TransferAccepted(_)
        | CadreEvent::TransferRejected(_)
        | CadreEvent::ContactAssigned(_)
        | CadreEvent::ContactHandedOver(_)
        | CadreEvent::DeathRecorded(_)
        | CadreEvent::SurvivorRecorded(_)
        | CadreEvent::DisputeReported(_)
        | CadreEvent::RecordVerified(_) => Ok(()),
    }
}

fn visit(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &VisitEvent,
) -> Result<(), ViewsError> {
    match event {
        VisitEvent::Recorded(_) => Ok(()),
        VisitEvent::Corrected(_) | VisitEvent::Withdrawn(_) => {
            supersede(tx, envelope, &["visit.recorded", "visit.corrected"])
        }
    }
}

/// Marks what the stream said before as corrected by this event.
fn supersede(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    events: &[&str],
) -> Result<(), ViewsError> {
    for event in events {
        tx.prepare_cached(
            "UPDATE history SET superseded_by = ?1
             WHERE stream = ?2 AND event = ?3 AND superseded_by IS NULL",
        )?
        .execute(params![
            envelope.recorded.position.to_stored(),
            envelope.recorded.stream.as_str(),
            event,
        ])?;
    }
    Ok(())
}

fn duplicate(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    decided: &DuplicateDecided,
) -> Result<(), ViewsError> {
    let sql = match decided.decision {
        DuplicateDecision::SamePerson => {
            "INSERT OR REPLACE INTO history_duplicate (person, kept_as) VALUES (?1, ?2)"
        }
        DuplicateDecision::DifferentPeople => {
            "DELETE FROM history_duplicate WHERE person = ?1 AND kept_as = ?2"
        }
    };
    tx.prepare_cached(sql)?
        .execute([envelope.person()?.to_string(), decided.other.to_string()])?;
    Ok(())
}

/// Days sort at their midnight in Beijing.
fn order(when: When) -> i64 {
    when.earliest().as_microsecond()
}
