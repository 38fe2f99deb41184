use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use hashbrown::{HashMap, HashSet};

use crate::{
    Actor, LogError, Metadata, Recorded, StoredActor, StoredEvent, StreamName,
    stored::StoredMetadata,
};

/// How much is taken at a time for the bytes of a long page.
const BLOCK: usize = 64 * 1024;

/// What an event takes, but for rare ones.
const USUAL_BYTES: usize = 1024;

/// What many events have in common, held once: who acted, under which rules, what the events are
/// called, and the memory in which their bytes stand. One for each page that is read keeps it small.
#[derive(Default)]
pub struct Shared {
    texts: HashSet<Arc<str>>,
    // By account.
    actors: HashMap<String, Arc<Actor>>,
    block: BytesMut,
}

impl Shared {
    /// For a page of up to so many events. Their bytes stand together, in a few blocks: to take memory for
    /// each on one thread and give it back on another costs a tenth of reading. Whoever keeps an event
    /// keeps its block.
    pub fn of(events: usize) -> Self {
        Shared {
            block: BytesMut::with_capacity(events.saturating_mul(USUAL_BYTES).min(BLOCK)),
            ..Shared::default()
        }
    }

    /// A copy of metadata and data as they are stored.
    pub fn bytes(&mut self, metadata: &[u8], data: &[u8]) -> (Bytes, Bytes) {
        self.block.reserve(metadata.len() + data.len());
        self.block.extend_from_slice(metadata);
        self.block.extend_from_slice(data);
        let mut first = self.block.split().freeze();
        let second = first.split_off(metadata.len());
        (first, second)
    }

    /// A text, held once.
    pub fn text(&mut self, text: &str) -> Arc<str> {
        match self.texts.get(text) {
            Some(held) => Arc::clone(held),
            None => {
                let new: Arc<str> = text.into();
                self.texts.insert(Arc::clone(&new));
                new
            }
        }
    }

    /// Reads an event, whose metadata and data are these bytes.
    ///
    /// # Errors
    /// [`LogError::Corrupt`], which names the place and never says what the event holds.
    pub fn recorded(
        &mut self,
        event: StoredEvent<'_>,
        metadata_json: Bytes,
        data: Bytes,
    ) -> Result<Recorded, LogError> {
        let stream = StreamName::parse(event.stream.to_owned());
        let metadata = self.metadata(&metadata_json);
        Ok(Recorded {
            position: event.position,
            stream: stream.map_err(|_| event.damaged("the stream"))?,
            revision: event.revision,
            id: event.id,
            name: self.text(event.name),
            metadata: metadata.map_err(|_| event.damaged("the metadata"))?,
            metadata_json,
            data,
        })
    }

    /// Reads metadata as a log stores them: what [`Metadata::to_json`] wrote.
    ///
    /// # Errors
    /// [`LogError::Corrupt`], which never says what they hold.
    pub fn metadata(&mut self, json: &[u8]) -> Result<Metadata, LogError> {
        let stored = StoredMetadata::read(json)?;
        Ok(Metadata {
            version: stored.version,
            occurred: stored.occurred,
            recorded: stored.recorded,
            actor: self.actor(stored.actor),
            on_behalf_of: stored.on_behalf_of,
            rules: self.text(&stored.rules),
            source: stored.source,
            subjects: stored.subjects,
            request: stored.request,
            correlation: stored.correlation,
            causation: stored.causation,
            trace: stored.trace,
        })
    }

    fn actor(&mut self, stored: StoredActor<'_>) -> Arc<Actor> {
        let StoredActor {
            id,
            name,
            role,
            unit,
        } = stored;
        if let Some(held) = self.actors.get(id.as_ref())
            && (held.name == name && held.role == role && held.unit == unit)
        {
            return Arc::clone(held);
        }
        let new = Arc::new(Actor {
            id: id.into_owned(),
            name: name.into_owned(),
            role: role.into_owned(),
            unit: unit.into_owned(),
        });
        self.actors.insert(new.id.clone(), Arc::clone(&new));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract;

    #[test]
    fn what_is_the_same_is_held_once_and_what_differs_is_not() {
        let first = contract::metadata(1);
        let mut promoted = first.clone();
        Arc::make_mut(&mut promoted.actor).role = "head".to_owned();
        let mut shared = Shared::default();
        let mut read = |metadata: &Metadata| shared.metadata(&metadata.to_json().unwrap()).unwrap();
        let (one, two, three) = (read(&first), read(&first), read(&promoted));
        assert_eq!((&one, &two, &three), (&first, &first, &promoted));
        assert!(Arc::ptr_eq(&one.actor, &two.actor));
        assert!(Arc::ptr_eq(&one.rules, &three.rules));
    }
}
