use domain::{
    CarryOverId, Fen, Unit,
    fund::{FundCommand, FundId},
};

use super::{NEW, lacks, read, text};
use crate::{fund::FundCall, pb};

fn asked() -> Option<pb::FundId> {
    Some(pb::FundId {
        unit: "老干部局".into(),
        year: 2026,
        source: "党费".into(),
    })
}

#[test]
fn each_call_on_a_fund_asks_the_command_it_names() {
    let of = FundId {
        unit: Unit(text("老干部局")),
        year: 2026,
        source: text("党费"),
    };
    let cases: Vec<(FundCall, FundCommand)> = vec![
        (
            FundCall::SetBudget(pb::SetFundBudgetRequest {
                fund: asked(),
                amount: 1,
                document: "财预1号".into(),
                ..Default::default()
            }),
            FundCommand::SetBudget {
                of: of.clone(),
                amount: Fen(1),
                document: text("财预1号"),
            },
        ),
        (
            FundCall::CarryOver(pb::CarryOverFundRequest {
                fund: asked(),
                amount: 2,
                document: "结转1号".into(),
                ..Default::default()
            }),
            FundCommand::CarryOut {
                carry_over: CarryOverId(NEW),
                amount: Fen(2),
                document: text("结转1号"),
            },
        ),
        (
            FundCall::Close(pb::CloseFundRequest {
                fund: asked(),
                reason: "年终".into(),
                ..Default::default()
            }),
            FundCommand::Close {
                reason: text("年终"),
            },
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(read(call), (of.clone(), expected));
    }
}

#[test]
fn an_empty_call_on_a_fund_is_told_all_it_lacks() {
    let empty = || Some(pb::FundId::default());
    let cases: Vec<(FundCall, &[&str])> = vec![
        (
            FundCall::SetBudget(Default::default()),
            &["fund", "document"],
        ),
        (
            FundCall::CarryOver(Default::default()),
            &["fund", "document"],
        ),
        (FundCall::Close(Default::default()), &["fund", "reason"]),
        (
            FundCall::Close(pb::CloseFundRequest {
                fund: empty(),
                ..Default::default()
            }),
            &["fund.unit", "fund.year", "fund.source", "reason"],
        ),
    ];
    for (call, lacking) in cases {
        assert_eq!(lacks(call), lacking);
    }
}
