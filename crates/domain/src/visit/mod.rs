//! 走访: one visit to one person, as it was recorded and corrected since.
//!
//! Every visit has someone who went, and a moment that is not in the future. It may be recorded
//! late, which is flagged. A mistake is corrected by a new event that holds all of the visit as it
//! should read, the person included; a visit that never took place is withdrawn, for good.

mod command;
mod decide;
mod event;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use command::VisitCommand;
pub use event::{
    Mode, Purpose, Visit, VisitCorrected, VisitEvent, VisitRecorded, VisitWithdrawn, Visitor,
};
pub use rejection::VisitRejection;

use crate::{Aggregate, CadreId, Context, VisitId};

/// What is recorded of a visit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum VisitRecord {
    /// Nothing yet.
    #[default]
    Unrecorded,
    /// A visit took place.
    Recorded {
        /// The visit as it reads now.
        visit: Visit,
        /// Everyone it was ever recorded for.
        people: Vec<CadreId>,
    },
    /// It never took place.
    Withdrawn {
        /// Everyone it was ever recorded for.
        people: Vec<CadreId>,
    },
}

impl VisitRecord {
    /// The visit as it reads now, unless it was withdrawn.
    pub fn visit(&self) -> Option<&Visit> {
        match self {
            VisitRecord::Recorded { visit, .. } => Some(visit),
            VisitRecord::Unrecorded | VisitRecord::Withdrawn { .. } => None,
        }
    }

    fn read_as(&mut self, visit: &Visit) {
        let mut people = self.subjects();
        if !people.contains(&visit.person) {
            people.push(visit.person);
        }
        *self = VisitRecord::Recorded {
            visit: visit.clone(),
            people,
        };
    }
}

impl Aggregate for VisitRecord {
    const CATEGORY: &'static str = "visit";
    type Id = VisitId;
    type Command = VisitCommand;
    type Event = VisitEvent;
    type Rejection = VisitRejection;

    fn decide(
        &self,
        command: VisitCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<VisitEvent>, VisitRejection> {
        decide::decide(self, command, cx)
    }

    fn concerns(&self, command: &VisitCommand) -> Option<CadreId> {
        match command {
            VisitCommand::Record { visit } | VisitCommand::Correct { visit, .. } => {
                Some(visit.person)
            }
            VisitCommand::Withdraw { .. } => None,
        }
    }

    fn evolve(&mut self, event: &VisitEvent) {
        match event {
            VisitEvent::Recorded(e) => self.read_as(&e.visit),
            VisitEvent::Corrected(e) => self.read_as(&e.visit),
            VisitEvent::Withdrawn(_) => {
                *self = VisitRecord::Withdrawn {
                    people: self.subjects(),
                };
            }
        }
    }

    /// Everyone it was ever recorded for: where a correction names another person, the histories of
    /// both show it.
    fn subjects(&self) -> Vec<CadreId> {
        match self {
            VisitRecord::Unrecorded => vec![],
            VisitRecord::Recorded { people, .. } | VisitRecord::Withdrawn { people } => {
                people.clone()
            }
        }
    }
}
