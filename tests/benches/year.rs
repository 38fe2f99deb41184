//! A year of a bureau of 12,000 people, day by day on the embedded log: how long it takes, and that every
//! trigger has its duty, counted again from the raw events.
//!
//! `cargo bench -p tests --bench year`; `make bench` does it too.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints"
)]

#[path = "../recount/mod.rs"]
mod recount;

use std::{sync::Arc, time::Instant};

use app::{App, IdentityKey, Parts, SystemIds, national_rules};
use attachments::{Attachments, Limits};
use calendar::{Calendar, Date};
use demo::{Plan, SimulatedClock};
use event_log::{EventLog, Recorded};
use event_log_sqlite::SqliteLog;
use views::Views;

const PLAN: Plan = Plan {
    people: 12_000,
    seed: 2022,
    years: 1,
    until: Date::constant(2026, 6, 30),
};

#[tokio::main]
async fn main() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let log: Arc<dyn EventLog> = Arc::new(SqliteLog::open(&dir.path().join("events.db")).unwrap());
    let clock = Arc::new(SimulatedClock::default());
    let attachments = dir.path().join("attachments");
    let app = App::new(Parts {
        log: log.clone(),
        views: Views::open(dir.path().join("views.db")).unwrap(),
        clock: clock.clone(),
        ids: Arc::new(SystemIds),
        rules: national_rules().unwrap(),
        calendar: Calendar::bundled().unwrap(),
        attachments: Attachments::in_folder(&attachments, Limits::default()).unwrap(),
        identity_key: IdentityKey::new([1; 32]),
    });
    let start = Instant::now();
    let built = demo::build(&app, &clock, PLAN, |_, _| ()).await.unwrap();
    let took = start.elapsed();
    let events = read(log.as_ref()).await;
    println!(
        "{} people, {} days: {} requests, {} events in {took:.1?}",
        PLAN.people,
        built.days,
        built.requests,
        events.len()
    );
    println!("{:?}", recount::recount(&events, PLAN.until));
}

async fn read(log: &dyn EventLog) -> Vec<Recorded> {
    let mut all: Vec<Recorded> = vec![];
    loop {
        let after = all.last().map(|event| event.position);
        let page = log.read_all(after, 5_000).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}
