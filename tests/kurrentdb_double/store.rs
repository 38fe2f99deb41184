//! What the double holds, and how the server it stands for judges what is appended.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Mutex, MutexGuard},
};

use uuid::Uuid;

/// An event as it is proposed.
#[derive(Debug, Clone)]
pub(crate) struct Proposed {
    pub(crate) id: Uuid,
    pub(crate) metadata: HashMap<String, String>,
    pub(crate) custom_metadata: Vec<u8>,
    pub(crate) data: Vec<u8>,
}

impl Proposed {
    fn bytes(&self) -> u64 {
        (self.data.len() + self.custom_metadata.len() + self.kind().len()) as u64
    }

    pub(crate) fn kind(&self) -> &str {
        self.metadata.get("type").map_or("", String::as_str)
    }
}

/// An event as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) stream: String,
    pub(crate) revision: u64,
    /// Where it begins in the log, in bytes.
    pub(crate) position: u64,
    pub(crate) event: Proposed,
}

/// What is expected of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    Any,
    NoStream,
    Exists,
    Revision(u64),
}

/// What becomes of an append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Written {
        revision: u64,
        position: u64,
    },
    /// It was there already; the server gives no position then.
    Idempotent {
        revision: u64,
    },
    WrongRevision {
        current: Option<u64>,
    },
    Deleted,
    TooLarge,
}

/// Until version 25.1 no append is taken over so many bytes.
const MOST_APPEND_BYTES: u64 = 1024 * 1024;

/// For an append at any revision the server compares the ids with those of so many events only.
const REMEMBERED: usize = 4;

/// What a record has beside what the event holds.
const FRAME_BYTES: u64 = 64;

/// One log for all nodes of a cluster: what one has written, all have, at once.
pub(crate) struct Store(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    events: Vec<Stored>,
    streams: HashMap<String, Stream>,
    remembered: VecDeque<(Uuid, String, u64)>,
    end: u64,
}

#[derive(Default)]
struct Stream {
    /// Where in the log.
    events: Vec<usize>,
    /// Events before this revision cannot be read from the stream any more.
    truncated_before: u64,
    tombstone: bool,
}

impl Stream {
    fn last(&self) -> Option<u64> {
        (self.events.len() as u64).checked_sub(1)
    }
}

impl Store {
    /// A log that holds what a new server writes for itself.
    pub(crate) fn new() -> Self {
        let store = Store(Mutex::default());
        store.append_by_hand("$users", "$User");
        store.append_by_hand("$stats-double", "$statsCollected");
        store
    }

    /// An event that did not come through a client, such as one of the server's own.
    pub(crate) fn append_by_hand(&self, stream: &str, kind: &str) {
        let event = Proposed {
            id: Uuid::from_u128(self.lock().events.len() as u128 + (1 << 100)),
            metadata: HashMap::from([("type".to_owned(), kind.to_owned())]),
            custom_metadata: Vec::new(),
            data: b"{}".to_vec(),
        };
        self.append(stream, Expected::Any, vec![event]);
    }

    /// Judges an append as the server does, and writes it.
    pub(crate) fn append(
        &self,
        stream: &str,
        expected: Expected,
        events: Vec<Proposed>,
    ) -> Outcome {
        self.lock().append(stream, expected, events)
    }

    /// Hides the stream's events; what is appended later goes on behind them.
    pub(crate) fn delete(&self, stream: &str, expected: Expected) -> Outcome {
        let mut inner = self.lock();
        let outcome = inner.judge(stream, expected, &[]);
        if let (Outcome::Written { .. }, Some(held)) = (outcome, inner.streams.get_mut(stream)) {
            held.truncated_before = held.events.len() as u64;
        }
        outcome
    }

    /// Ends the stream for ever.
    pub(crate) fn tombstone(&self, stream: &str, expected: Expected) -> Outcome {
        let mut inner = self.lock();
        let outcome = inner.judge(stream, expected, &[]);
        if let Outcome::Written { .. } = outcome {
            inner
                .streams
                .entry(stream.to_owned())
                .or_default()
                .tombstone = true;
        }
        outcome
    }

    /// The events of a stream that can be read, oldest first; `None` if there is no such stream.
    ///
    /// # Errors
    /// If it has a tombstone.
    pub(crate) fn stream(&self, name: &str) -> Result<Option<Vec<Stored>>, Deleted> {
        let inner = self.lock();
        match inner.streams.get(name) {
            Some(stream) if stream.tombstone => Err(Deleted),
            Some(stream) if stream.truncated_before < stream.events.len() as u64 => {
                let events = stream.events.iter().map(|at| inner.events[*at].clone());
                let left = events.filter(|e| e.revision >= stream.truncated_before);
                Ok(Some(left.collect()))
            }
            _ => Ok(None),
        }
    }

    /// Up to `count` events of the log from a position on, which stands before the event there.
    ///
    /// # Errors
    /// If no event begins there.
    pub(crate) fn all(
        &self,
        from: From,
        backwards: bool,
        filter: Option<&Filter>,
        count: usize,
    ) -> Result<Vec<Stored>, NoSuchPosition> {
        let inner = self.lock();
        let split = match from {
            From::Start => 0,
            From::End => inner.events.len(),
            From::Position(position) => inner
                .events
                .binary_search_by_key(&position, |event| event.position)
                .map_err(|_| NoSuchPosition)?,
        };
        let taken = |event: &&Stored| filter.is_none_or(|filter| filter.takes(event));
        let (before, behind) = inner.events.split_at(split);
        Ok(if backwards {
            before
                .iter()
                .rev()
                .filter(taken)
                .take(count)
                .cloned()
                .collect()
        } else {
            behind.iter().filter(taken).take(count).cloned().collect()
        })
    }

    /// How many events it holds, its own with them.
    pub(crate) fn len(&self) -> usize {
        self.lock().events.len()
    }

    /// The streams that hold an id twice.
    pub(crate) fn doubled(&self) -> HashSet<String> {
        let inner = self.lock();
        let mut seen = HashSet::new();
        let each = inner
            .events
            .iter()
            .map(|event| (&event.stream, event.event.id));
        let twice = each.filter(|place| !seen.insert(*place));
        twice.map(|(stream, _)| stream.clone()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }
}

/// Where a read of the log begins.
#[derive(Debug, Clone, Copy)]
pub(crate) enum From {
    Start,
    End,
    Position(u64),
}

/// A place between two records is none.
#[derive(Debug)]
pub(crate) struct NoSuchPosition;

/// The stream has a tombstone.
#[derive(Debug)]
pub(crate) struct Deleted;

impl Inner {
    fn append(&mut self, stream: &str, expected: Expected, events: Vec<Proposed>) -> Outcome {
        if events.iter().map(Proposed::bytes).sum::<u64>() > MOST_APPEND_BYTES {
            return Outcome::TooLarge;
        }
        let ids: Vec<Uuid> = events.iter().map(|event| event.id).collect();
        let mut outcome = self.judge(stream, expected, &ids);
        if let Outcome::Written { .. } = outcome {
            for event in events {
                outcome = self.write(stream, event);
            }
        }
        outcome
    }

    /// What would become of an append. Ids are compared with those that stand behind the expected
    /// revision, never with others of the stream; at any revision, with the last few of the log.
    fn judge(&self, stream: &str, expected: Expected, ids: &[Uuid]) -> Outcome {
        let held = self.streams.get(stream);
        if held.is_some_and(|held| held.tombstone) {
            return Outcome::Deleted;
        }
        let current = held.and_then(Stream::last);
        let next = current.map_or(0, |last| last + 1);
        let wrong = Outcome::WrongRevision { current };
        let free = Outcome::Written {
            revision: next,
            position: self.end,
        };
        let first = match expected {
            Expected::Any => {
                let known = ids.first().and_then(|id| self.remembers(stream, *id));
                match known {
                    Some(revision) => revision,
                    None => return free,
                }
            }
            Expected::Exists if current.is_some() => return free,
            Expected::Exists => return wrong,
            Expected::NoStream => 0,
            Expected::Revision(revision) => match revision.checked_add(1) {
                Some(first) => first,
                None => return wrong,
            },
        };
        if first == next {
            return free;
        }
        let behind = (first..next).map(|revision| self.id_at(stream, revision));
        let same = behind.zip(ids).take_while(|(held, id)| held == *id).count();
        if same == ids.len() && !ids.is_empty() {
            Outcome::Idempotent {
                revision: first + ids.len() as u64 - 1,
            }
        } else {
            wrong
        }
    }

    fn remembers(&self, stream: &str, id: Uuid) -> Option<u64> {
        let mut remembered = self.remembered.iter();
        let found = remembered.find(|(known, of, _)| *known == id && of == stream)?;
        Some(found.2)
    }

    fn id_at(&self, stream: &str, revision: u64) -> Uuid {
        let at = self.streams[stream].events[usize::try_from(revision).unwrap()];
        self.events[at].event.id
    }

    fn write(&mut self, stream: &str, event: Proposed) -> Outcome {
        let held = self.streams.entry(stream.to_owned()).or_default();
        let revision = held.events.len() as u64;
        held.events.push(self.events.len());
        let position = self.end;
        self.end += FRAME_BYTES + event.bytes();
        self.remembered
            .push_back((event.id, stream.to_owned(), revision));
        if self.remembered.len() > REMEMBERED {
            self.remembered.pop_front();
        }
        self.events.push(Stored {
            stream: stream.to_owned(),
            revision,
            position,
            event,
        });
        Outcome::Written { revision, position }
    }
}

/// The prefixes by which streams or types are chosen.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) on_stream: bool,
    pub(crate) prefixes: Vec<String>,
}

impl Filter {
    pub(crate) fn takes(&self, event: &Stored) -> bool {
        let text = if self.on_stream {
            &event.stream
        } else {
            event.event.kind()
        };
        self.prefixes.iter().any(|prefix| text.starts_with(prefix))
    }
}
