mod inspect;
pub(crate) mod ledger;
mod log;
mod petition;

use std::path::PathBuf;

use ::calendar::{Date, When};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use inspect::{Bundle, BundleSubject, Inspect, Subject, VerifyBundle, What};
pub(crate) use ledger::Ledger;
pub(crate) use log::{
    Backup, Check, Copy, Export, Import as LogImport, Log, Mine, Notation, Restore, Soak, Stats,
    Verify,
};
pub(crate) use petition::{Attach, Document, Petition};

/// Sangyu 桑榆: the case and visit record of a bureau that looks after retired cadres.
#[derive(Debug, Parser)]
#[command(name = "sangyu", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done; an import that gives rows back is done as well: its report names them
  1  failed: the reason is printed with its code
  2  the command line or the configuration is not understood
  3  there is no such person, petition or file
  4  refused by a rule, or the request is malformed
  5  not available now: the directory is held by a server, or the server cannot be reached";

/// What every command takes. Each can stand in the configuration file or the environment too.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The bureau's data directory [default: ./data]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Work on a running server instead of a directory, such as http://127.0.0.1:7300
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) server: Option<String>,
    /// The log instead of events.db in the data directory, such as esdb://host:2113
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) log: Option<String>,
    /// How answers are printed [default: table]
    #[arg(long, global = true, value_enum)]
    pub(crate) format: Option<Format>,
    /// The configuration file [default: sangyu.toml in the data directory, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// How answers are printed.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    ValueEnum,
    serde::Deserialize,
    serde::Serialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// For people.
    Table,
    /// For programs: one JSON document.
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the gRPC API on loopback
    Serve(Serve),
    /// Build a made-up bureau of 12,000 cadres, serve it, and say what to try
    Demo(Demo),
    /// Read a spreadsheet into the record: good rows go in, bad rows come out with their reasons
    Import(Import),
    /// Find people, read a person's care history
    #[command(subcommand)]
    Person(Person),
    /// Petitions (信访): every step of the procedure, lists, what is due
    #[command(subcommand)]
    Petition(Petition),
    /// Duties (责任事项): what must be done for whom, by when; waivers, coverage
    #[command(subcommand)]
    Duty(Duty),
    /// Hardship cases (困难帮扶): from opening to closing, payments, lists
    #[command(subcommand)]
    Hardship(Hardship),
    /// The medal “光荣在党50年”
    #[command(subcommand)]
    Medal(Medal),
    /// Figures that reports ask for
    #[command(subcommand)]
    Report(Report),
    /// The rules in force (规则): list them, try changed ones on the past
    #[command(subcommand)]
    Rules(Rules),
    /// Any moment again (检查): what was so and known then, what changed, whose doing it was
    Inspect(Inspect),
    /// Ask everything whose time has come what it has to say: warnings, missed deadlines, escalations
    ///
    /// A server does so by itself. What was said once is not said again.
    React,
    /// Build what people read anew from the log
    #[command(subcommand)]
    Views(Views),
    /// The files that are attached
    #[command(subcommand)]
    Attachments(Attachments),
    /// The event log (事件日志): try it, move it, keep it safe
    #[command(subcommand)]
    Log(Log),
    /// The ledger (存证): proof that nothing was touched, for anyone to check
    #[command(subcommand)]
    Ledger(Ledger),
    /// Count days, ages and lunar dates
    #[command(subcommand)]
    Calendar(Calendar),
    /// Show every key of the configuration, what it means and what it is
    Config,
    /// Print the completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The loopback address to listen on [default: 127.0.0.1:7300]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// How many cadres
    #[arg(long, default_value_t = 12_000, value_parser = clap::value_parser!(u32).range(10..=200_000))]
    pub(crate) people: u32,
    /// How many years of its life
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(i16).range(1..=10))]
    pub(crate) years: i16,
    /// The last day of it, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,
    /// The same seed gives the same bureau
    #[arg(long, default_value_t = 2022)]
    pub(crate) seed: u64,
    /// Build the bureau, but do not serve it
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// The loopback address to listen on [default: 127.0.0.1:7300]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// What the file holds
    pub(crate) kind: ImportKind,
    /// An xlsx, xls or csv file
    pub(crate) file: PathBuf,
    /// Report what would happen, record nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write the rows that were not taken to this workbook, each with its reason
    #[arg(long, value_name = "OUT.xlsx")]
    pub(crate) rejects: Option<PathBuf>,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportKind {
    /// 花名册: people
    Roster,
    /// 走访台账: visits
    Visits,
    /// 困难帮扶台账: payments of hardship aid
    Hardship,
    /// 信访、留言: petitions with their replies
    Petitions,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Person {
    /// Find people by name, pinyin, initials, ID number, phone, unit or branch
    Find {
        /// A name, pinyin (wangjia), initials (wj), an ID number or its last digits, a phone number
        query: Option<String>,
        /// The unit that looks after them, or the former employer
        #[arg(long)]
        unit: Option<String>,
        /// The Party branch
        #[arg(long)]
        branch: Option<String>,
        /// lixiu or tuixiu
        #[arg(long)]
        status: Option<String>,
        #[command(flatten)]
        page: Page,
    },
    /// All that was done for a person, newest first
    History {
        /// The person's id or ID number
        person: String,
        #[command(flatten)]
        page: Page,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Duty {
    /// The work list (待办): what is still to be done, those due first at the front
    List {
        /// Only what this unit has
        #[arg(long)]
        unit: Option<String>,
        /// Only what this account has in hand
        #[arg(long, value_name = "ACCOUNT")]
        handler: Option<String>,
        /// Only what was raised by this, such as admitted, died, dispute, birthday or contact
        #[arg(long)]
        kind: Option<String>,
        /// Only this part of the work: overdue, today, this_week, later or awaiting_approval
        #[arg(long)]
        band: Option<String>,
        #[command(flatten)]
        page: Page,
    },
    /// The duties of a person, done or not, those due last at the front
    ListOfPerson {
        /// Their id or ID number
        person: String,
        /// Only those still to be done
        #[arg(long)]
        open: bool,
        #[command(flatten)]
        page: Page,
    },
    /// What is on a desk this morning (每日摘要): yours, if neither a unit nor a handler is named
    Digest {
        /// What this unit has
        #[arg(long)]
        unit: Option<String>,
        /// What this account has in hand
        #[arg(long, value_name = "ACCOUNT")]
        handler: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Hardship {
    /// List cases with what was approved and paid
    List {
        /// The case's state
        #[arg(long)]
        state: Option<String>,
        /// The ground, such as serious_illness
        #[arg(long)]
        ground: Option<String>,
        #[command(flatten)]
        page: Page,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Medal {
    /// Who can be given the medal of a year, and apart from them about whom that is in doubt
    Candidates {
        /// The year
        #[arg(long, value_parser = clap::value_parser!(i16).range(1900..=9999))]
        year: i16,
        /// Only those this unit looks after
        #[arg(long)]
        unit: Option<String>,
        /// Only of this branch
        #[arg(long)]
        branch: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Report {
    /// People, members and 离休, of all units or one
    Counts {
        /// Only of this unit
        #[arg(long)]
        unit: Option<String>,
    },
    /// Petitions received in a period: told, answered and overdue, each by the rules it falls under
    Petitions {
        /// Received on this day or later
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<String>,
        /// Received on this day or earlier
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Option<String>,
        /// Only those that this unit keeps
        #[arg(long)]
        unit: Option<String>,
        /// The same for each month, quarter, year, unit or category
        #[arg(long)]
        by: Option<String>,
    },
    /// The money of each hardship fund (帮扶资金), and where the funds and the cases do not say the same
    ///
    /// Fails where they do not, after the report is printed.
    Funds {
        /// Only of this unit
        #[arg(long)]
        unit: Option<String>,
        /// Only of this budget year
        #[arg(long, value_parser = clap::value_parser!(i16).range(1900..=9999))]
        year: Option<i16>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Rules {
    /// Say which duties a rule profile would have changed, had it been in force; record nothing
    Try {
        /// A whole rule profile, as one that comes with Sangyu
        file: PathBuf,
        /// The first day that is tried [default: 365 days before the last one]
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<String>,
        /// The last day that is tried [default: today]
        #[arg(long, value_name = "YYYY-MM-DD")]
        until: Option<String>,
    },
    /// Judge the whole log again (规则重放): what was told, answered, paid or done otherwise than by the book
    Replay {
        /// Judge by this rule profile as if it had always been [default: by those in force then]
        #[arg(long, value_name = "FILE")]
        rules: Option<PathBuf>,
        /// Only what had been recorded by then, judged on that day [default: everything, today]
        #[arg(long, value_name = "WHEN")]
        known_by: Option<When>,
        /// How many deviations are shown; JSON and the workbook have all of them
        #[arg(long, default_value_t = 20)]
        limit: usize,
        /// Also write all of it into this workbook (.xlsx)
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Attachments {
    /// Read each file that the record names and compare it with its hash; list files it does not name
    ///
    /// Fails if one is damaged or missing.
    Check,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Views {
    /// Build them from nothing beside the ones in use, then swap
    Rebuild,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Calendar {
    /// When a term ends, and why then (Civil Code, articles 201 to 203)
    Due {
        /// The first day, which is not counted
        #[arg(long, value_name = "YYYY-MM-DD")]
        start: String,
        /// How many days
        #[arg(long)]
        days: u32,
        /// Count working days instead of calendar days
        #[arg(long)]
        working: bool,
        /// Extend by so many days, counted from the raw end
        #[arg(long, value_name = "DAYS")]
        extend: Option<u32>,
    },
    /// Full age (周岁) and nominal age (虚岁)
    Age {
        /// The birth date
        #[arg(long, value_name = "YYYY-MM-DD")]
        born: String,
        /// The day asked about [default: today]
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<String>,
    },
    /// The lunar date of a day, or the day of a lunar date
    Lunar {
        /// A day, or with --to-solar a lunar date
        #[arg(value_name = "YYYY-MM-DD")]
        date: String,
        /// Read the date as lunar year-month-day
        #[arg(long)]
        to_solar: bool,
        /// The lunar month is the leap month
        #[arg(long, requires = "to_solar")]
        leap: bool,
    },
}

/// One page of a list.
#[derive(Debug, Args)]
pub(crate) struct Page {
    /// How many at most
    #[arg(long, global = true, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub(crate) limit: u32,
    /// The token that the page before ended with
    #[arg(long, global = true, value_name = "TOKEN")]
    pub(crate) page_token: Option<String>,
}
