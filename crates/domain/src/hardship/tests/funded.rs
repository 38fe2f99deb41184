//! Approvals whose money a fund keeps.

use super::*;

/// Approved on 2026-05-01 by wang from the fund: 3,000 yuan.
fn funded_case() -> Vec<HardshipEvent> {
    vec![opened(ILLNESS, 1), assessed("li"), granted("wang", 3_000)]
}

fn lapse(n: u128) -> HardshipCommand {
    LapseApproval {
        reserved: reserved(n),
    }
}

#[test]
fn nothing_is_paid_before_the_day_of_approval() {
    case(funded_case())
        .by("zhao")
        .when(pay_on("P-1", 1_000, "2026-04-30"))
        .then_rejected(PaidBeforeApproval {
            approved_on: day("2026-05-01"),
        });
    case(funded_case())
        .by("zhao")
        .when(pay_today("P-1", 1_000))
        .then([paid_today("P-1", 1_000)]);
    // What was approved before funds were kept does not tell its day.
    case(approved_case())
        .by("zhao")
        .when(pay("P-1", 1_000))
        .then([paid("zhao", "P-1", 1_000)]);
}

#[test]
fn the_same_decision_again_is_one_decision_whatever_was_reserved_for_it() {
    let again = |n| Approve {
        reserved: reserved(n),
        amount: Fen::yuan(3_000),
        document: text("批〔2026〕3号"),
    };
    for n in [1, 2] {
        case(funded_case())
            .by("wang")
            .at("2026-05-02T01:00:00Z")
            .when(again(n))
            .then([]);
    }
}

#[test]
fn an_approval_stands_or_has_lapsed_whichever_came_first() {
    case(funded_case())
        .when(lapse(1))
        .then_rejected(AlreadyApproved);
    let history = vec![opened(ILLNESS, 1), assessed("li")];
    case(history.clone()).when(lapse(1)).then([lapsed(1)]);
    let history = and(history, [lapsed(1)]);
    case(history.clone()).when(lapse(1)).then([]);
    case(history.clone())
        .by("wang")
        .when(approve(3_000))
        .then_rejected(ApprovalLapsed);
    let next = Approve {
        reserved: reserved(2),
        amount: Fen::yuan(3_000),
        document: text("批〔2026〕3号"),
    };
    assert!(case(history).by("wang").when(next).result.is_ok());
    case([]).when(lapse(1)).then_rejected(NotOpened);
}

#[test]
fn money_reserved_once_is_approved_once() {
    let history = and(
        funded_case(),
        [
            rest_released(3_000),
            closed(),
            opened(ILLNESS, 2),
            assessed("li"),
        ],
    );
    case(history)
        .by("wang")
        .when(approve(3_000))
        .then_rejected(AlreadyApproved);
}

#[test]
fn a_closed_case_gives_back_what_it_has_not_paid() {
    let history = and(funded_case(), [paid_today("P-1", 1_000)]);
    case(history.clone())
        .when(close())
        .then([rest_released(2_000), closed()]);
    // Reopened it has nothing left to pay.
    let history = and(history, [rest_released(2_000), closed(), reopened()]);
    assert_eq!(fold(history.clone()).approved(), Fen::yuan(1_000));
    case(history)
        .by("zhao")
        .when(pay_today("P-2", 1))
        .then_rejected(OverApproved { left: Fen::ZERO });
    // Paid out, or approved before funds were kept, it gives nothing back.
    for history in [
        and(funded_case(), [paid_today("P-1", 3_000)]),
        approved_case(),
    ] {
        case(history).when(close()).then([closed()]);
    }
}

#[test]
fn what_is_reversed_stays_with_an_open_case_and_leaves_a_closed_one() {
    let open_case = and(funded_case(), [paid_today("P-1", 1_000)]);
    case(open_case.clone())
        .when(reverse("P-1"))
        .then([reversed("P-1", 1_000)]);
    let shut = and(open_case, [rest_released(2_000), closed()]);
    case(shut.clone())
        .when(reverse("P-1"))
        .then([reversed("P-1", 1_000), rest_released(1_000)]);
    // Also where the next case is open already.
    case(and(shut, [opened(ILLNESS, 2)]))
        .when(reverse("P-1"))
        .then([reversed("P-1", 1_000), rest_released(1_000)]);
}

#[test]
fn a_survivor_is_aided_in_the_name_of_the_dead_cadre() {
    let open_for = |ground, recipient| Open {
        of: HardshipId {
            person: ONE,
            ground,
        },
        situation: text("遗属生活困难"),
        recipient: Some(recipient),
        known: None,
    };
    let bereaved = Person {
        survivors: vec![Survivor {
            name: text("示范遗属"),
            relation: text("配偶"),
            phone: None,
        }],
        ..died(ONE, "2026-04-01")
    };
    let opened_for_her = HardshipOpened {
        person: ONE,
        ground: Ground::Survivor,
        case: 1,
        situation: Some(text("遗属生活困难")),
        recipient: Some(widow()),
        known: None,
    };
    let ask = |about: &Person, command| given::<Hardship>([]).about(about.clone()).when(command);
    ask(&bereaved, open_for(Ground::Survivor, widow())).then([opened_for_her.into()]);
    let stranger = Recipient {
        relation: text("子女"),
        ..widow()
    };
    ask(&bereaved, open_for(Ground::Survivor, stranger)).then_rejected(NotASurvivor);
    ask(
        &died(ONE, "2026-04-01"),
        open_for(Ground::Survivor, widow()),
    )
    .then_rejected(NotASurvivor);
    ask(&person(ONE), open_for(Ground::LivingDifficulty, widow()))
        .then_rejected(RecipientNotOnThisGround);
}
