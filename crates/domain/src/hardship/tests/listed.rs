//! What is paid by a list of recipients.

use super::*;
use crate::{hardship::HardshipCaseId, payment_batch::PaymentLine};

pub(super) const LIST: PaymentBatchId = PaymentBatchId(uuid::Uuid::from_u128(7));
const OTHER_LIST: PaymentBatchId = PaymentBatchId(uuid::Uuid::from_u128(8));

fn line(case: u32, yuan: u64) -> PaymentLine {
    PaymentLine {
        case: HardshipCaseId {
            person: ONE,
            ground: ILLNESS.ground,
            case,
        },
        amount: Fen::yuan(yuan),
    }
}

fn pay_line(batch: PaymentBatchId, case: u32, voucher: &str, yuan: u64) -> HardshipCommand {
    DisburseLine {
        batch,
        line: line(case, yuan),
        voucher: text(voucher),
        paid_on: day("2026-04-20"),
    }
}

pub(super) fn pay(voucher: &str, yuan: u64) -> HardshipCommand {
    pay_line(LIST, 1, voucher, yuan)
}

pub(super) fn strike() -> HardshipCommand {
    StrikeLine {
        batch: LIST,
        reason: text("本人放弃"),
    }
}

pub(super) fn paid(by: &str, voucher: &str, yuan: u64) -> HardshipEvent {
    HardshipDisbursed {
        payer: id(by),
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        paid_on: day("2026-04-20"),
        batch: Some(LIST),
    }
    .into()
}

pub(super) fn struck() -> HardshipEvent {
    HardshipLineStruck {
        batch: LIST,
        reason: text("本人放弃"),
    }
    .into()
}

#[test]
fn a_line_is_paid_once_under_whatever_voucher() {
    let history = and(approved_case(), [paid("zhao", "P-1", 1_000)]);
    case(approved_case())
        .by("zhao")
        .when(pay("P-1", 1_000))
        .then([paid("zhao", "P-1", 1_000)]);
    case(history.clone())
        .by("sun")
        .when(pay("P-1", 1_000))
        .then([]);
    case(history.clone())
        .by("zhao")
        .when(pay("P-2", 1_000))
        .then_rejected(LinePaid);
    case(history.clone())
        .by("zhao")
        .when(pay_line(OTHER_LIST, 1, "P-1", 1_000))
        .then_rejected(VoucherReused);
    let other = pay_line(OTHER_LIST, 1, "P-2", 1_000);
    assert_eq!(
        case(history).by("zhao").when(other).result.unwrap().len(),
        1
    );
}

#[test]
fn a_line_is_paid_or_struck_whichever_comes_first() {
    case(approved_case()).when(strike()).then([struck()]);
    let history = and(approved_case(), [struck()]);
    case(history.clone()).when(strike()).then([]);
    case(history.clone())
        .by("zhao")
        .when(pay("P-1", 1_000))
        .then_rejected(LineStruck);
    // The case itself is as it was.
    assert_eq!(fold(history).left(), Fen::yuan(3_000));
    case(and(approved_case(), [paid("zhao", "P-1", 1_000)]))
        .when(strike())
        .then_rejected(LinePaid);
}

#[test]
fn a_reversed_payment_leaves_the_line_to_be_paid_again_or_struck() {
    let history = and(
        approved_case(),
        [paid("zhao", "P-1", 1_000), reversed("P-1", 1_000)],
    );
    case(history.clone())
        .by("zhao")
        .when(pay("P-1", 1_000))
        .then_rejected(PaymentReversed);
    case(history.clone())
        .by("zhao")
        .when(pay("P-2", 1_000))
        .then([paid("zhao", "P-2", 1_000)]);
    case(history).when(strike()).then([struck()]);
}

#[test]
fn a_line_keeps_the_rules_of_every_payment() {
    for (by, history, refusal) in [
        ("li", approved_case(), PayerIsAssessor),
        ("wang", approved_case(), PayerIsApprover),
        ("zhao", and(approved_case(), [closed()]), Closed),
        (
            "zhao",
            and(approved_case(), [super::paid("zhao", "P-0", 2_500)]),
            OverApproved {
                left: Fen::yuan(500),
            },
        ),
    ] {
        case(history)
            .by(by)
            .when(pay("P-1", 1_000))
            .then_rejected(refusal);
    }
}

#[test]
fn a_line_is_of_one_case_and_not_of_the_next() {
    let next = [
        closed(),
        opened(ILLNESS, 2),
        assessed("li"),
        approved("wang", 3_000),
    ];
    case(and(approved_case(), next))
        .by("zhao")
        .when(pay("P-1", 1_000))
        .then_rejected(Closed);
}

#[test]
fn a_case_says_before_the_list_is_approved_whether_it_could_pay() {
    let granted_case = || [opened(ILLNESS, 1), assessed("li"), granted("wang", 3_000)].to_vec();
    let fund = reserved(1).fund;
    let next_year = fund.next_year();
    let (living, dead) = (person(ONE), died(ONE, "2026-04-01"));
    for (history, yuan, fund, about, said) in [
        (granted_case(), 3_000, &fund, Some(&living), Ok(())),
        (
            granted_case(),
            3_001,
            &fund,
            Some(&living),
            Err(OverApproved {
                left: Fen::yuan(3_000),
            }),
        ),
        (
            granted_case(),
            1,
            &next_year,
            Some(&living),
            Err(ApprovedFromAnotherFund),
        ),
        // Approved before funds were kept.
        (
            approved_case(),
            1,
            &fund,
            Some(&living),
            Err(ApprovedFromAnotherFund),
        ),
        (granted_case(), 1, &fund, Some(&dead), Err(PersonDied)),
        (granted_case(), 1, &fund, None, Err(UnknownPerson)),
        (
            and(granted_case(), [closed()]),
            1,
            &fund,
            Some(&living),
            Err(Closed),
        ),
        (
            vec![opened(ILLNESS, 1), assessed("li")],
            1,
            &fund,
            Some(&living),
            Err(NotApproved),
        ),
        (vec![], 1, &fund, Some(&living), Err(NotOpened)),
    ] {
        assert_eq!(fold(history).can_take(&line(1, yuan), fund, about), said);
    }
}
