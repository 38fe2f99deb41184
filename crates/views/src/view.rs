use domain::{AnyEvent, CadreId, hardship::HardshipId};
use event_log::Recorded;
use rusqlite::Transaction;

use crate::{
    ViewsError, duties, funds, hardship, history, medal, payment_batches, petition_access,
    petitions, plans, register, rounds, sealing,
};

/// An event as a view sees it: as recorded, and decoded once for all views.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// As the log gave it.
    pub recorded: &'a Recorded,
    /// What happened.
    pub event: &'a AnyEvent,
}

/// One question a person asks.
pub trait View {
    /// Names it; its tables begin with this word.
    const NAME: &'static str;
    /// Raised whenever the schema or the fold changes: all views are then built anew.
    const VERSION: u32;
    /// Its tables, all `STRICT` and with a primary key, and the indexes by which the fold finds rows.
    const SCHEMA: &'static str;
    /// The indexes that only questions need: a file that is built anew gets them once its rows are
    /// there, which costs a fraction of keeping them at each row.
    const INDEXES: &'static str = "";

    /// Takes one event over. Reads nothing but the envelope and its own tables: no clock, no ids.
    ///
    /// # Errors
    /// Whatever makes the event impossible to take over; the views then stop before it.
    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError>;
}

/// A view as the store runs it.
pub(crate) struct Registered {
    pub(crate) name: &'static str,
    pub(crate) version: u32,
    pub(crate) schema: &'static str,
    pub(crate) indexes: &'static str,
    pub(crate) apply: fn(&Transaction<'_>, &Envelope<'_>) -> Result<(), ViewsError>,
}

const fn registered<V: View>() -> Registered {
    Registered {
        name: V::NAME,
        version: V::VERSION,
        schema: V::SCHEMA,
        indexes: V::INDEXES,
        apply: V::apply,
    }
}

/// Every view, by name.
pub(crate) const VIEWS: [Registered; 12] = [
    registered::<duties::DutiesView>(),
    registered::<funds::FundsView>(),
    registered::<hardship::HardshipView>(),
    registered::<history::HistoryView>(),
    registered::<medal::MedalView>(),
    registered::<payment_batches::PaymentBatchesView>(),
    registered::<petition_access::PetitionAccessView>(),
    registered::<petitions::PetitionsView>(),
    registered::<plans::PlansView>(),
    registered::<register::RegisterView>(),
    registered::<rounds::RoundsView>(),
    registered::<sealing::SealingView>(),
];

impl Envelope<'_> {
    /// The person whose stream this is.
    pub(crate) fn person(&self) -> Result<CadreId, ViewsError> {
        self.stream_id().parse().map_err(|_| self.misnamed())
    }

    /// The person and ground whose stream this is.
    pub(crate) fn hardship(&self) -> Result<HardshipId, ViewsError> {
        /// A UUID in its usual form.
        const ID_LEN: usize = 36;
        let id = self.stream_id();
        let parts = id.get(..ID_LEN).zip(id.get(ID_LEN + 1..));
        let parsed = parts.and_then(|(person, ground)| {
            Some(HardshipId {
                person: person.parse().ok()?,
                ground: ground.parse().ok()?,
            })
        });
        parsed.ok_or_else(|| self.misnamed())
    }

    /// What the stream's name says after its category.
    pub(crate) fn stream_id(&self) -> &str {
        self.recorded.stream.id()
    }

    pub(crate) fn misnamed(&self) -> ViewsError {
        ViewsError::Misnamed {
            name: self.recorded.name.to_string(),
            position: self.recorded.position,
        }
    }

    /// Refuses an event that changed no row: what it speaks of was never begun.
    pub(crate) fn must_change(&self, rows: usize) -> Result<(), ViewsError> {
        if rows == 0 {
            Err(self.no_beginning())
        } else {
            Ok(())
        }
    }

    pub(crate) fn no_beginning(&self) -> ViewsError {
        ViewsError::NoBeginning {
            name: self.recorded.name.to_string(),
            position: self.recorded.position,
        }
    }
}
