//! TODO

mod command;
mod event;
mod rejection;
#[cfg(test)]
mod tests;

pub use command::PetitionCommand;
pub use event::{
    Channel, Petition, PetitionAccepted, PetitionClosed, PetitionEvent, PetitionRegistered,
    PetitionReplied, Petitioner,
};
pub use rejection::PetitionRejection;

use crate::{Aggregate, CadreId, Context, PetitionId};

/// The state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PetitionCase {}

impl Aggregate for PetitionCase {
    const CATEGORY: &'static str = "petition";
    type Id = PetitionId;
    type Command = PetitionCommand;
    type Event = PetitionEvent;
    type Rejection = PetitionRejection;

    fn decide(
        &self,
        _command: PetitionCommand,
        _cx: &Context<'_>,
    ) -> Result<Vec<PetitionEvent>, PetitionRejection> {
        Err(PetitionRejection::Unwritten)
    }

    fn concerns(&self, _command: &PetitionCommand) -> Option<CadreId> {
        None
    }

    fn evolve(&mut self, _event: &PetitionEvent) {}

    fn subjects(&self) -> Vec<CadreId> {
        vec![]
    }
}
