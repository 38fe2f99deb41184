use calendar::{Date, When};

use super::{DutyId, Trigger};
use crate::{
    Text, VisitId,
    visit::{Mode, Purpose},
};

/// What may be asked of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyCommand {
    /// Open it, once for each trigger.
    Open {
        /// The duty.
        id: DutyId,
        /// What raised it.
        trigger: Trigger,
    },
    /// Close it by what was done.
    Fulfil {
        /// What was done.
        by: Evidence,
    },
    /// Open it again: what closed it was withdrawn, or reads otherwise since.
    WithdrawFulfilment,
    /// Ask that it need not be done (申请免除).
    RequestWaiver {
        /// Why.
        reason: Text,
    },
    /// Approve that (批准免除). By someone else than who asked.
    ApproveWaiver,
    /// Refuse it.
    RefuseWaiver {
        /// Why.
        reason: Text,
    },
    /// Cancel it: its trigger was withdrawn.
    WithdrawTrigger,
    /// Bring it in line with the person's record: death, its withdrawal, another unit or contact.
    FollowPerson,
    /// Say what its clock says now and was not said before.
    CheckDeadlines,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A visit, as it reads now.
    Visit {
        /// Which.
        visit: VisitId,
        /// When.
        visited: When,
        /// What for.
        purpose: Purpose,
        /// How.
        mode: Mode,
    },
    /// A verification of the record on this day.
    Verification {
        /// The day.
        on: Date,
    },
    /// A review of the plan for the person on this day.
    Review {
        /// The day.
        on: Date,
    },
}
