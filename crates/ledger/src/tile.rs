//! The files of a tree (C2SP tlog-tiles): 256 hashes side by side, of every eighth level.

use std::{
    cell::RefCell,
    collections::{BTreeMap, btree_map::Entry},
    fmt,
};

use crate::{Error, Hash, Nodes};

/// How many hashes a full tile has.
pub const WIDTH: u64 = 256;
/// How many levels of the tree a tile spans.
const LEVELS: u32 = 8;

/// A tile. Displayed as its path below the ledger's folder, such as `tile/0/x001/234.p/5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TileId {
    /// The level: 0 holds the hashes of leaves, and each hash of another is the root of a full tile of
    /// the one below.
    pub level: u32,
    /// Which of its level.
    pub index: u64,
    /// How many hashes it has, 256 at most.
    pub width: u64,
}

impl TileId {
    /// The tile that holds the hash of this number of its level, in a tree of `size` leaves. Nothing if
    /// there is no such hash.
    pub fn holding(level: u32, number: u64, size: u64) -> Option<Self> {
        let hashes = size.checked_shr(level.checked_mul(LEVELS)?)?;
        let index = number / WIDTH;
        (number < hashes).then(|| TileId {
            level,
            index,
            width: (hashes - index * WIDTH).min(WIDTH),
        })
    }

    /// The full tile in its place.
    #[must_use]
    pub fn full(self) -> Self {
        TileId {
            width: WIDTH,
            ..self
        }
    }

    /// Reads its bytes, which are as many hashes as it is wide.
    ///
    /// # Errors
    /// [`Error::TilesDamaged`].
    pub fn parse(self, bytes: &[u8]) -> Result<Vec<Hash>, Error> {
        let (hashes, rest) = bytes.as_chunks();
        match rest.is_empty() && hashes.len() as u64 == self.width {
            true => Ok(hashes.iter().copied().map(Hash).collect()),
            false => Err(self.damaged()),
        }
    }

    pub(crate) fn damaged(self) -> Error {
        Error::TilesDamaged {
            tile: self.to_string(),
        }
    }
}

impl fmt::Display for TileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/{}", self.level, place(self.index, self.width))
    }
}

/// An index in groups of three digits, all but the last with an `x` in front; and the width, if it is not full.
fn place(index: u64, width: u64) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut higher = index / 1000;
    while higher > 0 {
        path = format!("x{:03}/{path}", higher % 1000);
        higher /= 1000;
    }
    match width {
        WIDTH => path,
        width => format!("{path}.p/{width}"),
    }
}

/// Where tiles are kept.
pub trait TileReader {
    /// The bytes of a tile; nothing if it is not there.
    ///
    /// # Errors
    /// [`Error::Io`].
    fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Error>;
}

/// Tiles by their paths.
impl TileReader for BTreeMap<String, Vec<u8>> {
    fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.get(&id.to_string()).cloned())
    }
}

/// The tree of `size` leaves, from its tiles. Each is read once.
pub(crate) struct Tiles<'a, R> {
    reader: &'a R,
    size: u64,
    read: RefCell<BTreeMap<TileId, Vec<Hash>>>,
}

impl<'a, R: TileReader> Tiles<'a, R> {
    pub(crate) fn new(reader: &'a R, size: u64) -> Self {
        Tiles {
            reader,
            size,
            read: RefCell::default(),
        }
    }

    /// So many hashes of a level, from this number on; they lie in one tile.
    fn hashes<T>(
        &self,
        level: u32,
        number: u64,
        count: usize,
        of: impl FnOnce(&[Hash]) -> T,
    ) -> Result<T, Error> {
        let beyond = Error::BeyondSize {
            asked: number,
            size: self.size,
        };
        let id = TileId::holding(level, number, self.size).ok_or(beyond)?;
        let mut read = self.read.borrow_mut();
        let tile = match read.entry(id) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(place) => place.insert(self.tile(id)?),
        };
        // An index in a tile fits anywhere.
        let at = (number % WIDTH) as usize;
        let held = tile.get(at..at + count);
        held.map(of).ok_or_else(|| id.damaged())
    }

    /// A tile; where a part of it is gone because it has become full, that part of the full one.
    pub(crate) fn tile(&self, id: TileId) -> Result<Vec<Hash>, Error> {
        if let Some(bytes) = self.reader.tile(id)? {
            return id.parse(&bytes);
        }
        let full = self.reader.tile(id.full())?;
        let mut hashes = id.full().parse(&full.ok_or_else(|| id.damaged())?)?;
        hashes.truncate(usize::try_from(id.width).unwrap_or(usize::MAX));
        Ok(hashes)
    }
}

impl<R: TileReader> Nodes for Tiles<'_, R> {
    fn node(&self, level: u32, index: u64) -> Result<Hash, Error> {
        let (tile_level, height) = (level / LEVELS, level % LEVELS);
        let beyond = || Error::BeyondSize {
            asked: index,
            size: self.size,
        };
        let number = index.checked_mul(1 << height).ok_or_else(beyond)?;
        self.hashes(tile_level, number, 1 << height, perfect)
    }
}

/// The root over a power of two of hashes.
pub(crate) fn perfect(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => Hash::empty(),
        [one] => *one,
        [left, right] => Hash::of_node(left, right),
        more => {
            let (left, right) = more.split_at(more.len() / 2);
            Hash::of_node(&perfect(left), &perfect(right))
        }
    }
}
