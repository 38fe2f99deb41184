use domain::health::{Bed, HealthCommand, Learnt};

use super::{PERSON, date, lacks, person, read, text};
use crate::{health::HealthCall, pb};

fn bed() -> (Option<pb::Bed>, Bed) {
    let asked = pb::Bed {
        hospital: "市立医院".into(),
        ward: "心内科".into(),
        bed: "12".into(),
    };
    let read = Bed {
        hospital: text("市立医院"),
        ward: Some(text("心内科")),
        bed: Some(text("12")),
    };
    (Some(asked), read)
}

fn learnt() -> (Option<pb::Learnt>, Learnt) {
    let (happened, known) = ("2026-03-01", "2026-03-02T01:30:00Z");
    let asked = pb::Learnt {
        happened: happened.into(),
        known: known.into(),
    };
    let read = Learnt {
        happened: happened.parse().unwrap(),
        known: known.parse().unwrap(),
    };
    (Some(asked), read)
}

#[test]
fn each_call_on_a_persons_health_asks_the_command_it_names() {
    let who = || PERSON.to_owned();
    let cases: Vec<(HealthCall, HealthCommand)> = vec![
        (
            HealthCall::RecordAdmission(pb::RecordAdmissionRequest {
                person: who(),
                bed: bed().0,
                admitted: learnt().0,
                ..Default::default()
            }),
            HealthCommand::RecordAdmission {
                person: person(),
                bed: bed().1,
                admitted: learnt().1,
            },
        ),
        (
            HealthCall::RecordMove(pb::RecordMoveRequest {
                person: who(),
                bed: bed().0,
                moved: learnt().0,
                ..Default::default()
            }),
            HealthCommand::RecordMove {
                bed: bed().1,
                moved: learnt().1,
            },
        ),
        (
            HealthCall::RecordDischarge(pb::RecordDischargeRequest {
                person: who(),
                discharged: learnt().0,
                ..Default::default()
            }),
            HealthCommand::RecordDischarge {
                discharged: learnt().1,
            },
        ),
        (
            HealthCall::WithdrawStay(pb::WithdrawStayRequest {
                person: who(),
                stay: 2,
                reason: "同名误登".into(),
                ..Default::default()
            }),
            HealthCommand::WithdrawStay {
                stay: 2,
                reason: text("同名误登"),
            },
        ),
        (
            HealthCall::RecordCheckUp(pb::RecordCheckUpRequest {
                person: who(),
                on: "2026-03-01".into(),
                findings: "血压偏高".into(),
                feedback_needed: true,
                known: "2026-03-09".into(),
                ..Default::default()
            }),
            HealthCommand::RecordCheckUp {
                person: person(),
                on: date("2026-03-01"),
                findings: text("血压偏高"),
                feedback_needed: true,
                known: "2026-03-09".parse().unwrap(),
            },
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(read(call), (person(), expected));
    }
}

#[test]
fn an_empty_call_on_a_persons_health_is_told_all_it_lacks() {
    let admission = HealthCall::RecordAdmission(pb::RecordAdmissionRequest {
        bed: Some(pb::Bed::default()),
        admitted: Some(pb::Learnt::default()),
        ..Default::default()
    });
    let cases: Vec<(HealthCall, &[&str])> = vec![
        (
            HealthCall::RecordAdmission(Default::default()),
            &["person", "bed", "admitted"],
        ),
        (
            admission,
            &[
                "person",
                "bed.hospital",
                "admitted.happened",
                "admitted.known",
            ],
        ),
        (
            HealthCall::RecordMove(Default::default()),
            &["person", "bed", "moved"],
        ),
        (
            HealthCall::RecordDischarge(Default::default()),
            &["person", "discharged"],
        ),
        (
            HealthCall::WithdrawStay(Default::default()),
            &["person", "stay", "reason"],
        ),
        (
            HealthCall::RecordCheckUp(Default::default()),
            &["person", "on", "findings", "known"],
        ),
    ];
    for (call, lacking) in cases {
        assert_eq!(lacks(call), lacking);
    }
}
