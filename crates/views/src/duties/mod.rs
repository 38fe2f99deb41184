//! What must be done for whom by when, what was done in time, and what raises duties?
//!
//! The view knows no rules. It keeps what happened and what the people are like, so that whoever
//! knows the rules can tell which duty is missing; and it marks each duty that does not agree with
//! the record any more, so that whoever may act need not search.

mod coverage;
mod digest;
mod duty;
mod people;
mod query;
mod reviews;
mod settle;
#[cfg(test)]
mod tests;
mod visits;
mod watch;
mod worklist;

pub use coverage::{Coverage, CoverageFilter, coverage};
pub use digest::{DigestFilter, DutyDigest, DutyGroup, digest};
pub use duty::DutyState;
pub use query::{DutyDetails, DutyFilter, get, of_person};
pub use watch::{
    News, Open, Todo, Watched, alarms, done_and_due_from, last_opening, missing, occasions_after,
    people_changed_after, todos,
};
pub use worklist::{Band, DutyCounts, DutyRow, WorkFilter, counts, worklist};

use domain::AnyEvent;
use rusqlite::{Params, Transaction};

use crate::{Envelope, View, ViewsError};

/// The duties.
pub struct DutiesView;

impl View for DutiesView {
    const NAME: &'static str = "duties";
    const VERSION: u32 = 6;
    const SCHEMA: &'static str = include_str!("schema.sql");
    const INDEXES: &'static str = include_str!("indexes.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::Cadre(event) => people::cadre(tx, envelope, event),
            AnyEvent::Visit(event) => visits::visit(tx, envelope, event),
            AnyEvent::Health(event) => people::health(tx, envelope, event),
            AnyEvent::Hardship(event) => people::hardship(tx, envelope, event),
            AnyEvent::Plan(event) => reviews::plan(tx, envelope, event),
            AnyEvent::Duty(event) => duty::apply(tx, envelope, event),
            AnyEvent::Fund(_)
            | AnyEvent::Medal(_)
            | AnyEvent::Petition(_)
            | AnyEvent::PetitionAccess(_)
            | AnyEvent::PaymentBatch(_)
            | AnyEvent::Round(_)
            | AnyEvent::Identity(_) => Ok(()),
        }
    }
}

fn run(tx: &Transaction<'_>, sql: &str, params: impl Params) -> Result<usize, ViewsError> {
    Ok(tx.prepare_cached(sql)?.execute(params)?)
}
