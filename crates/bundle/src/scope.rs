use calendar::Date;
use domain::Actor;
use inspection::{AsOf, Asked, Subject};
use serde::{Deserialize, Serialize};
use views::{Replay, ViewsError};

/// What a bundle is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Of whom or what.
    pub subject: Subject,
    /// As of which moment.
    pub as_of: AsOf,
    /// The day from which days are counted.
    pub day: Date,
    /// Who asked for it.
    pub asked_by: Actor,
}

impl Scope {
    /// Where the events are folded.
    ///
    /// # Errors
    /// [`ViewsError::Sqlite`].
    pub fn replay(&self) -> Result<Replay, ViewsError> {
        match self.is_wide() {
            true => Replay::on_disk(),
            false => Replay::in_memory(),
        }
    }

    /// Its dossier, as it is asked for.
    pub(crate) fn asked(&self) -> Asked {
        Asked {
            subject: self.subject.clone(),
            day: self.day,
            reader: self.asked_by.clone(),
        }
    }

    /// Whether there are so many events that they are neither listed nor proven one by one.
    pub(crate) fn is_wide(&self) -> bool {
        match self.subject {
            Subject::Person(_) | Subject::Petition(_) | Subject::Hardship(_) | Subject::Fund(_) => {
                false
            }
            Subject::Unit(_) | Subject::Bureau => true,
        }
    }
}
