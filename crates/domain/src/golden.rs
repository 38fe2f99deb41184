//! What is stored once can be read for ever. `golden/` holds the JSON of every event, by stored name
//! and version: `visit.recorded.v1.json`, further samples as `visit.recorded.v1.2.json`. Such a
//! file is never edited. A new event, or a new version of one, adds its file:
//!
//! ```text
//! SANGYU_WRITE_GOLDEN=1 cargo test -p domain golden
//! ```

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use serde_json::Value;

use crate::{
    AnyEvent, Event, cadre, duty, fund, hardship, health, identity, medal, payment_batch, petition,
    petition_access, plan, round, visit,
};

/// All events of one aggregate.
struct Family {
    /// The stored names with their newest versions.
    names: &'static [(&'static str, u32)],
    samples: Vec<Sample>,
}

/// One event, and what is stored of it.
struct Sample {
    name: &'static str,
    /// Its file's name.
    file: String,
    json: Value,
    event: AnyEvent,
}

impl Family {
    fn new<E: Event>(samples: Vec<E>, wrap: fn(E) -> AnyEvent) -> Self {
        let mut seen = BTreeMap::<_, u32>::new();
        let sample = |event: E| {
            let (name, version) = (event.name(), event.version());
            let number = seen.entry(name).or_default();
            *number += 1;
            Sample {
                name,
                file: file_name(name, version, *number),
                json: serde_json::from_slice(&event.encode().unwrap()).unwrap(),
                event: wrap(event),
            }
        };
        Family {
            names: E::NAMES,
            samples: samples.into_iter().map(sample).collect(),
        }
    }
}

fn families() -> [Family; 13] {
    [
        Family::new(cadre::tests::samples(), AnyEvent::Cadre),
        Family::new(duty::tests::samples(), AnyEvent::Duty),
        Family::new(fund::tests::samples(), AnyEvent::Fund),
        Family::new(hardship::tests::samples(), AnyEvent::Hardship),
        Family::new(health::tests::samples(), AnyEvent::Health),
        Family::new(identity::tests::samples(), AnyEvent::Identity),
        Family::new(medal::tests::samples(), AnyEvent::Medal),
        Family::new(payment_batch::tests::samples(), AnyEvent::PaymentBatch),
        Family::new(petition::tests::samples(), AnyEvent::Petition),
        Family::new(petition_access::tests::samples(), AnyEvent::PetitionAccess),
        Family::new(plan::tests::samples(), AnyEvent::Plan),
        Family::new(round::tests::samples(), AnyEvent::Round),
        Family::new(visit::tests::samples(), AnyEvent::Visit),
    ]
}

fn samples() -> impl Iterator<Item = Sample> {
    families().into_iter().flat_map(|family| family.samples)
}

fn file_name(name: &str, version: u32, number: u32) -> String {
    match number {
        1 => format!("{name}.v{version}.json"),
        _ => format!("{name}.v{version}.{number}.json"),
    }
}

/// The stored name and the version that a file's name tells.
fn parse_file_name(file: &str) -> Option<(&str, u32)> {
    let (name, rest) = file.strip_suffix(".json")?.split_once(".v")?;
    let (version, number) = rest.split_once('.').unwrap_or((rest, "1"));
    let (version, number) = (version.parse().ok()?, number.parse().ok()?);
    (file == file_name(name, version, number)).then_some((name, version))
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn golden_files() -> Vec<String> {
    fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn an_event_is_stored_as_its_golden_file_says() {
    for sample in samples() {
        let path = folder().join(&sample.file);
        if std::env::var_os("SANGYU_WRITE_GOLDEN").is_some() && !path.exists() {
            let pretty = serde_json::to_string_pretty(&sample.json).unwrap() + "\n";
            fs::write(&path, pretty).unwrap();
        }
        let golden = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", sample.file));
        let golden: Value = serde_json::from_slice(&golden).unwrap();
        assert_eq!(sample.json, golden, "{}", sample.file);
    }
}

/// That of an older version, too: what it is lifted to is a sample, so that the lifting is pinned.
#[test]
fn a_golden_file_reads_as_one_of_the_samples() {
    let samples: Vec<Sample> = samples().collect();
    for file in golden_files() {
        let (name, version) = parse_file_name(&file).unwrap_or_else(|| panic!("{file}"));
        let golden = fs::read(folder().join(&file)).unwrap();
        let read = AnyEvent::decode(name, version, &golden).unwrap();
        let known = samples.iter().any(|s| s.name == name && s.event == read);
        assert!(known, "{file}");
    }
}

#[test]
fn every_event_has_a_golden_file_of_each_version() {
    let files: BTreeSet<String> = golden_files().into_iter().collect();
    for (name, newest) in families().iter().flat_map(|family| family.names) {
        for version in 1..=*newest {
            assert!(
                files.contains(&file_name(name, version, 1)),
                "{name} v{version}"
            );
        }
    }
}

#[test]
fn no_golden_file_is_left_without_its_event() {
    let newest: BTreeMap<&str, u32> = families()
        .iter()
        .flat_map(|family| family.names.iter().copied())
        .collect();
    let samples: BTreeSet<String> = samples().map(|sample| sample.file).collect();
    for file in golden_files() {
        let known = parse_file_name(&file).is_some_and(|(name, version)| {
            newest.get(name).is_some_and(|newest| {
                version < *newest || version == *newest && samples.contains(&file)
            })
        });
        assert!(known, "{file}");
    }
}
