use calendar::{Date, When};
use serde::{Deserialize, Serialize};

use crate::{CadreId, Text};

events! {
    /// What may have happened to a person's health, as far as the bureau learns of it.
    pub enum HealthEvent {
        /// Taken into a hospital.
        Admitted(Admitted) = "health.admitted" v 1 at |e| Some(e.admitted.happened),
        /// Lies elsewhere now.
        MovedInHospital(MovedInHospital) = "health.moved_in_hospital" v 1 at |e| Some(e.moved.happened),
        /// Left the hospital.
        Discharged(Discharged) = "health.discharged" v 1 at |e| Some(e.discharged.happened),
        /// The stay had been recorded in error.
        StayWithdrawn(StayWithdrawn) = "health.stay_withdrawn" v 1 at |_e| None,
        /// A check-up.
        CheckedUp(CheckedUp) = "health.checked_up" v 1 at |e| Some(When::Day(e.on)),
    }
}

/// When something happened, and when the bureau knew of it: clocks start with the knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learnt {
    /// When it happened.
    pub happened: When,
    /// When the bureau knew.
    pub known: When,
}

/// Where someone lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bed {
    /// 医院.
    pub hospital: Text,
    /// 病区.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ward: Option<Text>,
    /// 床号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bed: Option<Text>,
}

/// A person was taken into a hospital (住院).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admitted {
    /// Who.
    pub person: CadreId,
    /// Counted from 1 for each person.
    pub stay: u32,
    /// Where they lie.
    pub bed: Bed,
    /// When, and since when it is known.
    pub admitted: Learnt,
}

/// They lie elsewhere now (转院、转床).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedInHospital {
    /// Which stay.
    pub stay: u32,
    /// Where they lie.
    pub bed: Bed,
    /// When, and since when it is known.
    pub moved: Learnt,
}

/// They left the hospital (出院).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discharged {
    /// Which stay.
    pub stay: u32,
    /// When, and since when it is known.
    pub discharged: Learnt,
}

/// A stay had been recorded in error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayWithdrawn {
    /// Which stay.
    pub stay: u32,
    /// How the error came about.
    pub reason: Text,
}

/// A check-up (体检).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedUp {
    /// Who.
    pub person: CadreId,
    /// The day.
    pub on: Date,
    /// What was found.
    pub findings: Text,
    /// Whether someone must explain it to them (一对一反馈).
    pub feedback_needed: bool,
    /// When the bureau knew the result.
    pub known: When,
}
