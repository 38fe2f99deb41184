use super::*;
use crate::{
    Rules, TriggerRule,
    cadre::Birthday,
    duty::watch::{Facts, NextReview, Occasion, Stay, Watch},
};

fn rules() -> Rules {
    testing::rules()
}

/// Someone of 76 who lives with others: no class of any rule.
fn nobody() -> Facts {
    Facts {
        person: ONE,
        lixiu: false,
        born_on: Some(date("1949-06-01")),
        birthday: None,
        lives_alone: false,
        unable_to_care_for_self: false,
        verified_on: date("2025-01-01"),
        stay: None,
        review: None,
    }
}

/// The rules and keys seen on a day.
fn seen(facts: &Facts, day: &str) -> Vec<String> {
    let rules = rules();
    let watch = Watch::on(date(day), &rules);
    let seen = watch.sees(facts);
    seen.map(|(id, _)| format!("{} {}", id.rule, id.trigger))
        .collect()
}

fn trigger(facts: &Facts, day: &str, rule: &str) -> Option<Trigger> {
    let rules = rules();
    let watch = Watch::on(date(day), &rules);
    let mut seen = watch.sees(facts);
    let found = seen.find(|(id, _)| id.rule.as_str() == rule);
    found.map(|(_, trigger)| trigger)
}

#[test]
fn contact_depends_on_the_class_and_comes_once_in_each_period() {
    assert_eq!(seen(&nobody(), "2025-05-10"), [""; 0]);
    let lixiu = Facts {
        lixiu: true,
        verified_on: date("2025-05-01"),
        ..nobody()
    };
    for day in ["2025-05-01", "2025-05-21"] {
        assert_eq!(
            seen(&lixiu, day),
            ["lixiu_contact 2025-05", "lixiu_visit 2025-Q2"]
        );
    }
    let quarterly = ["care_visit 2025-Q2"];
    for facts in [
        Facts {
            born_on: Some(date("1944-12-01")),
            ..nobody()
        },
        Facts {
            lives_alone: true,
            ..nobody()
        },
        Facts {
            unable_to_care_for_self: true,
            ..nobody()
        },
    ] {
        assert_eq!(seen(&facts, "2025-05-10"), quarterly);
    }
    let found = trigger(&lixiu, "2025-05-10", "lixiu_visit").unwrap();
    assert_eq!(
        (found.on, found.known, found.until),
        (
            date("2025-04-01"),
            when("2025-05-10"),
            Some(date("2025-06-30"))
        )
    );
}

#[test]
fn one_turns_eighty_on_the_birthday() {
    let facts = Facts {
        born_on: Some(date("1945-05-10")),
        birthday: Some(Birthday::Solar { month: 1, day: 1 }),
        ..nobody()
    };
    assert_eq!(seen(&facts, "2025-05-09"), [""; 0]);
    assert_eq!(seen(&facts, "2025-05-10"), ["care_visit 2025-Q2"]);
}

#[test]
fn who_comes_late_into_a_period_starts_with_the_next() {
    let facts = Facts {
        lives_alone: true,
        ..nobody()
    };
    assert_eq!(seen(&facts, "2025-05-31"), ["care_visit 2025-Q2"]);
    assert_eq!(seen(&facts, "2025-06-01"), [""; 0]);
    assert_eq!(seen(&facts, "2025-07-01"), ["care_visit 2025-Q3"]);
}

#[test]
fn a_period_that_gives_newcomers_no_time_is_raised_on_its_first_day_all_the_same() {
    let mut rules = rules();
    for rule in &mut rules.duty.as_mut().unwrap().rules {
        if let TriggerRule::Contact {
            newcomers_need_days,
            ..
        } = &mut rule.trigger
        {
            *newcomers_need_days = 100;
        }
    }
    let alone = Facts {
        lives_alone: true,
        ..nobody()
    };
    let raised = |day| Watch::on(date(day), &rules).sees(&alone).count();
    assert_eq!([raised("2025-07-01"), raised("2025-07-02")], [1, 0]);
}

#[test]
fn a_named_birthday_is_seen_from_a_week_before() {
    let facts = |birthday| Facts {
        born_on: Some(date("1935-05-10")),
        birthday,
        ..nobody()
    };
    let birthdays = |facts: &Facts, day: &str| {
        let found = trigger(facts, day, "birthday_visit");
        found.map(|t| {
            (
                t.on.to_string(),
                t.until.unwrap().to_string(),
                t.age.unwrap(),
            )
        })
    };
    let solar = Some(Birthday::Solar { month: 5, day: 10 });
    let week = Some(("2025-05-03".to_owned(), "2025-05-10".to_owned(), 90));
    for (day, expected) in [
        ("2025-05-02", None),
        ("2025-05-03", week.clone()),
        ("2025-05-10", week),
        ("2025-05-11", None),
        ("2026-05-10", None),
    ] {
        assert_eq!(birthdays(&facts(solar), day), expected, "{day}");
    }
    // By the birthday they keep: 2025-05-05 is the eighth day of the fourth month.
    let lunar = Some(Birthday::Lunar { month: 4, day: 8 });
    let found = birthdays(&facts(lunar), "2025-05-05");
    assert_eq!(found, Some(("2025-04-28".into(), "2025-05-05".into(), 90)));
    assert_eq!(birthdays(&facts(lunar), "2025-05-10"), None);
    let unknown = Facts {
        born_on: None,
        birthday: Some(Birthday::Solar { month: 5, day: 10 }),
        ..nobody()
    };
    assert_eq!(birthdays(&unknown, "2025-05-10"), None);
}

#[test]
fn spring_festival_is_for_those_of_the_classes_thirty_days_before() {
    let facts = Facts {
        lives_alone: true,
        ..nobody()
    };
    let seen = |day: &str| trigger(&facts, day, "spring_festival_visit").and_then(|t| t.until);
    let feast = Some(date("2026-02-17"));
    assert_eq!(seen("2026-01-17"), None);
    assert_eq!(seen("2026-01-18"), feast);
    assert_eq!(seen("2026-02-17"), feast);
    assert_eq!(seen("2026-02-18"), None);
    assert_eq!(
        trigger(&nobody(), "2026-02-17", "spring_festival_visit"),
        None
    );
}

#[test]
fn a_long_stay_comes_back_every_month() {
    let facts = Facts {
        stay: Some(Stay {
            event: Uuid::from_u128(7),
            admitted_on: date("2025-01-31"),
        }),
        ..nobody()
    };
    let seen = |day: &str| {
        let seen = seen(&facts, day);
        seen.first()
            .map(|text| text.rsplit('-').next().unwrap().to_owned())
    };
    for (day, expected) in [
        ("2025-02-27", None),
        ("2025-02-28", Some("1")),
        ("2025-03-30", Some("1")),
        ("2025-03-31", Some("2")),
        ("2025-12-31", Some("11")),
        ("2026-01-31", Some("12")),
    ] {
        assert_eq!(seen(day).as_deref(), expected, "{day}");
    }
    let on = trigger(&facts, "2025-03-10", "long_stay_visit").unwrap().on;
    assert_eq!(on, date("2025-02-28"));
}

#[test]
fn a_record_nobody_has_checked_for_ninety_days_is_stale() {
    let facts = Facts {
        lixiu: true,
        ..nobody()
    };
    let stale = |day: &str| trigger(&facts, day, "record_check").is_some();
    assert!(!stale("2025-04-01"), "day 90");
    assert!(stale("2025-04-02"), "day 91");
    let key = seen(&facts, "2025-04-02").pop().unwrap();
    assert_eq!(key, "record_check 2025-01-01");
    assert!(!seen(&nobody(), "2025-06-01").contains(&key));
}

#[test]
fn a_plan_is_to_be_reviewed_from_two_weeks_before_its_day_and_after_the_review_before() {
    let reviewed = |after: &str, due: &str| Facts {
        review: Some(NextReview {
            event: Uuid::from_u128(7),
            after: date(after),
            due: date(due),
        }),
        ..nobody()
    };
    let seen = |facts: &Facts, day: &str| {
        let found = trigger(facts, day, "plan_review");
        found.map(|t| (t.on.to_string(), t.until.unwrap().to_string()))
    };
    let facts = reviewed("2025-03-01", "2025-06-30");
    let expected = Some(("2025-03-02".to_owned(), "2025-06-30".to_owned()));
    for (day, expected) in [
        ("2025-06-15", None),
        ("2025-06-16", expected.clone()),
        ("2025-07-10", expected),
    ] {
        assert_eq!(seen(&facts, day), expected, "{day}");
    }
    let soon = reviewed("2025-06-27", "2025-06-30");
    assert_eq!(
        seen(&soon, "2025-06-27"),
        None,
        "the day of the review before"
    );
    let next_day = Some(("2025-06-28".to_owned(), "2025-06-30".to_owned()));
    assert_eq!(seen(&soon, "2025-06-28"), next_day);
    assert_eq!(seen(&nobody(), "2025-06-30"), None);
}

#[test]
fn another_plan_with_the_same_day_of_review_raises_another_duty() {
    let planned = |event: u128| Facts {
        review: Some(NextReview {
            event: Uuid::from_u128(event),
            after: date("2025-03-01"),
            due: date("2025-06-30"),
        }),
        ..nobody()
    };
    let [one, other] = [7, 8].map(|event| seen(&planned(event), "2025-06-20"));
    assert_eq!((one.len(), other.len()), (1, 1));
    assert_ne!(one, other);
}

#[test]
fn what_was_known_before_the_rules_began_raises_nothing() {
    let lixiu = Facts {
        lixiu: true,
        ..nobody()
    };
    let mut rules = rules();
    rules.duty.as_mut().unwrap().since = date("2025-05-02");
    let occasion = |known: &str| Occasion {
        person: ONE,
        kind: TriggerKind::Admitted,
        event: Uuid::from_u128(7),
        on: date("2025-05-01"),
        known: when(known),
    };
    for (day, any) in [("2025-05-01", false), ("2025-05-02", true)] {
        let watch = Watch::on(date(day), &rules);
        assert_eq!(watch.sees(&lixiu).count() > 0, any, "{day}");
        let raised = occasion(day).raises(&rules, &lixiu).count();
        assert_eq!(raised > 0, any, "{day}");
    }
}

#[test]
fn what_happened_raises_the_duties_of_its_kind() {
    let rules = rules();
    let facts = nobody();
    for (kind, _, _) in TriggerKind::ALL {
        let occasion = Occasion {
            person: ONE,
            kind,
            event: Uuid::from_u128(7),
            on: date("2025-01-20"),
            known: when("2025-01-22"),
        };
        let raised: Vec<_> = occasion.raises(&rules, &facts).collect();
        let expected = match kind {
            TriggerKind::Admitted => "hospital_visit",
            TriggerKind::Discharged => "discharge_follow_up",
            TriggerKind::CheckedUp => "check_up_feedback",
            TriggerKind::Died => "death_visit",
            TriggerKind::Dispute => "dispute_visit",
            TriggerKind::Hardship => "hardship_visit",
            // They come round by themselves.
            TriggerKind::LongStay
            | TriggerKind::Birthday
            | TriggerKind::SpringFestival
            | TriggerKind::Contact
            | TriggerKind::StaleRecord
            | TriggerKind::PlanReview => continue,
        };
        let [(id, trigger)] = raised.as_slice() else {
            panic!("{raised:?}");
        };
        assert_eq!(id.rule.as_str(), expected);
        assert_eq!(id.trigger, TriggerKey::Event(Uuid::from_u128(7)));
        assert_eq!((trigger.on, trigger.known), (occasion.on, occasion.known));
    }
}
