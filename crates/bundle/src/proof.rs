//! The proof that all events of a bundle are in its checkpoint, as a file.

use ledger::{EventsProof, Hash, Note};
use serde::{Deserialize, Serialize};

use crate::{Error, files::PROOF, manifest::shown};

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Proof {
    /// The numbers of the leaves, as runs: the first and the last of each.
    leaves: Vec<(u64, u64)>,
    /// The hashes of the largest subtrees that hold none of them, from left to right.
    hashes: Vec<Hash>,
}

pub(crate) fn to_bytes(proof: &EventsProof) -> Result<Vec<u8>, Error> {
    let mut leaves: Vec<(u64, u64)> = Vec::new();
    for index in proof.indices.iter().copied() {
        match leaves.last_mut().filter(|(_, last)| *last + 1 == index) {
            Some((_, last)) => *last = index,
            None => leaves.push((index, index)),
        }
    }
    let hashes = proof.proof.clone();
    serde_json::to_vec(&Proof { leaves, hashes }).map_err(|e| Error::malformed(PROOF, shown(&e)))
}

/// Reads the proof of `events` events in a checkpoint.
pub(crate) fn parse(bytes: &[u8], checkpoint: Note, events: u64) -> Result<EventsProof, Error> {
    let Proof { leaves, hashes } =
        serde_json::from_slice(bytes).map_err(|e| Error::malformed(PROOF, shown(&e)))?;
    let many = |(first, last): &(u64, u64)| last.checked_sub(*first)?.checked_add(1);
    let counted = leaves
        .iter()
        .try_fold(0_u64, |sum, run| many(run)?.checked_add(sum));
    // Counted before it is spread: runs can name more leaves than there is memory.
    if counted != Some(events) {
        return Err(Error::malformed(PROOF, "it is of another number of events"));
    }
    Ok(EventsProof {
        indices: leaves.into_iter().flat_map(|(a, b)| a..=b).collect(),
        proof: hashes,
        checkpoint,
    })
}
