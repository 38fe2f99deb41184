//! Real messages to real governments. They are other people's words and lie outside the repository;
//! where they are not there, the test says that it skipped.

use std::collections::BTreeMap;

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use crate::program::{Bureau, root};

#[test]
fn all_of_them_import_and_their_texts_and_times_survive() {
    let file = root().join("../shared/data/petitions-2011-2020.xlsx");
    if !file.is_file() {
        eprintln!("skipped: {} is not there", file.display());
        return;
    }
    let bureau = Bureau::new();
    let report = bureau.json(&["import", "petitions", file.to_str().unwrap()]);
    assert_eq!(
        (&report["rows"], &report["accepted"]),
        (&1402.into(), &1402.into())
    );
    let again = bureau.json(&["import", "petitions", file.to_str().unwrap()]);
    assert_eq!(
        (&again["accepted"], &again["unchanged"]),
        (&0.into(), &1402.into())
    );

    let mut book: Xlsx<_> = open_workbook(&file).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    for row in sheet.rows().skip(1).step_by(100) {
        let text = |column: usize| match &row[column] {
            Data::Float(number) => number.to_string(),
            other => other.to_string().trim().to_owned(),
        };
        let history = bureau.json(&["petition", "history", &text(0)]);
        let by_event: BTreeMap<&str, &serde_json::Value> = history["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| (entry["event"].as_str().unwrap(), entry))
            .collect();
        let (registered, replied) = (
            by_event["petition.registered"],
            by_event["petition.replied"],
        );
        let petition = &registered["data"]["petition"];
        assert_eq!(petition["petitioner"]["name"], text(1));
        assert_eq!(petition["subject"], text(2));
        assert_eq!(petition["text"], text(4));
        assert_eq!(replied["data"]["text"], text(5));
        assert_eq!(beijing(&registered["occurred"]), padded(&text(3)));
        assert_eq!(beijing(&replied["occurred"]), padded(&text(6)));
        assert_eq!(
            by_event["petition.accepted"]["occurred"],
            registered["occurred"]
        );
        assert!(
            registered["recorded"].as_str().unwrap() > "2026",
            "recorded now, not then"
        );
    }
}

/// `2016-02-19T00:43:00Z` as the clock showed it in Beijing.
fn beijing(moment: &serde_json::Value) -> String {
    let moment: calendar::When = moment.as_str().unwrap().parse().unwrap();
    moment.to_string()
}

/// `2016/2/19 8:43:00` with all its digits.
fn padded(typed: &str) -> String {
    let parts: Vec<u32> = typed
        .split(['/', ' ', ':'])
        .filter(|p| !p.is_empty())
        .map(|p| p.parse().unwrap())
        .collect();
    match parts[..] {
        [y, m, d, h, min, s] => format!("{y}-{m:02}-{d:02} {h:02}:{min:02}:{s:02}"),
        [y, m, d] => format!("{y}-{m:02}-{d:02}"),
        _ => panic!("{} parts", parts.len()),
    }
}
