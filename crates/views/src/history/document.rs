//! The document each event names.

use domain::{
    AnyEvent, Text,
    cadre::{CadreEvent, Retirement},
    fund::FundEvent,
    hardship::HardshipEvent,
    identity::IdentityEvent,
    medal::MedalEvent,
    payment_batch::PaymentBatchEvent,
    petition::PetitionEvent,
    petition_access::PetitionAccessEvent,
    visit::VisitEvent,
};

/// The document or voucher that the event itself names.
pub fn document(event: &AnyEvent) -> Option<&Text> {
    match event {
        AnyEvent::Cadre(event) => of_cadre(event),
        AnyEvent::Fund(event) => of_fund(event),
        AnyEvent::Hardship(event) => of_hardship(event),
        AnyEvent::Medal(event) => of_medal(event),
        AnyEvent::PaymentBatch(PaymentBatchEvent::Approved(e)) => Some(&e.document),
        AnyEvent::PaymentBatch(
            PaymentBatchEvent::Drafted(_)
            | PaymentBatchEvent::Revised(_)
            | PaymentBatchEvent::Discarded(_),
        ) => None,
        AnyEvent::Petition(event) => of_petition(event),
        // A plan names no document; what was done is told by the visits.
        AnyEvent::Round(_) => None,
        // They rest on what was seen and reckoned here.
        AnyEvent::Health(_) | AnyEvent::Duty(_) | AnyEvent::Plan(_) => None,
        AnyEvent::Visit(
            VisitEvent::Recorded(_) | VisitEvent::Corrected(_) | VisitEvent::Withdrawn(_),
        )
        | AnyEvent::Identity(IdentityEvent::Claimed(_) | IdentityEvent::Released(_))
        | AnyEvent::PetitionAccess(PetitionAccessEvent::Attempted(_)) => None,
    }
}

fn of_petition(event: &PetitionEvent) -> Option<&Text> {
    match event {
        PetitionEvent::Registered(e) => e.petition.number.as_ref(),
        PetitionEvent::RoutedOnward(e) => e.document.as_ref(),
        PetitionEvent::DocumentAttached(e) => e.document.title.as_ref(),
        PetitionEvent::Classified(_)
        | PetitionEvent::AccusedNamed(_)
        | PetitionEvent::DuplicateLinked(_)
        | PetitionEvent::RefusedAsFinal(_)
        | PetitionEvent::PetitionerTold(_)
        | PetitionEvent::ObjectionRaised(_)
        | PetitionEvent::ReturnAgreed(_)
        | PetitionEvent::ReturnDeclined(_)
        | PetitionEvent::Returned(_)
        | PetitionEvent::Accepted(_)
        | PetitionEvent::Assigned(_)
        | PetitionEvent::Recused(_)
        | PetitionEvent::Noted(_)
        | PetitionEvent::HearingOpened(_)
        | PetitionEvent::HearingHeld(_)
        | PetitionEvent::Mediated(_)
        | PetitionEvent::Extended(_)
        | PetitionEvent::OpinionIssued(_)
        | PetitionEvent::Replied(_)
        | PetitionEvent::Delivered(_)
        | PetitionEvent::Rated(_)
        | PetitionEvent::ExecutionFollowedUp(_)
        | PetitionEvent::ExecutionDone(_)
        | PetitionEvent::ReviewRequested(_)
        | PetitionEvent::ReviewDecided(_)
        | PetitionEvent::Supervised(_)
        | PetitionEvent::FeedbackGiven(_)
        | PetitionEvent::UrgentlyReported(_)
        | PetitionEvent::AidOffered(_)
        | PetitionEvent::DocumentWithdrawn(_)
        | PetitionEvent::Withdrawn(_)
        | PetitionEvent::Closed(_)
        | PetitionEvent::Reopened(_)
        | PetitionEvent::DeadlineRecomputed(_)
        | PetitionEvent::DeadlineWarned(_)
        | PetitionEvent::DeadlineMissed(_)
        | PetitionEvent::Escalated(_) => None,
    }
}

fn of_cadre(event: &CadreEvent) -> Option<&Text> {
    match event {
        CadreEvent::Registered(e) => e.retirement.as_ref().and_then(approval),
        CadreEvent::Amended(e) => e.document.as_ref(),
        CadreEvent::RetirementRecorded(e) => {
            e.document.as_ref().or_else(|| approval(&e.retirement))
        }
        CadreEvent::PartyStandingRecorded(e) => Some(&e.evidence),
        CadreEvent::RecordVerified(e) => Some(&e.evidence),
        CadreEvent::TreatmentGranted(e) => Some(&e.approval.number),
        CadreEvent::DeathRecorded(e) => e.document.as_ref(),
        CadreEvent::DeathWithdrawn(e) => e.document.as_ref(),
        CadreEvent::TreatmentEnded(_)
        | CadreEvent::LivingRecorded(_)
        | CadreEvent::TransferRequested(_)
        | CadreEvent::TransferAccepted(_)
        | CadreEvent::TransferRejected(_)
        | CadreEvent::ContactAssigned(_)
        | CadreEvent::ContactHandedOver(_)
        | CadreEvent::SurvivorRecorded(_)
        | CadreEvent::DisputeReported(_)
        | CadreEvent::DuplicateDecided(_) => None,
    }
}

fn approval(retirement: &Retirement) -> Option<&Text> {
    match retirement {
        Retirement::Lixiu { approval, .. } => approval.as_ref().map(|a| &a.number),
        Retirement::Tuixiu => None,
    }
}

fn of_hardship(event: &HardshipEvent) -> Option<&Text> {
    match event {
        HardshipEvent::Approved(e) => Some(&e.document),
        HardshipEvent::Disbursed(e) => Some(&e.voucher),
        HardshipEvent::Reversed(e) => Some(&e.voucher),
        HardshipEvent::PaymentTakenOver(e) => Some(&e.voucher),
        HardshipEvent::Opened(_)
        | HardshipEvent::Assessed(_)
        | HardshipEvent::Declined(_)
        | HardshipEvent::FollowedUp(_)
        | HardshipEvent::ApprovalLapsed(_)
        | HardshipEvent::LineStruck(_)
        | HardshipEvent::RestReleased(_)
        | HardshipEvent::Closed(_)
        | HardshipEvent::Reopened(_) => None,
    }
}

fn of_fund(event: &FundEvent) -> Option<&Text> {
    match event {
        FundEvent::BudgetSet(e) => Some(&e.document),
        FundEvent::Reserved(e) => Some(&e.document),
        FundEvent::CarriedOut(e) => Some(&e.document),
        FundEvent::Spent(e) => Some(&e.voucher),
        FundEvent::SpendingReversed(e) => Some(&e.voucher),
        FundEvent::Released(_) | FundEvent::CarriedIn(_) | FundEvent::Closed(_) => None,
    }
}

fn of_medal(event: &MedalEvent) -> Option<&Text> {
    match event {
        MedalEvent::Approved(e) => Some(&e.document),
        MedalEvent::DecidedAfterDeath(e) => Some(&e.approval.document),
        MedalEvent::Replaced(e) => Some(&e.approval.document),
        MedalEvent::Revoked(e) => Some(&e.approval.document),
        MedalEvent::Awarded(e) => e.number.as_ref(),
        MedalEvent::Nominated(_)
        | MedalEvent::Attested(_)
        | MedalEvent::Declined(_)
        | MedalEvent::Presented(_) => None,
    }
}
