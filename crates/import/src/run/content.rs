use calendar::{Date, shanghai_midnight};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Kind;

/// The id of what a row says: the same content has the same id, whichever file and row it stands
/// in, so that importing it again adds nothing.
///
/// UUIDv8. The first 48 bits are the row's date in milliseconds since 1970 where it has one, so that
/// streams are stored roughly in order; all others are of the SHA-256 of the content.
pub(super) fn content_id(
    kind: Kind,
    content: &impl Serialize,
    date: Option<Date>,
) -> Result<Uuid, app::Error> {
    // Cannot fail for what is hashed here: texts, numbers and dates.
    let json = serde_json::to_vec(content).map_err(|error| {
        app::Error::Internal(format!("a row cannot be written as JSON: {error}"))
    })?;
    let digest = Sha256::new()
        .chain_update("sangyu import\0")
        .chain_update(kind.as_str())
        .chain_update("\0")
        .chain_update(json)
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    if let Some(midnight) = date.and_then(shanghai_midnight) {
        let millisecond = midnight.as_millisecond().max(0).to_be_bytes();
        bytes[..6].copy_from_slice(&millisecond[2..]);
    }
    Ok(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
