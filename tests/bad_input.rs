//! Bad input gets a clear answer that names the place and the remedy; nothing is half-written.

use crate::program::{Bureau, sangyu};

#[test]
fn files_that_are_no_ledger_are_refused_whole() {
    let bureau = Bureau::new();
    let file = bureau.path().join("file.xlsx");
    for (content, code) in [
        (&b""[..], "file_empty"),
        (b"%PDF-1.7 not a ledger", "not_a_spreadsheet"),
        ("甲,乙\n1,2\n".as_bytes(), "header_not_found"),
        ("姓名,性别\n王家,男\n".as_bytes(), "column_missing"),
    ] {
        std::fs::write(&file, content).unwrap();
        let refused = bureau.call(&["import", "roster", file.to_str().unwrap()]);
        assert_eq!(refused.code, 4, "{refused:?}");
        assert!(
            refused.err.contains(&format!("[{code}]")),
            "{}",
            refused.err
        );
    }
    let missing = bureau.call(&["import", "roster", "nowhere.xlsx"]);
    assert_eq!(missing.code, 3, "{missing:?}");
}

#[test]
fn an_unknown_key_of_the_configuration_is_refused_wherever_it_stands() {
    let bureau = Bureau::new();
    let file = bureau.path().join("sangyu.toml");
    std::fs::write(&file, "datta = \"/srv/sangyu\"\n").unwrap();
    let refused = sangyu(&["report", "counts", "--config", file.to_str().unwrap()]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("datta"), "{}", refused.err);
}

#[test]
fn a_directory_without_a_bureau_is_said_to_have_none_and_stays_as_it_is() {
    let bureau = Bureau::new();
    let refused = bureau.call(&["person", "find", "王"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(!std::path::Path::new(&bureau.data()).exists());
}

#[test]
fn a_number_that_names_nobody_is_said_to_name_nobody() {
    let bureau = Bureau::with_ledgers();
    assert_eq!(
        bureau
            .call(&["person", "history", "11010519491231002X"])
            .code,
        3
    );
    let malformed = bureau.call(&["person", "history", "110105194912310021"]);
    assert_eq!(malformed.code, 4);
    assert!(
        !malformed.err.contains("110105194912310021"),
        "errors never repeat an ID number"
    );
    assert_eq!(bureau.call(&["petition", "history", "404"]).code, 3);
}

#[test]
fn a_calendar_that_is_malformed_is_refused_whole_with_its_line() {
    let bureau = Bureau::new();
    let file = bureau.path().join("calendar.csv");
    std::fs::write(&file, "date,kind,name\n2026-01-01,holiday,New Year\n").unwrap();
    let config = bureau.path().join("sangyu.toml");
    std::fs::write(
        &config,
        format!("calendar = {:?}\n", file.to_str().unwrap()),
    )
    .unwrap();
    let due = ["calendar", "due", "--start", "2026-01-01", "--days", "3"];
    let refused = sangyu(&[&due[..], &["--config", config.to_str().unwrap()]].concat());
    assert_eq!(refused.code, 2, "{refused:?}");
}

#[test]
fn a_server_that_is_not_there_is_said_to_be_unreachable() {
    let refused = sangyu(&["report", "counts", "--server", "http://127.0.0.1:1"]);
    assert_eq!(refused.code, 5);
    assert!(
        refused.err.contains("server_unreachable"),
        "{}",
        refused.err
    );
}
