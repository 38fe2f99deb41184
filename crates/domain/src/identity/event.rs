use std::fmt;

use serde::{Deserialize, Serialize};

use crate::CadreId;

events! {
    /// What may have happened to an ID number.
    pub enum IdentityEvent {
        /// Taken for a person.
        Claimed(IdentityClaimed) = "identity.claimed" v 1 at |_e| None,
        /// Given up.
        Released(IdentityReleased) = "identity.released" v 1 at |_e| None,
    }
}

/// An ID number, known by a keyed hash: the number itself never names a stream.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdentityId(pub String);

impl fmt::Display for IdentityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number was taken for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityClaimed {
    /// Who.
    pub person: CadreId,
}

/// The number was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityReleased {
    /// Who gave it up.
    pub person: CadreId,
}
