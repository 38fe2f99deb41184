//! From opening to close, and open again.

use super::*;

#[test]
fn a_case_goes_from_opening_to_close() {
    let steps = [
        ("clerk", open(ILLNESS), opened(ILLNESS, 1)),
        ("li", assess(), assessed("li")),
        ("wang", approve(3_000), granted("wang", 3_000)),
        ("zhao", pay_today("P-1", 1_000), paid_today("P-1", 1_000)),
        ("zhao", pay_today("P-2", 2_000), paid_today("P-2", 2_000)),
        ("li", follow_up("2026-04-25"), followed_up("2026-04-25")),
        ("clerk", close(), closed()),
    ];
    let mut history = vec![];
    for (by, command, event) in steps {
        case(history.clone())
            .by(by)
            .when(command.clone())
            .then([event.clone()]);
        history.push(event);
        case(history.clone()).by(by).when(command).then([]);
    }
    let case = fold(history);
    assert_eq!(case.approved(), Fen::yuan(3_000));
    assert_eq!(case.disbursed(), Fen::yuan(3_000));
    assert_eq!(case.left(), Fen::ZERO);
    assert_eq!(case.subjects(), [ONE]);
}

#[test]
fn one_case_of_a_person_and_ground_is_open_at_most() {
    let other = Open {
        of: ILLNESS,
        situation: text("长期服药"),
        recipient: None,
        known: None,
    };
    case([opened(ILLNESS, 1)])
        .when(other)
        .then_rejected(AlreadyOpen);
    case([opened(ILLNESS, 1), closed()])
        .when(open(ILLNESS))
        .then([opened(ILLNESS, 2)]);
}

#[test]
fn a_closed_case_takes_nothing_more() {
    let history = and(approved_case(), [closed()]);
    for command in [
        assess(),
        approve(3_000),
        decline(),
        pay("P-1", 1),
        follow_up("2026-04-25"),
    ] {
        case(history.clone())
            .by("zhao")
            .when(command)
            .then_rejected(Closed);
    }
    case(history).when(close()).then([]);
}

#[test]
fn a_case_can_be_closed_at_any_stage_and_is_reopened_where_it_was() {
    for stages in 1..=3 {
        let history: Vec<_> = approved_case().into_iter().take(stages).collect();
        case(history.clone()).when(close()).then([closed()]);
        let shut = and(history.clone(), [closed()]);
        case(shut.clone()).when(reopen()).then([reopened()]);
        assert_eq!(fold(and(shut, [reopened()])), fold(history));
    }
    case(approved_case()).when(reopen()).then([]);
    let history = and(
        approved_case(),
        [paid("zhao", "P-1", 2_000), closed(), reopened()],
    );
    case(history)
        .by("zhao")
        .when(pay("P-2", 1_001))
        .then_rejected(OverApproved {
            left: Fen::yuan(1_000),
        });
}

#[test]
fn without_a_case_there_is_nothing_to_go_on_with() {
    for command in [
        assess(),
        approve(1),
        decline(),
        pay("P-1", 1),
        follow_up("2026-04-25"),
        close(),
        reopen(),
    ] {
        case([]).when(command).then_rejected(NotOpened);
    }
    case([]).when(reverse("P-1")).then_rejected(NoSuchPayment);
}

#[test]
fn a_case_tells_when_the_bureau_learnt_of_it() {
    let known_on = |day_known: &str| Open {
        of: ILLNESS,
        situation: text("手术费用高"),
        recipient: None,
        known: Some(When::Day(day(day_known))),
    };
    let opened_known = HardshipEvent::from(HardshipOpened {
        person: ONE,
        ground: Ground::SeriousIllness,
        case: 1,
        situation: Some(text("手术费用高")),
        recipient: None,
        known: Some(When::Day(day("2026-04-20"))),
    });
    case([])
        .when(known_on("2026-04-20"))
        .then([opened_known.clone()]);
    case([opened_known.clone()])
        .when(known_on("2026-04-20"))
        .then([]);
    case([opened_known])
        .when(known_on("2026-04-21"))
        .then_rejected(AlreadyOpen);
    let date = When::Day(day("2099-01-01"));
    case([])
        .when(known_on("2099-01-01"))
        .then_rejected(InTheFuture { date });
}
