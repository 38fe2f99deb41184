//! The signature over a bundle: a note that names the manifest by its hash, signed with the key of the
//! ledger.

use calendar::Timestamp;
use ledger::{Checkpoint, Keys, Note, SecretKey, sha256};

use crate::{BundleFault, Error, Manifest};

/// The first line of the note, which no checkpoint has.
const HEAD: &str = "sangyu/bundle-seal@v1";

pub(crate) fn sign(
    manifest: &[u8],
    checkpoint: &Checkpoint,
    made: Timestamp,
    key: &SecretKey,
) -> Note {
    let text = text(manifest, checkpoint, made);
    let signatures = vec![key.sign(&text)];
    Note { text, signatures }
}

/// Checks that a trusted key of the ledger has signed this manifest, for this checkpoint.
pub(crate) fn check(
    note: &Note,
    bytes: &[u8],
    manifest: &Manifest,
    checkpoint: &Checkpoint,
    keys: &Keys,
) -> Result<(), Error> {
    if note.text != text(bytes, checkpoint, manifest.made) {
        return Err(BundleFault::ManifestChanged {}.into());
    }
    keys.signer_of(note, checkpoint.size)?;
    Ok(())
}

fn text(manifest: &[u8], checkpoint: &Checkpoint, made: Timestamp) -> String {
    let Checkpoint { origin, size, root } = checkpoint;
    let hash = sha256(manifest).to_hex();
    let time = made.as_second();
    format!("{HEAD}\norigin {origin}\nmanifest {hash}\nsize {size}\nroot {root}\ntime {time}\n")
}
