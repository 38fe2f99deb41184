use crate::{
    Error, Hash, TileId, TileReader,
    tile::{Tiles, WIDTH, perfect},
};

/// The right edge of a tree: of each level of tiles, the hashes that do not fill a tile yet. All that is
/// needed to go on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edge {
    pub(crate) size: u64,
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// The edge of the tree of `size` leaves that these are the tiles of.
    pub(crate) fn read<R: TileReader>(reader: &R, size: u64) -> Result<Self, Error> {
        let tiles = Tiles::new(reader, size);
        let mut levels = Vec::new();
        for level in 0.. {
            let Some(last) = size.checked_shr(level * 8).and_then(|n| n.checked_sub(1)) else {
                break;
            };
            let id = TileId::holding(level, last, size);
            levels.push(match id.filter(|id| id.width < WIDTH) {
                Some(id) => tiles.tile(id)?,
                None => Vec::new(),
            });
        }
        Ok(Edge { size, levels })
    }

    /// Adds a leaf; says which tiles it fills.
    pub(crate) fn push(&mut self, leaf: Hash, filled: &mut Vec<(TileId, Vec<Hash>)>) {
        self.size += 1;
        let mut hash = leaf;
        for level in 0u32.. {
            if self.levels.len() == level as usize {
                self.levels.push(Vec::new());
            }
            let hashes = &mut self.levels[level as usize];
            hashes.push(hash);
            if (hashes.len() as u64) < WIDTH {
                return;
            }
            hash = perfect(hashes);
            let index = (self.size >> (level * 8)) / WIDTH - 1;
            let id = TileId {
                level,
                index,
                width: WIDTH,
            };
            filled.push((id, std::mem::take(hashes)));
        }
    }

    /// The tiles that are not full.
    pub(crate) fn partial(&self) -> impl Iterator<Item = (TileId, &[Hash])> {
        let levels = self.levels.iter().zip(0..);
        levels
            .filter(|(hashes, _)| !hashes.is_empty())
            .map(|(hashes, level)| {
                let id = TileId {
                    level,
                    index: (self.size >> (level * 8)) / WIDTH,
                    width: hashes.len() as u64,
                };
                (id, hashes.as_slice())
            })
    }

    /// The root of the tree.
    pub(crate) fn root(&self) -> Hash {
        let mut root: Option<Hash> = None;
        for hashes in &self.levels {
            let mut rest = hashes.as_slice();
            while !rest.is_empty() {
                let (left, peak) = rest.split_at(rest.len() - (1 << rest.len().trailing_zeros()));
                let peak = perfect(peak);
                root = Some(root.map_or(peak, |right| Hash::of_node(&peak, &right)));
                rest = left;
            }
        }
        root.unwrap_or_else(Hash::empty)
    }
}
