use domain::{
    PetitionId,
    petition::{Channel, Intake, Petition, PetitionCommand, Petitioner},
};

use super::{NEW, OTHER, PERSON, lacks, person, read, text};
use crate::{pb, petition::PetitionCall};

#[test]
fn each_call_on_a_petition_asks_the_command_it_names() {
    let call = PetitionCall::Register(pb::RegisterPetitionRequest {
        petition: Some(pb::Petition {
            number: "2026-001".into(),
            channel: pb::Channel::Visit.into(),
            petitioner: Some(pb::Petitioner {
                name: "周文华".into(),
                person: PERSON.into(),
            }),
            subject: "加装电梯".into(),
            text: "三楼以上老人上下楼不便。".into(),
            received: "2026-04-01".into(),
        }),
        ..Default::default()
    });
    let petition = Petition {
        id: PetitionId(NEW),
        number: Some(text("2026-001")),
        channel: Channel::Visit,
        petitioner: Petitioner {
            name: text("周文华"),
            person: Some(person()),
        },
        subject: text("加装电梯"),
        text: text("三楼以上老人上下楼不便。"),
        received: "2026-04-01".parse().unwrap(),
        intake: Intake::default(),
    };
    assert_eq!(
        read(call),
        (PetitionId(NEW), PetitionCommand::Register { petition })
    );
    let id = || OTHER.to_owned();
    let cases: Vec<(PetitionCall, PetitionCommand)> = vec![
        (
            PetitionCall::Accept(pb::AcceptPetitionRequest {
                id: id(),
                accepted: "2026-04-02".into(),
                ..Default::default()
            }),
            PetitionCommand::Accept {
                accepted: "2026-04-02".parse().unwrap(),
            },
        ),
        (
            PetitionCall::Reply(pb::ReplyToPetitionRequest {
                id: id(),
                text: "已列入计划。".into(),
                delivered: "2026-05-02T03:00:00Z".into(),
                ..Default::default()
            }),
            PetitionCommand::Reply {
                text: text("已列入计划。"),
                delivered: "2026-05-02T03:00:00Z".parse().unwrap(),
            },
        ),
        (
            PetitionCall::Close(pb::ClosePetitionRequest {
                id: id(),
                ..Default::default()
            }),
            PetitionCommand::Close { exemption: None },
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(read(call), (OTHER.parse().unwrap(), expected));
    }
    assert_eq!(
        lacks(PetitionCall::Register(Default::default())),
        ["petition"]
    );
    assert_eq!(
        lacks(PetitionCall::Accept(Default::default())),
        ["id", "accepted"]
    );
    assert_eq!(
        lacks(PetitionCall::Reply(Default::default())),
        ["id", "text", "delivered"]
    );
    assert_eq!(lacks(PetitionCall::Close(Default::default())), ["id"]);
}
