use super::{CLOSE, ONE, petition, story, unit};
use crate::{
    CadreId,
    hardship::{Ground, HardshipId},
    petition::{
        Petition, PetitionCase, PetitionCommand as C, PetitionRejection as R, Petitioner,
        SupervisionGround,
    },
    testing::{given, person, text},
};

fn supervise(recommendation: &str) -> C {
    C::Supervise {
        ground: SupervisionGround::Shirking,
        recommendation: text(recommendation),
    }
}

fn feedback(number: u32, feedback: &str) -> C {
    C::GiveFeedback {
        number,
        feedback: text(feedback),
    }
}

#[test]
fn a_recommendation_needs_written_feedback_before_the_close() {
    let story = story()
        .registered(petition())
        .accepted("2026-04-10")
        .replied("2026-04-20")
        .then(supervise("限期答复"))
        .then(supervise("说明原因"));
    assert_eq!(story.gives(supervise("限期答复")), []);
    assert_eq!(story.refuses(feedback(3, "已整改")), R::NoSuchSupervision);
    assert_eq!(story.refuses(feedback(0, "已整改")), R::NoSuchSupervision);
    let story = story.then(feedback(1, "已整改"));
    assert_eq!(story.gives(feedback(1, "已整改")), []);
    assert_eq!(
        story.refuses(feedback(1, "再次整改")),
        R::FeedbackAlreadyGiven
    );
    assert_eq!(story.refuses(CLOSE), R::FeedbackMissing);
    story.then(feedback(2, "已说明")).then(CLOSE);
}

#[test]
fn what_is_urgent_is_reported_once() {
    let report = || C::ReportUrgent {
        to: unit("市委"),
        matter: text("可能引发群体事件"),
    };
    let story = story().registered(petition()).then(report());
    assert_eq!(story.gives(report()), []);
}

#[test]
fn a_petitioner_is_offered_aid_in_a_case_of_their_own() {
    let aid = |person| C::OfferAid {
        hardship: HardshipId {
            person,
            ground: Ground::SeriousIllness,
        },
    };
    let petition = Petition {
        petitioner: Petitioner {
            name: text("来信人"),
            person: Some(ONE),
        },
        ..petition()
    };
    let register = given::<PetitionCase>([])
        .about(person(ONE))
        .when(C::Register { petition });
    let mut story = story();
    story.events = register.result.unwrap();
    assert_eq!(
        story.refuses(aid(CadreId(uuid::Uuid::from_u128(2)))),
        R::AidForAnother
    );
    let story = story.then(aid(ONE));
    assert_eq!(story.gives(aid(ONE)), []);
}
