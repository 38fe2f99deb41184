//! The program is killed while it appends, again and again, at moments nobody chose.
//!
//! `SANGYU_SOAK_KILLS=1000` kills it more often.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::program::{Bureau, Said, command};

const KILLS: u32 = 200;

/// How often the log is verified in between: reading it all takes longer than writing some of it.
const VERIFIED_EVERY: u32 = 50;

/// How long it may take to come up before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// When it is killed.
enum Kill {
    /// So long after it was started: while it comes up, or while it recovers what the last one left.
    After(Duration),
    /// So long after it first acknowledged something.
    Working(Duration),
}

/// Runs it until it is killed. Returns how long it took to acknowledge something, if it was let.
fn soak(bureau: &Bureau, acks: &Path, kill: &Kill) -> Option<Duration> {
    let length = || fs::metadata(acks).map_or(0, |file| file.len());
    let (before, started) = (length(), Instant::now());
    let mut child = command(&["log", "soak", "--data", &bureau.data(), "--acks"])
        .arg(acks)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let up = match kill {
        Kill::After(time) => {
            sleep(*time);
            None
        }
        Kill::Working(time) => {
            while length() == before {
                assert!(started.elapsed() < PATIENCE, "it acknowledges nothing");
                sleep(Duration::from_millis(1));
            }
            let up = started.elapsed();
            sleep(*time);
            Some(up)
        }
    };
    assert_eq!(child.try_wait().unwrap(), None, "it ended by itself");
    child.kill().unwrap();
    child.wait().unwrap();
    up
}

fn verify(bureau: &Bureau, acks: &Path) -> Said {
    let acks = acks.display().to_string();
    bureau.call(&["log", "verify", "--acks", &acks, "--format", "json"])
}

#[test]
fn whenever_it_is_killed_nothing_that_was_acknowledged_is_missing_doubled_or_moved() {
    let bureau = Bureau::new();
    let acks = bureau.path().join("acks");
    let rng = &mut ChaCha8Rng::seed_from_u64(7);
    let kills = std::env::var("SANGYU_SOAK_KILLS").map_or(KILLS, |n| n.parse().unwrap());
    let (mut acknowledged, mut up) = (0, Duration::ZERO);
    for kill in 1..=kills {
        let when = match kill % 4 {
            0 => Kill::After(up.mul_f64(rng.random_range(0.3..1.0))),
            _ => Kill::Working(Duration::from_millis(rng.random_range(0..30))),
        };
        up = soak(&bureau, &acks, &when).unwrap_or(up);
        if kill % VERIFIED_EVERY == 0 || kill == kills {
            let found = verify(&bureau, &acks).json();
            let before = acknowledged;
            acknowledged = found["acknowledged"].as_u64().unwrap();
            assert!(acknowledged > before, "{kill} kills: {found}");
            assert!(found["events"].as_u64() >= Some(acknowledged), "{found}");
        }
    }
    println!("{kills} kills, {acknowledged} appends acknowledged");
}

/// A log of a second's work, with what it noted.
fn soaked() -> (Bureau, PathBuf) {
    let bureau = Bureau::new();
    let acks = bureau.path().join("acks");
    let said = soak_on(&bureau, &acks);
    assert_eq!(said.code, 0, "{said:?}");
    (bureau, acks)
}

fn soak_on(bureau: &Bureau, acks: &Path) -> Said {
    let path = acks.display().to_string();
    bureau.call(&["log", "soak", "--seconds", "1", "--acks", &path])
}

#[test]
fn a_line_that_was_torn_is_cut_off_before_more_is_written() {
    let (bureau, acks) = soaked();
    let whole = fs::read_to_string(&acks).unwrap();
    let line = whole.lines().next().unwrap();
    for torn in [1, 37, line.len()] {
        let before = fs::read_to_string(&acks).unwrap();
        fs::write(&acks, format!("{before}{}", &line[..torn])).unwrap();
        let said = soak_on(&bureau, &acks);
        assert_eq!(said.code, 0, "{said:?}");
        let after = fs::read_to_string(&acks).unwrap();
        assert!(after.starts_with(&before) && after.len() > before.len());
        let found = verify(&bureau, &acks).json();
        assert_eq!(found["acknowledged"], after.lines().count());
    }
}

#[test]
fn what_soak_did_not_note_is_left_as_it_is() {
    let (bureau, acks) = soaked();
    for other in ["走访记录", "one line\n", "01a2b3 no id", "\n"] {
        fs::write(&acks, other).unwrap();
        let said = soak_on(&bureau, &acks);
        assert_eq!(said.code, 4, "{said:?}");
        assert!(said.err.contains("acks_malformed"), "{said:?}");
        assert_eq!(fs::read_to_string(&acks).unwrap(), other);
    }
}

fn refused(bureau: &Bureau, acks: &Path, code: &str) {
    let said = verify(bureau, acks);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains(code), "{said:?}");
}

#[test]
fn what_is_missing_doubled_or_moved_is_found() {
    let (bureau, acks) = soaked();
    assert_eq!(verify(&bureau, &acks).code, 0);
    let noted = fs::read_to_string(&acks).unwrap();
    let first = noted.lines().next().unwrap();
    let (id, _) = first.split_once(' ').unwrap();

    fs::write(
        &acks,
        format!("{noted}019aa000-0000-7000-8000-000000000000 1\n"),
    )
    .unwrap();
    refused(&bureau, &acks, "events_missing");
    fs::write(&acks, noted.replacen(first, &format!("{id} 9999999"), 1)).unwrap();
    refused(&bureau, &acks, "events_moved");
    fs::write(&acks, format!("{noted}{first}\n")).unwrap();
    refused(&bureau, &acks, "events_doubled");

    // The line that a kill cut short was never finished.
    fs::write(&acks, format!("{noted}019aa000-0000")).unwrap();
    assert_eq!(verify(&bureau, &acks).code, 0);
    fs::write(&acks, format!("019aa000-0000\n{noted}")).unwrap();
    let said = verify(&bureau, &acks);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.err.contains("acks_malformed"), "{said:?}");
}

#[test]
fn made_up_events_are_not_put_into_a_bureau() {
    let bureau = Bureau::with_ledgers();
    let acks = bureau.path().join("acks").display().to_string();
    let said = bureau.call(&["log", "soak", "--seconds", "1", "--acks", &acks]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.err.contains("log_in_use"), "{said:?}");
    assert_eq!(bureau.call(&["log", "verify"]).code, 0);
}
