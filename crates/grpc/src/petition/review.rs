//! What the levels above are asked and decide.

use domain::petition::{Level, PetitionCommand, ReviewDecision, ReviewRequest, ReviewResult};

use super::commands::{Asked, unit};
use crate::{
    fields::{Fields, words},
    pb,
};

words! {
    pb::ReviewLevel = Level { Review, FinalReview }
    pb::ReviewResult = ReviewResult { Upheld, Changed, Revoked }
}

pub(super) fn request(f: &Fields<'_>, asked: pb::RequestReviewRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let request = f.message("request", asked.request, |f, asked| {
        let level = f.word("level", asked.level);
        let reviewer = unit(f, "reviewer", &asked.reviewer);
        let reasons = f.text("reasons", &asked.reasons);
        let received = f.when("received", &asked.received);
        Some(ReviewRequest {
            level: level?,
            reviewer: reviewer?,
            reasons: reasons?,
            received: received?,
        })
    });
    Some((id?, PetitionCommand::RequestReview { request: request? }))
}

pub(super) fn decide(f: &Fields<'_>, asked: pb::DecideReviewRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let decision = f.message("decision", asked.decision, |f, asked| {
        let level = f.word("level", asked.level);
        let result = f.word("result", asked.result);
        let text = f.text("text", &asked.text);
        let decided = f.date("decided", &asked.decided);
        Some(ReviewDecision {
            level: level?,
            result: result?,
            text: text?,
            decided: decided?,
        })
    });
    let command = PetitionCommand::DecideReview {
        decision: decision?,
    };
    Some((id?, command))
}
