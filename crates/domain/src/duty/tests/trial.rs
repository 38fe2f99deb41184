use std::{collections::HashMap, convert::Infallible};

use calendar::Calendar;

use super::*;
use crate::{
    ProfilesError, Rules,
    cadre::Birthday,
    duty::{
        trial::{Change, MOST_EXAMPLES, Past, Period, RuleTrial, Trial, try_rules},
        watch::{Facts, NextReview, Occasion, Stay},
    },
};

/// The national profile with one passage changed.
fn with(passage: &str, instead: &str) -> Rules {
    let text = crate::NATIONAL_RULES;
    assert!(text.contains(passage), "{passage}");
    toml::from_str(&text.replace(passage, instead)).unwrap()
}

/// The first visit in hospital within two working days instead of three.
fn two_days() -> Rules {
    with(
        "admitted = { term = { working_days = 3 } }",
        "admitted = { term = { working_days = 2 } }",
    )
}

fn person_of(n: u128) -> CadreId {
    CadreId(Uuid::from_u128(n))
}

/// Someone of 60 who lives with others: no class of any rule.
fn facts(n: u128) -> Facts {
    Facts {
        person: person_of(n),
        lixiu: false,
        born_on: Some(date("1965-06-01")),
        birthday: Some(Birthday::Solar { month: 6, day: 1 }),
        lives_alone: false,
        unable_to_care_for_self: false,
        verified_on: date("2026-01-01"),
        stay: None,
        review: None,
    }
}

/// The duty that the admission of this person raises.
fn duty_of(n: u128) -> DutyId {
    DutyId {
        person: person_of(n),
        trigger: TriggerKey::Event(Uuid::from_u128(n)),
        ..id()
    }
}

/// Each person admitted and known on the first day, and visited on the second one.
fn visits(table: &[(&str, Option<&str>)]) -> Past {
    let mut past = Past::default();
    for (n, (known, visited_on)) in (1..).zip(table) {
        let occasion = Occasion {
            person: person_of(n),
            kind: TriggerKind::Admitted,
            event: Uuid::from_u128(n),
            on: date(known),
            known: when(known),
        };
        past.occasions.push((occasion, facts(n)));
        past.done
            .extend(visited_on.map(|on| (duty_of(n), visited(on))));
    }
    past
}

/// Someone of every class, and one of each kind of trigger.
fn all_that_happens() -> Past {
    let lixiu = Facts {
        lixiu: true,
        born_on: Some(date("1936-05-10")),
        birthday: Some(Birthday::Solar { month: 5, day: 10 }),
        lives_alone: true,
        unable_to_care_for_self: true,
        stay: Some(Stay {
            event: Uuid::from_u128(7),
            admitted_on: date("2026-01-15"),
        }),
        review: Some(NextReview {
            event: Uuid::from_u128(8),
            after: date("2025-12-01"),
            due: date("2026-03-01"),
        }),
        ..facts(100)
    };
    let occasion = |kind: TriggerKind, n: u128| Occasion {
        person: person_of(100),
        kind,
        event: Uuid::from_u128(n),
        on: date("2026-03-02"),
        known: when("2026-03-02"),
    };
    let kinds = (200..).zip(TriggerKind::ALL);
    let occasions = kinds.map(|(n, (kind, ..))| (occasion(kind, n), lixiu.clone()));
    Past {
        occasions: occasions.collect(),
        people: vec![lixiu.clone(), facts(101)],
        done: HashMap::new(),
    }
}

const PERIOD: (&str, &str) = ("2026-01-01", "2026-06-30");

fn tried(past: &Past, in_force: &Rules, candidate: &Rules, (from, until): (&str, &str)) -> Trial {
    let period = Period {
        from: date(from),
        until: date(until),
    };
    let in_force = |_| Ok::<_, Infallible>(in_force);
    let calendar = Calendar::bundled().unwrap();
    let Ok(trial) = try_rules(past, period, in_force, candidate, &calendar);
    trial
}

/// What changes against the national profile, of one rule alone.
fn changed(past: &Past, candidate: &Rules) -> RuleTrial {
    let trial = tried(past, &testing::rules(), candidate, PERIOD);
    let [rule] = trial.rules.as_slice() else {
        panic!("{trial:#?}");
    };
    rule.clone()
}

#[test]
fn rules_that_are_equal_change_nothing() {
    let rules = testing::rules();
    let mut past = all_that_happens();
    let visits = visits(&[("2026-03-02", Some("2026-03-05"))]);
    past.occasions.extend(visits.occasions);
    past.done.extend(visits.done);
    assert_eq!(tried(&past, &rules, &rules, PERIOD).rules, []);
    // And there is something that could have changed: a profile without duties drops all of it.
    let none = Rules {
        duty: None,
        ..rules.clone()
    };
    let dropped = tried(&past, &rules, &none, PERIOD).rules;
    assert_eq!(dropped.len(), rules.duty.unwrap().rules.len());
    for rule in dropped {
        assert!(rule.dropped > 0 && rule.candidate == 0, "{rule:?}");
    }
}

#[test]
fn with_one_working_day_less_exactly_the_visits_on_the_last_one_are_late() {
    let third = true;
    let table = [
        // Known on a Monday.
        ("2026-03-02", Some("2026-03-02"), !third),
        ("2026-03-02", Some("2026-03-03"), !third),
        ("2026-03-02", Some("2026-03-04"), !third),
        ("2026-03-02", Some("2026-03-05"), third),
        ("2026-03-02", Some("2026-03-06"), !third), // late before, too
        ("2026-03-02", None, !third),
        // On a Friday, over the weekend.
        ("2026-03-06", Some("2026-03-08"), !third),
        ("2026-03-06", Some("2026-03-10"), !third),
        ("2026-03-06", Some("2026-03-11"), third),
        ("2026-03-06", Some("2026-03-12"), !third),
        // Before Spring Festival, whose days off do not count: 14 February is worked.
        ("2026-02-12", Some("2026-02-14"), !third),
        ("2026-02-12", Some("2026-02-15"), third),
        ("2026-02-12", Some("2026-02-24"), third),
        ("2026-02-12", Some("2026-02-25"), !third),
    ];
    let past = visits(&table.map(|(known, visited, _)| (known, visited)));
    let rule = changed(&past, &two_days());
    let all = table.len() as u64;
    assert_eq!(
        (rule.in_force, rule.candidate, rule.earlier),
        (all, all, all)
    );
    assert_eq!((rule.added, rule.dropped, rule.later), (0, 0, 0));
    let late = table.iter().filter(|(.., third)| *third).count() as u64;
    assert_eq!(
        (rule.now_late, rule.now_in_time, rule.not_taken),
        (late, 0, 0)
    );
    let named: Vec<_> = rule
        .examples
        .iter()
        .filter(|example| example.change == Change::NowLate)
        .map(|example| &example.duty)
        .collect();
    let expected = (1..).zip(&table).filter(|(_, (.., third))| *third);
    let expected: Vec<_> = expected.map(|(n, _)| duty_of(n)).collect();
    assert_eq!(named, expected.iter().collect::<Vec<_>>());
    let first = &rule.examples[0];
    assert_eq!(
        (
            first.last_day_in_force,
            first.last_day_candidate,
            first.done_on
        ),
        (
            Some(date("2026-03-05")),
            Some(date("2026-03-04")),
            Some(date("2026-03-05"))
        )
    );

    // And the way back brings just these in time again.
    let back = tried(&past, &two_days(), &testing::rules(), PERIOD);
    let [rule] = back.rules.as_slice() else {
        panic!("{back:#?}");
    };
    assert_eq!((rule.now_late, rule.now_in_time), (0, late));
    assert_eq!((rule.earlier, rule.later), (0, all));
}

#[test]
fn only_what_was_known_in_the_period_is_tried() {
    let past = visits(&[
        ("2025-12-31", None),
        ("2026-01-01", None),
        ("2026-06-30", None),
        ("2026-07-01", None),
    ]);
    let rule = changed(&past, &two_days());
    assert_eq!((rule.in_force, rule.candidate), (2, 2));
}

#[test]
fn another_period_of_contact_raises_other_duties() {
    let past = Past {
        people: vec![Facts {
            lixiu: true,
            ..facts(1)
        }],
        ..Past::default()
    };
    let quarterly = with(
        "contact = { every = \"month\", newcomers_need_days = 10 }",
        "contact = { every = \"quarter\", newcomers_need_days = 10 }",
    );
    let rule = changed(&past, &quarterly);
    assert_eq!(rule.rule.as_str(), "lixiu_contact");
    assert_eq!((rule.in_force, rule.candidate), (6, 2));
    assert_eq!((rule.dropped, rule.added), (6, 2));
}

#[test]
fn a_wider_audience_adds_duties_and_a_new_rule_all_of_its_own() {
    let past = Past {
        people: vec![Facts {
            born_on: Some(date("1950-01-01")),
            ..facts(1)
        }],
        ..Past::default()
    };
    let wider = with(
        "audience = [{ aged = 80 }, \"living_alone\", \"unable_to_care_for_self\"]",
        "audience = [{ aged = 75 }, \"living_alone\", \"unable_to_care_for_self\"]",
    );
    let rule = changed(&past, &wider);
    assert_eq!((rule.rule.as_str(), rule.added), ("care_visit", 2));
    let new = with(
        "id = \"dispute_visit\"\nname = \"矛盾纠纷必访\"\ntrigger = { dispute = { term = { working_days = 5 } } }",
        "id = \"yearly_visit\"\nname = \"每年走访\"\ntrigger = { contact = { every = \"year\", newcomers_need_days = 60 } }",
    );
    let rule = changed(&past, &new);
    assert_eq!((rule.rule.as_str(), rule.added), ("yearly_visit", 1));
    assert_eq!(rule.name.as_str(), "每年走访");
}

#[test]
fn what_a_stricter_rule_does_not_take_is_told() {
    let past = visits(&[
        ("2026-03-02", Some("2026-03-03")),
        ("2026-03-02", Some("2026-03-09")),
        ("2026-03-02", None),
    ]);
    let at_home = with(
        "trigger = { admitted = { term = { working_days = 3 } } }\nwarn_days_before = 1\nclosed_by = { visit = { purposes = [\"hospitalisation\"], modes = [\"hospital\", ",
        "trigger = { admitted = { term = { working_days = 3 } } }\nwarn_days_before = 1\nclosed_by = { visit = { purposes = [\"hospitalisation\"], modes = [",
    );
    let rule = changed(&past, &at_home);
    assert_eq!((rule.not_taken, rule.now_late, rule.earlier), (2, 0, 0));
    assert_eq!(rule.examples[0].change, Change::NotTaken);
}

#[test]
fn the_candidate_is_tried_whatever_its_own_days_and_each_day_has_its_own_rules() {
    let past = visits(&[("2026-03-02", None), ("2026-05-04", None)]);
    let future = Rules {
        valid_from: date("2027-01-01"),
        ..two_days()
    };
    assert_eq!(changed(&past, &future).earlier, 2);
    // In force since May: there is nothing left to change from then on.
    let (old, new) = (testing::rules(), two_days());
    let in_force =
        |day: Date| Ok::<_, Infallible>(if day < date("2026-05-01") { &old } else { &new });
    let period = Period {
        from: date(PERIOD.0),
        until: date(PERIOD.1),
    };
    let calendar = Calendar::bundled().unwrap();
    let Ok(trial) = try_rules(&past, period, in_force, &new, &calendar);
    assert_eq!((trial.rules[0].in_force, trial.rules[0].earlier), (2, 1));
    let none = |on| {
        Err::<&Rules, _>(ProfilesError::NoneOn {
            jurisdiction: "city".into(),
            on,
        })
    };
    let refused = try_rules(&past, period, none, &new, &calendar);
    assert!(matches!(refused, Err(ProfilesError::NoneOn { .. })));
}

#[test]
fn examples_are_few_and_the_weightiest_come_first() {
    let mut table = vec![("2026-03-02", None); 30];
    table.push(("2026-03-02", Some("2026-03-05")));
    let rule = changed(&visits(&table), &two_days());
    assert_eq!((rule.earlier, rule.now_late), (31, 1));
    let told: Vec<_> = rule.examples.iter().map(|example| example.change).collect();
    assert_eq!(told.len(), MOST_EXAMPLES);
    assert_eq!(told[0], Change::NowLate);
    assert_eq!(rule.examples[0].duty, duty_of(31));
    assert!(told[1..].iter().all(|change| *change == Change::Earlier));
}

#[test]
fn what_is_changed_and_not_tried_is_named() {
    let nothing = Past::default();
    let untried = |candidate: &Rules| tried(&nothing, &testing::rules(), candidate, PERIOD).untried;
    assert_eq!(untried(&two_days()), [""; 0]);
    let petition = with(
        "handle = { term = { days = 60 }",
        "handle = { term = { days = 45 }",
    );
    assert_eq!(untried(&petition), ["petition"]);
    let mut ladder = testing::rules();
    ladder.duty.as_mut().unwrap().ladder.head_after = calendar::Term::WorkingDays(2);
    assert_eq!(untried(&ladder), ["duty.ladder"]);
}
