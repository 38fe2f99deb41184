use super::{Decision, not_in_the_future, surely_before};
use crate::{
    Context,
    petition::{
        Docket, PetitionRejection, Stage,
        docket::Round,
        event::{ClockName, Level, ReviewDecided, ReviewDecision, ReviewRequest, ReviewRequested},
    },
};
use calendar::When;

/// R35, R36: from the delivery of what it disputes, in time, to a level that has not decided yet.
/// A closed petition is under review again when it is asked for.
pub(super) fn request(docket: &Docket, request: ReviewRequest, cx: &Context<'_>) -> Decision {
    let level = request.level;
    let known = docket.round().and_then(|round| round.reviews.get(&level));
    if let Some(known) = known {
        return match (level, known.request == request, &known.delivery) {
            (_, true, _) => Ok(vec![]),
            (Level::FinalReview, false, Some(_)) => Err(PetitionRejection::FinallyDecided),
            (Level::Review | Level::FinalReview, false, _) => {
                Err(PetitionRejection::ReviewAlreadyRequested)
            }
        };
    }
    let (round, disputed, window) = disputed(docket, level)?;
    let received = request.received;
    not_in_the_future(received, cx)?;
    if surely_before(received, disputed) {
        return Err(PetitionRejection::ReviewBeforeDelivery {
            received,
            delivered: disputed,
        });
    }
    let due = docket.dues.get(&(window, docket.run()));
    if let Some(until) = due.map(|due| due.deadline.rolled)
        && received.date() > until
    {
        return Err(PetitionRejection::ReviewWindowOver { until });
    }
    if has_decided(docket, round, &request) {
        return Err(PetitionRejection::ReviewerDecidedBefore);
    }
    Ok(vec![
        ReviewRequested {
            request,
            dues: vec![],
        }
        .into(),
    ])
}

/// What a request disputes: the handling, when its answer or review was delivered, and the clock
/// of the request.
fn disputed(docket: &Docket, level: Level) -> Result<(&Round, When, ClockName), PetitionRejection> {
    match docket.stage {
        Stage::Replied | Stage::Reviewed(_) | Stage::Closed => {}
        Stage::UnderReview(_) | Stage::ReviewDecided(_) => {
            return Err(PetitionRejection::ReviewPending);
        }
        _ => {
            docket.still_open()?;
            return Err(PetitionRejection::ReplyMissing);
        }
    }
    let round = docket.round().ok_or(PetitionRejection::ReplyMissing)?;
    let answer = round
        .answer
        .as_ref()
        .ok_or(PetitionRejection::ReplyMissing)?;
    match level {
        Level::Review => Ok((round, answer.delivered(), ClockName::ReviewRequest)),
        Level::FinalReview => {
            let review = round.reviews.get(&Level::Review);
            let delivery = review
                .and_then(|review| review.delivery.as_ref())
                .ok_or(PetitionRejection::NoReviewYet)?;
            Ok((round, delivery.delivered, ClockName::FinalReviewRequest))
        }
    }
}

/// Whether the unit asked has answered or reviewed the petition before.
fn has_decided(docket: &Docket, round: &Round, request: &ReviewRequest) -> bool {
    let assignment = docket.assignment.as_ref();
    let answered = assignment
        .is_some_and(|a| a.lead == request.reviewer || a.supporting.contains(&request.reviewer));
    let mut reviews = round.reviews.values();
    answered || reviews.any(|review| review.request.reviewer == request.reviewer)
}

pub(super) fn decide(docket: &Docket, decision: ReviewDecision, cx: &Context<'_>) -> Decision {
    let level = decision.level;
    let review = docket
        .round()
        .and_then(|round| round.reviews.get(&level))
        .ok_or(PetitionRejection::ReviewNotRequested)?;
    match &review.decision {
        Some(known) if *known == decision => return Ok(vec![]),
        Some(_) => return Err(PetitionRejection::ReviewAlreadyDecided),
        None => {}
    }
    if docket.open_hearing().is_some() {
        return Err(PetitionRejection::HearingGoesOn);
    }
    let decided = decision.decided;
    docket.dated_day(decided, cx)?;
    let received = review.request.received;
    if decided < received.date() {
        return Err(PetitionRejection::DecidedBeforeRequested { decided, received });
    }
    Ok(vec![ReviewDecided { decision }.into()])
}
