use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use attachments::{Attachments, Limits};
use calendar::{Calendar, IdNumber, Timestamp, When};
use domain::{
    Actor, CadreId, Fen, StaffId, Text, Unit, VisitId,
    cadre::{CadreCommand, Field, Profile, RegisterCadre, Retirement},
    identity::{Identity, IdentityCommand},
    visit::{Mode, Purpose, Visit, VisitCommand, Visitor},
};
use event_log::{Direction, EventLog, MemoryLog, RequestId, Revision, StreamName};
use tempfile::TempDir;
use uuid::Uuid;
use views::{PageRequest, Views, register::Find};

use crate::{
    Answer, App, Clock, Error, IdentityKey, Ids, Kind, Outcome, Parts, Reading, Request, Rulebook,
    national_rules,
};

/// Ticks one second each time it is read, from 2026-05-01 09:00 in Beijing; can be set.
struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.fetch_add(1, Ordering::SeqCst)).unwrap()
    }
}

struct TestIds(AtomicU64);

impl Ids for TestIds {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::SeqCst)))
    }
}

struct World {
    app: App,
    clock: Arc<TestClock>,
    log: Arc<MemoryLog>,
    _dir: TempDir,
}

fn world() -> World {
    world_under(national_rules().unwrap())
}

fn world_under(rules: Rulebook) -> World {
    let dir = tempfile::tempdir().unwrap();
    let log = Arc::new(MemoryLog::default());
    let start: Timestamp = "2026-05-01T01:00:00Z".parse().unwrap();
    let clock = Arc::new(TestClock(AtomicI64::new(start.as_second())));
    let app = App::new(Parts {
        log: log.clone(),
        views: Views::open(dir.path().join("views.db")).unwrap(),
        clock: clock.clone(),
        ids: Arc::new(TestIds(AtomicU64::new(1))),
        rules,
        calendar: Calendar::bundled().unwrap(),
        attachments: Attachments::in_folder(&dir.path().join("attachments"), Limits::default())
            .unwrap(),
        identity_key: IdentityKey::new([7; 32]),
    });
    World {
        app,
        clock,
        log,
        _dir: dir,
    }
}

impl World {
    fn reading(&self) -> Reading {
        self.app.read_as(&request(0).actor)
    }

    async fn events(&self, stream: &StreamName) -> Vec<String> {
        let read = self
            .log
            .read_stream(stream, None, Direction::Forwards, 1000)
            .await
            .unwrap();
        read.into_iter().map(|e| e.name.to_string()).collect()
    }

    async fn everything(&self) -> usize {
        self.log.read_all(None, 10_000).await.unwrap().len()
    }

    async fn register(&self, n: u128, number: Option<&str>) -> Result<Answer, Error> {
        self.app
            .cadre(cadre(n), [register(n, number)], &request(n))
            .await
    }
}

const NUMBER: &str = "11010519491231002X";
const OTHER_NUMBER: &str = "359906192502022897";

fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

fn cadre(n: u128) -> CadreId {
    CadreId(Uuid::from_u128(n))
}

fn request(n: u128) -> Request {
    let actor = Actor {
        id: StaffId(text("clerk")),
        name: text("经办人"),
        role: text("clerk"),
        unit: Unit(text("老干部局")),
    };
    Request::new(RequestId(Uuid::from_u128(1_000_000 + n)), actor)
}

fn register(n: u128, number: Option<&str>) -> CadreCommand {
    let mut profile = Profile::named(text("王家"));
    profile.id_number = number.map(|n| IdNumber::parse(n).unwrap());
    CadreCommand::Register(RegisterCadre {
        id: cadre(n),
        unit: Unit(text("老干部局")),
        retirement: Some(Retirement::Tuixiu),
        profile: profile.into(),
    })
}

fn amend_number(number: Option<&str>) -> CadreCommand {
    CadreCommand::Amend {
        changes: vec![Field::IdNumber(number.map(|n| IdNumber::parse(n).unwrap()))],
        reason: text("登记有误"),
        document: None,
    }
}

fn visit(n: u128) -> VisitCommand {
    VisitCommand::Record {
        visit: Visit {
            person: cadre(n),
            visited: When::Day("2026-04-30".parse().unwrap()),
            visitors: vec![Visitor {
                name: text("联系人"),
                post: None,
                unit: None,
                rank: None,
            }],
            mode: Mode::Home,
            place: None,
            purpose: Purpose::Routine,
            money: Fen::ZERO,
            goods: None,
            findings: None,
            needs: None,
        },
    }
}

fn code(result: Result<Answer, Error>) -> &'static str {
    result.unwrap_err().code()
}

#[tokio::test]
async fn the_same_request_again_gets_the_first_answer_and_records_nothing() {
    let world = world();
    let first = world.register(1, Some(NUMBER)).await.unwrap();
    assert_eq!(first.outcome, Outcome::Recorded);
    let recorded = world.everything().await;

    let again = world.register(1, Some(NUMBER)).await.unwrap();
    assert_eq!(
        again,
        Answer {
            outcome: Outcome::Repeated,
            ..first
        }
    );
    assert_eq!(world.everything().await, recorded);
}

#[tokio::test]
async fn a_request_that_asks_for_what_is_already_so_records_nothing() {
    let world = world();
    world.register(1, None).await.unwrap();
    let recorded = world.everything().await;
    let other_request = world
        .app
        .cadre(cadre(1), [register(1, None)], &request(2))
        .await
        .unwrap();
    assert_eq!(
        (other_request.outcome, other_request.position),
        (Outcome::AlreadySo, None)
    );
    assert_eq!(world.everything().await, recorded);
}

#[tokio::test]
async fn a_stale_expected_revision_is_a_conflict() {
    let world = world();
    world.register(1, None).await.unwrap();
    let stale = Request {
        expected_revision: Some(Revision(7)),
        ..request(2)
    };
    let refused = world
        .app
        .cadre(cadre(1), [amend_number(Some(NUMBER))], &stale)
        .await;
    assert_eq!(refused.unwrap_err().kind(), Kind::Conflict);
}

#[tokio::test]
async fn every_event_says_who_when_why_and_for_whom() {
    let world = world();
    world.register(1, None).await.unwrap();
    let answer = world
        .app
        .visit(VisitId(Uuid::from_u128(9)), [visit(1)], &request(2))
        .await
        .unwrap();
    let stored = world
        .log
        .read_stream(&answer.stream, None, Direction::Forwards, 10)
        .await
        .unwrap();
    let metadata = &stored[0].metadata;
    assert_eq!(&*stored[0].name, "visit.recorded");
    assert_eq!(metadata.occurred.to_string(), "2026-04-30");
    assert_eq!(metadata.subjects, [cadre(1).0]);
    assert_eq!(
        (metadata.actor.id.as_str(), metadata.actor.unit.as_str()),
        ("clerk", "老干部局")
    );
    assert_eq!(&*metadata.rules, "national-2022");
    assert_eq!(metadata.request, request(2).id);
    assert_eq!(metadata.causation, request(2).id.0);
}

#[tokio::test]
async fn a_visit_needs_a_person_of_the_register() {
    let world = world();
    let refused = world
        .app
        .visit(VisitId(Uuid::from_u128(9)), [visit(1)], &request(1))
        .await;
    assert_eq!(code(refused), "unknown_person");
}

#[tokio::test]
async fn several_commands_are_recorded_together_or_not_at_all() {
    let world = world();
    let died = CadreCommand::RecordDeath {
        died_on: "2030-01-01".parse().unwrap(),
        document: None,
    };
    let refused = world
        .app
        .cadre(cadre(1), [register(1, Some(NUMBER)), died], &request(1))
        .await;
    assert_eq!(code(refused), "in_the_future");
    assert_eq!(
        world.everything().await,
        0,
        "not even a claim of the number is left"
    );
}

#[tokio::test]
async fn a_dry_run_decides_the_same_and_records_nothing() {
    let world = world();
    let rehearsal = Request {
        dry_run: true,
        ..request(1)
    };
    let answer = world
        .app
        .cadre(cadre(1), [register(1, Some(NUMBER))], &rehearsal)
        .await
        .unwrap();
    assert_eq!((answer.outcome, answer.position), (Outcome::Recorded, None));
    assert_eq!(world.everything().await, 0);

    world.register(1, Some(NUMBER)).await.unwrap();
    let rehearsal = Request {
        dry_run: true,
        ..request(2)
    };
    let refused = world
        .app
        .cadre(cadre(2), [register(2, Some(NUMBER))], &rehearsal)
        .await;
    assert_eq!(code(refused), "duplicate_person");
}

#[tokio::test]
async fn an_id_number_is_entered_once_however_many_clerks_try() {
    let world = world();
    let tries = (1..=64).map(|n| {
        let app = world.app.clone();
        tokio::spawn(async move {
            app.cadre(cadre(n), [register(n, Some(NUMBER))], &request(n))
                .await
        })
    });
    let mut entered = 0;
    for attempt in tries.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(_) => entered += 1,
            Err(error) => assert_eq!(error.code(), "duplicate_person"),
        }
    }
    let all = world.log.read_all(None, 1000).await.unwrap();
    let registered = all
        .iter()
        .filter(|e| &*e.name == "cadre.registered")
        .count();
    assert_eq!((registered, all.len()), (1, 2), "one claim, one person");
    // A clerk whose request was merged into the first one's is told so; nobody is told a lie.
    assert!(entered >= 1);
}

#[tokio::test]
async fn an_entry_that_broke_off_after_its_claim_is_finished_by_the_next() {
    let world = world();
    let claim = IdentityCommand::Claim { person: cadre(1) };
    let number = IdNumber::parse(NUMBER).unwrap();
    let id = world.app.parts.identity_key.stream_of(&number).unwrap();
    world
        .app
        .execute::<Identity>(&id, vec![claim], &request(1))
        .await
        .unwrap();

    let answer = world.register(2, Some(NUMBER)).await.unwrap();
    assert_eq!(
        answer.stream.id(),
        cadre(1).to_string(),
        "under the claimed id"
    );
    assert_eq!(
        world.reading().person_by_id_number(&number).await.unwrap(),
        Some(cadre(1))
    );
}

#[tokio::test]
async fn a_corrected_id_number_sets_the_former_one_free() {
    let world = world();
    let (number, other) = (
        IdNumber::parse(NUMBER).unwrap(),
        IdNumber::parse(OTHER_NUMBER).unwrap(),
    );
    world.register(1, Some(NUMBER)).await.unwrap();
    world
        .app
        .cadre(cadre(1), [amend_number(Some(OTHER_NUMBER))], &request(2))
        .await
        .unwrap();
    assert_eq!(
        world.reading().person_by_id_number(&number).await.unwrap(),
        None
    );
    assert_eq!(
        world.reading().person_by_id_number(&other).await.unwrap(),
        Some(cadre(1))
    );
    world.register(3, Some(NUMBER)).await.unwrap();

    world
        .app
        .cadre(cadre(1), [amend_number(None)], &request(4))
        .await
        .unwrap();
    assert_eq!(
        world.reading().person_by_id_number(&other).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn nothing_is_recorded_before_the_event_it_follows() {
    let world = world();
    let first = world.register(1, None).await.unwrap();
    let years_back: Timestamp = "2010-01-01T00:00:00Z".parse().unwrap();
    world
        .clock
        .0
        .store(years_back.as_second(), Ordering::SeqCst);
    let second = world
        .app
        .cadre(cadre(1), [amend_number(Some(NUMBER))], &request(2))
        .await
        .unwrap();
    assert!(second.recorded >= first.recorded);
}

#[tokio::test]
async fn what_was_written_can_be_read_once_the_views_have_reached_it() {
    let world = world();
    let following = world.app.clone();
    let task = tokio::spawn(async move { following.follow().await });
    let answer = world.register(1, Some(NUMBER)).await.unwrap();
    world.app.reached(answer.position.unwrap()).await.unwrap();
    let find = Find {
        q: Some("wangjia".into()),
        ..Find::default()
    };
    let found = world
        .reading()
        .find_people(find, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(found.items.len(), 1);
    assert_eq!(
        world
            .reading()
            .person_card(cadre(2))
            .await
            .unwrap_err()
            .kind(),
        Kind::NotFound
    );
    task.abort();
}

#[tokio::test]
async fn sixteen_clerks_on_one_record_all_get_through() {
    let world = world();
    world.register(1, None).await.unwrap();
    let phones = (0..16).map(|n| {
        let app = world.app.clone();
        tokio::spawn(async move {
            let changes = vec![Field::Phone(Some(text(&format!("139{n}"))))];
            let amend = CadreCommand::Amend {
                changes,
                reason: text("更正"),
                document: None,
            };
            app.cadre(cadre(1), [amend], &request(100 + n)).await
        })
    });
    for amended in phones.collect::<Vec<_>>() {
        amended.await.unwrap().unwrap();
    }
    let stream = StreamName::new("cadre", &cadre(1).to_string()).unwrap();
    assert_eq!(world.events(&stream).await.len(), 17);
}

mod duties;
mod funds;
mod inspection;
mod medals;
mod mortal_log;
mod payment_batches;
mod petitions;
mod reactors;
mod rounds;
mod rules;
mod sealed;
mod signing;
