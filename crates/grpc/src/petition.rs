//! Petitions.

use app::{Answer, App, Error, Request};
use domain::{
    PetitionId,
    petition::{Channel, Intake, Petition, PetitionCommand, Petitioner},
};
use event_log::Position;
use tonic::Status;
use uuid::Uuid;
use views::{
    PageRequest,
    petitions::{PetitionFilter, PetitionRow, PetitionState},
};

use crate::{
    api::{Api, asked},
    calls::{Call, calls},
    fields::{Fields, Word, shown, words},
    history::{self, when},
    page::{self, narrow},
    pb,
};

calls! {
    /// What may be called on a petition.
    PetitionCall of petition_service_server::PetitionService {
        Register: register_petition(RegisterPetitionRequest) -> RegisterPetitionResponse,
        Accept: accept_petition(AcceptPetitionRequest) -> AcceptPetitionResponse,
        Reply: reply_to_petition(ReplyToPetitionRequest) -> ReplyToPetitionResponse,
        Close: close_petition(ClosePetitionRequest) -> ClosePetitionResponse,
    }
    queries {
        get_petition(GetPetitionRequest) -> GetPetitionResponse,
        list_petitions(ListPetitionsRequest) -> ListPetitionsResponse,
        get_petition_history(GetPetitionHistoryRequest) -> GetPetitionHistoryResponse,
    }
}

words! {
    pb::Channel = Channel { Letter, Visit, Phone, Web, Oral }
    pb::PetitionState = PetitionState { Registered, Accepted, Replied, Closed }
}

impl Call for PetitionCall {
    type Id = PetitionId;
    type Command = PetitionCommand;
    const KIND: &'static str = "petition";

    fn read(self, new_id: Option<Uuid>, f: &Fields<'_>) -> Option<(PetitionId, PetitionCommand)> {
        match self {
            PetitionCall::Register(asked) => {
                let id = new_id.map(PetitionId);
                let petition = f.message("petition", asked.petition, |f, asked| {
                    petition(f, id, asked)
                });
                Some((
                    id?,
                    PetitionCommand::Register {
                        petition: petition?,
                    },
                ))
            }
            PetitionCall::Accept(asked) => {
                let id = f.id("id", &asked.id);
                let accepted = f.when("accepted", &asked.accepted);
                Some((
                    id?,
                    PetitionCommand::Accept {
                        accepted: accepted?,
                    },
                ))
            }
            PetitionCall::Reply(asked) => {
                let id = f.id("id", &asked.id);
                let text = f.text("text", &asked.text);
                let delivered = f.when("delivered", &asked.delivered);
                Some((
                    id?,
                    PetitionCommand::Reply {
                        text: text?,
                        delivered: delivered?,
                    },
                ))
            }
            PetitionCall::Close(asked) => {
                let id = f.id("id", &asked.id);
                Some((id?, PetitionCommand::Close { exemption: None }))
            }
        }
    }

    async fn execute(
        app: &App,
        id: PetitionId,
        command: PetitionCommand,
        request: &Request,
    ) -> Result<Answer, Error> {
        app.petition(id, [command], request).await
    }
}

fn petition(f: &Fields<'_>, id: Option<PetitionId>, asked: pb::Petition) -> Option<Petition> {
    let number = f.optional_text("number", &asked.number);
    let channel = f.word("channel", asked.channel);
    let petitioner = f.message("petitioner", asked.petitioner, petitioner);
    let subject = f.text("subject", &asked.subject);
    let text = f.text("text", &asked.text);
    let received = f.when("received", &asked.received);
    Some(Petition {
        id: id?,
        number: number?,
        channel: channel?,
        petitioner: petitioner?,
        subject: subject?,
        text: text?,
        received: received?,
        intake: Intake::default(),
    })
}

fn petitioner(f: &Fields<'_>, asked: pb::Petitioner) -> Option<Petitioner> {
    let name = f.text("name", &asked.name);
    let person = f.optional_id("person", &asked.person);
    Some(Petitioner {
        name: name?,
        person: person?,
    })
}

async fn get_petition(
    api: &Api,
    request: tonic::Request<pb::GetPetitionRequest>,
) -> Result<pb::GetPetitionResponse, Status> {
    let (petition, position) = asked(request, |f, asked: pb::GetPetitionRequest| {
        let petition = f.id("petition", &asked.petition);
        petition.zip(f.optional_position("position", &asked.position))
    })?;
    let found = api.at(position, api.app.petition_text(petition)).await?;
    Ok(pb::GetPetitionResponse {
        row: Some(row(found.row)),
        text: found.text.into(),
        reply: shown(found.reply),
    })
}

async fn list_petitions(
    api: &Api,
    request: tonic::Request<pb::ListPetitionsRequest>,
) -> Result<pb::ListPetitionsResponse, Status> {
    let (filter, (page, position)) = asked(request, filter)?;
    let petitions = api.at(position, api.app.petitions(filter, page)).await?;
    Ok(pb::ListPetitionsResponse {
        items: petitions.items.into_iter().map(row).collect(),
        next_page_token: petitions.next_page_token.unwrap_or_default(),
    })
}

async fn get_petition_history(
    api: &Api,
    request: tonic::Request<pb::GetPetitionHistoryRequest>,
) -> Result<pb::GetPetitionHistoryResponse, Status> {
    let (petition, (page, position)) =
        asked(request, |f, asked: pb::GetPetitionHistoryRequest| {
            let petition = f.id("petition", &asked.petition);
            petition.zip(page::read(
                f,
                asked.page_size,
                asked.page_token,
                &asked.position,
            ))
        })?;
    let history = api
        .at(position, api.app.petition_history(petition, page))
        .await?;
    Ok(pb::GetPetitionHistoryResponse {
        items: history.items.into_iter().map(history::entry).collect(),
        next_page_token: history.next_page_token.unwrap_or_default(),
    })
}

fn filter(
    f: &Fields<'_>,
    asked: pb::ListPetitionsRequest,
) -> Option<(PetitionFilter, (PageRequest, Option<Position>))> {
    let state = f.optional_word("state", asked.state);
    let received_from = f.optional_date("received_from", &asked.received_from);
    let received_until = f.optional_date("received_until", &asked.received_until);
    let person = f.optional_id("person", &asked.person);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let filter = PetitionFilter {
        q: narrow(asked.q),
        state: state?,
        received_from: received_from?,
        received_until: received_until?,
        person: person?,
    };
    Some((filter, page?))
}

fn row(known: PetitionRow) -> pb::PetitionRow {
    pb::PetitionRow {
        petition: known.petition.to_string(),
        number: shown(known.number),
        subject: known.subject.into(),
        petitioner: known.petitioner.into(),
        person: shown(known.person),
        channel: known.channel.write(),
        state: known.state.write(),
        received: when(known.received),
        accepted: known.accepted.map(when).unwrap_or_default(),
        replied: known.replied.map(when).unwrap_or_default(),
        closed: known.closed.map(when).unwrap_or_default(),
    }
}

pub(crate) fn read_row(f: &Fields<'_>, row: pb::PetitionRow) -> Option<PetitionRow> {
    Some(PetitionRow {
        petition: f.id("petition", &row.petition)?,
        number: f.optional_text("number", &row.number)?,
        subject: f.text("subject", &row.subject)?,
        petitioner: f.text("petitioner", &row.petitioner)?,
        person: f.optional_id("person", &row.person)?,
        channel: f.word("channel", row.channel)?,
        state: f.word("state", row.state)?,
        received: f.when("received", &row.received)?,
        accepted: f.optional_when("accepted", &row.accepted)?,
        replied: f.optional_when("replied", &row.replied)?,
        closed: f.optional_when("closed", &row.closed)?,
    })
}
