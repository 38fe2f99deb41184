//! Which petitions came, how far is each, and what was replied?

mod query;
#[cfg(test)]
mod tests;

pub use query::{PetitionFilter, PetitionRow, PetitionState, PetitionText, get, list};

use calendar::When;
use domain::{
    AnyEvent,
    petition::{Category, Channel, Document, Petition, PetitionEvent},
};
use rusqlite::{Transaction, params};

use crate::{Envelope, View, ViewsError, read};

/// The petitions.
pub struct PetitionsView;

impl View for PetitionsView {
    const NAME: &'static str = "petitions";
    const VERSION: u32 = 2;
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
            PetitionEvent::OpinionIssued(e) => {
                let sql = "UPDATE petitions_text SET reply = ?2 WHERE petition = ?1";
                let rows = tx
                    .prepare_cached(sql)?
                    .execute([petition, &e.opinion.decision])?;
                envelope.must_change(rows)
            }
            PetitionEvent::Delivered(e) => match e.document {
                Document::Opinion => {
                    let sql = "UPDATE petitions SET state = 'replied', replied = ?2
                               WHERE petition = ?1";
                    let rows = tx
                        .prepare_cached(sql)?
                        .execute([petition, &read::stored(e.delivery.delivered)])?;
                    envelope.must_change(rows)
                }
                Document::Review(_) => Ok(()),
            },
            PetitionEvent::Closed(_) => {
                let sql = "UPDATE petitions SET state = 'closed', closed = ?2 WHERE petition = ?1";
                let rows = tx.prepare_cached(sql)?.execute([petition, &occurred])?;
                envelope.must_change(rows)
            }
            // A review takes up a closed petition again; its reply stands.
            PetitionEvent::ReviewRequested(_) => {
                let sql = "UPDATE petitions SET state = 'replied', closed = NULL
                           WHERE petition = ?1";
                let rows = tx.prepare_cached(sql)?.execute([petition])?;
                envelope.must_change(rows)
            }
            // What was once accepted is handled anew.
            PetitionEvent::Reopened(e) => {
                let sql = "UPDATE petitions SET closed = NULL, replied = NULL,
                               state = iif(accepted IS NULL, 'registered', 'accepted'),
                               accepted = iif(accepted IS NULL, NULL, ?2)
                           WHERE petition = ?1";
                let on = When::Day(e.on);
                let rows = tx
                    .prepare_cached(sql)?
                    .execute([petition, &read::stored(on)])?;
                envelope.must_change(rows)
            }
            PetitionEvent::AccusedNamed(_) => seal(tx, envelope),
            PetitionEvent::Classified(e) => match e.category {
                Category::Report => seal(tx, envelope),
                Category::Suggestion | Category::Demand(_) => Ok(()),
            },
            PetitionEvent::DuplicateLinked(_)
            | PetitionEvent::RefusedAsFinal(_)
            | PetitionEvent::RoutedOnward(_)
            | PetitionEvent::PetitionerTold(_)
            | PetitionEvent::ObjectionRaised(_)
            | PetitionEvent::ReturnAgreed(_)
            | PetitionEvent::ReturnDeclined(_)
            | PetitionEvent::Returned(_)
            | PetitionEvent::Assigned(_)
            | PetitionEvent::Recused(_)
            | PetitionEvent::Noted(_)
            | PetitionEvent::HearingOpened(_)
            | PetitionEvent::HearingHeld(_)
            | PetitionEvent::Mediated(_)
            | PetitionEvent::Extended(_)
            | PetitionEvent::Rated(_)
            | PetitionEvent::ExecutionFollowedUp(_)
            | PetitionEvent::ExecutionDone(_)
            | PetitionEvent::ReviewDecided(_)
            | PetitionEvent::Supervised(_)
            | PetitionEvent::FeedbackGiven(_)
            | PetitionEvent::UrgentlyReported(_)
            | PetitionEvent::AidOffered(_)
            | PetitionEvent::Withdrawn(_)
            | PetitionEvent::DeadlineRecomputed(_)
            | PetitionEvent::DeadlineWarned(_)
            | PetitionEvent::DeadlineMissed(_)
            | PetitionEvent::Escalated(_) => Ok(()),
        }
    }
}

/// 检举控告: neither list nor text shows it, whoever asks.
fn seal(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
    let sql = "UPDATE petitions SET sealed = 1 WHERE petition = ?1";
    let rows = tx.prepare_cached(sql)?.execute([envelope.stream_id()])?;
    envelope.must_change(rows)
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
        Channel::Oral => "oral",
    }
}
