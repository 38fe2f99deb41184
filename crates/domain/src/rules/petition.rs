use calendar::{Term, Time};
use serde::{Deserialize, Serialize};

/// The numbers of the petition procedure (信访). Each clock names the article it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PetitionRules {
    /// How many people may represent a joint petition that is made in person (代表).
    pub representatives_at_most: u32,
    /// Tell the petitioner what becomes of the petition, from receipt (告知).
    pub tell: ClockRules,
    /// Object to the sender that a petition transferred in is not ours, from receipt (异议).
    /// Absent where the regime knows no such right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<ClockRules>,
    /// Handle and answer, from acceptance (办理).
    pub handle: ClockRules,
    /// Which matters that clock covers.
    pub handle_covers: HandleCovers,
    /// Prolong the handling (延期).
    pub extension: ExtensionRules,
    /// Ask the next level for a review, from delivery of the reply (请求复查).
    pub review_request: ClockRules,
    /// Decide the review, from receipt of the request (复查).
    pub review_decide: ClockRules,
    /// Ask for a final review, from delivery of the review's decision (请求复核).
    pub final_review_request: ClockRules,
    /// Decide the final review, from receipt of the request (复核).
    pub final_review_decide: ClockRules,
    /// Whether the days of a hearing count for the final review.
    pub final_review_counts_hearing: bool,
    /// Whom a missed deadline climbs to, and when.
    pub ladder: LadderRules,
}

/// One clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRules {
    /// How long it runs.
    pub term: Term,
    /// The article it rests on, such as 《信访工作条例》第三十四条.
    pub rule: String,
    /// A warning is given so many calendar days before the raw last day.
    pub warn_days_before: u32,
}

/// Which matters the clock of handling covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandleCovers {
    /// Every accepted matter (2005).
    EveryMatter,
    /// Demands that are investigated and answered (R31 (6), R34), and what is not classified yet.
    Investigation,
}

/// How far the handling may be prolonged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRules {
    /// In calendar days, over all extensions of one handling together.
    pub days_in_total: u32,
    /// The article it rests on.
    pub rule: String,
}

/// When a missed deadline climbs, in office hours alone: nobody is called at night.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LadderRules {
    /// To the handler (承办人), so long after the last day in time.
    pub handler_after: Term,
    /// To the head of the unit (单位负责人), so long after the last day in time.
    pub head_after: Term,
    /// To the leader in charge (分管领导), so long after the last day in time.
    pub leader_after: Term,
    /// When office hours begin, in Beijing time.
    pub office_opens: Time,
    /// When they end.
    pub office_closes: Time,
}
