//! Duties, as a client reads them.

use domain::CadreId;
use views::{
    Page, PageRequest,
    duties::{DigestFilter, DutyDigest, DutyRow, WorkFilter},
};

use super::{Client, DutyServiceClient, Error, answered, page_of, read};
use crate::{
    duty,
    fields::{Word, shown},
    pb,
};

impl Client {
    /// The open duties as it is today, those due first at the front.
    ///
    /// # Errors
    /// What the server says.
    pub async fn duty_worklist(
        &self,
        filter: WorkFilter,
        page: PageRequest,
    ) -> Result<Page<DutyRow>, Error> {
        let asked = pb::ListDutiesRequest {
            unit: shown(filter.unit),
            handler: shown(filter.handler),
            kind: filter.kind.map(Word::write).unwrap_or_default(),
            band: filter.band.map(Word::write).unwrap_or_default(),
            page_size: page.page_size,
            page_token: shown(page.page_token),
            position: String::new(),
        };
        let mut duties = DutyServiceClient::new(self.channel());
        let found = answered(duties.list_duties(self.request(asked)).await)?;
        page_of(found.items, found.next_page_token, duty::read_row)
    }

    /// The duties of a person, those due last at the front; all of them or the open ones.
    ///
    /// # Errors
    /// What the server says.
    pub async fn duties_of_person(
        &self,
        person: CadreId,
        open: bool,
        page: PageRequest,
    ) -> Result<Page<DutyRow>, Error> {
        let asked = pb::ListDutiesOfPersonRequest {
            person: person.to_string(),
            open,
            page_size: page.page_size,
            page_token: shown(page.page_token),
            position: String::new(),
        };
        let mut duties = DutyServiceClient::new(self.channel());
        let found = answered(duties.list_duties_of_person(self.request(asked)).await)?;
        page_of(found.items, found.next_page_token, duty::read_row)
    }

    /// What someone finds on their desk this morning: the caller, if neither a unit nor a handler is
    /// named.
    ///
    /// # Errors
    /// What the server says.
    pub async fn duty_digest(&self, of: DigestFilter) -> Result<DutyDigest, Error> {
        let asked = pb::GetDutyDigestRequest {
            unit: shown(of.unit),
            handler: shown(of.handler),
            position: String::new(),
        };
        let mut duties = DutyServiceClient::new(self.channel());
        let found = answered(duties.get_duty_digest(self.request(asked)).await)?;
        read(|f| duty::read_digest(f, found))
    }
}
