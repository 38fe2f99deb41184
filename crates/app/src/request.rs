use calendar::Timestamp;
use domain::{Actor, Text};
use event_log::{Position, RequestId, Revision, Source, StreamName};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Who asks, and what is to be kept about the asking.
#[derive(Debug, Clone)]
pub struct Request {
    /// The same id again is the same request again: it gets the first answer.
    pub id: RequestId,
    /// Who acts.
    pub actor: Actor,
    /// On whose behalf, where that is someone else.
    pub on_behalf_of: Option<Text>,
    /// What it is copied from.
    pub source: Option<Source>,
    /// Refuse unless the last event of the stream has this revision.
    pub expected_revision: Option<Revision>,
    /// The first request of the chain this one stands in; itself if not given.
    pub correlation: Option<Uuid>,
    /// What caused it directly; itself if not given.
    pub causation: Option<Uuid>,
    /// W3C trace id.
    pub trace: Option<String>,
    /// Decide, but record nothing.
    pub dry_run: bool,
}

impl Request {
    /// A plain request.
    pub fn new(id: RequestId, actor: Actor) -> Self {
        Request {
            id,
            actor,
            on_behalf_of: None,
            source: None,
            expected_revision: None,
            correlation: None,
            causation: None,
            trace: None,
            dry_run: false,
        }
    }

    /// The same wish for one of many, under an id that follows from this one: the same each time.
    /// `what` tells the many apart. A revision that the caller expects is of one record, and is left
    /// out.
    pub(crate) fn part(&self, what: &str) -> Self {
        Request {
            id: RequestId(self.new_id(what)),
            expected_revision: None,
            correlation: Some(self.correlation.unwrap_or(self.id.0)),
            causation: Some(self.causation.unwrap_or(self.id.0)),
            ..self.clone()
        }
    }

    /// The id of what this request creates: a retry creates the same. `what` tells several apart.
    ///
    /// The time of the request's id stays in front (UUIDv8 behind a UUIDv7), so that new streams
    /// are stored in the order they are made.
    pub fn new_id(&self, what: &str) -> Uuid {
        derived_id(self.id.0, what)
    }
}

/// An id that follows from another one and a word; its first 48 bits are kept.
pub(crate) fn derived_id(from: Uuid, what: &str) -> Uuid {
    let digest = Sha256::new()
        .chain_update(from.as_bytes())
        .chain_update(what)
        .finalize();
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&from.as_bytes()[..6]);
    bytes[6..].copy_from_slice(&digest[..10]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The stream it went to; its id part is the id of the thing.
    pub stream: StreamName,
    /// The revision of the stream's last event; `None` if it has none (only in a dry run).
    pub revision: Option<Revision>,
    /// Where the last event of this request stands in the log; `None` if it recorded none.
    pub position: Option<Position>,
    /// When it was recorded; `None` if nothing was.
    pub recorded: Option<Timestamp>,
    /// What this call did.
    pub outcome: Outcome,
}

/// What a call did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Events were recorded (in a dry run: would have been).
    Recorded,
    /// It was already so; nothing was recorded.
    AlreadySo,
    /// The same request had been answered before; this is the first answer again.
    Repeated,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_id_is_the_same_each_time_and_keeps_the_time_in_front() {
        let from = Uuid::parse_str("019a0000-0000-7000-8000-000000000001").unwrap();
        assert_eq!(derived_id(from, "visit"), derived_id(from, "visit"));
        assert_ne!(derived_id(from, "visit"), derived_id(from, "petition"));
        assert_eq!(
            derived_id(from, "visit").as_bytes()[..6],
            from.as_bytes()[..6]
        );
        assert_eq!(derived_id(from, "visit").get_version_num(), 8);
    }
}
