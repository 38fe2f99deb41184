//! What is paid, by whom, and how it is undone.

use super::*;

#[test]
fn whoever_assessed_or_approved_a_case_does_not_pay_it() {
    case(approved_case())
        .by("li")
        .when(pay("P-1", 1_000))
        .then_rejected(PayerIsAssessor);
    case(approved_case())
        .by("wang")
        .when(pay("P-1", 1_000))
        .then_rejected(PayerIsApprover);
    let history = [
        opened(ILLNESS, 1),
        assessed("li"),
        declined("wang"),
        assessed("sun"),
        approved("wang", 3_000),
    ];
    for (by, rejection) in [
        ("li", PayerIsAssessor),
        ("sun", PayerIsAssessor),
        ("wang", PayerIsApprover),
    ] {
        case(history.clone())
            .by(by)
            .when(pay("P-1", 1_000))
            .then_rejected(rejection);
    }
}

#[test]
fn no_more_is_paid_than_was_approved() {
    let history = and(approved_case(), [paid("zhao", "P-1", 2_500)]);
    case(history.clone())
        .by("zhao")
        .when(pay("P-2", 501))
        .then_rejected(OverApproved {
            left: Fen::yuan(500),
        });
    case(history)
        .by("zhao")
        .when(pay("P-2", 500))
        .then([paid("zhao", "P-2", 500)]);
}

#[test]
fn money_is_more_than_nothing() {
    case([opened(ILLNESS, 1), assessed("li")])
        .when(approve(0))
        .then_rejected(AmountZero);
    for command in [pay("P-1", 0), take_over(ILLNESS, "L-1", 0)] {
        case(approved_case())
            .when(command)
            .then_rejected(AmountZero);
    }
}

#[test]
fn nothing_is_paid_or_followed_up_in_the_future() {
    let date = calendar::When::Day(day("2026-05-02"));
    let ledger = TakeOverPayment {
        of: ILLNESS,
        voucher: text("L-1"),
        year: 2026,
        amount: Fen::yuan(1),
        paid_on: date.date(),
        remark: None,
    };
    for command in [
        pay_on("P-1", 1, "2026-05-02"),
        follow_up("2026-05-02"),
        ledger,
    ] {
        case(approved_case())
            .when(command)
            .then_rejected(InTheFuture { date });
    }
}

#[test]
fn a_voucher_stands_for_one_payment() {
    let history = and(approved_case(), [paid("zhao", "P-1", 1_000)]);
    for by in ["zhao", "sun"] {
        case(history.clone())
            .by(by)
            .when(pay("P-1", 1_000))
            .then([]);
    }
    let ledger = and(approved_case(), [taken_over("L-1", 500)]);
    for (history, command) in [
        (&history, pay("P-1", 900)),
        (&history, pay_on("P-1", 1_000, "2026-04-21")),
        (&history, take_over(ILLNESS, "P-1", 1_000)),
        (&ledger, pay("L-1", 500)),
        (&ledger, take_over(ILLNESS, "L-1", 400)),
    ] {
        case(history.clone())
            .by("zhao")
            .when(command.clone())
            .then_rejected(VoucherReused);
        // Also in the next case.
        case(and(history.clone(), [closed(), opened(ILLNESS, 2)]))
            .by("zhao")
            .when(command)
            .then_rejected(VoucherReused);
    }
}

#[test]
fn a_reversed_payment_frees_its_amount_and_its_voucher_is_spent() {
    let history = and(approved_case(), [paid("zhao", "P-1", 3_000)]);
    case(history.clone())
        .when(reverse("P-1"))
        .then([reversed("P-1", 3_000)]);
    let history = and(history, [reversed("P-1", 3_000)]);
    case(history.clone()).when(reverse("P-1")).then([]);
    assert_eq!(fold(history.clone()).disbursed(), Fen::ZERO);
    assert_eq!(fold(history.clone()).left(), Fen::yuan(3_000));
    case(history.clone())
        .by("zhao")
        .when(pay("P-1", 3_000))
        .then_rejected(PaymentReversed);
    case(history)
        .by("zhao")
        .when(pay("P-2", 3_000))
        .then([paid("zhao", "P-2", 3_000)]);
}

#[test]
fn only_a_payment_can_be_reversed_but_also_in_a_closed_case() {
    case(approved_case())
        .when(reverse("P-1"))
        .then_rejected(NoSuchPayment);
    case(and(approved_case(), [paid("zhao", "P-1", 900), closed()]))
        .when(reverse("P-1"))
        .then([reversed("P-1", 900)]);
}

#[test]
fn what_was_approved_and_paid_in_one_case_does_not_count_in_the_next() {
    let next = [closed(), opened(ILLNESS, 2), assessed("li")];
    let history = and(and(approved_case(), [paid("zhao", "P-1", 1_000)]), next);
    assert_eq!(fold(history.clone()).left(), Fen::ZERO);
    case(history.clone())
        .by("zhao")
        .when(pay("P-2", 1))
        .then_rejected(NotApproved);
    let history = and(history, [approved("wang", 600)]);
    assert_eq!(fold(history).left(), Fen::yuan(600));
}
