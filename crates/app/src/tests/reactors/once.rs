//! Nothing is said twice, wherever a pass breaks off and however many run side by side.

use std::{collections::BTreeMap, sync::Arc};

use event_log::EventLog;
use tokio::sync::Notify;

use super::{NOTHING, World, bundled, said, world};
use crate::{Kind, tests::mortal_log::MortalLog};

const PETITIONS: u32 = 200;

/// Received long ago, and nobody was told: each misses its last day and climbs three rungs.
async fn overdue() -> World {
    let world = world();
    for n in 1..=PETITIONS {
        world.receives(n.into(), "2026-04-01").await;
    }
    world.at("2026-05-06", "10:00");
    world
}

/// How often each petition said what it had to say.
async fn all_said_once(world: &World) {
    for n in 1..=PETITIONS {
        let mut said = BTreeMap::new();
        for name in world.of(n.into()).await {
            *said.entry(name).or_insert(0) += 1;
        }
        let wanted = [
            ("petition.deadline_missed", 1),
            ("petition.escalated", 3),
            ("petition.registered", 1),
        ];
        let wanted = wanted.map(|(name, count)| (name.to_owned(), count));
        assert_eq!(said, wanted.into(), "petition {n}");
    }
}

#[tokio::test]
async fn a_pass_that_broke_off_is_finished_by_the_next() {
    let world = overdue().await;
    let log = MortalLog::over(world.log.clone());
    log.dies_after(77);
    let (app, _dir) = world.opened_again(log, bundled());
    let broken = app.react().await.unwrap_err();
    assert_eq!(broken.kind(), Kind::Unavailable);
    let written = world.everything().await - PETITIONS as usize;
    assert_eq!(written, 77 * 4, "what was written is whole");

    // After the restart.
    let left = u64::from(PETITIONS) - 77;
    let rest = [
        ("deadline_missed".to_owned(), left),
        ("escalated".to_owned(), 3 * left),
    ];
    assert_eq!(world.reacts().await, rest);
    all_said_once(&world).await;
    assert_eq!(world.reacts().await, NOTHING);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn passes_side_by_side_say_everything_once() {
    let world = overdue().await;
    world.app.catch_up().await.unwrap();
    let passes = (0..4).map(|_| {
        let app = world.app.clone();
        tokio::spawn(async move { app.react().await.unwrap() })
    });
    let mut spoke = 0;
    for pass in passes.collect::<Vec<_>>() {
        let reactions = pass.await.unwrap();
        assert!(reactions[0].refused.is_empty());
        spoke += reactions[0].spoke;
    }
    assert_eq!(spoke, u64::from(PETITIONS));
    all_said_once(&world).await;
}

#[tokio::test]
async fn a_replay_says_nothing() {
    let world = overdue().await;
    world.app.catch_up().await.unwrap();
    world.app.rebuild_views(|_| ()).await.unwrap();
    let (app, _dir) = world.opened_again(world.log.clone(), bundled());
    app.catch_up().await.unwrap();
    assert_eq!(world.everything().await, PETITIONS as usize);
}

#[tokio::test]
async fn it_wakes_when_the_clock_ticks_and_when_the_log_moves() {
    let world = world();
    world.receives(1, "2026-04-30").await;
    world.at("2026-05-01", "10:00");
    let tick = Arc::new(Notify::new());
    let (app, ticks) = (world.app.clone(), tick.clone());
    let reacting = tokio::spawn(async move { app.keep_reacting(|| ticks.notified()).await });
    // The warning's day comes, and a tick with it.
    world.at("2026-05-12", "10:00");
    tick.notify_one();
    until(&world, 2).await;
    // A petition is entered of which the last day is long over; no tick.
    world.receives(2, "2026-01-05").await;
    until(&world, 2 + 1 + 4).await;
    reacting.abort();
    assert_eq!(
        world.of(1).await.last().unwrap(),
        "petition.deadline_warned"
    );
    assert_eq!(said(&world.app.react().await.unwrap()), NOTHING);
}

/// Waits for so many events.
async fn until(world: &World, events: usize) {
    let mut seen = None;
    loop {
        let all = world.log.read_all(None, 1000).await.unwrap();
        if all.len() >= events {
            return;
        }
        seen = all.last().map(|e| e.position).or(seen);
        world.log.wait(seen).await.unwrap();
    }
}
