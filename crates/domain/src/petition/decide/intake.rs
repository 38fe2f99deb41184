use calendar::When;

use super::{Decision, not_in_the_future};
use crate::{
    Context, PetitionId, Text, Unit,
    petition::{
        Docket, PetitionRejection, Stage,
        event::{
            Accused, AccusedNamed, Category, Channel, Classified, ClockName, DuplicateLinked,
            Joint, Level, Notice, ObjectionRaised, Origin, Petition, PetitionRegistered,
            PetitionReturned, PetitionWithdrawn, PetitionerTold, RefusedAsFinal, ReturnAgreed,
            ReturnDeclined, RoutedOnward,
        },
    },
};

/// A petitioner of the register must be there under the record that is kept. One who has died
/// since may still be the petitioner: a letter can arrive late.
pub(super) fn register(petition: Petition, cx: &Context<'_>) -> Decision {
    not_in_the_future(petition.received, cx)?;
    if petition.petitioner.person.is_some() {
        let person = cx.person.ok_or(PetitionRejection::UnknownPerson)?;
        if person.kept_as.is_some() {
            return Err(PetitionRejection::RecordSuperseded);
        }
    }
    if let Some(joint) = &petition.intake.joint {
        represented(joint, petition.channel, cx)?;
    }
    Ok(vec![
        PetitionRegistered {
            petition,
            dues: vec![],
        }
        .into(),
    ])
}

/// R20: at most five come; how many signed does not matter.
fn represented(joint: &Joint, channel: Channel, cx: &Context<'_>) -> Result<(), PetitionRejection> {
    let found = joint.representatives.len();
    let signed = usize::try_from(joint.co_signers).unwrap_or(usize::MAX);
    if found == 0 || signed < found {
        return Err(PetitionRejection::JointIncomplete);
    }
    let limit = cx.rules.petition.representatives_at_most;
    match channel {
        Channel::Visit if found > usize::try_from(limit).unwrap_or(usize::MAX) => {
            Err(PetitionRejection::TooManyRepresentatives { found, limit })
        }
        Channel::Visit | Channel::Letter | Channel::Phone | Channel::Web | Channel::Oral => Ok(()),
    }
}

pub(super) fn registered_again(docket: &Docket, petition: &Petition) -> Decision {
    if *petition == docket.petition {
        Ok(vec![])
    } else {
        Err(PetitionRejection::AlreadyRegistered)
    }
}

pub(super) fn classify(
    docket: &Docket,
    category: Category,
    reason: Option<Text>,
    cx: &Context<'_>,
) -> Decision {
    if docket.category == Some(category) {
        return Ok(vec![]);
    }
    match docket.stage {
        // What it is may be said while the sender is asked, too.
        Stage::Objected => {}
        _ => docket.not_answered()?,
    }
    if docket.category.is_some() && reason.is_none() {
        return Err(PetitionRejection::ReasonMissing);
    }
    let mut after = docket.clone();
    after.category = Some(category);
    let runs = docket.dues.contains_key(&(ClockName::Handle, docket.run()));
    let stops = runs && !after.is_handled_by_the_clock(&cx.rules.petition);
    let stopped = docket.round().and_then(|round| round.stopped);
    Ok(vec![
        Classified {
            category,
            reason,
            dues: vec![],
            handling_stopped: stops.then(|| stopped.unwrap_or(cx.today)),
        }
        .into(),
    ])
}

pub(super) fn name_accused(docket: &Docket, accused: Vec<Accused>) -> Decision {
    if accused.is_empty() {
        return Err(PetitionRejection::NobodyAccused);
    }
    let mut new: Vec<Accused> = Vec::new();
    for one in accused {
        if !docket.accused.contains(&one) && !new.contains(&one) {
            new.push(one);
        }
    }
    if new.is_empty() {
        return Ok(vec![]);
    }
    docket.still_open()?;
    Ok(vec![AccusedNamed { accused: new }.into()])
}

/// The same matter while one is open: the later one is linked, never merged away.
pub(super) fn link_duplicate(docket: &Docket, first: PetitionId, cx: &Context<'_>) -> Decision {
    if docket.stage == (Stage::Linked { first }) {
        return Ok(vec![]);
    }
    docket.not_answered()?;
    if first == docket.petition.id {
        return Err(PetitionRejection::LinkedToItself);
    }
    let other = visible(cx).ok_or(PetitionRejection::FirstNotOpen)?;
    if other.still_open().is_err() {
        return Err(PetitionRejection::FirstNotOpen);
    }
    Ok(vec![
        DuplicateLinked {
            first,
            on: cx.today,
        }
        .into(),
    ])
}

/// R36: after a final review the same facts and reasons are not accepted again.
pub(super) fn refuse_final(docket: &Docket, reviewed: PetitionId, cx: &Context<'_>) -> Decision {
    if docket.stage == (Stage::RefusedAsFinal { reviewed }) {
        return Ok(vec![]);
    }
    not_accepted(docket)?;
    let finally = |other: &Docket| {
        other.rounds.iter().any(|round| {
            let review = round.reviews.get(&Level::FinalReview);
            review.is_some_and(|review| review.decision.is_some())
        })
    };
    if reviewed == docket.petition.id || !visible(cx).is_some_and(finally) {
        return Err(PetitionRejection::NotFinallyReviewed);
    }
    Ok(vec![RefusedAsFinal { reviewed }.into()])
}

/// The other petition, unless it accuses whoever asks.
fn visible<'a>(cx: &Context<'a>) -> Option<&'a Docket> {
    cx.petition?
        .docket()
        .filter(|other| !other.accuses(cx.actor))
}

fn not_accepted(docket: &Docket) -> Result<(), PetitionRejection> {
    docket.not_answered()?;
    match docket.round() {
        Some(round) => Err(PetitionRejection::AlreadyAccepted {
            accepted: round.accepted,
        }),
        None => Ok(()),
    }
}

pub(super) fn route_onward(
    docket: &Docket,
    to: Unit,
    document: Option<Text>,
    routed: When,
    cx: &Context<'_>,
) -> Decision {
    if docket.stage == (Stage::RoutedOnward { to: to.clone() }) {
        return Ok(vec![]);
    }
    docket.not_answered()?;
    docket.dated(routed, cx)?;
    Ok(vec![
        RoutedOnward {
            to,
            document,
            routed,
        }
        .into(),
    ])
}

/// Also after the close: late notices happen, and are recorded.
pub(super) fn notify(docket: &Docket, notice: Notice, cx: &Context<'_>) -> Decision {
    if docket.notices.contains(&notice) {
        return Ok(vec![]);
    }
    if docket.petition.intake.unreachable {
        return Err(PetitionRejection::PetitionerUnreachable);
    }
    docket.dated(notice.told, cx)?;
    Ok(vec![PetitionerTold { notice }.into()])
}

/// R23: within the time of the profile, with detailed reasons, and once.
pub(super) fn object(docket: &Docket, reasons: Text, raised: When, cx: &Context<'_>) -> Decision {
    if let Some(known) = &docket.objection
        && known.reasons == reasons
        && known.raised == raised
    {
        return Ok(vec![]);
    }
    not_accepted(docket)?;
    match &docket.petition.intake.origin {
        Origin::Direct | Origin::ReceptionDay { .. } => {
            return Err(PetitionRejection::NotTransferredIn);
        }
        Origin::TransferredIn { .. } => {}
    }
    if docket.objection.is_some() {
        return Err(PetitionRejection::ObjectionDeclined);
    }
    let due = docket
        .dues
        .get(&(ClockName::Object, 1))
        .ok_or(PetitionRejection::NoRightToObject)?;
    docket.dated(raised, cx)?;
    let until = due.deadline.rolled;
    if raised.date() > until {
        return Err(PetitionRejection::ObjectionTooLate { until });
    }
    Ok(vec![ObjectionRaised { reasons, raised }.into()])
}

pub(super) fn sender_agrees(docket: &Docket, agreed: When, cx: &Context<'_>) -> Decision {
    match docket.stage {
        Stage::Objected => {
            docket.dated(agreed, cx)?;
            Ok(vec![ReturnAgreed { agreed }.into()])
        }
        Stage::ReturnAgreed | Stage::Returned => Ok(vec![]),
        _ => Err(not_objected(docket)),
    }
}

pub(super) fn sender_declines(
    docket: &Docket,
    declined: When,
    reason: Text,
    cx: &Context<'_>,
) -> Decision {
    let answered = docket.objection.as_ref().and_then(|o| o.declined.as_ref());
    if answered.is_some_and(|(at, why)| *at == declined && *why == reason) {
        return Ok(vec![]);
    }
    match docket.stage {
        Stage::Objected => {
            docket.dated(declined, cx)?;
            Ok(vec![ReturnDeclined { declined, reason }.into()])
        }
        Stage::ReturnAgreed => Err(PetitionRejection::ReturnPending),
        _ => Err(not_objected(docket)),
    }
}

/// Why no answer of the sender is awaited.
fn not_objected(docket: &Docket) -> PetitionRejection {
    match docket.still_open() {
        Ok(()) => PetitionRejection::NotObjected,
        Err(why) => why,
    }
}

pub(super) fn send_back(docket: &Docket, returned: When, cx: &Context<'_>) -> Decision {
    match docket.stage {
        Stage::ReturnAgreed => {
            docket.dated(returned, cx)?;
            Ok(vec![PetitionReturned { returned }.into()])
        }
        Stage::Returned => Ok(vec![]),
        _ => {
            docket.still_open()?;
            Err(PetitionRejection::ReturnNotAgreed)
        }
    }
}

pub(super) fn withdraw(
    docket: &Docket,
    withdrawn: When,
    reason: Option<Text>,
    cx: &Context<'_>,
) -> Decision {
    match docket.stage {
        Stage::Withdrawn => return Ok(vec![]),
        // A petitioner may change their mind as long as no answer was given.
        Stage::Objected | Stage::ReturnAgreed | Stage::Opined => {}
        _ => docket.not_answered()?,
    }
    docket.dated(withdrawn, cx)?;
    Ok(vec![PetitionWithdrawn { withdrawn, reason }.into()])
}
