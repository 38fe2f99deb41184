//! A file as a table: its bytes in, the rows of its ledger out, each with the sheet's own row
//! number. Nothing here knows what a cell means.

mod header;
mod open;
mod text_table;
mod trailer;
mod workbook;

#[cfg(test)]
mod tests;

pub(crate) use header::{Column, Layout, is_reason, ledger};
pub(crate) use open::open;

use crate::cell::Cell;

/// The reason column of a rejects workbook; left out when such a workbook comes back.
pub(crate) const REASON: &str = "原因/Reason";

/// Columns beyond this one belong to no ledger.
const MOST_COLUMNS: u32 = 1_000;
/// Rows beyond this number are more than any bureau has people and visits.
const MOST_ROWS: usize = 200_000;
const LIMIT: &str = "200,000 × 1,000";

/// One row of a sheet.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The sheet's own number, from 1.
    pub(crate) number: u32,
    /// From the first column on; what is missing at the end is empty.
    pub(crate) cells: Vec<Cell>,
}

/// A sheet before anyone knows where its header is. Holds no empty rows.
#[derive(Debug)]
pub(crate) struct RawSheet {
    /// Its name; a text table has none.
    pub(crate) name: Option<String>,
    /// Whether the person who saved it could see it.
    pub(crate) visible: bool,
    /// The rows that hold anything.
    pub(crate) rows: Vec<Row>,
}

/// The ledger that was found in a file.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The sheet's name; a text table has none.
    pub(crate) name: Option<String>,
    /// What stands above the header.
    pub(crate) titles: Vec<String>,
    /// The header as it was typed, from the first column on.
    pub(crate) header: Vec<String>,
    columns: Vec<(Column, usize)>,
    /// The rows of data: no blank ones, totals or notes.
    pub(crate) rows: Vec<Row>,
}

impl Row {
    fn cell(&self, index: usize) -> &Cell {
        self.cells.get(index).unwrap_or(&Cell::Empty)
    }
}

impl Sheet {
    /// The cell of a column, if the ledger has it.
    pub(crate) fn cell<'a>(&self, row: &'a Row, column: Column) -> Option<&'a Cell> {
        self.index(column).map(|index| row.cell(index))
    }

    /// The column's header as the file has it, in one line; its usual name where there is none.
    pub(crate) fn title(&self, column: Column) -> String {
        match self.index(column).and_then(|index| self.header.get(index)) {
            Some(typed) => typed.split_whitespace().collect::<Vec<_>>().join(" "),
            None => column.zh().to_owned(),
        }
    }

    /// Whether the ledger has a column.
    pub(crate) fn has(&self, column: Column) -> bool {
        self.index(column).is_some()
    }

    fn index(&self, column: Column) -> Option<usize> {
        self.columns
            .iter()
            .find(|(c, _)| *c == column)
            .map(|(_, index)| *index)
    }
}
