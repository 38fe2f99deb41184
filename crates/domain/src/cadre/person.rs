use calendar::Date;

use super::event::StandingBasis;
use crate::{CadreId, Unit};

/// What other aggregates' rules may know about a person, taken from the record when they decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: CadreId,
    /// The unit that looks after them.
    pub unit: Unit,
    /// The day of death, if they have died.
    pub died_on: Option<Date>,
    /// Party standing, if they are a member.
    pub standing: Option<Standing>,
    /// The record that is kept instead, if this one was decided to be a duplicate.
    pub kept_as: Option<CadreId>,
}

/// Party standing (党龄).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its first day, if settled.
    pub starts_on: Option<Date>,
    /// What settles it, or why it is open.
    pub basis: StandingBasis,
}
