use super::{
    Fund, FundBudgetSet, FundCarriedIn, FundCarriedOut, FundClosed,
    FundCommand::{
        self, CarryIn, CarryOut, Close, Release, Reserve, ReverseSpending, SetBudget, Spend,
    },
    FundEvent, FundId,
    FundRejection::{
        AlreadyReserved, AnotherYear, BudgetBelowReserved, Closed, NoBudget, NoSuchPayment,
        NoSuchReservation, NothingCarried, OverBudget, OverReserved, ReleaseBelowSpent,
        ReservationTakenBack, Unspent, VoucherReused,
    },
    FundReleased, FundReserved, FundSpendingReversed, FundSpent,
};
use crate::{
    CadreId, CarryOverId, Fen, ReservationId, StaffId, Unit,
    hardship::{Ground, HardshipCaseId},
    testing::{Given, given, text},
};

mod properties;

/// One event of each name with all that it can hold.
pub(crate) fn samples() -> Vec<FundEvent> {
    vec![
        budget_set(10_000),
        reserved(1, 3_000),
        spent(1, "P-1", 1_000),
        reversed(1, "P-1", 1_000),
        released(1, 2_000),
        carried_out(500),
        carried_in(2026, 500),
        closed(),
    ]
}

fn id() -> FundId {
    FundId {
        unit: Unit(text("老干部局")),
        year: 2026,
        source: text("财政拨款"),
    }
}

fn set_budget(yuan: u64) -> FundCommand {
    SetBudget {
        of: id(),
        amount: Fen::yuan(yuan),
        document: text("财预〔2026〕1号"),
    }
}

fn budget_set(yuan: u64) -> FundEvent {
    FundBudgetSet {
        fund: id(),
        amount: Fen::yuan(yuan),
        document: text("财预〔2026〕1号"),
    }
    .into()
}

fn reservation(n: u128) -> ReservationId {
    ReservationId(uuid::Uuid::from_u128(n))
}

fn carry_over() -> CarryOverId {
    CarryOverId(uuid::Uuid::from_u128(9))
}

/// The first case of person `n`.
fn case(n: u128) -> HardshipCaseId {
    HardshipCaseId {
        person: CadreId(uuid::Uuid::from_u128(n)),
        ground: Ground::SeriousIllness,
        case: 1,
    }
}

fn reserve_for(n: u128, of: u128, yuan: u64) -> FundCommand {
    Reserve {
        reservation: reservation(n),
        case: case(of),
        amount: Fen::yuan(yuan),
        document: text("批〔2026〕3号"),
    }
}

/// For the case of the same number.
fn reserve(n: u128, yuan: u64) -> FundCommand {
    reserve_for(n, n, yuan)
}

fn reserved(n: u128, yuan: u64) -> FundEvent {
    FundReserved {
        reservation: reservation(n),
        case: case(n),
        amount: Fen::yuan(yuan),
        approver: StaffId(text("clerk")),
        document: text("批〔2026〕3号"),
    }
    .into()
}

fn release(n: u128, keep: u64) -> FundCommand {
    Release {
        reservation: reservation(n),
        keep: Fen::yuan(keep),
    }
}

fn released(n: u128, yuan: u64) -> FundEvent {
    FundReleased {
        reservation: reservation(n),
        amount: Fen::yuan(yuan),
    }
    .into()
}

fn spend(n: u128, voucher: &str, yuan: u64) -> FundCommand {
    Spend {
        reservation: reservation(n),
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        paid_on: "2026-04-20".parse().unwrap(),
    }
}

fn spent(n: u128, voucher: &str, yuan: u64) -> FundEvent {
    FundSpent {
        reservation: reservation(n),
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        paid_on: "2026-04-20".parse().unwrap(),
    }
    .into()
}

fn reverse(n: u128, voucher: &str) -> FundCommand {
    ReverseSpending {
        reservation: reservation(n),
        voucher: text(voucher),
    }
}

fn reversed(n: u128, voucher: &str, yuan: u64) -> FundEvent {
    FundSpendingReversed {
        reservation: reservation(n),
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
    }
    .into()
}

fn carry_out(yuan: u64) -> FundCommand {
    CarryOut {
        carry_over: carry_over(),
        amount: Fen::yuan(yuan),
        document: text("结转〔2026〕1号"),
    }
}

fn carried_out(yuan: u64) -> FundEvent {
    FundCarriedOut {
        carry_over: carry_over(),
        to: id().next_year(),
        amount: Fen::yuan(yuan),
        document: text("结转〔2026〕1号"),
    }
    .into()
}

fn carried_in(year: i16, yuan: u64) -> FundEvent {
    FundCarriedIn {
        carry_over: carry_over(),
        fund: FundId { year, ..id() },
        amount: Fen::yuan(yuan),
    }
    .into()
}

fn close() -> FundCommand {
    Close {
        reason: text("年终关账"),
    }
}

fn closed() -> FundEvent {
    FundClosed {
        reason: text("年终关账"),
    }
    .into()
}

fn fund(history: impl IntoIterator<Item = FundEvent>) -> Given<Fund> {
    given(history)
}

#[test]
fn one_fund_has_one_name_and_no_two_share_it() {
    let named = |unit: &str, year, source: &str| {
        FundId {
            unit: Unit(text(unit)),
            year,
            source: text(source),
        }
        .to_string()
    };
    assert_eq!(named("甲", 2026, "党费"), named("甲", 2026, "党费"));
    assert!(named("甲", 2026, "党费").starts_with("2026-"));
    assert_ne!(named("甲", 2026, "党费"), named("甲", 2025, "党费"));
    assert_ne!(named("甲乙", 2026, "丙"), named("甲", 2026, "乙丙"));
    assert_ne!(named("甲", 2026, "乙"), named("乙", 2026, "甲"));
}

#[test]
fn a_budget_is_raised_and_cut_but_not_below_what_is_bound() {
    fund([]).when(set_budget(10_000)).then([budget_set(10_000)]);
    let history = [budget_set(10_000), reserved(1, 3_000), carried_out(500)];
    fund(history.clone()).when(set_budget(10_000)).then([]);
    fund(history.clone())
        .when(set_budget(20_000))
        .then([budget_set(20_000)]);
    fund(history.clone())
        .when(set_budget(3_500))
        .then([budget_set(3_500)]);
    fund(history)
        .when(set_budget(3_499))
        .then_rejected(BudgetBelowReserved {
            least: Fen::yuan(3_500),
        });
    // What came from last year bears its part.
    fund([carried_in(2026, 500), budget_set(3_000), reserved(1, 3_000)])
        .when(set_budget(2_500))
        .then([budget_set(2_500)]);
}

#[test]
fn an_approval_reserves_what_is_free_to_the_last_fen() {
    let history = [budget_set(10_000), reserved(1, 3_000)];
    fund(history.clone())
        .when(reserve(2, 7_000))
        .then([reserved(2, 7_000)]);
    let mut one_fen_more = reserve(2, 7_000);
    if let Reserve { amount, .. } = &mut one_fen_more {
        *amount = Fen(700_001);
    }
    fund(history).when(one_fen_more).then_rejected(OverBudget {
        free: Fen::yuan(7_000),
    });
    fund([]).when(reserve(1, 1)).then_rejected(NoBudget);
    fund([carried_in(2026, 500)])
        .when(reserve(1, 500))
        .then([reserved(1, 500)]);
}

#[test]
fn a_payment_spends_no_more_than_is_reserved() {
    let history = [
        budget_set(10_000),
        reserved(1, 3_000),
        spent(1, "P-1", 1_000),
    ];
    fund(history.clone())
        .when(spend(1, "P-2", 2_000))
        .then([spent(1, "P-2", 2_000)]);
    fund(history.clone())
        .when(spend(1, "P-2", 2_001))
        .then_rejected(OverReserved {
            left: Fen::yuan(2_000),
        });
    fund(history.clone()).when(spend(1, "P-1", 1_000)).then([]);
    fund(history.clone())
        .when(spend(1, "P-1", 900))
        .then_rejected(VoucherReused);
    fund(history)
        .when(spend(2, "P-1", 1))
        .then_rejected(NoSuchReservation);
}

#[test]
fn a_reversed_payment_goes_back_to_its_reservation() {
    let history = [
        budget_set(3_000),
        reserved(1, 3_000),
        spent(1, "P-1", 3_000),
    ];
    fund(history.clone())
        .when(reverse(1, "P-1"))
        .then([reversed(1, "P-1", 3_000)]);
    fund(history.clone())
        .when(reverse(1, "P-2"))
        .then_rejected(NoSuchPayment);
    let history = history.into_iter().chain([reversed(1, "P-1", 3_000)]);
    let history: Vec<_> = history.collect();
    fund(history.clone()).when(reverse(1, "P-1")).then([]);
    let state = fund(history.clone()).state;
    assert_eq!(
        (state.spent(), state.reserved()),
        (Fen::ZERO, Fen::yuan(3_000))
    );
    fund(history)
        .when(spend(1, "P-2", 3_000))
        .then([spent(1, "P-2", 3_000)]);
}

#[test]
fn what_is_released_is_free_again_and_what_was_spent_stays() {
    let history = [
        budget_set(3_000),
        reserved(1, 3_000),
        spent(1, "P-1", 1_000),
    ];
    fund(history.clone())
        .when(release(1, 1_000))
        .then([released(1, 2_000)]);
    fund(history.clone())
        .when(release(1, 999))
        .then_rejected(ReleaseBelowSpent {
            spent: Fen::yuan(1_000),
        });
    fund(history.clone()).when(release(1, 3_000)).then([]);
    let history = history.into_iter().chain([released(1, 2_000)]);
    fund(history)
        .when(reserve(2, 2_000))
        .then([reserved(2, 2_000)]);
}

#[test]
fn an_approval_that_came_to_nothing_is_asked_for_anew() {
    let history = [budget_set(3_000), reserved(1, 3_000), released(1, 3_000)];
    fund(history.clone())
        .when(reserve(1, 3_000))
        .then_rejected(ReservationTakenBack);
    let mut again = reserve_for(2, 1, 3_000);
    let reserved_anew = fund(history).when(again.clone()).result.unwrap();
    assert_eq!(reserved_anew.len(), 1);
    // A case has one approval under way at most.
    if let Reserve {
        reservation: id, ..
    } = &mut again
    {
        *id = reservation(3);
    }
    fund([budget_set(9_000), reserved(1, 3_000)])
        .when(again)
        .then_rejected(AlreadyReserved);
}

#[test]
fn aid_comes_from_the_money_of_the_year_it_is_approved_in() {
    // In Beijing it is 2027 already.
    fund([budget_set(3_000)])
        .at("2026-12-31T16:00:00Z")
        .when(reserve(1, 1_000))
        .then_rejected(AnotherYear {
            year: 2026,
            today: 2027,
        });
    fund([budget_set(3_000)])
        .at("2026-12-31T15:59:59Z")
        .when(reserve(1, 1_000))
        .then([reserved(1, 1_000)]);
}

#[test]
fn what_is_free_is_carried_over_once_also_after_the_year_is_closed() {
    for history in [
        vec![budget_set(3_000), reserved(1, 2_500)],
        vec![budget_set(500), closed()],
    ] {
        fund(history.clone())
            .when(carry_out(500))
            .then([carried_out(500)]);
        fund(history.clone())
            .when(carry_out(501))
            .then_rejected(OverBudget {
                free: Fen::yuan(500),
            });
        fund(history.clone())
            .when(carry_out(0))
            .then_rejected(NothingCarried);
        let history = history.into_iter().chain([carried_out(500)]);
        fund(history).when(carry_out(500)).then([]);
    }
    fund([]).when(carry_out(1)).then_rejected(NoBudget);
    let carry_in = |year| CarryIn {
        carry_over: carry_over(),
        of: FundId { year, ..id() },
        amount: Fen::yuan(500),
    };
    fund([]).when(carry_in(2027)).then([carried_in(2027, 500)]);
    fund([carried_in(2027, 500)]).when(carry_in(2027)).then([]);
    fund([budget_set(1), closed()])
        .when(carry_in(2026))
        .then([carried_in(2026, 500)]);
}

#[test]
fn a_year_is_closed_when_nothing_is_left_to_pay() {
    let history = [budget_set(3_000), reserved(1, 1_000), spent(1, "P-1", 400)];
    fund(history.clone()).when(close()).then_rejected(Unspent {
        left: Fen::yuan(600),
    });
    let history: Vec<_> = history.into_iter().chain([released(1, 600)]).collect();
    fund(history.clone()).when(close()).then([closed()]);
    let history: Vec<_> = history.into_iter().chain([closed()]).collect();
    fund(history.clone()).when(close()).then([]);
    for command in [reserve(2, 1), set_budget(9_000)] {
        fund(history.clone()).when(command).then_rejected(Closed);
    }
    // A payment in error can still be undone.
    fund(history)
        .when(reverse(1, "P-1"))
        .then([reversed(1, "P-1", 400)]);
    fund([]).when(close()).then_rejected(NoBudget);
}
