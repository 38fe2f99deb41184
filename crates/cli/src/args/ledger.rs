//! What `sangyu ledger` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use uuid::Uuid;

#[derive(Debug, Subcommand)]
pub(crate) enum Ledger {
    /// Derive every leaf, tile and root again from the log, and compare them with what was signed
    ///
    /// Works beside a running server. Fails if anything differs, and names the first event that does.
    Verify(Verify),
    /// Sign what the log holds now; a server does so by itself
    Sign,
    /// Print the newest checkpoint
    Checkpoint,
    /// Print the proof that an event is in the newest checkpoint
    Prove(Prove),
    /// Check the proof of an event with nothing but a public key
    CheckProof(CheckProof),
    /// Print the public key that signs now
    Key,
    /// Hand over from the key that signs now to a new one
    Rotate,
    /// Take the cosignatures of witnesses under a checkpoint
    Cosign(Cosign),
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The public key that is trusted, from whoever noted it down [default: the ledger's own first one]
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Option<String>,
    /// A checkpoint of this ledger that was kept elsewhere: what it covers must be there still
    #[arg(long, value_name = "FILE")]
    pub(crate) held: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Prove {
    /// The id of the event
    #[arg(long, value_name = "ID", required_unless_present = "stream")]
    pub(crate) event: Option<Uuid>,
    /// Its stream instead, as a history shows it
    #[arg(long, conflicts_with = "event", requires = "revision")]
    pub(crate) stream: Option<String>,
    /// Its revision in the stream
    #[arg(long, requires = "stream")]
    pub(crate) revision: Option<u64>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckProof {
    /// The proof
    pub(crate) file: PathBuf,
    /// The public key of the ledger that is trusted
    #[arg(long, value_name = "KEY")]
    pub(crate) key: String,
    /// The notes by which that key was handed over, in their order
    #[arg(long, value_name = "FILE")]
    pub(crate) rotation: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Cosign {
    /// A checkpoint of this ledger with the signatures of witnesses under it
    pub(crate) file: PathBuf,
}
