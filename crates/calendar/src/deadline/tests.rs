use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Deadline, NotCounted, Skipped, Term, Why, days_before};
use crate::{Calendar, DateError};

fn due(start: &str, term: Term, extension: Option<Term>) -> Deadline {
    let start = start.parse().unwrap();
    Calendar::bundled()
        .unwrap()
        .due(start, term, extension)
        .unwrap()
}

#[test]
fn a_last_day_on_a_day_off_moves_to_the_next_working_day() {
    for (start, term, raw, rolled) in [
        // National Day, then Spring Festival.
        ("2024-08-02", Term::Days(60), "2024-10-01", "2024-10-08"),
        ("2025-01-13", Term::Days(15), "2025-01-28", "2025-02-05"),
        // An ordinary Saturday; a Sunday that is worked; a Wednesday.
        ("2024-08-02", Term::Days(15), "2024-08-17", "2024-08-19"),
        ("2025-01-11", Term::Days(15), "2025-01-26", "2025-01-26"),
        ("2024-08-02", Term::Days(12), "2024-08-14", "2024-08-14"),
        // Sunday 2025-01-26 is worked, Saturday 01-25 is not.
        (
            "2025-01-22",
            Term::WorkingDays(5),
            "2025-02-05",
            "2025-02-05",
        ),
        (
            "2024-09-30",
            Term::WorkingDays(1),
            "2024-10-08",
            "2024-10-08",
        ),
        // The start day is excluded, whatever kind of day it is.
        (
            "2024-10-01",
            Term::WorkingDays(1),
            "2024-10-08",
            "2024-10-08",
        ),
        ("2024-08-02", Term::Days(1), "2024-08-03", "2024-08-05"),
        ("2024-08-02", Term::Days(0), "2024-08-02", "2024-08-02"),
    ] {
        let found = due(start, term, None);
        assert_eq!(
            (found.raw.to_string(), found.rolled.to_string()),
            (raw.to_owned(), rolled.to_owned()),
            "{start} {term:?}"
        );
    }
}

#[test]
fn a_missing_corresponding_day_becomes_the_end_of_the_month() {
    for (start, term, raw, rolled) in [
        ("2024-01-31", Term::Months(1), "2024-02-29", "2024-02-29"),
        ("2025-01-31", Term::Months(1), "2025-02-28", "2025-02-28"),
        ("2025-08-31", Term::Months(1), "2025-09-30", "2025-09-30"),
        ("2024-11-30", Term::Months(3), "2025-02-28", "2025-02-28"),
        ("2025-02-28", Term::Months(1), "2025-03-28", "2025-03-28"),
        // Saturday 2026-02-28 is worked after Spring Festival.
        ("1976-02-29", Term::Years(50), "2026-02-28", "2026-02-28"),
        ("2023-10-01", Term::Years(1), "2024-10-01", "2024-10-08"),
    ] {
        let found = due(start, term, None);
        assert_eq!(
            (found.raw.to_string(), found.rolled.to_string()),
            (raw.to_owned(), rolled.to_owned()),
            "{start} {term:?}"
        );
    }
}

#[test]
fn an_extension_counts_from_the_raw_due_date() {
    let found = due("2024-08-02", Term::Days(60), Some(Term::Days(30)));
    assert_eq!(found.raw, date(2024, 10, 31));
    assert_eq!(found.rolled, date(2024, 10, 31));
    assert_eq!(
        found.skipped,
        [],
        "the days after the first last day do not matter any more"
    );
}

fn hearing(from: &str, until: &str) -> NotCounted {
    NotCounted {
        from: from.parse().unwrap(),
        until: until.parse().unwrap(),
        why: "听证".into(),
    }
}

#[test]
fn days_not_counted_push_the_raw_last_day() {
    for (from, until, raw, rolled) in [
        // Before and on the start day nothing was counted yet; after the end nothing is any more.
        ("2026-03-20", "2026-04-01", "2026-05-01", "2026-05-06"),
        ("2026-05-02", "2026-05-03", "2026-05-01", "2026-05-06"),
        ("2026-04-10", "2026-04-12", "2026-05-04", "2026-05-06"),
        // The days they push it onto may be among them.
        ("2026-04-30", "2026-05-02", "2026-05-04", "2026-05-06"),
        // It does not end on one of them either.
        ("2026-05-06", "2026-05-07", "2026-05-01", "2026-05-08"),
    ] {
        let found = Calendar::bundled().unwrap();
        let found = found
            .due_without(
                date(2026, 4, 1),
                Term::Days(30),
                None,
                &[hearing(from, until)],
            )
            .unwrap();
        assert_eq!(
            (found.raw.to_string(), found.rolled.to_string()),
            (raw.to_owned(), rolled.to_owned()),
            "{from} to {until}"
        );
        assert!(found.rule.ends_with("；听证期间不计入期限"));
    }
}

#[test]
fn a_day_not_counted_says_why() {
    let calendar = Calendar::bundled().unwrap();
    let hearings = [
        hearing("2026-04-10", "2026-04-11"),
        hearing("2026-04-11", "2026-04-12"),
    ];
    let found = calendar
        .due_without(date(2026, 4, 9), Term::WorkingDays(1), None, &hearings)
        .unwrap();
    assert_eq!(found.raw, date(2026, 4, 13));
    let why: Vec<_> = found.skipped.iter().map(|s| s.why.to_string()).collect();
    assert_eq!(why, ["not_counted: 听证"; 3]);
    assert_eq!(found.rule.matches("听证").count(), 1);
    let json = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Deadline>(&json).unwrap(), found);
}

#[test]
fn it_says_which_days_were_rolled_over_and_why() {
    let found = due("2024-08-02", Term::Days(60), None);
    let days: Vec<_> = found.skipped.iter().map(|s| s.date.day()).collect();
    assert_eq!(days, [1, 2, 3, 4, 5, 6, 7]);
    for Skipped { why, .. } in &found.skipped {
        assert_eq!(why.to_string(), "day_off: 国庆节 National Day");
    }
    assert_eq!(found.calendar, "cn-2026.1");
    assert!(!found.provisional);
}

#[test]
fn working_days_say_which_days_were_passed_over_and_why() {
    let found = due("2025-01-22", Term::WorkingDays(5), None);
    let days: Vec<_> = found
        .skipped
        .iter()
        .map(|s| (s.date.strftime("%m-%d").to_string(), s.why.clone()))
        .collect();
    let spring = || Why::DayOff("春节 Spring Festival".into());
    assert_eq!(
        days,
        [
            ("01-25".into(), Why::Weekend),
            ("01-28".into(), spring()),
            ("01-29".into(), spring()),
            ("01-30".into(), spring()),
            ("01-31".into(), spring()),
            ("02-01".into(), spring()),
            ("02-02".into(), spring()),
            ("02-03".into(), spring()),
            ("02-04".into(), spring()),
        ]
    );
}

#[test]
fn it_is_provisional_only_if_a_day_that_mattered_is_not_published() {
    for (start, term, provisional) in [
        ("2026-12-01", Term::Days(30), false),
        ("2026-12-01", Term::Days(31), true),
        ("2026-12-25", Term::WorkingDays(4), false),
        ("2026-12-25", Term::WorkingDays(5), true),
        ("2030-01-01", Term::Days(1), true),
        // Of a clock of calendar days, the days in between do not matter.
        ("2003-12-01", Term::Days(45), false),
        ("2003-12-01", Term::WorkingDays(45), true),
        ("2003-12-01", Term::Days(1), true),
    ] {
        assert_eq!(
            due(start, term, None).provisional,
            provisional,
            "{start} {term:?}"
        );
    }
}

#[test]
fn its_json_is_what_people_are_shown_and_reads_back() {
    let found = due("2024-09-20", Term::Days(2), None);
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "raw": "2024-09-22",
            "rolled": "2024-09-23",
            "provisional": false,
            "skipped": [{"date": "2024-09-22", "why": "weekend"}],
            "rule": "民法典第二百零一条至第二百零三条",
            "calendar": "cn-2026.1",
        })
    );
    assert_eq!(serde_json::from_value::<Deadline>(json).unwrap(), found);

    let found = due("2025-01-22", Term::WorkingDays(5), Some(Term::Days(3)));
    let json = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Deadline>(&json).unwrap(), found);
    assert!(serde_json::from_str::<Why>("\"holiday\"").is_err());
    assert_eq!(
        serde_json::to_string(&Term::WorkingDays(5)).unwrap(),
        r#"{"working_days":5}"#
    );
}

#[test]
fn the_rule_names_what_it_rests_on() {
    let rule = |term, extension| due("2024-08-02", term, extension).rule;
    assert!(rule(Term::WorkingDays(5), None).contains("调休上班日"));
    assert!(rule(Term::Days(60), Some(Term::Days(30))).contains("自原届满日起算"));
    assert!(!rule(Term::Days(60), None).contains('；'));
}

#[test]
fn a_deadline_past_the_last_year_is_refused() {
    let calendar = Calendar::bundled().unwrap();
    for term in [
        Term::Days(u32::MAX),
        Term::Months(u32::MAX),
        Term::Years(8000),
    ] {
        assert_eq!(
            calendar.due(date(2024, 8, 2), term, None),
            Err(DateError::TooFar)
        );
    }
    let eve = date(9999, 12, 30);
    assert_eq!(
        calendar.due(eve, Term::WorkingDays(2), None),
        Err(DateError::TooFar)
    );
}

#[test]
fn days_before_a_day_end_with_the_first_day_there_is() {
    assert_eq!(days_before(date(2024, 3, 1), 1), date(2024, 2, 29));
    assert_eq!(days_before(date(2024, 3, 1), 0), date(2024, 3, 1));
    for days in [u32::MAX, 5_000_000] {
        assert_eq!(days_before(date(2024, 3, 1), days), Date::MIN);
    }
}

/// Counts one day after the other, and reads the file by itself.
struct Naive {
    days_off: Vec<&'static str>,
    worked: Vec<&'static str>,
}

impl Naive {
    fn new() -> Self {
        let file = include_str!("../../data/cn-public-holidays.csv");
        let of = |kind: &str| {
            file.lines()
                .filter(|line| line.get(10..).is_some_and(|rest| rest.starts_with(kind)))
                .map(|line| &line[..10])
                .collect()
        };
        Naive {
            days_off: of(",day_off,"),
            worked: of(",workday,"),
        }
    }

    fn works(&self, day: Date) -> bool {
        let text = day.to_string();
        // 2004-01-01 was a Thursday.
        let since = (day - date(2004, 1, 1)).get_days();
        let weekend = matches!(since.rem_euclid(7), 2 | 3);
        self.worked.contains(&text.as_str())
            || (!weekend && !self.days_off.contains(&text.as_str()))
    }

    /// The raw and the rolled day, and those skipped.
    fn due(&self, start: Date, terms: &[Term], still: &[NotCounted]) -> (Date, Date, Vec<Date>) {
        let stands_still = |day| {
            still
                .iter()
                .any(|days| days.from <= day && day <= days.until)
        };
        let (mut day, mut skipped) = (start, vec![]);
        for term in terms {
            let (mut left, working) = match term {
                Term::Days(n) => (*n, false),
                Term::WorkingDays(n) => (*n, true),
                Term::Months(_) | Term::Years(_) => unreachable!(),
            };
            while left > 0 {
                day = day.tomorrow().unwrap();
                if !stands_still(day) && (!working || self.works(day)) {
                    left -= 1;
                } else {
                    skipped.push(day);
                }
            }
        }
        let raw = day;
        while stands_still(day) || !self.works(day) {
            skipped.push(day);
            day = day.tomorrow().unwrap();
        }
        (raw, day, skipped)
    }
}

fn terms() -> impl Strategy<Value = Term> {
    prop_oneof![
        (0..120u32).prop_map(Term::Days),
        (0..40u32).prop_map(Term::WorkingDays)
    ]
}

proptest! {
    #[test]
    fn it_agrees_with_counting_one_day_after_the_other(
        // 2004-01-01 to 2026-12-31.
        after in 0..8401i32,
        term in terms(),
        extension in proptest::option::of(terms()),
    ) {
        let start = date(2004, 1, 1) + jiff::Span::new().days(after);
        let found = Calendar::bundled().unwrap().due(start, term, extension).unwrap();
        let clocks: Vec<_> = [Some(term), extension].into_iter().flatten().collect();
        let (raw, rolled, skipped) = Naive::new().due(start, &clocks, &[]);
        prop_assert_eq!(found.raw, raw);
        prop_assert_eq!(found.rolled, rolled);
        prop_assert_eq!(found.skipped.iter().map(|s| s.date).collect::<Vec<_>>(), skipped);
    }

    #[test]
    fn days_not_counted_agree_with_counting_one_day_after_the_other(
        after in 0..8000i32,
        term in terms(),
        extension in proptest::option::of(terms()),
        still in proptest::collection::vec((0..130i32, 0..15i32), 0..4),
    ) {
        let day = |n| jiff::Span::new().days(n);
        let start = date(2004, 1, 1) + day(after);
        let still: Vec<_> = still
            .into_iter()
            .map(|(from, days)| NotCounted {
                from: start + day(from - 5),
                until: start + day(from - 5 + days),
                why: "听证".into(),
            })
            .collect();
        let calendar = Calendar::bundled().unwrap();
        let found = calendar.due_without(start, term, extension, &still).unwrap();
        let clocks: Vec<_> = [Some(term), extension].into_iter().flatten().collect();
        let (raw, rolled, skipped) = Naive::new().due(start, &clocks, &still);
        prop_assert_eq!(found.raw, raw);
        prop_assert_eq!(found.rolled, rolled);
        prop_assert_eq!(found.skipped.iter().map(|s| s.date).collect::<Vec<_>>(), skipped);
    }
}
