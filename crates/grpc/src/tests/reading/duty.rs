use domain::duty::DutyCommand;

use super::{PERSON, lacks, read, text};
use crate::{duty::DutyCall, pb};

fn id() -> String {
    format!("{PERSON}-lixiu_contact-2026-05")
}

#[test]
fn each_call_on_a_duty_asks_the_command_it_names() {
    let cases: Vec<(DutyCall, DutyCommand)> = vec![
        (
            DutyCall::Request(pb::RequestDutyWaiverRequest {
                id: id(),
                reason: "在外地子女家".into(),
                ..Default::default()
            }),
            DutyCommand::RequestWaiver {
                reason: text("在外地子女家"),
            },
        ),
        (
            DutyCall::Approve(pb::ApproveDutyWaiverRequest {
                id: id(),
                ..Default::default()
            }),
            DutyCommand::ApproveWaiver,
        ),
        (
            DutyCall::Refuse(pb::RefuseDutyWaiverRequest {
                id: id(),
                reason: "可电话联系".into(),
                ..Default::default()
            }),
            DutyCommand::RefuseWaiver {
                reason: text("可电话联系"),
            },
        ),
    ];
    for (call, expected) in cases {
        let (duty, command) = read(call);
        assert_eq!((duty.to_string(), command), (id(), expected));
    }
}

#[test]
fn an_empty_call_on_a_duty_is_told_all_it_lacks() {
    let named_wrongly = DutyCall::Approve(pb::ApproveDutyWaiverRequest {
        id: PERSON.into(),
        ..Default::default()
    });
    let cases: Vec<(DutyCall, &[&str])> = vec![
        (DutyCall::Request(Default::default()), &["id", "reason"]),
        (DutyCall::Approve(Default::default()), &["id"]),
        (named_wrongly, &["id"]),
        (DutyCall::Refuse(Default::default()), &["id", "reason"]),
    ];
    for (call, lacking) in cases {
        assert_eq!(lacks(call), lacking);
    }
}
