//! What was recorded long after it happened?

use domain::{
    AnyEvent, Rules, cadre::CadreEvent, hardship::HardshipEvent, health::HealthEvent,
    petition::PetitionEvent, visit::VisitEvent,
};
use event_log::Recorded;

use super::{Deviation, DeviationKind, Evidence};

/// How many facts were copied from ledgers, late by nature.
#[derive(Default)]
pub(super) struct LateRecords(u64);

impl LateRecords {
    pub(super) fn take(
        &mut self,
        recorded: &Recorded,
        event: &AnyEvent,
        rules: &Rules,
        found: &mut Vec<Deviation>,
    ) {
        if !is_news(event) {
            return;
        }
        let metadata = &recorded.metadata;
        let on = calendar::civil_date(metadata.recorded);
        let days = (on - metadata.occurred.date()).get_days();
        let limit = i32::try_from(rules.visit.late_after_days).unwrap_or(i32::MAX);
        if days <= limit {
            return;
        }
        if metadata
            .source
            .as_ref()
            .is_some_and(|source| source.row.is_some())
        {
            self.0 += 1;
            return;
        }
        let kind = DeviationKind::RecordedLate;
        found.push(Deviation {
            kind,
            stream: recorded.stream.as_str().to_owned(),
            unit: metadata.actor.unit.clone(),
            on,
            days: Some(days),
            amount: None,
            profile: rules.id.clone(),
            rule: kind.rule().to_owned(),
            events: vec![Evidence::of(recorded)],
        });
    }

    pub(super) fn taken_over(&self) -> u64 {
        self.0
    }
}

/// Whether it is a fact that the bureau should record when it happens or learns of it. How someone
/// lives, or what a document states, may rightly lie years back.
fn is_news(event: &AnyEvent) -> bool {
    match event {
        AnyEvent::Visit(event) => match event {
            VisitEvent::Recorded(_) => true,
            VisitEvent::Corrected(_) | VisitEvent::Withdrawn(_) => false,
        },
        AnyEvent::Petition(event) => matches!(
            event,
            PetitionEvent::Registered(_)
                | PetitionEvent::PetitionerTold(_)
                | PetitionEvent::Accepted(_)
                | PetitionEvent::Replied(_)
                | PetitionEvent::Delivered(_)
                | PetitionEvent::ReviewRequested(_)
                | PetitionEvent::ReviewDecided(_)
        ),
        AnyEvent::Hardship(event) => matches!(
            event,
            HardshipEvent::Disbursed(_) | HardshipEvent::FollowedUp(_)
        ),
        AnyEvent::Health(event) => {
            matches!(event, HealthEvent::Admitted(_) | HealthEvent::Discharged(_))
        }
        AnyEvent::Cadre(event) => matches!(event, CadreEvent::DeathRecorded(_)),
        AnyEvent::Medal(_)
        | AnyEvent::Fund(_)
        | AnyEvent::PaymentBatch(_)
        | AnyEvent::PetitionAccess(_)
        | AnyEvent::Plan(_)
        | AnyEvent::Round(_)
        | AnyEvent::Duty(_)
        | AnyEvent::Identity(_) => false,
    }
}
