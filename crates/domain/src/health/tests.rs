use calendar::When;

use super::*;
use crate::{
    Text,
    testing::{self, given, text},
};

const ONE: CadreId = CadreId(uuid::Uuid::from_u128(1));

/// At least one event of each name with all that it can hold.
pub(crate) fn samples() -> Vec<HealthEvent> {
    vec![
        admitted(1, learnt("2026-04-01", "2026-04-02")),
        Admitted {
            person: ONE,
            stay: 2,
            bed: Bed {
                hospital: text("市立医院"),
                ward: None,
                bed: None,
            },
            admitted: learnt("2026-04-10T02:00:00Z", "2026-04-10"),
        }
        .into(),
        moved("12").into(),
        discharged("2026-04-20"),
        StayWithdrawn {
            stay: 1,
            reason: text("同名误登"),
        }
        .into(),
        checked_up().into(),
    ]
}

fn when(text: &str) -> When {
    text.parse().unwrap()
}

fn learnt(happened: &str, known: &str) -> Learnt {
    Learnt {
        happened: when(happened),
        known: when(known),
    }
}

fn bed(bed: &str) -> Bed {
    Bed {
        hospital: text("市立医院"),
        ward: Some(text("心内科")),
        bed: Some(text(bed)),
    }
}

fn admit(admitted: Learnt) -> HealthCommand {
    HealthCommand::RecordAdmission {
        person: ONE,
        bed: bed("3"),
        admitted,
    }
}

fn admitted(stay: u32, admitted: Learnt) -> HealthEvent {
    Admitted {
        person: ONE,
        stay,
        bed: bed("3"),
        admitted,
    }
    .into()
}

fn moved(to: &str) -> MovedInHospital {
    MovedInHospital {
        stay: 1,
        bed: bed(to),
        moved: learnt("2026-04-05", "2026-04-06"),
    }
}

fn discharge(on: &str) -> HealthCommand {
    HealthCommand::RecordDischarge {
        discharged: learnt(on, "2026-04-21"),
    }
}

fn discharged(on: &str) -> HealthEvent {
    Discharged {
        stay: 1,
        discharged: learnt(on, "2026-04-21"),
    }
    .into()
}

fn checked_up() -> CheckedUp {
    CheckedUp {
        person: ONE,
        on: "2026-04-07".parse().unwrap(),
        findings: text("血压偏高"),
        feedback_needed: true,
        known: when("2026-04-09"),
    }
}

fn withdraw(stay: u32) -> HealthCommand {
    HealthCommand::WithdrawStay {
        stay,
        reason: text("同名误登"),
    }
}

fn person() -> crate::cadre::Person {
    testing::person(ONE)
}

#[test]
fn an_admission_is_known_when_or_after_it_happens() {
    let fact = learnt("2026-04-01", "2026-04-02");
    given::<Health>([])
        .about(person())
        .when(admit(fact))
        .then([admitted(1, fact)]);
    let early = learnt("2026-04-03", "2026-04-02");
    given::<Health>([])
        .about(person())
        .when(admit(early))
        .then_rejected(HealthRejection::KnownBeforeItHappened {
            happened: early.happened,
            known: early.known,
        });
    given::<Health>([])
        .about(person())
        .when(admit(learnt("2026-04-01", "2026-05-02")))
        .then_rejected(HealthRejection::InTheFuture {
            date: when("2026-05-02"),
        });
}

#[test]
fn one_lies_in_one_hospital_at_a_time() {
    let first = admitted(1, learnt("2026-04-01", "2026-04-02"));
    given::<Health>([first.clone()])
        .about(person())
        .when(admit(learnt("2026-04-01", "2026-04-02")))
        .then([]);
    given::<Health>([first.clone()])
        .about(person())
        .when(admit(learnt("2026-04-10", "2026-04-10")))
        .then_rejected(HealthRejection::AlreadyInHospital {
            since: "2026-04-01".parse().unwrap(),
        });
    let over = [first, discharged("2026-04-20")];
    given::<Health>(over.clone())
        .about(person())
        .when(admit(learnt("2026-04-19", "2026-04-22")))
        .then_rejected(HealthRejection::StayOverlaps {
            date: "2026-04-20".parse().unwrap(),
        });
    let again = learnt("2026-04-20", "2026-04-22");
    given::<Health>(over)
        .about(person())
        .when(admit(again))
        .then([admitted(2, again)]);
}

#[test]
fn a_stay_changes_and_ends_after_it_began() {
    let first = || [admitted(1, learnt("2026-04-01", "2026-04-02"))];
    given::<Health>([])
        .when(discharge("2026-04-20"))
        .then_rejected(HealthRejection::NotInHospital);
    given::<Health>(first())
        .when(discharge("2026-04-20"))
        .then([discharged("2026-04-20")]);
    given::<Health>(first())
        .when(discharge("2026-03-31"))
        .then_rejected(HealthRejection::BeforeAdmission {
            admitted: "2026-04-01".parse().unwrap(),
        });
    given::<Health>(first().into_iter().chain([discharged("2026-04-20")]))
        .when(discharge("2026-04-20"))
        .then([]);
    let MovedInHospital { bed, moved: at, .. } = moved("12");
    let command = HealthCommand::RecordMove { bed, moved: at };
    given::<Health>(first())
        .when(command.clone())
        .then([moved("12").into()]);
    given::<Health>(first().into_iter().chain([moved("12").into()]))
        .when(command)
        .then([]);
}

#[test]
fn a_stay_recorded_in_error_is_withdrawn_for_good() {
    let first = admitted(1, learnt("2026-04-01", "2026-04-02"));
    let gone = HealthEvent::from(StayWithdrawn {
        stay: 1,
        reason: text("同名误登"),
    });
    given::<Health>([first.clone()])
        .when(withdraw(1))
        .then([gone.clone()]);
    given::<Health>([first.clone(), gone.clone()])
        .when(withdraw(1))
        .then([]);
    given::<Health>([first.clone()])
        .when(withdraw(2))
        .then_rejected(HealthRejection::NoSuchStay { stay: 2 });
    // The days of a stay that never was are free.
    let true_one = learnt("2026-04-01", "2026-04-02");
    given::<Health>([first, gone])
        .about(person())
        .when(admit(true_one))
        .then([admitted(2, true_one)]);
}

#[test]
fn nothing_befalls_those_who_had_died_or_are_unknown() {
    let fact = learnt("2026-04-03", "2026-04-03");
    for (on, rejection) in [
        ("2026-04-02", Err(HealthRejection::PersonDied)),
        ("2026-04-03", Ok(vec![admitted(1, fact)])),
    ] {
        let result = given::<Health>([])
            .about(testing::died(ONE, on))
            .when(admit(fact))
            .result;
        assert_eq!(result, rejection);
    }
    given::<Health>([])
        .when(admit(fact))
        .then_rejected(HealthRejection::UnknownPerson);
    given::<Health>([])
        .about(testing::superseded(ONE))
        .when(admit(fact))
        .then_rejected(HealthRejection::RecordSuperseded);
}

#[test]
fn a_check_up_is_recorded_once() {
    let CheckedUp {
        person: who,
        on,
        findings,
        feedback_needed,
        known,
    } = checked_up();
    let command = |findings: Text| HealthCommand::RecordCheckUp {
        person: who,
        on,
        findings,
        feedback_needed,
        known,
    };
    given::<Health>([])
        .about(person())
        .when(command(findings.clone()))
        .then([checked_up().into()]);
    given::<Health>([checked_up().into()])
        .about(person())
        .when(command(findings))
        .then([]);
}
