//! Who can be aided, and what remains after a death.

use super::*;

#[test]
fn a_case_is_of_a_living_person_in_the_register() {
    given::<Hardship>([])
        .when(open(ILLNESS))
        .then_rejected(UnknownPerson);
    for (about, rejection) in [
        (superseded(ONE), RecordSuperseded),
        (died(ONE, "2026-04-01"), PersonDied),
    ] {
        for (history, command) in [
            (vec![], open(ILLNESS)),
            (vec![opened(ILLNESS, 1), closed()], reopen()),
        ] {
            given::<Hardship>(history)
                .about(about.clone())
                .when(command)
                .then_rejected(rejection.clone());
        }
    }
    assert_eq!(Hardship::default().concerns(&open(ILLNESS)), Some(ONE));
}

#[test]
fn aid_to_a_person_ends_with_their_death() {
    let dead = died(ONE, "2026-04-19");
    let assessed_case = vec![opened(ILLNESS, 1), assessed("li")];
    for (history, command) in [
        (vec![opened(ILLNESS, 1)], assess()),
        (assessed_case.clone(), approve(3_000)),
        (approved_case(), pay("P-1", 1_000)),
        (approved_case(), follow_up("2026-04-20")),
    ] {
        given::<Hardship>(history)
            .about(dead.clone())
            .by("zhao")
            .when(command)
            .then_rejected(PersonDied);
    }
}

#[test]
fn after_a_death_a_case_can_be_ended_and_corrected() {
    let dead = died(ONE, "2026-04-20");
    let paid_case = and(approved_case(), [paid("zhao", "P-1", 1_000)]);
    for (history, command, event) in [
        (
            approved_case(),
            pay("P-1", 1_000),
            paid("zhao", "P-1", 1_000),
        ),
        (paid_case.clone(), reverse("P-1"), reversed("P-1", 1_000)),
        (
            paid_case.clone(),
            follow_up("2026-04-20"),
            followed_up("2026-04-20"),
        ),
        (paid_case, close(), closed()),
        (
            vec![opened(ILLNESS, 1), assessed("li")],
            decline(),
            declined("zhao"),
        ),
    ] {
        given::<Hardship>(history)
            .about(dead.clone())
            .by("zhao")
            .when(command)
            .then([event]);
    }
}

#[test]
fn the_survivors_of_a_dead_cadre_are_aided_like_anyone() {
    let dead = died(ONE, "2019-01-01");
    let history = vec![
        opened(SURVIVOR, 1),
        assessed("li"),
        granted("wang", 3_000),
        paid_today("P-1", 1_000),
    ];
    let commands = [
        ("clerk", open(SURVIVOR)),
        ("li", assess()),
        ("wang", approve(3_000)),
        ("zhao", pay_today("P-1", 1_000)),
    ];
    for (done, (by, command)) in commands.into_iter().enumerate() {
        given::<Hardship>(history[..done].to_vec())
            .about(dead.clone())
            .by(by)
            .when(command)
            .then([history[done].clone()]);
    }
    given::<Hardship>(history)
        .about(dead)
        .when(take_over(SURVIVOR, "L-1", 500))
        .then([taken_over("L-1", 500)]);
}
