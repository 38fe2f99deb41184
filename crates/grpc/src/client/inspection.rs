//! What an inspector asks.

use std::io;

use ::inspection::{
    AsOf, Change, FieldOrigin, Step, Subject,
    mining::{Mined, Notation},
};
use app::{Dossier, Search};
use serde::Serialize;
use tonic::Streaming;
use views::{Page, PageRequest};

use super::{Client, Error, answered, page_of, read};
use crate::{
    fields::shown,
    inspection, mining,
    pb::{
        self, get_bundle_response::Part as Bundled,
        inspection_service_client::InspectionServiceClient, mine_log_response::Part as MinedPart,
    },
    status,
};

/// What a bundle holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BundleSummary {
    /// The ledger it is proven by.
    pub origin: String,
    /// How many events it holds.
    pub events: u64,
    /// How many streams they are of.
    pub streams: u64,
    /// How many events the checkpoint covers.
    pub size: u64,
    /// The SHA-256 of the state that follows from the events, in hexadecimal digits.
    pub state: String,
    /// The characters that the printed report has no picture of.
    pub missing: String,
}

impl Client {
    /// A subject as of a moment.
    ///
    /// # Errors
    /// What the server says.
    pub async fn dossier(&self, subject: Subject, as_of: AsOf) -> Result<Dossier, Error> {
        let asked = pb::GetDossierRequest {
            subject: Some(inspection::wire(subject)),
            as_of: Some(inspection::wire_as_of(as_of)),
            position: String::new(),
        };
        let found = answered(self.inspection().get_dossier(self.request(asked)).await)?;
        read(|f| inspection::read_dossier(f, &found))
    }

    /// What differs between two moments of a subject.
    ///
    /// # Errors
    /// What the server says.
    pub async fn dossier_changes(
        &self,
        subject: Subject,
        before: AsOf,
        after: AsOf,
    ) -> Result<Vec<Change>, Error> {
        let asked = pb::CompareDossiersRequest {
            subject: Some(inspection::wire(subject)),
            before: Some(inspection::wire_as_of(before)),
            after: Some(inspection::wire_as_of(after)),
            position: String::new(),
        };
        let found = answered(
            self.inspection()
                .compare_dossiers(self.request(asked))
                .await,
        )?;
        read(|f| f.all("changes", found.changes, inspection::read_change))
    }

    /// Each field of a dossier, or of the part at this path, with the event that last set it.
    ///
    /// # Errors
    /// What the server says.
    pub async fn dossier_origins(
        &self,
        subject: Subject,
        as_of: AsOf,
        field: Option<String>,
    ) -> Result<Vec<FieldOrigin>, Error> {
        let asked = pb::GetDossierOriginsRequest {
            subject: Some(inspection::wire(subject)),
            as_of: Some(inspection::wire_as_of(as_of)),
            field: shown(field),
            position: String::new(),
        };
        let mut service = self.inspection();
        let found = answered(service.get_dossier_origins(self.request(asked)).await)?;
        read(|f| f.all("fields", found.fields, inspection::read_field))
    }

    /// The events of a dossier, each with what it changed.
    ///
    /// # Errors
    /// What the server says.
    pub async fn dossier_steps(
        &self,
        subject: Subject,
        as_of: AsOf,
        search: Search,
        page: PageRequest,
    ) -> Result<Page<Step>, Error> {
        let asked = pb::ListDossierStepsRequest {
            subject: Some(inspection::wire(subject)),
            as_of: Some(inspection::wire_as_of(as_of)),
            field: shown(search.field),
            equals: shown(search.equals),
            page_size: page.page_size,
            page_token: shown(page.page_token),
            position: String::new(),
        };
        let found = answered(
            self.inspection()
                .list_dossier_steps(self.request(asked))
                .await,
        )?;
        page_of(found.items, found.next_page_token, inspection::read_step)
    }

    /// Hands the bytes of a bundle to `take`, part by part; its failure ends the call. What was handed over
    /// is whole only once this has returned.
    ///
    /// # Errors
    /// What the server says.
    pub async fn bundle(
        &self,
        subject: Subject,
        as_of: AsOf,
        printed: bool,
        take: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<io::Result<BundleSummary>, Error> {
        let asked = pb::GetBundleRequest {
            subject: Some(inspection::wire(subject)),
            as_of: Some(inspection::wire_as_of(as_of)),
            without_pdf: !printed,
            position: String::new(),
        };
        let parts = answered(self.inspection().get_bundle(self.request(asked)).await)?;
        let part = |part: pb::GetBundleResponse| {
            Some(match part.part? {
                Bundled::Summary(summary) => Part::Summary(summary),
                Bundled::Chunk(chunk) => Part::Chunk(chunk),
            })
        };
        let taken = take_file(parts, part, take).await?;
        Ok(taken.map(|held| BundleSummary {
            origin: held.origin,
            events: held.events,
            streams: held.streams,
            size: held.size,
            state: held.state,
            missing: held.missing,
        }))
    }

    /// Hands the bytes of the log for process mining to `take`, as [`Client::bundle`] does those of a bundle.
    ///
    /// # Errors
    /// What the server says.
    pub async fn mined_log(
        &self,
        notation: Notation,
        take: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<io::Result<Mined>, Error> {
        let asked = pb::MineLogRequest {
            notation: Some(mining::wire(notation)),
            position: String::new(),
        };
        let parts = answered(self.inspection().mine_log(self.request(asked)).await)?;
        let part = |part: pb::MineLogResponse| {
            Some(match part.part? {
                MinedPart::Summary(summary) => Part::Summary(summary),
                MinedPart::Chunk(chunk) => Part::Chunk(chunk),
            })
        };
        let taken = take_file(parts, part, take).await?;
        Ok(taken.map(|pb::MinedSummary { events, objects }| Mined { events, objects }))
    }

    fn inspection(&self) -> InspectionServiceClient<tonic::transport::Channel> {
        // A dossier is as long as what it tells.
        InspectionServiceClient::new(self.channel()).max_decoding_message_size(usize::MAX)
    }
}

/// A part of a file that the server makes.
enum Part<S> {
    /// What it holds.
    Summary(S),
    /// Its next bytes.
    Chunk(Vec<u8>),
}

/// Hands the bytes of a file to `take` until it fails; what the file holds, once it is whole.
async fn take_file<M, S>(
    mut parts: Streaming<M>,
    part: impl Fn(M) -> Option<Part<S>>,
    mut take: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<io::Result<S>, Error> {
    let mut summary = None;
    while let Some(next) = parts
        .message()
        .await
        .map_err(|status| status::read(&status))?
    {
        match part(next) {
            Some(Part::Summary(held)) => summary = Some(held),
            Some(Part::Chunk(chunk)) => {
                if let Err(failed) = take(&chunk) {
                    return Ok(Err(failed));
                }
            }
            None => {}
        }
    }
    read(|f| f.message("summary", summary, |_, held| Some(held))).map(Ok)
}
