use app::{Answer, App, Error, Request};
use calendar::{Date, Timestamp, shanghai_midnight};
use domain::{
    Actor, CadreId, PetitionId, RoundId, StaffId, Text, Unit, VisitId,
    cadre::CadreCommand,
    duty::{DutyCommand, DutyId},
    fund::{FundCommand, FundId},
    hardship::{HardshipCommand, HardshipId},
    health::HealthCommand,
    medal::MedalCommand,
    petition::PetitionCommand,
    plan::PlanCommand,
    round::RoundCommand,
    visit::VisitCommand,
};
use event_log::{RequestId, Source};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

/// One request of the plan.
#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) request: Uuid,
    pub(crate) by: &'static Staff,
    pub(crate) unit: Unit,
    pub(crate) what: What,
}

/// What it asks.
#[derive(Debug, Clone)]
pub(crate) enum What {
    Cadre(CadreId, Vec<CadreCommand>),
    Visit(VisitId, VisitCommand),
    Hardship(HardshipId, HardshipCommand),
    Fund(FundId, FundCommand),
    Health(CadreId, HealthCommand),
    Duty(DutyId, DutyCommand),
    Plan(CadreId, PlanCommand),
    Round(RoundId, Vec<RoundCommand>),
    StartRound(RoundId),
    CloseRound(RoundId),
    Medal(CadreId, MedalCommand),
    Petition(PetitionId, PetitionCommand),
}

/// A member of the made-up staff.
#[derive(Debug)]
pub(crate) struct Staff {
    pub(crate) id: &'static str,
    name: &'static str,
    role: &'static str,
}

pub(crate) const CLERK: Staff = Staff {
    id: "demo.clerk",
    name: "示范经办员",
    role: "clerk",
};
pub(crate) const ASSESSOR: Staff = Staff {
    id: "demo.assessor",
    name: "示范评估员",
    role: "assessor",
};
pub(crate) const HEAD: Staff = Staff {
    id: "demo.head",
    name: "示范科长",
    role: "head",
};
pub(crate) const CASHIER: Staff = Staff {
    id: "demo.cashier",
    name: "示范出纳",
    role: "cashier",
};
pub(crate) const BRANCH: Staff = Staff {
    id: "demo.branch",
    name: "示范支部书记",
    role: "branch_secretary",
};

impl Action {
    pub(crate) async fn carry_out(self, app: &App) -> Result<Answer, Error> {
        let request = Request {
            source: Some(Source {
                document: "示范数据（虚构）".into(),
                sheet: None,
                row: None,
            }),
            ..Request::new(RequestId(self.request), actor(self.by, self.unit)?)
        };
        match self.what {
            What::Cadre(id, commands) => app.cadre(id, commands, &request).await,
            What::Visit(id, command) => app.visit(id, [command], &request).await,
            What::Hardship(id, command) => app.hardship(id, [command], &request).await,
            What::Fund(id, command) => app.fund(id, [command], &request).await,
            What::Health(id, command) => app.health(id, [command], &request).await,
            What::Duty(id, command) => app.duty(&id, [command], &request).await,
            What::Plan(id, command) => app.plan(id, [command], &request).await,
            What::Round(id, commands) => app.round(id, commands, &request).await,
            What::StartRound(id) => app.start_round(id, &request).await,
            What::CloseRound(id) => app.close_round(id, &request).await,
            What::Medal(id, command) => app.medal(id, [command], &request).await,
            What::Petition(id, command) => app.petition(id, [command], &request).await,
        }
    }
}

/// An id as it would have been made on that day: UUIDv7.
pub(crate) fn id(rng: &mut ChaCha8Rng, day: Date) -> Uuid {
    let millisecond = shanghai_midnight(day).map_or(0, Timestamp::as_millisecond);
    let random: [u8; 10] = rng.random();
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(millisecond).unwrap_or(0), &random)
        .into_uuid()
}

fn actor(staff: &Staff, unit: Unit) -> Result<Actor, Error> {
    let text = |text| Text::parse(text).map_err(|e| Error::Internal(e.to_string()));
    Ok(Actor {
        id: StaffId(text(staff.id)?),
        name: text(staff.name)?,
        role: text(staff.role)?,
        unit,
    })
}
