use calendar::Date;

use super::event::{Measure, Need};
use crate::{CadreId, Text};

/// What may be asked of a person's plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanCommand {
    /// Adopt a plan for a person (制定方案).
    Adopt(AdoptPlan),
    /// Add a need that shows itself later.
    AddNeed {
        /// The need.
        need: Need,
    },
    /// Say anew what a need is.
    ReviseNeed {
        /// The number of the need.
        number: u32,
        /// What it is.
        need: Need,
    },
    /// Add a measure.
    AddMeasure {
        /// The measure.
        measure: Measure,
    },
    /// Say anew what a measure is, who sees to it, or until when. Only while it is still to be done.
    ReviseMeasure {
        /// The number of the measure.
        number: u32,
        /// What it is.
        measure: Measure,
    },
    /// Record that a measure is done (落实).
    CompleteMeasure {
        /// The number of the measure.
        number: u32,
        /// The day.
        on: Date,
        /// What came of it.
        result: Option<Text>,
    },
    /// Drop a measure (取消).
    DropMeasure {
        /// The number of the measure.
        number: u32,
        /// Why.
        reason: Text,
    },
    /// Take back that a measure is done or dropped: it is still to be done.
    ReopenMeasure {
        /// The number of the measure.
        number: u32,
        /// Why.
        reason: Text,
    },
    /// Review the plan (复核).
    Review {
        /// The day.
        on: Date,
        /// What was found.
        findings: Text,
        /// The day of the next review.
        next_review: Date,
    },
    /// Withdraw the latest review, which was recorded in error; the one before counts again.
    WithdrawReview {
        /// The number of the review.
        number: u32,
        /// How the error came about.
        reason: Text,
    },
    /// Close the plan (终止): the person needs it no more.
    Close {
        /// Why.
        reason: Text,
    },
}

/// A plan to be adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptPlan {
    /// For whom.
    pub person: CadreId,
    /// The day it holds from.
    pub adopted_on: Date,
    /// What the person needs; at least one thing. They are numbered from 1 in this order.
    pub needs: Vec<Need>,
    /// What is done about it. They are numbered from 1 in this order.
    pub measures: Vec<Measure>,
    /// The day of the first review.
    pub next_review: Date,
}
