//! Whatever is changed in a bundle is found, and nothing that is read can stop the program.

use std::{
    collections::BTreeMap,
    io::Write as _,
    panic::{AssertUnwindSafe, catch_unwind},
};

use ledger::{Checkpoint, sha256};
use printout::Font;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::{FileEntry, Manifest, archive::Reader, files, seal};

/// How many mutations are tried, in half a minute; `SANGYU_MUTATIONS` names another number, `SANGYU_SEED` where
/// to begin.
const MUTATIONS: u64 = 2_500;
/// Of the bureau whose bundles are changed.
const MOST_EVENTS: usize = 60;

fn knob(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().unwrap())
}

/// A bundle, taken apart.
#[derive(Clone)]
struct Open {
    files: Vec<(String, Vec<u8>)>,
    manifest: Vec<u8>,
    seal: String,
}

/// Who closes a bundle again.
enum By<'a> {
    /// Someone who changes files and nothing else.
    Nobody,
    /// Someone who writes the manifest anew, and cannot sign it.
    Forger,
    /// Someone with this key, who signs it.
    Signer(&'a SecretKey),
}

impl Open {
    fn new(bundle: &[u8]) -> Self {
        let mut reader = Reader::open(Cursor::new(bundle)).unwrap();
        let manifest = reader.head(files::MANIFEST).unwrap();
        let seal = String::from_utf8(reader.head(files::SIGNATURE).unwrap()).unwrap();
        let listed = Manifest::parse(&manifest).unwrap().files;
        let mut read = |entry: &FileEntry| (entry.name.clone(), reader.file(entry).unwrap());
        Open {
            files: listed.iter().map(&mut read).collect(),
            manifest,
            seal,
        }
    }

    fn file(&mut self, name: &str) -> &mut Vec<u8> {
        let found = self.files.iter_mut().find(|(own, _)| own == name);
        &mut found.unwrap().1
    }

    fn text(&mut self, name: &str) -> String {
        String::from_utf8_lossy(self.file(name)).into_owned()
    }

    fn manifest(&self) -> Manifest {
        Manifest::parse(&self.manifest).unwrap()
    }

    /// Says what the manifest is to say; it is signed when the bundle is closed.
    fn say(&mut self, change: impl FnOnce(&mut Manifest)) {
        let mut manifest = self.manifest();
        change(&mut manifest);
        self.manifest = manifest.to_bytes().unwrap();
    }

    /// The lines of the events.
    fn lines(&mut self) -> Vec<String> {
        let text = self.text(files::EVENTS);
        text.lines().map(str::to_owned).collect()
    }

    fn put_lines(&mut self, lines: &[String]) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        *self.file(files::EVENTS) = text.into_bytes();
    }

    fn close(mut self, by: &By<'_>) -> Vec<u8> {
        match by {
            By::Nobody => {}
            By::Forger => self.list(),
            By::Signer(key) => {
                self.list();
                let named = |(name, _): &&(String, Vec<u8>)| name == files::CHECKPOINT;
                let checkpoint = self.files.iter().find(named).and_then(|(_, bytes)| {
                    let note: ledger::Note = std::str::from_utf8(bytes).ok()?.parse().ok()?;
                    note.text.parse::<Checkpoint>().ok()
                });
                if let Some(checkpoint) = checkpoint {
                    let made = self.manifest().made;
                    self.seal = seal::sign(&self.manifest, &checkpoint, made, key).to_string();
                }
            }
        }
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // Not packed: that is most of the time otherwise.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let manifest = (files::MANIFEST.to_owned(), self.manifest);
        let seal = (files::SIGNATURE.to_owned(), self.seal.into_bytes());
        for (name, bytes) in self.files.into_iter().chain([manifest, seal]) {
            zip.start_file(name, options).unwrap();
            zip.write_all(&bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Lists the files as they are now.
    fn list(&mut self) {
        let files = self.files.iter().map(|(name, bytes)| FileEntry {
            name: name.clone(),
            bytes: bytes.len() as u64,
            sha256: sha256(bytes),
        });
        let files = files.collect();
        self.say(|manifest| manifest.files = files);
    }
}

/// The bundles that are changed, and what else there is to change them with.
struct Worlds {
    whole: Vec<u8>,
    /// Taken apart, and as they are closed again untouched.
    opened: Vec<(Open, Vec<u8>)>,
    /// Of another person, in the same ledger.
    other: Open,
    /// Of the same person, in a ledger where one event was another, signed with the same key.
    fork: Open,
    /// An older checkpoint of the same ledger.
    stale: String,
    key: PublicKey,
    secret: SecretKey,
    stranger: SecretKey,
}

fn closed(open: Open) -> (Open, Vec<u8>) {
    let untouched = open.clone().close(&By::Nobody);
    (open, untouched)
}

impl Worlds {
    fn new() -> Self {
        // Small ones: what may be changed is the same.
        let bureau = &Bureau::with(&BUREAU.events[..MOST_EVENTS], 1);
        let whole = bureau.of_person(0);
        let middle = bureau.events[MOST_EVENTS / 2].metadata.recorded;
        let (then, counted) = as_of(bureau, 0, AsOf::at(calendar::When::At(middle)));
        let everything = bureau.bundle(&scope(Subject::Bureau), bureau.events.clone());
        let mut forked = bureau.events.clone();
        let concerns = |event: &Recorded| event.metadata.subjects.contains(&person(0).0);
        let last = forked.iter().rposition(concerns).unwrap();
        std::sync::Arc::make_mut(&mut forked[last].metadata.actor)
            .name
            .push('某');
        let fork = Bureau::with(&forked, 1);
        let older = Bureau::with(&bureau.events[..last], 1);
        Worlds {
            opened: vec![
                closed(Open::new(&whole)),
                closed(Open::new(&bureau.bundle(&then, counted))),
                closed(Open::new(&everything)),
            ],
            whole,
            other: Open::new(&bureau.of_person(1)),
            fork: Open::new(&fork.of_person(0)),
            stale: older.folder.note().unwrap().to_string(),
            key: bureau.key(),
            secret: bureau.secret(),
            stranger: SecretKey::new("example.org/ledger", [7; 32]).unwrap(),
        }
    }
}

fn below(rng: &mut ChaCha8Rng, end: usize) -> usize {
    rng.random_range(0..end)
}

/// Changes bytes anywhere.
fn scramble(bytes: &mut Vec<u8>, rng: &mut ChaCha8Rng) {
    let at = below(rng, bytes.len());
    match below(rng, 5) {
        0 => bytes[at] ^= 1 << below(rng, 8),
        1 => bytes[at] = bytes[at].wrapping_add(rng.random_range(1..=255)),
        2 => {
            let end = bytes.len().min(at + 1 + below(rng, 40));
            bytes.drain(at..end);
        }
        3 => {
            let put: Vec<u8> = (0..=below(rng, 20)).map(|_| rng.random()).collect();
            bytes.splice(at..at, put);
        }
        _ => bytes.truncate(at),
    }
}

/// Changes a file as text is changed: the bundle must tell by more than damaged JSON.
fn retouch(bytes: &mut Vec<u8>, rng: &mut ChaCha8Rng) {
    let digits: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at].is_ascii_digit())
        .collect();
    match digits.is_empty() {
        true => scramble(bytes, rng),
        false => {
            let at = digits[below(rng, digits.len())];
            bytes[at] = b'0' + (bytes[at] - b'0' + rng.random_range(1..=9)) % 10;
        }
    }
}

/// What someone may do who has no key; whether the manifest follows is another question.
fn from_outside(open: &mut Open, worlds: &Worlds, rng: &mut ChaCha8Rng) {
    let at = below(rng, open.files.len());
    match below(rng, 7) {
        0 => scramble(&mut open.files[at].1, rng),
        1 | 2 => retouch(&mut open.files[at].1, rng),
        3 => {
            open.files.remove(at);
        }
        4 => {
            let names = [
                "readme.txt",
                "proofs/999999.tlog-proof",
                "rules/another.toml",
                "report.pdf",
            ];
            let name = names[below(rng, names.len())].to_owned();
            open.files.push((name, b"id = \"another\"".to_vec()));
        }
        5 => {
            let other = (at + 1 + below(rng, open.files.len() - 1)) % open.files.len();
            let name = open.files[at].0.clone();
            open.files[at].0 = std::mem::replace(&mut open.files[other].0, name);
        }
        _ => {
            let of = [files::EVENTS, files::PROOF, files::STATE, files::CHECKPOINT];
            let name = of[below(rng, of.len())];
            let with = match below(rng, 2) {
                0 => &worlds.other,
                _ => &worlds.fork,
            };
            let bytes = with.clone().file(name).clone();
            match *open.file(name) == bytes {
                // The same state follows from the fork.
                true => scramble(open.file(name), rng),
                false => *open.file(name) = bytes,
            }
        }
    }
}

/// What someone may do who has the key of the ledger, and wants another past than the one that was signed.
fn from_inside(open: &mut Open, worlds: &Worlds, rng: &mut ChaCha8Rng) {
    let mut lines = open.lines();
    let at = below(rng, lines.len());
    match below(rng, 13) {
        0 => {
            let mut bytes = lines[at].clone().into_bytes();
            retouch(&mut bytes, rng);
            lines[at] = String::from_utf8(bytes).unwrap();
            open.put_lines(&lines);
        }
        1 => {
            lines.remove(at);
            open.put_lines(&lines);
        }
        2 => {
            lines.insert(at, lines[below(rng, lines.len())].clone());
            open.put_lines(&lines);
        }
        3 => {
            let other = (at + 1 + below(rng, lines.len() - 1)) % lines.len();
            lines.swap(at, other);
            open.put_lines(&lines);
        }
        4 => {
            let mut others = worlds.fork.clone().lines();
            others.retain(|line| !lines.contains(line));
            lines.insert(at, others[0].clone());
            open.put_lines(&lines);
        }
        5 => {
            lines.truncate(at);
            open.put_lines(&lines);
        }
        6 => retouch(open.file(files::STATE), rng),
        7 => retouch(open.file(files::DEVIATIONS), rng),
        8 => retouch(open.file(files::REPORT_HTML), rng),
        9 => retouch(open.file(files::PROOF), rng),
        10 => {
            let is_proof = |(name, _): &&mut (String, Vec<u8>)| name.starts_with("proofs/");
            let mut proofs: Vec<_> = open.files.iter_mut().filter(is_proof).collect();
            match proofs.len() {
                // Of a bundle that has none.
                0 => open.files.push(("proofs/0.tlog-proof".to_owned(), vec![])),
                some => match below(rng, 2) {
                    0 => retouch(&mut proofs[below(rng, some)].1, rng),
                    _ => proofs[0].1 = proofs[some - 1].1.clone(),
                },
            }
        }
        11 => {
            let stale = worlds.stale.clone().into_bytes();
            *open.file(files::CHECKPOINT) = match below(rng, 2) {
                0 => stale,
                _ => worlds.fork.clone().file(files::CHECKPOINT).clone(),
            };
        }
        _ => {
            let subject = Subject::Person(person(2 + rng.random_range(0..9)));
            let choice = below(rng, 6);
            open.say(|manifest| match choice {
                0 => manifest.events += 1,
                1 => manifest.streams += 1,
                2 => manifest.size += 1,
                3 => manifest.state = sha256(b"another"),
                4 => manifest.scope.subject = subject,
                _ => manifest.origin.push('x'),
            });
        }
    }
}

/// All of what a bundle holds, if it can be read.
fn contents(bundle: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut reader = Reader::open(Cursor::new(bundle)).ok()?;
    let names = reader.names().ok()?;
    let mut read = |name: String| Some((name.clone(), reader.head(&name).ok()?));
    names.into_iter().map(&mut read).collect()
}

#[test]
fn whatever_is_changed_is_found() {
    let worlds = Worlds::new();
    verified(&worlds.whole, &worlds.key).unwrap();
    let original = contents(&worlds.whole);
    let first = knob("SANGYU_SEED", 0);
    let (mut codes, mut harmless) = (BTreeMap::<String, u64>::new(), 0);
    for seed in first..first + knob("SANGYU_MUTATIONS", MUTATIONS) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (opened, untouched) = &worlds.opened[below(&mut rng, worlds.opened.len())];
        let mut open = opened.clone();
        let (bundle, key) = match seed % 8 {
            0..=2 => {
                let mut bytes = worlds.whole.clone();
                scramble(&mut bytes, &mut rng);
                (bytes, &worlds.key)
            }
            3 => {
                from_outside(&mut open, &worlds, &mut rng);
                (open.close(&By::Nobody), &worlds.key)
            }
            4 => {
                from_outside(&mut open, &worlds, &mut rng);
                (open.close(&By::Forger), &worlds.key)
            }
            5 => {
                from_outside(&mut open, &worlds, &mut rng);
                (open.close(&By::Signer(&worlds.stranger)), &worlds.key)
            }
            6 => {
                from_inside(&mut open, &worlds, &mut rng);
                (open.close(&By::Signer(&worlds.secret)), &worlds.key)
            }
            _ => (untouched.clone(), worlds.stranger.public()),
        };
        if seed % 8 < 7 {
            assert_ne!(bundle, *untouched, "seed {seed} changed nothing");
        }
        let found = catch_unwind(AssertUnwindSafe(|| verified(&bundle, key).err()));
        match found.unwrap_or_else(|_| panic!("seed {seed} stopped the program")) {
            Some(error) => *codes.entry(error.code().to_owned()).or_default() += 1,
            // Of the wrapping alone, such as the time of a file: every file is what it was.
            None => {
                assert!(seed % 8 <= 2, "seed {seed} was not found");
                assert_eq!(contents(&bundle), original, "seed {seed} was not found");
                harmless += 1;
            }
        }
    }
    println!("{codes:?}; only the wrapping changed: {harmless}");
    for code in [
        "bundle_malformed",
        "bundle_file_missing",
        "bundle_file_unknown",
        "bundle_file_changed",
        "bundle_manifest_changed",
        "bundle_event_stray",
        "bundle_not_derived",
        "ledger_proof_wrong",
        "ledger_signature_missing",
    ] {
        assert!(
            codes.contains_key(code),
            "{code} was never needed: {codes:?}"
        );
    }
}

#[test]
fn a_print_that_was_changed_is_found() {
    let bureau = &*BUREAU;
    let font = Font::of_system().unwrap();
    let bundle = bureau.printed(
        &scope(Subject::Person(person(0))),
        bureau.of(person(0)),
        Some(&font),
    );
    let bundle = bundle.unwrap().to.into_inner();
    verified(&bundle, &bureau.key()).unwrap();
    let mut open = Open::new(&bundle);
    let print = open.file(files::REPORT_PDF);
    assert!(print.starts_with(b"%PDF-"));
    let middle = print.len() / 2;
    print[middle] ^= 1;
    let refused = verified(&open.close(&By::Nobody), &bureau.key()).unwrap_err();
    assert_eq!(refused.code(), "bundle_file_changed");
}
