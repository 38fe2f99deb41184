//! The one application service. Every edge parses, calls [`App`], and renders.
//!
//! A command is decided by pure code on the state folded from its stream, and appended at the
//! revision that was read; on a conflict it is read and decided again. The clock is read once per
//! request, ids come from an injected source, and both only here.

mod attempts;
mod bundles;
mod cards;
mod clock;
mod codec;
mod commands;
mod deviations;
mod documents;
mod duties;
mod error;
mod execute;
mod funds;
mod hidden;
mod identity_key;
mod ids;
mod inspection;
mod ledger;
mod medals;
mod mining;
mod payment_batches;
mod plans;
mod profiles;
mod query;
mod reactors;
mod request;
mod rounds;
mod rules;
mod service;
mod whole_log;

#[cfg(test)]
mod tests;

pub use bundles::{Bundle, bundled_law};
pub use clock::{Clock, SystemClock};
pub use documents::{AttachmentsCheck, DocumentAbout};
pub use error::{Error, Kind, Violation};
pub use funds::Finished;
pub use identity_key::{IdentityKey, IdentityKeyError};
pub use ids::{Ids, SystemIds};
pub use inspection::{Dossier, Search};
pub use ledger::{EventPlace, LedgerLag, SignedCheckpoint, Signing};
pub use medals::MedalAnswer;
pub use mining::MinedLog;
pub use payment_batches::{LineAnswer, LinePayment};
pub use profiles::{ProfileError, RuleFile, RuleFileError, Rulebook, national_rules};
pub use query::{Lag, Reading};
pub use reactors::Reaction;
pub use request::{Answer, Outcome, Request};
pub use rules::{Candidate, Refusal, RuleProfile, Tried};
pub use service::{App, Parts};
