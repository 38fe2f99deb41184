//! The folder of a ledger:
//!
//! ```text
//! checkpoint       the newest checkpoint, signed
//! tile/            the hashes of the tree
//! cosigned/SIZE    checkpoints with the cosignatures of witnesses
//! key              the first public key
//! rotations/NNN    how it was handed over to the next, and so on
//! private.key      the key that signs now; only its owner can read it
//! positions        where in the log each full tile ends; nothing that is proven rests on it
//! ```
//!
//! `checkpoint` and `tile/` are laid out as C2SP tlog-tiles says, and can be served as they are.

mod files;
mod proving;

use std::{
    fs, io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use calendar::Timestamp;

use crate::{
    Checkpoint, Cosignature, Error, Hash, Keys, Note, PublicKey, Rotation, SecretKey, root,
    tile::Tiles,
};

const CHECKPOINT: &str = "checkpoint";
const COSIGNED: &str = "cosigned";
const KEY: &str = "key";
const ROTATIONS: &str = "rotations";
const PRIVATE_KEY: &str = "private.key";
const NEXT_KEY: &str = "private.key.next";
pub(crate) const POSITIONS: &str = "positions";

/// Where a ledger is kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Folder {
    path: Arc<Path>,
    /// Held by whoever adds cosignatures.
    adding: Arc<Mutex<()>>,
}

/// A checkpoint that witnesses have cosigned.
#[derive(Debug, Clone)]
pub struct Cosigned {
    /// The note with all signatures.
    pub note: Note,
    /// What it says.
    pub checkpoint: Checkpoint,
    /// By whom, and when.
    pub by: Vec<Cosignature>,
}

impl Folder {
    /// The ledger in this folder, which need not be there yet.
    pub fn at(path: &Path) -> Self {
        Folder {
            path: path.into(),
            adding: Arc::default(),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The newest checkpoint, signed.
    ///
    /// # Errors
    /// [`Error::Empty`] if there is none; [`Error::Malformed`], [`Error::Io`].
    pub fn note(&self) -> Result<Note, Error> {
        self.note_in(CHECKPOINT)?.ok_or(Error::Empty {})
    }

    /// The newest checkpoint, and when it was signed.
    ///
    /// # Errors
    /// As [`Folder::note`], [`Folder::keys`] and [`Keys::open`].
    pub fn checkpoint(&self) -> Result<(Checkpoint, Timestamp), Error> {
        let note = self.note()?;
        self.keys()?.open(&note)
    }

    /// The keys, from the first to the one that signs now.
    ///
    /// # Errors
    /// [`Error::Empty`] if there is none; as [`Keys::trusting`]; [`Error::Io`].
    pub fn keys(&self) -> Result<Keys, Error> {
        let first = self.own(KEY, |text| text.trim_end().parse())?;
        Keys::trusting(first.ok_or(Error::Empty {})?, &self.rotations()?)
    }

    /// How the first key was handed over to the next, and so on.
    ///
    /// # Errors
    /// [`Error::Malformed`], [`Error::Io`].
    pub fn rotations(&self) -> Result<Vec<Note>, Error> {
        let mut notes = Vec::new();
        for number in 1.. {
            match self.note_in(&rotation_path(number))? {
                Some(note) => notes.push(note),
                None => break,
            }
        }
        Ok(notes)
    }

    /// The key that signs now. A new ledger gets the one that follows from these random bytes, under this
    /// name.
    ///
    /// # Errors
    /// [`Error::Malformed`] if no key can have that name; as [`Folder::kept_secret`].
    pub fn secret(&self, origin: &str, random: [u8; Hash::BYTES]) -> Result<SecretKey, Error> {
        if let Some(secret) = self.kept_secret()? {
            return Ok(secret);
        }
        let secret = SecretKey::new(origin, random)?;
        self.write_secret(PRIVATE_KEY, &secret)?;
        self.write(KEY, format!("{}\n", secret.public()).as_bytes())?;
        Ok(secret)
    }

    /// The key that signs now; nothing in a new ledger.
    ///
    /// # Errors
    /// [`Error::KeyMissing`], [`Error::KeyOther`]; [`Error::FileDamaged`]; [`Error::Io`].
    pub fn kept_secret(&self) -> Result<Option<SecretKey>, Error> {
        let shown = || self.path.join(PRIVATE_KEY).display().to_string();
        let Some(secret) = self.own(PRIVATE_KEY, SecretKey::parse)? else {
            return match self.text(KEY)? {
                Some(_) => Err(Error::KeyMissing { path: shown() }),
                None => Ok(None),
            };
        };
        if self.text(KEY)?.is_none() {
            // Killed between the two writes of a new key.
            self.write(KEY, format!("{}\n", secret.public()).as_bytes())?;
        }
        let keys = self.keys()?;
        if secret.public() == keys.current() {
            return Ok(Some(secret));
        }
        // Killed while it handed over.
        let next = self.own(NEXT_KEY, SecretKey::parse)?;
        match next.filter(|n| n.public() == keys.current()) {
            Some(next) => {
                self.rename(NEXT_KEY, PRIVATE_KEY)?;
                Ok(Some(next))
            }
            None => Err(Error::KeyOther { path: shown() }),
        }
    }

    /// Hands over to the key that follows from these random bytes, and signs the newest checkpoint with it.
    /// Nobody else may sign meanwhile.
    ///
    /// # Errors
    /// [`Error::KeyMissing`] if there is no key yet; as [`Folder::secret`].
    pub fn rotate(&self, random: [u8; Hash::BYTES], now: Timestamp) -> Result<PublicKey, Error> {
        let name = self.keys()?.current().name().to_owned();
        let old = self.secret(&name, random)?;
        let new = SecretKey::new(&name, random)?;
        let last = match self.checkpoint() {
            Ok((last, _)) => last,
            Err(Error::Empty {}) => Checkpoint {
                origin: name,
                size: 0,
                root: Hash::empty(),
            },
            Err(error) => return Err(error),
        };
        self.write_secret(NEXT_KEY, &new)?;
        let note = Rotation::sign(last.clone(), &old, &new, now);
        let number = self.rotations()?.len() + 1;
        self.write(&rotation_path(number), note.to_string().as_bytes())?;
        self.rename(NEXT_KEY, PRIVATE_KEY)?;
        if last.size > 0 {
            self.keep(&last.sign(&new, now))?;
        }
        Ok(new.public().clone())
    }

    /// Takes the cosignatures of these witnesses from a note with a checkpoint of this ledger; says whose
    /// there are now.
    ///
    /// # Errors
    /// [`Error::WitnessUnknown`] if there is none; [`Error::NotExtended`] if this ledger does not extend
    /// the checkpoint, although it has signed it; [`Error::BeyondSize`]; as [`Keys::open`] and
    /// [`Cosignature::of`].
    pub fn add_cosignatures(
        &self,
        note: &Note,
        witnesses: &[PublicKey],
    ) -> Result<Cosigned, Error> {
        let _adding = self.adding.lock().unwrap_or_else(PoisonError::into_inner);
        let (checkpoint, _) = self.keys()?.open(note)?;
        let (Checkpoint { size: signed, .. }, _) = self.checkpoint()?;
        let size = checkpoint.size;
        if size > signed || root(&Tiles::new(self, signed), size)? != checkpoint.root {
            return Err(Error::NotExtended { size });
        }
        let path = format!("{COSIGNED}/{size}");
        let mut kept = self.note_in(&path)?.unwrap_or_else(|| Note {
            text: note.text.clone(),
            signatures: Vec::new(),
        });
        let own = self.keys()?;
        let own = own.all().flat_map(|key| {
            let cosigning = key.for_purpose(crate::Purpose::Cosignature);
            [key.clone(), cosigning]
        });
        let mut added = false;
        for witness in witnesses {
            if Cosignature::of(note, witness)?.is_some() {
                added = true;
            }
        }
        if !added {
            return Err(Error::WitnessUnknown {});
        }
        for key in own.chain(witnesses.iter().cloned()) {
            for signature in note.signatures_of(&key) {
                if !kept.signatures.contains(signature) {
                    kept.signatures.push(signature.clone());
                }
            }
        }
        self.write(&path, kept.to_string().as_bytes())?;
        cosigned(kept, checkpoint, witnesses)
    }

    /// The checkpoints that witnesses have cosigned, the smallest first; of these witnesses, with the moments.
    ///
    /// # Errors
    /// [`Error::Io`]; as [`Keys::open`] and [`Cosignature::of`].
    pub fn cosigned(&self, witnesses: &[PublicKey]) -> Result<Vec<Cosigned>, Error> {
        let path = self.path.join(COSIGNED);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(Error::io(&path, &e)),
        };
        let keys = self.keys()?;
        let mut all = Vec::new();
        for entry in entries {
            let name = entry.map_err(|e| Error::io(&path, &e))?.file_name();
            let name = name.to_string_lossy();
            // What a write was killed at is not there.
            if name.parse::<u64>().is_err() {
                continue;
            }
            if let Some(note) = self.note_in(&format!("{COSIGNED}/{name}"))? {
                let (checkpoint, _) = keys.open(&note)?;
                all.push(cosigned(note, checkpoint, witnesses)?);
            }
        }
        all.sort_by_key(|cosigned| cosigned.checkpoint.size);
        Ok(all)
    }

    /// Puts a checkpoint in the place of the one before. Its tiles are on the disk by now.
    pub(crate) fn keep(&self, note: &Note) -> Result<(), Error> {
        self.write(CHECKPOINT, note.to_string().as_bytes())
    }

    fn note_in(&self, name: &str) -> Result<Option<Note>, Error> {
        self.own(name, |text| text.parse())
    }
}

fn cosigned(
    note: Note,
    checkpoint: Checkpoint,
    witnesses: &[PublicKey],
) -> Result<Cosigned, Error> {
    let by = witnesses
        .iter()
        .filter_map(|witness| Cosignature::of(&note, witness).transpose())
        .collect::<Result<_, _>>()?;
    Ok(Cosigned {
        note,
        checkpoint,
        by,
    })
}

fn rotation_path(number: usize) -> String {
    format!("{ROTATIONS}/{number:03}")
}
