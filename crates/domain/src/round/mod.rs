//! 慰问活动、户户到: a round of visits to everyone whom a rule names, between two days.
//!
//! Whom it is for is asked once, when it starts: that list is frozen, and whoever meets the rule only
//! later is listed apart. The visits themselves fulfil it, by what is recorded of them and
//! [`RoundKind::counts`]; the round repeats none of that, so that no correction of a visit is missed.

mod audience;
mod command;
mod decide;
mod event;
mod kind;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use audience::{AudienceClass, AudienceFacts, AudienceRule};
pub use command::RoundCommand;
pub use event::{
    ExcuseGround, RoundAssigned, RoundAudienceFrozen, RoundCancelled, RoundClosed, RoundEvent,
    RoundExcuseWithdrawn, RoundExcused, RoundLateArrivalsListed, RoundPlan, RoundPlanned,
    RoundStarted,
};
pub use kind::RoundKind;
pub use rejection::RoundRejection;

use std::collections::{BTreeMap, BTreeSet};

use crate::{Aggregate, CadreId, Context, RoundId, StaffId};

/// How far a round is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Round {
    /// Nothing yet.
    #[default]
    Unplanned,
    /// It is planned, for whoever will meet its rule.
    Planned(RoundPlan),
    /// It goes on, for a frozen list of people.
    Running(Running),
    /// It is over.
    Closed(RoundPlan),
    /// It was called off.
    Cancelled,
}

/// What is known while a round goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    plan: RoundPlan,
    audience: BTreeSet<CadreId>,
    assigned: BTreeMap<CadreId, StaffId>,
    excused: BTreeMap<CadreId, ExcuseGround>,
}

impl Round {
    /// What was planned, unless nothing was or it was called off.
    pub fn plan(&self) -> Option<&RoundPlan> {
        match self {
            Round::Planned(plan) | Round::Closed(plan) => Some(plan),
            Round::Running(running) => Some(&running.plan),
            Round::Unplanned | Round::Cancelled => None,
        }
    }
}

impl Aggregate for Round {
    const CATEGORY: &'static str = "round";
    type Id = RoundId;
    type Command = RoundCommand;
    type Event = RoundEvent;
    type Rejection = RoundRejection;

    fn decide(
        &self,
        command: RoundCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<RoundEvent>, RoundRejection> {
        decide::decide(self, command, cx)
    }

    fn concerns(&self, command: &RoundCommand) -> Option<CadreId> {
        match command {
            RoundCommand::Excuse { person, .. } => Some(*person),
            RoundCommand::Plan { .. }
            | RoundCommand::Start { .. }
            | RoundCommand::Assign { .. }
            | RoundCommand::WithdrawExcuse { .. }
            | RoundCommand::Close { .. }
            | RoundCommand::Cancel { .. } => None,
        }
    }

    fn evolve(&mut self, event: &RoundEvent) {
        match (&mut *self, event) {
            (_, RoundEvent::Planned(e)) => *self = Round::Planned(e.plan.clone()),
            (Round::Planned(plan), RoundEvent::Started(_)) => {
                *self = Round::Running(Running {
                    plan: plan.clone(),
                    audience: BTreeSet::new(),
                    assigned: BTreeMap::new(),
                    excused: BTreeMap::new(),
                });
            }
            (Round::Running(running), RoundEvent::Closed(_)) => {
                *self = Round::Closed(running.plan.clone());
            }
            (_, RoundEvent::Cancelled(_)) => *self = Round::Cancelled,
            (Round::Running(running), event) => running.evolve(event),
            (Round::Unplanned | Round::Planned(_) | Round::Closed(_) | Round::Cancelled, _) => {}
        }
    }

    /// Nobody's: what was done for a person is told by the visit.
    fn subjects(&self) -> Vec<CadreId> {
        vec![]
    }
}

impl Running {
    fn evolve(&mut self, event: &RoundEvent) {
        match event {
            RoundEvent::AudienceFrozen(e) => self.audience.extend(&e.people),
            RoundEvent::Assigned(e) => {
                let assigned = e.people.iter().map(|person| (*person, e.staff.clone()));
                self.assigned.extend(assigned);
            }
            RoundEvent::Excused(e) => {
                self.excused.insert(e.person, e.ground);
            }
            RoundEvent::ExcuseWithdrawn(e) => {
                self.excused.remove(&e.person);
            }
            // The round as a whole takes these over; late arrivals change no decision.
            RoundEvent::Planned(_)
            | RoundEvent::Started(_)
            | RoundEvent::LateArrivalsListed(_)
            | RoundEvent::Closed(_)
            | RoundEvent::Cancelled(_) => {}
        }
    }
}
