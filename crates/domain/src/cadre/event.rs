use calendar::{Date, IdNumber, When};
use serde::{Deserialize, Serialize};

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
        /// Whether two records are of one person.
        DuplicateDecided(DuplicateDecided) = "cadre.duplicate_decided" v 1 at |_e| None,
    }
}

/// Declares the particulars once: the record [`Profile`], and [`Field`], a change of one of them.
macro_rules! particulars {
    ($($(#[$meta:meta])* $field:ident / $variant:ident : $type:ty),+ $(,)?) => {
        /// What is known about a person besides their status.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Profile {
            /// 姓名.
            pub name: Text,
            $(
                $(#[$meta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )+
        }

        /// One changed particular with its new value; nothing means that it is not known.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "field", content = "value", rename_all = "snake_case")]
        pub enum Field {
            /// 姓名.
            Name(Text),
            $( $(#[$meta])* $variant(Option<$type>), )+
        }

        impl Profile {
            /// Nothing but a name.
            pub fn named(name: Text) -> Self {
                Profile { name, $($field: None),+ }
            }

            /// Takes a new value over.
            pub fn set(&mut self, change: &Field) {
                match change {
                    Field::Name(value) => self.name.clone_from(value),
                    $( Field::$variant(value) => self.$field.clone_from(value), )+
                }
            }

            /// Whether it already has this value.
            pub fn has(&self, change: &Field) -> bool {
                match change {
                    Field::Name(value) => self.name == *value,
                    $( Field::$variant(value) => self.$field == *value, )+
                }
            }
        }

        impl Field {
            /// The particular's name, the same as in [`Profile`] and in JSON.
            pub fn name(&self) -> &'static str {
                match self {
                    Field::Name(_) => "name",
                    $( Field::$variant(_) => stringify!($field), )+
                }
            }
        }
    };
}

particulars! {
    /// 曾用名.
    former_name / FormerName: Text,
    /// 性别.
    sex / Sex: Sex,
    /// 民族, such as `汉族`.
    ethnicity / Ethnicity: Text,
    /// 籍贯.
    native_place / NativePlace: Text,
    /// 公民身份号码.
    id_number / IdNumber: IdNumber,
    /// The birth date the organisation recognises; it may differ from the ID number's.
    born_on / BornOn: Date,
    /// The birthday the person celebrates.
    birthday / Birthday: Birthday,
    /// 原工作单位: the unit at retirement.
    work_unit / WorkUnit: Text,
    /// 原职务: the post at retirement.
    post / Post: Text,
    /// 职级.
    rank / Rank: Text,
    /// 参加工作时间.
    joined_work_on / JoinedWorkOn: Date,
    /// 离退休时间.
    retired_on / RetiredOn: Date,
    /// 所在党支部.
    branch / Branch: Text,
    /// 居住地址.
    residence / Residence: Text,
    /// 所在社区.
    community / Community: Text,
    /// 联系电话.
    phone / Phone: Text,
    /// 紧急联系人.
    emergency_contact / EmergencyContact: Text,
    /// 医保待遇.
    medical_insurance / MedicalInsurance: Text,
    /// 特殊情况.
    special_conditions / SpecialConditions: Text,
}

/// 性别.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

/// The birthday the person celebrates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "calendar", rename_all = "snake_case")]
pub enum Birthday {
    /// 公历.
    Solar {
        /// From 1 to 12.
        month: i8,
        /// From 1 to 31.
        day: i8,
    },
    /// 农历. A birth in a leap month is kept in the ordinary month.
    Lunar {
        /// From 1 to 12.
        month: i8,
        /// From 1 to 30.
        day: i8,
    },
}

/// 离休 and 退休 are different statuses with different benefits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Retirement {
    /// 离休: joined the revolution before the founding of the republic.
    Lixiu {
        /// 参加革命时间.
        joined_revolution_on: Date,
        /// Number and date of the approval. Missing only where a ledger says 离休 without them: the
        /// status then stands as the ledger has it, and no benefit can rest on it.
        approval: Option<Approval>,
    },
    /// 退休.
    Tuixiu,
}

/// The document by which something was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// 批准文号.
    pub number: Text,
    /// Its date.
    pub on: Date,
}

/// 居住情况.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Living {
    /// 独居.
    Alone,
    /// 空巢: children live elsewhere.
    EmptyNest,
    /// 与配偶同住.
    WithSpouse,
    /// 与子女同住.
    WithChildren,
    /// 与保姆同住.
    WithCarer,
    /// 养老机构.
    InCareHome,
    /// Anything else, in words.
    Other(Text),
}

/// 行动能力.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mobility {
    /// 自理.
    Independent,
    /// 半自理.
    NeedsHelp,
    /// 不能自理.
    UnableToCareForSelf,
}

/// 遗属.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survivor {
    /// 姓名.
    pub name: Text,
    /// 与逝者关系, such as `配偶`.
    pub relation: Text,
    /// 联系电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
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
    pub profile: Profile,
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
    /// The last day.
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
