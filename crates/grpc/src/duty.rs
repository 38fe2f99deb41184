//! Duties. What opens and closes them is not the caller's to say.

mod reading;
mod shown;

use app::{Answer, App, Error, Request};
use domain::{
    duty::{DutyCommand, DutyId, TriggerKind},
    petition::Rung,
};
use uuid::Uuid;
use views::duties::{Band, DutyState};

use crate::{
    calls::{Call, calls},
    fields::{Fields, words},
    pb,
};
use reading::{
    count_duties, get_duty, get_duty_digest, list_duties, list_duties_of_person, list_duty_coverage,
};

pub(crate) use shown::{read_digest, read_row};

calls! {
    /// What may be called on a duty.
    DutyCall of duty_service_server::DutyService {
        Request: request_duty_waiver(RequestDutyWaiverRequest) -> RequestDutyWaiverResponse,
        Approve: approve_duty_waiver(ApproveDutyWaiverRequest) -> ApproveDutyWaiverResponse,
        Refuse: refuse_duty_waiver(RefuseDutyWaiverRequest) -> RefuseDutyWaiverResponse,
    }
    queries {
        list_duties(ListDutiesRequest) -> ListDutiesResponse,
        count_duties(CountDutiesRequest) -> CountDutiesResponse,
        get_duty(GetDutyRequest) -> GetDutyResponse,
        list_duties_of_person(ListDutiesOfPersonRequest) -> ListDutiesOfPersonResponse,
        list_duty_coverage(ListDutyCoverageRequest) -> ListDutyCoverageResponse,
        get_duty_digest(GetDutyDigestRequest) -> GetDutyDigestResponse,
    }
}

words! {
    pb::TriggerKind = TriggerKind {
        Admitted, LongStay, Discharged, CheckedUp, Died, Dispute, Hardship, Birthday,
        SpringFestival, Contact, StaleRecord, PlanReview,
    }
    pb::DutyState = DutyState { Open, AwaitingApproval, Fulfilled, Waived, Cancelled }
    pb::DutyBand = Band { Overdue, Today, ThisWeek, Later, AwaitingApproval }
    pb::Rung = Rung { Handler, Head, Leader }
}

impl Call for DutyCall {
    type Id = DutyId;
    type Command = DutyCommand;
    const KIND: &'static str = "duty";

    fn read(self, _: Option<Uuid>, f: &Fields<'_>) -> Option<(DutyId, DutyCommand)> {
        match self {
            DutyCall::Request(asked) => {
                let id = duty(f, "id", &asked.id);
                let reason = f.text("reason", &asked.reason)?;
                Some((id?, DutyCommand::RequestWaiver { reason }))
            }
            DutyCall::Approve(asked) => {
                Some((duty(f, "id", &asked.id)?, DutyCommand::ApproveWaiver))
            }
            DutyCall::Refuse(asked) => {
                let id = duty(f, "id", &asked.id);
                let reason = f.text("reason", &asked.reason)?;
                Some((id?, DutyCommand::RefuseWaiver { reason }))
            }
        }
    }

    async fn execute(
        app: &App,
        id: DutyId,
        command: DutyCommand,
        request: &Request,
    ) -> Result<Answer, Error> {
        app.duty(&id, [command], request).await
    }
}

/// A duty that must be given.
fn duty(f: &Fields<'_>, name: &str, text: &str) -> Option<DutyId> {
    if text.is_empty() {
        return f.missing(name);
    }
    let duty = text.parse().ok();
    if duty.is_none() {
        let en = "it names no duty: take it from the work list";
        f.fault(name, en, "不是责任事项标识，请从工作清单中获取");
    }
    duty
}
