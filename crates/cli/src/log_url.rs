//! Which log a command of `sangyu log` works on: the one place where its URL becomes a log.
//!
//! ```text
//! sqlite:PATH    the embedded log in this file
//! ```

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use event_log::{EventLog, LogError};
use event_log_sqlite::SqliteLog;

use crate::failure::{Exit, Failure};

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
            Ground::File(path) => ["", "-wal", "-shm"]
                .iter()
                .map(|suffix| with_suffix(path, suffix))
                .filter(|file| file.exists())
                .try_for_each(|file| {
                    std::fs::remove_file(&file).map_err(|e| Failure::io("remove", &file, &e))
                }),
        }
    }
}

/// One of the files that SQLite keeps beside a database.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut file = path.as_os_str().to_owned();
    file.push(suffix);
    file.into()
}
