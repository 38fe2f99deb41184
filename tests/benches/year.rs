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

mod bureau;
#[path = "../recount/mod.rs"]
mod recount;

use std::{sync::Arc, time::Instant};

use bureau::open;
use calendar::{Calendar, Date};
use demo::{Plan, SimulatedClock};
use event_log::EventLog;
use event_log_sqlite::SqliteLog;

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
    let app = open(
        dir.path(),
        &log,
        clock.clone(),
        Calendar::bundled().unwrap(),
    );
    let start = Instant::now();
    let built = demo::build(&app, &clock, PLAN, |_, _| ()).await.unwrap();
    let took = start.elapsed();
    let events = recount::read(log.as_ref()).await;
    println!(
        "{} people, {} days: {} requests, {} events in {took:.1?}",
        PLAN.people,
        built.days,
        built.requests,
        events.len()
    );
    println!("{:?}", recount::recount(&events, PLAN.until));
}
