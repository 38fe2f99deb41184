use calendar::{Timestamp, When};
use domain::{
    AnyEvent, StaffId, Text, fund::FundEvent, hardship::HardshipEvent, medal::MedalEvent,
    payment_batch::PaymentBatchEvent, petition::PetitionEvent,
};
use event_log::{Actor, EventId, Recorded, Revision, Source};
use serde::Serialize;
use serde_json::Value;
use views::{ViewsError, history};

/// An event as the origin of what a document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Its id.
    pub id: EventId,
    /// Its stream.
    pub stream: String,
    /// Its place in the stream.
    pub revision: Revision,
    /// The stable name of the event, such as `visit.recorded`.
    pub event: String,
    /// What happened, in a Chinese sentence.
    pub what: String,
    /// When it happened or took effect.
    pub occurred: When,
    /// When we recorded it.
    pub recorded: Timestamp,
    /// Who did it, with the role and unit they had then.
    pub actor: Actor,
    /// On whose behalf, where that is someone else.
    pub on_behalf_of: Option<String>,
    /// Who approved it, where the event says so.
    pub approver: Option<StaffId>,
    /// The document or voucher that the event itself names.
    pub document: Option<Text>,
    /// The document, sheet and row it was copied from.
    pub source: Option<Source>,
}

/// A field of a document, and the event that last set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldOrigin {
    /// Which (a JSON pointer).
    pub path: String,
    /// Its value.
    pub value: Value,
    /// Whence it is.
    pub origin: Origin,
}

impl Origin {
    /// What there is to know of this event.
    ///
    /// # Errors
    /// [`ViewsError::Decode`].
    pub fn of(recorded: &Recorded) -> Result<Self, ViewsError> {
        let metadata = &recorded.metadata;
        let position = recorded.position;
        let event = AnyEvent::decode(&recorded.name, metadata.version, &recorded.data)
            .map_err(|error| ViewsError::Decode { position, error })?;
        Ok(Origin {
            id: recorded.id,
            stream: recorded.stream.to_string(),
            revision: recorded.revision,
            event: recorded.name.to_string(),
            what: history::describe(&event),
            occurred: metadata.occurred,
            recorded: metadata.recorded,
            actor: Actor::clone(&metadata.actor),
            on_behalf_of: metadata.on_behalf_of.clone(),
            approver: approver(&event).cloned(),
            document: history::document(&event).cloned(),
            source: metadata.source.clone(),
        })
    }
}

/// Who approved what the event tells, where someone had to.
fn approver(event: &AnyEvent) -> Option<&StaffId> {
    match event {
        AnyEvent::Hardship(HardshipEvent::Approved(e)) => Some(&e.approver),
        AnyEvent::Hardship(HardshipEvent::Declined(e)) => Some(&e.approver),
        AnyEvent::Fund(FundEvent::Reserved(e)) => Some(&e.approver),
        AnyEvent::PaymentBatch(PaymentBatchEvent::Approved(e)) => Some(&e.approver),
        AnyEvent::Medal(MedalEvent::Approved(e)) => Some(&e.approver),
        AnyEvent::Petition(PetitionEvent::Extended(e)) => Some(&e.extension.approver),
        _ => None,
    }
}
