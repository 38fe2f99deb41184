//! Supervision, urgent reports, and aid.

use domain::petition::{PetitionCommand, SupervisionGround};

use super::commands::{Asked, unit};
use crate::{
    fields::{Fields, words},
    hardship, pb,
};

words! {
    pb::SupervisionGround = SupervisionGround {
        AcceptanceRulesBroken, HandlingRulesBroken, Shirking, Falsifying, OpinionNotExecuted,
    }
}

pub(super) fn supervise(f: &Fields<'_>, asked: &pb::SupervisePetitionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let ground = f.word("ground", asked.ground);
    let recommendation = f.text("recommendation", &asked.recommendation);
    let command = PetitionCommand::Supervise {
        ground: ground?,
        recommendation: recommendation?,
    };
    Some((id?, command))
}

pub(super) fn give_feedback(f: &Fields<'_>, asked: &pb::GiveFeedbackRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let feedback = f.text("feedback", &asked.feedback);
    let command = PetitionCommand::GiveFeedback {
        number: asked.number,
        feedback: feedback?,
    };
    Some((id?, command))
}

pub(super) fn report_urgent(f: &Fields<'_>, asked: &pb::ReportUrgentRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let to = unit(f, "to", &asked.to);
    let matter = f.text("matter", &asked.matter);
    let command = PetitionCommand::ReportUrgent {
        to: to?,
        matter: matter?,
    };
    Some((id?, command))
}

pub(super) fn offer_aid(f: &Fields<'_>, asked: &pb::OfferAidRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let hardship = hardship::id(f, &asked.person, asked.ground);
    let command = PetitionCommand::OfferAid {
        hardship: hardship?,
    };
    Some((id?, command))
}
