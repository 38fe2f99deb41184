//! A person's stays in hospital and check-ups.

use app::{Answer, App, Error, Request};
use domain::{
    CadreId,
    health::{Bed, HealthCommand, Learnt},
};
use uuid::Uuid;

use crate::{
    calls::{Call, calls},
    fields::Fields,
    pb,
};

calls! {
    /// What may be called on a person's health.
    HealthCall of health_service_server::HealthService {
        RecordAdmission: record_admission(RecordAdmissionRequest) -> RecordAdmissionResponse,
        RecordMove: record_move(RecordMoveRequest) -> RecordMoveResponse,
        RecordDischarge: record_discharge(RecordDischargeRequest) -> RecordDischargeResponse,
        WithdrawStay: withdraw_stay(WithdrawStayRequest) -> WithdrawStayResponse,
        RecordCheckUp: record_check_up(RecordCheckUpRequest) -> RecordCheckUpResponse,
    }
    queries {}
}

impl Call for HealthCall {
    type Id = CadreId;
    type Command = HealthCommand;
    const KIND: &'static str = "health";

    fn read(self, _: Option<Uuid>, f: &Fields<'_>) -> Option<(CadreId, HealthCommand)> {
        match self {
            HealthCall::RecordAdmission(asked) => {
                let person = f.id("person", &asked.person);
                let bed = f.message("bed", asked.bed, bed);
                let admitted = f.message("admitted", asked.admitted, learnt);
                let (person, bed, admitted) = (person?, bed?, admitted?);
                Some((
                    person,
                    HealthCommand::RecordAdmission {
                        person,
                        bed,
                        admitted,
                    },
                ))
            }
            HealthCall::RecordMove(asked) => {
                let person = f.id("person", &asked.person);
                let bed = f.message("bed", asked.bed, bed);
                let moved = f.message("moved", asked.moved, learnt);
                let (bed, moved) = (bed?, moved?);
                Some((person?, HealthCommand::RecordMove { bed, moved }))
            }
            HealthCall::RecordDischarge(asked) => {
                let person = f.id("person", &asked.person);
                let discharged = f.message("discharged", asked.discharged, learnt)?;
                Some((person?, HealthCommand::RecordDischarge { discharged }))
            }
            HealthCall::WithdrawStay(asked) => {
                let person = f.id("person", &asked.person);
                let stay = match asked.stay {
                    0 => f.missing("stay"),
                    stay => Some(stay),
                };
                let reason = f.text("reason", &asked.reason);
                let (stay, reason) = (stay?, reason?);
                Some((person?, HealthCommand::WithdrawStay { stay, reason }))
            }
            HealthCall::RecordCheckUp(asked) => {
                let person = f.id("person", &asked.person);
                let on = f.date("on", &asked.on);
                let findings = f.text("findings", &asked.findings);
                let known = f.when("known", &asked.known);
                let (person, on, findings, known) = (person?, on?, findings?, known?);
                Some((
                    person,
                    HealthCommand::RecordCheckUp {
                        person,
                        on,
                        findings,
                        feedback_needed: asked.feedback_needed,
                        known,
                    },
                ))
            }
        }
    }

    async fn execute(
        app: &App,
        person: CadreId,
        command: HealthCommand,
        request: &Request,
    ) -> Result<Answer, Error> {
        app.health(person, [command], request).await
    }
}

fn bed(f: &Fields<'_>, asked: pb::Bed) -> Option<Bed> {
    let hospital = f.text("hospital", &asked.hospital);
    let ward = f.optional_text("ward", &asked.ward);
    let bed = f.optional_text("bed", &asked.bed);
    Some(Bed {
        hospital: hospital?,
        ward: ward?,
        bed: bed?,
    })
}

fn learnt(f: &Fields<'_>, asked: pb::Learnt) -> Option<Learnt> {
    let happened = f.when("happened", &asked.happened);
    let known = f.when("known", &asked.known);
    let (happened, known) = (happened?, known?);
    Some(Learnt { happened, known })
}
