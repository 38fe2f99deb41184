//! 期限: which clocks of a petition run, which were kept, and which were not. A breach is never
//! unmade by work done late, nor by a calendar that is loaded later.

use calendar::{Calendar, Date, DateError, NotCounted, Term, days_before};

use super::{
    Docket, PetitionCase,
    docket::{ClockKey, Round},
    event::{Category, ClockName, Due, Level, Origin, Track},
};
use crate::{ClockRules, HandleCovers, PetitionRules};

/// A clock of a petition on a certain day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// What was reckoned with and came of it: start, term, extension, the days not counted, and
    /// the deadline that explains itself.
    pub due: Due,
    /// The day it was done, if it was by then.
    pub met_on: Option<Date>,
    /// The day it stopped without being done, if it did by then.
    pub stopped_on: Option<Date>,
    /// How it stands.
    pub state: ClockState,
}

/// How a clock stands on a certain day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// It runs.
    Running,
    /// It runs, and the day of its warning has come.
    Warned,
    /// It stands still: a hearing goes on whose days do not count.
    StandsStill,
    /// The last day passed without the duty done.
    Breached {
        /// How many calendar days after the last day in time.
        late_by: u32,
    },
    /// The last day passed, and the right was not used.
    Lapsed,
    /// Done in time.
    MetInTime,
    /// Done after the last day in time.
    MetLate {
        /// How many calendar days after it.
        late_by: u32,
    },
    /// It stopped in time, there being nothing left to do.
    Stopped,
}

impl Clock {
    /// 届满日: the last day as counted. Warnings and extensions count from it.
    pub fn due_raw(&self) -> Date {
        self.due.deadline.raw
    }

    /// 顺延后届满日: the last day on which one is in time.
    pub fn due_rolled(&self) -> Date {
        self.due.deadline.rolled
    }

    pub(super) fn key(&self) -> ClockKey {
        (self.due.clock, self.due.run)
    }

    /// Whether the duty was missed and is still not done.
    pub(super) fn is_undone(&self) -> bool {
        self.met_on.is_none() && self.stopped_on.is_none() && self.is_missed()
    }

    /// Whether the duty was missed, be it done late or not at all.
    pub(super) fn is_missed(&self) -> bool {
        matches!(
            self.state,
            ClockState::Breached { .. } | ClockState::MetLate { .. }
        )
    }
}

/// Every clock that ever ran for this petition, as it stands on this day.
pub fn clocks(case: &PetitionCase, on: Date) -> Vec<Clock> {
    case.docket().map_or_else(Vec::new, |docket| {
        let clock = |(key, due): (&ClockKey, &Due)| docket.clock(*key, due, on);
        docket.dues.iter().map(clock).collect()
    })
}

/// Every clock that these rules set for this petition, reckoned anew by them and by this calendar, as it
/// would stand on this day: what the events hold of last days is not looked at.
///
/// # Errors
/// [`DateError`] if a last day lies behind the end of time.
pub fn clocks_by(
    case: &PetitionCase,
    rules: &PetitionRules,
    calendar: &Calendar,
    on: Date,
) -> Result<Vec<Clock>, DateError> {
    let Some(docket) = case.docket() else {
        return Ok(vec![]);
    };
    let reckoned = docket.required(rules).into_iter().map(|required| {
        let key = required.key;
        let due = required.reckon(rules, calendar)?;
        Ok(docket.clock(key, &due, on))
    });
    reckoned.collect()
}

/// What ended a clock.
#[derive(Debug, Clone, Copy)]
enum End {
    Met(Date),
    Stopped(Date),
}

impl Docket {
    fn clock(&self, key: ClockKey, due: &Due, on: Date) -> Clock {
        let rolled = due.deadline.rolled;
        let late_by = |day: Date| u32::try_from((day - rolled).get_days()).unwrap_or(0);
        let end = self.end(key).filter(|end| match end {
            End::Met(day) | End::Stopped(day) => *day <= on,
        });
        let state = match end {
            Some(End::Met(day)) if day <= rolled => ClockState::MetInTime,
            Some(End::Met(day)) => ClockState::MetLate {
                late_by: late_by(day),
            },
            Some(End::Stopped(day)) if day <= rolled => ClockState::Stopped,
            Some(End::Stopped(_)) if key.0.is_window() => ClockState::Lapsed,
            Some(End::Stopped(day)) => ClockState::Breached {
                late_by: late_by(day),
            },
            None if self.stands_still(key) => ClockState::StandsStill,
            None if on > rolled && key.0.is_window() => ClockState::Lapsed,
            None if on > rolled => ClockState::Breached {
                late_by: late_by(on),
            },
            None if on >= due.warn_from => ClockState::Warned,
            None => ClockState::Running,
        };
        let (met_on, stopped_on) = match end {
            Some(End::Met(day)) => (Some(day), None),
            Some(End::Stopped(day)) => (None, Some(day)),
            None => (None, None),
        };
        Clock {
            due: due.clone(),
            met_on,
            stopped_on,
            state,
        }
    }

    /// What ended a clock, and when; nothing while it runs.
    fn end(&self, (clock, run): ClockKey) -> Option<End> {
        let round = usize::try_from(run)
            .ok()
            .and_then(|run| self.rounds.get(run.checked_sub(1)?));
        let stopped = |day: Option<Date>| day.map(End::Stopped);
        match clock {
            // Whoever holds the answer in hands has been told.
            ClockName::Tell => {
                let told = self.notices.iter().map(|notice| notice.told.date());
                let answered = self.rounds.iter().filter_map(Round::answered_on);
                let first = told.chain(answered).min();
                first.map(End::Met).or_else(|| stopped(self.left_us_on))
            }
            ClockName::Object => {
                let raised = self.objection.as_ref().map(|o| End::Met(o.raised.date()));
                let taken = || self.rounds.first().map(|r| r.accepted.date());
                raised.or_else(|| stopped(taken().or(self.left_us_on)))
            }
            ClockName::Handle => {
                let answered = round.and_then(Round::answered_on).map(End::Met);
                answered.or_else(|| stopped(round?.stopped))
            }
            ClockName::ReviewRequest => round?.requested_on(Level::Review).map(End::Met),
            ClockName::FinalReviewRequest => round?.requested_on(Level::FinalReview).map(End::Met),
            ClockName::ReviewDecide => round?.decided_on(Level::Review).map(End::Met),
            ClockName::FinalReviewDecide => round?.decided_on(Level::FinalReview).map(End::Met),
        }
    }

    /// Whether a hearing of the final review goes on. That its days do not count is reckoned when
    /// it is over.
    fn stands_still(&self, (clock, run): ClockKey) -> bool {
        clock == ClockName::FinalReviewDecide
            && self
                .open_hearing()
                .is_some_and(|hearing| hearing.of == Some((Level::FinalReview, run)))
    }

    /// The clocks that must run by now under these rules, the ended ones too.
    fn required<'a>(&self, rules: &'a PetitionRules) -> Vec<Required<'a>> {
        let mut clocks = Vec::new();
        let mut start = |clock, run, start, rules: &'a ClockRules| {
            clocks.push(Required {
                key: (clock, run),
                start,
                rules,
                extension: None,
                not_counted: vec![],
            });
        };
        let received = self.petition.received.date();
        if !self.petition.intake.unreachable {
            start(ClockName::Tell, 1, received, &rules.tell);
        }
        if let (Origin::TransferredIn { .. }, Some(object)) =
            (&self.petition.intake.origin, &rules.object)
        {
            start(ClockName::Object, 1, received, object);
        }
        for (run, round) in (1..).zip(&self.rounds) {
            if round.runs() && self.is_handled_by_the_clock(rules) {
                start(ClockName::Handle, run, round.accepted.date(), &rules.handle);
            }
            if let Some(delivered) = round.answered_on() {
                start(
                    ClockName::ReviewRequest,
                    run,
                    delivered,
                    &rules.review_request,
                );
            }
            if let Some(requested) = round.requested_on(Level::Review) {
                start(
                    ClockName::ReviewDecide,
                    run,
                    requested,
                    &rules.review_decide,
                );
            }
            if let Some(delivered) = round.delivered_on(Level::Review) {
                let rules = &rules.final_review_request;
                start(ClockName::FinalReviewRequest, run, delivered, rules);
            }
            if let Some(requested) = round.requested_on(Level::FinalReview) {
                let rules = &rules.final_review_decide;
                start(ClockName::FinalReviewDecide, run, requested, rules);
            }
        }
        for required in &mut clocks {
            match required.key {
                (ClockName::Handle, run) => required.extension = self.extension(run),
                (ClockName::FinalReviewDecide, run) if !rules.final_review_counts_hearing => {
                    required.not_counted = self.hearing_days(run);
                }
                (
                    ClockName::FinalReviewDecide
                    | ClockName::Tell
                    | ClockName::Object
                    | ClockName::ReviewRequest
                    | ClockName::ReviewDecide
                    | ClockName::FinalReviewRequest,
                    _,
                ) => {}
            }
        }
        clocks
    }

    /// Whether the clock of handling covers a petition of this category.
    pub(super) fn is_handled_by_the_clock(&self, rules: &PetitionRules) -> bool {
        match (rules.handle_covers, self.category) {
            (HandleCovers::EveryMatter, _)
            | (HandleCovers::Investigation, None | Some(Category::Demand(Track::Investigation))) => {
                true
            }
            (
                HandleCovers::Investigation,
                Some(
                    Category::Suggestion
                    | Category::Report
                    | Category::Demand(
                        Track::Litigation
                        | Track::Arbitration
                        | Track::PartyAppeal
                        | Track::AdministrativeProcedure
                        | Track::StatutoryDuty,
                    ),
                ),
            ) => false,
        }
    }

    fn extension(&self, run: u32) -> Option<Term> {
        let index = usize::try_from(run).ok()?.checked_sub(1)?;
        let days = self.rounds.get(index)?.extended();
        (days > 0).then_some(Term::Days(days))
    }

    fn hearing_days(&self, run: u32) -> Vec<NotCounted> {
        self.hearings
            .iter()
            .filter(|hearing| hearing.of == Some((Level::FinalReview, run)))
            .filter_map(|hearing| {
                let (until, _) = hearing.held.as_ref()?;
                Some(NotCounted {
                    from: hearing.opened,
                    until: *until,
                    why: "听证".to_owned(),
                })
            })
            .collect()
    }

    /// The clocks that must run and do not, or do so otherwise than set.
    pub(super) fn unset(
        &self,
        rules: &PetitionRules,
        calendar: &Calendar,
    ) -> Result<Vec<Due>, DateError> {
        self.required(rules)
            .into_iter()
            .filter(|required| !self.dues.get(&required.key).is_some_and(|d| required.is(d)))
            .map(|required| required.reckon(rules, calendar))
            .collect()
    }

    /// The clocks to be reckoned again: those unset, and those that run and rest on days that
    /// were not published when they were reckoned by another calendar.
    pub(super) fn outdated(
        &self,
        rules: &PetitionRules,
        calendar: &Calendar,
    ) -> Result<Vec<Due>, DateError> {
        let outdated = |required: &Required<'_>| {
            self.dues.get(&required.key).is_none_or(|due| {
                let by_another = due.deadline.calendar != calendar.version();
                let provisional = due.deadline.provisional && by_another;
                !required.is(due) || (provisional && self.end(required.key).is_none())
            })
        };
        self.required(rules)
            .into_iter()
            .filter(outdated)
            .map(|required| required.reckon(rules, calendar))
            .collect()
    }
}

impl Round {
    fn runs(&self) -> bool {
        self.stopped.is_none()
    }

    fn answered_on(&self) -> Option<Date> {
        Some(self.answer.as_ref()?.delivered().date())
    }

    fn requested_on(&self, level: Level) -> Option<Date> {
        Some(self.reviews.get(&level)?.request.received.date())
    }

    fn decided_on(&self, level: Level) -> Option<Date> {
        Some(self.reviews.get(&level)?.decision.as_ref()?.decided)
    }

    fn delivered_on(&self, level: Level) -> Option<Date> {
        let delivery = self.reviews.get(&level)?.delivery.as_ref()?;
        Some(delivery.delivered.date())
    }
}

/// A clock that must run, and what it is reckoned from.
struct Required<'a> {
    key: ClockKey,
    start: Date,
    rules: &'a ClockRules,
    extension: Option<Term>,
    not_counted: Vec<NotCounted>,
}

impl Required<'_> {
    /// Whether it was set so. A profile that was edited since does not move it.
    fn is(&self, due: &Due) -> bool {
        (due.start, due.extension, &due.not_counted)
            == (self.start, self.extension, &self.not_counted)
    }

    fn reckon(self, rules: &PetitionRules, calendar: &Calendar) -> Result<Due, DateError> {
        let mut deadline = calendar.due_without(
            self.start,
            self.rules.term,
            self.extension,
            &self.not_counted,
        )?;
        let mut rule = self.rules.rule.clone();
        if self.extension.is_some() && rules.extension.rule != rule {
            rule.push('、');
            rule.push_str(&rules.extension.rule);
        }
        deadline.rule = format!("{rule}；{}", deadline.rule);
        let (clock, run) = self.key;
        Ok(Due {
            clock,
            run,
            start: self.start,
            term: self.rules.term,
            extension: self.extension,
            not_counted: self.not_counted,
            warn_from: days_before(deadline.raw, self.rules.warn_days_before),
            deadline,
        })
    }
}
