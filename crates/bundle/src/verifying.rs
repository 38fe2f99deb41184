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
    let head = archive.head(files::MANIFEST)?;
    let manifest = Manifest::parse(&head)?;
    let listing = Listing::of(&manifest, &archive.names()?)?;
    manifest
        .files
        .iter()
        .try_for_each(|entry| archive.check(entry))?;
    let checkpoint_note: Note = read(&mut archive, listing.one(files::CHECKPOINT)?)?;
    let rotations = listing.all("rotations/").map(|f| read(&mut archive, f));
    let rotations: Vec<Note> = rotations.collect::<Result<_, _>>()?;
    let keys = Keys::trusting(key.clone(), &rotations)?;
    let (checkpoint, signed) = keys.open(&checkpoint_note)?;
    let sealed = archive.head(files::SIGNATURE)?;
    let sealed = String::from_utf8(sealed)
        .map_err(|_| Error::malformed(files::SIGNATURE, "it is not UTF-8"))?;
    seal::check(&sealed.parse()?, &head, &manifest, &checkpoint, &keys)?;
    // From here on nothing can be wrong by chance; what is wrong was signed so.
    let law = law(&mut archive, &listing)?;
    let proof = archive.file(listing.one(files::PROOF)?)?;
    let proof = proof::parse(&proof, checkpoint_note.clone(), manifest.events)?;
    let mut replay = manifest.scope.replay()?;
    let derivation = Derivation::begin(&manifest.scope, &law, &mut replay)?;
    let mut events = Events::new(&manifest.scope, derivation, &proof);
    archive.lines(listing.one(files::EVENTS)?, |line| events.take(line))?;
    let Replayed {
        derived,
        leaves,
        tally,
    } = events.finish()?;
    proof.verify(&keys, &leaves)?;
    check_singles(
        &mut archive,
        &listing,
        &manifest,
        &proof,
        &leaves,
        &checkpoint,
    )?;
    let state = bytes(&derived.state)?;
    let state_hash = ledger::sha256(&state);
    derives(&mut archive, listing.one(files::STATE)?, &state)?;
    let deviations = bytes(&derived.deviations)?;
    derives(&mut archive, listing.one(files::DEVIATIONS)?, &deviations)?;
    let coverage = tally.coverage(checkpoint.size);
    let counted = (
        &checkpoint.origin,
        coverage.events,
        coverage.streams,
        checkpoint.size,
        state_hash,
    );
    let Manifest {
        origin,
        events,
        streams,
        size,
        state,
        ..
    } = &manifest;
    if counted != (origin, *events, *streams, *size, *state) {
        return Err(not_derived(files::MANIFEST));
    }
    if manifest.is_of_this_version() {
        let document = report::compose(&report::Told {
            scope: &manifest.scope,
            made: manifest.made,
            checkpoint: &checkpoint,
            signed,
            key: keys.signer_of(&checkpoint_note, checkpoint.size)?,
            coverage: &coverage,
            listed: &tally.listed,
            state: &derived.state,
            state_hash,
            deviations: &derived.deviations,
        });
        let html = printout::html(&document);
        derives(
            &mut archive,
            listing.one(files::REPORT_HTML)?,
            html.as_bytes(),
        )?;
    }
    Ok(Verified {
        report: manifest.is_of_this_version(),
        deviations: derived.deviations.deviations.len() as u64,
        manifest,
        checkpoint,
        signed,
        coverage,
    })
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
            name: event.name,
            metadata: event.metadata,
            data: event.data,
        };
        let leaf = Hash::of_leaf(&Leaf::of(&event)?.to_bytes()?);
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
    listing: &Listing<'_>,
    manifest: &Manifest,
    proof: &EventsProof,
    leaves: &[Hash],
    checkpoint: &Checkpoint,
) -> Result<(), Error> {
    let mut singles = listing.all("proofs/");
    if !manifest.scope.is_wide() {
        for (index, leaf) in proof.indices.iter().zip(leaves) {
            let entry = listing.one(&files::single_proof(*index))?;
            let single: EventProof = read(archive, entry)?;
            let same = single.index == *index
                && Hash::of_leaf(&single.leaf) == *leaf
                && single.checkpoint == proof.checkpoint;
            if !same {
                return Err(not_derived(&entry.name));
            }
            // Whose signature was checked before.
            let Checkpoint { size, root, .. } = checkpoint;
            ledger::verify_inclusion(*leaf, *index, *size, &single.proof, *root)?;
        }
    }
    let expected = match manifest.scope.is_wide() {
        true => 0,
        false => leaves.len(),
    };
    match singles.nth(expected) {
        Some(more) => Err(unknown(&more.name)),
        None => Ok(()),
    }
}

/// A text of the ledger.
fn read<T: std::str::FromStr<Err = ledger::Error>>(
    archive: &mut Reader<impl Read + Seek>,
    entry: &FileEntry,
) -> Result<T, Error> {
    let parsed = archive.text(entry)?.parse();
    parsed.map_err(|error: ledger::Error| Error::malformed(&entry.name, error))
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
