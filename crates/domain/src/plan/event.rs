use calendar::{Date, When};
use serde::{Deserialize, Serialize};

use crate::{CadreId, StaffId, Text};

events! {
    /// What may have happened to a person's plans.
    pub enum PlanEvent {
        /// A plan was adopted.
        Adopted(PlanAdopted) = "plan.adopted" v 1 at |e| Some(When::Day(e.adopted_on)),
        /// A need showed itself later.
        NeedAdded(PlanNeedAdded) = "plan.need_added" v 1 at |_e| None,
        /// A need was said anew.
        NeedRevised(PlanNeedRevised) = "plan.need_revised" v 1 at |_e| None,
        /// A measure was added.
        MeasureAdded(PlanMeasureAdded) = "plan.measure_added" v 1 at |_e| None,
        /// A measure was said anew.
        MeasureRevised(PlanMeasureRevised) = "plan.measure_revised" v 1 at |_e| None,
        /// A measure was done.
        MeasureCompleted(PlanMeasureCompleted) = "plan.measure_completed" v 1 at |e| Some(When::Day(e.on)),
        /// A measure was dropped.
        MeasureDropped(PlanMeasureDropped) = "plan.measure_dropped" v 1 at |_e| None,
        /// A measure is still to be done.
        MeasureReopened(PlanMeasureReopened) = "plan.measure_reopened" v 1 at |_e| None,
        /// The plan was reviewed.
        Reviewed(PlanReviewed) = "plan.reviewed" v 1 at |e| Some(When::Day(e.on)),
        /// The latest review had been recorded in error.
        ReviewWithdrawn(PlanReviewWithdrawn) = "plan.review_withdrawn" v 1 at |_e| None,
        /// The plan was closed.
        Closed(PlanClosed) = "plan.closed" v 1 at |_e| None,
    }
}

/// What kind of need it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedKind {
    /// 医疗.
    Medical,
    /// 生活照料.
    Living,
    /// 精神慰藉.
    Spirit,
    /// 矛盾纠纷.
    Dispute,
    /// 其他.
    Other,
}

impl NeedKind {
    /// Every kind with its stored word and its Chinese term.
    pub const ALL: [(NeedKind, &'static str, &'static str); 5] = [
        (NeedKind::Medical, "medical", "医疗"),
        (NeedKind::Living, "living", "生活照料"),
        (NeedKind::Spirit, "spirit", "精神慰藉"),
        (NeedKind::Dispute, "dispute", "矛盾纠纷"),
        (NeedKind::Other, "other", "其他"),
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        let known = NeedKind::ALL.iter().find(|(kind, ..)| *kind == self);
        known.map_or("", |(_, word, _)| word)
    }

    /// The Chinese term.
    pub fn zh(self) -> &'static str {
        let known = NeedKind::ALL.iter().find(|(kind, ..)| *kind == self);
        known.map_or("", |(.., zh)| zh)
    }
}

/// Something a person needs (需求).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// What kind of need it is.
    pub kind: NeedKind,
    /// What it is.
    pub text: Text,
}

/// Something that is done about a need (措施).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// The number of the need it is for.
    pub need: u32,
    /// What is done.
    pub text: Text,
    /// 责任人: who sees to it.
    pub owner: StaffId,
    /// Their name then.
    pub owner_name: Text,
    /// 完成时限: the last day for it.
    pub due: Date,
}

/// A plan was adopted for a person (一人一策).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAdopted {
    /// For whom.
    pub person: CadreId,
    /// Counted from 1 for each person.
    pub plan: u32,
    /// The day it holds from.
    pub adopted_on: Date,
    /// What the person needs, the need of number 1 first.
    pub needs: Vec<Need>,
    /// What is done about it, the measure of number 1 first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// The day of the first review.
    pub next_review: Date,
}

/// A need showed itself later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanNeedAdded {
    /// Its number: counted from 1 in each plan.
    pub number: u32,
    /// The need.
    pub need: Need,
}

/// A need was said anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanNeedRevised {
    /// Its number.
    pub number: u32,
    /// What it is now.
    pub need: Need,
}

/// A measure was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanMeasureAdded {
    /// Its number: counted from 1 in each plan.
    pub number: u32,
    /// The measure.
    pub measure: Measure,
}

/// A measure was said anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanMeasureRevised {
    /// Its number.
    pub number: u32,
    /// What it is now.
    pub measure: Measure,
}

/// A measure was done (落实).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanMeasureCompleted {
    /// Its number.
    pub number: u32,
    /// The day.
    pub on: Date,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Text>,
}

/// A measure was dropped (取消).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanMeasureDropped {
    /// Its number.
    pub number: u32,
    /// Why.
    pub reason: Text,
}

/// That a measure was done or dropped was taken back: it is still to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanMeasureReopened {
    /// Its number.
    pub number: u32,
    /// Why.
    pub reason: Text,
}

/// A plan was reviewed (复核).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanReviewed {
    /// Counted from 1 in each plan, those withdrawn too.
    pub number: u32,
    /// The day.
    pub on: Date,
    /// What was found.
    pub findings: Text,
    /// The day of the next review.
    pub next_review: Date,
}

/// A review had been recorded in error; the one before counts again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanReviewWithdrawn {
    /// Its number.
    pub number: u32,
    /// How the error came about.
    pub reason: Text,
}

/// A plan was closed (终止).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanClosed {
    /// Why.
    pub reason: Text,
}
