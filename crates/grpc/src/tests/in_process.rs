use app::{Ids as _, SystemIds};

use super::world::{app, caller, person};
use crate::{
    Client,
    client::{CadreServiceClient, RegisterServiceClient},
    pb,
};

#[tokio::test]
async fn a_caller_of_the_same_process_reads_what_it_wrote_without_a_port() {
    let (app, _dir) = app();
    let client = Client::in_process(app, caller());
    let mut cadres = CadreServiceClient::new(client.channel());
    let asked = pb::RegisterCadreRequest {
        request_id: SystemIds.next().to_string(),
        ..person("周文华")
    };
    let registered = cadres.register_cadre(client.request(asked)).await.unwrap();
    let answer = registered.into_inner().answer.unwrap();

    let mut register = RegisterServiceClient::new(client.channel());
    let asked = pb::GetPersonRequest {
        by: Some(pb::get_person_request::By::Person(answer.id)),
        position: answer.position,
    };
    let found = register.get_person(client.request(asked)).await.unwrap();
    assert_eq!(
        found.into_inner().card.unwrap().profile.unwrap().name,
        "周文华"
    );
}
