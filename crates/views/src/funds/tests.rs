use domain::{
    CarryOverId, Fen, ReservationId,
    fund::{
        Fund, FundBudgetSet, FundCarriedIn, FundCarriedOut, FundClosed, FundEvent, FundId,
        FundReleased, FundReserved, FundSpendingReversed, FundSpent,
    },
    hardship::{
        FundReservation, Ground, Hardship, HardshipApprovalLapsed, HardshipApproved,
        HardshipCaseId, HardshipDisbursed, HardshipEvent, HardshipId, HardshipOpened,
        HardshipRestReleased, HardshipReversed,
    },
};
use uuid::Uuid;

use super::{
    DifferenceKind, FundAmounts, FundFilter, FundReport, FundRow, differences, pending, report,
};
use crate::testing::{Past, date, person, staff, text, unit};

const GROUND: Ground = Ground::SeriousIllness;
const RESERVATION: ReservationId = ReservationId(Uuid::from_u128(1));
const CARRY_OVER: CarryOverId = CarryOverId(Uuid::from_u128(9));

fn fund(year: i16) -> FundId {
    FundId {
        unit: unit("老干部局"),
        year,
        source: text("财政拨款"),
    }
}

fn in_fund(past: &mut Past, year: i16, event: impl Into<FundEvent>) {
    past.then::<Fund>(fund(year), &[], event.into());
}

fn in_case(past: &mut Past, event: impl Into<HardshipEvent>) {
    let id = HardshipId {
        person: person(1),
        ground: GROUND,
    };
    past.then::<Hardship>(id, &[person(1)], event.into());
}

fn budget(past: &mut Past, year: i16, yuan: u64) {
    let set = FundBudgetSet {
        fund: fund(year),
        amount: Fen::yuan(yuan),
        document: text("财预1号"),
    };
    in_fund(past, year, set);
}

fn opened(past: &mut Past) {
    let opened = HardshipOpened {
        person: person(1),
        ground: GROUND,
        case: 1,
        situation: None,
        recipient: None,
        known: None,
    };
    in_case(past, opened);
}

fn reserved(yuan: u64) -> FundReserved {
    FundReserved {
        reservation: RESERVATION,
        case: HardshipCaseId {
            person: person(1),
            ground: GROUND,
            case: 1,
        },
        amount: Fen::yuan(yuan),
        approver: staff("approver"),
        document: text("帮扶1号"),
    }
}

fn money() -> FundReservation {
    FundReservation {
        fund: fund(2026),
        reservation: RESERVATION,
    }
}

fn approved(yuan: u64) -> HardshipApproved {
    HardshipApproved {
        approver: staff("approver"),
        amount: Fen::yuan(yuan),
        document: text("帮扶1号"),
        reserved: Some(money()),
        approved_on: Some(date("2026-01-02")),
    }
}

fn paid(yuan: u64) -> HardshipDisbursed {
    HardshipDisbursed {
        payer: staff("payer"),
        voucher: text("凭1"),
        amount: Fen::yuan(yuan),
        paid_on: date("2026-01-05"),
        batch: None,
    }
}

fn spent(yuan: u64) -> FundSpent {
    FundSpent {
        reservation: RESERVATION,
        voucher: text("凭1"),
        amount: Fen::yuan(yuan),
        paid_on: date("2026-01-05"),
    }
}

fn undone(yuan: u64) -> HardshipReversed {
    HardshipReversed {
        voucher: text("凭1"),
        amount: Fen::yuan(yuan),
        reason: text("账号有误"),
    }
}

fn rows(past: &Past) -> Vec<FundRow> {
    report(&past.rows(), &FundFilter::default()).unwrap()
}

/// What does not add up, and by how many yuan.
fn found(past: &Past) -> Vec<(DifferenceKind, u64)> {
    differences(&past.rows(), &FundFilter::default())
        .unwrap()
        .into_iter()
        .map(|d| (d.kind, d.amount.0 / 100))
        .collect()
}

#[test]
fn a_fund_shows_what_it_has_what_is_bound_and_what_was_spent() {
    let mut past = Past::default();
    budget(&mut past, 2026, 4_000);
    budget(&mut past, 2026, 5_000);
    opened(&mut past);
    in_fund(&mut past, 2026, reserved(3_000));
    in_case(&mut past, approved(3_000));
    in_case(&mut past, paid(1_000));
    in_fund(&mut past, 2026, spent(1_000));
    let out = FundCarriedOut {
        carry_over: CARRY_OVER,
        to: fund(2027),
        amount: Fen::yuan(500),
        document: text("结转1号"),
    };
    in_fund(&mut past, 2026, out);
    let carried = FundCarriedIn {
        carry_over: CARRY_OVER,
        fund: fund(2027),
        amount: Fen::yuan(500),
    };
    in_fund(&mut past, 2027, carried);
    let reason = text("年终");
    in_fund(&mut past, 2027, FundClosed { reason });

    let empty = FundRow {
        fund: fund(2027),
        amounts: FundAmounts {
            budget: Fen::yuan(500),
            free: Fen::yuan(500),
            carried_in: Fen::yuan(500),
            ..FundAmounts::default()
        },
        closed: Some(date("2026-01-01")),
    };
    let used = FundRow {
        fund: fund(2026),
        amounts: FundAmounts {
            budget: Fen::yuan(4_500),
            reserved: Fen::yuan(3_000),
            spent: Fen::yuan(1_000),
            free: Fen::yuan(1_500),
            carried_out: Fen::yuan(500),
            granted: Fen::yuan(3_000),
            disbursed: Fen::yuan(1_000),
            ..FundAmounts::default()
        },
        closed: None,
    };
    assert_eq!(rows(&past), [used, empty.clone()]);
    assert_eq!(found(&past), []);
    let of_the_year = FundFilter {
        year: Some(2027),
        unit: None,
    };
    assert_eq!(report(&past.rows(), &of_the_year).unwrap(), [empty]);
}

#[test]
fn what_was_undone_and_what_came_back_is_told_beside_what_stands() {
    let mut past = Past::default();
    budget(&mut past, 2026, 5_000);
    in_fund(&mut past, 2026, reserved(3_000));
    in_fund(&mut past, 2026, spent(1_000));
    let reversed = FundSpendingReversed {
        reservation: RESERVATION,
        voucher: text("凭1"),
        amount: Fen::yuan(1_000),
    };
    in_fund(&mut past, 2026, reversed);
    let again = FundSpent {
        voucher: text("凭2"),
        ..spent(400)
    };
    in_fund(&mut past, 2026, again);
    for yuan in [2_000, 600] {
        let released = FundReleased {
            reservation: RESERVATION,
            amount: Fen::yuan(yuan),
        };
        in_fund(&mut past, 2026, released);
    }
    let standing = FundAmounts {
        budget: Fen::yuan(5_000),
        reserved: Fen::yuan(400),
        spent: Fen::yuan(400),
        free: Fen::yuan(4_600),
        released: Fen::yuan(2_600),
        reversed: Fen::yuan(1_000),
        ..FundAmounts::default()
    };
    assert_eq!(rows(&past)[0].amounts, standing);
}

#[test]
fn a_total_counts_what_is_carried_over_once() {
    let mut past = Past::default();
    budget(&mut past, 2026, 5_000);
    let out = FundCarriedOut {
        carry_over: CARRY_OVER,
        to: fund(2027),
        amount: Fen::yuan(500),
        document: text("结转1号"),
    };
    in_fund(&mut past, 2026, out);
    let carried = FundCarriedIn {
        carry_over: CARRY_OVER,
        fund: fund(2027),
        amount: Fen::yuan(500),
    };
    in_fund(&mut past, 2027, carried);
    let report = FundReport {
        funds: rows(&past),
        differences: vec![],
    };
    let total = FundAmounts {
        budget: Fen::yuan(5_000),
        free: Fen::yuan(5_000),
        carried_in: Fen::yuan(500),
        carried_out: Fen::yuan(500),
        ..FundAmounts::default()
    };
    assert_eq!(report.total(), total);
}

#[test]
fn each_difference_is_named_until_its_second_step_is_done() {
    use DifferenceKind::{NotArrived, NotReleased, NotReversed, NotSpent, Undecided};
    let mut past = Past::default();
    budget(&mut past, 2026, 5_000);
    opened(&mut past);
    in_fund(&mut past, 2026, reserved(3_000));
    assert_eq!(found(&past), [(Undecided, 3_000)]);
    assert_eq!(pending(&past.rows()).unwrap().reservations, [money()]);
    in_case(&mut past, approved(3_000));
    assert_eq!(found(&past), []);

    in_case(&mut past, paid(1_000));
    assert_eq!(found(&past), [(NotSpent, 1_000)]);
    in_fund(&mut past, 2026, spent(1_000));
    assert_eq!(found(&past), []);

    in_case(&mut past, undone(1_000));
    assert_eq!(found(&past), [(NotReversed, 1_000)]);
    let reversed = FundSpendingReversed {
        reservation: RESERVATION,
        voucher: text("凭1"),
        amount: Fen::yuan(1_000),
    };
    in_fund(&mut past, 2026, reversed);
    assert_eq!(found(&past), []);

    let rest = HardshipRestReleased {
        reserved: money(),
        amount: Fen::yuan(3_000),
    };
    in_case(&mut past, rest);
    assert_eq!(found(&past), [(NotReleased, 3_000)]);
    let released = FundReleased {
        reservation: RESERVATION,
        amount: Fen::yuan(3_000),
    };
    in_fund(&mut past, 2026, released);
    assert_eq!(found(&past), []);

    let out = FundCarriedOut {
        carry_over: CARRY_OVER,
        to: fund(2027),
        amount: Fen::yuan(500),
        document: text("结转1号"),
    };
    in_fund(&mut past, 2026, out);
    assert_eq!(found(&past), [(NotArrived, 500)]);
    assert_eq!(pending(&past.rows()).unwrap().carry_overs, [fund(2026)]);
}

#[test]
fn an_approval_that_lapsed_claims_nothing() {
    let mut past = Past::default();
    budget(&mut past, 2026, 5_000);
    opened(&mut past);
    in_fund(&mut past, 2026, reserved(3_000));
    in_case(&mut past, HardshipApprovalLapsed { reserved: money() });
    assert_eq!(found(&past), [(DifferenceKind::NotReleased, 3_000)]);
}

#[test]
fn what_no_step_can_leave_is_named_too() {
    use DifferenceKind::{NotPaid, NotReserved};
    let begun = || {
        let mut past = Past::default();
        budget(&mut past, 2026, 5_000);
        opened(&mut past);
        past
    };
    let mut past = begun();
    in_case(&mut past, approved(3_000));
    assert_eq!(found(&past), [(NotReserved, 3_000)]);
    in_fund(&mut past, 2026, reserved(2_000));
    assert_eq!(found(&past), [(NotReserved, 1_000)]);

    let mut past = begun();
    in_fund(&mut past, 2026, reserved(3_000));
    in_case(&mut past, approved(3_000));
    in_fund(&mut past, 2026, spent(1_000));
    assert_eq!(found(&past), [(NotPaid, 1_000)]);
    in_case(&mut past, paid(900));
    assert_eq!(found(&past), [(NotPaid, 1_000)]);
}
