use calendar::{Date, When};

use super::{
    AdoptPlan, Course, Measure, Need, Plan, PlanAdopted, PlanClosed, PlanCommand, PlanEvent,
    PlanMeasureAdded, PlanMeasureCompleted, PlanMeasureDropped, PlanMeasureReopened,
    PlanMeasureRevised, PlanNeedAdded, PlanNeedRevised, PlanRejection, PlanReviewWithdrawn,
    PlanReviewed, Task, TaskState, at,
};
use crate::{Context, Text};

type Decided = Result<Vec<PlanEvent>, PlanRejection>;

pub(super) fn decide(plan: &Plan, command: PlanCommand, cx: &Context<'_>) -> Decided {
    match command {
        PlanCommand::Adopt(asked) => adopt(plan, asked, cx),
        PlanCommand::Close { reason } => match plan {
            Plan::None => Err(PlanRejection::NotAdopted),
            Plan::InForce(_) => Ok(vec![PlanClosed { reason }.into()]),
            Plan::Closed(_) => Ok(vec![]),
        },
        PlanCommand::AddNeed { need } => add_need(in_force(plan)?, need, cx),
        PlanCommand::ReviseNeed { number, need } => revise_need(in_force(plan)?, number, need, cx),
        PlanCommand::AddMeasure { measure } => add_measure(in_force(plan)?, measure, cx),
        PlanCommand::ReviseMeasure { number, measure } => {
            revise_measure(in_force(plan)?, number, measure, cx)
        }
        PlanCommand::CompleteMeasure { number, on, result } => {
            complete(in_force(plan)?, number, on, result, cx)
        }
        PlanCommand::DropMeasure { number, reason } => {
            drop_measure(in_force(plan)?, number, reason, cx)
        }
        PlanCommand::ReopenMeasure { number, reason } => reopen(in_force(plan)?, number, reason),
        PlanCommand::Review {
            on,
            findings,
            next_review,
        } => review(in_force(plan)?, on, findings, next_review, cx),
        PlanCommand::WithdrawReview { number, reason } => {
            withdraw_review(in_force(plan)?, number, reason)
        }
    }
}

fn in_force(plan: &Plan) -> Result<&Course, PlanRejection> {
    match plan {
        Plan::None => Err(PlanRejection::NotAdopted),
        Plan::InForce(course) => Ok(course),
        Plan::Closed(course) => Err(PlanRejection::Closed {
            plan: course.adopted.plan,
        }),
    }
}

fn adopt(plan: &Plan, asked: AdoptPlan, cx: &Context<'_>) -> Decided {
    let adopted = PlanAdopted {
        person: asked.person,
        plan: plan.course().map_or(0, |course| course.adopted.plan) + 1,
        adopted_on: asked.adopted_on,
        needs: asked.needs,
        measures: asked.measures,
        next_review: asked.next_review,
    };
    if let Plan::InForce(course) = plan {
        let plan = course.adopted.plan;
        return if course.adopted == (PlanAdopted { plan, ..adopted }) {
            Ok(vec![])
        } else {
            Err(PlanRejection::AlreadyAdopted { plan })
        };
    }
    lives(cx)?;
    let adopted_on = adopted.adopted_on;
    past(adopted_on, cx)?;
    if adopted.needs.is_empty() {
        return Err(PlanRejection::NoNeeds);
    }
    for measure in &adopted.measures {
        plausible(measure, adopted.needs.len(), adopted_on)?;
    }
    later(adopted_on, adopted.next_review)?;
    Ok(vec![adopted.into()])
}

fn add_need(course: &Course, need: Need, cx: &Context<'_>) -> Decided {
    if course.needs.contains(&need) {
        return Ok(vec![]);
    }
    lives(cx)?;
    let number = next(course.needs.len());
    Ok(vec![PlanNeedAdded { number, need }.into()])
}

fn revise_need(course: &Course, number: u32, need: Need, cx: &Context<'_>) -> Decided {
    let known = at(number)
        .and_then(|at| course.needs.get(at))
        .ok_or(PlanRejection::NoSuchNeed { number })?;
    if *known == need {
        return Ok(vec![]);
    }
    lives(cx)?;
    Ok(vec![PlanNeedRevised { number, need }.into()])
}

fn add_measure(course: &Course, measure: Measure, cx: &Context<'_>) -> Decided {
    let there = |task: &Task| {
        let dropped = matches!(task.state, TaskState::Dropped { .. });
        task.measure == measure && !dropped
    };
    if course.measures.iter().any(there) {
        return Ok(vec![]);
    }
    lives(cx)?;
    plausible(&measure, course.needs.len(), course.adopted.adopted_on)?;
    let number = next(course.measures.len());
    Ok(vec![PlanMeasureAdded { number, measure }.into()])
}

fn revise_measure(course: &Course, number: u32, measure: Measure, cx: &Context<'_>) -> Decided {
    let known = task(course, number)?;
    if known.measure == measure {
        return Ok(vec![]);
    }
    still_to_do(known, number)?;
    lives(cx)?;
    plausible(&measure, course.needs.len(), course.adopted.adopted_on)?;
    Ok(vec![PlanMeasureRevised { number, measure }.into()])
}

/// What was done in their lifetime is recorded after a death, too.
fn complete(
    course: &Course,
    number: u32,
    on: Date,
    result: Option<Text>,
    cx: &Context<'_>,
) -> Decided {
    let known = task(course, number)?;
    let completed = TaskState::Completed {
        on,
        result: result.clone(),
    };
    if known.state == completed {
        return Ok(vec![]);
    }
    still_to_do(known, number)?;
    lived(on, cx)?;
    past(on, cx)?;
    let adopted_on = course.adopted.adopted_on;
    if on < adopted_on {
        return Err(PlanRejection::BeforePlan { adopted_on });
    }
    Ok(vec![PlanMeasureCompleted { number, on, result }.into()])
}

fn drop_measure(course: &Course, number: u32, reason: Text, cx: &Context<'_>) -> Decided {
    let known = task(course, number)?;
    let dropped = TaskState::Dropped {
        reason: reason.clone(),
    };
    if known.state == dropped {
        return Ok(vec![]);
    }
    still_to_do(known, number)?;
    lives(cx)?;
    Ok(vec![PlanMeasureDropped { number, reason }.into()])
}

fn reopen(course: &Course, number: u32, reason: Text) -> Decided {
    Ok(match task(course, number)?.state {
        TaskState::ToDo => vec![],
        TaskState::Completed { .. } | TaskState::Dropped { .. } => {
            vec![PlanMeasureReopened { number, reason }.into()]
        }
    })
}

/// Each review is of a later day than the one before: so it is clear which of them the next one
/// follows, and which duty it closes.
fn review(
    course: &Course,
    on: Date,
    findings: Text,
    next_review: Date,
    cx: &Context<'_>,
) -> Decided {
    let last = course.last_review();
    if let Some(last) = last
        && (last.on, &last.findings, last.next_review) == (on, &findings, next_review)
    {
        return Ok(vec![]);
    }
    lives(cx)?;
    past(on, cx)?;
    let after = last.map_or(course.adopted.adopted_on, |last| last.on);
    if on <= after {
        return Err(PlanRejection::ReviewTooEarly { after });
    }
    later(on, next_review)?;
    let number = next(course.reviews.len());
    Ok(vec![
        PlanReviewed {
            number,
            on,
            findings,
            next_review,
        }
        .into(),
    ])
}

fn withdraw_review(course: &Course, number: u32, reason: Text) -> Decided {
    let known = at(number)
        .and_then(|at| course.reviews.get(at))
        .ok_or(PlanRejection::NoSuchReview { number })?;
    if known.withdrawn {
        return Ok(vec![]);
    }
    match course.last_review() {
        Some(last) if last.number != number => Err(PlanRejection::LaterReview {
            number: last.number,
        }),
        Some(_) | None => Ok(vec![PlanReviewWithdrawn { number, reason }.into()]),
    }
}

fn task(course: &Course, number: u32) -> Result<&Task, PlanRejection> {
    at(number)
        .and_then(|at| course.measures.get(at))
        .ok_or(PlanRejection::NoSuchMeasure { number })
}

fn still_to_do(task: &Task, number: u32) -> Result<(), PlanRejection> {
    match task.state {
        TaskState::ToDo => Ok(()),
        TaskState::Completed { .. } | TaskState::Dropped { .. } => {
            Err(PlanRejection::MeasureSettled { number })
        }
    }
}

/// A measure is for one of the plan's needs, and due no earlier than the plan holds.
fn plausible(measure: &Measure, needs: usize, adopted_on: Date) -> Result<(), PlanRejection> {
    let number = measure.need;
    if at(number).is_none_or(|at| at >= needs) {
        Err(PlanRejection::NoSuchNeed { number })
    } else if measure.due < adopted_on {
        Err(PlanRejection::BeforePlan { adopted_on })
    } else {
        Ok(())
    }
}

fn later(after: Date, next_review: Date) -> Result<(), PlanRejection> {
    if next_review <= after {
        return Err(PlanRejection::NextReviewTooEarly { after });
    }
    Ok(())
}

fn past(on: Date, cx: &Context<'_>) -> Result<(), PlanRejection> {
    if on > cx.today {
        let date = When::Day(on);
        return Err(PlanRejection::InTheFuture { date });
    }
    Ok(())
}

/// Whether the person is in the register and lives.
fn lives(cx: &Context<'_>) -> Result<(), PlanRejection> {
    lived(Date::MAX, cx)
}

/// Whether the person is in the register and lived on that day.
fn lived(on: Date, cx: &Context<'_>) -> Result<(), PlanRejection> {
    let person = cx.person.ok_or(PlanRejection::UnknownPerson)?;
    if person.kept_as.is_some() {
        Err(PlanRejection::RecordSuperseded)
    } else if person.died_on.is_some_and(|died_on| on > died_on) {
        Err(PlanRejection::PersonDied)
    } else {
        Ok(())
    }
}

/// The number that follows so many.
fn next(known: usize) -> u32 {
    u32::try_from(known).unwrap_or(u32::MAX).saturating_add(1)
}
