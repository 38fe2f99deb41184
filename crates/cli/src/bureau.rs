//! A bureau's data directory, and the one place where a log is chosen.
//!
//! ```text
//! events.db      the log: the one truth
//! views.db       what people read; can be deleted at any time
//! identity.key   the secret under which ID numbers name streams; belongs into the backup
//! lock           held by the process that writes
//! sangyu.toml    the configuration, if any
//! ```

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use ::calendar::Calendar;
use app::{App, Clock, IdentityKey, Parts, SystemClock, SystemIds};
use domain::Rules;
use event_log::EventLog;
use event_log_sqlite::SqliteLog;
use views::Views;

use crate::{
    config::Config,
    failure::{Exit, Failure},
};

/// A bureau opened for writing; no other process can write while it is.
pub(crate) struct Bureau {
    pub(crate) app: App,
    _lock: File,
}

impl Bureau {
    /// Opens the directory, makes it if it is new, and brings the views up to date.
    pub(crate) async fn open(config: &Config) -> Result<Self, Failure> {
        Self::open_at(config, &config.data, Arc::new(SystemClock::default())).await
    }

    /// Opens a directory with a clock of its own.
    pub(crate) async fn open_at(
        config: &Config,
        dir: &Path,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Failure> {
        std::fs::create_dir_all(dir).map_err(|e| Failure::io("make the directory", dir, &e))?;
        let Some(lock) = try_lock(dir)? else { return Err(held(dir)) };
        let log: Arc<dyn EventLog> =
            Arc::new(SqliteLog::open(&dir.join("events.db")).map_err(app::Error::from)?);
        let views = Views::open(dir.join("views.db")).map_err(app::Error::from)?;
        views.catch_up(log.as_ref()).await.map_err(app::Error::from)?;
        let app = App::new(Parts {
            log,
            views,
            clock,
            ids: Arc::new(SystemIds),
            rules: rules_of(config)?,
            calendar: calendar_of(config)?,
            identity_key: identity_key(&dir.join("identity.key"))?,
        });
        Ok(Bureau { app, _lock: lock })
    }

    /// Keeps the views up to date from now on, while the program runs.
    pub(crate) fn follow(&self) {
        let (views, log) = (self.app.views().clone(), Arc::clone(self.app.log()));
        tokio::spawn(async move { views.follow(log).await });
    }
}

/// The views of a directory, up to date; or as they stand where a server holds the directory and
/// keeps them up to date itself.
pub(crate) async fn read(config: &Config) -> Result<Reading, Failure> {
    let dir = &config.data;
    if !dir.join("events.db").is_file() {
        return Err(Failure::new(
            Exit::NotFound,
            "no_bureau",
            format!("there is no bureau in {}: name its directory with --data", dir.display()),
            format!("目录 {} 中没有数据，请用 --data 指定数据目录", dir.display()),
        ));
    }
    let held = try_lock(dir)?.is_none();
    if held {
        let views = Views::open(dir.join("views.db")).map_err(app::Error::from)?;
        views.answer_as_it_stands().await.map_err(app::Error::from)?;
        Ok(Reading { views, _bureau: None })
    } else {
        let bureau = Bureau::open(config).await?;
        Ok(Reading { views: bureau.app.views().clone(), _bureau: Some(bureau) })
    }
}

/// What can be read.
pub(crate) struct Reading {
    pub(crate) views: Views,
    _bureau: Option<Bureau>,
}

fn try_lock(dir: &Path) -> Result<Option<File>, Failure> {
    let path = dir.join("lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|e| Failure::io("open", &path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(e)) => Err(Failure::io("lock", &path, &e)),
    }
}

fn held(dir: &Path) -> Failure {
    let dir = dir.display();
    Failure::new(
        Exit::Unavailable,
        "directory_held",
        format!("{dir} is held by a running server: work on it with --server http://127.0.0.1:7300"),
        format!("{dir} 正由运行中的服务占用，请改用 --server http://127.0.0.1:7300"),
    )
}

/// Reads the key, or makes one for a new bureau.
fn identity_key(path: &Path) -> Result<IdentityKey, Failure> {
    match std::fs::read_to_string(path) {
        Ok(hex) => IdentityKey::parse(&hex).map_err(|_| {
            Failure::new(
                Exit::Failed,
                "identity_key_damaged",
                format!("{} is damaged: put it back from the backup", path.display()),
                format!("{} 已损坏，请从备份恢复", path.display()),
            )
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).map_err(|e| Failure::io("make a key for", path, &e.into()))?;
            let key = IdentityKey::new(bytes);
            write_secret(path, &key.to_hex()).map_err(|e| Failure::io("write", path, &e))?;
            Ok(key)
        }
        Err(e) => Err(Failure::io("read", path, &e)),
    }
}

/// Only its owner can read it, and it is there whole or not at all.
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    let mut file = options.create(true).truncate(true).write(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(beside, path)
}

fn rules_of(config: &Config) -> Result<Rules, Failure> {
    let rules = match &config.rules {
        Some(path) => app::parse_rules(&text_of(path)?),
        None => app::national_rules(),
    };
    rules.map_err(|e| {
        Failure::usage("rules_invalid", e.to_string(), format!("规则文件有误，整份拒绝：{e}"))
    })
}

/// The calendar of days off that is configured, else the one that comes with Sangyu.
pub(crate) fn calendar_of(config: &Config) -> Result<Calendar, Failure> {
    let calendar = match &config.calendar {
        Some(path) => Calendar::parse(&text_of(path)?),
        None => Calendar::bundled(),
    };
    calendar.map_err(|e| Failure::usage(e.code(), e.to_string(), e.zh()))
}

fn text_of(path: &PathBuf) -> Result<String, Failure> {
    if !path.is_file() {
        return Err(Failure::no_file(path));
    }
    std::fs::read_to_string(path).map_err(|e| Failure::io("read", path, &e))
}
