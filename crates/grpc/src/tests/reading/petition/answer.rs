use domain::{
    Unit,
    petition::{
        Delivery, ExemptionGround, Level, Means, Opinion, Outcome, PetitionCommand, Rating,
        ReviewDecision, ReviewRequest, ReviewResult,
    },
};

use super::{ask, id};
use crate::{
    pb,
    petition::PetitionCall,
    tests::reading::{date, lacks, text},
};

#[test]
fn an_opinion_says_what_becomes_of_the_claim() {
    let outcomes = [
        (pb::OpinionOutcome::Supported, Outcome::Supported),
        (pb::OpinionOutcome::Explained, Outcome::Explained),
        (pb::OpinionOutcome::NotSupported, Outcome::NotSupported),
    ];
    for (asked, outcome) in outcomes {
        let call = PetitionCall::IssueOpinion(pb::IssueOpinionRequest {
            id: id(),
            opinion: Some(pb::Opinion {
                claim: "加装电梯。".into(),
                facts_and_reasons: "同意户数已达标。".into(),
                decision: "列入计划。".into(),
                legal_basis: "民法典第二百七十八条".into(),
                outcome: asked.into(),
            }),
            issued: "2026-05-20".into(),
            ..Default::default()
        });
        let opinion = Opinion {
            claim: text("加装电梯。"),
            facts_and_reasons: text("同意户数已达标。"),
            decision: text("列入计划。"),
            legal_basis: text("民法典第二百七十八条"),
            outcome,
        };
        let issued = date("2026-05-20");
        ask([(call, PetitionCommand::IssueOpinion { opinion, issued })]);
    }
}

#[test]
fn a_delivery_says_by_which_means() {
    let ways = [
        (pb::Means::OnTheSpot, Means::OnTheSpot),
        (pb::Means::InWriting, Means::InWriting),
        (pb::Means::Post, Means::Post),
        (pb::Means::Phone, Means::Phone),
        (pb::Means::Message, Means::Message),
    ];
    for (asked, means) in ways {
        let call = PetitionCall::DeliverDocument(pb::DeliverDocumentRequest {
            id: id(),
            delivery: Some(pb::Delivery {
                means: asked.into(),
                delivered: "2026-05-22T03:00:00Z".into(),
                received_by: "周文华".into(),
            }),
            ..Default::default()
        });
        let delivery = Delivery {
            means,
            delivered: "2026-05-22T03:00:00Z".parse().unwrap(),
            received_by: text("周文华"),
        };
        ask([(call, PetitionCommand::Deliver { delivery })]);
    }
}

#[test]
fn a_rating_is_one_of_three() {
    let ratings = [
        (pb::Rating::Satisfied, Rating::Satisfied),
        (pb::Rating::BasicallySatisfied, Rating::BasicallySatisfied),
        (pb::Rating::Dissatisfied, Rating::Dissatisfied),
    ];
    for (asked, rating) in ratings {
        let call = PetitionCall::RateHandling(pb::RateHandlingRequest {
            id: id(),
            rating: asked.into(),
            ..Default::default()
        });
        ask([(call, PetitionCommand::Rate { rating })]);
    }
}

#[test]
fn a_petition_is_closed_on_a_reply_or_an_exemption() {
    use pb::ExemptionGround as Asked;
    let grounds = [
        (Asked::Unspecified, None),
        (Asked::Unreachable, Some(ExemptionGround::Unreachable)),
        (
            Asked::SuggestionNotAdopted,
            Some(ExemptionGround::SuggestionNotAdopted),
        ),
        (Asked::ReportHandled, Some(ExemptionGround::ReportHandled)),
        (Asked::Linked, Some(ExemptionGround::Linked)),
        (Asked::RoutedOnward, Some(ExemptionGround::RoutedOnward)),
        (Asked::Returned, Some(ExemptionGround::Returned)),
        (Asked::Withdrawn, Some(ExemptionGround::Withdrawn)),
        (Asked::RefusedAsFinal, Some(ExemptionGround::RefusedAsFinal)),
    ];
    for (asked, exemption) in grounds {
        let call = PetitionCall::Close(pb::ClosePetitionRequest {
            id: id(),
            exemption: asked.into(),
            ..Default::default()
        });
        ask([(call, PetitionCommand::Close { exemption })]);
    }
}

#[test]
fn each_look_of_a_level_above_is_asked_for_and_decided() {
    let looks = [
        (pb::ReviewLevel::Review, Level::Review),
        (pb::ReviewLevel::FinalReview, Level::FinalReview),
    ];
    for (asked, level) in looks {
        let call = PetitionCall::RequestReview(pb::RequestReviewRequest {
            id: id(),
            request: Some(pb::ReviewRequest {
                level: asked.into(),
                reviewer: "市信访局".into(),
                reasons: "补贴标准偏低。".into(),
                received: "2026-06-10".into(),
            }),
            ..Default::default()
        });
        let request = ReviewRequest {
            level,
            reviewer: Unit(text("市信访局")),
            reasons: text("补贴标准偏低。"),
            received: "2026-06-10".parse().unwrap(),
        };
        ask([(call, PetitionCommand::RequestReview { request })]);
        let results = [
            (pb::ReviewResult::Upheld, ReviewResult::Upheld),
            (pb::ReviewResult::Changed, ReviewResult::Changed),
            (pb::ReviewResult::Revoked, ReviewResult::Revoked),
        ];
        for (asked_result, result) in results {
            let call = PetitionCall::DecideReview(pb::DecideReviewRequest {
                id: id(),
                decision: Some(pb::ReviewDecision {
                    level: asked.into(),
                    result: asked_result.into(),
                    text: "复查意见。".into(),
                    decided: "2026-07-01".into(),
                }),
                ..Default::default()
            });
            let decision = ReviewDecision {
                level,
                result,
                text: text("复查意见。"),
                decided: date("2026-07-01"),
            };
            ask([(call, PetitionCommand::DecideReview { decision })]);
        }
    }
}

#[test]
fn each_call_of_the_answer_asks_the_command_it_names() {
    ask([
        (
            PetitionCall::Reply(pb::ReplyToPetitionRequest {
                id: id(),
                text: "已列入计划。".into(),
                delivered: "2026-05-02T03:00:00Z".into(),
                ..Default::default()
            }),
            PetitionCommand::Reply {
                text: text("已列入计划。"),
                delivered: "2026-05-02T03:00:00Z".parse().unwrap(),
            },
        ),
        (
            PetitionCall::FollowUpExecution(pb::FollowUpExecutionRequest {
                id: id(),
                on: "2026-07-15".into(),
                findings: "已开工。".into(),
                ..Default::default()
            }),
            PetitionCommand::FollowUpExecution {
                on: date("2026-07-15"),
                findings: text("已开工。"),
            },
        ),
        (
            PetitionCall::RecordExecution(pb::RecordExecutionRequest {
                id: id(),
                on: "2026-09-15".into(),
                evidence: "验收单。".into(),
                ..Default::default()
            }),
            PetitionCommand::RecordExecution {
                on: date("2026-09-15"),
                evidence: text("验收单。"),
            },
        ),
        (
            PetitionCall::ReopenPetition(pb::ReopenPetitionRequest {
                id: id(),
                reason: "发现新证据。".into(),
                ..Default::default()
            }),
            PetitionCommand::Reopen {
                reason: text("发现新证据。"),
            },
        ),
    ]);
}

#[test]
fn an_empty_call_of_the_answer_is_told_all_that_it_lacks() {
    let lacking: [(PetitionCall, &[&str]); 15] = [
        (
            PetitionCall::IssueOpinion(Default::default()),
            &["id", "opinion", "issued"],
        ),
        (
            PetitionCall::IssueOpinion(pb::IssueOpinionRequest {
                opinion: Some(Default::default()),
                ..Default::default()
            }),
            &[
                "id",
                "opinion.claim",
                "opinion.facts_and_reasons",
                "opinion.decision",
                "opinion.legal_basis",
                "opinion.outcome",
                "issued",
            ],
        ),
        (
            PetitionCall::Reply(Default::default()),
            &["id", "text", "delivered"],
        ),
        (
            PetitionCall::DeliverDocument(Default::default()),
            &["id", "delivery"],
        ),
        (
            PetitionCall::DeliverDocument(pb::DeliverDocumentRequest {
                delivery: Some(Default::default()),
                ..Default::default()
            }),
            &[
                "id",
                "delivery.means",
                "delivery.delivered",
                "delivery.received_by",
            ],
        ),
        (
            PetitionCall::RateHandling(Default::default()),
            &["id", "rating"],
        ),
        (
            PetitionCall::FollowUpExecution(Default::default()),
            &["id", "on", "findings"],
        ),
        (
            PetitionCall::RecordExecution(Default::default()),
            &["id", "on", "evidence"],
        ),
        (PetitionCall::Close(Default::default()), &["id"]),
        (
            PetitionCall::Close(pb::ClosePetitionRequest {
                id: id(),
                exemption: 99,
                ..Default::default()
            }),
            &["exemption"],
        ),
        (
            PetitionCall::ReopenPetition(Default::default()),
            &["id", "reason"],
        ),
        (
            PetitionCall::RequestReview(Default::default()),
            &["id", "request"],
        ),
        (
            PetitionCall::RequestReview(pb::RequestReviewRequest {
                request: Some(Default::default()),
                ..Default::default()
            }),
            &[
                "id",
                "request.level",
                "request.reviewer",
                "request.reasons",
                "request.received",
            ],
        ),
        (
            PetitionCall::DecideReview(Default::default()),
            &["id", "decision"],
        ),
        (
            PetitionCall::DecideReview(pb::DecideReviewRequest {
                decision: Some(Default::default()),
                ..Default::default()
            }),
            &[
                "id",
                "decision.level",
                "decision.result",
                "decision.text",
                "decision.decided",
            ],
        ),
    ];
    for (call, fields) in lacking {
        assert_eq!(lacks(call), fields);
    }
}
