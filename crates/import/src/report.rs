use std::borrow::Cow;

use domain::CadreId;
use serde::Serialize;

use crate::Kind;

/// What became of a file. Every row of data counts once: as accepted, unchanged, a duplicate, or
/// rejected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What kind of ledger it was read as.
    pub kind: Kind,
    /// The file's name, without its folder.
    pub file: String,
    /// Whether nothing was to be recorded.
    pub dry_run: bool,
    /// How many rows of data the ledger has.
    pub rows: usize,
    /// Rows from which something was recorded (in a dry run: would have been).
    pub accepted: usize,
    /// Rows that were imported before.
    pub unchanged: usize,
    /// Rows that say again what an earlier row or the register says; a person decides about them.
    pub duplicates: Vec<Duplicate>,
    /// Every fault of every row that was not taken.
    pub rejected: Vec<RejectedRow>,
}

/// A row that was not recorded because it is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The sheet's own row number, from 1.
    pub row: u32,
    /// The person it is about; nothing for a petition.
    pub person: Option<CadreId>,
}

/// One fault of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RejectedRow {
    /// The sheet's own row number, from 1.
    pub row: u32,
    /// The column's header as the file has it.
    pub column: String,
    /// The stable code.
    pub code: Cow<'static, str>,
    /// What is wrong and what to do, in Chinese and English; never what the cell holds.
    pub message: String,
}
