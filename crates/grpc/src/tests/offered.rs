use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

use super::world::world;

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
            "Admin", "Cadre", "Calendar", "Hardship", "Import", "Medal", "Petition", "Register",
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
