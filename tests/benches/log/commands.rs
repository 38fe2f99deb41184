//! The whole way of a command: read, decide, append, answered when it is on the disk.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use app::{App, Request};
use calendar::{Calendar, When};
use domain::{
    CadreId, Fen, Unit, VisitId,
    cadre::{CadreCommand, Profile, RegisterCadre},
    visit::{Mode, Purpose, Visit, VisitCommand, Visitor},
};
use event_log::{EventLog, RequestId};
use event_log_sqlite::SqliteLog;
use uuid::Uuid;

use crate::{
    appending::{bare, folder},
    bureau::{Then, actor, by, open, side_by_side, text},
    figures::Figures,
};

/// Who is visited.
const PEOPLE: u32 = 1_000;

/// Visits, each recorded by a command of its own that reads the person and looks whether the visit
/// or the request is there already.
pub(crate) async fn durable(figures: &mut Figures, callers: u32, count: u32) {
    let dir = folder();
    let took = visits(&people(dir.path()).await, callers, count).await;
    let name = format!("command, durable, callers: {callers}");
    figures.add(name, count.into(), took, Some(&bare(callers.into())));
}

/// A bureau with those who are visited.
pub(crate) async fn people(dir: &Path) -> App {
    let log: Arc<dyn EventLog> = Arc::new(SqliteLog::open(&dir.join("events.db")).unwrap());
    let calendar = Calendar::bundled().unwrap();
    let app = open(dir, &log, Arc::new(Then), calendar);
    side_by_side(&app, PEOPLE, register).await;
    app
}

/// Says how long so many visits by so many callers took.
pub(crate) async fn visits(app: &App, callers: u32, count: u32) -> Duration {
    let start = Instant::now();
    by(callers, app, count, visit).await;
    start.elapsed()
}

async fn register(app: App, number: u32) {
    let id = person(number);
    let register = CadreCommand::Register(RegisterCadre {
        id,
        unit: Unit(text("老干部局")),
        retirement: None,
        profile: Box::new(Profile::named(text("示例"))),
    });
    app.cadre(id, [register], &request(1, number))
        .await
        .unwrap();
}

async fn visit(app: App, number: u32) {
    let visit = Visit {
        person: person(number % PEOPLE),
        visited: When::Day("2026-11-04".parse().unwrap()),
        visitors: vec![Visitor {
            name: text("联络员"),
            post: None,
            unit: None,
            rank: None,
        }],
        mode: Mode::Home,
        place: None,
        purpose: Purpose::Routine,
        money: Fen::yuan(200),
        goods: None,
        findings: Some(text("身体尚好")),
        needs: None,
    };
    let id = VisitId(id(2, number));
    let record = VisitCommand::Record { visit };
    app.visit(id, [record], &request(3, number)).await.unwrap();
}

fn person(number: u32) -> CadreId {
    CadreId(id(0, number))
}

fn request(what: u8, number: u32) -> Request {
    Request::new(RequestId(id(what, number)), actor())
}

fn id(what: u8, number: u32) -> Uuid {
    Uuid::from_u128((u128::from(number) << 80) | u128::from(what))
}
