use calendar::{Date, Deadline, Term, When};
use serde::{Deserialize, Serialize};

use super::{DutyId, Trigger};
use crate::{CadreId, ClosedBy, StaffId, Text, Unit, VisitId, petition::Rung};

events! {
    /// What may have happened to a duty.
    pub enum DutyEvent {
        /// A trigger raised it.
        Opened(Box<DutyOpened>) = "duty.opened" v 1 at |e| Some(e.trigger.known),
        /// It was done.
        Fulfilled(DutyFulfilled) = "duty.fulfilled" v 1 at |e| Some(e.by.when()),
        /// What closed it does not stand any more.
        FulfilmentWithdrawn(DutyFulfilmentWithdrawn) = "duty.fulfilment_withdrawn" v 1 at |_e| None,
        /// Someone asked that it need not be done.
        WaiverRequested(DutyWaiverRequested) = "duty.waiver_requested" v 1 at |_e| None,
        /// Someone else agreed.
        WaiverApproved(DutyWaiverApproved) = "duty.waiver_approved" v 1 at |_e| None,
        /// Someone else did not.
        WaiverRefused(DutyWaiverRefused) = "duty.waiver_refused" v 1 at |_e| None,
        /// It fell away.
        Cancelled(DutyCancelled) = "duty.cancelled" v 1 at |_e| None,
        /// What made it fall away was an error.
        Reinstated(DutyReinstated) = "duty.reinstated" v 1 at |_e| None,
        /// Another unit or contact has it now.
        Reassigned(DutyReassigned) = "duty.reassigned" v 1 at |_e| None,
        /// Its last day was reckoned again.
        Recomputed(DutyRecomputed) = "duty.recomputed" v 1 at |_e| None,
        /// Its last day is near.
        Warned(DutyWarned) = "duty.warned" v 1 at |_e| None,
        /// Its last day passed.
        Missed(DutyMissed) = "duty.missed" v 1 at |_e| None,
        /// It was brought before someone.
        Escalated(DutyEscalated) = "duty.escalated" v 1 at |_e| None,
    }
}

/// A trigger raised a duty. Holds all that its clock was reckoned with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyOpened {
    /// Which: person, rule and trigger.
    pub id: DutyId,
    /// What raised it.
    pub trigger: Trigger,
    /// What people call it, such as 住院必访.
    pub name: Text,
    /// The unit that has it.
    pub unit: Unit,
    /// The person's contact, who has it in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<StaffId>,
    /// What closes it.
    pub closed_by: ClosedBy,
    /// Its clock.
    pub due: DutyDue,
}

/// The clock of a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyDue {
    /// The day it starts, which is not counted.
    pub start: Date,
    /// How long it runs.
    pub term: Term,
    /// The day from which a warning is due.
    pub warn_from: Date,
    /// Due, rolled and raw, with the days skipped, the rule and the version of the calendar.
    pub deadline: Deadline,
    /// The day from which it is brought before each of these, the first one first.
    pub climbs: Vec<Climb>,
}

/// One rung of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Climb {
    /// Before whom.
    pub rung: Rung,
    /// From which day.
    pub from: Date,
}

/// What closed a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fulfilment {
    /// A visit.
    Visit {
        /// Which.
        visit: VisitId,
        /// When.
        visited: When,
    },
    /// A verification of the record.
    Verification {
        /// The day.
        on: Date,
    },
    /// A review of the plan for the person.
    Review {
        /// The day.
        on: Date,
    },
}

impl Fulfilment {
    /// When it was done.
    pub fn when(&self) -> When {
        match self {
            Fulfilment::Visit { visited, .. } => *visited,
            Fulfilment::Verification { on } | Fulfilment::Review { on } => When::Day(*on),
        }
    }
}

/// A duty was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyFulfilled {
    /// By what.
    pub by: Fulfilment,
}

/// What closed a duty was withdrawn, or reads otherwise since; the duty is open again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyFulfilmentWithdrawn {
    /// What had closed it.
    pub by: Fulfilment,
}

/// Someone asked that a duty need not be done (申请免除).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyWaiverRequested {
    /// Who asked.
    pub by: StaffId,
    /// Why.
    pub reason: Text,
}

/// Someone else agreed (批准免除).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyWaiverApproved {
    /// Who agreed.
    pub by: StaffId,
}

/// Someone else did not; the duty runs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyWaiverRefused {
    /// Who did not.
    pub by: StaffId,
    /// Why.
    pub reason: Text,
}

/// Why a duty fell away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// The person died.
    Died {
        /// The day.
        on: Date,
    },
    /// The record was decided to be a duplicate of another.
    Superseded {
        /// The record that is kept.
        kept_as: CadreId,
    },
    /// What raised it had been recorded in error.
    TriggerWithdrawn,
}

/// A duty fell away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyCancelled {
    /// Why.
    pub why: CancelReason,
}

/// What made a duty fall away was an error; it is open again, with the clock it had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyReinstated {
    /// Why it had fallen away.
    pub was: CancelReason,
}

/// Another unit or contact has a duty now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyReassigned {
    /// The unit that has it.
    pub unit: Unit,
    /// The person's contact, who has it in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<StaffId>,
}

/// A last day was reckoned again by a newer calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyRecomputed {
    /// The clock as it is now.
    pub due: DutyDue,
}

/// A last day is near. Said once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyWarned {
    /// 届满日.
    pub due_raw: Date,
    /// 顺延后届满日.
    pub due_rolled: Date,
}

/// A last day passed, and the duty was not known to be done. Never unmade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyMissed {
    /// 届满日.
    pub due_raw: Date,
    /// 顺延后届满日: the last day on which it would have been in time.
    pub due_rolled: Date,
}

/// An overdue duty was brought before someone. Said once for each rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyEscalated {
    /// Before whom.
    pub rung: Rung,
}
