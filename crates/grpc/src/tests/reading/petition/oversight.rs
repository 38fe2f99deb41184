use domain::{
    Unit,
    hardship::{Ground, HardshipId},
    petition::{PetitionCommand, SupervisionGround},
};

use super::{ask, id};
use crate::{
    pb,
    petition::PetitionCall,
    tests::reading::{PERSON, lacks, person, text},
};

#[test]
fn a_supervision_says_its_ground() {
    use pb::SupervisionGround as Asked;
    let grounds = [
        (
            Asked::AcceptanceRulesBroken,
            SupervisionGround::AcceptanceRulesBroken,
        ),
        (
            Asked::HandlingRulesBroken,
            SupervisionGround::HandlingRulesBroken,
        ),
        (Asked::Shirking, SupervisionGround::Shirking),
        (Asked::Falsifying, SupervisionGround::Falsifying),
        (
            Asked::OpinionNotExecuted,
            SupervisionGround::OpinionNotExecuted,
        ),
    ];
    for (asked, ground) in grounds {
        let call = PetitionCall::SupervisePetition(pb::SupervisePetitionRequest {
            id: id(),
            ground: asked.into(),
            recommendation: "限期答复。".into(),
            ..Default::default()
        });
        let command = PetitionCommand::Supervise {
            ground,
            recommendation: text("限期答复。"),
        };
        ask([(call, command)]);
    }
}

#[test]
fn each_call_of_the_oversight_asks_the_command_it_names() {
    ask([
        (
            PetitionCall::GiveFeedback(pb::GiveFeedbackRequest {
                id: id(),
                number: 2,
                feedback: "已整改。".into(),
                ..Default::default()
            }),
            PetitionCommand::GiveFeedback {
                number: 2,
                feedback: text("已整改。"),
            },
        ),
        (
            PetitionCall::ReportUrgent(pb::ReportUrgentRequest {
                id: id(),
                to: "市委办公室".into(),
                matter: "多人拟越级走访。".into(),
                ..Default::default()
            }),
            PetitionCommand::ReportUrgent {
                to: Unit(text("市委办公室")),
                matter: text("多人拟越级走访。"),
            },
        ),
        (
            PetitionCall::OfferAid(pb::OfferAidRequest {
                id: id(),
                person: PERSON.into(),
                ground: pb::Ground::SeriousIllness.into(),
                ..Default::default()
            }),
            PetitionCommand::OfferAid {
                hardship: HardshipId {
                    person: person(),
                    ground: Ground::SeriousIllness,
                },
            },
        ),
    ]);
    let lacking: [(PetitionCall, &[&str]); 5] = [
        (
            PetitionCall::SupervisePetition(Default::default()),
            &["id", "ground", "recommendation"],
        ),
        (
            PetitionCall::GiveFeedback(Default::default()),
            &["id", "feedback"],
        ),
        (
            PetitionCall::ReportUrgent(Default::default()),
            &["id", "to", "matter"],
        ),
        (
            PetitionCall::OfferAid(Default::default()),
            &["id", "person", "ground"],
        ),
        (
            PetitionCall::WithdrawDocument(Default::default()),
            &["id", "hash", "reason"],
        ),
    ];
    for (call, fields) in lacking {
        assert_eq!(lacks(call), fields);
    }
}
