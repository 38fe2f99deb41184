use domain::{
    Fen, PaymentBatchId, Unit,
    fund::FundId,
    hardship::{Ground, HardshipCaseId, HardshipId},
    payment_batch::{PaymentBatchCommand, PaymentLine, PaymentList},
};

use super::{NEW, OTHER, PERSON, lacks, person, read, text};
use crate::{
    payment_batch::{Asked, PaymentBatchCall},
    pb,
};

fn asked() -> Option<pb::PaymentList> {
    Some(pb::PaymentList {
        title: "五一发放".into(),
        fund: Some(pb::FundId {
            unit: "老干部局".into(),
            year: 2026,
            source: "党费".into(),
        }),
        lines: vec![pb::PaymentLine {
            person: PERSON.into(),
            ground: pb::Ground::EmptyNest.into(),
            case: 2,
            amount: 3,
        }],
    })
}

fn list() -> PaymentList {
    PaymentList {
        title: text("五一发放"),
        fund: FundId {
            unit: Unit(text("老干部局")),
            year: 2026,
            source: text("党费"),
        },
        lines: vec![PaymentLine {
            case: HardshipCaseId {
                person: person(),
                ground: Ground::EmptyNest,
                case: 2,
            },
            amount: Fen(3),
        }],
    }
}

#[test]
fn each_call_on_a_list_asks_what_it_names() {
    let id = || OTHER.to_owned();
    let command = Asked::Command;
    let cases = [
        (
            PaymentBatchCall::Revise(pb::RevisePaymentBatchRequest {
                id: id(),
                list: asked(),
                ..Default::default()
            }),
            command(PaymentBatchCommand::Revise { list: list() }),
        ),
        (
            PaymentBatchCall::Approve(pb::ApprovePaymentBatchRequest {
                id: id(),
                document: "批8号".into(),
                ..Default::default()
            }),
            Asked::Approve(text("批8号")),
        ),
        (
            PaymentBatchCall::Discard(pb::DiscardPaymentBatchRequest {
                id: id(),
                reason: "重复".into(),
                ..Default::default()
            }),
            command(PaymentBatchCommand::Discard {
                reason: text("重复"),
            }),
        ),
        (
            PaymentBatchCall::Strike(pb::StrikePaymentBatchLineRequest {
                id: id(),
                person: PERSON.into(),
                ground: pb::Ground::EmptyNest.into(),
                reason: "放弃".into(),
                ..Default::default()
            }),
            Asked::Strike(
                HardshipId {
                    person: person(),
                    ground: Ground::EmptyNest,
                },
                text("放弃"),
            ),
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(read(call), (OTHER.parse().unwrap(), expected));
    }
    let draft = PaymentBatchCall::Draft(pb::DraftPaymentBatchRequest {
        list: asked(),
        ..Default::default()
    });
    let expected = command(PaymentBatchCommand::Draft { list: list() });
    assert_eq!(read(draft), (PaymentBatchId(NEW), expected));
}

#[test]
fn an_empty_call_on_a_list_is_told_what_it_lacks() {
    let draft = |list| {
        PaymentBatchCall::Draft(pb::DraftPaymentBatchRequest {
            list,
            ..Default::default()
        })
    };
    assert_eq!(lacks(draft(None)), ["list"]);
    let bare = pb::PaymentList {
        lines: vec![pb::PaymentLine::default()],
        ..Default::default()
    };
    assert_eq!(
        lacks(draft(Some(bare))),
        [
            "list.title",
            "list.fund",
            "list.lines[0].person",
            "list.lines[0].ground",
            "list.lines[0].case"
        ]
    );
    let revise = PaymentBatchCall::Revise(Default::default());
    assert_eq!(lacks(revise), ["id", "list"]);
    let approve = PaymentBatchCall::Approve(Default::default());
    assert_eq!(lacks(approve), ["id", "document"]);
    let discard = PaymentBatchCall::Discard(Default::default());
    assert_eq!(lacks(discard), ["id", "reason"]);
    let strike = PaymentBatchCall::Strike(Default::default());
    assert_eq!(lacks(strike), ["id", "person", "ground", "reason"]);
}
