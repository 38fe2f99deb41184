use std::{
    fs, io,
    path::{Path, PathBuf},
};

use app::{Clock as _, SystemClock};
use event_log::transfer::{beyond, summary};
use event_log_sqlite::{ReadOnlySqliteLog, SqliteLog};
use serde::Serialize;

use super::{
    holdings,
    kept::{self, Manifest},
};
use crate::{
    args::Restore,
    bureau::{self, ATTACHMENTS, CONFIGURATION, EVENTS, IDENTITY_KEY, LEDGER},
    config::Config,
    failure::{Exit, Failure},
    output,
};

/// What was put back.
#[derive(Serialize)]
struct Restored {
    log: event_log::transfer::Summary,
    /// How many scans and photos were put back; the others were there.
    attachments: u64,
    /// Whether the configuration was put back; one that is there stays.
    configuration: bool,
    /// Where what was replaced is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced: Option<PathBuf>,
}

/// Puts a backup in the place of a bureau. Nothing is replaced before all of it is found whole and lies
/// beside what it replaces; a run that was broken off is run again.
pub(crate) async fn run(args: &Restore, config: &Config) -> Result<(), Failure> {
    let (backup, dir) = (&args.folder, &config.data);
    let manifest = Manifest::read(backup)?;
    check(backup, &manifest).await?;
    // Nobody writes to the directory until all is in its place.
    let _held = bureau::hold(dir)?;
    if !args.lose_newer_events {
        refuse_to_lose(dir, backup).await?;
    }
    let stage = dir.join("restoring");
    kept::clear(&stage)?;
    kept::new_folder(&stage)?;
    let configuration =
        manifest.files.contains_key(CONFIGURATION) && !dir.join(CONFIGURATION).exists();
    for name in manifest.files.keys() {
        if name != CONFIGURATION || configuration {
            let copy = stage.join(name);
            kept::new_folder(copy.parent().unwrap_or(&stage))?;
            kept::copy(&backup.join(name), &copy)?;
        }
    }
    let attachments = put_back_attachments(backup, dir)?;
    let replaced = put_aside(dir)?;
    // The log last: until then it is the former one. A ledger that is there stays: should it cover more than
    // what is put back, it is to say so.
    for name in [CONFIGURATION, IDENTITY_KEY, LEDGER, EVENTS] {
        let (from, to) = (stage.join(name), dir.join(name));
        if from.exists() && (name != LEDGER || !to.exists()) {
            fs::rename(&from, &to).map_err(|e| Failure::io("write", &to, &e))?;
            kept::sync(dir)?;
        }
    }
    kept::clear(&stage)?;
    let restored = Restored {
        log: manifest.log,
        attachments,
        configuration,
        replaced,
    };
    output::print(config.format, &restored, text)
}

/// Compares all of a backup with its manifest, and reads all of its log.
async fn check(backup: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let known = [EVENTS, IDENTITY_KEY, CONFIGURATION];
    let needed = [EVENTS, IDENTITY_KEY].map(|name| manifest.files.contains_key(name));
    let foreign = |name: &String| !known.contains(&name.as_str()) && !kept::is_of_ledger(name);
    if needed.contains(&false) || manifest.files.keys().any(foreign) {
        return Err(kept::damaged(&backup.join(kept::MANIFEST)));
    }
    for (name, hash) in &manifest.files {
        let path = backup.join(name);
        if !path.is_file() || kept::hash(&path)? != *hash {
            return Err(kept::damaged(&path));
        }
    }
    let events = backup.join(EVENTS);
    let whole = SqliteLog::check(&events)?.faults.is_empty()
        && summary(&ReadOnlySqliteLog::open(&events)?).await? == manifest.log;
    if !whole {
        return Err(kept::damaged(&events));
    }
    let attachments = kept::attachments(&backup.join(ATTACHMENTS))?;
    if attachments.len() as u64 != manifest.attachments.files {
        return Err(kept::damaged(&backup.join(ATTACHMENTS)));
    }
    for (path, hash) in attachments {
        if kept::hash(&path)? != hash {
            return Err(kept::damaged(&path));
        }
    }
    Ok(())
}

/// Refuses where the log that is there has events that the backup lacks, or cannot be asked.
async fn refuse_to_lose(dir: &Path, backup: &Path) -> Result<(), Failure> {
    let (path, shown) = (dir.join(EVENTS), dir.display());
    if !path.exists() {
        return Ok(());
    }
    let kept = ReadOnlySqliteLog::open(&backup.join(EVENTS))?;
    let newer = match SqliteLog::open(&path) {
        Ok(log) => beyond(&log, &kept).await,
        Err(error) => Err(error),
    };
    match newer {
        Ok(0) => Ok(()),
        Ok(newer) => Err(Failure::new(
            Exit::Refused,
            "restore_loses_events",
            format!(
                "{shown} holds {newer} events that the backup lacks: take a newer backup, or add --lose-newer-events if the bureau may lose them"
            ),
            format!(
                "{shown} 中有 {newer} 个事件不在备份中：请改用更新的备份；确可舍弃时，请加上 --lose-newer-events"
            ),
        )),
        Err(_) => Err(Failure::new(
            Exit::Refused,
            "restore_may_lose_events",
            format!(
                "the log in {shown} cannot be read, so nobody can say whether it has events that the backup lacks: add --lose-newer-events if the bureau may lose them"
            ),
            format!(
                "{shown} 中的日志无法读取，不能判断其中是否有备份所缺的事件：确可舍弃时，请加上 --lose-newer-events"
            ),
        )),
    }
}

/// Adds the scans and photos that are missing or damaged; none is removed.
fn put_back_attachments(backup: &Path, dir: &Path) -> Result<u64, Failure> {
    let mut count = 0;
    for (path, hash) in kept::attachments(&backup.join(ATTACHMENTS))? {
        let place = kept::attachment(&dir.join(ATTACHMENTS), &hash);
        if place.is_file() && kept::hash(&place)? == hash {
            continue;
        }
        let folder = place.parent().unwrap_or(dir);
        kept::new_folder(folder)?;
        let beside = place.with_extension("new");
        remove(&beside)?;
        kept::copy(&path, &beside)?;
        fs::rename(&beside, &place).map_err(|e| Failure::io("write", &place, &e))?;
        kept::sync(folder)?;
        count += 1;
    }
    Ok(count)
}

/// Keeps the log and the key that are there, in a folder of their own. The log stays in its place too,
/// but for SQLite's files beside it: another log must not take them for its own.
fn put_aside(dir: &Path) -> Result<Option<PathBuf>, Failure> {
    let names = [EVENTS, IDENTITY_KEY].map(|name| dir.join(name));
    if !names.iter().any(|path| path.exists()) {
        return Ok(None);
    }
    let now = SystemClock::default().now();
    let aside = dir.join(format!("replaced-{}", now.strftime("%Y%m%dT%H%M%SZ")));
    kept::new_folder(&aside)?;
    let place = |path: &Path| path.file_name().map(|name| aside.join(name));
    for path in names.iter().filter(|path| path.exists()) {
        if let Some(to) = place(path) {
            let linked = fs::hard_link(path, &to).or_else(|_| fs::copy(path, &to).map(drop));
            linked.map_err(|e| Failure::io("write", &to, &e))?;
        }
    }
    for suffix in ["-wal", "-shm"] {
        let path = dir.join(format!("{EVENTS}{suffix}"));
        if let Some(to) = place(&path).filter(|_| path.exists()) {
            fs::rename(&path, &to).map_err(|e| Failure::io("write", &to, &e))?;
        }
    }
    kept::sync(&aside)?;
    kept::sync(dir)?;
    Ok(Some(aside))
}

fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Failure::io("remove", path, &e)),
        _ => Ok(()),
    }
}

fn text(restored: &Restored) -> String {
    let mut lines = vec![
        format!("已恢复：{}", holdings(&restored.log)),
        format!("补回附件 {} 个", restored.attachments),
    ];
    if !restored.configuration {
        lines.push("配置文件未变".to_owned());
    }
    if let Some(replaced) = &restored.replaced {
        lines.push(format!("原日志保留在 {}", replaced.display()));
    }
    lines.join("\n")
}
