//! With 12,000 people and 100,000 open duties: how long the first page of the work list takes, and how
//! long a rule file is tried on the past year.
//!
//! `cargo bench -p tests --bench duties`; `make bench` does it too.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints"
)]

mod bureau;

use std::{sync::Arc, time::Instant};

use app::{App, Candidate, Request};
use bureau::{Then, actor, first_page, open, side_by_side, text};
use calendar::{Calendar, When};
use domain::{
    CadreId, NATIONAL_RULES, StaffId, Unit,
    cadre::{CadreCommand, Profile, RegisterCadre},
    duty::{DutyCommand, DutyId, RuleId, Trigger, TriggerKey, TriggerKind},
};
use event_log::{EventLog, RequestId};
use event_log_sqlite::SqliteLog;
use uuid::Uuid;
use views::{PageRequest, duties::WorkFilter};

const PEOPLE: u32 = 12_000;
const DUTIES: u32 = 100_000;
const UNITS: u32 = 40;
const STAFF: u32 = 200;

#[tokio::main]
async fn main() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let log: Arc<dyn EventLog> = Arc::new(SqliteLog::open(&dir.path().join("events.db")).unwrap());
    let app = open(
        dir.path(),
        &log,
        Arc::new(Then),
        Calendar::bundled().unwrap(),
    );
    let start = Instant::now();
    side_by_side(&app, PEOPLE, register).await;
    side_by_side(&app, DUTIES, raise).await;
    app.catch_up().await.unwrap();
    println!(
        "{PEOPLE} people and {DUTIES} open duties recorded and in the views in {:.1?}",
        start.elapsed()
    );

    let filter = WorkFilter::default();
    work_list(&app, "everybody's", &filter).await;
    let of_unit = WorkFilter {
        unit: Some(unit(7).0),
        ..filter.clone()
    };
    work_list(&app, "a unit's", &of_unit).await;
    let of_clerk = WorkFilter {
        handler: Some(staff(7).0),
        ..filter
    };
    work_list(&app, "a clerk's", &of_clerk).await;
    try_rules(&app).await;
}

async fn work_list(app: &App, whose: &str, filter: &WorkFilter) {
    let clerk = app.read_as(&actor());
    let ask = || async {
        let page = clerk.duty_worklist(filter.clone(), PageRequest::default());
        assert!(page.await.unwrap().next_page_token.is_some());
    };
    first_page(whose, ask).await;
}

/// Everyone, on each day of a year, by the rules in force and by those of a city.
async fn try_rules(app: &App) {
    let candidate = Candidate {
        file_name: "city.toml".into(),
        text: NATIONAL_RULES.replace("aged = 80", "aged = 75"),
    };
    let start = Instant::now();
    let city = app.read_as(&actor());
    let tried = city.try_rules(candidate, None, None).await.unwrap();
    let added: u64 = tried.trial.rules.iter().map(|rule| rule.added).sum();
    assert!(added > u64::from(PEOPLE / 10), "{added}");
    println!(
        "a rule file tried on the past year, {added} duties more: {:.3?}",
        start.elapsed()
    );
}

/// Someone of 60 to 99 years, with a contact.
async fn register(app: App, n: u32) {
    let id = person(n);
    let born = format!("{}-03-0{}", 1927 + n % 40, 1 + n % 9);
    let profile = Profile {
        born_on: Some(born.parse().unwrap()),
        ..Profile::named(text(&format!("示例{n}")))
    };
    let commands = [
        CadreCommand::Register(RegisterCadre {
            id,
            unit: unit(n),
            retirement: None,
            profile: Box::new(profile),
        }),
        CadreCommand::AssignContact {
            staff: staff(n),
            name: text("联络员"),
            from: "2026-11-05".parse().unwrap(),
        },
    ];
    app.cadre(id, commands, &request(1, n)).await.unwrap();
}

/// A dispute, known on one of the last thirty days.
async fn raise(app: App, n: u32) {
    let known = When::Day(format!("2026-10-{:02}", 1 + n % 30).parse().unwrap());
    let id = DutyId {
        person: person(n % PEOPLE),
        rule: RuleId::parse("dispute_visit").unwrap(),
        trigger: TriggerKey::Event(Uuid::from_u128(u128::from(n) << 80)),
    };
    let trigger = Trigger {
        kind: TriggerKind::Dispute,
        on: known.date(),
        known,
        until: None,
        age: None,
    };
    let open = DutyCommand::Open {
        id: id.clone(),
        trigger,
    };
    app.duty(&id, [open], &request(2, n)).await.unwrap();
}

fn person(n: u32) -> CadreId {
    CadreId(Uuid::from_u128((u128::from(n) << 80) | 1))
}

fn unit(n: u32) -> Unit {
    Unit(text(&format!("第{}老干部处", n % UNITS)))
}

fn staff(n: u32) -> StaffId {
    StaffId(text(&format!("staff{}", n % STAFF)))
}

fn request(what: u8, n: u32) -> Request {
    let id = (u128::from(n) << 80) | u128::from(what);
    Request::new(RequestId(Uuid::from_u128(id)), actor())
}
