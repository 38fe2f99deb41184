//! What holds for all views together: rebuilt is the same as live, byte for byte.

mod follow;
mod rebuild;

use std::collections::BTreeSet;

use domain::{
    Event, cadre::CadreEvent, duty::DutyEvent, fund::FundEvent, hardship::HardshipEvent,
    health::HealthEvent, identity::IdentityEvent, medal::MedalEvent,
    payment_batch::PaymentBatchEvent, petition::PetitionEvent,
    petition_access::PetitionAccessEvent, plan::PlanEvent, round::RoundEvent, visit::VisitEvent,
};
use event_log::Recorded;
use proptest::{prelude::*, sample::Index};

use crate::{
    Replay, dump,
    store::Store,
    testing::{Past, life},
    view::VIEWS,
};

fn whole_life() -> Past {
    let mut past = Past::default();
    life(1).into_iter().for_each(|then| then(&mut past));
    past
}

/// Lives told at once, in the order of the picks; each in its own order.
fn interleaved(lives: u32, picks: &[Index]) -> Past {
    let mut lives: Vec<_> = (0..lives).map(|n| life(n).into_iter()).collect();
    let mut past = Past::default();
    for pick in picks {
        if let Some(then) = pick.get_mut(&mut lives).next() {
            then(&mut past);
        }
    }
    past
}

/// The dump of a file that took the events over in batches of these sizes.
fn dumped(events: &[Recorded], sizes: &[usize]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("views.db");
    let mut store = Store::create(&path).unwrap();
    let mut rest = events;
    for size in sizes {
        let (batch, others) = rest.split_at((*size).min(rest.len()));
        store.apply(batch).unwrap();
        rest = others;
    }
    store.apply(rest).unwrap();
    store.finish().unwrap();
    dump(&path).unwrap()
}

/// A dump without the place in the log, which comes first and no replay keeps.
fn rows(dump: &str) -> String {
    let first = dump.find("\nduties").unwrap();
    dump[first..].to_owned()
}

/// The same rows of a replay.
fn replayed(events: &[Recorded]) -> String {
    let mut replay = Replay::in_memory().unwrap();
    let replayed = replay.begin().unwrap();
    let all: Vec<&str> = VIEWS.iter().map(|view| view.name).collect();
    replayed.apply(&all, events).unwrap();
    rows(&dump::whole(&replayed).unwrap())
}

#[test]
fn every_kind_of_event_there_is_was_tried() {
    let tried: BTreeSet<_> = whole_life()
        .events
        .iter()
        .map(|e| e.name.to_string())
        .collect();
    let there_is: BTreeSet<_> = [
        CadreEvent::NAMES,
        VisitEvent::NAMES,
        FundEvent::NAMES,
        HardshipEvent::NAMES,
        HealthEvent::NAMES,
        DutyEvent::NAMES,
        MedalEvent::NAMES,
        PaymentBatchEvent::NAMES,
        PetitionEvent::NAMES,
        PetitionAccessEvent::NAMES,
        PlanEvent::NAMES,
        RoundEvent::NAMES,
        IdentityEvent::NAMES,
    ]
    .concat()
    .into_iter()
    .map(|(name, _)| name.to_owned())
    .collect();
    assert_eq!(tried, there_is);
}

#[test]
fn a_batch_given_twice_counts_once() {
    let events = whole_life().events;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("views.db");
    let mut store = Store::create(&path).unwrap();
    store.apply(&events[..20]).unwrap();
    store.apply(&events[10..]).unwrap();
    store.apply(&events).unwrap();
    store.finish().unwrap();
    assert_eq!(dump(&path).unwrap(), dumped(&events, &[]));
}

#[test]
fn a_batch_that_fails_leaves_nothing_behind() {
    let mut events = whole_life().events;
    events[30].data = b"{}".to_vec().into();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("views.db");
    let mut store = Store::create(&path).unwrap();
    store.apply(&events[..25]).unwrap();
    let error = store.apply(&events[25..]).unwrap_err();
    assert_eq!(error.code(), "views_decode");
    store.finish().unwrap();
    assert_eq!(dump(&path).unwrap(), dumped(&events[..25], &[]));
}

#[test]
fn an_event_without_its_beginning_stops_the_views() {
    let whole = whole_life();
    for (at, event) in whole.events.iter().enumerate() {
        let begins = event.revision.0 == 0 || event.name.starts_with("identity.");
        let history_alone = event.name.starts_with("visit.")
            || event.name.starts_with("health.")
            || event.name.starts_with("duty.")
            || matches!(&*event.name, "hardship.followed_up" | "medal.nominated");
        if begins || history_alone {
            continue;
        }
        let mut past = whole.clone();
        past.events = vec![whole.events[at].clone()];
        assert_eq!(past.error().code(), "views_no_beginning", "{}", event.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_log_in_any_batches_gives_the_same_bytes(
        picks in prop::collection::vec(any::<Index>(), 0..200),
        sizes in prop::collection::vec(0usize..40, 0..10),
    ) {
        let events = interleaved(3, &picks).events;
        let whole = dumped(&events, &[]);
        prop_assert_eq!(&dumped(&events, &sizes), &whole);
        prop_assert_eq!(replayed(&events), rows(&whole));
    }
}
