//! Changed rules are tried on what was recorded, and nothing is recorded by it.

use calendar::Date;
use domain::NATIONAL_RULES;

use super::{World, world};
use crate::{Candidate, Error, Tried};

fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

/// The national profile with two working days for the first visit in hospital.
fn two_days() -> String {
    NATIONAL_RULES.replace(
        "admitted = { term = { working_days = 3 } }",
        "admitted = { term = { working_days = 2 } }",
    )
}

impl World {
    async fn tries(
        &self,
        text: &str,
        from: Option<Date>,
        until: Option<Date>,
    ) -> Result<Tried, Error> {
        let candidate = Candidate {
            file_name: "city.toml".into(),
            text: text.to_owned(),
        };
        self.reading().try_rules(candidate, from, until).await
    }
}

/// Admitted and known on a Monday, visited on the third working day.
async fn visited_on_the_third_day() -> World {
    let world = world();
    world.morning("2026-03-02");
    world.registers().await;
    world.admits("2026-03-02").await;
    world.reacts_once_and_is_quiet().await;
    world.morning("2026-03-05");
    world.visits("2026-03-05").await;
    world.reacts_once_and_is_quiet().await;
    world
}

#[tokio::test]
async fn a_candidate_is_tried_on_the_past_year_and_nothing_is_recorded() {
    let world = visited_on_the_third_day().await;
    let before = world.everything().await;
    let tried = world.tries(&two_days(), None, None).await.unwrap();
    assert_eq!(world.everything().await, before);
    let period = tried.trial.period;
    assert_eq!(
        (Some(period.from), Some(period.until)),
        (day("2025-03-05"), day("2026-03-05"))
    );
    let [rule] = tried.trial.rules.as_slice() else {
        panic!("{tried:#?}");
    };
    assert_eq!(rule.rule.as_str(), "hospital_visit");
    assert_eq!((rule.earlier, rule.now_late), (1, 1));
    let example = &rule.examples[0];
    assert_eq!(
        (
            example.last_day_in_force,
            example.last_day_candidate,
            example.done_on
        ),
        (day("2026-03-05"), day("2026-03-04"), day("2026-03-05"))
    );
    // It would take the place of the profile with its id.
    assert_eq!(tried.obstacle, None);
    assert!(!tried.candidate.in_force);

    let after = world.tries(&two_days(), day("2026-03-03"), None).await;
    assert_eq!(after.unwrap().trial.rules, []);
}

#[tokio::test]
async fn the_rules_in_force_change_nothing() {
    let world = visited_on_the_third_day().await;
    let tried = world.tries(NATIONAL_RULES, None, None).await.unwrap();
    assert_eq!((tried.trial.rules.len(), tried.trial.untried.len()), (0, 0));
    assert!(tried.candidate.in_force);
}

#[tokio::test]
async fn a_file_that_is_no_profile_and_days_that_are_no_past_are_refused() {
    let world = visited_on_the_third_day().await;
    let broken = two_days().replace("valid_from", "valid_form");
    let refused = world.tries(&broken, None, None).await.unwrap_err();
    assert_eq!(refused.code(), "rule_file_malformed");
    for (from, until) in [
        (None, day("2026-03-06")),
        (day("2026-03-05"), day("2026-03-04")),
        (day("2023-03-02"), None),
    ] {
        let refused = world.tries(&two_days(), from, until).await.unwrap_err();
        assert_eq!(refused.code(), "invalid_request", "{from:?} {until:?}");
    }
    let longest = world.tries(&two_days(), day("2023-03-03"), None).await;
    assert_eq!(longest.unwrap().trial.rules.len(), 1);
}

#[tokio::test]
async fn every_profile_is_listed_with_where_it_came_from() {
    let world = world();
    let shown: Vec<_> = world
        .reading()
        .rule_profiles()
        .into_iter()
        .map(|profile| (profile.id, profile.file, profile.in_force))
        .collect();
    let bundled = |id: &str, in_force| (id.to_owned(), None, in_force);
    assert_eq!(
        shown,
        [
            bundled("national-2005", false),
            bundled("national-2022", true),
            bundled("province-30", false)
        ]
    );
}
