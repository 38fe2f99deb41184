use std::collections::BTreeSet;

use super::{
    ExcuseGround, Round, RoundAssigned, RoundAudienceFrozen, RoundCancelled, RoundClosed,
    RoundCommand, RoundEvent, RoundExcuseWithdrawn, RoundExcused, RoundLateArrivalsListed,
    RoundPlan, RoundPlanned, RoundRejection, RoundStarted, Running,
};
use crate::{CadreId, Context, StaffId, Text};

type Decided = Result<Vec<RoundEvent>, RoundRejection>;

/// How many ids one event holds: some 80 KB, far below what the log takes.
const TOGETHER: usize = 2_000;

pub(super) fn decide(round: &Round, command: RoundCommand, cx: &Context<'_>) -> Decided {
    match command {
        RoundCommand::Plan { plan: asked } => plan(round, asked, cx),
        RoundCommand::Start { audience } => start(round, audience, cx),
        RoundCommand::Assign {
            staff,
            name,
            people,
        } => assign(running(round)?, &staff, &name, people),
        RoundCommand::Excuse { person, ground } => excuse(running(round)?, person, ground, cx),
        RoundCommand::WithdrawExcuse { person } => {
            let running = running(round)?;
            in_audience(running, &[person])?;
            let excused = running.excused.contains_key(&person);
            Ok(said(excused, RoundExcuseWithdrawn { person }))
        }
        RoundCommand::Close { eligible } => match round {
            Round::Closed(_) => Ok(vec![]),
            Round::Unplanned | Round::Planned(_) | Round::Running(_) | Round::Cancelled => {
                close(running(round)?, eligible, cx)
            }
        },
        RoundCommand::Cancel { reason } => match round {
            Round::Unplanned => Err(RoundRejection::NotPlanned),
            Round::Planned(_) | Round::Running(_) => Ok(vec![RoundCancelled { reason }.into()]),
            Round::Closed(_) => Err(RoundRejection::Closed),
            Round::Cancelled => Ok(vec![]),
        },
    }
}

fn plan(round: &Round, plan: RoundPlan, cx: &Context<'_>) -> Decided {
    match round {
        Round::Unplanned => {
            let (from, until) = (plan.from, plan.until);
            if until < from {
                return Err(RoundRejection::DaysReversed { from, until });
            }
            not_over(&plan, cx)?;
            Ok(vec![RoundPlanned { plan }.into()])
        }
        Round::Cancelled => Err(RoundRejection::Cancelled),
        Round::Planned(_) | Round::Running(_) | Round::Closed(_) => {
            if round.plan() == Some(&plan) {
                Ok(vec![])
            } else {
                Err(RoundRejection::AlreadyPlanned)
            }
        }
    }
}

/// What is frozen stays so: starting again changes nothing, whoever meets the rule by then.
fn start(round: &Round, audience: Vec<CadreId>, cx: &Context<'_>) -> Decided {
    match round {
        Round::Unplanned => Err(RoundRejection::NotPlanned),
        Round::Planned(plan) => {
            not_over(plan, cx)?;
            let audience: BTreeSet<CadreId> = audience.into_iter().collect();
            if audience.is_empty() {
                return Err(RoundRejection::AudienceEmpty);
            }
            let eligible = audience.len();
            let frozen = in_parts(audience, |people| RoundAudienceFrozen { people }.into());
            Ok([RoundStarted { eligible }.into()]
                .into_iter()
                .chain(frozen)
                .collect())
        }
        Round::Running(_) => Ok(vec![]),
        Round::Closed(_) => Err(RoundRejection::Closed),
        Round::Cancelled => Err(RoundRejection::Cancelled),
    }
}

/// All of them or none; those who are this member's already are not said again.
fn assign(running: &Running, staff: &StaffId, name: &Text, people: Vec<CadreId>) -> Decided {
    if people.is_empty() {
        return Err(RoundRejection::NobodyNamed);
    }
    in_audience(running, &people)?;
    let new = people
        .into_iter()
        .filter(|person| running.assigned.get(person) != Some(staff))
        .collect();
    Ok(in_parts(new, |people| {
        RoundAssigned {
            staff: staff.clone(),
            name: name.clone(),
            people,
        }
        .into()
    })
    .collect())
}

fn excuse(running: &Running, person: CadreId, ground: ExcuseGround, cx: &Context<'_>) -> Decided {
    in_audience(running, &[person])?;
    let known = running.excused.get(&person) == Some(&ground);
    let dead = cx.person.is_some_and(|person| person.died_on.is_some());
    if !known && ground == ExcuseGround::Died && !dead {
        return Err(RoundRejection::PersonLiving);
    }
    Ok(said(!known, RoundExcused { person, ground }))
}

fn close(running: &Running, eligible: Vec<CadreId>, cx: &Context<'_>) -> Decided {
    let until = running.plan.until;
    if cx.today <= until {
        return Err(RoundRejection::StillRunning { until });
    }
    let late: BTreeSet<CadreId> = eligible
        .into_iter()
        .filter(|person| !running.audience.contains(person))
        .collect();
    let closed = RoundClosed { late: late.len() }.into();
    Ok(
        in_parts(late, |people| RoundLateArrivalsListed { people }.into())
            .chain([closed])
            .collect(),
    )
}

fn running(round: &Round) -> Result<&Running, RoundRejection> {
    match round {
        Round::Running(running) => Ok(running),
        Round::Unplanned => Err(RoundRejection::NotPlanned),
        Round::Planned(_) => Err(RoundRejection::NotStarted),
        Round::Closed(_) => Err(RoundRejection::Closed),
        Round::Cancelled => Err(RoundRejection::Cancelled),
    }
}

fn not_over(plan: &RoundPlan, cx: &Context<'_>) -> Result<(), RoundRejection> {
    let until = plan.until;
    if cx.today > until {
        return Err(RoundRejection::Over { until });
    }
    Ok(())
}

fn in_audience(running: &Running, people: &[CadreId]) -> Result<(), RoundRejection> {
    let strangers = people
        .iter()
        .filter(|person| !running.audience.contains(person))
        .count();
    if strangers > 0 {
        return Err(RoundRejection::NotInAudience { people: strangers });
    }
    Ok(())
}

fn said(new: bool, event: impl Into<RoundEvent>) -> Vec<RoundEvent> {
    new.then(|| event.into()).into_iter().collect()
}

/// One event for each part that an event has room for; in the order of the ids.
fn in_parts(
    people: BTreeSet<CadreId>,
    event: impl Fn(Vec<CadreId>) -> RoundEvent,
) -> impl Iterator<Item = RoundEvent> {
    let people: Vec<CadreId> = people.into_iter().collect();
    let parts: Vec<RoundEvent> = people
        .chunks(TOGETHER)
        .map(|part| event(part.to_vec()))
        .collect();
    parts.into_iter()
}
