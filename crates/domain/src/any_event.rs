use crate::{
    DecodeError, Event, cadre::CadreEvent, duty::DutyEvent, fund::FundEvent,
    hardship::HardshipEvent, health::HealthEvent, identity::IdentityEvent, medal::MedalEvent,
    payment_batch::PaymentBatchEvent, petition::PetitionEvent,
    petition_access::PetitionAccessEvent, plan::PlanEvent, round::RoundEvent, visit::VisitEvent,
};

/// An event of any aggregate, for those who read the whole log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnyEvent {
    /// Of a person.
    Cadre(CadreEvent),
    /// Of a visit.
    Visit(VisitEvent),
    /// Of a hardship case.
    Hardship(HardshipEvent),
    /// Of a fund.
    Fund(FundEvent),
    /// Of a list of recipients.
    PaymentBatch(PaymentBatchEvent),
    /// Of a person's medal.
    Medal(MedalEvent),
    /// Of a petition.
    Petition(PetitionEvent),
    /// Of attempts on a sealed petition.
    PetitionAccess(PetitionAccessEvent),
    /// Of the plans for a person.
    Plan(PlanEvent),
    /// Of a round of visits.
    Round(RoundEvent),
    /// Of a person's health.
    Health(HealthEvent),
    /// Of a duty.
    Duty(DutyEvent),
    /// Of an ID number.
    Identity(IdentityEvent),
}

impl AnyEvent {
    /// Reads a stored event by its name. The part before the dot is the stream's category.
    ///
    /// # Errors
    /// [`DecodeError`] if no event has that name, or its data cannot be read.
    pub fn decode(name: &str, version: u32, data: &[u8]) -> Result<Self, DecodeError> {
        fn of<E: Event>(
            (name, version, data): (&str, u32, &[u8]),
            wrap: fn(E) -> AnyEvent,
        ) -> Result<Option<AnyEvent>, DecodeError> {
            Ok(E::decode(name, version, data)?.map(wrap))
        }
        let stored = (name, version, data);
        let decoded = match name.split_once('.').map_or("", |(category, _)| category) {
            "cadre" => of(stored, AnyEvent::Cadre),
            "visit" => of(stored, AnyEvent::Visit),
            "hardship" => of(stored, AnyEvent::Hardship),
            "fund" => of(stored, AnyEvent::Fund),
            "payment_batch" => of(stored, AnyEvent::PaymentBatch),
            "medal" => of(stored, AnyEvent::Medal),
            "petition" => of(stored, AnyEvent::Petition),
            "petition_access" => of(stored, AnyEvent::PetitionAccess),
            "plan" => of(stored, AnyEvent::Plan),
            "round" => of(stored, AnyEvent::Round),
            "health" => of(stored, AnyEvent::Health),
            "duty" => of(stored, AnyEvent::Duty),
            "identity" => of(stored, AnyEvent::Identity),
            _ => Ok(None),
        }?;
        decoded.ok_or_else(|| DecodeError::Unknown {
            name: name.to_owned(),
        })
    }
}
