use calendar::{Date, When};

use super::event::{FundReservation, HardshipId, Recipient};
use crate::{Fen, PaymentBatchId, Text, payment_batch::PaymentLine};

/// What may be asked of the hardship cases of one person on one ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HardshipCommand {
    /// Open a case (立案).
    Open {
        /// Whose case, on which ground.
        of: HardshipId,
        /// What is known of the hardship.
        situation: Text,
        /// The registered survivor who is aided; only on the ground of survivors.
        recipient: Option<Recipient>,
        /// When the bureau learnt of it, where that was before it is recorded (知悉时间).
        known: Option<When>,
    },
    /// Say what was found and what is recommended (评估); again until aid is approved, and after it
    /// was declined.
    Assess {
        /// What was found.
        finding: Text,
        /// What should be paid.
        recommended: Fen,
    },
    /// Approve aid (审批); by someone who has not assessed the case. The fund has reserved the
    /// amount before.
    Approve {
        /// What the fund has reserved for it.
        reserved: FundReservation,
        /// The most that may be paid.
        amount: Fen,
        /// The document of approval.
        document: Text,
    },
    /// Put on record that an approval came to nothing after the fund had reserved its money. From
    /// then on that approval is refused, so the money can go back.
    LapseApproval {
        /// What the fund had reserved for it.
        reserved: FundReservation,
    },
    /// Decline aid; by someone who has not assessed the case.
    Decline {
        /// Why.
        reason: Text,
    },
    /// Pay once or in part (发放); by someone who has neither assessed nor approved it.
    Disburse {
        /// 凭证号: one per payment; the same number again is the same payment again.
        voucher: Text,
        /// How much.
        amount: Fen,
        /// The day.
        paid_on: Date,
    },
    /// Pay a line of an approved list of recipients (按名单发放): once, unless the payment is
    /// reversed. All rules of a payment hold.
    DisburseLine {
        /// The list.
        batch: PaymentBatchId,
        /// The line, as the list froze it.
        line: PaymentLine,
        /// 凭证号.
        voucher: Text,
        /// The day.
        paid_on: Date,
    },
    /// Put on record that a line of an approved list will not be paid (划去).
    StrikeLine {
        /// The list.
        batch: PaymentBatchId,
        /// Why.
        reason: Text,
    },
    /// Undo a payment that was made in error, by a new event; also in a closed case.
    Reverse {
        /// The payment's voucher.
        voucher: Text,
        /// Why.
        reason: Text,
    },
    /// See how the person fares (回访).
    FollowUp {
        /// The day.
        on: Date,
        /// What was found.
        findings: Text,
    },
    /// Close the case (结案).
    Close {
        /// Why.
        reason: Text,
    },
    /// Take a closed case up again.
    Reopen {
        /// Why.
        reason: Text,
    },
    /// Take over from an older ledger a payment that was made before Sangyu. Who assessed and
    /// approved it then is not known, so those rules are not applied; a case is opened if none is.
    TakeOverPayment {
        /// Whose case, on which ground.
        of: HardshipId,
        /// The payment's number: that of the ledger, or one made from its row.
        voucher: Text,
        /// The year of the ledger (年度).
        year: i16,
        /// How much.
        amount: Fen,
        /// The day.
        paid_on: Date,
        /// The ledger's remark.
        remark: Option<Text>,
    },
}
