//! Queries on the register.

use std::time::Duration;

use app::Error;
use calendar::{Date, IdNumber};
use domain::{CadreId, StaffId};
use event_log::Position;
use tonic::{Request, Response, Status};
use views::{
    PageRequest,
    register::{BirthdayFilter, Find},
};

use crate::{
    api::Api,
    card,
    fields::Fields,
    history,
    page::{self, narrow},
    pb, person,
};

/// How far a list of birthdays looks ahead if its last day is not said.
const A_MONTH: Duration = Duration::from_secs(30 * 86_400);

/// By what a person is known.
enum By {
    Person(CadreId),
    IdNumber(IdNumber),
}

#[tonic::async_trait]
impl pb::register_service_server::RegisterService for Api {
    async fn find_people(
        &self,
        request: Request<pb::FindPeopleRequest>,
    ) -> Result<Response<pb::FindPeopleResponse>, Status> {
        let (reading, (find, (page, position))) = self.asked(request, find)?;
        let found = self.at(position, reading.find_people(find, page)).await?;
        Ok(Response::new(pb::FindPeopleResponse {
            items: found.items.into_iter().map(person::row).collect(),
            next_page_token: found.next_page_token.unwrap_or_default(),
        }))
    }

    async fn get_person(
        &self,
        request: Request<pb::GetPersonRequest>,
    ) -> Result<Response<pb::GetPersonResponse>, Status> {
        let (reading, (by, position)) = self.asked(request, by)?;
        let card = async {
            let person = match by {
                By::Person(person) => person,
                By::IdNumber(number) => {
                    let holder = reading.person_by_id_number(&number).await?;
                    holder.ok_or(Error::NotFound("person"))?
                }
            };
            reading.person_card(person).await
        };
        let card = self.at(position, card).await?;
        Ok(Response::new(pb::GetPersonResponse {
            card: Some(person::card(card)),
        }))
    }

    async fn get_history(
        &self,
        request: Request<pb::GetHistoryRequest>,
    ) -> Result<Response<pb::GetHistoryResponse>, Status> {
        let (reading, (person, (page, position))) =
            self.asked(request, |f, asked: pb::GetHistoryRequest| {
                let person = f.id("person", &asked.person);
                person.zip(page::read(
                    f,
                    asked.page_size,
                    asked.page_token,
                    &asked.position,
                ))
            })?;
        let history = self.at(position, reading.history(person, page)).await?;
        Ok(Response::new(pb::GetHistoryResponse {
            items: history.items.into_iter().map(history::entry).collect(),
            next_page_token: history.next_page_token.unwrap_or_default(),
        }))
    }

    async fn get_counts(
        &self,
        request: Request<pb::GetCountsRequest>,
    ) -> Result<Response<pb::GetCountsResponse>, Status> {
        let (reading, (unit, position)) =
            self.asked(request, |f, asked: pb::GetCountsRequest| {
                let unit = f.optional_text("unit", &asked.unit);
                unit.zip(f.optional_position("position", &asked.position))
            })?;
        let counts = async {
            let units = match &unit {
                None => reading.counts_by_unit().await?,
                Some(_) => vec![],
            };
            Ok((reading.counts(unit).await?, units))
        };
        let (counts, units) = self.at(position, counts).await?;
        Ok(Response::new(pb::GetCountsResponse {
            counts: Some(person::counts(counts)),
            units: units.into_iter().map(person::unit_counts).collect(),
        }))
    }

    async fn list_birthdays(
        &self,
        request: Request<pb::ListBirthdaysRequest>,
    ) -> Result<Response<pb::ListBirthdaysResponse>, Status> {
        let today = self.app.today();
        let (reading, (filter, (page, position))) =
            self.asked(request, |f, asked| birthdays(f, asked, today))?;
        let found = self.at(position, reading.birthdays(filter, page)).await?;
        Ok(Response::new(pb::ListBirthdaysResponse {
            items: found.items.into_iter().map(person::birthday).collect(),
            next_page_token: found.next_page_token.unwrap_or_default(),
        }))
    }

    async fn list_contact_cards(
        &self,
        request: Request<pb::ListContactCardsRequest>,
    ) -> Result<Response<pb::ListContactCardsResponse>, Status> {
        let (reading, (filter, (page, position))) = self.asked(request, card::filter)?;
        let found = self
            .at(position, reading.contact_cards(filter, page))
            .await?;
        Ok(Response::new(pb::ListContactCardsResponse {
            items: found.items.into_iter().map(card::card).collect(),
            next_page_token: found.next_page_token.unwrap_or_default(),
        }))
    }

    async fn get_contact_card(
        &self,
        request: Request<pb::GetContactCardRequest>,
    ) -> Result<Response<pb::GetContactCardResponse>, Status> {
        let (reading, (person, position)) = self.asked(request, card::whose)?;
        let found = self.at(position, reading.contact_card(person)).await?;
        Ok(Response::new(pb::GetContactCardResponse {
            card: Some(card::card(found)),
        }))
    }
}

fn find(
    f: &Fields<'_>,
    asked: pb::FindPeopleRequest,
) -> Option<(Find, (PageRequest, Option<Position>))> {
    let status = f.optional_word("status", asked.status);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let find = Find {
        q: narrow(asked.q),
        unit: narrow(asked.unit),
        work_unit: narrow(asked.work_unit),
        branch: narrow(asked.branch),
        status: status?,
        living: asked.living,
        member: asked.member,
        hardship: asked.hardship,
        contact: asked.contact,
        superseded: asked.superseded,
    };
    Some((find, page?))
}

fn birthdays(
    f: &Fields<'_>,
    asked: pb::ListBirthdaysRequest,
    today: Date,
) -> Option<(BirthdayFilter, (PageRequest, Option<Position>))> {
    let from = f.optional_date("from", &asked.from);
    let until = f.optional_date("until", &asked.until);
    let contact = f.optional_text("contact", &asked.contact);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let from = from?.unwrap_or(today);
    let filter = BirthdayFilter {
        from,
        until: until?.unwrap_or_else(|| from.saturating_add(A_MONTH)),
        unit: narrow(asked.unit),
        contact: contact?.map(StaffId),
        named: asked.named,
    };
    Some((filter, page?))
}

fn by(f: &Fields<'_>, asked: pb::GetPersonRequest) -> Option<(By, Option<Position>)> {
    use pb::get_person_request::By as Asked;
    let by = match asked.by {
        None => f.missing("by"),
        Some(Asked::Person(id)) => f.id("person", &id).map(By::Person),
        Some(Asked::IdNumber(number)) => f.id_number("id_number", &number).map(By::IdNumber),
    };
    by.zip(f.optional_position("position", &asked.position))
}
