use std::ops::ControlFlow;

use event_log::{StoredPage, WholeLog};
use ledger::{Audit, AuditReport, Checkpoint, Folder, Hash, Keys, Leaf, Note};
use serde::Serialize;
use tokio::task::block_in_place;

use super::read;
use crate::{
    args::ledger::Verify, bureau, config::Config, failure::Failure, log_url::LogUrl, output,
};

/// What was found.
#[derive(Serialize)]
struct Verified {
    /// Whether all is as it was signed.
    sound: bool,
    origin: String,
    /// The key that was trusted.
    key: String,
    /// How many events the checkpoint covers.
    size: u64,
    root: String,
    /// The root that follows from the log.
    derived: String,
    /// When the ledger says that it signed the checkpoint.
    signed: String,
    /// How many events came after it.
    beyond: u64,
    /// How many checkpoints that witnesses have cosigned, or that were given, were compared.
    held: usize,
    /// The first place where the log is not what was signed.
    difference: Option<Differs>,
    /// The first tile that is missing or damaged.
    damaged: Option<String>,
    /// The size of the first checkpoint held elsewhere that this ledger does not extend.
    broken: Option<u64>,
}

/// What the log holds where it is not what was signed.
#[derive(Serialize)]
struct Differs {
    index: u64,
    /// Nothing if it has ended.
    event: Option<String>,
    stream: Option<String>,
    revision: Option<u64>,
}

/// Reads the checkpoint first: what the log gains meanwhile is beyond it.
pub(super) async fn run(args: &Verify, config: &Config) -> Result<(), Failure> {
    if !bureau::exists(config) {
        return Err(bureau::none(&config.data));
    }
    let folder = bureau::ledger(config);
    let own = folder.keys()?;
    let first = match &args.key {
        Some(key) => key.parse()?,
        None => own.all().next().unwrap_or(own.current()).clone(),
    };
    let keys = Keys::trusting(first.clone(), &folder.rotations()?)?;
    let (signed, signed_at) = keys.open(&folder.note()?)?;
    let held = held(args, &folder, &keys)?;
    let log = LogUrl::of_bureau(config, &config.data)?
        .open_to_read()
        .await?;
    let log = WholeLog::of(&log)?;
    let report = block_in_place(|| audit(&folder, signed, held, log))?;
    let verdict = report.verdict();
    let verified = Verified {
        sound: verdict.is_ok(),
        origin: report.checkpoint.origin,
        key: first.to_string(),
        size: report.checkpoint.size,
        root: report.checkpoint.root.to_string(),
        derived: report.derived.to_string(),
        signed: signed_at.to_string(),
        beyond: report.beyond,
        held: report.held,
        difference: report.difference.map(|difference| Differs {
            index: difference.index,
            event: difference.found.as_ref().map(|f| f.event.to_string()),
            stream: difference.found.as_ref().map(|f| f.stream.to_string()),
            revision: difference.found.as_ref().map(|f| f.revision.0),
        }),
        damaged: report.damaged.map(|tile| tile.to_string()),
        broken: report.broken,
    };
    output::print(config.format, &verified, text)?;
    Ok(verdict?)
}

/// What witnesses have cosigned, and what was kept elsewhere.
fn held(args: &Verify, folder: &Folder, keys: &Keys) -> Result<Vec<Checkpoint>, Failure> {
    let cosigned = folder.cosigned(&[])?.into_iter();
    let mut held: Vec<Checkpoint> = cosigned.map(|cosigned| cosigned.checkpoint).collect();
    for file in &args.held {
        held.push(keys.open(&read::<Note>(file)?)?.0);
    }
    Ok(held)
}

fn audit(
    folder: &Folder,
    signed: Checkpoint,
    held: Vec<Checkpoint>,
    mut log: WholeLog,
) -> Result<AuditReport, Failure> {
    let mut audit = Audit::begin(folder, signed, held);
    let hashed = |page: StoredPage| {
        let leaves = page.iter().map(|e| Ok(Leaf::of(e)?.hash()));
        let leaves = leaves.collect::<Result<Vec<Hash>, Failure>>()?;
        Ok((page, leaves))
    };
    log.in_turn(hashed, |(page, leaves)| {
        let mut events = page.iter().zip(leaves);
        events.try_for_each(|(event, leaf)| audit.event(event, *leaf))?;
        Ok::<_, Failure>(ControlFlow::Continue(()))
    })?;
    Ok(audit.finish()?)
}

fn text(verified: &Verified) -> String {
    let v = verified;
    let mut lines = vec![
        match v.sound {
            true => format!("一致：日志与检查点相符，覆盖 {} 条事件", v.size),
            false => format!("不符：检查点覆盖 {} 条事件", v.size),
        },
        format!("存证 {}，签名于 {}", v.origin, v.signed),
        format!("根 {}", v.root),
        format!("信任的公钥 {}", v.key),
        format!(
            "其后尚有 {} 条事件未签名；比对他处所存检查点 {} 份",
            v.beyond, v.held
        ),
    ];
    if !v.sound {
        lines.push(format!("由日志重新推算的根 {}", v.derived));
    }
    if let Some(difference) = &v.difference {
        let found = match (&difference.event, &difference.stream, difference.revision) {
            (Some(event), Some(stream), Some(revision)) => {
                format!("日志中为事件 {event}（流 {stream}，修订 {revision}）")
            }
            _ => "日志到此为止".to_owned(),
        };
        lines.push(format!("首个不符之处：第 {} 项，{found}", difference.index));
    }
    if let Some(tile) = &v.damaged {
        lines.push(format!("首个不符的存证文件：{tile}"));
    }
    if let Some(size) = v.broken {
        lines.push(format!("他处所存、覆盖 {size} 条事件的检查点与本存证不符"));
    }
    lines.join("\n")
}
