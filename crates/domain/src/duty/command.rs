use calendar::{Date, When};

use super::{DutyId, Fulfilment, Trigger};
use crate::{
    ClosedBy, Text, VisitId,
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

impl Evidence {
    /// When it was done.
    pub fn when(&self) -> When {
        match self {
            Evidence::Visit { visited, .. } => *visited,
            Evidence::Verification { on } | Evidence::Review { on } => When::Day(*on),
        }
    }

    /// What closes a duty of which this is asked; nothing if it is not what is asked.
    pub fn closes(&self, asked: &ClosedBy) -> Option<Fulfilment> {
        match (asked, self) {
            (
                ClosedBy::Visit(asked),
                Evidence::Visit {
                    visit,
                    visited,
                    purpose,
                    mode,
                },
            ) => asked.admits(purpose, *mode).then_some(Fulfilment::Visit {
                visit: *visit,
                visited: *visited,
            }),
            (ClosedBy::Verification, Evidence::Verification { on }) => {
                Some(Fulfilment::Verification { on: *on })
            }
            (ClosedBy::Review, Evidence::Review { on }) => Some(Fulfilment::Review { on: *on }),
            (ClosedBy::Visit(_) | ClosedBy::Verification | ClosedBy::Review, _) => None,
        }
    }
}
