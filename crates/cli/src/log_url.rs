//! Which log a command works on: the one place where a URL becomes a log.
//!
//! ```text
//! sqlite:PATH                                      the embedded log in this file
//! esdb://HOST:2113,HOST:2113,…?namespace=NAME      a KurrentDB cluster
//! ```

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use event_log::{EventLog, LogError};
use event_log_kurrentdb::{KurrentLog, Settings};
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
    /// On this cluster.
    KurrentDb(Box<Settings>),
}

impl LogUrl {
    /// Reads what was given. It is not repeated where it is refused: a URL may hold a password.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        if let Some(path) = text.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
            return Ok(LogUrl::Sqlite(path.into()));
        }
        if !text.contains("://") {
            return Err(Failure::usage(
                "log_url_invalid",
                "the URL of a log is not understood: write it as sqlite:PATH or esdb://HOST:2113",
                "日志地址无法识别，请写成 sqlite:路径 或 esdb://主机:2113",
            ));
        }
        let settings = Settings::parse(text).map_err(|e| {
            Failure::usage(
                "log_url_invalid",
                format!("the URL of the log is not understood: {e}"),
                format!("日志地址有误，请参照 docs/kurrentdb.md：{e}"),
            )
        })?;
        let named = std::env::var(USERNAME).and_then(|name| Ok((name, std::env::var(PASSWORD)?)));
        Ok(LogUrl::KurrentDb(Box::new(match named {
            Ok((name, password)) => settings.with_credentials(&name, &password),
            Err(_) => settings,
        })))
    }

    /// The log that is given, else the one of the bureau that is configured.
    pub(crate) fn given_or_of(given: Option<&str>, config: &Config) -> Result<Self, Failure> {
        match given {
            Some(text) => Self::parse(text),
            None => Self::of_bureau(config, &config.data),
        }
    }

    /// The log of the bureau in this directory.
    pub(crate) fn of_bureau(config: &Config, dir: &Path) -> Result<Self, Failure> {
        match &config.event_log {
            Some(url) => Self::parse(url.reveal()),
            None => Ok(LogUrl::Sqlite(dir.join(EVENTS))),
        }
    }

    /// Opens it, or makes it if it is new.
    pub(crate) fn open(&self) -> Result<Arc<dyn EventLog>, LogError> {
        Ok(match self {
            LogUrl::Sqlite(path) => Arc::new(SqliteLog::open(path)?),
            LogUrl::KurrentDb(settings) => Arc::new(KurrentLog::connect(*settings.clone())),
        })
    }

    /// A log that is there. A server may be writing to it meanwhile.
    pub(crate) async fn open_to_read(&self) -> Result<Arc<dyn EventLog>, Failure> {
        match self {
            LogUrl::Sqlite(path) if !path.is_file() => Err(Failure::no_file(path)),
            LogUrl::Sqlite(path) => Ok(Arc::new(ReadOnlySqliteLog::open(path)?)),
            LogUrl::KurrentDb(_) => Ok(self.open()?),
        }
    }

    /// A log to write to, which is made if it is new. A bureau's own is held meanwhile, so that nobody
    /// else writes to it.
    pub(crate) async fn open_to_write(&self) -> Result<Target, Failure> {
        let held = match self {
            LogUrl::Sqlite(path) if path.file_name().is_some_and(|name| name == EVENTS) => {
                Some(bureau::hold(path.parent().unwrap_or(Path::new(".")))?)
            }
            LogUrl::Sqlite(_) | LogUrl::KurrentDb(_) => None,
        };
        Ok(Target {
            log: self.open()?,
            _held: held,
        })
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
            LogUrl::KurrentDb(_) => None,
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
            LogUrl::KurrentDb(settings) => {
                let mut bytes = [0; 8];
                getrandom::fill(&mut bytes)
                    .map_err(|e| Failure::io("name", Path::new("a namespace"), &e.into()))?;
                Ok(Ground::Namespaces {
                    settings,
                    check: u64::from_le_bytes(bytes),
                    case: AtomicU32::new(0),
                })
            }
        }
    }
}

// Whose credentials take the place of those in the URL.
const USERNAME: &str = "KURRENTDB_USERNAME";
const PASSWORD: &str = "KURRENTDB_PASSWORD";

/// Where the cases of the contract may write what they like.
pub(crate) enum Ground {
    /// A file that did not exist, and is removed after each case.
    File(PathBuf),
    /// On a cluster, in a namespace for each case that nobody has used. They stay there.
    Namespaces {
        settings: Box<Settings>,
        /// The number of this check, made by chance.
        check: u64,
        /// How many cases have had theirs.
        case: AtomicU32,
    },
}

impl Ground {
    /// An empty log that nobody else uses.
    pub(crate) async fn fresh(&self) -> Result<Arc<dyn EventLog>, LogError> {
        match self {
            Ground::File(path) => Ok(Arc::new(SqliteLog::open(path)?)),
            Ground::Namespaces {
                settings,
                check,
                case,
            } => {
                let case = case.fetch_add(1, Ordering::Relaxed);
                let namespace = format!("check_{check:016x}_{case}");
                let settings = settings.as_ref().clone().in_namespace(&namespace);
                let settings = settings.map_err(|e| LogError::Unavailable {
                    reason: e.to_string(),
                    unknown: false,
                })?;
                Ok(Arc::new(KurrentLog::connect(settings)))
            }
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
            Ground::Namespaces { .. } => Ok(()),
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
