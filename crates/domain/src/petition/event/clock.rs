use calendar::{Date, Deadline, NotCounted, Term};
use serde::{Deserialize, Serialize};

/// A clock of the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockName {
    /// 告知: tell the petitioner.
    Tell,
    /// 异议: tell the sender that it is not ours.
    Object,
    /// 办理: handle and answer.
    Handle,
    /// 请求复查: ask for a review.
    ReviewRequest,
    /// 复查: decide the review.
    ReviewDecide,
    /// 请求复核: ask for the final review.
    FinalReviewRequest,
    /// 复核: decide the final review.
    FinalReviewDecide,
}

impl ClockName {
    /// Whether it bounds a right, which lapses, rather than a duty, which is breached.
    pub fn is_window(self) -> bool {
        match self {
            ClockName::Object | ClockName::ReviewRequest | ClockName::FinalReviewRequest => true,
            ClockName::Tell
            | ClockName::Handle
            | ClockName::ReviewDecide
            | ClockName::FinalReviewDecide => false,
        }
    }
}

/// A clock as it was set: all that was reckoned with, and the last day that came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Which clock.
    pub clock: ClockName,
    /// In which course of the petition, from 1: a petition that is opened again runs anew.
    pub run: u32,
    /// The day it starts, which is not counted.
    pub start: Date,
    /// How long it runs.
    pub term: Term,
    /// Counted from the raw last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Term>,
    /// The days on which it stood still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_counted: Vec<NotCounted>,
    /// The day from which a warning is due.
    pub warn_from: Date,
    /// Due, rolled and raw, with the days skipped, the articles and the version of the calendar.
    pub deadline: Deadline,
}

/// A last day was reckoned again by a newer calendar, or for the first time where the event that
/// started the clock did not say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineRecomputed {
    /// The clock as it is now.
    pub due: Due,
}

/// A last day is near. Said once for each clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineWarned {
    /// Which clock.
    pub clock: ClockName,
    /// In which course.
    pub run: u32,
    /// 届满日.
    pub due_raw: Date,
    /// 顺延后届满日.
    pub due_rolled: Date,
}

/// A last day passed, and the duty was not done. Never unmade: work done late is late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineMissed {
    /// Which clock.
    pub clock: ClockName,
    /// In which course.
    pub run: u32,
    /// 届满日.
    pub due_raw: Date,
    /// 顺延后届满日: the last day on which it would have been in time.
    pub due_rolled: Date,
    /// The day it was done after all, if it was when this was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub met_on: Option<Date>,
}

/// Before whom a missed deadline is brought, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// 承办人.
    Handler,
    /// 单位负责人.
    Head,
    /// 分管领导.
    Leader,
}

/// A missed deadline was brought before someone. Said once for each clock and rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalated {
    /// Which clock.
    pub clock: ClockName,
    /// In which course.
    pub run: u32,
    /// Before whom.
    pub rung: Rung,
}
