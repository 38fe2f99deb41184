//! Moving and keeping the log: what a bureau is in is never lost, overwritten or half there.

use crate::program::{Bureau, sangyu};

/// A URL of a log in this bureau's folder, beside its data.
fn beside(bureau: &Bureau, name: &str) -> String {
    format!("sqlite:{}", bureau.path().join(name).display())
}

#[test]
fn a_log_is_checked_with_a_line_for_each_rule_and_leaves_nothing_behind() {
    let bureau = Bureau::new();
    let checked = sangyu(&["log", "check", "--url", &beside(&bureau, "check.db")]);
    assert_eq!(checked.code, 0, "{checked:?}");
    let lines: Vec<&str> = checked.out.lines().collect();
    assert_eq!(
        lines.last(),
        Some(&format!("共 {0} 项：符合 {0}，不符 0", lines.len() - 1).as_str())
    );
    assert_eq!(std::fs::read_dir(bureau.path()).unwrap().count(), 0);
}

#[test]
fn no_made_up_events_are_written_where_a_bureau_may_be() {
    let bureau = Bureau::with_ledgers();
    let before = bureau.json(&["report", "counts"]);
    let refused = bureau.call(&["log", "check", "--url", &beside(&bureau, "data/events.db")]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("log_exists"), "{}", refused.err);
    assert_eq!(bureau.json(&["report", "counts"]), before);
}
