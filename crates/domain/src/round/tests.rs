//! The rules of rounds. Today is 2026-05-01.

use calendar::Date;
use proptest::prelude::*;
use uuid::Uuid;

use super::{RoundCommand::*, RoundRejection::*, *};
use crate::{
    Event as _, Text, Unit,
    cadre::{Living, LivingRecorded, Mobility, Person, Retirement, Standing, StandingBasis},
    testing::{carry_out_twice, died, given, person, staff, superseded, text},
    visit::{Mode, Purpose},
};

const ONE: CadreId = CadreId(Uuid::from_u128(1));
const TWO: CadreId = CadreId(Uuid::from_u128(2));
const STRANGER: CadreId = CadreId(Uuid::from_u128(9));

fn date(date: &str) -> Date {
    date.parse().unwrap()
}

/// The National Day round of one unit, for everyone.
fn national_day() -> RoundPlan {
    RoundPlan {
        kind: RoundKind::NationalDay,
        title: text("2026年国庆慰问"),
        unit: None,
        from: date("2026-09-20"),
        until: date("2026-10-08"),
        audience: AudienceRule::default(),
    }
}

fn narrow() -> AudienceRule {
    AudienceRule {
        class: Some(AudienceClass::Lixiu),
        age_from: Some(80),
        living: vec![Living::Alone, Living::Other(text("寄居"))],
        mobility: vec![Mobility::NeedsHelp],
        hardship: true,
        member: true,
        branch: Some(text("第一支部")),
    }
}

pub(crate) fn samples() -> Vec<RoundEvent> {
    vec![
        planned(),
        RoundPlanned {
            plan: RoundPlan {
                kind: RoundKind::HouseToHouse,
                unit: Some(Unit(text("老干部局"))),
                audience: narrow(),
                ..national_day()
            },
        }
        .into(),
        RoundStarted { eligible: 2 }.into(),
        frozen(&[ONE, TWO]),
        assigned("zhao.min", &[ONE, TWO]),
        excused(ONE, ExcuseGround::Declined),
        excused(ONE, ExcuseGround::Moved),
        excused(ONE, ExcuseGround::Died),
        RoundExcuseWithdrawn { person: ONE }.into(),
        RoundLateArrivalsListed {
            people: vec![STRANGER],
        }
        .into(),
        RoundClosed { late: 1 }.into(),
        RoundCancelled {
            reason: text("改期"),
        }
        .into(),
    ]
}

fn planned() -> RoundEvent {
    RoundPlanned {
        plan: national_day(),
    }
    .into()
}

fn frozen(people: &[CadreId]) -> RoundEvent {
    RoundAudienceFrozen {
        people: people.to_vec(),
    }
    .into()
}

fn assigned(who: &str, people: &[CadreId]) -> RoundEvent {
    RoundAssigned {
        staff: staff(who).id,
        name: text(who),
        people: people.to_vec(),
    }
    .into()
}

fn excused(person: CadreId, ground: ExcuseGround) -> RoundEvent {
    RoundExcused { person, ground }.into()
}

fn started() -> Vec<RoundEvent> {
    vec![
        planned(),
        RoundStarted { eligible: 2 }.into(),
        frozen(&[ONE, TWO]),
    ]
}

fn after(history: &[RoundEvent], event: impl Into<RoundEvent>) -> Vec<RoundEvent> {
    [history, &[event.into()]].concat()
}

fn assign(who: &str, people: &[CadreId]) -> RoundCommand {
    Assign {
        staff: staff(who).id,
        name: text(who),
        people: people.to_vec(),
    }
}

fn start(people: &[CadreId]) -> RoundCommand {
    Start {
        audience: people.to_vec(),
    }
}

fn close(people: &[CadreId]) -> RoundCommand {
    Close {
        eligible: people.to_vec(),
    }
}

fn cancel() -> RoundCommand {
    Cancel {
        reason: text("改期"),
    }
}

/// The day after the last one, in Beijing.
const AFTER: &str = "2026-10-08T16:00:00Z";

#[test]
fn a_round_is_planned_once_and_not_for_days_that_are_past() {
    let plan = national_day();
    given::<Round>([])
        .when(Plan { plan: plan.clone() })
        .then([planned()]);
    for history in [vec![planned()], started()] {
        given::<Round>(history.clone())
            .when(Plan { plan: plan.clone() })
            .then([]);
        let other = RoundPlan {
            until: date("2026-10-09"),
            ..plan.clone()
        };
        given::<Round>(history)
            .when(Plan { plan: other })
            .then_rejected(AlreadyPlanned);
    }
    let (from, until) = (plan.until, plan.from);
    let reversed = RoundPlan {
        from,
        until,
        ..plan.clone()
    };
    given::<Round>([])
        .when(Plan { plan: reversed })
        .then_rejected(DaysReversed { from, until });
    given::<Round>([])
        .at(AFTER)
        .when(Plan { plan })
        .then_rejected(Over {
            until: date("2026-10-08"),
        });
}

#[test]
fn starting_freezes_whom_it_is_for_and_starting_again_changes_nothing() {
    given::<Round>([planned()])
        .when(start(&[TWO, ONE, TWO]))
        .then([RoundStarted { eligible: 2 }.into(), frozen(&[ONE, TWO])]);
    given::<Round>(started()).when(start(&[STRANGER])).then([]);
    given::<Round>([planned()])
        .when(start(&[]))
        .then_rejected(AudienceEmpty);
    given::<Round>([planned()])
        .at(AFTER)
        .when(start(&[ONE]))
        .then_rejected(Over {
            until: date("2026-10-08"),
        });
}

#[test]
fn a_large_audience_is_frozen_in_parts_that_the_log_takes() {
    let everyone: Vec<CadreId> = (0..12_001).map(|n| CadreId(Uuid::from_u128(n))).collect();
    let events = given::<Round>([planned()])
        .when(start(&everyone))
        .result
        .unwrap();
    let parts: Vec<usize> = events
        .iter()
        .filter_map(|event| match event {
            RoundEvent::AudienceFrozen(e) => Some(e.people.len()),
            _ => None,
        })
        .collect();
    assert_eq!(parts, [2_000, 2_000, 2_000, 2_000, 2_000, 2_000, 1]);
    assert!(events.iter().all(|e| e.encode().unwrap().len() < 100_000));
}

#[test]
fn people_are_assigned_in_bulk_and_only_those_of_the_frozen_list() {
    given::<Round>(started())
        .when(assign("zhao.min", &[TWO, ONE]))
        .then([assigned("zhao.min", &[ONE, TWO])]);
    let given_out = after(&started(), assigned("zhao.min", &[ONE]));
    given::<Round>(given_out.clone())
        .when(assign("zhao.min", &[ONE, TWO]))
        .then([assigned("zhao.min", &[TWO])]);
    given::<Round>(given_out.clone())
        .when(assign("zhao.min", &[ONE]))
        .then([]);
    given::<Round>(given_out)
        .when(assign("li.qiang", &[ONE]))
        .then([assigned("li.qiang", &[ONE])]);
    given::<Round>(started())
        .when(assign("zhao.min", &[ONE, STRANGER]))
        .then_rejected(NotInAudience { people: 1 });
    given::<Round>(started())
        .when(assign("zhao.min", &[]))
        .then_rejected(NobodyNamed);
}

#[test]
fn whoever_cannot_be_reached_is_excused_with_the_reason_and_a_mistake_is_undone() {
    let declined = Excuse {
        person: ONE,
        ground: ExcuseGround::Declined,
    };
    let said = after(&started(), excused(ONE, ExcuseGround::Declined));
    given::<Round>(started())
        .when(declined.clone())
        .then([excused(ONE, ExcuseGround::Declined)]);
    given::<Round>(said.clone()).when(declined).then([]);
    given::<Round>(said.clone())
        .when(Excuse {
            person: ONE,
            ground: ExcuseGround::Moved,
        })
        .then([excused(ONE, ExcuseGround::Moved)]);
    given::<Round>(said)
        .when(WithdrawExcuse { person: ONE })
        .then([RoundExcuseWithdrawn { person: ONE }.into()]);
    given::<Round>(started())
        .when(WithdrawExcuse { person: ONE })
        .then([]);
    given::<Round>(started())
        .when(Excuse {
            person: STRANGER,
            ground: ExcuseGround::Moved,
        })
        .then_rejected(NotInAudience { people: 1 });
}

#[test]
fn nobody_is_excused_as_dead_whose_death_is_not_recorded() {
    let dead = Excuse {
        person: ONE,
        ground: ExcuseGround::Died,
    };
    assert_eq!(Round::default().concerns(&dead), Some(ONE));
    given::<Round>(started())
        .about(person(ONE))
        .when(dead.clone())
        .then_rejected(PersonLiving);
    given::<Round>(started())
        .about(died(ONE, "2026-04-20"))
        .when(dead)
        .then([excused(ONE, ExcuseGround::Died)]);
}

#[test]
fn a_round_is_closed_after_its_last_day_and_lists_who_came_late() {
    given::<Round>(started())
        .at("2026-10-08T15:59:59Z")
        .when(close(&[]))
        .then_rejected(StillRunning {
            until: date("2026-10-08"),
        });
    given::<Round>(started())
        .at(AFTER)
        .when(close(&[ONE, STRANGER]))
        .then([
            RoundLateArrivalsListed {
                people: vec![STRANGER],
            }
            .into(),
            RoundClosed { late: 1 }.into(),
        ]);
    given::<Round>(started())
        .at(AFTER)
        .when(close(&[ONE]))
        .then([RoundClosed { late: 0 }.into()]);
}

#[test]
fn each_stage_takes_the_commands_that_make_sense_in_it() {
    let closed = after(&started(), RoundClosed { late: 0 });
    let cancelled = after(
        &[planned()],
        RoundCancelled {
            reason: text("改期"),
        },
    );
    let in_the_field = [
        assign("zhao.min", &[ONE]),
        Excuse {
            person: ONE,
            ground: ExcuseGround::Moved,
        },
        WithdrawExcuse { person: ONE },
    ];
    for (history, rejection) in [
        (vec![], NotPlanned),
        (vec![planned()], NotStarted),
        (closed.clone(), Closed),
        (cancelled.clone(), Cancelled),
    ] {
        for command in in_the_field.clone() {
            given::<Round>(history.clone())
                .when(command)
                .then_rejected(rejection.clone());
        }
    }
    let refused = [
        (vec![], close(&[]), NotPlanned),
        (vec![], start(&[ONE]), NotPlanned),
        (vec![], cancel(), NotPlanned),
        (vec![planned()], close(&[]), NotStarted),
        (closed.clone(), start(&[ONE]), Closed),
        (closed.clone(), cancel(), Closed),
        (cancelled.clone(), start(&[ONE]), Cancelled),
        (cancelled.clone(), close(&[]), Cancelled),
        (
            cancelled.clone(),
            Plan {
                plan: national_day(),
            },
            Cancelled,
        ),
    ];
    for (history, command, rejection) in refused {
        given::<Round>(history)
            .when(command)
            .then_rejected(rejection);
    }
    given::<Round>(closed).when(close(&[STRANGER])).then([]);
    given::<Round>(cancelled).when(cancel()).then([]);
    for history in [vec![planned()], started()] {
        given::<Round>(history)
            .when(cancel())
            .then([RoundCancelled {
                reason: text("改期"),
            }
            .into()]);
    }
}

/// Who meets every part of [`narrow`] on 2026-09-20.
struct Facts {
    person: Person,
    retirement: Option<Retirement>,
    living: Option<LivingRecorded>,
    branch: Option<Text>,
    hardship: bool,
}

fn facts() -> Facts {
    Facts {
        person: Person {
            born_on: Some(date("1946-09-20")),
            standing: Some(Standing {
                joined_on: date("1966-05-05"),
                starts_on: None,
                basis: StandingBasis::Missing,
            }),
            ..person(ONE)
        },
        retirement: Some(Retirement::Lixiu {
            joined_revolution_on: date("1949-01-01"),
            approval: None,
        }),
        living: Some(LivingRecorded {
            living: Living::Alone,
            mobility: Some(Mobility::NeedsHelp),
            since: date("2020-01-01"),
        }),
        branch: Some(text("第一支部")),
        hardship: true,
    }
}

impl Facts {
    fn meet(&self, rule: &AudienceRule, unit: &str) -> bool {
        let facts = AudienceFacts {
            person: &self.person,
            retirement: self.retirement.as_ref(),
            living: self.living.as_ref(),
            branch: self.branch.as_ref(),
            hardship: self.hardship,
        };
        let unit = Some(Unit(text(unit)));
        rule.admits(&facts, unit.as_ref(), date("2026-09-20"))
    }
}

#[test]
fn a_round_is_for_those_who_meet_all_that_its_rule_sets() {
    type Change = fn(&mut Facts);
    assert!(facts().meet(&narrow(), "老干部局"));
    assert!(!facts().meet(&narrow(), "市民政局"));
    let changes: [(&str, Change); 12] = [
        ("a day too young", |f| {
            f.person.born_on = Some(date("1946-09-21"))
        }),
        ("of unknown age", |f| f.person.born_on = None),
        ("退休", |f| f.retirement = Some(Retirement::Tuixiu)),
        ("no cadre", |f| f.retirement = None),
        ("lives otherwise", |f| {
            f.living.as_mut().unwrap().living = Living::WithCarer;
        }),
        ("moves otherwise", |f| {
            f.living.as_mut().unwrap().mobility = Some(Mobility::Independent);
        }),
        ("of unknown mobility", |f| {
            f.living.as_mut().unwrap().mobility = None
        }),
        ("nothing known of how they live", |f| f.living = None),
        ("not in hardship", |f| f.hardship = false),
        ("no member", |f| f.person.standing = None),
        ("of another branch", |f| f.branch = Some(text("第二支部"))),
        ("of no branch", |f| f.branch = None),
    ];
    for (what, change) in changes {
        let mut changed = facts();
        change(&mut changed);
        assert!(!changed.meet(&narrow(), "老干部局"), "{what}");
        assert!(
            changed.meet(&AudienceRule::default(), "老干部局"),
            "a rule that sets nothing takes everyone: {what}"
        );
    }
}

#[test]
fn a_round_is_for_the_living_under_the_record_that_is_kept() {
    for person in [died(ONE, "2026-04-20"), superseded(ONE)] {
        let gone = Facts { person, ..facts() };
        assert!(!gone.meet(&AudienceRule::default(), "老干部局"));
    }
}

#[test]
fn the_visits_that_fulfil_a_round_are_those_of_its_kind() {
    use RoundKind::{Chongyang, HouseToHouse, JulyFirst, NationalDay, Research, SpringFestival};
    let cases: [(Purpose, Mode, &[RoundKind]); 9] = [
        (Purpose::SpringFestival, Mode::Phone, &[SpringFestival]),
        (
            Purpose::SpringFestival,
            Mode::Home,
            &[SpringFestival, HouseToHouse],
        ),
        (Purpose::JulyFirst, Mode::Wechat, &[JulyFirst]),
        (
            Purpose::Chongyang,
            Mode::Hospital,
            &[Chongyang, HouseToHouse],
        ),
        (Purpose::NationalDay, Mode::Sms, &[NationalDay]),
        (Purpose::Routine, Mode::Elsewhere, &[HouseToHouse, Research]),
        (
            Purpose::Other(text("调研")),
            Mode::Home,
            &[HouseToHouse, Research],
        ),
        (Purpose::Routine, Mode::Phone, &[]),
        (Purpose::Death, Mode::Home, &[]),
    ];
    for (purpose, mode, fulfilled) in cases {
        let found: Vec<RoundKind> = RoundKind::ALL
            .into_iter()
            .filter(|kind| kind.counts(&purpose, mode))
            .collect();
        assert_eq!(found, fulfilled, "{mode:?}");
    }
}

#[test]
fn the_stored_word_of_a_kind_is_the_one_in_the_log() {
    for kind in RoundKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
    for ground in [
        ExcuseGround::Died,
        ExcuseGround::Moved,
        ExcuseGround::Declined,
    ] {
        assert_eq!(serde_json::to_value(ground).unwrap(), ground.as_str());
    }
}

fn commands() -> impl Strategy<Value = RoundCommand> {
    let person = || prop::sample::select(vec![ONE, TWO, STRANGER]);
    let people = prop::collection::vec(person(), 0..4);
    prop_oneof![
        Just(Plan {
            plan: national_day()
        }),
        people.clone().prop_map(|audience| Start { audience }),
        (prop::sample::select(vec!["a", "b"]), people.clone())
            .prop_map(|(who, people)| assign(who, &people)),
        (
            person(),
            prop::sample::select(vec![ExcuseGround::Moved, ExcuseGround::Declined])
        )
            .prop_map(|(person, ground)| Excuse { person, ground }),
        person().prop_map(|person| WithdrawExcuse { person }),
        people.prop_map(|eligible| Close { eligible }),
        Just(cancel()),
    ]
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(
        commands in prop::collection::vec(commands(), 0..30),
    ) {
        carry_out_twice::<Round>(
            commands.into_iter().map(|command| (staff("clerk"), command)),
            &person(ONE),
        );
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(prop::sample::select(samples()), 0..20),
        command in commands(),
    ) {
        let _ = given::<Round>(history).at(AFTER).when(command).result;
    }
}
