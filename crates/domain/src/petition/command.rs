use calendar::When;

use crate::Text;

use super::event::Petition;

/// What may be asked of a petition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PetitionCommand {
    /// Register a petition that was received (登记).
    Register {
        /// The petition.
        petition: Petition,
    },
    /// Accept it for handling (受理).
    Accept {
        /// When.
        accepted: When,
    },
    /// Record the reply and its delivery (答复、送达).
    Reply {
        /// The reply.
        text: Text,
        /// When it reached the petitioner.
        delivered: When,
    },
    /// Close it (办结): only after a delivered reply.
    Close,
}
