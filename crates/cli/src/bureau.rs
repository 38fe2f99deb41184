//! A bureau's data directory.
//!
//! ```text
//! events.db      the log: the one truth; unless the configuration's `event_log` names another
//! views.db       what people read; can be deleted at any time
//! ledger/        what was signed of the log, and the key it is signed with; belongs into the backup
//! attachments/   scans and photos, unless they are kept elsewhere; belongs into the backup
//! identity.key   the secret under which ID numbers name streams; belongs into the backup
//! lock           held by the process that writes; a server writes its address into it
//! sangyu.toml    the configuration, if any
//! ```

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::Write as _,
    path::Path,
    sync::Arc,
};

use ::calendar::{Calendar, Timestamp};
use app::{App, Clock, IdentityKey, Parts, Rulebook, SystemClock, SystemIds};
use attachments::{Attachments, Bucket, Limits};
use ledger::{Folder, PublicKey, Purpose, SecretKey, Signer};
use views::Views;

use crate::{
    config::{AttachmentsConfig, Config},
    failure::{Exit, Failure},
    log_url::LogUrl,
};

/// The log.
pub(crate) const EVENTS: &str = "events.db";
/// Scans and photos, unless they are kept elsewhere.
pub(crate) const ATTACHMENTS: &str = "attachments";
/// The configuration, if any.
pub(crate) const CONFIGURATION: &str = "sangyu.toml";
/// What was signed of the log.
pub(crate) const LEDGER: &str = "ledger";
/// The secret under which ID numbers name streams.
pub(crate) const IDENTITY_KEY: &str = "identity.key";

/// A bureau opened for writing; no other process can write while it is.
pub(crate) struct Bureau {
    pub(crate) app: App,
    lock: File,
}

impl Bureau {
    /// Opens the directory, makes it if it is new, and brings the views up to date.
    pub(crate) async fn open(config: &Config) -> Result<Self, Failure> {
        let clock = |newest| Arc::new(SystemClock::not_before(newest)) as Arc<dyn Clock>;
        Self::open_at(config, &config.data, clock).await
    }

    /// Opens a directory with a clock of its own, made from the moment the newest event was
    /// recorded.
    pub(crate) async fn open_at(
        config: &Config,
        dir: &Path,
        clock: impl FnOnce(Option<Timestamp>) -> Arc<dyn Clock>,
    ) -> Result<Self, Failure> {
        let lock = hold(dir)?;
        if config.event_log.is_none() && is_in(dir, IDENTITY_KEY) && !is_in(dir, EVENTS) {
            return Err(log_elsewhere(dir));
        }
        let log = LogUrl::of_bureau(config, dir)?.open()?;
        let newest = log.newest().await.map_err(app::Error::from)?;
        let clock = clock(newest.as_ref().map(|event| event.metadata.recorded));
        let views = Views::open(dir.join("views.db")).map_err(app::Error::from)?;
        views
            .catch_up(log.as_ref())
            .await
            .map_err(app::Error::from)?;
        let app = App::new(Parts {
            log,
            views,
            clock,
            ids: Arc::new(SystemIds),
            rules: rules_of(config)?,
            calendar: calendar_of(config)?,
            attachments: attachments_of(&config.attachments, dir)?,
            identity_key: identity_key(&dir.join(IDENTITY_KEY), newest.is_some())?,
        });
        let app = app
            .with_ledger(Folder::at(&dir.join(LEDGER)), witnesses(config)?)
            .with_font(config.report.font.clone());
        Ok(Bureau { app, lock })
    }

    /// Signs what is not signed yet; says whether there was anything.
    pub(crate) async fn sign(&self, config: &Config) -> Result<bool, Failure> {
        let secret = Arc::new(ledger_secret(config)?);
        let log = self.app.log().as_ref();
        let mut signer = Signer::open(ledger(config), secret, log).await?;
        let (clock, mut new) = (SystemClock::default(), false);
        while signer.advance(log, || clock.now()).await?.is_some() {
            new = true;
        }
        Ok(new)
    }

    /// Tells those who find the directory held where to ask.
    pub(crate) fn announce(&mut self, url: &str) -> std::io::Result<()> {
        self.lock.set_len(0)?;
        self.lock.write_all(url.as_bytes())
    }
}

/// Where a directory stands.
pub(crate) enum Standing {
    /// There is no bureau in it.
    Empty,
    /// A bureau that nobody holds.
    Free,
    /// A bureau that a server holds, at this address.
    Served(String),
    /// A bureau that another command holds.
    Busy,
}

/// Looks at a directory without changing it.
pub(crate) fn standing(config: &Config) -> Result<Standing, Failure> {
    let dir = &config.data;
    if !exists(config) {
        return Ok(Standing::Empty);
    }
    if try_lock(dir)?.is_some() {
        return Ok(Standing::Free);
    }
    let path = dir.join("lock");
    let url = std::fs::read_to_string(&path).map_err(|e| Failure::io("read", &path, &e))?;
    Ok(if url.is_empty() {
        Standing::Busy
    } else {
        Standing::Served(url)
    })
}

/// Whether there is a bureau in the directory that is configured.
pub(crate) fn exists(config: &Config) -> bool {
    let sign = match config.event_log {
        Some(_) => IDENTITY_KEY,
        None => EVENTS,
    };
    is_in(&config.data, sign)
}

fn is_in(dir: &Path, name: &str) -> bool {
    dir.join(name).is_file()
}

/// Holds the directory, which is made if it is new, so that nobody else writes to it.
pub(crate) fn hold(dir: &Path) -> Result<File, Failure> {
    std::fs::create_dir_all(dir).map_err(|e| Failure::io("make the directory", dir, &e))?;
    let lock = try_lock(dir)?.ok_or_else(|| held(dir))?;
    // What an earlier server left there is not true any more.
    lock.set_len(0).map_err(|e| Failure::io("write", dir, &e))?;
    Ok(lock)
}

fn try_lock(dir: &Path) -> Result<Option<File>, Failure> {
    let path = dir.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    let file = file.map_err(|e| Failure::io("open", &path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(e)) => Err(Failure::io("lock", &path, &e)),
    }
}

/// A directory that someone else writes to, and what to do.
pub(crate) fn held(dir: &Path) -> Failure {
    let url = std::fs::read_to_string(dir.join("lock")).unwrap_or_default();
    let dir = dir.display();
    if url.is_empty() {
        return Failure::new(
            Exit::Unavailable,
            "directory_busy",
            format!("another command works on {dir}: wait until it is done"),
            format!("另一条命令正在使用 {dir}，请等它完成"),
        );
    }
    Failure::new(
        Exit::Unavailable,
        "directory_held",
        format!("{dir} is held by a running server: add --server {url}"),
        format!("{dir} 正由运行中的服务占用，请加上 --server {url}"),
    )
}

/// A directory whose bureau has its log elsewhere, or has lost it, and what to do.
fn log_elsewhere(dir: &Path) -> Failure {
    let dir = dir.display();
    Failure::usage(
        "log_elsewhere",
        format!(
            "the bureau in {dir} has no {EVENTS}: name its log with --log, or put the file back from the backup"
        ),
        format!("{dir} 中没有 {EVENTS}：请用 --log 指定日志，或从备份恢复该文件"),
    )
}

/// A directory without a bureau, and what to do.
pub(crate) fn none(dir: &Path) -> Failure {
    let dir = dir.display();
    Failure::new(
        Exit::NotFound,
        "no_bureau",
        format!("there is no bureau in {dir}: name its directory with --data"),
        format!("目录 {dir} 中没有数据，请用 --data 指定数据目录"),
    )
}

/// Reads the key, or makes one for a new bureau. A log that has events has a key already: under another
/// one, a person could be entered twice.
fn identity_key(path: &Path, has_events: bool) -> Result<IdentityKey, Failure> {
    match std::fs::read_to_string(path) {
        Ok(hex) => IdentityKey::parse(&hex).map_err(|_| {
            Failure::new(
                Exit::Failed,
                "identity_key_damaged",
                format!("{} is damaged: put it back from the backup", path.display()),
                format!("{} 已损坏，请从备份恢复", path.display()),
            )
        }),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && has_events => Err(Failure::new(
            Exit::Failed,
            "identity_key_missing",
            format!(
                "{} is missing, and the log has events: put it back from the backup",
                path.display()
            ),
            format!("{} 缺失，而日志中已有事件：请从备份恢复", path.display()),
        )),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes)
                .map_err(|e| Failure::io("make a key for", path, &e.into()))?;
            let key = IdentityKey::new(bytes);
            write_secret(path, &key.to_hex()).map_err(|e| Failure::io("write", path, &e))?;
            Ok(key)
        }
        Err(e) => Err(Failure::io("read", path, &e)),
    }
}

/// The ledger of the bureau.
pub(crate) fn ledger(config: &Config) -> Folder {
    Folder::at(&config.data.join(LEDGER))
}

/// The key that the ledger of the bureau is signed with; a new ledger gets one.
pub(crate) fn ledger_secret(config: &Config) -> Result<SecretKey, Failure> {
    let random = random()?;
    let origin = match &config.ledger.origin {
        Some(origin) => origin.clone(),
        // Nobody else's, by chance; of the key itself it tells nothing.
        None => format!(
            "sangyu/{}",
            &ledger::sha256(&self::random()?).to_hex()[..16]
        ),
    };
    Ok(ledger(config).secret(&origin, random)?)
}

/// Bytes that nobody can foresee.
pub(crate) fn random() -> Result<[u8; 32], Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|e| Failure::io("make a key in", Path::new(LEDGER), &e.into()))?;
    Ok(bytes)
}

/// The witnesses that are configured.
fn witnesses(config: &Config) -> Result<Vec<PublicKey>, Failure> {
    let read = |text: &String| {
        let key = text.parse().ok();
        key.filter(|key: &PublicKey| key.purpose() == Purpose::Cosignature)
    };
    let keys = config.ledger.witnesses.iter().map(read);
    keys.collect::<Option<_>>().ok_or_else(|| {
        Failure::usage(
            "config_invalid",
            "ledger.witnesses: one is no public key of a witness: write it as name+id+base64, of type 0x04",
            "ledger.witnesses 中有的不是见证人公钥：请写成 名称+编号+base64（类型 0x04）",
        )
    })
}

/// Only its owner can read it, and it is there whole or not at all.
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    let mut file = options
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(beside, path)
}

/// The place where scans and photos are kept, for the bureau in this directory.
fn attachments_of(config: &AttachmentsConfig, dir: &Path) -> Result<Attachments, Failure> {
    let limits = Limits {
        most_bytes: config.most_bytes,
        types: config.types.clone(),
    };
    let opened = match (&config.s3, &config.folder) {
        (Some(_), Some(_)) => {
            return Err(Failure::usage(
                "config_invalid",
                "attachments: name a folder or an S3-compatible store, not both",
                "attachments：folder 与 s3 只能选择一项",
            ));
        }
        (Some(s3), None) => {
            let bucket = Bucket {
                endpoint: s3.endpoint.clone(),
                name: s3.bucket.clone(),
                region: s3.region.clone(),
                allow_http: s3.allow_http,
                access_key_id: credential("AWS_ACCESS_KEY_ID")?,
                secret_access_key: credential("AWS_SECRET_ACCESS_KEY")?,
            };
            Attachments::in_bucket(&bucket, dir, limits)
        }
        (None, Some(folder)) => Attachments::in_folder(folder, limits),
        (None, None) => Attachments::in_folder(&dir.join(ATTACHMENTS), limits),
    };
    Ok(opened.map_err(app::Error::from)?)
}

fn credential(name: &str) -> Result<String, Failure> {
    std::env::var(name).map_err(|_| {
        Failure::usage(
            "config_invalid",
            format!("attachments.s3 needs its credentials in the environment: set {name}"),
            format!("attachments.s3 的凭据须由环境变量提供，请设置 {name}"),
        )
    })
}

pub(crate) fn rules_of(config: &Config) -> Result<Rulebook, Failure> {
    let rules = match &config.rules {
        Some(path) if !path.exists() => return Err(Failure::no_file(path)),
        Some(path) => Rulebook::read(&config.jurisdiction, path),
        None => Rulebook::new(&config.jurisdiction, []),
    };
    rules.map_err(|e| {
        Failure::usage(
            "rules_invalid",
            e.to_string(),
            format!("规则文件有误，整份拒绝：{}", e.zh()),
        )
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

pub(crate) fn text_of(path: &Path) -> Result<String, Failure> {
    if !path.is_file() {
        return Err(Failure::no_file(path));
    }
    std::fs::read_to_string(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::InvalidData => Failure::no_text(path),
        _ => Failure::io("read", path, &e),
    })
}

#[cfg(test)]
mod tests {
    use app::Request;
    use domain::{
        CadreId, Unit,
        cadre::{CadreCommand, Profile, RegisterCadre, Retirement},
    };
    use event_log::RequestId;
    use uuid::Uuid;

    use super::*;
    use crate::{actor::actor, args::Global};

    /// Ahead of every computer.
    struct Ahead;

    impl Clock for Ahead {
        fn now(&self) -> Timestamp {
            "2199-01-01T00:00:00Z".parse().unwrap()
        }
    }

    async fn register(bureau: &Bureau, n: u128, config: &Config) -> Timestamp {
        let id = CadreId(Uuid::from_u128(n));
        let register = CadreCommand::Register(RegisterCadre {
            id,
            unit: Unit(domain::Text::parse("老干部局").unwrap()),
            retirement: Some(Retirement::Tuixiu),
            profile: Profile::named(domain::Text::parse("示例").unwrap()).into(),
        });
        let request = Request::new(RequestId(Uuid::from_u128(n)), actor(config).unwrap());
        let answer = bureau.app.cadre(id, [register], &request).await.unwrap();
        answer.recorded.unwrap()
    }

    #[tokio::test]
    async fn after_a_restart_with_the_clock_set_back_no_event_comes_before_an_earlier_one() {
        let dir = tempfile::tempdir().unwrap();
        let config = Config::load(&Global {
            data: Some(dir.path().to_owned()),
            server: None,
            log: None,
            format: None,
            config: None,
        })
        .unwrap();
        let bureau = Bureau::open_at(&config, dir.path(), |_| Arc::new(Ahead)).await;
        let first = register(&bureau.unwrap(), 1, &config).await;
        let bureau = Bureau::open(&config).await.unwrap();
        assert_eq!(register(&bureau, 2, &config).await, first);
    }
}
