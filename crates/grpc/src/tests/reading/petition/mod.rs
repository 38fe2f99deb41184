mod answer;
mod handling;
mod intake;
mod oversight;

use domain::petition::PetitionCommand;

use super::{OTHER, read};
use crate::petition::PetitionCall;

/// Every request of a call that is about a petition on file names this one.
fn id() -> String {
    OTHER.to_owned()
}

/// That each call asks the one command it names, of the petition it names.
fn ask(cases: impl IntoIterator<Item = (PetitionCall, PetitionCommand)>) {
    for (call, expected) in cases {
        assert_eq!(read(call), (OTHER.parse().unwrap(), vec![expected]));
    }
}
