//! A clock of a petition on a day, with all that its last day was reckoned from.

use calendar::{Date, Skipped, Term};
use domain::petition::{
    ClockName, Due,
    clocks::{Clock, ClockState as Stands},
};
use serde::{Deserialize, Serialize};

/// A clock as it was last set, and as it stands on the day of asking. It explains its last day: the
/// articles, the day it starts, how long it runs, the days that did not count, and the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PetitionClock {
    /// Which.
    pub clock: ClockName,
    /// In which course, from 1.
    pub course: u32,
    /// How it stands.
    pub state: ClockState,
    /// 届满日: the last day as counted. Warnings and extensions count from it.
    pub due_raw: Date,
    /// 顺延后届满日: the last day on which one is in time.
    pub due_rolled: Date,
    /// Calendar days to the rolled last day: 0 on that day, below 0 when it is missed; nothing once
    /// the clock has ended.
    pub days_left: Option<i32>,
    /// The day it ended: the duty done, the right used, or nothing left to do.
    pub ended_on: Option<Date>,
    /// Whether it rests on days that are not published yet.
    pub provisional: bool,
    /// The day from which a warning is due.
    pub warn_from: Date,
    /// The day it starts, which is not counted.
    pub start: Date,
    /// How long it runs.
    pub term: Term,
    /// By how much it was prolonged; counted from the raw last day.
    pub extension: Option<Term>,
    /// The days that did not count, and why not.
    pub skipped: Vec<Skipped>,
    /// The articles it rests on.
    pub rule: String,
    /// The version of the calendar it rests on.
    pub calendar: String,
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// It runs.
    Running,
    /// It runs, and the day of its warning has come.
    Warned,
    /// It stands still: a hearing goes on whose days do not count.
    StandsStill,
    /// The last day passed without the duty done.
    Breached,
    /// The last day passed, and the right was not used.
    Lapsed,
    /// Done in time.
    MetInTime,
    /// Done after the last day in time.
    MetLate,
    /// It stopped in time, there being nothing left to do.
    Stopped,
}

impl PetitionClock {
    /// A clock that runs.
    pub(super) fn running(due: Due, today: Date) -> Self {
        let state = if today > due.deadline.rolled {
            ClockState::Breached
        } else if today >= due.warn_from {
            ClockState::Warned
        } else {
            ClockState::Running
        };
        Self::new(due, state, None, today)
    }

    /// Any clock, as the domain says that it stands today.
    pub(super) fn standing(clock: Clock, today: Date) -> Self {
        let state = match clock.state {
            Stands::Running => ClockState::Running,
            Stands::Warned => ClockState::Warned,
            Stands::StandsStill => ClockState::StandsStill,
            Stands::Breached { .. } => ClockState::Breached,
            Stands::Lapsed => ClockState::Lapsed,
            Stands::MetInTime => ClockState::MetInTime,
            Stands::MetLate { .. } => ClockState::MetLate,
            Stands::Stopped => ClockState::Stopped,
        };
        Self::new(clock.due, state, clock.met_on.or(clock.stopped_on), today)
    }

    fn new(due: Due, state: ClockState, ended_on: Option<Date>, today: Date) -> Self {
        let deadline = due.deadline;
        let days_left = (deadline.rolled - today).get_days();
        PetitionClock {
            clock: due.clock,
            course: due.run,
            state,
            due_raw: deadline.raw,
            due_rolled: deadline.rolled,
            days_left: ended_on.is_none().then_some(days_left),
            ended_on,
            provisional: deadline.provisional,
            warn_from: due.warn_from,
            start: due.start,
            term: due.term,
            extension: due.extension,
            skipped: deadline.skipped,
            rule: deadline.rule,
            calendar: deadline.calendar,
        }
    }
}
