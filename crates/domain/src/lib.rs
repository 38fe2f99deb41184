//! What must be true. Commands, events, states and rules of every aggregate, each in a folder of
//! its own with the same files: `command.rs`, `event.rs`, `rejection.rs`, `decide.rs` (the rules),
//! `mod.rs` (the state and its fold), `tests.rs`.
//!
//! Pure: no I/O, no clock, no ids, no async. A rule gets all it needs in [`Context`].

mod actor;
mod aggregate;
mod any_event;
mod codes;
mod content;
mod fen;
mod id;
#[macro_use]
mod macros;
mod profiles;
mod rules;
mod text;
mod upcast;

pub mod cadre;
pub mod duty;
pub mod fund;
pub mod hardship;
pub mod health;
pub mod identity;
pub mod medal;
pub mod payment_batch;
pub mod petition;
pub mod petition_access;
pub mod plan;
pub mod round;
pub mod visit;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod testing;

pub use actor::{Actor, StaffId, Unit};
pub use aggregate::{Aggregate, Context, DecodeError, Event, Rejection};
pub use any_event::AnyEvent;
pub use codes::all_codes;
pub use content::{ContentHash, ContentHashError, MediaType};
pub use fen::{Fen, FenError};
pub use id::{CadreId, CarryOverId, PaymentBatchId, PetitionId, ReservationId, RoundId, VisitId};
pub use profiles::{NATIONAL, Profiles, ProfilesError};
pub use rules::{
    AgeBasis, BUNDLED_RULES, BirthdayRules, Class, ClockRules, ClosedBy, DutyRule, DutyRules,
    Every, ExtensionRules, HandleCovers, LadderRules, LixiuRules, LixiuSubsidy, MedalRules,
    NATIONAL_RULES, NamedAge, PetitionRules, Rules, TriggerRule, VisitMatch, VisitRules,
};
pub use text::{Text, TextError};
