use calendar::{Date, When};
use proptest::prelude::*;

use super::{
    MedalCommand::*,
    MedalRejection::{self, *},
    *,
};
use crate::{
    StaffId,
    cadre::{Person, Standing, StandingBasis},
    testing::{self, carry_out_twice, given, rules, staff, superseded, text},
};

const ONE: CadreId = CadreId(uuid::Uuid::from_u128(1));

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A living member whose standing is settled.
fn member(starts_on: &str) -> Person {
    Person {
        standing: Some(Standing {
            starts_on: Some(date(starts_on)),
            basis: StandingBasis::FullMembership,
        }),
        ..testing::person(ONE)
    }
}

/// The same, dead.
fn dead(on: &str) -> Person {
    Person {
        died_on: Some(date(on)),
        ..member("1970-01-01")
    }
}

fn doubtful(basis: StandingBasis) -> Person {
    Person {
        standing: Some(Standing {
            starts_on: None,
            basis,
        }),
        ..testing::person(ONE)
    }
}

fn nominate(year: i16) -> MedalCommand {
    Nominate { person: ONE, year }
}

fn attest() -> MedalCommand {
    Attest {
        branch: text("第一党支部"),
        statement: text("一贯表现良好"),
    }
}

fn approve() -> MedalCommand {
    Approve {
        document: text("组审〔2026〕3号"),
    }
}

fn decline() -> MedalCommand {
    Decline {
        reason: text("材料不全"),
    }
}

fn award() -> MedalCommand {
    Award {
        number: Some(text("0001")),
    }
}

fn present(on: &str) -> MedalCommand {
    Present {
        on: date(on),
        by: text("刘芳"),
    }
}

fn approval() -> MedalApproval {
    MedalApproval {
        by: text("市委组织部"),
        document: text("组函〔2026〕9号"),
    }
}

fn after_death(decision: AfterDeath) -> MedalCommand {
    DecideAfterDeath {
        decision,
        approval: approval(),
    }
}

fn replace() -> MedalCommand {
    Replace {
        reason: text("遗失"),
        approval: approval(),
    }
}

fn revoke() -> MedalCommand {
    Revoke {
        reason: text("开除党籍"),
        approval: approval(),
    }
}

fn nominated(year: i16) -> MedalEvent {
    MedalNominated {
        person: ONE,
        year,
        standing_starts_on: date("1970-01-01"),
    }
    .into()
}

fn attested() -> MedalEvent {
    MedalAttested {
        branch: text("第一党支部"),
        attester: StaffId(text("branch")),
        statement: text("一贯表现良好"),
    }
    .into()
}

fn approved() -> MedalEvent {
    MedalApproved {
        approver: StaffId(text("above")),
        document: text("组审〔2026〕3号"),
    }
    .into()
}

fn declined() -> MedalEvent {
    MedalDeclined {
        reason: text("材料不全"),
    }
    .into()
}

fn awarded() -> MedalEvent {
    MedalAwarded {
        year: 2026,
        number: Some(text("0001")),
    }
    .into()
}

fn presented(on: &str, to_family: bool) -> MedalEvent {
    MedalPresented {
        on: date(on),
        by: text("刘芳"),
        to_family,
    }
    .into()
}

fn decided(decision: AfterDeath) -> MedalEvent {
    MedalDecidedAfterDeath {
        decision,
        approval: approval(),
    }
    .into()
}

fn replaced() -> MedalEvent {
    MedalReplaced {
        reason: text("遗失"),
        approval: approval(),
    }
    .into()
}

fn revoked() -> MedalEvent {
    MedalRevoked {
        reason: text("开除党籍"),
        approval: approval(),
    }
    .into()
}

/// The way of a medal of 2026 up to its presentation, one event for each stage.
fn way() -> [MedalEvent; 5] {
    [
        nominated(2026),
        attested(),
        approved(),
        awarded(),
        presented("2026-06-28", false),
    ]
}

const NOMINATED: usize = 1;
const ATTESTED: usize = 2;
const APPROVED: usize = 3;
const AWARDED: usize = 4;
const PRESENTED: usize = 5;

/// The events that lead to a stage.
fn up_to(stage: usize) -> Vec<MedalEvent> {
    way().into_iter().take(stage).collect()
}

/// Those events and one more.
fn up_to_and(stage: usize, event: MedalEvent) -> Vec<MedalEvent> {
    up_to(stage).into_iter().chain([event]).collect()
}

/// At least one event of each name with all that it can hold, and one of each decision.
pub(crate) fn samples() -> Vec<MedalEvent> {
    way()
        .into_iter()
        .chain([
            presented("2026-07-05", true),
            MedalAwarded {
                year: 2026,
                number: None,
            }
            .into(),
            declined(),
            decided(AfterDeath::ToFamily),
            decided(AfterDeath::Withheld),
            replaced(),
            revoked(),
        ])
        .collect()
}

#[test]
fn fifty_years_of_standing_count_by_the_first_of_july() {
    for (starts_on, first_year) in [
        ("1976-07-01", 2026),
        ("1976-07-02", 2027),
        ("1976-02-29", 2026),
        ("1972-02-29", 2022),
        ("1976-12-31", 2027),
        ("1977-01-01", 2027),
        // Long before the medal was founded.
        ("1949-05-12", 2021),
        ("1971-07-01", 2021),
        ("1971-07-02", 2022),
    ] {
        let ask = |year| eligibility(&member(starts_on), year, &rules().medal);
        assert_eq!(
            ask(first_year - 1),
            Eligibility::NotYet { first_year },
            "{starts_on}"
        );
        for year in [first_year, first_year + 1] {
            assert_eq!(
                ask(year),
                Eligibility::Eligible {
                    starts_on: date(starts_on)
                },
                "{starts_on} in {year}"
            );
        }
    }
}

#[test]
fn the_numbers_of_the_medal_come_from_the_rules() {
    let mut rules = rules().medal;
    rules.years = 60;
    rules.first_year = 2040;
    assert_eq!(
        eligibility(&member("1976-07-01"), 2039, &rules),
        Eligibility::NotYet { first_year: 2040 }
    );
    assert_eq!(
        eligibility(&member("1985-07-02"), 2045, &rules),
        Eligibility::NotYet { first_year: 2046 }
    );
}

#[test]
fn whoever_cannot_be_given_the_medal_is_told_why() {
    let member = member("1970-01-01");
    for (person, verdict, rejection) in [
        (testing::person(ONE), Eligibility::NotAMember, NotAMember),
        (
            doubtful(StandingBasis::Contradiction),
            Eligibility::Doubtful {
                basis: StandingBasis::Contradiction,
            },
            StandingDoubtful,
        ),
        (
            doubtful(StandingBasis::Missing),
            Eligibility::Doubtful {
                basis: StandingBasis::Missing,
            },
            StandingDoubtful,
        ),
        (
            Person {
                died_on: Some(date("2026-02-10")),
                ..member.clone()
            },
            Eligibility::Died {
                died_on: date("2026-02-10"),
            },
            DiedBeforeCutOff,
        ),
        (
            Person {
                kept_as: superseded(ONE).kept_as,
                ..member
            },
            Eligibility::Superseded,
            RecordSuperseded,
        ),
        (
            self::member("1976-07-02"),
            Eligibility::NotYet { first_year: 2027 },
            NotYetEligible { first_year: 2027 },
        ),
    ] {
        assert_eq!(eligibility(&person, 2026, &rules().medal), verdict);
        given::<Medal>([])
            .about(person.clone())
            .when(nominate(2026))
            .then_rejected(rejection.clone());
        // The record may have changed since the nomination.
        given::<Medal>(up_to(ATTESTED))
            .by("above")
            .about(person)
            .when(approve())
            .then_rejected(rejection);
    }
}

#[test]
fn the_medal_is_for_those_who_live_on_the_first_of_july() {
    for (died_on, entitled) in [
        ("2025-12-31", false),
        ("2026-07-01", false),
        ("2026-07-02", true),
    ] {
        let verdict = eligibility(&dead(died_on), 2026, &rules().medal);
        let expected = if entitled {
            Eligibility::Eligible {
                starts_on: date("1970-01-01"),
            }
        } else {
            Eligibility::Died {
                died_on: date(died_on),
            }
        };
        assert_eq!(verdict, expected, "{died_on}");
    }
}

#[test]
fn a_member_with_fifty_years_is_put_forward() {
    given::<Medal>([])
        .about(member("1970-01-01"))
        .when(nominate(2026))
        .then([nominated(2026)]);
    given::<Medal>([])
        .when(nominate(2026))
        .then_rejected(UnknownPerson);
}

#[test]
fn nominations_are_for_the_years_of_the_medal_up_to_the_next() {
    let someone = || given::<Medal>([]).about(member("1970-01-01"));
    someone().when(nominate(2027)).then([nominated(2027)]);
    someone()
        .when(nominate(2028))
        .then_rejected(YearTooLate { latest: 2027 });
    someone()
        .when(nominate(2020))
        .then_rejected(NotYetEligible { first_year: 2021 });
}

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
fn approval_looks_at_the_record_again() {
    given::<Medal>(up_to(ATTESTED))
        .by("above")
        .when(approve())
        .then_rejected(UnknownPerson);
    // Since the nomination the first day of standing was corrected.
    given::<Medal>(up_to(ATTESTED))
        .by("above")
        .about(member("1977-01-01"))
        .when(approve())
        .then_rejected(NotYetEligible { first_year: 2027 });
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
fn death_between_approval_and_presentation_asks_for_a_decision() {
    let after = |history: Vec<MedalEvent>| {
        given::<Medal>(history)
            .at("2026-07-10T02:00:00Z")
            .about(dead("2026-06-20"))
    };
    after(up_to(AWARDED))
        .when(present("2026-06-28"))
        .then_rejected(DecisionNeeded);
    after(up_to(APPROVED)).when(award()).then([awarded()]);
    for decision in [AfterDeath::ToFamily, AfterDeath::Withheld] {
        for stage in [APPROVED, AWARDED] {
            after(up_to(stage))
                .when(after_death(decision))
                .then([decided(decision)]);
            after(up_to_and(stage, decided(decision)))
                .when(after_death(decision))
                .then([]);
        }
    }
    after(up_to_and(AWARDED, decided(AfterDeath::ToFamily)))
        .when(present("2026-06-28"))
        .then([presented("2026-06-28", true)]);
    after(up_to_and(AWARDED, decided(AfterDeath::Withheld)))
        .when(present("2026-06-28"))
        .then_rejected(Withheld);
    after(up_to_and(APPROVED, decided(AfterDeath::Withheld)))
        .when(award())
        .then_rejected(Withheld);
}

#[test]
fn a_decision_outlives_the_award_and_can_be_changed_until_the_presentation() {
    let withheld = up_to_and(APPROVED, decided(AfterDeath::Withheld));
    let family = withheld
        .into_iter()
        .chain([decided(AfterDeath::ToFamily), awarded()]);
    given::<Medal>(family)
        .at("2026-07-10T02:00:00Z")
        .about(dead("2026-06-20"))
        .when(present("2026-07-05"))
        .then([presented("2026-07-05", true)]);
}

#[test]
fn a_presentation_in_the_persons_lifetime_needs_no_decision() {
    given::<Medal>(up_to(AWARDED))
        .at("2026-07-10T02:00:00Z")
        .about(dead("2026-06-28"))
        .when(present("2026-06-28"))
        .then([presented("2026-06-28", false)]);
}

#[test]
fn what_was_decided_for_a_death_is_void_once_the_death_is_withdrawn() {
    given::<Medal>(up_to_and(AWARDED, decided(AfterDeath::Withheld)))
        .at("2026-07-10T02:00:00Z")
        .about(member("1970-01-01"))
        .when(present("2026-06-28"))
        .then([presented("2026-06-28", false)]);
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

#[test]
fn a_medal_belongs_to_the_person_whose_record_its_rules_look_at() {
    assert_eq!(Medal::default().subjects(), []);
    assert_eq!(Medal::default().concerns(&nominate(2026)), Some(ONE));
    let medal = given::<Medal>(up_to(NOMINATED)).state;
    assert_eq!(medal.subjects(), [ONE]);
    for (command, person) in [
        (approve(), Some(ONE)),
        (award(), Some(ONE)),
        (present("2026-06-28"), Some(ONE)),
        (after_death(AfterDeath::ToFamily), Some(ONE)),
        (replace(), Some(ONE)),
        (attest(), None),
        (decline(), None),
        (revoke(), None),
    ] {
        assert_eq!(medal.concerns(&command), person, "{command:?}");
    }
}

fn commands() -> impl Strategy<Value = MedalCommand> {
    let texts = || prop::sample::select(vec!["甲", "乙"]).prop_map(text);
    let approvals = || {
        texts().prop_map(|document| MedalApproval {
            document,
            ..approval()
        })
    };
    let decisions = prop::sample::select(vec![AfterDeath::ToFamily, AfterDeath::Withheld]);
    let days = prop::sample::select(vec!["2026-04-10", "2026-04-20", "2026-05-02"]);
    prop_oneof![
        3 => (2025..=2027i16).prop_map(nominate),
        3 => texts().prop_map(|branch| Attest { branch, statement: text("一贯表现良好") }),
        3 => texts().prop_map(|document| Approve { document }),
        1 => texts().prop_map(|reason| Decline { reason }),
        3 => prop::option::of(texts()).prop_map(|number| Award { number }),
        3 => (days, texts()).prop_map(|(on, by)| Present { on: date(on), by }),
        1 => (decisions, approvals())
            .prop_map(|(decision, approval)| DecideAfterDeath { decision, approval }),
        2 => (texts(), approvals()).prop_map(|(reason, approval)| Replace { reason, approval }),
        1 => (texts(), approvals()).prop_map(|(reason, approval)| Revoke { reason, approval }),
    ]
}

fn people() -> impl Strategy<Value = Person> {
    prop::sample::select(vec![
        member("1970-01-01"),
        dead("2026-04-15"),
        doubtful(StandingBasis::Missing),
    ])
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(
        stage in 0..=PRESENTED,
        commands in prop::collection::vec((prop::bool::ANY, commands()), 0..20),
        person in people(),
    ) {
        // The way up to a stage, as commands, so that every stage is reached.
        let way = [
            ("clerk", nominate(2026)),
            ("branch", attest()),
            ("above", approve()),
            ("above", award()),
            ("clerk", present("2026-04-20")),
        ];
        let actors = |above| if above { "above" } else { "branch" };
        let rest = commands.into_iter().map(|(above, c)| (actors(above), c));
        let all = way.into_iter().take(stage).chain(rest);
        carry_out_twice::<Medal>(all.map(|(actor, c)| (staff(actor), c)), &person);
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(prop::sample::select(samples()), 0..20),
        command in commands(),
        person in people(),
    ) {
        let _ = given::<Medal>(history).about(person).when(command).result;
    }
}
