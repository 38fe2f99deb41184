use calendar::Date;

use super::event::{AfterDeath, MedalApproval};
use crate::{CadreId, Text};

/// What may be asked of a person's medal “光荣在党50年”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MedalCommand {
    /// Put the person forward for the medal of a year (推荐).
    Nominate {
        /// Who; their id is the medal's.
        person: CadreId,
        /// The year.
        year: i16,
    },
    /// The branch attests a consistently good record (支部审核).
    Attest {
        /// The branch.
        branch: Text,
        /// What it states.
        statement: Text,
    },
    /// The level above approves (审批); by someone else than the one who attested.
    Approve {
        /// The document.
        document: Text,
    },
    /// The level above, or the branch, does not agree.
    Decline {
        /// Why.
        reason: Text,
    },
    /// The medal is made over to the person's branch for presentation (颁发).
    Award {
        /// The medal's number, where it has one.
        number: Option<Text>,
    },
    /// The medal is handed over (佩戴、送达).
    Present {
        /// The day.
        on: Date,
        /// Who handed it over.
        by: Text,
    },
    /// Decide what happens to a medal approved for a person who has died since.
    DecideAfterDeath {
        /// Whether it is handed to the family or withheld.
        decision: AfterDeath,
        /// Who decided, by which document.
        approval: MedalApproval,
    },
    /// Replace a lost or damaged medal (补发).
    Replace {
        /// Why.
        reason: Text,
        /// Who approved it, by which document.
        approval: MedalApproval,
    },
    /// Take the medal back (收回).
    Revoke {
        /// Why.
        reason: Text,
        /// Who approved it, by which document.
        approval: MedalApproval,
    },
}
