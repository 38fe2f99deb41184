//! What happens on which day of the three years.

mod care;
mod fund;
mod petition;

use std::collections::BTreeMap;

use calendar::{Date, shanghai_midnight};
use domain::{
    CadreId, StaffId, Unit,
    cadre::{CadreCommand, Field, RecordPartyStanding, RegisterCadre, Retirement},
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::{
    Plan,
    action::{Action, CLERK, Staff, What},
    people::{Maker, Person, words},
};

/// A day with what is asked on it.
pub(crate) type Day = (Date, Vec<Action>);

const YEARS: i16 = 3;
const PEOPLE_PER_BRANCH: u32 = 70;
const UNITS: u32 = 10;

pub(crate) fn schedule(plan: Plan) -> Vec<Day> {
    let from = Date::new(
        plan.until.year() - YEARS,
        plan.until.month(),
        plan.until.day().min(28),
    )
    .unwrap_or(plan.until);
    let rng = ChaCha8Rng::seed_from_u64(plan.seed);
    let mut schedule = Schedule {
        rng,
        from,
        until: plan.until,
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
    schedule.days.into_iter().collect()
}

struct Schedule {
    rng: ChaCha8Rng,
    from: Date,
    until: Date,
    days: BTreeMap<Date, Vec<Action>>,
}

impl Schedule {
    /// Everything about one person, from registration to, for some, death.
    fn life(&mut self, person: &Person, number: u32) {
        let unit = unit(number);
        let id = CadreId(self.id(self.from));
        self.register(id, person, &unit);
        let age = self.from.year() - person.born.year();
        let dies = self
            .rng
            .random_ratio(u32::try_from(age.max(60) - 58).unwrap_or(1), 500);
        let died_on = dies.then(|| self.day());
        let last = died_on.unwrap_or(self.until);
        self.visits(id, person, &unit, last);
        if self.rng.random_ratio(1, 25) {
            self.hardship(id, person, &unit, last);
        }
        self.medal(id, person, &unit, died_on);
        if self.rng.random_ratio(1, 8) {
            let phone = words(&format!("1390001{:04}", self.rng.random_range(0..10_000)));
            let amend = CadreCommand::Amend {
                changes: vec![Field::Phone(Some(phone))],
                reason: words("本人来电更正"),
                document: None,
            };
            let day = self.day().min(last);
            self.add(day, &CLERK, &unit, What::Cadre(id, vec![amend]));
        }
        if let Some(died_on) = died_on {
            self.death(id, died_on, &unit);
        }
    }

    fn register(&mut self, id: CadreId, person: &Person, unit: &Unit) {
        let mut commands = vec![CadreCommand::Register(RegisterCadre {
            id,
            unit: unit.clone(),
            retirement: person.retirement.clone(),
            profile: Box::new(person.profile.clone()),
        })];
        if let Some((joined_on, full_member_on)) = person.joined_party {
            commands.push(CadreCommand::RecordPartyStanding(RecordPartyStanding {
                joined_on,
                full_member_on: Some(full_member_on),
                standing_starts_on: None,
                gap: None,
                evidence: words("党员档案"),
            }));
        }
        let (living, since) = (person.living.clone(), self.from);
        commands.push(CadreCommand::RecordLiving {
            living,
            mobility: None,
            since,
        });
        if matches!(person.retirement, Some(Retirement::Lixiu { .. })) {
            let staff = self.rng.random_range(1..=40);
            commands.push(CadreCommand::AssignContact {
                staff: StaffId(words(&format!("demo.contact{staff}"))),
                name: words(&format!("示范联系人{staff}")),
                from: self.from,
            });
        }
        self.add(self.from, &CLERK, unit, What::Cadre(id, commands));
    }

    fn add(&mut self, day: Date, by: &'static Staff, unit: &Unit, what: What) {
        let request = self.id(day);
        self.days.entry(day).or_default().push(Action {
            request,
            by,
            unit: unit.clone(),
            what,
        });
    }

    /// A day of the three years, not the first.
    fn day(&mut self) -> Date {
        let days = 365 * i32::from(YEARS) - 1;
        after(self.from, self.rng.random_range(1..=days)).min(self.until)
    }

    /// An id as it would have been made on that day: UUIDv7.
    fn id(&mut self, day: Date) -> Uuid {
        let millisecond = shanghai_midnight(day).map_or(0, |m| m.as_millisecond());
        let random: [u8; 10] = self.rng.random();
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(millisecond).unwrap_or(0), &random)
            .into_uuid()
    }
}

/// The unit that looks after the person of this number.
fn unit(number: u32) -> Unit {
    Unit(words(&format!("第{}老干部服务中心", number % UNITS + 1)))
}

fn after(day: Date, days: i32) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}
