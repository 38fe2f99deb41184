use calendar::{Date, When};

use super::{Decision, not_in_the_future, surely_before};
use crate::{
    Context, StaffId, Text,
    petition::{
        Docket, PetitionRejection, Stage,
        event::{
            Assigned, Assignment, Category, ClockName, Extended, Extension, HearingHeld,
            HearingOpened, Mediated, Noted, PetitionAccepted, Recused,
        },
    },
};

pub(super) fn accept(docket: &Docket, accepted: When, cx: &Context<'_>) -> Decision {
    if docket.rounds.iter().any(|round| round.accepted == accepted) {
        return Ok(vec![]);
    }
    if let Some(round) = docket.round() {
        return Err(PetitionRejection::AlreadyAccepted {
            accepted: round.accepted,
        });
    }
    docket.not_answered()?;
    if let Some(Category::Demand(track)) = docket.category
        && track.is_diverted()
    {
        return Err(PetitionRejection::TrackDiverted);
    }
    not_in_the_future(accepted, cx)?;
    let received = docket.petition.received;
    if surely_before(accepted, received) {
        return Err(PetitionRejection::AcceptedBeforeReceived { accepted, received });
    }
    Ok(vec![
        PetitionAccepted {
            accepted,
            dues: vec![],
        }
        .into(),
    ])
}

pub(super) fn assign(docket: &Docket, assignment: Assignment) -> Decision {
    docket.still_open()?;
    let named = [&assignment.handler, &assignment.head];
    if named.iter().any(|staff| docket.recused.contains(staff)) {
        return Err(PetitionRejection::HandlerRecused);
    }
    if docket.assignment.as_ref() == Some(&assignment) {
        return Ok(vec![]);
    }
    if assignment.handler == assignment.head {
        return Err(PetitionRejection::HandlerIsHead);
    }
    Ok(vec![Assigned { assignment }.into()])
}

pub(super) fn recuse(docket: &Docket, staff: StaffId, interest: Text) -> Decision {
    if docket.recused.contains(&staff) {
        return Ok(vec![]);
    }
    docket.still_open()?;
    Ok(vec![Recused { staff, interest }.into()])
}

pub(super) fn note(docket: &Docket, on: Date, text: Text, cx: &Context<'_>) -> Decision {
    let note = Noted { on, text };
    if docket.notes.contains(&note) {
        return Ok(vec![]);
    }
    docket.still_open()?;
    docket.dated_day(on, cx)?;
    Ok(vec![note.into()])
}

/// In the handling, or in a review of it.
pub(super) fn open_hearing(docket: &Docket, on: Date, cx: &Context<'_>) -> Decision {
    if docket.open_hearing().is_some_and(|h| h.opened == on) {
        return Ok(vec![]);
    }
    match docket.stage {
        Stage::UnderReview(_) => {}
        _ => {
            docket.handling()?;
        }
    }
    if docket.open_hearing().is_some() {
        return Err(PetitionRejection::HearingGoesOn);
    }
    docket.dated_day(on, cx)?;
    let before = docket.hearings.last().and_then(|h| h.held.as_ref());
    if let Some((held, _)) = before.filter(|(held, _)| on <= *held) {
        return Err(PetitionRejection::HearingOverlaps { held: *held });
    }
    Ok(vec![HearingOpened { on }.into()])
}

pub(super) fn hold_hearing(docket: &Docket, on: Date, record: Text, cx: &Context<'_>) -> Decision {
    let Some(hearing) = docket.open_hearing() else {
        let known = docket.hearings.last().and_then(|h| h.held.as_ref());
        return if known.is_some_and(|(day, text)| *day == on && *text == record) {
            Ok(vec![])
        } else {
            Err(PetitionRejection::NoHearing)
        };
    };
    docket.still_open()?;
    docket.dated_day(on, cx)?;
    if on < hearing.opened {
        return Err(PetitionRejection::HearingEndsBeforeItBegins {
            held: on,
            opened: hearing.opened,
        });
    }
    Ok(vec![
        HearingHeld {
            on,
            record,
            dues: vec![],
        }
        .into(),
    ])
}

pub(super) fn mediate(docket: &Docket, on: Date, agreement: Text, cx: &Context<'_>) -> Decision {
    let mediation = Mediated { on, agreement };
    if docket.mediations.contains(&mediation) {
        return Ok(vec![]);
    }
    docket.handling()?;
    docket.dated_day(on, cx)?;
    Ok(vec![mediation.into()])
}

/// R34: approved in time by the head, who is not the handler; the petitioner is told why.
pub(super) fn extend(
    docket: &Docket,
    (days, reasons, approved, told): (u32, Text, Date, When),
    cx: &Context<'_>,
) -> Decision {
    let extension = Extension {
        days,
        reasons,
        approver: cx.actor.id.clone(),
        approved,
        told,
    };
    let known = docket.round().map_or(&[][..], |round| &round.extensions);
    if known.contains(&extension) {
        return Ok(vec![]);
    }
    let round = docket.handling()?;
    let due = docket
        .dues
        .get(&(ClockName::Handle, docket.run()))
        .filter(|_| round.stopped.is_none())
        .ok_or(PetitionRejection::NothingToExtend)?;
    let assignment = docket.assignment().ok_or(PetitionRejection::NotAssigned)?;
    if assignment.handler == extension.approver {
        return Err(PetitionRejection::ApproverIsHandler);
    }
    if assignment.head != extension.approver {
        return Err(PetitionRejection::ApproverIsNotHead);
    }
    if days == 0 {
        return Err(PetitionRejection::ExtensionZero);
    }
    let limit = cx.rules.petition.extension.days_in_total;
    let left = limit.saturating_sub(round.extended());
    if days > left {
        return Err(PetitionRejection::ExtensionTooLong { asked: days, left });
    }
    docket.dated_day(approved, cx)?;
    docket.dated(told, cx)?;
    let last = due.deadline.rolled;
    if approved > last {
        return Err(PetitionRejection::ExtensionTooLate { due: last });
    }
    Ok(vec![
        Extended {
            extension,
            dues: vec![],
        }
        .into(),
    ])
}
