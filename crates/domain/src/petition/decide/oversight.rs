use super::Decision;
use crate::{
    Text, Unit,
    hardship::HardshipId,
    petition::{
        Docket, PetitionRejection, Stage,
        event::{AidOffered, FeedbackGiven, Supervised, SupervisionGround, UrgentlyReported},
    },
};

/// R40. Also where the petition was closed: an opinion that is not executed is a ground.
pub(super) fn supervise(
    docket: &Docket,
    ground: SupervisionGround,
    recommendation: Text,
) -> Decision {
    let mut known = docket.supervisions.iter();
    if known.any(|s| s.ground == ground && s.recommendation == recommendation) {
        return Ok(vec![]);
    }
    let before = u32::try_from(docket.supervisions.len()).unwrap_or(u32::MAX);
    Ok(vec![
        Supervised {
            number: before.saturating_add(1),
            ground,
            recommendation,
        }
        .into(),
    ])
}

pub(super) fn give_feedback(docket: &Docket, number: u32, feedback: Text) -> Decision {
    let index = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
    let supervision = index
        .and_then(|index| docket.supervisions.get(index))
        .ok_or(PetitionRejection::NoSuchSupervision)?;
    match &supervision.feedback {
        None => Ok(vec![FeedbackGiven { number, feedback }.into()]),
        Some(known) if *known == feedback => Ok(vec![]),
        Some(_) => Err(PetitionRejection::FeedbackAlreadyGiven),
    }
}

/// Urgent things are reported whatever the stage, as long as the petition is not closed.
pub(super) fn report_urgent(docket: &Docket, to: Unit, matter: Text) -> Decision {
    let report = UrgentlyReported { to, matter };
    if docket.urgent.contains(&report) {
        return Ok(vec![]);
    }
    match docket.stage {
        Stage::Closed => Err(PetitionRejection::CaseClosed),
        _ => Ok(vec![report.into()]),
    }
}

/// Hardship does not end with the petition, so aid may be offered at any time.
pub(super) fn offer_aid(docket: &Docket, hardship: HardshipId) -> Decision {
    let offer = AidOffered {
        person: hardship.person,
        ground: hardship.ground,
    };
    if docket.aid.contains(&offer) {
        return Ok(vec![]);
    }
    match docket.petition.petitioner.person {
        Some(person) if person != hardship.person => Err(PetitionRejection::AidForAnother),
        Some(_) | None => Ok(vec![offer.into()]),
    }
}
