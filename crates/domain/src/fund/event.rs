use std::fmt;

use calendar::{Date, When};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{CarryOverId, Fen, ReservationId, StaffId, Text, Unit, hardship::HardshipCaseId};

events! {
    /// What may have happened to a fund.
    pub enum FundEvent {
        /// The year's budget was set.
        BudgetSet(FundBudgetSet) = "fund.budget_set" v 1 at |_e| None,
        /// Money was set aside for an approval.
        Reserved(FundReserved) = "fund.reserved" v 1 at |_e| None,
        /// Money set aside was given back.
        Released(FundReleased) = "fund.released" v 1 at |_e| None,
        /// A payment was made of money set aside.
        Spent(FundSpent) = "fund.spent" v 1 at |e| Some(When::Day(e.paid_on)),
        /// A payment was undone.
        SpendingReversed(FundSpendingReversed) = "fund.spending_reversed" v 1 at |_e| None,
        /// Money left for the next year's fund.
        CarriedOut(FundCarriedOut) = "fund.carried_out" v 1 at |_e| None,
        /// Money came from last year's fund.
        CarriedIn(FundCarriedIn) = "fund.carried_in" v 1 at |_e| None,
        /// The year was closed.
        Closed(FundClosed) = "fund.closed" v 1 at |_e| None,
    }
}

/// The money for hardship aid of one unit, one year and one source. The three name it: whoever
/// speaks of them speaks of the same stream.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FundId {
    /// The unit whose money it is.
    pub unit: Unit,
    /// The budget year (预算年度).
    pub year: i16,
    /// 资金来源, such as `财政拨款` or `党费`.
    pub source: Text,
}

impl FundId {
    /// The fund of the same unit and source one year on.
    pub fn next_year(&self) -> FundId {
        FundId {
            year: self.year.saturating_add(1),
            ..self.clone()
        }
    }
}

/// The year and a hash of unit and source, whose length a stream's name could not hold.
impl fmt::Display for FundId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// 16 bytes: no two units and sources of any bureau meet.
        const LENGTH: usize = 16;
        // The length in front tells where the unit ends and the source begins.
        let unit = self.unit.0.as_bytes();
        let digest = Sha256::new()
            .chain_update(unit.len().to_string())
            .chain_update([0])
            .chain_update(unit)
            .chain_update(self.source.as_bytes())
            .finalize();
        write!(f, "{}-", self.year)?;
        digest
            .iter()
            .take(LENGTH)
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The year's budget was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundBudgetSet {
    /// Which fund.
    pub fund: FundId,
    /// The whole of the year's own money.
    pub amount: Fen,
    /// The document that grants it.
    pub document: Text,
}

/// Money was set aside for an approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundReserved {
    /// Names the approval.
    pub reservation: ReservationId,
    /// The case it is for.
    pub case: HardshipCaseId,
    /// How much.
    pub amount: Fen,
    /// Who approves.
    pub approver: StaffId,
    /// The document of approval.
    pub document: Text,
}

/// Money set aside was given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundReleased {
    /// The approval.
    pub reservation: ReservationId,
    /// How much came back.
    pub amount: Fen,
}

/// A payment was made of money set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundSpent {
    /// The approval it was made under.
    pub reservation: ReservationId,
    /// 凭证号.
    pub voucher: Text,
    /// How much.
    pub amount: Fen,
    /// The day.
    pub paid_on: Date,
}

/// A payment was undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundSpendingReversed {
    /// The approval it was made under.
    pub reservation: ReservationId,
    /// The payment's voucher.
    pub voucher: Text,
    /// How much it was.
    pub amount: Fen,
}

/// Money left for the next year's fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundCarriedOut {
    /// Names the decision.
    pub carry_over: CarryOverId,
    /// The fund it goes to.
    pub to: FundId,
    /// How much.
    pub amount: Fen,
    /// The document that decides it.
    pub document: Text,
}

/// Money came from last year's fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundCarriedIn {
    /// Names the decision.
    pub carry_over: CarryOverId,
    /// This fund.
    pub fund: FundId,
    /// How much.
    pub amount: Fen,
}

/// The year was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundClosed {
    /// The document, or why.
    pub reason: Text,
}
