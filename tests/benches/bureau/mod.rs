//! The bureau that a bench measures, on the embedded log.
#![allow(dead_code, reason = "no bench needs all of it")]

use std::{path::Path, sync::Arc, time::Instant};

use app::{App, Clock, IdentityKey, Parts, SystemIds, national_rules};
use attachments::{Attachments, Limits};
use calendar::{Calendar, Timestamp};
use domain::{Actor, StaffId, Text, Unit};
use event_log::EventLog;
use tokio::task::JoinSet;
use views::Views;

const SIDE_BY_SIDE: u32 = 64;
/// How often a page is asked for.
const PAGES: usize = 2_000;

/// 2026-11-05 10:00 in Beijing: sixty days on, the calendar of 2026 has ended.
pub(crate) struct Then;

impl Clock for Then {
    fn now(&self) -> Timestamp {
        "2026-11-05T02:00:00Z".parse().unwrap()
    }
}

pub(crate) fn open(
    dir: &Path,
    log: &Arc<dyn EventLog>,
    clock: Arc<dyn Clock>,
    calendar: Calendar,
) -> App {
    App::new(Parts {
        log: log.clone(),
        views: Views::open(dir.join("views.db")).unwrap(),
        clock,
        ids: Arc::new(SystemIds),
        rules: national_rules().unwrap(),
        calendar,
        attachments: Attachments::in_folder(&dir.join("attachments"), Limits::default()).unwrap(),
        identity_key: IdentityKey::new([7; 32]),
    })
}

/// So many of them, each by a request of its own.
pub(crate) async fn side_by_side<F: Future<Output = ()> + Send>(
    app: &App,
    count: u32,
    one: impl Fn(App, u32) -> F + Copy + Send + 'static,
) {
    by(SIDE_BY_SIDE, app, count, one).await;
}

/// So many of them by so many clerks, each of whom waits for one before the next.
pub(crate) async fn by<F: Future<Output = ()> + Send>(
    clerks: u32,
    app: &App,
    count: u32,
    one: impl Fn(App, u32) -> F + Copy + Send + 'static,
) {
    let all = clerks as usize;
    let mut clerks = JoinSet::new();
    for clerk in 0..all {
        let app = app.clone();
        clerks.spawn(async move {
            for n in (0..count).skip(clerk).step_by(all) {
                one(app.clone(), n).await;
            }
        });
    }
    clerks.join_all().await;
}

/// The first page of a work list, one call after another.
pub(crate) async fn first_page<F: Future<Output = ()>>(whose: &str, ask: impl Fn() -> F) {
    let mut times = Vec::new();
    for _ in 0..PAGES {
        let start = Instant::now();
        ask().await;
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

pub(crate) fn actor() -> Actor {
    Actor {
        id: StaffId(text("bench")),
        name: text("bench"),
        role: text("clerk"),
        unit: Unit(text("老干部局")),
    }
}

pub(crate) fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}
