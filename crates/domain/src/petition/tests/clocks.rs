use super::{last_days, notify, petition, reply, story, transferred};
use crate::petition::{
    ClockName::{self, Handle, Object, ReviewRequest, Tell},
    Petition, PetitionCommand as C, PetitionEvent,
    clocks::{ClockState, clocks},
};

#[test]
fn the_petitioner_is_told_within_fifteen_days() {
    let due = story()
        .on("2025-02-10")
        .received("2025-01-13")
        .clock(Tell, "2025-01-13")
        .due;
    assert_eq!(last_days(&due), ("2025-01-28".into(), "2025-02-05".into()));
}

#[test]
fn a_clock_runs_warns_and_breaches_only_after_the_rolled_day() {
    // Accepted on 2024-08-02: raw 2024-10-01, rolled 2024-10-08, warning from 2024-09-24.
    let story = story()
        .on("2025-01-01")
        .received("2024-08-01")
        .accepted("2024-08-02");
    for (on, state) in [
        ("2024-08-02", ClockState::Running),
        ("2024-09-23", ClockState::Running),
        ("2024-09-24", ClockState::Warned),
        ("2024-10-08", ClockState::Warned),
        ("2024-10-09", ClockState::Breached { late_by: 1 }),
        ("2024-12-31", ClockState::Breached { late_by: 84 }),
    ] {
        assert_eq!(story.clock(Handle, on).state, state, "{on}");
    }
    for (delivered, state) in [
        ("2024-10-08", ClockState::MetInTime),
        ("2024-10-09", ClockState::MetLate { late_by: 1 }),
    ] {
        let clock = story
            .clone()
            .then(reply(delivered))
            .clock(Handle, "2025-01-01");
        assert_eq!(clock.state, state, "{delivered}");
        assert_eq!(clock.met_on.unwrap().to_string(), delivered);
        // On the day before, that was still to come.
        let before = story
            .clone()
            .then(reply(delivered))
            .clock(Handle, "2024-10-07");
        assert_eq!(before.state, ClockState::Warned);
    }
}

#[test]
fn a_right_lapses_and_is_not_breached() {
    let story = story()
        .registered(transferred("2026-03-02"))
        .accepted("2026-03-03")
        .replied("2026-03-05");
    assert_eq!(
        story.clock(ReviewRequest, "2026-05-06").state,
        ClockState::Lapsed
    );
    // The papers were accepted: there is nothing left to object to.
    assert_eq!(story.clock(Object, "2026-05-06").state, ClockState::Stopped);
}

#[test]
fn whoever_is_told_or_answered_in_time_has_been_told() {
    let story = story().registered(petition()).accepted("2026-04-10");
    for told in [notify("2026-04-20"), reply("2026-04-20")] {
        let clock = story.clone().then(told).clock(Tell, "2026-05-06");
        assert_eq!(clock.state, ClockState::MetInTime);
        assert_eq!(clock.met_on.unwrap().to_string(), "2026-04-20");
    }
}

#[test]
fn a_clock_stops_when_nothing_is_left_to_do() {
    let withdraw = |day: &str| C::Withdraw {
        withdrawn: super::when(day),
        reason: None,
    };
    let story = story()
        .on("2024-12-01")
        .received("2024-08-01")
        .accepted("2024-08-02");
    for (day, state) in [
        ("2024-10-08", ClockState::Stopped),
        ("2024-10-10", ClockState::Breached { late_by: 2 }),
    ] {
        let clock = story
            .clone()
            .then(withdraw(day))
            .clock(Handle, "2024-12-01");
        assert_eq!(clock.state, state, "{day}");
        assert_eq!(clock.met_on, None);
    }
}

#[test]
fn each_clock_cites_its_article_and_its_calendar() {
    let story = story()
        .registered(Petition {
            ..transferred("2026-03-02")
        })
        .accepted("2026-03-03")
        .replied("2026-03-05")
        .reviewed(super::Level::Review, "2026-03-06", "2026-03-09")
        .reviewed(super::Level::FinalReview, "2026-03-10", "2026-03-11");
    let cited: Vec<(ClockName, String)> = clocks(&story.case(), super::day("2026-05-06"))
        .into_iter()
        .map(|clock| {
            let deadline = clock.due.deadline;
            assert_eq!(deadline.calendar, "cn-2026.1");
            let (article, _) = deadline.rule.split_once('；').unwrap();
            (clock.due.clock, article.to_owned())
        })
        .collect();
    let r = |n: &str| format!("《信访工作条例》第{n}条");
    assert_eq!(
        cited,
        [
            (Tell, r("二十三")),
            (Object, r("二十三")),
            (Handle, r("三十四")),
            (ReviewRequest, r("三十五")),
            (ClockName::ReviewDecide, r("三十五")),
            (ClockName::FinalReviewRequest, r("三十六")),
            (ClockName::FinalReviewDecide, r("三十六")),
        ]
    );
}

/// Written before the events held their clocks: the history is readable, and the clocks are set
/// when the deadlines are looked at.
#[test]
fn a_history_without_clocks_gets_them_when_it_is_looked_at() {
    let mut story = story();
    story.events = super::after(3);
    assert_eq!(clocks(&story.case(), super::day("2026-04-20")), []);
    let story = story.then(C::CheckDeadlines);
    let set = story
        .events
        .iter()
        .filter(|e| matches!(e, PetitionEvent::DeadlineRecomputed(_)));
    assert_eq!(set.count(), 3);
    assert_eq!(
        story.clock(Handle, "2026-05-06").state,
        ClockState::MetInTime
    );
}
