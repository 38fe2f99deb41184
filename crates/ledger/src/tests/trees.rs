//! The tree and its proofs.

use super::tiles_of;
use crate::{
    Error, Hash, Nodes, TileId, Tree, consistency, edge::Edge, inclusion, inclusion_of_many, root,
    root_of_many, tile::Tiles, verify_consistency, verify_inclusion,
};

/// The leaves and roots that the authors of RFC 6962 publish with their programs.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hexes(proof: &[Hash]) -> Vec<String> {
    proof
        .iter()
        .map(|hash| hash.to_hex()[..16].to_owned())
        .collect()
}

fn published() -> Tree {
    LEAVES.iter().map(|leaf| Hash::of_leaf(leaf)).collect()
}

fn tree(size: u64) -> Tree {
    (0..size).map(|n| Hash::of_leaf(&n.to_be_bytes())).collect()
}

#[test]
fn roots_and_proofs_are_those_that_the_authors_of_rfc_6962_publish() {
    let tree = published();
    for (size, wanted) in ROOTS.iter().enumerate() {
        assert_eq!(root(&tree, size as u64).unwrap().to_hex(), *wanted);
        let first: Tree = LEAVES[..size].iter().map(|l| Hash::of_leaf(l)).collect();
        assert_eq!(first.root().to_hex(), *wanted);
    }
    assert_eq!(
        hexes(&inclusion(&tree, 0, 8).unwrap()),
        ["96a296d224f285c6", "5f083f0a1a33ca07", "6b47aaf29ee3c2af"]
    );
    assert_eq!(
        hexes(&inclusion(&tree, 5, 8).unwrap()),
        ["bc1a0643b12e4d2d", "ca854ea128ed050b", "d37ee418976dd957"]
    );
    assert_eq!(
        hexes(&consistency(&tree, 1, 8).unwrap()),
        ["96a296d224f285c6", "5f083f0a1a33ca07", "6b47aaf29ee3c2af"]
    );
    assert_eq!(
        hexes(&consistency(&tree, 6, 8).unwrap()),
        ["0ebc5d3437fbe2db", "ca854ea128ed050b", "d37ee418976dd957"]
    );
    assert_eq!(
        hexes(&consistency(&tree, 2, 5).unwrap()),
        ["5f083f0a1a33ca07", "bc1a0643b12e4d2d"]
    );
}

#[test]
fn every_leaf_is_proven_in_every_tree_and_no_other_is() {
    let tree = tree(40);
    for size in 1..=40 {
        let whole = root(&tree, size).unwrap();
        for index in 0..size {
            let proof = inclusion(&tree, index, size).unwrap();
            let leaf = tree.node(0, index).unwrap();
            verify_inclusion(leaf, index, size, &proof, whole).unwrap();
            for wrong in (0..size + 2).filter(|wrong| *wrong != index) {
                assert!(verify_inclusion(leaf, wrong, size, &proof, whole).is_err());
            }
            let longer = [&proof[..], &[leaf]].concat();
            assert!(verify_inclusion(leaf, index, size, &longer, whole).is_err());
        }
    }
    assert!(matches!(
        inclusion(&tree, 40, 40),
        Err(Error::BeyondSize { .. })
    ));
}

#[test]
fn every_tree_extends_every_smaller_one_and_no_other() {
    let tree = tree(40);
    let other = published();
    for size in 0..=40 {
        let whole = root(&tree, size).unwrap();
        for old in 0..=size {
            let proof = consistency(&tree, old, size).unwrap();
            let old_root = root(&tree, old).unwrap();
            verify_consistency(old, old_root, size, whole, &proof).unwrap();
            if let Ok(forked) = root(&other, old)
                && old > 0
            {
                assert!(verify_consistency(old, forked, size, whole, &proof).is_err());
            }
            let longer = [&proof[..], &[whole]].concat();
            assert!(verify_consistency(old, old_root, size, whole, &longer).is_err());
        }
    }
    assert!(verify_consistency(3, tree.root(), 2, tree.root(), &[]).is_err());
}

#[test]
fn many_leaves_have_one_short_proof() {
    let tree = tree(1000);
    let whole = tree.root();
    for indices in [
        vec![],
        vec![0],
        vec![999],
        vec![3, 4, 700],
        (0..1000).collect(),
    ] {
        let proof = inclusion_of_many(&tree, &indices, 1000).unwrap();
        let mut leaves: Vec<_> = indices
            .iter()
            .map(|index| (*index, tree.node(0, *index).unwrap()))
            .collect();
        assert_eq!(root_of_many(&leaves, 1000, &proof).unwrap(), whole);
        let longer = [&proof[..], &[whole]].concat();
        assert!(root_of_many(&leaves, 1000, &longer).is_err());
        if let Some(first) = leaves.first_mut() {
            first.1 = whole;
            assert_ne!(root_of_many(&leaves, 1000, &proof).unwrap(), whole);
        }
    }
    assert!(inclusion_of_many(&tree, &[4, 3], 1000).is_err());
    assert!(inclusion_of_many(&tree, &[1000], 1000).is_err());
    let all: Vec<u64> = (0..1000).collect();
    assert!(inclusion_of_many(&tree, &all, 1000).unwrap().is_empty());
}

#[test]
fn the_tiles_are_the_tree() {
    // The first size with three levels of tiles, and one on either side of full tiles.
    let whole = tree(70_000);
    let mut edge = Edge::default();
    let tiles = tiles_of((0..70_000).map(|n| whole.node(0, n).unwrap()), &mut edge);
    assert_eq!((edge.size, edge.root()), (70_000, whole.root()));
    // By C2SP: 273 full tiles, one of 112; one full, one of 17; one of 1.
    assert_eq!(tiles.len(), 277);
    for path in [
        "tile/0/272",
        "tile/0/273.p/112",
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ] {
        assert!(tiles.contains_key(path), "{path}");
    }
    let nodes = Tiles::new(&tiles, 70_000);
    assert_eq!(root(&nodes, 70_000).unwrap(), whole.root());
    for index in [0, 255, 256, 65_535, 65_536, 69_999] {
        let proof = inclusion(&nodes, index, 70_000).unwrap();
        assert_eq!(proof, inclusion(&whole, index, 70_000).unwrap());
        let proof = consistency(&nodes, index, 70_000).unwrap();
        assert_eq!(proof, consistency(&whole, index, 70_000).unwrap());
    }
}

#[test]
fn a_path_has_its_index_in_groups_of_three() {
    let path = |level, index, width| {
        TileId {
            level,
            index,
            width,
        }
        .to_string()
    };
    assert_eq!(path(0, 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(path(3, 5, 17), "tile/3/005.p/17");
}
