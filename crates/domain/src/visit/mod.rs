//! TODO

mod command;
mod event;
mod rejection;
#[cfg(test)]
mod tests;

pub use command::VisitCommand;
pub use event::{
    Mode, Purpose, Visit, VisitCorrected, VisitEvent, VisitRecorded, VisitWithdrawn, Visitor,
};
pub use rejection::VisitRejection;

use crate::{Aggregate, CadreId, Context, VisitId};

/// The state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitRecord {}

impl Aggregate for VisitRecord {
    const CATEGORY: &'static str = "visit";
    type Id = VisitId;
    type Command = VisitCommand;
    type Event = VisitEvent;
    type Rejection = VisitRejection;

    fn decide(
        &self,
        _command: VisitCommand,
        _cx: &Context<'_>,
    ) -> Result<Vec<VisitEvent>, VisitRejection> {
        Err(VisitRejection::Unwritten)
    }

    fn concerns(&self, _command: &VisitCommand) -> Option<CadreId> {
        None
    }

    fn evolve(&mut self, _event: &VisitEvent) {}

    fn subjects(&self) -> Vec<CadreId> {
        vec![]
    }
}
