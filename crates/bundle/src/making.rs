use std::io::{Seek, Write};

use calendar::Timestamp;
use event_log::{Recorded, transfer::Carried};
use ledger::{Folder, Hash, Leaf, Note};
use printout::Font;
use views::Replay;

use crate::{
    BundleFault, Error, Law, Manifest, Scope,
    archive::Writer,
    coverage::Tally,
    derivation::{Derivation, Derived, place},
    files,
    manifest::{Head, shown},
    proof, report, seal,
};

/// Writes a bundle, event by event in the order of the ledger.
pub struct Maker<'a, W: Write + Seek> {
    scope: &'a Scope,
    law: &'a Law,
    checkpoint: Note,
    archive: Writer<W>,
    derivation: Derivation<'a>,
    indices: Vec<u64>,
    leaves: Vec<Hash>,
    /// The bytes of the leaves, where each is proven by itself.
    singles: Vec<Vec<u8>>,
    tally: Tally,
}

/// A bundle that was made.
#[derive(Debug)]
pub struct Made<W> {
    /// Where it was written.
    pub to: W,
    /// What it is and holds.
    pub manifest: Manifest,
    /// The characters that the printed report has no picture of.
    pub missing: Vec<char>,
}

impl<'a, W: Write + Seek> Maker<'a, W> {
    /// Begins a bundle that is proven by this checkpoint. The replay is [`Scope::replay`].
    ///
    /// # Errors
    /// [`Error`].
    pub fn begin(
        to: W,
        scope: &'a Scope,
        law: &'a Law,
        checkpoint: Note,
        replay: &'a mut Replay,
    ) -> Result<Self, Error> {
        let mut archive = Writer::new(to);
        archive.begin(files::EVENTS)?;
        Ok(Maker {
            scope,
            law,
            checkpoint,
            archive,
            derivation: Derivation::begin(scope, law, replay)?,
            indices: Vec::new(),
            leaves: Vec::new(),
            singles: Vec::new(),
            tally: Tally::new(!scope.is_wide()),
        })
    }

    /// Takes the next events that count at the moment, each with its number in the ledger, in their order.
    ///
    /// # Errors
    /// [`Error`].
    pub fn take(&mut self, events: Vec<(u64, Recorded)>) -> Result<(), Error> {
        let mut placed = Vec::with_capacity(events.len());
        for (index, mut event) in events {
            event.position = place(index);
            let leaf = Leaf::of(event.stored())?.to_bytes();
            let hash = Hash::of_leaf(&leaf);
            if !self.tally.take(index, &event, hash) {
                let line = self.leaves.len() + 1;
                return Err(BundleFault::EventStray { line }.into());
            }
            self.indices.push(index);
            self.leaves.push(hash);
            if !self.scope.is_wide() {
                self.singles.push(leaf);
            }
            let line = Carried::from(event.clone()).line();
            self.archive.write(&line.map_err(ledger::Error::from)?)?;
            self.archive.write(b"\n")?;
            placed.push(event);
        }
        self.derivation.take(&placed)
    }

    /// Adds the proofs, what follows from the events, and the report, and signs it all with the key of the
    /// ledger. Without a font there is no printed report.
    ///
    /// # Errors
    /// [`BundleFault::Empty`]; as [`Folder::prove_leaves`] and [`Folder::kept_secret`]; [`Error`].
    pub fn finish(
        mut self,
        folder: &Folder,
        made: Timestamp,
        font: Option<&Font>,
    ) -> Result<Made<W>, Error> {
        if self.leaves.is_empty() {
            return Err(BundleFault::Empty {}.into());
        }
        let key = folder.kept_secret()?.ok_or(ledger::Error::Empty {})?;
        let keys = folder.keys()?;
        let (checkpoint, signed) = keys.open(&self.checkpoint)?;
        let Derived { state, deviations } = self.derivation.finish()?;
        let (state_bytes, deviations_bytes) = (bytes(&state)?, bytes(&deviations)?);
        let coverage = self.tally.coverage(checkpoint.size);
        let head = Head {
            origin: checkpoint.origin.clone(),
            scope: self.scope.clone(),
            made,
            events: coverage.events,
            streams: coverage.streams,
            size: checkpoint.size,
            state: ledger::sha256(&state_bytes),
        };
        let document = report::compose(&report::Told {
            scope: self.scope,
            made,
            checkpoint: &checkpoint,
            signed,
            key: keys.signer_of(&self.checkpoint, checkpoint.size)?,
            coverage: &coverage,
            listed: &self.tally.listed,
            state: &state,
            state_hash: head.state,
            deviations: &deviations,
        });
        let archive = &mut self.archive;
        let proof = folder.prove_leaves(self.checkpoint.clone(), self.indices, &self.leaves)?;
        archive.file(files::PROOF, &proof::to_bytes(&proof)?)?;
        archive.file(files::CHECKPOINT, self.checkpoint.to_string().as_bytes())?;
        for (number, note) in (1..).zip(folder.rotations()?) {
            archive.file(&files::rotation(number), note.to_string().as_bytes())?;
        }
        for rules in self.law.texts() {
            archive.file(&files::rules(&rules.id), rules.text.as_bytes())?;
        }
        archive.file(files::CALENDAR, self.law.calendar().text().as_bytes())?;
        archive.file(files::STATE, &state_bytes)?;
        archive.file(files::DEVIATIONS, &deviations_bytes)?;
        archive.file(files::REPORT_HTML, printout::html(&document).as_bytes())?;
        let mut missing = Vec::new();
        if let Some(font) = font {
            let printed = printout::pdf(&document, font)?;
            archive.file(files::REPORT_PDF, &printed.bytes)?;
            missing = printed.missing.into_iter().collect();
        }
        for (index, leaf) in proof.indices.iter().zip(self.singles) {
            let single = folder.prove_leaf(self.checkpoint.clone(), *index, leaf)?;
            let name = files::single_proof(*index);
            archive.file(&name, single.to_string().as_bytes())?;
        }
        let manifest = Manifest::new(head, archive.entries());
        let manifest_bytes = manifest.to_bytes()?;
        let seal = seal::sign(&manifest_bytes, &checkpoint, made, &key);
        let to = self.archive.finish(&manifest_bytes, &seal.to_string())?;
        Ok(Made {
            to,
            manifest,
            missing,
        })
    }
}

/// What follows from the events, as a file: one form of JSON for the same content.
pub(crate) fn bytes(derived: &impl serde::Serialize) -> Result<Vec<u8>, Error> {
    let written = serde_json::to_vec(derived);
    written.map_err(|error| Error::malformed(files::STATE, shown(&error)))
}
