use domain::{
    PetitionId, StaffId, Unit,
    petition::{
        Accused, Category, Channel, Intake, Joint, Means, Notice, NoticeContent, Origin, Petition,
        PetitionCommand, Petitioner, Track,
    },
};

use super::{ask, id};
use crate::{
    fields::Word,
    pb,
    petition::PetitionCall,
    tests::reading::{NEW, OTHER, PERSON, lacks, person, read, text},
};

fn asked() -> pb::Petition {
    pb::Petition {
        number: "2026-001".into(),
        channel: pb::Channel::Visit.into(),
        petitioner: Some(pb::Petitioner {
            name: "周文华".into(),
            person: PERSON.into(),
        }),
        subject: "加装电梯".into(),
        text: "三楼以上老人上下楼不便。".into(),
        received: "2026-04-01".into(),
        intake: None,
    }
}

fn petition(intake: Intake) -> PetitionCommand {
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
        intake,
    };
    PetitionCommand::Register { petition }
}

fn accused() -> Vec<pb::Accused> {
    use pb::accused::Accused as Asked;
    let someone = |name: &str, staff: &str| {
        Asked::Person(pb::AccusedPerson {
            name: name.into(),
            staff: staff.into(),
        })
    };
    [
        someone("孙建国", "sun.jianguo"),
        someone("何志强", ""),
        Asked::Unit("服务科".into()),
    ]
    .map(|accused| pb::Accused {
        accused: Some(accused),
    })
    .into()
}

fn named() -> PetitionCommand {
    let someone = |name: &str, staff: Option<&str>| Accused::Person {
        name: text(name),
        staff: staff.map(|staff| StaffId(text(staff))),
    };
    let accused = vec![
        someone("孙建国", Some("sun.jianguo")),
        someone("何志强", None),
        Accused::Unit(Unit(text("服务科"))),
    ];
    PetitionCommand::NameAccused { accused }
}

#[test]
fn a_registration_asks_nothing_more_unless_more_is_known() {
    let call = PetitionCall::Register(pb::RegisterPetitionRequest {
        petition: Some(asked()),
        ..Default::default()
    });
    let expected = vec![petition(Intake::default())];
    assert_eq!(read(call), (PetitionId(NEW), expected));
    assert_eq!(
        lacks(PetitionCall::Register(Default::default())),
        ["petition"]
    );
}

#[test]
fn a_report_is_classified_and_its_accused_named_in_the_request_that_registers_it() {
    let call = PetitionCall::Register(pb::RegisterPetitionRequest {
        petition: Some(asked()),
        category: pb::Category::Report.into(),
        accused: accused(),
        ..Default::default()
    });
    let classify = PetitionCommand::Classify {
        category: Category::Report,
        reason: None,
    };
    let expected = vec![petition(Intake::default()), classify, named()];
    assert_eq!(read(call), (PetitionId(NEW), expected));
}

#[test]
fn the_circumstances_of_a_petition_are_read() {
    use pb::intake::Origin as Asked;
    let origins = [
        (None, Origin::Direct),
        (
            Some(Asked::ReceptionDay(pb::ReceptionDay {
                leader: "刘局长".into(),
            })),
            Origin::ReceptionDay {
                leader: text("刘局长"),
            },
        ),
        (
            Some(Asked::TransferredIn(pb::TransferredIn {
                sender: "市信访局".into(),
                document: "信转〔2026〕8号".into(),
            })),
            Origin::TransferredIn {
                sender: Unit(text("市信访局")),
                document: Some(text("信转〔2026〕8号")),
            },
        ),
    ];
    for (asked_origin, origin) in origins {
        let intake = pb::Intake {
            origin: asked_origin,
            joint: Some(pb::Joint {
                representatives: vec!["周文华".into(), "郑美玲".into()],
                co_signers: 31,
            }),
            unreachable: true,
        };
        let call = PetitionCall::Register(pb::RegisterPetitionRequest {
            petition: Some(pb::Petition {
                intake: Some(intake),
                ..asked()
            }),
            ..Default::default()
        });
        let expected = petition(Intake {
            origin,
            joint: Some(Joint {
                representatives: vec![text("周文华"), text("郑美玲")],
                co_signers: 31,
            }),
            unreachable: true,
        });
        assert_eq!(read(call), (PetitionId(NEW), vec![expected]));
    }
}

#[test]
fn every_fault_of_a_registration_is_told_by_its_path() {
    use pb::accused::Accused as Named;
    let faulty = |origin| pb::Petition {
        intake: Some(pb::Intake {
            origin: Some(origin),
            joint: Some(pb::Joint {
                representatives: vec!["周文华".into(), " ".into()],
                co_signers: 2,
            }),
            unreachable: false,
        }),
        ..Default::default()
    };
    let call = |petition| {
        PetitionCall::Register(pb::RegisterPetitionRequest {
            petition: Some(petition),
            category: 99,
            accused: [
                None,
                Some(Named::Unit(String::new())),
                Some(Named::Person(Default::default())),
            ]
            .map(|accused| pb::Accused { accused })
            .into(),
            ..Default::default()
        })
    };
    let lacking = |origin: &str| {
        let origin = format!("petition.intake.{origin}");
        [
            "petition.channel",
            "petition.petitioner",
            "petition.subject",
            "petition.text",
            "petition.received",
            &origin,
            "petition.intake.joint.representatives[1]",
            "category",
            "accused[0].accused",
            "accused[1].unit",
            "accused[2].person.name",
        ]
        .map(String::from)
    };
    let reception = pb::intake::Origin::ReceptionDay(Default::default());
    assert_eq!(
        lacks(call(faulty(reception))),
        lacking("reception_day.leader")
    );
    let transfer = pb::intake::Origin::TransferredIn(Default::default());
    assert_eq!(
        lacks(call(faulty(transfer))),
        lacking("transferred_in.sender")
    );
}

#[test]
fn each_category_travels_under_its_own_value() {
    let categories = [
        (pb::Category::Suggestion, Category::Suggestion),
        (pb::Category::Report, Category::Report),
        (
            pb::Category::DemandLitigation,
            Category::Demand(Track::Litigation),
        ),
        (
            pb::Category::DemandArbitration,
            Category::Demand(Track::Arbitration),
        ),
        (
            pb::Category::DemandPartyAppeal,
            Category::Demand(Track::PartyAppeal),
        ),
        (
            pb::Category::DemandAdministrativeProcedure,
            Category::Demand(Track::AdministrativeProcedure),
        ),
        (
            pb::Category::DemandStatutoryDuty,
            Category::Demand(Track::StatutoryDuty),
        ),
        (
            pb::Category::DemandInvestigation,
            Category::Demand(Track::Investigation),
        ),
    ];
    for (wire, category) in categories {
        assert_eq!(category.wire(), wire);
        let call = PetitionCall::ClassifyPetition(pb::ClassifyPetitionRequest {
            id: id(),
            category: wire.into(),
            reason: "诉求有变".into(),
            ..Default::default()
        });
        let reason = Some(text("诉求有变"));
        ask([(call, PetitionCommand::Classify { category, reason })]);
    }
    assert_eq!(
        lacks(PetitionCall::ClassifyPetition(Default::default())),
        ["id", "category"]
    );
}

#[test]
fn each_notice_says_what_the_petitioner_was_told() {
    use pb::notice::Content as Asked;
    let notices = [
        (
            Asked::Plain(pb::PlainNotice::Ours.into()),
            NoticeContent::Ours,
        ),
        (
            Asked::Plain(pb::PlainNotice::Linked.into()),
            NoticeContent::Linked,
        ),
        (
            Asked::Plain(pb::PlainNotice::NotTakenUp.into()),
            NoticeContent::NotTakenUp,
        ),
        (
            Asked::RoutedOnward("区住建局".into()),
            NoticeContent::RoutedOnward {
                to: Unit(text("区住建局")),
            },
        ),
        (
            Asked::NotOurs("区人民法院".into()),
            NoticeContent::NotOurs {
                go_to: text("区人民法院"),
            },
        ),
    ];
    for (asked, content) in notices {
        let call = PetitionCall::NotifyPetitioner(pb::NotifyPetitionerRequest {
            id: id(),
            notice: Some(pb::Notice {
                content: Some(asked),
                means: pb::Means::Message.into(),
                told: "2026-04-09T02:00:00Z".into(),
            }),
            ..Default::default()
        });
        let notice = Notice {
            content,
            means: Means::Message,
            told: "2026-04-09T02:00:00Z".parse().unwrap(),
        };
        ask([(call, PetitionCommand::Notify { notice })]);
    }
    let empty = |content| {
        lacks(PetitionCall::NotifyPetitioner(
            pb::NotifyPetitionerRequest {
                notice: Some(pb::Notice {
                    content,
                    ..Default::default()
                }),
                ..Default::default()
            },
        ))
    };
    let lacking = |content: &str| ["id", content, "notice.means", "notice.told"].map(String::from);
    assert_eq!(empty(None), lacking("notice.content"));
    assert_eq!(empty(Some(Asked::Plain(0))), lacking("notice.plain"));
    assert_eq!(
        empty(Some(Asked::RoutedOnward(String::new()))),
        lacking("notice.routed_onward")
    );
    assert_eq!(
        empty(Some(Asked::NotOurs(String::new()))),
        lacking("notice.not_ours")
    );
}

#[test]
fn each_call_of_the_intake_asks_the_command_it_names() {
    ask([
        (
            PetitionCall::NameAccused(pb::NameAccusedRequest {
                id: id(),
                accused: accused(),
                ..Default::default()
            }),
            named(),
        ),
        (
            PetitionCall::LinkDuplicate(pb::LinkDuplicateRequest {
                id: id(),
                first: PERSON.into(),
                ..Default::default()
            }),
            PetitionCommand::LinkDuplicate {
                first: PERSON.parse().unwrap(),
            },
        ),
        (
            PetitionCall::RefuseFinal(pb::RefuseFinalRequest {
                id: id(),
                reviewed: PERSON.into(),
                ..Default::default()
            }),
            PetitionCommand::RefuseFinal {
                reviewed: PERSON.parse().unwrap(),
            },
        ),
        (
            PetitionCall::RouteOnward(pb::RouteOnwardRequest {
                id: id(),
                to: "区住建局".into(),
                document: "转〔2026〕3号".into(),
                routed: "2026-04-08".into(),
                ..Default::default()
            }),
            PetitionCommand::RouteOnward {
                to: Unit(text("区住建局")),
                document: Some(text("转〔2026〕3号")),
                routed: "2026-04-08".parse().unwrap(),
            },
        ),
        (
            PetitionCall::ObjectToPetition(pb::ObjectToPetitionRequest {
                id: id(),
                reasons: "属住建部门职责。".into(),
                raised: "2026-04-03".into(),
                ..Default::default()
            }),
            PetitionCommand::Object {
                reasons: text("属住建部门职责。"),
                raised: "2026-04-03".parse().unwrap(),
            },
        ),
        (
            PetitionCall::SenderAgrees(pb::SenderAgreesRequest {
                id: id(),
                agreed: "2026-04-07".into(),
                ..Default::default()
            }),
            PetitionCommand::SenderAgrees {
                agreed: "2026-04-07".parse().unwrap(),
            },
        ),
        (
            PetitionCall::SenderDeclines(pb::SenderDeclinesRequest {
                id: id(),
                declined: "2026-04-07".into(),
                reason: "涉老设施由你局牵头。".into(),
                ..Default::default()
            }),
            PetitionCommand::SenderDeclines {
                declined: "2026-04-07".parse().unwrap(),
                reason: text("涉老设施由你局牵头。"),
            },
        ),
        (
            PetitionCall::ReturnPetition(pb::ReturnPetitionRequest {
                id: id(),
                returned: "2026-04-08".into(),
                ..Default::default()
            }),
            PetitionCommand::Return {
                returned: "2026-04-08".parse().unwrap(),
            },
        ),
        (
            PetitionCall::WithdrawPetition(pb::WithdrawPetitionRequest {
                id: id(),
                withdrawn: "2026-04-10".into(),
                reason: "已自行解决".into(),
                ..Default::default()
            }),
            PetitionCommand::Withdraw {
                withdrawn: "2026-04-10".parse().unwrap(),
                reason: Some(text("已自行解决")),
            },
        ),
    ]);
    let lacking: [(PetitionCall, &[&str]); 9] = [
        (
            PetitionCall::NameAccused(Default::default()),
            &["id", "accused"],
        ),
        (
            PetitionCall::LinkDuplicate(Default::default()),
            &["id", "first"],
        ),
        (
            PetitionCall::RefuseFinal(Default::default()),
            &["id", "reviewed"],
        ),
        (
            PetitionCall::RouteOnward(Default::default()),
            &["id", "to", "routed"],
        ),
        (
            PetitionCall::ObjectToPetition(Default::default()),
            &["id", "reasons", "raised"],
        ),
        (
            PetitionCall::SenderAgrees(Default::default()),
            &["id", "agreed"],
        ),
        (
            PetitionCall::SenderDeclines(Default::default()),
            &["id", "declined", "reason"],
        ),
        (
            PetitionCall::ReturnPetition(Default::default()),
            &["id", "returned"],
        ),
        (
            PetitionCall::WithdrawPetition(Default::default()),
            &["id", "withdrawn"],
        ),
    ];
    for (call, fields) in lacking {
        assert_eq!(lacks(call), fields);
    }
    let bad = PetitionCall::LinkDuplicate(pb::LinkDuplicateRequest {
        id: OTHER.into(),
        first: "第一件".into(),
        ..Default::default()
    });
    assert_eq!(lacks(bad), ["first"]);
}
