//! The log for process mining, as its callers get it.

use std::io::Read as _;

use ::inspection::mining::Notation;
use tonic::Code;

use super::{
    sealed::{let_in, report, shut_out},
    world::{caller, info, world},
};
use crate::{
    Caller, Client,
    pb::{self, inspection_service_client::InspectionServiceClient},
};

#[tokio::test]
async fn a_caller_gets_byte_for_byte_what_the_application_makes_for_them() {
    let world = world().await;
    let id = report(&world).await;
    world.register("张三").await;
    let petitions = Notation::Xes {
        category: "petition".into(),
    };
    for (who, sees) in [(&shut_out()[..], false), (&let_in()[..], true)] {
        for actor in who {
            let caller = Caller {
                actor: actor.clone(),
                ..caller()
            };
            let client = Client::connect(&world.url, caller).await.unwrap();
            for notation in [Notation::Ocel, petitions.clone()] {
                let reading = world.app.read_as(actor);
                let mut made = reading.mined_log(notation.clone()).await.unwrap();
                let (mut here, mut there) = (Vec::new(), Vec::new());
                made.file.read_to_end(&mut here).unwrap();
                let held = client.mined_log(notation, |part| {
                    there.extend_from_slice(part);
                    Ok(())
                });
                assert_eq!(held.await.unwrap().unwrap(), made.holds);
                assert_eq!(there, here);
                let told = String::from_utf8(there).unwrap().contains(&id);
                assert_eq!(told, sees, "{actor:?}");
            }
        }
    }
}

#[tokio::test]
async fn how_the_events_are_written_is_said_by_whoever_asks() {
    let world = world().await;
    let mut service = InspectionServiceClient::new(world.client.channel());
    let xes = |category: &str| {
        let category = category.to_owned();
        Some(pb::mine_log_request::Notation::Xes(pb::XesNotation {
            category,
        }))
    };
    for (notation, field) in [(None, "notation"), (xes(""), "xes.category")] {
        let asked = world.client.request(pb::MineLogRequest {
            notation,
            ..pb::MineLogRequest::default()
        });
        let refused = service.mine_log(asked).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument);
        assert_eq!(info(&refused).reason, "invalid_request");
        assert!(refused.message().contains(field), "{}", refused.message());
    }
}
