//! One cell: what was in it, and how the words of the field are read out of it.

mod date;
mod money;
mod person;
mod text;
mod words;

#[cfg(test)]
mod tests;

use std::{borrow::Cow, fmt};

use calendar::Date;

use crate::fault::Fault;

pub(crate) use date::{date, ledger_date, moment, not_after};
pub(crate) use money::{amount, year};
pub(crate) use person::{id_number, name, names, phone};
pub(crate) use text::{free_text, half_width, is_space, short_text, squeezed};
pub(crate) use words::{Membership, Status};
pub(crate) use words::{ethnicity, ground, living, membership, mode, purpose, retirement, sex};

/// What a cell holds. `Debug` says of which kind it is and no more.
#[derive(Clone, PartialEq, Default)]
pub(crate) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text as typed.
    Text(String),
    /// A number.
    Number(f64),
    /// A number shown as a date.
    Moment(Moment),
    /// True or false.
    Truth(bool),
    /// An error value such as `#REF!`.
    Error,
    /// A formula whose value the file does not hold, with the `=` before it. Programs that write
    /// workbooks make one of any text that begins so.
    Uncalculated(String),
}

/// A civil date, and the time of day where one is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The date.
    pub(crate) date: Date,
    /// Seconds since midnight.
    pub(crate) second: Option<u32>,
}

impl Cell {
    /// The cell as a person sees it.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty | Cell::Error => Cow::Borrowed(""),
            Cell::Text(text) | Cell::Uncalculated(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Moment(moment) => Cow::Owned(moment.to_string()),
            Cell::Truth(truth) => Cow::Borrowed(if *truth { "TRUE" } else { "FALSE" }),
        }
    }

    /// Whether there is nothing to see in it.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.chars().all(is_space),
            Cell::Number(_) | Cell::Moment(_) | Cell::Truth(_) => false,
            // There would be something, could it be read.
            Cell::Error | Cell::Uncalculated(_) => false,
        }
    }

    /// The text in it, untouched; nothing where it is blank or holds a placeholder.
    pub(crate) fn entry(&self) -> Result<Option<Cow<'_, str>>, Fault> {
        match self {
            Cell::Error => Err(Fault::CellError),
            Cell::Uncalculated(_) => Err(Fault::NotCalculated),
            Cell::Empty | Cell::Text(_) | Cell::Number(_) | Cell::Moment(_) | Cell::Truth(_) => {
                let shown = self.shown();
                Ok((!text::is_placeholder(&shown)).then_some(shown))
            }
        }
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Cell::Empty => "Empty",
            Cell::Text(_) => "Text(hidden)",
            Cell::Number(_) => "Number(hidden)",
            Cell::Moment(_) => "Moment(hidden)",
            Cell::Truth(_) => "Truth",
            Cell::Error => "Error",
            Cell::Uncalculated(_) => "Uncalculated",
        })
    }
}

/// `2024-10-07`, or `2016-02-19 08:43:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        match self.second {
            Some(s) => write!(f, " {:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60),
            None => Ok(()),
        }
    }
}
