use calendar::{IdNumber, When};

use super::{samples::every_field, *};
use crate::cadre::{
    CadreCommand::{Amend, RecordRetirement, Register},
    CadreRejection::*,
};

fn amend(changes: impl Into<Vec<Field>>) -> CadreCommand {
    Amend {
        changes: changes.into(),
        reason: text("核对档案"),
        document: None,
    }
}

fn amended(changes: impl Into<Vec<Field>>) -> CadreEvent {
    CadreAmended {
        changes: changes.into(),
        reason: text("核对档案"),
        document: None,
    }
    .into()
}

fn with(change: Field) -> RegisterCadre {
    let mut person = person();
    person.profile.set(&change);
    person
}

fn record_party(
    joined_on: &str,
    full_member_on: Option<&str>,
    standing_starts_on: Option<&str>,
) -> CadreCommand {
    CadreCommand::RecordPartyStanding(RecordPartyStanding {
        joined_on: date(joined_on),
        full_member_on: full_member_on.map(date),
        standing_starts_on: standing_starts_on.map(date),
        gap: None,
        evidence: text("入党志愿书"),
    })
}

#[test]
fn a_person_is_entered_with_what_is_known() {
    given::<Cadre>([])
        .when(Register(person()))
        .then([registered()]);
}

#[test]
fn a_registration_that_arrives_again_says_nothing_and_another_one_is_refused() {
    let corrected = amended([Field::Name(text("王建平"))]);
    for history in [
        vec![registered()],
        vec![registered(), corrected],
        vec![registered(), died("2026-02-10")],
        vec![
            registered(),
            duplicate(OTHER, DuplicateDecision::SamePerson),
        ],
    ] {
        given::<Cadre>(history).when(Register(person())).then([]);
    }
    given::<Cadre>([registered()])
        .when(Register(with(Field::Name(text("王建平")))))
        .then_rejected(AlreadyRegistered);
}

#[test]
fn an_id_number_may_disagree_with_the_recognised_birth_date_and_sex() {
    let number = IdNumber::parse("11010519491231002X").unwrap();
    let mut person = with(Field::IdNumber(Some(number)));
    person.profile.set(&Field::Sex(Some(Sex::Male)));
    given::<Cadre>([])
        .when(Register(person.clone()))
        .then([registered_as(person)]);
}

#[test]
fn a_person_may_be_no_retired_cadre_at_all() {
    let member = RegisterCadre {
        retirement: None,
        ..person()
    };
    given::<Cadre>([])
        .when(Register(member.clone()))
        .then([registered_as(member)]);
}

#[test]
fn lixiu_is_for_those_who_joined_the_revolution_before_the_republic() {
    let joined = |on| RegisterCadre {
        retirement: Some(lixiu(on)),
        ..person()
    };
    given::<Cadre>([])
        .when(Register(joined("1949-09-30")))
        .then([registered_as(joined("1949-09-30"))]);
    let too_late = JoinedRevolutionTooLate {
        joined_on: date("1949-10-01"),
        until: date("1949-09-30"),
    };
    given::<Cadre>([])
        .when(Register(joined("1949-10-01")))
        .then_rejected(too_late.clone());
    given::<Cadre>([registered()])
        .when(RecordRetirement {
            retirement: lixiu("1949-10-01"),
            document: None,
        })
        .then_rejected(too_late);
}

#[test]
fn a_ledgers_lixiu_without_approval_is_taken_as_it_stands() {
    let person = RegisterCadre {
        retirement: Some(Retirement::Lixiu {
            joined_revolution_on: date("1944-01-09"),
            approval: None,
        }),
        ..person()
    };
    given::<Cadre>([])
        .when(Register(person.clone()))
        .then([registered_as(person)]);
}

#[test]
fn dates_that_no_life_can_hold_are_refused() {
    let future = |on| InTheFuture {
        date: When::Day(date(on)),
    };
    let before_birth = |on| BeforeBirth { date: date(on) };
    for (change, rejection) in [
        (
            Field::BornOn(Some(date("2026-05-02"))),
            future("2026-05-02"),
        ),
        (
            Field::JoinedWorkOn(Some(date("2026-05-02"))),
            future("2026-05-02"),
        ),
        (
            Field::JoinedWorkOn(Some(date("1930-04-30"))),
            before_birth("1930-04-30"),
        ),
        (
            Field::RetiredOn(Some(date("1930-04-30"))),
            before_birth("1930-04-30"),
        ),
    ] {
        given::<Cadre>([])
            .when(Register(with(change.clone())))
            .then_rejected(rejection.clone());
        given::<Cadre>([registered()])
            .when(amend([change]))
            .then_rejected(rejection);
    }
    given::<Cadre>([])
        .when(Register(RegisterCadre {
            retirement: Some(lixiu("1930-04-30")),
            ..person()
        }))
        .then_rejected(before_birth("1930-04-30"));
    given::<Cadre>([registered()])
        .when(amend([
            Field::JoinedWorkOn(Some(date("1950-01-01"))),
            Field::RetiredOn(Some(date("1949-12-31"))),
        ]))
        .then_rejected(RetiredBeforeWork {
            retired_on: date("1949-12-31"),
            joined_work_on: date("1950-01-01"),
        });
}

#[test]
fn a_retirement_may_be_planned_and_a_day_of_life_may_be_the_first_or_today() {
    for change in [
        Field::JoinedWorkOn(Some(date("1930-05-01"))),
        Field::JoinedWorkOn(Some(date("2026-05-01"))),
        Field::RetiredOn(Some(date("2026-12-01"))),
        Field::BornOn(Some(date("2026-05-01"))),
    ] {
        given::<Cadre>([registered()])
            .when(amend([change.clone()]))
            .then([amended([change])]);
    }
}

#[test]
fn an_approval_dated_after_today_is_refused() {
    given::<Cadre>([registered()])
        .when(RecordRetirement {
            retirement: Retirement::Lixiu {
                joined_revolution_on: date("1947-02-01"),
                approval: Some(Approval {
                    on: date("2026-05-02"),
                    ..approval()
                }),
            },
            document: None,
        })
        .then_rejected(InTheFuture {
            date: When::Day(date("2026-05-02")),
        });
}

#[test]
fn a_birthday_is_a_day_that_some_year_has() {
    let solar = |month, day| Birthday::Solar { month, day };
    let lunar = |month, day| Birthday::Lunar { month, day };
    for (birthday, exists) in [
        (solar(2, 29), true),
        (solar(2, 30), false),
        (solar(4, 31), false),
        (solar(12, 31), true),
        (solar(13, 1), false),
        (solar(0, 1), false),
        (solar(1, 0), false),
        (lunar(2, 30), true),
        (lunar(12, 30), true),
        (lunar(1, 31), false),
        (lunar(13, 1), false),
        (lunar(0, 1), false),
        (lunar(1, 0), false),
    ] {
        let result = given::<Cadre>([registered()])
            .when(amend([Field::Birthday(Some(birthday))]))
            .result;
        assert_eq!(result.is_ok(), exists, "{birthday:?}");
        assert!(exists || matches!(result, Err(NoSuchBirthday { .. })));
    }
}

#[test]
fn only_what_differs_is_amended() {
    let phone = Field::Phone(Some(text("13900000000")));
    let same = Field::Name(text("王建国"));
    given::<Cadre>([registered()])
        .when(amend([same.clone(), phone.clone()]))
        .then([amended([phone.clone()])]);
    given::<Cadre>([registered(), amended([phone.clone()])])
        .when(amend([same, phone]))
        .then([]);
    given::<Cadre>([registered()]).when(amend([])).then([]);
}

#[test]
fn of_two_changes_of_one_particular_the_last_counts() {
    let (first, last) = (Field::Phone(Some(text("1"))), Field::Phone(Some(text("2"))));
    given::<Cadre>([registered()])
        .when(amend([first, last.clone()]))
        .then([amended([last])]);
}

#[test]
fn every_particular_can_be_corrected_also_after_death() {
    let CadreEvent::Registered(full) = &samples()[0] else {
        panic!("the first sample is a registration");
    };
    let changes = every_field(&full.profile);
    given::<Cadre>([
        registered_as(RegisterCadre {
            profile: Box::new(Profile::named(text("无名"))),
            ..person()
        }),
        died("2026-02-10"),
    ])
    .when(amend(changes.clone()))
    .then([amended(changes)]);
}

#[test]
fn a_birth_date_is_not_moved_behind_what_the_person_did() {
    let joined = PartyStandingRecorded {
        joined_on: date("1948-05-12"),
        full_member_on: Some(date("1949-05-12")),
        standing_starts_on: Some(date("1949-05-12")),
        basis: StandingBasis::FullMembership,
        gap: None,
        evidence: text("入党志愿书"),
    };
    given::<Cadre>([registered(), joined.into()])
        .when(amend([Field::BornOn(Some(date("1948-05-13")))]))
        .then_rejected(BeforeBirth {
            date: date("1948-05-12"),
        });
    given::<Cadre>([registered(), died("1999-01-01")])
        .when(amend([Field::BornOn(Some(date("1999-01-02")))]))
        .then_rejected(BeforeBirth {
            date: date("1999-01-01"),
        });
}

#[test]
fn a_retirement_is_recorded_once_and_again_only_with_a_new_document() {
    let record = |document: Option<&str>| RecordRetirement {
        retirement: lixiu("1947-02-01"),
        document: document.map(text),
    };
    let recorded = |document: Option<&str>| {
        CadreEvent::from(RetirementRecorded {
            retirement: lixiu("1947-02-01"),
            document: document.map(text),
        })
    };
    given::<Cadre>([registered()])
        .when(record(Some("离休证")))
        .then([recorded(Some("离休证"))]);
    let history = [registered(), recorded(Some("离休证"))];
    for same in [Some("离休证"), None] {
        given::<Cadre>(history.clone()).when(record(same)).then([]);
    }
    given::<Cadre>(history)
        .when(record(Some("干部档案")))
        .then([recorded(Some("干部档案"))]);
    given::<Cadre>([registered()])
        .when(RecordRetirement {
            retirement: Retirement::Tuixiu,
            document: None,
        })
        .then([]);
}

#[test]
fn party_standing_is_kept_with_what_settles_it() {
    let recorded = PartyStandingRecorded {
        joined_on: date("1966-05-05"),
        full_member_on: Some(date("1967-05-05")),
        standing_starts_on: Some(date("1967-05-05")),
        basis: StandingBasis::FullMembership,
        gap: None,
        evidence: text("入党志愿书"),
    };
    let record = record_party("1966-05-05", Some("1967-05-05"), None);
    given::<Cadre>([registered()])
        .when(record.clone())
        .then([recorded.clone().into()]);
    given::<Cadre>([registered(), recorded.into()])
        .when(record)
        .then([]);
}

#[test]
fn party_dates_that_cannot_be_are_refused() {
    given::<Cadre>([registered()])
        .when(record_party("1930-04-30", None, None))
        .then_rejected(BeforeBirth {
            date: date("1930-04-30"),
        });
    for (joined_on, full_member_on, standing_starts_on) in [
        ("2026-05-02", None, None),
        ("2025-05-02", Some("2026-05-02"), None),
        ("1966-05-05", None, Some("2026-05-02")),
    ] {
        given::<Cadre>([registered()])
            .when(record_party(joined_on, full_member_on, standing_starts_on))
            .then_rejected(InTheFuture {
                date: When::Day(date("2026-05-02")),
            });
    }
    // Also in the years without probation, where it would otherwise only be a contradiction.
    given::<Cadre>([registered()])
        .when(record_party("1972-05-20", Some("1972-05-19"), None))
        .then_rejected(FullMemberBeforeJoined {
            joined_on: date("1972-05-20"),
            full_member_on: date("1972-05-19"),
        });
}

#[test]
fn a_document_of_the_organisation_settles_what_the_dates_leave_open() {
    for (stated, starts_on, basis) in [
        (None, None, StandingBasis::Contradiction),
        (
            Some("1972-05-20"),
            Some("1972-05-20"),
            StandingBasis::Document,
        ),
    ] {
        given::<Cadre>([registered()])
            .when(record_party("1972-05-20", Some("1973-05-20"), stated))
            .then([PartyStandingRecorded {
                joined_on: date("1972-05-20"),
                full_member_on: Some(date("1973-05-20")),
                standing_starts_on: starts_on.map(date),
                basis,
                gap: None,
                evidence: text("入党志愿书"),
            }
            .into()]);
    }
}
