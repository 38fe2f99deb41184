use serde::{Deserialize, Serialize};

use crate::Text;

/// A member of the bureau's staff, by account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StaffId(pub Text);

/// A unit: a bureau, an office, a former employer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Unit(pub Text);

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Who acts, as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account.
    pub id: StaffId,
    /// The name.
    pub name: Text,
    /// The role they act in.
    pub role: Text,
    /// The unit they act for.
    pub unit: Unit,
}
