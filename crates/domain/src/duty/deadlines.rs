use calendar::{Calendar, DateError, Deadline, Term, civil_time, days_before};

use super::{
    Climb, DutyDue, DutyEscalated, DutyEvent, DutyMissed, DutyRecomputed, DutyRejection,
    DutyWarned, State, Task, Trigger, decide::Decided,
};
use crate::{Context, DutyRule, LadderRules, petition::Rung};

/// The clock of a duty raised by this trigger.
pub(super) fn reckon(
    ladder: &LadderRules,
    rule: &DutyRule,
    trigger: &Trigger,
    calendar: &Calendar,
) -> Result<DutyDue, DateError> {
    let (start, term) = match (rule.trigger.term(), trigger.until) {
        (Some(term), _) => (trigger.known.date(), term),
        // The last day itself is given: so many days from the first one.
        (None, until) => {
            let days = until.map_or(0, |until| (until - trigger.on).get_days());
            (trigger.on, Term::Days(u32::try_from(days).unwrap_or(0)))
        }
    };
    let mut deadline = calendar.due(start, term, None)?;
    deadline.rule = format!("{}；{}", rule.rule, deadline.rule);
    Ok(DutyDue {
        start,
        term,
        warn_from: days_before(deadline.raw, rule.warn_days_before),
        climbs: climbs_after(&deadline, ladder, calendar)?,
        deadline,
    })
}

fn climbs_after(
    deadline: &Deadline,
    ladder: &LadderRules,
    calendar: &Calendar,
) -> Result<Vec<Climb>, DateError> {
    let rungs = [
        (Rung::Handler, ladder.handler_after),
        (Rung::Head, ladder.head_after),
        (Rung::Leader, ladder.leader_after),
    ];
    let climb = |(rung, after)| {
        let from = calendar.due(deadline.rolled, after, None)?.raw;
        Ok(Climb { rung, from })
    };
    rungs.into_iter().map(climb).collect()
}

/// What the clock says now and was not said before. Each thing is said once; a duty that is closed
/// says nothing any more.
pub(super) fn check(task: &Task, cx: &Context<'_>) -> Decided {
    match task.state {
        State::Open { .. } => {}
        State::Fulfilled(_) | State::Waived | State::Cancelled(_) => return Ok(vec![]),
    }
    let recomputed = recomputed(task, cx)?;
    let due = recomputed.as_ref().map_or(&task.due, |e| &e.due);
    let (raw, rolled) = (due.deadline.raw, due.deadline.rolled);
    let mut said: Vec<DutyEvent> = Vec::new();
    if (due.warn_from..=rolled).contains(&cx.today) && !task.warned {
        let (due_raw, due_rolled) = (raw, rolled);
        said.push(
            DutyWarned {
                due_raw,
                due_rolled,
            }
            .into(),
        );
    }
    if cx.today > rolled && !task.missed {
        let (due_raw, due_rolled) = (raw, rolled);
        said.push(
            DutyMissed {
                due_raw,
                due_rolled,
            }
            .into(),
        );
    }
    said.extend(climbs(task, due, cx).map(|rung| DutyEvent::from(DutyEscalated { rung })));
    Ok(recomputed
        .map(DutyEvent::from)
        .into_iter()
        .chain(said)
        .collect())
}

/// The rungs whose day has come, in office hours alone: nobody is called at night.
fn climbs<'a>(
    task: &'a Task,
    due: &'a DutyDue,
    cx: &'a Context<'_>,
) -> impl Iterator<Item = Rung> + 'a {
    let open = cx.rules.duty.as_ref().is_some_and(|rules| {
        let office = rules.ladder.office_opens..rules.ladder.office_closes;
        cx.calendar.is_working_day(cx.today) && office.contains(&civil_time(cx.now))
    });
    let due = due
        .climbs
        .iter()
        .filter(move |climb| open && climb.from <= cx.today && !task.climbed.contains(&climb.rung));
    due.map(|climb| climb.rung)
}

/// A last day that rested on days not published then, under a newer calendar. A profile that was
/// edited since does not move it.
fn recomputed(task: &Task, cx: &Context<'_>) -> Result<Option<DutyRecomputed>, DutyRejection> {
    let known = &task.due;
    let outdated = known.deadline.provisional && known.deadline.calendar != cx.calendar.version();
    let Some(rules) = cx.rules.duty.as_ref().filter(|_| outdated) else {
        return Ok(None);
    };
    let reckon = || {
        let mut deadline = cx.calendar.due(known.start, known.term, None)?;
        deadline.rule.clone_from(&known.deadline.rule);
        let warned = (known.deadline.raw - known.warn_from).get_days();
        Ok(DutyDue {
            start: known.start,
            term: known.term,
            warn_from: days_before(deadline.raw, u32::try_from(warned).unwrap_or(0)),
            climbs: climbs_after(&deadline, &rules.ladder, cx.calendar)?,
            deadline,
        })
    };
    let due = reckon().map_err(|_: DateError| DutyRejection::TermTooLong)?;
    Ok(Some(DutyRecomputed { due }))
}
