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
