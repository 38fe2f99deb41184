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

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use calendar::Timestamp;
use event_log::{EventLog, Position, Recorded};

use crate::{
    Checkpoint, Cosignature, Error, EventProof, EventsProof, Hash, Keys, Leaf, Note, PublicKey,
    Rotation, SecretKey, TileId, TileReader, inclusion, inclusion_of_many, root,
    tile::{Tiles, WIDTH},
    verify_inclusion,
};

const CHECKPOINT: &str = "checkpoint";
const COSIGNED: &str = "cosigned";
const KEY: &str = "key";
const ROTATIONS: &str = "rotations";
const PRIVATE_KEY: &str = "private.key";
const NEXT_KEY: &str = "private.key.next";
/// How many events are read at a time to find one: those of a tile.
const PAGE: usize = 256;
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
        let first = self.text(KEY)?.ok_or(Error::Empty {})?;
        Keys::trusting(first.trim_end().parse()?, &self.rotations()?)
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
    /// [`Error::KeyMissing`], [`Error::KeyOther`]; [`Error::Malformed`]; [`Error::Io`].
    pub fn secret(&self, origin: &str, random: [u8; Hash::BYTES]) -> Result<SecretKey, Error> {
        let shown = || self.path.join(PRIVATE_KEY).display().to_string();
        let Some(text) = self.text(PRIVATE_KEY)? else {
            if self.text(KEY)?.is_some() {
                return Err(Error::KeyMissing { path: shown() });
            }
            let secret = SecretKey::new(origin, random)?;
            self.write_secret(PRIVATE_KEY, &secret)?;
            self.write(KEY, format!("{}\n", secret.public()).as_bytes())?;
            return Ok(secret);
        };
        let secret = SecretKey::parse(&text)?;
        if self.text(KEY)?.is_none() {
            // Killed between the two writes above.
            self.write(KEY, format!("{}\n", secret.public()).as_bytes())?;
        }
        let keys = self.keys()?;
        if secret.public() == keys.current() {
            return Ok(secret);
        }
        // Killed while it handed over.
        let next = self.text(NEXT_KEY)?.map(|text| SecretKey::parse(&text));
        match next.transpose()?.filter(|n| n.public() == keys.current()) {
            Some(next) => {
                self.rename(NEXT_KEY, PRIVATE_KEY)?;
                Ok(next)
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

    /// The proof that an event of the log is in the newest checkpoint. It is checked before it is given.
    ///
    /// # Errors
    /// [`Error::EventUnsigned`], [`Error::TilesDamaged`]; as [`Folder::note`]; [`Error::Log`].
    pub async fn prove(&self, log: &dyn EventLog, event: &Recorded) -> Result<EventProof, Error> {
        let note = self.note()?;
        let (Checkpoint { size, root, .. }, _) = self.keys()?.open(&note)?;
        let indices = self.indices(log, std::slice::from_ref(event), size).await?;
        let index = indices.into_iter().next().unwrap_or_default();
        let leaf = Leaf::of(event)?.to_bytes()?;
        let proof = inclusion(&Tiles::new(self, size), index, size)?;
        verify_inclusion(Hash::of_leaf(&leaf), index, size, &proof, root)
            .map_err(|_| self.damaged(index, size))?;
        Ok(EventProof {
            leaf,
            index,
            proof,
            checkpoint: note,
        })
    }

    /// One proof that all these events of the log, each given once, are in the newest checkpoint. It is checked
    /// before it is given.
    ///
    /// # Errors
    /// As [`Folder::prove`].
    pub async fn prove_many(
        &self,
        log: &dyn EventLog,
        events: &[Recorded],
    ) -> Result<EventsProof, Error> {
        let checkpoint = self.note()?;
        let (Checkpoint { size, .. }, _) = self.keys()?.open(&checkpoint)?;
        let indices = self.indices(log, events, size).await?;
        let mut sorted = indices.clone();
        sorted.sort_unstable();
        let proof = inclusion_of_many(&Tiles::new(self, size), &sorted, size)?;
        let first = sorted.first().copied().unwrap_or_default();
        let proof = EventsProof {
            indices,
            proof,
            checkpoint,
        };
        let leaf = |event| Ok(Hash::of_leaf(&Leaf::of(event)?.to_bytes()?));
        let leaves: Vec<Hash> = events.iter().map(leaf).collect::<Result<_, Error>>()?;
        match proof.verify(&self.keys()?, &leaves) {
            Ok(_) => Ok(proof),
            Err(Error::ProofWrong {}) => Err(self.damaged(first, size)),
            Err(error) => Err(error),
        }
    }

    /// The proof that the tree of `size` leaves extends the one of `old`.
    ///
    /// # Errors
    /// [`Error::BeyondSize`], [`Error::TilesDamaged`]; as [`Folder::note`].
    pub fn consistency(&self, old: u64, size: u64) -> Result<Vec<Hash>, Error> {
        let (Checkpoint { size: signed, .. }, _) = self.checkpoint()?;
        if size > signed {
            let (asked, size) = (size, signed);
            return Err(Error::BeyondSize { asked, size });
        }
        crate::consistency(&Tiles::new(self, signed), old, size)
    }

    /// The numbers of the leaves of these events in the tree of `size` leaves. Reads no more of the log than
    /// the tiles that hold them.
    async fn indices(
        &self,
        log: &dyn EventLog,
        events: &[Recorded],
        size: u64,
    ) -> Result<Vec<u64>, Error> {
        let ends = self.positions()?;
        // Of each tile, the last event that is wanted.
        let mut tiles: BTreeMap<usize, Position> = BTreeMap::new();
        for event in events {
            let tile = ends.partition_point(|end| *end < event.position);
            let last = tiles.entry(tile).or_insert(event.position);
            *last = (*last).max(event.position);
        }
        let mut found = HashMap::new();
        for (tile, last) in tiles {
            let mut after = tile.checked_sub(1).map(|before| ends[before]);
            let mut index = tile as u64 * WIDTH;
            while index < size && after < Some(last) {
                let page = log.read_all(after, PAGE).await?;
                let Some(end) = page.last() else { break };
                after = Some(end.position);
                let numbered = page.iter().map(|event| event.id).zip(index..size);
                found.extend(numbered);
                index += page.len() as u64;
            }
        }
        let index = |event: &Recorded| found.get(&event.id).copied();
        let unsigned = |event: &Recorded| Error::EventUnsigned { event: event.id };
        let indices = events.iter().map(|e| index(e).ok_or_else(|| unsigned(e)));
        indices.collect()
    }

    fn damaged(&self, index: u64, size: u64) -> Error {
        let tile = TileId::holding(0, index, size);
        Error::TilesDamaged {
            tile: tile.map_or_else(|| POSITIONS.to_owned(), |tile| tile.to_string()),
        }
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

    /// Writes tiles, and where in the log the full ones of level 0 end; all of it is on the disk afterwards.
    pub(crate) fn write_tiles(
        &self,
        tiles: &[(TileId, Vec<Hash>)],
        first_end: u64,
        ends: &[Position],
    ) -> Result<(), Error> {
        let mut folders = BTreeSet::new();
        for (id, hashes) in tiles {
            let path = self.path.join(id.to_string());
            let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.0).collect();
            let folder = path.parent().unwrap_or(&self.path).to_owned();
            let written = make_folder(&folder, &self.path, &mut folders)
                .and_then(|()| fs::File::create(&path))
                .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_data()));
            written.map_err(|e| Error::io(&path, &e))?;
            folders.insert(folder);
        }
        for folder in &folders {
            sync(folder)?;
        }
        self.write_ends(first_end, ends)
    }

    fn write_ends(&self, first: u64, ends: &[Position]) -> Result<(), Error> {
        use std::io::Seek as _;
        if ends.is_empty() {
            return Ok(());
        }
        let path = self.path.join(POSITIONS);
        let bytes: Vec<u8> = ends
            .iter()
            .flat_map(|end| end.to_stored().to_be_bytes())
            .collect();
        let mut options = fs::OpenOptions::new();
        let file = options.create(true).truncate(false).write(true).open(&path);
        let written = file.and_then(|mut file| {
            file.seek(io::SeekFrom::Start(first * 8))?;
            file.write_all(&bytes)?;
            file.sync_data()
        });
        written.map_err(|e| Error::io(&path, &e))
    }

    /// Where in the log each full tile of level 0 ends, as far as it is known.
    pub(crate) fn positions(&self) -> Result<Vec<Position>, Error> {
        let path = self.path.join(POSITIONS);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(e) => return Err(Error::io(&path, &e)),
        };
        let (ends, _) = bytes.as_chunks();
        let end = |bytes: &[u8; 8]| Position::from_stored(u64::from_be_bytes(*bytes));
        Ok(ends.iter().map(end).collect())
    }

    /// Removes the parts of a tile that has become full.
    pub(crate) fn remove_parts(&self, id: TileId) -> Result<(), Error> {
        let path = self.path.join(format!("{}.p", id.full()));
        match fs::remove_dir_all(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Error::io(&path, &e)),
            _ => Ok(()),
        }
    }

    fn note_in(&self, name: &str) -> Result<Option<Note>, Error> {
        self.text(name)?.map(|text| text.parse()).transpose()
    }

    fn text(&self, name: &str) -> Result<Option<String>, Error> {
        let path = self.path.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) if e.kind() == io::ErrorKind::InvalidData => {
                Err(Error::malformed("file of a ledger", "it is not UTF-8"))
            }
            Err(e) => Err(Error::io(&path, &e)),
        }
    }

    /// The file is there whole or not at all, and is on the disk afterwards.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.write_with_mode(name, bytes, 0o666)
    }

    fn write_secret(&self, name: &str, secret: &SecretKey) -> Result<(), Error> {
        self.write_with_mode(name, secret.to_text().as_bytes(), 0o600)
    }

    fn write_with_mode(&self, name: &str, bytes: &[u8], mode: u32) -> Result<(), Error> {
        let path = self.path.join(name);
        let beside = beside(&path);
        let folder = path.parent().unwrap_or(&self.path);
        let write = || {
            fs::create_dir_all(folder)?;
            let mut options = fs::OpenOptions::new();
            options.create(true).truncate(true).write(true).mode(mode);
            let mut file = options.open(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        };
        write().map_err(|e| Error::io(&path, &e))?;
        sync(folder)
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Error> {
        let (from, to) = (self.path.join(from), self.path.join(to));
        fs::rename(&from, &to).map_err(|e| Error::io(&from, &e))?;
        sync(&self.path)
    }
}

impl TileReader for Folder {
    fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Error> {
        let path = self.path.join(id.to_string());
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::io(&path, &e)),
        }
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

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Makes a folder and those above it, down from `top`; notes which ones have a new entry.
fn make_folder(folder: &Path, top: &Path, changed: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|path| !path.is_dir());
    let parents = missing.filter_map(Path::parent);
    changed.extend(
        parents
            .filter(|path| path.starts_with(top))
            .map(Path::to_owned),
    );
    fs::create_dir_all(folder)
}

/// Makes the names of the files in a folder last.
fn sync(folder: &Path) -> Result<(), Error> {
    fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|e| Error::io(folder, &e))
}
