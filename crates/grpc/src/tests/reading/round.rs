use domain::{
    RoundId, StaffId, Unit,
    cadre::{Living, Mobility},
    round::{AudienceClass, AudienceRule, ExcuseGround, RoundCommand, RoundKind, RoundPlan},
};

use super::{NEW, OTHER, PERSON, date, lacks, person, read, text};
use crate::{
    pb,
    round::{Asked, RoundCall},
};

fn asked() -> pb::RoundPlan {
    pb::RoundPlan {
        kind: pb::RoundKind::HouseToHouse.into(),
        title: "户户到".into(),
        unit: "老干部局".into(),
        from: "2026-09-01".into(),
        until: "2026-09-30".into(),
        audience: Some(pb::AudienceRule {
            class: pb::AudienceClass::Lixiu.into(),
            age_from: Some(80),
            living: vec![pb::Living {
                living: Some(pb::living::Living::Kind(pb::LivingKind::Alone.into())),
            }],
            mobility: vec![pb::Mobility::NeedsHelp.into()],
            hardship: true,
            member: true,
            branch: "第一支部".into(),
        }),
    }
}

fn plan() -> RoundPlan {
    RoundPlan {
        kind: RoundKind::HouseToHouse,
        title: text("户户到"),
        unit: Some(Unit(text("老干部局"))),
        from: date("2026-09-01"),
        until: date("2026-09-30"),
        audience: AudienceRule {
            class: Some(AudienceClass::Lixiu),
            age_from: Some(80),
            living: vec![Living::Alone],
            mobility: vec![Mobility::NeedsHelp],
            hardship: true,
            member: true,
            branch: Some(text("第一支部")),
        },
    }
}

#[test]
fn a_plan_is_read_with_its_rule_and_without_one_is_for_everyone() {
    let call = |plan| {
        RoundCall::Plan(pb::PlanRoundRequest {
            plan: Some(plan),
            ..Default::default()
        })
    };
    let expected = |plan| {
        (
            RoundId(NEW),
            Asked::Commands(vec![RoundCommand::Plan { plan }]),
        )
    };
    assert_eq!(read(call(asked())), expected(plan()));
    let everyone = pb::RoundPlan {
        unit: String::new(),
        audience: None,
        ..asked()
    };
    let for_everyone = RoundPlan {
        unit: None,
        audience: AudienceRule::default(),
        ..plan()
    };
    assert_eq!(read(call(everyone)), expected(for_everyone));
    let mut too_old = asked();
    too_old.audience.as_mut().unwrap().age_from = Some(151);
    assert_eq!(lacks(call(too_old)), ["plan.audience.age_from"]);
}

#[test]
fn each_call_on_a_round_asks_the_command_it_names() {
    let id = || PERSON.to_owned();
    let whom = || OTHER.to_owned();
    let other = || OTHER.parse().unwrap();
    let one = |command| Asked::Commands(vec![command]);
    let cases: Vec<(RoundCall, Asked)> = vec![
        (
            RoundCall::Start(pb::StartRoundRequest {
                id: id(),
                ..Default::default()
            }),
            Asked::Start,
        ),
        (
            RoundCall::Assign(pb::AssignRoundRequest {
                id: id(),
                assignments: vec![pb::RoundAssignment {
                    staff: "zhao.min".into(),
                    name: "赵敏".into(),
                    people: vec![whom()],
                }],
                ..Default::default()
            }),
            one(RoundCommand::Assign {
                staff: StaffId(text("zhao.min")),
                name: text("赵敏"),
                people: vec![other()],
            }),
        ),
        (
            RoundCall::Excuse(pb::ExcuseFromRoundRequest {
                id: id(),
                person: whom(),
                ground: pb::ExcuseGround::Moved.into(),
                ..Default::default()
            }),
            one(RoundCommand::Excuse {
                person: other(),
                ground: ExcuseGround::Moved,
            }),
        ),
        (
            RoundCall::WithdrawExcuse(pb::WithdrawRoundExcuseRequest {
                id: id(),
                person: whom(),
                ..Default::default()
            }),
            one(RoundCommand::WithdrawExcuse { person: other() }),
        ),
        (
            RoundCall::Close(pb::CloseRoundRequest {
                id: id(),
                ..Default::default()
            }),
            Asked::Close,
        ),
        (
            RoundCall::Cancel(pb::CancelRoundRequest {
                id: id(),
                reason: "改期".into(),
                ..Default::default()
            }),
            one(RoundCommand::Cancel {
                reason: text("改期"),
            }),
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(read(call), (RoundId(person().0), expected));
    }
}

#[test]
fn an_empty_call_on_a_round_is_told_all_it_lacks() {
    let plan = RoundCall::Plan(pb::PlanRoundRequest {
        plan: Some(pb::RoundPlan::default()),
        ..Default::default()
    });
    let assign = RoundCall::Assign(pb::AssignRoundRequest {
        assignments: vec![pb::RoundAssignment::default()],
        ..Default::default()
    });
    let cases: Vec<(RoundCall, &[&str])> = vec![
        (RoundCall::Plan(Default::default()), &["plan"]),
        (
            plan,
            &["plan.kind", "plan.title", "plan.from", "plan.until"],
        ),
        (RoundCall::Start(Default::default()), &["id"]),
        (
            RoundCall::Assign(Default::default()),
            &["id", "assignments"],
        ),
        (
            assign,
            &[
                "id",
                "assignments[0].staff",
                "assignments[0].name",
                "assignments[0].people",
            ],
        ),
        (
            RoundCall::Excuse(Default::default()),
            &["id", "person", "ground"],
        ),
        (
            RoundCall::WithdrawExcuse(Default::default()),
            &["id", "person"],
        ),
        (RoundCall::Close(Default::default()), &["id"]),
        (RoundCall::Cancel(Default::default()), &["id", "reason"]),
    ];
    for (call, lacking) in cases {
        assert_eq!(lacks(call), lacking);
    }
}
