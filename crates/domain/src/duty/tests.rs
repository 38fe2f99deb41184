//! What the tests of duties share: the way of one duty, and the people it may be for.

mod course;
mod deadlines;
mod properties;
mod rules;
mod samples;
mod trial;
mod watch;

pub(crate) use samples::samples;

use calendar::{Date, When};
use uuid::Uuid;

use super::*;
use crate::{
    ClosedBy, VisitId, VisitMatch,
    cadre::Person,
    testing::{self, Given, given, text},
    visit::{Mode, Purpose},
};

const ONE: CadreId = CadreId(Uuid::from_u128(1));
const OTHER: CadreId = CadreId(Uuid::from_u128(2));

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn when(text: &str) -> When {
    text.parse().unwrap()
}

fn rule(id: &str) -> RuleId {
    RuleId::parse(id).unwrap()
}

/// The duty of the visit in hospital.
fn id() -> DutyId {
    DutyId {
        person: ONE,
        rule: rule("hospital_visit"),
        trigger: TriggerKey::Event(Uuid::from_u128(7)),
    }
}

/// Admitted on 2025-01-20 and known two days later: three working days end on Sunday 2025-01-26, which
/// is worked.
fn admitted() -> Trigger {
    Trigger {
        kind: TriggerKind::Admitted,
        on: date("2025-01-20"),
        known: when("2025-01-22"),
        until: None,
        age: None,
    }
}

fn open() -> DutyCommand {
    DutyCommand::Open {
        id: id(),
        trigger: admitted(),
    }
}

/// What opening it says.
fn opened() -> DutyEvent {
    let mut said = given::<Duty>([])
        .about(person())
        .at("2025-01-22T02:00:00Z")
        .when(open())
        .result
        .unwrap();
    assert_eq!(said.len(), 1);
    said.remove(0)
}

fn person() -> Person {
    testing::person(ONE)
}

/// The opened duty and what became of it, on a day when its time has not run out.
fn after(events: impl IntoIterator<Item = DutyEvent>) -> Given<Duty> {
    given(std::iter::once(opened()).chain(events))
        .about(person())
        .at("2025-01-24T02:00:00Z")
}

fn visited(on: &str) -> Evidence {
    Evidence::Visit {
        visit: VisitId(Uuid::from_u128(3)),
        visited: when(on),
        purpose: Purpose::Hospitalisation,
        mode: Mode::Hospital,
    }
}

fn fulfil(on: &str) -> DutyCommand {
    DutyCommand::Fulfil { by: visited(on) }
}

fn fulfilled(on: &str) -> DutyEvent {
    DutyFulfilled { by: visit(on) }.into()
}

fn visit(on: &str) -> Fulfilment {
    Fulfilment::Visit {
        visit: VisitId(Uuid::from_u128(3)),
        visited: when(on),
    }
}

fn cancelled(why: CancelReason) -> DutyEvent {
    DutyCancelled { why }.into()
}

fn request_waiver(reason: &str) -> DutyCommand {
    DutyCommand::RequestWaiver {
        reason: text(reason),
    }
}

fn waiver_requested() -> DutyEvent {
    DutyWaiverRequested {
        by: testing::staff("clerk").id,
        reason: text("本人谢绝探望"),
    }
    .into()
}

fn waiver_approved() -> DutyEvent {
    DutyWaiverApproved {
        by: testing::staff("head").id,
    }
    .into()
}
