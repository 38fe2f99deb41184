use calendar::{Date, When};
use serde::{Deserialize, Serialize};

use super::profile::{Approval, Field, Living, Mobility, Profile, Retirement, Survivor};
use crate::{CadreId, StaffId, Text, Unit};

events! {
    /// What may have happened to a person's record.
    pub enum CadreEvent {
        /// Entered into the register.
        Registered(CadreRegistered) = "cadre.registered" v 1 at |_e| None,
        /// Particulars changed.
        Amended(CadreAmended) = "cadre.amended" v 1 at |_e| None,
        /// 离休 or 退休 recorded or corrected.
        RetirementRecorded(RetirementRecorded) = "cadre.retirement_recorded" v 1 at |_e| None,
        /// Party dates recorded or corrected.
        PartyStandingRecorded(PartyStandingRecorded) = "cadre.party_standing_recorded" v 1 at |_e| None,
        /// A treatment granted.
        TreatmentGranted(TreatmentGranted) = "cadre.treatment_granted" v 1 at |e| Some(When::Day(e.from)),
        /// A treatment ended.
        TreatmentEnded(TreatmentEnded) = "cadre.treatment_ended" v 1 at |e| Some(When::Day(e.until)),
        /// How the person lives.
        LivingRecorded(LivingRecorded) = "cadre.living_recorded" v 1 at |e| Some(When::Day(e.since)),
        /// Another unit was asked to take over.
        TransferRequested(TransferRequested) = "cadre.transfer_requested" v 1 at |_e| None,
        /// It took over.
        TransferAccepted(TransferAccepted) = "cadre.transfer_accepted" v 1 at |_e| None,
        /// It declined.
        TransferRejected(TransferRejected) = "cadre.transfer_rejected" v 1 at |_e| None,
        /// The first primary contact.
        ContactAssigned(ContactAssigned) = "cadre.contact_assigned" v 1 at |e| Some(When::Day(e.from)),
        /// A new primary contact.
        ContactHandedOver(ContactHandedOver) = "cadre.contact_handed_over" v 1 at |e| Some(When::Day(e.from)),
        /// The person died.
        DeathRecorded(DeathRecorded) = "cadre.death_recorded" v 1 at |e| Some(When::Day(e.died_on)),
        /// The death had been recorded in error.
        DeathWithdrawn(DeathWithdrawn) = "cadre.death_withdrawn" v 1 at |_e| None,
        /// A survivor.
        SurvivorRecorded(SurvivorRecorded) = "cadre.survivor_recorded" v 1 at |_e| None,
        /// The person is in a dispute.
        DisputeReported(DisputeReported) = "cadre.dispute_reported" v 1 at |e| Some(e.known),
        /// The record was checked against its sources.
        RecordVerified(RecordVerified) = "cadre.record_verified" v 1 at |e| Some(When::Day(e.on)),
        /// Whether two records are of one person.
        DuplicateDecided(DuplicateDecided) = "cadre.duplicate_decided" v 1 at |_e| None,
    }
}

/// Whether two records are of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateDecision {
    /// They are: the other record is kept, this one takes no further commands.
    SamePerson,
    /// They are not, however alike they look.
    DifferentPeople,
}

/// A person was entered into the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CadreRegistered {
    /// Their id.
    pub id: CadreId,
    /// The unit that looks after them.
    pub unit: Unit,
    /// 离休, 退休 or neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retirement: Option<Retirement>,
    /// Their particulars.
    pub profile: Box<Profile>,
}

/// Particulars were changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CadreAmended {
    /// The new values.
    pub changes: Vec<Field>,
    /// Why.
    pub reason: Text,
    /// The document it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
}

/// 离休 or 退休 was recorded or corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetirementRecorded {
    /// Which.
    pub retirement: Retirement,
    /// The document it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
}

/// Party dates were recorded or corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyStandingRecorded {
    /// 入党时间.
    pub joined_on: Date,
    /// 转正时间.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_member_on: Option<Date>,
    /// The first day of standing, where the evidence settles it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing_starts_on: Option<Date>,
    /// What settles it, or why it is open.
    pub basis: StandingBasis,
    /// A break in membership (党籍中断), in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<Text>,
    /// What the dates are taken from.
    pub evidence: Text,
}

/// What settles the first day of Party standing (党龄起算).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingBasis {
    /// A document of the organisation states it.
    Document,
    /// It is the day of full membership.
    FullMembership,
    /// Admitted in the years without probation: it is the day of admission.
    NoProbation,
    /// Open: admitted in the years without probation, yet a later day of full membership is given.
    Contradiction,
    /// Open: the day of full membership is not known.
    Missing,
    /// Open: a break in membership is noted, which only an organisation's decision can reckon with.
    Gap,
}

/// A treatment was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreatmentGranted {
    /// Which.
    pub treatment: Text,
    /// The first day.
    pub from: Date,
    /// The last day, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// By whom it was approved.
    pub approval: Approval,
}

/// A treatment was ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreatmentEnded {
    /// Which.
    pub treatment: Text,
    /// The first day of the grant that ended.
    pub from: Date,
    /// Its last day.
    pub until: Date,
    /// Why.
    pub reason: Text,
}

/// How the person lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LivingRecorded {
    /// With whom.
    pub living: Living,
    /// How well they move and care for themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobility: Option<Mobility>,
    /// The first day it was known to be so.
    pub since: Date,
}

/// Another unit was asked to take over the person's care.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferRequested {
    /// The unit that asks.
    pub from: Unit,
    /// The unit asked.
    pub to: Unit,
    /// Why.
    pub reason: Text,
}

/// The unit asked took over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferAccepted {
    /// The unit that had asked.
    pub from: Unit,
    /// The unit that looks after the person now.
    pub to: Unit,
}

/// The unit asked declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferRejected {
    /// The unit asked.
    pub to: Unit,
    /// Why.
    pub reason: Text,
}

/// The first primary contact was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactAssigned {
    /// The staff member.
    pub staff: StaffId,
    /// Their name then.
    pub name: Text,
    /// The first day.
    pub from: Date,
}

/// The primary contact changed, without a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactHandedOver {
    /// The contact until the day before.
    pub by: StaffId,
    /// The new contact.
    pub to: StaffId,
    /// The new contact's name then.
    pub name: Text,
    /// The new contact's first day.
    pub from: Date,
    /// Why.
    pub reason: Text,
}

/// The person died.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeathRecorded {
    /// The day.
    pub died_on: Date,
    /// The document it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
}

/// A death had been recorded in error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeathWithdrawn {
    /// How the error came about.
    pub reason: Text,
    /// The document it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
}

/// A survivor was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurvivorRecorded {
    /// Who.
    pub survivor: Survivor,
}

/// It was decided whether two records are of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateDecided {
    /// The other record.
    pub other: CadreId,
    /// The decision.
    pub decision: DuplicateDecision,
    /// What it rests on.
    pub reason: Text,
}

/// The person is in a dispute (矛盾纠纷).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeReported {
    /// What it is about.
    pub matter: Text,
    /// When the bureau learnt of it.
    pub known: When,
}

/// The record was checked against its sources (核实档案).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordVerified {
    /// The day it was checked.
    pub on: Date,
    /// What it was checked against.
    pub evidence: Text,
}
