//! Which petitions came, how far is each, what is to be done next, and was it done in time?
//!
//! A report against a person (检举控告) is sealed, and so is what was linked to it: no list, text,
//! figure or work list shows or counts it to a reader who may not see it ([`crate::sealing`]). Only
//! [`alarms`], which no reader asks, names every one of them: their clocks run as any other.

pub mod alarms;
mod board;
mod category;
mod clock;
mod details;
mod documents;
mod facts;
mod figures;
mod fold;
mod query;
mod stage;
#[cfg(test)]
pub(crate) mod tests;
mod worklist;

pub use board::{Board, HandlerCount, StageCount, board};
pub use clock::{ClockState, PetitionClock};
pub use details::{Course, PetitionDetails};
pub use documents::{ByWhom, PetitionDocument, stored_files};
pub use facts::{DocumentDelivery, Hearing, Objection, PetitionFacts, Review, Supervision};
pub use figures::{Figures, FiguresBy, FiguresFilter, FiguresGroup, FiguresReport, figures};
pub use query::{PetitionFilter, PetitionRow, PetitionText, get, list, of_unit, searched_in_vain};
pub use stage::PetitionStage;
pub use worklist::{WorkFilter, WorkRow, worklist};

use domain::AnyEvent;
use rusqlite::Transaction;

use crate::{Envelope, View, ViewsError};

/// The petitions.
pub struct PetitionsView;

impl View for PetitionsView {
    const NAME: &'static str = "petitions";
    const VERSION: u32 = 9;
    const SCHEMA: &'static str = include_str!("schema.sql");
    const INDEXES: &'static str = include_str!("indexes.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::Petition(event) => fold::apply(tx, envelope, event),
            AnyEvent::Cadre(_)
            | AnyEvent::Visit(_)
            | AnyEvent::Hardship(_)
            | AnyEvent::Fund(_)
            | AnyEvent::Medal(_)
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
