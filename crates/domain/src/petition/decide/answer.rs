use calendar::{Date, When};

use super::{Decision, not_in_the_future, surely_before};
use crate::{
    Context, Text,
    petition::{
        Docket, PetitionRejection, Stage,
        docket::{Answer, Round},
        event::{
            Category, Delivered, Delivery, Document, ExecutionDone, ExecutionFollowedUp, Exemption,
            ExemptionGround, Level, Opinion, OpinionIssued, Outcome, PetitionClosed,
            PetitionReopened, PetitionReplied, Rated, Rating,
        },
    },
};

pub(super) fn issue_opinion(
    docket: &Docket,
    opinion: Opinion,
    issued: Date,
    cx: &Context<'_>,
) -> Decision {
    let issue = OpinionIssued { opinion, issued };
    if docket.round().and_then(|r| r.opinion.as_ref()) == Some(&issue) {
        return Ok(vec![]);
    }
    docket.handling()?;
    no_hearing(docket)?;
    docket.dated_day(issued, cx)?;
    Ok(vec![issue.into()])
}

pub(super) fn reply(docket: &Docket, text: Text, delivered: When, cx: &Context<'_>) -> Decision {
    let mut answers = docket.rounds.iter().filter_map(|r| r.answer.as_ref());
    if answers.any(|answer| answer.is_reply(&text, delivered)) {
        return Ok(vec![]);
    }
    if docket.stage == Stage::Closed && docket.round().is_some_and(|r| r.answer.is_some()) {
        return Err(docket.already_replied());
    }
    let round = docket.handling()?;
    no_hearing(docket)?;
    not_in_the_future(delivered, cx)?;
    if surely_before(delivered, round.accepted) {
        return Err(PetitionRejection::DeliveredBeforeAccepted {
            delivered,
            accepted: round.accepted,
        });
    }
    Ok(vec![
        PetitionReplied {
            text,
            delivered,
            dues: vec![],
        }
        .into(),
    ])
}

fn no_hearing(docket: &Docket) -> Result<(), PetitionRejection> {
    match docket.open_hearing() {
        Some(_) => Err(PetitionRejection::HearingGoesOn),
        None => Ok(()),
    }
}

/// Whatever waits for delivery: the opinion, or the decision of a level above.
pub(super) fn deliver(docket: &Docket, delivery: Delivery, cx: &Context<'_>) -> Decision {
    let round = docket.round();
    if round.is_some_and(|round| round.was_delivered(&delivery)) {
        return Ok(vec![]);
    }
    docket.still_open()?;
    let (document, issued) = match (&docket.stage, round) {
        (Stage::Opined, Some(round)) => {
            let issued = round.opinion.as_ref().map(|opinion| opinion.issued);
            (Document::Opinion, issued)
        }
        (Stage::ReviewDecided(level), Some(round)) => {
            let decision = round.reviews.get(level).and_then(|r| r.decision.as_ref());
            (Document::Review(*level), decision.map(|d| d.decided))
        }
        _ => return Err(PetitionRejection::NothingToDeliver),
    };
    let issued = issued.ok_or(PetitionRejection::NothingToDeliver)?;
    let delivered = delivery.delivered;
    not_in_the_future(delivered, cx)?;
    if delivered.date() < issued {
        return Err(PetitionRejection::DeliveredBeforeIssued { delivered, issued });
    }
    Ok(vec![
        Delivered {
            document,
            delivery,
            dues: vec![],
        }
        .into(),
    ])
}

impl Round {
    fn was_delivered(&self, asked: &Delivery) -> bool {
        let answered = match &self.answer {
            Some(Answer::Opinion(delivery)) => Some(delivery),
            Some(Answer::Reply { .. }) | None => None,
        };
        let reviews = self.reviews.values().filter_map(|r| r.delivery.as_ref());
        answered
            .into_iter()
            .chain(reviews)
            .any(|known| known == asked)
    }

    /// Whether an opinion that supports the claim reached the petitioner.
    fn supports(&self) -> bool {
        let supported = |e: &OpinionIssued| e.opinion.outcome == Outcome::Supported;
        self.answer.is_some() && self.opinion.as_ref().is_some_and(supported)
    }
}

/// Only after delivery: whoever has no answer cannot judge it.
pub(super) fn rate(docket: &Docket, rating: Rating) -> Decision {
    let round = docket.round().filter(|round| round.answer.is_some());
    match round.ok_or(PetitionRejection::ReplyMissing)?.rating {
        None => Ok(vec![Rated { rating }.into()]),
        Some(known) if known == rating => Ok(vec![]),
        Some(_) => Err(PetitionRejection::AlreadyRated),
    }
}

pub(super) fn follow_up(docket: &Docket, on: Date, findings: Text, cx: &Context<'_>) -> Decision {
    let round = supported(docket)?;
    let follow_up = ExecutionFollowedUp { on, findings };
    if round.follow_ups.contains(&follow_up) {
        return Ok(vec![]);
    }
    docket.dated_day(on, cx)?;
    Ok(vec![follow_up.into()])
}

pub(super) fn execute(docket: &Docket, on: Date, evidence: Text, cx: &Context<'_>) -> Decision {
    let round = supported(docket)?;
    let done = ExecutionDone { on, evidence };
    match &round.executed {
        Some(known) if *known == done => Ok(vec![]),
        Some(known) => Err(PetitionRejection::AlreadyExecuted { on: known.on }),
        None => {
            docket.dated_day(on, cx)?;
            Ok(vec![done.into()])
        }
    }
}

/// Also after the close: execution takes longer than the answer.
fn supported(docket: &Docket) -> Result<&Round, PetitionRejection> {
    docket
        .round()
        .filter(|round| round.supports())
        .ok_or(PetitionRejection::NothingToExecute)
}

/// Every matter settled, every letter answered: a delivered reply, or a stated exemption.
pub(super) fn close(
    docket: &Docket,
    exemption: Option<ExemptionGround>,
    cx: &Context<'_>,
) -> Decision {
    let event = match (&docket.stage, exemption) {
        (Stage::Closed, _) => return Ok(vec![]),
        (Stage::UnderReview(_) | Stage::ReviewDecided(_), _) => {
            return Err(PetitionRejection::ReviewPending);
        }
        (Stage::Replied | Stage::Reviewed(_), None) => PetitionClosed { exemption: None },
        (
            Stage::Received
            | Stage::Objected
            | Stage::ReturnAgreed
            | Stage::Accepted
            | Stage::Opined,
            None,
        ) => return Err(PetitionRejection::ReplyMissing),
        (
            Stage::Linked { .. }
            | Stage::RoutedOnward { .. }
            | Stage::Returned
            | Stage::Withdrawn
            | Stage::RefusedAsFinal { .. },
            None,
        ) => return Err(PetitionRejection::ExemptionMissing),
        (_, Some(ground)) => {
            founded(docket, ground)?;
            PetitionClosed {
                exemption: Some(Exemption {
                    ground,
                    on: cx.today,
                }),
            }
        }
    };
    if docket.supervisions.iter().any(|s| s.feedback.is_none()) {
        return Err(PetitionRejection::FeedbackMissing);
    }
    Ok(vec![event.into()])
}

/// Whether an exemption fits the petition. Where the matter goes on without us, the petitioner
/// must know, unless nobody knows where they are.
fn founded(docket: &Docket, ground: ExemptionGround) -> Result<(), PetitionRejection> {
    use ExemptionGround as G;
    let unanswered = matches!(
        docket.stage,
        Stage::Received | Stage::Accepted | Stage::Opined
    );
    let unreachable = docket.petition.intake.unreachable;
    let (fits, must_know) = match ground {
        G::Unreachable => (unanswered && unreachable, false),
        G::SuggestionNotAdopted => {
            let suggestion = docket.category == Some(Category::Suggestion);
            (unanswered && suggestion, false)
        }
        G::ReportHandled => {
            let report = docket.category == Some(Category::Report);
            (unanswered && report, false)
        }
        G::Linked => (matches!(docket.stage, Stage::Linked { .. }), true),
        G::RoutedOnward => (matches!(docket.stage, Stage::RoutedOnward { .. }), true),
        G::Returned => (docket.stage == Stage::Returned, false),
        G::Withdrawn => (docket.stage == Stage::Withdrawn, false),
        G::RefusedAsFinal => (matches!(docket.stage, Stage::RefusedAsFinal { .. }), true),
    };
    if !fits {
        return Err(PetitionRejection::ExemptionUnfounded);
    }
    if must_know && !unreachable && docket.notices.is_empty() {
        return Err(PetitionRejection::NotTold);
    }
    Ok(())
}

pub(super) fn reopen(docket: &Docket, reason: Text, cx: &Context<'_>) -> Decision {
    if docket.stage != Stage::Closed {
        return Ok(vec![]);
    }
    let finally = |round: &Round| {
        let review = round.reviews.get(&Level::FinalReview);
        review.is_some_and(|review| review.decision.is_some())
    };
    if docket.rounds.iter().any(finally) {
        return Err(PetitionRejection::FinallyDecided);
    }
    Ok(vec![
        PetitionReopened {
            reason,
            on: cx.today,
            dues: vec![],
        }
        .into(),
    ])
}
