use crate::{Text, cadre::Person};

use super::event::Visit;

/// What may be asked of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisitCommand {
    /// Record a visit (登记走访).
    Record {
        /// The visit.
        visit: Visit,
        /// The person visited, as their record stands.
        person: Person,
    },
    /// Correct what was recorded, by a new event.
    Correct {
        /// All of the visit as it should read.
        visit: Visit,
        /// The person visited, as their record stands.
        person: Person,
        /// What was wrong.
        reason: Text,
    },
    /// Withdraw a visit that never took place.
    Withdraw {
        /// How it came to be recorded.
        reason: Text,
    },
}
