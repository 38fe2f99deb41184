//! What a stored file is known by: the hash of its bytes, and what its bytes are.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The SHA-256 of a file's bytes. It names the file: the same bytes are the same file.
///
/// Written as 64 lowercase hexadecimal digits, in JSON too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

/// A text that is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hexadecimal digits in lower case")]
pub struct ContentHashError;

impl ContentHash {
    /// The hash with these bytes.
    pub fn new(sha256: [u8; 32]) -> Self {
        ContentHash(sha256)
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

impl FromStr for ContentHash {
    type Err = ContentHashError;

    fn from_str(text: &str) -> Result<Self, ContentHashError> {
        let digit = |digit: u8| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(ContentHashError),
        };
        let digits: &[u8; 64] = text.as_bytes().try_into().map_err(|_| ContentHashError)?;
        let mut sha256 = [0; 32];
        for (byte, pair) in sha256.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(ContentHash(sha256))
    }
}

calendar::as_text!(ContentHash);

/// What a file's bytes are: the scans and photos that a bureau has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MediaType {
    /// PDF (ISO 32000).
    #[serde(rename = "application/pdf")]
    Pdf,
    /// OFD 版式文档 (GB/T 33190): what Chinese offices issue and archive.
    #[serde(rename = "application/ofd")]
    Ofd,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// TIFF, as scanners write it.
    #[serde(rename = "image/tiff")]
    Tiff,
    /// HEIC, as phones write it.
    #[serde(rename = "image/heic")]
    Heic,
}

impl MediaType {
    /// All that there are.
    pub const ALL: [MediaType; 6] = [
        MediaType::Pdf,
        MediaType::Ofd,
        MediaType::Jpeg,
        MediaType::Png,
        MediaType::Tiff,
        MediaType::Heic,
    ];

    /// The name of the type, such as `image/jpeg`; the same as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            MediaType::Pdf => "application/pdf",
            MediaType::Ofd => "application/ofd",
            MediaType::Jpeg => "image/jpeg",
            MediaType::Png => "image/png",
            MediaType::Tiff => "image/tiff",
            MediaType::Heic => "image/heic",
        }
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_written_in_one_way_only() {
        let text = "01".repeat(31) + "fe";
        let hash: ContentHash = text.parse().unwrap();
        assert_eq!(hash.to_string(), text);
        assert_eq!(serde_json::to_value(hash).unwrap(), text);
        for malformed in [&text[1..], &text.to_uppercase(), &text.replace('f', "g")] {
            assert_eq!(malformed.parse::<ContentHash>(), Err(ContentHashError));
        }
        // As many bytes, but not as many digits.
        assert!("é".repeat(32).parse::<ContentHash>().is_err());
    }

    #[test]
    fn a_type_is_stored_under_its_name() {
        for media_type in MediaType::ALL {
            assert_eq!(
                serde_json::to_value(media_type).unwrap(),
                media_type.as_str()
            );
        }
    }
}
