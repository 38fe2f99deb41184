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

mod bureau;

use std::{sync::Arc, time::Instant};

use app::{App, Request};
use bureau::{Then, actor, first_page, open, side_by_side, text};
use calendar::{Calendar, When};
use domain::{
    PetitionId,
    petition::{
        Channel, Intake, Means, Notice, NoticeContent, Petition, PetitionCommand, Petitioner,
    },
};
use event_log::{EventLog, RequestId};
use event_log_sqlite::SqliteLog;
use uuid::Uuid;
use views::{PageRequest, petitions::WorkFilter};

const PETITIONS: u32 = 100_000;
/// One in so many was not told yet, and the day of its warning has come.
const NEAR_ONE_IN: u32 = 1_000;

#[tokio::main]
async fn main() {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let log: Arc<dyn EventLog> = Arc::new(SqliteLog::open(&dir.path().join("events.db")).unwrap());
    let bundled = include_str!("../../crates/calendar/data/cn-public-holidays.csv");
    let app = open(
        dir.path(),
        &log,
        Arc::new(Then),
        Calendar::bundled().unwrap(),
    );
    let start = Instant::now();
    side_by_side(&app, PETITIONS, receive).await;
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
    let next = Calendar::parse(&next).unwrap();
    let app = open(dir.path(), &log, Arc::new(Then), next);
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

async fn work_list(app: &App, whose: &str, filter: WorkFilter) {
    let clerk = app.read_as(&actor());
    let ask = || async {
        let page = clerk.petition_worklist(filter.clone(), PageRequest::default());
        assert!(page.await.unwrap().next_page_token.is_some());
    };
    first_page(whose, ask).await;
}

/// Registers and accepts it.
async fn receive(app: App, n: u32) {
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
