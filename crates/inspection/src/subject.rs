use domain::{
    Aggregate as _, CadreId, PetitionId, Unit,
    cadre::Cadre,
    fund::{Fund, FundId},
    hardship::{Hardship, HardshipId},
    petition::PetitionCase,
};
use event_log::{StreamName, StreamNameError};
use serde::{Deserialize, Serialize};

use crate::{bureau, dossier};

/// What a dossier is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A person, with all that was done for them.
    Person(CadreId),
    /// A petition.
    Petition(PetitionId),
    /// The hardship cases of a person on a ground.
    Hardship(HardshipId),
    /// A fund of a unit and year.
    Fund(FundId),
    /// A unit, in figures: of the people it looks after, the petitions it keeps and its money.
    Unit(Unit),
    /// The whole bureau, in figures.
    Bureau,
}

impl Subject {
    /// The views that its dossier is asked of.
    pub fn views(&self) -> &'static [&'static str] {
        match self {
            Subject::Person(_) | Subject::Petition(_) | Subject::Hardship(_) | Subject::Fund(_) => {
                dossier::VIEWS
            }
            Subject::Unit(_) | Subject::Bureau => bureau::VIEWS,
        }
    }

    /// The stream that it is; a unit and a bureau are many.
    ///
    /// # Errors
    /// [`StreamNameError`] if its id cannot name one.
    pub fn stream(&self) -> Result<Option<StreamName>, StreamNameError> {
        match self {
            Subject::Person(id) => StreamName::new(Cadre::CATEGORY, &id.to_string()),
            Subject::Petition(id) => StreamName::new(PetitionCase::CATEGORY, &id.to_string()),
            Subject::Hardship(id) => StreamName::new(Hardship::CATEGORY, &id.to_string()),
            Subject::Fund(id) => StreamName::new(Fund::CATEGORY, &id.to_string()),
            Subject::Unit(_) | Subject::Bureau => return Ok(None),
        }
        .map(Some)
    }
}
