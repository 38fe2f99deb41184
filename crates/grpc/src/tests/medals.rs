//! The medals of many people in one call.

use tonic::Code;

use super::world::{World, world};
use crate::{
    client::{CadreServiceClient, MedalServiceClient},
    pb,
};

/// Someone who has been a member for more than fifty years.
async fn member(world: &World, name: &str) -> pb::Answer {
    let registered = world.register(name).await;
    let asked = pb::RecordPartyStandingRequest {
        request_id: world.new_request(),
        id: registered.id,
        joined_on: "1965-05-05".into(),
        full_member_on: "1966-05-05".into(),
        evidence: "入党志愿书".into(),
        ..Default::default()
    };
    let mut cadres = CadreServiceClient::new(world.client.channel());
    let answer = cadres
        .record_party_standing(world.client.request(asked))
        .await
        .unwrap();
    answer.into_inner().answer.unwrap()
}

#[tokio::test]
async fn all_candidates_go_through_in_three_calls_and_each_refusal_is_told() {
    let world = world().await;
    let (one, other) = (
        member(&world, "周文华").await,
        member(&world, "吴秀英").await,
    );
    let mut medals = MedalServiceClient::new(world.client.channel());
    let asked = pb::BatchNominateMedalsRequest {
        request_id: world.new_request(),
        year: 2026,
        all_candidates: true,
        ..Default::default()
    };
    let nominated = medals
        .batch_nominate_medals(world.client.request(asked))
        .await
        .unwrap()
        .into_inner()
        .items;
    let mut people: Vec<String> = nominated.iter().map(|one| one.person.clone()).collect();
    people.sort();
    let mut expected = [one.id, other.id];
    expected.sort();
    assert_eq!(people, expected);
    assert!(
        nominated
            .iter()
            .all(|one| one.answer.is_some() && one.code.is_empty())
    );

    let asked = pb::BatchAttestMedalsRequest {
        request_id: world.new_request(),
        people: vec![people[0].clone()],
        branch: "第一支部".into(),
        statement: "一贯表现良好".into(),
        ..Default::default()
    };
    medals
        .batch_attest_medals(world.client.request(asked))
        .await
        .unwrap();
    let asked = pb::BatchApproveMedalsRequest {
        request_id: world.new_request(),
        people: people.clone(),
        document: "组发2号".into(),
        ..Default::default()
    };
    // Attested by the same account, and not attested at all.
    let approved = medals
        .batch_approve_medals(world.client.request(asked))
        .await
        .unwrap()
        .into_inner()
        .items;
    let codes: Vec<&str> = approved.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["approver_is_attester", "medal_not_attested"]);
}

#[tokio::test]
async fn a_call_for_many_names_them_or_asks_for_all_candidates() {
    let world = world().await;
    let mut medals = MedalServiceClient::new(world.client.channel());
    for (all_candidates, people) in [(false, vec![]), (true, vec![world.new_request()])] {
        let asked = pb::BatchNominateMedalsRequest {
            request_id: world.new_request(),
            year: 2026,
            all_candidates,
            people,
            ..Default::default()
        };
        let refused = medals
            .batch_nominate_medals(world.client.request(asked))
            .await;
        assert_eq!(refused.err().unwrap().code(), Code::InvalidArgument);
    }
}
