use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use event_log::transfer::summary;
use event_log_sqlite::{ReadOnlySqliteLog, SqliteLog};
use serde::Serialize;

use super::{
    holdings,
    kept::{self, KeptAttachments, Manifest},
};
use crate::{
    args::Backup,
    bureau::{self, ATTACHMENTS, CONFIGURATION, EVENTS, IDENTITY_KEY},
    config::Config,
    failure::{Exit, Failure},
    output,
};

/// What was kept.
#[derive(Serialize)]
struct Kept {
    #[serde(flatten)]
    manifest: Manifest,
    /// The hashes of scans and photos that are damaged in the bureau, and were left out.
    damaged: Vec<String>,
}

/// Copies the bureau into a new folder, which is there whole or not at all.
pub(crate) async fn run(args: &Backup, config: &Config) -> Result<(), Failure> {
    let folder = &args.folder;
    if !config.data.join(EVENTS).is_file() {
        return Err(bureau::none(&config.data));
    }
    if folder.exists() {
        let shown = folder.display();
        return Err(Failure::new(
            Exit::Refused,
            "backup_exists",
            format!("{shown} is there already: name a folder that does not exist"),
            format!("{shown} 已存在，请指定一个不存在的文件夹"),
        ));
    }
    let part = part(folder);
    kept::clear(&part)?;
    kept::new_folder(&part)?;
    let kept = keep(config, &part).await?;
    kept.manifest.write(&part)?;
    kept::sync(&part)?;
    fs::rename(&part, folder).map_err(|e| Failure::io("make", folder, &e))?;
    kept::sync(folder.parent().unwrap_or(Path::new("")))?;
    output::print(config.format, &kept, text)?;
    if kept.damaged.is_empty() {
        return Ok(());
    }
    let count = kept.damaged.len();
    Err(Failure::new(
        Exit::Failed,
        "attachments_not_whole",
        format!(
            "{count} files are damaged and not in the backup: put them back from an earlier one, or attach them again"
        ),
        format!("{count} 个附件损坏，未纳入备份：请从更早的备份恢复或重新添加"),
    ))
}

/// The ledger first, so that the log holds what it covers; then the log: what its events name was stored
/// before them.
async fn keep(config: &Config, to: &Path) -> Result<Kept, Failure> {
    let from = &config.data;
    let mut files = BTreeMap::new();
    for name in kept::ledger(from)? {
        let copy = to.join(&name);
        kept::new_folder(copy.parent().unwrap_or(to))?;
        files.insert(name.clone(), kept::copy(&from.join(&name), &copy)?);
    }
    let events = to.join(EVENTS);
    let checked = SqliteLog::backup(&from.join(EVENTS), &events)?;
    if !checked.faults.is_empty() {
        return Err(Failure::new(
            Exit::Failed,
            "log_damaged",
            "the log is damaged, and no backup was made: restore the last good one",
            "日志已损坏，未生成备份：请恢复最近一份完好的备份",
        ));
    }
    let log = summary(&ReadOnlySqliteLog::open(&events)?).await?;
    files.insert(EVENTS.to_owned(), kept::hash(&events)?);
    for (name, optional) in [(IDENTITY_KEY, false), (CONFIGURATION, true)] {
        let path = from.join(name);
        if path.is_file() || !optional {
            files.insert(name.to_owned(), kept::copy(&path, &to.join(name))?);
        }
    }
    let here = config.attachments.folder.is_none() && config.attachments.s3.is_none();
    let (mut count, mut damaged) = (0, Vec::new());
    let found = match here {
        true => kept::attachments(&from.join(ATTACHMENTS))?,
        false => Vec::new(),
    };
    for (path, hash) in found {
        let copy = kept::attachment(&to.join(ATTACHMENTS), &hash);
        let folder = copy.parent().unwrap_or(to);
        kept::new_folder(folder)?;
        if kept::copy(&path, &copy)? == hash {
            kept::sync(folder)?;
            count += 1;
        } else {
            fs::remove_file(&copy).map_err(|e| Failure::io("remove", &copy, &e))?;
            damaged.push(hash);
        }
    }
    let attachments = KeptAttachments { here, files: count };
    Ok(Kept {
        manifest: Manifest::new(log, files, attachments),
        damaged,
    })
}

/// Where a backup grows until it is whole.
fn part(folder: &Path) -> PathBuf {
    let mut part = folder.as_os_str().to_owned();
    part.push(".part");
    part.into()
}

fn text(kept: &Kept) -> String {
    let Kept { manifest, damaged } = kept;
    let names: Vec<&str> = manifest.files.keys().map(String::as_str).collect();
    let mut lines = vec![
        format!("已备份并检查：{}", holdings(&manifest.log)),
        format!("文件 {}", names.join("、")),
        match manifest.attachments.here {
            true => format!("附件 {} 个", manifest.attachments.files),
            false => "附件另存于别处，不在备份中，请单独备份".to_owned(),
        },
    ];
    lines.extend(damaged.iter().map(|hash| format!("损坏  {hash}")));
    lines.join("\n")
}
