//! What an inspector does: any moment again, what changed between two of them, and whose doing it
//! was.
//!
//! A moment of the past is the same fold and the same questions on fewer events: [`AsOf`] says which,
//! [`select`] takes them, [`views::Replay`] folds them, and a [`dossier`] is what the questions of
//! the views answer then. Nothing here reads a clock, and nothing is kept.

mod as_of;
mod bureau;
mod change;
pub mod deviations;
mod dossier;
pub mod mining;
mod origin;
mod rests;
mod selection;
mod subject;
mod walk;

#[cfg(test)]
mod tests;

pub use as_of::AsOf;
pub use bureau::of_bureau;
pub use change::{Change, ChangeError, apply, diff};
pub use dossier::{Asked, dossier};
pub use origin::{FieldOrigin, Origin};
pub use selection::{Selection, select};
pub use subject::Subject;
pub use walk::{Step, first, origins, steps};
