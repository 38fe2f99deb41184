use super::AttemptedBy;

/// What may be asked of the record of attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PetitionAccessCommand {
    /// Keep that whoever acts tried to see the petition and may not.
    RecordAttempt {
        /// By what.
        by: AttemptedBy,
    },
}
