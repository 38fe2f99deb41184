//! Each call asks the command it names, with every field in its place; an empty one is told what it
//! lacks.

mod cadre;
mod duty;
mod fund;
mod hardship;
mod health;
mod medal;
mod payment_batch;
mod petition;
mod plan;
mod round;
mod visit;

use calendar::Date;
use domain::{CadreId, Text};
use uuid::Uuid;

use crate::{calls::Call, fields::Faults};

const PERSON: &str = "019a0000-0000-8000-8000-000000000001";
const OTHER: &str = "019a0000-0000-8000-8000-000000000002";

/// The id that a request for something new derives.
const NEW: Uuid = Uuid::from_u128(7);

fn person() -> CadreId {
    PERSON.parse().unwrap()
}

fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

fn date(date: &str) -> Date {
    date.parse().unwrap()
}

/// What a call asks.
fn read<C: Call>(call: C) -> (C::Id, C::Command) {
    let faults = Faults::default();
    let asked = call.read(Some(NEW), &faults.root());
    faults.check(asked).unwrap()
}

/// The fields that a call without any lacks.
fn lacks<C: Call>(call: C) -> Vec<String> {
    let faults = Faults::default();
    let asked = call.read(Some(NEW), &faults.root());
    let Err(app::Error::Invalid(faults)) = faults.check(asked) else {
        panic!("it lacks nothing")
    };
    faults.into_iter().map(|fault| fault.field).collect()
}
