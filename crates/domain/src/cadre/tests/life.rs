use calendar::When;

use super::*;
use crate::{
    cadre::{CadreCommand::*, CadreRejection::*, DuplicateDecision::*, Person},
    testing,
};

fn record_death(on: &str, document: Option<&str>) -> CadreCommand {
    RecordDeath {
        died_on: date(on),
        document: document.map(text),
    }
}

fn withdraw() -> CadreCommand {
    WithdrawDeath {
        reason: text("同名误登"),
        document: None,
    }
}

fn withdrawn() -> CadreEvent {
    DeathWithdrawn {
        reason: text("同名误登"),
        document: None,
    }
    .into()
}

#[test]
fn a_death_is_of_the_past_and_after_the_birth() {
    given::<Cadre>([registered()])
        .when(record_death("2026-05-01", None))
        .then([died("2026-05-01")]);
    given::<Cadre>([registered()])
        .when(record_death("2026-05-02", None))
        .then_rejected(InTheFuture {
            date: When::Day(date("2026-05-02")),
        });
    given::<Cadre>([registered()])
        .when(record_death("1930-04-30", None))
        .then_rejected(BeforeBirth {
            date: date("1930-04-30"),
        });
}

#[test]
fn a_death_is_recorded_once_and_changed_only_by_withdrawing_it() {
    let documented = DeathRecorded {
        died_on: date("2026-02-10"),
        document: Some(text("死亡医学证明")),
    };
    let history = [registered(), documented.into()];
    for same in [Some("死亡医学证明"), None] {
        given::<Cadre>(history.clone())
            .when(record_death("2026-02-10", same))
            .then([]);
    }
    for (on, document) in [("2026-02-11", None), ("2026-02-10", Some("户籍注销"))] {
        given::<Cadre>(history.clone())
            .when(record_death(on, document))
            .then_rejected(DeathAlreadyRecorded {
                died_on: date("2026-02-10"),
            });
    }
    given::<Cadre>([registered(), died("2026-02-10"), withdrawn()])
        .when(record_death("2026-02-11", None))
        .then([died("2026-02-11")]);
}

#[test]
fn after_death_only_what_closes_or_corrects_remains() {
    for command in one_of_each() {
        let refused = matches!(
            command,
            GrantTreatment { .. }
                | RecordLiving { .. }
                | RequestTransfer { .. }
                | AcceptTransfer
                | RejectTransfer { .. }
                | AssignContact { .. }
                | HandOverContact { .. }
                | ReportDispute { .. }
                | VerifyRecord { .. }
        );
        let result = given::<Cadre>([registered(), died("2026-02-10")])
            .when(command.clone())
            .result;
        assert_eq!(result == Err(PersonDied), refused, "{command:?}");
    }
}

#[test]
fn a_death_withdrawn_restores_what_was_open() {
    let requested = TransferRequested {
        from: unit("老干部局"),
        to: unit("教育局"),
        reason: text("随单位划转"),
    };
    let history = vec![registered(), requested.into()];
    let came_back = [died("2026-02-10"), withdrawn()];
    given::<Cadre>([registered(), died("2026-02-10")])
        .when(withdraw())
        .then([withdrawn()]);
    given::<Cadre>([registered(), died("2026-02-10"), withdrawn()])
        .when(withdraw())
        .then([]);
    assert_eq!(
        after(history.clone()),
        after(history.into_iter().chain(came_back))
    );
}

fn survivor(phone: Option<&str>) -> Survivor {
    Survivor {
        name: text("李秀英"),
        relation: text("配偶"),
        phone: phone.map(text),
    }
}

fn survivor_recorded(phone: Option<&str>) -> CadreEvent {
    SurvivorRecorded {
        survivor: survivor(phone),
    }
    .into()
}

#[test]
fn only_the_dead_have_survivors() {
    let record = RecordSurvivor {
        survivor: survivor(None),
    };
    given::<Cadre>([registered()])
        .when(record.clone())
        .then_rejected(PersonLiving);
    given::<Cadre>([registered(), died("2026-02-10")])
        .when(record)
        .then([survivor_recorded(None)]);
}

#[test]
fn a_survivors_telephone_can_change_back_and_forth() {
    let history = [
        registered(),
        died("2026-02-10"),
        survivor_recorded(Some("1")),
        survivor_recorded(Some("2")),
    ];
    let record = |phone| RecordSurvivor {
        survivor: survivor(Some(phone)),
    };
    given::<Cadre>(history.clone()).when(record("2")).then([]);
    given::<Cadre>(history)
        .when(record("1"))
        .then([survivor_recorded(Some("1"))]);
}

fn decide(other: CadreId, decision: DuplicateDecision) -> CadreCommand {
    DecideDuplicate {
        other,
        decision,
        reason: text("比对档案"),
    }
}

#[test]
fn a_person_decides_on_duplicates_and_the_decision_is_kept() {
    for decision in [SamePerson, DifferentPeople] {
        given::<Cadre>([registered()])
            .about(testing::person(OTHER))
            .when(decide(OTHER, decision))
            .then([duplicate(OTHER, decision)]);
        given::<Cadre>([registered(), duplicate(OTHER, decision)])
            .about(testing::person(OTHER))
            .when(decide(OTHER, decision))
            .then([]);
    }
    given::<Cadre>([registered()])
        .when(decide(ONE, SamePerson))
        .then_rejected(DuplicateOfItself);
}

#[test]
fn the_record_that_is_kept_must_be_there_and_must_not_be_kept_as_this_one() {
    given::<Cadre>([registered()])
        .when(decide(OTHER, SamePerson))
        .then_rejected(UnknownPerson);
    let kept_as_this_one = Person {
        kept_as: Some(ONE),
        ..testing::person(OTHER)
    };
    given::<Cadre>([registered()])
        .about(kept_as_this_one)
        .when(decide(OTHER, SamePerson))
        .then_rejected(DuplicateCircular);
}

#[test]
fn a_superseded_record_takes_no_further_commands() {
    for command in one_of_each() {
        let remains = matches!(command, Register(_) | DecideDuplicate { .. });
        let result = given::<Cadre>([registered(), duplicate(OTHER, SamePerson)])
            .when(command.clone())
            .result;
        assert_eq!(result == Err(RecordSuperseded), !remains, "{command:?}");
    }
    for decision in [SamePerson, DifferentPeople] {
        given::<Cadre>([registered(), duplicate(OTHER, SamePerson)])
            .when(decide(THIRD, decision))
            .then_rejected(RecordSuperseded);
    }
}

#[test]
fn the_decision_that_superseded_a_record_can_be_undone() {
    let history = [registered(), duplicate(OTHER, SamePerson)];
    given::<Cadre>(history.clone())
        .about(testing::person(OTHER))
        .when(decide(OTHER, DifferentPeople))
        .then([duplicate(OTHER, DifferentPeople)]);
    let undone = history
        .into_iter()
        .chain([duplicate(OTHER, DifferentPeople)]);
    assert_eq!(after(undone.clone()).person().unwrap().kept_as, None);
    given::<Cadre>(undone)
        .when(record_death("2026-02-10", None))
        .then([died("2026-02-10")]);
}
