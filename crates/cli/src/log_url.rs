//! Which log a command of `sangyu log` works on: the one place where its URL becomes a log.
//!
//! ```text
//! sqlite:PATH    the embedded log in this file
//! ```

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use event_log::{EventLog, LogError};
use event_log_sqlite::{ReadOnlySqliteLog, SqliteLog};

use crate::{
    bureau::{self, EVENTS},
    config::Config,
    failure::{Exit, Failure},
};

/// Where a log is.
#[derive(Debug, Clone)]
pub(crate) enum LogUrl {
    /// In this file.
    Sqlite(PathBuf),
}

impl LogUrl {
    /// Reads what was given. It is not repeated where it is refused: a URL may hold a password.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        match text.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(LogUrl::Sqlite(path.into())),
            _ => Err(Failure::usage(
                "log_url_invalid",
                "the URL of a log is not understood: write it as sqlite:PATH",
                "日志地址无法识别，请写成 sqlite:路径",
            )),
        }
    }

    /// The log that is given, else the one of the bureau that is configured.
    pub(crate) fn given_or_of(given: Option<&str>, config: &Config) -> Result<Self, Failure> {
        match given {
            Some(text) => Self::parse(text),
            None => Ok(LogUrl::Sqlite(config.data.join(EVENTS))),
        }
    }

    /// A log that is there. A server may be writing to it meanwhile.
    pub(crate) async fn open_to_read(&self) -> Result<Arc<dyn EventLog>, Failure> {
        match self {
            LogUrl::Sqlite(path) if !path.is_file() => Err(Failure::no_file(path)),
            LogUrl::Sqlite(path) => Ok(Arc::new(ReadOnlySqliteLog::open(path)?)),
        }
    }

    /// A log to write to, which is made if it is new. A bureau's own is held meanwhile, so that nobody
    /// else writes to it.
    pub(crate) async fn open_to_write(&self) -> Result<Target, Failure> {
        match self {
            LogUrl::Sqlite(path) => {
                let held = match path.file_name().is_some_and(|name| name == EVENTS) {
                    true => Some(bureau::hold(path.parent().unwrap_or(Path::new(".")))?),
                    false => None,
                };
                Ok(Target {
                    log: Arc::new(SqliteLog::open(path)?),
                    _held: held,
                })
            }
        }
    }

    /// How many bytes its files have; unknown of a server.
    pub(crate) fn bytes_on_disk(&self) -> Option<u64> {
        match self {
            LogUrl::Sqlite(path) => Some(
                files(path)
                    .filter_map(|file| file.metadata().ok())
                    .map(|file| file.len())
                    .sum(),
            ),
        }
    }

    /// Somewhere for the cases of the contract to write. A file that is there may hold a bureau, and is
    /// refused.
    pub(crate) fn ground(self) -> Result<Ground, Failure> {
        match self {
            LogUrl::Sqlite(path) if path.exists() => {
                let shown = path.display();
                Err(Failure::new(
                    Exit::Refused,
                    "log_exists",
                    format!(
                        "{shown} is there already, and a check writes made-up events: name a file that does not exist"
                    ),
                    format!("{shown} 已存在，而检查会写入虚构事件，请指定一个不存在的文件"),
                ))
            }
            LogUrl::Sqlite(path) => Ok(Ground::File(path)),
        }
    }
}

/// Where the cases of the contract may write what they like.
pub(crate) enum Ground {
    /// A file that did not exist, and is removed after each case.
    File(PathBuf),
}

impl Ground {
    /// An empty log that nobody else uses.
    pub(crate) async fn fresh(&self) -> Result<Arc<dyn EventLog>, LogError> {
        match self {
            Ground::File(path) => Ok(Arc::new(SqliteLog::open(path)?)),
        }
    }

    /// Removes what a case has written.
    pub(crate) fn clear(&self) -> Result<(), Failure> {
        match self {
            Ground::File(path) => files(path)
                .filter(|file| file.exists())
                .try_for_each(|file| {
                    std::fs::remove_file(&file).map_err(|e| Failure::io("remove", &file, &e))
                }),
        }
    }
}

/// A log that is written to.
pub(crate) struct Target {
    pub(crate) log: Arc<dyn EventLog>,
    /// The lock of the bureau's directory it is in.
    _held: Option<File>,
}

/// The files of a database: itself, its write-ahead log, and the index of that.
fn files(path: &Path) -> impl Iterator<Item = PathBuf> {
    ["", "-wal", "-shm"].into_iter().map(|suffix| {
        let mut file = path.as_os_str().to_owned();
        file.push(suffix);
        file.into()
    })
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        app::Error::from(error).into()
    }
}
