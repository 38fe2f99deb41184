use super::*;
use crate::{cadre::Person, duty::DutyCommand::*};

fn dead() -> Person {
    testing::died(ONE, "2025-01-23")
}

fn died() -> CancelReason {
    CancelReason::Died {
        on: date("2025-01-23"),
    }
}

#[test]
fn a_trigger_opens_one_duty_whatever_became_of_it() {
    let DutyEvent::Opened(e) = opened() else {
        panic!("not opened");
    };
    assert_eq!((&e.id, &e.trigger), (&id(), &admitted()));
    for history in [
        vec![],
        vec![fulfilled("2025-01-23")],
        vec![cancelled(died())],
    ] {
        after(history).when(open()).then([]);
    }
}

#[test]
fn an_id_tells_person_rule_and_trigger_and_reads_back() {
    let uuid = "00000000-0000-0000-0000-000000000007";
    for (key, text) in [
        (TriggerKey::Event(Uuid::from_u128(7)), uuid.to_owned()),
        (TriggerKey::Nth(Uuid::from_u128(7), 2), format!("{uuid}-2")),
        (TriggerKey::Day(date("2026-05-01")), "2026-05-01".to_owned()),
        (TriggerKey::Month(2026, 2), "2026-02".to_owned()),
        (TriggerKey::Quarter(2026, 1), "2026-Q1".to_owned()),
        (TriggerKey::Year(2026), "2026".to_owned()),
    ] {
        let id = DutyId {
            trigger: key,
            ..id()
        };
        assert_eq!(id.to_string(), format!("{ONE}-hospital_visit-{text}"));
        assert_eq!(id.to_string().parse(), Ok(id));
    }
    for wrong in [
        "2026-13",
        "2026-Q5",
        "2026-2",
        "26-Q1",
        "",
        "+026",
        "2026-02-30",
    ] {
        assert_eq!(wrong.parse::<TriggerKey>(), Err(DutyIdError), "{wrong}");
    }
    for wrong in ["", "Upper", "a-b", "爱"] {
        assert_eq!(RuleId::parse(wrong), Err(DutyIdError), "{wrong}");
    }
}

#[test]
fn a_visit_closes_it_when_purpose_and_mode_match_and_it_follows_the_trigger() {
    after([])
        .when(fulfil("2025-01-23"))
        .then([fulfilled("2025-01-23")]);
    // Before the bureau knew, but after it happened.
    after([])
        .when(fulfil("2025-01-20"))
        .then([fulfilled("2025-01-20")]);
    after([])
        .when(fulfil("2025-01-19"))
        .then_rejected(DutyRejection::BeforeTrigger {
            on: date("2025-01-20"),
        });
    after([])
        .when(fulfil("2025-01-25"))
        .then_rejected(DutyRejection::InTheFuture {
            date: when("2025-01-25"),
        });
    for (purpose, mode) in [
        (Purpose::Birthday, Mode::Hospital),
        (Purpose::Hospitalisation, Mode::Phone),
    ] {
        let by = Evidence::Visit {
            visit: VisitId(Uuid::from_u128(3)),
            visited: when("2025-01-23"),
            purpose,
            mode,
        };
        after([])
            .when(Fulfil { by })
            .then_rejected(DutyRejection::DoesNotMatch);
    }
    let on = date("2025-01-23");
    after([])
        .when(Fulfil {
            by: Evidence::Verification { on },
        })
        .then_rejected(DutyRejection::DoesNotMatch);
    after([])
        .when(Fulfil {
            by: Evidence::Review { on },
        })
        .then_rejected(DutyRejection::DoesNotMatch);
}

#[test]
fn what_is_closed_is_closed_once() {
    after([fulfilled("2025-01-23")])
        .when(fulfil("2025-01-23"))
        .then([]);
    for history in [
        vec![fulfilled("2025-01-22")],
        vec![waiver_requested(), waiver_approved()],
        vec![cancelled(died())],
    ] {
        for command in [fulfil("2025-01-23"), request_waiver("本人谢绝探望")] {
            after(history.clone())
                .when(command)
                .then_rejected(DutyRejection::AlreadyClosed);
        }
    }
}

#[test]
fn a_withdrawn_visit_opens_it_again_with_its_clock() {
    let withdrawn = DutyEvent::from(DutyFulfilmentWithdrawn {
        by: visit("2025-01-23"),
    });
    after([fulfilled("2025-01-23")])
        .when(WithdrawFulfilment)
        .then([withdrawn.clone()]);
    let again = [fulfilled("2025-01-23"), withdrawn];
    after(again.clone()).when(WithdrawFulfilment).then([]);
    after(again)
        .when(fulfil("2025-01-24"))
        .then([fulfilled("2025-01-24")]);
    after([cancelled(died())])
        .when(WithdrawFulfilment)
        .then_rejected(DutyRejection::NotFulfilled);
}

#[test]
fn a_waiver_is_approved_by_someone_else_than_who_asked() {
    after([])
        .when(request_waiver("本人谢绝探望"))
        .then([waiver_requested()]);
    after([waiver_requested()])
        .when(request_waiver("本人谢绝探望"))
        .then([]);
    after([waiver_requested()])
        .when(request_waiver("路远"))
        .then_rejected(DutyRejection::WaiverPending);
    after([waiver_requested()])
        .when(ApproveWaiver)
        .then_rejected(DutyRejection::ApproverIsRequester);
    after([waiver_requested()])
        .by("head")
        .when(ApproveWaiver)
        .then([waiver_approved()]);
    after([])
        .by("head")
        .when(ApproveWaiver)
        .then_rejected(DutyRejection::NoWaiverPending);
}

#[test]
fn a_refused_waiver_leaves_the_duty_open() {
    let reason = text("须当面探望");
    let refused = DutyEvent::from(DutyWaiverRefused {
        by: testing::staff("head").id,
        reason: reason.clone(),
    });
    let refuse = RefuseWaiver { reason };
    after([waiver_requested()])
        .when(refuse.clone())
        .then_rejected(DutyRejection::ApproverIsRequester);
    after([waiver_requested()])
        .by("head")
        .when(refuse)
        .then([refused.clone()]);
    after([waiver_requested(), refused])
        .when(fulfil("2025-01-23"))
        .then([fulfilled("2025-01-23")]);
}

#[test]
fn death_cancels_what_is_open_and_its_withdrawal_brings_it_back() {
    after([])
        .about(dead())
        .when(FollowPerson)
        .then([cancelled(died())]);
    after([cancelled(died())])
        .about(dead())
        .when(FollowPerson)
        .then([]);
    after([cancelled(died())])
        .when(FollowPerson)
        .then([DutyReinstated { was: died() }.into()]);
    // What was done stays done.
    after([fulfilled("2025-01-22")])
        .about(dead())
        .when(FollowPerson)
        .then([]);
}

#[test]
fn the_visit_at_a_death_outlives_the_death_and_falls_away_with_an_error() {
    let id = DutyId {
        rule: rule("death_visit"),
        ..id()
    };
    let trigger = Trigger {
        kind: TriggerKind::Died,
        ..admitted()
    };
    let open = Open { id, trigger };
    let given = || given::<Duty>([]).about(dead()).at("2025-01-24T02:00:00Z");
    let opened = given().when(open.clone()).result.unwrap();
    assert_eq!(opened.len(), 1);
    let after = |person: Person| {
        testing::given::<Duty>(opened.clone())
            .about(person)
            .when(FollowPerson)
    };
    after(dead()).then([]);
    after(person()).then([cancelled(CancelReason::TriggerWithdrawn)]);
    // It was withdrawn before anyone looked: the trigger has its duty all the same.
    let late = given().about(person()).when(open).result.unwrap();
    assert_eq!(late[1..], [cancelled(CancelReason::TriggerWithdrawn)]);
}

#[test]
fn who_died_before_the_duty_was_opened_had_it_all_the_same() {
    let said = given::<Duty>([])
        .about(dead())
        .at("2025-01-24T02:00:00Z")
        .when(open())
        .result
        .unwrap();
    assert_eq!(said, [opened(), cancelled(died())]);
}

#[test]
fn a_duplicate_record_loses_its_duties_and_a_decision_taken_back_returns_them() {
    let superseded = testing::superseded(ONE);
    let why = CancelReason::Superseded {
        kept_as: superseded.kept_as.unwrap(),
    };
    after([])
        .about(superseded)
        .when(FollowPerson)
        .then([cancelled(why)]);
    after([cancelled(why)])
        .when(FollowPerson)
        .then([DutyReinstated { was: why }.into()]);
}

#[test]
fn an_error_in_the_trigger_cancels_what_is_open_for_good() {
    let why = CancelReason::TriggerWithdrawn;
    after([]).when(WithdrawTrigger).then([cancelled(why)]);
    after([cancelled(why)]).when(WithdrawTrigger).then([]);
    after([cancelled(why)]).when(FollowPerson).then([]);
    after([fulfilled("2025-01-22")])
        .when(WithdrawTrigger)
        .then([]);
}

#[test]
fn the_unit_and_the_contact_of_the_record_have_the_duty() {
    after([]).when(FollowPerson).then([]);
    let moved = Person {
        unit: Unit(text("教育局")),
        contact: Some(testing::staff("liu").id),
        ..person()
    };
    let reassigned = DutyEvent::from(DutyReassigned {
        unit: moved.unit.clone(),
        handler: moved.contact.clone(),
    });
    after([])
        .about(moved.clone())
        .when(FollowPerson)
        .then([reassigned.clone()]);
    after([reassigned])
        .about(moved.clone())
        .when(FollowPerson)
        .then([]);
    after([fulfilled("2025-01-22")])
        .about(moved)
        .when(FollowPerson)
        .then([]);
}

#[test]
fn nothing_happens_to_what_nothing_raised() {
    for command in [
        fulfil("2025-01-23"),
        WithdrawFulfilment,
        request_waiver("路远"),
        ApproveWaiver,
        RefuseWaiver {
            reason: text("否")
        },
        WithdrawTrigger,
        FollowPerson,
        CheckDeadlines,
    ] {
        given::<Duty>([])
            .about(person())
            .when(command)
            .then_rejected(DutyRejection::NotOpened);
    }
    given::<Duty>([])
        .when(open())
        .then_rejected(DutyRejection::UnknownPerson);
}
