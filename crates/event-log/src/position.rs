use std::fmt;

use serde::{Deserialize, Serialize};

/// The place of an event in its stream: 0 for the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl Revision {
    /// The revision of a stream's first event.
    pub const FIRST: Revision = Revision(0);

    /// The one behind it.
    #[must_use]
    pub fn next(self) -> Revision {
        Revision(self.0 + 1)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place of an event in the whole log. Ordered and opaque: positions may have gaps, so no code
/// counts with them; what must be numbered without gaps is numbered by whoever needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(u64);

impl Position {
    /// From the number a log stores; only for adapters and checkpoints.
    pub fn from_stored(stored: u64) -> Self {
        Position(stored)
    }

    /// The number to store; only for adapters and checkpoints.
    pub fn to_stored(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
