use calendar::Date;

use super::{profile::Survivor, standing::Standing};
use crate::{CadreId, StaffId, Unit};

/// What other aggregates' rules may know about a person, taken from the record when they decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: CadreId,
    /// The unit that looks after them.
    pub unit: Unit,
    /// The birth date that ages count from, if it is known.
    pub born_on: Option<Date>,
    /// The primary contact (联系人), if one is named.
    pub contact: Option<StaffId>,
    /// The day of death, if they have died.
    pub died_on: Option<Date>,
    /// Who is registered as surviving them.
    pub survivors: Vec<Survivor>,
    /// Party standing, if they are a member.
    pub standing: Option<Standing>,
    /// The record that is kept instead, if this one was decided to be a duplicate.
    pub kept_as: Option<CadreId>,
}
