use calendar::Date;
use serde::{Deserialize, Serialize};

use crate::{Fen, StaffId, Text, fund::FundId, hardship::HardshipCaseId};

events! {
    /// What may have happened to a list of recipients. What became of its lines is told by the cases.
    pub enum PaymentBatchEvent {
        /// It was drafted.
        Drafted(PaymentBatchDrafted) = "payment_batch.drafted" v 1 at |_e| None,
        /// Its draft was replaced.
        Revised(PaymentBatchRevised) = "payment_batch.revised" v 1 at |_e| None,
        /// It was approved, and is frozen from then on.
        Approved(PaymentBatchApproved) = "payment_batch.approved" v 1 at |_e| None,
        /// Its draft was given up.
        Discarded(PaymentBatchDiscarded) = "payment_batch.discarded" v 1 at |_e| None,
    }
}

/// A list of recipients (发放名单).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentList {
    /// 名称, such as `2026年春节困难帮扶发放`.
    pub title: Text,
    /// The fund that all of it is paid from.
    pub fund: FundId,
    /// Who gets what, in the order of the list; no person on the same ground twice.
    pub lines: Vec<PaymentLine>,
}

/// One line of a list of recipients. Who receives the money is said by the case and stays the same as
/// long as it is: the person, or the survivor named when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentLine {
    /// The case that pays it.
    pub case: HardshipCaseId,
    /// How much.
    pub amount: Fen,
}

/// A list was drafted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentBatchDrafted {
    /// The list.
    pub list: PaymentList,
    /// By whom.
    pub drafter: StaffId,
}

/// A draft was replaced by another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentBatchRevised {
    /// The list as it is now.
    pub list: PaymentList,
    /// By whom.
    pub drafter: StaffId,
}

/// A list was approved as it was drafted last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentBatchApproved {
    /// By whom.
    pub approver: StaffId,
    /// The document of approval.
    pub document: Text,
    /// The day.
    pub approved_on: Date,
}

/// A draft was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentBatchDiscarded {
    /// Why.
    pub reason: Text,
}
