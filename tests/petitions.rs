//! Real messages to real governments. They are other people's words and lie outside the repository;
//! where they are not there, the test says that it skipped.

use std::collections::BTreeMap;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use calendar::Date;
use domain::{Actor, StaffId, Text, Unit};
use grpc::{Caller, Client};
use serde_json::json;
use views::petitions::{Figures, FiguresBy, FiguresFilter, FiguresReport};

use crate::program::{Bureau, root, sangyu};

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

#[test]
fn the_figures_are_those_of_a_naive_count_day_by_day() {
    let file = root().join("../shared/data/petitions-2011-2020.xlsx");
    if !file.is_file() {
        eprintln!("skipped: {} is not there", file.display());
        return;
    }
    let bureau = Bureau::new();
    bureau.json(&["import", "petitions", file.to_str().unwrap()]);
    let mut book: Xlsx<_> = open_workbook(&file).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<(Date, Date)> = sheet
        .rows()
        .skip(1)
        .map(|row| (civil(&row[3]), civil(&row[6])))
        .collect();
    let days_off = days_off();
    for year in [None, Some(2015), Some(2019)] {
        let of_year = |(received, _): &&(Date, Date)| year.is_none_or(|y| received.year() == y);
        let rows: Vec<_> = rows.iter().filter(of_year).collect();
        let in_time = |days: usize| {
            let kept = |(from, to): &&&(Date, Date)| *to <= last_day(*from, days, &days_off);
            rows.iter().filter(kept).count()
        };
        let mut took: Vec<_> = rows
            .iter()
            .map(|(from, to)| (*to - *from).get_days())
            .collect();
        took.sort_unstable();
        let middle = took[(took.len() - 1) / 2] + took[took.len() / 2];

        let mut asked = vec!["report".to_owned(), "petitions".to_owned()];
        if let Some(year) = year {
            asked.extend([format!("--from={year}-01-01"), format!("--to={year}-12-31")]);
        }
        let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        let figures = bureau.json(&asked);
        assert_eq!(figures["total"], rows.len(), "{year:?}");
        assert_eq!(figures["answered"], rows.len(), "all of them were");
        assert_eq!(figures["told_in_time"], in_time(15), "{year:?}");
        assert_eq!(figures["answered_in_time"], in_time(60), "{year:?}");
        assert_eq!(
            figures["answered_late"],
            rows.len() - in_time(60),
            "{year:?}"
        );
        assert_eq!(figures["median_days_to_answer"], f64::from(middle) / 2.0);
        assert_eq!(figures["open"], 0);
        assert_eq!(figures["open_overdue"], 0);
        assert_eq!(figures["profile"], json!({ "national-2005": rows.len() }));
    }
    // Judged again by the rules then, and by those of a province, which gives half the days.
    let late = |days| {
        let late = |(from, to): &&(Date, Date)| *to > last_day(*from, days, &days_off);
        rows.iter().filter(late).count()
    };
    let judged = bureau.json(&["rules", "replay"]);
    let counts = json!({ "petition_answered_late": late(60), "petition_told_late": late(15) });
    assert_eq!(judged["counts"], counts);
    let province = root().join("crates/domain/rules/province-30.toml");
    let judged = bureau.json(&["rules", "replay", "--rules", province.to_str().unwrap()]);
    assert_eq!(judged["counts"]["petition_answered_late"], late(30));
    assert_eq!(judged["proposed"], "province-30");
    let due = bureau.json(&["petition", "due"]);
    assert_eq!(due["items"], json!([]), "nothing is left to do");

    let by_year = figures_by_year(&bureau);
    let mut years: Vec<i16> = rows.iter().map(|(received, _)| received.year()).collect();
    years.sort_unstable();
    years.dedup();
    let groups: Vec<_> = by_year.groups.iter().map(|g| g.group.clone()).collect();
    assert_eq!(
        groups,
        years.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    for (year, group) in years.iter().zip(&by_year.groups) {
        let of_year = || rows.iter().filter(|(received, _)| received.year() == *year);
        let in_time = |days| {
            let kept = |(from, to): &&(Date, Date)| *to <= last_day(*from, days, &days_off);
            of_year().filter(kept).count() as u64
        };
        let figures = &group.figures;
        assert_eq!(figures.total, of_year().count() as u64, "{year}");
        assert_eq!(figures.told_in_time, in_time(15), "{year}");
        assert_eq!(figures.answered_in_time, in_time(60), "{year}");
        assert_eq!(figures.answered_late, figures.total - in_time(60), "{year}");
    }
    let sum = |count: fn(&Figures) -> u64| -> u64 {
        by_year.groups.iter().map(|g| count(&g.figures)).sum()
    };
    for count in [
        |f: &Figures| f.total,
        |f: &Figures| f.told_in_time,
        |f: &Figures| f.told_late,
        |f: &Figures| f.answered,
        |f: &Figures| f.answered_in_time,
        |f: &Figures| f.answered_late,
        |f: &Figures| f.profile["national-2005"],
    ] {
        assert_eq!(
            sum(count),
            count(&by_year.all),
            "the groups add up to the whole"
        );
    }
}

/// As a caller of the server gets them.
fn figures_by_year(bureau: &Bureau) -> FiguresReport {
    let server = bureau.serve();
    let text = |text| Text::parse(text).unwrap();
    let caller = Caller {
        actor: Actor {
            id: StaffId(text("reader")),
            name: text("读者"),
            role: text("clerk"),
            unit: Unit(text("老干部局")),
        },
        on_behalf_of: None,
        trace: None,
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let client = Client::connect(&server.url, caller).await.unwrap();
        let all = FiguresFilter::default();
        let report = client.petition_figures(all, Some(FiguresBy::Year)).await;
        report.unwrap()
    })
}

#[test]
fn what_was_answered_late_is_a_breach_said_once() {
    let file = root().join("../shared/data/petitions-2011-2020.xlsx");
    if !file.is_file() {
        eprintln!("skipped: {} is not there", file.display());
        return;
    }
    let bureau = Bureau::new();
    bureau.json(&["import", "petitions", file.to_str().unwrap()]);
    let figures = bureau.json(&["report", "petitions"]);
    let figure = |name: &str| figures[name].as_u64().unwrap();
    let (late, told_late) = (figure("answered_late"), figure("told_late"));
    assert_eq!(late, 79);
    // Who was answered late was told late too: nothing tells of it but the answer.
    let said = bureau.json(&["react"]);
    assert_eq!(
        said[0]["events"],
        json!({ "petition.deadline_missed": late + told_late })
    );
    assert_eq!(said[0]["spoke"], told_late);
    let again = bureau.json(&["react"]);
    assert_eq!(
        (&again[0]["asked"], &again[0]["events"]),
        (&json!(0), &json!({}))
    );
    let server = bureau.serve();
    let served = sangyu(&["react", "--server", &server.url, "--format", "json"]).json();
    assert_eq!(served, again, "the server has nothing to add");
    assert_eq!(bureau.json(&["report", "petitions"]), figures);
}

/// So many days on, a day at a time, and further while that day is off.
fn last_day(from: Date, days: usize, days_off: &BTreeMap<Date, bool>) -> Date {
    let off = |day: &Date| {
        let weekend = matches!(day.weekday().to_monday_zero_offset(), 5 | 6);
        days_off.get(day).copied().unwrap_or(weekend)
    };
    let mut day = from;
    for _ in 0..days {
        day = day.tomorrow().unwrap();
    }
    while off(&day) {
        day = day.tomorrow().unwrap();
    }
    day
}

/// Whether a day is off, of those that the notices name; read without the crate's own reader.
fn days_off() -> BTreeMap<Date, bool> {
    let file = root().join("crates/calendar/data/cn-public-holidays.csv");
    let text = std::fs::read_to_string(file).unwrap();
    let named = text.lines().filter_map(|line| {
        let mut cells = line.split(',');
        Some((cells.next()?.parse().ok()?, cells.next()? == "day_off"))
    });
    named.collect()
}

fn civil(cell: &Data) -> Date {
    padded(cell.to_string().trim())[..10].parse().unwrap()
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
