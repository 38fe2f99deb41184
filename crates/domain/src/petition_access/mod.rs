//! Who tried to see a sealed petition without being allowed to (R46).
//!
//! Whoever tries is answered as if there were no such petition; that they tried is kept here, in a
//! stream of its own beside the petition's. Once for each person, way and day: who tries a thousand
//! times on a day says no more than who tries once, and must not fill the log.

mod command;
mod decide;
mod event;
#[cfg(test)]
pub(crate) mod tests;

pub use command::PetitionAccessCommand;
pub use event::{AccessAttempted, AttemptedBy, PetitionAccessEvent};

use std::{collections::BTreeSet, convert::Infallible};

use calendar::Date;

use crate::{Aggregate, CadreId, Context, PetitionId, Rejection, StaffId};

/// The attempts on one petition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PetitionAccess {
    /// The last day with an attempt, and who tried what on it.
    last_day: Option<Date>,
    tried: BTreeSet<(StaffId, AttemptedBy)>,
}

impl Aggregate for PetitionAccess {
    const CATEGORY: &'static str = "petition_access";
    type Id = PetitionId;
    type Command = PetitionAccessCommand;
    type Event = PetitionAccessEvent;
    type Rejection = Infallible;

    fn decide(
        &self,
        command: PetitionAccessCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<PetitionAccessEvent>, Infallible> {
        Ok(decide::decide(self, command, cx))
    }

    fn concerns(&self, _command: &PetitionAccessCommand) -> Option<CadreId> {
        None
    }

    fn evolve(&mut self, event: &PetitionAccessEvent) {
        match event {
            PetitionAccessEvent::Attempted(e) => {
                if self.last_day != Some(e.on) {
                    self.last_day = Some(e.on);
                    self.tried.clear();
                }
                self.tried.insert((e.who.clone(), e.by));
            }
        }
    }

    /// Nobody's: what is known of a sealed petition is in nobody's care history.
    fn subjects(&self) -> Vec<CadreId> {
        vec![]
    }
}

/// No attempt is too many to be kept.
impl Rejection for Infallible {
    fn code(&self) -> &'static str {
        match *self {}
    }

    fn zh(&self) -> String {
        match *self {}
    }
}
