//! Who tried to see a sealed petition and may not?
//!
//! It is told to those alone who may see the petition.

mod query;
#[cfg(test)]
mod tests;

pub use query::{Attempt, attempts};

use domain::{
    AnyEvent,
    petition_access::{AttemptedBy, PetitionAccessEvent},
};
use rusqlite::{Transaction, params};

use crate::{Envelope, View, ViewsError};

/// The attempts on sealed petitions.
pub struct PetitionAccessView;

impl View for PetitionAccessView {
    const NAME: &'static str = "petition_access";
    const VERSION: u32 = 1;
    const SCHEMA: &'static str = include_str!("schema.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::PetitionAccess(event) => attempted(tx, envelope, event),
            AnyEvent::Petition(_)
            | AnyEvent::Cadre(_)
            | AnyEvent::Visit(_)
            | AnyEvent::Hardship(_)
            | AnyEvent::Fund(_)
            | AnyEvent::Medal(_)
            | AnyEvent::PaymentBatch(_)
            | AnyEvent::Round(_)
            | AnyEvent::Health(_)
            | AnyEvent::Duty(_)
            | AnyEvent::Plan(_)
            | AnyEvent::Identity(_) => Ok(()),
        }
    }
}

fn attempted(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &PetitionAccessEvent,
) -> Result<(), ViewsError> {
    let PetitionAccessEvent::Attempted(attempted) = event;
    let metadata = &envelope.recorded.metadata;
    tx.prepare_cached(
        "INSERT INTO petition_access
         (position, petition, by, recorded, actor_id, actor_name, actor_role, actor_unit)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        envelope.recorded.position.to_stored(),
        envelope.stream_id(),
        word(attempted.by),
        metadata.recorded.to_string(),
        metadata.actor.id,
        metadata.actor.name,
        metadata.actor.role,
        metadata.actor.unit,
    ])?;
    Ok(())
}

/// The stored word, the same as in JSON.
fn word(by: AttemptedBy) -> &'static str {
    match by {
        AttemptedBy::Id => "id",
        AttemptedBy::History => "history",
        AttemptedBy::Command => "command",
        AttemptedBy::Search => "search",
    }
}
