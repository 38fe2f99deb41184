//! A round from its plan to its end, over the register as it changes meanwhile.

use domain::{
    RoundId,
    round::{AudienceRule, RoundCommand, RoundKind, RoundPlan},
};
use views::rounds::{CoverageFilter, RoundCoverage, RoundList};

use super::*;

const ROUND: RoundId = RoundId(Uuid::from_u128(77));

/// From today, 2026-05-01, for ten days.
fn plan() -> RoundCommand {
    RoundCommand::Plan {
        plan: RoundPlan {
            kind: RoundKind::Research,
            title: text("五月调研走访"),
            unit: None,
            from: "2026-04-25".parse().unwrap(),
            until: "2026-05-10".parse().unwrap(),
            audience: AudienceRule::default(),
        },
    }
}

async fn coverage(world: &World, list: RoundList) -> RoundCoverage {
    world.app.catch_up().await.unwrap();
    let filter = CoverageFilter {
        round: ROUND,
        list,
        staff: None,
    };
    let page = PageRequest::default();
    world.reading().round_coverage(filter, page).await.unwrap()
}

fn who(coverage: &RoundCoverage) -> Vec<CadreId> {
    let people = coverage.people.items.iter();
    people.map(|one| one.person).collect()
}

#[tokio::test]
async fn a_round_is_for_those_in_the_register_when_it_starts_and_visits_fulfil_it() {
    let world = world();
    let app = &world.app;
    world.register(1, None).await.unwrap();
    world.register(2, None).await.unwrap();
    app.round(ROUND, [plan()], &request(10)).await.unwrap();
    // What was recorded a moment ago is in the audience: nobody has followed the log meanwhile.
    let started = app.start_round(ROUND, &request(11)).await.unwrap();
    world.register(3, None).await.unwrap();
    let again = app.start_round(ROUND, &request(11)).await.unwrap();
    assert_eq!(
        (again.outcome, again.revision),
        (Outcome::Repeated, started.revision)
    );

    app.visit(VisitId(Uuid::from_u128(9)), [visit(1)], &request(12))
        .await
        .unwrap();
    let found = coverage(&world, RoundList::NotReached).await;
    let figures = found.round.figures;
    assert_eq!((figures.reached, figures.eligible, found.late), (1, 2, 1));
    assert_eq!(who(&found), [cadre(2)]);

    let early = app.close_round(ROUND, &request(13)).await;
    assert_eq!(code(early), "round_still_running");
    let after: Timestamp = "2026-05-10T16:00:00Z".parse().unwrap();
    world.clock.0.store(after.as_second(), Ordering::SeqCst);
    app.close_round(ROUND, &request(14)).await.unwrap();
    world.register(4, None).await.unwrap();
    assert_eq!(who(&coverage(&world, RoundList::Late).await), [cadre(3)]);
}

#[tokio::test]
async fn what_was_never_planned_is_neither_started_nor_found() {
    let world = world();
    let started = world.app.start_round(ROUND, &request(1)).await;
    assert_eq!(code(started), "round_not_planned");
    world.app.catch_up().await.unwrap();
    let filter = CoverageFilter {
        round: ROUND,
        list: RoundList::default(),
        staff: None,
    };
    let found = world
        .reading()
        .round_coverage(filter, PageRequest::default())
        .await;
    assert_eq!(found.unwrap_err().kind(), Kind::NotFound);
}
