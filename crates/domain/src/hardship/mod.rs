//! 困难帮扶: the hardship cases of one person on one ground, one after another; one is open at most.
//!
//! A case is opened, assessed, approved or declined, paid once or in parts, followed up and closed;
//! it can be reopened with a reason and is then where it was. Three people stand behind a payment:
//! whoever assessed the case in any of its assessments does not decide on it, and neither they nor
//! the approver pay. No more is paid than was approved. A payment is never edited: it is reversed,
//! which frees its amount, and stays visible.
//!
//! The money comes from a [`crate::fund`]: it reserves the amount before this stream says that aid is
//! approved, and follows what this stream says of payments. A case that is closed gives back what it
//! has not paid.
//!
//! Aid to a person ends with their death, save on the ground [`Ground::Survivor`], whose cases bear
//! the name of the dead cadre: nothing is opened, reopened, assessed or approved any more, and
//! nothing paid or followed up on a later day. What ends or corrects a case remains: decline,
//! reverse, close, and the record of a payment or follow-up of their lifetime.

mod command;
mod decide;
mod event;
mod listed;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use command::HardshipCommand;
pub use event::{
    FundReservation, Ground, HardshipApprovalLapsed, HardshipApproved, HardshipAssessed,
    HardshipCaseId, HardshipClosed, HardshipDeclined, HardshipDisbursed, HardshipEvent,
    HardshipFollowedUp, HardshipId, HardshipLineStruck, HardshipOpened, HardshipPaymentTakenOver,
    HardshipReopened, HardshipRestReleased, HardshipReversed, NoSuchGround, Recipient,
};
pub use rejection::HardshipRejection;

use std::collections::BTreeSet;

use calendar::{Date, When};

use crate::{
    Aggregate, CadreId, Context, Fen, PaymentBatchId, ReservationId, StaffId, Text, cadre::Person,
    fund::FundId, payment_batch::PaymentLine,
};

/// The hardship cases of one person on one ground.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hardship {
    latest: Latest,
    /// Every payment of every case, reversed ones too; a voucher names one of them.
    payments: Vec<Payment>,
    /// Every approval whose money a fund keeps, of every case.
    grants: Vec<Grant>,
    /// The approvals that came to nothing after the fund had reserved their money.
    lapsed: BTreeSet<ReservationId>,
    /// The lists of recipients on which the line of this person and ground will not be paid.
    struck: BTreeSet<PaymentBatchId>,
}

/// An approval whose money a fund keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Where the money is.
    pub reserved: FundReservation,
    /// The number of its case.
    case: u32,
    /// What the case still claims: what was approved, without what went back.
    pub amount: Fen,
}

/// A payment under an approval whose money a fund keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantPayment {
    /// 凭证号.
    pub voucher: Text,
    /// How much.
    pub amount: Fen,
    /// The day.
    pub paid_on: Date,
    /// Whether it was undone.
    pub reversed: bool,
}

/// The case that counts now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Latest {
    /// None was ever opened.
    #[default]
    None,
    /// One is open.
    Open(Case),
    /// The last one is closed.
    Closed(Case),
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Case {
    of: HardshipId,
    /// Counted from 1 for each person and ground.
    number: u32,
    /// What was known of the hardship; nothing where the case comes from a ledger.
    situation: Option<Text>,
    /// The survivor who is aided, if it is not the person.
    recipient: Option<Recipient>,
    /// When the bureau learnt of it, where that was not when it was recorded.
    known: Option<When>,
    /// Everyone who has assessed it.
    assessors: Vec<StaffId>,
    stage: Stage,
    follow_ups: Vec<HardshipFollowedUp>,
}

/// How far a case has come.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    Opened,
    Assessed(HardshipAssessed),
    Approved(HardshipApproved),
    Declined(HardshipDeclined),
}

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Payment {
    /// The number of its case.
    case: u32,
    made: Made,
    reversed: bool,
}

/// Where a payment comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Made {
    /// Paid under an approval that Sangyu knows.
    Here(HardshipDisbursed),
    /// Taken over from a ledger.
    Before(HardshipPaymentTakenOver),
}

impl Payment {
    fn voucher(&self) -> &Text {
        match &self.made {
            Made::Here(e) => &e.voucher,
            Made::Before(e) => &e.voucher,
        }
    }

    fn amount(&self) -> Fen {
        match &self.made {
            Made::Here(e) => e.amount,
            Made::Before(e) => e.amount,
        }
    }
}

impl Hardship {
    /// What was approved in the latest case. A payment taken over from a ledger was approved
    /// before, so it counts here as long as it is not reversed.
    pub fn approved(&self) -> Fen {
        let approved_here = match self.case().map(|case| &case.stage) {
            Some(Stage::Approved(approval)) => self
                .grants
                .iter()
                .find(|grant| grant.case == self.number())
                .map_or(approval.amount, |grant| grant.amount),
            None | Some(Stage::Opened | Stage::Assessed(_) | Stage::Declined(_)) => Fen::ZERO,
        };
        let approved_before: Fen = self
            .standing_payments()
            .filter(|payment| matches!(payment.made, Made::Before(_)))
            .map(Payment::amount)
            .sum();
        approved_here + approved_before
    }

    /// What was paid in the latest case, without reversed payments.
    pub fn disbursed(&self) -> Fen {
        self.standing_payments().map(Payment::amount).sum()
    }

    /// What may still be paid in the latest case.
    pub fn left(&self) -> Fen {
        self.approved()
            .checked_sub(self.disbursed())
            .unwrap_or(Fen::ZERO)
    }

    /// The approvals whose money a fund keeps, of every case.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// The approval that this money was reserved for, if it stands.
    pub fn grant(&self, id: ReservationId) -> Option<&Grant> {
        self.grants
            .iter()
            .find(|grant| grant.reserved.reservation == id)
    }

    /// Whether the approval that this money was reserved for came to nothing.
    pub fn has_lapsed(&self, id: ReservationId) -> bool {
        self.lapsed.contains(&id)
    }

    /// The payments under an approval, in the order they were made.
    pub fn grant_payments(&self, grant: &Grant) -> impl Iterator<Item = GrantPayment> {
        let case = grant.case;
        self.payments
            .iter()
            .filter(move |payment| payment.case == case)
            .filter_map(|payment| match &payment.made {
                Made::Here(e) => Some(GrantPayment {
                    voucher: e.voucher.clone(),
                    amount: e.amount,
                    paid_on: e.paid_on,
                    reversed: payment.reversed,
                }),
                Made::Before(_) => None,
            })
    }

    /// Whether the case of a line on a list of recipients could be paid now from the fund of the list,
    /// whoever pays it.
    ///
    /// # Errors
    /// What a payment would be refused with.
    pub fn can_take(
        &self,
        line: &PaymentLine,
        fund: &FundId,
        person: Option<&Person>,
    ) -> Result<(), HardshipRejection> {
        listed::can_take(self, line, fund, person)
    }

    /// The case that is open.
    pub fn open_case(&self) -> Option<HardshipCaseId> {
        match &self.latest {
            Latest::Open(case) => Some(HardshipCaseId {
                person: case.of.person,
                ground: case.of.ground,
                case: case.number,
            }),
            Latest::None | Latest::Closed(_) => None,
        }
    }

    /// What is approved and not paid.
    fn unpaid(&self, grant: &Grant) -> Fen {
        let paid = self
            .grant_payments(grant)
            .filter(|payment| !payment.reversed)
            .map(|payment| payment.amount)
            .sum();
        grant.amount.checked_sub(paid).unwrap_or(Fen::ZERO)
    }

    fn standing_payments(&self) -> impl Iterator<Item = &Payment> {
        let latest = self.number();
        self.payments
            .iter()
            .filter(move |payment| payment.case == latest && !payment.reversed)
    }

    fn payment(&self, voucher: &Text) -> Option<&Payment> {
        self.payments.iter().find(|p| p.voucher() == voucher)
    }

    fn case(&self) -> Option<&Case> {
        match &self.latest {
            Latest::None => None,
            Latest::Open(case) | Latest::Closed(case) => Some(case),
        }
    }

    fn case_mut(&mut self) -> Option<&mut Case> {
        match &mut self.latest {
            Latest::None => None,
            Latest::Open(case) | Latest::Closed(case) => Some(case),
        }
    }

    /// The number of the latest case; 0 where there is none.
    fn number(&self) -> u32 {
        self.case().map_or(0, |case| case.number)
    }

    fn reach(&mut self, stage: Stage) {
        if let Some(case) = self.case_mut() {
            case.stage = stage;
        }
    }

    fn pay(&mut self, made: Made) {
        self.payments.push(Payment {
            case: self.number(),
            made,
            reversed: false,
        });
    }
}

impl Aggregate for Hardship {
    const CATEGORY: &'static str = "hardship";
    type Id = HardshipId;
    type Command = HardshipCommand;
    type Event = HardshipEvent;
    type Rejection = HardshipRejection;

    fn decide(
        &self,
        command: HardshipCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<HardshipEvent>, HardshipRejection> {
        decide::decide(self, command, cx)
    }

    fn concerns(&self, command: &HardshipCommand) -> Option<CadreId> {
        match command {
            HardshipCommand::Open { of, .. } | HardshipCommand::TakeOverPayment { of, .. } => {
                Some(of.person)
            }
            HardshipCommand::Assess { .. }
            | HardshipCommand::Approve { .. }
            | HardshipCommand::Disburse { .. }
            | HardshipCommand::DisburseLine { .. }
            | HardshipCommand::FollowUp { .. }
            | HardshipCommand::Reopen { .. } => self.case().map(|case| case.of.person),
            HardshipCommand::Decline { .. }
            | HardshipCommand::LapseApproval { .. }
            | HardshipCommand::StrikeLine { .. }
            | HardshipCommand::Reverse { .. }
            | HardshipCommand::Close { .. } => None,
        }
    }

    fn evolve(&mut self, event: &HardshipEvent) {
        match event {
            HardshipEvent::Opened(e) => {
                self.latest = Latest::Open(Case {
                    of: HardshipId {
                        person: e.person,
                        ground: e.ground,
                    },
                    number: e.case,
                    situation: e.situation.clone(),
                    recipient: e.recipient.clone(),
                    known: e.known,
                    assessors: vec![],
                    stage: Stage::Opened,
                    follow_ups: vec![],
                });
            }
            HardshipEvent::Assessed(e) => {
                if let Some(case) = self.case_mut() {
                    case.assessors.push(e.assessor.clone());
                    case.stage = Stage::Assessed(e.clone());
                }
            }
            HardshipEvent::Approved(e) => {
                self.reach(Stage::Approved(e.clone()));
                self.grants.extend(e.reserved.clone().map(|reserved| Grant {
                    reserved,
                    case: self.number(),
                    amount: e.amount,
                }));
            }
            HardshipEvent::ApprovalLapsed(e) => {
                self.lapsed.insert(e.reserved.reservation);
            }
            HardshipEvent::RestReleased(e) => self
                .grants
                .iter_mut()
                .filter(|grant| grant.reserved == e.reserved)
                .for_each(|grant| {
                    grant.amount = grant.amount.checked_sub(e.amount).unwrap_or(Fen::ZERO);
                }),
            HardshipEvent::Declined(e) => self.reach(Stage::Declined(e.clone())),
            HardshipEvent::Disbursed(e) => self.pay(Made::Here(e.clone())),
            HardshipEvent::LineStruck(e) => {
                self.struck.insert(e.batch);
            }
            HardshipEvent::PaymentTakenOver(e) => self.pay(Made::Before(e.clone())),
            HardshipEvent::Reversed(e) => self
                .payments
                .iter_mut()
                .filter(|payment| *payment.voucher() == e.voucher)
                .for_each(|payment| payment.reversed = true),
            HardshipEvent::FollowedUp(e) => {
                if let Some(case) = self.case_mut() {
                    case.follow_ups.push(e.clone());
                }
            }
            HardshipEvent::Closed(_) => {
                self.latest = match std::mem::take(&mut self.latest) {
                    Latest::None => Latest::None,
                    Latest::Open(case) | Latest::Closed(case) => Latest::Closed(case),
                }
            }
            HardshipEvent::Reopened(_) => {
                self.latest = match std::mem::take(&mut self.latest) {
                    Latest::None => Latest::None,
                    Latest::Open(case) | Latest::Closed(case) => Latest::Open(case),
                }
            }
        }
    }

    fn subjects(&self) -> Vec<CadreId> {
        self.case().map(|case| case.of.person).into_iter().collect()
    }
}
