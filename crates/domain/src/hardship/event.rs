use std::{fmt, str::FromStr};

use calendar::{Date, When};
use serde::{Deserialize, Serialize};

use crate::{CadreId, Fen, PaymentBatchId, ReservationId, StaffId, Text, fund::FundId};

events! {
    /// What may have happened to the hardship cases of one person on one ground.
    pub enum HardshipEvent {
        /// A case was opened.
        Opened(HardshipOpened) = "hardship.opened" v 1 at |_e| None,
        /// It was assessed.
        Assessed(HardshipAssessed) = "hardship.assessed" v 1 at |_e| None,
        /// Aid was approved.
        Approved(HardshipApproved) = "hardship.approved" v 1 at |_e| None,
        /// Aid was declined.
        Declined(HardshipDeclined) = "hardship.declined" v 1 at |_e| None,
        /// A payment was made.
        Disbursed(HardshipDisbursed) = "hardship.disbursed" v 1 at |e| Some(When::Day(e.paid_on)),
        /// A line of a list of recipients will not be paid.
        LineStruck(HardshipLineStruck) = "hardship.line_struck" v 1 at |_e| None,
        /// A payment was undone.
        Reversed(HardshipReversed) = "hardship.reversed" v 1 at |_e| None,
        /// Someone looked how the person fares.
        FollowedUp(HardshipFollowedUp) = "hardship.followed_up" v 1 at |e| Some(When::Day(e.on)),
        /// The case was closed.
        Closed(HardshipClosed) = "hardship.closed" v 1 at |_e| None,
        /// It was taken up again.
        Reopened(HardshipReopened) = "hardship.reopened" v 1 at |_e| None,
        /// An approval came to nothing after the fund had reserved its money.
        ApprovalLapsed(HardshipApprovalLapsed) = "hardship.approval_lapsed" v 1 at |_e| None,
        /// What was approved and is not paid goes back to the fund.
        RestReleased(HardshipRestReleased) = "hardship.rest_released" v 1 at |_e| None,
        /// A payment made before Sangyu was taken over from a ledger.
        PaymentTakenOver(HardshipPaymentTakenOver) = "hardship.payment_taken_over" v 1 at |e| Some(When::Day(e.paid_on)),
    }
}

/// The hardship cases of one person on one ground; one of them is open at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HardshipId {
    /// Who.
    pub person: CadreId,
    /// On which ground.
    pub ground: Ground,
}

impl fmt::Display for HardshipId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.person, self.ground)
    }
}

/// One case of a person on a ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HardshipCaseId {
    /// Who.
    pub person: CadreId,
    /// On which ground.
    pub ground: Ground,
    /// 1 for the first case of this person on this ground.
    pub case: u32,
}

impl HardshipCaseId {
    /// The person and ground, whose stream holds the case.
    pub fn of(&self) -> HardshipId {
        HardshipId {
            person: self.person,
            ground: self.ground,
        }
    }
}

/// Money that a fund keeps for one approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundReservation {
    /// The fund.
    pub fund: FundId,
    /// Names the approval in it.
    pub reservation: ReservationId,
}

/// 受助遗属: the survivor of a dead cadre who is aided in the cadre's name, as the register names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// 姓名.
    pub name: Text,
    /// 与逝者关系, such as `配偶`.
    pub relation: Text,
}

/// 困难原因.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 长期住院.
    LongHospitalisation,
    /// 失能.
    NoSelfCare,
    /// 重大疾病.
    SeriousIllness,
    /// 生活困难.
    LivingDifficulty,
    /// 残疾无收入子女.
    DisabledDependant,
    /// 空巢.
    EmptyNest,
    /// 遗属.
    Survivor,
    /// 突发灾害.
    SuddenDisaster,
}

impl Ground {
    /// Every ground with its stored word and its Chinese term.
    pub const ALL: [(Ground, &'static str, &'static str); 8] = [
        (
            Ground::LongHospitalisation,
            "long_hospitalisation",
            "长期住院",
        ),
        (Ground::NoSelfCare, "no_self_care", "失能"),
        (Ground::SeriousIllness, "serious_illness", "重大疾病"),
        (Ground::LivingDifficulty, "living_difficulty", "生活困难"),
        (
            Ground::DisabledDependant,
            "disabled_dependant",
            "残疾无收入子女",
        ),
        (Ground::EmptyNest, "empty_nest", "空巢"),
        (Ground::Survivor, "survivor", "遗属"),
        (Ground::SuddenDisaster, "sudden_disaster", "突发灾害"),
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(g, ..)| *g == self)
            .map_or("", |(_, word, _)| word)
    }

    /// The Chinese term.
    pub fn zh(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(g, ..)| *g == self)
            .map_or("", |(.., zh)| zh)
    }
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// No such ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such ground of hardship")]
pub struct NoSuchGround;

impl FromStr for Ground {
    type Err = NoSuchGround;

    /// Reads the stored word.
    fn from_str(word: &str) -> Result<Self, NoSuchGround> {
        Self::ALL
            .iter()
            .find(|(_, w, _)| *w == word)
            .map(|(g, ..)| *g)
            .ok_or(NoSuchGround)
    }
}

/// A case was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipOpened {
    /// Who.
    pub person: CadreId,
    /// On which ground.
    pub ground: Ground,
    /// 1 for the first case of this person on this ground.
    pub case: u32,
    /// What is known of the hardship; nothing where the case comes from a ledger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<Text>,
    /// The survivor who is aided; nothing where it is the person, or not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Recipient>,
    /// When the bureau learnt of it; nothing where that was when it was recorded, or where the case
    /// comes from a ledger, which does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<When>,
}

/// A case was assessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipAssessed {
    /// By whom.
    pub assessor: StaffId,
    /// What was found.
    pub finding: Text,
    /// What should be paid.
    pub recommended: Fen,
}

/// Aid was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipApproved {
    /// By whom.
    pub approver: StaffId,
    /// The most that may be paid.
    pub amount: Fen,
    /// The document of approval.
    pub document: Text,
    /// What a fund has reserved for it; nothing where it was approved before funds were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserved: Option<FundReservation>,
    /// The day it was approved; nothing where it was approved before funds were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<Date>,
}

/// An approval came to nothing after the fund had reserved its money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipApprovalLapsed {
    /// What the fund had reserved.
    pub reserved: FundReservation,
}

/// What was approved and is not paid goes back to the fund: the case is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipRestReleased {
    /// What the fund has reserved.
    pub reserved: FundReservation,
    /// How much goes back.
    pub amount: Fen,
}

/// Aid was declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipDeclined {
    /// By whom.
    pub approver: StaffId,
    /// Why.
    pub reason: Text,
}

/// A payment was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipDisbursed {
    /// By whom.
    pub payer: StaffId,
    /// 凭证号.
    pub voucher: Text,
    /// How much.
    pub amount: Fen,
    /// The day.
    pub paid_on: Date,
    /// The list of recipients it stands on; nothing where the case was paid by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<PaymentBatchId>,
}

/// The line of this person and ground on a list of recipients will not be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipLineStruck {
    /// The list.
    pub batch: PaymentBatchId,
    /// Why.
    pub reason: Text,
}

/// A payment was undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipReversed {
    /// The payment's voucher.
    pub voucher: Text,
    /// How much it was.
    pub amount: Fen,
    /// Why.
    pub reason: Text,
}

/// Someone looked how the person fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipFollowedUp {
    /// The day.
    pub on: Date,
    /// What was found.
    pub findings: Text,
}

/// A case was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipClosed {
    /// Why.
    pub reason: Text,
}

/// A closed case was taken up again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipReopened {
    /// Why.
    pub reason: Text,
}

/// A payment made before Sangyu was taken over from a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipPaymentTakenOver {
    /// The payment's number.
    pub voucher: Text,
    /// The year of the ledger.
    pub year: i16,
    /// How much.
    pub amount: Fen,
    /// The day.
    pub paid_on: Date,
    /// The ledger's remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Text>,
}
