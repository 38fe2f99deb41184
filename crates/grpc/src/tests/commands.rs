use tonic::Code;

use super::world::{home_visit, info, person, world};
use crate::{
    client::{CadreServiceClient, RegisterServiceClient},
    pb,
};

#[tokio::test]
async fn a_person_is_registered_visited_and_their_history_read() {
    let world = world().await;
    let registered = world.register("张桂兰").await;
    assert_eq!(registered.outcome(), pb::Outcome::Recorded);
    assert_eq!(registered.revision, Some(0));
    let asked = pb::RecordVisitRequest {
        request_id: world.new_request(),
        visit: Some(home_visit(&registered.id)),
        source: Some(pb::Source {
            document: "走访登记簿".into(),
            sheet: String::new(),
            row: Some(7),
        }),
        ..pb::RecordVisitRequest::default()
    };
    let visited = world.visit(asked).await.unwrap();

    let mut register = RegisterServiceClient::new(world.client.channel());
    let asked = pb::GetHistoryRequest {
        person: registered.id.clone(),
        position: visited.position.clone(),
        ..pb::GetHistoryRequest::default()
    };
    let history = register
        .get_history(world.client.request(asked))
        .await
        .unwrap()
        .into_inner();
    let [registration, visit] = &history.items[..] else {
        panic!("two things happened")
    };
    assert_eq!(
        (visit.event.as_str(), visit.occurred.as_str()),
        ("visit.recorded", "2026-05-01")
    );
    assert_eq!(visit.stream, format!("visit-{}", visited.id));
    assert_eq!(visit.recorded, visited.recorded);
    assert_eq!(visit.actor.as_ref().unwrap().name, "王芳");
    assert_eq!(visit.source.as_ref().unwrap().row, Some(7));
    assert_eq!(registration.event, "cadre.registered");
    assert_eq!(history.next_page_token, "");
}

#[tokio::test]
async fn the_same_request_again_gets_the_first_answer() {
    let world = world().await;
    let mut cadres = CadreServiceClient::new(world.client.channel());
    let asked = pb::RegisterCadreRequest {
        request_id: world.new_request(),
        ..person("李秀英")
    };
    let mut answers = Vec::new();
    for _ in 0..2 {
        let answer = cadres
            .register_cadre(world.client.request(asked.clone()))
            .await
            .unwrap();
        answers.push(answer.into_inner().answer.unwrap());
    }
    let [first, again] = &answers[..] else {
        panic!("two answers")
    };
    assert_eq!(again.outcome(), pb::Outcome::Repeated);
    assert_eq!((&again.id, again.revision), (&first.id, first.revision));
    assert_eq!(
        (&again.position, &again.recorded),
        (&first.position, &first.recorded)
    );
    assert_eq!(world.app.log().read_all(None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_dry_run_decides_and_records_nothing() {
    let world = world().await;
    let mut cadres = CadreServiceClient::new(world.client.channel());
    let asked = pb::RegisterCadreRequest {
        request_id: world.new_request(),
        dry_run: true,
        ..person("陈玉珍")
    };
    let answer = cadres
        .register_cadre(world.client.request(asked))
        .await
        .unwrap()
        .into_inner();
    let answer = answer.answer.unwrap();
    assert_eq!(answer.outcome(), pb::Outcome::Recorded);
    assert_eq!((answer.revision, answer.position.as_str()), (None, ""));
    assert!(world.app.log().read_all(None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn who_has_read_an_older_revision_is_told_both() {
    let world = world().await;
    let person = world.register("赵淑芬").await.id;
    let mut cadres = CadreServiceClient::new(world.client.channel());
    let asked = pb::RecordDeathRequest {
        request_id: world.new_request(),
        expected_revision: Some(3),
        id: person,
        died_on: "2026-04-30".into(),
        ..pb::RecordDeathRequest::default()
    };
    let refused = cadres
        .record_death(world.client.request(asked))
        .await
        .err()
        .unwrap();
    assert_eq!(refused.code(), Code::Aborted);
    let info = info(&refused);
    assert_eq!(
        (info.reason.as_str(), info.domain.as_str()),
        ("conflict", "sangyu")
    );
    assert_eq!(info.metadata["expected_revision"], "3");
    assert_eq!(info.metadata["actual_revision"], "0");
}
