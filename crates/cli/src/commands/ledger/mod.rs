//! The ledger over the log: signing, proving, checking.

mod check_proof;
mod verify;

use std::{path::Path, str::FromStr};

use app::{Clock as _, EventPlace, SystemClock};
use event_log::{EventId, Revision, StreamName};
use ledger::Note;
use serde::Serialize;

use crate::{
    args::{
        Format, Ledger,
        ledger::{Cosign, Prove},
    },
    bureau::{self, Bureau},
    config::Config,
    desk::Desk,
    failure::Failure,
    output,
};

pub(crate) async fn run(command: &Ledger, config: &Config) -> Result<(), Failure> {
    match command {
        Ledger::Verify(args) => verify::run(args, config).await,
        Ledger::Sign => sign(config).await,
        Ledger::Checkpoint => {
            let desk = Desk::open(config).await?;
            let note = desk.client.checkpoint().await?;
            text(config, "checkpoint", &note.to_string())
        }
        Ledger::Prove(args) => {
            let desk = Desk::open(config).await?;
            let proof = desk.client.prove(event(args)?).await?;
            text(config, "proof", &proof.to_string())
        }
        Ledger::CheckProof(args) => check_proof::run(args, config),
        Ledger::Key => {
            let desk = Desk::open(config).await?;
            text(config, "key", &desk.client.ledger_key().await?)
        }
        Ledger::Rotate => rotate(config),
        Ledger::Cosign(args) => cosign(args, config).await,
    }
}

/// Which event is meant; the command line takes no third way.
fn event(args: &Prove) -> Result<EventPlace, Failure> {
    if let Some(stream) = args.stream.clone() {
        let stream = StreamName::parse(stream).map_err(|e| {
            let zh = format!("流的名称有误，请按履历所示填写：{e}");
            Failure::usage("stream_malformed", e.to_string(), zh)
        })?;
        let revision = Revision(args.revision.unwrap_or_default());
        return Ok(EventPlace::Stream(stream, revision));
    }
    Ok(EventPlace::Id(EventId(args.event.unwrap_or_default())))
}

/// Prints a text as it is, which programs find under this name.
fn text(config: &Config, name: &str, text: &str) -> Result<(), Failure> {
    match config.format {
        Format::Table => {
            output::print_line(text.trim_end());
            Ok(())
        }
        Format::Json => output::print(config.format, &serde_json::json!({ name: text }), |_| {
            String::new()
        }),
    }
}

/// What a file holds, which is a text of the ledger.
fn read<T: FromStr<Err = ledger::Error>>(file: &Path) -> Result<T, Failure> {
    let read = bureau::text_of(file)?.parse();
    read.map_err(|error: ledger::Error| Failure::from(error).in_file(file))
}

/// What was signed.
#[derive(Serialize)]
struct SignedNow {
    size: u64,
    root: String,
    /// Whether there was anything to sign.
    new: bool,
}

async fn sign(config: &Config) -> Result<(), Failure> {
    if !bureau::exists(config) {
        return Err(bureau::none(&config.data));
    }
    let bureau = Bureau::open(config).await?;
    let new = bureau.sign(config).await?;
    let signed = bureau.app.checkpoint()?.checkpoint;
    let answer = SignedNow {
        size: signed.size,
        root: signed.root.to_string(),
        new,
    };
    output::print(config.format, &answer, |a| match a.new {
        true => format!("已签名：覆盖 {} 条事件，根 {}", a.size, a.root),
        false => format!("无新事件：检查点覆盖 {} 条事件，根 {}", a.size, a.root),
    })
}

fn rotate(config: &Config) -> Result<(), Failure> {
    if !bureau::exists(config) {
        return Err(bureau::none(&config.data));
    }
    let _held = bureau::hold(&config.data)?;
    let now = SystemClock::default().now();
    let key = bureau::ledger(config).rotate(bureau::random()?, now)?;
    text(config, "key", &key.to_string())
}

async fn cosign(args: &Cosign, config: &Config) -> Result<(), Failure> {
    let note: Note = read(&args.file)?;
    let desk = Desk::open_to_write(config).await?;
    let witnesses = desk.client.cosign(&note).await?;
    let answer = serde_json::json!({ "witnesses": witnesses });
    output::print(config.format, &answer, |_| {
        format!("已收存联署：{}", witnesses.join("、"))
    })
}

impl From<ledger::Error> for Failure {
    fn from(error: ledger::Error) -> Self {
        app::Error::from(error).into()
    }
}
