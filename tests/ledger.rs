//! What is recorded is signed, and proven to anyone; what was touched is found.

use std::{collections::BTreeMap, fs, path::Path, thread::sleep, time::Duration};

use event_log::{Append, EventLog as _, Expected, NewEvent, Recorded};
use event_log_sqlite::SqliteLog;
use serde_json::Value;

use crate::{
    kurrentdb_double::Double,
    program::{Bureau, ledger, sangyu},
};

const PERSON: &str = "35990519430701072X";

/// Waits until a checkpoint covers so many events.
fn signed(bureau: &Bureau, size: u64) -> Value {
    for _ in 0..100 {
        let checkpoint = bureau.call(&["ledger", "verify", "--format", "json"]);
        if checkpoint.code == 0 && checkpoint.json()["size"].as_u64() >= Some(size) {
            return checkpoint.json();
        }
        sleep(Duration::from_millis(100));
    }
    panic!("{size} events were never signed");
}

async fn everything(log: &SqliteLog) -> Vec<Recorded> {
    let mut events: Vec<Recorded> = Vec::new();
    loop {
        let after = events.last().map(|event| event.position);
        let page = log.read_all(after, 1_000).await.unwrap();
        if page.is_empty() {
            return events;
        }
        events.extend(page);
    }
}

/// Puts another log in the place of the bureau's, as one who can do what they like with the machine: the
/// file itself is flawless.
async fn rewrite(data: &str, change: impl FnOnce(&mut Vec<Recorded>)) {
    let (path, forged) = (
        Path::new(data).join("events.db"),
        Path::new(data).join("forged.db"),
    );
    let mut events = everything(&SqliteLog::open(&path).unwrap()).await;
    change(&mut events);
    {
        let log = SqliteLog::open(&forged).unwrap();
        let appends = events.into_iter().map(|event| Append {
            stream: event.stream,
            expected: Expected::Any,
            events: vec![NewEvent {
                id: event.id,
                name: event.name,
                metadata: event.metadata,
                data: event.data.into(),
            }],
        });
        log.append_in_order(appends.collect()).await.unwrap();
    }
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", path.display()));
    }
    fs::rename(forged, path).unwrap();
}

#[tokio::test]
async fn what_is_recorded_is_proven_to_anyone_and_what_was_touched_is_found() {
    let bureau = Bureau::new();
    bureau.json(&["import", "roster", &ledger("roster.xlsx")]);
    let history = bureau.json(&["person", "history", PERSON]);
    let of = &history["items"][0];
    let (stream, revision) = (of["stream"].as_str().unwrap(), of["revision"].to_string());
    let mut server = bureau.serve();
    // Also while it is served: the server's own events are among them.
    let verified = signed(&bureau, 900);
    assert_eq!(verified["sound"], true);
    let key = bureau.json(&["ledger", "key"])["key"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(verified["key"], key.as_str());

    let prove = [
        "ledger",
        "prove",
        "--stream",
        stream,
        "--revision",
        &revision,
    ];
    let served = [&prove[..], &["--server", &server.url]].concat();
    let proof = sangyu(&served).out;
    assert!(proof.starts_with("c2sp.org/tlog-proof@v1\n"), "{proof}");
    let file = bureau.path().join("event.tlog-proof").display().to_string();
    fs::write(&file, &proof).unwrap();
    let check = |key: &str| {
        let asked = ["ledger", "check-proof", &file, "--key", key];
        sangyu(&[&asked[..], &["--format", "json"]].concat())
    };
    let checked = check(&key).json();
    assert_eq!(checked["event"]["stream"], stream);
    assert_eq!(checked["event"]["type"], of["event"]);
    let other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let refused = check(other);
    assert!(
        refused.err.contains("ledger_signature_missing"),
        "{refused:?}"
    );

    let unheard = bureau.call(&["ledger", "sign"]);
    assert_eq!(
        unheard.code, 5,
        "a served directory is signed by its server"
    );
    assert_eq!(server.terminate(), 0);
    // What the server recorded last was signed before it ended.
    let verified = signed(&bureau, 900);
    assert_eq!(verified["beyond"], 0);

    // The key is handed over; what was proven with the old one can be checked with it still.
    let held = bureau.path().join("held").display().to_string();
    fs::write(&held, bureau.call(&["ledger", "checkpoint"]).out).unwrap();
    let next = bureau.json(&["ledger", "rotate"])["key"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_ne!(next, key);
    bureau.json(&["ledger", "verify", "--key", &key, "--held", &held]);
    check(&key).json();

    let touched = 40;
    let mut id = String::new();
    rewrite(&bureau.data(), |events| {
        std::sync::Arc::make_mut(&mut events[touched].metadata.actor).name = "另一人".to_owned();
        id = events[touched].id.to_string();
    })
    .await;
    let found = bureau.call(&["ledger", "verify", "--format", "json"]);
    assert_eq!(found.code, 1);
    assert!(found.err.contains("ledger_not_extended"), "{found:?}");
    let report: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(report["difference"]["index"], touched);
    assert_eq!(report["difference"]["event"], id.as_str());
    assert_eq!(report["damaged"], "tile/0/000");

    rewrite(&bureau.data(), |events| events.truncate(events.len() - 1)).await;
    let refused = bureau.call(&["ledger", "sign"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("ledger_not_extended"), "{refused:?}");
}

/// What a bureau's directory holds for its ledger.
fn kept(bureau: &Bureau, name: &str) -> String {
    format!("{}/{name}", bureau.data())
}

/// Every tile of a ledger, by its name.
fn tiles(bureau: &Bureau) -> BTreeMap<String, Vec<u8>> {
    let top = kept(bureau, "ledger/tile");
    let (mut folders, mut tiles) = (vec![top.clone().into()], BTreeMap::new());
    while let Some(folder) = folders.pop() {
        let folder: std::path::PathBuf = folder;
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&top).unwrap().display().to_string();
                tiles.insert(name, fs::read(path).unwrap());
            }
        }
    }
    tiles
}

#[test]
fn the_same_events_give_the_same_tree_in_a_file_and_on_a_cluster() {
    let (file, double) = (Bureau::with_ledgers(), Double::start(1));
    file.json(&["react"]);
    let signed = file.json(&["ledger", "sign"]);
    let copied = file.json(&["log", "copy", "--to", &double.url()]);
    assert_eq!(copied["events"], signed["size"]);

    // The same keys, and nothing else of the ledger.
    let cluster = Bureau::on(&double.url());
    fs::create_dir_all(kept(&cluster, "ledger")).unwrap();
    for name in ["identity.key", "ledger/key", "ledger/private.key"] {
        fs::copy(kept(&file, name), kept(&cluster, name)).unwrap();
    }
    let signed_there = cluster.json(&["ledger", "sign"]);
    assert_eq!(signed_there, signed);
    let here = tiles(&file);
    let full = here.keys().filter(|name| !name.contains(".p/")).count();
    assert!(full > 3 && full < here.len(), "{:?}", here.keys());
    assert!(tiles(&cluster) == here);

    // Whoever kept the checkpoint of the file holds the cluster to it.
    let held = kept(&file, "checkpoint");
    fs::write(&held, file.call(&["ledger", "checkpoint"]).out).unwrap();
    let key = file.json(&["ledger", "key"]);
    let key = key["key"].as_str().unwrap();
    let verified = cluster.json(&["ledger", "verify", "--key", key, "--held", &held]);
    assert_eq!(
        (&verified["sound"], &verified["held"], &verified["beyond"]),
        (&true.into(), &1.into(), &0.into())
    );
    assert_eq!(verified["derived"], signed["root"]);
}
