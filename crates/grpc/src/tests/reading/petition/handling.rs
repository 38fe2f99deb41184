use domain::{
    StaffId, Unit,
    petition::{Assignment, PetitionCommand},
};

use super::{ask, id};
use crate::{
    pb,
    petition::PetitionCall,
    tests::reading::{date, lacks, text},
};

#[test]
fn each_call_of_the_handling_asks_the_command_it_names() {
    ask([
        (
            PetitionCall::Accept(pb::AcceptPetitionRequest {
                id: id(),
                accepted: "2026-04-02".into(),
                ..Default::default()
            }),
            PetitionCommand::Accept {
                accepted: "2026-04-02".parse().unwrap(),
            },
        ),
        (
            PetitionCall::AssignPetition(pb::AssignPetitionRequest {
                id: id(),
                assignment: Some(pb::Assignment {
                    lead: "服务科".into(),
                    supporting: vec!["办公室".into(), "社区".into()],
                    handler: "wang.fang".into(),
                    head: "liu.yang".into(),
                }),
                ..Default::default()
            }),
            PetitionCommand::Assign {
                assignment: Assignment {
                    lead: Unit(text("服务科")),
                    supporting: vec![Unit(text("办公室")), Unit(text("社区"))],
                    handler: StaffId(text("wang.fang")),
                    head: StaffId(text("liu.yang")),
                },
            },
        ),
        (
            PetitionCall::RecuseStaff(pb::RecuseStaffRequest {
                id: id(),
                staff: "wang.fang".into(),
                interest: "系信访人亲属".into(),
                ..Default::default()
            }),
            PetitionCommand::Recuse {
                staff: StaffId(text("wang.fang")),
                interest: text("系信访人亲属"),
            },
        ),
        (
            PetitionCall::NoteFinding(pb::NoteFindingRequest {
                id: id(),
                on: "2026-04-15".into(),
                text: "现场查看。".into(),
                ..Default::default()
            }),
            PetitionCommand::Note {
                on: date("2026-04-15"),
                text: text("现场查看。"),
            },
        ),
        (
            PetitionCall::OpenHearing(pb::OpenHearingRequest {
                id: id(),
                on: "2026-04-20".into(),
                ..Default::default()
            }),
            PetitionCommand::OpenHearing {
                on: date("2026-04-20"),
            },
        ),
        (
            PetitionCall::HoldHearing(pb::HoldHearingRequest {
                id: id(),
                on: "2026-04-22".into(),
                record: "听证笔录。".into(),
                ..Default::default()
            }),
            PetitionCommand::HoldHearing {
                on: date("2026-04-22"),
                record: text("听证笔录。"),
            },
        ),
        (
            PetitionCall::RecordMediation(pb::RecordMediationRequest {
                id: id(),
                on: "2026-04-25".into(),
                agreement: "各方同意分摊。".into(),
                ..Default::default()
            }),
            PetitionCommand::RecordMediation {
                on: date("2026-04-25"),
                agreement: text("各方同意分摊。"),
            },
        ),
        (
            PetitionCall::ExtendHandling(pb::ExtendHandlingRequest {
                id: id(),
                days: 20,
                reasons: "需现场勘测。".into(),
                approved: "2026-05-28".into(),
                told: "2026-05-29T01:00:00Z".into(),
                ..Default::default()
            }),
            PetitionCommand::Extend {
                days: 20,
                reasons: text("需现场勘测。"),
                approved: date("2026-05-28"),
                told: "2026-05-29T01:00:00Z".parse().unwrap(),
            },
        ),
    ]);
}

#[test]
fn an_empty_call_of_the_handling_is_told_all_that_it_lacks() {
    let lacking: [(PetitionCall, &[&str]); 8] = [
        (
            PetitionCall::Accept(Default::default()),
            &["id", "accepted"],
        ),
        (
            PetitionCall::AssignPetition(Default::default()),
            &["id", "assignment"],
        ),
        (
            PetitionCall::RecuseStaff(Default::default()),
            &["id", "staff", "interest"],
        ),
        (
            PetitionCall::NoteFinding(Default::default()),
            &["id", "on", "text"],
        ),
        (PetitionCall::OpenHearing(Default::default()), &["id", "on"]),
        (
            PetitionCall::HoldHearing(Default::default()),
            &["id", "on", "record"],
        ),
        (
            PetitionCall::RecordMediation(Default::default()),
            &["id", "on", "agreement"],
        ),
        (
            PetitionCall::ExtendHandling(Default::default()),
            &["id", "reasons", "approved", "told"],
        ),
    ];
    for (call, fields) in lacking {
        assert_eq!(lacks(call), fields);
    }
    let assignment = pb::Assignment {
        supporting: vec![String::new()],
        ..Default::default()
    };
    let call = PetitionCall::AssignPetition(pb::AssignPetitionRequest {
        id: id(),
        assignment: Some(assignment),
        ..Default::default()
    });
    assert_eq!(
        lacks(call),
        [
            "assignment.lead",
            "assignment.supporting[0]",
            "assignment.handler",
            "assignment.head"
        ]
    );
}
