use super::*;

/// At least one event of each name with all that it can hold, and one of each value of an
/// enumeration.
pub(crate) fn samples() -> Vec<DutyEvent> {
    let DutyEvent::Opened(first) = opened() else {
        panic!("not opened");
    };
    let keys = [
        TriggerKey::Event(Uuid::from_u128(7)),
        TriggerKey::Nth(Uuid::from_u128(7), 2),
        TriggerKey::Day(date("2026-05-01")),
        TriggerKey::Month(2026, 2),
        TriggerKey::Quarter(2026, 1),
        TriggerKey::Year(2026),
    ];
    let opened = TriggerKind::ALL
        .into_iter()
        .zip(keys.into_iter().cycle())
        .map(|((kind, ..), trigger)| {
            let mut opened = first.as_ref().clone();
            opened.id.trigger = trigger;
            opened.trigger.kind = kind;
            match kind {
                TriggerKind::Birthday => {
                    opened.handler = Some(testing::staff("liu").id);
                    opened.trigger.until = Some(date("2026-05-01"));
                    opened.trigger.age = Some(90);
                }
                TriggerKind::Dispute => opened.closed_by = ClosedBy::Visit(VisitMatch::default()),
                TriggerKind::StaleRecord => opened.closed_by = ClosedBy::Verification,
                TriggerKind::PlanReview => {
                    opened.trigger.until = Some(date("2025-01-27"));
                    opened.closed_by = ClosedBy::Review;
                }
                _ => {}
            }
            DutyEvent::from(Box::new(opened))
        });
    let (due_raw, due_rolled) = (date("2025-01-26"), date("2025-01-26"));
    let reasons = [
        CancelReason::Died {
            on: date("2025-01-23"),
        },
        CancelReason::Superseded { kept_as: OTHER },
        CancelReason::TriggerWithdrawn,
    ];
    let verification = Fulfilment::Verification {
        on: date("2025-01-23"),
    };
    let review = Fulfilment::Review {
        on: date("2025-01-24"),
    };
    let rungs = [Rung::Handler, Rung::Head, Rung::Leader];
    opened
        .chain([
            fulfilled("2025-01-23"),
            DutyFulfilled { by: verification }.into(),
            DutyFulfilled { by: review }.into(),
            DutyFulfilmentWithdrawn {
                by: visit("2025-01-23T02:00:00Z"),
            }
            .into(),
            waiver_requested(),
            waiver_approved(),
            DutyWaiverRefused {
                by: testing::staff("head").id,
                reason: text("须当面探望"),
            }
            .into(),
            DutyReinstated { was: reasons[0] }.into(),
            DutyReassigned {
                unit: Unit(text("教育局")),
                handler: Some(testing::staff("liu").id),
            }
            .into(),
            DutyReassigned {
                unit: Unit(text("教育局")),
                handler: None,
            }
            .into(),
            DutyRecomputed {
                due: first.due.clone(),
            }
            .into(),
            DutyWarned {
                due_raw,
                due_rolled,
            }
            .into(),
            DutyMissed {
                due_raw,
                due_rolled,
            }
            .into(),
        ])
        .chain(reasons.map(cancelled))
        .chain(rungs.map(|rung| DutyEscalated { rung }.into()))
        .collect()
}
