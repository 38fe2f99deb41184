use std::borrow::Cow;

use calendar::{Timestamp, When};
use event_log::{EventId, Recorded, Revision};
use serde::{Deserialize, Serialize};

use crate::{Error, Hash, What, sha256};

/// The version of the record below. Another form is another version; a tree may hold several.
const VERSION: u8 = 1;

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
    ///
    /// # Errors
    /// [`Error::Log`] if its metadata cannot be written, which no event that was stored does.
    pub fn of(event: &'a Recorded) -> Result<Self, Error> {
        let metadata = &event.metadata;
        Ok(Leaf {
            actor: LeafActor {
                id: metadata.actor.id.as_str().into(),
                role: metadata.actor.role.as_str().into(),
                unit: metadata.actor.unit.as_str().into(),
            },
            data: sha256(&event.data),
            id: event.id,
            leaf: VERSION,
            metadata: sha256(&metadata.to_json()?),
            occurred: metadata.occurred,
            recorded: metadata.recorded,
            revision: event.revision,
            stream: event.stream.as_str().into(),
            name: event.name.as_ref().into(),
            version: metadata.version,
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
        match leaf.to_bytes()? == bytes {
            true => Ok(leaf),
            false => Err(malformed()),
        }
    }

    /// Its canonical bytes.
    ///
    /// # Errors
    /// [`Error::Malformed`] if it cannot be written: there is nothing in it that JSON cannot hold.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self).map_err(|_| Error::malformed(What::Leaf, "it cannot be written"))
    }
}
