use calendar::{Date, IdNumber};
use domain::{
    CadreId, StaffId, Text, Unit,
    cadre::{
        Approval, CadreEvent, CadreRegistered, DuplicateDecision, Living, LivingRecorded, Mobility,
        PartyStandingRecorded, Person, Profile, Retirement, Sex, Standing, StandingBasis, Survivor,
        TreatmentGranted,
    },
};
use serde::{Deserialize, Serialize};

use crate::ViewsError;

/// All that is known about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCard {
    /// Who.
    pub person: CadreId,
    /// The unit that looks after them.
    pub unit: Unit,
    /// The unit that was asked to take over and has not answered.
    pub transfer_to: Option<Unit>,
    /// Their particulars.
    pub profile: Profile,
    /// 离休 or 退休.
    pub retirement: Option<Retirement>,
    /// Party dates; nothing if they are no member.
    pub party: Option<PartyStandingRecorded>,
    /// How they live.
    pub living: Option<LivingRecorded>,
    /// The primary contact.
    pub contact: Option<Contact>,
    /// Treatments, in the order in which they were granted.
    pub treatments: Vec<Treatment>,
    /// The day of death.
    pub died_on: Option<Date>,
    /// Survivors, in the order in which they were recorded.
    pub survivors: Vec<Survivor>,
    /// The record that is kept instead of this one, which was a duplicate.
    pub kept_as: Option<CadreId>,
}

/// The primary contact (联系人).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The staff member.
    pub staff: StaffId,
    /// Their name when they took over.
    pub name: Text,
    /// Their first day.
    pub from: Date,
}

/// A treatment (待遇) and the days it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Treatment {
    /// Which.
    pub treatment: Text,
    /// The first day.
    pub from: Date,
    /// The last day, if known.
    pub until: Option<Date>,
    /// By whom it was approved.
    pub approval: Approval,
}

/// 离休, 退休 or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 离休.
    Lixiu,
    /// 退休.
    Tuixiu,
    /// A Party member or someone in hardship who is no retired cadre.
    None,
}

impl Status {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Lixiu => "lixiu",
            Status::Tuixiu => "tuixiu",
            Status::None => "none",
        }
    }
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Who.
    pub person: CadreId,
    /// 姓名.
    pub name: Text,
    /// 性别.
    pub sex: Option<Sex>,
    /// 公民身份号码: in full, or masked where [`PersonRow::masked`] was called.
    pub id_number: Option<Text>,
    /// The birth date the organisation recognises.
    pub born_on: Option<Date>,
    /// The unit that looks after them.
    pub unit: Unit,
    /// 原工作单位.
    pub work_unit: Option<Text>,
    /// 原职务.
    pub post: Option<Text>,
    /// 所在党支部.
    pub branch: Option<Text>,
    /// 离休, 退休 or neither.
    pub status: Status,
    /// 离休 without number and date of the approval: no benefit can rest on it.
    pub lixiu_approval_missing: bool,
    /// 入党时间; nothing if they are no member.
    pub joined_on: Option<Date>,
    /// 转正时间.
    pub full_member_on: Option<Date>,
    /// The first day of Party standing, where it is settled.
    pub standing_starts_on: Option<Date>,
    /// What settles it, or why it is open.
    pub standing_basis: Option<StandingBasis>,
    /// 联系电话.
    pub phone: Option<Text>,
    /// 居住情况.
    pub living: Option<Living>,
    /// 行动能力.
    pub mobility: Option<Mobility>,
    /// The primary contact.
    pub contact: Option<StaffId>,
    /// The primary contact's name.
    pub contact_name: Option<Text>,
    /// The day of death.
    pub died_on: Option<Date>,
    /// The record that is kept instead of this one.
    pub kept_as: Option<CadreId>,
    /// Whether a hardship case is open.
    pub hardship: bool,
}

impl PersonCard {
    pub(super) fn registered(event: &CadreRegistered) -> Self {
        PersonCard {
            person: event.id,
            unit: event.unit.clone(),
            transfer_to: None,
            profile: event.profile.as_ref().clone(),
            retirement: event.retirement.clone(),
            party: None,
            living: None,
            contact: None,
            treatments: vec![],
            died_on: None,
            survivors: vec![],
            kept_as: None,
        }
    }

    /// Copies what happened.
    pub(super) fn evolve(&mut self, event: &CadreEvent) {
        match event {
            CadreEvent::Registered(e) => *self = PersonCard::registered(e),
            CadreEvent::Amended(e) => e.changes.iter().for_each(|c| self.profile.set(c)),
            CadreEvent::RetirementRecorded(e) => self.retirement = Some(e.retirement.clone()),
            CadreEvent::PartyStandingRecorded(e) => self.party = Some(e.clone()),
            CadreEvent::TreatmentGranted(e) => self.treatments.push(granted(e)),
            CadreEvent::TreatmentEnded(e) => self
                .treatments
                .iter_mut()
                .filter(|t| t.treatment == e.treatment && t.from == e.from)
                .for_each(|t| t.until = Some(e.until)),
            CadreEvent::LivingRecorded(e) => self.living = Some(e.clone()),
            CadreEvent::TransferRequested(e) => self.transfer_to = Some(e.to.clone()),
            CadreEvent::TransferAccepted(e) => {
                self.unit = e.to.clone();
                self.transfer_to = None;
            }
            CadreEvent::TransferRejected(_) => self.transfer_to = None,
            CadreEvent::ContactAssigned(e) => {
                self.contact = Some(Contact {
                    staff: e.staff.clone(),
                    name: e.name.clone(),
                    from: e.from,
                });
            }
            CadreEvent::ContactHandedOver(e) => {
                self.contact = Some(Contact {
                    staff: e.to.clone(),
                    name: e.name.clone(),
                    from: e.from,
                });
            }
            CadreEvent::DeathRecorded(e) => self.died_on = Some(e.died_on),
            CadreEvent::DeathWithdrawn(_) => self.died_on = None,
            CadreEvent::SurvivorRecorded(e) => {
                let survivor = &e.survivor;
                self.survivors
                    .retain(|s| s.name != survivor.name || s.relation != survivor.relation);
                self.survivors.push(survivor.clone());
            }
            // The card is not about what was told or checked.
            CadreEvent::DisputeReported(_) | CadreEvent::RecordVerified(_) => {}
            CadreEvent::DuplicateDecided(e) => match e.decision {
                DuplicateDecision::SamePerson => self.kept_as = Some(e.other),
                DuplicateDecision::DifferentPeople => {
                    self.kept_as = self.kept_as.filter(|kept| *kept != e.other);
                }
            },
        }
    }

    /// What the rules of other aggregates may know about the person.
    pub fn known(&self) -> Person {
        Person {
            id: self.person,
            unit: self.unit.clone(),
            born_on: self.profile.birth_date(),
            contact: self.contact.as_ref().map(|contact| contact.staff.clone()),
            died_on: self.died_on,
            survivors: self.survivors.clone(),
            standing: self.party.as_ref().map(|party| Standing {
                joined_on: party.joined_on,
                starts_on: party.standing_starts_on,
                basis: party.basis,
            }),
            kept_as: self.kept_as,
        }
    }

    /// 离休, 退休 or neither.
    pub fn status(&self) -> Status {
        match self.retirement {
            Some(Retirement::Lixiu { .. }) => Status::Lixiu,
            Some(Retirement::Tuixiu) => Status::Tuixiu,
            None => Status::None,
        }
    }

    pub(crate) fn read(json: &str) -> Result<Self, ViewsError> {
        serde_json::from_str(json).map_err(|_| DAMAGED)
    }

    pub(super) fn write(&self) -> Result<String, ViewsError> {
        serde_json::to_string(self).map_err(|_| DAMAGED)
    }

    /// The line of a list.
    pub(super) fn into_row(self, hardship: bool) -> PersonRow {
        let status = self.status();
        let profile = self.profile;
        let lixiu_approval_missing = matches!(
            self.retirement,
            Some(Retirement::Lixiu { approval: None, .. })
        );
        let (contact, contact_name) = self.contact.map(|c| (c.staff, c.name)).unzip();
        let (living, mobility) = self.living.map(|l| (l.living, l.mobility)).unzip();
        PersonRow {
            person: self.person,
            name: profile.name,
            sex: profile.sex,
            id_number: profile.id_number.and_then(|n| Text::parse(n.as_str()).ok()),
            born_on: profile.born_on,
            unit: self.unit,
            work_unit: profile.work_unit,
            post: profile.post,
            branch: profile.branch,
            status,
            lixiu_approval_missing,
            joined_on: self.party.as_ref().map(|p| p.joined_on),
            full_member_on: self.party.as_ref().and_then(|p| p.full_member_on),
            standing_starts_on: self.party.as_ref().and_then(|p| p.standing_starts_on),
            standing_basis: self.party.as_ref().map(|p| p.basis),
            phone: profile.phone,
            living,
            mobility: mobility.flatten(),
            contact,
            contact_name,
            died_on: self.died_on,
            kept_as: self.kept_as,
            hardship,
        }
    }
}

const DAMAGED: ViewsError = ViewsError::Damaged { column: "card" };

fn granted(event: &TreatmentGranted) -> Treatment {
    Treatment {
        treatment: event.treatment.clone(),
        from: event.from,
        until: event.until,
        approval: event.approval.clone(),
    }
}

impl PersonRow {
    /// The same line for those who need not see the whole ID number.
    #[must_use]
    pub fn masked(mut self) -> Self {
        let number = self.id_number.as_deref().map(IdNumber::parse);
        self.id_number = number
            .and_then(Result::ok)
            .and_then(|n| Text::parse(&n.masked()).ok());
        self
    }
}
