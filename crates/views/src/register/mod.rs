//! Who is in the register? The list that a clerk searches, the card of one person, and the three
//! counts that every report asks for.
//!
//! A card is folded in plain Rust; the columns that people are searched by follow from it in one
//! place, so they cannot disagree with what is shown.

mod birthdays;
mod card;
mod counts;
mod entry;
mod find;
mod reading;
#[cfg(test)]
mod tests;

pub use birthdays::{BirthdayFilter, BirthdayRow, birthdays};
pub use card::{Contact, PersonCard, PersonRow, Status, Treatment};
pub use counts::{Counts, UnitCounts, counts, counts_by_unit};
use entry::{Entry, Named};
pub use find::{Find, find, get, people_of};

use domain::{AnyEvent, CadreId, cadre::CadreEvent, hardship::HardshipEvent};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Envelope, View, ViewsError};

/// The register.
pub struct RegisterView;

impl View for RegisterView {
    const NAME: &'static str = "register";
    const VERSION: u32 = 4;
    const SCHEMA: &'static str = include_str!("schema.sql");
    const INDEXES: &'static str = include_str!("indexes.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::Cadre(event) => cadre(tx, envelope, event),
            AnyEvent::Hardship(event) => hardship(tx, envelope, event),
            AnyEvent::Visit(_)
            | AnyEvent::Fund(_)
            | AnyEvent::Medal(_)
            | AnyEvent::Health(_)
            | AnyEvent::Duty(_)
            | AnyEvent::Plan(_)
            | AnyEvent::Petition(_)
            | AnyEvent::PetitionAccess(_)
            | AnyEvent::PaymentBatch(_)
            | AnyEvent::Round(_)
            | AnyEvent::Identity(_) => Ok(()),
        }
    }
}

fn cadre(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &CadreEvent,
) -> Result<(), ViewsError> {
    if let CadreEvent::Registered(registered) = event {
        let card = PersonCard::registered(registered);
        store(tx, &card)?;
        Entry::of(&card).write(tx, card.person)?;
        return Named::of(&card).write(tx, card.person);
    }
    let before = load(tx, envelope.person()?)?.ok_or_else(|| envelope.no_beginning())?;
    let mut card = before.clone();
    card.evolve(event);
    store(tx, &card)?;
    // Most of what is recorded of a person changes nothing they are found by.
    let entry = Entry::of(&card);
    if entry != Entry::of(&before) {
        entry.write(tx, card.person)?;
    }
    let named = Named::of(&card);
    if named != Named::of(&before) {
        named.write(tx, card.person)?;
    }
    Ok(())
}

fn load(tx: &Transaction<'_>, person: CadreId) -> Result<Option<PersonCard>, ViewsError> {
    let card: Option<String> = tx
        .prepare_cached("SELECT card FROM register_card WHERE person = ?1")?
        .query_row([person.to_string()], |row| row.get(0))
        .optional()?;
    card.as_deref().map(PersonCard::read).transpose()
}

/// Writes the card.
fn store(tx: &Transaction<'_>, card: &PersonCard) -> Result<(), ViewsError> {
    let sql = "INSERT INTO register_card (person, card) VALUES (?1, ?2)
               ON CONFLICT (person) DO UPDATE SET card = excluded.card";
    tx.prepare_cached(sql)?
        .execute(params![card.person.to_string(), card.write()?])?;
    Ok(())
}

fn hardship(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &HardshipEvent,
) -> Result<(), ViewsError> {
    let sql = match event {
        HardshipEvent::Opened(_) | HardshipEvent::Reopened(_) => {
            "INSERT OR IGNORE INTO register_hardship (person, ground) VALUES (?1, ?2)"
        }
        HardshipEvent::Closed(_) => {
            "DELETE FROM register_hardship WHERE person = ?1 AND ground = ?2"
        }
        HardshipEvent::Assessed(_)
        | HardshipEvent::Approved(_)
        | HardshipEvent::ApprovalLapsed(_)
        | HardshipEvent::RestReleased(_)
        | HardshipEvent::Declined(_)
        | HardshipEvent::Disbursed(_)
        | HardshipEvent::LineStruck(_)
        | HardshipEvent::Reversed(_)
        | HardshipEvent::FollowedUp(_)
        | HardshipEvent::PaymentTakenOver(_) => return Ok(()),
    };
    let id = envelope.hardship()?;
    let person = id.person.to_string();
    tx.prepare_cached(sql)?
        .execute([person.as_str(), id.ground.as_str()])?;
    tx.prepare_cached(
        "UPDATE register
         SET hardship = EXISTS (SELECT 1 FROM register_hardship WHERE person = ?1)
         WHERE person = ?1",
    )?
    .execute([&person])?;
    Ok(())
}
