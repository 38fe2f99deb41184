//! Which events count at a moment of the record.
//!
//! An event counts if it was recorded by the one limit and happened by the other. Besides:
//! - What was recorded within both limits counts, whenever it takes effect. So the record as of one
//!   moment for both is the log as it stood then, and as of now it is the live record.
//! - What puts an earlier record right, or takes it back, counts with that record.
//! - What counts brings along what it rests on: the beginning of its stream, the registration of the
//!   person concerned, and the steps before it that have no day of their own.
//!
//! Each of these only adds events as a limit moves on, so a later moment never has fewer.

use std::collections::HashMap;

use domain::{Aggregate as _, AnyEvent, cadre::Cadre};
use event_log::{Recorded, Revision};
use views::ViewsError;

use crate::{
    AsOf,
    rests::{corrects, has_a_beginning, is_correction, rests_on},
};

/// The events of a moment, chosen from a log that is read once, in its order.
pub struct Selection {
    as_of: AsOf,
    ended: bool,
    late: Vec<Recorded>,
}

impl Selection {
    /// Chooses for this moment.
    pub fn new(as_of: AsOf) -> Self {
        Selection {
            as_of,
            ended: false,
            late: Vec::new(),
        }
    }

    /// Takes the next events of the log; gives those back that count whatever follows.
    pub fn take(&mut self, mut events: Vec<Recorded>) -> Vec<Recorded> {
        let as_of = self.as_of;
        let known = match self.ended {
            true => 0,
            false => events.iter().take_while(|e| as_of.knows(e)).count(),
        };
        self.ended = known < events.len();
        events.truncate(known);
        let early = match self.late.is_empty() {
            true => events.iter().take_while(|e| as_of.was_recorded(e)).count(),
            false => 0,
        };
        self.late.extend(events.split_off(early));
        events
    }

    /// Whether nothing that follows can count.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Those of the others that count, in the order of the log.
    ///
    /// # Errors
    /// [`ViewsError::Decode`].
    pub fn finish(self) -> Result<Vec<Recorded>, ViewsError> {
        let counts = Late::read(&self.as_of, &self.late)?.counts();
        let counted = self.late.into_iter().zip(counts);
        Ok(counted
            .filter_map(|(e, counts)| counts.then_some(e))
            .collect())
    }
}

/// The events that count at a moment, of those of some streams in the order of the log.
///
/// # Errors
/// [`ViewsError::Decode`].
pub fn select(as_of: &AsOf, events: Vec<Recorded>) -> Result<Vec<Recorded>, ViewsError> {
    let mut selection = Selection::new(*as_of);
    let mut counted = selection.take(events);
    counted.extend(selection.finish()?);
    Ok(counted)
}

/// What was recorded after the day that is asked about, but in time to be known.
struct Late<'a> {
    events: &'a [Recorded],
    decoded: Vec<AnyEvent>,
    /// Where in `events` each stream has its own.
    streams: HashMap<&'a str, Vec<usize>>,
    counts: Vec<bool>,
}

impl<'a> Late<'a> {
    fn read(as_of: &AsOf, events: &'a [Recorded]) -> Result<Self, ViewsError> {
        let mut late = Late {
            events,
            decoded: Vec::with_capacity(events.len()),
            streams: HashMap::new(),
            counts: events.iter().map(|event| as_of.has(event)).collect(),
        };
        for (at, event) in events.iter().enumerate() {
            let (position, version) = (event.position, event.metadata.version);
            let decoded = AnyEvent::decode(&event.name, version, &event.data);
            late.decoded
                .push(decoded.map_err(|error| ViewsError::Decode { position, error })?);
            late.streams
                .entry(event.stream.as_str())
                .or_default()
                .push(at);
        }
        Ok(late)
    }

    fn counts(mut self) -> Vec<bool> {
        // Backwards, so that what is brought along brings along what it rests on itself.
        for at in (0..self.events.len()).rev() {
            if self.counts[at] {
                self.bring_along(at);
            }
        }
        for at in 0..self.events.len() {
            if !self.counts[at] {
                self.counts[at] = self.corrects_what_counts(at);
            }
        }
        self.counts
    }

    fn bring_along(&mut self, at: usize) {
        for before in self.before(at) {
            let begins = self.events[before].revision == Revision::FIRST;
            let brought = match begins {
                true => has_a_beginning(&self.decoded[at]),
                false => rests_on(&self.decoded[at], &self.decoded[before]),
            };
            self.counts[before] |= brought;
        }
        for person in &self.events[at].metadata.subjects {
            let stream = format!("{}-{person}", Cadre::CATEGORY);
            let first = self
                .streams
                .get(stream.as_str())
                .and_then(|own| own.first());
            if let Some(first) = first.filter(|f| self.events[**f].revision == Revision::FIRST) {
                self.counts[*first] = true;
            }
        }
    }

    /// Whether it corrects what counts. What was recorded before all of these counts anyway.
    fn corrects_what_counts(&self, at: usize) -> bool {
        let correction = &self.decoded[at];
        if !is_correction(correction) {
            return false;
        }
        let mut before = self.before(at).into_iter().rev();
        before
            .find(|earlier| corrects(correction, &self.decoded[*earlier]))
            .is_none_or(|corrected| self.counts[corrected])
    }

    /// What the same stream holds before it.
    fn before(&self, at: usize) -> Vec<usize> {
        let own = self.streams.get(self.events[at].stream.as_str());
        let own = own.into_iter().flatten().copied();
        own.take_while(|other| *other < at).collect()
    }
}
