//! The answer, its delivery and execution, and the close.

use domain::petition::{Delivery, ExemptionGround, Opinion, Outcome, PetitionCommand, Rating};

use super::commands::Asked;
use crate::{
    fields::{Fields, words},
    pb,
};

words! {
    pb::OpinionOutcome = Outcome { Supported, Explained, NotSupported }
    pb::Rating = Rating { Satisfied, BasicallySatisfied, Dissatisfied }
    pb::ExemptionGround = ExemptionGround {
        Unreachable, SuggestionNotAdopted, ReportHandled, Linked, RoutedOnward, Returned,
        Withdrawn, RefusedAsFinal,
    }
}

pub(super) fn issue_opinion(f: &Fields<'_>, asked: pb::IssueOpinionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let opinion = f.message("opinion", asked.opinion, opinion);
    let issued = f.date("issued", &asked.issued);
    let command = PetitionCommand::IssueOpinion {
        opinion: opinion?,
        issued: issued?,
    };
    Some((id?, command))
}

fn opinion(f: &Fields<'_>, asked: pb::Opinion) -> Option<Opinion> {
    let claim = f.text("claim", &asked.claim);
    let facts_and_reasons = f.text("facts_and_reasons", &asked.facts_and_reasons);
    let decision = f.text("decision", &asked.decision);
    let legal_basis = f.text("legal_basis", &asked.legal_basis);
    let outcome = f.word("outcome", asked.outcome);
    Some(Opinion {
        claim: claim?,
        facts_and_reasons: facts_and_reasons?,
        decision: decision?,
        legal_basis: legal_basis?,
        outcome: outcome?,
    })
}

pub(super) fn reply(f: &Fields<'_>, asked: &pb::ReplyToPetitionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let text = f.text("text", &asked.text);
    let delivered = f.when("delivered", &asked.delivered);
    let command = PetitionCommand::Reply {
        text: text?,
        delivered: delivered?,
    };
    Some((id?, command))
}

pub(super) fn deliver(f: &Fields<'_>, asked: pb::DeliverDocumentRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let delivery = f.message("delivery", asked.delivery, |f, asked| {
        let means = f.word("means", asked.means);
        let delivered = f.when("delivered", &asked.delivered);
        let received_by = f.text("received_by", &asked.received_by);
        Some(Delivery {
            means: means?,
            delivered: delivered?,
            received_by: received_by?,
        })
    });
    let command = PetitionCommand::Deliver {
        delivery: delivery?,
    };
    Some((id?, command))
}

pub(super) fn rate(f: &Fields<'_>, asked: &pb::RateHandlingRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let rating = f.word("rating", asked.rating);
    Some((id?, PetitionCommand::Rate { rating: rating? }))
}

pub(super) fn follow_up(f: &Fields<'_>, asked: &pb::FollowUpExecutionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let on = f.date("on", &asked.on);
    let findings = f.text("findings", &asked.findings);
    let command = PetitionCommand::FollowUpExecution {
        on: on?,
        findings: findings?,
    };
    Some((id?, command))
}

pub(super) fn execute(f: &Fields<'_>, asked: &pb::RecordExecutionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let on = f.date("on", &asked.on);
    let evidence = f.text("evidence", &asked.evidence);
    let command = PetitionCommand::RecordExecution {
        on: on?,
        evidence: evidence?,
    };
    Some((id?, command))
}

pub(super) fn close(f: &Fields<'_>, asked: &pb::ClosePetitionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let exemption = f.optional_word("exemption", asked.exemption);
    let command = PetitionCommand::Close {
        exemption: exemption?,
    };
    Some((id?, command))
}

pub(super) fn reopen(f: &Fields<'_>, asked: &pb::ReopenPetitionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let reason = f.text("reason", &asked.reason);
    Some((id?, PetitionCommand::Reopen { reason: reason? }))
}
