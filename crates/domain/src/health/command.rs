use calendar::Date;

use super::event::{Bed, Learnt};
use crate::{CadreId, Text};

/// What may be asked of a person's health record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HealthCommand {
    /// Record that the person was taken into a hospital (住院).
    RecordAdmission {
        /// Who.
        person: CadreId,
        /// Where they lie.
        bed: Bed,
        /// When it happened, and when the bureau knew.
        admitted: Learnt,
    },
    /// Record that they lie elsewhere now (转院、转床).
    RecordMove {
        /// Where they lie.
        bed: Bed,
        /// When it happened, and when the bureau knew.
        moved: Learnt,
    },
    /// Record that they left the hospital (出院).
    RecordDischarge {
        /// When it happened, and when the bureau knew.
        discharged: Learnt,
    },
    /// Withdraw a stay that was recorded in error, the one with this number.
    WithdrawStay {
        /// Counted from 1 for each person.
        stay: u32,
        /// How the error came about.
        reason: Text,
    },
    /// Record a check-up (体检).
    RecordCheckUp {
        /// Who.
        person: CadreId,
        /// The day.
        on: Date,
        /// What was found.
        findings: Text,
        /// Whether someone must explain it to them (一对一反馈).
        feedback_needed: bool,
        /// When the bureau knew the result.
        known: calendar::When,
    },
}
