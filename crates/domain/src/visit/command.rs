use crate::Text;

use super::event::Visit;

/// What may be asked of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisitCommand {
    /// Record a visit (登记走访).
    Record {
        /// The visit.
        visit: Visit,
    },
    /// Correct what was recorded, by a new event.
    Correct {
        /// All of the visit as it should read.
        visit: Visit,
        /// What was wrong.
        reason: Text,
    },
    /// Withdraw a visit that never took place.
    Withdraw {
        /// How it came to be recorded.
        reason: Text,
    },
}
