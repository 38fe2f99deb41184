use calendar::Timestamp;
use ledger::Hash;
use serde::{Deserialize, Serialize};

use crate::{BundleFault, Error, Scope, files::MANIFEST};

/// The form of the bundles that this program writes, and the one it reads.
const FORMAT: &str = "sangyu/bundle@v1";

/// What a bundle is and holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Its form.
    format: String,
    /// The version of Sangyu that made it.
    pub program: String,
    /// The ledger it is proven by.
    pub origin: String,
    /// What it is about.
    pub scope: Scope,
    /// When it was made.
    pub made: Timestamp,
    /// How many events it holds.
    pub events: u64,
    /// How many streams they are of.
    pub streams: u64,
    /// How many events the checkpoint covers.
    pub size: u64,
    /// The SHA-256 of the state that follows from the events.
    pub state: Hash,
    /// The other files, in their order.
    pub files: Vec<FileEntry>,
}

/// A file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Of its bytes.
    pub sha256: Hash,
}

/// What is known of a bundle besides its files.
pub(crate) struct Head {
    pub(crate) origin: String,
    pub(crate) scope: Scope,
    pub(crate) made: Timestamp,
    pub(crate) events: u64,
    pub(crate) streams: u64,
    pub(crate) size: u64,
    pub(crate) state: Hash,
}

impl Manifest {
    pub(crate) fn new(head: Head, files: Vec<FileEntry>) -> Self {
        let Head {
            origin,
            scope,
            made,
            events,
            streams,
            size,
            state,
        } = head;
        Manifest {
            format: FORMAT.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            origin,
            scope,
            made,
            events,
            streams,
            size,
            state,
            files,
        }
    }

    /// Reads the manifest of a bundle.
    ///
    /// # Errors
    /// [`BundleFault::FileMalformed`], [`BundleFault::Newer`].
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        /// What every form has.
        #[derive(Deserialize)]
        struct Form {
            format: String,
        }
        let malformed = |error: serde_json::Error| Error::malformed(MANIFEST, shown(&error));
        let Form { format } = serde_json::from_slice(bytes).map_err(malformed)?;
        if format != FORMAT {
            return Err(BundleFault::Newer { format }.into());
        }
        serde_json::from_slice(bytes).map_err(malformed)
    }

    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec_pretty(self).map_err(|error| Error::malformed(MANIFEST, shown(&error)))
    }

    /// Whether this program made it, word for word.
    pub(crate) fn is_of_this_version(&self) -> bool {
        self.program == env!("CARGO_PKG_VERSION")
    }
}

/// Where JSON is wrong; what stands there is not repeated.
pub(crate) fn shown(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}
