use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use tempfile::TempDir;

use super::{export::export_in_files_of, files::part, *};
use crate::{
    Appended, Direction, Expected, LogError, MAX_EVENT_BYTES, MemoryLog, NewEvent, Position,
    Recorded, Revision, StreamName,
    contract::{event, stream},
};

const AWKWARD: [&[u8]; 12] = [
    b"null",
    b"0",
    br#""""#,
    br#"{"a":[1,2.50,-0,1e400],"a":"\u0000\/"}"#,
    r#"{ "spaced" : "桑榆 𠮷🌳" }"#.as_bytes(),
    " {\"outer\":\"space\"} ".as_bytes(),
    b"{\n\"lines\":2}",
    b"\r\n",
    b"",
    b"no JSON",
    &[0, 159, 146, 150],
    br#"{"data":"\ud800"}"#,
];

/// Three streams between each other, with every kind of data.
async fn filled() -> MemoryLog {
    let log = MemoryLog::default();
    for (number, data) in (1_u128..).zip(AWKWARD.iter().cycle().take(40)) {
        let mut new = NewEvent {
            data: data.to_vec(),
            ..event(number)
        };
        std::sync::Arc::make_mut(&mut new.metadata.actor).name =
            "\u{0}\"\\\n\u{2028}𠮷🌳é".to_owned();
        // Runs of one to five events to one stream.
        let id = ["a", "b", "a", "c"][usize::try_from(number * number / 7 % 4).unwrap()];
        log.append(&stream(id).unwrap(), Expected::Any, vec![new])
            .await
            .unwrap();
    }
    log
}

async fn events(log: &dyn EventLog) -> Vec<Carried> {
    let all = log.read_all(None, 1_000).await.unwrap();
    all.into_iter().map(Carried::from).collect()
}

async fn put(log: &dyn EventLog, id: &str, number: u128) {
    log.append(&stream(id).unwrap(), Expected::Any, vec![event(number)])
        .await
        .unwrap();
}

fn folder() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("export");
    (dir, folder)
}

fn nothing(_: u64) {}

/// A log that makes so many appends and then ends; the last one is made, though nobody is told.
struct Mortal {
    log: MemoryLog,
    lives: AtomicUsize,
}

#[async_trait]
impl EventLog for Mortal {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, LogError> {
        let ended = || LogError::Unavailable {
            reason: "killed".to_owned(),
            unknown: true,
        };
        let lives = self.lives.load(Ordering::Relaxed);
        self.lives
            .store(lives.checked_sub(1).ok_or_else(ended)?, Ordering::Relaxed);
        let appended = self.log.append(stream, expected, events).await?;
        if lives == 1 {
            Err(ended())
        } else {
            Ok(appended)
        }
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Option<Revision>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        self.log.read_stream(stream, from, direction, limit).await
    }

    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        // Short pages, as another log may give them.
        self.log.read_all(after, limit.min(3)).await
    }

    async fn newest(&self) -> Result<Option<Recorded>, LogError> {
        self.log.newest().await
    }

    async fn head(&self) -> Result<Option<Position>, LogError> {
        self.log.head().await
    }

    async fn wait(&self, after: Option<Position>) -> Result<(), LogError> {
        self.log.wait(after).await
    }
}

#[test]
fn a_line_gives_its_event_back_to_the_byte() {
    for data in AWKWARD {
        let carried = Carried {
            stream: StreamName::parse("样本-人 \"a\"".to_owned()).unwrap(),
            revision: Revision(7),
            event: NewEvent {
                data: data.to_vec(),
                ..event(1)
            },
        };
        let line = carried.line().unwrap();
        assert!(!line.contains(&b'\n'), "it is one line");
        let back = Carried::parse(&line).unwrap();
        assert_eq!(back, carried);
        assert_eq!(back.line().unwrap(), line);
    }
}

#[test]
fn json_stands_in_the_line_as_it_is() {
    let carried = Carried {
        stream: stream("a").unwrap(),
        revision: Revision(0),
        event: event(1),
    };
    let line = String::from_utf8(carried.line().unwrap()).unwrap();
    assert!(
        line.starts_with(r#"{"stream":"sample-a","revision":0,"id":"00000000-0000-0000-0000-000000000001","type":"sample.recorded","metadata":{"version":1,"#),
        "{line}"
    );
    assert!(
        line.ends_with(r#","data":{"number":1,"note":"桑榆"}}"#),
        "{line}"
    );
}

#[tokio::test]
async fn a_copy_holds_the_same_events_in_the_same_order() {
    let (from, to) = (filled().await, MemoryLog::default());
    let copied = copy(&from, &to, nothing).await.unwrap();
    assert_eq!(events(&to).await, events(&from).await);
    assert_eq!(copied.summary, summary(&from).await.unwrap());
    assert_eq!(
        (
            copied.summary.events,
            copied.summary.streams,
            copied.already
        ),
        (40, 3, 0)
    );
    // Once more: there is nothing left to do.
    let again = copy(&from, &to, nothing).await.unwrap();
    assert_eq!(again.already, 40);
    put(&from, "b", 100).await;
    let more = copy(&from, &to, nothing).await.unwrap();
    assert_eq!((more.already, more.summary.events), (40, 41));
    let (from, to) = (MemoryLog::default(), MemoryLog::default());
    assert_eq!(copy(&from, &to, nothing).await.unwrap().summary.events, 0);
}

#[tokio::test]
async fn a_copy_broken_off_anywhere_goes_on_and_is_the_same() {
    let from = filled().await;
    let whole = summary(&from).await.unwrap();
    let mut broken_off = 0;
    for lives in 0.. {
        let to = Mortal {
            log: MemoryLog::default(),
            lives: AtomicUsize::new(lives),
        };
        if copy(&from, &to, nothing).await.is_ok() {
            break;
        }
        broken_off += 1;
        to.lives.store(usize::MAX, Ordering::Relaxed);
        let copied = copy(&from, &to, nothing).await.unwrap();
        assert_eq!(copied.summary, whole, "broken off after {lives} appends");
        assert_eq!(copied.already > 0, lives > 0);
    }
    assert!(broken_off > 20, "{broken_off}");
}

#[tokio::test]
async fn a_target_that_holds_something_else_is_left_as_it_is() {
    let (from, to) = (filled().await, MemoryLog::default());
    put(&to, "a", 1).await;
    let before = events(&to).await;
    let refused = copy(&from, &to, nothing).await.unwrap_err();
    assert!(
        matches!(&refused, TransferError::Differs { event: 1, id } if *id == event(1).id),
        "{refused:?}"
    );
    assert_eq!(events(&to).await, before);
}

#[tokio::test]
async fn a_target_with_newer_events_is_left_as_it_is() {
    let (from, to) = (filled().await, MemoryLog::default());
    copy(&from, &to, nothing).await.unwrap();
    put(&to, "a", 100).await;
    let refused = copy(&from, &to, nothing).await.unwrap_err();
    assert!(
        matches!(refused, TransferError::Ahead { events: 40 }),
        "{refused:?}"
    );
    assert_eq!(events(&to).await.len(), 41);
}

#[tokio::test]
async fn what_another_log_lacks_is_counted_from_where_they_part() {
    let (log, other) = (filled().await, MemoryLog::default());
    assert_eq!(beyond(&log, &other).await.unwrap(), 40);
    copy(&log, &other, nothing).await.unwrap();
    assert_eq!(beyond(&log, &other).await.unwrap(), 0);
    put(&other, "a", 100).await;
    assert_eq!(beyond(&log, &other).await.unwrap(), 0);
    put(&log, "b", 101).await;
    put(&log, "a", 100).await;
    assert_eq!(beyond(&log, &other).await.unwrap(), 2);
}

#[tokio::test]
async fn who_writes_to_the_target_meanwhile_is_noticed() {
    let (from, to) = (filled().await, MemoryLog::default());
    let mut receiver = Receiver::new(&to);
    for event in events(&from).await {
        receiver.take(event).await.unwrap();
    }
    put(&to, "elsewhere", 100).await;
    let refused = receiver.finish().await.unwrap_err();
    assert!(matches!(refused, TransferError::Disturbed), "{refused:?}");
}

#[tokio::test]
async fn one_append_is_never_larger_than_the_largest_event() {
    let (from, to) = (MemoryLog::default(), MemoryLog::default());
    for number in 1..=5 {
        let large = NewEvent {
            data: format!("\"{}\"", "x".repeat(MAX_EVENT_BYTES / 3)).into_bytes(),
            ..event(number)
        };
        from.append(&stream("a").unwrap(), Expected::Any, vec![large])
            .await
            .unwrap();
    }
    let mut batch = receiver::Batch::default();
    for event in events(&from).await {
        batch.add(event).unwrap();
    }
    let runs: Vec<usize> = batch.appends.iter().map(|a| a.events.len()).collect();
    assert_eq!(runs, [2, 2, 1]);
    copy(&from, &to, nothing).await.unwrap();
}

#[tokio::test]
async fn an_export_is_the_same_to_the_byte_whatever_log_it_comes_from() {
    let (dir, first) = folder();
    let (from, to) = (filled().await, MemoryLog::default());
    let manifest = export_in_files_of(16, &from, &first, nothing)
        .await
        .unwrap();
    let imported = import(&first, &to, nothing).await.unwrap();
    assert_eq!(imported.summary, manifest.summary);
    assert_eq!(events(&to).await, events(&from).await);
    let second = dir.path().join("second");
    export_in_files_of(16, &to, &second, nothing).await.unwrap();
    let names = [
        "events-000001.jsonl",
        "events-000002.jsonl",
        "events-000003.jsonl",
        MANIFEST,
    ];
    assert_eq!(fs::read_dir(&first).unwrap().count(), names.len());
    for name in names {
        let path = first.join(name);
        assert_eq!(
            fs::read(&path).unwrap(),
            fs::read(second.join(name)).unwrap()
        );
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let mode = fs::metadata(&first).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_eq!(manifest.files.len(), 3);
    assert_eq!(Manifest::read(&first).unwrap(), manifest);
    let (_dir, empty) = folder();
    export(&MemoryLog::default(), &empty, nothing)
        .await
        .unwrap();
    import(&empty, &MemoryLog::default(), nothing)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_import_broken_off_goes_on() {
    let (_dir, folder) = folder();
    let from = filled().await;
    export_in_files_of(16, &from, &folder, nothing)
        .await
        .unwrap();
    let to = Mortal {
        log: MemoryLog::default(),
        lives: AtomicUsize::new(9),
    };
    let broken_off = import(&folder, &to, nothing).await.unwrap_err();
    assert_eq!(broken_off.code(), "log_target_failed");
    to.lives.store(usize::MAX, Ordering::Relaxed);
    let imported = import(&folder, &to, nothing).await.unwrap();
    assert!(imported.already >= 9);
    assert_eq!(events(&to.log).await, events(&from).await);
}

#[tokio::test]
async fn an_export_is_there_whole_or_not_at_all() {
    let (_dir, folder) = folder();
    let from = filled().await;
    // What an export that was broken off has left.
    fs::create_dir(part(&folder)).unwrap();
    fs::write(part(&folder).join("events-000001.jsonl"), "{").unwrap();
    export(&from, &folder, nothing).await.unwrap();
    assert!(!part(&folder).exists());
    let before = fs::read(folder.join(MANIFEST)).unwrap();
    let refused = export(&MemoryLog::default(), &folder, nothing).await;
    assert!(matches!(refused, Err(TransferError::Exists(_))));
    assert_eq!(fs::read(folder.join(MANIFEST)).unwrap(), before);
}

/// Changes a file of an export, and says why nothing of it is imported then.
async fn refusal(change: impl Fn(&Path)) -> &'static str {
    let (_dir, folder) = folder();
    export_in_files_of(16, &filled().await, &folder, nothing)
        .await
        .unwrap();
    change(&folder);
    let to = MemoryLog::default();
    let refused = import(&folder, &to, nothing).await.unwrap_err();
    assert_eq!(events(&to).await, []);
    refused.code()
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[tokio::test]
async fn of_a_damaged_export_nothing_is_written() {
    let changed = |folder: &Path| replace(&folder.join("events-000003.jsonl"), "clerk", "clerc");
    assert_eq!(refusal(changed).await, "export_damaged");
    let cut = |folder: &Path| {
        let path = folder.join("events-000002.jsonl");
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    };
    assert_eq!(refusal(cut).await, "export_damaged");
    let gone = |folder: &Path| fs::remove_file(folder.join("events-000002.jsonl")).unwrap();
    assert_eq!(refusal(gone).await, "export_file_failed");
    let unfinished = |folder: &Path| fs::remove_file(folder.join(MANIFEST)).unwrap();
    assert_eq!(refusal(unfinished).await, "export_file_failed");
}

#[tokio::test]
async fn a_manifest_that_leads_elsewhere_or_comes_from_a_newer_program_is_refused() {
    for (from, to) in [
        ("events-000002.jsonl", "../events.jsonl"),
        ("\"version\": 1", "\"version\": 2"),
        ("sangyu-events", "other-events"),
    ] {
        let changed = |folder: &Path| replace(&folder.join(MANIFEST), from, to);
        assert_eq!(refusal(changed).await, "export_manifest_invalid", "{to}");
    }
}

#[tokio::test]
async fn a_manifest_names_nobody() {
    let (_dir, folder) = folder();
    export(&filled().await, &folder, nothing).await.unwrap();
    let text = fs::read_to_string(folder.join(MANIFEST)).unwrap();
    for personal in ["sample-a", "clerk", "𠮷", "桑榆", "台账"] {
        assert!(!text.contains(personal), "{text}");
    }
}
