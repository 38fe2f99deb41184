//! What `sangyu log` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(crate) enum Log {
    /// How many events, streams and bytes a log holds, by type
    Stats(Stats),
    /// Copy all events to another log, and verify that it holds the same
    ///
    /// The target is empty, or holds the beginning of the source: a copy that was broken off goes on.
    Copy(Copy),
    /// Write all events as JSON Lines into a new folder, with a manifest
    ///
    /// The files hold personal data; only their owner can read them.
    Export(Export),
    /// Write the events for process mining (过程挖掘): who did what when, and nothing written about anyone
    ///
    /// Of the bureau, as it shows itself to whoever asks: without the sealed petitions they may not see.
    Mine(Mine),
    /// Read an export into a log, and verify that it holds the same
    ///
    /// The log is empty, or holds the beginning of the export: an import that was broken off goes on.
    Import(Import),
    /// Copy a bureau into a new folder, also while it is served, and check the copy
    Backup(Backup),
    /// Put a backup in the place of a bureau, once it has been found whole
    ///
    /// What it replaces is kept beside it, in a folder `replaced-…`.
    Restore(Restore),
    /// Try every rule of the contract on a log, a line for each
    ///
    /// Writes made-up events: name a file that does not exist yet, or a server that may be written to.
    /// There each case writes to a namespace of its own, which stays.
    /// Fails if a rule is broken.
    Check(Check),
    /// Read the whole log of the data directory and say whether it is sound, and holds what was
    /// acknowledged
    ///
    /// Fails if an event is damaged, or one that was acknowledged is missing, doubled or moved.
    Verify(Verify),
    /// Append made-up events from many tasks until it is killed, and note each that was acknowledged
    ///
    /// For proving a machine: kill it, cut its power, then run `sangyu log verify` with the same file.
    /// Refused in a data directory whose log holds anything else.
    Soak(Soak),
}

#[derive(Debug, Args)]
pub(crate) struct Stats {
    /// The log, as sqlite:PATH or esdb://HOST:2113 [default: the bureau's]
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Copy {
    /// The log to read, as sqlite:PATH or esdb://HOST:2113 [default: the bureau's]
    #[arg(long, value_name = "URL")]
    pub(crate) from: Option<String>,
    /// The log to write to, as sqlite:PATH or esdb://HOST:2113
    #[arg(long, value_name = "URL")]
    pub(crate) to: String,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The folder to make
    pub(crate) folder: PathBuf,
    /// The log to read, as sqlite:PATH or esdb://HOST:2113 [default: the bureau's]
    #[arg(long, value_name = "URL")]
    pub(crate) from: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Mine {
    /// The file to write
    pub(crate) file: PathBuf,
    /// As what
    #[arg(long = "as", value_enum, default_value_t)]
    pub(crate) notation: Notation,
    /// Whose streams are the cases of XES, such as petition, duty or hardship
    #[arg(long, default_value = "petition")]
    pub(crate) category: String,
    /// Read the whole of this log instead, sealed petitions among the rest: sqlite:PATH or esdb://HOST:2113
    #[arg(long, value_name = "URL")]
    pub(crate) from: Option<String>,
}

/// How events are written for process mining.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum Notation {
    /// OCEL 2.0 in JSON: an event belongs to several objects
    #[default]
    Ocel,
    /// XES (IEEE 1849-2016): an event belongs to one case
    Xes,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The folder of an export
    pub(crate) folder: PathBuf,
    /// The log to write to, as sqlite:PATH or esdb://HOST:2113
    #[arg(long, value_name = "URL")]
    pub(crate) to: String,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The folder to make
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The folder of a backup
    pub(crate) folder: PathBuf,
    /// Replace a log also where it has events that the backup lacks: the bureau loses them
    #[arg(long)]
    pub(crate) lose_newer_events: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The log, as sqlite:PATH or esdb://HOST:2113
    #[arg(long, value_name = "URL")]
    pub(crate) url: String,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// What `sangyu log soak` noted
    #[arg(long, value_name = "FILE")]
    pub(crate) acks: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Soak {
    /// Where to note what was acknowledged: a line `<event id> <position>` for each append
    #[arg(long, value_name = "FILE")]
    pub(crate) acks: PathBuf,
    /// Stop after so many seconds [default: when it is killed]
    #[arg(long, value_name = "N")]
    pub(crate) seconds: Option<u64>,
    /// How many tasks append at the same time
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) tasks: u32,
}
