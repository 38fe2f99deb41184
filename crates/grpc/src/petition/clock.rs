//! The clocks of a petition.

use calendar::{Skipped, Why};
use domain::petition::ClockName;
use views::petitions::{ClockState, PetitionClock};

use crate::{
    calendar_service as days,
    fields::{Fields, Word, shown, words},
    pb,
};

words! {
    pb::ClockName = ClockName {
        Tell, Object, Handle, ReviewRequest, ReviewDecide, FinalReviewRequest, FinalReviewDecide,
    }
    pb::ClockState = ClockState {
        Running, Warned, StandsStill, Breached, Lapsed, MetInTime, MetLate, Stopped,
    }
}

pub(super) fn write(clock: PetitionClock) -> pb::PetitionClock {
    pb::PetitionClock {
        clock: clock.clock.write(),
        course: clock.course,
        state: clock.state.write(),
        due_raw: clock.due_raw.to_string(),
        due_rolled: clock.due_rolled.to_string(),
        days_left: clock.days_left,
        ended_on: shown(clock.ended_on),
        provisional: clock.provisional,
        warn_from: clock.warn_from.to_string(),
        start: clock.start.to_string(),
        term: Some(days::shown_term(clock.term)),
        extension: clock.extension.map(days::shown_term),
        skipped: clock.skipped.into_iter().map(days::skipped).collect(),
        rule: clock.rule,
        calendar: clock.calendar,
    }
}

pub(super) fn read(f: &Fields<'_>, clock: pb::PetitionClock) -> Option<PetitionClock> {
    let skipped = |f: &Fields<'_>, skipped: pb::Skipped| {
        Some(Skipped {
            date: f.date("date", &skipped.date)?,
            why: why(f, skipped.why)?,
        })
    };
    Some(PetitionClock {
        clock: f.word("clock", clock.clock)?,
        course: clock.course,
        state: f.word("state", clock.state)?,
        due_raw: f.date("due_raw", &clock.due_raw)?,
        due_rolled: f.date("due_rolled", &clock.due_rolled)?,
        days_left: clock.days_left,
        ended_on: f.optional_date("ended_on", &clock.ended_on)?,
        provisional: clock.provisional,
        warn_from: f.date("warn_from", &clock.warn_from)?,
        start: f.date("start", &clock.start)?,
        term: f.message("term", clock.term, days::term)?,
        extension: f.optional_message("extension", clock.extension, days::term)?,
        skipped: f.all("skipped", clock.skipped, skipped)?,
        rule: clock.rule,
        calendar: clock.calendar,
    })
}

fn why(f: &Fields<'_>, why: String) -> Option<Why> {
    let why = serde_json::from_value(why.into()).ok();
    if why.is_none() {
        f.fault("why", "it is no reason known here", "理由未知");
    }
    why
}
