//! TODO

mod command;
mod event;
mod rejection;
#[cfg(test)]
mod tests;

pub use command::MedalCommand;
pub use event::{
    AfterDeath, MedalApproval, MedalApproved, MedalAttested, MedalAwarded, MedalDecidedAfterDeath,
    MedalDeclined, MedalEvent, MedalNominated, MedalPresented, MedalReplaced, MedalRevoked,
};
pub use rejection::MedalRejection;

use crate::{Aggregate, CadreId, Context};

/// The state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Medal {}

impl Aggregate for Medal {
    const CATEGORY: &'static str = "medal";
    type Id = CadreId;
    type Command = MedalCommand;
    type Event = MedalEvent;
    type Rejection = MedalRejection;

    fn decide(
        &self,
        _command: MedalCommand,
        _cx: &Context<'_>,
    ) -> Result<Vec<MedalEvent>, MedalRejection> {
        Err(MedalRejection::Unwritten)
    }

    fn concerns(&self, _command: &MedalCommand) -> Option<CadreId> {
        None
    }

    fn evolve(&mut self, _event: &MedalEvent) {}

    fn subjects(&self) -> Vec<CadreId> {
        vec![]
    }
}
