use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map($name)
            }
        }
    )+};
}

ids! {
    /// One person of the register: a cadre, a Party member, or someone in hardship.
    CadreId,
    /// One visit.
    VisitId,
    /// One petition.
    PetitionId,
    /// One round of visits.
    RoundId,
    /// One reservation of a fund's money: one approval of aid.
    ReservationId,
    /// One decision to carry money of a fund over into the next year.
    CarryOverId,
    /// One list of recipients of hardship aid.
    PaymentBatchId,
}
