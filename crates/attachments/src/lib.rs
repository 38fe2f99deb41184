//! 附件: scans and photos, kept by the hash of their bytes.
//!
//! The bytes lie in a folder or in an S3-compatible store, under `sha256/<two digits>/<hash>`. The
//! same bytes are one object, whoever keeps them. What is stored is on the disk before anyone is
//! told so; what is read is checked against its hash before the first byte is given.
//!
//! A file on its way in or out passes through a temporary file without a name, so that memory does
//! not grow with it and nothing is left when the process ends in between.

mod bucket;
mod error;
mod incoming;
mod media;
mod store;

#[cfg(test)]
mod tests;

pub use bucket::Bucket;
pub use error::Error;
pub use incoming::{Incoming, Received};
pub use store::{Attachments, Content};

use std::collections::BTreeSet;

use domain::MediaType;

/// Which files are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes that a file may have.
    pub most_bytes: u64,
    /// What a file may be, as found in its bytes; its name does not count.
    pub types: BTreeSet<MediaType>,
}

impl Default for Limits {
    /// 20 MiB, a letter of some forty pages scanned in colour; every type there is.
    fn default() -> Self {
        Limits {
            most_bytes: 20 * 1024 * 1024,
            types: MediaType::ALL.into(),
        }
    }
}
