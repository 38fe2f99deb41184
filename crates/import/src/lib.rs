//! Spreadsheets in: find the header, read what people typed, send commands, give back what could
//! not be read.

mod cell;
mod fault;
mod kind;
mod sheet;

pub use fault::{Fault, FileFault};
pub use kind::{Kind, NoSuchKind};

#[cfg(test)]
mod testing;
