//! Whom the reactor asks. That these are the very petitions whose clocks have something to say is
//! tested where both are at hand, in the application.

use domain::petition::{
    Category, Classified, ClockName, DeadlineMissed, DeadlineRecomputed, DeadlineWarned, Due,
    Escalated, PetitionCase, PetitionEvent, Rung,
};

use super::{
    received_with,
    work::{due, then},
};
use crate::{
    petitions::alarms::{self, Climb, STATEMENTS},
    testing::{Past, date, petition_id},
};

const CALENDAR: &str = "cn-2026.1";

fn tell() -> Due {
    Due {
        warn_from: date("2026-01-17"),
        ..due(ClockName::Tell, 1, "2026-01-05", "2026-01-20", "2026-01-21")
    }
}

/// Whether the first petition is asked on that day, and for which rung.
fn asked(past: &Past, day: &str) -> Option<Option<Rung>> {
    let alarms = alarms::due(&past.rows(), date(day), CALENDAR).unwrap();
    let alarm = alarms.into_iter().next()?;
    assert_eq!(alarm.petition, petition_id(1));
    Some(alarm.climb.map(|climb| climb.rung))
}

fn missed() -> DeadlineMissed {
    DeadlineMissed {
        clock: ClockName::Tell,
        run: 1,
        due_raw: date("2026-01-20"),
        due_rolled: date("2026-01-21"),
        met_on: None,
    }
}

fn climbed(rung: Rung) -> Escalated {
    let (clock, run) = (ClockName::Tell, 1);
    Escalated { clock, run, rung }
}

#[test]
fn a_clock_is_asked_for_its_warning_then_for_its_miss_then_for_each_rung_and_never_again() {
    let mut past = Past::default();
    received_with(&mut past, 1, "反映供暖", "2026-01-05", vec![tell()]);
    assert_eq!(asked(&past, "2026-01-16"), None);
    assert_eq!(asked(&past, "2026-01-17"), Some(None));
    let said: [(PetitionEvent, Option<Rung>); 4] = [
        (
            DeadlineWarned {
                clock: ClockName::Tell,
                run: 1,
                due_raw: date("2026-01-20"),
                due_rolled: date("2026-01-21"),
            }
            .into(),
            None,
        ),
        (missed().into(), Some(Rung::Handler)),
        (climbed(Rung::Handler).into(), Some(Rung::Head)),
        (climbed(Rung::Head).into(), Some(Rung::Leader)),
    ];
    for (event, next) in said {
        then(&mut past, 1, event);
        assert_eq!(asked(&past, "2026-01-21"), None, "in time");
        assert_eq!(asked(&past, "2026-01-22"), Some(next));
    }
    let rows = past.rows();
    let climb = alarms::due(&rows, date("2026-03-01"), CALENDAR).unwrap()[0]
        .climb
        .clone();
    assert_eq!(
        climb,
        Some(Climb {
            rung: Rung::Leader,
            due_rolled: date("2026-01-21"),
            received_on: date("2026-01-05"),
        })
    );
    then(&mut past, 1, climbed(Rung::Leader));
    assert_eq!(asked(&past, "2027-01-01"), None);
}

#[test]
fn what_was_said_of_a_clock_stays_said_when_it_is_reckoned_again() {
    let mut past = Past::default();
    received_with(&mut past, 1, "反映供暖", "2026-01-05", vec![tell()]);
    then(&mut past, 1, missed());
    then(&mut past, 1, DeadlineRecomputed { due: tell() });
    assert_eq!(asked(&past, "2026-01-22"), Some(Some(Rung::Handler)));
}

#[test]
fn a_date_on_unpublished_days_is_asked_for_by_any_other_calendar() {
    let mut past = Past::default();
    let mut provisional = tell();
    provisional.deadline.provisional = true;
    for other in ["cn-2025.2", "cn-2027.1"] {
        provisional.deadline.calendar = other.to_owned();
        let dues = vec![provisional.clone()];
        past = Past::default();
        received_with(&mut past, 1, "反映供暖", "2026-01-05", dues);
        assert_eq!(asked(&past, "2026-01-06"), Some(None), "{other}");
    }
    provisional.deadline.calendar = CALENDAR.to_owned();
    then(&mut past, 1, DeadlineRecomputed { due: provisional });
    assert_eq!(asked(&past, "2026-01-06"), None);
}

#[test]
fn the_clocks_of_a_sealed_petition_run_as_any_other() {
    let mut past = Past::default();
    received_with(&mut past, 1, "反映作风", "2026-01-05", vec![tell()]);
    then(
        &mut past,
        1,
        Classified {
            category: Category::Report,
            reason: None,
            dues: vec![],
            handling_stopped: None,
        },
    );
    assert_eq!(asked(&past, "2026-01-17"), Some(None));
}

#[test]
fn a_petition_of_the_first_form_is_asked_until_its_clocks_are_set() {
    let mut past = Past::default();
    received_with(&mut past, 1, "旧记录", "2026-01-05", vec![]);
    assert_eq!(asked(&past, "2026-01-05"), None);
    past.events[0].metadata.version = 1;
    assert_eq!(asked(&past, "2026-01-05"), Some(None));
    past.then::<PetitionCase>(petition_id(1), &[], DeadlineRecomputed { due: tell() });
    assert_eq!(asked(&past, "2026-01-05"), None);
}

#[test]
fn whom_to_ask_is_read_off_an_index_alone() {
    let rows = Past::default().rows();
    for (sql, index) in STATEMENTS.into_iter().zip([
        "petitions_alarm_of_duty",
        "petitions_alarm_of_right",
        "petitions_alarm_by_calendar",
        "petitions_alarm_by_calendar",
    ]) {
        let plan: String = rows
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap()
            .query_row(["2026-01-01"], |row| row.get("detail"))
            .unwrap();
        assert!(
            plan.starts_with(&format!(
                "SEARCH petitions_alarm USING COVERING INDEX {index}"
            )),
            "{plan}"
        );
    }
}
