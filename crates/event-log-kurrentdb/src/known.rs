//! Which event ids this process has seen where.
//!
//! The server compares ids only where a revision is given and lies in the past, and keeps no index
//! of them. What it does not look at is looked up here: all ids of the streams that were read or
//! written lately.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

use event_log::{EventId, Revision, StreamName};

/// About 15 MB.
const MOST_IDS: usize = 100_000;

/// Where an id was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    Nowhere,
    Here(Revision),
    InAnotherStream,
}

pub(crate) struct Known {
    most: usize,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// Of each stream the ids from its first event on, without a gap.
    streams: HashMap<StreamName, Vec<EventId>>,
    /// The streams, the one first seen in front.
    order: VecDeque<StreamName>,
    places: HashMap<EventId, (StreamName, Revision)>,
}

impl Known {
    pub(crate) fn new() -> Self {
        Known {
            most: MOST_IDS,
            inner: Mutex::default(),
        }
    }

    /// Notes the ids of events that follow each other in a stream. What would leave a gap behind
    /// that what is known is not noted.
    pub(crate) fn note(&self, stream: &StreamName, first: Revision, ids: &[EventId]) {
        let mut inner = self.lock();
        let known = inner.count(stream);
        let Some(new) = known.checked_sub(first.0).and_then(|skip| {
            let skip = usize::try_from(skip).ok()?;
            ids.get(skip..).filter(|new| !new.is_empty())
        }) else {
            return;
        };
        if known == 0 {
            inner.order.push_back(stream.clone());
        }
        for (revision, id) in (known..).zip(new) {
            inner
                .places
                .insert(*id, (stream.clone(), Revision(revision)));
        }
        inner.streams.entry(stream.clone()).or_default().extend(new);
        inner.forget_others(stream, self.most);
    }

    /// Where each of these ids was seen, by one who appends to this stream.
    pub(crate) fn find(&self, stream: &StreamName, ids: &[EventId]) -> Vec<Seen> {
        let inner = self.lock();
        ids.iter()
            .map(|id| match inner.places.get(id) {
                None => Seen::Nowhere,
                Some((other, revision)) if other == stream => Seen::Here(*revision),
                Some(_) => Seen::InAnotherStream,
            })
            .collect()
    }

    /// How many events of the stream are known.
    pub(crate) fn count(&self, stream: &StreamName) -> u64 {
        self.lock().count(stream)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn count(&self, stream: &StreamName) -> u64 {
        self.streams.get(stream).map_or(0, |ids| ids.len() as u64)
    }

    fn forget_others(&mut self, keep: &StreamName, most: usize) {
        while self.places.len() > most && self.order.len() > 1 {
            let Some(oldest) = self.order.pop_front() else {
                return;
            };
            if oldest == *keep {
                self.order.push_back(oldest);
                continue;
            }
            for id in self.streams.remove(&oldest).into_iter().flatten() {
                self.places.remove(&id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use event_log::contract::{event, stream};

    use super::*;

    fn ids(numbers: impl IntoIterator<Item = u128>) -> Vec<EventId> {
        numbers.into_iter().map(|n| event(n).id).collect()
    }

    #[test]
    fn only_what_follows_without_a_gap_is_known() {
        let (known, a) = (Known::new(), stream("a").unwrap());
        known.note(&a, Revision(1), &ids([2, 3]));
        assert_eq!(known.count(&a), 0);
        known.note(&a, Revision(0), &ids([1]));
        known.note(&a, Revision(0), &ids([1, 2, 3]));
        known.note(&a, Revision(1), &ids([2]));
        assert_eq!(known.count(&a), 3);
        assert_eq!(
            known.find(&a, &ids([3, 4, 1])),
            [
                Seen::Here(Revision(2)),
                Seen::Nowhere,
                Seen::Here(Revision(0))
            ]
        );
        let b = stream("b").unwrap();
        assert_eq!(known.find(&b, &ids([3])), [Seen::InAnotherStream]);
    }

    #[test]
    fn the_stream_first_seen_is_forgotten_whole_and_the_one_in_hand_is_not() {
        let known = Known {
            most: 4,
            ..Known::new()
        };
        let [a, b, c] = ["a", "b", "c"].map(|id| stream(id).unwrap());
        known.note(&a, Revision(0), &ids([1, 2]));
        known.note(&b, Revision(0), &ids([3, 4]));
        known.note(&a, Revision(2), &ids([5]));
        assert_eq!((known.count(&a), known.count(&b)), (3, 0));
        known.note(&c, Revision(0), &ids(6..=20));
        assert_eq!((known.count(&a), known.count(&c)), (0, 15));
        assert_eq!(known.find(&c, &ids([1])), [Seen::Nowhere]);
    }
}
