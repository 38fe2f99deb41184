//! The one place where domain events become stored ones and stored ones domain events. What will
//! seal personal data in the log belongs here.

use std::sync::Arc;

use calendar::{Timestamp, When};
use domain::{Actor, Aggregate, CadreId, Event, Rules};
use event_log::{EventId, Metadata, NewEvent, Recorded};

use crate::{Error, Request};

/// What all events of one request have in common.
pub(crate) struct Stamp<'a> {
    pub(crate) request: &'a Request,
    pub(crate) recorded: Timestamp,
    pub(crate) subjects: Vec<CadreId>,
}

impl Stamp<'_> {
    pub(crate) fn encode<E: Event>(
        &self,
        id: EventId,
        event: &E,
        rules: &Rules,
    ) -> Result<NewEvent, Error> {
        let request = self.request;
        Ok(NewEvent {
            id,
            name: event.name().into(),
            metadata: Metadata {
                version: event.version(),
                occurred: event.occurred().unwrap_or(When::At(self.recorded)),
                recorded: self.recorded,
                actor: Arc::new(stored_actor(&request.actor)),
                on_behalf_of: request.on_behalf_of.as_ref().map(ToString::to_string),
                rules: rules.id.as_str().into(),
                source: request.source.clone(),
                subjects: self.subjects.iter().map(|person| person.0).collect(),
                request: request.id,
                correlation: request.correlation.unwrap_or(request.id.0),
                causation: request.causation.unwrap_or(request.id.0),
                trace: request.trace.clone(),
            },
            data: event.encode()?,
        })
    }
}

fn stored_actor(actor: &Actor) -> event_log::Actor {
    event_log::Actor {
        id: actor.id.0.to_string(),
        name: actor.name.to_string(),
        role: actor.role.to_string(),
        unit: actor.unit.to_string(),
    }
}

/// Reads an event out of a stream of `A`.
pub(crate) fn decode<A: Aggregate>(stored: &Recorded) -> Result<A::Event, Error> {
    A::Event::decode(&stored.name, stored.metadata.version, &stored.data)?.ok_or_else(|| {
        domain::DecodeError::Unknown {
            name: stored.name.to_string(),
        }
        .into()
    })
}
