use crate::CadreId;

/// What may be asked of an ID number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityCommand {
    /// Take the number for a person.
    Claim {
        /// Who.
        person: CadreId,
    },
    /// Give it up: the person's number was corrected.
    Release {
        /// Who gives it up.
        person: CadreId,
    },
}
