//! The log for process mining (过程挖掘): as OCEL 2.0 in JSON, where an event belongs to several objects,
//! and as XES (IEEE 1849-2016), where it belongs to one case.
//!
//! Both hold names of streams and events, times, accounts, roles and units: who did what when, and nothing
//! that was written about anyone.

mod ocel;
mod xes;

#[cfg(test)]
mod tests;

pub use ocel::Ocel;
pub use xes::Xes;

/// What a file of mined events holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Mined {
    /// Its events.
    pub events: u64,
    /// Its objects, or its cases.
    pub objects: u64,
}
