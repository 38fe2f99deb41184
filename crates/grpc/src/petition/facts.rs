//! One petition's page of facts, as it is shown.

use domain::petition::{
    AidOffered, Assignment, DeadlineMissed, Delivery, Document, ExecutionDone, ExecutionFollowedUp,
    Exemption, Extension, Intake, Joint, Level, Mediated, Noted, Notice, NoticeContent, Opinion,
    OpinionIssued, Origin, Recused, ReviewDecision, ReviewRequest, RoutedOnward, UrgentlyReported,
};
use views::petitions::{
    Course, DocumentDelivery, Hearing, Objection, PetitionDetails, PetitionFacts, Review,
    Supervision,
};

use super::{clock, documents};
use crate::{
    fields::{Word, shown},
    history::when,
    pb,
};

impl Word for Document {
    type Wire = pb::Document;

    fn read(wire: pb::Document) -> Option<Self> {
        match wire {
            pb::Document::Unspecified => None,
            pb::Document::Opinion => Some(Document::Opinion),
            pb::Document::Review => Some(Document::Review(Level::Review)),
            pb::Document::FinalReview => Some(Document::Review(Level::FinalReview)),
        }
    }

    fn wire(self) -> pb::Document {
        match self {
            Document::Opinion => pb::Document::Opinion,
            Document::Review(Level::Review) => pb::Document::Review,
            Document::Review(Level::FinalReview) => pb::Document::FinalReview,
        }
    }
}

pub(super) fn details(known: PetitionDetails) -> pb::PetitionDetails {
    pb::PetitionDetails {
        category: known.category.map(Word::write).unwrap_or_default(),
        unit: known.unit.into(),
        lead: shown(known.lead),
        handler: shown(known.handler),
        profile: known.profile,
        told_on: shown(known.told_on),
        duplicate_of: shown(known.duplicate_of),
        duplicates: all(known.duplicates, |petition| petition.to_string()),
        courses: all(known.courses, course),
        clocks: all(known.clocks, clock::write),
        documents: all(known.documents, documents::write),
    }
}

fn course(known: Course) -> pb::Course {
    pb::Course {
        course: known.course,
        accepted_on: known.accepted_on.to_string(),
        answered_on: shown(known.answered_on),
        stopped_on: shown(known.stopped_on),
        extended_days: known.extended_days,
        outcome: known.outcome.map(Word::write).unwrap_or_default(),
        rating: known.rating.map(Word::write).unwrap_or_default(),
        review_requested_on: shown(known.review_requested_on),
        review_decided_on: shown(known.review_decided_on),
        review_result: known.review_result.map(Word::write).unwrap_or_default(),
        final_requested_on: shown(known.final_requested_on),
        final_decided_on: shown(known.final_decided_on),
        final_result: known.final_result.map(Word::write).unwrap_or_default(),
    }
}

pub(super) fn facts(known: PetitionFacts) -> pb::PetitionFacts {
    pb::PetitionFacts {
        intake: Some(intake(known.intake)),
        notices: all(known.notices, notice),
        objections: all(known.objections, objection),
        routed: known.routed.map(routed),
        assignment: known.assignment.map(assignment),
        recused: all(known.recused, |Recused { staff, interest }| pb::Recused {
            staff: staff.0.into(),
            interest: interest.into(),
        }),
        findings: all(known.findings, |Noted { on, text }| pb::Finding {
            on: on.to_string(),
            text: text.into(),
        }),
        hearings: all(known.hearings, hearing),
        mediations: all(known.mediations, |Mediated { on, agreement }| {
            pb::Mediation {
                on: on.to_string(),
                agreement: agreement.into(),
            }
        }),
        extensions: all(known.extensions, extension),
        opinions: all(
            known.opinions,
            |OpinionIssued {
                 opinion: of,
                 issued,
             }| {
                pb::OpinionIssued {
                    opinion: Some(opinion(of)),
                    issued: issued.to_string(),
                }
            },
        ),
        deliveries: all(known.deliveries, |of: DocumentDelivery| {
            pb::DocumentDelivery {
                document: of.document.write(),
                delivery: Some(delivery(of.delivery)),
            }
        }),
        reviews: all(known.reviews, |Review { request, decision }| pb::Review {
            request: Some(review_request(request)),
            decision: decision.map(review_decision),
        }),
        follow_ups: all(known.follow_ups, |ExecutionFollowedUp { on, findings }| {
            pb::ExecutionFollowedUp {
                on: on.to_string(),
                findings: findings.into(),
            }
        }),
        executions: all(known.executions, |ExecutionDone { on, evidence }| {
            pb::ExecutionDone {
                on: on.to_string(),
                evidence: evidence.into(),
            }
        }),
        supervisions: all(known.supervisions, supervision),
        urgent_reports: all(known.urgent_reports, |UrgentlyReported { to, matter }| {
            pb::UrgentReport {
                to: to.0.into(),
                matter: matter.into(),
            }
        }),
        aid: all(known.aid, |AidOffered { person, ground }| pb::AidOffered {
            person: person.to_string(),
            ground: ground.write(),
        }),
        missed: all(known.missed, missed),
        withdrawal_reason: shown(known.withdrawal_reason),
        exemption: known
            .exemption
            .map(|Exemption { ground, on }| pb::Exemption {
                ground: ground.write(),
                on: on.to_string(),
            }),
    }
}

fn intake(known: Intake) -> pb::Intake {
    use pb::intake::Origin as Shown;
    let origin = match known.origin {
        Origin::Direct => None,
        Origin::ReceptionDay { leader } => Some(Shown::ReceptionDay(pb::ReceptionDay {
            leader: leader.into(),
        })),
        Origin::TransferredIn { sender, document } => {
            Some(Shown::TransferredIn(pb::TransferredIn {
                sender: sender.0.into(),
                document: shown(document),
            }))
        }
    };
    let joint = |Joint {
                     representatives,
                     co_signers,
                 }| pb::Joint {
        representatives: all(representatives, String::from),
        co_signers,
    };
    pb::Intake {
        origin,
        joint: known.joint.map(joint),
        unreachable: known.unreachable,
    }
}

fn notice(known: Notice) -> pb::Notice {
    use pb::notice::Content as Shown;
    let content = match known.content {
        NoticeContent::Ours => Shown::Plain(pb::PlainNotice::Ours.into()),
        NoticeContent::Linked => Shown::Plain(pb::PlainNotice::Linked.into()),
        NoticeContent::NotTakenUp => Shown::Plain(pb::PlainNotice::NotTakenUp.into()),
        NoticeContent::RoutedOnward { to } => Shown::RoutedOnward(to.0.into()),
        NoticeContent::NotOurs { go_to } => Shown::NotOurs(go_to.into()),
    };
    pb::Notice {
        content: Some(content),
        means: known.means.write(),
        told: when(known.told),
    }
}

fn objection(known: Objection) -> pb::Objection {
    pb::Objection {
        reasons: known.reasons.into(),
        raised: when(known.raised),
        agreed: known.agreed.map(when).unwrap_or_default(),
        declined: known.declined.map(when).unwrap_or_default(),
        decline_reason: shown(known.decline_reason),
        returned: known.returned.map(when).unwrap_or_default(),
    }
}

fn routed(known: RoutedOnward) -> pb::RoutedOnward {
    pb::RoutedOnward {
        to: known.to.0.into(),
        document: shown(known.document),
        routed: when(known.routed),
    }
}

fn assignment(known: Assignment) -> pb::Assignment {
    pb::Assignment {
        lead: known.lead.0.into(),
        supporting: all(known.supporting, |unit| unit.0.into()),
        handler: known.handler.0.into(),
        head: known.head.0.into(),
    }
}

fn hearing(known: Hearing) -> pb::Hearing {
    pb::Hearing {
        opened: known.opened.to_string(),
        held: shown(known.held),
        record: shown(known.record),
    }
}

fn extension(known: Extension) -> pb::Extension {
    pb::Extension {
        days: known.days,
        reasons: known.reasons.into(),
        approver: known.approver.0.into(),
        approved: known.approved.to_string(),
        told: when(known.told),
    }
}

fn opinion(known: Opinion) -> pb::Opinion {
    pb::Opinion {
        claim: known.claim.into(),
        facts_and_reasons: known.facts_and_reasons.into(),
        decision: known.decision.into(),
        legal_basis: known.legal_basis.into(),
        outcome: known.outcome.write(),
    }
}

fn delivery(known: Delivery) -> pb::Delivery {
    pb::Delivery {
        means: known.means.write(),
        delivered: when(known.delivered),
        received_by: known.received_by.into(),
    }
}

fn review_request(known: ReviewRequest) -> pb::ReviewRequest {
    pb::ReviewRequest {
        level: known.level.write(),
        reviewer: known.reviewer.0.into(),
        reasons: known.reasons.into(),
        received: when(known.received),
    }
}

fn review_decision(known: ReviewDecision) -> pb::ReviewDecision {
    pb::ReviewDecision {
        level: known.level.write(),
        result: known.result.write(),
        text: known.text.into(),
        decided: known.decided.to_string(),
    }
}

fn supervision(known: Supervision) -> pb::Supervision {
    pb::Supervision {
        number: known.number,
        ground: known.ground.write(),
        recommendation: known.recommendation.into(),
        feedback: shown(known.feedback),
    }
}

fn missed(known: DeadlineMissed) -> pb::DeadlineMissed {
    pb::DeadlineMissed {
        clock: known.clock.write(),
        course: known.run,
        due_raw: known.due_raw.to_string(),
        due_rolled: known.due_rolled.to_string(),
        met_on: shown(known.met_on),
    }
}

fn all<T, M>(known: Vec<T>, write: impl FnMut(T) -> M) -> Vec<M> {
    known.into_iter().map(write).collect()
}
