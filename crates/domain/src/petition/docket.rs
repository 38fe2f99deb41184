use std::collections::{BTreeMap, BTreeSet};

use calendar::{Date, When};

use super::event::{
    Accused, AidOffered, Assignment, AttachedDocument, Category, ClockName, DeadlineMissed,
    Delivery, Due, ExecutionDone, ExecutionFollowedUp, Extension, Level, Mediated, Noted, Notice,
    OpinionIssued, Petition, PetitionReplied, Rating, ReviewDecision, ReviewRequest, Rung,
    SupervisionGround, UrgentlyReported,
};
use crate::{Actor, ContentHash, PetitionId, StaffId, Text, Unit};

/// Which clock, and in which course of the petition.
pub(super) type ClockKey = (ClockName, u32);

/// 案卷: all that is on file about a petition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docket {
    pub(super) petition: Petition,
    pub(super) stage: Stage,
    pub(super) category: Option<Category>,
    /// Once a report against a person, for ever.
    pub(super) sealed: bool,
    pub(super) accused: Vec<Accused>,
    /// Every petition it was ever said to be the same matter as.
    pub(super) same_matter: BTreeSet<PetitionId>,
    pub(super) notices: Vec<Notice>,
    pub(super) objection: Option<Objection>,
    pub(super) assignment: Option<Assignment>,
    pub(super) recused: BTreeSet<StaffId>,
    pub(super) notes: Vec<Noted>,
    pub(super) hearings: Vec<Hearing>,
    pub(super) mediations: Vec<Mediated>,
    /// Its handlings, one after another; the last one counts. None before it is accepted.
    pub(super) rounds: Vec<Round>,
    pub(super) supervisions: Vec<Supervision>,
    pub(super) urgent: Vec<UrgentlyReported>,
    pub(super) aid: Vec<AidOffered>,
    pub(super) documents: BTreeMap<ContentHash, Paper>,
    /// The day on which it ended so that the petitioner need not be told by us any more.
    pub(super) left_us_on: Option<Date>,
    /// Its clocks as the events set them.
    pub(super) dues: BTreeMap<ClockKey, Due>,
    pub(super) warned: BTreeSet<ClockKey>,
    pub(super) missed: Vec<DeadlineMissed>,
    pub(super) climbed: BTreeSet<(ClockKey, Rung)>,
}

/// How far a petition has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Registered, not yet accepted.
    Received,
    /// We told the sender that it is not ours, and wait for their answer.
    Objected,
    /// The sender takes it back.
    ReturnAgreed,
    /// Accepted for handling (受理).
    Accepted,
    /// A written opinion was issued and not yet delivered.
    Opined,
    /// Answered, and the answer delivered (答复、送达).
    Replied,
    /// The level above looks again.
    UnderReview(Level),
    /// The level above decided; that was not yet delivered.
    ReviewDecided(Level),
    /// The decision of the level above was delivered.
    Reviewed(Level),
    /// Linked to the petition that is handled.
    Linked {
        /// That one.
        first: PetitionId,
    },
    /// Routed to another unit (转送).
    RoutedOnward {
        /// Which.
        to: Unit,
    },
    /// Returned to its sender (退回).
    Returned,
    /// Withdrawn by the petitioner (撤回).
    Withdrawn,
    /// Not taken up again after a final review (不再受理).
    RefusedAsFinal {
        /// The petition that was finally reviewed.
        reviewed: PetitionId,
    },
    /// Closed (办结).
    Closed,
}

/// What we told the sender, and what they answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Objection {
    pub(super) reasons: Text,
    pub(super) raised: When,
    pub(super) declined: Option<(When, Text)>,
}

/// A hearing; its last day is open until it was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hearing {
    pub(super) opened: Date,
    pub(super) held: Option<(Date, Text)>,
    /// In which look of a level above, if in one; and in which course.
    pub(super) of: Option<(Level, u32)>,
}

/// One handling, from acceptance to its answer and the reviews of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Round {
    pub(super) accepted: When,
    pub(super) extensions: Vec<Extension>,
    pub(super) opinion: Option<OpinionIssued>,
    pub(super) answer: Option<Answer>,
    pub(super) rating: Option<Rating>,
    pub(super) follow_ups: Vec<ExecutionFollowedUp>,
    pub(super) executed: Option<ExecutionDone>,
    pub(super) reviews: BTreeMap<Level, Review>,
    /// The day on which its clock stopped without an answer.
    pub(super) stopped: Option<Date>,
}

/// What reached the petitioner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// A plain reply.
    Reply { text: Text, delivered: When },
    /// The opinion of the round.
    Opinion(Delivery),
}

/// A look that a level above takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Review {
    pub(super) request: ReviewRequest,
    pub(super) decision: Option<ReviewDecision>,
    pub(super) delivery: Option<Delivery>,
}

/// A supervision and the feedback on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Supervision {
    pub(super) ground: SupervisionGround,
    pub(super) recommendation: Text,
    pub(super) feedback: Option<Text>,
}

/// A document among the papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paper {
    pub(super) document: AttachedDocument,
    /// Why it does not belong there any more.
    pub(super) withdrawn: Option<Text>,
}

impl Answer {
    pub(super) fn delivered(&self) -> When {
        match self {
            Answer::Reply { delivered, .. } => *delivered,
            Answer::Opinion(delivery) => delivery.delivered,
        }
    }

    pub(super) fn is_reply(&self, asked: &Text, at: When) -> bool {
        match self {
            Answer::Reply { text, delivered } => text == asked && *delivered == at,
            Answer::Opinion(_) => false,
        }
    }
}

impl From<&PetitionReplied> for Answer {
    fn from(e: &PetitionReplied) -> Self {
        Answer::Reply {
            text: e.text.clone(),
            delivered: e.delivered,
        }
    }
}

impl Round {
    pub(super) fn new(accepted: When) -> Self {
        Round {
            accepted,
            extensions: vec![],
            opinion: None,
            answer: None,
            rating: None,
            follow_ups: vec![],
            executed: None,
            reviews: BTreeMap::new(),
            stopped: None,
        }
    }

    /// By how many calendar days it was prolonged.
    pub(super) fn extended(&self) -> u32 {
        self.extensions.iter().map(|extension| extension.days).sum()
    }
}

impl Docket {
    pub(super) fn new(petition: Petition) -> Self {
        Docket {
            petition,
            stage: Stage::Received,
            category: None,
            sealed: false,
            accused: vec![],
            same_matter: BTreeSet::new(),
            notices: vec![],
            objection: None,
            assignment: None,
            recused: BTreeSet::new(),
            notes: vec![],
            hearings: vec![],
            mediations: vec![],
            rounds: vec![],
            supervisions: vec![],
            urgent: vec![],
            aid: vec![],
            documents: BTreeMap::new(),
            left_us_on: None,
            dues: BTreeMap::new(),
            warned: BTreeSet::new(),
            missed: vec![],
            climbed: BTreeSet::new(),
        }
    }

    /// The petition as it was received.
    pub fn petition(&self) -> &Petition {
        &self.petition
    }

    /// How far it has come.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// What kind it is, once that was said.
    pub fn category(&self) -> Option<Category> {
        self.category
    }

    /// Whether it is a report against a person, or was ever held for one.
    pub fn is_sealed(&self) -> bool {
        self.sealed
    }

    /// Who handles it; nobody before it was assigned, and after the handler stood back.
    pub fn assignment(&self) -> Option<&Assignment> {
        self.assignment
            .as_ref()
            .filter(|assignment| !self.recused.contains(&assignment.handler))
    }

    /// Whether it accuses this person or their unit.
    pub(super) fn accuses(&self, actor: &Actor) -> bool {
        self.accused.iter().any(|accused| match accused {
            Accused::Person {
                staff: Some(staff), ..
            } => *staff == actor.id,
            // Without an account the name must do: better one too many than the accused.
            Accused::Person { name, staff: None } => *name == actor.name,
            Accused::Unit(unit) => *unit == actor.unit,
        })
    }

    pub(super) fn may_see(&self, actor: &Actor, unit: &Unit) -> bool {
        let given_to = || {
            self.assignment.as_ref().is_some_and(|assignment| {
                assignment.lead == actor.unit || assignment.supporting.contains(&actor.unit)
            })
        };
        !self.accuses(actor) && (!self.sealed || *unit == actor.unit || given_to())
    }

    pub(super) fn round(&self) -> Option<&Round> {
        self.rounds.last()
    }

    /// The number of the present course, from 1.
    pub(super) fn run(&self) -> u32 {
        u32::try_from(self.rounds.len()).unwrap_or(u32::MAX)
    }

    /// The hearing that goes on.
    pub(super) fn open_hearing(&self) -> Option<&Hearing> {
        self.hearings
            .last()
            .filter(|hearing| hearing.held.is_none())
    }
}
