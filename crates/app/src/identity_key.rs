use std::{fmt, fmt::Write as _};

use calendar::IdNumber;
use domain::identity::IdentityId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The bureau's secret under which ID numbers name streams. Without it nobody can tell from the
/// log whose stream it is, nor try all numbers until one fits.
#[derive(Clone)]
pub struct IdentityKey([u8; 32]);

/// Not 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an identity key is 64 hexadecimal digits")]
pub struct IdentityKeyError;

impl IdentityKey {
    /// A key of random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        IdentityKey(bytes)
    }

    /// Reads the text that [`IdentityKey::to_hex`] wrote.
    ///
    /// # Errors
    /// [`IdentityKeyError`].
    pub fn parse(hex: &str) -> Result<Self, IdentityKeyError> {
        let digits = hex.trim().as_bytes();
        let mut key = [0; 32];
        if digits.len() != 2 * key.len() {
            return Err(IdentityKeyError);
        }
        for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| IdentityKeyError)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| IdentityKeyError)?;
        }
        Ok(IdentityKey(key))
    }

    /// The key as text, to be kept in a file that only the operator reads.
    pub fn to_hex(&self) -> String {
        hex(&self.0)
    }

    /// The stream of an ID number: its HMAC-SHA256.
    pub(crate) fn stream_of(&self, number: &IdNumber) -> Result<IdentityId, IdentityKeyError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(|_| IdentityKeyError)?;
        mac.update(number.as_str().as_bytes());
        Ok(IdentityId(hex(&mac.finalize().into_bytes())))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

impl fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdentityKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_has_the_same_stream_under_one_key_only() {
        let number = IdNumber::parse("11010519491231002X").unwrap();
        let (one, other) = (IdentityKey::new([1; 32]), IdentityKey::new([2; 32]));
        assert_eq!(one.stream_of(&number), one.stream_of(&number));
        assert_ne!(one.stream_of(&number), other.stream_of(&number));
        assert!(!one.stream_of(&number).unwrap().0.contains("19491231"));
    }

    #[test]
    fn a_key_survives_its_file() {
        let key = IdentityKey::new([0xab; 32]);
        assert_eq!(
            IdentityKey::parse(&key.to_hex()).unwrap().to_hex(),
            key.to_hex()
        );
        assert!(IdentityKey::parse("abc").is_err());
        assert!(IdentityKey::parse(&"zz".repeat(32)).is_err());
        assert_eq!(format!("{key:?}"), "IdentityKey(hidden)");
    }
}
