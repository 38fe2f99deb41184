use super::*;
use crate::Rules;

/// A city's profile in which the first visit has this term.
fn city(term: &str) -> Rules {
    let text = crate::NATIONAL_RULES.replace(
        "admitted = { term = { working_days = 3 } }",
        &format!("admitted = {{ term = {term} }}"),
    );
    toml::from_str(&text).unwrap()
}

#[test]
fn a_city_changes_a_term_without_code() {
    let said = given::<Duty>([])
        .about(person())
        .under(city("{ days = 1 }"))
        .when(open())
        .result
        .unwrap();
    let [DutyEvent::Opened(e)] = said.as_slice() else {
        panic!("{said:?}");
    };
    assert_eq!(e.due.deadline.raw, date("2025-01-23"));
}

#[test]
fn the_rules_of_the_day_of_knowledge_govern_for_good() {
    let open = open();
    let new = Duty::default();
    assert_eq!(new.governed_by(&open), Some(date("2025-01-22")));
    let duty = given::<Duty>([opened()]).state;
    for command in [open, DutyCommand::CheckDeadlines, fulfil("2025-01-23")] {
        assert_eq!(duty.governed_by(&command), Some(date("2025-01-22")));
    }
}

#[test]
fn a_trigger_without_a_rule_raises_nothing() {
    let missing = || DutyRejection::NoSuchRule {
        rule: rule("hospital_visit"),
        on: date("2025-01-22"),
    };
    let mut rules = city("{ days = 1 }");
    let duty = rules.duty.as_mut().unwrap();
    duty.rules.retain(|r| r.id != rule("hospital_visit"));
    given::<Duty>([])
        .about(person())
        .under(rules.clone())
        .when(open())
        .then_rejected(missing());
    rules.duty = None;
    given::<Duty>([])
        .about(person())
        .under(rules)
        .when(open())
        .then_rejected(missing());
    // A rule is for its own kind of trigger.
    let trigger = Trigger {
        kind: TriggerKind::Discharged,
        ..admitted()
    };
    given::<Duty>([])
        .about(person())
        .when(DutyCommand::Open { id: id(), trigger })
        .then_rejected(missing());
}

#[test]
fn the_rules_that_come_with_sangyu_know_the_six_mandatory_visits() {
    for (file, text) in crate::BUNDLED_RULES {
        let rules: Rules = toml::from_str(text).unwrap();
        let Some(duty) = rules.duty else {
            assert_eq!(file, "national-2005.toml");
            continue;
        };
        let mut ids: Vec<_> = duty.rules.iter().map(|r| r.id.as_str()).collect();
        for mandatory in [
            "hospital_visit",
            "birthday_visit",
            "spring_festival_visit",
            "dispute_visit",
            "hardship_visit",
            "death_visit",
        ] {
            assert!(ids.contains(&mandatory), "{file} {mandatory}");
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), duty.rules.len(), "{file}: each id once");
    }
}
