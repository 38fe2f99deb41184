//! Who is in the register? The list that a clerk searches, the card of one person, and the three
//! counts that every report asks for.
//!
//! A card is folded in plain Rust; the columns that people are searched by follow from it in one
//! place, so they cannot disagree with what is shown.

mod birthdays;
mod card;
mod counts;
mod find;
mod reading;
#[cfg(test)]
mod tests;

pub use birthdays::{BirthdayFilter, BirthdayRow, birthdays};
pub use card::{Contact, PersonCard, PersonRow, Status, Treatment};
pub use counts::{Counts, UnitCounts, counts, counts_by_unit};
pub use find::{Find, find, get};

use domain::{AnyEvent, CadreId, cadre::CadreEvent, hardship::HardshipEvent};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Envelope, View, ViewsError};

/// The register.
pub struct RegisterView;

impl View for RegisterView {
    const NAME: &'static str = "register";
    const VERSION: u32 = 4;
    const SCHEMA: &'static str = include_str!("schema.sql");

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
        index(tx, &card)?;
        return keys(tx, &card);
    }
    let mut card = load(tx, envelope.person()?)?.ok_or_else(|| envelope.no_beginning())?;
    let before = found_by(&card);
    card.evolve(event);
    index(tx, &card)?;
    if before == found_by(&card) {
        Ok(())
    } else {
        keys(tx, &card)
    }
}

fn load(tx: &Transaction<'_>, person: CadreId) -> Result<Option<PersonCard>, ViewsError> {
    let card: Option<String> = tx
        .prepare_cached("SELECT card FROM register_card WHERE person = ?1")?
        .query_row([person.to_string()], |row| row.get(0))
        .optional()?;
    card.as_deref().map(PersonCard::read).transpose()
}

/// Writes the card and everything that follows from it.
fn index(tx: &Transaction<'_>, card: &PersonCard) -> Result<(), ViewsError> {
    let person = card.person.to_string();
    tx.prepare_cached("INSERT OR REPLACE INTO register_card (person, card) VALUES (?1, ?2)")?
        .execute(params![person, card.write()?])?;
    let profile = &card.profile;
    tx.prepare_cached(
        "INSERT OR REPLACE INTO register
         (person, sort, name, id_number, unit, work_unit, branch, status, member,
          living, superseded, birthday, contact, hardship)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
                 EXISTS (SELECT 1 FROM register_hardship WHERE person = ?1))",
    )?
    .execute(params![
        person,
        reading::sort(&profile.name),
        profile.name.as_str(),
        profile.id_number.as_ref().map(|n| n.as_str()),
        card.unit.0.as_str(),
        profile.work_unit.as_deref(),
        profile.branch.as_deref(),
        card.status().as_str(),
        card.party.is_some(),
        card.died_on.is_none(),
        card.kept_as.is_some(),
        profile.kept_birthday().map(birthdays::key),
        card.contact
            .as_ref()
            .map(|contact| contact.staff.0.as_str()),
    ])?;
    Ok(())
}

/// Writes what the person is found by.
fn keys(tx: &Transaction<'_>, card: &PersonCard) -> Result<(), ViewsError> {
    let person = card.person.to_string();
    tx.prepare_cached("DELETE FROM register_key WHERE person = ?1")?
        .execute([&person])?;
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO register_key (key, person) VALUES (?1, ?2)")?;
    for key in found_by(card) {
        insert.execute([&key, &person])?;
    }
    Ok(())
}

fn found_by(card: &PersonCard) -> Vec<String> {
    let profile = &card.profile;
    let names = [Some(&profile.name), profile.former_name.as_ref()];
    let names = names.into_iter().flatten();
    let in_letters = names.clone().flat_map(|name| reading::readings(name));
    let in_characters = names.flat_map(|name| reading::endings(&reading::without_spaces(name), 1));
    let phone = profile.phone.as_deref().map(reading::digits);
    let phone = phone
        .iter()
        .flat_map(|digits| reading::endings(digits, find::LEAST_DIGITS));
    in_letters.chain(in_characters).chain(phone).collect()
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
