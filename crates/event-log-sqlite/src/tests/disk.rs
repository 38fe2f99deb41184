//! The disk runs full, or fails to write or to flush, at every call in turn.

use event_log::contract::event;
use faulty_disk::{Call, Disk, Image, Platter, Step};

use super::{
    crash::{Known, SEEN, Tried, everything, open, recover},
    *,
};

const CHECKPOINT_AFTER: u32 = 12;

async fn append(log: &SqliteLog, disk: &Disk, tried: &mut Vec<Tried>) -> Result<(), LogError> {
    let number = tried.len() as u64;
    let events = (0..=number % 3).map(|n| event((number * 10 + n).into()));
    let events: Vec<_> = events.collect();
    let stream = stream(&(number % 4).to_string()).unwrap();
    tried.push(Tried {
        stream: stream.clone(),
        events: events.clone(),
        answer: None,
    });
    let answer = log.append(&stream, Expected::Any, events).await?;
    disk.mark(number);
    tried.last_mut().unwrap().answer = Some(answer);
    Ok(())
}

fn known(steps: &[Step]) -> Known {
    let mut known = Known::default();
    for step in steps {
        if let Step::Mark(mark) = step {
            known.mark(*mark);
        }
    }
    known
}

/// A log on a disk where this call failed, what it was asked to do, and whether an append noticed.
async fn failed(call: Call, after: u64) -> (Disk, Vec<Tried>, bool) {
    let disk = Disk::new(Image::default());
    let mut tried = Vec::new();
    let log = open(&disk, CHECKPOINT_AFTER).unwrap();
    append(&log, &disk, &mut tried).await.unwrap();
    disk.fail_after(call, after);
    while tried.len() < 12 {
        let Err(error) = append(&log, &disk, &mut tried).await else {
            continue;
        };
        assert_eq!(fault(&error), Some(StorageFault::DiskFailed), "{error}");
        assert!(error.unknown(), "{error}");
        // The disk is well again, but what it lost is not told by that.
        let next = append(&log, &disk, &mut tried).await.unwrap_err();
        assert_eq!(fault(&next), Some(StorageFault::DiskFailed), "{next}");
        assert!(!next.unknown(), "{next}");
        let acknowledged = tried.iter().filter_map(|t| t.answer).next_back();
        let newest = log.newest().await.unwrap().map(|e| e.position);
        assert_eq!(newest, acknowledged.map(|a| a.position), "readers go on");
        drop(log);
        tried.push(Tried {
            stream: stream("after").unwrap(),
            events: vec![event(1 << 64)],
            answer: None,
        });
        return (disk, tried, true);
    }
    drop(log);
    (disk, tried, false)
}

/// How often a log that nothing happens to makes this call, and a third more: what fails while the log
/// is folded in is tried again.
async fn calls(call: Call) -> u64 {
    let (disk, ..) = failed(call, u64::MAX).await;
    let is = |step: &&Step| match call {
        Call::Sync => matches!(step, Step::Sync { .. }),
        Call::Write => matches!(step, Step::Write { .. }),
    };
    disk.steps().iter().filter(is).count() as u64 * 4 / 3
}

/// Lets each of these calls fail, one log for each, and crashes what is left.
async fn a_call_fails(call: Call, every: usize) {
    let mut failures = 0;
    for after in (0..calls(call).await).step_by(every) {
        let (disk, tried, noticed) = failed(call, after).await;
        if !noticed {
            continue;
        }
        let crashes = async |what: &str| {
            let steps = disk.steps();
            let mut platter = Platter::default();
            steps.iter().for_each(|step| platter.follow(step));
            for dice in 0..3 {
                let crashed = Disk::new(platter.crash(dice));
                let recovered = recover(&crashed, &tried, &known(&steps)).await;
                recovered.unwrap_or_else(|fault| panic!("call {after}, {what}, {dice}: {fault}"));
            }
        };
        crashes("the power fails at once").await;
        let log = open(&disk, CHECKPOINT_AFTER).unwrap();
        let read = everything(&log).await.unwrap();
        disk.mark(SEEN + read.last().unwrap().position.to_stored());
        crashes("the program is started again, reads, and then it fails").await;
        failures += 1;
    }
    assert!(failures >= 10, "{failures}");
}

#[tokio::test]
async fn after_a_flush_that_failed_nothing_is_taken_and_nothing_read_is_lost() {
    a_call_fails(Call::Sync, 1).await;
}

#[tokio::test]
async fn after_a_write_that_failed_nothing_is_taken_and_nothing_read_is_lost() {
    a_call_fails(Call::Write, 5).await;
}

#[tokio::test]
async fn a_full_disk_refuses_an_append_whole_and_takes_it_when_there_is_room() {
    for room in (140_000..400_000).step_by(15_000) {
        let disk = Disk::new(Image::default());
        let mut tried = Vec::new();
        let log = open(&disk, CHECKPOINT_AFTER).unwrap();
        disk.limit(Some(room));
        let error = loop {
            if let Err(error) = append(&log, &disk, &mut tried).await {
                break error;
            }
        };
        assert_eq!(fault(&error), Some(StorageFault::DiskFull), "{error}");
        assert!(!error.unknown(), "{error}");
        let refused = tried.pop().unwrap();
        let held = everything(&log).await.unwrap().len();
        assert_eq!(held, tried.iter().map(|t| t.events.len()).sum::<usize>());

        let mut platter = Platter::default();
        disk.steps().iter().for_each(|step| platter.follow(step));
        let mut possible = tried.clone();
        possible.push(Tried {
            stream: stream("after").unwrap(),
            events: vec![event(1 << 64)],
            answer: None,
        });
        for dice in 0..3 {
            let crashed = Disk::new(platter.crash(dice));
            let recovered = recover(&crashed, &possible, &known(&disk.steps())).await;
            recovered.unwrap_or_else(|fault| panic!("room {room}, dice {dice}: {fault}"));
        }

        disk.limit(None);
        log.append(&refused.stream, Expected::Any, refused.events)
            .await
            .unwrap();
    }
}
