//! Documents among the papers (附件): the bytes first, then the word that they belong there.

use std::collections::BTreeSet;

use attachments::{Content, Incoming, Received};
use domain::{
    ContentHash, PetitionId, Text,
    petition::{AttachedDocument, DocumentKind, DocumentStep, PetitionCommand},
};
use futures::TryStreamExt as _;
use serde::Serialize;
use views::petitions::{self, PetitionDocument};

use crate::{Answer, App, Error, Outcome, Reading, Request};

/// What is said about a file that is attached; the rest is found in its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentAbout {
    /// What it is.
    pub kind: DocumentKind,
    /// Where in the procedure it belongs.
    pub step: DocumentStep,
    /// 题名, where the kind does not say enough.
    pub title: Option<Text>,
    /// The file's name.
    pub file_name: Text,
}

/// What a check of the store of attachments found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AttachmentsCheck {
    /// How many files the record names.
    pub named: u64,
    /// Those whose bytes are not the ones that were stored.
    pub damaged: Vec<ContentHash>,
    /// Those that are not in the store.
    pub missing: Vec<ContentHash>,
    /// The keys in the store that the record does not name. They do no harm: a request that broke
    /// off leaves one, and so does one under way.
    pub orphans: Vec<String>,
}

impl AttachmentsCheck {
    /// Whether every file that the record names can be read.
    pub fn is_whole(&self) -> bool {
        self.damaged.is_empty() && self.missing.is_empty()
    }
}

impl App {
    /// Begins to receive a file.
    ///
    /// # Errors
    /// [`Error::Attachments`].
    pub fn receive_file(&self) -> Result<Incoming, Error> {
        Ok(self.parts.attachments.receive()?)
    }

    /// Stores a file and puts it among a petition's papers. Nobody can attach a file by its hash
    /// alone: whoever names one has it.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn attach_document(
        &self,
        petition: PetitionId,
        about: DocumentAbout,
        received: Received,
        request: &Request,
    ) -> Result<Answer, Error> {
        let DocumentAbout {
            kind,
            step,
            title,
            file_name,
        } = about;
        let document = AttachedDocument {
            hash: received.hash(),
            size: received.size(),
            media_type: received.media_type(),
            kind,
            step,
            title,
            file_name,
        };
        let command = PetitionCommand::AttachDocument { document };
        // Decided before anything is stored: a refused file leaves no trace.
        let rehearsal = Request {
            dry_run: true,
            ..request.clone()
        };
        let rehearsed = self
            .petition(petition, [command.clone()], &rehearsal)
            .await?;
        if request.dry_run || rehearsed.outcome == Outcome::Repeated {
            return Ok(rehearsed);
        }
        self.parts.attachments.store(received).await?;
        self.petition(petition, [command], request).await
    }

    /// Reads every file that the record names, and looks for those that it does not name.
    ///
    /// # Errors
    /// If the store, the log or the views do not answer.
    pub async fn check_attachments(
        &self,
        mut progress: impl FnMut(u64, u64) + Send,
    ) -> Result<AttachmentsCheck, Error> {
        let store = &self.parts.attachments;
        // First what is stored, then what is named: a file attached in between is no orphan.
        let keys: Vec<_> = store.keys().try_collect().await?;
        if let Some(head) = self.parts.log.head().await? {
            self.reached(head).await?;
        }
        let named = self.parts.views.query(petitions::stored_files).await?;
        let total = named.len() as u64;
        let mut check = AttachmentsCheck {
            named: total,
            ..AttachmentsCheck::default()
        };
        for (done, &(hash, size)) in (1..).zip(&named) {
            match store.check(hash, size).await {
                Ok(()) => {}
                Err(attachments::Error::Damaged { .. }) => check.damaged.push(hash),
                Err(attachments::Error::Missing { .. }) => check.missing.push(hash),
                Err(error) => return Err(error.into()),
            }
            progress(done, total);
        }
        let hashes: BTreeSet<ContentHash> = named.into_iter().map(|(hash, _)| hash).collect();
        let is_named = |hash: Option<ContentHash>| hash.is_some_and(|hash| hashes.contains(&hash));
        let orphans = keys.into_iter().filter(|(_, hash)| !is_named(*hash));
        check.orphans = orphans.map(|(key, _)| key).collect();
        check.orphans.sort();
        Ok(check)
    }
}

impl Reading {
    /// A document among the papers of a petition, with its bytes. A hash alone gives nothing: the
    /// reader must be shown the petition.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Attachments`] where the bytes are damaged or missing.
    pub async fn petition_document(
        &self,
        petition: PetitionId,
        hash: ContentHash,
    ) -> Result<(PetitionDocument, Content), Error> {
        let petition = self.petition_text(petition).await?;
        let mut documents = petition.details.documents.into_iter();
        let document = documents
            .find(|document| document.hash == hash)
            .ok_or(Error::NotFound("document"))?;
        let content = self.app.parts.attachments.open(hash, document.size).await?;
        Ok((document, content))
    }
}
