use std::{
    collections::BTreeSet,
    io::{Read, Seek},
};

use calendar::Timestamp;
use event_log::{Recorded, transfer::Carried};
use inspection::Selection;
use ledger::{Checkpoint, EventProof, EventsProof, Hash, Keys, Leaf, Note, PublicKey};

use crate::{
    BundleFault, Error, FileEntry, Law, Manifest, RuleText, Scope,
    archive::Reader,
    coverage::{Coverage, Tally},
    derivation::{Derivation, Derived, place},
    files,
    making::bytes,
    proof, report, seal,
};

/// How many events are folded at a time.
const BATCH: usize = 2_000;

/// What a bundle has shown.
#[derive(Debug)]
pub struct Verified {
    /// What it is and holds.
    pub manifest: Manifest,
    /// The checkpoint that covers its events.
    pub checkpoint: Checkpoint,
    /// When the ledger says that it signed the checkpoint.
    pub signed: Timestamp,
    /// What is covered.
    pub coverage: Coverage,
    /// How many deviations follow from its events.
    pub deviations: u64,
    /// Whether the report was made again, word for word: only the version that made it can.
    pub report: bool,
}

/// Checks a bundle with nothing but a public key of the ledger, the first one or a later one: the signature,
/// every file, every proof, and by folding the events that the rest follows from them.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(bundle: impl Read + Seek, key: &PublicKey) -> Result<Verified, Error> {
    let mut archive = Reader::open(bundle)?;
    let sealed = open(&mut archive, key)?;
    let Sealed {
        manifest,
        keys,
        note,
        checkpoint,
        signed,
    } = &sealed;
    let listing = Listing(manifest);
    // What is read from here on has the size that was signed.
    let files = &manifest.files;
    files.iter().try_for_each(|entry| archive.check(entry))?;
    // Nothing can be wrong by chance any more; what is wrong was signed so.
    let law = law(&mut archive, &listing)?;
    let proof = archive.file(listing.one(files::PROOF)?)?;
    let proof = proof::parse(&proof, note.clone(), manifest.events)?;
    let mut replay = manifest.scope.replay()?;
    let derivation = Derivation::begin(&manifest.scope, &law, &mut replay)?;
    let mut events = Events::new(&manifest.scope, derivation, &proof);
    archive.lines(listing.one(files::EVENTS)?, |line| events.take(line))?;
    let replayed = events.finish()?;
    proof.verify(keys, &replayed.leaves)?;
    check_singles(&mut archive, &sealed, &proof, &replayed.leaves)?;
    let coverage = replayed.tally.coverage(checkpoint.size);
    let derived = &replayed.derived;
    let (state, deviations) = (bytes(&derived.state)?, bytes(&derived.deviations)?);
    derives(&mut archive, listing.one(files::STATE)?, &state)?;
    derives(&mut archive, listing.one(files::DEVIATIONS)?, &deviations)?;
    let state_hash = ledger::sha256(&state);
    let counted = (coverage.events, coverage.streams, state_hash);
    if counted != (manifest.events, manifest.streams, manifest.state) {
        return Err(not_derived(files::MANIFEST));
    }
    if manifest.is_of_this_version() {
        let document = report::compose(&report::Told {
            scope: &manifest.scope,
            made: manifest.made,
            checkpoint,
            signed: *signed,
            key: keys.signer_of(note, checkpoint.size)?,
            coverage: &coverage,
            listed: &replayed.tally.listed,
            state: &derived.state,
            state_hash,
            deviations: &derived.deviations,
        });
        let html = printout::html(&document).into_bytes();
        derives(&mut archive, listing.one(files::REPORT_HTML)?, &html)?;
    }
    Ok(Verified {
        report: manifest.is_of_this_version(),
        deviations: derived.deviations.deviations.len() as u64,
        coverage,
        manifest: sealed.manifest,
        checkpoint: sealed.checkpoint,
        signed: sealed.signed,
    })
}

/// A manifest whose signature was checked, and the checkpoint it was signed for.
struct Sealed {
    manifest: Manifest,
    keys: Keys,
    note: Note,
    checkpoint: Checkpoint,
    signed: Timestamp,
}

/// Reads no more than the head of a bundle: anyone could have written the rest, of any size.
fn open(archive: &mut Reader<impl Read + Seek>, key: &PublicKey) -> Result<Sealed, Error> {
    let head = archive.head(files::MANIFEST)?;
    let manifest = Manifest::parse(&head)?;
    let listing = Listing::of(&manifest, &archive.names()?)?;
    let note: Note = in_head(archive, files::CHECKPOINT)?;
    let rotations = listing.all("rotations/");
    let rotations = rotations.map(|entry| in_head(archive, &entry.name));
    let keys = Keys::trusting(key.clone(), &rotations.collect::<Result<Vec<_>, _>>()?)?;
    let (checkpoint, signed) = keys.open(&note)?;
    let seal: Note = in_head(archive, files::SIGNATURE)?;
    seal::check(&seal, &head, &manifest, &checkpoint, &keys)?;
    if (&manifest.origin, manifest.size) != (&checkpoint.origin, checkpoint.size) {
        return Err(not_derived(files::MANIFEST));
    }
    Ok(Sealed {
        manifest,
        keys,
        note,
        checkpoint,
        signed,
    })
}

/// A note of the ledger.
fn in_head(archive: &mut Reader<impl Read + Seek>, name: &str) -> Result<Note, Error> {
    let malformed = |why: String| Error::malformed(name, why);
    let text = String::from_utf8(archive.head(name)?);
    let text = text.map_err(|_| malformed("it is not UTF-8".to_owned()))?;
    text.parse()
        .map_err(|error: ledger::Error| malformed(error.to_string()))
}

/// The files that a manifest lists.
struct Listing<'a>(&'a Manifest);

impl<'a> Listing<'a> {
    /// Those of a bundle, each once, and each of them in the archive.
    fn of(manifest: &'a Manifest, there: &BTreeSet<String>) -> Result<Self, Error> {
        let listing = Listing(manifest);
        let mut expected: BTreeSet<&str> = [files::MANIFEST, files::SIGNATURE].into();
        for entry in &manifest.files {
            if !listing.is_ours(&entry.name) || !expected.insert(&entry.name) {
                return Err(unknown(&entry.name));
            }
        }
        let unlisted = there.iter().find(|name| !expected.contains(name.as_str()));
        match unlisted {
            Some(name) => Err(unknown(name)),
            None => Ok(listing),
        }
    }

    fn is_ours(&self, name: &str) -> bool {
        const ONES: [&str; 8] = [
            files::EVENTS,
            files::PROOF,
            files::CHECKPOINT,
            files::CALENDAR,
            files::STATE,
            files::DEVIATIONS,
            files::REPORT_HTML,
            files::REPORT_PDF,
        ];
        ONES.contains(&name)
            || files::profile_in(name).is_some()
            || name.starts_with("rotations/")
            || name.starts_with("proofs/")
    }

    fn one(&self, name: &str) -> Result<&'a FileEntry, Error> {
        let found = self.0.files.iter().find(|entry| entry.name == name);
        let file = || name.to_owned();
        let missing = || BundleFault::FileMissing { file: file() };
        Ok(found.ok_or_else(missing)?)
    }

    fn all(&self, folder: &'static str) -> impl Iterator<Item = &'a FileEntry> {
        let inside = move |entry: &&FileEntry| entry.name.starts_with(folder);
        self.0.files.iter().filter(inside)
    }
}

/// Folds the events line by line.
struct Events<'a> {
    derivation: Derivation<'a>,
    selection: Selection,
    indices: std::slice::Iter<'a, u64>,
    leaves: Vec<Hash>,
    tally: Tally,
    batch: Vec<Recorded>,
    counted: usize,
}

struct Replayed {
    derived: Derived,
    leaves: Vec<Hash>,
    tally: Tally,
}

impl<'a> Events<'a> {
    fn new(scope: &Scope, derivation: Derivation<'a>, proof: &'a EventsProof) -> Self {
        Events {
            derivation,
            selection: Selection::new(scope.as_of),
            indices: proof.indices.iter(),
            leaves: Vec::with_capacity(proof.indices.len()),
            tally: Tally::new(!scope.is_wide()),
            batch: Vec::new(),
            counted: 0,
        }
    }

    fn take(&mut self, line: &[u8]) -> Result<(), Error> {
        let number = self.leaves.len() + 1;
        let stray = || BundleFault::EventStray { line: number };
        let index = *self.indices.next().ok_or_else(stray)?;
        let malformed = || Error::malformed(files::EVENTS, format!("line {number} is no event"));
        let Carried {
            stream,
            revision,
            event,
        } = Carried::parse(line).ok_or_else(malformed)?;
        let event = Recorded {
            id: event.id,
            stream,
            revision,
            position: place(index),
            metadata_json: event.metadata.to_json().map_err(|_| malformed())?.into(),
            name: event.name,
            metadata: event.metadata,
            data: event.data.into(),
        };
        let leaf = Leaf::of(event.stored())?.hash();
        if !self.tally.take(index, &event, leaf) {
            return Err(stray().into());
        }
        self.leaves.push(leaf);
        self.batch.push(event);
        match self.batch.len() == BATCH {
            true => self.fold(),
            false => Ok(()),
        }
    }

    fn fold(&mut self) -> Result<(), Error> {
        let batch = std::mem::take(&mut self.batch);
        self.derivation.take(&batch)?;
        self.counted += self.selection.take(batch).len();
        Ok(())
    }

    /// What does not count at the moment was put in.
    fn finish(mut self) -> Result<Replayed, Error> {
        self.fold()?;
        let counted = self.counted + self.selection.finish()?.len();
        if counted != self.leaves.len() || self.indices.next().is_some() {
            let line = self.leaves.len();
            return Err(BundleFault::EventStray { line }.into());
        }
        Ok(Replayed {
            derived: self.derivation.finish()?,
            leaves: self.leaves,
            tally: self.tally,
        })
    }
}

fn law(archive: &mut Reader<impl Read + Seek>, listing: &Listing<'_>) -> Result<Law, Error> {
    let mut texts = Vec::new();
    for entry in listing.all("rules/") {
        let id = files::profile_in(&entry.name)
            .unwrap_or_default()
            .to_owned();
        let text = archive.text(entry)?;
        texts.push(RuleText { id, text });
    }
    Law::read(texts, &archive.text(listing.one(files::CALENDAR)?)?)
}

/// Each event of what is not wide has a proof of its own, in the form that others read, and there are no
/// others.
fn check_singles(
    archive: &mut Reader<impl Read + Seek>,
    sealed: &Sealed,
    proof: &EventsProof,
    leaves: &[Hash],
) -> Result<(), Error> {
    let Checkpoint { size, root, .. } = sealed.checkpoint;
    let listing = Listing(&sealed.manifest);
    let expected = match sealed.manifest.scope.is_wide() {
        true => &[],
        false => leaves,
    };
    for (index, leaf) in proof.indices.iter().zip(expected) {
        let entry = listing.one(&files::single_proof(*index))?;
        let single = archive.text(entry)?.parse();
        let single: EventProof = single
            .map_err(|error: ledger::Error| Error::malformed(&entry.name, error.to_string()))?;
        let same = single.index == *index
            && Hash::of_leaf(&single.leaf) == *leaf
            && single.checkpoint == sealed.note;
        if !same {
            return Err(not_derived(&entry.name));
        }
        // The signature under its checkpoint was checked before.
        ledger::verify_inclusion(*leaf, *index, size, &single.proof, root)?;
    }
    match listing.all("proofs/").nth(expected.len()) {
        Some(more) => Err(unknown(&more.name)),
        None => Ok(()),
    }
}

fn derives(
    archive: &mut Reader<impl Read + Seek>,
    entry: &FileEntry,
    derived: &[u8],
) -> Result<(), Error> {
    match archive.file(entry)? == derived {
        true => Ok(()),
        false => Err(not_derived(&entry.name)),
    }
}

fn not_derived(file: &str) -> Error {
    let file = file.to_owned();
    BundleFault::NotDerived { file }.into()
}

fn unknown(file: &str) -> Error {
    let file = file.to_owned();
    BundleFault::FileUnknown { file }.into()
}
