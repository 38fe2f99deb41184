use std::borrow::Cow;

use calendar::{Timestamp, When};
use event_log::{EventId, Head, Revision, StoredEvent};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Error, Hash, What, sha256};

/// The version of the record below. Another form is another version; a tree may hold several.
const VERSION: u8 = 1;

/// What a leaf takes, but for rare ones.
const USUAL_BYTES: usize = 640;

/// What a leaf of the tree says of its event: enough to tell which event it is, when and by whom it was
/// recorded, and, by hashes, every byte that was stored.
///
/// Its bytes are JSON in the canonical form of RFC 8785: the keys in the order below, no white space.
/// `docs/ledger.md` gives an example with its hash. It holds no position, so that the same events
/// make the same tree on every log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf<'a> {
    /// Who recorded it, as they were then, without their name.
    #[serde(borrow)]
    pub actor: LeafActor<'a>,
    /// The SHA-256 of the data as stored.
    pub data: Hash,
    /// The event's id.
    pub id: EventId,
    /// The version of this record.
    leaf: u8,
    /// The SHA-256 of the metadata as stored.
    pub metadata: Hash,
    /// When it happened or took effect.
    pub occurred: When,
    /// When it was recorded.
    pub recorded: Timestamp,
    /// Its place in its stream.
    pub revision: Revision,
    /// Its stream.
    #[serde(borrow)]
    pub stream: Cow<'a, str>,
    /// Its stored name, such as `petition.registered`.
    #[serde(borrow, rename = "type")]
    pub name: Cow<'a, str>,
    /// The schema version of the data.
    pub version: u32,
}

/// Who recorded an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeafActor<'a> {
    /// The account.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// The role they acted in.
    #[serde(borrow)]
    pub role: Cow<'a, str>,
    /// The unit they acted for.
    #[serde(borrow)]
    pub unit: Cow<'a, str>,
}

impl<'a> Leaf<'a> {
    /// The leaf of an event. Of its metadata no more is read than the leaf says.
    ///
    /// # Errors
    /// [`Error::Log`] if its metadata cannot be read.
    pub fn of(event: StoredEvent<'a>) -> Result<Self, Error> {
        let Head {
            version,
            occurred,
            recorded,
            actor,
        } = event.head()?;
        Ok(Leaf {
            actor: LeafActor {
                id: actor.id,
                role: actor.role,
                unit: actor.unit,
            },
            data: sha256(event.data),
            id: event.id,
            leaf: VERSION,
            metadata: sha256(event.metadata),
            occurred,
            recorded,
            revision: event.revision,
            stream: event.stream.into(),
            name: event.name.into(),
            version,
        })
    }

    /// Reads what [`Leaf::to_bytes`] wrote, and nothing else: no other order, no other spelling.
    ///
    /// # Errors
    /// [`Error::Malformed`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let malformed = || Error::malformed(What::Leaf, "it is no canonical JSON of a leaf");
        let leaf: Leaf<'a> = serde_json::from_slice(bytes).map_err(|_| malformed())?;
        if leaf.leaf != VERSION {
            return Err(Error::malformed(What::Leaf, "its version is not 1"));
        }
        match leaf.to_bytes() == bytes {
            true => Ok(leaf),
            false => Err(malformed()),
        }
    }

    /// Its canonical bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.behind(&[])
    }

    /// The hash under which it stands in the tree, of all its bytes at once.
    pub fn hash(&self) -> Hash {
        sha256(&self.behind(&[Hash::LEAF]))
    }

    /// Its canonical bytes behind others. Every event that is signed or verified comes by here: no general
    /// writer is as fast.
    fn behind(&self, others: &[u8]) -> Vec<u8> {
        let mut json = Canonical(Vec::with_capacity(USUAL_BYTES));
        json.0.extend_from_slice(others);
        json.text(r#"{"actor":{"id":""#, &self.actor.id);
        json.text(r#"","role":""#, &self.actor.role);
        json.text(r#"","unit":""#, &self.actor.unit);
        json.plain(r#""},"data":""#, &self.data.hex());
        let mut buffer = Uuid::encode_buffer();
        let id = self.id.0.hyphenated().encode_lower(&mut buffer);
        json.plain(r#"","id":""#, id.as_bytes());
        json.plain(r#"","leaf":"#, self.leaf.to_string().as_bytes());
        json.plain(r#","metadata":""#, &self.metadata.hex());
        let recorded = self.recorded.to_string();
        match self.occurred {
            When::At(moment) if moment == self.recorded => {
                json.plain(r#"","occurred":""#, recorded.as_bytes());
            }
            When::At(moment) => json.plain(r#"","occurred":""#, moment.to_string().as_bytes()),
            When::Day(day) => json.plain(r#"","occurred":""#, day.to_string().as_bytes()),
        }
        json.plain(r#"","recorded":""#, recorded.as_bytes());
        json.plain(r#"","revision":"#, self.revision.0.to_string().as_bytes());
        json.text(r#","stream":""#, &self.stream);
        json.text(r#"","type":""#, &self.name);
        json.plain(r#"","version":"#, self.version.to_string().as_bytes());
        json.0.push(b'}');
        json.0
    }
}

/// JSON in the form of RFC 8785, member by member.
struct Canonical(Vec<u8>);

impl Canonical {
    /// What is not escaped whatever it holds.
    fn plain(&mut self, before: &str, value: &[u8]) {
        self.0.extend_from_slice(before.as_bytes());
        self.0.extend_from_slice(value);
    }

    /// What stands between quotes.
    fn text(&mut self, before: &str, text: &str) {
        // As RFC 8785 does, and as serde_json does.
        let escapes = |byte| byte < b' ' || byte == b'"' || byte == b'\\';
        // All of them are looked at, as many at a time as the processor can.
        match text
            .bytes()
            .fold(false, |found, byte| found | escapes(byte))
        {
            false => self.plain(before, text.as_bytes()),
            true => {
                let quoted = serde_json::Value::from(text).to_string();
                let inner = quoted
                    .strip_prefix('"')
                    .and_then(|rest| rest.strip_suffix('"'));
                self.plain(before, inner.unwrap_or_default().as_bytes());
            }
        }
    }
}
