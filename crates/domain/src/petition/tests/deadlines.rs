use calendar::Calendar;

use super::{CLOSE, Story, day, last_days, petition, profile, reply, request_review, story, when};
use crate::petition::{
    ClockName, Level, Petition,
    PetitionCommand::{self as C, CheckDeadlines},
    PetitionEvent as E, PetitionRejection, Rung,
    clocks::ClockState,
};

/// Accepted on 2024-08-02: raw 2024-10-01, rolled 2024-10-08, warning from 2024-09-24. Told.
fn accepted() -> Story {
    story()
        .on("2024-08-02")
        .received("2024-08-01")
        .then(super::notify("2024-08-01"))
        .accepted("2024-08-02")
}

/// The stored names of what a check says, and on which clock.
fn said(story: &Story) -> Vec<String> {
    story
        .gives(CheckDeadlines)
        .into_iter()
        .map(|event| match event {
            E::DeadlineWarned(e) => format!("warned {:?}", e.clock),
            E::DeadlineMissed(e) => format!("missed {:?}", e.clock),
            E::Escalated(e) => format!("climbed {:?} {:?}", e.clock, e.rung),
            E::DeadlineRecomputed(e) => format!("recomputed {:?}", e.due.clock),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn each_thing_is_said_once_and_in_its_time() {
    let mut story = accepted();
    for (at, expected) in [
        ("2024-09-23T02:00:00Z", &[][..]),
        ("2024-09-24T02:00:00Z", &["warned Handle"]),
        ("2024-10-08T02:00:00Z", &[]),
        // 00:30 on the first day after.
        ("2024-10-08T16:30:00Z", &["missed Handle"]),
        ("2024-10-09T02:00:00Z", &["climbed Handle Handler"]),
        ("2024-10-11T02:00:00Z", &["climbed Handle Head"]),
        // Saturday 2024-10-12 is worked: the fourth working day.
        ("2024-10-12T02:00:00Z", &[]),
        ("2024-10-14T02:00:00Z", &["climbed Handle Leader"]),
        ("2024-12-31T02:00:00Z", &[]),
    ] {
        story = story.at(at);
        assert_eq!(said(&story), expected, "{at}");
        story = story.then(CheckDeadlines);
        assert_eq!(story.gives(CheckDeadlines), [], "{at}");
    }
    assert_eq!(story.events_of("petition.escalated"), 3);
}

#[test]
fn a_check_that_comes_late_says_all_that_was_due() {
    let story = accepted().on("2024-12-31");
    assert_eq!(
        said(&story),
        [
            "missed Handle",
            "climbed Handle Handler",
            "climbed Handle Head",
            "climbed Handle Leader",
        ]
    );
}

#[test]
fn a_missed_deadline_climbs_in_office_hours_alone() {
    for (at, climbs) in [
        ("2024-10-09T00:29:59Z", false),
        ("2024-10-09T00:30:00Z", true),
        ("2024-10-09T09:29:59Z", true),
        ("2024-10-09T09:30:00Z", false),
        // Sunday.
        ("2024-10-13T02:00:00Z", false),
    ] {
        let story = accepted().at("2024-10-08T16:30:00Z").then(CheckDeadlines);
        assert_eq!(!said(&story.at(at)).is_empty(), climbs, "{at}");
    }
}

#[test]
fn late_work_does_not_unmake_a_breach() {
    let late = accepted()
        .on("2024-10-10")
        .then(CheckDeadlines)
        .then(reply("2024-10-10"))
        .then(CLOSE);
    assert_eq!(late.case().missed().len(), 1);
    assert_eq!(late.gives(CheckDeadlines), [], "and it climbs no further");
    // Even where nobody looked in time.
    let unseen = accepted()
        .on("2024-10-10")
        .then(reply("2024-10-10"))
        .then(CLOSE);
    assert_eq!(said(&unseen), ["missed Handle"]);
    let unseen = unseen.then(CheckDeadlines);
    let missed = unseen.case().missed()[0].clone();
    assert_eq!(missed.met_on, Some(day("2024-10-10")));
    assert_eq!(missed.due_raw, day("2024-10-01"));
    assert_eq!(missed.due_rolled, day("2024-10-08"));
}

#[test]
fn a_right_that_lapses_is_nobodys_breach() {
    let story = accepted().on("2024-08-20").replied("2024-08-20");
    assert_eq!(
        said(&story.clone().on("2024-09-17")),
        ["warned ReviewRequest"]
    );
    assert_eq!(said(&story.on("2024-12-31")), [""; 0]);
}

#[test]
fn what_was_kept_is_not_spoken_of() {
    let story = accepted()
        .on("2024-08-20")
        .replied("2024-08-20")
        .then(request_review(Level::Review, "2024-08-20"));
    let story = story.then(super::decide_review(Level::Review, "2024-08-20"));
    assert_eq!(said(&story.on("2024-12-31")), [""; 0]);
}

#[test]
fn an_open_hearing_stops_the_clock_of_the_final_review() {
    let story = accepted()
        .on("2024-08-20")
        .replied("2024-08-20")
        .reviewed(Level::Review, "2024-08-20", "2024-08-20")
        .then(request_review(Level::FinalReview, "2024-08-20"))
        .then(C::OpenHearing {
            on: day("2024-08-20"),
        })
        .on("2024-12-31");
    let clock = story.clock(ClockName::FinalReviewDecide, "2024-12-31");
    assert_eq!(clock.state, ClockState::StandsStill);
    assert_eq!(said(&story), [""; 0]);
}

#[test]
fn a_provisional_date_is_reckoned_again_when_the_calendar_is_published() {
    let bundled = include_str!("../../../../calendar/data/cn-public-holidays.csv");
    // New Year's Day of 2027 and the day after, as a notice might put them.
    let next = bundled
        .replace("# version: cn-2026.1", "# version: cn-2027.1")
        .replace("..2026-12-31", "..2027-12-31")
        + "2027-01-01,day_off,元旦 New Year's Day\n2027-01-04,day_off,元旦 New Year's Day\n";
    let next = Calendar::parse(&next).unwrap();
    // Sixty days from 2026-11-03 end on Saturday 2027-01-02.
    let story = story()
        .on("2026-11-03")
        .received("2026-11-03")
        .then(super::notify("2026-11-03"))
        .accepted("2026-11-03");
    let due = |story: &Story| story.clock(ClockName::Handle, "2026-11-03").due;
    assert_eq!(
        last_days(&due(&story)),
        ("2027-01-02".into(), "2027-01-04".into())
    );
    assert!(due(&story).deadline.provisional);
    assert_eq!(story.gives(CheckDeadlines), [], "by the same calendar");
    let story = story.by_calendar(next);
    assert_eq!(said(&story), ["recomputed Handle"]);
    let story = story.then(CheckDeadlines);
    assert_eq!(
        last_days(&due(&story)),
        ("2027-01-02".into(), "2027-01-05".into())
    );
    assert_eq!(due(&story).deadline.calendar, "cn-2027.1");
    assert_eq!(story.gives(CheckDeadlines), []);
}

#[test]
fn a_profile_that_was_edited_does_not_move_a_clock_that_runs() {
    let story = accepted()
        .under(profile("province-30.toml"))
        .on("2024-08-03");
    assert_eq!(story.gives(CheckDeadlines), []);
}

#[test]
fn a_ledger_of_the_past_is_measured_by_the_rules_of_its_day() {
    let story = story()
        .under(profile("national-2005.toml"))
        .registered(Petition {
            received: when("2016-02-19T00:43:00Z"),
            ..petition()
        })
        .accepted("2016-02-19T00:43:00Z")
        .replied("2017-06-01T00:00:00Z");
    assert_eq!(said(&story), ["missed Tell", "missed Handle"]);
}

#[test]
fn there_is_nothing_to_check_before_a_registration() {
    assert_eq!(
        story().refuses(CheckDeadlines),
        PetitionRejection::NotRegistered
    );
    assert_eq!(Rung::Handler.max(Rung::Leader), Rung::Leader);
}
