//! Whole files: the sample ledgers against their key, a second import, what comes back.

use super::*;

#[tokio::test]
async fn the_three_ledgers_come_in_as_their_key_says() {
    let (bureau, key) = (bureau(), Key::read());
    let roster = bureau.sample(Kind::Roster).await.report;
    assert_eq!(codes(&roster), Key::codes(&key.roster_rejected));
    assert_eq!(
        (roster.rows, roster.accepted, roster.unchanged),
        (305, key.people, 0)
    );
    let mut expected = Vec::new();
    for duplicate in &key.roster_duplicates {
        let number = IdNumber::parse(&duplicate.id).unwrap();
        let person = bureau.reading().person_by_id_number(&number).await.unwrap();
        assert!(person.is_some());
        expected.push(Duplicate {
            row: duplicate.row,
            person,
        });
    }
    assert_eq!(roster.duplicates, expected);

    let visits = bureau.sample(Kind::Visits).await.report;
    assert_eq!(codes(&visits), Key::codes(&key.visits_rejected));
    assert_eq!((visits.accepted, visits.duplicates.len()), (key.visits, 0));

    let hardship = bureau.sample(Kind::Hardship).await.report;
    assert_eq!(codes(&hardship), Key::codes(&key.hardship_rejected));
    assert_eq!(
        (hardship.accepted, hardship.duplicates.len()),
        (key.hardship_payments, 0)
    );

    bureau.app.catch_up().await.unwrap();
    let counts = bureau.reading().counts(None).await.unwrap();
    assert_eq!(counts.people, u64::try_from(key.people).unwrap());
    assert_eq!(counts.lixiu, u64::try_from(key.lixiu).unwrap());
    assert_eq!(counts.members, u64::try_from(key.party).unwrap());
    let totals = bureau
        .reading()
        .hardship_totals(HardshipFilter::default())
        .await
        .unwrap();
    assert_eq!(totals.cases, u64::try_from(key.hardship_cases).unwrap());
    assert_eq!(totals.disbursed, Fen(key.hardship_fen));
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_under_any_name() {
    let (bureau, key) = (bureau(), Key::read());
    for kind in [Kind::Roster, Kind::Visits, Kind::Hardship] {
        let first = bureau.sample(kind).await.report;
        let before = bureau.events().await;
        let file = format!("{kind}.xlsx");
        let again = bureau
            .import(kind, "C:\\台账\\另存.xlsx", ledger(&file))
            .await
            .report;
        assert_eq!(bureau.events().await, before);
        assert_eq!((again.accepted, again.unchanged), (0, first.accepted));
        assert_eq!(again.duplicates, first.duplicates);
        assert_eq!(again.rejected, first.rejected);
        assert_eq!(again.file, "另存.xlsx");
    }
    assert_eq!(key.roster_duplicates.len(), 5);
}

#[tokio::test]
async fn a_dry_run_reports_the_same_and_records_nothing() {
    let bureau = bureau();
    for kind in [Kind::Roster, Kind::Visits, Kind::Hardship] {
        let file = format!("{kind}.xlsx");
        let before = bureau.events().await;
        let rehearsal = bureau.rehearse(kind, &file, ledger(&file)).await;
        assert_eq!(bureau.events().await, before);
        let report = bureau.sample(kind).await.report;
        assert_eq!(
            Report {
                dry_run: false,
                ..rehearsal
            },
            report
        );
    }
}

#[tokio::test]
async fn an_import_that_broke_off_is_finished_by_the_next() {
    let (bureau, key) = (bureau(), Key::read());
    let rows = raw_cells(ledger("roster.xlsx"));
    let half: Vec<Vec<Made>> = rows[..150]
        .iter()
        .map(|row| row.iter().map(|c| Made::from(c.as_str())).collect())
        .collect();
    let first = bureau
        .import(Kind::Roster, "half.xlsx", workbook(0, &half))
        .await
        .report;
    let all = bureau.sample(Kind::Roster).await.report;
    assert_eq!(all.unchanged, first.accepted);
    assert_eq!(all.accepted + first.accepted, key.people);
}

#[tokio::test]
async fn the_rejected_rows_come_back_and_corrected_they_are_taken() {
    let (bureau, key) = (bureau(), Key::read());
    let outcome = bureau.sample(Kind::Hardship).await;
    assert_eq!(outcome.report.accepted, 0, "nobody is in the register yet");
    bureau.sample(Kind::Roster).await;
    let outcome = bureau
        .import(Kind::Hardship, "rejects.xlsx", outcome.rejects.unwrap())
        .await;
    assert_eq!(outcome.report.accepted, key.hardship_payments);
    assert_eq!(outcome.report.rejected.len(), key.hardship_rejected.len());

    let mut rows = raw_cells(outcome.rejects.unwrap());
    assert_eq!(rows[0].last().unwrap(), "原因/Reason");
    assert_eq!(rows[0].iter().filter(|h| h.contains("Reason")).count(), 1);
    assert!(
        rows[1].last().unwrap().contains("帮扶金额（元）"),
        "{:?}",
        rows[1].last()
    );
    for row in &mut rows[1..] {
        assert_eq!(row[4], "伍仟");
        "5000".clone_into(&mut row[4]);
    }
    let corrected: Vec<Vec<Made>> = rows
        .iter()
        .map(|row| row.iter().map(|c| Made::from(c.as_str())).collect())
        .collect();
    let report = bureau
        .import(Kind::Hardship, "corrected.xlsx", workbook(0, &corrected))
        .await;
    assert_eq!(report.report.accepted, key.hardship_rejected.len());
    assert!(report.rejects.is_none());
}

#[tokio::test]
async fn the_rejected_rows_hold_no_formula() {
    let bureau = bureau();
    let outcome = bureau.sample(Kind::Visits).await;
    let bytes = outcome.rejects.unwrap();
    let cells = raw_cells(bytes.clone());
    assert!(
        cells
            .iter()
            .flatten()
            .filter(|c| c.as_str() == "=cmd|' /C calc'!A0")
            .count()
            > 100
    );
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    use calamine::Reader;
    let formulas = book.worksheet_formula("Sheet1").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
}

#[tokio::test]
async fn real_petitions_come_in_with_their_replies_and_a_second_time_not_at_all() {
    let Some(bytes) = petitions_2011_2020() else {
        return;
    };
    let bureau = bureau();
    let report = bureau
        .import(Kind::Petitions, "p.xlsx", bytes.clone())
        .await
        .report;
    let expected = (1402, 0);
    assert_eq!((report.accepted, report.rejected.len()), expected);
    bureau.app.catch_up().await.unwrap();
    let page = PageRequest {
        page_size: 1,
        page_token: None,
    };
    let found = bureau
        .reading()
        .petitions(PetitionFilter::default(), page)
        .await
        .unwrap();
    let petition = bureau
        .reading()
        .petition_text(found.items[0].petition)
        .await
        .unwrap();
    let raw = raw_cells(bytes.clone());
    assert!(
        raw.iter()
            .any(|row| row[4].trim() == petition.text.as_str())
    );
    let again = bureau.import(Kind::Petitions, "p.xlsx", bytes).await.report;
    assert_eq!((again.accepted, again.unchanged), (0, 1402));
}

#[tokio::test]
async fn the_report_has_the_agreed_form() {
    let bureau = bureau();
    let report = bureau
        .rehearse(Kind::Roster, "folder/roster.xlsx", ledger("roster.xlsx"))
        .await;
    let json = serde_json::to_value(&report).unwrap();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    let agreed = [
        "accepted",
        "dry_run",
        "duplicates",
        "file",
        "kind",
        "rejected",
        "rows",
        "unchanged",
    ];
    assert_eq!(keys, agreed);
    assert_eq!(json["kind"], "roster");
    assert_eq!(json["file"], "roster.xlsx");
    let fault: Vec<&String> = json["rejected"][0].as_object().unwrap().keys().collect();
    assert_eq!(fault, ["code", "column", "message", "row"]);
    let duplicate: Vec<&String> = json["duplicates"][0].as_object().unwrap().keys().collect();
    assert_eq!(duplicate, ["person", "row"]);
}
