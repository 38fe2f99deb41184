//! What was so then, and what was known then, one rule at a time.

use domain::{
    CadreId, Fen,
    cadre::{Approval, CadreAmended, DeathRecorded, DeathWithdrawn, Field, TreatmentGranted},
    fund::{Fund, FundBudgetSet, FundId, FundReserved, FundSpent},
    hardship::{
        Ground, Hardship, HardshipApproved, HardshipAssessed, HardshipDisbursed, HardshipId,
        HardshipOpened,
    },
    health::{Admitted, Bed, Health, Learnt, StayWithdrawn},
    medal::{Medal, MedalNominated, MedalPresented},
    visit::{Visit, VisitCorrected, VisitRecord, VisitRecorded, VisitWithdrawn},
};
use event_log::Recorded;
use serde_json::{Value, json};
use views::{
    Replay,
    testing::{Past, date, person, reader, staff, text, unit, visit, visit_id, when},
};

use crate::{
    AsOf, Asked, Change, Subject, change::diff, dossier, dossier::VIEWS, first, origins, select,
    steps,
};

fn asked() -> Asked {
    Asked {
        subject: Subject::Person(person(1)),
        day: date("2026-12-01"),
        reader: reader(),
    }
}

fn as_of(occurred_by: &str, known_by: &str) -> AsOf {
    AsOf {
        occurred_by: Some(when(occurred_by)),
        known_by: Some(when(known_by)),
    }
}

/// The person's document as of then.
fn document(past: &Past, occurred_by: &str, known_by: &str) -> Value {
    let events = select(&as_of(occurred_by, known_by), past.events.clone()).unwrap();
    let mut replay = Replay::in_memory().unwrap();
    let replayed = replay.begin().unwrap();
    replayed.apply(VIEWS, &events).unwrap();
    dossier(&replayed, &asked()).unwrap()
}

/// The stored names of the events that count then.
fn counted(past: &Past, occurred_by: &str, known_by: &str) -> Vec<String> {
    let events = select(&as_of(occurred_by, known_by), past.events.clone()).unwrap();
    events
        .into_iter()
        .map(|event| event.name.to_string())
        .collect()
}

/// Person 1 was registered on 1 January 2026.
fn registered() -> Past {
    let mut past = Past::default();
    past.recorded("2026-01-01T01:00:00Z")
        .registered(1, "王佳", |_| ());
    past
}

fn visited(on: &str) -> Visit {
    Visit {
        visited: when(on),
        ..visit(1)
    }
}

fn record_visit(past: &mut Past, on: &str) {
    past.then::<VisitRecord>(
        visit_id(1),
        &[person(1)],
        VisitRecorded {
            visit: visited(on),
            days_late: None,
        },
    );
}

#[test]
fn a_visit_recorded_late_was_so_then_but_not_known_then() {
    let mut past = registered();
    past.recorded("2026-03-15T01:00:00Z");
    record_visit(&mut past, "2026-02-10");
    let visits = |occurred_by, known_by| {
        let document = document(&past, occurred_by, known_by);
        document["visits"].as_object().unwrap().len()
    };
    assert_eq!(visits("2026-03-01", "2026-03-14"), 0);
    assert_eq!(visits("2026-03-01", "2026-03-15"), 1);
    assert_eq!(visits("2026-02-09", "2026-03-15"), 0);
}

#[test]
fn a_day_ends_at_midnight_in_beijing() {
    let mut past = registered();
    past.recorded("2026-03-15T15:59:59Z");
    record_visit(&mut past, "2026-03-15");
    past.recorded("2026-03-15T16:00:00Z");
    past.cadre(person(1), died("2026-03-01"));
    let known = |by| counted(&past, "2026-12-01", by).len();
    assert_eq!(
        [
            known("2026-03-14"),
            known("2026-03-15"),
            known("2026-03-16")
        ],
        [1, 2, 3]
    );
    assert_eq!(known("2026-03-15T16:00:00Z"), 3);
}

#[test]
fn a_correction_counts_with_the_visit_whatever_day_it_names() {
    let mut past = registered();
    past.recorded("2026-02-10T09:00:00Z");
    record_visit(&mut past, "2026-02-10");
    past.recorded("2026-03-15T01:00:00Z");
    past.then::<VisitRecord>(
        visit_id(1),
        &[person(1)],
        VisitCorrected {
            visit: visited("2026-02-20"),
            reason: text("日期抄错"),
        },
    );
    let visited = |occurred_by, known_by| {
        document(&past, occurred_by, known_by)["visits"][visit_id(1).to_string()]["visited"].clone()
    };
    assert_eq!(visited("2026-02-15", "2026-03-14"), "2026-02-10");
    assert_eq!(visited("2026-02-15", "2026-03-15"), "2026-02-20");
}

#[test]
fn a_visit_that_was_withdrawn_never_was() {
    let mut past = registered();
    past.recorded("2026-03-01T01:00:00Z");
    record_visit(&mut past, "2026-02-10");
    past.recorded("2026-03-15T01:00:00Z");
    let withdrawn = VisitWithdrawn {
        reason: text("记错了人"),
    };
    past.then::<VisitRecord>(visit_id(1), &[person(1)], withdrawn);
    let visits = |known_by| document(&past, "2026-02-15", known_by)["visits"].clone();
    assert_eq!(visits("2026-03-14").as_object().unwrap().len(), 1);
    assert_eq!(visits("2026-03-15"), json!({}));
}

fn died(on: &str) -> DeathRecorded {
    DeathRecorded {
        died_on: date(on),
        document: None,
    }
}

#[test]
fn whoever_knows_that_a_death_was_withdrawn_knows_it_of_any_day() {
    let mut past = registered();
    past.recorded("2026-03-10T01:00:00Z")
        .cadre(person(1), died("2026-03-01"));
    let withdrawn = DeathWithdrawn {
        reason: text("同名误登"),
        document: None,
    };
    past.recorded("2026-03-20T01:00:00Z")
        .cadre(person(1), withdrawn);
    let died_on = |known_by| document(&past, "2026-03-05", known_by)["person"]["died_on"].clone();
    assert_eq!(died_on("2026-03-09"), Value::Null);
    assert_eq!(died_on("2026-03-15"), "2026-03-01");
    assert_eq!(died_on("2026-03-20"), Value::Null);
}

#[test]
fn what_takes_effect_later_counts_from_the_day_it_was_recorded() {
    let mut past = registered();
    let granted = TreatmentGranted {
        treatment: text("副厅级医疗待遇"),
        from: date("2026-07-01"),
        until: None,
        approval: Approval {
            number: text("离发1号"),
            on: date("2026-01-01"),
        },
    };
    past.recorded("2026-02-01T01:00:00Z")
        .cadre(person(1), granted);
    let known = |day| counted(&past, day, day).len();
    assert_eq!([known("2026-01-31"), known("2026-02-01")], [1, 2]);
}

#[test]
fn a_fact_from_before_the_registration_brings_the_registration_along() {
    let mut past = registered();
    record_visit(&mut past, "2024-02-10");
    let health = Admitted {
        person: person(1),
        stay: 1,
        bed: Bed {
            hospital: text("市医院"),
            ward: None,
            bed: None,
        },
        admitted: Learnt {
            happened: when("2024-05-01"),
            known: when("2024-05-01"),
        },
    };
    past.then::<Health>(person(1), &[person(1)], health);
    assert_eq!(counted(&past, "2024-01-01", "2026-12-01"), [""; 0]);
    let names = ["cadre.registered", "visit.recorded"];
    assert_eq!(counted(&past, "2024-03-01", "2026-12-01"), names);
    let document = document(&past, "2024-06-01", "2026-12-01");
    assert_eq!(document["person"]["profile"]["name"], "王佳");

    // A stay that never was is taken back at any day at which it would count.
    let withdrawn = StayWithdrawn {
        stay: 1,
        reason: text("记错了人"),
    };
    past.then::<Health>(person(1), &[person(1)], withdrawn);
    assert_eq!(counted(&past, "2024-04-01", "2026-12-01"), names);
    assert_eq!(counted(&past, "2024-06-01", "2026-12-01").len(), 4);
}

const CASE: fn(CadreId) -> HardshipId = |person| HardshipId {
    person,
    ground: Ground::SeriousIllness,
};

#[test]
fn a_payment_taken_from_an_old_ledger_brings_the_steps_before_it_along() {
    let mut past = registered();
    let (who, id) = (person(1), CASE(person(1)));
    past.then::<Hardship>(
        id,
        &[who],
        HardshipOpened {
            person: who,
            ground: Ground::SeriousIllness,
            case: 1,
            situation: None,
            recipient: None,
            known: None,
        },
    );
    past.then::<Hardship>(
        id,
        &[who],
        HardshipAssessed {
            assessor: staff("a"),
            finding: text("属实"),
            recommended: Fen(100_000),
        },
    );
    past.then::<Hardship>(
        id,
        &[who],
        HardshipApproved {
            approver: staff("b"),
            amount: Fen(100_000),
            document: text("批1号"),
            reserved: None,
            approved_on: None,
        },
    );
    past.then::<Hardship>(
        id,
        &[who],
        HardshipDisbursed {
            payer: staff("c"),
            voucher: text("凭1号"),
            amount: Fen(100_000),
            paid_on: date("2025-06-01"),
            batch: None,
        },
    );
    assert_eq!(counted(&past, "2025-05-31", "2026-12-01"), [""; 0]);
    let document = document(&past, "2025-06-01", "2026-12-01");
    assert_eq!(
        document["hardship"]["serious_illness-1"]["disbursed"],
        100_000
    );
    assert_eq!(
        document["hardship"]["serious_illness-1"]["state"],
        "approved"
    );
}

#[test]
fn a_medal_presented_brings_its_nomination_along_but_no_news_from_elsewhere() {
    let mut past = registered();
    let who = person(1);
    past.recorded("2026-03-01T01:00:00Z");
    past.then::<Medal>(
        who,
        &[who],
        MedalNominated {
            person: who,
            year: 2025,
            standing_starts_on: date("1975-06-01"),
        },
    );
    past.cadre(who, renamed("王嘉"));
    past.then::<Medal>(
        who,
        &[who],
        MedalPresented {
            on: date("2025-07-01"),
            by: text("支部书记"),
            to_family: false,
        },
    );
    let names = ["cadre.registered", "medal.nominated", "medal.presented"];
    assert_eq!(counted(&past, "2025-07-01", "2026-12-01"), names);
}

fn renamed(name: &str) -> CadreAmended {
    CadreAmended {
        changes: vec![Field::Name(text(name))],
        reason: text("更名"),
        document: Some(text("公安局证明")),
    }
}

fn replayed<T>(ask: impl FnOnce(&mut Replay) -> T) -> T {
    ask(&mut Replay::in_memory().unwrap())
}

#[test]
fn a_field_comes_from_whoever_set_it_last() {
    let mut past = registered();
    past.by("first").cadre(person(1), renamed("王嘉"));
    past.by("second").cadre(person(1), renamed("王家"));
    past.by("third").cadre(person(1), died("2026-03-01"));
    let known = replayed(|r| origins(r, &asked(), &past.events, Some("/person/profile/name")));
    let [name] = &known.unwrap()[..] else {
        panic!("one field");
    };
    assert_eq!(name.value, "王家");
    let origin = &name.origin;
    assert_eq!(origin.actor.id, "second");
    assert_eq!(origin.event, "cadre.amended");
    assert_eq!(origin.document, Some(text("公安局证明")));
    assert_eq!(origin.revision.0, 2);

    let all = replayed(|r| origins(r, &asked(), &past.events, None)).unwrap();
    let died = all.iter().find(|b| b.path == "/person/died_on").unwrap();
    assert_eq!(died.origin.actor.id, "third");
    assert!(all.iter().all(|b| !b.path.starts_with("/history")));
}

#[test]
fn an_emptied_field_comes_from_whoever_emptied_it() {
    let mut past = registered();
    past.cadre(person(1), died("2026-03-01"));
    let withdrawn = DeathWithdrawn {
        reason: text("同名误登"),
        document: None,
    };
    past.by("second").cadre(person(1), withdrawn);
    let known = replayed(|r| origins(r, &asked(), &past.events, Some("/person/died_on"))).unwrap();
    assert_eq!(known[0].value, Value::Null);
    assert_eq!(known[0].origin.actor.id, "second");
}

#[test]
fn the_next_change_of_a_field_and_the_first_event_with_a_value_are_found() {
    let mut past = registered();
    past.cadre(person(1), renamed("王嘉"));
    past.cadre(person(1), died("2026-03-01"));
    past.cadre(person(1), renamed("王家"));
    let (field, ask) = ("/person/profile/name", asked());
    let found = replayed(|r| steps(r, &ask, &past.events, Some(field))).unwrap();
    let found: Vec<u64> = found.iter().map(|step| step.origin.revision.0).collect();
    assert_eq!(found, [0, 1, 3]);
    let all = replayed(|r| steps(r, &ask, &past.events, None)).unwrap();
    assert_eq!(all.len(), 4);
    assert_eq!(
        all[3].changes,
        [Change::Changed {
            path: field.into(),
            before: json!("王嘉"),
            after: json!("王家"),
        }]
    );
    let died = replayed(|r| steps(r, &ask, &past.events, Some("/person/died_on"))).unwrap();
    assert_eq!(died.len(), 1, "that the field began empty is no change");
    let holds = |document: &Value| {
        document
            .pointer("/person/died_on")
            .is_some_and(Value::is_string)
    };
    let step = replayed(|r| first(r, &ask, &past.events, holds))
        .unwrap()
        .unwrap();
    assert_eq!(step.origin.event, "cadre.death_recorded");
    let never = replayed(|r| first(r, &ask, &past.events, |_| false)).unwrap();
    assert_eq!(never, None);
}

#[test]
fn the_same_day_known_twice_tells_what_was_learnt_in_between() {
    let mut past = registered();
    past.recorded("2026-03-15T01:00:00Z");
    record_visit(&mut past, "2026-02-10");
    let (then, now) = (
        document(&past, "2026-03-01", "2026-03-01"),
        document(&past, "2026-03-01", "2026-04-01"),
    );
    let paths: Vec<String> = diff(&then, &now)
        .iter()
        .map(|change| change.path().to_owned())
        .collect();
    let visit = visit_id(1);
    assert_eq!(
        paths,
        [
            format!("/history/visit-{visit}@0"),
            format!("/visits/{visit}")
        ]
    );
}

#[test]
fn money_spent_brings_its_own_reservation_along_and_no_other() {
    let fund = FundId {
        unit: unit("老干部局"),
        year: 2026,
        source: text("专项"),
    };
    let mut past = Past::default();
    past.recorded("2026-03-10T01:00:00Z");
    let budget = FundBudgetSet {
        fund: fund.clone(),
        amount: Fen(1_000_000),
        document: text("预算1号"),
    };
    past.then::<Fund>(&fund, &[], budget);
    for n in [1, 2] {
        past.then::<Fund>(&fund, &[], reserved(n));
    }
    let spent = FundSpent {
        reservation: reservation(2),
        voucher: text("凭1号"),
        amount: Fen(100_000),
        paid_on: date("2026-03-01"),
    };
    past.then::<Fund>(&fund, &[], spent);
    let chosen = select(&as_of("2026-03-05", "2026-12-01"), past.events.clone()).unwrap();
    let revisions: Vec<u64> = chosen
        .iter()
        .map(|event: &Recorded| event.revision.0)
        .collect();
    assert_eq!(revisions, [0, 2, 3]);
    let ask = Asked {
        subject: Subject::Fund(fund),
        ..asked()
    };
    let mut replay = Replay::in_memory().unwrap();
    let replayed = replay.begin().unwrap();
    replayed.apply(VIEWS, &chosen).unwrap();
    let document = dossier(&replayed, &ask).unwrap();
    assert_eq!(document["spent"], 100_000);
    assert_eq!(document["history"].as_object().unwrap().len(), 3);
}

fn reservation(n: u32) -> domain::ReservationId {
    domain::ReservationId(uuid::Uuid::from_u128(u128::from(n)))
}

fn reserved(n: u32) -> FundReserved {
    FundReserved {
        reservation: reservation(n),
        case: domain::hardship::HardshipCaseId {
            person: person(n),
            ground: Ground::SeriousIllness,
            case: 1,
        },
        amount: Fen(100_000),
        approver: staff("b"),
        document: text("批1号"),
    }
}
