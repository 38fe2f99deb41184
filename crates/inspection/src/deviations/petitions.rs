//! Told in time? Answered in time? Prolonged as may be?

use std::{collections::BTreeMap, sync::Arc};

use calendar::Date;
use domain::{
    Aggregate as _, Rules,
    petition::{
        ClockName, PetitionCase, PetitionEvent,
        clocks::{Clock, ClockState, clocks_by},
    },
};
use event_log::{Position, Recorded};

use super::{Deviation, DeviationKind, Evidence, JudgeError, Law};

/// The petitions, by stream.
#[derive(Default)]
pub(super) struct Petitions(BTreeMap<String, Matter>);

/// A petition, and the events that show how it went.
struct Matter {
    case: PetitionCase,
    /// The profile that its registration names.
    profile: Arc<str>,
    registered: Position,
    unit: String,
    /// Days of extension in the present course.
    extended: u32,
    steps: Vec<(ClockSteps, Evidence)>,
}

/// Of which clocks an event is evidence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ClockSteps {
    All,
    Telling,
    Handling,
    Review,
}

impl Petitions {
    pub(super) fn take(
        &mut self,
        law: &Law<'_>,
        recorded: &Recorded,
        event: &PetitionEvent,
        rules: &Rules,
        found: &mut Vec<Deviation>,
    ) -> Result<(), JudgeError> {
        let matter = self
            .0
            .entry(recorded.stream.as_str().to_owned())
            .or_insert_with(|| Matter {
                case: PetitionCase::default(),
                profile: recorded.metadata.rules.clone(),
                registered: recorded.position,
                unit: recorded.metadata.actor.unit.clone(),
                extended: 0,
                steps: Vec::new(),
            });
        if let Some(steps) = steps(event) {
            matter.steps.push((steps, Evidence::of(recorded)));
        }
        match event {
            PetitionEvent::Accepted(_) | PetitionEvent::Reopened(_) => matter.extended = 0,
            PetitionEvent::Extended(e) => {
                let approved = e.extension.approved;
                matter.extended += e.extension.days;
                let limit = rules.petition.extension.days_in_total;
                let over = matter.extended.saturating_sub(limit);
                let rule = &rules.petition.extension.rule;
                if over > 0 {
                    let kind = DeviationKind::ExtensionTooLong;
                    found.push(matter.deviation(recorded, kind, approved, over, rules, rule));
                }
                let clocks = matter.clocks(law, rules, approved)?;
                let ran_out = clocks.iter().rev().find_map(|clock| match clock {
                    Clock {
                        due,
                        state: ClockState::Breached { late_by },
                        ..
                    } if due.clock == ClockName::Handle => Some(*late_by),
                    _ => None,
                });
                if let Some(days) = ran_out {
                    let kind = DeviationKind::ExtensionAfterDue;
                    found.push(matter.deviation(recorded, kind, approved, days, rules, rule));
                }
            }
            _ => {}
        }
        matter.case.evolve(event);
        Ok(())
    }

    pub(super) fn finish(
        &self,
        law: &Law<'_>,
        found: &mut Vec<Deviation>,
    ) -> Result<(), JudgeError> {
        for (stream, matter) in &self.0 {
            let rules = matter.rules(law)?;
            for clock in matter.clocks(law, rules, law.today)? {
                found.extend(matter.late(stream, &clock, rules));
            }
        }
        Ok(())
    }
}

impl Matter {
    fn rules<'a>(&self, law: &Law<'a>) -> Result<&'a Rules, JudgeError> {
        let docket = self.case.docket();
        let received = docket.map_or(law.today, |d| d.petition().received.date());
        law.named(&self.profile, received, self.registered)
    }

    fn clocks(&self, law: &Law<'_>, rules: &Rules, on: Date) -> Result<Vec<Clock>, JudgeError> {
        clocks_by(&self.case, &rules.petition, law.calendar, on).map_err(|error| JudgeError::Date {
            position: self.registered,
            error,
        })
    }

    /// What a clock says was not done in time, if anything.
    fn late(&self, stream: &str, clock: &Clock, rules: &Rules) -> Option<Deviation> {
        use DeviationKind as Kind;
        let ((undone, late), steps) = match clock.due.clock {
            ClockName::Tell => (
                (Kind::PetitionNotTold, Kind::PetitionToldLate),
                ClockSteps::Telling,
            ),
            ClockName::Handle => (
                (Kind::PetitionNotAnswered, Kind::PetitionAnsweredLate),
                ClockSteps::Handling,
            ),
            ClockName::ReviewDecide | ClockName::FinalReviewDecide => (
                (Kind::ReviewNotDecided, Kind::ReviewDecidedLate),
                ClockSteps::Review,
            ),
            // Rights of others, or of ours that may lapse.
            ClockName::Object | ClockName::ReviewRequest | ClockName::FinalReviewRequest => {
                return None;
            }
        };
        let (kind, days) = match clock.state {
            ClockState::Breached { late_by } => (undone, late_by),
            ClockState::MetLate { late_by } => (late, late_by),
            ClockState::Running
            | ClockState::Warned
            | ClockState::StandsStill
            | ClockState::Lapsed
            | ClockState::MetInTime
            | ClockState::Stopped => return None,
        };
        let shows = |of: ClockSteps| of == ClockSteps::All || of == steps;
        Some(Deviation {
            kind,
            stream: stream.to_owned(),
            unit: self.unit.clone(),
            on: clock.due_rolled().tomorrow().unwrap_or(clock.due_rolled()),
            days: i32::try_from(days).ok(),
            amount: None,
            profile: rules.id.clone(),
            rule: clock.due.deadline.rule.clone(),
            events: self
                .steps
                .iter()
                .filter(|(of, _)| shows(*of))
                .map(|(_, evidence)| evidence.clone())
                .collect(),
        })
    }

    fn deviation(
        &self,
        recorded: &Recorded,
        kind: DeviationKind,
        on: Date,
        days: u32,
        rules: &Rules,
        rule: &str,
    ) -> Deviation {
        Deviation {
            kind,
            stream: recorded.stream.as_str().to_owned(),
            unit: self.unit.clone(),
            on,
            days: i32::try_from(days).ok(),
            amount: None,
            profile: rules.id.clone(),
            rule: rule.to_owned(),
            events: vec![Evidence::of(recorded)],
        }
    }
}

fn steps(event: &PetitionEvent) -> Option<ClockSteps> {
    Some(match event {
        PetitionEvent::Registered(_) => ClockSteps::All,
        PetitionEvent::PetitionerTold(_) => ClockSteps::Telling,
        PetitionEvent::Accepted(_)
        | PetitionEvent::Extended(_)
        | PetitionEvent::Replied(_)
        | PetitionEvent::Delivered(_)
        | PetitionEvent::Reopened(_)
        | PetitionEvent::Closed(_) => ClockSteps::Handling,
        PetitionEvent::ReviewRequested(_)
        | PetitionEvent::ReviewDecided(_)
        | PetitionEvent::HearingHeld(_) => ClockSteps::Review,
        _ => return None,
    })
}
