//! Who goes to whom on a round.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use app::Error;
use calendar::{Date, civil_date, days_after};
use domain::{
    CadreId, Event as _, RoundId, StaffId, VisitId,
    cadre::{CadreEvent, DuplicateDecision},
    round::{RoundCommand, RoundEvent, RoundKind, RoundPlan},
    visit::{Mode, Purpose, VisitCommand},
};
use event_log::Recorded;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::damaged;
use crate::{
    action::{Action, CLERK, What, id},
    people::words,
    schedule::unit,
    visit::{Plain, money},
};

/// How many people one member of staff takes on.
const PER_STAFF: usize = 50;

/// The rounds under way, and what will be done on them.
#[derive(Default)]
pub(super) struct Rounds {
    from: Option<Date>,
    plans: HashMap<RoundId, RoundPlan>,
    /// Each visit with whom it is to.
    days: BTreeMap<Date, Vec<(Option<CadreId>, Action)>>,
    /// Whom nobody visits any more.
    gone: HashSet<CadreId>,
}

impl Rounds {
    pub(super) fn new(from: Option<Date>) -> Self {
        Rounds {
            from,
            ..Rounds::default()
        }
    }

    /// Reads what became of the rounds and of the people on them.
    pub(super) fn take(&mut self, seed: u64, stored: &Recorded) -> Result<(), Error> {
        let (name, version, data) = (&stored.name, stored.metadata.version, &stored.data);
        if let Ok(person) = stored.stream.id().parse::<CadreId>()
            && let Some(event) = CadreEvent::decode(name, version, data).map_err(damaged)?
        {
            match event {
                CadreEvent::DeathRecorded(_) => self.gone.insert(person),
                CadreEvent::DeathWithdrawn(_) => self.gone.remove(&person),
                CadreEvent::DuplicateDecided(e) => {
                    e.decision == DuplicateDecision::SamePerson && self.gone.insert(person)
                }
                _ => false,
            };
        } else if let Ok(round) = stored.stream.id().parse::<RoundId>() {
            let event = RoundEvent::decode(name, version, data).map_err(damaged)?;
            match event {
                Some(RoundEvent::Planned(e)) => {
                    self.plans.insert(round, e.plan);
                }
                Some(RoundEvent::AudienceFrozen(e)) => {
                    let mut hasher = DefaultHasher::new();
                    (seed, round, stored.revision.0).hash(&mut hasher);
                    let mut rng = ChaCha8Rng::seed_from_u64(hasher.finish());
                    let started = civil_date(stored.metadata.recorded);
                    self.share_out(&mut rng, round, started, &e.people);
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    /// Each of the staff gets some people the next day; most are visited by the last day. At Spring
    /// Festival the duties bring the visitors there.
    fn share_out(
        &mut self,
        rng: &mut ChaCha8Rng,
        round: RoundId,
        started: Date,
        people: &[CadreId],
    ) {
        let Some(plan) = self.plans.get(&round).cloned() else {
            return;
        };
        let purpose = match plan.kind {
            RoundKind::JulyFirst => Some(Purpose::JulyFirst),
            RoundKind::Chongyang => Some(Purpose::Chongyang),
            RoundKind::SpringFestival
            | RoundKind::NationalDay
            | RoundKind::HouseToHouse
            | RoundKind::Research => None,
        };
        let tomorrow = days_after(started, 1);
        let assign = |(staff, people): (usize, &[CadreId])| RoundCommand::Assign {
            staff: StaffId(words(&format!("demo.contact{staff}"))),
            name: words(&format!("示范联系人{staff}")),
            people: people.to_vec(),
        };
        let shares = (1..).zip(people.chunks(PER_STAFF)).map(assign).collect();
        self.add(rng, tomorrow, None, What::Round(round, shares));
        let Some(purpose) = purpose else { return };
        let left = (plan.until - tomorrow).get_days().max(0);
        for person in people {
            let days = u32::try_from(rng.random_range(0..=left)).unwrap_or(0);
            if rng.random_ratio(15, 100) {
                continue;
            }
            let day = days_after(tomorrow, days);
            let plain = Plain {
                purpose: purpose.clone(),
                mode: Mode::Home,
                money: money(rng, Mode::Home),
            };
            let visit = plain.visit(rng, *person, &unit(0), day);
            let what = What::Visit(VisitId(id(rng, day)), VisitCommand::Record { visit });
            self.add(rng, day, Some(*person), what);
        }
    }

    fn add(&mut self, rng: &mut ChaCha8Rng, day: Date, whom: Option<CadreId>, what: What) {
        let action = Action {
            request: id(rng, day),
            by: &CLERK,
            unit: unit(0),
            what,
        };
        if self.from.is_none_or(|from| from <= day) {
            self.days.entry(day).or_default().push((whom, action));
        }
    }

    /// What is done on this day.
    pub(super) fn of_day(&mut self, day: Date) -> Vec<Action> {
        let planned = self.days.remove(&day).unwrap_or_default();
        let lives = |(whom, action): (Option<CadreId>, Action)| {
            let gone = whom.is_some_and(|whom| self.gone.contains(&whom));
            (!gone).then_some(action)
        };
        planned.into_iter().filter_map(lives).collect()
    }
}
