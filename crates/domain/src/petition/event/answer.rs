use calendar::{Date, When};
use serde::{Deserialize, Serialize};

use super::Due;
use crate::{Text, Unit};

/// 信访处理意见书: a written opinion on a demand (R32).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// 诉求: the claim.
    pub claim: Text,
    /// 事实和理由.
    pub facts_and_reasons: Text,
    /// 处理意见: the decision.
    pub decision: Text,
    /// 法律法规依据.
    pub legal_basis: Text,
    /// What becomes of the claim.
    pub outcome: Outcome,
}

/// What becomes of a claim (R32).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 支持: its execution is followed up.
    Supported,
    /// 解释说明.
    Explained,
    /// 不予支持.
    NotSupported,
}

/// A written opinion was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionIssued {
    /// The opinion.
    pub opinion: Opinion,
    /// The day.
    pub issued: Date,
}

/// How something reached the petitioner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// 当场, face to face.
    OnTheSpot,
    /// 书面, handed over.
    InWriting,
    /// 邮寄.
    Post,
    /// 电话.
    Phone,
    /// 短信、网络.
    Message,
}

/// 送达: the proof that something reached the petitioner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// How.
    pub means: Means,
    /// When.
    pub delivered: When,
    /// Who received it.
    pub received_by: Text,
}

/// What was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// 处理意见书.
    Opinion,
    /// 复查意见 or 复核意见.
    Review(Level),
}

/// An opinion or a decision reached the petitioner. From then on the petitioner's time to ask for
/// a review runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// What.
    pub document: Document,
    /// How, when and to whom.
    pub delivery: Delivery,
    /// The clocks it starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dues: Vec<Due>,
}

/// A reply was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionReplied {
    /// The reply.
    pub text: Text,
    /// When it reached the petitioner.
    pub delivered: When,
    /// The clocks it starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dues: Vec<Due>,
}

/// 满意度评价.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// 满意.
    Satisfied,
    /// 基本满意.
    BasicallySatisfied,
    /// 不满意.
    Dissatisfied,
}

/// The petitioner rated the handling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// How.
    pub rating: Rating,
}

/// The execution of a supported claim was looked at (R32).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExecutionFollowedUp {
    /// On which day.
    pub on: Date,
    /// What was found.
    pub findings: Text,
}

/// A supported claim was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExecutionDone {
    /// On which day.
    pub on: Date,
    /// What shows it.
    pub evidence: Text,
}

/// Which of the two looks that levels above take at a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 复查: the level above looks at a reply again (R35).
    Review,
    /// 复核: the level above that one decides for good (R36).
    FinalReview,
}

/// A request that a level above looks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRequest {
    /// Which look.
    pub level: Level,
    /// Who is asked: another unit than those that have decided before.
    pub reviewer: Unit,
    /// Why the petitioner disagrees.
    pub reasons: Text,
    /// When the reviewer received it.
    pub received: When,
}

/// The level above was asked to look again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRequested {
    /// The request.
    pub request: ReviewRequest,
    /// The clocks it starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dues: Vec<Due>,
}

/// What the level above decides, in writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewDecision {
    /// Of which look.
    pub level: Level,
    /// What becomes of the reply.
    pub result: ReviewResult,
    /// The decision's text.
    pub text: Text,
    /// The day.
    pub decided: Date,
}

/// What becomes of a reviewed reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewResult {
    /// 维持.
    Upheld,
    /// 变更.
    Changed,
    /// 撤销.
    Revoked,
}

/// The level above decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewDecided {
    /// What.
    pub decision: ReviewDecision,
}

/// Why a petition may be closed without a delivered reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExemptionGround {
    /// Name or address is unclear: there is nobody to answer (R23).
    Unreachable,
    /// A suggestion that was studied and not adopted (R29).
    SuggestionNotAdopted,
    /// A report against a person, answered by the rules for these (R30).
    ReportHandled,
    /// It is answered with the first one on the same matter.
    Linked,
    /// It went to another unit, and the petitioner knows.
    RoutedOnward,
    /// It went back to its sender.
    Returned,
    /// The petitioner withdrew it.
    Withdrawn,
    /// The matter was finally decided before, and the petitioner knows.
    RefusedAsFinal,
}

/// Why and since when a petition needs no reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// Why.
    pub ground: ExemptionGround,
    /// The day it was closed so.
    pub on: Date,
}

/// A petition was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionClosed {
    /// Why without a delivered reply, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption: Option<Exemption>,
}

/// A closed petition was opened again. If it had been accepted, its handling begins anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionReopened {
    /// Why.
    pub reason: Text,
    /// The day.
    pub on: Date,
    /// The clocks it starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dues: Vec<Due>,
}
