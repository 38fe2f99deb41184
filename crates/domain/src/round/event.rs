use calendar::Date;
use serde::{Deserialize, Serialize};

use super::{audience::AudienceRule, kind::RoundKind};
use crate::{CadreId, StaffId, Text, Unit};

events! {
    /// What may have happened to a round.
    pub enum RoundEvent {
        /// It was planned.
        Planned(RoundPlanned) = "round.planned" v 1 at |_e| None,
        /// It was started.
        Started(RoundStarted) = "round.started" v 1 at |_e| None,
        /// A part of whom it is for.
        AudienceFrozen(RoundAudienceFrozen) = "round.audience_frozen" v 1 at |_e| None,
        /// People were given to a member of staff.
        Assigned(RoundAssigned) = "round.assigned" v 1 at |_e| None,
        /// Someone cannot be reached.
        Excused(RoundExcused) = "round.excused" v 1 at |_e| None,
        /// They can be reached after all.
        ExcuseWithdrawn(RoundExcuseWithdrawn) = "round.excuse_withdrawn" v 1 at |_e| None,
        /// A part of those who met its rule only after it had started.
        LateArrivalsListed(RoundLateArrivalsListed) = "round.late_arrivals_listed" v 1 at |_e| None,
        /// It was closed.
        Closed(RoundClosed) = "round.closed" v 1 at |_e| None,
        /// It was called off.
        Cancelled(RoundCancelled) = "round.cancelled" v 1 at |_e| None,
    }
}

/// The plan of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundPlan {
    /// What it is for.
    pub kind: RoundKind,
    /// 名称, such as `2026年春节慰问`.
    pub title: Text,
    /// Whose people; nothing: everyone's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Whom it is for.
    pub audience: AudienceRule,
}

/// A round was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundPlanned {
    /// The plan.
    pub plan: RoundPlan,
}

/// A round was started. Those whom it is for follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundStarted {
    /// How many it is for (应走访人数).
    pub eligible: usize,
}

/// A part of those whom a round is for: one event has no room for all of a large bureau.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundAudienceFrozen {
    /// Who, by id.
    pub people: Vec<CadreId>,
}

/// People were given to a member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundAssigned {
    /// Who goes.
    pub staff: StaffId,
    /// Their name then.
    pub name: Text,
    /// To whom.
    pub people: Vec<CadreId>,
}

/// Why someone of the audience cannot be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExcuseGround {
    /// 已去世.
    Died,
    /// 外出、迁居.
    Moved,
    /// 本人谢绝.
    Declined,
}

impl ExcuseGround {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            ExcuseGround::Died => "died",
            ExcuseGround::Moved => "moved",
            ExcuseGround::Declined => "declined",
        }
    }
}

/// Someone cannot be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundExcused {
    /// Who.
    pub person: CadreId,
    /// Why.
    pub ground: ExcuseGround,
}

/// They can be reached after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundExcuseWithdrawn {
    /// Who.
    pub person: CadreId,
}

/// A part of those who met the rule when the round was closed, but not when it started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundLateArrivalsListed {
    /// Who, by id.
    pub people: Vec<CadreId>,
}

/// A round was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundClosed {
    /// How many came late; they are listed before.
    pub late: usize,
}

/// A round was called off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundCancelled {
    /// Why.
    pub reason: Text,
}
