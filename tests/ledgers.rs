//! The three ledgers give exactly what their key says.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::program::{Bureau, ledger};

fn key() -> Value {
    serde_json::from_str(&std::fs::read_to_string(ledger("key.json")).unwrap()).unwrap()
}

/// Rows with their codes, as the key and as the report have them.
fn faults(list: &Value, code: &str) -> BTreeSet<(u64, String)> {
    let list = list.as_array().unwrap().iter();
    list.map(|f| {
        (
            f["row"].as_u64().unwrap(),
            f[code].as_str().unwrap().to_owned(),
        )
    })
    .collect()
}

fn rows(list: &Value) -> BTreeSet<u64> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|d| d["row"].as_u64().unwrap())
        .collect()
}

#[test]
fn each_ledger_gives_the_rows_and_codes_of_the_key_and_nothing_the_second_time() {
    gives_the_key(&Bureau::new());
}

/// Takes the ledgers over, twice, and holds them against their key.
pub(crate) fn gives_the_key(bureau: &Bureau) {
    let key = key();
    for (kind, accepted) in [
        ("roster", &key["people"]),
        ("visits", &key["visits"]),
        ("hardship", &key["hardship_payments"]),
    ] {
        let file = ledger(&format!("{kind}.xlsx"));
        let report = bureau.json(&["import", kind, &file]);
        assert_eq!(report["accepted"], *accepted, "{kind}");
        assert_eq!(
            faults(&report["rejected"], "code"),
            faults(&key[format!("{kind}_rejected")], "fault"),
            "{kind}"
        );
        let duplicates = key
            .get(format!("{kind}_duplicates"))
            .cloned()
            .unwrap_or(json!([]));
        assert_eq!(rows(&report["duplicates"]), rows(&duplicates), "{kind}");
        let bad: BTreeSet<u64> = rows(&report["rejected"]);
        let counted = accepted.as_u64().unwrap() + (bad.len() + rows(&duplicates).len()) as u64;
        assert_eq!(report["rows"], counted, "every row counts once");
        let keys: BTreeSet<&str> = report
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let named = "accepted dry_run duplicates file kind rejected rows unchanged";
        assert_eq!(keys, named.split(' ').collect());

        let again = bureau.json(&["import", kind, &file]);
        assert_eq!(
            (&again["accepted"], &again["unchanged"]),
            (&json!(0), accepted),
            "{kind}"
        );
        assert_eq!(again["rejected"], report["rejected"], "{kind}");
    }

    let counts = bureau.json(&["report", "counts"]);
    assert_eq!(counts["people"], key["people"]);
    assert_eq!(counts["members"], key["party"]);
    assert_eq!(counts["lixiu"], key["lixiu"]);
    let totals = &bureau.json(&["hardship", "list"])["totals"];
    assert_eq!(totals["cases"], key["hardship_cases"]);
    assert_eq!(totals["payments"], key["hardship_payments"]);
    assert_eq!(totals["disbursed"], key["hardship_fen"]);
}

#[test]
fn a_dry_run_reports_the_same_and_changes_nothing() {
    let bureau = Bureau::new();
    let file = ledger("roster.xlsx");
    let rehearsed = bureau.json(&["import", "roster", &file, "--dry-run"]);
    assert_eq!(rehearsed["dry_run"], true);
    assert_eq!(bureau.json(&["report", "counts"])["people"], 0);
    let mut real = bureau.json(&["import", "roster", &file]);
    real["dry_run"] = json!(true);
    assert_eq!(rehearsed, real);
}

#[test]
fn the_rows_that_were_not_taken_come_back_as_a_workbook_that_is_refused_alike() {
    let bureau = Bureau::with_ledgers();
    let out = bureau.path().join("rejects.xlsx");
    let (file, out) = (ledger("visits.xlsx"), out.to_str().unwrap());
    let first = bureau.json(&["import", "visits", &file, "--rejects", out]);
    let again = bureau.json(&["import", "visits", out]);
    assert_eq!(again["rows"], rows(&first["rejected"]).len());
    assert_eq!(again["accepted"], 0);
    let codes = |report: &Value| {
        let list = report["rejected"].as_array().unwrap().iter();
        list.map(|r| r["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(&first), codes(&again));
}

#[test]
fn a_care_history_says_what_when_when_recorded_who_and_from_which_row() {
    tells_a_history(&Bureau::with_ledgers());
}

/// Reads the history of one person of the ledgers.
pub(crate) fn tells_a_history(bureau: &Bureau) {
    // Row 26 of the hardship ledger and four visits are hers.
    let history = bureau.json(&["person", "history", "35990519430701072X"]);
    let entries = history["items"].as_array().unwrap();
    let occurred: Vec<&str> = entries
        .iter()
        .map(|e| e["occurred"].as_str().unwrap())
        .collect();
    assert!(
        occurred.is_sorted_by(|a, b| a[..10] >= b[..10]),
        "newest first: {occurred:?}"
    );
    let visit = entries
        .iter()
        .find(|e| e["occurred"] == "2025-03-25")
        .unwrap();
    assert_eq!(visit["event"], "visit.recorded");
    assert_eq!(visit["source"]["row"], 17);
    assert_eq!(visit["actor"]["id"], "zhang.min");
    assert!(
        visit["what"].as_str().unwrap().contains("500.00"),
        "{}",
        visit["what"]
    );
    assert!(visit["recorded"].as_str().unwrap() > "2026");
    assert!(entries.iter().any(|e| e["event"] == "cadre.registered"));
}

#[test]
fn a_case_that_a_ledger_brought_raises_no_visit_and_one_entered_late_counts_from_when_it_was_known()
{
    let bureau = Bureau::with_ledgers();
    let raised = || {
        assert_eq!(bureau.call(&["react"]).code, 0);
        bureau.json(&["duty", "list", "--kind", "hardship"])["items"].clone()
    };
    assert_eq!(raised(), json!([]));
    let of = ["--person", "359907195005190232", "--ground", "empty_nest"];
    let told = ["--situation", "独居", "--known", "2026-03-02"];
    bureau.json(&[&["hardship", "open"], &of[..], &told[..]].concat());
    let raised = raised();
    assert_eq!(raised.as_array().unwrap().len(), 1);
    assert_eq!(raised[0]["known"], "2026-03-02");
    // Ten working days.
    assert_eq!(raised[0]["due_raw"], "2026-03-16");
}

#[test]
fn the_roster_gives_the_candidates_for_the_medal_of_2026_that_the_key_lists() {
    let bureau = Bureau::new();
    bureau.json(&["import", "roster", &ledger("roster.xlsx")]);
    let found = bureau.json(&["medal", "candidates", "--year", "2026"]);
    let numbers = |list: &Value| -> BTreeSet<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|row| row["id_number"].as_str().unwrap().to_owned())
            .collect()
    };
    let expected: BTreeSet<String> = serde_json::from_value(key()["medal_2026"].clone()).unwrap();
    assert_eq!(numbers(&found["candidates"]), expected);
    assert_eq!(found["candidates"].as_array().unwrap().len(), 91);
    // No row of this roster leaves the first day of standing open.
    assert_eq!(found["doubtful"], json!([]));
    for row in found["candidates"].as_array().unwrap() {
        assert!(row["standing_starts_on"].as_str().unwrap() <= "1976-07-01");
        assert!(
            row["evidence"]
                .as_str()
                .unwrap()
                .starts_with("《roster.xlsx》第 ")
        );
    }
    // On the day after the cut-off, who came a day too late in 2026.
    let next = bureau.json(&["medal", "candidates", "--year", "2027"]);
    assert!(numbers(&next["candidates"]).is_superset(&expected));
}

#[test]
fn a_roster_whose_dates_leave_standing_open_names_each_doubt() {
    let bureau = Bureau::new();
    let file = bureau.path().join("doubts.csv");
    std::fs::write(
        &file,
        "姓名,身份证号码,出生年月日,入党时间,转正时间\n\
         甲,11010519491231002X,1949-12-31,1972-05-20,1973-05-20\n\
         乙,440524188001010014,1940-01-01,1966-05-05,\n\
         丙,359906192502022897,1925-02-02,1966-05-05,1967-05-05\n\
         丁,359906194607196382,1955-07-19,1973-05-05,\n\
         戊,359905195501129550,1955-01-12,1995-05-05,\n",
    )
    .unwrap();
    let report = bureau.json(&["import", "roster", file.to_str().unwrap()]);
    assert_eq!(report["accepted"], 5, "{report}");
    let found = bureau.json(&["medal", "candidates", "--year", "2026"]);
    let ids = |list: &Value, field: &str| -> Vec<(String, String)> {
        let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
        let list = list.as_array().unwrap().iter();
        list.map(|row| (text(row, "id_number"), text(row, field)))
            .collect()
    };
    assert_eq!(
        ids(&found["candidates"], "standing_starts_on"),
        [("359906192502022897".to_owned(), "1967-05-05".to_owned())]
    );
    let mut doubts = ids(&found["doubtful"], "why");
    doubts.sort();
    let expected = [
        ("11010519491231002X", "probation_contradiction"),
        ("359906194607196382", "joined_under_age"),
        ("440524188001010014", "standing_missing"),
    ];
    assert_eq!(
        doubts,
        expected.map(|(id, why)| (id.to_owned(), why.to_owned()))
    );
    for row in found["doubtful"].as_array().unwrap() {
        assert!(row["why_zh"].as_str().unwrap().contains('请'));
    }
}
