//! `docs/errors.md` lists every code, from the code itself.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::program::root;

type Codes = &'static [(&'static str, &'static str, &'static str)];

const HEAD: &str = "\
# Every error code

A code is stable: a program may rely on it. The texts say what is wrong and what to do; none holds personal data. `{…}` stands for
what the message names. This page is written by `SANGYU_WRITE_DOCS=1 cargo test -p tests errors`, from the code itself.

";

/// Of each crate, what it may answer.
fn chapters() -> Vec<(&'static str, Vec<Codes>)> {
    vec![
        ("Rules", vec![]),
        (
            "Dates and ID numbers",
            vec![
                calendar::DateError::CODES,
                calendar::IdNumberError::CODES,
                calendar::WhenError::CODES,
                calendar::CalendarError::CODES,
            ],
        ),
        (
            "Spreadsheets",
            vec![import::FileFault::CODES, import::Fault::CODES],
        ),
        ("Rule files", vec![app::RuleFileError::CODES]),
        ("Attachments", vec![attachments::Error::CODES]),
        ("The event log", vec![event_log::StorageFault::CODES]),
        (
            "Moving a log",
            vec![event_log::transfer::TransferError::CODES],
        ),
        ("The ledger", vec![ledger::Error::CODES]),
        (
            "Inspection bundles",
            vec![bundle::BundleFault::CODES, bundle::Error::CODES],
        ),
        ("Requests", vec![app::Error::CODES]),
        ("Questions", vec![views::ViewsError::CODES]),
        ("Printing", vec![printout::PrintError::CODES]),
    ]
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for (title, lists) in chapters() {
        let codes: BTreeMap<_, _> = match lists.is_empty() {
            true => domain::all_codes()
                .into_iter()
                .map(|(c, en, zh)| (c, (en, zh)))
                .collect(),
            false => lists
                .into_iter()
                .flatten()
                .map(|(c, en, zh)| (*c, (*en, *zh)))
                .collect(),
        };
        writeln!(
            page,
            "## {title}\n\n| code | English | 中文 |\n|---|---|---|"
        )
        .unwrap();
        for (code, (en, zh)) in codes {
            writeln!(page, "| `{code}` | {} | {} |", cell(en), cell(zh)).unwrap();
        }
        page.push('\n');
    }
    page
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[test]
fn the_page_of_errors_is_what_the_code_says() {
    let path = root().join("docs/errors.md");
    if std::env::var_os("SANGYU_WRITE_DOCS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page(),
        "write it anew: SANGYU_WRITE_DOCS=1 cargo test -p tests errors"
    );
}
