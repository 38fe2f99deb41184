use app::Kind;
use tonic::{Code, Request};
use tonic_types::{ErrorDetail, StatusExt};

use super::world::{app, home_visit, info, world};
use crate::{
    ServeError, Server,
    client::{CadreServiceClient, RegisterServiceClient},
    pb, status,
};

#[tokio::test]
async fn every_fault_of_a_request_is_told_at_once() {
    let world = world().await;
    let mut visit = home_visit("nobody");
    visit.visited = "yesterday".into();
    visit.visitors.push(pb::Visitor::default());
    visit.mode = 99;
    visit.purpose = None;
    visit.money = u64::MAX;
    let asked = pb::RecordVisitRequest {
        visit: Some(visit),
        source: Some(pb::Source::default()),
        ..pb::RecordVisitRequest::default()
    };
    let refused = world.visit(asked).await.err().unwrap();
    assert_eq!(refused.code(), Code::InvalidArgument);
    assert_eq!(info(&refused).reason, "invalid_request");
    let details = refused.get_error_details();
    let faults = &details.bad_request().unwrap().field_violations;
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    let expected = [
        "request_id",
        "source.document",
        "visit.person",
        "visit.visited",
        "visit.visitors[1].name",
        "visit.mode",
        "visit.purpose",
        "visit.money",
    ];
    assert_eq!(fields, expected);
    assert!(faults.iter().all(|fault| !fault.description.is_empty()));
}

#[tokio::test]
async fn a_failure_speaks_english_and_chinese() {
    let world = world().await;
    let asked = pb::RecordVisitRequest::default();
    let refused = world.visit(asked).await.err().unwrap();
    let texts: Vec<(String, String)> = refused
        .get_error_details_vec()
        .into_iter()
        .filter_map(|detail| match detail {
            ErrorDetail::LocalizedMessage(text) => Some((text.locale, text.message)),
            _ => None,
        })
        .collect();
    let en = "the request is malformed: request_id: it is required; visit: it is required";
    let zh = "请求有误：request_id: 必填; visit: 必填";
    assert_eq!(
        texts,
        [("en".into(), en.into()), ("zh-CN".into(), zh.into())]
    );
    assert_eq!(refused.message(), en);
    let read = status::read(&refused);
    assert_eq!(
        (read.kind, read.code.as_str()),
        (Kind::Invalid, "invalid_request")
    );
    assert_eq!((read.en.as_str(), read.zh.as_str()), (en, zh));
}

#[tokio::test]
async fn a_visit_to_someone_not_in_the_register_is_refused_by_its_rule() {
    let world = world().await;
    let asked = pb::RecordVisitRequest {
        request_id: world.new_request(),
        visit: Some(home_visit(&world.new_request())),
        ..pb::RecordVisitRequest::default()
    };
    let refused = world.visit(asked).await.err().unwrap();
    assert_eq!(refused.code(), Code::FailedPrecondition);
    assert_eq!(status::read(&refused).kind, Kind::Rejected);
}

#[tokio::test]
async fn a_person_not_in_the_register_is_not_found() {
    let world = world().await;
    let mut register = RegisterServiceClient::new(world.client.channel());
    for by in [
        pb::get_person_request::By::Person(world.new_request()),
        pb::get_person_request::By::IdNumber("11010519491231002X".into()),
    ] {
        let asked = pb::GetPersonRequest {
            by: Some(by),
            position: String::new(),
        };
        let refused = register
            .get_person(world.client.request(asked))
            .await
            .err()
            .unwrap();
        assert_eq!(refused.code(), Code::NotFound);
        assert_eq!(info(&refused).reason, "not_found");
    }
}

#[tokio::test]
async fn a_call_must_say_who_acts() {
    let world = world().await;
    let mut cadres = CadreServiceClient::new(world.client.channel());
    let nobody = Request::new(pb::AcceptTransferRequest::default());
    let refused = cadres.accept_transfer(nobody).await.err().unwrap();
    assert_eq!(refused.code(), Code::Unauthenticated);
    let info = info(&refused);
    assert_eq!(info.reason, "actor_missing");
    assert_eq!(info.metadata["header"], "sangyu-actor-id");
}

#[tokio::test]
async fn others_cannot_reach_the_server_while_it_cannot_tell_who_they_are() {
    let (app, _dir) = app();
    for address in ["0.0.0.0:0", "192.0.2.1:7300", "[::]:0"] {
        let refused = Server::bind(app.clone(), address.parse().unwrap())
            .await
            .err()
            .unwrap();
        assert!(
            matches!(refused, ServeError::NotLoopback { .. }),
            "{address}"
        );
        assert_eq!(refused.code(), "listen_not_loopback");
        assert!(refused.to_string().contains("127.0.0.1"));
        assert!(refused.zh().contains("127.0.0.1"));
    }
}

#[tokio::test]
async fn a_server_told_to_end_ends() {
    let world = world().await;
    world.register("孙桂英").await;
    world.end().await.unwrap();
}

#[tokio::test]
async fn where_no_server_answers_the_remedy_is_told() {
    let world = world().await;
    let refused = crate::Client::connect("http://127.0.0.1:1", super::world::caller())
        .await
        .err()
        .unwrap();
    assert_eq!(
        (refused.kind, refused.code.as_str()),
        (Kind::Unavailable, "server_unreachable")
    );
    let refused = crate::Client::connect("no url", super::world::caller())
        .await
        .err()
        .unwrap();
    assert_eq!(refused.code, "server_address_invalid");
    drop(world);
}
