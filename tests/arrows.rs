//! Which crate may depend on which: the arrows of docs/ARCHITECTURE.md.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

/// Every crate with what it may depend on. An arrow that is not here is a decision: make it, write
/// it down, then add it.
const ARROWS: &[(&str, &[&str])] = &[
    ("calendar", &[]),
    ("domain", &["calendar"]),
    ("attachments", &["domain"]),
    ("event-log", &["calendar"]),
    ("event-log-kurrentdb", &["event-log"]),
    ("event-log-sqlite", &["calendar", "event-log"]),
    ("faulty-disk", &[]),
    ("ledger", &["calendar", "event-log"]),
    ("views", &["calendar", "domain", "event-log"]),
    ("inspection", &["calendar", "domain", "event-log", "views"]),
    (
        "bundle",
        &[
            "calendar",
            "domain",
            "event-log",
            "inspection",
            "ledger",
            "printout",
            "views",
        ],
    ),
    (
        "app",
        &[
            "attachments",
            "bundle",
            "calendar",
            "domain",
            "event-log",
            "inspection",
            "ledger",
            "printout",
            "views",
        ],
    ),
    (
        "import",
        &["app", "calendar", "domain", "event-log", "views"],
    ),
    ("demo", &["app", "calendar", "domain", "event-log"]),
    (
        "grpc",
        &[
            "app",
            "attachments",
            "bundle",
            "calendar",
            "domain",
            "event-log",
            "import",
            "inspection",
            "ledger",
            "proto",
            "views",
        ],
    ),
    ("printout", &["calendar"]),
    ("proto", &[]),
    (
        "cli",
        &[
            "app",
            "attachments",
            "bundle",
            "calendar",
            "demo",
            "domain",
            "event-log",
            "event-log-kurrentdb",
            "event-log-sqlite",
            "grpc",
            "import",
            "inspection",
            "ledger",
            "printout",
            "views",
        ],
    ),
];

#[test]
fn crates_depend_only_where_the_design_has_an_arrow() {
    let ours = normal_dependencies();
    for (name, found) in &ours {
        if name == "tests" {
            continue;
        }
        let allowed = ARROWS.iter().find(|(n, _)| n == name);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{name} is not in the design"));
        for arrow in found.iter().filter(|d| ours.contains_key(*d)) {
            assert!(
                allowed.contains(&arrow.as_str()),
                "{name} must not depend on {arrow}"
            );
        }
    }
    assert_eq!(
        ours.len(),
        ARROWS.len() + 1,
        "a crate of the design is missing"
    );
}

#[test]
fn rules_know_no_clock_no_files_and_no_async() {
    let ours = normal_dependencies();
    for pure in ["calendar", "domain"] {
        for io in [
            "tokio",
            "rusqlite",
            "async-trait",
            "tonic",
            "tracing",
            "getrandom",
        ] {
            assert!(
                !ours[pure].contains(&io.to_owned()),
                "{pure} must not depend on {io}"
            );
        }
    }
}

#[test]
fn generated_types_stay_inside_grpc() {
    for (name, found) in normal_dependencies() {
        let speaks_grpc = found.iter().any(|d| d == "prost" || d == "tonic-prost");
        assert!(
            !speaks_grpc || ["grpc", "proto"].contains(&name.as_str()),
            "{name} must not depend on prost"
        );
    }
}

/// The dependencies of each of our crates, without those of their tests and build scripts.
fn normal_dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            (
                name(package),
                dependencies
                    .filter(|d| d["kind"].is_null())
                    .map(name)
                    .collect(),
            )
        })
        .collect()
}
