//! Which petitions came, how far is each, and what was replied?

mod query;
#[cfg(test)]
mod tests;

pub use query::{PetitionFilter, PetitionRow, PetitionState, PetitionText, get, list};

use domain::{
    AnyEvent,
    petition::{Channel, Petition, PetitionEvent},
};
use rusqlite::{Transaction, params};

use crate::{Envelope, View, ViewsError, read};

/// The petitions.
pub struct PetitionsView;

impl View for PetitionsView {
    const NAME: &'static str = "petitions";
    const VERSION: u32 = 1;
    const SCHEMA: &'static str = include_str!("schema.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        let event = match envelope.event {
            AnyEvent::Petition(event) => event,
            AnyEvent::Cadre(_)
            | AnyEvent::Visit(_)
            | AnyEvent::Hardship(_)
            | AnyEvent::Medal(_)
            | AnyEvent::Identity(_) => return Ok(()),
        };
        let petition = envelope.stream_id();
        let occurred = read::stored(envelope.recorded.metadata.occurred);
        match event {
            PetitionEvent::Registered(e) => register(tx, &e.petition),
            PetitionEvent::Accepted(e) => {
                let sql = "UPDATE petitions SET state = 'accepted', accepted = ?2
                           WHERE petition = ?1";
                let rows = tx
                    .prepare_cached(sql)?
                    .execute([petition, &read::stored(e.accepted)])?;
                envelope.must_change(rows)
            }
            PetitionEvent::Replied(e) => {
                let sql = "UPDATE petitions SET state = 'replied', replied = ?2
                           WHERE petition = ?1";
                tx.prepare_cached(sql)?
                    .execute([petition, &read::stored(e.delivered)])?;
                let sql = "UPDATE petitions_text SET reply = ?2 WHERE petition = ?1";
                let rows = tx.prepare_cached(sql)?.execute([petition, &e.text])?;
                envelope.must_change(rows)
            }
            PetitionEvent::Closed(_) => {
                let sql = "UPDATE petitions SET state = 'closed', closed = ?2 WHERE petition = ?1";
                let rows = tx.prepare_cached(sql)?.execute([petition, &occurred])?;
                envelope.must_change(rows)
            }
        }
    }
}

fn register(tx: &Transaction<'_>, petition: &Petition) -> Result<(), ViewsError> {
    let id = petition.id.to_string();
    tx.prepare_cached(
        "INSERT INTO petitions (petition, number, subject, petitioner, person, channel, state,
                                received, received_order, received_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'registered', ?7, ?8, ?9)",
    )?
    .execute(params![
        id,
        petition.number.as_deref(),
        petition.subject.as_str(),
        petition.petitioner.name.as_str(),
        petition.petitioner.person.map(|p| p.to_string()),
        channel(petition.channel),
        read::stored(petition.received),
        petition.received.earliest().as_microsecond(),
        petition.received.date().to_string(),
    ])?;
    tx.prepare_cached("INSERT INTO petitions_text (petition, text) VALUES (?1, ?2)")?
        .execute([&id, petition.text.as_str()])?;
    Ok(())
}

/// The stored word, the same as in JSON.
fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Letter => "letter",
        Channel::Visit => "visit",
        Channel::Phone => "phone",
        Channel::Web => "web",
    }
}
