//! What is written, to the byte.

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::{ORIGIN, event, events, keys, leaf, leaf_hash, now, secret, signed};
use crate::{
    Checkpoint, Cosignature, Error, EventProof, Hash, Keys, Leaf, Note, PublicKey, Purpose,
    Rotation, SecretKey, Tree, cosign, inclusion,
};

/// The example of the Go package `note`, from which C2SP signed-note comes.
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const GO_SECRET: &str =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const GO_NOTE: &str = "If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
";

#[test]
fn notes_and_keys_are_those_of_go() {
    let note: Note = GO_NOTE.parse().unwrap();
    let key: PublicKey = GO_KEY.parse().unwrap();
    assert!(note.is_signed_by(&key).unwrap());
    assert_eq!(note.to_string(), GO_NOTE);
    assert_eq!(key.to_string(), GO_KEY);
    let secret = SecretKey::parse(GO_SECRET).unwrap();
    assert_eq!(secret.public(), &key);
    assert_eq!(secret.to_text().trim_end(), GO_SECRET);
    assert_eq!(secret.sign(&note.text), note.signatures[0]);
    assert!(!format!("{secret:?}").contains("AYEK"));
}

#[test]
fn a_leaf_is_these_bytes() {
    let event = event(7);
    let bytes = leaf(&event);
    // The example of docs/ledger.md.
    let wanted = concat!(
        r#"{"actor":{"id":"clerk","role":"clerk","unit":"老干部局"},"#,
        r#""data":"c960180c0382dbe123ef08af3164e6c152d3cda43fd7f9face05c167e54194b5","#,
        r#""id":"00000000-0000-0000-0000-000000000007","leaf":1,"#,
        r#""metadata":"d2e520f97087aa188252d494647908f754b8dd161897a96b26fa15fb46b9a656","#,
        r#""occurred":"2026-04-30","recorded":"2026-05-01T01:00:00.123456789Z","#,
        r#""revision":7,"stream":"sample-a","type":"sample.recorded","version":1}"#,
    );
    assert_eq!(String::from_utf8(bytes.clone()).unwrap(), wanted);
    assert_eq!(
        Hash::of_leaf(&bytes).to_hex(),
        "b57c775b94d66f413d74a01e293602c62523d18e8a73952671cceb0644b631db"
    );
    assert_eq!(
        Leaf::parse(&bytes).unwrap(),
        Leaf::of(event.stored()).unwrap()
    );
}

#[test]
fn a_leaf_is_the_json_that_any_writer_gives() {
    let awkward = ["", "\u{0}\"\\\n\t\u{1f}\u{7f}\u{2028}𠮷/", "科员"];
    let mut event = event(7);
    let (day, at) = (event.metadata.occurred, event.metadata.recorded);
    let whens = [day, calendar::When::At(at), calendar::When::At(now())];
    for (text, when) in awkward.into_iter().zip(whens) {
        let actor = std::sync::Arc::make_mut(&mut event.metadata.actor);
        (actor.role, actor.unit) = (text.to_owned(), format!("{text}处"));
        event.metadata.occurred = when;
        event.revision = event_log::Revision(u64::MAX);
        event.metadata_json = event.metadata.to_json().unwrap().into();
        let of = Leaf::of(event.stored()).unwrap();
        assert_eq!((of.actor.role.as_ref(), of.occurred), (text, when));
        let written = serde_json::to_string(&of).unwrap();
        assert_eq!(String::from_utf8(leaf(&event)).unwrap(), written);
    }
}

#[test]
fn a_leaf_says_nothing_of_the_name_or_the_position() {
    let (mut one, mut other) = (event(1), event(1));
    one.position = event(2).position;
    assert_eq!(leaf(&one), leaf(&other));
    std::sync::Arc::make_mut(&mut other.metadata.actor).name = "另一人".to_owned();
    other.metadata_json = other.metadata.to_json().unwrap().into();
    let (one, other) = (leaf(&one), leaf(&other));
    assert!(!String::from_utf8_lossy(&one).contains("经办人"));
    // The hash of the metadata covers the name.
    assert_ne!(one, other);
}

#[test]
fn only_the_canonical_form_of_a_leaf_is_read() {
    let bytes = leaf(&event(1));
    let text = String::from_utf8(bytes).unwrap();
    let others = [
        text.replace(r#""leaf":1"#, r#""leaf":2"#),
        text.replace("sample-a", "sample-\\u0061"),
        text.replace(',', ", "),
        text.replace(r#""version":1"#, r#""version":1,"more":1"#),
        format!("{text}\n"),
    ];
    for other in others {
        assert_ne!(other, text);
        assert!(Leaf::parse(other.as_bytes()).is_err(), "{other}");
    }
}

#[test]
fn a_checkpoint_is_signed_with_its_moment() {
    let (_, note) = signed(&events(3), secret(1));
    assert!(note.text.starts_with("example.org/ledger\n3\n"));
    let again: Note = note.to_string().parse().unwrap();
    assert_eq!(again, note);
    let (checkpoint, time) = keys().open(&again).unwrap();
    assert_eq!((checkpoint.size, time), (3, now()));
    // Without its moment it is not whole.
    let mut without = again.clone();
    without.signatures.truncate(1);
    assert!(keys().open(&without).is_err());
    let other = Keys::trusting(secret(2).public().clone(), &[]).unwrap();
    assert!(matches!(other.open(&note), Err(Error::SignatureMissing {})));
    let mut changed = note.clone();
    changed.text = changed.text.replace("\n3\n", "\n4\n");
    assert!(matches!(
        keys().open(&changed),
        Err(Error::SignatureWrong { .. })
    ));
}

#[test]
fn a_cosignature_is_of_one_witness_at_one_moment() {
    let (_, mut note) = signed(&events(3), secret(1));
    let witness = SecretKey::new("witness.example/w1", [9; 32]).unwrap();
    let key = witness.public().for_purpose(Purpose::Cosignature);
    assert_eq!(Cosignature::of(&note, &key).unwrap(), None);
    note.signatures.push(cosign(&witness, &note.text, now()));
    let found = Cosignature::of(&note, &key).unwrap().unwrap();
    assert_eq!(
        (found.witness.as_str(), found.time),
        ("witness.example/w1", now())
    );
    assert!(Cosignature::of(&note, witness.public()).is_err());
    // Another moment under the same signature.
    let last = note.signatures.last_mut().unwrap();
    last.bytes[7] ^= 1;
    assert!(matches!(
        Cosignature::of(&note, &key),
        Err(Error::SignatureWrong { .. })
    ));
}

#[test]
fn the_example_of_c2sp_has_the_form_we_write() {
    // From tlog-cosignature; only its form can be checked, its keys are not published.
    let note = "example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
";
    let read: Note = note.parse().unwrap();
    assert_eq!(read.to_string(), note);
    let checkpoint: Checkpoint = read.text.parse().unwrap();
    assert_eq!(checkpoint.size, 20_852_163);
    assert_eq!(checkpoint.text(), read.text);
    assert_eq!(read.signatures[1].bytes.len(), 8 + 64);
}

#[test]
fn a_proof_of_an_event_needs_nothing_but_a_public_key() {
    let log = events(11);
    let (_, note) = signed(&log, secret(1));
    let tree: Tree = log.iter().map(leaf_hash).collect();
    let proof = EventProof {
        leaf: leaf(&log[4]),
        index: 4,
        proof: inclusion(&tree, 4, 11).unwrap(),
        checkpoint: note,
    };
    let text = proof.to_string();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra "));
    let read: EventProof = text.parse().unwrap();
    assert_eq!(read, proof);
    let proven = read.verify(keys()).unwrap();
    assert_eq!((proven.leaf.id, proven.checkpoint.size), (log[4].id, 11));
    let mut other = proof.clone();
    other.leaf = leaf(&log[5]);
    assert!(matches!(other.verify(keys()), Err(Error::ProofWrong {})));
    for broken in [
        text.replace("proof@v1", "proof@v2"),
        text.replace("index 4", "index 04"),
        text.replace("index 4", "index -4"),
        text.replace("extra ", "extra"),
        text.replacen("\n\n", "\n", 1),
        text.replacen(
            "\n\n",
            &format!("\n{}\n", ("A".repeat(43) + "=\n").repeat(70)),
            1,
        ),
    ] {
        assert!(broken.parse::<EventProof>().is_err());
    }
}

#[test]
fn a_key_counts_only_for_what_was_signed_in_its_time() {
    let (old, new) = (secret(1), secret(2));
    let at = |size: u64| {
        let (_, note) = signed(&events(size), old);
        note.text.parse::<Checkpoint>().unwrap()
    };
    let note = Rotation::sign(at(5), old, new, now());
    let read: Note = note.to_string().parse().unwrap();
    let rotation = Rotation::open(&read).unwrap();
    assert_eq!((&rotation.to, rotation.last.size), (new.public(), 5));

    let keys = Keys::trusting(old.public().clone(), std::slice::from_ref(&note)).unwrap();
    assert_eq!(keys.current(), new.public());
    let opens = |size, key| keys.open(&at(size).sign(key, now())).is_ok();
    assert!(opens(5, old) && opens(5, new) && opens(6, new) && opens(4, old));
    assert!(!opens(6, old) && !opens(4, new));

    // Who trusts the new key needs no word of the old one's.
    let later = Keys::trusting(new.public().clone(), std::slice::from_ref(&note)).unwrap();
    assert_eq!(later.all().count(), 1);

    // Without the signature of the old key anybody could hand over; a third key does not follow.
    let mut unsigned = note.clone();
    unsigned.signatures.remove(0);
    assert!(Rotation::open(&unsigned).is_err());
    let stray = Rotation::sign(at(6), old, secret(3), now());
    assert!(Keys::trusting(old.public().clone(), &[note, stray]).is_err());
    assert!(
        Note {
            text: format!("{ORIGIN}\n"),
            signatures: vec![]
        }
        .text
        .parse::<Rotation>()
        .is_err()
    );
}

#[test]
fn no_key_has_a_name_that_could_be_read_otherwise() {
    for name in ["", "a b", "a+b", "a\u{3000}b", "a\nb"] {
        assert!(SecretKey::new(name, [1; 32]).is_err());
    }
    let typed = |bytes: &[u8]| format!("{ORIGIN}+00000000+{}", BASE64_STANDARD.encode(bytes));
    assert!(typed(&[1; 33]).parse::<PublicKey>().is_err());
    assert!(typed(&[0xfa; 33]).parse::<PublicKey>().is_err());
    assert!(typed(&[1; 12]).parse::<PublicKey>().is_err());
}
