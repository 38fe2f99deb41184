use calendar::{Date, When};

use crate::{
    cell::{self, Cell},
    fault::{Fault, Finding},
    sheet::{Column, Row, Sheet},
};

/// Reads one row and keeps every fault it meets, so that a clerk sees all of them at once.
pub(crate) struct RowReader<'a> {
    sheet: &'a Sheet,
    row: &'a Row,
    today: Date,
    findings: Vec<Finding>,
}

impl<'a> RowReader<'a> {
    pub(crate) fn new(sheet: &'a Sheet, row: &'a Row, today: Date) -> Self {
        RowReader {
            sheet,
            row,
            today,
            findings: Vec::new(),
        }
    }

    /// What a column says; nothing if it is blank, faulty or not in the ledger.
    pub(crate) fn take<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(&Cell) -> Result<Option<T>, Fault>,
    ) -> Option<T> {
        let cell = self.sheet.cell(self.row, column)?;
        match read(cell) {
            Ok(value) => value,
            Err(fault) => {
                self.note(column, &fault);
                None
            }
        }
    }

    /// The same of a column that may not be blank.
    pub(crate) fn require<T>(
        &mut self,
        column: Column,
        missing: &Fault,
        read: impl FnOnce(&Cell) -> Result<Option<T>, Fault>,
    ) -> Option<T> {
        let before = self.findings.len();
        let value = self.take(column, read);
        if value.is_none() && self.findings.len() == before {
            self.note(column, missing);
        }
        value
    }

    /// A date that is not after today.
    pub(crate) fn past_date(&mut self, column: Column) -> Option<Date> {
        let today = self.today;
        self.take(column, |cell| {
            cell::date(cell)?
                .map(|date| cell::not_after(date, today))
                .transpose()
        })
    }

    /// A moment that may not be missing or still to come.
    pub(crate) fn past_moment(&mut self, column: Column) -> Option<When> {
        let today = self.today;
        self.require(column, &Fault::DateMissing, |cell| past(cell, today))
    }

    /// A moment that may be missing but not still to come.
    pub(crate) fn past_moment_if_any(&mut self, column: Column) -> Option<When> {
        let today = self.today;
        self.take(column, |cell| past(cell, today))
    }

    /// Today in Asia/Shanghai.
    pub(crate) fn today(&self) -> Date {
        self.today
    }

    /// The ledger it reads from.
    pub(crate) fn sheet(&self) -> &'a Sheet {
        self.sheet
    }

    /// Adds a fault.
    pub(crate) fn note(&mut self, column: Column, fault: &Fault) {
        self.findings
            .push(Finding::new(self.sheet.title(column), fault));
    }

    /// Whether a column was filled in, rightly or wrongly.
    pub(crate) fn is_filled(&self, column: Column) -> bool {
        self.sheet
            .cell(self.row, column)
            .is_some_and(|cell| !matches!(cell.entry(), Ok(None)))
    }

    /// All that was wrong.
    pub(crate) fn findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The draft, if nothing was wrong.
    pub(crate) fn finish<T>(self, draft: Option<T>) -> Result<T, Vec<Finding>> {
        match draft {
            Some(draft) if self.findings.is_empty() => Ok(draft),
            Some(_) | None => Err(self.findings),
        }
    }
}

/// A time that lies on a day after today; later today is left to the rules, which know the hour.
fn past(cell: &Cell, today: Date) -> Result<Option<When>, Fault> {
    match cell::moment(cell)? {
        Some(date) if date.date() > today => Err(Fault::InTheFuture { date }),
        found => Ok(found),
    }
}
