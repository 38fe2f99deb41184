//! What the tests of the medal share: the way of one medal, the commands that lead along it, and the
//! people it may be for.

mod after_death;
mod eligibility;
mod properties;
mod stages;

use calendar::Date;

use super::{
    MedalCommand::*,
    MedalRejection::{self, *},
    *,
};
use crate::{
    StaffId,
    cadre::{Person, Standing, StandingBasis},
    testing::{self, given, text},
};

const ONE: CadreId = CadreId(uuid::Uuid::from_u128(1));

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A living member whose standing is settled.
fn member(starts_on: &str) -> Person {
    Person {
        standing: Some(Standing {
            joined_on: date(starts_on),
            starts_on: Some(date(starts_on)),
            basis: StandingBasis::FullMembership,
        }),
        ..testing::person(ONE)
    }
}

/// The same, dead.
fn dead(on: &str) -> Person {
    Person {
        died_on: Some(date(on)),
        ..member("1970-01-01")
    }
}

fn doubtful(basis: StandingBasis) -> Person {
    Person {
        standing: Some(Standing {
            joined_on: date("1970-01-01"),
            starts_on: None,
            basis,
        }),
        ..testing::person(ONE)
    }
}

fn nominate(year: i16) -> MedalCommand {
    Nominate { person: ONE, year }
}

fn attest() -> MedalCommand {
    Attest {
        branch: text("第一党支部"),
        statement: text("一贯表现良好"),
    }
}

fn approve() -> MedalCommand {
    Approve {
        document: text("组审〔2026〕3号"),
    }
}

fn decline() -> MedalCommand {
    Decline {
        reason: text("材料不全"),
    }
}

fn award() -> MedalCommand {
    Award {
        number: Some(text("0001")),
    }
}

fn present(on: &str) -> MedalCommand {
    Present {
        on: date(on),
        by: text("刘芳"),
    }
}

fn approval() -> MedalApproval {
    MedalApproval {
        by: text("市委组织部"),
        document: text("组函〔2026〕9号"),
    }
}

fn after_death(decision: AfterDeath) -> MedalCommand {
    DecideAfterDeath {
        decision,
        approval: approval(),
    }
}

fn replace() -> MedalCommand {
    Replace {
        reason: text("遗失"),
        approval: approval(),
    }
}

fn revoke() -> MedalCommand {
    Revoke {
        reason: text("开除党籍"),
        approval: approval(),
    }
}

fn nominated(year: i16) -> MedalEvent {
    MedalNominated {
        person: ONE,
        year,
        standing_starts_on: date("1970-01-01"),
    }
    .into()
}

fn attested() -> MedalEvent {
    MedalAttested {
        branch: text("第一党支部"),
        attester: StaffId(text("branch")),
        statement: text("一贯表现良好"),
    }
    .into()
}

fn approved() -> MedalEvent {
    MedalApproved {
        approver: StaffId(text("above")),
        document: text("组审〔2026〕3号"),
    }
    .into()
}

fn declined() -> MedalEvent {
    MedalDeclined {
        reason: text("材料不全"),
    }
    .into()
}

fn awarded() -> MedalEvent {
    MedalAwarded {
        year: 2026,
        number: Some(text("0001")),
    }
    .into()
}

fn presented(on: &str, to_family: bool) -> MedalEvent {
    MedalPresented {
        on: date(on),
        by: text("刘芳"),
        to_family,
    }
    .into()
}

fn decided(decision: AfterDeath) -> MedalEvent {
    MedalDecidedAfterDeath {
        decision,
        approval: approval(),
    }
    .into()
}

fn replaced() -> MedalEvent {
    MedalReplaced {
        reason: text("遗失"),
        approval: approval(),
    }
    .into()
}

fn revoked() -> MedalEvent {
    MedalRevoked {
        reason: text("开除党籍"),
        approval: approval(),
    }
    .into()
}

/// The way of a medal of 2026 up to its presentation, one event for each stage.
fn way() -> [MedalEvent; 5] {
    [
        nominated(2026),
        attested(),
        approved(),
        awarded(),
        presented("2026-06-28", false),
    ]
}

const NOMINATED: usize = 1;
const ATTESTED: usize = 2;
const APPROVED: usize = 3;
const AWARDED: usize = 4;
const PRESENTED: usize = 5;

/// The events that lead to a stage.
fn up_to(stage: usize) -> Vec<MedalEvent> {
    way().into_iter().take(stage).collect()
}

/// Those events and one more.
fn up_to_and(stage: usize, event: MedalEvent) -> Vec<MedalEvent> {
    up_to(stage).into_iter().chain([event]).collect()
}

/// At least one event of each name with all that it can hold, and one of each decision.
pub(crate) fn samples() -> Vec<MedalEvent> {
    way()
        .into_iter()
        .chain([
            presented("2026-07-05", true),
            MedalAwarded {
                year: 2026,
                number: None,
            }
            .into(),
            declined(),
            decided(AfterDeath::ToFamily),
            decided(AfterDeath::Withheld),
            replaced(),
            revoked(),
        ])
        .collect()
}

#[test]
fn a_medal_belongs_to_the_person_whose_record_its_rules_look_at() {
    assert_eq!(Medal::default().subjects(), []);
    assert_eq!(Medal::default().concerns(&nominate(2026)), Some(ONE));
    let medal = given::<Medal>(up_to(NOMINATED)).state;
    assert_eq!(medal.subjects(), [ONE]);
    for (command, person) in [
        (approve(), Some(ONE)),
        (award(), Some(ONE)),
        (present("2026-06-28"), Some(ONE)),
        (after_death(AfterDeath::ToFamily), Some(ONE)),
        (replace(), Some(ONE)),
        (attest(), None),
        (decline(), None),
        (revoke(), None),
    ] {
        assert_eq!(medal.concerns(&command), person, "{command:?}");
    }
}
