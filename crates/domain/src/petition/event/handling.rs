use calendar::{Date, When};
use serde::{Deserialize, Serialize};

use super::Due;
use crate::{StaffId, Text, Unit};

/// A petition was accepted for handling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionAccepted {
    /// When.
    pub accepted: When,
    /// The clocks it starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dues: Vec<Due>,
}

/// Who handles a petition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// 主办单位.
    pub lead: Unit,
    /// 协办单位.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supporting: Vec<Unit>,
    /// 承办人.
    pub handler: StaffId,
    /// 单位负责人: the head of the lead unit, who approves extensions and is not the handler.
    pub head: StaffId,
}

/// A petition was given to those who handle it (交办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// To whom.
    pub assignment: Assignment,
}

/// 回避: someone with a direct interest stood back and may not act any more (R28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recused {
    /// Who.
    pub staff: StaffId,
    /// Which interest.
    pub interest: Text,
}

/// Something was found out (调查核实).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// On which day.
    pub on: Date,
    /// What.
    pub text: Text,
}

/// 听证: a hearing was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HearingOpened {
    /// Its first day.
    pub on: Date,
}

/// The hearing was held and is over. In a final review its days do not count (R36).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HearingHeld {
    /// Its last day.
    pub on: Date,
    /// Its record (听证笔录).
    pub record: Text,
    /// The clock it moves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dues: Vec<Due>,
}

/// 调解: the parties agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mediated {
    /// On which day.
    pub on: Date,
    /// On what.
    pub agreement: Text,
}

/// 延期: more time to handle a complex case (R34).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// How many calendar days more, counted from the raw last day.
    pub days: u32,
    /// Why.
    pub reasons: Text,
    /// The head of the unit, who approved it.
    pub approver: StaffId,
    /// The day of the approval.
    pub approved: Date,
    /// When the petitioner was told the reasons.
    pub told: When,
}

/// The handling was prolonged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extended {
    /// By how much, why, and by whom.
    pub extension: Extension,
    /// The clock it moves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dues: Vec<Due>,
}
