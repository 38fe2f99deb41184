//! The event log itself: trying it, moving it, keeping it safe. These commands work on the log, not on
//! what people read, and need no server.

mod check;

use crate::{args::Log, config::Config, failure::Failure};

pub(crate) async fn run(command: &Log, config: &Config) -> Result<(), Failure> {
    match command {
        Log::Check(args) => check::run(args, config).await,
    }
}
