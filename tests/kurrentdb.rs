//! The log on KurrentDB, held against a double of it: the contract, and every fault.

use std::{sync::Arc, time::Duration};

use event_log::{
    Appended, Direction, EventId, EventLog, Expected, LogError, MAX_EVENT_BYTES, NewEvent,
    Position, Recorded, Revision, StreamName,
    contract::{self, event},
};
use event_log_kurrentdb::{KurrentLog, Settings};
use futures::stream::{self, StreamExt as _};
use tokio::time::{sleep, timeout};

use crate::{
    kurrentdb_double::{Double, Fault, store},
    ledgers,
    program::{Bureau, ledger, sangyu},
};

/// A log on the double, with more keys in its URL.
fn log(double: &Double, more: &str) -> Arc<KurrentLog> {
    let settings = Settings::parse(&format!("{}{more}", double.url())).unwrap();
    Arc::new(KurrentLog::connect(settings))
}

fn a() -> StreamName {
    contract::stream("a").unwrap()
}

fn events(numbers: impl IntoIterator<Item = u128>) -> Vec<NewEvent> {
    numbers.into_iter().map(event).collect()
}

fn ids(numbers: impl IntoIterator<Item = u128>) -> Vec<EventId> {
    numbers.into_iter().map(|number| event(number).id).collect()
}

async fn append(
    log: &KurrentLog,
    expected: Expected,
    numbers: impl IntoIterator<Item = u128>,
) -> Result<Appended, LogError> {
    log.append(&a(), expected, events(numbers)).await
}

async fn read(log: &KurrentLog, direction: Direction) -> Result<Vec<Recorded>, LogError> {
    log.read_stream(&a(), None, direction, usize::MAX).await
}

async fn everything(log: &KurrentLog) -> Vec<Recorded> {
    let mut all: Vec<Recorded> = Vec::new();
    loop {
        let after = all.last().map(|event| event.position);
        let page = log.read_all(after, 100).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// Returns when the first node is dead.
async fn dead(double: &Double) {
    while double.nodes[0].lives() {
        sleep(Duration::from_millis(10)).await;
    }
}

fn ids_of(page: &[Recorded]) -> Vec<EventId> {
    page.iter().map(|event| event.id).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_on_a_server_meets_the_contract() {
    let double = &Double::start(1);
    let cases = contract::cases().into_iter().enumerate();
    // Each has a namespace of its own, on one server that the others fill meanwhile.
    let checks = cases.map(|(number, case)| async move {
        let log = log(double, &format!("&namespace=case{number}"));
        if let Err(failure) = case.check(log).await {
            panic!("{}: {failure}", case.name);
        }
    });
    stream::iter(checks)
        .buffer_unordered(8)
        .collect::<()>()
        .await;
    assert_eq!(double.cluster.store.doubled(), [].into());
}

#[tokio::test]
async fn an_append_whose_answer_is_lost_is_stored_once_and_answered() {
    for fault in [Fault::AbortedAfterCommit, Fault::SilentAfterCommit] {
        let double = Double::start(1);
        let log = log(&double, "&defaultDeadline=2000");
        let mut expected = Expected::NoStream;
        for (number, any) in [(1, false), (3, false), (5, true)] {
            double.nodes[0].next_appends([fault]);
            let expected_now = if any { Expected::Any } else { expected };
            let appended = append(&log, expected_now, [number, number + 1]).await;
            let appended = appended.unwrap_or_else(|e| panic!("{fault:?}, {number}: {e}"));
            let last = read(&log, Direction::Backwards).await.unwrap().remove(0);
            assert_eq!(last.id, event(number + 1).id);
            assert_eq!(appended.revision, last.revision);
            assert_eq!(appended.position, last.position);
            expected = Expected::Exact(appended.revision);
        }
        assert_eq!(ids_of(&everything(&log).await), ids(1..=6), "{fault:?}");
    }
}

#[tokio::test]
async fn an_append_that_lost_its_answer_and_then_its_revision_is_still_recognised() {
    let double = Double::start(1);
    let (log, other) = (log(&double, "&defaultDeadline=2000"), log(&double, ""));
    // The answer of the first attempt comes too late; meanwhile somebody else appends.
    double.nodes[0].next_appends([Fault::SilentAfterCommit]);
    let (ours, theirs) = tokio::join!(append(&log, Expected::NoStream, [1, 2]), async {
        sleep(Duration::from_millis(300)).await;
        append(&other, Expected::Any, [3]).await
    });
    assert_eq!(ours.unwrap().revision, Revision(1));
    assert_eq!(theirs.unwrap().revision, Revision(2));
    assert_eq!(ids_of(&everything(&log).await), ids(1..=3));
}

#[tokio::test]
async fn a_busy_server_is_asked_again() {
    let double = Double::start(1);
    let log = log(&double, "");
    double.nodes[0].next_appends([Fault::Unavailable, Fault::Unavailable]);
    append(&log, Expected::NoStream, [1]).await.unwrap();
    double.nodes[0].next_reads([Fault::Unavailable]);
    assert_eq!(
        ids_of(&read(&log, Direction::Forwards).await.unwrap()),
        ids([1])
    );
    assert_eq!(double.cluster.store.doubled(), [].into());
}

#[tokio::test]
async fn what_was_not_answered_in_time_is_unknown_for_an_append_and_not_for_a_read() {
    let double = Double::start(1);
    let log = log(&double, "&defaultDeadline=2000");
    log.newest().await.unwrap();
    let slow = [Fault::Slow(Duration::from_secs(60)); 8];
    double.nodes[0].next_appends(slow);
    double.nodes[0].next_reads(slow);
    let unknown = |result: Result<(), LogError>| match result {
        Err(LogError::Unavailable { unknown, .. }) => unknown,
        other => panic!("{other:?}"),
    };
    assert!(unknown(
        append(&log, Expected::NoStream, [1]).await.map(|_| ())
    ));
    assert!(!unknown(log.newest().await.map(|_| ())));
}

#[tokio::test]
async fn a_read_that_breaks_or_ends_early_is_read_whole() {
    let double = Double::start(1);
    let log = log(&double, "");
    append(&log, Expected::NoStream, 1..=9).await.unwrap();
    for sent in [0, 1, 4] {
        for fault in [Fault::ResetAfter(sent), Fault::EndAfter(sent)] {
            double.nodes[0].next_reads([fault]);
            let forwards = read(&log, Direction::Forwards).await.unwrap();
            assert_eq!(ids_of(&forwards), ids(1..=9), "{fault:?}");
            double.nodes[0].next_reads([fault]);
            let backwards = read(&log, Direction::Backwards).await.unwrap();
            assert_eq!(ids_of(&backwards), ids((1..=9).rev()), "{fault:?}");
            double.nodes[0].next_reads([fault]);
            assert_eq!(ids_of(&everything(&log).await), ids(1..=9), "{fault:?}");
        }
    }
}

#[tokio::test]
async fn a_server_that_comes_up_later_is_found() {
    let double = Double::start(1);
    double.nodes[0].kill();
    let log = log(&double, "");
    let waiting = tokio::spawn({
        let log = Arc::clone(&log);
        async move { append(&log, Expected::NoStream, [1]).await }
    });
    sleep(Duration::from_millis(700)).await;
    double.nodes[0].start_again();
    let appended = timeout(Duration::from_secs(5), waiting).await.unwrap();
    assert_eq!(appended.unwrap().unwrap().revision, Revision(0));
}

#[tokio::test]
async fn where_no_server_is_nothing_was_written_and_no_password_is_told() {
    let double = Double::start(1);
    double.nodes[0].kill();
    let url = double.url().replace("//", "//clerk:secret@");
    let settings = Settings::parse(&format!("{url}&defaultDeadline=500")).unwrap();
    let log = KurrentLog::connect(settings);
    match append(&log, Expected::Any, [1]).await {
        Err(LogError::Unavailable { reason, unknown }) => {
            assert!(!unknown);
            assert!(reason.contains("esdb://127.0.0.1"), "{reason}");
            assert!(!reason.contains("secret"), "{reason}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_server_that_dies_and_comes_back_has_lost_nothing_and_is_followed_on() {
    let double = Double::start(1);
    let (log, follower) = (log(&double, ""), log(&double, ""));
    let first = append(&log, Expected::NoStream, [1]).await.unwrap();
    let waiting = tokio::spawn({
        let after = Some(first.position);
        async move { follower.wait(after).await }
    });
    double.nodes[0].next_appends([Fault::DeadAfterCommit]);
    let (appended, ()) = tokio::join!(append(&log, Expected::Exact(first.revision), [2]), async {
        dead(&double).await;
        sleep(Duration::from_millis(300)).await;
        double.nodes[0].start_again();
    });
    assert_eq!(appended.unwrap().revision, Revision(1));
    assert_eq!(ids_of(&everything(&log).await), ids([1, 2]));
    let woken = timeout(Duration::from_secs(5), waiting).await.unwrap();
    woken.unwrap().unwrap();
}

#[tokio::test]
async fn a_cluster_whose_leader_dies_goes_on_with_the_next_one() {
    let double = Double::start(3);
    let log = log(&double, "");
    let first = append(&log, Expected::NoStream, [1]).await.unwrap();
    double.nodes[0].next_appends([Fault::DeadAfterCommit]);
    let (appended, ()) = tokio::join!(append(&log, Expected::Exact(first.revision), [2]), async {
        dead(&double).await;
        sleep(Duration::from_millis(300)).await;
        double.cluster.elect(&double.nodes[2]);
    });
    assert_eq!(appended.unwrap().revision, Revision(1));
    append(&log, Expected::Any, [3]).await.unwrap();
    assert_eq!(ids_of(&everything(&log).await), ids([1, 2, 3]));
}

#[tokio::test]
async fn a_node_that_leads_no_more_sends_to_the_one_that_does() {
    let double = Double::start(3);
    let log = log(&double, "");
    append(&log, Expected::NoStream, [1]).await.unwrap();
    for leader in [1, 2, 0] {
        double.cluster.elect(&double.nodes[leader]);
        append(&log, Expected::Any, [leader as u128 + 10])
            .await
            .unwrap();
        let read = read(&log, Direction::Backwards).await.unwrap();
        assert_eq!(read[0].id, event(leader as u128 + 10).id);
    }
    // One that says so of itself though it leads.
    double.nodes[0].next_appends([Fault::NotLeader]);
    append(&log, Expected::Any, [20]).await.unwrap();
    assert_eq!(everything(&log).await.len(), 5);
}

#[tokio::test]
async fn what_another_process_appended_is_recognised_in_its_stream() {
    let double = Double::start(1);
    let (one, other) = (log(&double, ""), log(&double, ""));
    let first = append(&one, Expected::NoStream, [1, 2]).await.unwrap();
    append(&one, Expected::Any, 3..=9).await.unwrap();
    for expected in [
        Expected::NoStream,
        Expected::Any,
        Expected::Exact(Revision(8)),
    ] {
        let fresh = log(&double, "");
        let again = append(&fresh, expected, [1, 2]).await;
        assert_eq!(again.unwrap(), first, "{expected:?}");
    }
    // The server would take it: it compares no ids with events before the revision.
    let overlap = append(&other, Expected::Exact(Revision(8)), [9, 10]).await;
    assert!(matches!(overlap, Err(LogError::IdReused(_))), "{overlap:?}");
    assert_eq!(double.cluster.store.doubled(), [].into());
}

#[tokio::test]
async fn namespaces_and_the_servers_own_events_are_apart() {
    let double = Double::start(1);
    let (one, two) = (
        log(&double, "&namespace=one"),
        log(&double, "&namespace=one_more"),
    );
    let system = || {
        double
            .cluster
            .store
            .append_by_hand("$stats-double", "$statsCollected");
    };
    system();
    append(&one, Expected::NoStream, [1]).await.unwrap();
    append(&two, Expected::NoStream, [2]).await.unwrap();
    system();
    for (log, number) in [(&one, 1), (&two, 2)] {
        assert_eq!(ids_of(&everything(log).await), ids([number]));
        assert_eq!(log.newest().await.unwrap().unwrap().id, event(number).id);
        let head = log.head().await.unwrap();
        let waits = timeout(Duration::from_millis(200), log.wait(head)).await;
        assert!(waits.is_err(), "woken by what is not its own");
    }
    // What others append while it waits is neither given nor read again from the start.
    let head = one.head().await.unwrap();
    let (woken, ()) = tokio::join!(timeout(Duration::from_secs(5), one.wait(head)), async {
        for number in 10..20 {
            append(&two, Expected::Any, [number]).await.unwrap();
            system();
        }
        let third = log(&double, "&namespace=one");
        append(&third, Expected::Any, [3]).await.unwrap();
    });
    woken.unwrap().unwrap();
    let behind = one.read_all(head, 10).await.unwrap();
    assert_eq!(ids_of(&behind), ids([3]));
}

#[tokio::test]
async fn events_that_are_too_large_together_are_refused_as_such() {
    let double = Double::start(1);
    let log = log(&double, "");
    let large = |number| NewEvent {
        data: format!("\"{}\"", "x".repeat(MAX_EVENT_BYTES / 2)).into_bytes(),
        ..event(number)
    };
    let result = log
        .append(&a(), Expected::NoStream, [1, 2, 3].map(large).into())
        .await;
    assert!(
        matches!(result, Err(LogError::TooLarge { .. })),
        "{result:?}"
    );
    assert_eq!(everything(&log).await, []);
}

#[tokio::test]
async fn a_stream_that_was_deleted_or_cut_on_the_server_is_damage() {
    let double = Double::start(1);
    append(&log(&double, ""), Expected::NoStream, [1, 2])
        .await
        .unwrap();
    let (store, name) = (&double.cluster.store, format!("sangyu.{}", a()));
    store.delete(&name, store::Expected::Any);
    let log = log(&double, "");
    let appended = append(&log, Expected::Any, [3]).await;
    assert!(
        matches!(appended, Err(LogError::Corrupt(_))),
        "{appended:?}"
    );
    store.append_by_hand(&name, "other.recorded");
    let cut = read(&log, Direction::Forwards).await;
    assert!(matches!(cut, Err(LogError::Corrupt(_))), "{cut:?}");
    store.tombstone(&name, store::Expected::Any);
    let ended = read(&log, Direction::Forwards).await;
    assert!(matches!(ended, Err(LogError::Corrupt(_))), "{ended:?}");
}

#[tokio::test]
async fn the_server_takes_back_positions_that_it_gave() {
    let double = Double::start(1);
    let log = log(&double, "");
    append(&log, Expected::NoStream, 1..=3).await.unwrap();
    let all = everything(&log).await;
    let positions: Vec<Position> = all.iter().map(|event| event.position).collect();
    let of_stream = read(&log, Direction::Forwards).await.unwrap();
    let of_stream: Vec<_> = of_stream.iter().map(|event| event.position).collect();
    assert_eq!(of_stream, positions);
}

#[test]
fn a_log_moves_to_a_cluster_and_back_and_is_the_same() {
    let (double, file) = (Double::start(1), Bureau::new());
    let roster = ledger("roster.xlsx");
    assert_eq!(file.call(&["import", "roster", &roster]).code, 0);
    let moved = file.json(&["log", "copy", "--to", &double.url()]);
    let back = format!("sqlite:{}", file.path().join("back.db").display());
    let returned = sangyu(&[
        "log",
        "copy",
        "--from",
        &double.url(),
        "--to",
        &back,
        "--format",
        "json",
    ]);
    assert_eq!(returned.json(), moved);
    assert!(moved["events"].as_u64() > Some(273), "{moved}");
}

#[test]
fn a_directory_is_not_opened_without_the_log_it_had() {
    let double = Double::start(1);
    let bureau = Bureau::on(&double.url());
    let counts = ["report", "counts"];
    let none = bureau.call(&counts);
    assert_eq!(none.code, 3, "{none:?}");
    assert_eq!(bureau.call(&["react"]).code, 0);
    bureau.json(&counts);
    let data = bureau.data();
    let elsewhere = sangyu(&["react", "--data", &data]);
    assert!(elsewhere.err.contains("log_elsewhere"), "{elsewhere:?}");
    let secret = double.url().replace("//", "//clerk:secret@") + "&namespace=A";
    let refused = sangyu(&["react", "--data", &data, "--log", &secret]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("namespace"), "{refused:?}");
    assert!(!refused.err.contains("secret"), "{refused:?}");
}

/// The whole import, and the history of a person, as they are tested on a file.
#[test]
fn a_bureau_on_a_cluster_is_a_bureau_also_when_its_leader_dies() {
    let double = Double::start(3);
    let bureau = Bureau::on(&double.url());
    let lost = [Fault::AbortedAfterCommit, Fault::Unavailable];
    double.nodes[0].next_appends(lost);
    std::thread::scope(|scope| {
        let imported = scope.spawn(|| ledgers::gives_the_key(&bureau));
        while double.cluster.store.len() < 400 && !imported.is_finished() {
            std::thread::sleep(Duration::from_millis(20));
        }
        double.nodes[0].kill();
        double.cluster.elect(&double.nodes[1]);
        imported.join().unwrap();
    });
    ledgers::tells_a_history(&bureau);

    // Views that are built anew, and a server, say the same.
    bureau.json(&["react"]);
    let history = ["person", "history", "35990519430701072X"];
    let told = bureau.json(&history);
    assert_eq!(bureau.call(&["views", "rebuild"]).code, 0);
    assert_eq!(bureau.json(&history), told);
    let server = bureau.serve();
    let served = [&history[..], &["--server", &server.url, "--format", "json"]].concat();
    assert_eq!(sangyu(&served).json(), told);
    assert_eq!(double.cluster.store.doubled(), [].into());
}
