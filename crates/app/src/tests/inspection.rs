//! Any moment again, of a record made by commands.

use std::sync::atomic::Ordering;

use ::inspection::{AsOf, Subject};
use domain::{
    Actor, PetitionId,
    fund::FundId,
    hardship::{Ground, HardshipId},
    petition::{Accused, PetitionCommand as C},
};
use serde_json::{Value, json};

use super::{
    petitions::{id, petition},
    *,
};
use crate::Search;

fn at(day: &str) -> AsOf {
    AsOf::at(day.parse().unwrap())
}

fn known_by(day: &str) -> AsOf {
    AsOf {
        occurred_by: None,
        known_by: Some(day.parse().unwrap()),
    }
}

/// Whatever follows is recorded on this day.
fn on(world: &World, day: &str) {
    let moment: Timestamp = format!("{day}T01:00:00Z").parse().unwrap();
    world.clock.0.store(moment.as_second(), Ordering::SeqCst);
}

fn person() -> Subject {
    Subject::Person(cadre(1))
}

async fn document(world: &World, subject: Subject, as_of: AsOf) -> Value {
    world.app.catch_up().await.unwrap();
    let found = world.reading().dossier(subject, as_of).await;
    found.unwrap().document
}

#[tokio::test]
async fn a_dossier_as_of_today_is_what_the_queries_answer() {
    let world = world();
    world.register(1, Some(NUMBER)).await.unwrap();
    world
        .app
        .visit(VisitId(Uuid::from_u128(9)), [visit(1)], &request(2))
        .await
        .unwrap();
    let document = document(&world, person(), AsOf::default()).await;
    let card = world.reading().person_card(cadre(1)).await.unwrap();
    let mut card = serde_json::to_value(card).unwrap();
    card["treatments"] = json!({});
    card["survivors"] = json!({});
    assert_eq!(document["person"], card);
    assert_eq!(document["visits"].as_object().unwrap().len(), 1);
    assert_eq!(document["history"].as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn a_dossier_counts_the_days_from_the_day_it_is_asked_about() {
    let world = world();
    world.register(1, None).await.unwrap();
    on(&world, "2026-06-01");
    world.app.catch_up().await.unwrap();
    let day = async |as_of| {
        let found = world.reading().dossier(person(), as_of).await.unwrap();
        found.day.to_string()
    };
    assert_eq!(day(at("2026-05-10")).await, "2026-05-10");
    assert_eq!(day(at("2027-05-10")).await, "2026-06-01");
    assert_eq!(day(AsOf::default()).await, "2026-06-01");
}

#[tokio::test]
async fn what_was_learnt_in_between_is_what_differs() {
    let world = world();
    world.register(1, None).await.unwrap();
    on(&world, "2026-05-20");
    world
        .app
        .visit(VisitId(Uuid::from_u128(9)), [visit(1)], &request(2))
        .await
        .unwrap();
    world.app.catch_up().await.unwrap();
    let day = Some("2026-05-10".parse().unwrap());
    let known = |by: &str| AsOf {
        occurred_by: day,
        known_by: Some(by.parse().unwrap()),
    };
    let changes = world
        .reading()
        .dossier_changes(person(), known("2026-05-19"), known("2026-05-20"))
        .await
        .unwrap();
    let visit = Uuid::from_u128(9);
    let paths: Vec<&str> = changes.iter().map(|change| change.path()).collect();
    assert!(
        paths.contains(&format!("/visits/{visit}").as_str()),
        "{paths:?}"
    );
}

#[tokio::test]
async fn the_first_event_with_a_value_is_found_and_pages_lead_on() {
    let world = world();
    world.register(1, None).await.unwrap();
    for (n, number) in [(2, Some(NUMBER)), (3, Some(OTHER_NUMBER)), (4, None)] {
        world
            .app
            .cadre(cadre(1), [amend_number(number)], &request(n))
            .await
            .unwrap();
    }
    world.app.catch_up().await.unwrap();
    let field = Some("/person/profile/id_number".to_owned());
    let reading = world.reading();
    let steps = async |equals, page| {
        let search = Search {
            field: field.clone(),
            equals,
        };
        reading
            .dossier_steps(person(), AsOf::default(), search, page)
            .await
            .unwrap()
    };
    let found = steps(Some(json!(OTHER_NUMBER)), PageRequest::default()).await;
    assert_eq!(found.items[0].origin.revision, Revision(2));
    assert_eq!(found.items.len(), 1);

    let mut page = PageRequest {
        page_size: 2,
        page_token: None,
    };
    let first = steps(None, page.clone()).await;
    page.page_token = first.next_page_token;
    let rest = steps(None, page).await;
    let told = first.items.iter().chain(&rest.items);
    let revisions: Vec<u64> = told.map(|step| step.origin.revision.0).collect();
    assert_eq!(revisions, [0, 1, 2, 3]);
    assert_eq!(rest.next_page_token, None);

    let unnamed = Search {
        field: None,
        equals: Some(json!(1)),
    };
    let refused = reading.dossier_steps(person(), AsOf::default(), unnamed, PageRequest::default());
    assert_eq!(refused.await.unwrap_err().kind(), Kind::Invalid);
}

#[tokio::test]
async fn what_is_not_there_today_has_no_dossier() {
    let world = world();
    world.app.catch_up().await.unwrap();
    let unit = Unit(text("老干部局"));
    for nothing in [
        person(),
        Subject::Petition(PetitionId(Uuid::from_u128(9))),
        Subject::Hardship(HardshipId {
            person: cadre(1),
            ground: Ground::SeriousIllness,
        }),
        Subject::Fund(FundId {
            unit,
            year: 2026,
            source: text("财政拨款"),
        }),
    ] {
        let found = world.reading().dossier(nothing, AsOf::default()).await;
        assert_eq!(found.unwrap_err().kind(), Kind::NotFound);
    }
    let gone_through = world
        .reading()
        .dossier_origins(Subject::Bureau, AsOf::default(), None)
        .await;
    assert_eq!(gone_through.unwrap_err().kind(), Kind::Invalid);
}

#[tokio::test]
async fn a_bureau_as_of_a_day_has_the_figures_of_that_day() {
    let world = world();
    world.register(1, None).await.unwrap();
    on(&world, "2026-06-01");
    world.register(2, None).await.unwrap();
    let people = async |as_of| {
        let document = document(&world, Subject::Bureau, as_of).await;
        document["counts"]["people"].clone()
    };
    assert_eq!(people(known_by("2026-04-30")).await, 0);
    assert_eq!(people(at("2026-05-31")).await, 1);
    assert_eq!(people(AsOf::default()).await, 2);
    let counts = world.reading().counts(None).await.unwrap();
    let document = document(&world, Subject::Bureau, AsOf::default()).await;
    assert_eq!(document["counts"], serde_json::to_value(counts).unwrap());
}

/// A petition of person 1 that was open for all, then became a report.
async fn sealed_later() -> World {
    let world = world();
    world.register(1, None).await.unwrap();
    let mut of_person = petition(1, "2026-04-01");
    if let C::Register { petition } = &mut of_person {
        petition.petitioner.person = Some(cadre(1));
    }
    world
        .app
        .petition(id(1), [of_person], &request(5))
        .await
        .unwrap();
    on(&world, "2026-06-01");
    let accused = C::NameAccused {
        accused: vec![Accused::Unit(Unit(text("物业管理处")))],
    };
    world
        .app
        .petition(id(1), [accused], &request(6))
        .await
        .unwrap();
    world.app.catch_up().await.unwrap();
    world
}

#[tokio::test]
async fn a_report_that_is_sealed_today_is_seen_as_of_no_day_by_those_it_is_sealed_from() {
    let world = sealed_later().await;
    let accused = Actor {
        id: StaffId(text("qian")),
        unit: Unit(text("物业管理处")),
        ..request(0).actor
    };
    let before = at("2026-05-15");
    let reading = world.app.read_as(&accused);
    let hidden = reading.dossier(Subject::Petition(id(1)), before).await;
    let never_was = reading.dossier(Subject::Petition(id(9)), before).await;
    assert_eq!(
        hidden.unwrap_err().to_string(),
        never_was.unwrap_err().to_string()
    );
    let bureau = reading.dossier(Subject::Bureau, before).await.unwrap();
    assert_eq!(bureau.document["petitions"]["total"], 0);

    let keeper = world.reading();
    let seen = keeper
        .dossier(Subject::Petition(id(1)), before)
        .await
        .unwrap();
    assert_eq!(seen.document["petition"], id(1).to_string());
    let bureau = keeper.dossier(Subject::Bureau, before).await.unwrap();
    assert_eq!(bureau.document["petitions"]["total"], 1);
    // In nobody's history is a sealed petition, whoever asks.
    for reading in [reading, keeper] {
        let of_person = reading.dossier(person(), before).await.unwrap();
        assert_eq!(of_person.document["petitions"], json!({}));
        assert!(!of_person.document.to_string().contains("petition."));
    }
}

/// The same application with a ledger that covers all that was recorded.
async fn signed(world: &World) -> (App, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let folder = ledger::Folder::at(dir.path());
    let secret = folder.secret("example.org/ledger", [1; 32]).unwrap();
    let log = world.app.log().as_ref();
    let signer = ledger::Signer::open(folder.clone(), secret.into(), log);
    let mut signer = signer.await.unwrap();
    let now = "2026-06-02T01:00:00Z".parse().unwrap();
    signer.advance(log, || now).await.unwrap();
    (world.app.clone().with_ledger(folder, vec![]), dir)
}

#[tokio::test]
async fn no_bundle_holds_a_report_that_its_reader_may_not_see() {
    let world = sealed_later().await;
    let (app, _dir) = signed(&world).await;
    let keeper = request(0).actor;
    let accused = Actor {
        id: StaffId(text("qian")),
        unit: Unit(text("物业管理处")),
        ..keeper.clone()
    };
    let of = |actor: &Actor, subject| {
        let reading = app.read_as(actor);
        async move { reading.bundle(subject, AsOf::default(), false).await }
    };
    let unit = || Subject::Unit(keeper.unit.clone());
    let seen = of(&keeper, unit()).await.unwrap();
    let shown = of(&accused, unit()).await.unwrap();
    // Registered, and made a report.
    assert_eq!(shown.manifest.events + 2, seen.manifest.events);
    of(&keeper, Subject::Petition(id(1))).await.unwrap();
    let hidden = of(&accused, Subject::Petition(id(1))).await.unwrap_err();
    let never_was = of(&accused, Subject::Petition(id(9))).await.unwrap_err();
    assert_eq!(hidden.to_string(), never_was.to_string());
    let all = of(&keeper, Subject::Bureau).await.unwrap_err();
    assert_eq!(all.code(), "invalid_request");
}

#[tokio::test]
async fn what_is_not_signed_yet_is_in_no_bundle() {
    let world = world();
    world.register(1, None).await.unwrap();
    let (app, _dir) = signed(&world).await;
    world
        .app
        .visit(VisitId(Uuid::from_u128(9)), [visit(1)], &request(2))
        .await
        .unwrap();
    world.app.catch_up().await.unwrap();
    let reading = app.read_as(&request(0).actor);
    let refused = reading.bundle(person(), AsOf::default(), false).await;
    assert_eq!(refused.unwrap_err().code(), "ledger_event_unsigned");
}

#[tokio::test(flavor = "multi_thread")]
async fn work_on_the_whole_log_ends_when_nobody_waits_for_it() {
    let world = world();
    world.register(1, Some(NUMBER)).await.unwrap();
    let (seen, counted) = std::sync::mpsc::channel();
    for left in [false, true] {
        let (begun, begins) = tokio::sync::oneshot::channel();
        let (go, goes) = std::sync::mpsc::channel();
        let seen = seen.clone();
        let reading = world.reading();
        let waits = tokio::spawn(async move {
            let work = move |pages: &mut crate::whole_log::Pages| {
                begun.send(()).unwrap();
                goes.recv().unwrap();
                seen.send(pages.flatten().count()).unwrap();
                Ok::<_, Error>(())
            };
            reading.over_the_log(work).await
        });
        begins.await.unwrap();
        if left {
            waits.abort();
            assert!(waits.await.unwrap_err().is_cancelled());
            go.send(()).unwrap();
        } else {
            go.send(()).unwrap();
            waits.await.unwrap().unwrap();
        }
        let read = tokio::task::block_in_place(|| counted.recv().unwrap());
        assert_eq!(read == 0, left, "{read}");
    }
}
