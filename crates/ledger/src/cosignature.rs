use calendar::Timestamp;

use crate::{Error, Note, PublicKey, Purpose, SecretKey, Signature, What, note::wrong};

/// A witness's word that at this moment the checkpoint was the largest it had seen of the ledger, and
/// extended what it had seen before (C2SP tlog-cosignature, `cosignature/v1`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosignature {
    /// The name of the witness.
    pub witness: String,
    /// When, to the second.
    pub time: Timestamp,
}

/// Signs the text of a checkpoint as a witness does.
pub fn cosign(key: &SecretKey, text: &str, now: Timestamp) -> Signature {
    let time = u64::try_from(now.as_second()).unwrap_or_default();
    let signature = key.sign_bytes(message(text, time).as_bytes());
    let public = key.public().for_purpose(Purpose::Cosignature);
    Signature {
        name: public.name().to_owned(),
        key: public.id(),
        bytes: [&time.to_be_bytes()[..], &signature].concat(),
    }
}

fn message(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

impl Cosignature {
    /// This witness's, the latest if there are several; nothing if there is none. Signatures of others are
    /// not looked at.
    ///
    /// # Errors
    /// [`Error::SignatureWrong`] if a signature bears the witness's name and id and is none of this
    /// checkpoint; [`Error::Malformed`] if the key is none of a witness.
    pub fn of(note: &Note, witness: &PublicKey) -> Result<Option<Self>, Error> {
        if witness.purpose() != Purpose::Cosignature {
            return Err(Error::malformed(
                What::WitnessKey,
                "it is one that signs notes",
            ));
        }
        let mut latest: Option<Timestamp> = None;
        for signature in note.signatures_of(witness) {
            let read = signature
                .bytes
                .split_first_chunk()
                .and_then(|(time, bytes)| {
                    let seconds = u64::from_be_bytes(*time);
                    let time = Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
                    let message = message(&note.text, seconds);
                    witness.verifies(message.as_bytes(), bytes).then_some(time)
                });
            latest = latest.max(Some(read.ok_or_else(|| wrong(witness))?));
        }
        Ok(latest.map(|time| Cosignature {
            witness: witness.name().to_owned(),
            time,
        }))
    }
}
