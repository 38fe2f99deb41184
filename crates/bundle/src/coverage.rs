use std::collections::BTreeMap;

use calendar::{Timestamp, When};
use event_log::{EventId, Recorded, StreamName};
use ledger::Hash;
use serde::Serialize;

/// What a bundle covers of its ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// How many events it holds.
    pub events: u64,
    /// How many streams they are of.
    pub streams: u64,
    /// Whether it holds every event that the checkpoint covers.
    pub whole: bool,
    /// When the first of them was recorded.
    pub first: Option<Timestamp>,
    /// When the last of them was recorded.
    pub last: Option<Timestamp>,
    /// What is left out in the middle of its streams: it did not count at the moment.
    pub gaps: Vec<StreamGap>,
}

/// Events that a bundle leaves out, between others of their stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StreamGap {
    /// Of which stream.
    pub stream: String,
    /// The first that is left out.
    pub from: u64,
    /// The last one.
    pub until: u64,
}

/// An event as the report lists it.
pub(crate) struct Listed {
    pub(crate) index: u64,
    pub(crate) id: EventId,
    pub(crate) name: String,
    pub(crate) stream: StreamName,
    pub(crate) revision: u64,
    pub(crate) occurred: When,
    pub(crate) recorded: Timestamp,
    pub(crate) actor: String,
    pub(crate) leaf: Hash,
}

/// Counts the events as they come.
pub(crate) struct Tally {
    /// Whether each is kept for the list.
    lists: bool,
    events: u64,
    last_index: Option<u64>,
    /// The revision that each stream should go on with.
    next: BTreeMap<StreamName, u64>,
    gaps: Vec<StreamGap>,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    pub(crate) listed: Vec<Listed>,
}

impl Tally {
    pub(crate) fn new(lists: bool) -> Self {
        Tally {
            lists,
            events: 0,
            last_index: None,
            next: BTreeMap::new(),
            gaps: Vec::new(),
            first: None,
            last: None,
            listed: Vec::new(),
        }
    }

    /// Takes the next event; says whether it stands in its order, in the ledger and in its stream.
    #[must_use]
    pub(crate) fn take(&mut self, index: u64, event: &Recorded, leaf: Hash) -> bool {
        let (stream, revision) = (&event.stream, event.revision.0);
        let expected = self.next.get(stream).copied().unwrap_or_default();
        if self.last_index.is_some_and(|last| index <= last) || revision < expected {
            return false;
        }
        if revision > expected {
            self.gaps.push(StreamGap {
                stream: stream.to_string(),
                from: expected,
                until: revision - 1,
            });
        }
        self.next.insert(stream.clone(), revision + 1);
        self.last_index = Some(index);
        self.events += 1;
        let recorded = event.metadata.recorded;
        self.first.get_or_insert(recorded);
        self.last = Some(recorded);
        if self.lists {
            let actor = &event.metadata.actor;
            self.listed.push(Listed {
                index,
                id: event.id,
                name: event.name.to_string(),
                stream: stream.clone(),
                revision,
                occurred: event.metadata.occurred,
                recorded,
                actor: format!("{}（{}）", actor.name, actor.unit),
                leaf,
            });
        }
        true
    }

    /// What is covered of a ledger of `size` events.
    pub(crate) fn coverage(&self, size: u64) -> Coverage {
        Coverage {
            events: self.events,
            streams: self.next.len() as u64,
            whole: self.events == size,
            first: self.first,
            last: self.last,
            gaps: self.gaps.clone(),
        }
    }
}
