//! What holds of any history. `SANGYU_HISTORIES=1000` tries so many of them, in about a minute.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
};

use calendar::{Timestamp, When};
use domain::CadreId;
use event_log::{EventId, Position, Recorded};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;
use uuid::Uuid;
use views::{
    Replay, View as _,
    payment_batches::PaymentBatchesView,
    petition_access::PetitionAccessView,
    rounds::RoundsView,
    sealing::SealingView,
    testing::{Past, date, life, person, reader},
};

use crate::{
    AsOf, Asked, Subject, apply, bureau,
    change::{diff, lies_in},
    dossier::{HISTORY, VIEWS, dossier},
    origins, select,
};

/// Two whole lives, each event as if it had been recorded in the same moment.
static LIVES: LazyLock<Vec<Vec<Recorded>>> = LazyLock::new(|| {
    let one = |n| {
        let mut past = Past::default();
        life(n).into_iter().for_each(|then| then(&mut past));
        past.events
    };
    vec![one(0), one(1)]
});

const BEGINS: i64 = 1_735_689_600; // 2025-01-01
const ENDS: i64 = 1_798_761_600; // 2027-01-01

/// Lives told at once, in the order of the picks, each event so many seconds behind the one before;
/// each in its own order.
fn history(picks: &[(Index, u32)]) -> Vec<Recorded> {
    let mut lives: Vec<_> = LIVES.iter().map(|life| life.iter()).collect();
    let (mut told, mut second) = (Vec::new(), BEGINS);
    for (pick, gap) in picks {
        let Some(event) = pick.get_mut(&mut lives).next() else {
            continue;
        };
        second += i64::from(*gap);
        let recorded = Timestamp::from_second(second).unwrap();
        let mut event = event.clone();
        if event.metadata.occurred == When::At(event.metadata.recorded) {
            event.metadata.occurred = When::At(recorded);
        }
        event.metadata.recorded = recorded;
        let number = told.len() as u64 + 1;
        event.position = Position::from_stored(number * 10);
        event.id = EventId(Uuid::from_u128(u128::from(number)));
        told.push(event);
    }
    told
}

fn histories() -> impl Strategy<Value = Vec<Recorded>> {
    prop::collection::vec((any::<Index>(), 1..1_000_000_u32), 0..30)
        .prop_map(|picks| history(&picks))
}

fn of_person(events: &[Recorded], person: CadreId) -> Vec<Recorded> {
    let concerns = |event: &&Recorded| event.metadata.subjects.contains(&person.0);
    events.iter().filter(concerns).cloned().collect()
}

fn asked() -> Asked {
    Asked {
        subject: Subject::Person(person(0)),
        day: date("2026-05-01"),
        reader: reader(),
    }
}

/// Made once: tables take longer to make than to fill.
static REPLAYS: LazyLock<[Mutex<Replay>; 2]> =
    LazyLock::new(|| [(), ()].map(|()| Mutex::new(Replay::in_memory().unwrap())));

fn replay(which: usize) -> MutexGuard<'static, Replay> {
    let replay = REPLAYS[which].lock();
    replay.unwrap_or_else(PoisonError::into_inner)
}

fn document(replay: &mut Replay, events: &[Recorded]) -> Value {
    let replayed = replay.begin().unwrap();
    replayed.apply(VIEWS, events).unwrap();
    dossier(&replayed, &asked()).unwrap()
}

/// Some moment around the lives, or none.
fn limit() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![
        1 => Just(None),
        1 => (0..BEGINS).prop_map(Some),
        8 => (BEGINS..ENDS).prop_map(Some),
    ]
}

fn at(second: Option<i64>) -> Option<When> {
    second.map(|second| When::At(Timestamp::from_second(second).unwrap()))
}

fn as_of(occurred_by: Option<i64>, known_by: Option<i64>) -> AsOf {
    AsOf {
        occurred_by: at(occurred_by),
        known_by: at(known_by),
    }
}

fn ids(events: &[Recorded]) -> Vec<EventId> {
    events.iter().map(|event| event.id).collect()
}

fn many() -> ProptestConfig {
    let asked = std::env::var("SANGYU_HISTORIES").ok();
    ProptestConfig::with_cases(asked.and_then(|n| n.parse().ok()).unwrap_or(200))
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn live_is_rebuilt_is_as_of_now(events in histories(), sizes in prop::collection::vec(0usize..40, 0..4)) {
        let everything: Vec<&str> = VIEWS.iter().copied().chain([
            PaymentBatchesView::NAME, PetitionAccessView::NAME, RoundsView::NAME, SealingView::NAME,
        ]).collect();
        let (mut replay, mut live) = (replay(0), replay(1));
        let live = live.begin().unwrap();
        let mut rest = events.as_slice();
        for size in sizes {
            let (batch, others) = rest.split_at(size.min(rest.len()));
            live.apply(&everything, batch).unwrap();
            rest = others;
        }
        live.apply(&everything, rest).unwrap();
        let live = dossier(&live, &asked()).unwrap();

        let now = AsOf::at(at(Some(ENDS + 90 * 86_400)).unwrap());
        let chosen = select(&now, of_person(&events, person(0))).unwrap();
        prop_assert_eq!(&document(&mut replay, &chosen), &live);
        let whole = select(&AsOf::default(), events).unwrap();
        let rebuilt = replay.begin().unwrap();
        rebuilt.apply(&everything, &whole).unwrap();
        prop_assert_eq!(&dossier(&rebuilt, &asked()).unwrap(), &live);
    }

    #[test]
    fn a_later_moment_only_adds_events_and_whatever_counts_can_be_taken_over(
        events in histories(), occurred_by in limit(), known_by in limit(),
        by in 0..40_000_000_i64, and_by in 0..40_000_000_i64,
    ) {
        let mut replay = replay(0);
        let own = of_person(&events, person(0));
        let of_all = select(&as_of(occurred_by, known_by), events).unwrap();
        replay.begin().unwrap().apply(bureau::VIEWS, &of_all).unwrap();
        let earlier = select(&as_of(occurred_by, known_by), own.clone()).unwrap();
        let later = as_of(occurred_by.map(|s| s + by), known_by.map(|s| s + and_by));
        let later = select(&later, own).unwrap();
        let more = ids(&later);
        prop_assert!(ids(&earlier).iter().all(|event| more.contains(event)));

        let (mut before, after) = (document(&mut replay, &earlier), document(&mut replay, &later));
        let changes = diff(&before, &after);
        prop_assert_eq!(changes.is_empty(), before == after);
        apply(&mut before, &changes).unwrap();
        prop_assert_eq!(before, after);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn every_word_of_a_document_has_the_event_that_said_it(events in histories()) {
        let own = of_person(&events, person(0));
        let mut replay = replay(0);
        let document = document(&mut replay, &own);
        let mut said = BTreeMap::new();
        collect("", &document, &mut said);
        said.retain(|path, value| !value.is_null() && !lies_in(path, HISTORY));
        let mut known = BTreeMap::new();
        for field in origins(&mut replay, &asked(), &own, None).unwrap() {
            if !field.value.is_null() {
                known.insert(field.path, field.value);
            }
        }
        prop_assert_eq!(said, known);
    }
}

fn collect(path: &str, value: &Value, all: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            let name = name.replace('~', "~0").replace('/', "~1");
            collect(&format!("{path}/{name}"), value, all);
        }),
        value => {
            all.insert(path.to_owned(), value.clone());
        }
    }
}
