use calendar::Date;
use serde::{Deserialize, Serialize};

use crate::StaffId;

events! {
    /// What may have happened around a sealed petition.
    pub enum PetitionAccessEvent {
        /// Someone who may not see it tried to.
        Attempted(AccessAttempted) = "petition_access.attempted" v 1 at |_e| None,
    }
}

/// Someone who may not see a sealed petition tried to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessAttempted {
    /// The account; the name, role and unit stand with the event.
    pub who: StaffId,
    /// By what.
    pub by: AttemptedBy,
    /// The civil date in Asia/Shanghai.
    pub on: Date,
}

/// By what someone tried to see a petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptedBy {
    /// By asking for it under its id.
    Id,
    /// By asking for its history, or for the attempts on it.
    History,
    /// By a command on it, or one that names it.
    Command,
    /// By searching for words or a number that it holds.
    Search,
}
