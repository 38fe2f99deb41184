//! What holds for every command on a person's record, and what the tests share. The rules are tested
//! in the modules, one for each file of `decide`.

mod care;
mod life;
mod particulars;
mod properties;
mod samples;

pub(crate) use samples::samples;

use calendar::Date;

use super::*;
use crate::{
    Actor, StaffId, Unit,
    testing::{given, staff, text},
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
            gap: None,
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
        CadreCommand::ReportDispute {
            matter: text("邻里排水"),
            known: calendar::When::Day(date("2026-04-20")),
        },
        CadreCommand::VerifyRecord {
            on: date("2026-04-20"),
            evidence: text("入户核对"),
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
fn others_see_the_unit_the_contact_the_death_the_standing_and_the_record_that_is_kept() {
    assert_eq!(Cadre::default().person(), None);
    assert_eq!(
        after([registered()]).person(),
        Some(Person {
            born_on: Some(date("1930-05-01")),
            ..crate::testing::person(ONE)
        })
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
        gap: None,
        evidence: text("入党志愿书"),
    };
    let cadre = after([
        registered(),
        transferred.into(),
        ContactAssigned {
            staff: StaffId(text("liu")),
            name: text("刘芳"),
            from: date("2024-01-01"),
        }
        .into(),
        standing.into(),
        died("2026-02-10"),
        duplicate(OTHER, DuplicateDecision::SamePerson),
    ]);
    assert_eq!(
        cadre.person(),
        Some(Person {
            id: ONE,
            unit: unit("教育局"),
            survivors: vec![],
            born_on: Some(date("1930-05-01")),
            contact: Some(StaffId(text("liu"))),
            died_on: Some(date("2026-02-10")),
            standing: Some(Standing {
                joined_on: date("1976-07-01"),
                starts_on: Some(date("1976-07-01")),
                basis: StandingBasis::NoProbation,
            }),
            kept_as: Some(OTHER),
        })
    );
}

#[test]
fn a_record_belongs_to_the_person_and_looks_at_another_only_to_decide_on_duplicates() {
    assert_eq!(Cadre::default().subjects(), []);
    let cadre = after([
        registered(),
        duplicate(OTHER, DuplicateDecision::SamePerson),
    ]);
    assert_eq!(cadre.subjects(), [ONE]);
    for command in one_of_each() {
        let decides_on_it = matches!(command, CadreCommand::DecideDuplicate { .. });
        assert_eq!(cadre.concerns(&command), decides_on_it.then_some(OTHER));
    }
}
