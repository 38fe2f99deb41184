use calendar::When;
use proptest::prelude::*;

use super::{
    Mode, Purpose, Visit,
    VisitCommand::{self, Correct, Record, Withdraw},
    VisitCorrected, VisitEvent, VisitRecord, VisitRecorded,
    VisitRejection::{self, *},
    VisitWithdrawn, Visitor,
};
use crate::{
    Aggregate, CadreId, Fen,
    testing::{carry_out_twice, died, given, person, staff, superseded, text},
};

const ONE: CadreId = CadreId(uuid::Uuid::from_u128(1));
const OTHER: CadreId = CadreId(uuid::Uuid::from_u128(2));

const PURPOSES: [Purpose; 10] = [
    Purpose::Hospitalisation,
    Purpose::Birthday,
    Purpose::SpringFestival,
    Purpose::Dispute,
    Purpose::Hardship,
    Purpose::Death,
    Purpose::Chongyang,
    Purpose::JulyFirst,
    Purpose::NationalDay,
    Purpose::Routine,
];

const MODES: [Mode; 6] = [
    Mode::Home,
    Mode::Hospital,
    Mode::Phone,
    Mode::Wechat,
    Mode::Sms,
    Mode::Elsewhere,
];

/// One event of each name with all that it can hold, and one of each purpose and mode with no more
/// than it must.
pub(crate) fn samples() -> Vec<VisitEvent> {
    let full = Visit {
        visitors: vec![
            Visitor {
                name: text("王建国"),
                post: Some(text("局长")),
                unit: Some(text("老干部局")),
                rank: Some(text("正处级")),
            },
            named("刘芳"),
        ],
        place: Some(text("市第一医院")),
        money: Fen::yuan(500),
        goods: Some(text("米、油")),
        findings: Some(text("精神尚好")),
        needs: Some(text("协助办理转院")),
        purpose: Purpose::Other(text("看望新居")),
        ..visit("2024-10-07T01:30:00Z")
    };
    let corrected = VisitCorrected {
        visit: visit("2024-10-08"),
        reason: text("日期有误"),
    };
    let withdrawn = VisitWithdrawn {
        reason: text("重复登记"),
    };
    let bare = PURPOSES.into_iter().zip(MODES.into_iter().cycle());
    [
        recorded_late(full.clone(), 12),
        VisitCorrected {
            visit: full,
            reason: text("日期有误"),
        }
        .into(),
        corrected.into(),
        withdrawn.into(),
    ]
    .into_iter()
    .chain(bare.map(|(purpose, mode)| {
        recorded(Visit {
            purpose,
            mode,
            ..visit("2024-10-07")
        })
    }))
    .collect()
}

fn named(name: &str) -> Visitor {
    Visitor {
        name: text(name),
        post: None,
        unit: None,
        rank: None,
    }
}

/// A routine visit at home.
fn visit(visited: &str) -> Visit {
    Visit {
        person: ONE,
        visited: visited.parse().unwrap(),
        visitors: vec![named("刘芳")],
        mode: Mode::Home,
        place: None,
        purpose: Purpose::Routine,
        money: Fen::ZERO,
        goods: None,
        findings: None,
        needs: None,
    }
}

fn recorded(visit: Visit) -> VisitEvent {
    VisitRecorded {
        visit,
        days_late: None,
    }
    .into()
}

fn recorded_late(visit: Visit, days: u32) -> VisitEvent {
    VisitRecorded {
        visit,
        days_late: Some(days),
    }
    .into()
}

fn correct(visit: Visit) -> VisitCommand {
    Correct {
        visit,
        reason: text("录入有误"),
    }
}

fn corrected(visit: Visit) -> VisitEvent {
    VisitCorrected {
        visit,
        reason: text("录入有误"),
    }
    .into()
}

fn withdraw() -> VisitCommand {
    Withdraw {
        reason: text("未曾走访"),
    }
}

fn withdrawn() -> VisitEvent {
    VisitWithdrawn {
        reason: text("未曾走访"),
    }
    .into()
}

#[test]
fn a_visit_is_recorded_once() {
    let today = visit("2026-05-01");
    given::<VisitRecord>([])
        .about(person(ONE))
        .when(Record {
            visit: today.clone(),
        })
        .then([recorded(today.clone())]);
    given::<VisitRecord>([recorded(today.clone())])
        .when(Record {
            visit: today.clone(),
        })
        .then([]);
    given::<VisitRecord>([recorded(today)])
        .about(person(ONE))
        .when(Record {
            visit: visit("2026-04-30"),
        })
        .then_rejected(AlreadyRecorded);
}

#[test]
fn a_visit_recorded_more_than_seven_days_after_it_took_place_is_flagged_with_the_days() {
    for (visited, days_late) in [
        ("2026-05-01", None),
        ("2026-04-24", None),
        ("2026-04-23", Some(8)),
        // 2026-04-23 in London is already the 24th in Beijing.
        ("2026-04-23T16:00:00Z", None),
        ("2025-05-01", Some(365)),
    ] {
        let visit = visit(visited);
        given::<VisitRecord>([])
            .about(person(ONE))
            .when(Record {
                visit: visit.clone(),
            })
            .then([VisitRecorded { visit, days_late }.into()]);
    }
}

/// What is refused, whether the visit is recorded so or corrected to read so.
#[track_caller]
fn refused(wrong: &Visit, about: Option<crate::cadre::Person>, rejection: &VisitRejection) {
    let before = recorded(visit("2026-04-30"));
    for (history, command) in [
        (
            vec![],
            Record {
                visit: wrong.clone(),
            },
        ),
        (vec![before], correct(wrong.clone())),
    ] {
        let mut given = given::<VisitRecord>(history);
        if let Some(person) = &about {
            given = given.about(person.clone());
        }
        given.when(command).then_rejected(rejection.clone());
    }
}

#[test]
fn no_visit_lies_in_the_future() {
    for tomorrow in ["2026-05-02", "2026-05-01T01:00:01Z"] {
        let date: When = tomorrow.parse().unwrap();
        refused(&visit(tomorrow), Some(person(ONE)), &InTheFuture { date });
    }
}

#[test]
fn someone_made_the_visit() {
    let nobody = Visit {
        visitors: vec![],
        ..visit("2026-05-01")
    };
    refused(&nobody, Some(person(ONE)), &VisitorMissing);
}

#[test]
fn the_person_visited_is_in_the_register_under_the_record_that_is_kept() {
    refused(&visit("2026-05-01"), None, &UnknownPerson);
    refused(
        &visit("2026-05-01"),
        Some(superseded(ONE)),
        &RecordSuperseded,
    );
}

#[test]
fn after_a_death_only_the_survivors_are_visited() {
    let day_after = visit("2026-04-21");
    refused(&day_after, Some(died(ONE, "2026-04-20")), &PersonDied);
    let condolence = Visit {
        purpose: Purpose::Death,
        ..day_after
    };
    given::<VisitRecord>([])
        .about(died(ONE, "2026-04-20"))
        .when(Record {
            visit: condolence.clone(),
        })
        .then([recorded_late(condolence, 10)]);
}

#[test]
fn a_visit_in_someones_lifetime_can_be_recorded_after_their_death() {
    for lifetime in ["2026-04-20", "2026-04-20T15:59:59Z"] {
        let visit = visit(lifetime);
        given::<VisitRecord>([])
            .about(died(ONE, "2026-04-20"))
            .when(Record {
                visit: visit.clone(),
            })
            .then([recorded_late(visit, 11)]);
    }
}

#[test]
fn a_mistake_is_corrected_by_a_new_event() {
    let (wrong, right) = (visit("2026-04-30"), visit("2026-04-29"));
    given::<VisitRecord>([recorded(wrong.clone())])
        .about(person(ONE))
        .when(correct(right.clone()))
        .then([corrected(right.clone())]);
    given::<VisitRecord>([recorded(wrong.clone()), corrected(right.clone())])
        .when(correct(right.clone()))
        .then([]);
    // Back to how it read first is a correction, too.
    given::<VisitRecord>([recorded(wrong.clone()), corrected(right)])
        .about(person(ONE))
        .when(correct(wrong.clone()))
        .then([corrected(wrong)]);
}

#[test]
fn a_visit_corrected_to_another_person_belongs_to_the_history_of_both() {
    let (first, second) = (
        visit("2026-04-30"),
        Visit {
            person: OTHER,
            ..visit("2026-04-30")
        },
    );
    let mut record = VisitRecord::default();
    assert_eq!(record.concerns(&correct(second.clone())), Some(OTHER));
    for event in [recorded(first.clone()), corrected(second.clone())] {
        record.evolve(&event);
    }
    assert_eq!(record.visit(), Some(&second));
    assert_eq!(record.subjects(), [ONE, OTHER]);
    for event in [corrected(first), withdrawn()] {
        record.evolve(&event);
    }
    assert_eq!(record.visit(), None);
    assert_eq!(record.subjects(), [ONE, OTHER]);
}

#[test]
fn a_withdrawn_visit_stays_withdrawn() {
    let visit = visit("2026-04-30");
    given::<VisitRecord>([recorded(visit.clone())])
        .when(withdraw())
        .then([withdrawn()]);
    let history = [recorded(visit.clone()), withdrawn()];
    given::<VisitRecord>(history.clone())
        .when(withdraw())
        .then([]);
    for command in [
        Record {
            visit: visit.clone(),
        },
        correct(visit),
    ] {
        given::<VisitRecord>(history.clone())
            .about(person(ONE))
            .when(command)
            .then_rejected(Withdrawn);
    }
}

#[test]
fn what_was_not_recorded_can_be_neither_corrected_nor_withdrawn() {
    for command in [correct(visit("2026-04-30")), withdraw()] {
        given::<VisitRecord>([])
            .about(person(ONE))
            .when(command)
            .then_rejected(NotRecorded);
    }
}

fn commands() -> impl Strategy<Value = VisitCommand> {
    let visits = (
        prop_oneof![Just(ONE), Just(OTHER)],
        prop::sample::select(vec!["2026-04-01", "2026-04-30", "2026-05-02"]),
        prop::sample::select(&PURPOSES[..]),
        0..3usize,
    )
        .prop_map(|(person, visited, purpose, visitors)| Visit {
            person,
            purpose,
            visitors: vec![named("刘芳"); visitors],
            ..visit(visited)
        });
    let reasons = prop::sample::select(vec!["录入有误", "未曾走访"]).prop_map(text);
    prop_oneof![
        visits.clone().prop_map(|visit| Record { visit }),
        (visits, reasons.clone()).prop_map(|(visit, reason)| Correct { visit, reason }),
        reasons.prop_map(|reason| Withdraw { reason }),
    ]
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(
        commands in prop::collection::vec(commands(), 0..20),
        dead in any::<bool>(),
    ) {
        let about = if dead { died(ONE, "2026-04-15") } else { person(ONE) };
        carry_out_twice::<VisitRecord>(commands.into_iter().map(|c| (staff("clerk"), c)), &about);
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(prop::sample::select(samples()), 0..20),
        command in commands(),
    ) {
        let _ = given::<VisitRecord>(history).about(person(ONE)).when(command).result;
    }
}
