use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

use super::world::{self, world};

#[tokio::test]
async fn every_service_is_listed_and_healthy() {
    let world = world().await;
    let mut reflection = ServerReflectionClient::new(world.client.channel());
    let list = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let list = futures::stream::iter([list]);
    let mut answers = reflection
        .server_reflection_info(list)
        .await
        .unwrap()
        .into_inner();
    let answer = answers.message().await.unwrap().unwrap().message_response;
    let Some(MessageResponse::ListServicesResponse(listed)) = answer else {
        panic!("a list")
    };
    let ours = |name: &String| name.starts_with("sangyu.v1.");
    let mut names: Vec<String> = listed
        .service
        .into_iter()
        .map(|service| service.name)
        .filter(ours)
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "Admin",
            "Cadre",
            "Calendar",
            "Duty",
            "Fund",
            "Hardship",
            "Health",
            "Import",
            "Inspection",
            "Ledger",
            "Medal",
            "PaymentBatch",
            "Petition",
            "Plan",
            "Register",
            "Round",
            "Rules",
            "Visit"
        ]
        .map(|name| format!("sangyu.v1.{name}Service"))
    );
    let mut health = HealthClient::new(world.client.channel());
    for service in names.into_iter().chain([String::new()]) {
        let health = health
            .check(HealthCheckRequest { service })
            .await
            .unwrap()
            .into_inner();
        assert_eq!(health.status().as_str_name(), "SERVING");
    }
}

#[tokio::test]
async fn a_server_whose_views_stand_still_says_that_it_is_not_well() {
    let (app, dir) = world::app();
    let mut unknown = event_log::contract::event(1);
    unknown.name = "visit.dreamt".into();
    let stream = event_log::contract::stream("1").unwrap();
    let log = app.log().clone();
    log.append(&stream, event_log::Expected::NoStream, vec![unknown])
        .await
        .unwrap();

    let world = world::serve(app, dir).await;
    let mut health = HealthClient::new(world.client.channel());
    let mut watched = health
        .watch(HealthCheckRequest::default())
        .await
        .unwrap()
        .into_inner();
    while let Some(said) = watched.message().await.unwrap() {
        if said.status().as_str_name() == "NOT_SERVING" {
            return;
        }
    }
    panic!("it never said so");
}
