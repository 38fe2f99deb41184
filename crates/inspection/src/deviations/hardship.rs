//! Did one person assess and approve, or approve and pay?

use std::collections::HashMap;

use domain::{StaffId, hardship::HardshipEvent};
use event_log::Recorded;

use super::{Deviation, DeviationKind, Evidence};

/// Who acted in each case that goes on, by stream.
#[derive(Default)]
pub(super) struct Hardship(HashMap<String, Case>);

#[derive(Default)]
struct Case {
    assessed: Option<(StaffId, Evidence)>,
    approved: Option<(StaffId, Evidence)>,
}

impl Hardship {
    pub(super) fn take(
        &mut self,
        recorded: &Recorded,
        event: &HardshipEvent,
        found: &mut Vec<Deviation>,
    ) {
        let stream = recorded.stream.as_str();
        let case = self.0.entry(stream.to_owned()).or_default();
        let mut same = |before: &Option<(StaffId, Evidence)>, who: &StaffId| {
            if let Some((_, evidence)) = before.as_ref().filter(|(other, _)| other == who) {
                found.push(not_separate(recorded, evidence.clone()));
            }
        };
        match event {
            HardshipEvent::Opened(_) | HardshipEvent::Reopened(_) => *case = Case::default(),
            HardshipEvent::Assessed(e) => {
                case.assessed = Some((e.assessor.clone(), Evidence::of(recorded)));
            }
            HardshipEvent::Approved(e) => {
                same(&case.assessed, &e.approver);
                case.approved = Some((e.approver.clone(), Evidence::of(recorded)));
            }
            HardshipEvent::Declined(e) => same(&case.assessed, &e.approver),
            HardshipEvent::Disbursed(e) => {
                same(&case.approved, &e.payer);
                same(&case.assessed, &e.payer);
            }
            HardshipEvent::LineStruck(_)
            | HardshipEvent::Reversed(_)
            | HardshipEvent::FollowedUp(_)
            | HardshipEvent::Closed(_)
            | HardshipEvent::ApprovalLapsed(_)
            | HardshipEvent::RestReleased(_)
            | HardshipEvent::PaymentTakenOver(_) => {}
        }
    }
}

/// What one person did before, and did now in another office.
pub(super) fn not_separate(recorded: &Recorded, before: Evidence) -> Deviation {
    let kind = DeviationKind::DutiesNotSeparate;
    let metadata = &recorded.metadata;
    Deviation {
        kind,
        stream: recorded.stream.as_str().to_owned(),
        unit: metadata.actor.unit.clone(),
        on: calendar::civil_date(metadata.recorded),
        days: None,
        amount: None,
        profile: metadata.rules.to_string(),
        rule: kind.rule().to_owned(),
        events: vec![before, Evidence::of(recorded)],
    }
}
