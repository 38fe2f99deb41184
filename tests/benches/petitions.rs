//! With 100,000 open petitions: how long the first page of the work list takes, a pass of the
//! reactors when little is due, and reckoning 100,000 provisional dates again when the calendar of
//! the next year is loaded.
//!
//! `cargo bench -p tests --bench petitions`; `make bench` does it too.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints"
)]

use std::{path::Path, sync::Arc, time::Instant};

use app::{App, Clock, IdentityKey, Parts, Request, SystemIds, national_rules};
use attachments::{Attachments, Limits};
use calendar::{Calendar, Timestamp, When};
use domain::{
    Actor, PetitionId, StaffId, Text, Unit,
    petition::{
        Channel, Intake, Means, Notice, NoticeContent, Petition, PetitionCommand, Petitioner,
    },
};
use event_log::{EventLog, RequestId};
use event_log_sqlite::SqliteLog;
use tokio::task::JoinSet;
use uuid::Uuid;
use views::{PageRequest, Views, petitions::WorkFilter};

const PETITIONS: u32 = 100_000;
/// One in so many was not told yet, and the day of its warning has come.
const NEAR_ONE_IN: u32 = 1_000;
const SIDE_BY_SIDE: u32 = 64;
/// How often a page is asked for.
const PAGES: usize = 2_000;

/// 2026-11-05 10:00 in Beijing: sixty days on, the calendar of 2026 has ended.
struct Then;

impl Clock for Then {
    fn now(&self) -> Timestamp {
        "2026-11-05T02:00:00Z".parse().unwrap()
    }
}

#[tokio::main]
async fn main() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let log: Arc<dyn EventLog> = Arc::new(SqliteLog::open(&dir.path().join("events.db")).unwrap());
    let bundled = include_str!("../../crates/calendar/data/cn-public-holidays.csv");
    let app = open(dir.path(), &log, bundled);
    let start = Instant::now();
    fill(&app).await;
    app.catch_up().await.unwrap();
    println!(
        "{PETITIONS} open petitions recorded and in the views in {:.1?}",
        start.elapsed()
    );

    work_list(&app, "everybody's", WorkFilter::default()).await;
    let unassigned = WorkFilter {
        unassigned: true,
        ..WorkFilter::default()
    };
    work_list(&app, "nobody's", unassigned).await;
    for pass in ["first", "second"] {
        let start = Instant::now();
        let done = app.react().await.unwrap();
        println!(
            "{pass} pass, {} spoke: {:.3?}",
            done[0].spoke,
            start.elapsed()
        );
        assert_eq!(
            done[0].spoke,
            if pass == "first" {
                u64::from(PETITIONS / NEAR_ONE_IN)
            } else {
                0
            }
        );
    }
    let next = bundled
        .replace("# version: cn-2026.1", "# version: cn-2027.1")
        .replace("..2026-12-31", "..2027-12-31")
        + "2027-01-04,day_off,元旦 New Year's Day\n";
    drop(app);
    let app = open(dir.path(), &log, &next);
    app.catch_up().await.unwrap();
    let start = Instant::now();
    let done = app.react().await.unwrap();
    println!(
        "{} dates by the new calendar, durable: {:.3?}",
        done[0].events["petition.deadline_recomputed"],
        start.elapsed()
    );
    assert_eq!(done[0].spoke, u64::from(PETITIONS));
    app.catch_up().await.unwrap();
    println!("... and in the views: {:.3?}", start.elapsed());
    assert_eq!(app.react().await.unwrap()[0].asked, 0);
}

/// The first page, one call after another.
async fn work_list(app: &App, whose: &str, filter: WorkFilter) {
    let clerk = app.read_as(&actor());
    let mut times = Vec::new();
    for _ in 0..PAGES {
        let start = Instant::now();
        let page = clerk.petition_worklist(filter.clone(), PageRequest::default());
        assert!(page.await.unwrap().next_page_token.is_some());
        times.push(start.elapsed());
    }
    times.sort();
    println!(
        "first page of {whose} work: p50 {:.3?}, p99 {:.3?}, worst {:.3?}",
        times[PAGES / 2],
        times[PAGES * 99 / 100],
        times[PAGES - 1]
    );
}

fn open(dir: &Path, log: &Arc<dyn EventLog>, calendar: &str) -> App {
    App::new(Parts {
        log: log.clone(),
        views: Views::open(dir.join("views.db")).unwrap(),
        clock: Arc::new(Then),
        ids: Arc::new(SystemIds),
        rules: national_rules().unwrap(),
        calendar: Calendar::parse(calendar).unwrap(),
        attachments: Attachments::in_folder(dir, Limits::default()).unwrap(),
        identity_key: IdentityKey::new([7; 32]),
    })
}

/// Registers and accepts them, each by a request of its own.
async fn fill(app: &App) {
    let mut clerks = JoinSet::new();
    for clerk in 0..SIDE_BY_SIDE {
        let app = app.clone();
        clerks.spawn(async move {
            for n in (clerk..PETITIONS).step_by(SIDE_BY_SIDE as usize) {
                receive(&app, n).await;
            }
        });
    }
    clerks.join_all().await;
}

async fn receive(app: &App, n: u32) {
    let id = PetitionId(Uuid::from_u128((u128::from(n) << 80) | u128::from(n)));
    let near = n.is_multiple_of(NEAR_ONE_IN);
    let day = |day: &str| day.parse::<When>().unwrap();
    let received = day(if near { "2026-10-22" } else { "2026-11-04" });
    let petition = Petition {
        id,
        number: Some(text(&format!("信访〔2026〕{n}号"))),
        channel: Channel::Letter,
        petitioner: Petitioner {
            name: text("来信人"),
            person: None,
        },
        subject: text("请求补发取暖补贴"),
        text: text(&"2025年冬季取暖补贴至今未发，请核实补发。".repeat(5)),
        received,
        intake: Intake::default(),
    };
    let mut commands = vec![PetitionCommand::Register { petition }];
    if !near {
        commands.push(PetitionCommand::Notify {
            notice: Notice {
                content: NoticeContent::Ours,
                means: Means::Phone,
                told: received,
            },
        });
    }
    commands.push(PetitionCommand::Accept {
        accepted: day("2026-11-05"),
    });
    let request = RequestId(Uuid::from_u128((u128::from(n) << 80) | 1));
    let request = Request::new(request, actor());
    app.petition(id, commands, &request).await.unwrap();
}

fn actor() -> Actor {
    Actor {
        id: StaffId(text("bench")),
        name: text("bench"),
        role: text("clerk"),
        unit: Unit(text("老干部局")),
    }
}

fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}
