//! Spreadsheets in: find the header, read what people typed, send commands, give back what could
//! not be read.
//!
//! Three layers. `sheet` makes rows of bytes, `cell` and `kind` make drafts of rows; both are pure,
//! and neither knows the register. `run` finds the people in it and sends the commands.

mod cell;
mod error;
mod fault;
mod kind;
mod rejects;
mod report;
mod run;
mod sheet;
#[cfg(test)]
mod testing;

pub use error::Error;
pub use fault::{Fault, FileFault};
pub use kind::{Kind, NoSuchKind};
pub use report::{Duplicate, RejectedRow, Report};
pub use run::{Options, Outcome, run};
