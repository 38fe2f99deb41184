use calendar::When;

use super::*;
use crate::cadre::{CadreCommand::*, CadreRejection::*};

const MEDICAL: &str = "副厅级医疗待遇";

fn grant(treatment: &str, from: &str, until: Option<&str>) -> CadreCommand {
    GrantTreatment {
        treatment: text(treatment),
        from: date(from),
        until: until.map(date),
        approval: approval(),
    }
}

fn granted(treatment: &str, from: &str, until: Option<&str>) -> CadreEvent {
    TreatmentGranted {
        treatment: text(treatment),
        from: date(from),
        until: until.map(date),
        approval: approval(),
    }
    .into()
}

fn end(until: &str) -> CadreCommand {
    EndTreatment {
        treatment: text(MEDICAL),
        until: date(until),
        reason: text("待遇调整"),
    }
}

fn ended(from: &str, until: &str) -> CadreEvent {
    TreatmentEnded {
        treatment: text(MEDICAL),
        from: date(from),
        until: date(until),
        reason: text("待遇调整"),
    }
    .into()
}

#[test]
fn grants_of_one_treatment_never_share_a_day() {
    // Given one grant for 2020 to 2022.
    let present = granted(MEDICAL, "2020-01-01", Some("2022-12-31"));
    for (from, until, free) in [
        ("2019-01-01", Some("2019-12-31"), true),
        ("2019-01-01", Some("2020-01-01"), false),
        ("2019-01-01", None, false),
        ("2020-06-01", Some("2020-06-30"), false),
        ("2022-12-31", None, false),
        ("2023-01-01", None, true),
    ] {
        let then =
            given::<Cadre>([registered(), present.clone()]).when(grant(MEDICAL, from, until));
        if free {
            then.then([granted(MEDICAL, from, until)]);
        } else {
            then.then_rejected(TreatmentOverlaps {
                from: date("2020-01-01"),
            });
        }
    }
    given::<Cadre>([registered(), granted(MEDICAL, "2020-01-01", None)])
        .when(grant(MEDICAL, "2024-01-01", None))
        .then_rejected(TreatmentOverlaps {
            from: date("2020-01-01"),
        });
}

#[test]
fn another_treatment_may_run_beside_it() {
    given::<Cadre>([registered(), granted(MEDICAL, "2020-01-01", None)])
        .when(grant("交通待遇", "2020-01-01", None))
        .then([granted("交通待遇", "2020-01-01", None)]);
}

#[test]
fn a_grant_that_arrives_again_says_nothing() {
    given::<Cadre>([registered(), granted(MEDICAL, "2020-01-01", None)])
        .when(grant(MEDICAL, "2020-01-01", None))
        .then([]);
}

#[test]
fn a_treatment_does_not_end_before_it_starts() {
    given::<Cadre>([registered()])
        .when(grant(MEDICAL, "2020-01-02", Some("2020-01-01")))
        .then_rejected(PeriodReversed {
            from: date("2020-01-02"),
            until: date("2020-01-01"),
        });
    given::<Cadre>([registered()])
        .when(grant(MEDICAL, "2020-01-01", Some("2020-01-01")))
        .then([granted(MEDICAL, "2020-01-01", Some("2020-01-01"))]);
}

#[test]
fn a_treatment_may_start_later_but_its_approval_is_of_the_past() {
    given::<Cadre>([registered()])
        .when(grant(MEDICAL, "2027-01-01", None))
        .then([granted(MEDICAL, "2027-01-01", None)]);
    given::<Cadre>([registered()])
        .when(GrantTreatment {
            treatment: text(MEDICAL),
            from: date("2026-01-01"),
            until: None,
            approval: Approval {
                on: date("2026-05-02"),
                ..approval()
            },
        })
        .then_rejected(InTheFuture {
            date: When::Day(date("2026-05-02")),
        });
}

#[test]
fn no_benefit_rests_on_a_lixiu_status_without_approval() {
    let unapproved = registered_as(RegisterCadre {
        retirement: Some(Retirement::Lixiu {
            joined_revolution_on: date("1944-01-09"),
            approval: None,
        }),
        ..person()
    });
    given::<Cadre>([unapproved.clone()])
        .when(grant(MEDICAL, "2020-01-01", None))
        .then_rejected(LixiuApprovalMissing);
    let approved = RetirementRecorded {
        retirement: lixiu("1944-01-09"),
        document: None,
    };
    given::<Cadre>([unapproved, approved.into()])
        .when(grant(MEDICAL, "2020-01-01", None))
        .then([granted(MEDICAL, "2020-01-01", None)]);
}

#[test]
fn a_treatment_ends_only_while_it_is_in_force() {
    let history = [
        registered(),
        granted(MEDICAL, "2020-01-01", Some("2022-12-31")),
        granted(MEDICAL, "2024-01-01", None),
    ];
    for outside in ["2019-12-31", "2023-06-30"] {
        given::<Cadre>(history.clone())
            .when(end(outside))
            .then_rejected(TreatmentNotInForce { on: date(outside) });
    }
    given::<Cadre>(history.clone())
        .when(end("2021-06-30"))
        .then([ended("2020-01-01", "2021-06-30")]);
    given::<Cadre>(history.clone())
        .when(end("2024-01-01"))
        .then([ended("2024-01-01", "2024-01-01")]);
    given::<Cadre>(history).when(end("2022-12-31")).then([]);
}

#[test]
fn the_days_after_an_end_are_free_again() {
    let history = [
        registered(),
        granted(MEDICAL, "2020-01-01", None),
        ended("2020-01-01", "2024-12-31"),
    ];
    given::<Cadre>(history.clone())
        .when(grant(MEDICAL, "2025-01-01", None))
        .then([granted(MEDICAL, "2025-01-01", None)]);
    given::<Cadre>(history)
        .when(grant(MEDICAL, "2024-12-31", None))
        .then_rejected(TreatmentOverlaps {
            from: date("2020-01-01"),
        });
}

#[test]
fn the_end_of_one_grant_leaves_the_others_alone() {
    let history = [
        registered(),
        granted(MEDICAL, "2020-01-01", Some("2022-12-31")),
        granted(MEDICAL, "2024-01-01", None),
        ended("2020-01-01", "2021-06-30"),
    ];
    given::<Cadre>(history)
        .when(end("2025-12-31"))
        .then([ended("2024-01-01", "2025-12-31")]);
}

#[test]
fn how_a_person_lives_is_recorded_once_and_not_in_advance() {
    let record = |since| RecordLiving {
        living: Living::Alone,
        mobility: Some(Mobility::NeedsHelp),
        since: date(since),
    };
    let recorded = CadreEvent::from(LivingRecorded {
        living: Living::Alone,
        mobility: Some(Mobility::NeedsHelp),
        since: date("2026-05-01"),
    });
    given::<Cadre>([registered()])
        .when(record("2026-05-01"))
        .then([recorded.clone()]);
    given::<Cadre>([registered(), recorded])
        .when(record("2026-05-01"))
        .then([]);
    given::<Cadre>([registered()])
        .when(record("2026-05-02"))
        .then_rejected(InTheFuture {
            date: When::Day(date("2026-05-02")),
        });
}

fn request(to: &str) -> CadreCommand {
    RequestTransfer {
        to: unit(to),
        reason: text("随单位划转"),
    }
}

fn requested(to: &str) -> CadreEvent {
    TransferRequested {
        from: unit("老干部局"),
        to: unit(to),
        reason: text("随单位划转"),
    }
    .into()
}

fn accepted() -> CadreEvent {
    TransferAccepted {
        from: unit("老干部局"),
        to: unit("教育局"),
    }
    .into()
}

fn reject() -> CadreCommand {
    RejectTransfer {
        reason: text("材料不全"),
    }
}

fn rejected() -> CadreEvent {
    TransferRejected {
        to: unit("教育局"),
        reason: text("材料不全"),
    }
    .into()
}

#[test]
fn one_other_unit_is_asked_at_a_time() {
    given::<Cadre>([registered()])
        .when(request("教育局"))
        .then([requested("教育局")]);
    given::<Cadre>([registered()])
        .when(request("老干部局"))
        .then_rejected(TransferToOwnUnit);
    given::<Cadre>([registered(), requested("教育局")])
        .when(request("教育局"))
        .then([]);
    given::<Cadre>([registered(), requested("教育局")])
        .when(request("商务局"))
        .then_rejected(TransferPending);
    given::<Cadre>([registered(), requested("教育局"), rejected()])
        .when(request("教育局"))
        .then([requested("教育局")]);
}

#[test]
fn only_the_unit_asked_can_answer() {
    for answer in [AcceptTransfer, reject()] {
        given::<Cadre>([registered(), requested("教育局")])
            .when(answer.clone())
            .then_rejected(NotTheReceiver);
        given::<Cadre>([registered()])
            .by_actor(of("教育局"))
            .when(answer)
            .then_rejected(NoTransferPending);
    }
}

#[test]
fn the_sender_keeps_the_duties_until_the_receiver_accepts() {
    let unit_after = |events| after(events).person().unwrap().unit;
    assert_eq!(
        unit_after(vec![registered(), requested("教育局")]),
        unit("老干部局")
    );
    assert_eq!(
        unit_after(vec![registered(), requested("教育局"), rejected()]),
        unit("老干部局")
    );
    assert_eq!(
        unit_after(vec![registered(), requested("教育局"), accepted()]),
        unit("教育局")
    );
}

#[test]
fn an_answer_that_arrives_again_says_nothing_and_the_other_one_comes_too_late() {
    for (answer, event, other) in [
        (AcceptTransfer, accepted(), reject()),
        (reject(), rejected(), AcceptTransfer),
    ] {
        given::<Cadre>([registered(), requested("教育局")])
            .by_actor(of("教育局"))
            .when(answer.clone())
            .then([event.clone()]);
        let history = [registered(), requested("教育局"), event];
        given::<Cadre>(history.clone())
            .by_actor(of("教育局"))
            .when(answer)
            .then([]);
        given::<Cadre>(history)
            .by_actor(of("教育局"))
            .when(other)
            .then_rejected(NoTransferPending);
    }
}

fn assign(staff: &str, from: &str) -> CadreCommand {
    AssignContact {
        staff: StaffId(text(staff)),
        name: text("刘芳"),
        from: date(from),
    }
}

fn assigned() -> CadreEvent {
    ContactAssigned {
        staff: StaffId(text("liu")),
        name: text("刘芳"),
        from: date("2024-01-01"),
    }
    .into()
}

fn hand_over(to: &str, from: &str) -> CadreCommand {
    HandOverContact {
        to: StaffId(text(to)),
        name: text("陈明"),
        from: date(from),
        reason: text("轮岗"),
    }
}

fn handed_over(by: &str, to: &str, from: &str) -> CadreEvent {
    ContactHandedOver {
        by: StaffId(text(by)),
        to: StaffId(text(to)),
        name: text("陈明"),
        from: date(from),
        reason: text("轮岗"),
    }
    .into()
}

#[test]
fn the_first_contact_is_assigned_and_every_later_one_is_handed_over_to() {
    given::<Cadre>([registered()])
        .when(assign("liu", "2024-01-01"))
        .then([assigned()]);
    given::<Cadre>([registered(), assigned()])
        .when(assign("liu", "2024-01-01"))
        .then([]);
    given::<Cadre>([registered(), assigned()])
        .when(assign("chen", "2025-01-01"))
        .then_rejected(ContactAlreadyAssigned);
    given::<Cadre>([registered()])
        .when(hand_over("chen", "2025-01-01"))
        .then_rejected(ContactMissing);
}

#[test]
fn a_hand_over_leaves_no_gap() {
    given::<Cadre>([registered(), assigned()])
        .when(hand_over("chen", "2024-01-02"))
        .then([handed_over("liu", "chen", "2024-01-02")]);
    let history = [
        registered(),
        assigned(),
        handed_over("liu", "chen", "2025-01-01"),
    ];
    given::<Cadre>(history.clone())
        .when(hand_over("chen", "2025-01-01"))
        .then([]);
    given::<Cadre>(history.clone())
        .when(hand_over("zhou", "2025-01-01"))
        .then_rejected(HandOverTooEarly {
            since: date("2025-01-01"),
        });
    given::<Cadre>(history.clone())
        .when(hand_over("chen", "2026-01-01"))
        .then_rejected(AlreadyTheContact);
    given::<Cadre>(history)
        .when(hand_over("zhou", "2026-01-01"))
        .then([handed_over("chen", "zhou", "2026-01-01")]);
}

#[test]
fn a_dispute_is_known_by_now_and_reported_once() {
    let report = |matter: &str, known: &str| CadreCommand::ReportDispute {
        matter: text(matter),
        known: known.parse().unwrap(),
    };
    let reported = CadreEvent::from(DisputeReported {
        matter: text("邻里排水"),
        known: "2026-04-20".parse().unwrap(),
    });
    given::<Cadre>([registered()])
        .when(report("邻里排水", "2026-04-20"))
        .then([reported.clone()]);
    given::<Cadre>([registered(), reported.clone()])
        .when(report("邻里排水", "2026-04-20"))
        .then([]);
    let another = given::<Cadre>([registered(), reported]).when(report("房屋", "2026-04-20"));
    assert_eq!(another.result.map(|events| events.len()), Ok(1));
    given::<Cadre>([registered()])
        .when(report("邻里排水", "2026-05-02"))
        .then_rejected(CadreRejection::InTheFuture {
            date: "2026-05-02".parse().unwrap(),
        });
}

#[test]
fn a_record_is_verified_on_a_day_of_the_past() {
    let verify = |on: &str| CadreCommand::VerifyRecord {
        on: date(on),
        evidence: text("入户核对"),
    };
    let verified = CadreEvent::from(RecordVerified {
        on: date("2026-05-01"),
        evidence: text("入户核对"),
    });
    given::<Cadre>([registered()])
        .when(verify("2026-05-01"))
        .then([verified.clone()]);
    given::<Cadre>([registered(), verified])
        .when(verify("2026-05-01"))
        .then([]);
    given::<Cadre>([registered()])
        .when(verify("2026-05-02"))
        .then_rejected(CadreRejection::InTheFuture {
            date: "2026-05-02".parse().unwrap(),
        });
}
