use std::path::PathBuf;

use ::calendar::When;
use clap::{Args, Subcommand};

use super::Page;

/// Any moment of the record again.
#[derive(Debug, Args)]
pub(crate) struct Inspect {
    #[command(subcommand)]
    pub(crate) what: What,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

/// A date is that whole day in Beijing; a moment is RFC 3339, such as 2026-03-01T04:00:00Z.
#[derive(Debug, Args)]
pub(crate) struct AsOf {
    /// What had happened or taken effect by then: a date or a moment [default: no limit]
    #[arg(long, global = true, value_name = "WHEN")]
    pub(crate) occurred_by: Option<When>,
    /// What had been recorded by then: a date or a moment [default: no limit]
    #[arg(long, global = true, value_name = "WHEN")]
    pub(crate) known_by: Option<When>,
    /// The record as it stood then: both of them at once
    #[arg(long, global = true, value_name = "WHEN", conflicts_with_all = ["occurred_by", "known_by"])]
    pub(crate) as_of: Option<When>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    #[command(flatten)]
    Dossier(Subject),
    /// What differs between two moments (对比): for one day known at two times, what was learnt between
    Diff(Diff),
    /// Which event last set each field (溯源): who, in which role, on which document, approved by whom
    #[command(visible_alias = "blame")]
    Origins(Origins),
    /// Event by event in the order of recording (逐步): what each changed
    Steps(Steps),
    /// What an inspector takes home (核查包): the events with their proofs, what follows from them, and a
    /// report, in one file that is verified offline
    Bundle(Bundle),
    /// Verify a bundle on any machine, with nothing but the public key noted down before (核验)
    Verify(VerifyBundle),
}

#[derive(Debug, Args)]
pub(crate) struct Bundle {
    #[command(flatten)]
    pub(crate) subject: BundleSubject,
    /// The file to write; one that is there is replaced
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Without the printed report, which needs a Chinese font
    #[arg(long)]
    pub(crate) no_pdf: bool,
}

/// What a bundle is about.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct BundleSubject {
    /// A person: their id or ID number
    #[arg(long, value_name = "PERSON")]
    pub(crate) person: Option<String>,
    /// A petition: its id or number
    #[arg(long, value_name = "PETITION")]
    pub(crate) petition: Option<String>,
    /// The hardship cases of a person on a ground
    #[arg(long, num_args = 2, value_names = ["PERSON", "GROUND"])]
    pub(crate) case: Option<Vec<String>>,
    /// A fund
    #[arg(long, num_args = 3, value_names = ["UNIT", "YEAR", "SOURCE"])]
    pub(crate) fund: Option<Vec<String>>,
    /// A unit: the people it looks after today, the petitions it keeps, its funds
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<String>,
    /// Everything, sealed petitions too: made where the log lies
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyBundle {
    /// The bundle
    pub(crate) file: PathBuf,
    /// The public key of the ledger, as noted down outside the bureau (`sangyu ledger key`)
    #[arg(long, value_name = "KEY")]
    pub(crate) key: String,
}

/// What a dossier is about.
#[derive(Debug, Subcommand)]
pub(crate) enum Subject {
    /// A person with all that was done for them (人员档案)
    Person {
        /// Their id or ID number
        person: String,
    },
    /// A petition (信访件)
    Petition {
        /// Its id or number
        petition: String,
    },
    /// The hardship cases of a person on a ground (困难帮扶)
    Case {
        /// Their id or ID number
        person: String,
        /// On which ground, such as serious_illness
        ground: String,
    },
    /// A fund (资金)
    Fund {
        /// The unit whose money it is
        unit: String,
        /// The budget year
        year: i16,
        /// Where the money is from
        source: String,
    },
    /// A unit in figures (单位): the people it looks after today, the petitions it keeps, its funds
    Unit {
        /// Its name
        unit: String,
    },
    /// The whole bureau in figures (全局)
    Bureau,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    #[command(subcommand)]
    pub(crate) subject: Subject,
    /// --occurred-by of the moment before [default: that of the moment after]
    #[arg(long, global = true, value_name = "WHEN")]
    pub(crate) before_occurred_by: Option<When>,
    /// --known-by of the moment before [default: that of the moment after]
    #[arg(long, global = true, value_name = "WHEN")]
    pub(crate) before_known_by: Option<When>,
}

#[derive(Debug, Args)]
pub(crate) struct Origins {
    #[command(subcommand)]
    pub(crate) subject: Subject,
    /// Only this field and what is in it, such as /person/profile
    #[arg(long, global = true, value_name = "POINTER")]
    pub(crate) field: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Steps {
    #[command(subcommand)]
    pub(crate) subject: Subject,
    /// Only the events that touch this field, such as /person/died_on
    #[arg(long, global = true, value_name = "POINTER")]
    pub(crate) field: Option<String>,
    /// Only the first event behind which the field has this value; text as it is, or any JSON
    #[arg(long, global = true, value_name = "VALUE", requires = "field")]
    pub(crate) equals: Option<String>,
    #[command(flatten)]
    pub(crate) page: Page,
}
