//! What an inspector takes home: one file with the events of a person, a petition, a case, a fund, a unit
//! or the whole bureau, the proof that they are in the ledger, and what follows from them.
//!
//! A [`Maker`] writes it. [`verify`] checks it anywhere, with nothing but the public key of the ledger: the
//! signature, the proofs, and by replaying the events that the state, the deviations and the report
//! are what follows from them. `docs/inspection.md` tells the files and what each check shows.

mod archive;
mod coverage;
mod derivation;
mod error;
mod files;
mod law;
mod making;
mod manifest;
mod proof;
mod report;
mod scope;
mod seal;
mod verifying;

#[cfg(test)]
mod tests;

pub use coverage::{Coverage, StreamGap};
pub use error::{BundleFault, Error};
pub use law::{Law, RuleText};
pub use making::{Made, Maker};
pub use manifest::{FileEntry, Manifest};
pub use scope::Scope;
pub use verifying::{Verified, verify};
