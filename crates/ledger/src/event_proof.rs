use std::{fmt, str::FromStr};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use calendar::Timestamp;

use crate::{
    Checkpoint, Error, Hash, Keys, Leaf, Note, What, checkpoint::decimal, root_of_many,
    verify_inclusion,
};

/// The proof that an event is in a checkpoint (C2SP tlog-proof). It carries the leaf of the event as the extra
/// data of the format, so that it can be checked without anything but a public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventProof {
    /// The bytes of the leaf.
    pub leaf: Vec<u8>,
    /// The number of the leaf.
    pub index: u64,
    /// The way to the root.
    pub proof: Vec<Hash>,
    /// The checkpoint.
    pub checkpoint: Note,
}

/// What a proof has shown.
#[derive(Debug)]
pub struct Proven<'a> {
    /// What it says of the event.
    pub leaf: Leaf<'a>,
    /// The checkpoint that covers it.
    pub checkpoint: Checkpoint,
    /// When the ledger says that it signed the checkpoint.
    pub signed_at: Timestamp,
}

/// The proof that many events are in one checkpoint, far shorter than a proof for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventsProof {
    /// The number of the leaf of each.
    pub indices: Vec<u64>,
    /// The hashes of the largest subtrees that hold none of them, from left to right.
    pub proof: Vec<Hash>,
    /// The checkpoint.
    pub checkpoint: Note,
}

impl EventsProof {
    /// Checks the signature of the checkpoint, and the way to its root from the hashes of these leaves, in
    /// the order of the indices. Gives the checkpoint and when the ledger says that it was signed.
    ///
    /// # Errors
    /// [`Error::ProofWrong`], also where there are more leaves than indices or fewer; as [`Keys::open`].
    pub fn verify(&self, keys: &Keys, leaves: &[Hash]) -> Result<(Checkpoint, Timestamp), Error> {
        let (checkpoint, signed_at) = keys.open(&self.checkpoint)?;
        let pairs = self.indices.iter().copied().zip(leaves.iter().copied());
        let mut pairs: Vec<(u64, Hash)> = pairs.collect();
        pairs.sort_unstable();
        let all = self.indices.len() == leaves.len();
        match all && root_of_many(&pairs, checkpoint.size, &self.proof)? == checkpoint.root {
            true => Ok((checkpoint, signed_at)),
            false => Err(Error::ProofWrong {}),
        }
    }
}

/// The first line.
const HEAD: &str = "c2sp.org/tlog-proof@v1";
/// No tree is higher.
const MOST_HASHES: usize = 64;

impl EventProof {
    /// Checks all of it: the signature of the checkpoint, the way from the leaf to its root, and that the
    /// leaf is one.
    ///
    /// # Errors
    /// [`Error::ProofWrong`]; as [`Keys::open`] and [`Leaf::parse`].
    pub fn verify(&self, keys: &Keys) -> Result<Proven<'_>, Error> {
        let leaf = Hash::of_leaf(&self.leaf);
        let Checkpoint { size, root, .. } = self.checkpoint.text.parse()?;
        verify_inclusion(leaf, self.index, size, &self.proof, root)?;
        let (checkpoint, signed_at) = keys.open(&self.checkpoint)?;
        Ok(Proven {
            leaf: Leaf::parse(&self.leaf)?,
            checkpoint,
            signed_at,
        })
    }
}

impl fmt::Display for EventProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let extra = BASE64_STANDARD.encode(&self.leaf);
        writeln!(f, "{HEAD}\nextra {extra}\nindex {}", self.index)?;
        self.proof
            .iter()
            .try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for EventProof {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed = |why| Error::malformed(What::Proof, why);
        let (proof, checkpoint) = text
            .split_once("\n\n")
            .ok_or(malformed("no checkpoint follows"))?;
        let mut lines = proof.split('\n');
        if lines.next() != Some(HEAD) {
            return Err(malformed("its first line is another"));
        }
        let extra = lines.next().and_then(|line| line.strip_prefix("extra "));
        let leaf = extra.and_then(|extra| BASE64_STANDARD.decode(extra).ok());
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let hashes: Vec<Hash> = lines
            .take(MOST_HASHES + 1)
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        if hashes.len() > MOST_HASHES {
            return Err(malformed("it is longer than any tree is high"));
        }
        Ok(EventProof {
            leaf: leaf.ok_or(malformed("it has no leaf as its extra data"))?,
            index: index
                .and_then(decimal)
                .ok_or(malformed("its index is no number"))?,
            proof: hashes,
            checkpoint: checkpoint.parse()?,
        })
    }
}
