use calendar::Date;

use super::event::FundId;
use crate::{CarryOverId, Fen, ReservationId, Text, hardship::HardshipCaseId};

/// What may be asked of a fund. What follows from a case (spend, reverse, release) is asked by the
/// application service alone, once the case's own stream says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FundCommand {
    /// Set the year's budget (下达预算), also anew: raise it, or cut it down to what is reserved.
    SetBudget {
        /// Which fund.
        of: FundId,
        /// The whole of the year's own money, without what is carried over.
        amount: Fen,
        /// The document that grants it.
        document: Text,
    },
    /// Set money aside for one approval (额度占用).
    Reserve {
        /// Names the approval.
        reservation: ReservationId,
        /// The case it is for.
        case: HardshipCaseId,
        /// The most that may be paid.
        amount: Fen,
        /// The document of approval.
        document: Text,
    },
    /// Give back what is reserved beyond `keep` (释放额度).
    Release {
        /// The approval.
        reservation: ReservationId,
        /// What stays reserved; never less than was spent.
        keep: Fen,
    },
    /// Enter a payment that the case has made.
    Spend {
        /// The approval it is made under.
        reservation: ReservationId,
        /// 凭证号: names the payment within the approval.
        voucher: Text,
        /// How much.
        amount: Fen,
        /// The day.
        paid_on: Date,
    },
    /// Enter that the case has undone a payment: the money is reserved again, and unspent.
    ReverseSpending {
        /// The approval it was made under.
        reservation: ReservationId,
        /// The payment's voucher.
        voucher: Text,
    },
    /// Carry money over into the next year by decision (结转): it leaves this fund.
    CarryOut {
        /// Names the decision.
        carry_over: CarryOverId,
        /// How much; at most what is free.
        amount: Fen,
        /// The document that decides it.
        document: Text,
    },
    /// Take in what last year's fund gave out. Never refused: the money has left the other fund.
    CarryIn {
        /// Names the decision.
        carry_over: CarryOverId,
        /// This fund: it begins with this money where no budget is set yet.
        of: FundId,
        /// How much.
        amount: Fen,
    },
    /// Close the year (年度关账): no budget and no approval any more.
    Close {
        /// The document, or why.
        reason: Text,
    },
}
