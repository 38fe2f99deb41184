//! The folder of a ledger and who signs it.

use std::{fs, path::Path, sync::Arc};

use event_log::{EventLog, Expected, MemoryLog, Recorded, contract};
use event_log_sqlite::SqliteLog;

use super::{ORIGIN, keys, leaf_hash, now, secret};
use crate::{
    Audit, AuditReport, Checkpoint, Error, EventsProof, Folder, Leaf, Purpose, SecretKey, Signer,
    cosign, verify_consistency,
};

async fn append(log: &dyn EventLog, numbers: std::ops::Range<u64>) {
    for number in numbers {
        let stream = contract::stream(if number % 3 == 0 { "a" } else { "b" }).unwrap();
        let event = contract::event(u128::from(number));
        log.append(&stream, Expected::Any, vec![event])
            .await
            .unwrap();
    }
}

/// The event of this number, if they were appended in their order.
async fn nth(log: &dyn EventLog, number: u64) -> Recorded {
    let id = contract::event(u128::from(number)).id;
    log.find(id).await.unwrap().unwrap()
}

async fn signer(folder: &Folder, log: &dyn EventLog) -> Result<Signer, Error> {
    let secret = folder.secret(ORIGIN, [1; 32])?;
    Signer::open(folder.clone(), Arc::new(secret), log).await
}

async fn sign(folder: &Folder, log: &dyn EventLog) -> Result<u64, Error> {
    let mut signer = signer(folder, log).await?;
    while signer.advance(log, now).await?.is_some() {}
    Ok(folder.checkpoint()?.0.size)
}

async fn audit(folder: &Folder, log: &dyn EventLog) -> Result<AuditReport, Error> {
    let held = folder.cosigned(&[])?.into_iter().map(|c| c.checkpoint);
    let mut audit = Audit::begin(folder, folder.checkpoint()?.0, held);
    let mut after = None;
    loop {
        let page = log.read_all(after, 100).await?;
        let Some(last) = page.last() else {
            return audit.finish();
        };
        after = Some(last.position);
        page.iter()
            .map(Recorded::stored)
            .try_for_each(|event| audit.event(event, Leaf::of(event)?.hash()))?;
    }
}

fn new_folder() -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(&dir.path().join("ledger"));
    (dir, folder)
}

fn files(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap().path();
            match entry.is_dir() {
                true => folders.push(entry),
                false => found.push((entry.display().to_string(), fs::read(&entry).unwrap())),
            }
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn what_is_appended_is_signed_and_proven_wherever_it_was_broken_off() {
    let (_dir, folder) = new_folder();
    let log = MemoryLog::default();
    let mut before = None;
    for (from, to) in [
        (0, 1),
        (1, 255),
        (255, 256),
        (256, 257),
        (257, 700),
        (700, 700),
    ] {
        append(&log, from..to).await;
        assert_eq!(sign(&folder, &log).await.unwrap(), to);
        let (checkpoint, time) = folder.checkpoint().unwrap();
        assert_eq!(time, now());
        audit(&folder, &log).await.unwrap().verdict().unwrap();
        if let Some((size, root)) = before.replace((checkpoint.size, checkpoint.root)) {
            let proof = folder.consistency(size, to).unwrap();
            verify_consistency(size, root, to, checkpoint.root, &proof).unwrap();
        }
        for number in [0, to / 2, to - 1] {
            let event = nth(&log, number).await;
            let proof = folder.prove(&log, &event).await.unwrap();
            assert_eq!(proof.index, number);
            assert_eq!(proof.verify(keys()).unwrap().leaf.id, event.id);
        }
    }
    // The parts of tiles that became full are gone, and none is there that no checkpoint needs.
    let parts: Vec<String> = files(folder.path())
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path.contains(".p/"))
        .collect();
    assert!(
        parts.iter().all(|path| !path.contains("tile/0/000.p")),
        "{parts:?}"
    );
    append(&log, 700..701).await;
    let event = nth(&log, 700).await;
    let refused = folder.prove(&log, &event).await;
    assert!(matches!(refused, Err(Error::EventUnsigned { .. })));
}

async fn prove_many(
    folder: &Folder,
    log: &MemoryLog,
    events: &[Recorded],
) -> Result<EventsProof, Error> {
    let (Checkpoint { size, .. }, _) = folder.checkpoint()?;
    let indices = folder.indices(log, events, size).await?;
    let leaves: Vec<_> = events.iter().map(leaf_hash).collect();
    folder.prove_leaves(folder.note()?, indices, &leaves)
}

#[tokio::test]
async fn many_events_are_proven_at_once() {
    let (_dir, folder) = new_folder();
    let log = MemoryLog::default();
    append(&log, 0..700).await;
    sign(&folder, &log).await.unwrap();
    // In any order, out of several tiles.
    let mut events = Vec::new();
    for number in [699, 3, 256, 4, 255] {
        events.push(nth(&log, number).await);
    }
    let proof = prove_many(&folder, &log, &events).await.unwrap();
    assert_eq!(proof.indices, [699, 3, 256, 4, 255]);
    let mut leaves: Vec<_> = events.iter().map(leaf_hash).collect();
    let (checkpoint, time) = proof.verify(keys(), &leaves).unwrap();
    assert_eq!((checkpoint.size, time), (700, now()));
    leaves.swap(0, 1);
    assert!(proof.verify(keys(), &leaves).is_err());
    leaves.pop();
    assert!(proof.verify(keys(), &leaves).is_err());
    let none = prove_many(&folder, &log, &[]).await.unwrap();
    none.verify(keys(), &[]).unwrap();
    append(&log, 700..701).await;
    events.push(nth(&log, 700).await);
    let refused = prove_many(&folder, &log, &events).await;
    assert!(matches!(refused, Err(Error::EventUnsigned { .. })));
}

#[tokio::test]
async fn the_same_events_make_the_same_tree_on_every_log() {
    let ((dir, one), (_other_dir, other)) = (new_folder(), new_folder());
    let memory = MemoryLog::default();
    let sqlite = SqliteLog::open(&dir.path().join("events.db")).unwrap();
    append(&memory, 0..300).await;
    append(&sqlite, 0..300).await;
    sign(&one, &memory).await.unwrap();
    sign(&other, &sqlite).await.unwrap();
    assert_eq!(one.note().unwrap(), other.note().unwrap());
    // A ledger goes on after its log was moved to another store, where positions are others.
    append(&sqlite, 300..310).await;
    assert_eq!(sign(&one, &sqlite).await.unwrap(), 310);
    audit(&one, &sqlite).await.unwrap().verdict().unwrap();
    let event = nth(&sqlite, 280).await;
    let proof = one.prove(&sqlite, &event).await.unwrap();
    proof.verify(keys()).unwrap();
}

#[tokio::test]
async fn a_kill_at_any_write_leaves_a_ledger_that_goes_on() {
    let (_dir, folder) = new_folder();
    let log = MemoryLog::default();
    append(&log, 0..250).await;
    sign(&folder, &log).await.unwrap();
    let before = files(folder.path());
    append(&log, 250..520).await;
    sign(&folder, &log).await.unwrap();
    let after = files(folder.path());
    let changed: Vec<_> = after.iter().filter(|file| !before.contains(file)).collect();
    assert!(changed.len() > 5);
    // The checkpoint is written last: before that, any of the others may be there, whole or torn.
    for torn in &changed {
        fs::remove_dir_all(folder.path()).unwrap();
        for (path, bytes) in &before {
            fs::create_dir_all(Path::new(path).parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        if torn.0.ends_with("/checkpoint") {
            continue;
        }
        fs::create_dir_all(Path::new(&torn.0).parent().unwrap()).unwrap();
        fs::write(&torn.0, &torn.1[..torn.1.len() / 2]).unwrap();
        assert_eq!(folder.checkpoint().unwrap().0.size, 250);
        let event = nth(&log, 249).await;
        folder.prove(&log, &event).await.unwrap();
        assert_eq!(sign(&folder, &log).await.unwrap(), 520);
        audit(&folder, &log).await.unwrap().verdict().unwrap();
    }
}

#[tokio::test]
async fn tiles_follow_from_the_log_and_are_written_anew() {
    let (_dir, folder) = new_folder();
    let log = MemoryLog::default();
    append(&log, 0..600).await;
    sign(&folder, &log).await.unwrap();
    let whole = files(folder.path());
    let last = folder.path().join("tile/0/002.p/88");
    let mut bytes = fs::read(&last).unwrap();
    bytes[5] ^= 1;
    fs::write(&last, bytes).unwrap();
    let report = audit(&folder, &log).await.unwrap();
    assert!(
        matches!(report.verdict(), Err(Error::TilesDamaged { tile }) if tile == "tile/0/002.p/88")
    );
    let event = nth(&log, 599).await;
    assert!(matches!(
        folder.prove(&log, &event).await,
        Err(Error::TilesDamaged { .. })
    ));
    sign(&folder, &log).await.unwrap();
    assert_eq!(files(folder.path()), whole);
    fs::remove_dir_all(folder.path().join("tile")).unwrap();
    fs::remove_file(folder.path().join("positions")).unwrap();
    sign(&folder, &log).await.unwrap();
    assert_eq!(files(folder.path()), whole);
}

#[tokio::test]
async fn nothing_is_signed_over_a_log_that_is_not_what_was_signed() {
    let (_dir, folder) = new_folder();
    let log = MemoryLog::default();
    append(&log, 0..300).await;
    sign(&folder, &log).await.unwrap();
    let kept = files(folder.path());

    let shorter = MemoryLog::default();
    append(&shorter, 0..299).await;
    let report = audit(&folder, &shorter).await.unwrap();
    assert!(matches!(
        report.verdict(),
        Err(Error::NotExtended { size: 300 })
    ));
    assert_eq!(report.difference.unwrap().found, None);
    let refused = signer(&folder, &shorter).await.err().unwrap();
    assert_eq!(refused.code(), "ledger_not_extended");

    let other = MemoryLog::default();
    append(&other, 0..280).await;
    append(&other, 1000..1021).await;
    let refused = signer(&folder, &other).await.err().unwrap();
    assert_eq!(refused.code(), "ledger_not_extended");
    let report = audit(&folder, &other).await.unwrap();
    let difference = report.difference.unwrap();
    assert_eq!(difference.index, 280);
    assert_eq!(difference.found.unwrap().event, contract::event(1000).id);
    // What could tell more stays as it is.
    assert_eq!(files(folder.path()), kept);
}

#[tokio::test]
async fn a_key_is_made_once_and_handed_over() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, folder) = new_folder();
    let log = MemoryLog::default();
    append(&log, 0..5).await;
    sign(&folder, &log).await.unwrap();
    let private = folder.path().join("private.key");
    assert_eq!(
        fs::metadata(&private).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let first = folder.secret(ORIGIN, [9; 32]).unwrap();
    assert_eq!(first.public(), secret(1).public());

    let old = fs::read(&private).unwrap();
    let new = folder.rotate([2; 32], now()).unwrap();
    assert_eq!(folder.keys().unwrap().current(), &new);
    assert_eq!(folder.checkpoint().unwrap().0.size, 5);
    append(&log, 5..9).await;
    assert_eq!(sign(&folder, &log).await.unwrap(), 9);
    assert!(keys().open(&folder.note().unwrap()).is_err());

    // Killed after the hand-over was written, and before the new key took the place of the old.
    fs::rename(&private, folder.path().join("private.key.next")).unwrap();
    fs::write(&private, old).unwrap();
    assert_eq!(folder.secret(ORIGIN, [9; 32]).unwrap().public(), &new);

    fs::write(&private, SecretKey::new(ORIGIN, [3; 32]).unwrap().to_text()).unwrap();
    assert!(matches!(
        folder.secret(ORIGIN, [9; 32]),
        Err(Error::KeyOther { .. })
    ));
    fs::remove_file(&private).unwrap();
    assert!(matches!(
        folder.secret(ORIGIN, [9; 32]),
        Err(Error::KeyMissing { .. })
    ));
}

#[tokio::test]
async fn witnesses_cosign_what_the_ledger_extends() {
    let (_dir, folder) = new_folder();
    let log = MemoryLog::default();
    append(&log, 0..5).await;
    sign(&folder, &log).await.unwrap();
    let witness = SecretKey::new("witness.example/w1", [9; 32]).unwrap();
    let known = [witness.public().for_purpose(Purpose::Cosignature)];
    let mut note = folder.note().unwrap();
    note.signatures.push(cosign(&witness, &note.text, now()));
    append(&log, 5..9).await;
    sign(&folder, &log).await.unwrap();

    assert!(matches!(
        folder.add_cosignatures(&note, &[]),
        Err(Error::WitnessUnknown {})
    ));
    let added = folder.add_cosignatures(&note, &known).unwrap();
    assert_eq!((added.checkpoint.size, added.by.len()), (5, 1));
    // The same again adds nothing.
    let again = folder.add_cosignatures(&note, &known).unwrap();
    assert_eq!(again.note.to_string(), added.note.to_string());
    assert_eq!(folder.cosigned(&known).unwrap().len(), 1);
    let report = audit(&folder, &log).await.unwrap();
    report.verdict().unwrap();
    assert_eq!(report.held, 1);

    // The ledger's own key under a tree that it is not: the witness has caught a fork.
    let forked = MemoryLog::default();
    append(&forked, 20..30).await;
    let (_fork_dir, fork) = new_folder();
    sign(&fork, &forked).await.unwrap();
    let mut note = fork.note().unwrap();
    note.signatures.push(cosign(&witness, &note.text, now()));
    assert!(matches!(
        folder.add_cosignatures(&note, &known),
        Err(Error::NotExtended { .. })
    ));
    fs::write(folder.path().join("cosigned/10"), note.to_string()).unwrap();
    let report = audit(&folder, &log).await.unwrap();
    assert_eq!(report.broken, Some(10));
    assert!(report.verdict().is_err());
}

#[test]
fn what_is_not_there_yet_is_said_so() {
    let (_dir, folder) = new_folder();
    assert!(matches!(folder.note(), Err(Error::Empty {})));
    assert!(matches!(folder.keys(), Err(Error::Empty {})));
    assert!(folder.secret("a b", [1; 32]).is_err());
}

#[tokio::test]
async fn a_damaged_file_is_named_and_left_as_it_is() {
    let (_dir, folder) = new_folder();
    let log = MemoryLog::default();
    append(&log, 0..3).await;
    sign(&folder, &log).await.unwrap();
    for name in ["checkpoint", "key", "private.key"] {
        let path = folder.path().join(name);
        let good = fs::read(&path).unwrap();
        for bad in [&b""[..], b"\xff\xfe", &good[..good.len() / 2]] {
            fs::write(&path, bad).unwrap();
            let said = sign(&folder, &log).await.unwrap_err();
            assert_eq!(said.code(), "ledger_file_damaged", "{name}: {said}");
            assert!(said.to_string().contains(name), "{said}");
            assert_eq!(fs::read(&path).unwrap(), bad);
        }
        fs::write(&path, good).unwrap();
        assert_eq!(sign(&folder, &log).await.unwrap(), 3);
    }
}
