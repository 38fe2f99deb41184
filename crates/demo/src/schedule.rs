//! What happens on which day, whatever duties it raises.

mod care;
mod fund;
mod health;
mod life;
mod petition;
mod round;

use std::collections::BTreeMap;

use calendar::Date;
use domain::Unit;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::{
    Plan,
    action::{Action, Staff, What, id},
    people::{Maker, words},
};

const PEOPLE_PER_BRANCH: u32 = 70;
const UNITS: u32 = 10;

/// What is asked on which day.
pub(crate) fn schedule(plan: Plan) -> BTreeMap<Date, Vec<Action>> {
    let mut schedule = Schedule {
        rng: ChaCha8Rng::seed_from_u64(plan.seed),
        from: plan.from(),
        until: plan.until,
        years: plan.years,
        days: BTreeMap::new(),
    };
    let branches = plan.people.div_ceil(PEOPLE_PER_BRANCH);
    let mut maker = Maker::new(ChaCha8Rng::seed_from_u64(plan.seed ^ 0x5eed), branches);
    for number in 0..plan.people {
        schedule.life(&maker.person(), number);
    }
    for _ in 0..plan.people / 10 {
        schedule.petition();
    }
    schedule.funds(plan.people);
    schedule.rounds(plan.people);
    schedule.days
}

struct Schedule {
    rng: ChaCha8Rng,
    from: Date,
    until: Date,
    years: i16,
    days: BTreeMap<Date, Vec<Action>>,
}

impl Schedule {
    fn add(&mut self, day: Date, by: &'static Staff, unit: &Unit, what: What) {
        let request = self.id(day);
        self.days.entry(day).or_default().push(Action {
            request,
            by,
            unit: unit.clone(),
            what,
        });
    }

    /// A day of the years, not the first.
    fn day(&mut self) -> Date {
        let days = 365 * i32::from(self.years) - 1;
        after(self.from, self.rng.random_range(1..=days)).min(self.until)
    }

    /// An id as it would have been made on that day.
    fn id(&mut self, day: Date) -> Uuid {
        id(&mut self.rng, day)
    }

    /// Once in so many years of a person, a day of one of their years.
    fn once_in(&mut self, years: u32, last: Date) -> Vec<Date> {
        let mut days = Vec::new();
        for _ in 0..self.years {
            let day = self.day();
            if self.rng.random_ratio(1, years) && day < last {
                days.push(day);
            }
        }
        days
    }
}

/// The unit that looks after the person of this number.
pub(crate) fn unit(number: u32) -> Unit {
    Unit(words(&format!("第{}老干部服务中心", number % UNITS + 1)))
}

fn after(day: Date, days: i32) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}
