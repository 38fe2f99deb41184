//! Plans for people.

use app::{Answer, App, Error, Request};
use domain::{
    CadreId, StaffId,
    plan::{AdoptPlan, Measure, Need, NeedKind, PlanCommand},
};
use event_log::Position;
use tonic::Status;
use uuid::Uuid;
use views::{
    PageRequest,
    plans::{
        MeasureFilter, MeasureRow, MeasureState, PlanFilter, PlanMeasure, PlanNeed, PlanPage,
        PlanReview, PlanRow, PlanState,
    },
};

use crate::{
    api::Api,
    calls::{Call, calls},
    fields::{Fields, Word, shown, words},
    page::{self, narrow},
    pb,
};

calls! {
    /// What may be called on the plans for a person.
    PlanCall of plan_service_server::PlanService {
        Adopt: adopt_plan(AdoptPlanRequest) -> AdoptPlanResponse,
        AddNeed: add_plan_need(AddPlanNeedRequest) -> AddPlanNeedResponse,
        ReviseNeed: revise_plan_need(RevisePlanNeedRequest) -> RevisePlanNeedResponse,
        AddMeasure: add_plan_measure(AddPlanMeasureRequest) -> AddPlanMeasureResponse,
        ReviseMeasure: revise_plan_measure(RevisePlanMeasureRequest) -> RevisePlanMeasureResponse,
        CompleteMeasure: complete_plan_measure(CompletePlanMeasureRequest)
            -> CompletePlanMeasureResponse,
        DropMeasure: drop_plan_measure(DropPlanMeasureRequest) -> DropPlanMeasureResponse,
        ReopenMeasure: reopen_plan_measure(ReopenPlanMeasureRequest) -> ReopenPlanMeasureResponse,
        Review: review_plan(ReviewPlanRequest) -> ReviewPlanResponse,
        WithdrawReview: withdraw_plan_review(WithdrawPlanReviewRequest)
            -> WithdrawPlanReviewResponse,
        Close: close_plan(ClosePlanRequest) -> ClosePlanResponse,
    }
    queries {
        list_plans(ListPlansRequest) -> ListPlansResponse,
        get_plan(GetPlanRequest) -> GetPlanResponse,
        list_plan_measures(ListPlanMeasuresRequest) -> ListPlanMeasuresResponse,
    }
}

words! {
    pb::NeedKind = NeedKind { Medical, Living, Spirit, Dispute, Other }
    pb::PlanState = PlanState { InForce, EndedByDeath, Closed }
    pb::MeasureState = MeasureState { ToDo, Completed, Dropped }
}

impl Call for PlanCall {
    type Id = CadreId;
    type Command = PlanCommand;
    const KIND: &'static str = "plan";

    fn read(self, _: Option<Uuid>, f: &Fields<'_>) -> Option<(CadreId, PlanCommand)> {
        match self {
            PlanCall::Adopt(asked) => {
                let plan = adoption(f, asked)?;
                Some((plan.person, PlanCommand::Adopt(plan)))
            }
            PlanCall::AddNeed(asked) => {
                let person = f.id("person", &asked.person);
                let need = f.message("need", asked.need, need)?;
                Some((person?, PlanCommand::AddNeed { need }))
            }
            PlanCall::ReviseNeed(asked) => {
                let person = f.id("person", &asked.person);
                let number = counted(f, "number", asked.number);
                let need = f.message("need", asked.need, need);
                let (number, need) = (number?, need?);
                Some((person?, PlanCommand::ReviseNeed { number, need }))
            }
            PlanCall::AddMeasure(asked) => {
                let person = f.id("person", &asked.person);
                let measure = f.message("measure", asked.measure, measure)?;
                Some((person?, PlanCommand::AddMeasure { measure }))
            }
            PlanCall::ReviseMeasure(asked) => {
                let person = f.id("person", &asked.person);
                let number = counted(f, "number", asked.number);
                let measure = f.message("measure", asked.measure, measure);
                let (number, measure) = (number?, measure?);
                Some((person?, PlanCommand::ReviseMeasure { number, measure }))
            }
            PlanCall::CompleteMeasure(asked) => {
                let person = f.id("person", &asked.person);
                let number = counted(f, "number", asked.number);
                let on = f.date("on", &asked.on);
                let result = f.optional_text("result", &asked.result);
                let (number, on, result) = (number?, on?, result?);
                Some((person?, PlanCommand::CompleteMeasure { number, on, result }))
            }
            PlanCall::DropMeasure(asked) => {
                let person = f.id("person", &asked.person);
                let number = counted(f, "number", asked.number);
                let reason = f.text("reason", &asked.reason);
                let (number, reason) = (number?, reason?);
                Some((person?, PlanCommand::DropMeasure { number, reason }))
            }
            PlanCall::ReopenMeasure(asked) => {
                let person = f.id("person", &asked.person);
                let number = counted(f, "number", asked.number);
                let reason = f.text("reason", &asked.reason);
                let (number, reason) = (number?, reason?);
                Some((person?, PlanCommand::ReopenMeasure { number, reason }))
            }
            PlanCall::Review(asked) => {
                let person = f.id("person", &asked.person);
                let on = f.date("on", &asked.on);
                let findings = f.text("findings", &asked.findings);
                let next_review = f.date("next_review", &asked.next_review);
                let review = PlanCommand::Review {
                    on: on?,
                    findings: findings?,
                    next_review: next_review?,
                };
                Some((person?, review))
            }
            PlanCall::WithdrawReview(asked) => {
                let person = f.id("person", &asked.person);
                let number = counted(f, "number", asked.number);
                let reason = f.text("reason", &asked.reason);
                let (number, reason) = (number?, reason?);
                Some((person?, PlanCommand::WithdrawReview { number, reason }))
            }
            PlanCall::Close(asked) => {
                let person = f.id("person", &asked.person);
                let reason = f.text("reason", &asked.reason)?;
                Some((person?, PlanCommand::Close { reason }))
            }
        }
    }

    async fn execute(
        app: &App,
        person: CadreId,
        command: PlanCommand,
        request: &Request,
    ) -> Result<Answer, Error> {
        app.plan(person, [command], request).await
    }
}

fn adoption(f: &Fields<'_>, asked: pb::AdoptPlanRequest) -> Option<AdoptPlan> {
    let person = f.id("person", &asked.person);
    let adopted_on = f.date("adopted_on", &asked.adopted_on);
    let needs = f.messages("needs", asked.needs, need);
    let measures = f.all("measures", asked.measures, measure);
    let next_review = f.date("next_review", &asked.next_review);
    Some(AdoptPlan {
        person: person?,
        adopted_on: adopted_on?,
        needs: needs?,
        measures: measures?,
        next_review: next_review?,
    })
}

fn need(f: &Fields<'_>, asked: pb::Need) -> Option<Need> {
    let kind = f.word("kind", asked.kind);
    let text = f.text("text", &asked.text);
    Some(Need {
        kind: kind?,
        text: text?,
    })
}

fn measure(f: &Fields<'_>, asked: pb::Measure) -> Option<Measure> {
    let need = counted(f, "need", asked.need);
    let text = f.text("text", &asked.text);
    let owner = f.text("owner", &asked.owner);
    let owner_name = f.text("owner_name", &asked.owner_name);
    let due = f.date("due", &asked.due);
    Some(Measure {
        need: need?,
        text: text?,
        owner: StaffId(owner?),
        owner_name: owner_name?,
        due: due?,
    })
}

/// A number counted from 1: 0 was left out.
fn counted(f: &Fields<'_>, name: &str, number: u32) -> Option<u32> {
    if number == 0 {
        return f.missing(name);
    }
    Some(number)
}

async fn list_plans(
    api: &Api,
    request: tonic::Request<pb::ListPlansRequest>,
) -> Result<pb::ListPlansResponse, Status> {
    let (reading, (filter, (page, position))) = api.asked(request, plan_filter)?;
    let found = api.at(position, reading.plans(filter, page)).await?;
    Ok(pb::ListPlansResponse {
        items: found.items.into_iter().map(row).collect(),
        next_page_token: found.next_page_token.unwrap_or_default(),
    })
}

fn plan_filter(
    f: &Fields<'_>,
    asked: pb::ListPlansRequest,
) -> Option<(PlanFilter, (PageRequest, Option<Position>))> {
    let person = f.optional_id("person", &asked.person);
    let state = f.optional_word("state", asked.state);
    let review_until = f.optional_date("review_until", &asked.review_until);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let filter = PlanFilter {
        unit: narrow(asked.unit),
        person: person?,
        state: state?,
        review_until: review_until?,
        overdue: asked.overdue,
    };
    Some((filter, page?))
}

async fn get_plan(
    api: &Api,
    request: tonic::Request<pb::GetPlanRequest>,
) -> Result<pb::GetPlanResponse, Status> {
    let (reading, ((person, number), position)) =
        api.asked(request, |f, asked: pb::GetPlanRequest| {
            let person = f.id("person", &asked.person);
            let position = f.optional_position("position", &asked.position);
            Some(((person?, asked.plan), position?))
        })?;
    let found = api.at(position, reading.plan(person, number)).await?;
    Ok(pb::GetPlanResponse {
        plan: Some(plan_page(found)),
    })
}

async fn list_plan_measures(
    api: &Api,
    request: tonic::Request<pb::ListPlanMeasuresRequest>,
) -> Result<pb::ListPlanMeasuresResponse, Status> {
    let (reading, (filter, (page, position))) = api.asked(request, measure_filter)?;
    let found = api
        .at(position, reading.plan_measures(filter, page))
        .await?;
    Ok(pb::ListPlanMeasuresResponse {
        items: found.items.into_iter().map(measure_row).collect(),
        next_page_token: found.next_page_token.unwrap_or_default(),
    })
}

fn measure_filter(
    f: &Fields<'_>,
    asked: pb::ListPlanMeasuresRequest,
) -> Option<(MeasureFilter, (PageRequest, Option<Position>))> {
    let owner = f.optional_text("owner", &asked.owner);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let filter = MeasureFilter {
        owner: owner?.map(StaffId),
        unit: narrow(asked.unit),
        overdue: asked.overdue,
    };
    Some((filter, page?))
}

fn row(known: PlanRow) -> pb::PlanRow {
    pb::PlanRow {
        person: known.person.to_string(),
        name: known.name.into(),
        unit: known.unit.to_string(),
        plan: known.plan,
        state: known.state.write(),
        adopted_on: known.adopted_on.to_string(),
        reviewed_on: shown(known.reviewed_on),
        next_review: known.next_review.to_string(),
        to_do: known.to_do,
        overdue: known.overdue,
        completed: known.completed,
        closed: shown(known.closed),
    }
}

fn plan_page(known: PlanPage) -> pb::PlanPage {
    let need = |known: PlanNeed| pb::PlanNeed {
        number: known.number,
        kind: known.kind.write(),
        text: known.text.into(),
    };
    let review = |known: PlanReview| pb::PlanReview {
        number: known.number,
        on: known.on.to_string(),
        findings: known.findings.into(),
        next_review: known.next_review.to_string(),
        withdrawn: known.withdrawn,
    };
    pb::PlanPage {
        row: Some(row(known.row)),
        needs: known.needs.into_iter().map(need).collect(),
        measures: known.measures.into_iter().map(plan_measure).collect(),
        reviews: known.reviews.into_iter().map(review).collect(),
        reason: shown(known.reason),
    }
}

fn plan_measure(known: PlanMeasure) -> pb::PlanMeasure {
    pb::PlanMeasure {
        number: known.number,
        need: known.need,
        text: known.text.into(),
        owner: known.owner.0.into(),
        owner_name: known.owner_name.into(),
        due: known.due.to_string(),
        state: known.state.write(),
        overdue: known.overdue,
        done_on: shown(known.done_on),
        remark: shown(known.remark),
    }
}

fn measure_row(known: MeasureRow) -> pb::MeasureRow {
    pb::MeasureRow {
        person: known.person.to_string(),
        name: known.name.into(),
        unit: known.unit.to_string(),
        plan: known.plan,
        number: known.number,
        kind: known.kind.write(),
        text: known.text.into(),
        owner: known.owner.0.into(),
        owner_name: known.owner_name.into(),
        due: known.due.to_string(),
        days_left: known.days_left,
    }
}
