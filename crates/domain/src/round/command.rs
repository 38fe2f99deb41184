use super::event::{ExcuseGround, RoundPlan};
use crate::{CadreId, StaffId, Text};

/// What may be asked of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoundCommand {
    /// Plan it (制定方案).
    Plan {
        /// The plan.
        plan: RoundPlan,
    },
    /// Start it, and freeze whom it is for.
    Start {
        /// Everyone who meets the rule now, as the register knows them.
        audience: Vec<CadreId>,
    },
    /// Give people to a member of staff (分派), also anew.
    Assign {
        /// Who goes.
        staff: StaffId,
        /// Their name.
        name: Text,
        /// To whom; all of the audience.
        people: Vec<CadreId>,
    },
    /// Say why someone cannot be reached.
    Excuse {
        /// Who.
        person: CadreId,
        /// Why.
        ground: ExcuseGround,
    },
    /// They can be reached after all.
    WithdrawExcuse {
        /// Who.
        person: CadreId,
    },
    /// Close it, after its last day.
    Close {
        /// Everyone who meets the rule now; who is not of the audience came late.
        eligible: Vec<CadreId>,
    },
    /// Call it off.
    Cancel {
        /// Why.
        reason: Text,
    },
}
