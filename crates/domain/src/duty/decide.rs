use calendar::Date;

use super::{
    CancelReason, Duty, DutyCancelled, DutyCommand, DutyEvent, DutyFulfilled,
    DutyFulfilmentWithdrawn, DutyId, DutyMissed, DutyOpened, DutyReassigned, DutyReinstated,
    DutyRejection, DutyWaiverApproved, DutyWaiverRefused, DutyWaiverRequested, Evidence, State,
    Task, Trigger, TriggerKind, deadlines,
};
use crate::{Context, Text, cadre::Person};

pub(super) type Decided = Result<Vec<DutyEvent>, DutyRejection>;

pub(super) fn decide(duty: &Duty, command: DutyCommand, cx: &Context<'_>) -> Decided {
    let task = match duty {
        Duty::Unopened => {
            return match command {
                DutyCommand::Open { id, trigger } => open(id, trigger, cx),
                DutyCommand::Fulfil { .. }
                | DutyCommand::WithdrawFulfilment
                | DutyCommand::RequestWaiver { .. }
                | DutyCommand::ApproveWaiver
                | DutyCommand::RefuseWaiver { .. }
                | DutyCommand::WithdrawTrigger
                | DutyCommand::FollowPerson
                | DutyCommand::CheckDeadlines => Err(DutyRejection::NotOpened),
            };
        }
        Duty::Opened(task) => task,
    };
    match command {
        // The trigger raised it already, whatever has become of it.
        DutyCommand::Open { .. } => Ok(vec![]),
        DutyCommand::Fulfil { by } => fulfil(task, &by, cx),
        DutyCommand::WithdrawFulfilment => withdraw_fulfilment(task),
        DutyCommand::RequestWaiver { reason } => request_waiver(task, reason, cx),
        DutyCommand::ApproveWaiver => approve_waiver(task, cx),
        DutyCommand::RefuseWaiver { reason } => refuse_waiver(task, reason, cx),
        DutyCommand::WithdrawTrigger => Ok(withdraw_trigger(task)),
        DutyCommand::FollowPerson => follow_person(task, cx),
        DutyCommand::CheckDeadlines => deadlines::check(task, cx),
    }
}

/// Someone who had died by the time the trigger was seen had a duty all the same: it falls away at
/// once, so that every trigger has its duty.
fn open(id: DutyId, trigger: Trigger, cx: &Context<'_>) -> Decided {
    let person = cx.person.ok_or(DutyRejection::UnknownPerson)?;
    if trigger.known.is_after(cx.now) {
        return Err(DutyRejection::InTheFuture {
            date: trigger.known,
        });
    }
    let rules = cx.rules.duty.as_ref();
    let rule = rules
        .and_then(|rules| rules.rule(&id.rule).map(|rule| (rules, rule)))
        .filter(|(_, rule)| rule.trigger.kind() == trigger.kind);
    let Some((rules, rule)) = rule else {
        return Err(DutyRejection::NoSuchRule {
            rule: id.rule,
            on: trigger.known.date(),
        });
    };
    let due = deadlines::reckon(&rules.ladder, rule, &trigger, cx.calendar)
        .map_err(|_| DutyRejection::TermTooLong)?;
    let opened = DutyOpened {
        id,
        name: rule.name.clone(),
        unit: person.unit.clone(),
        handler: person.contact.clone(),
        closed_by: rule.closed_by.clone(),
        due,
        trigger,
    };
    let gone = no_longer(&Task::new(&opened), person).map(|why| DutyCancelled { why }.into());
    let opened = DutyEvent::from(Box::new(opened));
    Ok(std::iter::once(opened).chain(gone).collect())
}

/// Why the duty falls away, as the person's record stands.
fn no_longer(task: &Task, person: &Person) -> Option<CancelReason> {
    let of_death = task.opened.trigger.kind == TriggerKind::Died;
    match (person.kept_as, person.died_on) {
        (Some(kept_as), _) => Some(CancelReason::Superseded { kept_as }),
        (None, Some(on)) if !of_death => Some(CancelReason::Died { on }),
        (None, None) if of_death => Some(CancelReason::TriggerWithdrawn),
        (None, Some(_) | None) => None,
    }
}

/// What is done in time closes the duty in time, however late it is recorded; what is done late
/// leaves the breach on file.
fn fulfil(task: &Task, by: &Evidence, cx: &Context<'_>) -> Decided {
    let done = by
        .closes(&task.opened.closed_by)
        .ok_or(DutyRejection::DoesNotMatch)?;
    match &task.state {
        State::Fulfilled(by) if *by == done => return Ok(vec![]),
        State::Fulfilled(_) | State::Waived | State::Cancelled(_) => {
            return Err(DutyRejection::AlreadyClosed);
        }
        State::Open { .. } => {}
    }
    if done.when().is_after(cx.now) {
        return Err(DutyRejection::InTheFuture { date: done.when() });
    }
    let on = task.opened.trigger.on;
    if done.when().date() < on {
        return Err(DutyRejection::BeforeTrigger { on });
    }
    let missed = missed_by(task, done.when().date());
    let fulfilled = DutyEvent::from(DutyFulfilled { by: done });
    Ok(missed.into_iter().chain([fulfilled]).collect())
}

/// The breach that nobody recorded in its time.
fn missed_by(task: &Task, done: Date) -> Option<DutyEvent> {
    let deadline = &task.due.deadline;
    let missed = done > deadline.rolled && !task.missed;
    missed.then(|| {
        DutyMissed {
            due_raw: deadline.raw,
            due_rolled: deadline.rolled,
        }
        .into()
    })
}

fn withdraw_fulfilment(task: &Task) -> Decided {
    match &task.state {
        State::Fulfilled(by) => Ok(vec![DutyFulfilmentWithdrawn { by: *by }.into()]),
        State::Open { .. } => Ok(vec![]),
        State::Waived | State::Cancelled(_) => Err(DutyRejection::NotFulfilled),
    }
}

fn request_waiver(task: &Task, reason: Text, cx: &Context<'_>) -> Decided {
    match &task.state {
        State::Open { waiver: None } => Ok(vec![
            DutyWaiverRequested {
                by: cx.actor.id.clone(),
                reason,
            }
            .into(),
        ]),
        State::Open {
            waiver: Some(known),
        } if known.by == cx.actor.id && known.reason == reason => Ok(vec![]),
        State::Open { waiver: Some(_) } => Err(DutyRejection::WaiverPending),
        State::Fulfilled(_) | State::Waived | State::Cancelled(_) => {
            Err(DutyRejection::AlreadyClosed)
        }
    }
}

/// The clock runs on until someone else has approved.
fn approve_waiver(task: &Task, cx: &Context<'_>) -> Decided {
    match &task.state {
        State::Open {
            waiver: Some(asked),
        } if asked.by == cx.actor.id => Err(DutyRejection::ApproverIsRequester),
        State::Open { waiver: Some(_) } => Ok(vec![
            DutyWaiverApproved {
                by: cx.actor.id.clone(),
            }
            .into(),
        ]),
        State::Open { waiver: None } => Err(DutyRejection::NoWaiverPending),
        State::Waived => Ok(vec![]),
        State::Fulfilled(_) | State::Cancelled(_) => Err(DutyRejection::AlreadyClosed),
    }
}

fn refuse_waiver(task: &Task, reason: Text, cx: &Context<'_>) -> Decided {
    match &task.state {
        State::Open {
            waiver: Some(asked),
        } if asked.by == cx.actor.id => Err(DutyRejection::ApproverIsRequester),
        State::Open { waiver: Some(_) } => Ok(vec![
            DutyWaiverRefused {
                by: cx.actor.id.clone(),
                reason,
            }
            .into(),
        ]),
        State::Open { waiver: None } => Err(DutyRejection::NoWaiverPending),
        State::Fulfilled(_) | State::Waived | State::Cancelled(_) => {
            Err(DutyRejection::AlreadyClosed)
        }
    }
}

/// What was done or waived before the error was seen stays so.
fn withdraw_trigger(task: &Task) -> Vec<DutyEvent> {
    match task.state {
        State::Open { .. } => {
            let why = CancelReason::TriggerWithdrawn;
            vec![DutyCancelled { why }.into()]
        }
        State::Fulfilled(_) | State::Waived | State::Cancelled(_) => vec![],
    }
}

/// A transfer moves the duty only when the receiver has accepted: until then the record names the
/// sender.
fn follow_person(task: &Task, cx: &Context<'_>) -> Decided {
    let person = cx.person.ok_or(DutyRejection::UnknownPerson)?;
    let gone = no_longer(task, person);
    let reassigned = || {
        let moved = task.unit != person.unit || task.handler != person.contact;
        moved.then(|| {
            DutyEvent::from(DutyReassigned {
                unit: person.unit.clone(),
                handler: person.contact.clone(),
            })
        })
    };
    Ok(match (&task.state, gone) {
        (State::Open { .. }, Some(why)) => vec![DutyCancelled { why }.into()],
        (State::Open { .. }, None) => reassigned().into_iter().collect(),
        (
            State::Cancelled(was @ (CancelReason::Died { .. } | CancelReason::Superseded { .. })),
            None,
        ) => std::iter::once(DutyReinstated { was: *was }.into())
            .chain(reassigned())
            .collect(),
        // A trigger that was withdrawn stays so: what happens anew raises its own duty.
        (State::Cancelled(CancelReason::TriggerWithdrawn), None)
        | (State::Cancelled(_), Some(_))
        | (State::Fulfilled(_) | State::Waived, _) => vec![],
    })
}
