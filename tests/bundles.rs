//! An inspector takes a bundle home, and checks it there with nothing but the public key.

use std::fs;

use serde_json::Value;

use crate::program::{Bureau, ledger, sangyu};

const PERSON: &str = "35990519430701072X";

/// The public key of a bureau's ledger.
fn key(bureau: &Bureau) -> String {
    bureau.json(&["ledger", "key"])["key"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Where a bundle is put.
fn file(bureau: &Bureau, name: &str) -> String {
    bureau.path().join(name).display().to_string()
}

/// Checks a bundle far from the bureau.
fn verified(file: &str, key: &str) -> Value {
    sangyu(&["inspect", "verify", file, "--key", key, "--format", "json"]).json()
}

#[test]
fn a_bundle_is_checked_far_from_the_bureau() {
    let bureau = Bureau::with_ledgers();
    let of_one = file(&bureau, "person.zip");
    let made = bureau.json(&["inspect", "bundle", "--person", PERSON, "-o", &of_one]);
    let key = key(&bureau);
    let found = verified(&of_one, &key);
    assert_eq!(found["coverage"]["events"], made["events"]);
    assert_eq!(found["state"], made["state"]);
    assert_eq!(found["coverage"]["whole"], false);
    assert_eq!(found["report"], true);
    // What it says is what the bureau says.
    let history = bureau.json(&["person", "history", PERSON]);
    let own = history["items"].as_array().unwrap().len() as u64;
    assert!(made["events"].as_u64().unwrap() >= own, "{made}");

    let whole = file(&bureau, "all.zip");
    let made = bureau.json(&["inspect", "bundle", "--all", "--no-pdf", "-o", &whole]);
    let found = verified(&whole, &key);
    assert_eq!(found["coverage"]["whole"], true);
    assert_eq!(made["events"], made["size"]);
    let verdict = bureau.json(&["ledger", "verify"]);
    assert_eq!(found["root"], verdict["root"]);
    let judged = bureau.json(&["rules", "replay"]);
    let told = judged["deviations"].as_array().unwrap().len();
    assert_eq!(found["deviations"], told);

    let unit = file(&bureau, "unit.zip");
    let of = bureau.json(&["inspect", "person", PERSON]);
    let of = of["document"]["person"]["unit"].as_str().unwrap();
    bureau.json(&["inspect", "bundle", "--unit", of, "--no-pdf", "-o", &unit]);
    let counted = verified(&unit, &key)["coverage"]["events"]
        .as_u64()
        .unwrap();
    assert!(counted > own && counted < made["size"].as_u64().unwrap());
}

#[test]
fn a_bundle_as_of_a_day_tells_what_was_known_then() {
    let bureau = Bureau::new();
    bureau.json(&["import", "roster", &ledger("roster.xlsx")]);
    let zip = file(&bureau, "then.zip");
    let early = ["--as-of", "1999-01-01", "-o", &zip];
    let nothing = bureau.call(&[&["inspect", "bundle", "--person", PERSON], &early[..]].concat());
    assert_eq!(nothing.code, 3, "{nothing:?}");
    assert!(nothing.err.contains("bundle_empty"), "{nothing:?}");
    assert!(!fs::exists(&zip).unwrap());
    let today = ["--known-by", "2099-01-01", "--no-pdf", "-o", &zip];
    bureau.json(&[&["inspect", "bundle", "--person", PERSON], &today[..]].concat());
    let found = verified(&zip, &key(&bureau));
    assert_eq!(found["as_of"]["known_by"], "2099-01-01");
}

#[test]
fn what_was_touched_and_a_key_of_another_bureau_are_refused_with_the_reason() {
    let bureau = Bureau::new();
    bureau.json(&["import", "roster", &ledger("roster.xlsx")]);
    let zip = file(&bureau, "person.zip");
    bureau.json(&[
        "inspect", "bundle", "--person", PERSON, "--no-pdf", "-o", &zip,
    ]);
    let other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let refused = sangyu(&["inspect", "verify", &zip, "--key", other]);
    assert_eq!(refused.code, 4, "{refused:?}");
    assert!(
        refused.err.contains("ledger_signature_missing"),
        "{refused:?}"
    );
    let mut bytes = fs::read(&zip).unwrap();
    // In the first file, behind its name.
    bytes[200] ^= 1;
    fs::write(&zip, bytes).unwrap();
    let refused = sangyu(&["inspect", "verify", &zip, "--key", &key(&bureau)]);
    assert_eq!(refused.code, 4, "{refused:?}");
    assert!(refused.err.contains("bundle_file_changed"), "{refused:?}");
    assert!(refused.err.contains("person.zip"), "{refused:?}");
    assert!(refused.err.contains("不可采信"), "{refused:?}");
}

#[test]
fn a_server_gives_the_bundle_that_its_directory_gives() {
    let bureau = Bureau::new();
    bureau.json(&["import", "roster", &ledger("roster.xlsx")]);
    let (here, there) = (file(&bureau, "here.zip"), file(&bureau, "there.zip"));
    let ask = |out: &str| {
        let asked = ["inspect", "bundle", "--person", PERSON, "--no-pdf"];
        bureau.json(&[&asked[..], &["-o", out]].concat())
    };
    let local = ask(&here);
    let server = bureau.serve();
    let served = ask(&there);
    assert_eq!(local["state"], served["state"]);
    assert_eq!(local["events"], served["events"]);
    verified(&there, &key(&bureau));
    let whole = file(&bureau, "all.zip");
    // Also while it is served: from the log itself.
    bureau.json(&["inspect", "bundle", "--all", "--no-pdf", "-o", &whole]);
    assert_eq!(verified(&whole, &key(&bureau))["coverage"]["whole"], true);
    drop(server);
}
