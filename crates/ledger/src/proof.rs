//! Checking proofs, by the algorithms of RFC 9162: nothing here knows how proofs are made.

use crate::{Error, Hash, tree::split};

/// Checks that `leaf`, the hash of a leaf, is the one of this number in the tree of `size` leaves with this
/// root (RFC 9162, 2.1.3.2).
///
/// # Errors
/// [`Error::ProofWrong`].
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: Hash,
) -> Result<(), Error> {
    if index >= size {
        return Err(Error::ProofWrong {});
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = leaf;
    for sibling in proof {
        if last == 0 {
            return Err(Error::ProofWrong {});
        }
        if node & 1 == 1 || node == last {
            hash = Hash::of_node(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            hash = Hash::of_node(&hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    agree(last == 0 && hash == root)
}

/// Checks that the tree of `size` leaves with the root `root` has as its first `old_size` leaves the tree with
/// the root `old_root` (RFC 9162, 2.1.4.2).
///
/// # Errors
/// [`Error::ProofWrong`].
pub fn verify_consistency(
    old_size: u64,
    old_root: Hash,
    size: u64,
    root: Hash,
    proof: &[Hash],
) -> Result<(), Error> {
    if old_size > size {
        return Err(Error::ProofWrong {});
    }
    if old_size == size {
        return agree(proof.is_empty() && old_root == root && known(old_size, root));
    }
    if old_size == 0 {
        return agree(proof.is_empty() && known(0, old_root));
    }
    let (first, rest) = match old_size.is_power_of_two() {
        true => (old_root, proof),
        false => match proof.split_first() {
            Some((first, rest)) => (*first, rest),
            None => return Err(Error::ProofWrong {}),
        },
    };
    let (mut node, mut last) = (old_size - 1, size - 1);
    while node & 1 == 1 {
        (node, last) = (node >> 1, last >> 1);
    }
    let (mut old_hash, mut hash) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(Error::ProofWrong {});
        }
        if node & 1 == 1 || node == last {
            old_hash = Hash::of_node(sibling, &old_hash);
            hash = Hash::of_node(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            hash = Hash::of_node(&hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    agree(last == 0 && old_hash == old_root && hash == root)
}

/// There is one tree without leaves.
fn known(size: u64, root: Hash) -> bool {
    size > 0 || root == Hash::empty()
}

/// The root of the tree of `size` leaves of which these are known, by number, ascending, with a proof as
/// [`inclusion_of_many`](crate::inclusion_of_many) makes it. They are in a checkpoint if this is its root.
///
/// # Errors
/// [`Error::ProofWrong`] if the proof is too short or too long, or the leaves do not ascend or are beyond
/// the size.
pub fn root_of_many(leaves: &[(u64, Hash)], size: u64, proof: &[Hash]) -> Result<Hash, Error> {
    let within = leaves.last().is_none_or(|(last, _)| *last < size);
    if !within || !leaves.is_sorted_by(|(a, _), (b, _)| a < b) {
        return Err(Error::ProofWrong {});
    }
    let mut proof = proof.iter();
    let root = match size {
        0 => Hash::empty(),
        size => fold(leaves, (0, size), &mut proof)?,
    };
    match proof.next() {
        None => Ok(root),
        Some(_) => Err(Error::ProofWrong {}),
    }
}

fn fold(
    leaves: &[(u64, Hash)],
    (from, to): (u64, u64),
    proof: &mut std::slice::Iter<'_, Hash>,
) -> Result<Hash, Error> {
    match leaves {
        [] => proof.next().copied().ok_or(Error::ProofWrong {}),
        [(_, leaf)] if to - from == 1 => Ok(*leaf),
        _ => {
            let middle = from + split(to - from);
            let at = leaves.partition_point(|(index, _)| *index < middle);
            let (left, right) = leaves.split_at(at);
            let left = fold(left, (from, middle), proof)?;
            let right = fold(right, (middle, to), proof)?;
            Ok(Hash::of_node(&left, &right))
        }
    }
}

fn agree(so: bool) -> Result<(), Error> {
    match so {
        true => Ok(()),
        false => Err(Error::ProofWrong {}),
    }
}
