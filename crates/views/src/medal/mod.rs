//! Who gets the medal “光荣在党50年”, and how far is each?

mod candidates;
mod query;
#[cfg(test)]
mod tests;

pub use candidates::{CandidateFilter, MedalCandidate, candidates};
pub use query::{MedalFilter, MedalRow, MedalState, list};

use domain::{
    AnyEvent,
    medal::{AfterDeath, MedalEvent, MedalNominated},
};
use rusqlite::{ToSql, Transaction, params, params_from_iter};

use crate::{Envelope, View, ViewsError};

/// The medals.
pub struct MedalView;

impl View for MedalView {
    const NAME: &'static str = "medal";
    const VERSION: u32 = 1;
    const SCHEMA: &'static str = include_str!("schema.sql");
    const INDEXES: &'static str = include_str!("indexes.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::Medal(event) => medal(tx, envelope, event),
            AnyEvent::Cadre(_)
            | AnyEvent::Visit(_)
            | AnyEvent::Fund(_)
            | AnyEvent::Hardship(_)
            | AnyEvent::Petition(_)
            | AnyEvent::PetitionAccess(_)
            | AnyEvent::PaymentBatch(_)
            | AnyEvent::Round(_)
            | AnyEvent::Health(_)
            | AnyEvent::Duty(_)
            | AnyEvent::Plan(_)
            | AnyEvent::Identity(_) => Ok(()),
        }
    }
}

fn medal(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &MedalEvent,
) -> Result<(), ViewsError> {
    let update = |state: MedalState, columns: &[(&str, &dyn ToSql)]| {
        let state: (&str, &dyn ToSql) = ("state", &state.as_str());
        set(tx, envelope, &[&[state], columns].concat())
    };
    match event {
        MedalEvent::Nominated(e) => nominate(tx, envelope, e),
        MedalEvent::Attested(e) => update(MedalState::Attested, &[("branch", &e.branch.as_str())]),
        MedalEvent::Approved(e) => {
            update(MedalState::Approved, &[("document", &e.document.as_str())])
        }
        MedalEvent::Declined(_) => update(MedalState::Declined, &[]),
        MedalEvent::Awarded(e) => update(MedalState::Awarded, &[("number", &e.number.as_deref())]),
        MedalEvent::Presented(e) => update(
            MedalState::Presented,
            &[
                ("presented_on", &e.on.to_string()),
                ("to_family", &e.to_family),
            ],
        ),
        MedalEvent::DecidedAfterDeath(e) => match e.decision {
            AfterDeath::ToFamily => update(MedalState::ToFamily, &[]),
            AfterDeath::Withheld => update(MedalState::Withheld, &[]),
        },
        MedalEvent::Replaced(_) => set(tx, envelope, &[("replaced", &true)]),
        MedalEvent::Revoked(_) => update(MedalState::Revoked, &[]),
    }
}

/// Changes the latest nomination: what happens next is about that one.
fn set(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    columns: &[(&str, &dyn ToSql)],
) -> Result<(), ViewsError> {
    let set: Vec<String> = columns.iter().map(|(c, _)| format!("{c} = ?")).collect();
    let sql = format!(
        "UPDATE medal SET {} WHERE (person, position) =
         (SELECT person, max(position) FROM medal WHERE person = ?)",
        set.join(", ")
    );
    let person = envelope.person()?.to_string();
    let values = columns.iter().map(|(_, value)| *value);
    let rows = tx
        .prepare_cached(&sql)?
        .execute(params_from_iter(values.chain([&person as &dyn ToSql])))?;
    envelope.must_change(rows)
}

fn nominate(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &MedalNominated,
) -> Result<(), ViewsError> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO medal (person, year, state, standing_starts_on, replaced, position)
         VALUES (?1, ?2, ?3, ?4, 0, ?5)",
    )?
    .execute(params![
        event.person.to_string(),
        event.year,
        MedalState::Nominated.as_str(),
        event.standing_starts_on.to_string(),
        envelope.recorded.position.to_stored(),
    ])?;
    Ok(())
}
