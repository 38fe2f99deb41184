//! Documents: files in and out, and the check of all of them.

use app::{AttachmentsCheck, DocumentAbout};
use domain::{ContentHash, PetitionId};
use event_log::RequestId;
use serde::Serialize;

use super::{AdminServiceClient, Client, Error, PetitionServiceClient, answered, read};
use crate::{
    admin,
    fields::{Word as _, shown},
    pb::{
        self, attach_document_request::Part as Going, check_attachments_response::Part as Checking,
        get_document_response::Part as Coming,
    },
    status,
    stream::CHUNK_BYTES,
};

/// A document that is among the papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attached {
    /// The petition: a UUID.
    pub petition: String,
    /// The SHA-256 of the bytes that arrived.
    pub hash: String,
    /// What they are.
    pub media_type: String,
    /// The revision of the petition's last event.
    pub revision: Option<u64>,
}

impl Client {
    /// Puts a file among a petition's papers.
    ///
    /// # Errors
    /// What the server says.
    pub async fn attach_document(
        &self,
        petition: PetitionId,
        about: DocumentAbout,
        file: Vec<u8>,
        (request, dry_run): (RequestId, bool),
    ) -> Result<Attached, Error> {
        let header = pb::AttachDocumentHeader {
            request_id: request.to_string(),
            dry_run,
            id: petition.to_string(),
            kind: about.kind.write(),
            step: about.step.write(),
            title: shown(about.title),
            file_name: about.file_name.into(),
            ..pb::AttachDocumentHeader::default()
        };
        let chunks = (0..file.len()).step_by(CHUNK_BYTES).map(move |from| {
            let to = file.len().min(from + CHUNK_BYTES);
            Going::Chunk(file[from..to].to_vec())
        });
        let parts = std::iter::once(Going::Header(header)).chain(chunks);
        let parts = parts.map(|part| pb::AttachDocumentRequest { part: Some(part) });
        let asked = self.request(futures::stream::iter(parts));
        let mut petitions = PetitionServiceClient::new(self.channel());
        let attached = answered(petitions.attach_document(asked).await)?;
        let answer = read(|f| f.message("answer", attached.answer, |_, answer| Some(answer)))?;
        Ok(Attached {
            petition: answer.id,
            hash: attached.hash,
            media_type: attached.media_type,
            revision: answer.revision,
        })
    }

    /// Hands the bytes of a document among a petition's papers to `take`, part by part; its failure
    /// ends the call. What was handed over is whole only once this has returned.
    ///
    /// # Errors
    /// What the server says.
    pub async fn get_document(
        &self,
        petition: PetitionId,
        hash: ContentHash,
        mut take: impl FnMut(&[u8]) -> std::io::Result<()>,
    ) -> Result<std::io::Result<()>, Error> {
        let asked = pb::GetDocumentRequest {
            petition: petition.to_string(),
            hash: hash.to_string(),
            position: String::new(),
        };
        let mut petitions = PetitionServiceClient::new(self.channel());
        let mut parts = answered(petitions.get_document(self.request(asked)).await)?;
        while let Some(part) = parts
            .message()
            .await
            .map_err(|status| status::read(&status))?
        {
            if let Some(Coming::Chunk(chunk)) = part.part
                && let Err(failed) = take(&chunk)
            {
                return Ok(Err(failed));
            }
        }
        Ok(Ok(()))
    }

    /// Has the server compare every attached file with its hash.
    ///
    /// # Errors
    /// What the server says.
    pub async fn check_attachments(
        &self,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<AttachmentsCheck, Error> {
        let mut admin = AdminServiceClient::new(self.channel());
        let asked = self.request(pb::CheckAttachmentsRequest {});
        let mut parts = answered(admin.check_attachments(asked).await)?;
        let mut report = None;
        while let Some(part) = parts
            .message()
            .await
            .map_err(|status| status::read(&status))?
        {
            match part.part {
                Some(Checking::Progress(at)) => progress(at.done, at.total),
                Some(Checking::Report(found)) => report = Some(found),
                None => {}
            }
        }
        read(|f| f.message("report", report, admin::read_check))
    }
}
