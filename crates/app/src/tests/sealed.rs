//! To those who may not see a report there is none, whatever they ask; and that they asked is kept.

use std::{io::Read as _, sync::atomic::Ordering};

use domain::{
    Actor, PetitionId, StaffId, Unit,
    petition::{Accused, PetitionCommand as C},
    petition_access::AttemptedBy,
};
use event_log::{EventLog as _, Revision};
use inspection::mining::Notation;
use uuid::Uuid;
use views::{PageRequest, petition_access::Attempt, petitions::PetitionFilter};

use super::{
    World,
    petitions::{accept, close, id, petition},
    request, text, world,
};
use crate::{Error, Outcome, Reading, Request};

fn accuse() -> C {
    C::NameAccused {
        accused: vec![Accused::Unit(Unit(text("物业管理处")))],
    }
}

/// A report that 老干部局 keeps.
async fn report() -> World {
    let world = world();
    let commands = [petition(1, "2026-04-01"), accuse()];
    let registered = world.app.petition(id(1), commands, &request(1)).await;
    registered.unwrap();
    world.app.catch_up().await.unwrap();
    world
}

fn by(n: u128, unit: &str) -> Request {
    let mut request = request(n);
    request.actor.id = StaffId(text("qian"));
    request.actor.unit = Unit(text(unit));
    request
}

/// All that an error says.
fn said(error: &Error) -> (String, String, &'static str) {
    (error.to_string(), error.zh(), error.code())
}

fn reading(world: &World, unit: &str) -> Reading {
    world.app.read_as(&by(0, unit).actor)
}

/// What is kept of those who tried, told to the unit that keeps the petition.
async fn attempts(world: &World) -> Vec<Attempt> {
    world.app.settled().await;
    world.app.catch_up().await.unwrap();
    let page = PageRequest::default();
    let told = world.reading().petition_attempts(id(1), page).await;
    told.unwrap().items
}

#[tokio::test]
async fn a_command_of_another_unit_is_answered_as_if_there_were_no_petition() {
    let world = report().await;
    let mut n = 10;
    for unit in ["物业管理处", "财务处"] {
        for command in [accept("2026-04-10"), close(), accuse()] {
            for expected_revision in [None, Some(Revision(1))] {
                let mut said_of = Vec::new();
                for of in [id(1), id(9)] {
                    n += 1;
                    let request = Request {
                        expected_revision,
                        ..by(n, unit)
                    };
                    let answer = world.app.petition(of, [command.clone()], &request).await;
                    said_of.push(said(&answer.unwrap_err()));
                }
                assert_eq!(said_of[0], said_of[1]);
            }
        }
    }
    let kept = attempts(&world).await;
    assert_eq!(kept.len(), 1, "of one person, whatever unit they say");
    assert_eq!(kept[0].by, AttemptedBy::Command);
}

#[tokio::test]
async fn the_clocks_of_a_sealed_petition_run_whoever_reads_them() {
    let world = report().await;
    let clockwork = by(2, "财务处");
    let check = world.app.petition(id(1), [C::CheckDeadlines], &clockwork);
    assert_eq!(check.await.unwrap().outcome, Outcome::Recorded);
    assert!(attempts(&world).await.is_empty());
}

#[tokio::test]
async fn a_petition_cannot_be_linked_to_one_that_may_not_be_seen() {
    let world = report().await;
    let mine = by(2, "财务处");
    let registered = world
        .app
        .petition(id(2), [petition(2, "2026-04-01")], &mine);
    registered.await.unwrap();
    let mut refused = Vec::new();
    for (n, first) in [(3, id(1)), (4, id(9))] {
        let link = [C::LinkDuplicate { first }];
        let answer = world.app.petition(id(2), link, &by(n, "财务处")).await;
        refused.push(said(&answer.unwrap_err()));
    }
    assert_eq!(refused[0], refused[1]);
    assert_eq!(attempts(&world).await.len(), 1);
}

#[tokio::test]
async fn what_was_linked_to_a_report_is_hidden_with_it() {
    let world = world();
    for n in [1, 2] {
        let commands = [petition(n, "2026-04-01")];
        let registered = world.app.petition(id(n), commands, &request(n)).await;
        registered.unwrap();
    }
    let link = [C::LinkDuplicate { first: id(1) }];
    world.app.petition(id(2), link, &request(3)).await.unwrap();
    world
        .app
        .petition(id(1), [accuse()], &request(4))
        .await
        .unwrap();
    let answer = world.app.petition(id(2), [close()], &by(5, "财务处")).await;
    assert_eq!(answer.unwrap_err().code(), "petition_not_registered");
}

#[tokio::test]
async fn whoever_registers_under_a_hidden_id_gets_another_each_time_the_same() {
    let world = report().await;
    let mut ids = Vec::new();
    for n in [2, 3] {
        let commands = [petition(1, "2026-04-01"), accept("2026-04-02")];
        let answer = world
            .app
            .petition(id(1), commands, &by(n, "财务处"))
            .await
            .unwrap();
        ids.push((answer.stream.id().to_owned(), answer.outcome));
    }
    assert_ne!(ids[0].0, id(1).to_string());
    assert_eq!(ids[0].0, ids[1].0);
    assert_eq!(
        (ids[0].1, ids[1].1),
        (Outcome::Recorded, Outcome::AlreadySo)
    );
    world.app.catch_up().await.unwrap();
    let mine = PetitionId(Uuid::parse_str(&ids[0].0).unwrap());
    let seen = reading(&world, "财务处").petition_text(mine).await.unwrap();
    assert_eq!(seen.row.petition, mine);
}

#[tokio::test]
async fn who_registered_a_report_on_their_own_unit_may_send_the_request_again() {
    let world = world();
    let commands = || [petition(1, "2026-04-01"), accuse()];
    let first = world
        .app
        .petition(id(1), commands(), &by(1, "物业管理处"))
        .await;
    assert_eq!(first.unwrap().outcome, Outcome::Recorded);
    let again = world
        .app
        .petition(id(1), commands(), &by(1, "物业管理处"))
        .await;
    assert_eq!(again.unwrap().outcome, Outcome::Repeated);
    let mut other = by(1, "物业管理处");
    other.actor.id = StaffId(text("sun"));
    let guessed = world.app.petition(id(1), [close()], &other).await;
    assert_eq!(guessed.unwrap_err().code(), "petition_not_registered");
}

#[tokio::test]
async fn an_attempt_to_see_it_is_kept_once_a_day_for_each_way() {
    let world = report().await;
    for day in ["2026-05-02T01:00:00Z", "2026-05-03T01:00:00Z"] {
        let day: calendar::Timestamp = day.parse().unwrap();
        world.clock.0.store(day.as_second(), Ordering::SeqCst);
        for unit in ["物业管理处", "财务处"] {
            let reading = reading(&world, unit);
            let page = PageRequest::default;
            let unknown = reading.petition_text(id(9)).await.unwrap_err();
            for error in [
                reading.petition_text(id(1)).await.unwrap_err(),
                reading.petition_history(id(1), page()).await.err().unwrap(),
                reading.petition_attempts(id(1), page()).await.unwrap_err(),
            ] {
                assert_eq!(said(&error), said(&unknown));
            }
            for q in ["医药费", "取暖费", " "] {
                let filter = PetitionFilter {
                    q: Some(q.to_owned()),
                    ..PetitionFilter::default()
                };
                let found = reading.petitions(filter, page()).await.unwrap();
                assert!(found.items.is_empty());
            }
        }
    }
    let kept = attempts(&world).await;
    let ways: Vec<AttemptedBy> = kept.iter().map(|attempt| attempt.by).collect();
    use AttemptedBy::{History, Id, Search};
    assert_eq!(ways, [Search, History, Id, Search, History, Id]);
    let Actor { id, .. } = by(0, "财务处").actor;
    assert!(kept.iter().all(|attempt| attempt.actor.id == id.0.as_str()));
}

#[tokio::test]
async fn who_may_see_it_leaves_no_attempt() {
    let world = report().await;
    let reading = world.reading();
    reading.petition_text(id(1)).await.unwrap();
    reading
        .petition_history(id(1), PageRequest::default())
        .await
        .unwrap();
    let found = reading.petitions(PetitionFilter::default(), PageRequest::default());
    assert_eq!(found.await.unwrap().items.len(), 1);
    assert!(attempts(&world).await.is_empty());
}

#[tokio::test]
async fn an_attempt_is_not_in_the_petitions_own_history_nor_in_anyones() {
    let world = report().await;
    let _ = reading(&world, "财务处").petition_text(id(1)).await;
    assert_eq!(attempts(&world).await.len(), 1);
    let reading = world.reading();
    let history = reading.petition_history(id(1), PageRequest::default());
    assert_eq!(history.await.unwrap().items.len(), 2);
    for event in world.log.read_all(None, 100).await.unwrap() {
        assert!(event.metadata.subjects.is_empty());
    }
}

#[tokio::test]
async fn a_replay_of_the_rules_tells_of_no_report_nor_of_its_matter_also_as_of_before() {
    let world = world();
    for n in [1, 2] {
        let (register, request) = (petition(n, "2026-01-05"), request(n));
        let registered = world.app.petition(id(n), [register], &request);
        registered.await.unwrap();
    }
    let link = C::LinkDuplicate { first: id(1) };
    world
        .app
        .petition(id(2), [link], &request(3))
        .await
        .unwrap();
    let before = world.app.log().newest().await.unwrap().unwrap();
    let before = calendar::When::At(before.metadata.recorded);
    world
        .app
        .petition(id(1), [accuse()], &request(4))
        .await
        .unwrap();
    for known_by in [None, Some(before)] {
        let told = |reading: Reading| async move {
            let report = reading.deviations(None, known_by).await.unwrap();
            assert_eq!(
                report.counts.values().sum::<u64>(),
                report.deviations.len() as u64
            );
            report.deviations.len()
        };
        assert!(
            told(world.reading()).await > 0,
            "{known_by:?}: it keeps them"
        );
        assert_eq!(told(reading(&world, "物业管理处")).await, 0, "{known_by:?}");
    }
}

#[tokio::test]
async fn the_log_for_process_mining_tells_of_no_report_nor_of_who_tried_to_see_it() {
    let world = report().await;
    let other = petition(2, "2026-04-01");
    world
        .app
        .petition(id(2), [other], &request(2))
        .await
        .unwrap();
    let _ = reading(&world, "财务处").petition_text(id(1)).await;
    assert_eq!(attempts(&world).await.len(), 1);
    let xes = |category: &str| Notation::Xes {
        category: category.into(),
    };
    for (notation, shown) in [
        (Notation::Ocel, true),
        (xes("petition"), true),
        (xes("petition_access"), false),
    ] {
        let told = |reading: Reading| {
            let notation = notation.clone();
            async move {
                let mut mined = reading.mined_log(notation).await.unwrap();
                let mut text = String::new();
                mined.file.read_to_string(&mut text).unwrap();
                (mined.holds.events, text)
            }
        };
        let (all, text) = told(world.reading()).await;
        assert!(text.contains(&id(1).to_string()), "it keeps it");
        for unit in ["物业管理处", "财务处"] {
            let (events, text) = told(reading(&world, unit)).await;
            assert!(!text.contains(&id(1).to_string()), "{notation:?} {unit}");
            assert_eq!(text.contains(&id(2).to_string()), shown);
            assert!(events < all);
        }
    }
}

#[tokio::test]
async fn what_was_just_sealed_is_not_mined_though_the_views_lag_behind() {
    let world = world();
    let register = petition(1, "2026-04-01");
    world
        .app
        .petition(id(1), [register], &request(1))
        .await
        .unwrap();
    world.app.catch_up().await.unwrap();
    world
        .app
        .petition(id(1), [accuse()], &request(2))
        .await
        .unwrap();
    let reading = reading(&world, "物业管理处");
    let mined = reading.mined_log(Notation::Ocel).await.unwrap();
    assert_eq!(mined.holds.events, 0);
}
