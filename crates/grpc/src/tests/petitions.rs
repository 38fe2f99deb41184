//! What people read of petitions over the wire.

use domain::{Text, petition::ClockName};
use views::{
    PageRequest,
    petitions::{FiguresBy, FiguresFilter, PetitionStage, WorkFilter},
};

use super::world::{World, caller, text, world};
use crate::{client::PetitionServiceClient, pb};

/// Registers a petition of nine people and takes it through these steps; its id and the position
/// of the last step.
async fn petition(world: &World) -> (String, String) {
    let mut petitions = PetitionServiceClient::new(world.client.channel());
    let registered = pb::RegisterPetitionRequest {
        request_id: world.new_request(),
        petition: Some(pb::Petition {
            number: "2026-001".into(),
            channel: pb::Channel::Letter.into(),
            petitioner: Some(pb::Petitioner {
                name: "周文华".into(),
                person: String::new(),
            }),
            subject: "加装电梯".into(),
            text: "三楼以上老人上下楼不便。".into(),
            received: "2026-04-01".into(),
            intake: Some(pb::Intake {
                joint: Some(pb::Joint {
                    representatives: vec!["周文华".into()],
                    co_signers: 9,
                }),
                ..pb::Intake::default()
            }),
        }),
        category: pb::Category::DemandInvestigation.into(),
        ..pb::RegisterPetitionRequest::default()
    };
    let answer = petitions
        .register_petition(world.client.request(registered))
        .await
        .unwrap();
    let id = answer.into_inner().answer.unwrap().id;
    let accepted = pb::AcceptPetitionRequest {
        request_id: world.new_request(),
        id: id.clone(),
        accepted: "2026-04-02".into(),
        ..pb::AcceptPetitionRequest::default()
    };
    petitions
        .accept_petition(world.client.request(accepted))
        .await
        .unwrap();
    let told = pb::NotifyPetitionerRequest {
        request_id: world.new_request(),
        id: id.clone(),
        notice: Some(pb::Notice {
            content: Some(pb::notice::Content::Plain(pb::PlainNotice::Ours.into())),
            means: pb::Means::Phone.into(),
            told: "2026-04-03".into(),
        }),
        ..pb::NotifyPetitionerRequest::default()
    };
    petitions
        .notify_petitioner(world.client.request(told))
        .await
        .unwrap();
    let supervised = pb::SupervisePetitionRequest {
        request_id: world.new_request(),
        id: id.clone(),
        ground: pb::SupervisionGround::Shirking.into(),
        recommendation: "限期办理".into(),
        ..pb::SupervisePetitionRequest::default()
    };
    let answer = petitions
        .supervise_petition(world.client.request(supervised))
        .await
        .unwrap();
    let position = answer.into_inner().answer.unwrap().position;
    (id, position)
}

async fn reached(world: &World, position: &str) {
    let position = event_log::Position::from_stored(position.parse().unwrap());
    world.app.reached(position).await.unwrap();
}

#[tokio::test]
async fn the_page_of_facts_has_all_that_was_recorded() {
    let world = world().await;
    let (id, position) = petition(&world).await;
    let mut petitions = PetitionServiceClient::new(world.client.channel());
    let asked = pb::GetPetitionRequest {
        petition: id,
        position,
    };
    let asked = world.client.request(asked);
    let page = petitions.get_petition(asked).await.unwrap().into_inner();
    assert_eq!(page.row.unwrap().stage(), pb::PetitionStage::Accepted);
    let (details, facts) = (page.details.unwrap(), page.facts.unwrap());
    assert_eq!(details.category(), pb::Category::DemandInvestigation);
    assert_eq!(details.unit, "老干部局");
    assert_eq!(details.told_on, "2026-04-03");
    assert_eq!(details.courses[0].accepted_on, "2026-04-02");
    let clocks: Vec<_> = details
        .clocks
        .iter()
        .map(pb::PetitionClock::clock)
        .collect();
    assert_eq!(clocks, [pb::ClockName::Tell, pb::ClockName::Handle]);
    let [tell, handle] = &details.clocks[..] else {
        panic!("two clocks")
    };
    assert_eq!(tell.state(), pb::ClockState::MetInTime);
    assert_eq!(tell.ended_on, "2026-04-03");
    assert_eq!(
        (handle.start.as_str(), handle.due_raw.as_str()),
        ("2026-04-02", "2026-06-01")
    );
    assert!(handle.rule.contains("第三十四条"), "{}", handle.rule);
    assert_eq!(facts.intake.unwrap().joint.unwrap().co_signers, 9);
    assert_eq!(facts.notices[0].told, "2026-04-03");
    assert_eq!(facts.supervisions[0].recommendation, "限期办理");
    assert_eq!(
        facts.supervisions[0].ground(),
        pb::SupervisionGround::Shirking
    );
    let told: Vec<_> = page.timeline.iter().map(|e| e.event.as_str()).collect();
    assert!(told.contains(&"petition.supervised"), "{told:?}");
    assert_eq!(told.len(), 5);
}

#[tokio::test]
async fn the_work_list_explains_itself_to_a_caller_as_to_the_application() {
    let world = world().await;
    let (id, position) = petition(&world).await;
    reached(&world, &position).await;
    let reading = world.app.read_as(&caller().actor);
    let of = |narrow: fn(&mut WorkFilter)| {
        let mut filter = WorkFilter::default();
        narrow(&mut filter);
        filter
    };
    let first = PageRequest::default;
    for (filter, rows) in [
        (of(|_| ()), 1),
        (of(|f| f.unit = Text::parse("老干部局").ok()), 1),
        (of(|f| f.unit = Text::parse("另一单位").ok()), 0),
        (of(|f| f.handler = Text::parse("wang.fang").ok()), 0),
        (of(|f| f.unassigned = true), 1),
        (of(|f| f.stage = Some(PetitionStage::Accepted)), 1),
        (of(|f| f.stage = Some(PetitionStage::Received)), 0),
        (of(|f| f.awaiting_feedback = true), 1),
        (of(|f| f.awaiting_delivery = true), 0),
    ] {
        let shown = world
            .client
            .petition_worklist(filter.clone(), first())
            .await
            .unwrap();
        assert_eq!(shown.items.len(), rows, "{filter:?}");
        let same = reading.petition_worklist(filter, first()).await.unwrap();
        assert_eq!(shown, same);
    }
    let filter = WorkFilter::default();
    let shown = world
        .client
        .petition_worklist(filter, first())
        .await
        .unwrap();
    let row = &shown.items[0];
    let next = row.next.as_ref().unwrap();
    assert_eq!(
        (row.petition.to_string(), next.clock),
        (id, ClockName::Handle)
    );
    assert!(!next.rule.is_empty() && !next.calendar.is_empty());
}

#[tokio::test]
async fn the_board_and_the_figures_are_the_same_to_a_caller_as_to_the_application() {
    let world = world().await;
    let (_, position) = petition(&world).await;
    reached(&world, &position).await;
    let reading = world.app.read_as(&caller().actor);
    for unit in [None, Some(text("老干部局")), Some(text("另一单位"))] {
        let shown = world.client.petition_board(unit.clone()).await.unwrap();
        assert_eq!(shown, reading.petition_board(unit).await.unwrap());
    }
    let all = FiguresFilter::default;
    let in_2025 = FiguresFilter {
        to: "2025-12-31".parse().ok(),
        ..all()
    };
    for (of, by, total, groups) in [
        (all(), None, 1, 0),
        (all(), Some(FiguresBy::Category), 1, 1),
        (in_2025, Some(FiguresBy::Year), 0, 0),
    ] {
        let shown = world.client.petition_figures(of.clone(), by).await.unwrap();
        assert_eq!((shown.all.total, shown.groups.len()), (total, groups));
        assert_eq!(shown, reading.petition_figures(of, by).await.unwrap());
    }
}
