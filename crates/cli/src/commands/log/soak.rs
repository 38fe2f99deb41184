//! Appends from many tasks until somebody pulls the plug.

use std::{fs::File, io::Write as _, sync::Arc, time::Duration};

use app::{Ids, SystemIds};
use event_log::{EventId, EventLog, Expected, NewEvent, StreamName, contract::metadata};
use event_log_sqlite::SqliteLog;
use serde::{Deserialize, Serialize};
use tokio::{task::JoinSet, time::Instant};

use super::acks;
use crate::{
    args::Soak,
    bureau::{self, EVENTS},
    config::Config,
    failure::{Exit, Failure},
    output,
};

/// The streams of the made-up events are named `soak-<id>`.
const CATEGORY: &str = "soak";

/// What a made-up event holds, so that half an append is seen for what it is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Piece {
    /// Names the append; the same in all its events.
    pub(super) append: EventId,
    /// Its place in the append, from 0.
    pub(super) index: usize,
    /// How many events the append has.
    pub(super) of: usize,
    padding: String,
}

pub(crate) async fn run(args: &Soak, config: &Config) -> Result<(), Failure> {
    let _held = bureau::hold(&config.data)?;
    let path = config.data.join(EVENTS);
    let log = Arc::new(SqliteLog::open(&path).map_err(app::Error::from)?);
    let newest = log.newest().await.map_err(app::Error::from)?;
    if newest.is_some_and(|event| event.stream.category() != CATEGORY) {
        return Err(Failure::new(
            Exit::Refused,
            "log_in_use",
            "the log holds events that were not made up: name an empty directory with --data",
            "该日志中有真实事件，请用 --data 指定一个空目录",
        ));
    }
    let noted = Arc::new(acks::write_on(&args.acks)?);
    let until = args
        .seconds
        .map(|s| Instant::now() + Duration::from_secs(s));

    let mut tasks = JoinSet::new();
    for _ in 0..args.tasks {
        tasks.spawn(append(Arc::clone(&log), Arc::clone(&noted), until));
    }
    let mut appends = 0;
    while let Some(task) = tasks.join_next().await {
        let done = task.unwrap_or_else(|_| Ok(0));
        appends += done.map_err(|error| error.into_failure(args))?;
    }
    let told = serde_json::json!({ "appends": appends });
    output::print(config.format, &told, |_| format!("已确认的追加：{appends}"))
}

/// Why a task stopped.
enum Stopped {
    Log(app::Error),
    Acks(std::io::Error),
}

impl Stopped {
    fn into_failure(self, args: &Soak) -> Failure {
        match self {
            Stopped::Log(error) => error.into(),
            Stopped::Acks(error) => Failure::io("write", &args.acks, &error),
        }
    }
}

/// Appends to a stream of its own, one event or a few, and notes where the last of them is.
async fn append(
    log: Arc<SqliteLog>,
    noted: Arc<File>,
    until: Option<Instant>,
) -> Result<u64, Stopped> {
    let (mut expected, mut appends) = (Expected::NoStream, 0);
    let name = StreamName::new(CATEGORY, &SystemIds.next().to_string());
    let stream = name.map_err(|e| Stopped::Log(e.into()))?;
    while until.is_none_or(|until| Instant::now() < until) {
        let events =
            made_up(appends).map_err(|e| Stopped::Log(app::Error::Internal(e.to_string())))?;
        let last = events.last().map(|event| event.id);
        let appended = log.append(&stream, expected, events).await;
        let appended = appended.map_err(|e| Stopped::Log(e.into()))?;
        expected = Expected::Exact(appended.revision);
        appends += 1;
        if let Some(last) = last {
            let line = acks::line((last, appended.position));
            (&*noted)
                .write_all(line.as_bytes())
                .map_err(Stopped::Acks)?;
        }
    }
    Ok(appends)
}

/// The events of one append: how many and how large follows from its number.
fn made_up(number: u64) -> serde_json::Result<Vec<NewEvent>> {
    let of = [1, 1, 3, 1, 2, 1, 5][usize::try_from(number % 7).unwrap_or(0)];
    let padding = if number.is_multiple_of(20) {
        12_000
    } else {
        200
    };
    let append = EventId(SystemIds.next());
    let piece = |index| {
        let piece = Piece {
            append,
            index,
            of,
            padding: "桑榆".repeat(padding / 6),
        };
        Ok(NewEvent {
            id: EventId(SystemIds.next()),
            name: "soak.appended".into(),
            metadata: metadata(number.into()),
            data: serde_json::to_vec(&piece)?,
        })
    };
    (0..of).map(piece).collect()
}
