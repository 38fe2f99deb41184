//! The names of the files in a bundle.

/// What the bundle is and holds.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The signature over the manifest.
pub(crate) const SIGNATURE: &str = "signature.txt";
/// The events, as `sangyu log export` writes them.
pub(crate) const EVENTS: &str = "events.jsonl";
/// The proof that all of them are in the checkpoint.
pub(crate) const PROOF: &str = "proof.json";
/// The checkpoint of the ledger.
pub(crate) const CHECKPOINT: &str = "checkpoint.txt";
/// What follows from the events.
pub(crate) const STATE: &str = "state.json";
/// What was not done by the book.
pub(crate) const DEVIATIONS: &str = "deviations.json";
/// The report for people.
pub(crate) const REPORT_HTML: &str = "report.html";
/// The same, to print.
pub(crate) const REPORT_PDF: &str = "report.pdf";
/// The days off.
pub(crate) const CALENDAR: &str = "calendar.csv";

/// How the keys were handed over, one note each.
pub(crate) fn rotation(number: usize) -> String {
    format!("rotations/{number:03}.txt")
}

/// A proof of one event, for whoever has no Sangyu.
pub(crate) fn single_proof(index: u64) -> String {
    format!("proofs/{index}.tlog-proof")
}

/// A rule profile.
pub(crate) fn rules(id: &str) -> String {
    format!("rules/{id}.toml")
}

/// The id of the profile in this file; nothing if it holds none.
pub(crate) fn profile_in(name: &str) -> Option<&str> {
    name.strip_prefix("rules/")?.strip_suffix(".toml")
}
