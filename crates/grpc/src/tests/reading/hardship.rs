use calendar::When;
use domain::{
    Fen, ReservationId, Unit,
    fund::FundId,
    hardship::{FundReservation, Ground, HardshipCommand, HardshipId, Recipient},
};

use super::{NEW, PERSON, date, lacks, person, read, text};
use crate::{hardship::HardshipCall, pb};

#[test]
fn each_call_on_a_hardship_case_asks_the_command_it_names() {
    let of = HardshipId {
        person: person(),
        ground: Ground::SeriousIllness,
    };
    let (person, ground) = (|| PERSON.to_owned(), pb::Ground::SeriousIllness.into());
    let cases: Vec<(HardshipCall, HardshipCommand)> = vec![
        (
            HardshipCall::Open(pb::OpenHardshipRequest {
                person: person(),
                ground,
                situation: "重病".into(),
                recipient: Some(pb::Recipient {
                    name: "示范遗属".into(),
                    relation: "配偶".into(),
                }),
                known: "2026-04-20".into(),
                ..Default::default()
            }),
            HardshipCommand::Open {
                of,
                situation: text("重病"),
                recipient: Some(Recipient {
                    name: text("示范遗属"),
                    relation: text("配偶"),
                }),
                known: Some(When::Day(date("2026-04-20"))),
            },
        ),
        (
            HardshipCall::Assess(pb::AssessHardshipRequest {
                person: person(),
                ground,
                finding: "属实".into(),
                recommended: 1,
                ..Default::default()
            }),
            HardshipCommand::Assess {
                finding: text("属实"),
                recommended: Fen(1),
            },
        ),
        (
            HardshipCall::Approve(pb::ApproveHardshipRequest {
                person: person(),
                ground,
                amount: 2,
                document: "批复".into(),
                fund: Some(pb::FundId {
                    unit: "老干部局".into(),
                    year: 2026,
                    source: "党费".into(),
                }),
                ..Default::default()
            }),
            HardshipCommand::Approve {
                reserved: FundReservation {
                    fund: FundId {
                        unit: Unit(text("老干部局")),
                        year: 2026,
                        source: text("党费"),
                    },
                    reservation: ReservationId(NEW),
                },
                amount: Fen(2),
                document: text("批复"),
            },
        ),
        (
            HardshipCall::Decline(pb::DeclineHardshipRequest {
                person: person(),
                ground,
                reason: "不符".into(),
                ..Default::default()
            }),
            HardshipCommand::Decline {
                reason: text("不符"),
            },
        ),
        (
            HardshipCall::Disburse(pb::DisburseHardshipRequest {
                person: person(),
                ground,
                voucher: "凭1".into(),
                amount: 3,
                paid_on: "2026-01-03".into(),
                ..Default::default()
            }),
            HardshipCommand::Disburse {
                voucher: text("凭1"),
                amount: Fen(3),
                paid_on: date("2026-01-03"),
            },
        ),
        (
            HardshipCall::Reverse(pb::ReverseHardshipRequest {
                person: person(),
                ground,
                voucher: "凭1".into(),
                reason: "重复".into(),
                ..Default::default()
            }),
            HardshipCommand::Reverse {
                voucher: text("凭1"),
                reason: text("重复"),
            },
        ),
        (
            HardshipCall::FollowUp(pb::FollowUpHardshipRequest {
                person: person(),
                ground,
                on: "2026-01-04".into(),
                findings: "好转".into(),
                ..Default::default()
            }),
            HardshipCommand::FollowUp {
                on: date("2026-01-04"),
                findings: text("好转"),
            },
        ),
        (
            HardshipCall::Close(pb::CloseHardshipRequest {
                person: person(),
                ground,
                reason: "解困".into(),
                ..Default::default()
            }),
            HardshipCommand::Close {
                reason: text("解困"),
            },
        ),
        (
            HardshipCall::Reopen(pb::ReopenHardshipRequest {
                person: person(),
                ground,
                reason: "复发".into(),
                ..Default::default()
            }),
            HardshipCommand::Reopen {
                reason: text("复发"),
            },
        ),
        (
            HardshipCall::TakeOverPayment(pb::TakeOverHardshipPaymentRequest {
                person: person(),
                ground,
                voucher: "旧1".into(),
                year: 2019,
                amount: 4,
                paid_on: "2019-12-01".into(),
                remark: "台账".into(),
                ..Default::default()
            }),
            HardshipCommand::TakeOverPayment {
                of,
                voucher: text("旧1"),
                year: 2019,
                amount: Fen(4),
                paid_on: date("2019-12-01"),
                remark: Some(text("台账")),
            },
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(read(call), (of, expected));
    }
}

#[test]
fn an_empty_call_on_a_hardship_case_is_told_all_it_lacks() {
    let cases: Vec<(HardshipCall, &[&str])> = vec![
        (HardshipCall::Open(Default::default()), &["situation"]),
        (HardshipCall::Assess(Default::default()), &["finding"]),
        (
            HardshipCall::Approve(Default::default()),
            &["document", "fund"],
        ),
        (HardshipCall::Decline(Default::default()), &["reason"]),
        (
            HardshipCall::Disburse(Default::default()),
            &["voucher", "paid_on"],
        ),
        (
            HardshipCall::Reverse(Default::default()),
            &["voucher", "reason"],
        ),
        (
            HardshipCall::FollowUp(Default::default()),
            &["on", "findings"],
        ),
        (HardshipCall::Close(Default::default()), &["reason"]),
        (HardshipCall::Reopen(Default::default()), &["reason"]),
        (
            HardshipCall::TakeOverPayment(Default::default()),
            &["voucher", "year", "paid_on"],
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(lacks(call), [&["person", "ground"], expected].concat());
    }
}
