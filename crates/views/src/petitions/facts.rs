//! All that is on file about one petition, as its events tell it.

use calendar::{Date, When};
use domain::{
    Text,
    petition::{
        AidOffered, Assignment, DeadlineMissed, Delivery, Document, ExecutionDone,
        ExecutionFollowedUp, Exemption, Extension, Intake, Mediated, Noted, Notice, OpinionIssued,
        PetitionEvent, Recused, ReviewDecision, ReviewRequest, RoutedOnward, SupervisionGround,
        UrgentlyReported,
    },
};
use serde::Serialize;

/// What was recorded of a petition, each kind in the order of recording.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PetitionFacts {
    /// Where it came from, who speaks for how many, and whether they can be reached.
    pub intake: Intake,
    /// 告知: what the petitioner was told, and how.
    pub notices: Vec<Notice>,
    /// 异议: what we told the sender, and what they answered.
    pub objections: Vec<Objection>,
    /// 转送: where it went.
    pub routed: Option<RoutedOnward>,
    /// 交办: to whom it was given last. A handler may have stood back since.
    pub assignment: Option<Assignment>,
    /// 回避: who stood back, and why.
    pub recused: Vec<Recused>,
    /// 调查核实.
    pub findings: Vec<Noted>,
    /// 听证.
    pub hearings: Vec<Hearing>,
    /// 调解.
    pub mediations: Vec<Mediated>,
    /// 延期.
    pub extensions: Vec<Extension>,
    /// 信访处理意见书.
    pub opinions: Vec<OpinionIssued>,
    /// 送达: what reached the petitioner, with the proof.
    pub deliveries: Vec<DocumentDelivery>,
    /// 复查、复核.
    pub reviews: Vec<Review>,
    /// 跟踪执行.
    pub follow_ups: Vec<ExecutionFollowedUp>,
    /// 执行到位.
    pub executions: Vec<ExecutionDone>,
    /// 督办.
    pub supervisions: Vec<Supervision>,
    /// 紧急信访报告.
    pub urgent_reports: Vec<UrgentlyReported>,
    /// The hardship cases in which the petitioner was offered aid.
    pub aid: Vec<AidOffered>,
    /// The duties whose last day was found to have passed.
    pub missed: Vec<DeadlineMissed>,
    /// Why the petitioner withdrew it, if they said.
    pub withdrawal_reason: Option<Text>,
    /// Why it was closed without a reply, if it was.
    pub exemption: Option<Exemption>,
}

/// 异议: that a petition transferred in is not ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Objection {
    /// Why it is not ours.
    pub reasons: Text,
    /// When the sender was told.
    pub raised: When,
    /// When the sender agreed to take it back.
    pub agreed: Option<When>,
    /// When the sender declined.
    pub declined: Option<When>,
    /// Why the sender declined.
    pub decline_reason: Option<Text>,
    /// When the papers went back.
    pub returned: Option<When>,
}

/// 听证.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hearing {
    /// Its first day.
    pub opened: Date,
    /// Its last day; nothing while it goes on.
    pub held: Option<Date>,
    /// 听证笔录.
    pub record: Option<Text>,
}

/// 送达: a document that reached the petitioner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentDelivery {
    /// Which.
    pub document: Document,
    /// How, when and to whom.
    pub delivery: Delivery,
}

/// 复查 or 复核.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// Who was asked, why and when.
    pub request: ReviewRequest,
    /// What they decided.
    pub decision: Option<ReviewDecision>,
}

/// 督办.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Supervision {
    /// Counted from 1.
    pub number: u32,
    /// Why.
    pub ground: SupervisionGround,
    /// 改进建议.
    pub recommendation: Text,
    /// 书面反馈.
    pub feedback: Option<Text>,
}

impl PetitionFacts {
    /// Takes the next event over.
    pub(super) fn add(&mut self, event: &PetitionEvent) {
        match event.clone() {
            PetitionEvent::Registered(e) => self.intake = e.petition.intake,
            PetitionEvent::PetitionerTold(e) => self.notices.push(e.notice),
            PetitionEvent::ObjectionRaised(e) => self.objections.push(Objection {
                reasons: e.reasons,
                raised: e.raised,
                agreed: None,
                declined: None,
                decline_reason: None,
                returned: None,
            }),
            PetitionEvent::ReturnAgreed(e) => {
                if let Some(objection) = self.objections.last_mut() {
                    objection.agreed = Some(e.agreed);
                }
            }
            PetitionEvent::ReturnDeclined(e) => {
                if let Some(objection) = self.objections.last_mut() {
                    objection.declined = Some(e.declined);
                    objection.decline_reason = Some(e.reason);
                }
            }
            PetitionEvent::Returned(e) => {
                if let Some(objection) = self.objections.last_mut() {
                    objection.returned = Some(e.returned);
                }
            }
            PetitionEvent::RoutedOnward(e) => self.routed = Some(e),
            PetitionEvent::Assigned(e) => self.assignment = Some(e.assignment),
            PetitionEvent::Recused(e) => self.recused.push(e),
            PetitionEvent::Noted(e) => self.findings.push(e),
            PetitionEvent::HearingOpened(e) => self.hearings.push(Hearing {
                opened: e.on,
                held: None,
                record: None,
            }),
            PetitionEvent::HearingHeld(e) => {
                if let Some(hearing) = self.hearings.last_mut() {
                    hearing.held = Some(e.on);
                    hearing.record = Some(e.record);
                }
            }
            PetitionEvent::Mediated(e) => self.mediations.push(e),
            PetitionEvent::Extended(e) => self.extensions.push(e.extension),
            PetitionEvent::OpinionIssued(e) => self.opinions.push(e),
            PetitionEvent::Delivered(e) => self.deliveries.push(DocumentDelivery {
                document: e.document,
                delivery: e.delivery,
            }),
            PetitionEvent::ExecutionFollowedUp(e) => self.follow_ups.push(e),
            PetitionEvent::ExecutionDone(e) => self.executions.push(e),
            PetitionEvent::ReviewRequested(e) => self.reviews.push(Review {
                request: e.request,
                decision: None,
            }),
            PetitionEvent::ReviewDecided(e) => {
                if let Some(review) = self.reviews.last_mut() {
                    review.decision = Some(e.decision);
                }
            }
            PetitionEvent::Supervised(e) => self.supervisions.push(Supervision {
                number: e.number,
                ground: e.ground,
                recommendation: e.recommendation,
                feedback: None,
            }),
            PetitionEvent::FeedbackGiven(e) => {
                let known = self.supervisions.iter_mut().find(|s| s.number == e.number);
                if let Some(supervision) = known {
                    supervision.feedback = Some(e.feedback);
                }
            }
            PetitionEvent::UrgentlyReported(e) => self.urgent_reports.push(e),
            PetitionEvent::AidOffered(e) => self.aid.push(e),
            PetitionEvent::DeadlineMissed(e) => self.missed.push(e),
            PetitionEvent::Withdrawn(e) => self.withdrawal_reason = e.reason,
            PetitionEvent::Closed(e) => self.exemption = e.exemption,
            PetitionEvent::Reopened(_) => self.exemption = None,
            // Told by the row, the courses, the clocks and the documents. Whom it accuses is shown to nobody here.
            PetitionEvent::Classified(_)
            | PetitionEvent::AccusedNamed(_)
            | PetitionEvent::DuplicateLinked(_)
            | PetitionEvent::RefusedAsFinal(_)
            | PetitionEvent::Accepted(_)
            | PetitionEvent::Replied(_)
            | PetitionEvent::Rated(_)
            | PetitionEvent::DocumentAttached(_)
            | PetitionEvent::DocumentWithdrawn(_)
            | PetitionEvent::DeadlineRecomputed(_)
            | PetitionEvent::DeadlineWarned(_)
            | PetitionEvent::Escalated(_) => {}
        }
    }
}
