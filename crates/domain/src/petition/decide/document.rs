use super::Decision;
use crate::{
    ContentHash, Text,
    petition::{
        Docket, PetitionRejection,
        event::{AttachedDocument, DocumentAttached, DocumentWithdrawn},
    },
};

/// At every stage: proofs of delivery come back when a petition is closed, and the papers of a
/// petition that went elsewhere are scanned as any other. What was withdrawn may be attached again.
pub(super) fn attach(docket: &Docket, document: AttachedDocument) -> Decision {
    match docket.documents.get(&document.hash) {
        Some(known) if known.withdrawn.is_none() => {
            if known.document == document {
                Ok(vec![])
            } else {
                Err(PetitionRejection::DocumentAlreadyAttached)
            }
        }
        Some(_) | None => Ok(vec![DocumentAttached { document }.into()]),
    }
}

pub(super) fn withdraw(docket: &Docket, hash: ContentHash, reason: Text) -> Decision {
    let known = docket
        .documents
        .get(&hash)
        .ok_or(PetitionRejection::DocumentNotAttached)?;
    if known.withdrawn.is_some() {
        return Ok(vec![]);
    }
    Ok(vec![DocumentWithdrawn { hash, reason }.into()])
}
