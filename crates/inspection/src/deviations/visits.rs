//! Was each duty done in time, and by what it asks for?

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use calendar::Date;
use domain::{
    ClosedBy, VisitId,
    duty::{DutyDue, DutyEvent, DutyOpened, Fulfilment},
    visit::{Visit, VisitEvent},
};
use event_log::Recorded;

use super::{Deviation, DeviationKind, Evidence, Law};

/// The visits as they read now, and the duties by stream.
#[derive(Default)]
pub(super) struct Visits {
    visits: HashMap<VisitId, Known>,
    duties: BTreeMap<String, Duty>,
}

struct Known {
    visit: Visit,
    evidence: Evidence,
}

struct Duty {
    opened: DutyOpened,
    due: DutyDue,
    profile: Arc<str>,
    evidence: Evidence,
    end: Option<End>,
}

enum End {
    Fulfilled {
        by: Fulfilment,
        evidence: Evidence,
    },
    /// Waived or cancelled.
    FellAway,
}

impl Visits {
    pub(super) fn visit(&mut self, recorded: &Recorded, event: &VisitEvent) {
        let Ok(id) = recorded.stream.id().parse::<VisitId>() else {
            return;
        };
        match event {
            VisitEvent::Recorded(e) => {
                let known = Known {
                    visit: e.visit.clone(),
                    evidence: Evidence::of(recorded),
                };
                self.visits.insert(id, known);
            }
            VisitEvent::Corrected(e) => {
                if let Some(known) = self.visits.get_mut(&id) {
                    known.visit = e.visit.clone();
                }
            }
            VisitEvent::Withdrawn(_) => {
                self.visits.remove(&id);
            }
        }
    }

    pub(super) fn duty(&mut self, recorded: &Recorded, event: &DutyEvent) {
        let stream = recorded.stream.as_str();
        if let DutyEvent::Opened(opened) = event {
            let duty = Duty {
                opened: (**opened).clone(),
                due: opened.due.clone(),
                profile: recorded.metadata.rules.clone(),
                evidence: Evidence::of(recorded),
                end: None,
            };
            self.duties.insert(stream.to_owned(), duty);
            return;
        }
        let Some(duty) = self.duties.get_mut(stream) else {
            return;
        };
        match event {
            DutyEvent::Fulfilled(e) => {
                duty.end = Some(End::Fulfilled {
                    by: e.by,
                    evidence: Evidence::of(recorded),
                });
            }
            DutyEvent::WaiverApproved(_) | DutyEvent::Cancelled(_) => {
                duty.end = Some(End::FellAway);
            }
            DutyEvent::FulfilmentWithdrawn(_) | DutyEvent::Reinstated(_) => duty.end = None,
            DutyEvent::Recomputed(e) => duty.due = e.due.clone(),
            DutyEvent::Reassigned(e) => duty.opened.unit = e.unit.clone(),
            DutyEvent::Opened(_)
            | DutyEvent::WaiverRequested(_)
            | DutyEvent::WaiverRefused(_)
            | DutyEvent::Warned(_)
            | DutyEvent::Missed(_)
            | DutyEvent::Escalated(_) => {}
        }
    }

    pub(super) fn finish(&self, law: &Law<'_>, found: &mut Vec<Deviation>) {
        for (stream, duty) in &self.duties {
            let of = |kind, on, days| duty.deviation(stream, kind, on, days);
            let last = duty.due.deadline.rolled;
            let over = |day: Date| (day - last).get_days();
            match &duty.end {
                Some(End::FellAway) => {}
                None => {
                    if law.today > last {
                        let days = Some(over(law.today));
                        found.push(of(DeviationKind::DutyNotDone, law.today, days));
                    }
                }
                Some(End::Fulfilled { by, evidence }) => {
                    let done = by.when().date();
                    if done > last {
                        let mut late = of(DeviationKind::DutyDoneLate, done, Some(over(done)));
                        late.events.push(evidence.clone());
                        found.push(late);
                    }
                    if let Fulfilment::Visit { visit, .. } = by {
                        let known = self.visits.get(visit);
                        found.extend(duty.closed_by(law, stream, known, evidence));
                    }
                }
            }
        }
    }
}

impl Duty {
    /// What is wrong with the visit that closed it, if anything; it may have been withdrawn.
    fn closed_by(
        &self,
        law: &Law<'_>,
        stream: &str,
        known: Option<&Known>,
        evidence: &Evidence,
    ) -> Option<Deviation> {
        let with = |kind, on| {
            let mut deviation = self.deviation(stream, kind, on, None);
            let visit = known.map(|known| known.evidence.clone());
            deviation.events.extend(visit);
            deviation.events.push(evidence.clone());
            deviation
        };
        let fulfilled = calendar::civil_date(evidence.recorded);
        let Some(Known {
            visit,
            evidence: recorded,
        }) = known
        else {
            return Some(with(DeviationKind::DutyClosedByOther, fulfilled));
        };
        if !self.admits(law, visit) {
            return Some(with(DeviationKind::DutyClosedByOther, fulfilled));
        }
        let on_record = calendar::civil_date(recorded.recorded);
        (on_record < self.opened.trigger.known.date())
            .then(|| with(DeviationKind::VisitBeforeTrigger, on_record))
    }

    /// Whether such a visit closes such a duty, by the rule as it was or as it is proposed.
    fn admits(&self, law: &Law<'_>, visit: &Visit) -> bool {
        let proposed = law.proposed.and_then(|rules| rules.duty.as_ref());
        let proposed = proposed.and_then(|duty| {
            let mut rules = duty.rules.iter();
            rules.find(|rule| rule.id == self.opened.id.rule)
        });
        let asked = proposed.map_or(&self.opened.closed_by, |rule| &rule.closed_by);
        let ClosedBy::Visit(asked) = asked else {
            return false;
        };
        visit.person == self.opened.id.person
            && visit.visited.date() >= self.opened.trigger.on
            && asked.admits(&visit.purpose, visit.mode)
    }

    fn deviation(
        &self,
        stream: &str,
        kind: DeviationKind,
        on: Date,
        days: Option<i32>,
    ) -> Deviation {
        let rule = match kind.rule() {
            "" => &self.due.deadline.rule,
            named => named,
        };
        Deviation {
            kind,
            stream: stream.to_owned(),
            unit: self.opened.unit.0.to_string(),
            on,
            days,
            amount: None,
            profile: self.profile.to_string(),
            rule: rule.to_owned(),
            events: vec![self.evidence.clone()],
        }
    }
}
