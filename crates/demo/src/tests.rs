use std::sync::Arc;

use app::{IdentityKey, Parts, Reading, SystemIds, national_rules};
use attachments::{Attachments, Limits};
use calendar::Calendar;
use domain::{Actor, StaffId, Text, Unit};
use event_log::{EventLog, MemoryLog};
use views::{PageRequest, Views, hardship::HardshipFilter, medal::MedalFilter};

use super::*;

const PLAN: Plan = Plan {
    people: 300,
    seed: 2022,
    years: 1,
    until: Date::constant(2026, 11, 20),
};

async fn bureau(plan: Plan) -> (App, Arc<MemoryLog>, tempfile::TempDir, Built) {
    let dir = tempfile::tempdir().unwrap();
    let (log, clock) = (
        Arc::new(MemoryLog::default()),
        Arc::new(SimulatedClock::default()),
    );
    let app = App::new(Parts {
        log: log.clone(),
        views: Views::open(dir.path().join("views.db")).unwrap(),
        clock: clock.clone(),
        ids: Arc::new(SystemIds),
        rules: national_rules().unwrap(),
        calendar: Calendar::bundled().unwrap(),
        attachments: Attachments::in_folder(&dir.path().join("attachments"), Limits::default())
            .unwrap(),
        identity_key: IdentityKey::new([1; 32]),
    });
    let built = build(&app, &clock, plan, |_, _| ()).await.unwrap();
    app.catch_up().await.unwrap();
    (app, log, dir, built)
}

fn reading(app: &App) -> Reading {
    let text = |text| Text::parse(text).unwrap();
    app.read_as(&Actor {
        id: StaffId(text("clerk")),
        name: text("经办人"),
        role: text("clerk"),
        unit: Unit(text("老干部局")),
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_rule_refuses_the_plan_and_every_kind_of_care_is_in_it() {
    let (app, log, _dir, built) = bureau(PLAN).await;
    let reading = reading(&app);
    let counts = reading.counts(None).await.unwrap();
    assert_eq!(counts.people, 300, "who was entered twice counts once");
    assert!(counts.living < 300, "some have died");
    assert!(counts.members > 150 && counts.lixiu > 0);
    assert!(built.requests > 300 * 4, "two visits a year, and more");
    for said in ["opened", "fulfilled", "missed", "cancelled", "reinstated"] {
        let said = format!("duty.{said}");
        assert!(built.by_itself.contains_key(&said), "{said}");
    }
    let first = PageRequest::default();
    assert!(
        !reading
            .hardship_cases(HardshipFilter::default(), first.clone())
            .await
            .unwrap()
            .items
            .is_empty()
    );
    assert!(
        !reading
            .medals(MedalFilter::default(), first)
            .await
            .unwrap()
            .items
            .is_empty()
    );

    let all = log.read_all(None, 1_000_000).await.unwrap();
    let mut last = None;
    for event in &all {
        let recorded = event.metadata.recorded;
        assert!(calendar::civil_date(recorded) <= PLAN.until);
        last = last.max(Some(recorded));
    }
    assert_eq!(
        calendar::civil_date(last.unwrap()),
        PLAN.until,
        "it goes on to the last day"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_gives_the_same_people() {
    let plan = Plan { people: 20, ..PLAN };
    let names = |app: App| async move {
        let found = reading(&app)
            .find_people(views::register::Find::default(), PageRequest::default())
            .await;
        found
            .unwrap()
            .items
            .into_iter()
            .map(|row| (row.person, row.name))
            .collect::<Vec<_>>()
    };
    let (one, _, _dir, _) = bureau(plan).await;
    let (two, _, _dir2, _) = bureau(plan).await;
    assert_eq!(names(one).await, names(two).await);
}
