use event_log::{EventId, Revision, StoredEvent};

use crate::{
    Checkpoint, Error, Hash, TileId, TileReader,
    edge::Edge,
    tile::{Tiles, WIDTH},
};

/// Derives a ledger again from the events of the log, in their order, and compares it with what was signed.
pub struct Audit<'a, R> {
    tiles: &'a R,
    signed: Checkpoint,
    /// Checkpoints that others hold, the smallest first, and how many of them were compared.
    held: Vec<Checkpoint>,
    compared: usize,
    edge: Edge,
    /// The tile of level 0 that holds the next leaf.
    leaves: Option<(TileId, Vec<Hash>)>,
    filled: Vec<(TileId, Vec<Hash>)>,
    beyond: u64,
    difference: Option<Difference>,
    damaged: Option<TileId>,
    broken: Option<u64>,
}

/// The first place where the log is not what was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The number of the leaf.
    pub index: u64,
    /// What the log holds there; nothing if it has ended.
    pub found: Option<Found>,
}

/// An event of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub event: EventId,
    /// Its stream.
    pub stream: String,
    /// Its place in the stream.
    pub revision: Revision,
}

/// What an audit has found.
#[derive(Debug, Clone)]
pub struct AuditReport {
    /// The checkpoint that was checked.
    pub checkpoint: Checkpoint,
    /// The root that follows from the log.
    pub derived: Hash,
    /// How many events came after those that it covers.
    pub beyond: u64,
    /// How many checkpoints that others hold were compared.
    pub held: usize,
    /// Where the log is not what was signed. If the tiles are not what was signed either, it is only where
    /// the two first differ.
    pub difference: Option<Difference>,
    /// The first tile that is not what follows from the log.
    pub damaged: Option<TileId>,
    /// The size of the first checkpoint held by others that this ledger does not extend.
    pub broken: Option<u64>,
}

impl<'a, R: TileReader> Audit<'a, R> {
    /// Begins with the checkpoint of a ledger, and those that others hold: what they have seen must be the
    /// beginning of this. [`Keys::open`](crate::Keys::open) gives them, from notes that are signed.
    pub fn begin(
        tiles: &'a R,
        signed: Checkpoint,
        held: impl IntoIterator<Item = Checkpoint>,
    ) -> Self {
        let mut held: Vec<Checkpoint> = held.into_iter().collect();
        held.sort_by_key(|checkpoint| checkpoint.size);
        let mut audit = Audit {
            tiles,
            signed,
            held,
            compared: 0,
            edge: Edge::default(),
            leaves: None,
            filled: Vec::new(),
            beyond: 0,
            difference: None,
            damaged: None,
            broken: None,
        };
        audit.compare_held();
        audit
    }

    /// The next event of the log, and the hash of its leaf: [`Leaf::hash`](crate::Leaf::hash), which can be taken
    /// of many at a time.
    ///
    /// # Errors
    /// If a tile cannot be read.
    pub fn event(&mut self, event: StoredEvent<'_>, leaf: Hash) -> Result<(), Error> {
        let index = self.edge.size;
        if index == self.signed.size {
            self.beyond += 1;
            return Ok(());
        }
        if self.difference.is_none() && self.leaf(index)? != Some(leaf) {
            let found = Found {
                event: event.id,
                stream: event.stream.to_owned(),
                revision: event.revision,
            };
            self.difference = Some(Difference {
                index,
                found: Some(found),
            });
        }
        self.edge.push(leaf, &mut self.filled);
        for (id, hashes) in std::mem::take(&mut self.filled) {
            self.compare(id, &hashes)?;
        }
        self.compare_held();
        Ok(())
    }

    /// Says what was found.
    ///
    /// # Errors
    /// If a tile cannot be read.
    pub fn finish(mut self) -> Result<AuditReport, Error> {
        let Checkpoint { size, root, .. } = self.signed;
        let edge = std::mem::take(&mut self.edge);
        for (id, hashes) in edge.partial() {
            self.compare(id, hashes)?;
        }
        let derived = edge.root();
        if edge.size == size && derived == root {
            // Where tile and event differ, it is the tile that is wrong.
            if let Some(difference) = self.difference.take() {
                self.damaged = self.damaged.or(TileId::holding(0, difference.index, size));
            }
        } else {
            self.difference = self.difference.or(Some(Difference {
                index: edge.size,
                found: None,
            }));
        }
        // One that covers more than this ledger ever signed was not reached.
        let missed = self.held.get(self.compared).map(|held| held.size);
        Ok(AuditReport {
            checkpoint: self.signed,
            derived,
            beyond: self.beyond,
            held: self.held.len(),
            difference: self.difference,
            damaged: self.damaged,
            broken: self.broken.or(missed),
        })
    }

    /// The hash of this leaf as the tiles have it; nothing if they do not.
    fn leaf(&mut self, index: u64) -> Result<Option<Hash>, Error> {
        let Some(id) = TileId::holding(0, index, self.signed.size) else {
            return Ok(None);
        };
        if self.leaves.as_ref().is_none_or(|(held, _)| *held != id) {
            let hashes = self.read(id)?.unwrap_or_default();
            self.leaves = Some((id, hashes));
        }
        let leaves = self.leaves.as_ref().map(|(_, leaves)| leaves);
        // An index in a tile fits anywhere.
        let at = (index % WIDTH) as usize;
        Ok(leaves.and_then(|leaves| leaves.get(at)).copied())
    }

    fn compare(&mut self, id: TileId, derived: &[Hash]) -> Result<(), Error> {
        let same = match &self.leaves {
            Some((held, hashes)) if *held == id => hashes == derived,
            _ => self.read(id)?.as_deref() == Some(derived),
        };
        if !same {
            self.damaged.get_or_insert(id);
        }
        Ok(())
    }

    /// A tile; nothing if it is missing or damaged.
    fn read(&self, id: TileId) -> Result<Option<Vec<Hash>>, Error> {
        match Tiles::new(self.tiles, self.signed.size).tile(id) {
            Ok(hashes) => Ok(Some(hashes)),
            Err(Error::TilesDamaged { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Compares those that cover as many events as have come.
    fn compare_held(&mut self) {
        let Edge { size, .. } = self.edge;
        while let Some(held) = self
            .held
            .get(self.compared)
            .filter(|held| held.size == size)
        {
            if held.root != self.edge.root() {
                self.broken.get_or_insert(size);
            }
            self.compared += 1;
        }
    }
}

impl AuditReport {
    /// Whether all is as it was signed.
    ///
    /// # Errors
    /// [`Error::NotExtended`] if the log is not what was signed, or others hold what this ledger does not
    /// extend; [`Error::TilesDamaged`] if only tiles are wrong.
    pub fn verdict(&self) -> Result<(), Error> {
        let size = self.checkpoint.size;
        match (&self.difference, self.broken, self.damaged) {
            (Some(_), ..) => Err(Error::NotExtended { size }),
            (None, Some(size), _) => Err(Error::NotExtended { size }),
            (None, None, Some(tile)) => Err(tile.damaged()),
            (None, None, None) => Ok(()),
        }
    }
}
