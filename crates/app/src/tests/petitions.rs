//! Which rules govern a petition, and what its rules see of another one.

use domain::{
    PetitionId, Unit,
    petition::{Accused, Channel, Intake, Petition, PetitionCommand, Petitioner},
};
use event_log::{Direction, EventLog as _, StreamName};

use super::{World, cadre, code, request, text, world, world_under};
use crate::Rulebook;
use uuid::Uuid;

pub(super) fn petition(n: u128, received: &str) -> PetitionCommand {
    PetitionCommand::Register {
        petition: Petition {
            id: id(n),
            number: None,
            channel: Channel::Letter,
            petitioner: Petitioner {
                name: text("来信人"),
                person: None,
            },
            subject: text("医药费报销"),
            text: text("请协助办理"),
            received: received.parse().unwrap(),
            intake: Intake::default(),
        },
    }
}

pub(super) fn id(n: u128) -> PetitionId {
    PetitionId(Uuid::from_u128(n))
}

pub(super) fn close() -> PetitionCommand {
    PetitionCommand::Close { exemption: None }
}

pub(super) fn accept(accepted: &str) -> PetitionCommand {
    PetitionCommand::Accept {
        accepted: accepted.parse().unwrap(),
    }
}

async fn rules_of(world: &World, n: u128) -> Vec<String> {
    let stream = StreamName::new("petition", &id(n).to_string()).unwrap();
    let read = world
        .log
        .read_stream(&stream, None, Direction::Forwards, 100)
        .await
        .unwrap();
    read.into_iter()
        .map(|e| e.metadata.rules.to_string())
        .collect()
}

#[tokio::test]
async fn a_petition_is_governed_by_the_rules_of_the_day_it_was_received() {
    let world = world();
    for (n, received, rules) in [
        (1, "2022-04-30", "national-2005"),
        (2, "2022-05-01", "national-2022"),
    ] {
        let app = &world.app;
        app.petition(id(n), [petition(n, received)], &request(n))
            .await
            .unwrap();
        // Whatever comes later.
        app.petition(id(n), [accept("2026-04-01")], &request(10 + n))
            .await
            .unwrap();
        assert_eq!(rules_of(&world, n).await, [rules; 2]);
    }
    world.register(3, None).await.unwrap();
    let stream = StreamName::new("cadre", &cadre(3).to_string()).unwrap();
    let read = world
        .log
        .read_stream(&stream, None, Direction::Forwards, 1)
        .await
        .unwrap();
    assert_eq!(&*read[0].metadata.rules, "national-2022", "today's");
}

#[tokio::test]
async fn a_province_has_rules_of_its_own() {
    let world = world_under(Rulebook::new("province-30", []).unwrap());
    for (n, received, rules) in [
        (1, "2022-04-30", "national-2005"),
        (2, "2022-05-01", "province-30"),
    ] {
        let commands = [petition(n, received)];
        world
            .app
            .petition(id(n), commands, &request(n))
            .await
            .unwrap();
        assert_eq!(rules_of(&world, n).await, [rules]);
    }
}

#[tokio::test]
async fn a_petition_older_than_all_rules_is_refused() {
    let world = world();
    let commands = [petition(1, "2005-04-30")];
    let answer = world.app.petition(id(1), commands, &request(1)).await;
    assert_eq!(code(answer), "no_rules_on_that_day");
}

#[tokio::test]
async fn a_duplicate_is_linked_to_a_petition_that_is_open() {
    let world = world();
    for n in [1, 2] {
        let commands = [petition(n, "2026-04-01")];
        world
            .app
            .petition(id(n), commands, &request(n))
            .await
            .unwrap();
    }
    let link = |first| [PetitionCommand::LinkDuplicate { first: id(first) }];
    let unknown = world.app.petition(id(2), link(9), &request(3)).await;
    assert_eq!(code(unknown), "first_not_open");
    world
        .app
        .petition(id(2), link(1), &request(4))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_report_leaves_no_trace_in_anyones_history_and_none_for_the_accused() {
    let world = world();
    world.register(3, None).await.unwrap();
    let mut register = petition(1, "2026-04-01");
    if let PetitionCommand::Register { petition } = &mut register {
        petition.petitioner.person = Some(cadre(3));
    }
    let accuse = PetitionCommand::NameAccused {
        accused: vec![Accused::Unit(Unit(text("物业管理处")))],
    };
    world
        .app
        .petition(id(1), [register, accuse], &request(1))
        .await
        .unwrap();
    let stream = StreamName::new("petition", &id(1).to_string()).unwrap();
    let read = world
        .log
        .read_stream(&stream, None, Direction::Forwards, 10)
        .await
        .unwrap();
    assert!(read.iter().all(|e| e.metadata.subjects.is_empty()));
    let accused = |n| {
        let mut request = request(n);
        request.actor.unit = Unit(text("物业管理处"));
        request
    };
    // In the same words as of one that was never registered.
    let (known, unknown) = (
        world.app.petition(id(1), [close()], &accused(2)).await,
        world.app.petition(id(9), [close()], &accused(3)).await,
    );
    let (known, unknown) = (known.unwrap_err(), unknown.unwrap_err());
    assert_eq!(known.to_string(), unknown.to_string());
    assert_eq!(known.code(), "petition_not_registered");
}
