use domain::{
    Aggregate as _, CadreId, PetitionId,
    cadre::Cadre,
    fund::{Fund, FundId},
    hardship::{Hardship, HardshipId},
    petition::PetitionCase,
};
use event_log::{StreamName, StreamNameError};

/// What a dossier is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A person, with all that was done for them.
    Person(CadreId),
    /// A petition.
    Petition(PetitionId),
    /// The hardship cases of a person on a ground.
    Hardship(HardshipId),
    /// A fund of a unit and year.
    Fund(FundId),
    /// The whole bureau, in figures.
    Bureau,
}

impl Subject {
    /// The stream that it is; a bureau is the whole log.
    ///
    /// # Errors
    /// [`StreamNameError`] if its id cannot name one.
    pub fn stream(&self) -> Result<Option<StreamName>, StreamNameError> {
        match self {
            Subject::Person(id) => StreamName::new(Cadre::CATEGORY, &id.to_string()),
            Subject::Petition(id) => StreamName::new(PetitionCase::CATEGORY, &id.to_string()),
            Subject::Hardship(id) => StreamName::new(Hardship::CATEGORY, &id.to_string()),
            Subject::Fund(id) => StreamName::new(Fund::CATEGORY, &id.to_string()),
            Subject::Bureau => return Ok(None),
        }
        .map(Some)
    }
}
