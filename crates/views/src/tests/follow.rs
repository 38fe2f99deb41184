use std::sync::Arc;

use event_log::{EventLog, Position};

use super::whole_life;
use crate::{
    State, Views, register,
    testing::{Past, append, person},
};

#[tokio::test]
async fn what_was_written_can_be_read_once_its_position_is_reached() {
    let dir = tempfile::tempdir().unwrap();
    let views = Views::open(dir.path().join("views.db")).unwrap();
    let log = Past::default().log().await;
    let following = tokio::spawn({
        let (views, log) = (views.clone(), Arc::clone(&log));
        async move { views.follow(log).await }
    });
    let mut past = Past::default();
    for n in 1..=20 {
        past.registered(n, "王佳", |_| ());
        append(log.as_ref(), &past.events[past.events.len() - 1..]).await;
        views
            .reached(log.head().await.unwrap().unwrap())
            .await
            .unwrap();
        let card = views
            .query(move |conn| register::get(conn, person(n)))
            .await;
        assert!(card.unwrap().is_some());
    }
    assert_eq!(views.status().state, State::Answering);
    following.abort();
}

#[tokio::test]
async fn an_event_that_cannot_be_read_stops_the_views_and_is_never_skipped() {
    let dir = tempfile::tempdir().unwrap();
    let views = Views::open(dir.path().join("views.db")).unwrap();
    let mut past = whole_life();
    past.events[40].name = "cadre.unheard_of".into();
    let log = Past::default().log().await;
    append(log.as_ref(), &past.events[..40]).await;
    views.catch_up(log.as_ref()).await.unwrap();
    append(log.as_ref(), &past.events[40..]).await;

    let error = views.follow(log).await;
    assert_eq!(error.code(), "views_decode");
    let status = views.status();
    assert!(matches!(
        status.state,
        State::Stopped {
            code: "views_decode",
            ..
        }
    ));
    assert_eq!(status.position, Some(past.events[39].position));
    let unreachable = views.reached(past.events[40].position).await.unwrap_err();
    assert_eq!(unreachable.code(), "views_stopped");
    views.reached(past.events[39].position).await.unwrap();
    views.query(|_| Ok(())).await.unwrap();
}

#[tokio::test]
async fn a_question_that_panics_does_not_take_its_connection_along() {
    let dir = tempfile::tempdir().unwrap();
    let views = Views::open(dir.path().join("views.db")).unwrap();
    views
        .catch_up(Past::default().log().await.as_ref())
        .await
        .unwrap();
    for _ in 0..2 * crate::readers::READERS {
        let broken: Result<(), _> = views.query(|_| panic!("on purpose")).await;
        assert_eq!(broken.unwrap_err().code(), "views_broken_off");
    }
    views.query(|_| Ok(())).await.unwrap();
}

#[tokio::test]
async fn a_question_is_answered_from_one_moment() {
    let dir = tempfile::tempdir().unwrap();
    let views = Views::open(dir.path().join("views.db")).unwrap();
    let mut past = Past::default();
    past.registered(1, "王佳", |_| ());
    let log = past.log().await;
    views.catch_up(log.as_ref()).await.unwrap();
    past.registered(2, "李乐", |_| ());

    let (asked, begin) = std::sync::mpsc::channel();
    let (resume, wait) = std::sync::mpsc::channel::<()>();
    let question = tokio::spawn({
        let views = views.clone();
        async move {
            views
                .query(move |conn| {
                    let before = register::counts(conn, None)?;
                    asked.send(()).unwrap();
                    wait.recv().unwrap();
                    Ok((before, register::counts(conn, None)?))
                })
                .await
        }
    });
    tokio::task::spawn_blocking(move || begin.recv().unwrap())
        .await
        .unwrap();
    append(log.as_ref(), &past.events[1..]).await;
    views.catch_up(log.as_ref()).await.unwrap();
    resume.send(()).unwrap();
    let (before, after) = question.await.unwrap().unwrap();
    assert_eq!(before, after);
    let now = views
        .query(|conn| register::counts(conn, None))
        .await
        .unwrap();
    assert_eq!(now.people, 2);
    assert!(views.position() > Some(Position::from_stored(10)));
}

#[tokio::test]
async fn views_that_stopped_can_follow_again() {
    let dir = tempfile::tempdir().unwrap();
    let views = Views::open(dir.path().join("views.db")).unwrap();
    let mut damaged = whole_life();
    damaged.events[0].data = b"{}".to_vec().into();
    assert_eq!(
        views.follow(damaged.log().await).await.code(),
        "views_decode"
    );
    let refused = views.query(|_| Ok(())).await.unwrap_err();
    assert_eq!(refused.code(), "views_stopped");

    let repaired = whole_life().log().await;
    views.catch_up(repaired.as_ref()).await.unwrap();
    assert_eq!(views.status().state, State::Answering);
}

#[tokio::test]
async fn views_that_may_have_lost_something_when_the_machine_went_down_are_built_again() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("views.db");
    let mut past = Past::default();
    past.registered(1, "王佳", |_| ());
    let log = past.log().await;
    let is_there = async || {
        let views = Views::open(&file).unwrap();
        views.catch_up(log.as_ref()).await.unwrap();
        let card = views.query(|conn| register::get(conn, person(1))).await;
        card.unwrap().is_some()
    };
    assert!(is_there().await);
    let lose = || {
        let conn = rusqlite::Connection::open(&file).unwrap();
        conn.execute_batch("DELETE FROM register_card; DELETE FROM register;")
    };
    lose().unwrap();
    assert!(!is_there().await, "nothing in the file tells");
    std::fs::write(dir.path().join("views.db.unflushed"), "another run").unwrap();
    assert!(is_there().await);
}
