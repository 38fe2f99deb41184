use std::borrow::Cow;

use calendar::{Timestamp, When};
use event_log::{EventId, Head, LogError, Metadata, Recorded, Revision, StoredEvent};
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
    /// The leaf of an event.
    pub fn of(event: &'a Recorded) -> Self {
        let Metadata {
            version,
            occurred,
            recorded,
            actor,
            ..
        } = &event.metadata;
        let actor = LeafActor {
            id: actor.id.as_str().into(),
            role: actor.role.as_str().into(),
            unit: actor.unit.as_str().into(),
        };
        Leaf::new(event.stored(), *version, *occurred, *recorded, actor)
    }

    /// The leaf of an event as a log stores it, of which no more is read than the leaf says.
    ///
    /// # Errors
    /// [`LogError::Corrupt`] if its metadata cannot be read.
    pub fn of_stored(event: StoredEvent<'a>) -> Result<Self, LogError> {
        let Head {
            version,
            occurred,
            recorded,
            actor,
        } = event.head()?;
        let actor = LeafActor {
            id: actor.id,
            role: actor.role,
            unit: actor.unit,
        };
        Ok(Leaf::new(event, version, occurred, recorded, actor))
    }

    fn new(
        event: StoredEvent<'a>,
        version: u32,
        occurred: When,
        recorded: Timestamp,
        actor: LeafActor<'a>,
    ) -> Self {
        Leaf {
            actor,
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
        }
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
        json.text(r#"{"actor":{"id":"#, &self.actor.id);
        json.text(r#","role":"#, &self.actor.role);
        json.text(r#","unit":"#, &self.actor.unit);
        json.hash(r#"},"data":"#, &self.data);
        json.text(
            r#","id":"#,
            self.id
                .0
                .hyphenated()
                .encode_lower(&mut Uuid::encode_buffer()),
        );
        json.number(r#","leaf":"#, u64::from(self.leaf));
        json.hash(r#","metadata":"#, &self.metadata);
        let recorded = self.recorded.to_string();
        match self.occurred {
            When::At(moment) if moment == self.recorded => json.text(r#","occurred":"#, &recorded),
            When::At(moment) => json.text(r#","occurred":"#, &moment.to_string()),
            When::Day(day) => json.text(r#","occurred":"#, &day.to_string()),
        }
        json.text(r#","recorded":"#, &recorded);
        json.number(r#","revision":"#, self.revision.0);
        json.text(r#","stream":"#, &self.stream);
        json.text(r#","type":"#, &self.name);
        json.number(r#","version":"#, u64::from(self.version));
        json.0.push(b'}');
        json.0
    }
}

/// JSON in the form of RFC 8785, member by member.
struct Canonical(Vec<u8>);

impl Canonical {
    fn text(&mut self, before: &str, text: &str) {
        self.0.extend_from_slice(before.as_bytes());
        // As RFC 8785 does, and as serde_json does.
        let escapes = |byte| byte < b' ' || byte == b'"' || byte == b'\\';
        // All of them are looked at, as many at a time as the processor can.
        if !text
            .bytes()
            .fold(false, |found, byte| found | escapes(byte))
        {
            self.0.push(b'"');
            self.0.extend_from_slice(text.as_bytes());
            self.0.push(b'"');
        } else {
            let escaped = serde_json::Value::from(text).to_string();
            self.0.extend_from_slice(escaped.as_bytes());
        }
    }

    fn hash(&mut self, before: &str, hash: &Hash) {
        self.0.extend_from_slice(before.as_bytes());
        self.0.push(b'"');
        self.0.extend_from_slice(&hash.hex());
        self.0.push(b'"');
    }

    fn number(&mut self, before: &str, number: u64) {
        self.0.extend_from_slice(before.as_bytes());
        self.0.extend_from_slice(number.to_string().as_bytes());
    }
}
