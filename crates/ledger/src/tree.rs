use crate::{Error, Hash, What};

/// The hashes of a tree's perfect subtrees, from wherever they are kept.
pub trait Nodes {
    /// The hash over the 2^`level` leaves from `index` · 2^`level` on.
    ///
    /// # Errors
    /// [`Error::TilesDamaged`] if it is not there; whatever keeps it from being read.
    fn node(&self, level: u32, index: u64) -> Result<Hash, Error>;
}

/// The root over the first `size` leaves.
///
/// # Errors
/// As [`Nodes::node`].
pub fn root(nodes: &impl Nodes, size: u64) -> Result<Hash, Error> {
    match size {
        0 => Ok(Hash::empty()),
        size => range(nodes, 0, size),
    }
}

/// The proof that the leaf of this number is among the first `size` ones (RFC 6962, 2.1.1).
///
/// # Errors
/// [`Error::BeyondSize`] if it is not; as [`Nodes::node`].
pub fn inclusion(nodes: &impl Nodes, index: u64, size: u64) -> Result<Vec<Hash>, Error> {
    if index >= size {
        return Err(Error::BeyondSize { asked: index, size });
    }
    let (mut from, mut to) = (0, size);
    let mut proof = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            proof.push(range(nodes, middle, to)?);
            to = middle;
        } else {
            proof.push(range(nodes, from, middle)?);
            from = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the tree of `size` leaves extends the one of `old` leaves (RFC 6962, 2.1.2). It is empty
/// if the old one has no leaf, or as many.
///
/// # Errors
/// [`Error::BeyondSize`] if the old one is the larger; as [`Nodes::node`].
pub fn consistency(nodes: &impl Nodes, old: u64, size: u64) -> Result<Vec<Hash>, Error> {
    if old > size {
        return Err(Error::BeyondSize { asked: old, size });
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    let (mut from, mut to) = (0, size);
    let mut proof = Vec::new();
    while old != to {
        let middle = from + split(to - from);
        if old <= middle {
            proof.push(range(nodes, middle, to)?);
            to = middle;
        } else {
            proof.push(range(nodes, from, middle)?);
            from = middle;
        }
    }
    // A part of the old tree that begins with its first leaf is known to whoever knows its root.
    if from > 0 {
        proof.push(range(nodes, from, to)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the leaves of these numbers, which ascend, are among the first `size` ones: the
/// hashes of the largest subtrees that hold none of them, from left to right. Far shorter than a
/// proof for each; [`root_of_many`](crate::root_of_many) checks it.
///
/// # Errors
/// [`Error::BeyondSize`] if one is not; [`Error::Malformed`] if they do not ascend; as [`Nodes::node`].
pub fn inclusion_of_many(
    nodes: &impl Nodes,
    indices: &[u64],
    size: u64,
) -> Result<Vec<Hash>, Error> {
    if let Some(asked) = indices.last().copied().filter(|last| *last >= size) {
        return Err(Error::BeyondSize { asked, size });
    }
    if !indices.is_sorted_by(|a, b| a < b) {
        return Err(Error::malformed(What::Leaves, "they do not ascend"));
    }
    let mut proof = Vec::new();
    if size > 0 {
        cover(nodes, indices, (0, size), &mut proof)?;
    }
    Ok(proof)
}

fn cover(
    nodes: &impl Nodes,
    indices: &[u64],
    (from, to): (u64, u64),
    proof: &mut Vec<Hash>,
) -> Result<(), Error> {
    if indices.is_empty() {
        proof.push(range(nodes, from, to)?);
    } else if to - from > 1 {
        let middle = from + split(to - from);
        let (left, right) = indices.split_at(indices.partition_point(|index| *index < middle));
        cover(nodes, left, (from, middle), proof)?;
        cover(nodes, right, (middle, to), proof)?;
    }
    Ok(())
}

/// The largest power of two below `leaves`, of which there are two at least: where RFC 6962 splits them.
pub(crate) fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

/// The hash over the leaves from `from` to before `to`; `from` is where a split put it.
fn range(nodes: &impl Nodes, from: u64, to: u64) -> Result<Hash, Error> {
    let leaves = to - from;
    if leaves.is_power_of_two() {
        let level = leaves.trailing_zeros();
        return nodes.node(level, from >> level);
    }
    let middle = from + split(leaves);
    let (left, right) = (range(nodes, from, middle)?, range(nodes, middle, to)?);
    Ok(Hash::of_node(&left, &right))
}

/// A tree in memory, with every hash of it.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Of each level, from the leaves up, the hashes of its perfect subtrees.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// Adds a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let hashes = &mut self.levels[level];
            hashes.push(hash);
            match hashes.as_chunks::<2>() {
                ([.., [left, right]], []) => hash = Hash::of_node(left, right),
                _ => return,
            }
        }
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, Vec::len) as u64
    }

    /// Its root.
    pub fn root(&self) -> Hash {
        // The peaks from right to left; a tree in memory has all it needs.
        let peaks = self.levels.iter().filter(|hashes| hashes.len() % 2 == 1);
        peaks
            .filter_map(|hashes| hashes.last())
            .copied()
            .reduce(|right, left| Hash::of_node(&left, &right))
            .unwrap_or_else(Hash::empty)
    }
}

impl FromIterator<Hash> for Tree {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut tree = Tree::default();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        tree
    }
}

impl Nodes for Tree {
    fn node(&self, level: u32, index: u64) -> Result<Hash, Error> {
        let hashes = self.levels.get(level as usize);
        let hash = hashes.and_then(|hashes| hashes.get(usize::try_from(index).ok()?));
        hash.copied().ok_or_else(|| Error::BeyondSize {
            asked: index,
            size: self.size(),
        })
    }
}
