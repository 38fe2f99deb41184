//! The record of one person of the register (建档立卡): a retired cadre, a Party member, or someone
//! in hardship. It says who they are, whether they are 离休 or 退休, since when their Party standing
//! counts, which treatments they enjoy, how they live, which unit and which contact looks after
//! them, and when they died.
//!
//! Every change is kept with its reason. Two records of one person are told apart by a person's
//! decision, never by the machine, and nothing is ever deleted.

mod birthday;
mod command;
mod decide;
mod event;
mod lixiu;
mod person;
mod profile;
mod record;
mod rejection;
mod standing;
#[cfg(test)]
pub(crate) mod tests;

pub use birthday::{Turning, turning};
pub use command::{CadreCommand, RecordPartyStanding, RegisterCadre};
pub use event::{
    CadreAmended, CadreEvent, CadreRegistered, ContactAssigned, ContactHandedOver, DeathRecorded,
    DeathWithdrawn, DisputeReported, DuplicateDecided, DuplicateDecision, LivingRecorded,
    PartyStandingRecorded, RecordVerified, RetirementRecorded, StandingBasis, SurvivorRecorded,
    TransferAccepted, TransferRejected, TransferRequested, TreatmentEnded, TreatmentGranted,
};
pub use lixiu::lixiu_subsidy;
pub use person::Person;
pub use profile::{
    Approval, Birthday, Field, Living, Mobility, Profile, Retirement, Sex, Survivor,
};
pub use rejection::CadreRejection;
pub use standing::Standing;

use crate::{Aggregate, CadreId, Context};
use record::Record;

/// A person's record; none before they are registered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cadre {
    record: Option<Box<Record>>,
}

impl Cadre {
    /// What other aggregates' rules may know about the person; nothing if they are not registered.
    pub fn person(&self) -> Option<Person> {
        self.record.as_deref().map(Record::person)
    }
}

impl Aggregate for Cadre {
    const CATEGORY: &'static str = "cadre";
    type Id = CadreId;
    type Command = CadreCommand;
    type Event = CadreEvent;
    type Rejection = CadreRejection;

    fn decide(
        &self,
        command: CadreCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<CadreEvent>, CadreRejection> {
        decide::decide(self.record.as_deref(), command, cx)
    }

    /// Every rule here looks at this record alone, which the stream itself holds.
    /// Only a decision on duplicates looks at another record: the one that is kept.
    fn concerns(&self, command: &CadreCommand) -> Option<CadreId> {
        if let CadreCommand::DecideDuplicate { other, .. } = command {
            Some(*other)
        } else {
            None
        }
    }

    fn evolve(&mut self, event: &CadreEvent) {
        match (&mut self.record, event) {
            (record, CadreEvent::Registered(e)) => {
                *record = Some(Box::new(Record::new(e.clone())));
            }
            (Some(record), event) => record.evolve(event),
            (None, _) => {}
        }
    }

    fn subjects(&self) -> Vec<CadreId> {
        self.record.iter().map(|record| record.id()).collect()
    }
}
