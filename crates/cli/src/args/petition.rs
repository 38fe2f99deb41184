//! What `sangyu petition` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Page;

#[derive(Debug, Subcommand)]
pub(crate) enum Petition {
    /// List petitions, newest first
    List {
        /// In the number or the subject
        query: Option<String>,
        /// How far it has come, such as accepted, replied, under_review or closed
        #[arg(long)]
        stage: Option<String>,
        /// Received on this day or later
        #[arg(long, value_name = "YYYY-MM-DD")]
        received_from: Option<String>,
        /// Received on this day or earlier
        #[arg(long, value_name = "YYYY-MM-DD")]
        received_until: Option<String>,
        /// The petitioner's id or ID number, where they are in the register
        #[arg(long)]
        person: Option<String>,
        #[command(flatten)]
        page: Page,
    },
    /// What happened to a petition, with both times
    History {
        /// The petition's id or number
        petition: String,
        #[command(flatten)]
        page: Page,
    },
    /// What is to be done next: overdue first, then by the days left
    Due {
        /// Only what this unit has in hand
        #[arg(long)]
        unit: Option<String>,
        /// Only what this account handles
        #[arg(long, value_name = "ACCOUNT")]
        handler: Option<String>,
        /// Only where the last day in time has passed
        #[arg(long, conflicts_with = "within")]
        overdue: bool,
        /// Only where the last day in time comes in so many days or fewer; 0 is today
        #[arg(long, value_name = "DAYS")]
        within: Option<u32>,
        #[command(flatten)]
        page: Page,
    },
    /// Put a scan or photo among its papers (附件)
    Attach(Attach),
    /// Write a document among its papers to a file
    Document(Document),
}

#[derive(Debug, Args)]
pub(crate) struct Attach {
    /// The petition's id or number
    pub(crate) petition: String,
    /// A PDF, OFD, JPEG, PNG, TIFF or HEIC file
    pub(crate) file: PathBuf,
    /// What it is: letter_scan, photo, evidence, notice, hearing_record, opinion, delivery_proof,
    /// review_decision or other
    #[arg(long)]
    pub(crate) kind: String,
    /// Where in the procedure it belongs: intake, handling, answer, review, final_review or
    /// supervision
    #[arg(long)]
    pub(crate) step: String,
    /// Its title, where the kind does not say enough
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Say what would happen, store and record nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Document {
    /// The petition's id or number
    pub(crate) petition: String,
    /// The hash of the document, from `sangyu petition get`
    pub(crate) hash: String,
    /// The file to write
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
}
