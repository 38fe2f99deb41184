//! 信访件: a petition from its receipt to its close, and through review (复查) and final review
//! (复核). No petition is closed without a delivered reply or a stated exemption: every matter
//! settled, every letter answered (事事有着落、件件有回音).
//!
//! "R" is 《信访工作条例》. A petition is governed by the rules in force on the day it was received,
//! and so are all its [`clocks`]. An event that starts or moves a clock holds its last day.
//!
//! What is accepted, replied and delivered stands, and a missed deadline stays missed. A report
//! against a person (检举控告) is sealed: to all but the unit that keeps it and those it was given
//! to, and to whom it accuses wherever they are, every command answers as if there were no such
//! petition, and no person's history shows it.

pub mod clocks;
mod command;
mod decide;
mod docket;
mod event;
mod fold;
mod ladder;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use command::PetitionCommand;
pub use docket::{Docket, Stage};
pub use event::{
    Accused, AccusedNamed, AidOffered, Assigned, Assignment, AttachedDocument, Category, Channel,
    Classified, ClockName, DeadlineMissed, DeadlineRecomputed, DeadlineWarned, Delivered, Delivery,
    Document, DocumentAttached, DocumentKind, DocumentStep, DocumentWithdrawn, Due,
    DuplicateLinked, Escalated, ExecutionDone, ExecutionFollowedUp, Exemption, ExemptionGround,
    Extended, Extension, FeedbackGiven, HearingHeld, HearingOpened, Intake, Joint, Level, Means,
    Mediated, Noted, Notice, NoticeContent, ObjectionRaised, Opinion, OpinionIssued, Origin,
    Outcome, Petition, PetitionAccepted, PetitionClosed, PetitionEvent, PetitionRegistered,
    PetitionReopened, PetitionReplied, PetitionReturned, PetitionWithdrawn, Petitioner,
    PetitionerTold, Rated, Rating, Recused, RefusedAsFinal, ReturnAgreed, ReturnDeclined,
    ReviewDecided, ReviewDecision, ReviewRequest, ReviewRequested, ReviewResult, RoutedOnward,
    Rung, Supervised, SupervisionGround, Track, UrgentlyReported,
};
pub use rejection::PetitionRejection;

use calendar::Date;

use crate::{Actor, Aggregate, CadreId, Context, PetitionId, Unit};

/// A petition's case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PetitionCase {
    /// Nothing was received.
    #[default]
    Unregistered,
    /// A petition was received.
    Registered(Box<Docket>),
}

impl PetitionCase {
    /// What is on file; nothing if nothing was received.
    pub fn docket(&self) -> Option<&Docket> {
        match self {
            PetitionCase::Unregistered => None,
            PetitionCase::Registered(docket) => Some(docket),
        }
    }

    /// Whether someone may see the petition that `unit` keeps. A sealed one is seen only by the
    /// unit that keeps it and by those it was given to, and never by whom it accuses (R30, R46).
    pub fn may_see(&self, actor: &Actor, unit: &Unit) -> bool {
        self.docket()
            .is_none_or(|docket| docket.may_see(actor, unit))
    }

    /// Every deadline that was found missed, in the order of finding.
    pub fn missed(&self) -> &[DeadlineMissed] {
        self.docket().map_or(&[], |docket| &docket.missed)
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
        match (self, command) {
            (PetitionCase::Unregistered, PetitionCommand::Register { petition }) => {
                petition.petitioner.person
            }
            // No other rule looks at a person's record.
            (PetitionCase::Registered(_), _) | (PetitionCase::Unregistered, _) => None,
        }
    }

    fn refers_to(&self, command: &PetitionCommand) -> Option<PetitionId> {
        match command {
            PetitionCommand::LinkDuplicate { first } => Some(*first),
            PetitionCommand::RefuseFinal { reviewed } => Some(*reviewed),
            // No other rule looks at another petition.
            _ => None,
        }
    }

    fn governed_by(&self, command: &PetitionCommand) -> Option<Date> {
        match (self, command) {
            (PetitionCase::Registered(docket), _) => Some(docket.petition.received.date()),
            (PetitionCase::Unregistered, PetitionCommand::Register { petition }) => {
                Some(petition.received.date())
            }
            // Refused whatever the rules.
            (PetitionCase::Unregistered, _) => None,
        }
    }

    fn is_hidden_from(&self, actor: &Actor, keeper: &Unit) -> bool {
        !self.may_see(actor, keeper)
    }

    /// What it was ever linked to, or not taken up because of.
    fn same_matter(&self) -> Vec<PetitionId> {
        let docket = self.docket().into_iter();
        docket
            .flat_map(|docket| docket.same_matter.iter().copied())
            .collect()
    }

    /// The clocks run, whoever may see the petition.
    fn is_upkeep(command: &PetitionCommand) -> bool {
        matches!(command, PetitionCommand::CheckDeadlines)
    }

    fn evolve(&mut self, event: &PetitionEvent) {
        fold::evolve(self, event);
    }

    /// A sealed petition is in nobody's history: those it accuses may read the petitioner's. Name
    /// the accused, or classify it as a report, in the request that registers it.
    fn subjects(&self) -> Vec<CadreId> {
        match self {
            PetitionCase::Unregistered => vec![],
            PetitionCase::Registered(docket) if docket.sealed => vec![],
            PetitionCase::Registered(docket) => {
                docket.petition.petitioner.person.into_iter().collect()
            }
        }
    }
}
