//! How a log that decides itself judges an append.

use std::collections::HashSet;

use crate::{Appended, EventId, Expected, LogError, Position, Revision};

/// Where the log already holds an event id that is to be appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nowhere.
    No,
    /// In the stream to be appended to, with the same name and data.
    Here {
        /// Its place in the stream.
        revision: Revision,
        /// Its place in the log.
        position: Position,
    },
    /// In another stream, or with another name or other data.
    Elsewhere,
}

/// What a log has to do with an append.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Write its events, the first one at this revision.
    Write(Revision),
    /// Write nothing: it was written before, and this is the answer it got.
    Repeated(Appended),
}

/// Judges an append the way every log must: `actual` is the revision of the stream's last event,
/// `events` the ids to be appended and where the log holds them already.
///
/// # Errors
/// [`LogError::Empty`], [`LogError::IdReused`], [`LogError::WrongRevision`].
pub fn judge(
    expected: Expected,
    actual: Option<Revision>,
    events: impl IntoIterator<Item = (EventId, Known)>,
) -> Result<Verdict, LogError> {
    let mut seen = HashSet::new();
    let mut new = false;
    let mut repeated: Option<(EventId, Appended)> = None;
    for (id, known) in events {
        if !seen.insert(id) {
            return Err(LogError::IdReused(id));
        }
        match known {
            Known::No => new = true,
            Known::Here { revision, position }
                if repeated.is_none_or(|(_, last)| last.revision.next() == revision) =>
            {
                repeated = Some((id, Appended { revision, position }));
            }
            Known::Here { .. } | Known::Elsewhere => return Err(LogError::IdReused(id)),
        }
    }
    match (new, repeated) {
        (true, None) => {}
        (true, Some((id, _))) => return Err(LogError::IdReused(id)),
        (false, Some((_, appended))) => return Ok(Verdict::Repeated(appended)),
        (false, None) => return Err(LogError::Empty),
    }
    if expected.admits(actual) {
        Ok(Verdict::Write(
            actual.map_or(Revision::FIRST, Revision::next),
        ))
    } else {
        Err(LogError::WrongRevision { expected, actual })
    }
}
