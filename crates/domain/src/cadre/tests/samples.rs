use calendar::IdNumber;

use super::*;

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
    let solar = CadreAmended {
        changes: vec![Field::Birthday(Some(Birthday::Solar { month: 2, day: 29 }))],
        reason: text("本人要求"),
        document: None,
    };
    let unapproved = Retirement::Lixiu {
        joined_revolution_on: date("1947-02-01"),
        approval: None,
    };
    let retirements = [
        (lixiu("1947-02-01"), Some(text("离休证"))),
        (Retirement::Tuixiu, Some(text("离休证"))),
        (unapproved, None),
    ]
    .map(|(retirement, document)| {
        RetirementRecorded {
            retirement,
            document,
        }
        .into()
    });
    let standings = [
        StandingBasis::Document,
        StandingBasis::FullMembership,
        StandingBasis::NoProbation,
        StandingBasis::Contradiction,
        StandingBasis::Missing,
        StandingBasis::Gap,
    ]
    .map(|basis| {
        PartyStandingRecorded {
            joined_on: date("1950-01-03"),
            full_member_on: Some(date("1951-01-03")),
            standing_starts_on: Some(date("1950-01-03")),
            basis,
            gap: (basis == StandingBasis::Gap).then(|| text("1970年停止组织生活")),
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
        DisputeReported {
            matter: text("邻里排水"),
            known: calendar::When::Day(date("2026-04-20")),
        }
        .into(),
        RecordVerified {
            on: date("2026-04-20"),
            evidence: text("入户核对"),
        }
        .into(),
        duplicate(OTHER, DuplicateDecision::SamePerson),
        duplicate(OTHER, DuplicateDecision::DifferentPeople),
    ];
    let profiles = [
        full.into(),
        bare.into(),
        amended.into(),
        forgotten.into(),
        solar.into(),
    ];
    profiles
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
