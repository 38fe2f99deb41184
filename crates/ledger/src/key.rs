//! Keys, in the encodings of C2SP signed-note and of the Go package that began it.

use std::{fmt, str::FromStr};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};

use crate::{
    Error, Hash, What,
    note::{Signature, is_name},
    sha256,
};

/// What a key signs. The same key makes another id for each, so that one signature is never taken for the
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The text of a note.
    Note,
    /// A checkpoint at a moment (C2SP tlog-cosignature).
    Cosignature,
}

/// A way to sign. Another one, such as SM2, is a type that implements this and a line in
/// [`ALGORITHMS`].
trait Algorithm: Send + Sync {
    /// What stands before the public key, by C2SP signed-note. An algorithm that has no number there begins
    /// with 0xff and a longer name.
    fn prefix(&self, purpose: Purpose) -> &'static [u8];

    /// Whether these can be the bytes of a public key.
    fn is_public(&self, public: &[u8]) -> bool;

    fn verify(&self, public: &[u8], message: &[u8], signature: &[u8]) -> bool;

    /// The pair that follows from a secret; nothing if it is no secret of this algorithm.
    fn pair(&self, secret: &[u8]) -> Option<Box<dyn Pair>>;
}

/// A private key of an algorithm.
trait Pair: Send + Sync {
    fn public(&self) -> Vec<u8>;
    fn sign(&self, message: &[u8]) -> Vec<u8>;
}

static ALGORITHMS: &[&dyn Algorithm] = &[&Ed25519];

struct Ed25519;

impl Algorithm for Ed25519 {
    fn prefix(&self, purpose: Purpose) -> &'static [u8] {
        match purpose {
            Purpose::Note => &[0x01],
            Purpose::Cosignature => &[0x04],
        }
    }

    fn is_public(&self, public: &[u8]) -> bool {
        public.len() == 32
    }

    fn verify(&self, public: &[u8], message: &[u8], signature: &[u8]) -> bool {
        let public = UnparsedPublicKey::new(&ED25519, public);
        public.verify(message, signature).is_ok()
    }

    fn pair(&self, secret: &[u8]) -> Option<Box<dyn Pair>> {
        let pair = Ed25519KeyPair::from_seed_unchecked(secret).ok()?;
        Some(Box::new(pair))
    }
}

impl Pair for Ed25519KeyPair {
    fn public(&self) -> Vec<u8> {
        self.public_key().as_ref().to_vec()
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        Ed25519KeyPair::sign(self, message).as_ref().to_vec()
    }
}

/// Whose signatures are trusted, and on what. Written as `name+id+base64` (a vkey).
#[derive(Clone)]
pub struct PublicKey {
    name: String,
    algorithm: &'static dyn Algorithm,
    purpose: Purpose,
    bytes: Vec<u8>,
}

impl PublicKey {
    /// The name that stands before its signatures.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// What a signature names it by, with the name.
    pub fn id(&self) -> [u8; 4] {
        let head = [self.name.as_bytes(), b"\n"].concat();
        let [a, b, c, d, ..] = sha256(&[head, self.typed()].concat()).0;
        [a, b, c, d]
    }

    /// The same key for another purpose.
    #[must_use]
    pub fn for_purpose(&self, purpose: Purpose) -> Self {
        PublicKey {
            purpose,
            ..self.clone()
        }
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.algorithm.verify(&self.bytes, message, signature)
    }

    fn typed(&self) -> Vec<u8> {
        [self.algorithm.prefix(self.purpose), &self.bytes].concat()
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.typed() == other.typed()
    }
}

impl Eq for PublicKey {}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = u32::from_be_bytes(self.id());
        let typed = BASE64_STANDARD.encode(self.typed());
        write!(f, "{}+{id:08x}+{typed}", self.name)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PublicKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed =
            || Error::malformed(What::PublicKey, "it is not written as `name+id+base64`");
        let (name, id, typed) = parts(text).ok_or_else(malformed)?;
        for algorithm in ALGORITHMS.iter().copied() {
            for purpose in [Purpose::Note, Purpose::Cosignature] {
                let bytes = typed.strip_prefix(algorithm.prefix(purpose));
                let Some(bytes) = bytes.filter(|bytes| algorithm.is_public(bytes)) else {
                    continue;
                };
                let key = PublicKey {
                    name,
                    algorithm,
                    purpose,
                    bytes: bytes.to_vec(),
                };
                return match key.id() == id {
                    true => Ok(key),
                    false => Err(Error::malformed(What::PublicKey, "its id is not its own")),
                };
            }
        }
        Err(Error::malformed(
            What::PublicKey,
            "its algorithm is not known",
        ))
    }
}

/// Signs checkpoints. It is never shown; [`SecretKey::to_text`] gives what is kept in its file.
pub struct SecretKey {
    secret: Vec<u8>,
    pair: Box<dyn Pair>,
    public: PublicKey,
}

/// What stands before a private key in its file.
const PRIVATE: &str = "PRIVATE+KEY+";

impl SecretKey {
    /// The Ed25519 key that follows from these random bytes.
    ///
    /// # Errors
    /// [`Error::Malformed`] if no key can have that name: it is empty, or holds a plus or white space.
    pub fn new(name: &str, secret: [u8; Hash::BYTES]) -> Result<Self, Error> {
        if !is_name(name) {
            return Err(Error::malformed(
                What::KeyName,
                "it is empty, or holds a plus sign or white space",
            ));
        }
        Self::of(name.to_owned(), &Ed25519, &secret)
            .ok_or(Error::malformed(What::PrivateKey, "its secret is none"))
    }

    fn of(name: String, algorithm: &'static dyn Algorithm, secret: &[u8]) -> Option<Self> {
        let pair = algorithm.pair(secret)?;
        let public = PublicKey {
            name,
            algorithm,
            purpose: Purpose::Note,
            bytes: pair.public(),
        };
        Some(SecretKey {
            secret: secret.to_vec(),
            pair,
            public,
        })
    }

    /// Reads what [`SecretKey::to_text`] wrote.
    ///
    /// # Errors
    /// [`Error::Malformed`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let malformed = || Error::malformed(What::PrivateKey, "its file was changed");
        let text = text.trim_end().strip_prefix(PRIVATE);
        let (name, id, typed) = text.and_then(parts).ok_or_else(malformed)?;
        let of = |algorithm: &'static dyn Algorithm| {
            let secret = typed.strip_prefix(algorithm.prefix(Purpose::Note))?;
            Self::of(name.clone(), algorithm, secret)
        };
        let key = ALGORITHMS.iter().copied().find_map(of);
        key.filter(|key| key.public.id() == id)
            .ok_or_else(malformed)
    }

    /// The text of its file, which only the operator may read.
    pub fn to_text(&self) -> String {
        let id = u32::from_be_bytes(self.public.id());
        let prefix = self.public.algorithm.prefix(Purpose::Note);
        let secret = BASE64_STANDARD.encode([prefix, &self.secret].concat());
        format!("{PRIVATE}{}+{id:08x}+{secret}\n", self.public.name)
    }

    /// What others trust.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs the text of a note.
    pub fn sign(&self, text: &str) -> Signature {
        Signature {
            name: self.public.name.clone(),
            key: self.public.id(),
            bytes: self.sign_bytes(text.as_bytes()),
        }
    }

    pub(crate) fn sign_bytes(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(message)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({}, hidden)", self.public)
    }
}

/// Of `name+id+base64`.
fn parts(text: &str) -> Option<(String, [u8; 4], Vec<u8>)> {
    let (name, rest) = text.split_once('+')?;
    let (id, typed) = rest.split_once('+')?;
    let hex = id.len() == 8 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let id = u32::from_str_radix(id, 16).ok()?.to_be_bytes();
    let typed = BASE64_STANDARD.decode(typed).ok()?;
    (hex && is_name(name)).then(|| (name.to_owned(), id, typed))
}
