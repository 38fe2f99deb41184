use calendar::{Date, When};

use crate::{CadreId, StaffId, Text, Unit};

use super::{
    event::DuplicateDecision,
    profile::{Approval, Field, Living, Mobility, Profile, Retirement, Survivor},
};

/// What may be asked of a person's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CadreCommand {
    /// Enter a person into the register (建档).
    Register(RegisterCadre),
    /// Change particulars; each change is kept with its reason.
    Amend {
        /// The new values.
        changes: Vec<Field>,
        /// Why.
        reason: Text,
        /// The document it rests on.
        document: Option<Text>,
    },
    /// Record or correct whether the person is 离休 or 退休.
    RecordRetirement {
        /// Which.
        retirement: Retirement,
        /// The document it rests on.
        document: Option<Text>,
    },
    /// Record the dates that Party standing (党龄) rests on.
    RecordPartyStanding(RecordPartyStanding),
    /// Grant a treatment (待遇) from a day on.
    GrantTreatment {
        /// Which, such as `副厅级医疗待遇`.
        treatment: Text,
        /// The first day.
        from: Date,
        /// The last day, if it is known to end.
        until: Option<Date>,
        /// By whom it was approved.
        approval: Approval,
    },
    /// End a treatment that is in force.
    EndTreatment {
        /// Which.
        treatment: Text,
        /// The last day.
        until: Date,
        /// Why.
        reason: Text,
    },
    /// Record how the person lives (居住情况).
    RecordLiving {
        /// With whom.
        living: Living,
        /// How well they move and care for themselves.
        mobility: Option<Mobility>,
        /// The first day it was known to be so.
        since: Date,
    },
    /// Ask another unit to take over the person's care (转出).
    RequestTransfer {
        /// The unit asked.
        to: Unit,
        /// Why.
        reason: Text,
    },
    /// The unit asked takes the person over (接收).
    AcceptTransfer,
    /// The unit asked declines (退回).
    RejectTransfer {
        /// Why.
        reason: Text,
    },
    /// Name the primary contact (联系人) for the first time.
    AssignContact {
        /// The staff member.
        staff: StaffId,
        /// Their name then.
        name: Text,
        /// The first day.
        from: Date,
    },
    /// Hand the primary contact over without a gap (交接).
    HandOverContact {
        /// The new contact.
        to: StaffId,
        /// Their name then.
        name: Text,
        /// The first day of the new one; the last of the old is the day before.
        from: Date,
        /// Why.
        reason: Text,
    },
    /// Record that the person has died.
    RecordDeath {
        /// The day.
        died_on: Date,
        /// The document it rests on.
        document: Option<Text>,
    },
    /// Withdraw a death recorded in error.
    WithdrawDeath {
        /// How the error came about.
        reason: Text,
        /// The document it rests on.
        document: Option<Text>,
    },
    /// Record a survivor (遗属) of a person who has died.
    RecordSurvivor {
        /// Who.
        survivor: Survivor,
    },
    /// Report that the person is in a dispute (矛盾纠纷), so that someone goes to see them.
    ReportDispute {
        /// What it is about.
        matter: Text,
        /// When the bureau learnt of it.
        known: When,
    },
    /// Record that the whole record was checked against its sources (核实档案).
    VerifyRecord {
        /// The day it was checked.
        on: Date,
        /// What it was checked against.
        evidence: Text,
    },
    /// Decide whether this record and another are of one person.
    DecideDuplicate {
        /// The other record.
        other: CadreId,
        /// The decision.
        decision: DuplicateDecision,
        /// What it rests on.
        reason: Text,
    },
}

/// A person to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterCadre {
    /// The id the person will have.
    pub id: CadreId,
    /// The unit that looks after them from now on.
    pub unit: Unit,
    /// 离休, 退休, or none: a Party member or someone in hardship who is no retired cadre.
    pub retirement: Option<Retirement>,
    /// Their particulars.
    pub profile: Box<Profile>,
}

/// The dates that Party standing rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPartyStanding {
    /// The day of admission (入党时间).
    pub joined_on: Date,
    /// The day of full membership (转正时间); never inferred from the other.
    pub full_member_on: Option<Date>,
    /// The first day of standing, where a document of the organisation states it (breaks,
    /// recognised earlier service). Without one it follows from the rule.
    pub standing_starts_on: Option<Date>,
    /// A break in membership (党籍中断), in words. It leaves the first day of standing open until a
    /// document states it: breaks are decided by the organisation, not by arithmetic.
    pub gap: Option<Text>,
    /// What the dates are taken from.
    pub evidence: Text,
}
