//! Whether a log is sound, and holds what was acknowledged.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use event_log::{EventId, EventLog as _, Position, Recorded};
use event_log_sqlite::SqliteLog;
use serde::Serialize;

use super::{acks, soak::Piece};
use crate::{
    args::Verify,
    bureau::{self, EVENTS},
    config::Config,
    failure::{Exit, Failure},
    output,
};

/// What was found.
#[derive(Debug, Default, Serialize)]
struct Found {
    /// How many events the log holds.
    events: u64,
    streams: u64,
    /// What is wrong with the file.
    faults: Vec<String>,
    /// How many appends were acknowledged.
    acknowledged: u64,
    /// Acknowledged and not in the log.
    missing: Vec<EventId>,
    /// Twice in the log, or acknowledged twice.
    doubled: Vec<EventId>,
    /// At another position than the one that was acknowledged.
    moved: Vec<EventId>,
    /// Appends of which the log holds a part.
    halved: Vec<EventId>,
}

pub(crate) async fn run(args: &Verify, config: &Config) -> Result<(), Failure> {
    let path = config.data.join(EVENTS);
    if !path.is_file() {
        return Err(bureau::none(&config.data));
    }
    let _held = bureau::hold(&config.data)?;
    let mut found = Found::default();
    if let Some(file) = &args.acks {
        compare(&path, read_acks(file, &mut found)?, &mut found).await?;
    }
    let checked = SqliteLog::check(&path).map_err(app::Error::from)?;
    found.events = checked.events;
    found.streams = checked.streams;
    found.faults = checked.faults;
    output::print(config.format, &found, text)?;
    found.verdict()
}

/// What was acknowledged, and where.
fn read_acks(file: &Path, found: &mut Found) -> Result<HashMap<EventId, Position>, Failure> {
    let mut acks = HashMap::new();
    for (id, position) in acks::read(file)? {
        found.acknowledged += 1;
        if acks.insert(id, position).is_some() {
            found.doubled.push(id);
        }
    }
    Ok(acks)
}

/// Reads the log as its users do.
async fn compare(
    path: &Path,
    mut acks: HashMap<EventId, Position>,
    found: &mut Found,
) -> Result<(), Failure> {
    let log = SqliteLog::open(path).map_err(app::Error::from)?;
    let mut ids = HashSet::new();
    let (mut last, mut before) = (None, None);
    loop {
        let page = log
            .read_all(last, usize::MAX)
            .await
            .map_err(app::Error::from)?;
        let Some(end) = page.last() else { break };
        last = Some(end.position);
        for event in page {
            if !ids.insert(event.id) {
                found.doubled.push(event.id);
            }
            if acks
                .remove(&event.id)
                .is_some_and(|noted| noted != event.position)
            {
                found.moved.push(event.id);
            }
            before = follows(before, &event, &mut found.halved);
        }
    }
    if let Some(Piece { append, .. }) = before.filter(|piece| !is_last(piece)) {
        found.halved.push(append);
    }
    found.missing = acks.into_keys().collect();
    Ok(())
}

fn is_last(piece: &Piece) -> bool {
    piece.index + 1 == piece.of
}

/// The events of an append stand one behind the other, all of them.
fn follows(before: Option<Piece>, event: &Recorded, halved: &mut Vec<EventId>) -> Option<Piece> {
    let piece: Option<Piece> = serde_json::from_slice(&event.data).ok();
    let goes_on = match (&before, &piece) {
        (Some(before), Some(piece)) if !is_last(before) => {
            piece.append == before.append && piece.index == before.index + 1
        }
        (Some(before), None) => is_last(before),
        (_, Some(piece)) => piece.index == 0,
        (None, None) => true,
    };
    if !goes_on {
        halved.extend([&before, &piece].into_iter().flatten().map(|p| p.append));
    }
    piece
}

fn text(found: &Found) -> String {
    let mut lines = vec![
        format!(
            "事件 {}，流 {}，损坏 {}",
            found.events,
            found.streams,
            found.faults.len()
        ),
        format!(
            "已确认 {}：缺失 {}，重复 {}，移位 {}，不完整 {}",
            found.acknowledged,
            found.missing.len(),
            found.doubled.len(),
            found.moved.len(),
            found.halved.len()
        ),
    ];
    lines.extend(found.faults.iter().map(|fault| format!("损坏  {fault}")));
    let lists = [
        ("缺失", &found.missing),
        ("重复", &found.doubled),
        ("移位", &found.moved),
        ("不完整", &found.halved),
    ];
    for (what, ids) in lists {
        lines.extend(ids.iter().map(|id| format!("{what}  {id}")));
    }
    lines.join("\n")
}

impl Found {
    /// The gravest of what was found.
    fn verdict(&self) -> Result<(), Failure> {
        let faults = [
            (
                "events_missing",
                self.missing.len(),
                "acknowledged events are missing",
                "个已确认事件缺失",
            ),
            (
                "events_moved",
                self.moved.len(),
                "acknowledged events moved",
                "个已确认事件移位",
            ),
            (
                "events_doubled",
                self.doubled.len(),
                "events are doubled",
                "个事件重复",
            ),
            (
                "appends_halved",
                self.halved.len(),
                "appends are not whole",
                "次追加不完整",
            ),
            (
                "log_damaged",
                self.faults.len(),
                "faults are in the file",
                "处损坏",
            ),
        ];
        match faults.into_iter().find(|(_, count, ..)| *count > 0) {
            None => Ok(()),
            Some((code, count, en, zh)) => Err(Failure::new(
                Exit::Failed,
                code,
                format!("{count} {en}: check the disk, and restore the log from a backup"),
                format!("{count} {zh}，请检查磁盘并从备份恢复日志"),
            )),
        }
    }
}
