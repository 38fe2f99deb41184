use super::{
    CHANNELS, CLOSE, Story, accept, joint, last_days, notify, petition, profile, story,
    transferred, unit, unreachable, when,
};
use crate::{
    PetitionId,
    petition::{
        Category, Channel, ClockName, ExemptionGround, Intake, Level, NoticeContent, Origin,
        Petition, PetitionCommand as C, PetitionRejection as R, Stage, Track,
    },
    testing::{given, text},
};

fn first() -> PetitionId {
    PetitionId(uuid::Uuid::from_u128(10))
}

fn another() -> Story {
    story().registered(Petition {
        id: first(),
        ..petition()
    })
}

fn object(raised: &str) -> C {
    C::Object {
        reasons: text("属医保局职责，详见职责清单第三项"),
        raised: when(raised),
    }
}

fn close(ground: ExemptionGround) -> C {
    C::Close {
        exemption: Some(ground),
    }
}

#[test]
fn a_petition_may_come_on_any_channel_and_from_anywhere() {
    for channel in CHANNELS {
        for origin in [
            Origin::Direct,
            Origin::ReceptionDay {
                leader: text("局长"),
            },
            Origin::TransferredIn {
                sender: unit("市信访局"),
                document: None,
            },
        ] {
            story().registered(Petition {
                channel,
                intake: Intake {
                    origin,
                    ..Intake::default()
                },
                ..petition()
            });
        }
    }
}

#[test]
fn a_joint_visit_has_at_most_five_representatives_and_any_number_of_signatures() {
    let too_many = R::TooManyRepresentatives { found: 6, limit: 5 };
    for (channel, representatives, co_signers, refusal) in [
        (Channel::Visit, 5, 400, None),
        (Channel::Visit, 6, 400, Some(too_many)),
        (Channel::Letter, 6, 400, None),
        (Channel::Visit, 5, 4, Some(R::JointIncomplete)),
        (Channel::Letter, 0, 400, Some(R::JointIncomplete)),
    ] {
        let petition = joint(channel, representatives, co_signers);
        story().answers(C::Register { petition }, refusal);
    }
}

#[test]
fn a_category_is_changed_with_a_reason() {
    let classify = |category, reason: Option<&str>| C::Classify {
        category,
        reason: reason.map(text),
    };
    let demand = Category::Demand(Track::Investigation);
    let story = story().registered(petition()).then(classify(demand, None));
    assert_eq!(story.gives(classify(demand, None)), []);
    assert_eq!(
        story.refuses(classify(Category::Suggestion, None)),
        R::ReasonMissing
    );
    story.then(classify(Category::Suggestion, Some("信中并无诉求")));
}

#[test]
fn a_demand_of_another_procedure_is_diverted_not_accepted() {
    for (track, refusal) in [
        (Track::Litigation, Some(R::TrackDiverted)),
        (Track::Arbitration, Some(R::TrackDiverted)),
        (Track::PartyAppeal, Some(R::TrackDiverted)),
        (Track::AdministrativeProcedure, Some(R::TrackDiverted)),
        (Track::StatutoryDuty, None),
        (Track::Investigation, None),
    ] {
        let category = Category::Demand(track);
        let story = story().registered(petition()).then(C::Classify {
            category,
            reason: None,
        });
        story.answers(accept("2026-04-10"), refusal);
    }
}

#[test]
fn the_same_matter_is_linked_to_the_one_that_is_open() {
    let link = || C::LinkDuplicate { first: first() };
    let story = story().registered(petition());
    assert_eq!(story.refuses(link()), R::FirstNotOpen, "there is none");
    let itself = C::LinkDuplicate {
        first: petition().id,
    };
    assert_eq!(story.refuses(itself), R::LinkedToItself);
    let closed = another()
        .accepted("2026-04-10")
        .replied("2026-04-20")
        .then(CLOSE);
    assert_eq!(
        story.clone().beside(&closed).refuses(link()),
        R::FirstNotOpen
    );
    let linked = story.beside(&another()).then(link());
    assert_eq!(
        linked.case().docket().unwrap().stage(),
        &Stage::Linked { first: first() }
    );
    assert_eq!(linked.gives(link()), []);
    assert_eq!(linked.refuses(accept("2026-04-10")), R::Linked);
    // Nothing is linked to what is itself linked.
    let third = super::story()
        .registered(Petition {
            id: PetitionId(uuid::Uuid::from_u128(11)),
            ..petition()
        })
        .beside(&linked);
    let to_linked = C::LinkDuplicate {
        first: petition().id,
    };
    assert_eq!(third.refuses(to_linked), R::FirstNotOpen);
    assert_eq!(linked.refuses(close(ExemptionGround::Linked)), R::NotTold);
    linked
        .then(notify("2026-04-09"))
        .then(close(ExemptionGround::Linked));
}

#[test]
fn after_a_final_review_the_same_facts_are_not_taken_up() {
    let refuse = || C::RefuseFinal { reviewed: first() };
    let story = story().registered(petition());
    assert_eq!(story.refuses(refuse()), R::NotFinallyReviewed);
    let reviewed = another()
        .accepted("2026-04-10")
        .replied("2026-04-20")
        .reviewed(Level::Review, "2026-04-21", "2026-04-22");
    let so_far = story.clone().beside(&reviewed);
    assert_eq!(so_far.refuses(refuse()), R::NotFinallyReviewed);
    let reviewed = reviewed.reviewed(Level::FinalReview, "2026-04-23", "2026-04-24");
    let story = story.beside(&reviewed).then(refuse());
    assert_eq!(story.gives(refuse()), []);
    let closing = || close(ExemptionGround::RefusedAsFinal);
    assert_eq!(story.refuses(closing()), R::NotTold);
    story.then(notify("2026-04-30")).then(closing());
}

#[test]
fn a_petition_routed_onward_is_closed_when_the_petitioner_knows() {
    let route = || C::RouteOnward {
        to: unit("市医保局"),
        document: Some(text("转〔2026〕9号")),
        routed: when("2026-04-10"),
    };
    let closing = || close(ExemptionGround::RoutedOnward);
    let story = story().registered(petition());
    assert_eq!(story.refuses(closing()), R::ExemptionUnfounded);
    let routed = story.then(route());
    assert_eq!(routed.gives(route()), []);
    assert_eq!(routed.refuses(CLOSE), R::ExemptionMissing);
    assert_eq!(routed.refuses(closing()), R::NotTold);
    let mut told = super::notice("2026-04-10");
    told.content = NoticeContent::RoutedOnward {
        to: unit("市医保局"),
    };
    routed.then(C::Notify { notice: told }).then(closing());
    // Nobody can tell someone whose address nobody knows.
    super::story()
        .registered(unreachable())
        .then(route())
        .then(closing());
}

#[test]
fn nobody_tells_a_petitioner_whose_name_or_address_is_unclear() {
    let story = story().registered(unreachable());
    assert_eq!(
        story.refuses(notify("2026-04-09")),
        R::PetitionerUnreachable
    );
    assert_eq!(story.clock_of(ClockName::Tell, 1, "2026-04-08"), None);
    story
        .accepted("2026-04-10")
        .then(close(ExemptionGround::Unreachable));
}

#[test]
fn an_objection_is_raised_within_five_working_days() {
    // Sunday 2025-01-26 is worked.
    let story = story()
        .on("2025-02-10")
        .registered(transferred("2025-01-22"));
    let due = story.clock(ClockName::Object, "2025-01-22").due;
    assert_eq!(last_days(&due), ("2025-02-05".into(), "2025-02-05".into()));
    let until = super::day("2025-02-05");
    assert_eq!(
        story.refuses(object("2025-02-06")),
        R::ObjectionTooLate { until }
    );
    let early = R::BeforeReceived {
        date: when("2025-01-21"),
        received: when("2025-01-22"),
    };
    assert_eq!(story.refuses(object("2025-01-21")), early);
    let story = story.then(object("2025-02-05"));
    assert_eq!(story.gives(object("2025-02-05")), []);
    assert_eq!(story.refuses(accept("2025-02-05")), R::ObjectionPending);
}

#[test]
fn only_what_was_transferred_in_can_be_objected_to_and_only_since_2022() {
    let story = story().registered(petition());
    assert_eq!(story.refuses(object("2026-04-09")), R::NotTransferredIn);
    let before = super::story()
        .under(profile("national-2005.toml"))
        .registered(transferred("2021-03-01"));
    assert_eq!(before.refuses(object("2021-03-02")), R::NoRightToObject);
}

#[test]
fn papers_go_back_only_after_the_sender_agreed() {
    let send_back = || C::Return {
        returned: when("2026-04-12"),
    };
    let agree = || C::SenderAgrees {
        agreed: when("2026-04-11"),
    };
    let story = story().registered(transferred("2026-04-08"));
    assert_eq!(story.refuses(agree()), R::NotObjected);
    assert_eq!(story.refuses(send_back()), R::ReturnNotAgreed);
    let story = story.then(object("2026-04-09"));
    assert_eq!(story.refuses(send_back()), R::ReturnNotAgreed);
    let story = story.then(agree());
    assert_eq!(story.refuses(accept("2026-04-12")), R::ReturnPending);
    let story = story.then(send_back());
    assert_eq!(story.refuses(accept("2026-04-12")), R::SentBack);
    story.then(close(ExemptionGround::Returned));
}

#[test]
fn what_the_sender_does_not_take_back_is_ours() {
    let decline = || C::SenderDeclines {
        declined: when("2026-04-11"),
        reason: text("属贵单位职责"),
    };
    let story = story()
        .registered(transferred("2026-04-08"))
        .then(object("2026-04-09"))
        .then(decline());
    assert_eq!(story.gives(decline()), []);
    assert_eq!(story.refuses(object("2026-04-12")), R::ObjectionDeclined);
    story.accepted("2026-04-12");
}

#[test]
fn a_petitioner_withdraws_as_long_as_no_answer_was_given() {
    let withdraw = || C::Withdraw {
        withdrawn: when("2026-04-30"),
        reason: None,
    };
    let story = story().registered(petition()).accepted("2026-04-10");
    let withdrawn = story.clone().then(withdraw());
    assert_eq!(withdrawn.gives(withdraw()), []);
    assert_eq!(
        withdrawn.refuses(super::reply("2026-04-30")),
        R::WithdrawnByPetitioner
    );
    withdrawn.then(close(ExemptionGround::Withdrawn));
    let replied = story.replied("2026-04-20");
    let stands = R::AlreadyReplied {
        delivered: when("2026-04-20"),
    };
    assert_eq!(replied.refuses(withdraw()), stands);
}

#[test]
fn a_notice_is_recorded_once_and_not_before_the_petition_came() {
    let story = story().registered(petition()).then(notify("2026-04-09"));
    assert_eq!(story.gives(notify("2026-04-09")), []);
    assert_eq!(
        story.refuses(notify("2026-04-07")),
        R::BeforeReceived {
            date: when("2026-04-07"),
            received: petition().received,
        }
    );
    given::<crate::petition::PetitionCase>(story.events)
        .when(notify("2026-05-02"))
        .then_rejected(R::InTheFuture {
            date: when("2026-05-02"),
        });
}
