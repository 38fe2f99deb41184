use std::collections::BTreeMap;

use calendar::Date;

use super::{
    Person, Standing,
    event::{
        CadreEvent, CadreRegistered, ContactAssigned, ContactHandedOver, DeathRecorded,
        DisputeReported, DuplicateDecision, LivingRecorded, PartyStandingRecorded, RecordVerified,
        RetirementRecorded, TransferAccepted, TransferRejected, TransferRequested,
        TreatmentGranted,
    },
    profile::{Profile, Retirement, Survivor},
};
use crate::{CadreId, StaffId, Text, Unit};

/// What a person's history has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// As first entered, by which the same registration again is known.
    pub(super) registered: CadreRegistered,
    pub(super) unit: Unit,
    pub(super) profile: Box<Profile>,
    pub(super) retirement: Option<RetirementRecorded>,
    pub(super) party: Option<PartyStandingRecorded>,
    /// Each with the last day it has by now.
    pub(super) treatments: Vec<TreatmentGranted>,
    pub(super) living: Option<LivingRecorded>,
    pub(super) transfer: Transfer,
    pub(super) contact: Option<Contact>,
    pub(super) life: Life,
    /// The latest dispute.
    pub(super) dispute: Option<DisputeReported>,
    pub(super) verified: Option<RecordVerified>,
    pub(super) survivors: Vec<Survivor>,
    /// The latest decision on each other record.
    pub(super) duplicates: BTreeMap<CadreId, DuplicateDecision>,
}

/// Whether the person lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Life {
    Living,
    Died(DeathRecorded),
}

/// The latest transfer to another unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Transfer {
    Never,
    Requested(TransferRequested),
    Accepted(TransferAccepted),
    Rejected(TransferRejected),
}

/// The primary contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contact {
    pub(super) staff: StaffId,
    pub(super) name: Text,
    pub(super) from: Date,
}

impl Record {
    pub(super) fn new(registered: CadreRegistered) -> Self {
        Record {
            unit: registered.unit.clone(),
            profile: registered.profile.clone(),
            retirement: registered
                .retirement
                .clone()
                .map(|retirement| RetirementRecorded {
                    retirement,
                    document: None,
                }),
            registered,
            party: None,
            treatments: vec![],
            living: None,
            transfer: Transfer::Never,
            contact: None,
            life: Life::Living,
            dispute: None,
            verified: None,
            survivors: vec![],
            duplicates: BTreeMap::new(),
        }
    }

    /// The record as it will be after this.
    pub(super) fn after(&self, event: &CadreEvent) -> Record {
        let mut after = self.clone();
        after.evolve(event);
        after
    }

    pub(super) fn id(&self) -> CadreId {
        self.registered.id
    }

    pub(super) fn retirement(&self) -> Option<&Retirement> {
        self.retirement.as_ref().map(|r| &r.retirement)
    }

    pub(super) fn died_on(&self) -> Option<Date> {
        match &self.life {
            Life::Living => None,
            Life::Died(death) => Some(death.died_on),
        }
    }

    /// The record that is kept instead of this one.
    pub(super) fn kept_as(&self) -> Option<CadreId> {
        self.duplicates
            .iter()
            .find(|(_, decision)| **decision == DuplicateDecision::SamePerson)
            .map(|(other, _)| *other)
    }

    pub(super) fn person(&self) -> Person {
        Person {
            id: self.id(),
            unit: self.unit.clone(),
            born_on: self.profile.birth_date(),
            contact: self.contact.as_ref().map(|contact| contact.staff.clone()),
            died_on: self.died_on(),
            survivors: self.survivors.clone(),
            standing: self.party.as_ref().map(|party| Standing {
                joined_on: party.joined_on,
                starts_on: party.standing_starts_on,
                basis: party.basis,
            }),
            kept_as: self.kept_as(),
        }
    }

    pub(super) fn evolve(&mut self, event: &CadreEvent) {
        match event {
            CadreEvent::Registered(e) => *self = Record::new(e.clone()),
            CadreEvent::Amended(e) => e.changes.iter().for_each(|c| self.profile.set(c)),
            CadreEvent::RetirementRecorded(e) => self.retirement = Some(e.clone()),
            CadreEvent::PartyStandingRecorded(e) => self.party = Some(e.clone()),
            CadreEvent::TreatmentGranted(e) => self.treatments.push(e.clone()),
            CadreEvent::TreatmentEnded(e) => self
                .treatments
                .iter_mut()
                .filter(|grant| grant.treatment == e.treatment && grant.from == e.from)
                .for_each(|grant| grant.until = Some(e.until)),
            CadreEvent::LivingRecorded(e) => self.living = Some(e.clone()),
            CadreEvent::TransferRequested(e) => self.transfer = Transfer::Requested(e.clone()),
            CadreEvent::TransferAccepted(e) => {
                self.unit = e.to.clone();
                self.transfer = Transfer::Accepted(e.clone());
            }
            CadreEvent::TransferRejected(e) => self.transfer = Transfer::Rejected(e.clone()),
            CadreEvent::ContactAssigned(e) => self.contact = Some(e.into()),
            CadreEvent::ContactHandedOver(e) => self.contact = Some(e.into()),
            CadreEvent::DeathRecorded(e) => self.life = Life::Died(e.clone()),
            CadreEvent::DeathWithdrawn(_) => self.life = Life::Living,
            CadreEvent::SurvivorRecorded(e) => {
                self.survivors.retain(|s| !s.is_same_as(&e.survivor));
                self.survivors.push(e.survivor.clone());
            }
            CadreEvent::DisputeReported(e) => self.dispute = Some(e.clone()),
            CadreEvent::RecordVerified(e) => self.verified = Some(e.clone()),
            CadreEvent::DuplicateDecided(e) => {
                self.duplicates.insert(e.other, e.decision);
            }
        }
    }
}

impl Survivor {
    /// Whether both are the same person, perhaps with another telephone.
    fn is_same_as(&self, other: &Survivor) -> bool {
        self.name == other.name && self.relation == other.relation
    }
}

impl From<&ContactAssigned> for Contact {
    fn from(e: &ContactAssigned) -> Self {
        Contact {
            staff: e.staff.clone(),
            name: e.name.clone(),
            from: e.from,
        }
    }
}

impl From<&ContactHandedOver> for Contact {
    fn from(e: &ContactHandedOver) -> Self {
        Contact {
            staff: e.to.clone(),
            name: e.name.clone(),
            from: e.from,
        }
    }
}
