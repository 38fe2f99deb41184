use domain::petition::{Document, Level, PetitionEvent};
use serde::{Deserialize, Serialize};

/// How far a petition has come, in every step of the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PetitionStage {
    /// 已登记, not yet accepted.
    Received,
    /// 已提异议: we wait for the sender's answer.
    Objected,
    /// The sender takes it back.
    ReturnAgreed,
    /// 已受理.
    Accepted,
    /// 已出具处理意见, not yet delivered.
    Opined,
    /// 已答复: the answer was delivered.
    Replied,
    /// 复查中.
    UnderReview,
    /// 已作复查意见, not yet delivered.
    ReviewDecided,
    /// 复查意见已送达.
    Reviewed,
    /// 复核中.
    UnderFinalReview,
    /// 已作复核意见, not yet delivered.
    FinalReviewDecided,
    /// 复核意见已送达.
    FinallyReviewed,
    /// 重复信访: handled with another one.
    Linked,
    /// 已转送.
    RoutedOnward,
    /// 已退回.
    Returned,
    /// 已撤回.
    Withdrawn,
    /// 不再受理.
    RefusedAsFinal,
    /// 已办结.
    Closed,
}

impl PetitionStage {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            PetitionStage::Received => "received",
            PetitionStage::Objected => "objected",
            PetitionStage::ReturnAgreed => "return_agreed",
            PetitionStage::Accepted => "accepted",
            PetitionStage::Opined => "opined",
            PetitionStage::Replied => "replied",
            PetitionStage::UnderReview => "under_review",
            PetitionStage::ReviewDecided => "review_decided",
            PetitionStage::Reviewed => "reviewed",
            PetitionStage::UnderFinalReview => "under_final_review",
            PetitionStage::FinalReviewDecided => "final_review_decided",
            PetitionStage::FinallyReviewed => "finally_reviewed",
            PetitionStage::Linked => "linked",
            PetitionStage::RoutedOnward => "routed_onward",
            PetitionStage::Returned => "returned",
            PetitionStage::Withdrawn => "withdrawn",
            PetitionStage::RefusedAsFinal => "refused_as_final",
            PetitionStage::Closed => "closed",
        }
    }

    /// Whether an answer, or a decision of the level above, is still owed.
    pub fn is_open(self) -> bool {
        match self {
            PetitionStage::Received
            | PetitionStage::Objected
            | PetitionStage::ReturnAgreed
            | PetitionStage::Accepted
            | PetitionStage::Opined
            | PetitionStage::UnderReview
            | PetitionStage::ReviewDecided
            | PetitionStage::UnderFinalReview
            | PetitionStage::FinalReviewDecided => true,
            PetitionStage::Replied
            | PetitionStage::Reviewed
            | PetitionStage::FinallyReviewed
            | PetitionStage::Linked
            | PetitionStage::RoutedOnward
            | PetitionStage::Returned
            | PetitionStage::Withdrawn
            | PetitionStage::RefusedAsFinal
            | PetitionStage::Closed => false,
        }
    }

    /// Where this event takes a petition; `None` if it stays where it is. Where a petition that is
    /// opened again comes to depends on whether it was accepted before.
    pub(super) fn after(event: &PetitionEvent) -> Option<PetitionStage> {
        match event {
            PetitionEvent::Registered(_) | PetitionEvent::ReturnDeclined(_) => {
                Some(PetitionStage::Received)
            }
            PetitionEvent::DuplicateLinked(_) => Some(PetitionStage::Linked),
            PetitionEvent::RefusedAsFinal(_) => Some(PetitionStage::RefusedAsFinal),
            PetitionEvent::RoutedOnward(_) => Some(PetitionStage::RoutedOnward),
            PetitionEvent::ObjectionRaised(_) => Some(PetitionStage::Objected),
            PetitionEvent::ReturnAgreed(_) => Some(PetitionStage::ReturnAgreed),
            PetitionEvent::Returned(_) => Some(PetitionStage::Returned),
            PetitionEvent::Accepted(_) => Some(PetitionStage::Accepted),
            PetitionEvent::OpinionIssued(_) => Some(PetitionStage::Opined),
            PetitionEvent::Replied(_) => Some(PetitionStage::Replied),
            PetitionEvent::Delivered(e) => Some(match e.document {
                Document::Opinion => PetitionStage::Replied,
                Document::Review(Level::Review) => PetitionStage::Reviewed,
                Document::Review(Level::FinalReview) => PetitionStage::FinallyReviewed,
            }),
            PetitionEvent::ReviewRequested(e) => Some(match e.request.level {
                Level::Review => PetitionStage::UnderReview,
                Level::FinalReview => PetitionStage::UnderFinalReview,
            }),
            PetitionEvent::ReviewDecided(e) => Some(match e.decision.level {
                Level::Review => PetitionStage::ReviewDecided,
                Level::FinalReview => PetitionStage::FinalReviewDecided,
            }),
            PetitionEvent::Withdrawn(_) => Some(PetitionStage::Withdrawn),
            PetitionEvent::Closed(_) => Some(PetitionStage::Closed),
            PetitionEvent::Reopened(_)
            | PetitionEvent::Classified(_)
            | PetitionEvent::AccusedNamed(_)
            | PetitionEvent::PetitionerTold(_)
            | PetitionEvent::Assigned(_)
            | PetitionEvent::Recused(_)
            | PetitionEvent::Noted(_)
            | PetitionEvent::HearingOpened(_)
            | PetitionEvent::HearingHeld(_)
            | PetitionEvent::Mediated(_)
            | PetitionEvent::Extended(_)
            | PetitionEvent::Rated(_)
            | PetitionEvent::ExecutionFollowedUp(_)
            | PetitionEvent::ExecutionDone(_)
            | PetitionEvent::Supervised(_)
            | PetitionEvent::FeedbackGiven(_)
            | PetitionEvent::UrgentlyReported(_)
            | PetitionEvent::AidOffered(_)
            | PetitionEvent::DocumentAttached(_)
            | PetitionEvent::DocumentWithdrawn(_)
            | PetitionEvent::DeadlineRecomputed(_)
            | PetitionEvent::DeadlineWarned(_)
            | PetitionEvent::DeadlineMissed(_)
            | PetitionEvent::Escalated(_) => None,
        }
    }
}
