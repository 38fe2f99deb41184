//! Proof that the log is what it was.
//!
//! Every event has a [`Leaf`], a small record that commits to it. The leaves, in the order of the log, are
//! the leaves of an RFC 6962 Merkle [`Tree`]; its root is signed as a C2SP [`Checkpoint`] and kept with the
//! tree's [tiles](tile) in a [`Folder`]. An event is shown to be in a checkpoint by an [`EventProof`], a later
//! checkpoint to extend an earlier one by [`verify_consistency`]. `docs/ledger.md` says what that proves.
//!
//! All but [`Folder`] and [`Signer`] is pure: bytes in, answers out. Whatever the bytes are, the answer
//! is an error and never a panic.

mod audit;
mod checkpoint;
mod cosignature;
mod edge;
mod error;
mod event_proof;
mod folder;
mod hash;
mod key;
mod leaf;
mod note;
mod proof;
mod rotation;
mod signer;
pub mod tile;
mod tree;

#[cfg(test)]
mod tests;

pub use audit::{Audit, AuditReport, Difference};
pub use checkpoint::Checkpoint;
pub use cosignature::{Cosignature, cosign};
pub use error::Error;
use error::What;
pub use event_proof::{EventProof, EventsProof, Proven};
pub use folder::{Cosigned, Folder};
pub use hash::{Digest, Hash, sha256};
pub use key::{PublicKey, Purpose, SecretKey};
pub use leaf::{Leaf, LeafActor};
pub use note::{Note, Signature};
pub use proof::{root_of_many, verify_consistency, verify_inclusion};
pub use rotation::{Keys, Rotation};
pub use signer::{Signed, Signer};
pub use tile::{TileId, TileReader};
pub use tree::{Nodes, Tree, consistency, inclusion, inclusion_of_many, root};
