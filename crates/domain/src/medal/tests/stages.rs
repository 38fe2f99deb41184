use calendar::When;

use super::*;

#[test]
fn there_is_one_live_award_for_each_person() {
    for stage in NOMINATED..=PRESENTED {
        given::<Medal>(up_to(stage))
            .about(member("1970-01-01"))
            .when(nominate(2026))
            .then([]);
        given::<Medal>(up_to(stage))
            .about(member("1970-01-01"))
            .when(nominate(2027))
            .then_rejected(AlreadyLive { year: 2026 });
    }
}

#[test]
fn who_was_declined_may_be_put_forward_again() {
    for year in [2026, 2027] {
        given::<Medal>(up_to_and(NOMINATED, declined()))
            .about(member("1970-01-01"))
            .when(nominate(year))
            .then([nominated(year)]);
    }
    let again = up_to_and(AWARDED, nominated(2027));
    given::<Medal>(again)
        .by("branch")
        .when(attest())
        .then([attested()]);
}

#[test]
fn the_branch_attests_once() {
    given::<Medal>(up_to(NOMINATED))
        .by("branch")
        .when(attest())
        .then([attested()]);
    given::<Medal>(up_to(ATTESTED))
        .by("branch")
        .when(attest())
        .then([]);
    given::<Medal>(up_to(ATTESTED))
        .when(Attest {
            branch: text("第二党支部"),
            statement: text("一贯表现良好"),
        })
        .then_rejected(AlreadyAttested);
}

#[test]
fn whoever_attested_cannot_approve() {
    let attested = || given::<Medal>(up_to(ATTESTED)).about(member("1970-01-01"));
    attested()
        .by("branch")
        .when(approve())
        .then_rejected(ApproverIsAttester);
    attested().by("above").when(approve()).then([approved()]);
}

#[test]
fn a_nomination_can_be_declined_until_the_award() {
    for stage in [NOMINATED, ATTESTED, APPROVED] {
        given::<Medal>(up_to(stage))
            .when(decline())
            .then([declined()]);
    }
    for stage in [AWARDED, PRESENTED] {
        given::<Medal>(up_to(stage))
            .when(decline())
            .then_rejected(AlreadyAwarded);
    }
    given::<Medal>(up_to_and(NOMINATED, declined()))
        .when(decline())
        .then([]);
}

#[test]
fn what_is_approved_is_awarded_and_handed_over() {
    given::<Medal>(up_to(APPROVED))
        .about(member("1970-01-01"))
        .when(award())
        .then([awarded()]);
    given::<Medal>(up_to(AWARDED))
        .about(member("1970-01-01"))
        .at("2026-06-28T02:00:00Z")
        .when(present("2026-06-28"))
        .then([presented("2026-06-28", false)]);
    given::<Medal>(up_to(AWARDED))
        .about(member("1970-01-01"))
        .when(present("2026-06-28"))
        .then_rejected(InTheFuture {
            date: When::Day(date("2026-06-28")),
        });
}

#[test]
fn each_step_waits_for_the_one_before() {
    let steps: [(MedalCommand, [Option<MedalRejection>; 5]); 6] = [
        // Nominated, attested, approved, awarded, presented.
        (
            approve(),
            [
                Some(NotAttested),
                None,
                None,
                Some(AlreadyApproved),
                Some(AlreadyApproved),
            ],
        ),
        (
            award(),
            [
                Some(NotApproved),
                Some(NotApproved),
                None,
                None,
                Some(AlreadyAwarded),
            ],
        ),
        (
            present("2026-06-28"),
            [
                Some(NotAwarded),
                Some(NotAwarded),
                Some(NotAwarded),
                None,
                None,
            ],
        ),
        (
            after_death(AfterDeath::ToFamily),
            [
                Some(NotApproved),
                Some(NotApproved),
                Some(PersonLiving),
                Some(PersonLiving),
                Some(AlreadyPresented),
            ],
        ),
        (
            replace(),
            [
                Some(NotPresented),
                Some(NotPresented),
                Some(NotPresented),
                Some(NotPresented),
                None,
            ],
        ),
        (
            revoke(),
            [
                Some(NotAwarded),
                Some(NotAwarded),
                Some(NotAwarded),
                None,
                None,
            ],
        ),
    ];
    for (command, expected) in steps {
        for (stage, rejection) in (NOMINATED..).zip(expected) {
            let result = given::<Medal>(up_to(stage))
                .by("above")
                .at("2026-07-10T02:00:00Z")
                .about(member("1970-01-01"))
                .when(command.clone())
                .result;
            assert_eq!(result.err(), rejection, "{command:?} at stage {stage}");
        }
    }
}

#[test]
fn before_a_nomination_and_after_a_decline_there_is_nothing_to_go_on_with() {
    for history in [vec![], up_to_and(NOMINATED, declined())] {
        for command in [
            attest(),
            approve(),
            award(),
            present("2026-04-28"),
            after_death(AfterDeath::Withheld),
            replace(),
            revoke(),
        ] {
            given::<Medal>(history.clone())
                .about(member("1970-01-01"))
                .when(command)
                .then_rejected(NotNominated);
        }
    }
    given::<Medal>([])
        .when(decline())
        .then_rejected(NotNominated);
}

#[test]
fn a_medal_that_was_handed_over_is_replaced_in_the_persons_lifetime() {
    let holder = member("1970-01-01");
    given::<Medal>(up_to(PRESENTED))
        .about(holder.clone())
        .when(replace())
        .then([replaced()]);
    given::<Medal>(up_to_and(PRESENTED, replaced()))
        .about(holder)
        .when(replace())
        .then([]);
    given::<Medal>(up_to(PRESENTED))
        .about(dead("2026-08-01"))
        .when(replace())
        .then_rejected(PersonDied);
}

#[test]
fn a_revocation_is_final() {
    for stage in [AWARDED, PRESENTED] {
        given::<Medal>(up_to(stage))
            .when(revoke())
            .then([revoked()]);
    }
    let history = up_to_and(PRESENTED, revoked());
    given::<Medal>(history.clone()).when(revoke()).then([]);
    for command in [
        nominate(2026),
        nominate(2027),
        attest(),
        approve(),
        decline(),
        award(),
        present("2026-04-28"),
        after_death(AfterDeath::ToFamily),
        replace(),
    ] {
        given::<Medal>(history.clone())
            .about(member("1970-01-01"))
            .when(command)
            .then_rejected(MedalRejection::Revoked);
    }
}
