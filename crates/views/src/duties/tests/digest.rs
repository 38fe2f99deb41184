use domain::duty::{DutyEscalated, DutyFulfilmentWithdrawn, DutyReassigned, DutyWaiverRefused};

use super::*;

/// Everyone's duties as 刘芳 is told of them.
fn told(past: &Past, since: &str, today: &str) -> DutyDigest {
    of(past, DigestFilter::default(), since, today)
}

fn of(past: &Past, of: DigestFilter, since: &str, today: &str) -> DutyDigest {
    digest(&past.rows(), of, date(since), date(today), &staff("liu")).unwrap()
}

/// The people of a group, by number.
fn people(group: &DutyGroup) -> Vec<u32> {
    assert_eq!(group.total, group.items.len() as u64);
    let number = |row: &DutyRow| (1..=3).find(|n| person(*n) == row.person).unwrap();
    group.items.iter().map(number).collect()
}

/// A day on which nothing was recorded, nor on the day before.
const QUIET: (&str, &str) = ("2026-02-02", "2026-02-03");

#[test]
fn what_became_overdue_over_the_weekend_is_told_on_monday_alone() {
    let mut past = Past::default();
    // Due on Friday 2026-03-06.
    let who = past.registered(1, "王佳", |_| ());
    past.open(dispute(who, "2026-03-02", 4));
    for (since, today, newly_overdue, due_today) in [
        ("2026-03-05", "2026-03-06", &[][..], &[1][..]),
        ("2026-03-06", "2026-03-07", &[1], &[]),
        ("2026-03-06", "2026-03-09", &[1], &[]),
        ("2026-03-09", "2026-03-10", &[], &[]),
    ] {
        let digest = told(&past, since, today);
        assert_eq!(people(&digest.newly_overdue), newly_overdue, "{today}");
        assert_eq!(people(&digest.due_today), due_today, "{today}");
    }
    assert_eq!(told(&past, "2026-03-09", "2026-03-10").counts.overdue, 1);
}

#[test]
fn a_warning_is_told_from_its_day_until_the_day_before_the_last() {
    let mut past = Past::default();
    // Due on Friday 2026-03-20, with a warning on the day before.
    let who = past.registered(1, "王佳", |_| ());
    past.open(dispute(who, "2026-03-02", 18));
    let warned = |since, today| people(&told(&past, since, today).warned);
    assert_eq!(warned("2026-03-17", "2026-03-18"), [0; 0]);
    assert_eq!(warned("2026-03-18", "2026-03-19"), [1]);
    assert_eq!(warned("2026-03-19", "2026-03-20"), [0; 0]);
}

#[test]
fn what_was_recorded_on_the_last_working_day_is_told_in_the_morning() {
    // All is recorded on 2026-01-01.
    let (past, _) = three();
    let arrived = |since, today| people(&told(&past, since, today).arrived);
    assert_eq!(arrived("2025-12-31", "2026-01-01"), [1, 2, 3]);
    assert_eq!(arrived("2026-01-01", "2026-01-05"), [1, 2, 3]);
    assert_eq!(arrived("2026-01-05", "2026-01-06"), [0; 0]);
}

#[test]
fn what_comes_back_or_changes_hands_arrives_again() {
    let (mut past, ids) = three();
    let last = |past: &Past| {
        let recorded = past.events.last().unwrap().metadata.recorded;
        calendar::civil_date(recorded).to_string()
    };
    let arrived = |past: &Past| {
        let day = last(past);
        people(&told(past, &day, &day).arrived)
    };
    // An event an hour: the next ones are recorded on the days after.
    let wait = |past: &mut Past| {
        for _ in 0..24 {
            let n = 100 + u32::try_from(past.events.len()).unwrap();
            past.registered(n, "李强", |_| ());
        }
    };
    wait(&mut past);
    past.duty(
        &ids[0],
        DutyReassigned {
            unit: unit("教育局"),
            handler: Some(staff("liu")),
        },
    );
    assert_eq!(arrived(&past), [1]);
    let visit = past.visited(2, "2026-03-03", Purpose::Dispute);
    past.duty(&ids[1], fulfilled(visit, "2026-03-03"));
    wait(&mut past);
    let by = fulfilled(visit, "2026-03-03").by;
    past.duty(&ids[1], DutyFulfilmentWithdrawn { by });
    assert_eq!(arrived(&past), [2]);
    past.duty(
        &ids[2],
        DutyWaiverRequested {
            by: staff("liu"),
            reason: text("谢绝"),
        },
    );
    wait(&mut past);
    past.duty(
        &ids[2],
        DutyWaiverRefused {
            by: staff("zhou"),
            reason: text("仍须走访"),
        },
    );
    assert_eq!(arrived(&past), [3]);
    let why = CancelReason::Died {
        on: date("2026-03-03"),
    };
    past.duty(&ids[0], DutyCancelled { why });
    wait(&mut past);
    past.duty(&ids[0], DutyReinstated { was: why });
    assert_eq!(arrived(&past), [1]);
}

#[test]
fn what_was_brought_before_someone_is_told_with_the_highest() {
    let (mut past, ids) = three();
    past.duty(
        &ids[0],
        DutyEscalated {
            rung: Rung::Handler,
        },
    );
    past.duty(&ids[0], DutyEscalated { rung: Rung::Head });
    let digest = told(&past, "2026-01-01", "2026-01-02");
    assert_eq!(people(&digest.climbed), [1]);
    assert_eq!(digest.climbed.items[0].rung, Some(Rung::Head));
    assert_eq!(told(&past, QUIET.0, QUIET.1).climbed, DutyGroup::default());
}

#[test]
fn nobody_is_told_to_decide_on_what_they_ask_for() {
    let (mut past, ids) = three();
    for (id, by) in [(&ids[0], "liu"), (&ids[1], "wang")] {
        let (by, reason) = (staff(by), text("谢绝"));
        past.duty(id, DutyWaiverRequested { by, reason });
    }
    let digest = told(&past, QUIET.0, QUIET.1);
    assert_eq!(people(&digest.to_decide), [2]);
    assert_eq!(digest.counts.awaiting_approval, 2);
}

#[test]
fn a_digest_is_of_one_desk_and_of_what_is_open() {
    let (mut past, ids) = three();
    let handler = Some(staff("liu"));
    let unit = unit(UNIT);
    past.duty(&ids[1], DutyReassigned { unit, handler });
    let visit = past.visited(1, "2026-03-09", Purpose::Dispute);
    past.duty(&ids[0], fulfilled(visit, "2026-03-09"));
    let arrived = |unit: Option<&str>, handler: Option<&str>| {
        let filter = DigestFilter {
            unit: unit.map(text),
            handler: handler.map(text),
        };
        let digest = of(&past, filter.clone(), "2026-01-01", "2026-01-02");
        assert_eq!(digest.of, filter);
        assert_eq!(digest.counts.later, digest.arrived.total);
        people(&digest.arrived)
    };
    assert_eq!(arrived(None, Some("liu")), [2]);
    assert_eq!(arrived(Some(UNIT), None), [2, 3]);
    assert_eq!(arrived(Some("教育局"), None), [0; 0]);
}

#[test]
fn a_long_group_is_cut_and_still_counted() {
    let mut past = Past::default();
    for n in 1..=51 {
        let who = past.registered(n, "王佳", |_| ());
        past.open(dispute(who, "2026-03-02", n));
    }
    let arrived = told(&past, "2026-01-01", "2026-01-05").arrived;
    assert_eq!((arrived.total, arrived.items.len()), (51, 50));
    assert_eq!(arrived.items[0].person, person(1));
}
