//! TODO

mod command;
mod event;
mod person;
mod rejection;
#[cfg(test)]
mod tests;

pub use command::{CadreCommand, RecordPartyStanding, RegisterCadre};
pub use event::{
    Approval, Birthday, CadreAmended, CadreEvent, CadreRegistered, ContactAssigned,
    ContactHandedOver, DeathRecorded, DeathWithdrawn, DuplicateDecided, DuplicateDecision, Field,
    Living, LivingRecorded, Mobility, PartyStandingRecorded, Profile, Retirement,
    RetirementRecorded, Sex, StandingBasis, Survivor, SurvivorRecorded, TransferAccepted,
    TransferRejected, TransferRequested, TreatmentEnded, TreatmentGranted,
};
pub use person::{Person, Standing};
pub use rejection::CadreRejection;

use crate::{Aggregate, CadreId, Context};

/// The state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cadre {}

impl Aggregate for Cadre {
    const CATEGORY: &'static str = "cadre";
    type Id = CadreId;
    type Command = CadreCommand;
    type Event = CadreEvent;
    type Rejection = CadreRejection;

    fn decide(
        &self,
        _command: CadreCommand,
        _cx: &Context<'_>,
    ) -> Result<Vec<CadreEvent>, CadreRejection> {
        Err(CadreRejection::Unwritten)
    }

    fn concerns(&self, _command: &CadreCommand) -> Option<CadreId> {
        None
    }

    fn evolve(&mut self, _event: &CadreEvent) {}

    fn subjects(&self) -> Vec<CadreId> {
        vec![]
    }
}
