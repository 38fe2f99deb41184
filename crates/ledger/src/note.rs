use std::{fmt, str::FromStr};

use base64::{Engine as _, prelude::BASE64_STANDARD};

use crate::{Error, PublicKey, What};

/// More signatures than this are not read.
const MOST_SIGNATURES: usize = 100;

/// A text with signatures (C2SP signed-note).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What is signed; ends with a newline.
    pub text: String,
    /// By whom.
    pub signatures: Vec<Signature>,
}

/// One signature under a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The name of the key.
    pub name: String,
    /// The id of the key.
    pub key: [u8; 4],
    /// What the algorithm made of the text.
    pub bytes: Vec<u8>,
}

impl Note {
    /// Whether this key has signed the text. Signatures of other keys are not looked at.
    ///
    /// # Errors
    /// [`Error::SignatureWrong`] if a signature bears the key's name and id and is none of this text.
    pub fn is_signed_by(&self, key: &PublicKey) -> Result<bool, Error> {
        let mut signed = false;
        for signature in self.signatures_of(key) {
            if !key.verifies(self.text.as_bytes(), &signature.bytes) {
                return Err(wrong(key));
            }
            signed = true;
        }
        Ok(signed)
    }

    /// What bears the name and the id of this key.
    pub(crate) fn signatures_of(&self, key: &PublicKey) -> impl Iterator<Item = &Signature> {
        let same = |s: &&Signature| s.key == key.id() && s.name == key.name();
        self.signatures.iter().filter(same)
    }
}

pub(crate) fn wrong(key: &PublicKey) -> Error {
    Error::SignatureWrong {
        name: key.name().to_owned(),
    }
}

/// Whether it can be the name of a key.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c == '+' || c.is_whitespace() || c.is_control())
}

impl FromStr for Note {
    type Err = Error;

    fn from_str(note: &str) -> Result<Self, Error> {
        let malformed = |why| Error::malformed(What::Note, why);
        if note.contains(|c: char| c < ' ' && c != '\n') {
            return Err(malformed("it has control characters"));
        }
        let (text, signatures) = note
            .rsplit_once("\n\n")
            .ok_or(malformed("no empty line stands before its signatures"))?;
        let signatures = signatures
            .strip_suffix('\n')
            .ok_or(malformed("its last line has no end"))?;
        if signatures.split('\n').count() > MOST_SIGNATURES {
            return Err(malformed("it has over 100 signatures"));
        }
        let signatures = signatures.split('\n').map(str::parse);
        Ok(Note {
            text: format!("{text}\n"),
            signatures: signatures.collect::<Result<_, _>>()?,
        })
    }
}

impl FromStr for Signature {
    type Err = Error;

    fn from_str(line: &str) -> Result<Self, Error> {
        let malformed =
            || Error::malformed(What::Signature, "it is not written as `— name base64`");
        let (name, encoded) = line
            .strip_prefix("— ")
            .and_then(|line| line.split_once(' '))
            .ok_or_else(malformed)?;
        let bytes = BASE64_STANDARD.decode(encoded).map_err(|_| malformed())?;
        match bytes.split_first_chunk() {
            Some((key, bytes)) if is_name(name) && !bytes.is_empty() => Ok(Signature {
                name: name.to_owned(),
                key: *key,
                bytes: bytes.to_vec(),
            }),
            _ => Err(malformed()),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|s| writeln!(f, "{s}"))
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.key[..], &self.bytes].concat();
        write!(f, "— {} {}", self.name, BASE64_STANDARD.encode(bytes))
    }
}
