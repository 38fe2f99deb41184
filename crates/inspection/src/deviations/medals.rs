//! Did each medal go to someone who can be given it?

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Aggregate as _, CadreId, StaffId,
    cadre::{Cadre, CadreEvent},
    medal::{Eligibility, MedalEvent, eligibility},
};
use event_log::{Position, Recorded};

use super::{Deviation, DeviationKind, Evidence, JudgeError, Law, hardship::not_separate};

/// The people as they are known, and the medals by stream.
#[derive(Default)]
pub(super) struct Medals {
    people: BTreeMap<CadreId, Cadre>,
    medals: BTreeMap<String, Medal>,
}

#[derive(Default)]
struct Medal {
    person: Option<CadreId>,
    attested: Option<(StaffId, Evidence)>,
    /// The year it was awarded for, if it was and stands.
    awarded: Option<i16>,
    /// By whom, under which profile, and where.
    unit: String,
    profile: Arc<str>,
    position: Option<Position>,
    steps: Vec<Evidence>,
}

impl Medals {
    pub(super) fn person(&mut self, recorded: &Recorded, event: &CadreEvent) {
        if let Ok(id) = recorded.stream.id().parse() {
            self.people.entry(id).or_default().evolve(event);
        }
    }

    pub(super) fn take(
        &mut self,
        recorded: &Recorded,
        event: &MedalEvent,
        found: &mut Vec<Deviation>,
    ) {
        let stream = recorded.stream.as_str();
        let medal = self.medals.entry(stream.to_owned()).or_default();
        match event {
            MedalEvent::Nominated(e) => {
                *medal = Medal {
                    person: Some(e.person),
                    ..Medal::default()
                };
            }
            MedalEvent::Attested(e) => {
                medal.attested = Some((e.attester.clone(), Evidence::of(recorded)));
            }
            MedalEvent::Approved(e) => {
                let same = medal
                    .attested
                    .as_ref()
                    .filter(|(who, _)| *who == e.approver);
                found.extend(same.map(|(_, before)| not_separate(recorded, before.clone())));
            }
            MedalEvent::Awarded(e) => {
                medal.awarded = Some(e.year);
                medal.unit.clone_from(&recorded.metadata.actor.unit);
                medal.profile = recorded.metadata.rules.clone();
                medal.position = Some(recorded.position);
            }
            MedalEvent::Presented(_) => {}
            MedalEvent::Declined(_) | MedalEvent::Revoked(_) => medal.awarded = None,
            MedalEvent::DecidedAfterDeath(_) | MedalEvent::Replaced(_) => return,
        }
        medal.steps.push(Evidence::of(recorded));
    }

    pub(super) fn finish(
        &self,
        law: &Law<'_>,
        found: &mut Vec<Deviation>,
    ) -> Result<(), JudgeError> {
        for (stream, medal) in &self.medals {
            let (Some(person), Some(year), Some(position), Some(last)) = (
                medal.person,
                medal.awarded,
                medal.position,
                medal.steps.last(),
            ) else {
                continue;
            };
            let on = calendar::civil_date(last.recorded);
            let rules = law.named(&medal.profile, on, position)?;
            let known = self.people.get(&person).and_then(Cadre::person);
            let kind = match known.map(|person| eligibility(&person, year, &rules.medal)) {
                Some(Eligibility::Eligible { .. } | Eligibility::Superseded) => continue,
                Some(Eligibility::Died { .. }) => DeviationKind::MedalToTheDead,
                Some(
                    Eligibility::NotYet { .. }
                    | Eligibility::Doubtful { .. }
                    | Eligibility::NotAMember,
                )
                | None => DeviationKind::MedalIneligible,
            };
            found.push(Deviation {
                kind,
                stream: stream.clone(),
                unit: medal.unit.clone(),
                on,
                days: None,
                amount: None,
                profile: rules.id.clone(),
                rule: kind.rule().to_owned(),
                events: medal.steps.clone(),
            });
        }
        Ok(())
    }
}
