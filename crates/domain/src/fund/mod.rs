//! 帮扶资金: the hardship money of one unit, year and source.
//!
//! At every event *spent ≤ reserved ≤ budget*, to the fen. An approval reserves its whole amount
//! before the case may say that it is approved; the payments of the case are spent from it; what the
//! case does not use is released. A case's stream decides whether an approval stands and what was
//! paid; this stream alone decides whether there is money for it.

mod command;
mod decide;
mod event;
mod follow;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use command::FundCommand;
pub use event::{
    FundBudgetSet, FundCarriedIn, FundCarriedOut, FundClosed, FundEvent, FundId, FundReleased,
    FundReserved, FundSpendingReversed, FundSpent,
};
pub use rejection::FundRejection;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Aggregate, CadreId, CarryOverId, Context, Fen, ReservationId, Text, hardship::HardshipCaseId,
};

/// The money of one unit, year and source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fund {
    /// Which; nothing before the first money.
    id: Option<FundId>,
    /// The budget as last set.
    budget_set: Option<FundBudgetSet>,
    /// What came from the year before.
    carried_in: Fen,
    /// What went to the year after.
    carried_out: Fen,
    /// The decisions that were carried out, in either direction.
    carry_overs: BTreeSet<CarryOverId>,
    reservations: BTreeMap<ReservationId, Reservation>,
    closed: bool,
}

/// What is set aside for one approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// As it was made.
    made: FundReserved,
    /// What is set aside by now, spent or not.
    amount: Fen,
    /// By voucher, reversed ones too.
    payments: BTreeMap<Text, Payment>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Payment {
    amount: Fen,
    reversed: bool,
}

impl Reservation {
    /// The case it is for.
    pub fn case(&self) -> HardshipCaseId {
        self.made.case
    }

    /// What is set aside, spent or not; zero once all was given back.
    pub fn amount(&self) -> Fen {
        self.amount
    }

    /// What was spent of it.
    pub fn spent(&self) -> Fen {
        self.payments
            .values()
            .filter(|payment| !payment.reversed)
            .map(|payment| payment.amount)
            .sum()
    }

    fn left(&self) -> Fen {
        minus(self.amount, self.spent())
    }
}

impl Fund {
    /// Which it is; nothing before the first money.
    pub fn id(&self) -> Option<&FundId> {
        self.id.as_ref()
    }

    /// The year's own money and what came from the year before, without what went to the next.
    pub fn budget(&self) -> Fen {
        minus(self.appropriated() + self.carried_in, self.carried_out)
    }

    /// What is set aside for approvals, spent or not.
    pub fn reserved(&self) -> Fen {
        self.reservations.values().map(|r| r.amount).sum()
    }

    /// What was spent.
    pub fn spent(&self) -> Fen {
        self.reservations.values().map(Reservation::spent).sum()
    }

    /// What may still be approved.
    pub fn free(&self) -> Fen {
        minus(self.budget(), self.reserved())
    }

    /// What is set aside for this approval.
    pub fn reservation(&self, id: ReservationId) -> Option<&Reservation> {
        self.reservations.get(&id)
    }

    /// Whether the payment of this voucher was entered; if so, whether it was undone since.
    pub fn payment_reversed(&self, id: ReservationId, voucher: &Text) -> Option<bool> {
        let payment = self.reservation(id)?.payments.get(voucher)?;
        Some(payment.reversed)
    }

    /// Whether this decision to carry over was carried out here.
    pub fn has_carried(&self, id: CarryOverId) -> bool {
        self.carry_overs.contains(&id)
    }

    fn appropriated(&self) -> Fen {
        self.budget_set.as_ref().map_or(Fen::ZERO, |set| set.amount)
    }
}

/// A difference that the rules keep from being negative.
fn minus(from: Fen, taken: Fen) -> Fen {
    from.checked_sub(taken).unwrap_or(Fen::ZERO)
}

impl Aggregate for Fund {
    const CATEGORY: &'static str = "fund";
    type Id = FundId;
    type Command = FundCommand;
    type Event = FundEvent;
    type Rejection = FundRejection;

    fn decide(
        &self,
        command: FundCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<FundEvent>, FundRejection> {
        decide::decide(self, command, cx)
    }

    /// The rules about the person are the case's.
    fn concerns(&self, _command: &FundCommand) -> Option<CadreId> {
        None
    }

    fn evolve(&mut self, event: &FundEvent) {
        match event {
            FundEvent::BudgetSet(e) => {
                self.id = Some(e.fund.clone());
                self.budget_set = Some(e.clone());
            }
            FundEvent::Reserved(e) => {
                let reservation = Reservation {
                    made: e.clone(),
                    amount: e.amount,
                    payments: BTreeMap::new(),
                };
                self.reservations.insert(e.reservation, reservation);
            }
            FundEvent::Released(e) => {
                if let Some(reservation) = self.reservations.get_mut(&e.reservation) {
                    reservation.amount = minus(reservation.amount, e.amount);
                }
            }
            FundEvent::Spent(e) => {
                if let Some(reservation) = self.reservations.get_mut(&e.reservation) {
                    let payment = Payment {
                        amount: e.amount,
                        reversed: false,
                    };
                    reservation.payments.insert(e.voucher.clone(), payment);
                }
            }
            FundEvent::SpendingReversed(e) => {
                if let Some(payment) = self
                    .reservations
                    .get_mut(&e.reservation)
                    .and_then(|reservation| reservation.payments.get_mut(&e.voucher))
                {
                    payment.reversed = true;
                }
            }
            FundEvent::CarriedOut(e) => {
                self.carried_out = self.carried_out + e.amount;
                self.carry_overs.insert(e.carry_over);
            }
            FundEvent::CarriedIn(e) => {
                self.id = Some(e.fund.clone());
                self.carried_in = self.carried_in + e.amount;
                self.carry_overs.insert(e.carry_over);
            }
            FundEvent::Closed(_) => self.closed = true,
        }
    }

    /// Nobody's: what became of a person's case is told by the case.
    fn subjects(&self) -> Vec<CadreId> {
        vec![]
    }
}
