//! TODO

mod command;
mod event;
mod rejection;
#[cfg(test)]
mod tests;

pub use command::HardshipCommand;
pub use event::{
    Ground, HardshipApproved, HardshipAssessed, HardshipClosed, HardshipDeclined,
    HardshipDisbursed, HardshipEvent, HardshipFollowedUp, HardshipId, HardshipOpened,
    HardshipPaymentTakenOver, HardshipReopened, HardshipReversed, NoSuchGround,
};
pub use rejection::HardshipRejection;

use crate::{Aggregate, CadreId, Context};

/// The state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hardship {}

impl Aggregate for Hardship {
    const CATEGORY: &'static str = "hardship";
    type Id = HardshipId;
    type Command = HardshipCommand;
    type Event = HardshipEvent;
    type Rejection = HardshipRejection;

    fn decide(
        &self,
        _command: HardshipCommand,
        _cx: &Context<'_>,
    ) -> Result<Vec<HardshipEvent>, HardshipRejection> {
        Err(HardshipRejection::Unwritten)
    }

    fn concerns(&self, _command: &HardshipCommand) -> Option<CadreId> {
        None
    }

    fn evolve(&mut self, _event: &HardshipEvent) {}

    fn subjects(&self) -> Vec<CadreId> {
        vec![]
    }
}
