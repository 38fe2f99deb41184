//! Documents: in by parts, out by parts.

use app::{DocumentAbout, Error, Request};
use attachments::Received;
use domain::{
    PetitionId,
    petition::{DocumentKind, DocumentStep, PetitionCommand},
};
use tonic::{Status, Streaming};
use tracing::Instrument as _;
use views::petitions::{ByWhom, PetitionDocument};

use super::commands::Asked;
use crate::{
    api::{Api, answer, finish},
    caller::Caller,
    calls::Head,
    fields::{Faults, Fields, Word, shown, words},
    pb::{self, attach_document_request::Part as Coming, get_document_response::Part as Going},
    status,
    stream::{self, CHUNK_BYTES, Parts},
};

words! {
    pb::DocumentKind = DocumentKind {
        LetterScan, Photo, Evidence, Notice, HearingRecord, Opinion, DeliveryProof, ReviewDecision,
        Other,
    }
    pb::DocumentStep = DocumentStep { Intake, Handling, Answer, Review, FinalReview, Supervision }
}

/// What is attached, to what, and by which request.
struct Header {
    petition: PetitionId,
    about: DocumentAbout,
    request: Request,
}

/// Takes the file, then decides; what has arrived whole is carried out even if the caller goes.
pub(super) async fn attach(
    api: &Api,
    request: tonic::Request<Streaming<pb::AttachDocumentRequest>>,
) -> Result<pb::AttachDocumentResponse, Status> {
    let caller = Caller::read(request.metadata()).map_err(status::of_unauthenticated)?;
    let mut parts = request.into_inner();
    let header = finish(match next(&mut parts).await? {
        Some(Coming::Header(asked)) => {
            let faults = Faults::default();
            let header = header(&faults.root(), caller, &asked);
            faults.check(header)
        }
        Some(Coming::Chunk(_)) | None => {
            Err(Error::invalid("header", "it must come first", "须最先发送"))
        }
    })?;
    let received = file(api, &mut parts).await?;
    let (hash, media_type) = (received.hash(), received.media_type());
    let app = api.app.clone();
    let to_the_end = async move {
        let Header {
            petition,
            about,
            request,
        } = header;
        app.attach_document(petition, about, received, &request)
            .await
    };
    let carried_out = tokio::spawn(to_the_end.in_current_span()).await;
    let carried_out = carried_out.unwrap_or_else(|error| Err(Error::Internal(error.to_string())));
    Ok(pb::AttachDocumentResponse {
        answer: Some(answer(finish(carried_out)?)),
        hash: hash.to_string(),
        media_type: media_type.to_string(),
    })
}

async fn next(parts: &mut Streaming<pb::AttachDocumentRequest>) -> Result<Option<Coming>, Status> {
    Ok(stream::next(parts).await?.and_then(|part| part.part))
}

async fn file(
    api: &Api,
    parts: &mut Streaming<pb::AttachDocumentRequest>,
) -> Result<Received, Status> {
    let mut incoming = finish(api.app.receive_file())?;
    while let Some(part) = next(parts).await? {
        finish(match part {
            Coming::Chunk(chunk) => incoming.take(&chunk).await.map_err(Error::from),
            Coming::Header(_) => Err(Error::invalid(
                "header",
                "it must come once",
                "只能发送一次",
            )),
        })?;
    }
    finish(incoming.finish().await.map_err(Error::from))
}

fn header(f: &Fields<'_>, caller: Caller, asked: &pb::AttachDocumentHeader) -> Option<Header> {
    let f = &f.inside("header");
    let head = Head {
        request_id: &asked.request_id,
        expected_revision: asked.expected_revision,
        source: asked.source.as_ref(),
        dry_run: asked.dry_run,
    };
    let request = head.read(caller, f);
    let petition = f.id("id", &asked.id);
    let kind = f.word("kind", asked.kind);
    let step = f.word("step", asked.step);
    let title = f.optional_text("title", &asked.title);
    let file_name = f.text("file_name", &asked.file_name);
    Some(Header {
        petition: petition?,
        about: DocumentAbout {
            kind: kind?,
            step: step?,
            title: title?,
            file_name: file_name?,
        },
        request: request?,
    })
}

pub(super) fn withdraw(f: &Fields<'_>, asked: &pb::WithdrawDocumentRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let hash = f.hash("hash", &asked.hash);
    let reason = f.text("reason", &asked.reason);
    let command = PetitionCommand::WithdrawDocument {
        hash: hash?,
        reason: reason?,
    };
    Some((id?, command))
}

/// The bytes are checked before the first of them is sent.
pub(super) async fn get(
    api: &Api,
    request: tonic::Request<pb::GetDocumentRequest>,
) -> Result<Parts<pb::GetDocumentResponse>, Status> {
    let (reading, (petition, (hash, position))) =
        api.asked(request, |f, asked: pb::GetDocumentRequest| {
            let petition = f.id("petition", &asked.petition);
            let hash = f.hash("hash", &asked.hash);
            petition.zip(hash.zip(f.optional_position("position", &asked.position)))
        })?;
    let found = api.at(position, reading.petition_document(petition, hash));
    let (document, mut content) = found.await?;
    Ok(stream::of(|out| async move {
        let part = |part| pb::GetDocumentResponse { part: Some(part) };
        out.surely(part(Going::Document(write(document)))).await;
        loop {
            let chunk = finish(content.next(CHUNK_BYTES).await.map_err(Error::from))?;
            if chunk.is_empty() {
                return Ok(());
            }
            out.surely(part(Going::Chunk(chunk))).await;
        }
    }))
}

pub(super) fn write(document: PetitionDocument) -> pb::PetitionDocument {
    let action = |by: ByWhom, reason: String| pb::DocumentAction {
        staff: by.staff.0.into(),
        name: by.name.into(),
        recorded: by.at.to_string(),
        reason,
    };
    pb::PetitionDocument {
        hash: document.hash.to_string(),
        size: document.size,
        media_type: document.media_type.to_string(),
        kind: document.kind.write(),
        step: document.step.write(),
        title: shown(document.title),
        file_name: document.file_name.into(),
        attached: Some(action(document.attached, String::new())),
        withdrawn: document
            .withdrawn
            .map(|(reason, by)| action(by, reason.into())),
    }
}
