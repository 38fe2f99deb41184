//! The medal “光荣在党50年” of one person: put forward, attested by the branch, approved by the level
//! above, awarded once a year around 1 July, handed over. The stream bears the person's id, so that
//! nobody can have two.
//!
//! The medal is for the living. Where someone dies between approval and presentation the rules do
//! not guess: a decision is asked for. Replacement and revocation are separate, approved events; a
//! revocation is final.

mod command;
mod decide;
mod doubt;
mod eligibility;
mod event;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use command::MedalCommand;
pub use doubt::MedalDoubt;
pub use eligibility::{Eligibility, eligibility};
pub use event::{
    AfterDeath, MedalApproval, MedalApproved, MedalAttested, MedalAwarded, MedalDecidedAfterDeath,
    MedalDeclined, MedalEvent, MedalNominated, MedalPresented, MedalReplaced, MedalRevoked,
};
pub use rejection::MedalRejection;

use crate::{Aggregate, CadreId, Context};

/// A person's medal; none before they are put forward.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Medal {
    nomination: Option<Nomination>,
}

/// The latest nomination and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Nomination {
    person: CadreId,
    year: i16,
    stage: Stage,
    /// What was decided about a person who died before the presentation.
    after_death: Option<MedalDecidedAfterDeath>,
}

/// How far a nomination has come.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    Nominated,
    Attested(MedalAttested),
    Approved(MedalApproved),
    Awarded(MedalAwarded),
    Presented {
        presented: MedalPresented,
        /// The latest replacement.
        replaced: Option<MedalReplaced>,
    },
    Declined,
    Revoked,
}

impl Aggregate for Medal {
    const CATEGORY: &'static str = "medal";
    type Id = CadreId;
    type Command = MedalCommand;
    type Event = MedalEvent;
    type Rejection = MedalRejection;

    fn decide(
        &self,
        command: MedalCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<MedalEvent>, MedalRejection> {
        decide::decide(self.nomination.as_ref(), command, cx)
    }

    fn concerns(&self, command: &MedalCommand) -> Option<CadreId> {
        match command {
            MedalCommand::Nominate { person, .. } => Some(*person),
            MedalCommand::Approve { .. }
            | MedalCommand::Award { .. }
            | MedalCommand::Present { .. }
            | MedalCommand::DecideAfterDeath { .. }
            | MedalCommand::Replace { .. } => self.nomination.as_ref().map(|n| n.person),
            MedalCommand::Attest { .. }
            | MedalCommand::Decline { .. }
            | MedalCommand::Revoke { .. } => None,
        }
    }

    fn evolve(&mut self, event: &MedalEvent) {
        match (&mut self.nomination, event) {
            (nomination, MedalEvent::Nominated(e)) => {
                *nomination = Some(Nomination {
                    person: e.person,
                    year: e.year,
                    stage: Stage::Nominated,
                    after_death: None,
                });
            }
            (Some(nomination), event) => nomination.evolve(event),
            (None, _) => {}
        }
    }

    fn subjects(&self) -> Vec<CadreId> {
        self.nomination.iter().map(|n| n.person).collect()
    }
}

impl Nomination {
    fn evolve(&mut self, event: &MedalEvent) {
        match event {
            // Begins another nomination, which the medal itself takes over.
            MedalEvent::Nominated(_) => {}
            MedalEvent::Attested(e) => self.stage = Stage::Attested(e.clone()),
            MedalEvent::Approved(e) => self.stage = Stage::Approved(e.clone()),
            MedalEvent::Declined(_) => self.stage = Stage::Declined,
            MedalEvent::Awarded(e) => self.stage = Stage::Awarded(e.clone()),
            MedalEvent::Presented(e) => {
                self.stage = Stage::Presented {
                    presented: e.clone(),
                    replaced: None,
                }
            }
            MedalEvent::DecidedAfterDeath(e) => self.after_death = Some(e.clone()),
            MedalEvent::Replaced(e) => {
                if let Stage::Presented { replaced, .. } = &mut self.stage {
                    *replaced = Some(e.clone());
                }
            }
            MedalEvent::Revoked(_) => self.stage = Stage::Revoked,
        }
    }
}
