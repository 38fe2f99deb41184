use calendar::DateError;

use super::Decision;
use crate::{
    Aggregate, Context,
    petition::{
        PetitionCase, PetitionEvent, PetitionRejection,
        clocks::{Clock, ClockState, clocks},
        event::{DeadlineMissed, DeadlineRecomputed, DeadlineWarned, Escalated, Rung},
    },
};

/// What the clocks say today and was not said before. Each thing is said once.
pub(super) fn check(case: &PetitionCase, cx: &Context<'_>) -> Decision {
    let mut case = case.clone();
    let mut said = Vec::new();
    let mut say = |case: &mut PetitionCase, event: PetitionEvent| {
        case.evolve(&event);
        said.push(event);
    };
    let outdated = match &case {
        PetitionCase::Unregistered => vec![],
        PetitionCase::Registered(docket) => docket
            .outdated(&cx.rules.petition, cx.calendar)
            .map_err(too_long)?,
    };
    for due in outdated {
        say(&mut case, DeadlineRecomputed { due }.into());
    }
    for clock in clocks(&case, cx.today) {
        if let Some(warning) = warning(&case, &clock) {
            say(&mut case, warning.into());
        }
        if let Some(missed) = missed(&case, &clock) {
            say(&mut case, missed.into());
        }
        for rung in climbs(&case, &clock, cx).map_err(too_long)? {
            let (clock, run) = clock.key();
            say(&mut case, Escalated { clock, run, rung }.into());
        }
    }
    Ok(said)
}

fn too_long(_: DateError) -> PetitionRejection {
    PetitionRejection::TermTooLong
}

fn warning(case: &PetitionCase, clock: &Clock) -> Option<DeadlineWarned> {
    let (name, run) = clock.key();
    let known = case.docket()?.warned.contains(&clock.key());
    let due = clock.state == ClockState::Warned && !known;
    due.then(|| DeadlineWarned {
        clock: name,
        run,
        due_raw: clock.due_raw(),
        due_rolled: clock.due_rolled(),
    })
}

fn missed(case: &PetitionCase, clock: &Clock) -> Option<DeadlineMissed> {
    let (name, run) = clock.key();
    let known = case
        .missed()
        .iter()
        .any(|missed| (missed.clock, missed.run) == clock.key());
    let due = clock.is_missed() && !known;
    due.then(|| DeadlineMissed {
        clock: name,
        run,
        due_raw: clock.due_raw(),
        due_rolled: clock.due_rolled(),
        met_on: clock.met_on,
    })
}

/// The rungs to climb now: those whose time has come while the duty is still not done.
fn climbs(case: &PetitionCase, clock: &Clock, cx: &Context<'_>) -> Result<Vec<Rung>, DateError> {
    let ladder = &cx.rules.petition.ladder;
    let Some(docket) = case
        .docket()
        .filter(|_| clock.is_undone() && ladder.climbs_at(cx.now, cx.calendar))
    else {
        return Ok(vec![]);
    };
    let mut due = Vec::new();
    for rung in Rung::ALL {
        let comes = ladder.reaches(rung, clock.due_rolled(), cx.calendar)?;
        if comes <= cx.today && !docket.climbed.contains(&(clock.key(), rung)) {
            due.push(rung);
        }
    }
    Ok(due)
}
