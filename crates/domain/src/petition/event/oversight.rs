use serde::{Deserialize, Serialize};

use crate::{CadreId, Text, Unit, hardship::Ground};

/// Why a petition is put under supervision (R40).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupervisionGround {
    /// 未按规定受理.
    AcceptanceRulesBroken,
    /// 未按规定办理.
    HandlingRulesBroken,
    /// 推诿、敷衍、拖延.
    Shirking,
    /// 弄虚作假.
    Falsifying,
    /// 拒不执行处理意见.
    OpinionNotExecuted,
}

/// 督办: a petition was put under supervision. The recommendation needs written feedback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervised {
    /// Counted from 1 for each petition.
    pub number: u32,
    /// Why.
    pub ground: SupervisionGround,
    /// What is recommended (改进建议).
    pub recommendation: Text,
}

/// The supervised unit gave written feedback (书面反馈).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackGiven {
    /// On which supervision.
    pub number: u32,
    /// What it says.
    pub feedback: Text,
}

/// 紧急信访报告: it was reported upwards as grave or urgent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgentlyReported {
    /// To whom.
    pub to: Unit,
    /// What.
    pub matter: Text,
}

/// The petitioner was offered aid (R37): the hardship case it is given in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AidOffered {
    /// The person helped.
    pub person: CadreId,
    /// On which ground.
    pub ground: Ground,
}
