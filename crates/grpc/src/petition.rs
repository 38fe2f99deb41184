//! Petitions.

mod answer;
mod clock;
mod commands;
mod documents;
mod facts;
mod handling;
mod intake;
mod oversight;
mod reading;
mod review;

use domain::{petition::Channel, petition_access::AttemptedBy};
use event_log::Position;
use tonic::{Response, Status, Streaming};
use views::{
    PageRequest,
    petition_access::Attempt,
    petitions::{PetitionFilter, PetitionRow, PetitionStage},
};

pub(crate) use reading::{read_board, read_report, read_work};

use self::reading::{get_petition_board, get_petition_figures, list_petition_work};
use crate::{
    api::Api,
    calls::calls,
    fields::{Fields, Word, shown, words},
    history::{self, when},
    page::{self, narrow},
    pb,
    stream::Parts,
};

calls! {
    /// What may be called on a petition.
    PetitionCall of petition_service_server::PetitionService {
        Register: register_petition(RegisterPetitionRequest) -> RegisterPetitionResponse,
        Accept: accept_petition(AcceptPetitionRequest) -> AcceptPetitionResponse,
        Reply: reply_to_petition(ReplyToPetitionRequest) -> ReplyToPetitionResponse,
        Close: close_petition(ClosePetitionRequest) -> ClosePetitionResponse,
        ClassifyPetition: classify_petition(ClassifyPetitionRequest) -> ClassifyPetitionResponse,
        NameAccused: name_accused(NameAccusedRequest) -> NameAccusedResponse,
        LinkDuplicate: link_duplicate(LinkDuplicateRequest) -> LinkDuplicateResponse,
        RefuseFinal: refuse_final(RefuseFinalRequest) -> RefuseFinalResponse,
        RouteOnward: route_onward(RouteOnwardRequest) -> RouteOnwardResponse,
        NotifyPetitioner: notify_petitioner(NotifyPetitionerRequest) -> NotifyPetitionerResponse,
        ObjectToPetition: object_to_petition(ObjectToPetitionRequest) -> ObjectToPetitionResponse,
        SenderAgrees: sender_agrees(SenderAgreesRequest) -> SenderAgreesResponse,
        SenderDeclines: sender_declines(SenderDeclinesRequest) -> SenderDeclinesResponse,
        ReturnPetition: return_petition(ReturnPetitionRequest) -> ReturnPetitionResponse,
        WithdrawPetition: withdraw_petition(WithdrawPetitionRequest) -> WithdrawPetitionResponse,
        AssignPetition: assign_petition(AssignPetitionRequest) -> AssignPetitionResponse,
        RecuseStaff: recuse_staff(RecuseStaffRequest) -> RecuseStaffResponse,
        NoteFinding: note_finding(NoteFindingRequest) -> NoteFindingResponse,
        OpenHearing: open_hearing(OpenHearingRequest) -> OpenHearingResponse,
        HoldHearing: hold_hearing(HoldHearingRequest) -> HoldHearingResponse,
        RecordMediation: record_mediation(RecordMediationRequest) -> RecordMediationResponse,
        ExtendHandling: extend_handling(ExtendHandlingRequest) -> ExtendHandlingResponse,
        IssueOpinion: issue_opinion(IssueOpinionRequest) -> IssueOpinionResponse,
        DeliverDocument: deliver_document(DeliverDocumentRequest) -> DeliverDocumentResponse,
        RateHandling: rate_handling(RateHandlingRequest) -> RateHandlingResponse,
        FollowUpExecution: follow_up_execution(FollowUpExecutionRequest) -> FollowUpExecutionResponse,
        RecordExecution: record_execution(RecordExecutionRequest) -> RecordExecutionResponse,
        ReopenPetition: reopen_petition(ReopenPetitionRequest) -> ReopenPetitionResponse,
        RequestReview: request_review(RequestReviewRequest) -> RequestReviewResponse,
        DecideReview: decide_review(DecideReviewRequest) -> DecideReviewResponse,
        SupervisePetition: supervise_petition(SupervisePetitionRequest) -> SupervisePetitionResponse,
        GiveFeedback: give_feedback(GiveFeedbackRequest) -> GiveFeedbackResponse,
        ReportUrgent: report_urgent(ReportUrgentRequest) -> ReportUrgentResponse,
        OfferAid: offer_aid(OfferAidRequest) -> OfferAidResponse,
        WithdrawDocument: withdraw_document(WithdrawDocumentRequest) -> WithdrawDocumentResponse,
    }
    queries {
        get_petition(GetPetitionRequest) -> GetPetitionResponse,
        list_petitions(ListPetitionsRequest) -> ListPetitionsResponse,
        get_petition_history(GetPetitionHistoryRequest) -> GetPetitionHistoryResponse,
        list_petition_work(ListPetitionWorkRequest) -> ListPetitionWorkResponse,
        get_petition_board(GetPetitionBoardRequest) -> GetPetitionBoardResponse,
        get_petition_figures(GetPetitionFiguresRequest) -> GetPetitionFiguresResponse,
        list_petition_attempts(ListPetitionAttemptsRequest) -> ListPetitionAttemptsResponse,
    }
    streams {
        type GetDocumentStream = Parts<pb::GetDocumentResponse>;

        async fn attach_document(
            &self,
            request: tonic::Request<Streaming<pb::AttachDocumentRequest>>,
        ) -> Result<Response<pb::AttachDocumentResponse>, Status> {
            documents::attach(self, request).await.map(Response::new)
        }

        async fn get_document(
            &self,
            request: tonic::Request<pb::GetDocumentRequest>,
        ) -> Result<Response<Parts<pb::GetDocumentResponse>>, Status> {
            documents::get(self, request).await.map(Response::new)
        }
    }
}

words! {
    pb::AttemptedBy = AttemptedBy { Id, History, Command, Search }
    pb::Channel = Channel { Letter, Visit, Phone, Web, Oral }
    pb::PetitionStage = PetitionStage {
        Received, Objected, ReturnAgreed, Accepted, Opined, Replied, UnderReview, ReviewDecided,
        Reviewed, UnderFinalReview, FinalReviewDecided, FinallyReviewed, Linked, RoutedOnward,
        Returned, Withdrawn, RefusedAsFinal, Closed,
    }
}

/// How much of its history a page of facts shows: more than any petition has by far.
const TIMELINE: u32 = 200;

async fn get_petition(
    api: &Api,
    request: tonic::Request<pb::GetPetitionRequest>,
) -> Result<pb::GetPetitionResponse, Status> {
    let (reading, (petition, position)) =
        api.asked(request, |f, asked: pb::GetPetitionRequest| {
            let petition = f.id("petition", &asked.petition);
            petition.zip(f.optional_position("position", &asked.position))
        })?;
    let found = api.at(position, reading.petition_text(petition)).await?;
    let newest = PageRequest {
        page_size: TIMELINE,
        page_token: None,
    };
    let timeline = api
        .at(None, reading.petition_history(petition, newest))
        .await?;
    Ok(pb::GetPetitionResponse {
        row: Some(row(found.row)),
        text: found.text.into(),
        reply: shown(found.reply),
        details: Some(facts::details(found.details)),
        facts: Some(facts::facts(found.facts)),
        timeline: timeline.items.into_iter().map(history::entry).collect(),
    })
}

async fn list_petitions(
    api: &Api,
    request: tonic::Request<pb::ListPetitionsRequest>,
) -> Result<pb::ListPetitionsResponse, Status> {
    let (reading, (filter, (page, position))) = api.asked(request, filter)?;
    let petitions = api.at(position, reading.petitions(filter, page)).await?;
    Ok(pb::ListPetitionsResponse {
        items: petitions.items.into_iter().map(row).collect(),
        next_page_token: petitions.next_page_token.unwrap_or_default(),
    })
}

async fn get_petition_history(
    api: &Api,
    request: tonic::Request<pb::GetPetitionHistoryRequest>,
) -> Result<pb::GetPetitionHistoryResponse, Status> {
    let (reading, (petition, (page, position))) =
        api.asked(request, |f, asked: pb::GetPetitionHistoryRequest| {
            let petition = f.id("petition", &asked.petition);
            petition.zip(page::read(
                f,
                asked.page_size,
                asked.page_token,
                &asked.position,
            ))
        })?;
    let history = api
        .at(position, reading.petition_history(petition, page))
        .await?;
    Ok(pb::GetPetitionHistoryResponse {
        items: history.items.into_iter().map(history::entry).collect(),
        next_page_token: history.next_page_token.unwrap_or_default(),
    })
}

async fn list_petition_attempts(
    api: &Api,
    request: tonic::Request<pb::ListPetitionAttemptsRequest>,
) -> Result<pb::ListPetitionAttemptsResponse, Status> {
    let (reading, (petition, (page, position))) =
        api.asked(request, |f, asked: pb::ListPetitionAttemptsRequest| {
            let petition = f.id("petition", &asked.petition);
            petition.zip(page::read(
                f,
                asked.page_size,
                asked.page_token,
                &asked.position,
            ))
        })?;
    let attempts = api
        .at(position, reading.petition_attempts(petition, page))
        .await?;
    let attempt = |known: Attempt| pb::PetitionAttempt {
        recorded: known.recorded.to_string(),
        actor: Some(history::actor(known.actor)),
        by: known.by.write(),
    };
    Ok(pb::ListPetitionAttemptsResponse {
        items: attempts.items.into_iter().map(attempt).collect(),
        next_page_token: attempts.next_page_token.unwrap_or_default(),
    })
}

fn filter(
    f: &Fields<'_>,
    asked: pb::ListPetitionsRequest,
) -> Option<(PetitionFilter, (PageRequest, Option<Position>))> {
    let stage = f.optional_word("stage", asked.stage);
    let received_from = f.optional_date("received_from", &asked.received_from);
    let received_until = f.optional_date("received_until", &asked.received_until);
    let person = f.optional_id("person", &asked.person);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let filter = PetitionFilter {
        q: narrow(asked.q),
        stage: stage?,
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
        stage: known.stage.write(),
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
        stage: f.word("stage", row.stage)?,
        received: f.when("received", &row.received)?,
        accepted: f.optional_when("accepted", &row.accepted)?,
        replied: f.optional_when("replied", &row.replied)?,
        closed: f.optional_when("closed", &row.closed)?,
    })
}
