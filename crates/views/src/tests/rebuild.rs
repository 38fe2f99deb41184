use event_log::{EventId, EventLog};
use rusqlite::Connection;

use super::whole_life;
use crate::{
    PageRequest, State, Views, dump, register,
    testing::{Past, append, person},
};

async fn names(views: &Views) -> Vec<String> {
    let found = views
        .query(|conn| register::find(conn, &register::Find::default(), &PageRequest::default()));
    let people = found.await.unwrap().items;
    people.into_iter().map(|p| p.name.to_string()).collect()
}

fn one(name: &str) -> Past {
    let mut past = Past::default();
    past.registered(1, name, |_| ());
    past
}

#[tokio::test]
async fn rebuilt_is_the_same_as_live() {
    let dir = tempfile::tempdir().unwrap();
    let (live, rebuilt) = (dir.path().join("live.db"), dir.path().join("rebuilt.db"));
    let past = whole_life();
    let log = Past::default().log().await;
    let views = Views::open(&live).unwrap();
    for event in &past.events {
        append(log.as_ref(), std::slice::from_ref(event)).await;
        views.catch_up(log.as_ref()).await.unwrap();
    }
    let mut heard = 0;
    let again = Views::open(&rebuilt).unwrap();
    again
        .rebuild(log.as_ref(), |progress| heard = progress.events)
        .await
        .unwrap();
    assert_eq!(heard, past.events.len() as u64);
    assert_eq!(dump(&live).unwrap(), dump(&rebuilt).unwrap());

    views.rebuild(log.as_ref(), |_| ()).await.unwrap();
    assert_eq!(dump(&live).unwrap(), dump(&rebuilt).unwrap());
}

#[tokio::test]
async fn there_are_no_answers_before_the_file_was_compared_with_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let views = Views::open(dir.path().join("views.db")).unwrap();
    let refused = views.query(|_| Ok(())).await.unwrap_err();
    assert_eq!(refused.code(), "views_building");
    assert_eq!(views.status().state, State::Building);
    views
        .catch_up(one("王佳").log().await.as_ref())
        .await
        .unwrap();
    assert_eq!(names(&views).await, ["王佳"]);
}

#[tokio::test]
async fn the_file_of_another_log_is_built_anew() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("views.db");
    let views = Views::open(&path).unwrap();
    views
        .catch_up(one("王佳").log().await.as_ref())
        .await
        .unwrap();
    drop(views);

    // At the same place of the same stream stands another event.
    let mut other = one("李乐");
    other.events[0].id = EventId(uuid::Uuid::from_u128(99));
    let views = Views::open(&path).unwrap();
    views.catch_up(other.log().await.as_ref()).await.unwrap();
    assert_eq!(names(&views).await, ["李乐"]);
}

#[tokio::test]
async fn the_file_of_a_log_that_lost_its_end_is_built_anew() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("views.db");
    let mut longer = one("王佳");
    longer.registered(2, "李乐", |_| ());
    let views = Views::open(&path).unwrap();
    views.catch_up(longer.log().await.as_ref()).await.unwrap();
    drop(views);

    let views = Views::open(&path).unwrap();
    let position = views
        .catch_up(one("王佳").log().await.as_ref())
        .await
        .unwrap();
    assert_eq!(position.unwrap().to_stored(), 10);
    assert_eq!(names(&views).await, ["王佳"]);
}

#[tokio::test]
async fn a_file_of_other_versions_or_no_database_is_built_anew() {
    let log = one("王佳").log().await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("views.db");
    let spoil: [fn(&std::path::Path); 3] = [
        |path| {
            let conn = Connection::open(path).unwrap();
            conn.execute("UPDATE view_version SET version = 0", [])
                .unwrap();
            conn.execute("DELETE FROM register", []).unwrap();
        },
        |path| {
            let conn = Connection::open(path).unwrap();
            conn.execute("DROP TABLE view_version", []).unwrap();
        },
        |path| std::fs::write(path, "no database".repeat(100)).unwrap(),
    ];
    for spoil in spoil {
        let views = Views::open(&path).unwrap();
        views.catch_up(log.as_ref()).await.unwrap();
        drop(views);
        spoil(&path);
        let views = Views::open(&path).unwrap();
        views.catch_up(log.as_ref()).await.unwrap();
        assert_eq!(names(&views).await, ["王佳"]);
    }
}

#[tokio::test]
async fn what_a_crash_left_beside_the_file_does_not_get_into_it() {
    let log = one("王佳").log().await;
    let dir = tempfile::tempdir().unwrap();
    let beside = |name: &str| dir.path().join(name);
    // The write-ahead log of a file that is gone, with rows in it.
    let gone = Connection::open(beside("gone.db")).unwrap();
    gone.execute_batch(
        "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;
         CREATE TABLE intruder (id INTEGER PRIMARY KEY) STRICT;",
    )
    .unwrap();
    std::fs::copy(beside("gone.db-wal"), beside("views.db-wal")).unwrap();
    for leftover in ["views.db.building", "views.db.building-journal"] {
        std::fs::write(beside(leftover), "half a file").unwrap();
    }
    let views = Views::open(beside("views.db")).unwrap();
    views.catch_up(log.as_ref()).await.unwrap();
    assert_eq!(names(&views).await, ["王佳"]);
    assert!(!dump(&beside("views.db")).unwrap().contains("intruder"));
    assert!(!beside("views.db.building").exists());
}

#[tokio::test]
async fn two_processes_do_not_build_at_once() {
    let log = one("王佳").log().await;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("views.db");
    let lock = crate::file::BuildLock::take(&path).unwrap();
    let views = Views::open(&path).unwrap();
    let refused = views.catch_up(log.as_ref()).await.unwrap_err();
    assert_eq!(refused.code(), "views_built_elsewhere");
    drop(lock);
    views.catch_up(log.as_ref()).await.unwrap();
}

#[tokio::test]
async fn two_processes_may_follow_into_one_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("views.db");
    let past = whole_life();
    let log = Past::default().log().await;
    append(log.as_ref(), &past.events[..5]).await;
    let first = Views::open(&path).unwrap();
    first.catch_up(log.as_ref()).await.unwrap();
    let second = Views::open(&path).unwrap();
    second.catch_up(log.as_ref()).await.unwrap();
    append(log.as_ref(), &past.events[5..]).await;
    second.catch_up(log.as_ref()).await.unwrap();
    let position = first.catch_up(log.as_ref()).await.unwrap();
    assert_eq!(position, log.head().await.unwrap());
    let card = first.query(|conn| register::get(conn, person(1))).await;
    assert!(card.unwrap().unwrap().died_on.is_some());
}
