//! 发放名单: a list of recipients that is approved as a whole, and paid line by line.
//!
//! It is frozen when it is approved. That is why it needs to follow nothing: a payment is recorded in
//! its case, under all the rules of the case, with the list named; and a line that will not be paid is
//! struck there, too. So a line is paid once or struck, whichever the case says first, and a crash
//! leaves no payment half recorded. A list is done when each of its lines is paid or struck.

mod command;
mod decide;
mod event;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use command::{LineCase, PaymentBatchCommand};
pub use event::{
    PaymentBatchApproved, PaymentBatchDiscarded, PaymentBatchDrafted, PaymentBatchEvent,
    PaymentBatchRevised, PaymentLine, PaymentList,
};
pub use rejection::PaymentBatchRejection;

use std::collections::BTreeSet;

use crate::{Aggregate, CadreId, Context, StaffId, Text, hardship::HardshipId};

/// How far a list of recipients is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PaymentBatch {
    /// Nothing yet.
    #[default]
    None,
    /// It can be changed.
    Draft(Draft),
    /// It is frozen, and is paid.
    Approved(Approved),
    /// It was given up.
    Discarded,
}

/// A list that can be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    list: PaymentList,
    /// Everyone who drafted or revised it.
    drafters: BTreeSet<StaffId>,
}

/// A list that is frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    list: PaymentList,
    approver: StaffId,
    document: Text,
}

impl PaymentBatch {
    /// Its lines, in the order of the list; none where there is no list, or it was given up.
    pub fn lines(&self) -> &[PaymentLine] {
        match self {
            PaymentBatch::Draft(Draft { list, .. })
            | PaymentBatch::Approved(Approved { list, .. }) => &list.lines,
            PaymentBatch::None | PaymentBatch::Discarded => &[],
        }
    }

    /// The line that `payer` may pay to this person on this ground; the rest is for the case to say.
    ///
    /// # Errors
    /// Unless the list is approved, by someone else than the payer, and has such a line.
    pub fn to_pay(
        &self,
        of: HardshipId,
        payer: &StaffId,
    ) -> Result<PaymentLine, PaymentBatchRejection> {
        let approved = self.approved()?;
        if approved.approver == *payer {
            return Err(PaymentBatchRejection::PayerIsListApprover);
        }
        approved.line(of)
    }

    /// The line of this person on this ground, to be struck; the rest is for the case to say.
    ///
    /// # Errors
    /// Unless the list is approved and has such a line.
    pub fn to_strike(&self, of: HardshipId) -> Result<PaymentLine, PaymentBatchRejection> {
        self.approved()?.line(of)
    }

    fn approved(&self) -> Result<&Approved, PaymentBatchRejection> {
        match self {
            PaymentBatch::None => Err(PaymentBatchRejection::NotDrafted),
            PaymentBatch::Draft(_) => Err(PaymentBatchRejection::NotApproved),
            PaymentBatch::Approved(approved) => Ok(approved),
            PaymentBatch::Discarded => Err(PaymentBatchRejection::Discarded),
        }
    }
}

impl Approved {
    fn line(&self, of: HardshipId) -> Result<PaymentLine, PaymentBatchRejection> {
        let mut lines = self.list.lines.iter();
        let line = lines.find(|line| line.case.of() == of);
        line.copied().ok_or(PaymentBatchRejection::NotListed)
    }
}

impl Aggregate for PaymentBatch {
    const CATEGORY: &'static str = "payment_batch";
    type Id = crate::PaymentBatchId;
    type Command = PaymentBatchCommand;
    type Event = PaymentBatchEvent;
    type Rejection = PaymentBatchRejection;

    fn decide(
        &self,
        command: PaymentBatchCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<PaymentBatchEvent>, PaymentBatchRejection> {
        decide::decide(self, command, cx)
    }

    /// The rules about people are the cases'.
    fn concerns(&self, _command: &PaymentBatchCommand) -> Option<CadreId> {
        None
    }

    fn evolve(&mut self, event: &PaymentBatchEvent) {
        match (&mut *self, event) {
            (_, PaymentBatchEvent::Drafted(e)) => {
                *self = PaymentBatch::Draft(Draft {
                    list: e.list.clone(),
                    drafters: BTreeSet::from([e.drafter.clone()]),
                });
            }
            (PaymentBatch::Draft(draft), PaymentBatchEvent::Revised(e)) => {
                draft.list = e.list.clone();
                draft.drafters.insert(e.drafter.clone());
            }
            (PaymentBatch::Draft(draft), PaymentBatchEvent::Approved(e)) => {
                *self = PaymentBatch::Approved(Approved {
                    list: draft.list.clone(),
                    approver: e.approver.clone(),
                    document: e.document.clone(),
                });
            }
            (_, PaymentBatchEvent::Discarded(_)) => *self = PaymentBatch::Discarded,
            (
                PaymentBatch::None | PaymentBatch::Approved(_) | PaymentBatch::Discarded,
                PaymentBatchEvent::Revised(_) | PaymentBatchEvent::Approved(_),
            ) => {}
        }
    }

    /// Nobody's: what was paid to a person is told by their case.
    fn subjects(&self) -> Vec<CadreId> {
        vec![]
    }
}
