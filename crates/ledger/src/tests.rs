//! Rules of the ledger.

mod folder;
mod formats;
mod mutations;
mod trees;

use std::{collections::BTreeMap, sync::LazyLock};

use calendar::Timestamp;
use event_log::{Position, Recorded, Revision, contract};

use crate::{Checkpoint, Hash, Keys, Leaf, Note, SecretKey, edge::Edge};

const ORIGIN: &str = "example.org/ledger";

/// Keys 1 to 3; made once, since that takes long in a build that is not optimized.
fn secret(number: usize) -> &'static SecretKey {
    static SECRETS: LazyLock<Vec<SecretKey>> = LazyLock::new(|| {
        let secret = |number| SecretKey::new(ORIGIN, [number; 32]).unwrap();
        (0..4).map(secret).collect()
    });
    &SECRETS[number]
}

fn keys() -> &'static Keys {
    static KEYS: LazyLock<Keys> =
        LazyLock::new(|| Keys::trusting(secret(1).public().clone(), &[]).unwrap());
    &KEYS
}

fn now() -> Timestamp {
    Timestamp::from_second(1_700_000_000).unwrap()
}

/// A sample event at this place of the log.
fn event(number: u64) -> Recorded {
    let new = contract::event(u128::from(number));
    Recorded {
        position: Position::from_stored(10 * number + 1),
        stream: contract::stream("a").unwrap(),
        revision: Revision(number),
        id: new.id,
        metadata_json: new.metadata_json().unwrap().into(),
        name: new.name,
        metadata: new.metadata,
        data: new.data.into(),
    }
}

fn events(count: u64) -> Vec<Recorded> {
    (0..count).map(event).collect()
}

fn leaf(event: &Recorded) -> Vec<u8> {
    Leaf::of(event.stored()).unwrap().to_bytes()
}

fn leaf_hash(event: &Recorded) -> Hash {
    Hash::of_leaf(&leaf(event))
}

/// Tiles and signed checkpoint of these events.
fn signed(events: &[Recorded], key: &SecretKey) -> (BTreeMap<String, Vec<u8>>, Note) {
    let mut edge = Edge::default();
    let tiles = tiles_of(events.iter().map(leaf_hash), &mut edge);
    let checkpoint = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: edge.size,
        root: edge.root(),
    };
    (tiles, checkpoint.sign(key, now()))
}

/// The tiles of these leaves, by their paths.
fn tiles_of(leaves: impl Iterator<Item = Hash>, edge: &mut Edge) -> BTreeMap<String, Vec<u8>> {
    let mut tiles = Vec::new();
    leaves.for_each(|leaf| edge.push(leaf, &mut tiles));
    tiles.extend(edge.partial().map(|(id, hashes)| (id, hashes.to_vec())));
    let bytes = |hashes: Vec<Hash>| hashes.iter().flat_map(|hash| hash.0).collect();
    let named = tiles
        .into_iter()
        .map(|(id, hashes)| (id.to_string(), bytes(hashes)));
    named.collect()
}
