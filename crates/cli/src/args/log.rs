//! What `sangyu log` takes.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Log {
    /// Try every rule of the contract on a log, a line for each
    ///
    /// Writes made-up events: name a file that does not exist yet, or a server that may be written to.
    /// Fails if a rule is broken.
    Check(Check),
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The log: sqlite:PATH
    #[arg(long)]
    pub(crate) url: String,
}
