use std::str::FromStr;

use calendar::Timestamp;

use crate::{Error, Hash, Note, SecretKey, What, cosign, note::is_name};

/// What a ledger signs (C2SP tlog-checkpoint): that its first `size` leaves have this root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose ledger it is; also the name of its keys.
    pub origin: String,
    /// How many leaves it covers.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        let Checkpoint { origin, size, root } = self;
        format!("{origin}\n{size}\n{root}\n")
    }

    /// Signs it: as a note, and, so that the moment is signed too, as a cosignature of the ledger
    /// itself. The latter is the ledger's word for the time and counts as no witness's.
    pub fn sign(&self, key: &SecretKey, now: Timestamp) -> Note {
        let text = self.text();
        let signatures = vec![key.sign(&text), cosign(key, &text, now)];
        Note { text, signatures }
    }
}

impl FromStr for Checkpoint {
    type Err = Error;

    /// Reads the text of a note. Lines behind the third are not looked at; their signatures are.
    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed = |why| Error::malformed(What::Checkpoint, why);
        let text = text
            .strip_suffix('\n')
            .ok_or(malformed("its last line has no end"))?;
        let mut lines = text.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(malformed("it has fewer than three lines"));
        };
        if !is_name(origin) || lines.any(str::is_empty) {
            return Err(malformed("a line is empty or not as it should be"));
        }
        Ok(Checkpoint {
            origin: origin.to_owned(),
            size: decimal(size).ok_or(malformed("its size is no number"))?,
            root: root.parse()?,
        })
    }
}

/// A number as C2SP writes it: digits, without zeros in front.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}
