//! Whatever is changed, it is found, and nothing that is read can stop the program.
#![allow(clippy::cast_possible_truncation, reason = "the ledgers are small")]

use std::collections::BTreeMap;

use event_log::{EventId, Recorded, Revision, contract};
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::{ORIGIN, event, events, keys, leaf, leaf_hash, now, secret, signed};
use crate::{
    Audit, Checkpoint, Error, EventProof, Hash, Leaf, Note, PublicKey, Rotation, SecretKey, Tree,
    consistency, inclusion, inclusion_of_many, root, root_of_many, verify_consistency,
};

/// How many mutations are tried; `SANGYU_MUTATIONS` names another number, `SANGYU_SEED` where to begin.
const MUTATIONS: u64 = 10_500;
/// And of proofs.
const PROOFS: u64 = 3_000;

fn knob(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().unwrap())
}

/// A ledger as an inspector meets it: the log, the tiles, the checkpoint, and one that was seen before.
#[derive(Clone)]
struct World {
    log: Vec<Recorded>,
    tiles: BTreeMap<String, Vec<u8>>,
    note: String,
    seen: String,
}

impl World {
    fn new(size: u64, seen: u64) -> Self {
        let log = events(size);
        let (tiles, note) = signed(&log, secret(1));
        let (_, seen) = signed(&log[..seen as usize], secret(1));
        World {
            log,
            tiles,
            note: note.to_string(),
            seen: seen.to_string(),
        }
    }

    /// As an inspector does; the notes that are in `opened` were opened before.
    fn verify(&self, opened: &BTreeMap<String, Checkpoint>) -> Result<(), Error> {
        let open = |note: &String| -> Result<Checkpoint, Error> {
            match opened.get(note) {
                Some(checkpoint) => Ok(checkpoint.clone()),
                None => Ok(keys().open(&note.parse()?)?.0),
            }
        };
        let (signed, held) = (open(&self.note)?, open(&self.seen)?);
        let mut audit = Audit::begin(&self.tiles, signed, [held]);
        self.log
            .iter()
            .map(Recorded::stored)
            .try_for_each(|event| audit.event(event, Leaf::of(event)?.hash()))?;
        audit.finish()?.verdict()
    }

    fn sign_anew(&mut self, key: &SecretKey) {
        let (tiles, note) = signed(&self.log, key);
        (self.tiles, self.note) = (tiles, note.to_string());
    }
}

type Rng = ChaCha8Rng;

fn flip(bytes: &mut [u8], rng: &mut Rng) {
    let at = rng.random_range(0..bytes.len());
    bytes[at] ^= 1 << rng.random_range(0..8);
}

/// Flips bits of a text until it is another one that is UTF-8.
fn flip_text(text: &str, rng: &mut Rng) -> String {
    loop {
        let mut bytes = text.as_bytes().to_vec();
        flip(&mut bytes, rng);
        if let Ok(changed) = String::from_utf8(bytes) {
            return changed;
        }
    }
}

/// With its bytes otherwise.
fn changed<B: From<Vec<u8>> + AsRef<[u8]>>(bytes: &mut B, change: impl FnOnce(&mut Vec<u8>)) {
    let mut other = bytes.as_ref().to_vec();
    change(&mut other);
    *bytes = other.into();
}

/// Changes one thing about an event, its position apart: that is the log's own.
fn edit(event: &mut Recorded, rng: &mut Rng) {
    let other = contract::event(rng.random_range(1_000_000..2_000_000));
    let what = rng.random_range(0..13);
    match what {
        0 => changed(&mut event.data, |data| flip(data, rng)),
        1 => changed(&mut event.data, |data| data.push(b' ')),
        2 => event.id = EventId(Uuid::from_u128(rng.random())),
        3 => event.name = format!("{}x", event.name).into(),
        4 => event.stream = contract::stream("other").unwrap(),
        5 => event.revision = Revision(event.revision.0 + 1),
        6 => event.metadata.recorded = now(),
        7 => event.metadata.occurred = calendar::When::At(now()),
        8 => std::sync::Arc::make_mut(&mut event.metadata.actor)
            .name
            .push('某'),
        9 => std::sync::Arc::make_mut(&mut event.metadata.actor).role = "head".to_owned(),
        10 => event.metadata.subjects.reverse(),
        11 => event.metadata.request = other.metadata.request,
        // What is read stays the same.
        _ => changed(&mut event.metadata_json, |json| json.insert(1, b' ')),
    }
    if (6..12).contains(&what) {
        event.metadata_json = event.metadata.to_json().unwrap().into();
    }
}

/// Changes the log, as one who can write to it.
fn tamper_log(world: &mut World, rng: &mut Rng) {
    let size = world.log.len();
    // What came after the checkpoint is not covered by it.
    let at = rng.random_range(0..size);
    match rng.random_range(0..5) {
        0 => edit(&mut world.log[at], rng),
        1 => drop(world.log.remove(at)),
        2 => world.log.insert(at, event(rng.random_range(5_000..6_000))),
        3 => world.log.swap(at, (at + rng.random_range(1..size)) % size),
        _ => world.log.truncate(at),
    }
}

/// Changes something, and says what. All of it must be found.
fn tamper(world: &mut World, rng: &mut Rng) -> &'static str {
    match rng.random_range(0..16) {
        0..=7 => {
            tamper_log(world, rng);
            "the log"
        }
        8 => {
            tamper_log(world, rng);
            world.sign_anew(secret(2));
            "the log, signed with another key"
        }
        9 => {
            // A fork: changed where someone has looked before, and signed by the ledger itself.
            let at = world.seen.parse::<Note>().unwrap().text;
            let seen = at.parse::<Checkpoint>().unwrap().size as usize;
            let at = rng.random_range(0..seen);
            edit(&mut world.log[at], rng);
            world.sign_anew(secret(1));
            "a fork"
        }
        10 => {
            // All of it set back to before what was seen.
            let seen: Note = world.seen.parse().unwrap();
            let seen = seen.text.parse::<Checkpoint>().unwrap().size as usize;
            world.log.truncate(rng.random_range(0..seen));
            world.sign_anew(secret(1));
            "a stale checkpoint"
        }
        11 | 12 => {
            let at = rng.random_range(0..world.tiles.len());
            let tile = world.tiles.values_mut().nth(at).unwrap();
            match rng.random_range(0..3) {
                0 => flip(tile, rng),
                1 => tile.truncate(rng.random_range(0..tile.len())),
                _ => tile.extend_from_within(..32),
            }
            "a tile"
        }
        13 => {
            let path = world
                .tiles
                .keys()
                .nth(rng.random_range(0..world.tiles.len()));
            let path = path.unwrap().clone();
            world.tiles.remove(&path);
            "a missing tile"
        }
        _ => {
            world.note = flip_text(&world.note, rng);
            "the checkpoint"
        }
    }
}

#[test]
fn whatever_is_changed_is_found() {
    let seed = knob("SANGYU_SEED", 20_261_122);
    let worlds = [World::new(5, 3), World::new(20, 9), World::new(300, 257)];
    let mut opened = BTreeMap::new();
    for world in &worlds {
        world.verify(&opened).unwrap();
        for note in [&world.note, &world.seen] {
            let (checkpoint, _) = keys().open(&note.parse().unwrap()).unwrap();
            opened.insert(note.clone(), checkpoint);
        }
    }
    for number in 0..knob("SANGYU_MUTATIONS", MUTATIONS) {
        let rng = &mut Rng::seed_from_u64(seed + number);
        // Most of them on small ledgers.
        let mut world =
            worlds[usize::from(number % 32 == 0) + usize::from(number % 1024 == 0)].clone();
        let what = tamper(&mut world, rng);
        let found = world.verify(&opened);
        assert!(
            found.is_err(),
            "{what} was not found: SANGYU_SEED={}",
            seed + number
        );
    }
}

#[test]
fn no_changed_proof_holds() {
    let seed = knob("SANGYU_SEED", 20_261_122);
    let size: u64 = 45;
    let log = events(size);
    let tree: Tree = log.iter().map(leaf_hash).collect();
    let whole = tree.root();
    let (_, note) = signed(&log, secret(1));
    let proof = |index: u64| EventProof {
        leaf: leaf(&log[index as usize]),
        index,
        proof: inclusion(&tree, index, size).unwrap(),
        checkpoint: note.clone(),
    };
    for number in 0..knob("SANGYU_MUTATIONS", PROOFS) {
        let rng = &mut Rng::seed_from_u64(seed + number);
        let index = rng.random_range(0..size);
        let other = (index + rng.random_range(1..size)) % size;
        let held = match rng.random_range(0..6) {
            0 => {
                let text = flip_text(&proof(index).to_string(), rng);
                text.parse()
                    .and_then(|p: EventProof| p.verify(keys()).map(drop))
            }
            1 => {
                let mut swapped = proof(index);
                swapped.proof = proof(other).proof;
                swapped.verify(keys()).map(drop)
            }
            2 => {
                let mut swapped = proof(index);
                swapped.index = other;
                swapped.verify(keys()).map(drop)
            }
            3 => {
                let mut swapped = proof(index);
                (_, swapped.checkpoint) = signed(&log[..(index + 1) as usize], secret(2));
                swapped.verify(keys()).map(drop)
            }
            4 => {
                let old = rng.random_range(1..size);
                let mut proof = consistency(&tree, old, size).unwrap();
                let at = rng.random_range(0..proof.len());
                flip(&mut proof[at].0, rng);
                verify_consistency(old, root(&tree, old).unwrap(), size, whole, &proof)
            }
            _ => {
                let mut indices: Vec<u64> =
                    (0..size).filter(|_| rng.random_range(0..4) == 0).collect();
                indices.dedup();
                let mut proof = inclusion_of_many(&tree, &indices, size).unwrap();
                let mut leaves: Vec<(u64, Hash)> = indices
                    .iter()
                    .map(|at| (*at, leaf_hash(&log[*at as usize])))
                    .collect();
                let hashes = proof.len() + leaves.len();
                match rng.random_range(0..hashes) {
                    at if at < proof.len() => flip(&mut proof[at].0, rng),
                    at => flip(&mut leaves[at - proof.len()].1.0, rng),
                }
                match root_of_many(&leaves, size, &proof) {
                    Ok(root) if root == whole => Ok(()),
                    Ok(_) | Err(_) => Err(Error::ProofWrong {}),
                }
            }
        };
        assert!(held.is_err(), "SANGYU_SEED={}", seed + number);
    }
}

#[test]
fn nothing_that_is_read_stops_the_program() {
    let seed = knob("SANGYU_SEED", 20_261_122);
    let log = events(20);
    let (_, note) = signed(&log, secret(1));
    let last: Checkpoint = note.text.parse().unwrap();
    let tree: Tree = log.iter().map(leaf_hash).collect();
    let proof = EventProof {
        leaf: leaf(&log[3]),
        index: 3,
        proof: inclusion(&tree, 3, 20).unwrap(),
        checkpoint: note.clone(),
    };
    let rotation = Rotation::sign(last, secret(1), secret(2), now());
    let texts = [
        note.to_string(),
        proof.to_string(),
        rotation.to_string(),
        secret(1).public().to_string(),
        secret(1).to_text(),
        format!("{ORIGIN}\n{}\n", u64::MAX),
    ];
    for number in 0..knob("SANGYU_MUTATIONS", MUTATIONS) {
        let rng = &mut Rng::seed_from_u64(seed + number);
        let mut bytes = texts[rng.random_range(0..texts.len())].as_bytes().to_vec();
        for _ in 0..rng.random_range(1..6) {
            let (from, to) = (
                rng.random_range(0..bytes.len()),
                rng.random_range(0..bytes.len()),
            );
            match rng.random_range(0..4) {
                0 => flip(&mut bytes, rng),
                1 => drop(bytes.drain(from.min(to)..from.max(to))),
                2 => bytes.extend_from_within(from.min(to)..from.max(to)),
                _ => rng.fill_bytes(&mut bytes[from.min(to)..from.max(to)]),
            }
            if bytes.is_empty() {
                bytes.push(b'\n');
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        let _ = text.parse::<Note>().map(|note| {
            let _ = (keys().open(&note), Rotation::open(&note));
        });
        let _ = text
            .parse::<EventProof>()
            .map(|proof| proof.verify(keys()).is_ok());
        let _ = (
            text.parse::<Checkpoint>(),
            text.parse::<PublicKey>(),
            text.parse::<Rotation>(),
        );
        let _ = (
            SecretKey::parse(&text),
            text.parse::<Hash>(),
            crate::Leaf::parse(&bytes),
        );
    }
    // Numbers that no tree has.
    let huge = [Hash::empty(); 70];
    for size in [0, 1, u64::MAX - 1, u64::MAX] {
        assert!(crate::verify_inclusion(huge[0], u64::MAX, size, &huge, huge[0]).is_err());
        assert!(verify_consistency(size / 2, huge[1], size, huge[0], &huge).is_err());
        assert!(root_of_many(&[(u64::MAX - 1, huge[0])], size, &huge).is_err());
    }
}
