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
    days: BTreeMap<Date, Vec<(CadreId, Action)>>,
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

    /// Each gets some people the next day; most are visited until the last day. At Spring Festival the
    /// duties bring the visitors there.
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
        let unit = unit(0);
        let tomorrow = days_after(started, 1);
        for (staff, people) in (1..).zip(people.chunks(PER_STAFF)) {
            let assign = RoundCommand::Assign {
                staff: StaffId(words(&format!("demo.contact{staff}"))),
                name: words(&format!("示范联系人{staff}")),
                people: people.to_vec(),
            };
            let mut action = |day: Date, person: CadreId, what: What, rng: &mut ChaCha8Rng| {
                let request = id(rng, day);
                let (by, unit) = (&CLERK, unit.clone());
                let action = Action {
                    request,
                    by,
                    unit,
                    what,
                };
                if self.from.is_none_or(|from| from <= day) {
                    self.days.entry(day).or_default().push((person, action));
                }
            };
            if let Some(first) = people.first() {
                action(tomorrow, *first, What::Round(round, assign), rng);
            }
            for person in people {
                let left = (plan.until - tomorrow).get_days().max(0);
                let days = rng.random_range(0..=left);
                let visited = rng.random_ratio(85, 100);
                let (Some(purpose), true) = (&purpose, visited) else {
                    continue;
                };
                let day = days_after(tomorrow, u32::try_from(days).unwrap_or(0));
                let plain = Plain {
                    purpose: purpose.clone(),
                    mode: Mode::Home,
                    money: money(rng, Mode::Home),
                };
                let visit = plain.visit(rng, *person, &unit, day);
                let what = What::Visit(VisitId(id(rng, day)), VisitCommand::Record { visit });
                action(day, *person, what, rng);
            }
        }
    }

    /// What is done on this day.
    pub(super) fn of_day(&mut self, day: Date) -> Vec<Action> {
        let planned = self.days.remove(&day).unwrap_or_default();
        let lives = |(person, action): (CadreId, Action)| {
            let visit = matches!(action.what, What::Visit(..));
            (!visit || !self.gone.contains(&person)).then_some(action)
        };
        planned.into_iter().filter_map(lives).collect()
    }
}
