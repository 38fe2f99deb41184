use domain::{
    StaffId,
    plan::{AdoptPlan, Measure, Need, NeedKind, PlanCommand},
};

use super::{PERSON, date, lacks, person, read, text};
use crate::{pb, plan::PlanCall};

fn asked_need() -> pb::Need {
    pb::Need {
        kind: pb::NeedKind::Medical.into(),
        text: "需要康复".into(),
    }
}

fn need() -> Need {
    Need {
        kind: NeedKind::Medical,
        text: text("需要康复"),
    }
}

fn asked_measure() -> pb::Measure {
    pb::Measure {
        need: 1,
        text: "联系家庭医生".into(),
        owner: "zhao.min".into(),
        owner_name: "赵敏".into(),
        due: "2026-05-31".into(),
    }
}

fn measure() -> Measure {
    Measure {
        need: 1,
        text: text("联系家庭医生"),
        owner: StaffId(text("zhao.min")),
        owner_name: text("赵敏"),
        due: date("2026-05-31"),
    }
}

#[test]
fn each_call_on_a_plan_asks_the_command_it_names() {
    let whose = || PERSON.to_owned();
    let (number, reason) = (2, || text("本人谢绝"));
    let cases: Vec<(PlanCall, PlanCommand)> = vec![
        (
            PlanCall::Adopt(pb::AdoptPlanRequest {
                person: whose(),
                adopted_on: "2026-05-01".into(),
                needs: vec![asked_need()],
                measures: vec![asked_measure()],
                next_review: "2026-08-01".into(),
                ..Default::default()
            }),
            PlanCommand::Adopt(AdoptPlan {
                person: person(),
                adopted_on: date("2026-05-01"),
                needs: vec![need()],
                measures: vec![measure()],
                next_review: date("2026-08-01"),
            }),
        ),
        (
            PlanCall::AddNeed(pb::AddPlanNeedRequest {
                person: whose(),
                need: Some(asked_need()),
                ..Default::default()
            }),
            PlanCommand::AddNeed { need: need() },
        ),
        (
            PlanCall::ReviseNeed(pb::RevisePlanNeedRequest {
                person: whose(),
                number,
                need: Some(asked_need()),
                ..Default::default()
            }),
            PlanCommand::ReviseNeed {
                number,
                need: need(),
            },
        ),
        (
            PlanCall::AddMeasure(pb::AddPlanMeasureRequest {
                person: whose(),
                measure: Some(asked_measure()),
                ..Default::default()
            }),
            PlanCommand::AddMeasure { measure: measure() },
        ),
        (
            PlanCall::ReviseMeasure(pb::RevisePlanMeasureRequest {
                person: whose(),
                number,
                measure: Some(asked_measure()),
                ..Default::default()
            }),
            PlanCommand::ReviseMeasure {
                number,
                measure: measure(),
            },
        ),
        (
            PlanCall::CompleteMeasure(pb::CompletePlanMeasureRequest {
                person: whose(),
                number,
                on: "2026-05-20".into(),
                result: "已签约".into(),
                ..Default::default()
            }),
            PlanCommand::CompleteMeasure {
                number,
                on: date("2026-05-20"),
                result: Some(text("已签约")),
            },
        ),
        (
            PlanCall::DropMeasure(pb::DropPlanMeasureRequest {
                person: whose(),
                number,
                reason: "本人谢绝".into(),
                ..Default::default()
            }),
            PlanCommand::DropMeasure {
                number,
                reason: reason(),
            },
        ),
        (
            PlanCall::ReopenMeasure(pb::ReopenPlanMeasureRequest {
                person: whose(),
                number,
                reason: "本人谢绝".into(),
                ..Default::default()
            }),
            PlanCommand::ReopenMeasure {
                number,
                reason: reason(),
            },
        ),
        (
            PlanCall::Review(pb::ReviewPlanRequest {
                person: whose(),
                on: "2026-08-01".into(),
                findings: "措施有效".into(),
                next_review: "2026-11-01".into(),
                ..Default::default()
            }),
            PlanCommand::Review {
                on: date("2026-08-01"),
                findings: text("措施有效"),
                next_review: date("2026-11-01"),
            },
        ),
        (
            PlanCall::WithdrawReview(pb::WithdrawPlanReviewRequest {
                person: whose(),
                number,
                reason: "本人谢绝".into(),
                ..Default::default()
            }),
            PlanCommand::WithdrawReview {
                number,
                reason: reason(),
            },
        ),
        (
            PlanCall::Close(pb::ClosePlanRequest {
                person: whose(),
                reason: "本人谢绝".into(),
                ..Default::default()
            }),
            PlanCommand::Close { reason: reason() },
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(read(call), (person(), expected));
    }
}

#[test]
fn an_empty_call_on_a_plan_is_told_all_it_lacks() {
    let hollow = PlanCall::Adopt(pb::AdoptPlanRequest {
        needs: vec![pb::Need::default()],
        measures: vec![pb::Measure::default()],
        ..Default::default()
    });
    let cases: Vec<(PlanCall, &[&str])> = vec![
        (
            PlanCall::Adopt(Default::default()),
            &["person", "adopted_on", "needs", "next_review"],
        ),
        (
            hollow,
            &[
                "person",
                "adopted_on",
                "needs[0].kind",
                "needs[0].text",
                "measures[0].need",
                "measures[0].text",
                "measures[0].owner",
                "measures[0].owner_name",
                "measures[0].due",
                "next_review",
            ],
        ),
        (PlanCall::AddNeed(Default::default()), &["person", "need"]),
        (
            PlanCall::ReviseNeed(Default::default()),
            &["person", "number", "need"],
        ),
        (
            PlanCall::AddMeasure(Default::default()),
            &["person", "measure"],
        ),
        (
            PlanCall::ReviseMeasure(Default::default()),
            &["person", "number", "measure"],
        ),
        (
            PlanCall::CompleteMeasure(Default::default()),
            &["person", "number", "on"],
        ),
        (
            PlanCall::DropMeasure(Default::default()),
            &["person", "number", "reason"],
        ),
        (
            PlanCall::ReopenMeasure(Default::default()),
            &["person", "number", "reason"],
        ),
        (
            PlanCall::Review(Default::default()),
            &["person", "on", "findings", "next_review"],
        ),
        (
            PlanCall::WithdrawReview(Default::default()),
            &["person", "number", "reason"],
        ),
        (PlanCall::Close(Default::default()), &["person", "reason"]),
    ];
    for (call, lacking) in cases {
        assert_eq!(lacks(call), lacking);
    }
}
