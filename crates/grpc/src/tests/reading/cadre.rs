use domain::{
    StaffId, Unit,
    cadre::{
        Approval, Birthday, CadreCommand, DuplicateDecision, Field, Living, Mobility, Profile,
        RecordPartyStanding, RegisterCadre, Retirement, Sex, Survivor,
    },
};

use super::{NEW, OTHER, PERSON, date, lacks, person, read, text};
use crate::{cadre::CadreCall, pb};

fn approval() -> (Option<pb::Approval>, Approval) {
    let (number, on) = ("闽老〔2021〕3号", "2021-03-01");
    (
        Some(pb::Approval {
            number: number.into(),
            on: on.into(),
        }),
        Approval {
            number: text(number),
            on: date(on),
        },
    )
}

fn lixiu() -> (Option<pb::Retirement>, Retirement) {
    let (asked, read) = approval();
    let lixiu = pb::Lixiu {
        joined_revolution_on: "1948-03-01".into(),
        approval: asked,
    };
    (
        Some(pb::Retirement {
            status: Some(pb::retirement::Status::Lixiu(lixiu)),
        }),
        Retirement::Lixiu {
            joined_revolution_on: date("1948-03-01"),
            approval: Some(read),
        },
    )
}

/// A profile in which every particular has a value of its own.
fn profile() -> (pb::Profile, Profile) {
    let asked = pb::Profile {
        name: " 周文华 ".into(),
        former_name: "周小毛".into(),
        sex: pb::Sex::Female.into(),
        ethnicity: "汉族".into(),
        native_place: "福建同安".into(),
        id_number: "110105 19491231 002x".into(),
        born_on: "1949-12-30".into(),
        birthday: Some(pb::Birthday {
            calendar: Some(pb::birthday::Calendar::Lunar(pb::MonthDay {
                month: 11,
                day: 12,
            })),
        }),
        work_unit: "市棉纺厂".into(),
        post: "副厂长".into(),
        rank: "正科级".into(),
        joined_work_on: "1968-09-01".into(),
        retired_on: "2004-12-31".into(),
        branch: "第一支部".into(),
        residence: "湖滨路1号".into(),
        community: "湖滨社区".into(),
        phone: "0592-5551234".into(),
        emergency_contact: "周明 13800000000".into(),
        medical_insurance: "城镇职工".into(),
        special_conditions: "听力不便".into(),
    };
    let read = Profile {
        former_name: Some(text("周小毛")),
        sex: Some(Sex::Female),
        ethnicity: Some(text("汉族")),
        native_place: Some(text("福建同安")),
        id_number: calendar::IdNumber::parse("11010519491231002X").ok(),
        born_on: Some(date("1949-12-30")),
        birthday: Some(Birthday::Lunar { month: 11, day: 12 }),
        work_unit: Some(text("市棉纺厂")),
        post: Some(text("副厂长")),
        rank: Some(text("正科级")),
        joined_work_on: Some(date("1968-09-01")),
        retired_on: Some(date("2004-12-31")),
        branch: Some(text("第一支部")),
        residence: Some(text("湖滨路1号")),
        community: Some(text("湖滨社区")),
        phone: Some(text("0592-5551234")),
        emergency_contact: Some(text("周明 13800000000")),
        medical_insurance: Some(text("城镇职工")),
        special_conditions: Some(text("听力不便")),
        ..Profile::named(text("周文华"))
    };
    (asked, read)
}

#[test]
fn a_person_is_entered_under_the_id_that_the_request_derives() {
    let ((retirement, read_retirement), (asked, known)) = (lixiu(), profile());
    let (id, command) = read(CadreCall::RegisterCadre(pb::RegisterCadreRequest {
        unit: "老干部局".into(),
        retirement,
        profile: Some(Box::new(asked)),
        ..Default::default()
    }));
    let expected = RegisterCadre {
        id: domain::CadreId(NEW),
        unit: Unit(text("老干部局")),
        retirement: Some(read_retirement),
        profile: Box::new(known),
    };
    assert_eq!((id.0, command), (NEW, CadreCommand::Register(expected)));
}

#[test]
fn what_is_shown_of_a_person_is_what_was_read() {
    let (_, known) = profile();
    let shown = crate::cadre::shown::profile(known.clone());
    let faults = crate::fields::Faults::default();
    let again = crate::cadre::particulars::profile(&faults.root(), shown);
    assert_eq!(faults.check(again).unwrap(), known);
}

#[test]
fn each_particular_can_be_changed_and_emptied() {
    use pb::field::Field as Asked;
    let birthday = |calendar| Asked::Birthday(pb::Birthday { calendar });
    let solar = pb::birthday::Calendar::Solar(pb::MonthDay { month: 2, day: 29 });
    let t = |words: &str| Some(text(words));
    let cases: Vec<(Asked, Field)> = vec![
        (Asked::Name("新名".into()), Field::Name(text("新名"))),
        (
            Asked::FormerName("旧名".into()),
            Field::FormerName(t("旧名")),
        ),
        (
            Asked::Sex(pb::Sex::Male.into()),
            Field::Sex(Some(Sex::Male)),
        ),
        (Asked::Sex(pb::Sex::Unspecified.into()), Field::Sex(None)),
        (Asked::Ethnicity("回族".into()), Field::Ethnicity(t("回族"))),
        (
            Asked::NativePlace("山东".into()),
            Field::NativePlace(t("山东")),
        ),
        (Asked::IdNumber(String::new()), Field::IdNumber(None)),
        (
            Asked::BornOn("1950-01-01".into()),
            Field::BornOn(Some(date("1950-01-01"))),
        ),
        (
            birthday(Some(solar)),
            Field::Birthday(Some(Birthday::Solar { month: 2, day: 29 })),
        ),
        (birthday(None), Field::Birthday(None)),
        (Asked::WorkUnit("甲厂".into()), Field::WorkUnit(t("甲厂"))),
        (Asked::Post("科长".into()), Field::Post(t("科长"))),
        (Asked::Rank("正科".into()), Field::Rank(t("正科"))),
        (
            Asked::JoinedWorkOn("1970-01-01".into()),
            Field::JoinedWorkOn(Some(date("1970-01-01"))),
        ),
        (Asked::RetiredOn(String::new()), Field::RetiredOn(None)),
        (Asked::Branch("二支部".into()), Field::Branch(t("二支部"))),
        (Asked::Residence("一号".into()), Field::Residence(t("一号"))),
        (Asked::Community("二号".into()), Field::Community(t("二号"))),
        (Asked::Phone(String::new()), Field::Phone(None)),
        (
            Asked::EmergencyContact("女儿".into()),
            Field::EmergencyContact(t("女儿")),
        ),
        (
            Asked::MedicalInsurance("居民".into()),
            Field::MedicalInsurance(t("居民")),
        ),
        (
            Asked::SpecialConditions("独居".into()),
            Field::SpecialConditions(t("独居")),
        ),
    ];
    let (changes, expected): (Vec<_>, Vec<_>) = cases
        .into_iter()
        .map(|(asked, read)| (pb::Field { field: Some(asked) }, read))
        .unzip();
    let (_, command) = read(CadreCall::AmendCadre(pb::AmendCadreRequest {
        id: PERSON.into(),
        changes,
        reason: "核对".into(),
        document: "登记表".into(),
        ..Default::default()
    }));
    let reason = text("核对");
    assert_eq!(
        command,
        CadreCommand::Amend {
            changes: expected,
            reason,
            document: Some(text("登记表"))
        }
    );
}

#[test]
fn each_call_asks_the_command_it_names() {
    let id = || PERSON.to_owned();
    let ((retirement, read_retirement), (asked_approval, known_approval)) = (lixiu(), approval());
    let cases: Vec<(CadreCall, CadreCommand)> = vec![
        (
            CadreCall::RecordRetirement(pb::RecordRetirementRequest {
                id: id(),
                retirement,
                document: "离休证".into(),
                ..Default::default()
            }),
            CadreCommand::RecordRetirement {
                retirement: read_retirement,
                document: Some(text("离休证")),
            },
        ),
        (
            CadreCall::RecordPartyStanding(pb::RecordPartyStandingRequest {
                id: id(),
                joined_on: "1975-07-01".into(),
                full_member_on: "1976-07-01".into(),
                standing_starts_on: "1977-07-01".into(),
                evidence: "志愿书".into(),
                gap: "1970年停止组织生活".into(),
                ..Default::default()
            }),
            CadreCommand::RecordPartyStanding(RecordPartyStanding {
                joined_on: date("1975-07-01"),
                full_member_on: Some(date("1976-07-01")),
                standing_starts_on: Some(date("1977-07-01")),
                gap: Some(text("1970年停止组织生活")),
                evidence: text("志愿书"),
            }),
        ),
        (
            CadreCall::GrantTreatment(pb::GrantTreatmentRequest {
                id: id(),
                treatment: "副厅级医疗待遇".into(),
                from: "2020-01-01".into(),
                until: "2021-01-01".into(),
                approval: asked_approval,
                ..Default::default()
            }),
            CadreCommand::GrantTreatment {
                treatment: text("副厅级医疗待遇"),
                from: date("2020-01-01"),
                until: Some(date("2021-01-01")),
                approval: known_approval,
            },
        ),
        (
            CadreCall::EndTreatment(pb::EndTreatmentRequest {
                id: id(),
                treatment: "护理费".into(),
                until: "2021-01-02".into(),
                reason: "政策调整".into(),
                ..Default::default()
            }),
            CadreCommand::EndTreatment {
                treatment: text("护理费"),
                until: date("2021-01-02"),
                reason: text("政策调整"),
            },
        ),
        (
            CadreCall::RecordLiving(pb::RecordLivingRequest {
                id: id(),
                living: Some(pb::Living {
                    living: Some(pb::living::Living::Other("与孙辈同住".into())),
                }),
                mobility: pb::Mobility::UnableToCareForSelf.into(),
                since: "2022-02-02".into(),
                ..Default::default()
            }),
            CadreCommand::RecordLiving {
                living: Living::Other(text("与孙辈同住")),
                mobility: Some(Mobility::UnableToCareForSelf),
                since: date("2022-02-02"),
            },
        ),
        (
            CadreCall::RequestTransfer(pb::RequestTransferRequest {
                id: id(),
                to: "区老干部局".into(),
                reason: "迁居".into(),
                ..Default::default()
            }),
            CadreCommand::RequestTransfer {
                to: Unit(text("区老干部局")),
                reason: text("迁居"),
            },
        ),
        (
            CadreCall::AcceptTransfer(pb::AcceptTransferRequest {
                id: id(),
                ..Default::default()
            }),
            CadreCommand::AcceptTransfer,
        ),
        (
            CadreCall::RejectTransfer(pb::RejectTransferRequest {
                id: id(),
                reason: "材料不全".into(),
                ..Default::default()
            }),
            CadreCommand::RejectTransfer {
                reason: text("材料不全"),
            },
        ),
        (
            CadreCall::AssignContact(pb::AssignContactRequest {
                id: id(),
                staff: "wang.fang".into(),
                name: "王芳".into(),
                from: "2023-03-03".into(),
                ..Default::default()
            }),
            CadreCommand::AssignContact {
                staff: StaffId(text("wang.fang")),
                name: text("王芳"),
                from: date("2023-03-03"),
            },
        ),
        (
            CadreCall::HandOverContact(pb::HandOverContactRequest {
                id: id(),
                to: "li.na".into(),
                name: "李娜".into(),
                from: "2024-04-04".into(),
                reason: "调岗".into(),
                ..Default::default()
            }),
            CadreCommand::HandOverContact {
                to: StaffId(text("li.na")),
                name: text("李娜"),
                from: date("2024-04-04"),
                reason: text("调岗"),
            },
        ),
        (
            CadreCall::RecordDeath(pb::RecordDeathRequest {
                id: id(),
                died_on: "2025-05-05".into(),
                document: "死亡证明".into(),
                ..Default::default()
            }),
            CadreCommand::RecordDeath {
                died_on: date("2025-05-05"),
                document: Some(text("死亡证明")),
            },
        ),
        (
            CadreCall::WithdrawDeath(pb::WithdrawDeathRequest {
                id: id(),
                reason: "同名误记".into(),
                ..Default::default()
            }),
            CadreCommand::WithdrawDeath {
                reason: text("同名误记"),
                document: None,
            },
        ),
        (
            CadreCall::RecordSurvivor(pb::RecordSurvivorRequest {
                id: id(),
                survivor: Some(pb::Survivor {
                    name: "刘梅".into(),
                    relation: "配偶".into(),
                    phone: "5551234".into(),
                }),
                ..Default::default()
            }),
            CadreCommand::RecordSurvivor {
                survivor: Survivor {
                    name: text("刘梅"),
                    relation: text("配偶"),
                    phone: Some(text("5551234")),
                },
            },
        ),
        (
            CadreCall::ReportDispute(pb::ReportDisputeRequest {
                id: id(),
                matter: "赡养纠纷".into(),
                known: "2026-05-02T01:30:00Z".into(),
                ..Default::default()
            }),
            CadreCommand::ReportDispute {
                matter: text("赡养纠纷"),
                known: "2026-05-02T01:30:00Z".parse().unwrap(),
            },
        ),
        (
            CadreCall::VerifyRecord(pb::VerifyRecordRequest {
                id: id(),
                on: "2026-05-02".into(),
                evidence: "入户核对".into(),
                ..Default::default()
            }),
            CadreCommand::VerifyRecord {
                on: date("2026-05-02"),
                evidence: text("入户核对"),
            },
        ),
        (
            CadreCall::DecideDuplicate(pb::DecideDuplicateRequest {
                id: id(),
                other: OTHER.into(),
                decision: pb::DuplicateDecision::SamePerson.into(),
                reason: "身份证号相同".into(),
                ..Default::default()
            }),
            CadreCommand::DecideDuplicate {
                other: OTHER.parse().unwrap(),
                decision: DuplicateDecision::SamePerson,
                reason: text("身份证号相同"),
            },
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(read(call), (person(), expected));
    }
}

#[test]
fn an_empty_call_is_told_all_it_lacks() {
    let cases: Vec<(CadreCall, &[&str])> = vec![
        (
            CadreCall::RegisterCadre(Default::default()),
            &["unit", "profile"],
        ),
        (
            CadreCall::AmendCadre(Default::default()),
            &["id", "changes", "reason"],
        ),
        (
            CadreCall::RecordRetirement(Default::default()),
            &["id", "retirement"],
        ),
        (
            CadreCall::RecordPartyStanding(Default::default()),
            &["id", "joined_on", "evidence"],
        ),
        (
            CadreCall::GrantTreatment(Default::default()),
            &["id", "treatment", "from", "approval"],
        ),
        (
            CadreCall::EndTreatment(Default::default()),
            &["id", "treatment", "until", "reason"],
        ),
        (
            CadreCall::RecordLiving(Default::default()),
            &["id", "living", "since"],
        ),
        (
            CadreCall::RequestTransfer(Default::default()),
            &["id", "to", "reason"],
        ),
        (CadreCall::AcceptTransfer(Default::default()), &["id"]),
        (
            CadreCall::RejectTransfer(Default::default()),
            &["id", "reason"],
        ),
        (
            CadreCall::AssignContact(Default::default()),
            &["id", "staff", "name", "from"],
        ),
        (
            CadreCall::HandOverContact(Default::default()),
            &["id", "to", "name", "from", "reason"],
        ),
        (
            CadreCall::RecordDeath(Default::default()),
            &["id", "died_on"],
        ),
        (
            CadreCall::WithdrawDeath(Default::default()),
            &["id", "reason"],
        ),
        (
            CadreCall::RecordSurvivor(Default::default()),
            &["id", "survivor"],
        ),
        (
            CadreCall::ReportDispute(Default::default()),
            &["id", "matter", "known"],
        ),
        (
            CadreCall::VerifyRecord(Default::default()),
            &["id", "on", "evidence"],
        ),
        (
            CadreCall::DecideDuplicate(Default::default()),
            &["id", "other", "decision", "reason"],
        ),
    ];
    for (call, expected) in cases {
        assert_eq!(lacks(call), expected);
    }
}
