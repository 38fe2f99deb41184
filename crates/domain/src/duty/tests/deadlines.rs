use calendar::Calendar;

use super::*;
use crate::duty::DutyCommand::CheckDeadlines;

/// The stored names of what a check says at this moment.
fn said(events: &[DutyEvent], at: &str) -> Vec<String> {
    use crate::Event as _;
    let given = given::<Duty>(events.to_vec()).about(person()).at(at);
    let said = given.when(CheckDeadlines).result.unwrap();
    said.iter()
        .map(|event| match event {
            DutyEvent::Escalated(e) => format!("{:?}", e.rung),
            other => other.name().to_owned(),
        })
        .collect()
}

fn due() -> DutyDue {
    let DutyEvent::Opened(e) = opened() else {
        panic!("not opened");
    };
    e.due
}

#[test]
fn the_clock_starts_when_the_bureau_knew() {
    let due = due();
    assert_eq!(due.start, date("2025-01-22"));
    // Thursday, Friday, and the Sunday that is worked before Spring Festival.
    assert_eq!(due.deadline.raw, date("2025-01-26"));
    assert_eq!(due.deadline.rolled, date("2025-01-26"));
    assert_eq!(due.warn_from, date("2025-01-25"));
    let climbs: Vec<_> = due.climbs.iter().map(|c| (c.rung, c.from)).collect();
    assert_eq!(
        climbs,
        [
            (Rung::Handler, date("2025-01-27")),
            // 28 January to 4 February are days off.
            (Rung::Head, date("2025-02-06")),
            (Rung::Leader, date("2025-02-08")),
        ]
    );
    assert!(due.deadline.rule.starts_with("六必访制度（住院）；"));
}

#[test]
fn each_thing_is_said_once_and_in_its_time() {
    let mut events = vec![opened()];
    for (at, expected) in [
        ("2025-01-24T02:00:00Z", &[][..]),
        ("2025-01-25T02:00:00Z", &["duty.warned"]),
        ("2025-01-26T02:00:00Z", &[]),
        // 00:30 on the first day after, and before office hours.
        ("2025-01-26T16:30:00Z", &["duty.missed"]),
        ("2025-01-27T02:00:00Z", &["Handler"]),
        // A day off.
        ("2025-01-30T02:00:00Z", &[]),
        ("2025-02-06T00:29:59Z", &[]),
        ("2025-02-06T00:30:00Z", &["Head"]),
        // A Saturday that is worked; after hours, then on the Sunday, then on Monday.
        ("2025-02-08T09:30:00Z", &[]),
        ("2025-02-09T02:00:00Z", &[]),
        ("2025-02-10T02:00:00Z", &["Leader"]),
    ] {
        assert_eq!(said(&events, at), expected, "{at}");
        let given = given::<Duty>(events.clone()).about(person()).at(at);
        events.extend(given.when(CheckDeadlines).result.unwrap());
        assert_eq!(said(&events, at), [""; 0], "again at {at}");
    }
}

#[test]
fn what_is_closed_says_nothing_any_more() {
    for event in [
        fulfilled("2025-01-23"),
        cancelled(CancelReason::TriggerWithdrawn),
        waiver_approved(),
    ] {
        assert_eq!(said(&[opened(), event], "2025-06-01T02:00:00Z"), [""; 0]);
    }
}

#[test]
fn a_duty_done_late_keeps_its_breach_even_where_nobody_looked() {
    let missed = DutyEvent::from(DutyMissed {
        due_raw: date("2025-01-26"),
        due_rolled: date("2025-01-26"),
    });
    let at = "2025-02-10T02:00:00Z";
    after([])
        .at(at)
        .when(fulfil("2025-01-27"))
        .then([missed.clone(), fulfilled("2025-01-27")]);
    after([missed])
        .at(at)
        .when(fulfil("2025-01-27"))
        .then([fulfilled("2025-01-27")]);
    // In time, however late it is recorded.
    after([])
        .at(at)
        .when(fulfil("2025-01-26"))
        .then([fulfilled("2025-01-26")]);
}

#[test]
fn a_last_day_on_a_day_off_is_missed_only_after_the_day_it_moves_to() {
    let id = DutyId {
        rule: rule("discharge_follow_up"),
        ..id()
    };
    let trigger = Trigger {
        kind: TriggerKind::Discharged,
        ..admitted()
    };
    let open = DutyCommand::Open { id, trigger };
    let opened = given::<Duty>([])
        .about(person())
        .at("2025-01-22T02:00:00Z")
        .when(open)
        .result
        .unwrap();
    // Seven days end in the Spring Festival of 28 January to 4 February.
    let missed = DutyEvent::from(DutyMissed {
        due_raw: date("2025-01-29"),
        due_rolled: date("2025-02-05"),
    });
    for (at, overdue) in [
        ("2025-01-30T02:00:00Z", false),
        ("2025-02-05T15:59:59Z", false),
        ("2025-02-05T16:00:00Z", true),
    ] {
        let said = said(&opened, at);
        assert_eq!(said.contains(&"duty.missed".to_owned()), overdue, "{at}");
    }
    for (done, expected) in [
        ("2025-02-05", vec![fulfilled("2025-02-05")]),
        ("2025-02-06", vec![missed, fulfilled("2025-02-06")]),
    ] {
        let Evidence::Visit { visit, visited, .. } = visited(done) else {
            panic!("no visit");
        };
        let by = Evidence::Visit {
            visit,
            visited,
            purpose: Purpose::Routine,
            mode: Mode::Phone,
        };
        given::<Duty>(opened.clone())
            .about(person())
            .at("2025-02-10T02:00:00Z")
            .when(DutyCommand::Fulfil { by })
            .then(expected);
    }
}

#[test]
fn a_last_day_that_is_given_is_the_day_itself() {
    let birthday = DutyCommand::Open {
        id: DutyId {
            rule: rule("birthday_visit"),
            ..id()
        },
        trigger: Trigger {
            kind: TriggerKind::Birthday,
            on: date("2025-02-24"),
            known: when("2025-02-26"),
            until: Some(date("2025-03-03")),
            age: Some(90),
        },
    };
    let said = given::<Duty>([])
        .about(person())
        .when(birthday)
        .result
        .unwrap();
    let [DutyEvent::Opened(opened)] = said.as_slice() else {
        panic!("{said:?}");
    };
    assert_eq!(opened.due.deadline.raw, date("2025-03-03"));
    assert_eq!(opened.due.warn_from, date("2025-02-28"));
}

#[test]
fn a_provisional_date_is_reckoned_again_when_the_calendar_is_published() {
    let bundled = include_str!("../../../../calendar/data/cn-public-holidays.csv");
    let next = bundled
        .replace("# version: cn-2026.1", "# version: cn-2027.1")
        .replace("..2026-12-31", "..2027-12-31")
        + "2027-01-01,day_off,元旦 New Year's Day\n2027-01-04,day_off,元旦 New Year's Day\n";
    let next = Calendar::parse(&next).unwrap();
    let open = DutyCommand::Open {
        id: id(),
        trigger: Trigger {
            on: date("2026-12-31"),
            known: when("2026-12-31"),
            ..admitted()
        },
    };
    let at = "2026-12-31T02:00:00Z";
    let first = given::<Duty>([]).about(person()).at(at).when(open);
    let first = first.result.unwrap();
    given::<Duty>(first.clone())
        .at(at)
        .when(CheckDeadlines)
        .then([]);
    let check = |events: Vec<DutyEvent>| {
        let given = given::<Duty>(events).at(at).by_calendar(next.clone());
        given.when(CheckDeadlines).result.unwrap()
    };
    let said = check(first.clone());
    let [DutyEvent::Recomputed(e)] = said.as_slice() else {
        panic!("{said:?}");
    };
    assert_eq!(e.due.deadline.raw, date("2027-01-07"));
    assert_eq!(e.due.warn_from, date("2027-01-06"));
    assert_eq!(check(first.into_iter().chain(said).collect()), []);
}
