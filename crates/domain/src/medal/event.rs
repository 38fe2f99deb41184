use calendar::{Date, When};
use serde::{Deserialize, Serialize};

use crate::{CadreId, StaffId, Text};

events! {
    /// What may have happened to a person's medal.
    pub enum MedalEvent {
        /// Put forward.
        Nominated(MedalNominated) = "medal.nominated" v 1 at |_e| None,
        /// Attested by the branch.
        Attested(MedalAttested) = "medal.attested" v 1 at |_e| None,
        /// Approved by the level above.
        Approved(MedalApproved) = "medal.approved" v 1 at |_e| None,
        /// Not agreed to.
        Declined(MedalDeclined) = "medal.declined" v 1 at |_e| None,
        /// Made over for presentation.
        Awarded(MedalAwarded) = "medal.awarded" v 1 at |_e| None,
        /// Handed over.
        Presented(MedalPresented) = "medal.presented" v 1 at |e| Some(When::Day(e.on)),
        /// The person died before; what happens to it was decided.
        DecidedAfterDeath(MedalDecidedAfterDeath) = "medal.decided_after_death" v 1 at |_e| None,
        /// Replaced.
        Replaced(MedalReplaced) = "medal.replaced" v 1 at |_e| None,
        /// Taken back.
        Revoked(MedalRevoked) = "medal.revoked" v 1 at |_e| None,
    }
}

/// Who approved something about a medal, by which document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalApproval {
    /// The organisation.
    pub by: Text,
    /// Its document.
    pub document: Text,
}

/// What happens to a medal whose holder died before it was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterDeath {
    /// It is handed to the family.
    ToFamily,
    /// It is withheld.
    Withheld,
}

/// A person was put forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalNominated {
    /// Who.
    pub person: CadreId,
    /// For which year.
    pub year: i16,
    /// The first day of standing it rests on.
    pub standing_starts_on: Date,
}

/// The branch attested a good record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalAttested {
    /// The branch.
    pub branch: Text,
    /// Who acted for it.
    pub attester: StaffId,
    /// What it states.
    pub statement: Text,
}

/// The level above approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalApproved {
    /// Who acted for it.
    pub approver: StaffId,
    /// The document.
    pub document: Text,
}

/// It was not agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalDeclined {
    /// Why.
    pub reason: Text,
}

/// The medal was made over for presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalAwarded {
    /// For which year.
    pub year: i16,
    /// The medal's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Text>,
}

/// The medal was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalPresented {
    /// The day.
    pub on: Date,
    /// Who handed it over.
    pub by: Text,
    /// Whether the family received it.
    pub to_family: bool,
}

/// It was decided what happens to the medal of a person who died before it was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalDecidedAfterDeath {
    /// The decision.
    pub decision: AfterDeath,
    /// Who decided.
    pub approval: MedalApproval,
}

/// The medal was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalReplaced {
    /// Why.
    pub reason: Text,
    /// Who approved it.
    pub approval: MedalApproval,
}

/// The medal was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalRevoked {
    /// Why.
    pub reason: Text,
    /// Who approved it.
    pub approval: MedalApproval,
}
