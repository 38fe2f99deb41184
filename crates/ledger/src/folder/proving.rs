//! The proofs that a ledger gives.

use std::collections::{BTreeMap, HashMap};

use event_log::{EventLog, Position, Recorded};

use super::{Folder, POSITIONS};
use crate::{
    Checkpoint, Error, EventProof, EventsProof, Hash, Leaf, Note, TileId, inclusion,
    inclusion_of_many,
    tile::{Tiles, WIDTH},
    verify_inclusion,
};

/// How many events are read at a time to find one: those of a tile.
const PAGE: usize = 256;

impl Folder {
    /// The proof that an event of the log is in the newest checkpoint. It is checked before it is given.
    ///
    /// # Errors
    /// [`Error::EventUnsigned`], [`Error::TilesDamaged`]; as [`Folder::note`]; [`Error::Log`].
    pub async fn prove(&self, log: &dyn EventLog, event: &Recorded) -> Result<EventProof, Error> {
        let note = self.note()?;
        let (Checkpoint { size, .. }, _) = self.keys()?.open(&note)?;
        let indices = self.indices(log, std::slice::from_ref(event), size).await?;
        let index = indices.into_iter().next().unwrap_or_default();
        self.prove_leaf(note, index, Leaf::of(event.stored())?.to_bytes())
    }

    /// The proof that the leaf of this number is in a checkpoint of this ledger. It is checked before it is
    /// given.
    ///
    /// # Errors
    /// [`Error::TilesDamaged`], also where it is another leaf; as [`crate::Keys::open`].
    pub fn prove_leaf(
        &self,
        checkpoint: Note,
        index: u64,
        leaf: Vec<u8>,
    ) -> Result<EventProof, Error> {
        let (Checkpoint { size, root, .. }, _) = self.keys()?.open(&checkpoint)?;
        let proof = inclusion(&Tiles::new(self, size), index, size)?;
        verify_inclusion(Hash::of_leaf(&leaf), index, size, &proof, root)
            .map_err(|_| self.damaged(index, size))?;
        Ok(EventProof {
            leaf,
            index,
            proof,
            checkpoint,
        })
    }

    /// One proof that all these leaves, each given once, are in a checkpoint of this ledger. It is checked
    /// before it is given.
    ///
    /// # Errors
    /// As [`Folder::prove_leaf`].
    pub fn prove_leaves(
        &self,
        checkpoint: Note,
        indices: Vec<u64>,
        leaves: &[Hash],
    ) -> Result<EventsProof, Error> {
        let keys = self.keys()?;
        let (Checkpoint { size, .. }, _) = keys.open(&checkpoint)?;
        let mut sorted = indices.clone();
        sorted.sort_unstable();
        let proof = inclusion_of_many(&Tiles::new(self, size), &sorted, size)?;
        let first = sorted.first().copied().unwrap_or_default();
        let proof = EventsProof {
            indices,
            proof,
            checkpoint,
        };
        match proof.verify(&keys, leaves) {
            Ok(_) => Ok(proof),
            Err(Error::ProofWrong {}) => Err(self.damaged(first, size)),
            Err(error) => Err(error),
        }
    }

    /// The proof that the tree of `size` leaves extends the one of `old`.
    ///
    /// # Errors
    /// [`Error::BeyondSize`], [`Error::TilesDamaged`]; as [`Folder::note`].
    pub fn consistency(&self, old: u64, size: u64) -> Result<Vec<Hash>, Error> {
        let (Checkpoint { size: signed, .. }, _) = self.checkpoint()?;
        if size > signed {
            let (asked, size) = (size, signed);
            return Err(Error::BeyondSize { asked, size });
        }
        crate::consistency(&Tiles::new(self, signed), old, size)
    }

    /// The numbers of the leaves of these events in the tree of `size` leaves. Reads no more of the log than
    /// the tiles that hold them.
    ///
    /// # Errors
    /// [`Error::EventUnsigned`], [`Error::Io`]; [`Error::Log`].
    pub async fn indices(
        &self,
        log: &dyn EventLog,
        events: &[Recorded],
        size: u64,
    ) -> Result<Vec<u64>, Error> {
        let ends = self.positions()?;
        // Of each tile, the last event that is wanted.
        let mut tiles: BTreeMap<usize, Position> = BTreeMap::new();
        for event in events {
            let tile = ends.partition_point(|end| *end < event.position);
            let last = tiles.entry(tile).or_insert(event.position);
            *last = (*last).max(event.position);
        }
        let mut found = HashMap::new();
        for (tile, last) in tiles {
            let mut after = tile.checked_sub(1).map(|before| ends[before]);
            let mut index = tile as u64 * WIDTH;
            while index < size && after < Some(last) {
                let page = log.read_all(after, PAGE).await?;
                let Some(end) = page.last() else { break };
                after = Some(end.position);
                let numbered = page.iter().map(|event| event.id).zip(index..size);
                found.extend(numbered);
                index += page.len() as u64;
            }
        }
        let index = |event: &Recorded| found.get(&event.id).copied();
        let unsigned = |event: &Recorded| Error::EventUnsigned { event: event.id };
        let indices = events.iter().map(|e| index(e).ok_or_else(|| unsigned(e)));
        indices.collect()
    }

    fn damaged(&self, index: u64, size: u64) -> Error {
        let tile = TileId::holding(0, index, size);
        Error::TilesDamaged {
            tile: tile.map_or_else(|| POSITIONS.to_owned(), |tile| tile.to_string()),
        }
    }
}
