//! 责任事项: what must be done for a person, by when, so that nobody is forgotten. The six mandatory
//! visits (六必访), visits in a long stay and after discharge, feedback on a check-up, regular
//! contact, records that nobody has checked for long, plans whose review is due.
//!
//! A duty is named by its person, rule and trigger, so the same trigger always meets the same
//! stream: it raises one duty, whatever is tried again. Its clock starts when the bureau knew. It
//! is closed by what its rule asks for, by a waiver that someone else approved, or falls away for a
//! reason of the record: a death, a duplicate, a trigger that was withdrawn. What closed it can be
//! withdrawn; then it is open again, with the clock it had.

mod command;
mod deadlines;
mod decide;
mod event;
mod id;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;
pub mod trial;
mod trigger;
pub mod watch;

pub use command::{DutyCommand, Evidence};
pub use event::{
    CancelReason, Climb, DutyCancelled, DutyDue, DutyEscalated, DutyEvent, DutyFulfilled,
    DutyFulfilmentWithdrawn, DutyMissed, DutyOpened, DutyReassigned, DutyRecomputed,
    DutyReinstated, DutyWaiverApproved, DutyWaiverRefused, DutyWaiverRequested, DutyWarned,
    Fulfilment,
};
pub use id::{DutyId, DutyIdError, RuleId, TriggerKey};
pub use rejection::DutyRejection;
pub use trigger::{Trigger, TriggerKind};

use std::collections::BTreeSet;

use calendar::Date;

use crate::{Aggregate, CadreId, Context, StaffId, Unit, petition::Rung};

/// A duty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Duty {
    /// Nothing raised it.
    #[default]
    Unopened,
    /// Something did.
    Opened(Box<Task>),
}

/// What is known of a duty that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    opened: DutyOpened,
    due: DutyDue,
    unit: Unit,
    handler: Option<StaffId>,
    state: State,
    warned: bool,
    missed: bool,
    climbed: BTreeSet<Rung>,
}

/// How a duty stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Open {
        /// The waiver that awaits its answer.
        waiver: Option<DutyWaiverRequested>,
    },
    Fulfilled(Fulfilment),
    Waived,
    Cancelled(CancelReason),
}

impl Aggregate for Duty {
    const CATEGORY: &'static str = "duty";
    type Id = DutyId;
    type Command = DutyCommand;
    type Event = DutyEvent;
    type Rejection = DutyRejection;

    fn decide(
        &self,
        command: DutyCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<DutyEvent>, DutyRejection> {
        decide::decide(self, command, cx)
    }

    fn concerns(&self, command: &DutyCommand) -> Option<CadreId> {
        match (command, self) {
            (DutyCommand::Open { id, .. }, Duty::Unopened) => Some(id.person),
            (DutyCommand::FollowPerson, Duty::Opened(task)) => Some(task.opened.id.person),
            // No other rule looks at the person's record.
            (
                DutyCommand::Open { .. }
                | DutyCommand::FollowPerson
                | DutyCommand::Fulfil { .. }
                | DutyCommand::WithdrawFulfilment
                | DutyCommand::RequestWaiver { .. }
                | DutyCommand::ApproveWaiver
                | DutyCommand::RefuseWaiver { .. }
                | DutyCommand::WithdrawTrigger
                | DutyCommand::CheckDeadlines,
                _,
            ) => None,
        }
    }

    /// The day on which the bureau knew: a duty stays under the rules it was raised by.
    fn governed_by(&self, command: &DutyCommand) -> Option<Date> {
        match (self, command) {
            (Duty::Opened(task), _) => Some(task.opened.trigger.known.date()),
            (Duty::Unopened, DutyCommand::Open { trigger, .. }) => Some(trigger.known.date()),
            // Refused whatever the rules.
            (Duty::Unopened, _) => None,
        }
    }

    /// What opens, closes and moves it by itself; staff ask for waivers alone.
    fn is_upkeep(command: &DutyCommand) -> bool {
        match command {
            DutyCommand::Open { .. }
            | DutyCommand::FollowPerson
            | DutyCommand::Fulfil { .. }
            | DutyCommand::WithdrawFulfilment
            | DutyCommand::WithdrawTrigger
            | DutyCommand::CheckDeadlines => true,
            DutyCommand::RequestWaiver { .. }
            | DutyCommand::ApproveWaiver
            | DutyCommand::RefuseWaiver { .. } => false,
        }
    }

    fn evolve(&mut self, event: &DutyEvent) {
        match (self, event) {
            (duty, DutyEvent::Opened(e)) => *duty = Duty::Opened(Box::new(Task::new(e))),
            (Duty::Opened(task), event) => task.evolve(event),
            (Duty::Unopened, _) => {}
        }
    }

    fn subjects(&self) -> Vec<CadreId> {
        match self {
            Duty::Unopened => vec![],
            Duty::Opened(task) => vec![task.opened.id.person],
        }
    }
}

impl Task {
    fn new(opened: &DutyOpened) -> Self {
        Task {
            due: opened.due.clone(),
            unit: opened.unit.clone(),
            handler: opened.handler.clone(),
            opened: opened.clone(),
            state: State::Open { waiver: None },
            warned: false,
            missed: false,
            climbed: BTreeSet::new(),
        }
    }

    fn evolve(&mut self, event: &DutyEvent) {
        let open = State::Open { waiver: None };
        match event {
            DutyEvent::Opened(e) => *self = Task::new(e),
            DutyEvent::Fulfilled(e) => self.state = State::Fulfilled(e.by),
            DutyEvent::WaiverRequested(e) => {
                self.state = State::Open {
                    waiver: Some(e.clone()),
                };
            }
            DutyEvent::WaiverApproved(_) => self.state = State::Waived,
            DutyEvent::Cancelled(e) => self.state = State::Cancelled(e.why),
            DutyEvent::FulfilmentWithdrawn(_)
            | DutyEvent::WaiverRefused(_)
            | DutyEvent::Reinstated(_) => self.state = open,
            DutyEvent::Reassigned(e) => {
                self.unit = e.unit.clone();
                self.handler.clone_from(&e.handler);
            }
            DutyEvent::Recomputed(e) => self.due = e.due.clone(),
            DutyEvent::Warned(_) => self.warned = true,
            DutyEvent::Missed(_) => self.missed = true,
            DutyEvent::Escalated(e) => {
                self.climbed.insert(e.rung);
            }
        }
    }
}
