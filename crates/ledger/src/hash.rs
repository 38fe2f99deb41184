use std::{fmt, str::FromStr};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ring::digest;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Error, What};

/// A SHA-256 hash. In notes and proofs it is written in base64 ([`fmt::Display`]), in leaves in lower-case
/// hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; Hash::BYTES]);

impl Hash {
    /// How many bytes it has.
    pub const BYTES: usize = 32;

    /// What goes before the bytes of a leaf (RFC 6962, 2.1).
    pub(crate) const LEAF: u8 = 0;

    /// What goes before the two hashes of a node (RFC 6962, 2.1).
    const NODE: u8 = 1;

    /// The root of a tree without leaves.
    pub fn empty() -> Self {
        sha256(&[])
    }

    /// The hash of a leaf (RFC 6962, 2.1).
    pub fn of_leaf(bytes: &[u8]) -> Self {
        let mut digest = Digest::default();
        digest.update(&[Hash::LEAF]);
        digest.update(bytes);
        digest.finish()
    }

    /// The hash of a node over two others (RFC 6962, 2.1).
    pub fn of_node(left: &Hash, right: &Hash) -> Self {
        let mut node = [Hash::NODE; 1 + 2 * Hash::BYTES];
        node[1..=Hash::BYTES].copy_from_slice(&left.0);
        node[1 + Hash::BYTES..].copy_from_slice(&right.0);
        sha256(&node)
    }

    /// 64 lower-case hexadecimal digits.
    pub fn to_hex(&self) -> String {
        String::from_utf8_lossy(&self.hex()).into_owned()
    }

    pub(crate) fn hex(&self) -> [u8; 2 * Hash::BYTES] {
        // Reckoned, not looked up, so that the processor does many at a time.
        let digit = |nibble: u8| nibble + if nibble < 10 { b'0' } else { b'a' - 10 };
        let mut hex = [0; 2 * Hash::BYTES];
        let (pairs, _) = hex.as_chunks_mut::<2>();
        for (pair, byte) in pairs.iter_mut().zip(self.0) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        hex
    }

    fn from_hex(text: &str) -> Option<Self> {
        let value = |digit: &u8| match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            b'a'..=b'f' => Some(digit - b'a' + 10),
            _ => None,
        };
        let mut hash = [0; Hash::BYTES];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != hash.len() || !rest.is_empty() {
            return None;
        }
        for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
            *byte = value(high)? << 4 | value(low)?;
        }
        Some(Hash(hash))
    }
}

/// The SHA-256 of these bytes, without any prefix.
pub fn sha256(bytes: &[u8]) -> Hash {
    Hash::from(digest::digest(&digest::SHA256, bytes))
}

/// The SHA-256 of bytes that come one after another.
#[derive(Clone)]
pub struct Digest(digest::Context);

impl Digest {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all of them.
    pub fn finish(self) -> Hash {
        Hash::from(self.0.finish())
    }
}

impl Default for Digest {
    fn default() -> Self {
        Digest(digest::Context::new(&digest::SHA256))
    }
}

impl From<digest::Digest> for Hash {
    fn from(digest: digest::Digest) -> Self {
        let mut hash = [0; Hash::BYTES];
        hash.copy_from_slice(digest.as_ref());
        Hash(hash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash {
    type Err = Error;

    /// Reads base64.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bytes = BASE64_STANDARD.decode(text).ok();
        let hash = bytes.and_then(|bytes| bytes.try_into().ok());
        hash.map(Hash)
            .ok_or(Error::malformed(What::Hash, "it is not 32 bytes in base64"))
    }
}

impl Serialize for Hash {
    /// As hexadecimal digits.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&String::from_utf8_lossy(&self.hex()))
    }
}

/// A hash in hexadecimal digits.
struct Hex(Hash);

impl FromStr for Hex {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hash = Hash::from_hex(text).map(Hex);
        hash.ok_or("a hash is 64 lower-case hexadecimal digits")
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        calendar::as_text::deserialize(from).map(|Hex(hash)| hash)
    }
}
