//! The event log itself: trying it, moving it, keeping it safe. These commands work on the log, not on
//! what people read, and need no server.

mod acks;
mod backup;
mod check;
mod copy;
mod export;
mod import;
mod kept;
mod mine;
mod restore;
mod soak;
mod stats;
mod verify;

use event_log::transfer::{Summary, TransferError, Transferred};
use serde::Serialize;

use crate::{
    args::Log,
    config::Config,
    failure::{Exit, Failure},
};

pub(crate) async fn run(command: &Log, config: &Config) -> Result<(), Failure> {
    match command {
        Log::Stats(args) => stats::run(args, config).await,
        Log::Copy(args) => copy::run(args, config).await,
        Log::Export(args) => export::run(args, config).await,
        Log::Mine(args) => mine::run(args, config).await,
        Log::Import(args) => import::run(args, config).await,
        Log::Backup(args) => backup::run(args, config).await,
        Log::Restore(args) => restore::run(args, config).await,
        Log::Check(args) => check::run(args, config).await,
        Log::Verify(args) => verify::run(args, config).await,
        Log::Soak(args) => soak::run(args, config).await,
    }
}

/// What a copy or an import has done.
#[derive(Serialize)]
struct Moved {
    /// How many events the target held before.
    already: u64,
    #[serde(flatten)]
    summary: Summary,
}

impl From<Transferred> for Moved {
    fn from(transferred: Transferred) -> Self {
        let Transferred { summary, already } = transferred;
        Moved { already, summary }
    }
}

impl Moved {
    fn text(&self) -> String {
        let Moved { already, summary } = self;
        format!(
            "写入 {}，已有 {already}；复核一致：{}",
            summary.events - already,
            holdings(summary)
        )
    }
}

/// What a log holds, in one line.
fn holdings(summary: &Summary) -> String {
    let Summary {
        events,
        streams,
        sha256,
        ..
    } = summary;
    format!("事件 {events}，流 {streams}，SHA-256 {sha256}")
}

impl From<TransferError> for Failure {
    fn from(error: TransferError) -> Self {
        let (code, en, zh) = (error.code(), error.to_string(), error.zh());
        let exit = match error {
            TransferError::Read(error) | TransferError::Write(error) => {
                app::Error::from(error).kind().into()
            }
            TransferError::Differs { .. }
            | TransferError::Ahead { .. }
            | TransferError::Exists(_)
            | TransferError::Manifest(_)
            | TransferError::Damaged(_)
            | TransferError::Line { .. } => Exit::Refused,
            TransferError::Disturbed | TransferError::File { .. } => Exit::Failed,
        };
        Failure::new(exit, code, en, zh)
    }
}
