//! The log for process mining (过程挖掘): as OCEL 2.0 in JSON, where an event belongs to several objects,
//! and as XES (IEEE 1849-2016), where it belongs to one case.
//!
//! Both hold names of streams and events, times, accounts, roles and units: who did what when, and nothing
//! that was written about anyone.

mod ocel;
mod xes;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use event_log::Recorded;

use ocel::Ocel;
use xes::Xes;

/// How events are written for process mining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notation {
    /// OCEL 2.0 in JSON: an event belongs to several objects.
    Ocel,
    /// XES: an event belongs to one case.
    Xes {
        /// Whose streams are the cases, such as `petition`. Events of others are left out.
        category: String,
    },
}

/// What a file of mined events holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Mined {
    /// Its events.
    pub events: u64,
    /// Its objects, or its cases.
    pub objects: u64,
}

/// Writes events in a notation, in the order in which it is given them.
pub struct Miner<W>(Writer<W>);

enum Writer<W> {
    Ocel(Ocel<W>),
    Xes(Xes<W>),
}

impl<W: Write> Miner<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn new(notation: Notation, to: W) -> io::Result<Self> {
        Ok(Miner(match notation {
            Notation::Ocel => Writer::Ocel(Ocel::new(to)?),
            Notation::Xes { category } => Writer::Xes(Xes::new(category, to)),
        }))
    }

    /// Takes an event. Its time is when it happened; a day counts from its beginning in Beijing.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(&mut self, recorded: &Recorded) -> io::Result<()> {
        match &mut self.0 {
            Writer::Ocel(ocel) => ocel.add(recorded),
            Writer::Xes(xes) => {
                xes.add(recorded);
                Ok(())
            }
        }
    }

    /// Ends the file, and gives it back with what it holds.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> io::Result<(Mined, W)> {
        match self.0 {
            Writer::Ocel(ocel) => ocel.finish(),
            Writer::Xes(xes) => xes.finish(),
        }
    }
}
