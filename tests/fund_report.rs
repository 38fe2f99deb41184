//! `sangyu report funds`: what a bureau reads, and what it is told where something was cut off.

use app::{Ids as _, SystemIds};
use domain::{
    CadreId, Event as _, Fen, ReservationId, StaffId, Text,
    fund::{FundEvent, FundReserved},
    hardship::{Ground, HardshipCaseId},
};
use event_log::{EventId, EventLog as _, Expected, Metadata, NewEvent, RequestId};
use event_log_sqlite::SqliteLog;
use serde_json::{Value, json};

use crate::program::{Bureau, Said};

const REPORT: [&str; 2] = ["report", "funds"];

fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

fn set_budget(bureau: &Bureau, (year, source): (&str, &str), fen: &str) {
    let said = bureau.call(&[
        "fund",
        "set-budget",
        "--fund.unit",
        "老干部局",
        "--fund.year",
        year,
        "--fund.source",
        source,
        "--amount",
        fen,
        "--document",
        "财预〔2026〕1号",
    ]);
    assert_eq!(said.code, 0, "{said:?}");
}

/// A person whose case is opened and not yet assessed.
fn open_case(bureau: &Bureau) -> CadreId {
    let registered = bureau.call(&[
        "cadre",
        "register",
        "--unit",
        "老干部局",
        "--retirement.tuixiu",
        "--profile.name",
        "王佳",
    ]);
    let id = registered.out.lines().find_map(|l| l.strip_prefix("id: "));
    let id = id.unwrap();
    let opened = bureau.call(&[
        "hardship",
        "open",
        "--person",
        id,
        "--ground",
        "serious_illness",
        "--situation",
        "手术费用高",
    ]);
    assert_eq!(opened.code, 0, "{opened:?}");
    CadreId(id.parse().unwrap())
}

/// The bureau's only fund has reserved 123.45 yuan when the power fails: the case has not decided.
async fn reserve_and_die(bureau: &Bureau, person: CadreId) {
    let log = SqliteLog::open(&std::path::Path::new(&bureau.data()).join("events.db")).unwrap();
    let before = log.read_all(None, 100).await.unwrap();
    let set = before
        .iter()
        .find(|e| &*e.name == "fund.budget_set")
        .unwrap();
    let reserved = FundEvent::from(FundReserved {
        reservation: ReservationId(SystemIds.next()),
        case: HardshipCaseId {
            person,
            ground: Ground::SeriousIllness,
            case: 1,
        },
        amount: Fen(12_345),
        approver: StaffId(text("wang")),
        document: text("批〔2026〕1号"),
    });
    let event = NewEvent {
        id: EventId(SystemIds.next()),
        name: reserved.name().into(),
        metadata: Metadata {
            request: RequestId(SystemIds.next()),
            ..set.metadata.clone()
        },
        data: reserved.encode().unwrap(),
    };
    let expected = Expected::Exact(set.revision);
    let appended = log.append(&set.stream, expected, vec![event]);
    appended.await.unwrap();
}

fn read(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap()
}

#[test]
fn the_report_adds_up_the_funds_that_it_is_asked_for() {
    let bureau = Bureau::new();
    set_budget(&bureau, ("2025", "财政拨款"), "100001");
    set_budget(&bureau, ("2026", "财政拨款"), "200002");
    set_budget(&bureau, ("2026", "党费"), "50000");

    let all = bureau.json(&REPORT);
    assert_eq!(all["total"]["budget"], 350_003);
    assert_eq!(all["differences"], json!([]));
    let this_year = bureau.json(&[&REPORT[..], &["--year", "2026"]].concat());
    assert_eq!(this_year["funds"].as_array().unwrap().len(), 2);
    assert_eq!(this_year["total"]["budget"], 250_002);

    let table = bureau.call(&REPORT);
    assert_eq!(table.code, 0, "{table:?}");
    let total = table.out.lines().find(|l| l.contains("合计")).unwrap();
    assert!(total.contains(" 3500.03 "), "{total}");
    assert!(table.out.contains("资金与案件一致"), "{}", table.out);
}

#[tokio::test]
async fn a_report_that_does_not_add_up_fails_until_the_missing_step_is_done() {
    let bureau = Bureau::new();
    set_budget(&bureau, ("2026", "财政拨款"), "100000");
    let person = open_case(&bureau);
    reserve_and_die(&bureau, person).await;

    let cut_off = bureau.call(&[&REPORT[..], &["--format", "json"]].concat());
    assert_eq!(cut_off.code, 1, "{cut_off:?}");
    let report = read(&cut_off);
    assert_eq!(report["differences"][0]["kind"], "undecided");
    assert_eq!(report["differences"][0]["amount"], 12_345);
    let error: Value = serde_json::from_str(&cut_off.err).unwrap();
    assert_eq!(error["error"]["code"], "funds_do_not_add_up");
    let table = bureau.call(&REPORT);
    assert!(table.out.contains("已占用，案件未决定"), "{}", table.out);
    assert!(table.err.starts_with("[funds_do_not_add_up] "));

    // Nothing is approved that was not assessed, so the money goes back.
    assert_eq!(bureau.call(&["react"]).code, 0);
    let whole = bureau.json(&REPORT);
    assert_eq!(whole["differences"], json!([]));
    let total = &whole["total"];
    assert_eq!(
        [&total["reserved"], &total["released"], &total["free"]],
        [0, 12_345, 100_000]
    );
}
