use super::{AccessAttempted, AttemptedBy, PetitionAccess, PetitionAccessEvent};
use crate::{
    Aggregate as _,
    petition_access::PetitionAccessCommand::RecordAttempt,
    testing::{given, staff},
};

/// One event of each name, and of each way.
pub(crate) fn samples() -> Vec<PetitionAccessEvent> {
    use AttemptedBy::{Command, History, Id, Search};
    [Id, History, Command, Search]
        .map(|by| attempted("zhao", by, "2026-05-01"))
        .into()
}

fn attempted(who: &str, by: AttemptedBy, on: &str) -> PetitionAccessEvent {
    AccessAttempted {
        who: staff(who).id,
        by,
        on: on.parse().unwrap(),
    }
    .into()
}

#[test]
fn an_attempt_is_kept_once_for_each_person_way_and_day() {
    let by = AttemptedBy::Id;
    let tried = |events: &[PetitionAccessEvent]| {
        given::<PetitionAccess>(events.iter().cloned())
            .by("zhao")
            .when(RecordAttempt { by })
    };
    let kept = attempted("zhao", by, "2026-05-01");
    tried(&[]).then([kept.clone()]);
    tried(std::slice::from_ref(&kept)).then([]);
    for other in [
        attempted("qian", by, "2026-05-01"),
        attempted("zhao", AttemptedBy::Search, "2026-05-01"),
        attempted("zhao", by, "2026-04-30"),
    ] {
        tried(&[other]).then([kept.clone()]);
    }
}

#[test]
fn the_state_holds_one_day_however_long_it_goes_on() {
    let mut access = PetitionAccess::default();
    for day in 1..=31 {
        let on = format!("2026-05-{day:02}");
        access.evolve(&attempted("zhao", AttemptedBy::Id, &on));
    }
    assert_eq!(access.tried.len(), 1);
}

#[test]
fn an_attempt_is_in_nobodys_history() {
    let mut access = PetitionAccess::default();
    access.evolve(&attempted("zhao", AttemptedBy::Id, "2026-05-01"));
    assert_eq!(access.subjects(), []);
}
