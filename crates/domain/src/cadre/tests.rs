//! The samples and helpers of the cadre's tests, and what holds for every command. The rules
//! themselves are in the modules, one for each file of `decide`.

mod care;
mod life;
mod particulars;

use calendar::{Date, IdNumber};
use proptest::prelude::*;

use super::*;
use crate::{
    Actor, StaffId, Text, Unit,
    testing::{carry_out_twice, given, staff, text},
};

pub(super) const ONE: CadreId = CadreId(uuid::Uuid::from_u128(1));
pub(super) const OTHER: CadreId = CadreId(uuid::Uuid::from_u128(2));
pub(super) const THIRD: CadreId = CadreId(uuid::Uuid::from_u128(3));

pub(super) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn unit(name: &str) -> Unit {
    Unit(text(name))
}

/// Someone who acts for another unit.
pub(super) fn of(name: &str) -> Actor {
    Actor {
        unit: unit(name),
        ..staff("colleague")
    }
}

pub(super) fn approval() -> Approval {
    Approval {
        number: text("组通〔1985〕12号"),
        on: date("1985-03-01"),
    }
}

pub(super) fn lixiu(joined_revolution_on: &str) -> Retirement {
    Retirement::Lixiu {
        joined_revolution_on: date(joined_revolution_on),
        approval: Some(approval()),
    }
}

/// A person born in 1930.
pub(super) fn profile() -> Profile {
    Profile {
        born_on: Some(date("1930-05-01")),
        ..Profile::named(text("王建国"))
    }
}

pub(super) fn person() -> RegisterCadre {
    RegisterCadre {
        id: ONE,
        unit: unit("老干部局"),
        retirement: Some(Retirement::Tuixiu),
        profile: Box::new(profile()),
    }
}

pub(super) fn registered_as(person: RegisterCadre) -> CadreEvent {
    CadreRegistered {
        id: person.id,
        unit: person.unit,
        retirement: person.retirement,
        profile: person.profile,
    }
    .into()
}

pub(super) fn registered() -> CadreEvent {
    registered_as(person())
}

pub(super) fn died(on: &str) -> CadreEvent {
    DeathRecorded {
        died_on: date(on),
        document: None,
    }
    .into()
}

pub(super) fn duplicate(other: CadreId, decision: DuplicateDecision) -> CadreEvent {
    DuplicateDecided {
        other,
        decision,
        reason: text("比对档案"),
    }
    .into()
}

/// The state these events lead to.
pub(super) fn after(events: impl IntoIterator<Item = CadreEvent>) -> Cadre {
    given::<Cadre>(events).state
}

/// At least one event of each name with all that it can hold, and one of each value of an
/// enumeration.
pub(crate) fn samples() -> Vec<CadreEvent> {
    let profile = Profile {
        name: text("王建国"),
        former_name: Some(text("王狗子")),
        sex: Some(Sex::Female),
        ethnicity: Some(text("汉族")),
        native_place: Some(text("山东章丘")),
        id_number: Some(IdNumber::parse("11010519491231002X").unwrap()),
        born_on: Some(date("1930-05-01")),
        birthday: Some(Birthday::Lunar { month: 4, day: 3 }),
        work_unit: Some(text("市商务局")),
        post: Some(text("局长")),
        rank: Some(text("正处级")),
        joined_work_on: Some(date("1947-02-01")),
        retired_on: Some(date("1990-06-01")),
        branch: Some(text("第一党支部")),
        residence: Some(text("湖滨南路1号")),
        community: Some(text("湖滨社区")),
        phone: Some(text("13900000000")),
        emergency_contact: Some(text("王小明 13900000001")),
        medical_insurance: Some(text("离休医疗统筹")),
        special_conditions: Some(text("听力不便")),
    };
    let full = CadreRegistered {
        id: ONE,
        unit: unit("老干部局"),
        retirement: Some(lixiu("1947-02-01")),
        profile: Box::new(profile.clone()),
    };
    let bare = CadreRegistered {
        id: OTHER,
        unit: unit("老干部局"),
        retirement: None,
        profile: Box::new(Profile::named(text("刘芳"))),
    };
    let amended = CadreAmended {
        changes: every_field(&profile),
        reason: text("核对档案"),
        document: Some(text("干部档案")),
    };
    let forgotten = CadreAmended {
        changes: vec![Field::Phone(None), Field::Sex(Some(Sex::Male))],
        reason: text("停机"),
        document: None,
    };
    let retirements = [lixiu("1947-02-01"), Retirement::Tuixiu].map(|retirement| {
        RetirementRecorded {
            retirement,
            document: Some(text("离休证")),
        }
        .into()
    });
    let standings = [
        StandingBasis::Document,
        StandingBasis::FullMembership,
        StandingBasis::NoProbation,
        StandingBasis::Contradiction,
        StandingBasis::Missing,
    ]
    .map(|basis| {
        PartyStandingRecorded {
            joined_on: date("1950-01-03"),
            full_member_on: Some(date("1951-01-03")),
            standing_starts_on: Some(date("1950-01-03")),
            basis,
            evidence: text("入党志愿书"),
        }
        .into()
    });
    let livings = [
        (Living::Alone, Mobility::Independent),
        (Living::EmptyNest, Mobility::NeedsHelp),
        (Living::WithSpouse, Mobility::UnableToCareForSelf),
        (Living::WithChildren, Mobility::Independent),
        (Living::WithCarer, Mobility::NeedsHelp),
        (Living::InCareHome, Mobility::UnableToCareForSelf),
        (Living::Other(text("随孙辈同住")), Mobility::Independent),
    ]
    .map(|(living, mobility)| {
        LivingRecorded {
            living,
            mobility: Some(mobility),
            since: date("2024-01-01"),
        }
        .into()
    });
    let care: [CadreEvent; 7] = [
        TreatmentGranted {
            treatment: text("副厅级医疗待遇"),
            from: date("2020-01-01"),
            until: Some(date("2030-12-31")),
            approval: approval(),
        }
        .into(),
        TreatmentEnded {
            treatment: text("副厅级医疗待遇"),
            from: date("2020-01-01"),
            until: date("2025-12-31"),
            reason: text("待遇调整"),
        }
        .into(),
        TransferRequested {
            from: unit("老干部局"),
            to: unit("教育局"),
            reason: text("随单位划转"),
        }
        .into(),
        TransferAccepted {
            from: unit("老干部局"),
            to: unit("教育局"),
        }
        .into(),
        TransferRejected {
            to: unit("教育局"),
            reason: text("材料不全"),
        }
        .into(),
        ContactAssigned {
            staff: StaffId(text("liu")),
            name: text("刘芳"),
            from: date("2024-01-01"),
        }
        .into(),
        ContactHandedOver {
            by: StaffId(text("liu")),
            to: StaffId(text("chen")),
            name: text("陈明"),
            from: date("2025-01-01"),
            reason: text("轮岗"),
        }
        .into(),
    ];
    let life = [
        DeathRecorded {
            died_on: date("2026-02-10"),
            document: Some(text("死亡医学证明")),
        }
        .into(),
        DeathWithdrawn {
            reason: text("同名误登"),
            document: Some(text("情况说明")),
        }
        .into(),
        SurvivorRecorded {
            survivor: Survivor {
                name: text("李秀英"),
                relation: text("配偶"),
                phone: Some(text("13900000002")),
            },
        }
        .into(),
        duplicate(OTHER, DuplicateDecision::SamePerson),
        duplicate(OTHER, DuplicateDecision::DifferentPeople),
    ];
    [full.into(), bare.into(), amended.into(), forgotten.into()]
        .into_iter()
        .chain(retirements)
        .chain(standings)
        .chain(care)
        .chain(livings)
        .chain(life)
        .collect()
}

/// A change of every particular, to what this profile says.
pub(super) fn every_field(p: &Profile) -> Vec<Field> {
    let p = p.clone();
    vec![
        Field::Name(p.name),
        Field::FormerName(p.former_name),
        Field::Sex(p.sex),
        Field::Ethnicity(p.ethnicity),
        Field::NativePlace(p.native_place),
        Field::IdNumber(p.id_number),
        Field::BornOn(p.born_on),
        Field::Birthday(p.birthday),
        Field::WorkUnit(p.work_unit),
        Field::Post(p.post),
        Field::Rank(p.rank),
        Field::JoinedWorkOn(p.joined_work_on),
        Field::RetiredOn(p.retired_on),
        Field::Branch(p.branch),
        Field::Residence(p.residence),
        Field::Community(p.community),
        Field::Phone(p.phone),
        Field::EmergencyContact(p.emergency_contact),
        Field::MedicalInsurance(p.medical_insurance),
        Field::SpecialConditions(p.special_conditions),
    ]
}

/// One command of each kind.
pub(super) fn one_of_each() -> Vec<CadreCommand> {
    vec![
        CadreCommand::Register(person()),
        CadreCommand::Amend {
            changes: vec![Field::Phone(Some(text("13900000000")))],
            reason: text("更正"),
            document: None,
        },
        CadreCommand::RecordRetirement {
            retirement: lixiu("1947-02-01"),
            document: None,
        },
        CadreCommand::RecordPartyStanding(RecordPartyStanding {
            joined_on: date("1966-05-05"),
            full_member_on: Some(date("1967-05-05")),
            standing_starts_on: None,
            evidence: text("入党志愿书"),
        }),
        CadreCommand::GrantTreatment {
            treatment: text("副厅级医疗待遇"),
            from: date("2020-01-01"),
            until: None,
            approval: approval(),
        },
        CadreCommand::EndTreatment {
            treatment: text("副厅级医疗待遇"),
            until: date("2025-12-31"),
            reason: text("待遇调整"),
        },
        CadreCommand::RecordLiving {
            living: Living::Alone,
            mobility: None,
            since: date("2024-01-01"),
        },
        CadreCommand::RequestTransfer {
            to: unit("教育局"),
            reason: text("随单位划转"),
        },
        CadreCommand::AcceptTransfer,
        CadreCommand::RejectTransfer {
            reason: text("材料不全"),
        },
        CadreCommand::AssignContact {
            staff: StaffId(text("liu")),
            name: text("刘芳"),
            from: date("2024-01-01"),
        },
        CadreCommand::HandOverContact {
            to: StaffId(text("chen")),
            name: text("陈明"),
            from: date("2025-01-01"),
            reason: text("轮岗"),
        },
        CadreCommand::RecordDeath {
            died_on: date("2026-02-10"),
            document: None,
        },
        CadreCommand::WithdrawDeath {
            reason: text("同名误登"),
            document: None,
        },
        CadreCommand::RecordSurvivor {
            survivor: Survivor {
                name: text("李秀英"),
                relation: text("配偶"),
                phone: None,
            },
        },
        CadreCommand::DecideDuplicate {
            other: OTHER,
            decision: DuplicateDecision::SamePerson,
            reason: text("同一人"),
        },
    ]
}

#[test]
fn only_the_register_makes_a_person_known() {
    for command in one_of_each() {
        let is_registration = matches!(command, CadreCommand::Register(_));
        let result = given::<Cadre>([]).when(command).result;
        if is_registration {
            assert_eq!(result, Ok(vec![registered()]));
        } else {
            assert_eq!(result, Err(CadreRejection::UnknownPerson));
        }
    }
}

#[test]
fn others_see_the_unit_the_death_the_standing_and_the_record_that_is_kept() {
    assert_eq!(Cadre::default().person(), None);
    assert_eq!(
        after([registered()]).person(),
        Some(crate::testing::person(ONE))
    );
    let transferred = TransferAccepted {
        from: unit("老干部局"),
        to: unit("教育局"),
    };
    let standing = PartyStandingRecorded {
        joined_on: date("1976-07-01"),
        full_member_on: None,
        standing_starts_on: Some(date("1976-07-01")),
        basis: StandingBasis::NoProbation,
        evidence: text("入党志愿书"),
    };
    let cadre = after([
        registered(),
        transferred.into(),
        standing.into(),
        died("2026-02-10"),
        duplicate(OTHER, DuplicateDecision::SamePerson),
    ]);
    assert_eq!(
        cadre.person(),
        Some(Person {
            id: ONE,
            unit: unit("教育局"),
            died_on: Some(date("2026-02-10")),
            standing: Some(Standing {
                starts_on: Some(date("1976-07-01")),
                basis: StandingBasis::NoProbation,
            }),
            kept_as: Some(OTHER),
        })
    );
}

#[test]
fn a_record_belongs_to_the_person_and_needs_no_other() {
    assert_eq!(Cadre::default().subjects(), []);
    let cadre = after([
        registered(),
        duplicate(OTHER, DuplicateDecision::SamePerson),
    ]);
    assert_eq!(cadre.subjects(), [ONE]);
    for command in one_of_each() {
        assert_eq!(cadre.concerns(&command), None);
    }
}

fn texts() -> impl Strategy<Value = Text> {
    prop::sample::select(vec!["甲", "乙"]).prop_map(text)
}

fn dates() -> impl Strategy<Value = Date> {
    prop::sample::select(vec![
        "1929-01-01",
        "1947-02-01",
        "1972-05-20",
        "2026-04-30",
        "2026-05-02",
    ])
    .prop_map(date)
}

fn fields() -> impl Strategy<Value = Field> {
    prop_oneof![
        texts().prop_map(Field::Name),
        prop::option::of(texts()).prop_map(Field::Phone),
        prop::option::of(dates()).prop_map(Field::BornOn),
        prop::option::of(dates()).prop_map(Field::RetiredOn),
        (0..14i8, 0..32i8)
            .prop_map(|(month, day)| Field::Birthday(Some(Birthday::Solar { month, day }))),
    ]
}

fn retirements() -> impl Strategy<Value = Retirement> {
    prop_oneof![
        Just(Retirement::Tuixiu),
        (dates(), any::<bool>()).prop_map(|(joined_revolution_on, approved)| Retirement::Lixiu {
            joined_revolution_on,
            approval: approved.then(approval),
        }),
    ]
}

fn commands() -> impl Strategy<Value = CadreCommand> {
    let document = || prop::option::of(texts());
    let staff = || texts().prop_map(StaffId);
    let decision = prop_oneof![
        Just(DuplicateDecision::SamePerson),
        Just(DuplicateDecision::DifferentPeople),
    ];
    let other = prop::sample::select(vec![ONE, OTHER, THIRD]);
    let particulars = prop_oneof![
        prop::option::of(retirements()).prop_map(|retirement| CadreCommand::Register(
            RegisterCadre {
                retirement,
                ..person()
            }
        )),
        (prop::collection::vec(fields(), 0..4), texts(), document()).prop_map(
            |(changes, reason, document)| CadreCommand::Amend {
                changes,
                reason,
                document
            }
        ),
        (retirements(), document()).prop_map(|(retirement, document)| {
            CadreCommand::RecordRetirement {
                retirement,
                document,
            }
        }),
        (
            dates(),
            prop::option::of(dates()),
            prop::option::of(dates()),
            texts()
        )
            .prop_map(
                |(joined_on, full_member_on, standing_starts_on, evidence)| {
                    CadreCommand::RecordPartyStanding(RecordPartyStanding {
                        joined_on,
                        full_member_on,
                        standing_starts_on,
                        evidence,
                    })
                }
            ),
    ];
    let care =
        prop_oneof![
            (texts(), dates(), prop::option::of(dates())).prop_map(|(treatment, from, until)| {
                CadreCommand::GrantTreatment {
                    treatment,
                    from,
                    until,
                    approval: approval(),
                }
            }),
            (texts(), dates(), texts()).prop_map(|(treatment, until, reason)| {
                CadreCommand::EndTreatment {
                    treatment,
                    until,
                    reason,
                }
            }),
            dates().prop_map(|since| CadreCommand::RecordLiving {
                living: Living::Alone,
                mobility: None,
                since
            }),
            (texts(), texts()).prop_map(|(to, reason)| CadreCommand::RequestTransfer {
                to: Unit(to),
                reason
            }),
            Just(CadreCommand::AcceptTransfer),
            texts().prop_map(|reason| CadreCommand::RejectTransfer { reason }),
            (staff(), texts(), dates())
                .prop_map(|(staff, name, from)| CadreCommand::AssignContact { staff, name, from }),
            (staff(), texts(), dates(), texts()).prop_map(|(to, name, from, reason)| {
                CadreCommand::HandOverContact {
                    to,
                    name,
                    from,
                    reason,
                }
            }),
        ];
    let life = prop_oneof![
        (dates(), document())
            .prop_map(|(died_on, document)| CadreCommand::RecordDeath { died_on, document }),
        (texts(), document())
            .prop_map(|(reason, document)| CadreCommand::WithdrawDeath { reason, document }),
        (texts(), document()).prop_map(|(name, phone)| CadreCommand::RecordSurvivor {
            survivor: Survivor {
                name,
                relation: text("配偶"),
                phone
            }
        }),
        (other, decision, texts()).prop_map(|(other, decision, reason)| {
            CadreCommand::DecideDuplicate {
                other,
                decision,
                reason,
            }
        }),
    ];
    prop_oneof![2 => particulars, 3 => care, 2 => life]
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(
        commands in prop::collection::vec((texts(), commands()), 0..25),
    ) {
        let first = (staff("clerk"), CadreCommand::Register(person()));
        let rest = commands.into_iter().map(|(unit, c)| (of(&unit), c));
        carry_out_twice::<Cadre>(std::iter::once(first).chain(rest), &crate::testing::person(ONE));
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(prop::sample::select(samples()), 0..20),
        command in commands(),
    ) {
        let _ = given::<Cadre>(history).when(command).result;
    }
}
