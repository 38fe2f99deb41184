use std::str::FromStr;

use calendar::Timestamp;

use crate::{
    Checkpoint, Cosignature, Error, Note, PublicKey, Purpose, SecretKey, What, checkpoint::decimal,
};

/// The first line of the note, which no checkpoint has.
const HEAD: &str = "sangyu/ledger-rotation@v1";

/// The hand-over from a key to the next: what was signed until then is the old key's, what comes is the new
/// one's. Both sign it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// The last checkpoint of the old key.
    pub last: Checkpoint,
    /// The old key.
    pub from: PublicKey,
    /// The new one.
    pub to: PublicKey,
    /// When.
    pub time: Timestamp,
}

impl Rotation {
    /// Hands over, at this checkpoint.
    pub fn sign(last: Checkpoint, old: &SecretKey, new: &SecretKey, now: Timestamp) -> Note {
        let rotation = Rotation {
            last,
            from: old.public().clone(),
            to: new.public().clone(),
            time: now,
        };
        let text = rotation.text();
        let signatures = vec![old.sign(&text), new.sign(&text)];
        Note { text, signatures }
    }

    fn text(&self) -> String {
        let Rotation {
            last,
            from,
            to,
            time,
        } = self;
        let Checkpoint { origin, size, root } = last;
        let time = time.as_second();
        format!(
            "{HEAD}\norigin {origin}\nfrom {from}\nto {to}\nsize {size}\nroot {root}\ntime {time}\n"
        )
    }

    /// Reads a hand-over and checks both signatures.
    ///
    /// # Errors
    /// [`Error::Malformed`], [`Error::SignatureMissing`], [`Error::SignatureWrong`].
    pub fn open(note: &Note) -> Result<Self, Error> {
        let rotation: Rotation = note.text.parse()?;
        let signed = note.is_signed_by(&rotation.from)? && note.is_signed_by(&rotation.to)?;
        match signed {
            true => Ok(rotation),
            false => Err(Error::SignatureMissing {}),
        }
    }
}

impl FromStr for Rotation {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        read(text)
            .filter(|rotation| rotation.text() == text)
            .ok_or(Error::malformed(
                What::Rotation,
                "a line is missing or changed",
            ))
    }
}

fn read(text: &str) -> Option<Rotation> {
    let mut lines = text.strip_prefix(HEAD)?.strip_prefix('\n')?.lines();
    let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
    let origin = field("origin")?.to_owned();
    let from = field("from")?.parse().ok()?;
    let to = field("to")?.parse().ok()?;
    let size = decimal(field("size")?)?;
    let root = field("root")?.parse().ok()?;
    let seconds = i64::try_from(decimal(field("time")?)?).ok()?;
    Some(Rotation {
        last: Checkpoint { origin, size, root },
        from,
        to,
        time: Timestamp::from_second(seconds).ok()?,
    })
}

/// The keys of a ledger, each for the sizes of trees that it signs.
#[derive(Debug, Clone)]
pub struct Keys {
    periods: Vec<Period>,
}

#[derive(Debug, Clone)]
struct Period {
    key: PublicKey,
    /// The size at which it took over.
    from: u64,
    /// The size at which it handed over; none while it signs.
    until: Option<u64>,
}

impl Keys {
    /// A key that is trusted, and those that it was handed over to, one after another. Hand-overs before
    /// it are passed over: whoever trusts a key need not trust the one before.
    ///
    /// # Errors
    /// [`Error::Malformed`] if a hand-over does not follow the one before, or the key is none of a
    /// ledger; as [`Rotation::open`].
    pub fn trusting(key: PublicKey, rotations: &[Note]) -> Result<Self, Error> {
        if key.purpose() != Purpose::Note {
            return Err(Error::malformed(What::LedgerKey, "it is one of a witness"));
        }
        let mut keys = Keys {
            periods: vec![Period {
                key,
                from: 0,
                until: None,
            }],
        };
        let mut begun = false;
        for note in rotations {
            let rotation = Rotation::open(note)?;
            begun |= rotation.from == *keys.current();
            if begun {
                keys.hand_over(&rotation)?;
            }
        }
        Ok(keys)
    }

    fn hand_over(&mut self, rotation: &Rotation) -> Result<(), Error> {
        let size = rotation.last.size;
        let name = rotation.last.origin.as_str();
        let follows = self.periods.last_mut().filter(|period| {
            let named = [&rotation.from, &rotation.to].map(|key| key.name() == name);
            period.key == rotation.from && period.from <= size && named == [true, true]
        });
        let Some(period) = follows else {
            return Err(Error::malformed(
                What::Rotation,
                "it does not follow the one before",
            ));
        };
        period.until = Some(size);
        self.periods.push(Period {
            key: rotation.to.clone(),
            from: size,
            until: None,
        });
        Ok(())
    }

    /// The key that signs now.
    pub fn current(&self) -> &PublicKey {
        // There is a first one always.
        &self.periods[self.periods.len() - 1].key
    }

    /// All of them, the first one first.
    pub fn all(&self) -> impl Iterator<Item = &PublicKey> {
        self.periods.iter().map(|period| &period.key)
    }

    /// The checkpoint in a note that one of these keys has signed in its time, and the moment that was
    /// signed with it.
    ///
    /// # Errors
    /// [`Error::Malformed`], [`Error::SignatureMissing`], [`Error::SignatureWrong`].
    pub fn open(&self, note: &Note) -> Result<(Checkpoint, Timestamp), Error> {
        let checkpoint: Checkpoint = note.text.parse()?;
        let key = self.signer_of(note, checkpoint.size)?;
        if key.name() != checkpoint.origin {
            return Err(Error::SignatureMissing {});
        }
        let own = Cosignature::of(note, &key.for_purpose(Purpose::Cosignature))?;
        let own = own.ok_or(Error::SignatureMissing {})?;
        Ok((checkpoint, own.time))
    }

    /// The key that has signed a note, of those whose time was when the tree had `size` leaves.
    ///
    /// # Errors
    /// [`Error::SignatureMissing`], [`Error::SignatureWrong`].
    pub fn signer_of(&self, note: &Note, size: u64) -> Result<&PublicKey, Error> {
        for Period { key, from, until } in &self.periods {
            let its_time = *from <= size && until.is_none_or(|until| size <= until);
            if its_time && note.is_signed_by(key)? {
                return Ok(key);
            }
        }
        Err(Error::SignatureMissing {})
    }
}
