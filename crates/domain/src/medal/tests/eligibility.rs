use super::*;
use crate::testing::{rules, superseded};

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
                why: MedalDoubt::ProbationContradiction,
            },
            StandingDoubtful,
        ),
        (
            doubtful(StandingBasis::Missing),
            Eligibility::Doubtful {
                why: MedalDoubt::StandingMissing,
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
fn what_makes_standing_doubtful_and_what_does_not() {
    let early = Some(date("1952-01-01"));
    for (joined_on, starts_on, basis, born_on, why) in [
        (
            "1966-05-05",
            None,
            StandingBasis::Missing,
            None,
            Some("standing_missing"),
        ),
        (
            "1972-05-20",
            None,
            StandingBasis::Contradiction,
            None,
            Some("probation_contradiction"),
        ),
        (
            "1972-05-20",
            None,
            StandingBasis::Gap,
            None,
            Some("membership_gap"),
        ),
        // Seventeen, eighteen, and of an unknown age.
        (
            "1969-12-31",
            Some("1969-12-31"),
            StandingBasis::NoProbation,
            early,
            Some("joined_under_age"),
        ),
        (
            "1970-01-01",
            Some("1970-01-01"),
            StandingBasis::NoProbation,
            early,
            None,
        ),
        (
            "1969-12-31",
            Some("1969-12-31"),
            StandingBasis::NoProbation,
            None,
            None,
        ),
        (
            "1968-12-31",
            Some("1969-12-31"),
            StandingBasis::FullMembership,
            early,
            Some("joined_under_age"),
        ),
        // A document settles every doubt.
        (
            "1969-12-31",
            Some("1969-12-31"),
            StandingBasis::Document,
            early,
            None,
        ),
        (
            "1966-05-05",
            Some("1971-01-01"),
            StandingBasis::Document,
            None,
            None,
        ),
    ] {
        let person = Person {
            born_on,
            standing: Some(Standing {
                joined_on: date(joined_on),
                starts_on: starts_on.map(date),
                basis,
            }),
            ..testing::person(ONE)
        };
        let found = match eligibility(&person, 2026, &rules().medal) {
            Eligibility::Doubtful { why } => Some(why.code()),
            Eligibility::Eligible { .. } => None,
            other => panic!("{joined_on}: {other:?}"),
        };
        assert_eq!(found, why, "{joined_on} {basis:?} {born_on:?}");
    }
}

#[test]
fn whoever_joined_too_late_is_not_doubtful_whatever_is_open() {
    for (joined_on, first_year) in [("1976-07-01", None), ("1976-07-02", Some(2027))] {
        for basis in [
            StandingBasis::Missing,
            StandingBasis::Contradiction,
            StandingBasis::Gap,
        ] {
            let person = Person {
                standing: Some(Standing {
                    joined_on: date(joined_on),
                    starts_on: None,
                    basis,
                }),
                ..testing::person(ONE)
            };
            let verdict = eligibility(&person, 2026, &rules().medal);
            match first_year {
                None => assert!(matches!(verdict, Eligibility::Doubtful { .. })),
                Some(first_year) => assert_eq!(verdict, Eligibility::NotYet { first_year }),
            }
        }
    }
}

#[test]
fn each_doubt_has_its_code_and_its_words() {
    for why in MedalDoubt::ALL {
        assert_eq!(serde_json::to_value(why).unwrap(), why.code());
        assert!(!why.en().is_empty() && !why.zh().is_empty());
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
