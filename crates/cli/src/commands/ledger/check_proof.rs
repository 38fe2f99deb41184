use ledger::{EventProof, Keys, Note};
use serde::Serialize;

use super::read;
use crate::{args::ledger::CheckProof, config::Config, failure::Failure, output};

/// What a proof has shown.
#[derive(Serialize)]
struct Shown<'a> {
    /// The leaf of the event.
    event: &'a ledger::Leaf<'a>,
    index: u64,
    origin: &'a str,
    size: u64,
    root: String,
    /// When the ledger says that it signed the checkpoint.
    signed: String,
}

/// Checks a proof without a bureau.
pub(super) fn run(args: &CheckProof, config: &Config) -> Result<(), Failure> {
    let rotations = args.rotation.iter().map(|file| read(file));
    let rotations: Vec<Note> = rotations.collect::<Result<_, _>>()?;
    let keys = Keys::trusting(args.key.parse()?, &rotations)?;
    let proof: EventProof = read(&args.file)?;
    let proven = proof.verify(&keys)?;
    let shown = Shown {
        event: &proven.leaf,
        index: proof.index,
        origin: &proven.checkpoint.origin,
        size: proven.checkpoint.size,
        root: proven.checkpoint.root.to_string(),
        signed: proven.signed_at.to_string(),
    };
    output::print(config.format, &shown, text)
}

fn text(shown: &Shown<'_>) -> String {
    let Shown { event, index, .. } = shown;
    [
        format!(
            "证明成立：事件 {} 是存证 {} 的第 {index} 项",
            event.id, shown.origin
        ),
        format!(
            "  类型 {}，流 {}，修订 {}",
            event.name, event.stream, event.revision
        ),
        format!("  发生 {}，记录 {}", event.occurred, event.recorded),
        format!(
            "  经办 {}（{}，{}）",
            event.actor.id, event.actor.role, event.actor.unit
        ),
        format!("  数据 SHA-256 {}", event.data.to_hex()),
        format!("  元数据 SHA-256 {}", event.metadata.to_hex()),
        format!(
            "  检查点覆盖 {} 条事件，签名于 {}，根 {}",
            shown.size, shown.signed, shown.root
        ),
    ]
    .join("\n")
}
