//! 信访件: a petition from its receipt to its close. No petition is closed without a delivered
//! reply: every matter settled, every letter answered (事事有着落、件件有回音).
//!
//! What is accepted, replied and delivered stands; who disagrees with a reply asks for a review
//! (复查, R35).

mod command;
mod decide;
mod event;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use command::PetitionCommand;
pub use event::{
    Channel, Petition, PetitionAccepted, PetitionClosed, PetitionEvent, PetitionRegistered,
    PetitionReplied, Petitioner,
};
pub use rejection::PetitionRejection;

use calendar::When;

use crate::{Aggregate, CadreId, Context, PetitionId};

/// A petition's case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PetitionCase {
    /// Nothing was received.
    #[default]
    Unregistered,
    /// A petition was received.
    Registered {
        /// The petition.
        petition: Box<Petition>,
        /// How far it has come.
        stage: Stage,
    },
}

/// How far a petition has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Registered, not yet accepted.
    Received,
    /// Accepted for handling (受理).
    Accepted {
        /// When.
        accepted: When,
    },
    /// Answered, and the answer delivered (答复、送达).
    Replied {
        /// When it was accepted.
        accepted: When,
        /// The reply.
        reply: PetitionReplied,
    },
    /// Closed (办结).
    Closed {
        /// When it was accepted.
        accepted: When,
        /// The reply.
        reply: PetitionReplied,
    },
}

impl Stage {
    /// The stage that follows when `event` has happened. An event that does not belong to this
    /// stage leaves it as it is: the log is not judged when it is read.
    fn after(self, event: &PetitionEvent) -> Stage {
        match (self, event) {
            (Stage::Received, PetitionEvent::Accepted(e)) => Stage::Accepted {
                accepted: e.accepted,
            },
            (Stage::Accepted { accepted }, PetitionEvent::Replied(e)) => Stage::Replied {
                accepted,
                reply: e.clone(),
            },
            (Stage::Replied { accepted, reply }, PetitionEvent::Closed(_)) => {
                Stage::Closed { accepted, reply }
            }
            (
                stage,
                PetitionEvent::Registered(_)
                | PetitionEvent::Accepted(_)
                | PetitionEvent::Replied(_)
                | PetitionEvent::Closed(_),
            ) => stage,
        }
    }
}

impl Aggregate for PetitionCase {
    const CATEGORY: &'static str = "petition";
    type Id = PetitionId;
    type Command = PetitionCommand;
    type Event = PetitionEvent;
    type Rejection = PetitionRejection;

    fn decide(
        &self,
        command: PetitionCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<PetitionEvent>, PetitionRejection> {
        decide::decide(self, command, cx)
    }

    fn concerns(&self, command: &PetitionCommand) -> Option<CadreId> {
        match command {
            PetitionCommand::Register { petition } => petition.petitioner.person,
            PetitionCommand::Accept { .. }
            | PetitionCommand::Reply { .. }
            | PetitionCommand::Close => None,
        }
    }

    fn evolve(&mut self, event: &PetitionEvent) {
        *self = match (std::mem::take(self), event) {
            (PetitionCase::Unregistered, PetitionEvent::Registered(e)) => {
                PetitionCase::Registered {
                    petition: Box::new(e.petition.clone()),
                    stage: Stage::Received,
                }
            }
            (
                PetitionCase::Unregistered,
                PetitionEvent::Accepted(_) | PetitionEvent::Replied(_) | PetitionEvent::Closed(_),
            ) => PetitionCase::Unregistered,
            (PetitionCase::Registered { petition, stage }, event) => PetitionCase::Registered {
                petition,
                stage: stage.after(event),
            },
        };
    }

    fn subjects(&self) -> Vec<CadreId> {
        match self {
            PetitionCase::Unregistered => vec![],
            PetitionCase::Registered { petition, .. } => {
                petition.petitioner.person.into_iter().collect()
            }
        }
    }
}
